"""Kim, Lou and Tariq through the whole room: three partners, and nothing calls them two."""

from flask import Flask

from tests import pdf_reader
from tests.journeys import on_paper, walk
from tests.journeys import three_partners as story
from tests.journeys.filled import linked_pages
from tests.journeys.hands import FormHands, text
from tests.journeys.test_late_messages import score_by_hand

TWO = ("couple", "couples", "spouse", "husband", "wife", "marriage")
#: Names of published measures, and the field in which a practice says what it calls a case.
NAMED = {"measures.choose", "measures.enter", "cases.change"}


def test_three_partners_go_through_the_room_and_nothing_calls_them_two(
    empty_app: Flask, hands: FormHands
) -> None:
    case = tell(hands)
    check_numbers(hands)
    check_paper(hands)
    on_paper.check_every_sheet(hands, case)
    check_no_page_says_that_they_are_two(empty_app, hands, case)


def tell(hands: FormHands) -> str:
    """Tell the story, and give the case's address."""
    where = walk.open_case(hands, story.NAMES, "Limited secrets", called=story.CALLED)
    story.see(hands)
    story.look_beneath(hands)
    story.set_goals(hands)
    for place in range(len(story.DAYS)):
        story.meet(hands, place)
    hands.open(f"{hands.address()}/note")
    hands.fill({"Focus": "Three agreements", "How each partner was > Tariq": "He listened."})
    walk.send(hands, "Save, then read and sign")
    hands.fill({"What you are": "Therapist"})
    walk.send(hands, "Sign")
    hands.open(f"{where}/agreements")
    hands.press("Begin with Kim and Lou")
    return where


def check_no_page_says_that_they_are_two(app: Flask, hands: FormHands, case: str) -> None:
    pages = {name: url for name, url in linked_pages(app, hands, case) if case in url}
    assert len(pages) > 40
    said = []
    for name in pages.keys() - NAMED:
        hands.open(pages[name])
        words = set(text(hands).lower().replace(".", " ").replace(",", " ").split())
        said += [f"{name}: {word}" for word in TWO if word in words]
    assert not said, "\n".join(said)


def check_numbers(hands: FormHands) -> None:
    """Three raters and the therapist keep their own numbers."""
    walk.go(hands, "Goals")
    goals = list(story.GOALS.values())
    weights = [weight for _, _, weight, _ in goals]
    seen = text(hands)
    for place in range(len(story.DAYS)):
        levels = [levels[place] for *_, levels in goals]
        assert f"{score_by_hand(levels, weights):.1f}" in seen
    for number, name in enumerate(story.NAMES):
        walk.go(hands, "Goals")
        hands.follow(name)
        own = "; ".join(f"{place + 1}: {4 + place + number}" for place in range(3))
        assert f"{story.GOALS['G09'][0]}: {own}." in str(hands.html().select("figure svg desc"))


def check_paper(hands: FormHands) -> None:
    """Each gets paper of their own."""
    pdf = walk.print_sheet(hands, "w13", {"For whom": "Tariq"})
    printed = " ".join(pdf_reader.pages(pdf))
    assert "Tariq" in printed
    assert story.GOALS["G09"][0] in printed
    assert not [word for word in TWO if word in printed.lower()]
