"""What an ended case does not take: new appointments and goals wait until it is opened again."""

from clinic.domain.case_ends import CaseStatus
from clinic.models.cases import Case
from clinic.models.scope import ScopedSession
from clinic.services.errors import RefusedError


def require_open(db: ScopedSession, case: Case) -> None:
    """Let work begin in a case that is open, and keep it so until the commit.

    Raises RefusedError for an ended or archived one; what stands in a form is kept there.
    """
    # A case cannot end between this look and the commit.
    db.refresh(case, with_for_update={"key_share": True})
    if case.status is not CaseStatus.OPEN:
        raise RefusedError(
            "This case has ended. Open it again from its overview, in another tab if you like,"
            " then save here once more"
        )
