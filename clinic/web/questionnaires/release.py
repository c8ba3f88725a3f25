"""After sending: which behaviours the therapist may show the others, as this partner permits.

The drop-box stays shut: the page names behaviours, and never what was answered about one.
"""

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from clinic.domain.cases import together
from clinic.domain.said import say
from clinic.services import couple_map, questionnaires
from clinic.services.errors import RefusedError
from clinic.services.rows import Partner
from clinic.web.contents import reviewed
from clinic.web.database import get_db
from clinic.web.fields import Several
from clinic.web.forms import BaseForm
from clinic.web.language import translate
from clinic.web.pages import show
from clinic.web.partner_access import is_handed_over, this_partner
from clinic.web.questionnaires.routes import bp
from clinic.web.questionnaires.steps import walk_of

__all__ = ["bp"]


class ReleaseForm(BaseForm):
    """A tick a behaviour. Only what was changed here is released or taken back."""

    behaviours: Several

    def save(self, before: frozenset[str]) -> None:
        """Release what was ticked and take back what was not, as far as each can be."""
        ticked = frozenset(self.behaviours.data or ())
        for key in sorted(ticked - before):
            couple_map.release(get_db(), key)
        for key in sorted(before - ticked):
            self._withdraw(key)

    def _withdraw(self, behaviour: str) -> None:
        try:
            couple_map.withdraw(get_db(), behaviour)
        except RefusedError as refusal:
            get_db().rollback()
            label = translate(_label(self.behaviours, behaviour))
            reason = translate(refusal.args[0])
            problem = say("%(behaviour)s: %(problem)s", behaviour=label, problem=reason)
            self.behaviours.errors = [*self.behaviours.errors, problem]


@bp.route("/release", methods=["GET", "POST"])
def release() -> ResponseReturnValue:
    """Let a partner permit, behaviour by behaviour, what may be shown; nothing at first."""
    partner = this_partner()
    if not walk_of(partner).is_sent:
        return redirect(url_for(".start"))
    before = frozenset(couple_map.own_releases(get_db()))
    form = _release_form(partner, before)
    if form.accepted():
        form.save(before)
        if not form.errors:
            flash("Saved.")
            return redirect(url_for(".received"))
    return show("questionnaires/release.html", form, handed_over=is_handed_over())


def _release_form(partner: Partner, before: frozenset[str]) -> ReleaseForm:
    db, contents = get_db(), reviewed()
    concern, plan = questionnaires.asked_of(db, partner)
    inventory = contents.library.concerns[concern].behaviours
    labels = {key: behaviour.label for key, behaviour in inventory.items()}
    asked = questionnaires.asked_behaviours(plan, labels)
    others = together(questionnaires.other_names(db, partner))
    sentence = say("My therapist may show %(others)s my answer about", others=others)
    fields: dict[str, Any] = {"behaviours": Several(sentence, asked)}
    made: ReleaseForm = type("PartnerReleaseForm", (ReleaseForm,), fields)(
        data={"behaviours": [key for key, _ in asked if key in before]}
    )
    # A line without a tick is a decision, and nothing that was left out.
    made.behaviours.flags.optional = False
    return made


def _label(field: Several, behaviour: str) -> str:
    labels: dict[str, str] = {choice.value: choice.label for choice in field.choices}
    return labels[behaviour]
