"""What several ratings of a pair tell: its lines over the appointments, and sentences with data.

A sentence is something to talk about. It names whose ratings it rests on and at which
appointments, and there is none from a single rating (clinic.domain.progress).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from clinic.domain.cases import together
from clinic.domain.goals import GoalLayer
from clinic.domain.progress import (
    PARTING_WORDS,
    WIDE_GAP,
    Finding,
    Rated,
    parting,
    widening_gap,
)
from clinic.domain.said import Said, mark, say
from clinic.services.days import today
from clinic.services.goal_scores import Held
from clinic.services.goals import RatingDetails, ratings_of
from clinic.services.rows import Goal
from clinic.web.charts import ATTAINMENT, RATING, Axis
from clinic.web.language import translate
from clinic.web.people import Rater

#: What counts of a goal's ratings, by appointment and rater; and the same for each goal.
Ratings = Mapping[tuple[int, int | None], RatingDetails]
Found = Mapping[Goal, Ratings]


@dataclass(frozen=True)
class Notice:
    """A sentence, whose ratings it rests on and when, and the ratings goal by goal."""

    text: str
    source: Said
    data: Sequence[Said]


@dataclass(frozen=True)
class RatedLine:
    """A goal over the appointments, with the goals it continues: one rater's ratings of it.

    `breaks` names the places at which other steps hold for the first time.
    """

    goal: Goal
    found: Sequence[RatingDetails]
    breaks: frozenset[int]


def lineages(goals: Sequence[Goal]) -> Sequence[Sequence[Goal]]:
    """Put goals together that continue each other, oldest steps first."""
    after = {goal.continues_id: goal for goal in goals if goal.continues_id is not None}
    known = {goal.id for goal in goals}
    lines = []
    for goal in goals:
        if goal.continues_id not in known:
            line = [goal]
            while following := after.get(line[-1].id):
                line.append(following)
            lines.append(line)
    return lines


def rated_line(line: Sequence[Goal], held: Sequence[Held], rater_id: int | None) -> RatedLine:
    """Follow one goal through the appointments, in the steps that held at each."""
    ratings = [ratings_of(goal) for goal in line]
    found, breaks, before = [], set(), 0
    for place, each in enumerate(held):
        rated = [n for n, one in enumerate(ratings) if (each.id, rater_id) in one]
        used = rated[-1] if rated else before
        found.append(ratings[used].get((each.id, rater_id), RatingDetails()))
        if used != before:
            breaks.add(place)
        before = used
    return RatedLine(line[-1], found, frozenset(breaks))


def notices(
    pair: Sequence[Goal], held: Sequence[Held], raters: Sequence[Rater]
) -> Sequence[Notice]:
    """Say what the ratings of a pair tell: rater by rater where its lines part, then wide gaps.

    Only goals that are worked on, and only their present steps.
    """
    found = {goal: ratings_of(goal) for goal in pair if goal.is_open_on(today())}
    parted = [told for rater in raters for told in _partings(found, held, rater)]
    return [*parted, *_gaps(found, held, raters)]


def _partings(found: Found, held: Sequence[Held], rater: Rater) -> Iterator[Notice]:
    lines = [(goal, _own_scale(ratings, held, rater)) for goal, ratings in found.items()]
    levels = [
        (goal, Rated(goal.wording, [each.level for each in found], goal.start_level))
        for goal, found in lines
    ]
    own_ratings = [
        (goal, Rated(goal.wording, [each.own for each in found])) for goal, found in lines
    ]
    for rated, axis, least in ((levels, ATTAINMENT, 1), (own_ratings, RATING, WIDE_GAP)):
        sides = [
            [one for goal, one in rated if goal.layer is layer]
            for layer in (GoalLayer.BEHAVIOUR, GoalLayer.ISSUE)
        ]
        if finding := parting(sides[0], sides[1], least):
            yield _notice(finding, [*sides[0], *sides[1]], held, (rater, axis))
            return


def _own_scale(ratings: Ratings, held: Sequence[Held], rater: Rater) -> Sequence[RatingDetails]:
    return [ratings.get((each.id, rater.id), RatingDetails()) for each in held]


def _notice(
    finding: Finding, lines: Sequence[Rated], held: Sequence[Held], by: tuple[Rater, Axis]
) -> Notice:
    rater, axis = by
    source = (
        mark("Rated by %(name)s at appointments %(numbers)s, from 0 to 10")
        if axis is RATING
        else mark("Rated by %(name)s at appointments %(numbers)s")
    )
    return Notice(
        PARTING_WORDS[finding.kind],
        say(source, name=translate(rater.name), numbers=_numbers(held, finding.places)),
        [_line(one, finding, axis) for one in lines if _ratings(one, finding)],
    )


def _line(one: Rated, finding: Finding, axis: Axis) -> Said:
    ratings = ", ".join(axis.word(rating) for rating in _ratings(one, finding))
    if finding.since_start and one.start is not None:
        start = axis.word(one.start)
        return say(
            "%(goal)s: start %(start)s, then %(ratings)s",
            goal=one.goal,
            start=start,
            ratings=ratings,
        )
    return say("%(goal)s: %(ratings)s", goal=one.goal, ratings=ratings)


def _ratings(one: Rated, finding: Finding) -> Sequence[float]:
    found = (one.ratings[place] for place in finding.places)
    return [rating for rating in found if rating is not None]


def _gaps(found: Found, held: Sequence[Held], raters: Sequence[Rater]) -> Iterator[Notice]:
    partners = [rater for rater in raters if rater.id is not None]
    for goal, ratings in found.items():
        for pair in combinations(partners, 2):
            one, other = ([each.own for each in _own_scale(ratings, held, who)] for who in pair)
            if gap := widening_gap(one, other):
                yield Notice(
                    mark("Two own ratings of the same goal drift apart."),
                    say(
                        "%(names)s at appointments %(numbers)s, from 0 to 10",
                        names=together([translate(who.name) for who in pair]),
                        numbers=_numbers(held, gap.places),
                    ),
                    [
                        say(
                            "%(goal)s: %(points)s points apart",
                            goal=goal.wording,
                            points=", ".join(f"{point:g}" for point in gap.points),
                        )
                    ],
                )


def _numbers(held: Sequence[Held], places: Sequence[int]) -> str:
    return ", ".join(str(held[place].number) for place in places)
