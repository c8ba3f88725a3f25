"""Quiet hints about a formulation: what a second look might be worth, each with its place.

A hint is no fault and stops nothing. It names a place in the form and says in one sentence what
is missing or what could mislead; the therapist may leave it as it is. Hints that tell something
about safety lie in the safety layer themselves.

Source: clinical.md 2.7 (quality checks), 1.1 (hidden from fear), 1.5 (H0 and H11 stay live).
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from clinic.domain.formulation import (
    SHORTEST_CHANGE_OF_MIND,
    Bearing,
    Confidence,
    ExplanationStatus,
)
from clinic.domain.plain_words import WordGroup, blaming
from clinic.domain.said import mark, say_count
from clinic.domain.suggestions import Usable
from clinic.domain.tracks import CONTROL, NO_BREACH
from clinic.domain.visibility import Layer

#: After so many appointments a formulation is worth another look; a case may set its own number.
REVIEW_AFTER = 6
#: A single piece of evidence is always from one source; only several can be one-sided.
ENOUGH_TO_BE_ONE_SIDED = 2
#: The slot of a frame where what protects is written down.
PROTECTIVE = "protective"


@dataclass(frozen=True, slots=True)
class Hint:
    """One sentence, and the part of the form to link to ("explanation:<ref>", "roll-up" ...)."""

    key: str
    text: str
    place: str
    layer: Layer = Layer.CLINICIAN


@dataclass(frozen=True, slots=True)
class WeighedExplanation:
    """One explanation as the hints see it; `kind` is empty for one in own words."""

    ref: str
    kind: str
    status: ExplanationStatus
    confidence: Confidence
    statement: str
    reason: str = ""
    would_change_my_mind: str = ""
    test_by: dt.date | None = None


@dataclass(frozen=True, slots=True)
class WeighedEvidence:
    """One piece of evidence as the hints see it; bearings are by explanation reference.

    `source` is a partner, or "" for the therapist. `behavioural` holds for something that was
    done or seen, and not only thought or felt. `explained` names the explanations for which the
    therapist wrote down why they stand all the same.
    """

    ref: str
    source: str
    layer: Layer
    bearings: Mapping[str, Bearing]
    usable: Usable = Usable.MAY_BE_USED
    behavioural: bool = False
    explained: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Age:
    """How long ago a formulation was saved, counted in what has happened since."""

    review_due: dt.date | None = None
    appointments: int = 0
    disclosures: int = 0
    review_after: int = REVIEW_AFTER


@dataclass(frozen=True, slots=True)
class WeighedFormulation:
    """A formulation as the hints see it.

    `considered` names kinds of explanation that were looked at and not added. `frames` names the
    slots of frames that are filled. `age` is None before the first version is saved.
    """

    today: dt.date
    explanations: Sequence[WeighedExplanation] = ()
    evidence: Sequence[WeighedEvidence] = ()
    strengths: str = ""
    responsibility: str = ""
    considered: frozenset[str] = frozenset()
    frames: Collection[str] = field(default_factory=frozenset)
    hidden_from_fear: bool = False
    age: Age | None = None


def hints(seen: WeighedFormulation, character: Sequence[WordGroup] = ()) -> list[Hint]:
    """Give every hint, explanation by explanation, then those about the whole.

    A dropped explanation gets none. `character` are the words that say what somebody is.

    >>> empty = WeighedFormulation(dt.date(2026, 3, 1), considered=frozenset({"H0", "H11"}))
    >>> [(hint.key, hint.place) for hint in hints(empty)]
    [('no-strengths', 'strengths')]
    >>> guess = WeighedExplanation("x", "H0", ExplanationStatus.ACTIVE, Confidence.LOW, "Nothing.")
    >>> [hint.key for hint in hints(WeighedFormulation(dt.date(2026, 3, 1), [guess], (), "Humour"))]
    ['no-counter-evidence', 'no-change-of-mind', 'only-one-explanation', 'control-not-considered']
    """
    people = [group for group in character if group.about_a_person]
    live = [one for one in seen.explanations if one.status is not ExplanationStatus.DROPPED]
    found = [
        *(hint for one in live for hint in _about_explanation(one, seen, people)),
        *_about_the_range(live, seen),
        *_about_the_case(seen, people),
        *_about_age(seen),
    ]
    # One piece of evidence may give the same hint for several explanations.
    return list(dict.fromkeys(found))


def _about_explanation(
    one: WeighedExplanation, seen: WeighedFormulation, character: Sequence[WordGroup]
) -> Iterator[Hint]:
    place = f"explanation:{one.ref}"
    bearing = [item for item in seen.evidence if _touches(item, one)]
    supports = [item for item in bearing if item.bearings[one.ref] is Bearing.SUPPORTS]
    against = [item for item in bearing if item.bearings[one.ref] is Bearing.AGAINST]
    if not against:
        text = mark("Nothing stands against this explanation yet. What could?")
        yield Hint("no-counter-evidence", text, place)
    if one.confidence is Confidence.HIGH:
        yield from _unexplained(one, against)
    if blaming(f"{one.statement}\n{one.reason}", character) and not _shown(supports):
        text = mark("This says what somebody is. What was done or seen that shows it?")
        yield Hint("character-words", text, place)
    if len(bearing) >= ENOUGH_TO_BE_ONE_SIDED and _one_partner(bearing):
        text = mark("All that bears on this comes from one partner. What would the other say?")
        yield Hint("one-source", text, place)
    yield from _not_for_joint_work(supports, place)
    yield from _change_of_mind(one, seen.today)


def _touches(item: WeighedEvidence, one: WeighedExplanation) -> bool:
    return item.bearings.get(one.ref, Bearing.NEUTRAL) is not Bearing.NEUTRAL


def _shown(supports: Sequence[WeighedEvidence]) -> bool:
    return any(item.behavioural for item in supports)


def _one_partner(items: Sequence[WeighedEvidence]) -> bool:
    sources = {item.source for item in items}
    return len(sources) == 1 and "" not in sources


def _unexplained(one: WeighedExplanation, against: Sequence[WeighedEvidence]) -> Iterator[Hint]:
    text = mark("Confidence is high, and this speaks against it. Why does it stand all the same?")
    for item in against:
        if one.ref not in item.explained:
            yield Hint("unexplained-against-high", text, f"evidence:{item.ref}", _layer(item))


def _layer(item: WeighedEvidence) -> Layer:
    return Layer.SAFETY if item.layer is Layer.SAFETY else Layer.CLINICIAN


def _not_for_joint_work(supports: Sequence[WeighedEvidence], place: str) -> Iterator[Hint]:
    for layer in (Layer.CLINICIAN, Layer.SAFETY):
        closed = [
            item
            for item in supports
            if item.usable is not Usable.MAY_BE_USED and _layer(item) is layer
        ]
        if closed:
            text = say_count(
                "%(number)s piece of evidence was told in private and may not be brought up.",
                "%(number)s pieces of evidence were told in private and may not be brought up.",
                len(closed),
            )
            where = place if len(closed) > 1 else f"evidence:{closed[0].ref}"
            yield Hint("not-for-joint-work", text, where, layer)


def _change_of_mind(one: WeighedExplanation, today: dt.date) -> Iterator[Hint]:
    place = f"explanation:{one.ref}"
    if len(one.would_change_my_mind.strip()) < SHORTEST_CHANGE_OF_MIND:
        text = mark("Say what would change your mind about this explanation.")
        yield Hint("no-change-of-mind", text, place)
    elif one.test_by is not None and one.test_by < today:
        text = mark("The day to look at this test again has passed. What did it show?")
        yield Hint("test-date-passed", text, place)


def _about_the_range(
    live: Sequence[WeighedExplanation], seen: WeighedFormulation
) -> Iterator[Hint]:
    if len(live) == 1:
        text = mark("There is only one explanation. What else could it be?")
        yield Hint("only-one-explanation", text, "explanations")
    looked_at = seen.considered | {one.kind for one in seen.explanations}
    if NO_BREACH not in looked_at:
        text = mark("You have not looked yet at whether no line was crossed at all.")
        yield Hint("no-breach-not-considered", text, "explanations")
    if CONTROL in looked_at:
        return
    if seen.hidden_from_fear:
        text = mark("Something was hidden out of fear. Look at control and fear before the rest.")
        yield Hint("fear-without-control", text, "explanations", Layer.SAFETY)
    else:
        text = mark("You have not looked yet at control and fear, in either direction.")
        yield Hint("control-not-considered", text, "explanations", Layer.SAFETY)


def _about_the_case(seen: WeighedFormulation, character: Sequence[WordGroup]) -> Iterator[Hint]:
    if len(seen.evidence) >= ENOUGH_TO_BE_ONE_SIDED and _one_partner(seen.evidence):
        text = mark("All evidence comes from one partner. What do you see, and what do others say?")
        yield Hint("all-from-one-partner", text, "evidence")
    if blaming(seen.responsibility, character):
        text = mark("Responsibility is about what was done. This says what somebody is.")
        yield Hint("character-words", text, "responsibility")
    if not seen.strengths.strip():
        yield Hint("no-strengths", _strengths_text(seen.frames), "strengths")


def _strengths_text(frames: Collection[str]) -> str:
    if any(PROTECTIVE in slot.split(".") for slot in frames):
        return mark("You noted what protects. Name at least one strength here too.")
    return mark("Name at least one strength.")


def _about_age(seen: WeighedFormulation) -> Iterator[Hint]:
    age = seen.age
    if age is None:
        return
    if age.review_due is not None and age.review_due < seen.today:
        text = mark("The day to review this formulation has passed.")
        yield Hint("review-date-passed", text, "review")
    if age.appointments >= age.review_after:
        text = say_count(
            "There has been %(number)s appointment since this was last looked at.",
            "There have been %(number)s appointments since this was last looked at.",
            age.appointments,
        )
        yield Hint("appointments-since", text, "review")
    if age.disclosures:
        text = mark("Something new was told in private since this was last looked at.")
        yield Hint("disclosure-since", text, "review")
