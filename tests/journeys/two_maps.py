"""Ruth and Adaeze: two maps. Facts of a made-up case, and how it is typed in."""

from tests.journeys import walk
from tests.journeys.hands import Answers, Hands

NAMES = ("Ruth", "Adaeze")
RUTH_ALONE = "I was alarmed like this once before, with somebody else."
DAY = "2026-03-03"
SUMMARY = (
    "Each of you went by a map of her own, and neither had shown it. We will write down what is"
    " fine with exes, what goes for the quiz night, and what telling means."
)
#: Explanation, statement, and whom it is about.
EXPLANATIONS = (
    ("H1", "One expects to be told, the other answers when asked.", "The relationship"),
    ("H0", "Nothing was crossed. The alarm comes from somewhere earlier.", "The relationship"),
    ("H6", "The quiz night was there before the two met.", "Adaeze"),
)
CHANGE_MY_MIND = {
    "H1": "They write an agreement that fits both, and the same quarrel comes back.",
    "H0": "Something comes up that would not have been done with Ruth there.",
    "H6": "The seat next to the ex is taken again when nobody speaks about it.",
}
EVIDENCE = (
    ("E11", "She never hid it, and did not know that it mattered.", "Adaeze"),
    ("E19", "They never talked about exes, and place them differently.", "Therapist"),
    ("E25", "She would sit there in just the same way with Ruth at the table.", "Adaeze"),
    ("E06", "She took another seat the week it was named.", "Ruth"),
    ("E24", "She is willing to change how it goes on.", "Adaeze"),
)
READING: Answers = {
    "Roll-up": "Agreement mismatch",
    "Confidence": "Medium",
    "Why, and what is new": "Never talked about, never hidden, and placed differently.",
    "Strengths": "She stopped the week it was named. Both can say what they hold.",
    "Summary for them to read": SUMMARY,
}


def see(hands: Hands) -> None:
    """Write down the symptom layer."""
    facts: Answers = {
        "Whose behaviour": "Adaeze",
        "Who reports it": "Ruth",
        "How often": "About weekly",
        "Still happening": "Yes",
        "How it became known": "Told when asked",
        "How many times it was raised before": "1",
        "Who else is involved": "An ex",
        "What happened when it was raised": [
            walk.CONCERN.responses[key].label for key in ("R11", "R13")
        ],
    }
    zones: dict[str, Answers] = {
        "Ruth": {"Zone": "Gray, depends"},
        "Adaeze": {"Zone": "Within what is fine"},
    }
    walk.record(hands, "B06", facts, zones)
    walk.agree(
        hands,
        "Each understood it differently",
        {"Ruth": "Assumed", "Adaeze": "Never discussed"},
    )


def look_beneath(hands: Hands) -> None:
    """Propose the explanations that nobody's answers proposed, and add the evidence."""
    for key, statement, about in EXPLANATIONS:
        more = {"change_my_mind": CHANGE_MY_MIND[key], "About whom": about}
        walk.explain(hands, key, statement, **more)
    for key, observation, source in EVIDENCE:
        walk.observe(hands, key, observation, source, DAY)
    walk.confide(hands, RUTH_ALONE, "Ruth", DAY, kind="E27")
