"""Packets of several cases, or many blank sheets: ordered here, printed in the background."""

from collections.abc import Callable, Mapping, Sequence

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from clinic.domain.packets import MOST_SHEETS, JobState, PacketState, goes_to_many, may_be_blank
from clinic.domain.said import mark
from clinic.domain.worksheets import SheetAudience, Worksheet
from clinic.services import packets
from clinic.services.packets import JobOrder
from clinic.web.contents import reviewed
from clinic.web.database import get_db
from clinic.web.packet_printing import as_answer
from clinic.web.packets.forms import (
    SheetsForm,
    blank_form,
    cases_form,
    order_for_blank,
    order_for_cases,
)
from clinic.web.packets.routes import bp, opened
from clinic.web.pages import show as show_page
from clinic.web.sheet_finding import FOR_WHOM


@bp.get("/packets")
def list_jobs() -> ResponseReturnValue:
    """Show what was printed in the background during the last two weeks, and what still is."""
    return show_page("packets/list_jobs.html", jobs=packets.list_jobs(get_db()))


@bp.route("/packets/for-cases", methods=["GET", "POST"])
def choose_cases() -> ResponseReturnValue:
    """Choose cases and sheets; each person and each couple gets a packet of their own."""
    cases = packets.own_open_cases(get_db())
    form = cases_form(cases, _shelf(goes_to_many))
    if form.accepted():
        with form.refusals():
            return _prepared(order_for_cases(form, cases))
    return show_page(
        "packets/choose_cases.html", form, cases=cases, hints=_hints(form), most=MOST_SHEETS
    )


@bp.route("/packets/blank", methods=["GET", "POST"])
def choose_blank() -> ResponseReturnValue:
    """Choose blank sheets, and how many of each."""
    form = blank_form(_shelf(may_be_blank))
    if form.accepted():
        with form.refusals():
            return _prepared(order_for_blank(form))
    return show_page("packets/choose_blank.html", form, hints=_hints(form), most=MOST_SHEETS)


@bp.get("/packets/<ref:job_ref>")
def show(job_ref: str) -> ResponseReturnValue:
    """Show how many sheets and packets a job makes, how far it has come, and what is ready."""
    job = packets.show(get_db(), job_ref)
    titles = {key: sheet.title for key, sheet in reviewed().worksheets.items()}
    return show_page(
        "packets/show.html", job=job, titles=titles, JobState=JobState, PacketState=PacketState
    )


@bp.post("/packets/<ref:job_ref>/start")
def start(job_ref: str) -> ResponseReturnValue:
    """Begin to print a job."""
    packets.start(get_db(), job_ref)
    return _to(job_ref)


@bp.post("/packets/<ref:job_ref>/stop")
def stop(job_ref: str) -> ResponseReturnValue:
    """Print nothing more of a job."""
    packets.stop(get_db(), job_ref)
    flash("Stopped. Packets that are done stay here.")
    return _to(job_ref)


@bp.get("/packets/<ref:job_ref>/<ref:part_ref>.pdf")
def open_part(job_ref: str, part_ref: str) -> ResponseReturnValue:
    """Open a packet that is done; a sheet that is shut by now stays shut."""
    found = packets.open_part(get_db(), job_ref, part_ref)
    if found.case is None:
        return as_answer(found.pdf)
    return opened(found.case, found.items, found.pdf)


def _prepared(order: JobOrder) -> ResponseReturnValue:
    return _to(packets.prepare(get_db(), order).public_id)


def _to(job_ref: str) -> Response:
    return redirect(url_for(".show", job_ref=job_ref))


def _shelf(fits: Callable[[Worksheet], bool]) -> Sequence[Worksheet]:
    return [sheet for sheet in reviewed().worksheets.values() if fits(sheet)]


def _hints(form: SheetsForm) -> Mapping[str, str]:
    alone = {SheetAudience.THERAPIST: mark("For you alone")}
    return {sheet.key: (FOR_WHOM | alone)[sheet.audience] for sheet in form.sheets}
