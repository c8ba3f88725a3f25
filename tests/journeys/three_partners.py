"""Kim, Lou and Tariq: three partners. Facts of a made-up case, and how it is typed in."""

from tests.journeys import walk
from tests.journeys.hands import Answers, Hands

NAMES = ("Kim", "Lou", "Tariq")
CALLED = "relationship"
CHANGE_MY_MIND = "Laid side by side, the three say the same about contact with others."
DAYS = ("2026-03-02", "2026-03-16", "2026-03-30")
#: Key, words, owners, weight and the ratings: a goal of one, of two and of all three.
GOALS = {
    "G14": ("Go through my apps with the person each concerns", ("Kim",), 1, (-2, -1, 0)),
    "G08": ("Write down what the two of us agree", ("Kim", "Lou"), 2, (-1, -1, 0)),
    "G09": ("A weekly check-in of all three", NAMES, 1, (-2, 0, 1)),
}
READING: Answers = {
    "Roll-up": "Agreement mismatch",
    "Confidence": "Medium",
    "Why, and what is new": "Each two of them have a rule of their own.",
    "Strengths": "All three came, and each speaks of the others kindly.",
    "Summary for them to read": "Each two of you have an agreement. We will lay them side by side.",
}


def see(hands: Hands) -> None:
    """Write down the symptom layer, with everybody's own placing."""
    facts: Answers = {
        "Whose behaviour": "Kim",
        "Who reports it": "Lou",
        "How often": "About weekly",
        "Still happening": "Yes",
        "How it became known": "Discovered",
    }
    zones = {"Kim": "Within what is fine", "Lou": "Objectionable", "Tariq": "Within what is fine"}
    walk.record(hands, "B38", facts, {name: {"Zone": zone} for name, zone in zones.items()})
    stood = dict.fromkeys(NAMES, "Said aloud")
    walk.agree(hands, "Each understood it differently", stood)


def look_beneath(hands: Hands) -> None:
    """Propose an explanation about all of them, and one about two."""
    for key, about in (("H1", "The relationship"), ("H7", "Kim and Lou")):
        words = "A rule of two, and a rule of three."
        walk.explain(hands, key, words, change_my_mind=CHANGE_MY_MIND, **{"About whom": about})
    walk.observe(hands, "E19", "They place the app differently.", "Therapist", DAYS[0])
    walk.roll_up(hands, READING)
    walk.send(hands, "Save this reading")


def set_goals(hands: Hands) -> None:
    """Set goals of one, of two and of all three."""
    behaviour, issue, beside = (
        walk.goal(group, key, *GOALS[key][:3])
        for group, key in (
            ("Behaviour goal", "G14"),
            ("Issue goal", "G08"),
            ("Issue goal", "G09"),
        )
    )
    walk.set_pair(hands, behaviour, issue)
    walk.add_beside(hands, "Add an issue goal here", beside)


def meet(hands: Hands, place: int) -> None:
    """Hold one appointment; the therapist rates, and each of the three their closeness."""
    walk.hold(hands, DAYS[place])
    walk.rate(hands, "Therapist", walk.found(GOALS, place))
    for number, name in enumerate(NAMES):
        question = f"{GOALS['G09'][0]} > Own rating from 0 to 10"
        walk.rate(hands, name, {question: str(4 + place + number)})
