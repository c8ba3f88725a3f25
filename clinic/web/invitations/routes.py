"""Inviting the partners of a case, and seeing where each of them stands."""

from dataclasses import dataclass

from flask import Blueprint, Response, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from clinic.domain.cases import SecretsPolicy
from clinic.domain.invitations import Handing, InvitationState, initials
from clinic.services import browsers, invitations, outbox, packs, questionnaires
from clinic.services.cases import find_partner
from clinic.services.errors import RefusedError
from clinic.services.rows import Case, Invitation, Partner, QuestionnaireResponse
from clinic.web import letters
from clinic.web.access import cookie_name
from clinic.web.contents import INTAKE, concern_of, reviewed
from clinic.web.database import get_db
from clinic.web.filters import sentence
from clinic.web.invitations.forms import InviteForm, invite_form, plan_form, saved_plan
from clinic.web.pages import find_case, show_case
from clinic.web.partner_access import let_in
from clinic.web.ways_in import address_of, can_mail, make_plan, share_an_address

bp = Blueprint("invitations", __name__, url_prefix="/cases/<ref:case_ref>/intake")
HERE = "invitations.overview"


@dataclass(frozen=True)
class Standing:
    """Where one partner stands with the form."""

    partner: Partner
    invitation: Invitation | None
    state: InvitationState | None
    response: QuestionnaireResponse | None


@bp.get("")
def overview(case_ref: str) -> ResponseReturnValue:
    """Show who was invited, who has begun, and who has answered."""
    db, case = get_db(), find_case(case_ref)
    invited = invitations.latest(db, case)
    responses = questionnaires.list_responses(db, case)
    standings = [
        Standing(
            partner,
            invited.get(partner.id),
            invitations.state_of(invited[partner.id]) if partner.id in invited else None,
            responses.get(partner.id),
        )
        for partner in case.partners
    ]
    return show_case(
        "invitations/overview.html",
        case,
        HERE,
        standings=standings,
        plan=questionnaires.find_plan(db, case.id),
        given_up=[(mail, outbox.problem_of(mail)) for mail in outbox.given_up(db, case)],
        same_address=share_an_address(case),
        all_in=all(each.response and each.response.sent_at for each in standings),
    )


@bp.route("/questions", methods=["GET", "POST"])
def plan(case_ref: str) -> ResponseReturnValue:
    """Choose the behaviours all partners are asked about."""
    db, case = get_db(), find_case(case_ref)
    contents = reviewed()
    saved = questionnaires.find_plan(db, case.id)
    form = plan_form(concern_of(case), saved, packs.list_offered(db, saved))
    if form.accepted():
        with form.refusals(lambda: saved_plan(questionnaires.find_plan(db, case.id))):
            details = form.details(INTAKE, contents.questionnaires[INTAKE].version)
            questionnaires.write_plan(db, case, details, form.version.data)
            db.commit()
            flash("Saved. All partners will be asked the same.")
            return redirect(url_for(".overview", case_ref=case_ref))
    return show_case("invitations/plan.html", case, HERE, form)


@bp.route("/<ref:partner_ref>/invite", methods=["GET", "POST"])
def invite(case_ref: str, partner_ref: str) -> ResponseReturnValue:
    """Give one partner a way in; an earlier one of theirs ends."""
    case = find_case(case_ref)
    partner = find_partner(case, partner_ref)
    form = invite_form(mail=can_mail(), address=address_of(partner))
    if form.accepted():
        with form.refusals():
            return _invited(case, partner, form)
    return show_case(
        "invitations/invite.html",
        case,
        HERE,
        form,
        partner=partner,
        letters=initials(partner.name),
        same_address=share_an_address(case),
    )


def _invited(case: Case, partner: Partner, form: InviteForm) -> ResponseReturnValue:
    db, handing = get_db(), form.chosen()
    if case.secrets_policy is SecretsPolicy.NOT_YET:
        raise RefusedError("First choose the policy on secrets in the case's details: it is signed")
    make_plan(case)
    code = form.start_code.data or ""
    issued = invitations.issue(db, case, partner.public_id, handing, code)
    if handing is Handing.TABLET:
        return _hand_over(issued.invitation)
    if handing is Handing.EMAIL:
        mail = letters.invitation(issued.token)
        outbox.enqueue(db, issued.invitation, form.address.data, *mail)
        db.commit()
        flash("The mail is on its way.")
        return redirect(url_for(".overview", case_ref=case.public_id))
    db.commit()
    # The link exists on this page alone: only its hash is stored.
    return show_case(
        "invitations/_issued.html",
        case,
        HERE,
        partner=partner,
        link=letters.link_of(issued.token),
        code=letters.qr_path(issued.token),
        token=issued.token,
    )


def _hand_over(invitation: Invitation) -> ResponseReturnValue:
    token = invitations.hand_over(get_db(), invitation)
    browsers.end(get_db(), request.cookies.get(cookie_name(), ""))
    session.clear()
    response = redirect(url_for("questionnaires.start"))
    response.delete_cookie(cookie_name(), path="/")
    return let_in(response, token)


@bp.post("/slip")
def print_slip(case_ref: str) -> ResponseReturnValue:
    """Print the link of a fresh invitation as a slip of paper."""
    case, token = find_case(case_ref), request.form.get("token", "")
    # The link must be one of this case, and a living one.
    invitations.find_invitation(
        get_db(), case, invitations.find_by_token(get_db(), token).public_id
    )
    response = Response(letters.slip(token), mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="slip.pdf"'
    return response


@bp.post("/<ref:invitation_ref>/revoke")
def revoke(case_ref: str, invitation_ref: str) -> ResponseReturnValue:
    """End an invitation and every browser that came in through it."""
    invitations.revoke(get_db(), find_case(case_ref), invitation_ref)
    flash("The link no longer opens. What was answered so far is kept.")
    return redirect(url_for(".overview", case_ref=case_ref))


@bp.post("/<ref:invitation_ref>/new-pin")
def reset_pin(case_ref: str, invitation_ref: str) -> ResponseReturnValue:
    """Let the partner choose a new PIN with the same link."""
    invitations.reset_pin(get_db(), find_case(case_ref), invitation_ref)
    flash("A new PIN can be chosen with the same link.")
    return redirect(url_for(".overview", case_ref=case_ref))


@bp.post("/<ref:invitation_ref>/remind")
def remind(case_ref: str, invitation_ref: str) -> ResponseReturnValue:
    """Send a reminder, at most one a day."""
    db, case = get_db(), find_case(case_ref)
    try:
        invitation = invitations.find_invitation(db, case, invitation_ref)
        invitations.note_reminder(db, invitation)
        address = outbox.last_recipient(db, invitation)
        outbox.enqueue(db, invitation, address, *letters.reminder())
        db.commit()
        flash("The reminder is on its way.")
    except RefusedError as refusal:
        db.rollback()
        flash(sentence(refusal.args[0]), "caution")
    return redirect(url_for(".overview", case_ref=case_ref))


@bp.post("/mail/<ref:mail_ref>/again")
def send_again(case_ref: str, mail_ref: str) -> ResponseReturnValue:
    """Try a mail again that was given up."""
    outbox.retry(get_db(), find_case(case_ref), mail_ref)
    flash("It is tried again now.")
    return redirect(url_for(".overview", case_ref=case_ref))
