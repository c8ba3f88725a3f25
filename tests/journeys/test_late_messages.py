"""Mara and Jonas, from an empty installation to the printed sheets, through pages and forms."""

from math import sqrt

import pytest
from flask import Flask

from tests import pdf_reader
from tests.journeys import late_messages as story
from tests.journeys import walk
from tests.journeys.hands import FormHands, Hands, text

FILLED, BLANK = "What this person may read", "Nothing: a blank sheet"
OUR_GOALS, OKAY = "Our goals", "What’s okay"
PAPERS = {"A4": {(595, 842)}, "US Letter": {(612, 792)}}


@pytest.fixture
def hands(empty_app: Flask) -> Hands:
    """Ines's hands, in a practice she has just set up."""
    walk.set_up(FormHands(empty_app), walk.code_in_the_terminal(empty_app))
    another_day = FormHands(empty_app)
    walk.sign_in(another_day)
    return another_day


def sheet(hands: Hands, title: str, reader: str, paper: str = "A4", fill: str = FILLED) -> bytes:
    answers = {"For whom": reader, "What is filled in": fill, "Paper": paper}
    return walk.print_sheet(hands, title, answers)


def words(pdf: bytes) -> str:
    return " ".join(pdf_reader.pages(pdf))


def score_by_hand(levels: list[int], weights: list[int]) -> float:
    """Kiresuk and Sherman's formula with their correlation of 0.3."""
    weighted = sum(w * x for w, x in zip(weights, levels, strict=True))
    spread = 0.7 * sum(w * w for w in weights) + 0.3 * sum(weights) ** 2
    return 50 + 10 * weighted / sqrt(spread)


def test_the_late_messages_from_first_visit_to_printed_sheets(hands: Hands) -> None:
    story.tell_first_half(hands)
    check_symptom_layer(hands)
    check_issue_layer(hands)
    check_summary(hands)
    story.tell_second_half(hands)
    check_scores(hands)
    check_own_goal_sheets(hands)
    check_papers(hands)
    check_blank_sheets(hands)


def check_symptom_layer(hands: Hands) -> None:
    walk.go(hands, "Symptom layer")
    seen = text(hands)
    for key in story.ZONES:
        assert walk.CONCERN.behaviours[key].label in seen
    for key in ("R05", "R10"):
        assert walk.CONCERN.responses[key].label in seen
    assert seen.count("Most days or nights, since July 2025") == 3
    assert seen.count("2: Kept back") == seen.count("2: Clear") == 3
    assert seen.count("2: Never discussed, probably not fine") == 3
    assert seen.count("Objectionable") == 4


def check_issue_layer(hands: Hands) -> None:
    walk.go(hands, "Issue layer")
    cards = hands.html().select("section.card")
    names = [card.h2.get_text() for card in cards]
    assert names == [walk.CONCERN.explanations[key].name for key in ("H2", "H3", "H1", "H7")]
    against = cards[-1].find("h3", string="Against").find_next("ul").get_text(" ")
    contradicting = {"E01", "E12", "E07"}
    for key, observation, _, _ in story.EVIDENCE:
        assert (observation in against) == (key in contradicting)
    assert cards[-1].find("h3", string="For").find_next("ul").get_text(strip=True) == "Nothing yet"


def check_summary(hands: Hands) -> None:
    walk.go(hands, "Overview")
    assert "Symptom leading, medium confidence" in text(hands)
    assert story.SUMMARY in text(hands)
    hands.open("/")
    assert "Mara and Jonas" in text(hands)
    hands.follow("Mara and Jonas")


def check_scores(hands: Hands) -> None:
    walk.go(hands, "Goals")
    [table] = [t for t in hands.html().select("table") if "Attainment score" in t.get_text()]
    shown = [row.select("td")[0].get_text(" ", strip=True) for row in table.select("tbody tr")]
    goals = list(story.GOALS.values())
    weights = [weight for _, _, weight, _ in goals]
    expected = [
        f"{score_by_hand([levels[place] for *_, levels in goals], weights):.1f}"
        for place in range(len(story.DAYS))
    ]
    assert shown == [f"{THERAPIST_CELL} {value} 4 of 4 rated" for value in expected]


#: A cell repeats its column's name, for phones where cells are stacked.
THERAPIST_CELL = walk.THERAPIST


def check_own_goal_sheets(hands: Hands) -> None:
    for reader, other in (story.NAMES, story.NAMES[::-1]):
        pdf = sheet(hands, OUR_GOALS, reader)
        printed = words(pdf)
        for key, (wording, *_) in story.GOALS.items():
            assert wording in printed
            assert all(anchor in printed for anchor in story.anchors(key))
        assert own_numbers(pdf) == [str(n) for n in story.CLOSENESS[reader]]
        assert own_numbers(pdf) != [str(n) for n in story.CLOSENESS[other]]
        assert pdf_reader.elements(pdf)
        check_nothing_private(pdf)
        check_nothing_private(sheet(hands, OKAY, reader))


def own_numbers(pdf: bytes) -> list[str]:
    """The ratings printed on a sheet, in reading order."""
    rows = [each.text for each in pdf_reader.elements(pdf) if each.tag == "TR"]
    numbers = [row.removeprefix("My number").split() for row in rows if row.startswith("My number")]
    return [number for row in numbers for number in row]


def check_nothing_private(pdf: bytes) -> None:
    everything = words(pdf) + pdf_reader.xmp(pdf) + str(pdf_reader.metadata(pdf))
    for secret in ("father", "affair", "miscarriage", "silent as before", "hard winter"):
        assert secret not in everything


def check_papers(hands: Hands) -> None:
    for title in (OKAY, OUR_GOALS):
        for paper, size in PAPERS.items():
            for fill in (FILLED, BLANK):
                pdf = sheet(hands, title, "Mara", paper, fill)
                assert pdf_reader.paper(pdf) == size
                assert ("Mara" in words(pdf)) == (fill == FILLED)


def check_blank_sheets(hands: Hands) -> None:
    """A blank sheet is the same for everyone, so nobody learns from it who has said what."""
    for title in (OKAY, OUR_GOALS):
        mara, jonas = (words(sheet(hands, title, name, fill=BLANK)) for name in story.NAMES)
        assert mara == jonas
        assert all(wording not in mara for wording, *_ in story.GOALS.values())


def test_names_of_any_alphabet_come_back_from_paper(hands: Hands) -> None:
    walk.open_case(hands, ("Łukasz Žižek", "Сава"), "Not signed yet")
    assert "Łukasz Žižek" in words(sheet(hands, OKAY, "Łukasz Žižek"))
    printed = words(sheet(hands, OUR_GOALS, "Łukasz Žižek", "US Letter"))
    assert "Łukasz Žižek" in printed
    assert "Сава" in printed
