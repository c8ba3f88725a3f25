"""Elena and Viktor: the concern is ordinary life. Facts of a made-up case, and how to type it."""

from tests.journeys import walk
from tests.journeys.controls import said
from tests.journeys.hands import Answers, Hands

NAMES = ("Elena", "Viktor")
ELENA_ALONE = "She hides calls to her sister because of what happened the last time."
DAY = "2026-02-10"
EXPLANATIONS = {
    "H11": "What is objected to is ordinary life, and what is asked for limits it.",
    "H0": "Nothing was crossed: friends, a colleague and a sister.",
}
CHANGE_MY_MIND = "Each describes, alone and more than once, a life that nobody limits."
READING: Answers = {
    "Roll-up": "Safety track",
    "Confidence": "Medium",
    "Why, and what is new": "Individual talks first. Joint work on openness waits.",
    "Strengths": "Each came to a first talk alone.",
}


def see(hands: Hands) -> None:
    """Write down what Viktor objects to, and that the calls were hidden out of fear."""
    for key in ("B01", "B02", "B10"):
        facts: Answers = {
            "Whose behaviour": "Elena",
            "Who reports it": "Viktor",
            "How often": "Not clear",
            "Still happening": "Not clear",
            "How it became known": "Told freely",
        }
        placings: dict[str, Answers] = {"Viktor": {"Zone": "Beyond"}}
        if key == "B10":
            placings["Therapist"] = {"Concealment": "Hidden from fear"}
        walk.record(hands, key, facts, placings)
    walk.agree(hands, "Each understood it differently", {"Viktor": "Said aloud"})


def look_beneath(hands: Hands) -> None:
    """Propose the explanations, and keep what Elena said in the safety layer."""
    for key, statement in EXPLANATIONS.items():
        walk.explain(hands, key, statement, change_my_mind=CHANGE_MY_MIND)
    walk.observe(hands, "E28", "Friends and a sister are placed beyond.", "Viktor", DAY)
    walk.go(hands, "Issue layer")
    hands.follow("Add evidence")
    hands.fill(
        {
            "What was seen or heard": ELENA_ALONE,
            "Who it comes from": "Elena",
            "When": DAY,
            "Who may know it": "Safety, for the treating clinician alone",
        }
    )
    walk.send(hands, "Add")


def ask_alone(hands: Hands) -> None:
    """Write down what Elena said when she was asked alone."""
    walk.go(hands, "Overview")
    hands.follow("Safety, for you alone")
    cards = {said(card.h2): card for card in hands.html().select("section.card")}
    hands.open(str(cards["Elena"].select_one("a")["href"]))
    hands.fill(
        {
            "Was it asked alone?": "Yes, alone",
            "On which day": DAY,
            "What was told, in this person's own words": ELENA_ALONE,
            "What you make of it today": "Something came up",
            "Why you think so": "She has stopped seeing friends.",
        }
    )
    walk.send(hands, "Write it down")
