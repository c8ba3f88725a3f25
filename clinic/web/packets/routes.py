"""One packet of a case: choosing its sheets, printing it, and opening what was printed."""

from collections.abc import Sequence
from typing import NamedTuple

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from clinic.domain.guard import NOT_OPEN
from clinic.domain.packets import Packet, belongs
from clinic.domain.said import mark
from clinic.domain.worksheets import SheetAudience, Worksheet
from clinic.services import packets, sheet_prints
from clinic.services.cases import find_partner
from clinic.services.packet_work import NotPrintableError
from clinic.services.rows import Case
from clinic.services.sheet_prints import Item, Printed
from clinic.web.contents import reviewed
from clinic.web.database import get_db, let_others_write
from clinic.web.errors import Words, error_page
from clinic.web.packet_filling import Look, fill_packet
from clinic.web.packet_printing import as_answer, print_packet
from clinic.web.packets.forms import SheetsForm, packet_form
from clinic.web.pages import find_case, show_case
from clinic.web.people import THERAPIST_REF, TOGETHER_REF, partner_choices
from clinic.web.sheet_filling.desk import own_desk
from clinic.web.sheet_filling.shutting import Doors

bp = Blueprint("packets", __name__)
HERE = "worksheets.shelf"

#: How many sheets are printed at the same time while somebody waits for them.
AT_ONCE = 2

AUDIENCES = {TOGETHER_REF: SheetAudience.COUPLE, THERAPIST_REF: SheetAudience.THERAPIST}


class Way(NamedTuple):
    """Somebody whom a packet can be for, as the page offers it."""

    whom: str
    name: str


@bp.route("/cases/<ref:case_ref>/packets/for/<whom>", methods=["GET", "POST"])
def gather(case_ref: str, whom: str) -> ResponseReturnValue:
    """Choose the sheets of one packet for one audience, and print it."""
    case = find_case(case_ref)
    audience, reader = _audience(case, whom)
    offered, shut = _sheets(case, audience)
    form = packet_form(case, audience, offered)
    if form.accepted():
        keys = tuple(sheet.key for sheet in form.ticked)
        packet = Packet(audience, keys, case_ref, reader or form.reader_ref)
        try:
            return _printed(packet, form)
        except NotPrintableError as fault:
            form.form_errors.append(fault.args[0])
    name = dict(partner_choices(case)).get(whom, "")
    facts = {"whom": whom, "name": name, "ways": _ways(case), "shut": shut}
    return show_case("packets/gather.html", find_case(case_ref), HERE, form, **facts)


@bp.get("/cases/<ref:case_ref>/packets/<ref:print_ref>.pdf")
def open_printed(case_ref: str, print_ref: str) -> ResponseReturnValue:
    """Open a packet that was printed, as it was; a sheet that is shut just now stays shut."""
    case = find_case(case_ref)
    row, pdf = sheet_prints.again(get_db(), case, print_ref)
    return opened(case, sheet_prints.items_of(row), pdf)


def opened(case: Case, items: Sequence[Item], pdf: bytes) -> ResponseReturnValue:
    """Answer with a packet; while one of its sheets is shut, say so without a reason."""
    doors = Doors(own_desk(), case)
    if any(doors.is_shut(item) for item in items):
        return error_page(422, Words(mark("This packet cannot be opened"), NOT_OPEN))
    return as_answer(pdf)


def _printed(packet: Packet, form: SheetsForm) -> ResponseReturnValue:
    desk = own_desk()
    look = Look(form.chosen_paper, form.chosen_size, desk.clinician.practice.resource_line)
    filled = fill_packet(desk, packet, look, blank=form.is_blank)
    # Nobody who writes should wait for a press.
    let_others_write()
    pdf = print_packet(filled, _nobody_waits, AT_ONCE)
    printed = Printed(filled.items, packet.audience, packet.reader, look.paper, look.size)
    row = packets.keep_printed(get_db(), find_case(packet.case_ref), printed, pdf)
    return redirect(url_for(".open_printed", case_ref=packet.case_ref, print_ref=row.public_id))


def _nobody_waits(made: int) -> None:
    """Note nothing: a packet that is printed while its page is open shows no progress."""


def _audience(case: Case, whom: str) -> tuple[SheetAudience, str]:
    if whom in AUDIENCES:
        return AUDIENCES[whom], ""
    return SheetAudience.PARTNER, find_partner(case, whom).public_id


def _sheets(case: Case, audience: SheetAudience) -> tuple[Sequence[Worksheet], Sequence[Worksheet]]:
    fitting = [each for each in reviewed().worksheets.values() if belongs(each, audience)]
    doors = Doors(own_desk(), case)
    shut = [each for each in fitting if doors.is_shut(Item(each.key, each.version))]
    return [each for each in fitting if each not in shut], shut


def _ways(case: Case) -> Sequence[Way]:
    alone = [Way(ref, name) for ref, name in partner_choices(case)]
    return [*alone, Way(TOGETHER_REF, mark("All together")), Way(THERAPIST_REF, mark("You alone"))]
