"""Writing down what somebody found with each goal: the form, and the panel of an appointment."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from wtforms import FormField

from clinic.domain.goals import Attainment
from clinic.domain.said import mark, own
from clinic.services.drafts import Kept
from clinic.services.goal_board import Board, Meeting
from clinic.services.goals import RatingDetails, rating_of, ratings_version
from clinic.services.rows import Case, Goal
from clinic.web.drafts import as_typed, kept_at
from clinic.web.fields import One, Whole
from clinic.web.forms import BaseForm, Part, Version
from clinic.web.goal_progress import Notice, notices
from clinic.web.people import THERAPIST_REF, Rater, raters

UNRATED = "unrated"
KEPT = {"kept": True, "missed": False, "unreported": None}


class RatingPart(Part):
    """What one person found with one goal."""

    own = Whole("Own rating from 0 to 10", mark("a rating"), (0, 10), required=False)
    kept = One(
        "Kept as planned since last time",
        [
            ("kept", mark("Kept")),
            ("missed", mark("Missed")),
            ("unreported", mark("Not reported")),
        ],
        default="unreported",
    )

    def rating(self) -> RatingDetails:
        """Give what the service needs; unrated stays unrated."""
        level = self["level"].data
        rated = level not in {None, UNRATED}
        return RatingDetails(
            Attainment(int(level)) if rated else None, self.own.data, KEPT.get(self.kept.data or "")
        )


class RatingForm(BaseForm):
    """One rater's findings with every goal at one appointment, kept at each pause."""

    keeps_all = True
    version = Version()
    goals: dict[str, str]

    def ratings(self) -> dict[str, RatingDetails]:
        """Give each goal's rating by public id."""
        return {ref: self[name].form.rating() for ref, name in self.goals.items()}


def rating_form(
    goals: Sequence[Goal], day: dt.date, saved: Mapping[str, Any], **options: Any
) -> RatingForm:
    """Make the form with one group a goal that can be rated on a day, each step in its own words.

    `goals` are all of the case.
    """
    names = _names(goals)
    shown = [goal for goal in goals if goal.can_be_rated_on(day)]
    fields: dict[str, Any] = {"goals": {goal.public_id: names[goal.public_id] for goal in shown}}
    for goal in shown:
        steps = [(str(level.value), own(text)) for level, text in goal.anchors().items()]
        level = One("What happened", [*steps, (UNRATED, mark("Not rated today"))], default=UNRATED)
        part = type("GoalRatingPart", (RatingPart,), {"level": level, "leading": ("level",)})
        fields[names[goal.public_id]] = FormField(part, own(goal.wording))
    made: RatingForm = type("AppointmentRatingForm", (RatingForm,), fields)(data=saved, **options)
    return made


def saved_ratings(
    goals: Sequence[Goal], appointment_id: int, rater_id: int | None
) -> dict[str, Any]:
    """Give one rater's findings at an appointment as the form holds them."""
    saved: dict[str, Any] = {"version": ratings_version(goals, appointment_id, rater_id)}
    names = _names(goals)
    for goal in goals:
        rating = rating_of(goal, appointment_id, rater_id)
        saved[names[goal.public_id]] = {
            "level": UNRATED if rating.level is None else str(rating.level.value),
            "own": rating.own,
            "kept": next(word for word, kept in KEPT.items() if kept is rating.kept),
        }
    return saved


def _names(goals: Sequence[Goal]) -> dict[str, str]:
    # Numbered as they were set: a goal added or ended meanwhile must not take another's answer.
    places = {goal_id: n for n, goal_id in enumerate(sorted(goal.id for goal in goals))}
    return {goal.public_id: f"goal_{places[goal.id]}" for goal in goals}


@dataclass(frozen=True)
class RaterPart:
    """One rater on the panel: their form, where it is posted to, and how much is rated.

    `kept` is what was chosen there and not saved.
    """

    rater: Rater
    url: str
    kept: Kept | None
    form: RatingForm
    rated: int
    of: int


@dataclass(frozen=True)
class GoalPanel:
    """What the page of an appointment shows of the goals."""

    goals: Sequence[Goal]
    raters: Sequence[RaterPart]
    notices: Sequence[Notice]


def goal_panel(case: Case, board: Board, appointment_id: int) -> GoalPanel:
    """Put the goals' panel of an appointment together: a form for each rater, and what is told.

    What the ratings tell rests on the appointments up to this one. Each form is posted to
    `goals.rate`; its fields have ids of their own, so that all of them can stand on one page. A
    page that calls `drafts.look_ahead` with `rating_urls` before sends no statement here.
    """
    [meeting] = [each for each in board.meetings if each.id == appointment_id]
    people = raters(case)
    held = [each for each in board.meetings if each.number <= meeting.number]
    told = [one for pair in board.pairs() for one in notices(pair, held, people)]
    urls = rating_urls(case, meeting.ref)
    parts = [_part(board, meeting, *each) for each in zip(people, urls, strict=True)]
    return GoalPanel(board.open_on(meeting.held_on), parts, told)


def rating_urls(case: Case, appointment_ref: str) -> Sequence[str]:
    """List where each rater's form of an appointment is posted to: the therapist's, then theirs."""
    return [
        url_for(
            "goals.rate",
            case_ref=case.public_id,
            appointment_ref=appointment_ref,
            rater_ref=rater.ref or THERAPIST_REF,
        )
        for rater in raters(case)
    ]


def _part(board: Board, meeting: Meeting, rater: Rater, url: str) -> RaterPart:
    kept = kept_at(url)
    saved = saved_ratings(board.goals, meeting.id, rater.id)
    typed = as_typed(kept) if kept else None
    form = rating_form(board.goals, meeting.held_on, saved, formdata=typed)
    _tell_apart(form, f"rated-by-{rater.ref or THERAPIST_REF}-")
    shown = board.open_on(meeting.held_on)
    rated = [rating_of(goal, meeting.id, rater.id) != RatingDetails() for goal in shown]
    return RaterPart(rater, url, kept, form, sum(rated), len(rated))


def _tell_apart(fields: Any, prefix: str) -> None:
    """Give fields ids of their own; their names stay, so that they are posted as always."""
    for field in fields:
        field.id = f"{prefix}{field.id}"
        field.label.field_id = field.id
        if hasattr(field, "form"):
            _tell_apart(field.form, prefix)
