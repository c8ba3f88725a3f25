"""Where a sheet is filled: a clinician's sessions, and one that opens what an audience may read."""

from collections.abc import Callable
from dataclasses import dataclass

from clinic.domain.visibility import Audience
from clinic.services.rows import Clinician, ScopedSession
from clinic.web.access import who
from clinic.web.database import get_db, get_narrow_db


@dataclass(frozen=True)
class Desk:
    """A clinician at work: a session with their keys, and one that opens what an audience may read.

    `narrow` takes the audience, and the partner's public id where it is for one of them.
    """

    clinician: Clinician
    db: ScopedSession
    narrow: Callable[[Audience, str], ScopedSession]


def own_desk() -> Desk:
    """Give the desk of the signed-in clinician, for one page."""

    def narrow(audience: Audience, person: str) -> ScopedSession:
        return get_narrow_db(who(), audience, person)

    return Desk(who(), get_db(), narrow)
