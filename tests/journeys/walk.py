"""The path of a case, step by step, as a therapist walks it through the pages."""

from collections.abc import Mapping, Sequence

from flask import Flask

from clinic.content.loader import load_library
from clinic.content.worksheets_loader import load_worksheets
from clinic.domain.goals import Attainment
from tests.journeys.controls import Answer
from tests.journeys.hands import Answers, Hands, problems, text

CONCERN = load_library().concerns["outside-contact"]
WORKSHEETS = load_worksheets()
PASSWORD = "slow rivers carve deep valleys"
THERAPIST = "Therapist"

#: A goal's words, its owners, its weight, and how the therapist rates it at each appointment.
SetGoal = tuple[str, Sequence[str], int, Sequence[int]]


def code_in_the_terminal(app: Flask) -> str:
    """Read the one-time code that the first start prints."""
    # The flask command enters the app before it runs one of its commands.
    with app.app_context():
        printed = app.test_cli_runner().invoke(args=["setup-code"]).output
    return printed.strip().rpartition(" ")[2]


def set_up(hands: Hands, code: str) -> None:
    """Create the practice on the first visit, then leave and sign in as on any other day."""
    hands.open("/")
    hands.fill(
        {
            "Code from the terminal": code,
            "Name of the practice": "Harbour Practice",
            "Your name": "Ines Ferrara",
            "Your e-mail address": "ines@example.org",
            "Password": PASSWORD,
        }
    )
    send(hands, "Create the practice")
    assert "Your practice is ready" in text(hands)


def sign_in(hands: Hands) -> None:
    """Sign in on a browser that is new."""
    hands.open("/")
    hands.fill({"E-mail address": "ines@example.org", "Password": PASSWORD})
    send(hands, "Sign in")


def send(hands: Hands, button: str) -> None:
    """Press a button and see that nothing was refused."""
    hands.press(button)
    refused = problems(hands)
    assert not refused, f"{button}: {refused}"


def go(hands: Hands, step: str) -> None:
    """Go to a part of the case by the navigation beside it."""
    links = {link.get_text(" ", strip=True): link for link in hands.html().select("nav.steps a")}
    link = links.get(step) or links[f"{step} (done)"]
    if hands.address() != link["href"]:
        hands.open(str(link["href"]))


def open_case(hands: Hands, names: Sequence[str], policy: str, called: str = "couple") -> str:
    """Open a case from the caseload, and give its address."""
    hands.open("/")
    hands.follow("Open a case")
    for number, name in enumerate(names, start=1):
        if number > 2:
            send(hands, "Add another partner")
        group = f"Partner {number} > "
        hands.fill({f"{group}Name": name, f"{group}Number or address": f"0170 555 {number}"})
    hands.fill({"Policy on secrets between partners": policy, "What to call them together": called})
    send(hands, "Open the case")
    return hands.address()


def record(hands: Hands, key: str, facts: Answers, placings: Mapping[str, Answers]) -> None:
    """Record a behaviour of the inventory with everybody's placing."""
    go(hands, "Symptom layer")
    hands.follow("Record a behaviour")
    hands.fill({"What is visible": CONCERN.behaviours[key].label, **facts})
    for person, answers in placings.items():
        hands.fill({f"{row}, {person}": answer for row, answer in answers.items()})
    send(hands, "Record")


def agree(hands: Hands, status: str, positions: Mapping[str, str]) -> None:
    """Write down what was agreed at the time."""
    go(hands, "What was agreed")
    hands.fill({"Between them": status})
    hands.fill({f"{name} > How it stood": answer for name, answer in positions.items()})
    send(hands, "Save and go on")


def explain(hands: Hands, key: str, statement: str, **more: Answer) -> None:
    """Propose an explanation."""
    go(hands, "Issue layer")
    hands.follow("Add an explanation")
    hands.fill(
        {
            "Explanation": CONCERN.explanations[key].name,
            "In your words, for these people": statement,
            "What would change my mind": more.pop("change_my_mind"),
            **more,
        }
    )
    send(hands, "Add")


