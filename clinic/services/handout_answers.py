"""Sheets that are done at home: a partner's own side of them, and reading what was sent.

What a partner does runs in that partner's narrowed session, in which no handout of anybody is read.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select

from clinic.domain.answers import Given
from clinic.domain.handouts import HANDOUT
from clinic.domain.items import Questionnaire
from clinic.domain.kept_forms import asked_in
from clinic.models.base import now
from clinic.models.cases import Case, Partner
from clinic.models.handouts import HandoutForm
from clinic.models.questionnaires import QuestionnaireResponse
from clinic.models.scope import ScopedSession
from clinic.services import audit, questionnaires
from clinic.services.errors import MissingError, RefusedError
from clinic.services.handout_lines import HandedOut, find_handed_out
from clinic.services.questionnaires import LOCK


@dataclass(frozen=True)
class OwnForm:
    """One form as its partner meets it: nothing in it tells of anybody else."""

    form: HandoutForm
    response: QuestionnaireResponse | None

    @property
    def asked(self) -> Questionnaire:
        """Give what is asked, as it was when the sheet was handed out."""
        return asked_in(self.form.asked)

    @property
    def first_page(self) -> str:
        """Give the key of the page on which it begins."""
        return self.asked.pages[0].key

    @property
    def sent_at(self) -> dt.datetime | None:
        """Give when it was handed in."""
        return self.response.sent_at if self.response else None

    @property
    def is_open(self) -> bool:
        """Tell whether it can be answered."""
        return self.form.closed_at is None and self.sent_at is None


@dataclass(frozen=True)
class SentForm:
    """What one partner sent of a sheet done at home: what was asked, and every answer."""

    handed_out: HandedOut
    asked: Questionnaire
    answers: Mapping[str, Given]


def list_waiting(db: ScopedSession, partner: Partner) -> Sequence[OwnForm]:
    """List the forms that wait for a partner, the one handed out first on top."""
    query = _own(partner).where(HandoutForm.closed_at.is_(None))
    rows = db.execute(query.order_by(HandoutForm.id))
    return [each for each in (OwnForm(*row) for row in rows) if each.is_open]


def find_own(db: ScopedSession, partner: Partner, ref: str) -> OwnForm:
    """Find one form of a partner's own; raises MissingError."""
    row = db.execute(_own(partner).where(HandoutForm.public_id == ref)).first()
    if row is None:
        raise MissingError(ref)
    return OwnForm(*row)


def _own(partner: Partner) -> Select[HandoutForm, QuestionnaireResponse]:
    return (
        select(HandoutForm, QuestionnaireResponse)
        .outerjoin(QuestionnaireResponse, QuestionnaireResponse.id == HandoutForm.response_id)
        .where(HandoutForm.case_id == partner.case_id, HandoutForm.partner_id == partner.id)
    )


def begin(db: ScopedSession, partner: Partner, own: OwnForm) -> QuestionnaireResponse:
    """Give a partner's answers to a form, begun at the first save.

    Raises RefusedError once it was taken back or sent.
    """
    if not own.is_open:
        raise RefusedError("This form has been sent" if own.sent_at else "This form has ended")
    key = f"{HANDOUT}{own.form.public_id}"
    response = own.response or questionnaires.begin(db, partner, key, own.asked.version)
    if own.form.response_id is None:
        own.form.response_id = response.id
        db.commit()
    return response


def hand_in(db: ScopedSession, own: OwnForm, response: QuestionnaireResponse) -> None:
    """Hand a form in, once. Raises RefusedError when it was taken back meanwhile."""
    db.refresh(response, with_for_update=LOCK)
    db.refresh(own.form)
    if response.sent_at is not None:
        return
    if own.form.closed_at is not None:
        raise RefusedError("This form has ended")
    response.sent_at = now()
    audit.record(db, "handout.sent", own.form.public_id)
    db.commit()


def read_sent(db: ScopedSession, case: Case, ref: str) -> SentForm:
    """Read what a partner sent of one handout, for the treating clinician alone.

    Raises MissingError to everybody else, and before it was sent.
    """
    found = find_handed_out(db, case, ref)
    if found.form is None or found.form.response_id is None or found.sent_at is None:
        raise MissingError(ref)
    audit.note_read(db, "handout.read", ref)
    response = db.get_one(QuestionnaireResponse, found.form.response_id)
    return SentForm(found, asked_in(found.form.asked), questionnaires.answers_of(db, response))
