"""What is said about a measure and its scores; of change only what a checked source allows."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clinic.domain.change import Change, ChangeLabel, Direction, difference_error_from
from clinic.domain.instruments import Cited, Instrument
from clinic.domain.said import mark, say
from clinic.domain.visibility import Layer
from clinic.services.measures import ScorePoint, change_between
from clinic.services.rows import Case
from clinic.web.language import translate

CHANGE = {
    ChangeLabel.RECOVERED: mark("Better by more than chance, and past the cut-off"),
    ChangeLabel.IMPROVED: mark("Better by more than chance"),
    ChangeLabel.IMPROVED_WITHOUT_CLINICAL_STATUS: mark(
        "Better by more than chance, from a start on the good side"
    ),
    ChangeLabel.DETERIORATED: mark("Worse by more than chance"),
    ChangeLabel.NO_RELIABLE_CHANGE: mark("No more than chance"),
}
DIRECTION = {
    Direction.HIGHER_IS_BETTER: mark("Higher is better"),
    Direction.LOWER_IS_BETTER: mark("Lower is better"),
}
#: What a change is called, for one partner; a couple's is theirs side by side.
LABEL = {
    ChangeLabel.RECOVERED: mark("Recovered"),
    ChangeLabel.IMPROVED: mark("Improved"),
    ChangeLabel.IMPROVED_WITHOUT_CLINICAL_STATUS: mark("Improved (no clinical status)"),
    ChangeLabel.DETERIORATED: mark("Deteriorated"),
    ChangeLabel.NO_RELIABLE_CHANGE: mark("No reliable change"),
}
CROSSED = mark("It crossed the cut-off without reliable change.")
MEASURES = mark("Measures")
SAFETY = mark("Safety")
Facts = list[dict[str, str]]


@dataclass(frozen=True)
class PointLine:
    """One score in words; `change` is since the first, "" where nothing is said of it."""

    point: ScorePoint
    score: str
    single_item: str
    change: str


@dataclass(frozen=True)
class History:
    """One partner's scores, oldest first; `since` is the day they are compared with, if chosen."""

    name: str
    lines: Sequence[PointLine]
    since: dt.date | None


@dataclass(frozen=True)
class Course:
    """One partner's change from the first score to the latest, or since the chosen one.

    `label` and `statistic` are "" where no source for a reliable change was confirmed.
    """

    name: str
    before: ScorePoint
    after: ScorePoint
    points: str
    label: str
    statistic: str
    note: str


def title(instrument: Instrument) -> str:
    """Call a measure by its name, and by its scale where it has several."""
    if not instrument.scale:
        return instrument.name
    name, scale = translate(instrument.name), translate(instrument.scale)
    return say("%(measure)s, %(scale)s", measure=name, scale=scale)


def shelf(instruments: Mapping[str, Instrument]) -> dict[str, list[tuple[str, str]]]:
    """Group the measures' keys and titles: those about safety stand apart."""
    groups: dict[str, list[tuple[str, str]]] = {MEASURES: [], SAFETY: []}
    for key, instrument in instruments.items():
        group = SAFETY if instrument.layer is Layer.SAFETY else MEASURES
        groups[group].append((key, title(instrument)))
    return {
        group: sorted(pairs, key=lambda pair: pair[1].lower()) for group, pairs in groups.items()
    }


def histories(
    case: Case, instrument: Instrument, found: Mapping[str, Sequence[ScorePoint]], since: str = ""
) -> list[History]:
    """Say every partner's scores in words, each partner apart.

    `since` names the score that this partner's later ones are compared with, instead of the first.
    """
    return [
        _history(partner.name, instrument, found[partner.public_id], since)
        for partner in case.partners
        if found[partner.public_id]
    ]


def _history(
    name: str, instrument: Instrument, points: Sequence[ScorePoint], since: str
) -> History:
    start = _start(points, since)
    lines = [
        _line(instrument, point, change_between(instrument, points[start], point))
        if place > start
        else _line(instrument, point, None)
        for place, point in enumerate(points)
    ]
    return History(name, lines, points[start].taken_on if start else None)


