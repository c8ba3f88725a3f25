"""The first page: today's appointments, what waits, and the cases; and looking for one."""

from flask import request
from flask.typing import ResponseReturnValue

from clinic.domain.case_ends import CaseStatus
from clinic.services import caseload
from clinic.services.caseload import CaseLine
from clinic.services.days import today
from clinic.web.cases.life_forms import FindForm
from clinic.web.cases.routes import bp
from clinic.web.cases.views import waiting_row
from clinic.web.contents import reviewed
from clinic.web.database import get_db
from clinic.web.pages import show

LAST_PAGE = 10_000


def _page() -> int:
    return min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)


def _status() -> CaseStatus:
    wanted = request.args.get("show", "")
    return next((one for one in CaseStatus if one.value == wanted), CaseStatus.OPEN)


def phase_title(line: CaseLine) -> str:
    """Name the phase a case is in; the first one before any move."""
    phases = reviewed().phases
    key = line.phase or next(iter(phases))
    return phases[key].title if key in phases else ""


@bp.get("/", endpoint="caseload")
def show_caseload() -> ResponseReturnValue:
    """Show what today brings, what waits, and the signed-in clinician's own cases."""
    status, page = _status(), _page()
    found = caseload.home(get_db(), status, page, today())
    return show(
        "cases/caseload.html",
        status=status,
        statuses=list(CaseStatus),
        home=found,
        caseload=found.caseload,
        waiting=[waiting_row(line) for line in found.waiting.lines],
        find=FindForm(),
        phase_title=phase_title,
    )


@bp.get("/waiting")
def list_waiting() -> ResponseReturnValue:
    """Show every case in which something waits, fifty a page."""
    found = caseload.list_waiting(get_db(), _page(), today())
    rows = [waiting_row(line) for line in found.lines]
    return show("cases/list_waiting.html", found=found, waiting=rows)


@bp.route("/find", methods=["GET", "POST"])
def find() -> ResponseReturnValue:
    """Look for a case by name; names stay out of addresses, which browsers keep."""
    form, found = FindForm(), None
    if form.accepted():
        found = caseload.search(get_db(), form.words.data)
    return show("cases/find.html", form, found=found, phase_title=phase_title)
