"""What the symptom layer's page shows of each behaviour, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from clinic.content.library import Concern
from clinic.services.rows import BehaviourRecord, Case
from clinic.web import wording
from clinic.web.filters import said, since
from clinic.web.people import name_of, raters

Facts = list[dict[str, str]]


@dataclass(frozen=True)
class Placed:
    """One person's placing, in words."""

    name: str
    zone: str
    concealment: str
    function: str
    agreement: str


@dataclass(frozen=True)
class BehaviourView:
    """One behaviour as a card."""

    row: BehaviourRecord
    label: str
    facts: Facts
    placings: Sequence[Placed]
    changes_zone: str


def behaviour_label(concern: Concern, row: BehaviourRecord) -> str:
    """Call a behaviour by the inventory's words, or by the therapist's own."""
    return concern.behaviours[row.behaviour].label if row.behaviour else row.own_words


def behaviour_view(case: Case, concern: Concern, row: BehaviourRecord) -> BehaviourView:
    """Put one behaviour in words."""
    known = concern.behaviours.get(row.behaviour or "")
    return BehaviourView(
        row=row,
        label=behaviour_label(concern, row),
        facts=_facts(case, concern, row),
        placings=_placings(case, row),
        changes_zone=known.changes_zone if known else "",
    )


def _facts(case: Case, concern: Concern, row: BehaviourRecord) -> Facts:
    raised = {0: "Never", 1: "Once"}.get(row.times_raised, f"{row.times_raised} times")
    responses = [concern.responses[each.response].label for each in row.responses]
    pairs = {
        "About": name_of(case, row.about_id),
        "Reported by": name_of(case, row.reporter_id),
        "How often": f"{said(row.frequency)}, since {since(row.since_year, row.since_month)}"
        if row.since_year
        else said(row.frequency),
        "Still happening": said(row.still_happening),
        "How it became known": said(row.how_known),
        "Raised before": raised,
        "When raised": "\n".join(responses),
        "Who else is involved": row.outsider_role,
        "Also seen": row.notes,
    }
    return [{"key": key, "value": value} for key, value in pairs.items() if value]


def _placings(case: Case, row: BehaviourRecord) -> list[Placed]:
    known = {rating.rater_id: rating for rating in row.ratings}
    placed = []
    for rater in raters(case):
        rating = known.get(rater.id)
        if rating is not None:
            placed.append(
                Placed(
                    rater.name,
                    said(rating.zone),
                    _level(wording.CONCEALMENT, rating.concealment),
                    _level(wording.FUNCTION, rating.function),
                    _level(wording.AGREEMENT, rating.agreement),
                )
            )
    return placed


def _level(words: Sequence[str], level: int | None) -> str:
    return "" if level is None else f"{level}: {words[level]}"
