"""The forms that put packets together: which sheets, for whom, on which paper, how large."""

from collections.abc import Iterable, Sequence
from typing import Any

from clinic.domain.packets import MOST_SHEETS, Packet, packets_for
from clinic.domain.said import mark
from clinic.domain.worksheets import Paper, SheetAudience, TypeSize, Worksheet
from clinic.services.packets import JobOrder
from clinic.services.rows import Case
from clinic.web.fields import One, Several, Whole, in_words
from clinic.web.forms import BaseForm
from clinic.web.people import partner_choices
from clinic.web.sheet_finding import Group, groups_of
from clinic.web.wording import PAPER, TYPE_SIZE

BLANK, FROM_CASE = "blank", "case"
CHOOSE = mark("Choose at least one sheet")


class SheetsForm(BaseForm):
    """Sheets to tick under their phases, the paper and the size of type."""

    paper = One("Paper", in_words(PAPER), thing=mark("the paper"), default=Paper.A4.value)
    size = One(
        "Size of type",
        in_words(TYPE_SIZE),
        thing=mark("the size of type"),
        default=TypeSize.NORMAL.value,
    )

    #: The sheets that can be ticked, in the order of the shelf.
    sheets: Sequence[Worksheet] = ()
    #: The fields of the phases, by name.
    phases: Sequence[str] = ()

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for one sheet at least."""
        fits: bool = super().validate(extra_validators)
        if fits and not self.ticked:
            first = self[self.phases[0]]
            first.errors = [*first.errors, CHOOSE]
            return False
        return fits

    @property
    def ticked(self) -> Sequence[Worksheet]:
        """The sheets that are ticked, in the order of the shelf."""
        keys = {key for phase in self.phases for key in self[phase].data or ()}
        return [sheet for sheet in self.sheets if sheet.key in keys]

    @property
    def is_blank(self) -> bool:
        """Whether every sheet stays blank; a form that does not ask fills them in."""
        return "fill" in self and self["fill"].data == BLANK

    @property
    def reader_ref(self) -> str:
        """The partner who brings a sheet that asks for it, "" for nobody."""
        return str(self["reader"].data or "") if "reader" in self else ""

    @property
    def chosen_paper(self) -> Paper:
        """The paper."""
        return Paper(self.paper.data)

    @property
    def chosen_size(self) -> TypeSize:
        """The size of type."""
        return TypeSize(self.size.data)


def packet_form(case: Case, audience: SheetAudience, sheets: Iterable[Worksheet]) -> SheetsForm:
    """Make the form for one packet of a case; what the therapist reads alone is always filled."""
    offered = list(sheets)
    fields: dict[str, Any] = {}
    if audience is not SheetAudience.THERAPIST:
        fields["fill"] = _filling(audience)
    whose = [sheet for sheet in offered if sheet.whose]
    if whose:
        fields["reader"] = One(whose[0].whose, partner_choices(case))
    return _made(fields, offered)


def cases_form(cases: Iterable[Case], sheets: Iterable[Worksheet]) -> SheetsForm:
    """Make the form for packets of several cases."""
    titles = [(case.public_id, case.title) for case in cases]
    wanted = Several("Cases", titles, thing=mark("at least one case"))
    what = mark("What each person, or all of them, may read")
    fill = _fill_choice(what)
    return _made({"cases": wanted, "fill": fill}, list(sheets))


def blank_form(sheets: Iterable[Worksheet]) -> SheetsForm:
    """Make the form for blank sheets of no case."""
    copies = Whole("Copies of each", mark("how many copies"), (1, MOST_SHEETS), default=1)
    return _made({"copies": copies}, list(sheets))


def order_for_cases(form: SheetsForm, cases: Iterable[Case]) -> JobOrder:
    """Give the packets that the ticked sheets make in the ticked cases."""
    wanted = set(form["cases"].data)
    packets = [
        packet
        for case in cases
        if case.public_id in wanted
        for packet in packets_for(
            case.public_id, [partner.public_id for partner in case.partners], form.ticked
        )
    ]
    return JobOrder(packets, form.is_blank, form.chosen_paper, form.chosen_size)


def order_for_blank(form: SheetsForm) -> JobOrder:
    """Give the one packet that holds every ticked sheet, as often as wanted."""
    keys = tuple(sheet.key for sheet in form.ticked)
    packet = Packet(SheetAudience.EACH, keys, copies=form["copies"].data)
    return JobOrder([packet], True, form.chosen_paper, form.chosen_size)


def _made(fields: dict[str, Any], sheets: Sequence[Worksheet]) -> SheetsForm:
    phases = {
        group.key.lower(): Several(
            group.title, [(sheet.key, sheet.title) for sheet in group.sheets]
        )
        for group in groups_of(sheets)
    }
    named: dict[str, Any] = {**fields, **phases, "sheets": sheets, "phases": list(phases)}
    made: SheetsForm = type("PacketForm", (SheetsForm,), named)()
    for phase in phases:
        # Each may stay empty, and not all of them.
        made[phase].flags.optional = False
    return made


def _ticks(group: Group) -> Several:
    return Several(group.title, [(sheet.key, sheet.title) for sheet in group.sheets])


def _filling(audience: SheetAudience) -> One:
    alone = mark("What this person may read")
    together = mark("What all of them may read")
    return _fill_choice(alone if audience is SheetAudience.PARTNER else together)


def _fill_choice(what: str) -> One:
    return One(
        "What is filled in",
        [(BLANK, mark("Nothing: blank sheets")), (FROM_CASE, what)],
        thing=mark("what is filled in"),
        default=BLANK,
    )
