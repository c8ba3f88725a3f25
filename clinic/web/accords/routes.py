"""The agreements of a case: all of them, the text of one, and the page to read together."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic.domain.accords import from_sections, to_sections
from clinic.domain.visibility import Audience
from clinic.services import accord_versions, accord_yeses, accords
from clinic.services.cases import find_case as find_shared_case
from clinic.services.errors import RefusedError
from clinic.services.rows import Accord, AccordTopic, AccordVersion, Case
from clinic.web.access import who
from clinic.web.accords.views import between, has_everybody, topic_lines, yes_lines
from clinic.web.accords.words import CROSSED
from clinic.web.database import get_db, get_narrow_db
from clinic.web.filters import sentence
from clinic.web.pages import find_case, show_case

bp = Blueprint("accords", __name__, url_prefix="/cases/<ref:case_ref>/agreements")
HERE = "behaviours.agreed"
ONE = "/<ref:accord_ref>"
#: Stands between the partners of an agreement to begin; no public id has it.
AND = "+"


@bp.get("")
def list_written(case_ref: str) -> ResponseReturnValue:
    """Show every agreement of the case, and between whom one can still be begun."""
    db, case = get_db(), find_case(case_ref)
    rows = accords.list_accords(db, case)
    newest = accord_versions.newest_versions(db, case)
    given = accord_yeses.yeses(db, case, list(newest.values()))
    lines = [
        {
            "ref": row.public_id,
            "between": between(case, members),
            "newest": newest.get(row.id),
            "by_all": row.id in newest and has_everybody(members, given[newest[row.id].id]),
        }
        for row in rows
        for members in (accords.members_of(case, row),)
    ]
    more = [(AND.join(refs), between(case, refs)) for refs in accords.still_possible(case, rows)]
    return show_case("accords/list_written.html", case, HERE, lines=lines, more=more)


@bp.post("/begin")
def begin(case_ref: str) -> ResponseReturnValue:
    """Begin an agreement between all of them, or two of several."""
    db, case = get_db(), find_case(case_ref)
    refs = request.form.get("between", "").split(AND)
    try:
        row = accords.begin_accord(db, case, refs)
    except RefusedError as refusal:
        db.rollback()
        flash(sentence(refusal.args[0]), "caution")
        return redirect(url_for(".list_written", case_ref=case_ref))
    return redirect(url_for(".show", case_ref=case_ref, accord_ref=row.public_id))


@bp.get("/together")
def read_together(case_ref: str) -> ResponseReturnValue:
    """Show one agreement to everybody, read with their keys alone; also while the room looks."""
    db = get_narrow_db(who(), Audience.COUPLE)
    case = find_shared_case(db, case_ref)
    found = accord_versions.shared_accords(db, case_ref)
    # Between everybody first; one for a pair is on the screen only when it is asked for.
    wanted = request.args.get("agreement")
    everybody = [each for each in found if len(each.members) == len(case.partners)]
    asked = [each for each in found if each.accord_ref == wanted]
    shown = next(iter(asked or everybody), None)
    return render_template(
        "accords/read_together.html",
        case_ref=case_ref,
        shown=shown,
        others=[(each.accord_ref, between(case, each.members)) for each in found if each != shown],
        between=between(case, shown.members) if shown else "",
        lines=topic_lines(shown.written, shown.members) if shown else [],
        yeses=yes_lines(case, shown.members, shown.yeses) if shown else [],
        by_ref={one.public_id: one.name for one in case.partners},
        crossed=CROSSED,
    )


@bp.get(ONE)
def show(case_ref: str, accord_ref: str) -> ResponseReturnValue:
    """Show the text as it is being written, its newest version, and who says yes to that."""
    db, case = get_db(), find_case(case_ref)
    row = accords.find_accord(db, case, accord_ref)
    topics, versions = accords.list_topics(db, row), accord_versions.list_versions(db, row)
    newest = versions[0] if versions else None
    given = accord_yeses.yeses(db, case, versions[:1])
    members = accords.members_of(case, row)
    return show_case(
        "accords/show.html",
        case,
        HERE,
        accord=row,
        between=between(case, members),
        members=[one.name for one in case.partners if one.public_id in members],
        lines=topic_lines(accords.as_written(case, row, topics), members),
        versions=versions,
        newest=newest,
        unsaved=newest is None or _differs(case, row, topics, newest),
        yeses=yes_lines(case, members, given[newest.id]) if newest else [],
        crossed=CROSSED,
    )


def _differs(case: Case, row: Accord, topics: Sequence[AccordTopic], newest: AccordVersion) -> bool:
    frozen = accord_versions.frozen(newest)
    kept = from_sections(frozen)
    now = accords.as_written(case, row, topics, kept.starts_on, kept.review_on)
    return list(frozen) != to_sections(now)


def to_text(case_ref: str, accord_ref: str) -> ResponseReturnValue:
    """Lead back to the text that is being written."""
    return redirect(url_for(".show", case_ref=case_ref, accord_ref=accord_ref))
