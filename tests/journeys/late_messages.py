"""Mara and Jonas: the late messages. Facts of a made-up case, and how it is typed in."""

from tests.journeys import walk
from tests.journeys.hands import Answers, Hands

NAMES = ("Mara", "Jonas")
MARA_ALONE = "My father had an affair. I may be seeing something that isn't there."
JONAS_ALONE = "I told Lena about the miscarriage before I ever spoke of it with Mara."
SUMMARY = (
    "The messages hurt, and they also filled a silence that had grown since last winter."
    " We will look at both: what is agreed about other people, and how you find each other"
    " again in the evening."
)
CHANGE_MY_MIND = (
    "The contact ends and after four weeks the evenings are as silent as before, or something"
    " similar starts elsewhere."
)
FIRST_REASON = "The need and the silence explain most of what was seen."
LATER_REASON = "The evenings changed before the messages stopped mattering."
SEEN_LATER = "He saw how much it had hurt, and stayed with it."
STRENGTHS = "Both came. Humour. A good year before the move."

DAYS = ("2026-01-08", "2026-01-15", "2026-01-22", "2026-01-29", "2026-02-05", "2026-02-12")

LATER_READING: Answers = {
    "Roll-up": "Symptom leading",
    "Confidence": "High",
    "Why, and what is new": LATER_REASON,
    "Strengths": STRENGTHS,
    "Summary for them to read": SUMMARY,
}

#: Goals in the order they are set: key, words, owners, weight, and the therapist's ratings.
GOALS = {
    "G01": ("Contact with Lena at work only, as agreed", ("Jonas",), 2, (-1, 0, 0, 1, 1, 1)),
    "G10": ("I ask for one thing I need each week", ("Jonas",), 3, (-2, -1, -1, 0, 1, 0)),
    "G11": ("Three evenings a week without phones", NAMES, 2, (-2, -1, 0, 0, 0, 1)),
    "G06": ("I raise a worry with the steps", ("Mara",), 1, (-1, -1, 0, 0, 1, 1)),
}
CLOSENESS = {"Mara": (3, 3, 4, 5, 6, 7), "Jonas": (3, 4, 4, 6, 7, 7)}

ZONES = {
    "B11": ("Objectionable", "Gray, depends"),
    "B18": ("Objectionable", "Gray, depends"),
    "B14": ("Objectionable", "Objectionable"),
}
EXPLANATIONS = {
    "H2": "He missed being asked how he was after his mother died, and did not say so.",
    "H1": "She took it that close messages are for the two of them; he never thought about it.",
    "H3": "She asks more the quieter he gets, and he goes quiet the more she asks.",
    "H7": "He holds that such a friendship is nobody's business.",
}
#: Evidence: key, words, who said it, and the appointment it belongs to.
EVIDENCE = (
    ("E01", "The messages began after his mother's death and the move.", "Jonas", 1),
    ("E12", "He misses being asked about his day, and never said so at home.", "Jonas", 1),
    ("E19", "They place the messages differently, and never talked about it.", "Therapist", 1),
    ("E21", "It grew slowly, with one colleague, out of a hard winter at work.", "Jonas", 1),
    ("E07", "He says it was his doing, and asks himself why.", "Therapist", 2),
)


def tell_first_half(hands: Hands) -> str:
    """From an open door to the summary for them to read; gives the case's address."""
    case = walk.open_case(hands, NAMES, "Limited secrets")
    see(hands)
    walk.agree(
        hands,
        "Each understood it differently",
        {"Mara": "Assumed", "Jonas": "Never discussed"},
    )
    look_beneath(hands)
    walk.roll_up(
        hands,
        {
            "Roll-up": "Symptom leading",
            "Confidence": "Medium",
            "Why, and what is new": FIRST_REASON,
            "Strengths": STRENGTHS,
            "Summary for them to read": SUMMARY,
        },
    )
    walk.send(hands, "Save this reading")
    return case


def see(hands: Hands) -> None:
    """Write down the symptom layer."""
    responses = [walk.CONCERN.responses[key].label for key in ("R05", "R10")]
    for key, (mara, jonas) in ZONES.items():
        facts: Answers = {
            "Whose behaviour": "Jonas",
            "Who reports it": "Mara",
            "How often": "Most days or nights",
            "Since which month": "July",
            "Since which year": "2025",
            "Still happening": "Yes",
            "How it became known": "Discovered",
            "How many times it was raised before": "1",
            "Who else is involved": "A colleague",
            "What happened when it was raised": responses,
        }
        seen = {
            "Concealment": "Kept back",
            "Romantic or emotional function": "Clear",
            "Conflict with what was agreed": "Never discussed, probably not fine",
        }
        placings: dict[str, Answers] = {
            "Therapist": seen,
            "Mara": {"Zone": mara},
            "Jonas": {"Zone": jonas},
        }
        walk.record(hands, key, facts, placings)


def look_beneath(hands: Hands) -> None:
    """Propose explanations, and add evidence for and against them."""
    for key, statement in EXPLANATIONS.items():
        walk.explain(hands, key, statement, change_my_mind=CHANGE_MY_MIND)
    for key, observation, source, appointment in EVIDENCE:
        walk.observe(hands, key, observation, source, DAYS[appointment - 1])
    walk.confide(hands, MARA_ALONE, "Mara", "2025-12-18")
    walk.confide(hands, JONAS_ALONE, "Jonas", "2025-12-19")


def tell_second_half(hands: Hands) -> None:
    """From the goals to the last appointment."""
    set_goals(hands)
    for place in range(len(DAYS)):
        meet(hands, place)


def set_goals(hands: Hands) -> None:
    """Set the first pair, and the other two goals beside it."""
    first, second, third, fourth = (
        walk.goal(group, key, *GOALS[key][:3])
        for group, key in (
            ("Behaviour goal", "G01"),
            ("Issue goal", "G10"),
            ("Issue goal", "G11"),
            ("Behaviour goal", "G06"),
        )
    )
    walk.set_pair(hands, first, second)
    walk.add_beside(hands, "Add an issue goal here", third)
    walk.add_beside(hands, "Add a behaviour goal here", fourth)


def meet(hands: Hands, place: int) -> None:
    """Hold one appointment, and write down what everybody found."""
    walk.hold(hands, DAYS[place])
    walk.rate(hands, "Therapist", walk.found(GOALS, place))
    for name, numbers in CLOSENESS.items():
        question = f"{GOALS['G11'][0]} > Own rating from 0 to 10"
        walk.rate(hands, name, {question: str(numbers[place])})


def tell(hands: Hands) -> None:
    """The whole story."""
    tell_first_half(hands)
    tell_second_half(hands)
