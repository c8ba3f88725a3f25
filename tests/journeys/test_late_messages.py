"""Mara and Jonas, from an empty installation to the printed sheets, through pages and forms."""

from collections.abc import Mapping
from math import sqrt

from tests import pdf_reader
from tests.journeys import late_messages as story
from tests.journeys import on_paper, walk
from tests.journeys.hands import FormHands, Hands, text

OUR_GOALS, OKAY = "w13", "w02"
PAPERS = {"A4": {(595, 842)}, "US Letter": {(612, 792)}}


def sheet(hands: Hands, key: str, reader: str, paper: str = "A4", *, filled: bool = True) -> bytes:
    return walk.print_sheet(hands, key, {"For whom": reader, "Paper": paper}, filled=filled)


def words(pdf: bytes) -> str:
    return " ".join(pdf_reader.pages(pdf))


def score_by_hand(levels: list[int], weights: list[int]) -> float:
    """Kiresuk and Sherman's formula with their correlation of 0.3."""
    weighted = sum(w * x for w, x in zip(weights, levels, strict=True))
    spread = 0.7 * sum(w * w for w in weights) + 0.3 * sum(weights) ** 2
    return 50 + 10 * weighted / sqrt(spread)


def test_the_late_messages_from_first_visit_to_printed_sheets(hands: FormHands) -> None:
    story.tell_first_half(hands)
    check_symptom_layer(hands)
    check_issue_layer(hands)
    check_summary(hands)
    story.tell_second_half(hands)
    check_scores(hands)
    check_own_ratings(hands)
    check_readings(hands)
    check_sheets(hands)
    check_blank_sheets(hands)
    walk.go(hands, "Overview")
    on_paper.check_every_sheet(hands, hands.address())


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
    check_attainment(hands, story.GOALS, len(story.DAYS))


def check_attainment(hands: Hands, told: Mapping[str, walk.SetGoal], appointments: int) -> None:
    """The therapist's scores are those of the formula, worked out here by hand."""
    walk.go(hands, "Goals")
    [table] = [t for t in hands.html().select("table") if "Attainment score" in t.get_text()]
    shown = [row.select("td")[0].get_text(" ", strip=True) for row in table.select("tbody tr")]
    goals = list(told.values())
    weights = [weight for _, _, weight, _ in goals]
    expected = [
        f"{score_by_hand([levels[place] for *_, levels in goals], weights):.1f}"
        for place in range(appointments)
    ]
    # A cell repeats its column's name, for phones where cells are stacked.
    rated = f"{len(goals)} of {len(goals)} rated"
    assert [cell.partition(" rated")[0] + " rated" for cell in shown] == [
        f"{walk.THERAPIST} {value} {rated}" for value in expected
    ]


def check_own_ratings(hands: Hands) -> None:
    """Each partner's own numbers are drawn for that partner alone, and never made into a score."""
    goal = story.GOALS["G11"][0]
    for name, numbers in story.CLOSENESS.items():
        walk.go(hands, "Goals")
        hands.follow(name)
        sentence = "; ".join(f"{place}: {number}" for place, number in enumerate(numbers, start=1))
        drawings = hands.html().select("figure svg")
        assert drawings
        for drawing in drawings:
            assert drawing.desc.get_text() == f"{goal}: {sentence}."


def check_readings(hands: Hands) -> None:
    """The reading of the first appointment stands beside that of the sixth, field by field."""
    walk.observe(hands, "E26", story.SEEN_LATER, "Therapist", story.DAYS[-1])
    walk.roll_up(hands, story.LATER_READING)
    walk.send(hands, "Save this reading")
    walk.go(hands, "Roll-up and summary")
    hands.follow("All readings")
    hands.follow("Compare two")
    hands.open(f"{hands.address()}?older=1&newer=2")
    seen = text(hands)
    for changed in ("Medium", "High", story.FIRST_REASON, story.LATER_REASON, story.SEEN_LATER):
        assert changed in seen
    hands.open(hands.address().replace("/readings/compare", "/readings/1"))
    assert story.FIRST_REASON in text(hands)
    assert story.SEEN_LATER not in text(hands)


def check_sheets(hands: Hands) -> None:
    for paper, size in PAPERS.items():
        for reader in story.NAMES:
            goals = sheet(hands, OUR_GOALS, reader, paper)
            check_goals_on_paper(words(goals))
            assert own_numbers(goals) == [str(n) for n in story.CLOSENESS[reader]]
            for pdf in (goals, sheet(hands, OKAY, reader, paper)):
                assert pdf_reader.paper(pdf) == size
                assert reader in words(pdf)
                check_nothing_private(pdf)


def check_goals_on_paper(printed: str) -> None:
    for key, (wording, *_) in story.GOALS.items():
        assert wording in printed
        assert all(anchor in printed for anchor in walk.anchors(key))


def own_numbers(pdf: bytes) -> list[str]:
    """The ratings printed on a sheet, in reading order."""
    rows = [each.text for each in pdf_reader.elements(pdf) if each.tag == "TR"]
    numbers = [row.removeprefix("My number").split() for row in rows if row.startswith("My number")]
    return [number for row in numbers for number in row]


def check_nothing_private(pdf: bytes) -> None:
    everything = words(pdf) + pdf_reader.xmp(pdf) + str(pdf_reader.metadata(pdf))
    for secret in ("father", "affair", "miscarriage", "silent as before", "hard winter"):
        assert secret not in everything


def check_blank_sheets(hands: Hands) -> None:
    """A blank sheet is the same for everyone, so nobody learns from it who has said what."""
    for key in (OKAY, OUR_GOALS):
        for paper, size in PAPERS.items():
            mara, jonas = (sheet(hands, key, name, paper, filled=False) for name in story.NAMES)
            assert pdf_reader.paper(mara) == pdf_reader.paper(jonas) == size
            assert words(mara) == words(jonas)
            assert not own_numbers(mara)
            assert all(text not in words(mara) for text in story.NAMES)


def test_names_of_any_alphabet_come_back_from_paper(hands: Hands) -> None:
    walk.open_case(hands, ("Łukasz Žižek", "Сава"), "Not signed yet")
    assert "Łukasz Žižek" in words(sheet(hands, OKAY, "Łukasz Žižek"))
    printed = words(sheet(hands, OUR_GOALS, "Łukasz Žižek", "US Letter"))
    assert "Łukasz Žižek" in printed
    assert "Сава" in printed
