"""What the symptom layer's page shows of each behaviour, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from clinic.content.library import Concern
from clinic.domain.said import mark, say, say_count
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
    return said(concern.behaviours[row.behaviour].label) if row.behaviour else row.own_words


def behaviour_view(case: Case, concern: Concern, row: BehaviourRecord) -> BehaviourView:
    """Put one behaviour in words."""
    known = concern.behaviours.get(row.behaviour or "")
    return BehaviourView(
        row=row,
        label=behaviour_label(concern, row),
        facts=_facts(case, concern, row),
        placings=_placings(case, row),
        changes_zone=said(known.changes_zone) if known else "",
    )


def _facts(case: Case, concern: Concern, row: BehaviourRecord) -> Facts:
    responses = [said(concern.responses[each.response].label) for each in row.responses]
    pairs = {
        mark("About"): said(name_of(case, row.about_id)),
        mark("Reported by"): said(name_of(case, row.reporter_id)),
        mark("How often"): _how_often(row),
        mark("Still happening"): said(row.still_happening),
        mark("How it became known"): said(row.how_known),
        mark("Raised before"): _raised(row.times_raised),
        mark("When raised"): "\n".join(responses),
        mark("Who else is involved"): row.outsider_role,
        mark("Also seen"): row.notes,
    }
    return [{"key": said(key), "value": value} for key, value in pairs.items() if value]


def _how_often(row: BehaviourRecord) -> str:
    often = said(row.frequency)
    if not row.since_year:
        return often
    when = since(row.since_year, row.since_month)
    return said(say("%(often)s, since %(when)s", often=often, when=when))


def _raised(times: int) -> str:
    known = {0: mark("Never"), 1: mark("Once")}
    return said(known.get(times, say_count("%(number)s time", "%(number)s times", times)))


def _placings(case: Case, row: BehaviourRecord) -> list[Placed]:
    known = {rating.rater_id: rating for rating in row.ratings}
    placed = []
    for rater in raters(case):
        rating = known.get(rater.id)
        if rating is not None:
            placed.append(
                Placed(
                    said(rater.name),
                    said(rating.zone),
                    _level(wording.CONCEALMENT, rating.concealment),
                    _level(wording.FUNCTION, rating.function),
                    _level(wording.AGREEMENT, rating.agreement),
                )
            )
    return placed


def _level(words: Sequence[str], level: int | None) -> str:
    return "" if level is None else f"{level}: {said(words[level])}"
