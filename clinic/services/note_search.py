"""Searching the clinician's own notes: opened one by one within their own cases, and read through.

The words searched are kept nowhere; the audit log says that somebody searched, and which notes they
were shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from sqlalchemy import Select, select

from clinic.domain.note_search import Hit, hits
from clinic.domain.visibility import Audience
from clinic.models.appointments import Appointment
from clinic.models.cases import Case, OfCase
from clinic.models.notes import Note, NoteAddition, ProcessNote
from clinic.models.scope import ScopedSession
from clinic.services import audit
from clinic.services.errors import MissingError
from clinic.services.notes import texts_of, titles_of

Texts = Iterator[tuple["Place", Sequence[str]]]


@dataclass(frozen=True)
class Bounds:
    """Where a search ends: after so many notes read, or so many of them found.

    Notes are read in portions, so that no search asks for all of them at once.
    """

    notes: int = 3000
    found: int = 40
    hits_of_one: int = 3
    portion: int = 100


@dataclass(frozen=True)
class Place:
    """Where a text stands. A process note has no appointment: `number` is then None.

    `ref` is the public id of the note, also for the text of an addition to it.
    """

    case_id: int
    case_ref: str
    ref: str
    number: int | None = None
    is_addition: bool = False


@dataclass(frozen=True)
class Found:
    """One note that holds the words, with the sentences around them."""

    place: Place
    hits: Sequence[Hit]


@dataclass
class Search:
    """What a search found, how many notes it read, and whether it ended before the last.

    `titles` names the cases by inner id.
    """

    found: list[Found] = field(default_factory=list)
    titles: Mapping[int, str] = field(default_factory=dict)
    looked: int = 0
    stopped: bool = False


USUAL = Bounds()


def find_words(db: ScopedSession, wanted: str, bounds: Bounds = USUAL) -> Search:
    """Find words in the notes that the clinician wrote on their own cases, the newest first.

    Progress notes come before additions to them, and process notes last. Raises MissingError
    while the couple or a partner looks along.
    """
    if db.scope.audience is not Audience.AUTHOR:
        raise MissingError("notes")
    audit.note_read(db, "notes.searched", "")
    search = Search()
    for place, texts in chain(
        _notes(db, bounds.portion),
        _additions(db, bounds.portion),
        _process_notes(db, bounds.portion),
    ):
        if search.looked == bounds.notes or len(search.found) == bounds.found:
            search.stopped = True
            break
        search.looked += 1
        every = chain.from_iterable(hits(text, wanted, bounds.hits_of_one) for text in texts)
        if met := list(islice(every, bounds.hits_of_one)):
            audit.note_read(db, _read(place), place.ref)
            search.found.append(Found(place, met))
    search.titles = titles_of(db, [each.place.case_id for each in search.found])
    return search


def _read(place: Place) -> str:
    return "process-note.read" if place.number is None else "note.read"


def _notes(db: ScopedSession, portion: int) -> Texts:
    query = (
        select(Note, Case.public_id, Appointment.number)
        .join(Case, Case.id == Note.case_id)
        .join(Appointment, Appointment.id == Note.appointment_id)
        .where(Note.author_id == db.scope.clinician_id)
    )
    for row, case_ref, number in _in_portions(db, query, Note, portion):
        place = Place(row.case_id, case_ref, row.public_id, number)
        yield place, tuple(texts_of(row).values())


def _additions(db: ScopedSession, portion: int) -> Texts:
    query = (
        select(NoteAddition, Case.public_id, Note.public_id, Appointment.number)
        .join(Case, Case.id == NoteAddition.case_id)
        .join(Note, Note.id == NoteAddition.note_id)
        .join(Appointment, Appointment.id == Note.appointment_id)
        .where(NoteAddition.author_id == db.scope.clinician_id)
    )
    for row, case_ref, note_ref, number in _in_portions(db, query, NoteAddition, portion):
        place = Place(row.case_id, case_ref, note_ref, number, is_addition=True)
        yield place, (row.words, row.reason)


def _process_notes(db: ScopedSession, portion: int) -> Texts:
    query = (
        select(ProcessNote, Case.public_id)
        .join(Case, Case.id == ProcessNote.case_id)
        .where(ProcessNote.author_id == db.scope.clinician_id)
    )
    for row, case_ref in _in_portions(db, query, ProcessNote, portion):
        yield Place(row.case_id, case_ref, row.public_id), (row.words,)


def _in_portions(
    db: ScopedSession, query: Select[*tuple[Any, ...]], kind: type[OfCase], portion: int
) -> Iterator[Any]:
    own = query.where(Case.clinician_id == db.scope.clinician_id).order_by(kind.id.desc())
    rows = db.execute(own.limit(portion)).all()
    while rows:
        yield from rows
        full = len(rows) == portion
        rest = own.where(kind.id < rows[-1][0].id)
        rows = db.execute(rest.limit(portion)).all() if full else []
