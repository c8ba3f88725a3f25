"""The check-in a partner answers before an appointment: one page, saved as it is filled in.

The page is the same for everybody who is asked, and after sending it says that it was received.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from clinic.domain.check_ins import asked_in, pages_with_goals
from clinic.domain.items import Item, Page
from clinic.services import check_in_answers, questionnaires
from clinic.services.check_in_answers import OwnCheckIn
from clinic.services.errors import MissingError
from clinic.services.rows import Partner, QuestionnaireResponse
from clinic.web.contents import CHECK_IN, reviewed
from clinic.web.database import get_db
from clinic.web.pages import show
from clinic.web.partner_access import is_handed_over, is_late, this_partner
from clinic.web.questionnaires.forms import PageForm, page_form
from clinic.web.questionnaires.release import bp
from clinic.web.questionnaires.routes import saved_one
from clinic.web.questionnaires.steps import walk_of

__all__ = ["bp"]


@dataclass(frozen=True)
class Sheet:
    """One partner's check-in: what is asked, and what was answered so far."""

    partner: Partner
    own: OwnCheckIn
    pages: Sequence[Page]

    @property
    def items(self) -> Sequence[Item]:
        """List everything that is asked, in the order of the page."""
        return [item for page in self.pages for item in page.items]

    def item(self, key: str) -> Item:
        """Find one item."""
        found = next((item for item in self.items if item.key == key), None)
        if found is None:
            raise MissingError(key)
        return found

    def response(self) -> QuestionnaireResponse:
        """Give where the answers are kept, made at the first of them."""
        version = reviewed().questionnaires[CHECK_IN].version
        return check_in_answers.begin(get_db(), self.partner, self.own, version)

    def form(self) -> PageForm:
        """Make the page's form, filled in with what was saved."""
        kept = self.own.response
        answers = questionnaires.answers_of(get_db(), kept) if kept else {}
        return page_form(replace(self.pages[0], key=CHECK_IN), self.items, answers)


def sheet_of(partner: Partner, check_in_ref: str) -> Sheet:
    """Read one partner's check-in; nothing is asked before everything is signed."""
    db = get_db()
    if walk_of(partner).unsigned:
        raise MissingError(check_in_ref)
    own = check_in_answers.find_own(db, partner, check_in_ref)
    goals = asked_in(own.check_in.goals)
    return Sheet(partner, own, pages_with_goals(reviewed().questionnaires[CHECK_IN], goals))


@bp.route("/check-in/<ref:check_in_ref>", methods=["GET", "POST"])
def check_in(check_in_ref: str) -> ResponseReturnValue:
    """Ask everything on one page. Its button saves and sends, without JavaScript too."""
    sheet = sheet_of(this_partner(), check_in_ref)
    if sheet.own.sent_at:
        return redirect(url_for(".check_in_received"))
    form = sheet.form()
    if form.is_submitted():
        form.validate()
        saves = form.saves()
        with form.refusals():
            response = sheet.response()
            if saves:
                questionnaires.save(get_db(), response, saves)
            if not form.errors and not is_late():
                return _handed_in(sheet, response)
        form.start_anew()
    if is_late():
        return redirect(url_for("entry.locked"))
    if not sheet.own.is_open and not form.is_submitted():
        return redirect(url_for(".start"))
    return show(
        "questionnaires/check_in.html",
        form,
        pages=sheet.pages,
        due_on=sheet.own.check_in.due_on,
        check_in_ref=check_in_ref,
    )


def _handed_in(sheet: Sheet, response: QuestionnaireResponse) -> ResponseReturnValue:
    if "later" in request.form:
        flash("Saved. It has not been sent yet.")
        return redirect(url_for(".check_in", check_in_ref=sheet.own.check_in.public_id))
    check_in_answers.hand_in(get_db(), sheet.own, response)
    answer = redirect(url_for(".check_in_received"))
    # Pages that a browser keeps in memory for its Back button go as well.
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@bp.post("/check-in/<ref:check_in_ref>/save")
def save_check_in(check_in_ref: str) -> ResponseReturnValue:
    """Save one field as it is filled in; the same operation again is the same save."""
    if not request.form.get("operation"):
        raise MissingError("operation")
    sheet = sheet_of(this_partner(), check_in_ref)
    return saved_one(sheet.item(request.form.get("item", "")), sheet.response)


@bp.get("/check-in/received")
def check_in_received() -> ResponseReturnValue:
    """Say that it was received, and show no answer."""
    walk = walk_of(this_partner())
    if walk.unsigned or check_in_answers.find_asked(get_db(), walk.partner):
        return redirect(url_for(".start"))
    return show(
        "questionnaires/check_in_received.html", handed_over=is_handed_over(), more=not walk.is_sent
    )