def _start(points: Sequence[ScorePoint], since: str) -> int:
    return next((place for place, point in enumerate(points) if point.ref == since), 0)


def courses(
    case: Case, instrument: Instrument, found: Mapping[str, Sequence[ScorePoint]], since: str = ""
) -> list[Course]:
    """Give each partner's change up to the latest score, side by side and never averaged."""
    return [
        _course(partner.name, instrument, points[_start(points, since)], points[-1])
        for partner in case.partners
        if len(points := found[partner.public_id]) > 1 and points[-1].ref != since
    ]


def _course(name: str, instrument: Instrument, before: ScorePoint, after: ScorePoint) -> Course:
    change = change_between(instrument, before, after)
    points = signed_number(after.score - before.score, "+g")
    if change is None:
        return Course(name, before, after, points, "", "", "")
    is_small = change.label is ChangeLabel.NO_RELIABLE_CHANGE
    return Course(
        name,
        before,
        after,
        points,
        LABEL[change.label],
        signed_number(change.statistic, "+.2f"),
        CROSSED if change.crossed and is_small else "",
    )


def signed_number(value: float, how: str) -> str:
    """Write a difference with its sign, a true minus sign included; nothing changed is 0."""
    return format(value, how).replace("-", "\u2212") if value else "0"


def _line(instrument: Instrument, point: ScorePoint, since: Change | None) -> PointLine:
    item = "" if point.single_item is None else str(point.single_item)
    change = CHANGE[since.label] if since else ""
    return PointLine(
        point,
        f"{point.score:g}",
        item or (mark("Left out") if instrument.asks_single_item else ""),
        change,
    )


def facts(instrument: Instrument) -> Facts:
    """List what must be known to enter and read a score, each with its source, for its reader."""
    direction, points = instrument.direction, instrument.reliable_points
    pairs = {
        mark("Range"): _range(instrument),
        mark("Direction"): DIRECTION[direction] if direction else mark("Not checked"),
        mark("Answers needed"): instrument.missing,
        mark("Cut-off"): _cut_off(instrument.cut_off),
        mark("More than chance"): _more_than_chance(points),
        mark("Standard error of a difference"): _error(points),
        mark("Worth knowing"): instrument.note,
        mark("Licence"): instrument.licence,
        mark("Source"): instrument.source,
    }
    return [
        {"key": translate(key), "value": translate(text)} for key, text in pairs.items() if text
    ]


def change_source(instrument: Instrument) -> str:
    """Say from how many points a change counts, and where that was read; "" where none counts."""
    points = instrument.reliable_points
    if not instrument.measure or not points:
        return ""
    return say("%(points)s points (%(source)s)", **_cited(points))


def _range(instrument: Instrument) -> str:
    if instrument.lowest is None or instrument.highest is None:
        return mark("Not checked, so any score is taken")
    ends = {"lowest": f"{instrument.lowest:g}", "highest": f"{instrument.highest:g}"}
    if instrument.whole:
        return say("%(lowest)s to %(highest)s, in whole numbers", **ends)
    return say("%(lowest)s to %(highest)s, also with a point, such as 4.5", **ends)


def _cut_off(number: Cited | None) -> str:
    if number is None:
        return mark("None was confirmed")
    return say("%(points)s (%(source)s)", **_cited(number))


def _error(number: Cited | None) -> str:
    if number is None:
        return ""
    return say(
        "%(points)s points, worked out from the reliable change above. The standard deviation and"
        " the reliability behind it were not checked",
        points=f"{difference_error_from(number.value):.2f}",
    )


def _more_than_chance(number: Cited | None) -> str:
    if number is None:
        return mark("Not shown: no source for it was confirmed")
    return say("More than %(points)s points (%(source)s)", **_cited(number))


def _cited(number: Cited) -> dict[str, str]:
    return {"points": f"{number.value:g}", "source": translate(number.source)}
