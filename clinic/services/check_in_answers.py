"""A partner's own side of a check-in: which one is asked, beginning it, and handing it in.

Everything here runs in that partner's narrowed session: other partners' parts do not exist in it.
"""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Select, select

from clinic.domain.check_ins import CHECK_IN, STILL_ASKED
from clinic.models.base import now
from clinic.models.cases import Partner
from clinic.models.check_ins import CheckIn, CheckInPart
from clinic.models.questionnaires import QuestionnaireResponse
from clinic.models.scope import ScopedSession
from clinic.services import audit, outbox, questionnaires
from clinic.services.check_ins import bring_in
from clinic.services.days import today
from clinic.services.errors import MissingError, RefusedError
from clinic.services.questionnaires import LOCK


@dataclass(frozen=True)
class OwnCheckIn:
    """One check-in as its partner meets it: nothing in it tells of anybody else."""

    check_in: CheckIn
    part: CheckInPart
    response: QuestionnaireResponse | None

    @property
    def sent_at(self) -> dt.datetime | None:
        """Give when it was handed in."""
        return self.response.sent_at if self.response else None

    @property
    def is_open(self) -> bool:
        """Tell whether it can be answered."""
        return self.check_in.closed_at is None and self.sent_at is None


def find_asked(db: ScopedSession, partner: Partner) -> OwnCheckIn | None:
    """Give the check-in that a partner is asked for just now: the newest, unless it was sent."""
    query = _own(partner).where(
        CheckIn.closed_at.is_(None), CheckIn.due_on >= today() - STILL_ASKED
    )
    newest = db.execute(query.order_by(CheckIn.due_on.desc(), CheckIn.id.desc()).limit(1)).first()
    found = OwnCheckIn(*newest) if newest else None
    return found if found and found.is_open else None


def find_own(db: ScopedSession, partner: Partner, ref: str) -> OwnCheckIn:
    """Find one check-in of a partner's own; raises MissingError."""
    row = db.execute(_own(partner).where(CheckIn.public_id == ref)).first()
    if row is None:
        raise MissingError(ref)
    return OwnCheckIn(*row)


def _own(partner: Partner) -> Select[CheckIn, CheckInPart, QuestionnaireResponse]:
    return (
        select(CheckIn, CheckInPart, QuestionnaireResponse)
        .join(CheckInPart, CheckInPart.check_in_id == CheckIn.id)
        .outerjoin(QuestionnaireResponse, QuestionnaireResponse.id == CheckInPart.response_id)
        .where(CheckIn.case_id == partner.case_id, CheckInPart.partner_id == partner.id)
    )


def begin(
    db: ScopedSession, partner: Partner, own: OwnCheckIn, version: int
) -> QuestionnaireResponse:
    """Give a partner's answers to a check-in, begun at the first save.

    Raises RefusedError once it was ended or sent.
    """
    if not own.is_open:
        raise RefusedError("This form has been sent" if own.sent_at else "This form has ended")
    key = f"{CHECK_IN}{own.check_in.public_id}"
    response = own.response or questionnaires.begin(db, partner, key, version)
    if own.part.response_id is None:
        own.part.response_id = response.id
        db.commit()
    return response


def hand_in(db: ScopedSession, own: OwnCheckIn, response: QuestionnaireResponse) -> None:
    """Hand a check-in in, once; what was rated comes into its appointment if that is there.

    The reminder that waits is taken out. Raises RefusedError when it was ended meanwhile.
    """
    db.refresh(response, with_for_update=LOCK)
    db.refresh(own.check_in)
    if response.sent_at is not None:
        return
    if own.check_in.closed_at is not None:
        raise RefusedError("This form has ended")
    response.sent_at = now()
    if own.check_in.appointment_id is not None:
        bring_in(db, own.check_in, response, own.check_in.appointment_id)
    outbox.take_out_later(db, own.part.invitation_id)
    audit.record(db, "check-in.sent", own.check_in.public_id)
    db.commit()
