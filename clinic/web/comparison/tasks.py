"""What the treating clinician must look at, said in words."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from clinic.domain.instruments import Instrument
from clinic.domain.said import mark, say
from clinic.services import measures
from clinic.services.measures import TaskKind
from clinic.services.rows import Case, ScopedSession
from clinic.web.language import translate
from clinic.web.people import name_of

KIND = {
    TaskKind.SINGLE_ITEM: mark("An answer that matters by itself"),
    TaskKind.POSITIVE_SCREEN: mark("A score at or past its cut-off"),
}


@dataclass(frozen=True)
class TaskLine:
    """One thing to look at: about whom, why, and what was found."""

    ref: str
    raised_on: dt.date
    done_on: dt.date | None
    name: str
    kind: str
    found: str


def task_lines(
    db: ScopedSession, case: Case, instruments: Mapping[str, Instrument]
) -> list[TaskLine]:
    """Say each task in words, open ones first."""
    return [
        TaskLine(
            row.public_id,
            row.created_at.date(),
            row.done_at.date() if row.done_at else None,
            name_of(case, row.partner_id),
            translate(KIND[TaskKind(row.kind)]),
            _found(TaskKind(row.kind), row.words, instruments),
        )
        for row in measures.list_tasks(db, case)
    ]


def _found(kind: TaskKind, words: str, instruments: Mapping[str, Instrument]) -> str:
    # A task keeps the measure's key and what was found: "phq-9: left out".
    key, _, found = words.partition(": ")
    known = instruments.get(key)
    if known is None:
        return words
    item, name, what = known.asks_single_item, translate(known.name), translate(found)
    if kind is TaskKind.SINGLE_ITEM and item is not None:
        said = say("%(name)s, item %(item)s: %(found)s", name=name, item=item.number, found=what)
        return translate(said)
    return translate(say("%(name)s: %(found)s", name=name, found=what))
