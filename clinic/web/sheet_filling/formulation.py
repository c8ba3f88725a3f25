"""The formulation on paper (T1): what is visible, what may lie beneath, and what stands beside."""

from collections.abc import Iterator, Mapping

from clinic.domain.blocks import Rows
from clinic.domain.formulation import Bearing, RollUp
from clinic.domain.frames import slots_for
from clinic.domain.sheets import SheetFill, text_rows
from clinic.domain.worksheets import NAME_FIELD
from clinic.services.rows import BehaviourRecord
from clinic.services.therapist_sheets import Beside, OnPaper
from clinic.web import wording
from clinic.web.contents import reviewed
from clinic.web.explanations import behaviour_name, explanation_name
from clinic.web.people import name_of, names_of
from clinic.web.sheet_filling.naming import Sheet, origin

#: On paper the way of safety is called by what it looks like.
INDIVIDUAL_FIRST = "Individual appointments first"


def formulation_fill(sheet: Sheet, found: OnPaper, beside: Beside) -> SheetFill:
    """Fill T1: the reading, what is visible, each explanation with its evidence, the frames."""
    return SheetFill(
        fields={
            NAME_FIELD: text_rows(sheet.case.title),
            "behaviours": tuple(_behaviour(sheet, row) for row in found.behaviours),
            "frames": tuple(_frames(sheet, beside)),
            **_reading(sheet, beside),
        },
        groups={
            "explanations": tuple(
                _explanation(sheet, found, column.explanation) for column in found.matrix.columns
            )
        },
    )


def _reading(sheet: Sheet, beside: Beside) -> Mapping[str, Rows]:
    row = beside.reading
    if row is None:
        return {}
    roll_up = (
        INDIVIDUAL_FIRST if row.roll_up is RollUp.SAFETY_TRACK else wording.ROLL_UP[row.roll_up]
    )
    day = sheet.worded(row.created_at.date())
    sure = wording.CONFIDENCE[row.confidence].lower()
    return {
        "reading": text_rows(
            f"{roll_up}, {sure} confidence. Reading {row.number}, {day}, {beside.author}"
        ),
        "reason": text_rows(row.reason),
        "strengths": text_rows(row.strengths),
        "responsibility": text_rows(row.responsibility),
        "review": text_rows(sheet.worded(row.review_on) if row.review_on else ""),
    }


def _behaviour(sheet: Sheet, row: BehaviourRecord) -> tuple[str, ...]:
    return (
        str(behaviour_name(sheet.concern, row)) if row.behaviour else row.own_words,
        name_of(sheet.case, row.about_id),
        wording.FREQUENCY[row.frequency],
        wording.STILL_HAPPENING[row.still_happening],
    )


def _frames(sheet: Sheet, beside: Beside) -> Iterator[tuple[str, str]]:
    people = {partner.public_id: partner.name for partner in sheet.case.partners}
    for frame in reviewed().frames.values():
        titles = {
            theme.public_id: theme.title for theme in beside.themes if theme.frame == frame.key
        }
        for place in slots_for(frame, list(people), list(titles)):
            if words := beside.entries.get(place.key):
                about = people.get(place.about) or titles.get(place.about, "")
                said_by = people.get(place.version, wording.THERAPIST) if frame.versions else ""
                parts = [frame.title, place.slot.label, about, said_by]
                yield " \u00b7 ".join(filter(None, parts)), words


def _explanation(sheet: Sheet, found: OnPaper, ref: str) -> Mapping[str, Rows]:
    row = found.explanations[ref]
    about = names_of(sheet.case, row.about_ids, wording.TOGETHER)
    confidence = f"{wording.CONFIDENCE[row.confidence]} confidence"
    test = f"By {sheet.worded(row.test_by)}" if row.test_by else ""
    return {
        "explanation": text_rows(f"{explanation_name(sheet.concern, row)}. About: {about}"),
        "statement": text_rows(row.statement),
        "confidence": (
            *text_rows(f"{confidence}, {wording.EXPLANATION_STATUS[row.status].lower()}"),
            *text_rows(row.reason),
        ),
        "supports": _bearing(sheet, found, ref, Bearing.SUPPORTS),
        "against": _bearing(sheet, found, ref, Bearing.AGAINST),
        "change": (*text_rows(row.would_change_my_mind), *text_rows(test)),
    }


def _bearing(sheet: Sheet, found: OnPaper, ref: str, bearing: Bearing) -> Rows:
    return tuple(
        (f"{item.observation} ({origin(sheet, item)})",)
        for key, item in found.evidence.items()
        if found.weighed[key].get(ref) is bearing
    )
