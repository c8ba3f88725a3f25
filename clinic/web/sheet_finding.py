"""The shelf in order: worksheets by phase, and those that some words find."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clinic.domain.said import mark
from clinic.domain.worksheets import SheetAudience, Worksheet
from clinic.web.language import translate

#: Each phase as the shelf names it, and what it is for.
PHASES = {
    "P0": (
        mark("At the beginning"),
        mark("Before joint work: where each person stands, and what brings them."),
    ),
    "P1": (
        mark("Find steady ground"),
        mark("When feelings run high: what helps now, and room for what hurts."),
    ),
    "P2": (
        mark("Understand"),
        mark("What happens between them, what lies beneath, and each person's own part."),
    ),
    "P3": (
        mark("Agree or decide"),
        mark("What they want to hold to, or whether to go on at all."),
    ),
    "P4": (
        mark("Build anew"),
        mark("Goals, small steps, and closeness that comes back every week."),
    ),
    "P5": (
        mark("Keep it going"),
        mark("What to do after a step back, and what to take along."),
    ),
}

#: For whom a sheet is, as the shelf says it.
FOR_WHOM = {
    SheetAudience.PARTNER: mark("For one person"),
    SheetAudience.EACH: mark("For each person, a sheet of their own"),
    SheetAudience.COUPLE: mark("For all of them together"),
    SheetAudience.THERAPIST: mark("Never handed out. No answer about safety is on any of them."),
}

#: What is looked for; signs and very short words are left out.
WORD = re.compile(r"\w{3,}")


@dataclass(frozen=True)
class Group:
    """The worksheets of one phase, with its name and what it is for."""

    key: str
    title: str
    purpose: str
    sheets: Sequence[Worksheet]


@dataclass(frozen=True)
class Found:
    """The worksheets that some words find: by phase, and those for the therapist alone."""

    count: int
    groups: Sequence[Group]
    alone: Sequence[Worksheet]


def find_sheets(words: str, sheets: Iterable[Worksheet]) -> Found:
    """Put on the shelf what some words find; no words find everything."""
    found = [sheet for sheet in sheets if finds(words, sheet)]
    alone = [sheet for sheet in found if sheet.audience is SheetAudience.THERAPIST]
    return Found(len(found), groups_of(sheet for sheet in found if sheet not in alone), alone)


def groups_of(sheets: Iterable[Worksheet]) -> Sequence[Group]:
    """Put worksheets under their phases, in order; a phase without any is left out."""
    found = list(sheets)
    return [
        Group(phase, title, purpose, here)
        for phase, (title, purpose) in PHASES.items()
        if (here := [sheet for sheet in found if sheet.phase == phase])
    ]


def finds(words: str, sheet: Worksheet) -> bool:
    """Tell whether every word is found in a sheet's own words, here or in the language of it.

    Words of one or two letters are too common to tell anything.
    """
    texts = [FOR_WHOM[sheet.audience], *sheet.texts()]
    whole = " ".join(part for text in texts if text for part in (text, translate(text))).casefold()
    return all(word in whole for word in WORD.findall(words.casefold()))


def picture_version(worksheet: Worksheet) -> str:
    """Name the words a picture was drawn from, so that a browser keeps it until they change."""
    words = "\n".join((str(worksheet.version), *worksheet.texts()))
    return hashlib.sha256(words.encode()).hexdigest()[:12]
