"""Frames beside the formulation: an overview, one page a frame, and themes to fill them in for."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from clinic.domain.frames import Frame, Per, agreed_places
from clinic.services import frames
from clinic.services.errors import MissingError
from clinic.web.contents import reviewed
from clinic.web.database import get_db
from clinic.web.frames.forms import (
    ThemeForm,
    agreed_form,
    frame_form,
    saved_agreement,
    saved_frame,
    saved_theme,
)
from clinic.web.frames.views import overview, people_of, sections
from clinic.web.pages import find_case, show_case

bp = Blueprint("frames", __name__, url_prefix="/cases/<ref:case_ref>/frames")
HERE = "formulation.show"


def _frame(key: str) -> Frame:
    known = reviewed().frames
    if key not in known:
        raise MissingError(key)
    frame: Frame = known[key]
    return frame


def _themed(key: str) -> Frame:
    frame = _frame(key)
    if frame.per is not Per.THEME:
        raise MissingError(key)
    return frame


@bp.get("")
def list_ways(case_ref: str) -> ResponseReturnValue:
    """Show every other way to look at the case, and how much of each is written."""
    db, case = get_db(), find_case(case_ref)
    themes, entries = frames.themes(db, case), frames.entries(db, case)
    known = reviewed().frames.values()
    ways = [overview(frame, case, themes, entries) for frame in known]
    return show_case("frames/list_ways.html", case, HERE, ways=ways)


@bp.route("/<frame_key>", methods=["GET", "POST"])
def write(case_ref: str, frame_key: str) -> ResponseReturnValue:
    """Write down what one frame asks, as far as it helps."""
    db, case, frame = get_db(), find_case(case_ref), _frame(frame_key)
    parts, people = sections(frame, case, frames.themes(db, case)), people_of(case)
    form = frame_form(parts, people, data=saved_frame(parts, frames.entries(db, case)))
    if form.accepted():
        with form.refusals(lambda: saved_frame(parts, frames.entries(db, case))):
            frames.write_frames(db, case, form.texts(), form.versions())
            flash("Saved.")
            return redirect(url_for(".list_ways", case_ref=case_ref))
    return show_case(
        "frames/write.html",
        case,
        HERE,
        form,
        frame=frame,
        sections=parts,
        people=people,
        can_agree=bool(agreed_places(frame)),
    )


@bp.route("/<frame_key>/agreed", methods=["GET", "POST"])
def agree(case_ref: str, frame_key: str) -> ResponseReturnValue:
    """Write down what all partners agreed to say about what a frame asks."""
    db, case, frame = get_db(), find_case(case_ref), _frame(frame_key)
    if not agreed_places(frame):
        raise MissingError(frame_key)
    form = agreed_form(frame, data=saved_agreement(frame, frames.agreements(db, case)))
    if form.accepted():
        with form.refusals(lambda: saved_agreement(frame, frames.agreements(db, case))):
            frames.write_agreements(db, case, form.texts(), form.versions())
            flash("Saved.")
            return redirect(url_for(".write", case_ref=case_ref, frame_key=frame_key))
    return show_case(
        "frames/agree.html", case, HERE, form, frame=frame, places=agreed_places(frame)
    )


@bp.route("/<frame_key>/themes/new", methods=["GET", "POST"])
def add_theme(case_ref: str, frame_key: str) -> ResponseReturnValue:
    """Name another theme to fill a frame in for."""
    case, frame = find_case(case_ref), _themed(frame_key)
    form = ThemeForm()
    if form.accepted():
        with form.refusals():
            frames.add_theme(get_db(), case, frame.key, form.title.data)
            flash("Added.")
            return redirect(url_for(".write", case_ref=case_ref, frame_key=frame_key))
    return show_case("frames/add_theme.html", case, HERE, form, frame=frame)


@bp.route("/<frame_key>/themes/<ref:theme_ref>", methods=["GET", "POST"])
def rename_theme(case_ref: str, frame_key: str, theme_ref: str) -> ResponseReturnValue:
    """Give a theme another name; what is written for it stays."""
    db, case, frame = get_db(), find_case(case_ref), _themed(frame_key)
    row = frames.find_theme(db, case, theme_ref)
    form = ThemeForm(data=saved_theme(row))
    if form.accepted():
        with form.refusals(lambda: saved_theme(row)):
            frames.rename_theme(db, row, form.title.data, form.version.data)
            flash("Saved.")
            return redirect(url_for(".write", case_ref=case_ref, frame_key=frame_key))
    return show_case("frames/rename_theme.html", case, HERE, form, frame=frame)
