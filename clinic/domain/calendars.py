"""A calendar file for the therapist: a day and a neutral word, so that any calendar may hold it.

Nobody is named: what is put into a calendar is soon on a phone and on somebody else's server.
Source: RFC 5545, as far as one day needs it.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

#: The most bytes that a line may have before its end (RFC 5545, 3.1).
LONGEST_LINE = 75
PRODUCER = "-//Undercurrent//Appointments//EN"


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day in a calendar. `ref` makes the same day the same entry when it is read in again."""

    ref: str
    day: dt.date
    summary: str
    made_at: dt.datetime


def without_names(label: str, names: Sequence[str]) -> str:
    """Give a case's label if it names none of these people, or "".

    >>> without_names("Tuesday, second room", ["Mara Lind", "Jonas"])
    'Tuesday, second room'
    >>> without_names("Lind & J.", ["Mara Lind", "Jonas"])
    ''
    """
    said = label.casefold()
    parts = (part for name in names for part in name.casefold().split())
    return "" if any(part in said for part in parts) else label


def calendar(entry: CalendarDay) -> str:
    r"""Write one whole day as an iCalendar file, with lines folded and ended as the format asks.

    >>> day = CalendarDay("r", dt.date(2026, 11, 20), "Appointment", dt.datetime(2026, 11, 9, 8, 0))
    >>> calendar(day).split("\r\n")[6]
    'DTSTART;VALUE=DATE:20261120'
    """
    return "".join(f"{line}\r\n" for text in _lines(entry) for line in _folded(text))


def _lines(entry: CalendarDay) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:{PRODUCER}"
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.ref}@undercurrent.invalid"
    yield f"DTSTAMP:{entry.made_at:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{entry.day + dt.timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(entry.summary)}"
    yield "CLASS:PRIVATE"
    yield "END:VEVENT"
    yield "END:VCALENDAR"


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r\n", "\\n").replace("\r", "\\n").replace("\n", "\\n")


def _folded(text: str) -> Iterator[str]:
    """Break a line so that no part is longer than it may be, and no letter is cut in two."""
    part, room = "", LONGEST_LINE
    for letter in text:
        size = len(letter.encode())
        if size > room:
            yield part
            # A part that goes on begins with a blank, which counts.
            part, room = " ", LONGEST_LINE - 1
        part, room = part + letter, room - size
    yield part
