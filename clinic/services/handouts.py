"""Handing sheets out, on paper or to be done at home, and writing down what came back.

Source: clinical.md 6.0 (rules 1, 8 and 9); security.md R11.
"""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from clinic.domain.cases import SecretsPolicy
from clinic.domain.handouts import (
    Medium,
    Returned,
    can_be_done_at_home,
    can_be_handed_out,
    layer_of,
)
from clinic.domain.invitations import Handing
from clinic.domain.items import Questionnaire
from clinic.domain.kept_forms import kept
from clinic.domain.worksheets import Worksheet
from clinic.models.base import now
from clinic.models.cases import Case, Partner
from clinic.models.handouts import Handout, HandoutForm
from clinic.models.questionnaires import QuestionnaireResponse
from clinic.models.scope import ScopedSession
from clinic.services import audit, invitations, outbox
from clinic.services.appointments import find_appointment
from clinic.services.cases import find_partner
from clinic.services.check_ins import Sending
from clinic.services.days import has_come, today
from clinic.services.errors import MissingError, RefusedError, StaleError
from clinic.services.handout_lines import find_handed_out, find_handout
from clinic.services.invitations import Issued
from clinic.services.open_cases import require_open
from clinic.services.treating import require_treating


@dataclass(frozen=True)
class HandoutDetails:
    """Which sheet, for whom, and when: at an appointment, or on a day.

    `reader` is a partner's public id, "" for a sheet of all; so is `appointment`, "" for a day.
    """

    sheet: Worksheet
    reader: str = ""
    appointment: str = ""
    on: dt.date | None = None


def hand_out_paper(db: ScopedSession, case: Case, details: HandoutDetails) -> Handout:
    """Note that a sheet was handed out on paper; the same again on that day is the same handout.

    Raises MissingError for a reader or an appointment of another case, and where a sheet for one
    person has no reader or one for all of them has one; RefusedError for a day that has not come,
    and in a case that has ended.
    """
    require_open(db, case)
    row = _handout(db, case, details, Medium.PAPER)
    found = _same(db, row)
    if found is not None:
        return found
    db.add(row)
    db.flush()
    audit.record(db, "handout.given", row.public_id)
    db.commit()
    return row


def hand_out_home(
    db: ScopedSession,
    case: Case,
    details: HandoutDetails,
    form: Questionnaire,
    sending: Sending | None = None,
) -> Issued | None:
    """Give one partner a sheet to do at home, in that partner's own way in.

    Gives the fresh link when `sending` says how it reaches them; without it the way in that they
    have stays, and lasts two weeks more once they have come in by it. The same sheet again is the
    one that waits there. Raises RefusedError where there is no such way, while no policy on
    secrets is chosen, in a case that has ended, and for a sheet that is done on paper alone.
    """
    require_open(db, case)
    if not can_be_done_at_home(details.sheet):
        raise RefusedError("This sheet is done on paper")
    if case.secrets_policy is SecretsPolicy.NOT_YET:
        raise RefusedError("First choose the policy on secrets in the case's details: it is signed")
    row, partner = _handout(db, case, details, Medium.HOME), find_partner(case, details.reader)
    issued = _give_link(db, partner, sending) if sending else None
    if issued is None:
        invitations.keep_open(db, partner)
    waiting = _waiting(db, row)
    if waiting is None:
        db.add(row)
        db.flush()
        db.add(_form(row, partner, form))
    db.flush()
    audit.record(db, "handout.given", (waiting or row).public_id)
    db.commit()
    return issued


def _give_link(db: ScopedSession, partner: Partner, sending: Sending) -> Issued:
    issued = invitations.issue_again(db, partner, sending.way.handing)
    if sending.way.handing is Handing.EMAIL:
        words = sending.letters.first(issued.token)
        outbox.enqueue(db, issued.invitation, sending.way.address, *words)
    return issued


