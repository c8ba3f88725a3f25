"""Entering how each partner answered to repair, wherever an appointment or a day is shown.

A row of buttons a partner; each press is saved at once, and a second press takes it back.
templates/repair_responses/_panel.html draws it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from clinic.domain.repair_responses import (
    ALSO,
    OPENNESS,
    WHEN_RAISED,
    RepairMark,
    in_order,
)
from clinic.domain.said import mark
from clinic.services import repair_responses
from clinic.services.repair_responses import Occasion, Response
from clinic.services.rows import Case, Partner, ScopedSession
from clinic.web.drafts import typed_at
from clinic.web.fields import Words
from clinic.web.filters import said
from clinic.web.forms import BaseForm, Version

#: What a mark is called where it stands alone.
MARK = {
    RepairMark.ACKNOWLEDGES: mark("Acknowledges"),
    RepairMark.MINIMISES: mark("Minimises"),
    RepairMark.DEFLECTS: mark("Deflects"),
    RepairMark.DENIES: mark("Denies"),
    RepairMark.WITHDRAWS: mark("Withdraws"),
    RepairMark.OPENNESS_KEPT: mark("Openness kept"),
    RepairMark.OPENNESS_PARTLY: mark("Openness partly kept"),
    RepairMark.OPENNESS_NOT: mark("Openness not kept"),
    RepairMark.HURRIED: mark("Forgiveness hurried"),
    RepairMark.LEVER: mark("Past used as a lever"),
}
#: What a button says under the heading of its group, where that is shorter.
SHORT = {
    RepairMark.OPENNESS_KEPT: mark("Yes"),
    RepairMark.OPENNESS_PARTLY: mark("Partly"),
    RepairMark.OPENNESS_NOT: mark("No"),
}
GROUPS = (
    ("raised", mark("When it came up"), WHEN_RAISED),
    ("openness", mark("Openness kept, as agreed"), OPENNESS),
    ("also", mark("Also seen"), ALSO),
)
#: A remark is a line or two; what is longer belongs in the note.
REMARK = 600


class RemarkForm(BaseForm):
    """A short remark beside what was marked for one partner."""

    version = Version()
    remark: Words


@dataclass(frozen=True)
class Button:
    """One mark to press; pressed ones are taken off by the next press."""

    value: str
    label: str
    on: bool


@dataclass(frozen=True)
class Group:
    """Buttons under one heading."""

    key: str
    label: str
    buttons: Sequence[Button]


@dataclass(frozen=True)
class Row:
    """One partner's buttons and remark. `opened` where there are words to see."""

    name: str
    place: str
    press_url: str
    remark_url: str
    groups: Sequence[Group]
    form: RemarkForm
    version: int
    opened: bool


@dataclass(frozen=True)
class Panel:
    """Everything to enter on one occasion, and where the weeks are drawn."""

    rows: Sequence[Row]
    strips_url: str


def repair_panel(db: ScopedSession, case: Case, occasion: Occasion) -> Panel:
    """Give what is entered and can be entered on one occasion, in one statement."""
    return panel_of(case, occasion, repair_responses.responses_on(db, case, occasion))


def panel_of(case: Case, occasion: Occasion, found: Mapping[int, Response]) -> Panel:
    """Give the same from what was read before, by the partner's inner id; no statement is sent.

    A page that calls `drafts.look_ahead` with `remark_urls` before saves one more a partner.
    """
    rows = [_row(case, occasion, one, found[one.id]) for one in case.partners]
    return Panel(rows, url_for("repair_responses.show", case_ref=case.public_id))


def remark_urls(case: Case, occasion: Occasion) -> Sequence[str]:
    """List where the remarks of one occasion are posted to."""
    return [_url("repair_responses.remark", case, occasion, one) for one in case.partners]


def remark_form(partner: Partner, **options: object) -> RemarkForm:
    """Make the form for one partner's remark; several of them may stand on a page."""
    remark = Words(
        "Remark",
        mark("a remark"),
        most=REMARK,
        id=f"remark-{partner.position}",
        description=mark("What was seen or heard. For you alone."),
        render_kw={"rows": 2},
    )
    made: RemarkForm = type("PartnerRemarkForm", (RemarkForm,), {"remark": remark})(**options)
    return made


def marks_in_words(marks: Iterable[RepairMark]) -> list[str]:
    """Say marks in the order in which pages show them."""
    return [said(MARK[each]) for each in in_order(marks)]


def _row(case: Case, occasion: Occasion, partner: Partner, found: Response) -> Row:
    url = _url("repair_responses.remark", case, occasion, partner)
    typed = typed_at(url)
    saved = {"version": found.version, "remark": found.remark}
    form = remark_form(partner, formdata=typed or None, data=saved)
    return Row(
        partner.name,
        str(partner.position),
        _url("repair_responses.press", case, occasion, partner),
        url,
        [
            Group(key, label, [_button(each, found) for each in marks])
            for key, label, marks in GROUPS
        ],
        form,
        form.version.data,
        bool(form.remark.data),
    )


def _button(each: RepairMark, found: Response) -> Button:
    return Button(each.value, SHORT.get(each, MARK[each]), each in found.marks)


def _url(endpoint: str, case: Case, occasion: Occasion, partner: Partner) -> str:
    return url_for(
        endpoint,
        case_ref=case.public_id,
        occasion_ref=occasion.ref,
        partner_ref=partner.public_id,
    )
