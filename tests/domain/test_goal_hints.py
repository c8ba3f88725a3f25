"""What is worth a second look in a goal's words, with the words that ship."""

import pytest

from clinic.content.loader import load_library
from clinic.content.plain_words_loader import GOAL_WORDS, load_plain_words
from clinic.content.vignettes_loader import load_demo
from clinic.domain.goal_hints import goal_hints

GROUPS = load_plain_words(GOAL_WORDS)
LIBRARY = load_library()


def words(text, others=()):
    return [hint.words for hint in goal_hints(text, others, GROUPS)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mara stops being jealous", "stops being"),
        ("he forgives me by spring", "forgives"),
        ("trusts me again", "trusts me"),
        ("give each other our passwords", "passwords"),
        ("share his location at night", "location"),
        ("read the messages together", "read the messages"),
        ("no more shoving", "shoving"),
        ("stop the threats", "threats"),
    ],
)
def test_feelings_watching_and_safety_are_worth_a_second_look(text, found):
    assert found in words(text)


def test_who_speaks_of_the_own_feeling_gets_no_hint():
    assert words("I say it when I feel jealous") == []
    assert words("We notice when we are jealous and take a walk") == []


def test_watching_stays_worth_a_look_whoever_speaks():
    assert words("I read the messages on Sundays") == ["read the messages"]


def test_a_goal_that_somebody_else_would_do_names_that_partner():
    assert words("Mara calls before nine", ["Mara"]) == ["Mara"]
    assert words("Mara's worry gets ten minutes", ["Mara"]) == []
    assert words("Maral calls", ["Mara"]) == []
    assert words("calls Mara before nine", ["Mara"]) == []


def test_a_partner_without_a_name_is_never_meant():
    assert words("calls before nine", [""]) == []


def test_every_hint_gives_a_reason_and_another_way():
    for hint in goal_hints("Mara forgives and gives her password", ["Mara"], GROUPS):
        assert hint.why
        assert hint.instead
        assert hint.why != hint.instead


@pytest.mark.parametrize("goal", LIBRARY.concerns["outside-contact"].goals.values(), ids=str)
def test_no_goal_of_the_library_gives_a_hint(goal):
    assert words(goal.text) == []


@pytest.mark.parametrize("name", load_demo(LIBRARY).vignettes)
def test_no_goal_of_the_demo_gives_a_hint(name):
    vignette = load_demo(LIBRARY).vignettes[name]
    for goal in vignette.goals:
        others = [one.name for one in vignette.partners if one.name not in goal.owners]
        assert words(goal.wording, others) == []
