"""What goes into a worksheet, read with the keys of whoever the sheet is for and no others.

The session is narrowed to one audience: a fact of another layer cannot be opened by it, whatever
the query says (security.md T14).
"""

from sqlalchemy import select

from clinic.domain.sheets import SheetFill
from clinic.domain.worksheets import Worksheet
from clinic.models.cases import Case
from clinic.models.scope import ScopedSession
from clinic.services import audit
from clinic.services.cases import find_partner
from clinic.services.errors import MissingError
from clinic.services.sheet_fields import FIELDS, GROUPS
from clinic.services.sheet_sources import Source, Wanted


def fill_sheet(db: ScopedSession, worksheet: Worksheet, wanted: Wanted) -> SheetFill:
    """Fill every field that a worksheet names from what its audience may read.

    Raises MissingError for a case of another clinician, for a reader who is not in the case, and
    for a sheet that needs a reader and was given none.
    """
    case = _case(db, wanted.case_ref)
    reader = find_partner(case, wanted.reader) if wanted.reader else None
    source = Source(db, case, reader, wanted)
    groups = sorted({name.split(".")[0] for name in worksheet.prefill if "." in name})
    return SheetFill(
        fields={name: FIELDS[name](source) for name in worksheet.prefill if "." not in name},
        groups={group: GROUPS[group](source) for group in groups},
        people=len(case.partners),
    )


def note_preview(db: ScopedSession, sheet: str, case_ref: str, partner_ref: str) -> None:
    """Note that a page of a sheet was looked at; written down before the picture leaves."""
    audit.note_read(db, f"worksheet.{sheet}.previewed", partner_ref or case_ref)


def _case(db: ScopedSession, case_ref: str) -> Case:
    case = db.scalars(
        select(Case).where(Case.public_id == case_ref, Case.clinician_id == db.scope.clinician_id)
    ).first()
    if case is None:
        raise MissingError(case_ref)
    return case
