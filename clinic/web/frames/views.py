"""How a frame stands on its page: slot by slot, with everybody who is asked side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clinic.domain.frames import RELATIONSHIP, Frame, Per, Slot, SlotPlace, slots_for
from clinic.domain.said import Said, own, say
from clinic.services.rows import Case, FrameEntry, FrameTheme
from clinic.web.wording import THERAPIST, TOGETHER


@dataclass(frozen=True)
class People:
    """Names of those a frame asks about, by public id."""

    names: Mapping[str, Said]

    def of(self, place: SlotPlace) -> Said:
        """Say whose view a text is, or whom it is about; never which theme it belongs to."""
        if place.version:
            return self.names[place.version]
        if place.about in self.names:
            return self.names[place.about]
        return say(TOGETHER if place.about == RELATIONSHIP else THERAPIST)


@dataclass(frozen=True)
class Row:
    """One slot with everybody's place in it."""

    slot: Slot
    places: Sequence[SlotPlace]


@dataclass(frozen=True)
class Section:
    """The slots of one theme, or of a whole frame; then `theme` is None."""

    theme: FrameTheme | None
    rows: Sequence[Row]


@dataclass(frozen=True)
class Overview:
    """One frame among the others, and how much of it is written; "" where there is no place."""

    frame: Frame
    written: Said | str


def people_of(case: Case) -> People:
    """Name the people of a case."""
    return People({partner.public_id: own(partner.name) for partner in case.partners})


def sections(frame: Frame, case: Case, themes: Sequence[FrameTheme]) -> list[Section]:
    """Put a frame's slots in the order of its page: theme by theme, slot by slot."""
    refs = [partner.public_id for partner in case.partners]
    if frame.per is not Per.THEME:
        return [Section(None, _rows(frame, slots_for(frame, refs)))]
    return [
        Section(theme, _rows(frame, slots_for(frame, refs, [theme.public_id])))
        for theme in themes
        if theme.frame == frame.key
    ]


def places_of(parts: Sequence[Section]) -> list[SlotPlace]:
    """List every place in the order of the page."""
    return [place for part in parts for row in part.rows for place in row.places]


def overview(
    frame: Frame, case: Case, themes: Sequence[FrameTheme], entries: Mapping[str, FrameEntry]
) -> Overview:
    """Say how much of a frame is written; nothing is asked to be full."""
    places = places_of(sections(frame, case, themes))
    written = sum(place.key in entries and bool(entries[place.key].words) for place in places)
    count = say("%(written)s of %(places)s written", written=written, places=len(places))
    return Overview(frame, count if places else "")


def _rows(frame: Frame, places: Sequence[SlotPlace]) -> list[Row]:
    rows = [Row(slot, [place for place in places if place.slot is slot]) for slot in frame.slots]
    return [row for row in rows if row.places]
