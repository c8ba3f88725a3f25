"""Packets: several worksheets for one audience, in one PDF with a cover that lists them.

A packet never holds sheets of two audiences: what is for one partner stands in that partner's own
packet. Its cover says no more than its sheets do.

Source: clinical design 6.0 (audience is explicit, neutral titles, the same footer for everyone).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum, unique

from clinic.domain.print_pages import Head, PrintPage
from clinic.domain.sheets import Footer
from clinic.domain.worksheets import SheetAudience, TypeSize, Worksheet

#: The most sheets of one job, copies counted.
MOST_SHEETS = 200

#: What the cover says, in the language of the sheets that come with Undercurrent.
LANGUAGE = "en-GB"
TITLE = "Worksheets"
PURPOSE = "These sheets belong together. Take them one at a time, in your own order."
COUNTED = (
    "The numbers count the pages of the whole packet, from this one on. "
    "At its foot, each sheet counts its own pages."
)
CONTENTS = "Contents"
NAME_LABELS = {
    SheetAudience.PARTNER: "Your first name or initials",
    SheetAudience.EACH: "Name or initials",
    SheetAudience.COUPLE: "Our names or initials",
    SheetAudience.THERAPIST: "For you alone. About",
}
COLUMNS = ("Worksheet", "Pages in the packet")


@unique
class PacketState(StrEnum):
    """How far a packet of a job has come."""

    WAITING = "waiting"
    AT_WORK = "at-work"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


@unique
class JobState(StrEnum):
    """How far a job has come as a whole."""

    PREPARED = "prepared"
    AT_WORK = "at-work"
    DONE = "done"
    STOPPED = "stopped"


#: A packet that is in one of these stays in it.
ENDED = frozenset({PacketState.DONE, PacketState.FAILED, PacketState.STOPPED})


@dataclass(frozen=True, slots=True)
class Packet:
    """What one packet holds, and for whom: sheets by key, in the order of the shelf.

    `case_ref` is "" for blank sheets of no case; `reader` is the partner's public id where it is
    for one of them alone. `copies` counts how often each sheet is in it.
    """

    audience: SheetAudience
    sheets: tuple[str, ...]
    case_ref: str = ""
    reader: str = ""
    copies: int = 1

    @property
    def count(self) -> int:
        """How many sheets it holds, copies counted."""
        return len(self.sheets) * self.copies


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a packet's contents: a sheet, and the pages on which it and its copies stand."""

    title: str
    first: int
    last: int
    copies: int = 1

    @property
    def name(self) -> str:
        """The sheet's title, and how many copies follow each other."""
        return f"{self.title} ({self.copies} copies)" if self.copies > 1 else self.title

    @property
    def pages(self) -> str:
        """The pages in figures."""
        return str(self.first) if self.first == self.last else f"{self.first} to {self.last}"


HEAD = Head(TITLE, LANGUAGE)


@dataclass(frozen=True, slots=True)
class Cover(PrintPage):
    """The first page of a packet: everything its template draws, and nothing else.

    `name` is the reader's first name where the sheets hold it, "" leaves a line to write it on.
    """

    name_label: str
    name: str
    entries: tuple[Entry, ...]
    footer: Footer
    size: TypeSize = TypeSize.NORMAL
    worksheet: Head = HEAD
    purpose: str = PURPOSE
    heading: str = CONTENTS
    counted: str = COUNTED
    columns: tuple[str, str] = COLUMNS


def belongs(worksheet: Worksheet, audience: SheetAudience) -> bool:
    """Tell whether a sheet may stand in a packet for an audience; a packet for one has one reader.

    A sheet that one partner brings for all of them asks whose it is, so it belongs to all.
    """
    if audience is SheetAudience.PARTNER:
        return worksheet.has_one_reader
    return worksheet.audience is audience


def packets_for(
    case_ref: str, partners: Sequence[str], worksheets: Iterable[Worksheet]
) -> Iterator[Packet]:
    """Give the packets that some sheets make in one case: one for each partner, one for all.

    A sheet for each goes into every partner's own packet. One for a single partner, or one that a
    single partner brings, goes into none: whose it is has to be chosen within the case.
    """
    chosen = [sheet for sheet in worksheets if goes_to_many(sheet)]
    each = _keys(chosen, SheetAudience.EACH)
    for partner in partners if each else ():
        yield Packet(SheetAudience.PARTNER, each, case_ref, partner)
    for audience in (SheetAudience.COUPLE, SheetAudience.THERAPIST):
        if sheets := _keys(chosen, audience):
            yield Packet(audience, sheets, case_ref)


def goes_to_many(worksheet: Worksheet) -> bool:
    """Tell whether a sheet can be printed for several cases without asking whose it is."""
    return worksheet.audience is not SheetAudience.PARTNER and not worksheet.whose


def may_be_blank(worksheet: Worksheet) -> bool:
    """Tell whether a sheet may stand in a packet of blank sheets; the therapist's own are not."""
    return worksheet.audience is not SheetAudience.THERAPIST


def _keys(worksheets: Iterable[Worksheet], audience: SheetAudience) -> tuple[str, ...]:
    return tuple(sheet.key for sheet in worksheets if sheet.audience is audience)


def count_sheets(packets: Iterable[Packet]) -> int:
    """Count the sheets of several packets, copies included."""
    return sum(packet.count for packet in packets)


def contents(sheets: Iterable[tuple[str, int]], before: int, copies: int = 1) -> Iterator[Entry]:
    """List the sheets of a packet, each with its title and pages, after so many pages of cover.

    >>> [entry.pages for entry in contents([("One", 2), ("Two", 1)], before=1)]
    ['2 to 3', '4']
    >>> [entry.pages for entry in contents([("One", 2), ("Two", 1)], before=1, copies=3)]
    ['2 to 7', '8 to 10']
    """
    first = before + 1
    for title, pages in sheets:
        yield Entry(title, first, first + pages * copies - 1, copies)
        first += pages * copies


def job_state(packets: Sequence[PacketState], *, started: bool, stopped: bool) -> JobState:
    """Tell how far a job has come: it is done when no packet waits, whatever became of each.

    >>> job_state([PacketState.DONE, PacketState.FAILED], started=True, stopped=False).value
    'done'
    >>> job_state([PacketState.DONE, PacketState.STOPPED], started=True, stopped=True).value
    'stopped'
    """
    if stopped:
        return JobState.STOPPED
    if not started:
        return JobState.PREPARED
    return JobState.DONE if ENDED.issuperset(packets) else JobState.AT_WORK
