"""Printed sheets for tests, put on record through the service."""

from dataclasses import replace
from typing import Any

from clinic.domain.worksheets import Paper, SheetAudience, TypeSize
from clinic.models.cases import Case
from clinic.models.scope import ScopedSession
from clinic.models.sheet_prints import SheetPrint
from clinic.services import sheet_prints
from clinic.services.sheet_prints import Item, Printed

#: What the record takes for a PDF: to it, these are bytes.
PDF = b"%PDF-1.7 a sheet \x00\xff"
GOALS = (Item("w13", 1, ("name", "goals.text")),)


def printed(case: Case, **changes: Any) -> Printed:
    """Describe the goals of the first partner, on A4."""
    first = case.partners[0].public_id
    details = Printed(GOALS, SheetAudience.EACH, first, Paper.A4, TypeSize.NORMAL)
    return replace(details, **changes)


def make_print(db: ScopedSession, case: Case, pdf: bytes = PDF, **changes: Any) -> SheetPrint:
    """Put a sheet on record as printed."""
    row = sheet_prints.record(db, case, printed(case, **changes), pdf)
    db.commit()
    return row
