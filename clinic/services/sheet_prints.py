"""What was printed: the record of every sheet that left, and the exact PDF once more.

The PDF lies in the layer of whoever it was for: what was printed for one person opens with the
therapist's keys and that person's own, and never with another partner's (clinical.md 6.0, rule 7).
"""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import defer

from clinic.domain.visibility import Layer
from clinic.domain.worksheets import Paper, SheetAudience, TypeSize
from clinic.models.accounts import Clinician
from clinic.models.cases import Case
from clinic.models.scope import ScopedSession
from clinic.models.sheet_prints import SheetPrint
from clinic.services import audit
from clinic.services.cases import find_in_case, partner_id
from clinic.services.errors import MissingError

#: Where a print lies, by whom it is for.
LAYERS = {
    SheetAudience.PARTNER: Layer.PRIVATE,
    SheetAudience.EACH: Layer.PRIVATE,
    SheetAudience.COUPLE: Layer.SHARED,
    SheetAudience.THERAPIST: Layer.CLINICIAN,
}


@dataclass(frozen=True, slots=True)
class Item:
    """One sheet within a print: its key, the version of its file, and the fields filled in."""

    sheet: str
    version: int
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Printed:
    """What is printed, for whom, and how. `reader_ref` is whose sheet it is, "" for nobody's own.

    Several items make a packet; they have one audience.
    """

    items: Sequence[Item]
    audience: SheetAudience
    reader_ref: str
    paper: Paper
    size: TypeSize
    fillable: bool = False


def record(db: ScopedSession, case: Case, printed: Printed, pdf: bytes) -> SheetPrint:
    """Add what is printed to the record, with its line in the audit log; the caller commits.

    A print that cannot be recorded must not leave. Raises MissingError for a reader who is not in
    the case, and for a sheet of one person without one.
    """
    layer = LAYERS[printed.audience]
    if layer is Layer.PRIVATE and not printed.reader_ref:
        raise MissingError("reader")
    row = SheetPrint(
        case_id=case.id,
        practice_id=case.practice_id,
        layer=layer,
        partner_id=partner_id(case, printed.reader_ref),
        author_id=db.scope.clinician_id,
        paper=printed.paper,
        size=printed.size,
        fillable=printed.fillable,
    )
    row.items = json.dumps([[each.sheet, each.version, each.fields] for each in printed.items])
    row.digest, row.pdf = digest(pdf), base64.b64encode(pdf).decode()
    db.add(row)
    db.flush()
    audit.record(db, "worksheet.printed", row.public_id)
    return row


def again(db: ScopedSession, case: Case, ref: str) -> tuple[SheetPrint, bytes]:
    """Give what was printed, and the very PDF, byte for byte; noted as a read.

    Raises MissingError for what was not printed for this case.
    """
    row = find_in_case(db, SheetPrint, case, ref)
    audit.note_read(db, "worksheet.printed-again", row.public_id)
    return row, base64.b64decode(row.pdf)


def list_printed(db: ScopedSession, case: Case) -> Sequence[SheetPrint]:
    """List what was printed for a case, newest first."""
    # A PDF is long, and is read only where it is printed again.
    pdf = getattr(SheetPrint, SheetPrint.pdf.stored_as)
    query = select(SheetPrint).where(SheetPrint.case_id == case.id).options(defer(pdf))
    return db.scalars(query.order_by(SheetPrint.id.desc())).all()


def items_of(row: SheetPrint) -> Sequence[Item]:
    """Give the sheets of a print."""
    return [Item(sheet, version, tuple(fields)) for sheet, version, fields in json.loads(row.items)]


def authors(db: ScopedSession, rows: Sequence[SheetPrint]) -> Mapping[int, str]:
    """Name who printed, by the clinician's inner id."""
    wanted = {row.author_id for row in rows}
    found = db.scalars(select(Clinician).where(Clinician.id.in_(wanted)))
    return {row.id: row.name for row in found}


def digest(pdf: bytes) -> str:
    """Give the SHA-256 of a PDF in hex, by which two of them are told apart."""
    return hashlib.sha256(pdf).hexdigest()
