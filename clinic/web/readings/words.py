"""What the fields of a saved reading are called, and which of them hold keys."""

from collections.abc import Mapping
from enum import Enum

from clinic.domain.agreement import OnsetStatus, Openness
from clinic.domain.behaviours import Frequency, StillHappening
from clinic.domain.formulation import (
    Bearing,
    Confidence,
    Diagnosticity,
    ExplanationStatus,
    RollUp,
)
from clinic.domain.said import mark
from clinic.domain.visibility import Layer
from clinic.services.snapshots import OBSERVATION

KINDS = {
    "reading": mark("The reading"),
    "onset": mark("What was agreed when it began"),
    "explanation": mark("Explanations"),
    "evidence": mark("Evidence"),
    "behaviour": mark("Behaviours"),
    "themes": mark("Themes"),
    "frames": mark("Frames beside it"),
}
LABELS: Mapping[tuple[str, str], str] = {
    ("reading", "roll_up"): mark("Roll-up"),
    ("reading", "confidence"): mark("Confidence"),
    ("reading", "reason"): mark("Why, and what is new"),
    ("reading", "responsibility"): mark("Who did what"),
    ("reading", "strengths"): mark("Strengths"),
    ("reading", "review_on"): mark("Look at this reading again on"),
    ("reading", "couple_summary"): mark("Summary for them to read"),
    ("onset", "status"): mark("What was agreed"),
    ("onset", "wording"): mark("What was agreed, in words"),
    ("onset", "openness"): mark("%(name)s: how open it was"),
    ("onset", "words"): mark("%(name)s: in this person's words"),
    ("explanation", "about"): mark("About whom"),
    ("explanation", "kind"): mark("Explanation"),
    ("explanation", "statement"): mark("In your words, for these people"),
    ("explanation", "confidence"): mark("Confidence"),
    ("explanation", "reason"): mark("Why this confidence"),
    ("explanation", "would_change_my_mind"): mark("What would change my mind"),
    ("explanation", "test_by"): mark("Look at it again by"),
    ("explanation", "status"): mark("Where it stands"),
    ("evidence", OBSERVATION): mark("What was seen or heard"),
    ("evidence", "source"): mark("Who it comes from"),
    ("evidence", "kind"): mark("Kind of evidence"),
    ("evidence", "observed_on"): mark("When"),
    ("evidence", "diagnosticity"): mark("How much it tells apart"),
    ("evidence", "layer"): mark("Who may know it"),
    ("evidence", "bearing"): mark("Bearing on: %(name)s"),
    ("evidence", "why"): mark("Why it bears so on: %(name)s"),
    ("behaviour", "about"): mark("Who does it"),
    ("behaviour", "source"): mark("Who it comes from"),
    ("behaviour", "layer"): mark("Who may know it"),
    ("behaviour", "behaviour"): mark("Behaviour"),
    ("behaviour", "frequency"): mark("How often"),
    ("behaviour", "still_happening"): mark("Still happening"),
    ("behaviour", "times_raised"): mark("How many times it was raised"),
    ("behaviour", "own_words"): mark("In own words"),
    ("themes", "theme"): mark("Theme"),
}
#: Closed lists, by the kind of section and the field.
LISTS: Mapping[tuple[str, str], type[Enum]] = {
    ("reading", "roll_up"): RollUp,
    ("reading", "confidence"): Confidence,
    ("onset", "status"): OnsetStatus,
    ("onset", "openness"): Openness,
    ("explanation", "confidence"): Confidence,
    ("explanation", "status"): ExplanationStatus,
    ("evidence", "diagnosticity"): Diagnosticity,
    ("evidence", "layer"): Layer,
    ("evidence", "bearing"): Bearing,
    ("behaviour", "layer"): Layer,
    ("behaviour", "frequency"): Frequency,
    ("behaviour", "still_happening"): StillHappening,
}
DAYS = frozenset({"review_on", "test_by", "observed_on"})
PEOPLE = frozenset({"about", "source"})
#: Fields, and kinds of section, that hold what somebody typed.
TYPED = frozenset(
    {"reason", "responsibility", "strengths", "couple_summary", "wording", "words", "statement"}
    | {"would_change_my_mind", OBSERVATION, "why", "own_words", "frames", "themes"}
)
GONE = mark("One that is no longer there")
PRIVATE = mark("Private to %(name)s")
SAFETY = mark("Safety, from %(name)s, for you alone")
