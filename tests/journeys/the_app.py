"""Dev and Noor: the app he keeps. Facts of a made-up case, and how it is typed in."""

from tests.journeys import walk
from tests.journeys.hands import Answers, Hands

NAMES = ("Noor", "Dev")
NOOR_ALONE = "I have looked at flats on my own."
CHANGE_MY_MIND = (
    "He can name something he has missed here and asks for it, and the profile stays gone"
    " three months."
)
SUMMARY = (
    "You have said aloud twice what you expect of each other. We will find out what each of you"
    " is willing to offer, and by when you want to know."
)
DAYS = ("2026-02-03", "2026-02-17", "2026-03-03")

#: Goals in the order they are set: key, words, owners, weight, and the therapist's ratings.
GOALS = {
    "G14": ("Apps and accounts cleaned up", ("Dev",), 1, (-2, 0, -2)),
    "G15": ("A clear decision about staying, by 1 May", NAMES, 3, (-1, -1, 0)),
    "G19": ("Support of my own in place", ("Dev",), 1, (-1, -1, 0)),
}
#: Behaviours with the zones of Noor and Dev.
ZONES = {
    "B26": ("Beyond", "Gray, depends"),
    "B15": ("Objectionable", "Gray, depends"),
    "B37": ("Beyond", "Gray, depends"),
}
EXPLANATIONS = {
    "H7": "He does not want to be held to one person, and has not said so.",
    "H4": "He stays, and keeps a way out where he can see it.",
    "H5": "He likes to know that he could.",
    "H2": "Something is missing for him here.",
}
EVIDENCE = (
    ("E03", "It was the same in two earlier relationships, and in good times too.", "Dev", 1),
    ("E04", "Promised twice, and the app was changed for another.", "Noor", 1),
    ("E10", "A second account under another name.", "Noor", 1),
    ("E18", "Both say the agreement was said aloud, twice.", "Therapist", 1),
    ("E20", "Several people at once on the app.", "Noor", 1),
    ("E13", "He calls the relationship good, and wants the app all the same.", "Dev", 1),
    ("E16", "I don't think I'm made for one person.", "Dev", 2),
)
READING: Answers = {
    "Roll-up": "Issue itself leading",
    "Confidence": "High",
    "Why, and what is new": "The same in good times and with others; he says it is who he is.",
    "Strengths": "He speaks plainly when not cornered. Noor knows her line.",
    "Summary for them to read": SUMMARY,
}


def see(hands: Hands) -> None:
    """Write down the symptom layer."""
    responses = [walk.CONCERN.responses[key].label for key in ("R05", "R06", "R09", "R12")]
    for key, (noor, dev) in ZONES.items():
        facts: Answers = {
            "Whose behaviour": "Dev",
            "Who reports it": "Noor",
            "How often": "Daily",
            "Still happening": "Not clear",
            "How it became known": "Discovered",
            "How many times it was raised before": "3",
            "What happened when it was raised": responses,
        }
        walk.record(hands, key, facts, {"Noor": {"Zone": noor}, "Dev": {"Zone": dev}})


def explain(hands: Hands, key: str) -> None:
    """Propose one explanation."""
    walk.explain(hands, key, EXPLANATIONS[key], change_my_mind=CHANGE_MY_MIND)


def observe(hands: Hands) -> None:
    """Add the evidence, and what Noor said alone."""
    for key, observation, source, appointment in EVIDENCE:
        walk.observe(hands, key, observation, source, DAYS[appointment - 1])
    walk.confide(hands, NOOR_ALONE, "Noor", "2026-01-27")


def work_on_goals(hands: Hands) -> None:
    """Set the goals and rate them at three appointments."""
    set_goals(hands)
    for place in range(len(DAYS)):
        meet(hands, place)


def set_goals(hands: Hands) -> None:
    """Set a pair, and one more issue goal beside it."""
    behaviour, issue, beside = (
        walk.goal(group, key, *GOALS[key][:3])
        for group, key in (
            ("Behaviour goal", "G14"),
            ("Issue goal", "G15"),
            ("Issue goal", "G19"),
        )
    )
    walk.set_pair(hands, behaviour, issue)
    walk.add_beside(hands, "Add an issue goal here", beside)


def meet(hands: Hands, place: int) -> None:
    """Hold one appointment, and write down what the therapist found."""
    walk.hold(hands, DAYS[place])
    walk.rate(hands, "Therapist", walk.found(GOALS, place))


def tell(hands: Hands) -> None:
    """The whole story without its refusals."""
    walk.open_case(hands, NAMES, "No secrets")
    see(hands)
    walk.agree(hands, "Agreed out loud", dict.fromkeys(NAMES, "Said aloud"))
    for key in EXPLANATIONS:
        explain(hands, key)
    observe(hands)
    walk.roll_up(hands, READING)
    walk.send(hands, "Save this reading")
    work_on_goals(hands)
