"""Showing a page of a case: its navigation, its forms, and the right status."""

from typing import Any

from flask import Flask, g, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from clinic.services import cases
from clinic.services.rows import Case
from clinic.web.addresses import STEPS
from clinic.web.database import get_db
from clinic.web.forms import BaseForm
from clinic.web.language import translate
from clinic.web.people import raters


def show(template: str, form: BaseForm | None = None, **facts: Any) -> ResponseReturnValue:
    """Show a page; with a form, the status says whether it was refused."""
    return render_template(template, form=form, **facts), form.http_status if form else 200


def show_case(
    template: str, case: Case, current: str, form: BaseForm | None = None, **facts: Any
) -> ResponseReturnValue:
    """Show a page of a case with the case's path beside it; `current` is an endpoint of it.

    A page that has counted the case's progress gives it, so that it is not counted twice.
    """
    progress = facts.get("progress") or cases.progress(get_db(), case)
    steps = [
        {
            "label": step.label,
            "url": url_for(step.endpoint, case_ref=case.public_id),
            "current": step.endpoint == current,
            "counted": bool(step.counts),
            "done": bool(step.counts and getattr(progress, step.counts)),
        }
        for step in STEPS
    ]
    names = {rater.id: rater.name for rater in raters(case)}
    return show(
        template,
        form,
        case=case,
        case_title=translate(case.title),
        case_steps=steps,
        names=names,
        **facts,
    )


def find_case(case_ref: str) -> Case:
    """Find a case of the signed-in clinician, or end in a 404."""
    return cases.find_case(get_db(), case_ref)


def who_is_there() -> dict[str, Any]:
    """Tell the layouts who is signed in, as far as the request knows: a fault page asks nothing."""
    if "browser" not in g:
        return {}
    if g.room:
        return {"room": g.room, "practice_name": current_user.practice}
    return {
        "room": "",
        "practice_name": current_user.practice,
        "clinician_name": current_user.name,
        "caseload_url": url_for("cases.caseload"),
        "packets_url": url_for("packets.list_jobs"),
        "sign_out_url": url_for("accounts.sign_out"),
    }


def init_app(app: Flask) -> None:
    """Tell every page who is there."""
    app.context_processor(who_is_there)
