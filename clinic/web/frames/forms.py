"""The texts of one frame as a form: one field a slot, each with the state it was shown in."""

from collections.abc import Mapping, Sequence
from typing import Any

from clinic.domain.frames import Frame, agreed_places
from clinic.domain.said import Said, mark, say
from clinic.services.rows import FrameAgreement, FrameEntry, FrameTheme
from clinic.web.fields import Line, Words
from clinic.web.forms import BaseForm, Version
from clinic.web.frames.views import People, Row, Section, places_of

WORDS = "words-"
VERSION = "version-"


class FrameForm(BaseForm):
    """What stands in the slots of one frame; none has to be filled."""

    #: The places of its texts, by key.
    places: Sequence[str]

    def texts(self) -> dict[str, str]:
        """Give every text by its place."""
        return {place: self[WORDS + place].data or "" for place in self.places}

    def versions(self) -> dict[str, int]:
        """Give which state of each text was on the page."""
        return {place: self[VERSION + place].data for place in self.places}

    def _compare(self, fresh: Mapping[str, Any]) -> None:
        words = {name: text for name, text in fresh.items() if name.startswith(WORDS)}
        super()._compare(words)
        for name in fresh.keys() - words.keys():
            self[name].data, self[name].raw_data = fresh[name], None


def frame_form(parts: Sequence[Section], people: People, **options: Any) -> FrameForm:
    """Make the form for one frame, in the order in which its slots stand on the page."""
    fields: dict[str, Any] = {"places": [place.key for place in places_of(parts)]}
    for part in parts:
        for row in part.rows:
            fields |= _fields(part, row, people)
    made: FrameForm = type("CaseFrameForm", (FrameForm,), fields)(**options)
    return made


def agreed_form(frame: Frame, **options: Any) -> FrameForm:
    """Make the form for the words that were agreed with the partners, one text a slot."""
    places = agreed_places(frame)
    fields: dict[str, Any] = {"places": list(places)}
    for place, slot in places.items():
        fields[VERSION + place] = Version()
        fields[WORDS + place] = Words(slot.together, mark("words"), render_kw={"rows": 3})
    made: FrameForm = type("AgreedForm", (FrameForm,), fields)(**options)
    return made


def _fields(part: Section, row: Row, people: People) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for place in row.places:
        label = _label(part, row, people.of(place))
        fields[VERSION + place.key] = Version()
        fields[WORDS + place.key] = Words(label, mark("words"), render_kw={"rows": 3})
    return fields


def _label(part: Section, row: Row, who: Said) -> Said:
    """Name a text as it is called away from its slot, where another tab changed it."""
    slot = say(row.slot.label)
    if len(row.places) > 1:
        slot = say("%(slot)s, %(who)s", slot=slot, who=who)
    if part.theme is None:
        return slot
    return say("%(theme)s: %(slot)s", theme=part.theme.title, slot=slot)


def saved_frame(parts: Sequence[Section], entries: Mapping[str, FrameEntry]) -> Mapping[str, Any]:
    """Give the texts of one frame as the form holds them."""
    return _saved({place.key: entries.get(place.key) for place in places_of(parts)})


def saved_agreement(frame: Frame, agreed: Mapping[str, FrameAgreement]) -> Mapping[str, Any]:
    """Give the words that were agreed as the form holds them."""
    return _saved({place: agreed.get(place) for place in agreed_places(frame)})


def _saved(known: Mapping[str, FrameEntry | FrameAgreement | None]) -> Mapping[str, Any]:
    words = {WORDS + key: row.words if row else "" for key, row in known.items()}
    versions = {VERSION + key: row.version if row else 0 for key, row in known.items()}
    return {**words, **versions}


class ThemeForm(BaseForm):
    """One theme that a frame is filled in for."""

    version = Version()
    title = Line(
        "What the theme is called",
        mark("a name for the theme"),
        description=mark("In your words, such as: evenings, or money and trust."),
    )


def saved_theme(row: FrameTheme) -> Mapping[str, Any]:
    """Give a theme as the form holds it."""
    return {"version": row.version, "title": row.title}
