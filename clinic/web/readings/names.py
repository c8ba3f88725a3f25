"""How saved readings are said: a version keeps keys, and a page says names and words.

Whatever is given here is ready to be shown: said in the reader's language, or as it was typed.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from clinic.content.library import Concern
from clinic.domain.cases import together
from clinic.domain.frames import Frame
from clinic.domain.said import own, say
from clinic.domain.snapshots import Section
from clinic.domain.visibility import Layer
from clinic.services.rows import Case
from clinic.services.snapshots import OBSERVATION
from clinic.web.explanations import LONGEST_NAME
from clinic.web.filters import day, said
from clinic.web.language import translate
from clinic.web.people import THERAPIST_REF, TOGETHER_REF, partner_choices
from clinic.web.readings import words
from clinic.web.wording import THERAPIST, TOGETHER


def kind_of(section: str) -> str:
    """Tell which kind of section a key belongs to."""
    return section.partition(".")[0]


@dataclass(frozen=True)
class Names:
    """What keys are called: people, the content, frames, and what the versions themselves name."""

    people: Mapping[str, str]
    concern: Concern
    frames: Mapping[str, Frame]
    explanations: Mapping[str, str]
    themes: Mapping[str, str]

    def label(self, section: str, key: str) -> str:
        """Say what a field is."""
        kind = kind_of(section)
        if kind == "frames":
            return self._place(key)
        if kind == "themes":
            return translate(words.LABELS["themes", "theme"])
        field, _, ref = key.partition(".")
        label = words.LABELS.get((kind, field), field)
        return translate(say(label, name=self._named(ref)) if ref else label)

    def value(self, section: str, key: str, value: str) -> str:
        """Say what stands in a field, "" where nothing does."""
        kind, field = kind_of(section), key.partition(".")[0]
        if field in words.PEOPLE:
            return self._person(field, value)
        if not value or self.is_typed(section, key):
            return value
        if (kind, field) in words.LISTS:
            return _member(words.LISTS[kind, field], value)
        if field in words.DAYS:
            return day(dt.date.fromisoformat(value))
        return translate(self._content(kind, value))

    def is_typed(self, section: str, key: str) -> bool:
        """Tell whether a field holds what somebody typed, in which single words can differ."""
        return kind_of(section) in words.TYPED or key.partition(".")[0] in words.TYPED

    def heading(self, section: Section) -> str:
        """Say what a section is about, such as the explanation or behaviour it describes."""
        kind, held = kind_of(section.key), _held(section)
        named = translate(self._content(kind, held.get(kind_field(kind), "")))
        match kind:
            case "evidence":
                return _short(held.get(OBSERVATION, "")) or named
            case "explanation" | "behaviour":
                return named or _short(held.get("statement", "") or held.get("own_words", ""))
        return translate(words.KINDS.get(kind, kind))

    def privacy(self, section: Section) -> str:
        """Say whose private words a section holds, "" where they are nobody's alone."""
        held = _held(section)
        name = own(self.people.get(held.get("source", ""), ""))
        match held.get("layer"):
            case Layer.PRIVATE.value:
                return translate(say(words.PRIVATE, name=name))
            case Layer.SAFETY.value:
                return translate(say(words.SAFETY, name=name))
        return ""

    def _person(self, field: str, ref: str) -> str:
        nobody = {TOGETHER_REF: TOGETHER, THERAPIST_REF: THERAPIST}
        usual = TOGETHER if field == "about" else THERAPIST
        # An explanation may be about a pair.
        known = [self.people[each] for each in ref.split() if each in self.people]
        return translate(together(known) if known else nobody.get(ref, usual))

    def _named(self, ref: str) -> str:
        return own(self.people.get(ref) or self.explanations.get(ref) or translate(words.GONE))

    def _content(self, kind: str, key: str) -> str:
        match kind:
            case "explanation" if key in self.concern.explanations:
                return self.concern.explanations[key].name
            case "evidence" if key in self.concern.evidence:
                return self.concern.evidence[key].label
            case "behaviour" if key in self.concern.behaviours:
                return self.concern.behaviours[key].label
        return key

    def _place(self, place: str) -> str:
        frame_key, slot_key, about, version = (*place.split("."), "", "", "")[:4]
        frame = self.frames.get(frame_key)
        slots = {slot.key: slot.label for slot in frame.slots} if frame else {}
        parts = [translate(frame.title) if frame else frame_key]
        parts.append(translate(slots.get(slot_key, slot_key)))
        if about:
            parts.append(self.people.get(about) or self.themes.get(about) or translate(words.GONE))
        if frame and frame.versions:
            parts.append(self.people.get(version) or translate(THERAPIST))
        return " \u00b7 ".join(parts)


def kind_field(kind: str) -> str:
    """Name the field in which a section keeps its key of the content."""
    return "behaviour" if kind == "behaviour" else "kind"


def names_of(
    case: Case, concern: Concern, frames: Mapping[str, Frame], sections: Iterable[Section]
) -> Names:
    """Gather what the keys in some versions are called; the versions name their own entries."""
    seen = list(sections)
    people = dict(partner_choices(case))
    unnamed = Names(people, concern, frames, {}, {})
    explanations = {
        each.key.partition(".")[2]: unnamed.heading(each)
        for each in seen
        if kind_of(each.key) == "explanation"
    }
    themes = {
        field.key: field.value for each in seen if each.key == "themes" for field in each.fields
    }
    return Names(people, concern, frames, explanations, themes)


def _held(section: Section) -> Mapping[str, str]:
    return {field.key: field.value for field in section.fields}


def _member(kind: type[Enum], value: str) -> str:
    try:
        return said(kind(value))
    except ValueError:
        return value


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 1]}\u2026"