def observe(hands: Hands, key: str, observation: str, source: str, day: str) -> None:
    """Add evidence of the list, with the bearing this kind usually has."""
    go(hands, "Issue layer")
    hands.follow("Add evidence")
    hands.fill(
        {
            "What was seen or heard": observation,
            "Kind of evidence": CONCERN.evidence[key].label,
            "Who it comes from": source,
            "When": day,
        }
    )
    send(hands, "Add")


def confide(hands: Hands, words: str, source: str, day: str, kind: str = "") -> None:
    """Write down what one partner said alone."""
    go(hands, "Issue layer")
    hands.follow("Add evidence")
    hands.fill(
        {
            "What was seen or heard": words,
            "Who it comes from": source,
            "When": day,
            "Who may know it": "Private to the person it came from",
        }
    )
    if kind:
        hands.fill({"Kind of evidence": CONCERN.evidence[kind].label})
    send(hands, "Add")


def roll_up(hands: Hands, answers: Answers) -> None:
    """Fill in the roll-up; pressing the button is left to the story."""
    go(hands, "Roll-up and summary")
    hands.fill(answers)


def goal(group: str, key: str, wording: str, owners: Sequence[str], weight: int) -> Answers:
    """Answer the questions about one goal, beginning from the library."""
    return {
        f"{group} > From the library": CONCERN.goals[key].text,
        f"{group} > Goal, in their words": wording,
        f"{group} > Who can do it": list(owners),
        f"{group} > Weight beside the other goals": str(weight),
    }


def set_pair(hands: Hands, behaviour: Answers, issue: Answers) -> None:
    """Set a pair, with the five steps that the library suggests."""
    go(hands, "Goals")
    hands.follow("Set a pair of goals")
    hands.fill({**behaviour, **issue})
    send(hands, "Fill in suggested texts")
    send(hands, "Set the pair")


def add_beside(hands: Hands, link: str, answers: Answers) -> None:
    """Add another goal to the first pair."""
    go(hands, "Goals")
    hands.follow(link)
    hands.fill(answers)
    send(hands, "Fill in suggested texts")
    send(hands, "Set the goal")


def hold(hands: Hands, day: str) -> None:
    """Start the next appointment, with everybody there."""
    go(hands, "Appointments")
    hands.follow("Start an appointment")
    hands.fill({"Day": day})
    send(hands, "Start")


def rate(hands: Hands, rater: str, answers: Answers) -> None:
    """Write down what one person found, at the appointment that is open."""
    hands.follow(f"Rate as {rater}")
    hands.fill(answers)
    send(hands, "Save")


def found(goals: Mapping[str, SetGoal], place: int) -> Answers:
    """Answer the rating page for one appointment, in the words of each goal's steps."""
    return {
        f"{wording} > What happened": anchors(key)[levels[place] + 2]
        for key, (wording, _, _, levels) in goals.items()
    }


def anchors(key: str) -> Sequence[str]:
    """Give a goal's five steps from the library, lowest first."""
    stub = CONCERN.goals[key]
    return [stub.anchors[level] for level in Attainment]


def print_sheet(hands: Hands, key: str, answers: Answers, *, filled: bool = True) -> bytes:
    """Print a worksheet from the shelf, with every field that can be filled in, or none."""
    go(hands, "Worksheets")
    cards = {str(card.h3.get_text()): card for card in hands.html().select("section.card:has(h3)")}
    [link] = cards[WORKSHEETS[key].title].select("a")
    hands.open(str(link["href"]))
    hands.fill({**answers, "What is filled in": fields(hands) if filled else []})
    return hands.print("Open the PDF")


def fields(hands: Hands) -> list[str]:
    """Read which fields of the sheet that is prepared can be filled in, one by one."""
    labels = hands.html().select("[data-swaps=fields] label")
    return [text for label in labels if (text := label.get_text(strip=True)) != "All of these"]
