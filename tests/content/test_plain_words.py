"""Do the words that can blame cover what they should, and is a fault of the file named?"""

import re
from pathlib import Path

import pytest

from clinic.content.loader import ContentError, load_library
from clinic.content.plain_words_loader import FILE, load_plain_words
from clinic.content.vignettes_loader import load_demo
from clinic.domain.plain_words import blaming, resembles
from clinic.domain.visibility import Layer
from tests.content.reading_age import grade

GROUPS = load_plain_words()
DEMO = load_demo(load_library())
SUMMARIES = {
    name: vignette.reading.couple_summary
    for name, vignette in DEMO.vignettes.items()
    if vignette.reading and vignette.reading.couple_summary
}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He is a cheater.", "cheater"),
        ("The victim left.", "victim"),
        ("You are so SELFISH", "SELFISH"),
        ("Passive aggressive notes", "Passive aggressive"),
        ("a narcissist's charm", "narcissist's"),
        ("gaslighting", "gaslighting"),
        ("You always leave", "always"),
        ("You never ask", "never"),
        ("It hurt, but it passed", "but"),
        ("Full custody", "custody"),
        ("There was proof", "proof"),
        ("time to move on", "move on"),
        ("the affair", "affair"),
        ("It was your fault", "fault"),
        ("done on purpose", "on purpose"),
        ("They were just friends", "just friends"),
        ("only a symptom", "symptom"),
        ("an avoidant type", "avoidant"),
    ],
)
def test_words_that_blame_are_found(text, found):
    assert [one.word for one in blaming(text, GROUPS)] == [found]


@pytest.mark.parametrize("name", SUMMARIES)
def test_the_summaries_of_the_demo_use_none_of_the_words(name):
    assert blaming(SUMMARIES[name], GROUPS) == []


@pytest.mark.parametrize("name", SUMMARIES)
def test_the_summaries_of_the_demo_resemble_nothing_private(name):
    vignette = DEMO.vignettes[name]
    private = {
        str(place): one.observation
        for place, one in enumerate(vignette.evidence)
        if one.layer in {Layer.PRIVATE, Layer.SAFETY}
    }
    assert resembles(SUMMARIES[name], private) == []
    for source, words in private.items():
        found = resembles(f"{SUMMARIES[name]} {words}", private)
        assert source in {one.source for one in found}


def test_ordinary_words_are_left_alone():
    text = (
        "The messages hurt, and they also filled a silence. We look at what lies beneath, who "
        "missed what, how each draws back, and what meant a lot to you both last winter."
    )
    assert blaming(text, GROUPS) == []


def test_only_words_about_a_person_count_as_character_words():
    people = {group.key for group in GROUPS if group.about_a_person}
    assert people == {"branding", "roles", "character", "diagnosis"}


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.key)
def test_a_group_gives_a_short_reason_and_another_way(group):
    for text in (group.why, group.instead):
        assert len(re.findall(r"[.?](?=\s|$|”)", text)) <= 2
        assert grade(text) <= 9
    assert group.why != group.instead


def test_no_reason_or_advice_blames_in_its_turn():
    about_people = [group for group in GROUPS if group.about_a_person]
    for group in GROUPS:
        assert blaming(f"{group.why} {group.instead}", about_people) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"cheater"', '"cheater", "cheater"', "cheater is used twice"),
        ('"cheater"', '"cheater", "victim"', "victim is used twice"),
        ('key = "roles"', 'key = "branding"', "branding is used twice"),
        ('"cheater"', '"two words"', "items.0.words.1"),
        ('"cheater"', '"Cheater"', "items.0.words.1"),
        ('why = "This turns', 'whyever = "This turns', "items.0.why: Field required"),
        ('why = "This turns', 'why = "He turns', "“He” is not a word we use"),
    ],
)
def test_a_fault_is_named_with_its_place(tmp_path: Path, old, new, fault):
    text = FILE.read_text("utf-8")
    assert old in text
    path = tmp_path / "words.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=re.escape(fault)):
        load_plain_words(path)
