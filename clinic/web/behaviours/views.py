"""What the symptom layer's page shows of each behaviour, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from clinic.content.library import Concern
from clinic.domain.said import mark, say, say_count
from clinic.domain.visibility import Layer
from clinic.services.rows import BehaviourRating, BehaviourRecord, Case, Partner
from clinic.web import wording
from clinic.web.behaviours.placings import HIDDEN_FROM_FEAR
from clinic.web.filters import said, since
from clinic.web.people import name_of, raters, ref_of

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
    """One behaviour as a card.

    `owner` is the partner from whose answers it was taken; `ask_alone` is the public id of the one
    who may hide something from fear, or "".
    """

    row: BehaviourRecord
    label: str
    facts: Facts
    placings: Sequence[Placed]
    changes_zone: str
    owner: Partner | None
    ask_alone: str


def behaviour_label(concern: Concern, row: BehaviourRecord) -> str:
    """Call a behaviour by the inventory's words, or by the therapist's own."""
    return said(concern.behaviours[row.behaviour].label) if row.behaviour else row.own_words


def owner_of(case: Case, row: BehaviourRecord) -> Partner | None:
    """Give the partner from whose own answers a behaviour was taken over, if it was."""
    if row.layer is not Layer.PRIVATE:
        return None
    return next((partner for partner in case.partners if partner.id == row.reporter_id), None)


def behaviour_view(case: Case, concern: Concern, row: BehaviourRecord) -> BehaviourView:
    """Put one behaviour in words."""
    known = concern.behaviours.get(row.behaviour or "")
    afraid = any(rating.from_fear for rating in row.ratings)
    return BehaviourView(
        row=row,
        label=behaviour_label(concern, row),
        facts=_facts(case, concern, row),
        placings=_placings(case, row),
        changes_zone=said(known.changes_zone) if known else "",
        owner=owner_of(case, row),
        ask_alone=ref_of(case, row.about_id) if afraid else "",
    )


def _facts(case: Case, concern: Concern, row: BehaviourRecord) -> Facts:
    responses = [said(concern.responses[each.response].label) for each in row.responses]
    pairs = {
        mark("About"): said(name_of(case, row.about_id)),
        mark("Reported by"): said(name_of(case, row.reporter_id)),
        mark("How often"): _how_often(row),
        mark("Still happening"): said(row.still_happening),
        mark("Last seen"): since(row.until_year, row.until_month) if row.until_year else "",
        mark("How it became known"): said(row.how_known),
        mark("Who else is involved"): row.outsider_role,
        mark("Where it happens"): row.channel,
        mark("Raised before"): _raised(row.times_raised),
        mark("When it was raised, and how it went"): row.raised_when,
        mark("When raised"): "\n".join(responses),
        mark("What was agreed then"): row.agreed_then,
        mark("How much it weighs"): _weighs(row),
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


def _weighs(row: BehaviourRecord) -> str:
    level = "" if row.impact is None else said(say("%(level)s of 10", level=row.impact))
    return "\n".join(filter(None, [level, row.impact_words]))


def _placings(case: Case, row: BehaviourRecord) -> list[Placed]:
    known = {rating.rater_id: rating for rating in row.ratings}
    return [
        Placed(
            said(rater.name),
            said(known[rater.id].zone),
            _concealment(known[rater.id]),
            _level(wording.FUNCTION, known[rater.id].function),
            _level(wording.AGREEMENT, known[rater.id].agreement),
        )
        for rater in raters(case)
        if rater.id in known
    ]


def _concealment(rating: BehaviourRating) -> str:
    # No step of concealment: it tells of fear, and is asked about alone.
    if rating.from_fear:
        return said(HIDDEN_FROM_FEAR)
    return _level(wording.CONCEALMENT, rating.concealment)


def _level(words: Sequence[str], level: int | None) -> str:
    return "" if level is None else f"{level}: {said(words[level])}"
