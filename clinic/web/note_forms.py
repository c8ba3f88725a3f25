"""A progress note as a form and as it was signed, for its own page and for the appointment's.

The form has a field for every place of every form of note. Only those of the chosen form are drawn,
and what was written in another: so a draft may change its form and lose no word.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import request, url_for

from clinic.domain.appointments import AppointmentKind, Attendance, JoinedBy
from clinic.domain.note_formats import (
    BeginsWith,
    Block,
    NoteFormat,
    NotePlace,
    every_place,
    laid_out,
    places_of,
    title_of,
)
from clinic.domain.note_signing import SignedNote
from clinic.domain.said import Said, mark, own, say
from clinic.services.note_signing import as_signed, is_unchanged
from clinic.services.notes import NoteDetails, NotesAt, texts_of
from clinic.services.rows import Appointment, Case, Goal, Note
from clinic.web import wording
from clinic.web.contents import reviewed
from clinic.web.drafts import as_typed, kept_at
from clinic.web.fields import Pick, Words
from clinic.web.forms import BaseForm, Version

WORDS = "words-"
#: Room for several pages in one block.
MOST_LETTERS = 12_000


@dataclass(frozen=True)
class Part:
    """One block of a note as it is drawn: its field, or one field for each partner, by name.

    `is_left` holds for the first of those that were written in another form.
    """

    block: Block
    fields: Sequence[tuple[Said, Any]]
    is_left: bool


class NoteForm(BaseForm):
    """A draft of a note. Nothing in it has to be filled."""

    version = Version(id="note-version")

    partners: Sequence[tuple[str, Said]]

    def details(self) -> NoteDetails:
        """Give what the service needs."""
        return NoteDetails(self["format"].data, self.texts())

    def texts(self) -> dict[str, str]:
        """Give every text by its place, blank ones too."""
        names = [name for name in self._fields if name.startswith(WORDS)]
        return {name.removeprefix(WORDS): self[name].data or "" for name in names}

    def written(self) -> list[str]:
        """List the places in which something stands."""
        return [key for key, words in self.texts().items() if words.strip()]

    def parts(self) -> list[Part]:
        """List what is drawn: the blocks of the chosen form, then what else was written."""
        names = dict(self.partners)
        known = reviewed().note_formats
        form = known[self.shown_format()]
        places = laid_out(known, form.key, list(names), self.written())
        left = places[len(places_of(form, list(names))) :][:1]
        return [
            Part(block, [self._named(place, names) for place in group], _holds(left, block))
            for block, group in groupby(places, key=lambda place: place.block)
        ]

    def shown_format(self) -> str:
        """Give the key of the form that is drawn: the chosen one, if there is such a one."""
        chosen: str | None = self["format"].data
        known = reviewed().note_formats
        return chosen if chosen is not None and chosen in known else next(iter(known))

    def _named(self, place: NotePlace, names: Mapping[str, Said]) -> tuple[Said, Any]:
        return names.get(place.about, say("")), self[WORDS + place.key]


def _holds(places: Sequence[NotePlace], block: Block) -> bool:
    return any(place.block is block for place in places)


def note_form(case: Case, saved: Mapping[str, Any], **options: Any) -> NoteForm:
    """Make the form for one note; `saved` is what it holds, or begins with."""
    known, names = reviewed().note_formats, names_of(case)
    places = every_place(known, list(names))
    for name in saved:
        key = name.removeprefix(WORDS)
        if name.startswith(WORDS) and key not in places:
            places[key] = NotePlace(Block(key, key, ""))
    choices = [(key, title_of(form, case.label)) for key, form in known.items()]
    fields: dict[str, Any] = {
        "partners": list(names.items()),
        "format": Pick("Form of the note", choices, thing=mark("a form of note"), id="note-format"),
        **{WORDS + key: _words(place, names) for key, place in places.items()},
    }
    made: NoteForm = type("CaseNoteForm", (NoteForm,), fields)(data=saved, **options)
    for name in (WORDS + key for key in places):
        # Nothing has to be filled: saying so at every field would drown what is asked.
        made[name].flags.optional = False
    return made


def _words(place: NotePlace, names: Mapping[str, Said]) -> Words:
    """Make a field that can be named by itself, where another tab changed it."""
    label = say(place.block.label)
    if place.about in names:
        label = say("%(block)s, %(who)s", block=label, who=names[place.about])
    return Words(
        label,
        mark("words"),
        most=MOST_LETTERS,
        id=f"note-{place.key}",
        render_kw={"rows": 2},
    )


def names_of(case: Case) -> dict[str, Said]:
    """Name the partners by public id."""
    return {partner.public_id: own(partner.name) for partner in case.partners}


def saved_note(row: Note | None) -> dict[str, Any]:
    """Give a note as the form holds it."""
    if row is None:
        return {"version": 0}
    texts = {WORDS + key: words for key, words in texts_of(row).items()}
    return {"version": row.version, "format": row.format, **texts}


def begun_with(form: str, goals: Iterable[Goal], appointment: Appointment) -> dict[str, str]:
    """Give what stands in a note of this form when it is begun: the goals open on its day.

    The goals are only asked for where the form has room for them.
    """
    known = reviewed().note_formats
    blocks = known[form].blocks if form in known else ()
    wanted = [block.key for block in blocks if block.begins_with is BeginsWith.ACTIVE_GOALS]
    if not wanted:
        return {}
    words = "\n".join(goal.wording for goal in goals if goal.is_open_on(appointment.held_on))
    return dict.fromkeys(wanted, words)


@dataclass(frozen=True)
class NotePanel:
    """What a page shows of the notes on one appointment.

    `form` is None once the reader's own note is signed; then `signed` says what was signed.
    """

    url: str
    row: Note | None
    form: NoteForm | None
    signed: "SignedView | None"
    others: Sequence[Note]

    @property
    def format(self) -> NoteFormat:
        """Give the form of note that is drawn."""
        assert self.form is not None
        shown: NoteFormat = reviewed().note_formats[self.form.shown_format()]
        return shown


def note_url(case: Case, appointment: Appointment) -> str:
    """Give where the note on an appointment is written; its draft is kept by this address."""
    return url_for("notes.write", case_ref=case.public_id, appointment_ref=appointment.public_id)


def note_panel(
    case: Case, appointment: Appointment, at: NotesAt, goals: Iterable[Goal] = ()
) -> NotePanel:
    """Put together what a page shows of the notes on an appointment.

    A note that is not begun yet starts in the form its author used last. Reads the draft, unless
    it was read ahead.
    """
    url = note_url(case, appointment)
    kept = kept_at(url)
    is_signed = at.own is not None and at.own.signed_at is not None
    if at.own is not None and is_signed and kept is None and request.method != "POST":
        return NotePanel(url, at.own, None, signed_view(at.own), at.others)
    typed = as_typed(kept) if kept else None
    form = note_form(case, _held(at, goals, appointment), formdata=typed)
    form.draft = kept
    return NotePanel(url, at.own, form, None, at.others)


def _held(at: NotesAt, goals: Iterable[Goal], appointment: Appointment) -> dict[str, Any]:
    saved = saved_note(at.own)
    if at.own is not None:
        return saved
    usual = at.usual if at.usual in reviewed().note_formats else next(iter(reviewed().note_formats))
    begun = begun_with(usual, goals, appointment)
    return {**saved, "format": usual, **{WORDS + key: text for key, text in begun.items()}}


#: What stands in a note, in order: each label with its texts, and whom each of them is about.
Texts = Sequence[tuple[str, Sequence[tuple[str, str]]]]


def by_label(texts: Iterable[tuple[str, str, str]]) -> Texts:
    """Put texts of one label together; each comes as label, name or "", and words."""
    return [
        (label, [(about, words) for _, about, words in group])
        for label, group in groupby(texts, key=lambda each: each[0])
    ]


@dataclass(frozen=True)
class SignedView:
    """A signed note as it stands on a page; `unchanged` tells whether its hash still fits.

    `signed_at` is the time here.
    """

    note: SignedNote
    texts: Texts
    digest: str
    signed_at: dt.datetime
    served_on: dt.date
    kind: str
    took_part: Sequence[Said]
    unchanged: bool


def signed_view(row: Note) -> SignedView:
    """Give a signed note in words, from nothing but what was signed."""
    note = as_signed(row)
    return SignedView(
        note,
        by_label((block.label, block.about, block.words) for block in note.blocks),
        row.digest,
        dt.datetime.fromisoformat(note.signed_at).astimezone(),
        dt.date.fromisoformat(note.served_on),
        wording.APPOINTMENT_KIND[AppointmentKind(note.kind)],
        [_took_part(each.name, each.attendance, each.joined_by) for each in note.took_part],
        is_unchanged(row),
    )


def _took_part(name: str, attendance: str, joined_by: str) -> Said:
    how = say(wording.ATTENDANCE[Attendance(attendance)])
    if joined_by:
        by = say(wording.JOINED_BY[JoinedBy(joined_by)])
        return say("%(name)s: %(how)s, %(by)s", name=own(name), how=how, by=by)
    return say("%(name)s: %(how)s", name=own(name), how=how)


def format_title(case: Case, key: str) -> str:
    """Name a form of note in the case's own word; one that is gone by its key."""
    known = reviewed().note_formats
    return title_of(known[key], case.label) if key in known else key