def _form(row: Handout, partner: Partner, form: Questionnaire) -> HandoutForm:
    made = HandoutForm(
        case_id=row.case_id,
        practice_id=row.practice_id,
        partner_id=partner.id,
        handout_id=row.id,
    )
    made.asked = kept(form)
    return made


def _handout(db: ScopedSession, case: Case, details: HandoutDetails, medium: Medium) -> Handout:
    sheet, reader = details.sheet, details.reader
    if not can_be_handed_out(sheet) or sheet.has_one_reader is not bool(reader):
        raise MissingError(sheet.key)
    at = find_appointment(db, case, details.appointment) if details.appointment else None
    day = at.held_on if at else details.on or today()
    if not has_come(day):
        raise RefusedError("This day has not come yet", "on")
    return Handout(
        case_id=case.id,
        practice_id=case.practice_id,
        sheet=sheet.key,
        sheet_version=sheet.version,
        medium=medium,
        layer=layer_of(sheet),
        partner_id=find_partner(case, reader).id if reader else None,
        appointment_id=at.id if at else None,
        handed_out_on=day,
        author_id=db.scope.clinician_id,
    )


def _same(db: ScopedSession, row: Handout) -> Handout | None:
    query = select(Handout).where(
        Handout.case_id == row.case_id,
        Handout.sheet == row.sheet,
        Handout.medium == row.medium,
        Handout.partner_id == row.partner_id,
        Handout.handed_out_on == row.handed_out_on,
        Handout.appointment_id == row.appointment_id,
        Handout.returned.is_(None),
        Handout.taken_back_at.is_(None),
    )
    return db.scalars(query).first()


def _waiting(db: ScopedSession, row: Handout) -> Handout | None:
    query = (
        select(Handout)
        .join(HandoutForm, HandoutForm.handout_id == Handout.id)
        .outerjoin(QuestionnaireResponse, QuestionnaireResponse.id == HandoutForm.response_id)
        .where(
            Handout.case_id == row.case_id,
            Handout.sheet == row.sheet,
            Handout.partner_id == row.partner_id,
            HandoutForm.closed_at.is_(None),
            QuestionnaireResponse.sent_at.is_(None),
        )
    )
    return db.scalars(query).first()


def press_returned(
    db: ScopedSession, case: Case, ref: str, returned: Returned | None
) -> Returned | None:
    """Write down how far a sheet was done, None to take it off; the same press changes nothing.

    Raises MissingError for one that was taken back.
    """
    row = _locked(db, case, ref)
    if row.returned is not returned:
        row.returned = returned
        row.returned_on = today() if returned else None
        audit.record(db, "handout.returned", row.public_id)
    db.commit()
    return returned


def write_outcome(db: ScopedSession, case: Case, ref: str, words: str, version: int) -> None:
    """Keep a line on what came of a sheet. Raises StaleError when changed since `version`."""
    row = _locked(db, case, ref)
    if row.version != version:
        raise StaleError
    row.outcome = words
    row.version += 1
    audit.record(db, "handout.outcome-written", row.public_id)
    db.commit()


def withdraw_handout(db: ScopedSession, case: Case, ref: str) -> None:
    """Take back a sheet that was handed out by mistake; a form of it closes, and keeps its answers.

    Raises RefusedError once something has come back.
    """
    row = _locked(db, case, ref)
    found = find_handed_out(db, case, ref)
    if not found.can_be_taken_back:
        raise RefusedError("Something of it has come back, so it stays")
    row.taken_back_at = now()
    if found.form is not None:
        found.form.closed_at = row.taken_back_at
    audit.record(db, "handout.taken-back", row.public_id)
    db.commit()


def _locked(db: ScopedSession, case: Case, ref: str) -> Handout:
    require_treating(db, case)
    row = find_handout(db, case, ref)
    db.refresh(row, with_for_update=True)
    if row.taken_back_at is not None:
        raise MissingError(ref)
    return row
