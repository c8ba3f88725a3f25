"""Hints for a note: words from somebody's private talk, whole names of others, labels for people.

They are asked for, or shown before signing; they stop nothing (clinical.md 5.5).
"""

from collections.abc import Iterator

from clinic.domain.appointments import AppointmentKind, took_part
from clinic.domain.note_hints import full_names
from clinic.domain.plain_words import blaming, resembles
from clinic.domain.said import mark, own, say
from clinic.services.private_texts import private_texts
from clinic.services.rows import Appointment, Case
from clinic.web.contents import reviewed
from clinic.web.database import get_db
from clinic.web.summary_hints import SummaryHint

WHOLE_NAME = mark("This looks like the whole name of somebody outside the case.")
SHORTER = mark("Write who they are to the partners instead, such as: a colleague.")
RATHER = mark("Write what was said in this appointment, or put it where private words belong.")


def note_hints(case: Case, appointment: Appointment, text: str) -> list[SummaryHint]:
    """Find what in a note is worth a second look; nothing found does not make it fit."""
    if not text.strip():
        return []
    return [*_labels(text), *_names(case, text), *_private(case, appointment, text)]


def _labels(text: str) -> Iterator[SummaryHint]:
    groups = [group for group in reviewed().plain_words if group.about_a_person]
    for found in blaming(text, groups):
        yield SummaryHint(found.word, found.why, found.instead)


def _names(case: Case, text: str) -> Iterator[SummaryHint]:
    known = [partner.name for partner in case.partners]
    passages = dict.fromkeys(each.words for each in full_names(text, known=known))
    yield from (SummaryHint(passage, WHOLE_NAME, SHORTER) for passage in passages)


def _private(case: Case, appointment: Appointment, text: str) -> Iterator[SummaryHint]:
    there = _who_was_alone(case, appointment)
    known = [each for each in private_texts(get_db(), case) if each.name not in there]
    sources = {str(place): each.words for place, each in enumerate(known)}
    names = [partner.name for partner in case.partners]
    found = {
        (text[match.start : match.end], known[int(match.source)].name): None
        for match in resembles(text, sources, known=names)
    }
    for passage, name in found:
        why = say("This is close to what %(name)s said in private.", name=own(name))
        yield SummaryHint(passage, why, RATHER)


def _who_was_alone(case: Case, appointment: Appointment) -> set[str]:
    """Name who was seen alone: an individual note may hold what that partner said."""
    if appointment.kind is not AppointmentKind.INDIVIDUAL:
        return set()
    names = {partner.id: partner.name for partner in case.partners}
    there = (each for each in appointment.attendances if took_part(each.attendance))
    return {names[each.partner_id] for each in there}
