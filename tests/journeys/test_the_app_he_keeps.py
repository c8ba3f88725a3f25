"""Dev and Noor: the reading that one explanation cannot carry, and the app that comes back."""

import pytest
from bs4 import Tag

from clinic.web.filters import signed
from tests.journeys import on_paper, walk
from tests.journeys import the_app as story
from tests.journeys.hands import FormHands, Hands, problems, text


@pytest.fixture
def hands(hands: FormHands) -> FormHands:
    """Ines's hands, with the symptom layer of Dev and Noor written down."""
    walk.open_case(hands, story.NAMES, "No secrets")
    story.see(hands)
    walk.agree(hands, "Agreed out loud", dict.fromkeys(story.NAMES, "Said aloud"))
    return hands


def test_high_confidence_waits_for_a_second_explanation(hands: FormHands) -> None:
    story.explain(hands, "H7")
    walk.roll_up(hands, story.READING)
    hands.press("Save this reading")
    [refusal] = problems(hands)
    assert "two active explanations" in refusal
    assert str(story.READING["Strengths"]) in text(hands)
    walk.go(hands, "Overview")
    assert "Issue itself leading" not in text(hands)

    for key in ("H4", "H5", "H2"):
        story.explain(hands, key)
    story.observe(hands)
    check_order(hands)
    walk.roll_up(hands, story.READING)
    walk.send(hands, "Save this reading")
    walk.go(hands, "Overview")
    assert "Issue itself leading, high confidence" in text(hands)
    on_paper.check_every_sheet(hands, hands.address())


def check_order(hands: Hands) -> None:
    walk.go(hands, "Issue layer")
    cards = hands.html().select("section.card")
    names = [walk.CONCERN.explanations[key].name for key in ("H7", "H4", "H5", "H2")]
    assert [card.h2.get_text() for card in cards] == names
    against = cards[-1].find("h3", string="Against").find_next("ul").get_text(" ")
    for key, observation, _, _ in story.EVIDENCE:
        assert (observation in against) == (key in {"E03", "E13"})


def test_the_app_comes_back_while_the_issue_goal_holds(hands: Hands) -> None:
    story.work_on_goals(hands)
    walk.go(hands, "Goals")
    page = hands.html()
    [table] = page.select("figure table")
    drawings = page.select("figure svg")
    assert drawings
    for wording, _, _, levels in story.GOALS.values():
        shown = [signed(level) for level in levels]
        assert column(table, wording) == shown
        sentence = "; ".join(f"{number}: {each}" for number, each in enumerate(shown, start=1))
        for drawing in drawings:
            assert f"{wording}: {sentence}." in drawing.desc.get_text()
    [app, decision] = (story.GOALS[key][3] for key in ("G14", "G15"))
    assert app[2] < app[1]
    assert decision[2] > decision[1]


def column(table: Tag, heading: str) -> list[str]:
    place = [each.get_text(strip=True) for each in table.select("thead th")].index(heading)
    rows = table.select("tbody tr")
    return [row.select("th, td")[place].get_text(strip=True) for row in rows]
