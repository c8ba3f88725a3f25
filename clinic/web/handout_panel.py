"""The sheets on an appointment's page: those to hand out, and those to ask about from last time.

templates/handouts/_offer.html and _asked.html draw them; how far a sheet was done is pressed as a
mark of repair is, and saved at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for
from wtforms import HiddenField

from clinic.domain.handouts import (
    LONGEST_OUTCOME,
    Medium,
    Returned,
    can_be_done_at_home,
    can_be_handed_out,
    is_for_openness,
)
from clinic.domain.said import mark
from clinic.domain.worksheets import SheetAudience, Worksheet
from clinic.services.appointment_pages import Handouts
from clinic.services.handout_lines import HandedOut
from clinic.services.rows import Appointment, Case, Handout, Partner
from clinic.web.contents import reviewed
from clinic.web.drafts import typed_at
from clinic.web.fields import Words
from clinic.web.forms import BaseForm, Version

RETURNED = {
    Returned.DONE: mark("Done"),
    Returned.PARTLY: mark("Partly"),
    Returned.NOT_DONE: mark("Not done"),
}
MEDIUM = {Medium.PAPER: mark("On paper"), Medium.HOME: mark("To do at home")}
#: Where an outcome lies, said beside the field in which it is written.
PRIVATE_WORDS = mark("Private to this person, as the sheet is. A line or two.")
SHARED_WORDS = mark("All of them may read it, as the sheet. A line or two.")


class OutcomeForm(BaseForm):
    """A line on what came of a sheet; `at` leads back to the appointment it was written at."""

    version = Version()
    at = HiddenField()
    outcome: Words


@dataclass(frozen=True)
class Button:
    """One thing to press; a pressed one is taken off by the next press."""

    value: str
    label: str
    on: bool


@dataclass(frozen=True)
class Line:
    """One sheet that was handed out, and what can be pressed; `form` where words are written."""

    found: HandedOut
    title: str
    reader_id: int | None
    how: str
    buttons: Sequence[Button]
    press_url: str
    outcome_url: str
    take_back_url: str
    read_url: str
    form: OutcomeForm | None = None


@dataclass(frozen=True)
class AtHome:
    """One partner who can be given a sheet to do at home; `link_url` where a way in is needed."""

    ref: str
    name: str
    link_url: str


@dataclass(frozen=True)
class Offer:
    """One sheet to hand out. `readers` are those for whom it is printed, none where it is for all.

    `prepared` sheets are looked at before they are printed, in every case.
    """

    sheet: Worksheet
    url: str
    prepare_url: str
    readers: Sequence[tuple[str, str]]
    at_home: Sequence[AtHome]
    prepared: bool


@dataclass(frozen=True)
class SheetPanel:
    """Everything about sheets on the page of one appointment."""

    asked: Sequence[Line]
    given: Sequence[Line]
    fitting: Sequence[Offer]
    others: Sequence[Offer]
    list_url: str
    at: str


def sheet_panel(case: Case, row: Appointment, found: Handouts) -> SheetPanel:
    """Put an appointment's sheets together; those of the case's phase come first.

    A page that calls `drafts.look_ahead` with `outcome_urls` before sends no statement here.
    """
    offers = [
        _offer(case, row, sheet, found.ways)
        for sheet in reviewed().worksheets.values()
        if can_be_handed_out(sheet)
    ]
    phase = (found.phase or next(iter(reviewed().phases))).upper()
    return SheetPanel(
        [_with_form(handout_line(case, each), row) for each in found.to_ask_about],
        [handout_line(case, each) for each in found.given],
        [offer for offer in offers if offer.sheet.phase == phase],
        [offer for offer in offers if offer.sheet.phase != phase],
        url_for("handouts.list_handed_out", case_ref=case.public_id),
        row.public_id,
    )


def outcome_urls(case: Case, found: Handouts) -> Sequence[str]:
    """List where the words about an appointment's sheets are posted to."""
    return [_url("note_outcome", case, each.handout) for each in found.to_ask_about]


def title_of(handout: Handout) -> str:
    """Call a sheet by its title; one that the practice has taken away since, by its key."""
    sheet = reviewed().worksheets.get(handout.sheet)
    return sheet.title if sheet else handout.sheet.upper()


def outcome_form(handout: Handout, **options: object) -> OutcomeForm:
    """Make the form for one sheet's outcome; several of them may stand on a page."""
    outcome = Words(
        "What came of it",
        mark("what came of it"),
        most=LONGEST_OUTCOME,
        id=f"outcome-{handout.public_id}",
        description=SHARED_WORDS if handout.partner_id is None else PRIVATE_WORDS,
        render_kw={"rows": 2},
    )
    made: OutcomeForm = type("SheetOutcomeForm", (OutcomeForm,), {"outcome": outcome})(**options)
    return made


def saved_outcome(handout: Handout) -> dict[str, object]:
    """Give what was written about a sheet as the form holds it."""
    return {"version": handout.version, "outcome": handout.outcome}


def handout_line(case: Case, found: HandedOut) -> Line:
    """Give one handout with what can be pressed about it."""
    handout = found.handout
    return Line(
        found,
        title_of(handout),
        handout.partner_id,
        MEDIUM[handout.medium],
        [Button(each.value, RETURNED[each], each is handout.returned) for each in Returned],
        _url("mark_returned", case, handout),
        _url("note_outcome", case, handout),
        _url("take_back", case, handout) if found.can_be_taken_back else "",
        _url("show", case, handout) if found.sent_at else "",
    )


def _with_form(line: Line, row: Appointment) -> Line:
    typed, handout = typed_at(line.outcome_url), line.found.handout
    saved = saved_outcome(handout) | {"at": row.public_id}
    return replace(line, form=outcome_form(handout, formdata=typed or None, data=saved))


def _offer(case: Case, row: Appointment, sheet: Worksheet, ways: frozenset[int]) -> Offer:
    at: dict[str, Any] = {"case_ref": case.public_id, "sheet": sheet.key}
    readers = [(one.public_id, one.name) for one in case.partners] if sheet.has_one_reader else []
    homes = case.partners if can_be_done_at_home(sheet) else ()

    def link(one: Partner) -> str:
        to = {**at, "partner_ref": one.public_id, "appointment": row.public_id}
        return url_for("handouts.send_home", **to)

    return Offer(
        sheet,
        url_for("handouts.hand_out", appointment_ref=row.public_id, **at),
        url_for("worksheets.prepare", appointment=row.public_id, **at),
        readers,
        [AtHome(one.public_id, one.name, "" if one.id in ways else link(one)) for one in homes],
        needs_preparing(sheet),
    )


def needs_preparing(sheet: Worksheet) -> bool:
    """Tell whether a sheet is looked at before it is printed, in every case alike.

    One whose bringer is asked for; and those for openness, which may be shut without a reason.
    """
    whose = sheet.audience is SheetAudience.COUPLE and bool(sheet.whose)
    return whose or is_for_openness(sheet.key)


def _url(endpoint: str, case: Case, handout: Handout) -> str:
    return url_for(f"handouts.{endpoint}", case_ref=case.public_id, handout_ref=handout.public_id)
