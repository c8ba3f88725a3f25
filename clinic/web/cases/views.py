"""What waits in a case, said in a few words with the page that each leads to.

What comes from the private and safety layers, and an explanation to look at again, are named with
the same words: a glance at the screen learns nothing from them. The overview says which it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import url_for

from clinic.domain.said import Said, own, say
from clinic.services.caseload import WaitingLine
from clinic.services.waiting import Waiting

#: Where on a case's overview the neutral words lead.
LOOK = "to-look-at"


@dataclass(frozen=True)
class Chip:
    """A few words, and where they lead."""

    words: str
    url: str


@dataclass(frozen=True)
class WaitingRow:
    """One case with what waits in it."""

    ref: str
    title: str
    chips: Sequence[Chip]


def waiting_row(line: WaitingLine) -> WaitingRow:
    """Say what waits in one case."""
    return WaitingRow(line.case_ref, line.title, list(_chips(line)))


def _chips(line: WaitingLine) -> Iterator[Chip]:
    ref, found = line.case_ref, line.found
    if found.looks:
        yield Chip(say("Something to look at"), url_for("cases.show", case_ref=ref, _anchor=LOOK))
    if line.unanswered:
        words = say("Not answered yet: %(names)s", names=_listed(line.unanswered))
        yield Chip(words, url_for("invitations.overview", case_ref=ref))
    if line.no_check_in:
        words = say("No check-in yet: %(names)s", names=_listed(line.no_check_in))
        yield Chip(words, url_for("check_ins.overview", case_ref=ref))
    for day, text, endpoint in _plain(found):
        if day is not None:
            yield Chip(text, url_for(endpoint, case_ref=ref))


def _plain(found: Waiting) -> Iterator[tuple[object, Said, str]]:
    yield found.note, say("A note to sign"), "notes.list_notes"
    yield found.goals, say("Goals to look at again"), "goals.list_set"
    yield found.reading, say("Your reading to look at again"), "formulation.roll_up"
    yield found.agreement, say("The agreement to look at again"), "accords.list_written"


def _listed(names: Sequence[str]) -> Said:
    return own(", ".join(names))


def looks(found: Waiting, case_ref: str) -> list[Chip]:
    """Say what the neutral words stand for, on the case's own overview."""
    kinds = (
        (found.task, say("What must be looked at"), "comparison.tasks"),
        (found.check, say("Ask again about safety, alone"), "safety.show"),
        (found.promise, say("A promise whose day has come"), "comparison.ledger"),
        (found.explanation, say("An explanation to look at again"), "formulation.show"),
    )
    return [
        Chip(words, url_for(endpoint, case_ref=case_ref))
        for day, words, endpoint in kinds
        if day is not None
    ]
