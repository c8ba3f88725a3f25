"""What is said about a measure and its scores; of change only what a checked source allows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clinic.domain.change import ChangeLabel, Direction
from clinic.domain.instruments import Cited, Instrument
from clinic.domain.visibility import Layer
from clinic.services.measures import ScorePoint
from clinic.services.rows import Case

CHANGE = {
    ChangeLabel.RECOVERED: "Better by more than chance, and past the cut-off",
    ChangeLabel.IMPROVED: "Better by more than chance",
    ChangeLabel.IMPROVED_WITHOUT_CLINICAL_STATUS: (
        "Better by more than chance, from a start on the good side"
    ),
    ChangeLabel.DETERIORATED: "Worse by more than chance",
    ChangeLabel.NO_RELIABLE_CHANGE: "No more than chance",
}
DIRECTION = {
    Direction.HIGHER_IS_BETTER: "Higher is better",
    Direction.LOWER_IS_BETTER: "Lower is better",
}
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
    """One partner's scores, oldest first."""

    name: str
    lines: Sequence[PointLine]


def title(instrument: Instrument) -> str:
    """Call a measure by its name, and by its scale where it has several."""
    return f"{instrument.name}, {instrument.scale}" if instrument.scale else instrument.name


def shelf(instruments: Mapping[str, Instrument]) -> dict[str, list[tuple[str, str]]]:
    """Group the measures' keys and titles: those about safety stand apart."""
    groups: dict[str, list[tuple[str, str]]] = {"Measures": [], "Safety": []}
    for key, instrument in instruments.items():
        group = "Safety" if instrument.layer is Layer.SAFETY else "Measures"
        groups[group].append((key, title(instrument)))
    return {
        group: sorted(pairs, key=lambda pair: pair[1].lower()) for group, pairs in groups.items()
    }


def histories(
    case: Case, instrument: Instrument, found: Mapping[str, Sequence[ScorePoint]]
) -> list[History]:
    """Say every partner's scores in words, each partner apart."""
    return [
        History(partner.name, [_line(instrument, point) for point in found[partner.public_id]])
        for partner in case.partners
        if found[partner.public_id]
    ]


def _line(instrument: Instrument, point: ScorePoint) -> PointLine:
    item = "" if point.single_item is None else str(point.single_item)
    change = CHANGE[point.change.label] if point.change else ""
    return PointLine(
        point,
        f"{point.score:g}",
        item or ("Left out" if instrument.asks_single_item else ""),
        change,
    )


def facts(instrument: Instrument) -> Facts:
    """List what must be known to enter and read a score, each with its source."""
    pairs = {
        "Range": _range(instrument),
        "Direction": DIRECTION[instrument.direction] if instrument.direction else "Not checked",
        "Answers needed": instrument.missing,
        "Cut-off": _cited(instrument.cut_off) or "None was confirmed",
        "More than chance": _cited(instrument.reliable_points, "More than ", " points")
        or "Not shown: no source for it was confirmed",
        "Worth knowing": instrument.note,
        "Licence": instrument.licence,
        "Source": instrument.source,
    }
    return [{"key": key, "value": value} for key, value in pairs.items() if value]


def change_source(instrument: Instrument) -> str:
    """Say from how many points a change counts, and where that was read; "" where none counts."""
    return _cited(instrument.reliable_points, after=" points") if instrument.measure else ""


def _range(instrument: Instrument) -> str:
    if instrument.lowest is None or instrument.highest is None:
        return "Not checked, so any score is taken"
    kind = "in whole numbers" if instrument.whole else "also with a point, such as 4.5"
    return f"{instrument.lowest:g} to {instrument.highest:g}, {kind}"


def _cited(number: Cited | None, before: str = "", after: str = "") -> str:
    return f"{before}{number.value:g}{after} ({number.source})" if number else ""
