"""Filling every sheet of a packet for its audience, at a clinician's desk.

What is filled holds words and no rows, so every session can end before anything is printed.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache

from clinic.content.library import Concern
from clinic.domain.packets import Packet, belongs, may_be_blank
from clinic.domain.said import Said, say
from clinic.domain.sheets import FillError, SheetFill
from clinic.domain.visibility import Audience
from clinic.domain.worksheets import Paper, TypeSize, Worksheet
from clinic.pdf.printing import PrintError
from clinic.services import accounts, cases, packet_leases
from clinic.services.errors import MissingError, RefusedError
from clinic.services.packet_work import NotPrintableError
from clinic.services.rows import ScopedSession, Store
from clinic.services.sheet_prints import Item
from clinic.web.contents import concern_of, reviewed
from clinic.web.printing import blank_fill
from clinic.web.sheet_filling.desk import Desk
from clinic.web.sheet_filling.filling import fill, offered


@dataclass(frozen=True)
class Look:
    """How a packet looks, whatever is in it; `resources` is the practice's line of help."""

    paper: Paper
    size: TypeSize
    resources: str


@dataclass(frozen=True)
class FilledPacket:
    """A packet ready to be printed: every sheet with what its audience may read."""

    packet: Packet
    sheets: Sequence[tuple[Worksheet, SheetFill]]
    look: Look

    @property
    def items(self) -> Sequence[Item]:
        """What the record of prints says of it."""
        return [Item(sheet.key, sheet.version, _given(sheet, fill)) for sheet, fill in self.sheets]


@dataclass(frozen=True)
class _Wish:
    """What a packet asks of a sheet in it."""

    reader_ref: str
    fields: Sequence[str]
    chosen: Sequence[str]


def fill_packet(desk: Desk, packet: Packet, look: Look, *, blank: bool) -> FilledPacket:
    """Fill every sheet of a packet for its audience.

    Raises NotPrintableError naming the sheet that cannot be filled, such as one that is shut just
    now, and MissingError for a case, a person or a sheet that is not there for this packet.
    """
    found = [_worksheet(packet, key) for key in packet.sheets]
    if not packet.case_ref:
        return FilledPacket(packet, [(each, _blank(each)) for each in found], look)
    case = cases.find_case(desk.db, packet.case_ref)
    chosen = asked_first(concern_of(case))
    filled = []
    for worksheet in found:
        # A sheet that one of them brings stays blank while nobody says who.
        is_blank = blank or (worksheet.whose and not packet.reader)
        wish = _Wish(packet.reader, () if is_blank else offered(worksheet), chosen)
        with naming(worksheet):
            filled.append((worksheet, fill(desk, case, worksheet, wish)))
    return FilledPacket(packet, filled, look)


def asked_first(concern: Concern) -> Sequence[str]:
    """Give the behaviours that are placed when nobody has chosen others."""
    every = concern.behaviours.values()
    return [each.key for each in every if each.asked_first and each.zone is not None]


@contextmanager
def desk_of(store: Store, clinician_id: int) -> Iterator[Desk]:
    """Give a clinician's desk where nobody is signed in; its sessions only read and end here.

    Raises MissingError for a clinician who may no longer sign in.
    """
    with ExitStack() as opened:

        def session() -> ScopedSession:
            return opened.enter_context(store.session(writes=False))

        db = session()
        clinician = packet_leases.find_clinician(db, clinician_id)
        if clinician.disabled_at is not None:
            raise MissingError(clinician.public_id)
        accounts.enter(db, store, clinician)

        @cache
        def narrow(audience: Audience, person: str) -> ScopedSession:
            made = session()
            accounts.enter_for(made, store, clinician, audience, person)
            return made

        yield Desk(clinician, db, narrow)


@contextmanager
def naming(worksheet: Worksheet) -> Iterator[None]:
    """Say which sheet it was that could not be filled or printed, and why."""
    try:
        yield
    except (FillError, PrintError, RefusedError) as fault:
        sheet, why = as_said(worksheet.title), as_said(fault.args[0])
        raise NotPrintableError(say("%(sheet)s: %(why)s", sheet=sheet, why=why)) from fault


def as_said(text: str) -> Said:
    """Make a sentence of a text: as a fact of another one, it is then said in the same language."""
    return text if isinstance(text, Said) else say(text.replace("%", "%%"))


def _worksheet(packet: Packet, key: str) -> Worksheet:
    found: Worksheet | None = reviewed().worksheets.get(key)
    if found is None:
        raise MissingError(key)
    fits = belongs(found, packet.audience) if packet.case_ref else may_be_blank(found)
    if not fits:
        raise MissingError(key)
    return found


def _given(worksheet: Worksheet, fill: SheetFill) -> tuple[str, ...]:
    there = (each for each in offered(worksheet) if fill.given(each) or each in fill.drawings)
    return tuple(there)


def _blank(worksheet: Worksheet) -> SheetFill:
    concern = next(iter(reviewed().library.concerns.values()))
    return blank_fill(worksheet, concern, asked_first(concern))
