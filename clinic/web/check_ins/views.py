"""What the page over the check-ins shows: who has answered, and each partner's own lines.

Every line is one partner's, beside nobody else's. There is no cut-off on any of them, and no change
is called reliable: the items are our own.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from babel.dates import format_skeleton

from clinic.domain.check_ins import asked_in, is_worse_twice, number_in
from clinic.domain.goals import Attainment
from clinic.domain.items import Page, Questionnaire
from clinic.domain.said import own, say
from clinic.services.check_in_lines import AskedCheckIn, PartStanding, SentCheckIn
from clinic.services.rows import Case
from clinic.web.charts import NARROW, RATING, WIDE, LineChart, Series, line_chart
from clinic.web.language import locale, translate
from clinic.web.people import name_of


@dataclass(frozen=True)
class Standing:
    """Where one partner stands with one check-in."""

    name: str
    ref: str
    part: PartStanding


@dataclass(frozen=True)
class Asked:
    """One check-in, and everybody's standing in the case's order."""

    asked: AskedCheckIn
    standings: Sequence[Standing]


@dataclass(frozen=True)
class Drawing:
    """Some items over time, for a wide screen and for a phone."""

    wide: LineChart
    narrow: LineChart


@dataclass(frozen=True)
class GoalLine:
    """What a partner said of one goal alone, in its steps' words and from 0 to 10."""

    wording: str
    step: str
    own: int | None


@dataclass(frozen=True)
class Own:
    """One partner's check-ins: drawings, what to look at, lines to bring, goals rated last."""

    name: str
    drawings: Sequence[Drawing]
    worse: Sequence[str]
    brought: Sequence[SentCheckIn]
    goals: Sequence[GoalLine]
    goals_on: dt.date | None


def standings(case: Case, asked: Sequence[AskedCheckIn]) -> Sequence[Asked]:
    """Name where everybody stands with what can still be answered, or with the newest."""
    open_ones = [each for each in asked if each.is_open]
    return [Asked(each, _standings(case, each)) for each in open_ones or asked[:1]]


def _standings(case: Case, asked: AskedCheckIn) -> Sequence[Standing]:
    parts = {part.partner_id: part for part in asked.parts}
    return [
        Standing(name_of(case, partner.id), partner.public_id, parts[partner.id])
        for partner in case.partners
        if partner.id in parts
    ]


def by_partner(
    case: Case, asked: Sequence[AskedCheckIn], sent: Sequence[SentCheckIn], form: Questionnaire
) -> Sequence[Own]:
    """Give each partner's own check-ins, in the case's order; who sent none is left out."""
    goals = {each.check_in.public_id: each.check_in.goals for each in asked}
    return [
        _own(name_of(case, partner.id), mine, form, goals)
        for partner in case.partners
        if (mine := [each for each in sent if each.partner_id == partner.id])
    ]


def _own(name: str, sent: Sequence[SentCheckIn], form: Questionnaire, goals: dict[str, str]) -> Own:
    rated = [each for each in sent if each.ratings]
    return Own(
        name,
        [_drawing(name, page, sent) for page in form.pages if _scales(page)],
        _worse(form, sent),
        [each for each in reversed(sent) if each.bring],
        _goal_lines(rated[-1], goals[rated[-1].ref]) if rated else (),
        rated[-1].due_on if rated else None,
    )


def _scales(page: Page) -> list[tuple[str, str]]:
    return [(item.key, item.text) for item in page.items if item.low]


def _drawing(name: str, page: Page, sent: Sequence[SentCheckIn]) -> Drawing:
    days = [format_skeleton("MMMd", each.due_on, locale=locale()) for each in sent]
    series = [
        Series(translate(text), [number_in(each.answers, key) for each in sent])
        for key, text in _scales(page)
    ]
    title = translate(say("%(topic)s: %(name)s", topic=translate(page.title), name=name))
    wide, narrow = (line_chart(title, series, days, RATING, width) for width in (WIDE, NARROW))
    return Drawing(wide, narrow)


def _worse(form: Questionnaire, sent: Sequence[SentCheckIn]) -> Sequence[str]:
    found = []
    for page in form.pages:
        for key, text in _scales(page):
            values = [number_in(each.answers, key) for each in sent]
            if is_worse_twice(key, values):
                row = ", ".join(str(value) for value in values[-3:])
                found.append(say("%(question)s %(row)s", question=translate(text), row=row))
    return found


def _goal_lines(sent: SentCheckIn, goals: str) -> Sequence[GoalLine]:
    return [
        GoalLine(
            goal.wording,
            _step(goal.anchors, sent.ratings[goal.ref].level),
            sent.ratings[goal.ref].own,
        )
        for goal in asked_in(goals)
        if goal.ref in sent.ratings
    ]


def _step(anchors: Sequence[str], level: Attainment | None) -> str:
    return own(dict(zip(Attainment, anchors, strict=True))[level]) if level is not None else ""
