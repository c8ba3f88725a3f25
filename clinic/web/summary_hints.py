"""Hints for the summary that the couple is to read: words that can blame, and private material.

They are asked for, never given while somebody types, and stop nothing (clinical.md 2.7).
"""

from dataclasses import dataclass

from clinic.domain.plain_words import blaming, resembles
from clinic.domain.said import mark, own, say
from clinic.services.private_texts import private_texts
from clinic.services.rows import Case
from clinic.web.contents import reviewed
from clinic.web.database import get_db

INSTEAD = mark("Leave it out, or write what all of them have said in the room.")


@dataclass(frozen=True)
class SummaryHint:
    """A passage as it was typed, why to think twice, and another way."""

    passage: str
    why: str
    instead: str


def summary_hints(case: Case, text: str) -> list[SummaryHint]:
    """Find what in a summary is worth a second look; nothing found does not make it fit."""
    if not text:
        return []
    groups = reviewed().plain_words
    words = [SummaryHint(found.word, found.why, found.instead) for found in blaming(text, groups)]
    return [*words, *_private(case, text)]


def _private(case: Case, text: str) -> list[SummaryHint]:
    known = private_texts(get_db(), case)
    sources = {str(place): each.words for place, each in enumerate(known)}
    names = [partner.name for partner in case.partners]
    found = {
        (text[match.start : match.end], known[int(match.source)].name): None
        for match in resembles(text, sources, known=names)
    }
    return [
        SummaryHint(
            passage, say("This is close to what %(name)s said in private.", name=own(name)), INSTEAD
        )
        for passage, name in found
    ]
