"""Private answers are for the clinician who treats the case, and for nobody who looks along."""

from clinic.domain.visibility import Audience
from clinic.models.cases import Case
from clinic.models.scope import ScopedSession
from clinic.services.errors import MissingError

_CLINICIANS = frozenset({Audience.THERAPIST, Audience.AUTHOR})


def require_treating(db: ScopedSession, case: Case) -> None:
    """Let only the case's own clinician on, and not while the couple or a partner reads along.

    Raises MissingError: for everybody else there is no such thing.
    """
    scope = db.scope
    if scope.audience not in _CLINICIANS or scope.clinician_id != case.clinician_id:
        raise MissingError(case.public_id)
