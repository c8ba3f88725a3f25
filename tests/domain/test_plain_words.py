"""Which words are pointed at while writing, and which passages resemble private ones."""

import time
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.domain.plain_words import Match, WordGroup, blaming, resembles

NAMES = WordGroup("names", ("liar", "cheat", "a-lie"), "It names.", "Say what.")
HABITS = WordGroup("habits", ("always", "hate", "deny", "stop-at-nothing", "but"), "Why.", "How.")
GROUPS = [NAMES, HABITS]


def words(text):
    return [found.word for found in blaming(text, GROUPS)]


def passages(text, *private, known=()):
    sources = {f"e{number}": each for number, each in enumerate(private, start=1)}
    return [text[one.start : one.end] for one in resembles(text, sources, known=known)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Two LIARS and a Liar's tale.", ["LIARS", "Liar's"]),
        ("She cheated, is cheating, cheats.", ["cheated", "cheating", "cheats"]),
        (
            "They hated it, hating how it denied and denies.",
            ["hated", "hating", "denied", "denies"],
        ),
        (
            "Stopping at nothing, stopped  at\nnothing.",
            ["Stopping at nothing", "stopped  at\nnothing"],
        ),
        ("That was a lie. Tell a-lie? But: “ALWAYS”!", ["a lie", "a-lie", "But", "ALWAYS"]),
        ("The liars\u2019 club, a liar\u2019s", ["liars", "liar\u2019s"]),
    ],
)
def test_a_word_is_found_whole_in_all_its_forms(text, found):
    assert words(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Familiar sideways",
        "Hats, butter and button",
        "Stop. At last nothing",
        "What lies below",
    ],
)
def test_parts_of_other_words_are_not_found(text):
    assert words(text) == []


def test_a_find_says_where_why_and_how_else():
    (found,) = blaming("No, a liar.", GROUPS)
    assert (found.start, found.end, found.why, found.instead) == (6, 10, "It names.", "Say what.")


def test_the_longest_phrase_is_found_alone():
    groups = [WordGroup("k", ("guilty", "guilty-party", "party"), "Why.", "How.")]
    assert [one.word for one in blaming("The guilty party left", groups)] == ["guilty party"]
    assert [one.word for one in blaming("A party, guilty", groups)] == ["party", "guilty"]


def test_a_phrase_cut_off_by_the_end_is_not_found():
    assert words("They would stop at") == []


@given(st.text(alphabet="liar but\u2019'-.alwys", max_size=60))
def test_every_find_is_a_piece_of_the_text_and_none_overlap(text):
    found = blaming(text, GROUPS)
    assert all(text[one.start : one.end] == one.word for one in found)
    assert all(one.end <= two.start for one, two in pairwise(found))


@pytest.mark.parametrize(
    ("text", "private", "found"),
    [
        (
            "We know that my father had an affair.",
            "“My FATHER -- had an affair”, she wrote.",
            ["my father had an affair"],
        ),
        (
            "Jonas told of the miscarriage, to a colleague, before Mara knew.",
            "Told the colleague: the miscarriage, before Mara!",
            [],
        ),
        (
            "He looked at flats in Leeds alone.",
            "Looking at a flat in Leeds, alone",
            ["flats in Leeds alone"],
        ),
        (
            "a quiet garden with one old bench",
            "quiet green garden, wooden bench",
            ["quiet garden with one old bench"],
        ),
        ("a quiet garden bench", "quiet, then the lovely green garden, bench", []),
        ("Since 14 March 2025 it is calm.", "2025-03-14", ["14 March 2025"]),
        ("Since March 14th, 2025 it is calm.", "It was on 14.3.2025.", ["March 14th, 2025"]),
        ("Since the 14th of March it is calm.", "On 14 March: calm", ["14th of March it is calm"]),
        ("On 14 March 14 guests sang.", "14 March, guests", ["14 March 14 guests"]),
        (
            "Trust was 3, closeness 4.",
            "Trust three and closeness four",
            ["Trust was 3, closeness 4"],
        ),
        ("Trust was 3, closeness 4.", "Trust five, closeness six", []),
        ("Room 07 near platform 12", "room 7, platform twelve", ["Room 07 near platform 12"]),
    ],
)
def test_a_passage_resembles_by_a_run_or_by_rare_words_in_order(text, private, found):
    assert passages(text, private) == found


def test_short_common_phrases_resemble_nothing():
    private = "It is hard for us to talk about it, and we want to be good to each other again."
    assert passages("You want to be good to each other.", private) == []
    assert passages("It is hard for you to talk.", private) == []


@pytest.mark.parametrize("private", ["Evening: alone in Leeds", "two evenings, alone, Leeds"])
def test_a_word_that_looks_like_a_form_of_a_filler_counts(private):
    assert resembles("An evening alone in Leeds.", {"e1": private})
    assert resembles("The meetings with a friend in Leeds", {"e1": "meeting a friend from Leeds"})
    assert not resembles("It was even alone in Leeds.", {"e1": private})


def test_a_long_run_of_common_words_is_no_chance():
    private = "I do not want to be here with you any more"
    assert passages("You do not want to be here with you any more.", private) == [
        "do not want to be here with you any more"
    ]


def test_one_rare_word_makes_a_run_of_five():
    assert passages("when it comes to gambling, we", "So when it comes to gambling.") == [
        "when it comes to gambling"
    ]
    assert passages("it comes to gambling", "it comes to gambling") == []


def test_names_that_everybody_knows_are_no_rare_words():
    private = "Mara and Jonas argue"
    assert passages("Mara, Jonas: argue less.", private) == ["Mara, Jonas: argue"]
    assert passages("Mara, Jonas: argue less.", private, known=["Mara", "Jonas"]) == []


def test_passages_come_in_text_order_each_with_its_source():
    text = "Flats in Leeds alone. A father had an affair then."
    found = resembles(text, {"z": "father had an affair then", "a": "flats, Leeds, alone"})
    assert [one.source for one in found] == ["a", "z"]
    assert found[0] == Match(0, len("Flats in Leeds alone"), "a")


def test_two_hits_that_touch_are_one_passage():
    text = "flats leeds alone monday rain"
    assert passages(text, "flats leeds alone monday rain") == [text]


def test_two_hits_apart_are_two_passages():
    text = "Flats in Leeds alone. It is hard for all of you and us. Rain on Monday morning."
    assert passages(text, "Flats, Leeds, alone. Now. Rain, Monday, morning") == [
        "Flats in Leeds alone",
        "Rain on Monday morning",
    ]


@pytest.mark.parametrize("private", ["", " \n", "the and of"])
def test_nothing_resembles_an_empty_text(private):
    assert passages("Flats in Leeds alone.", private) == []
    assert passages(private, "Flats in Leeds alone.") == []


@given(st.text(max_size=80), st.text(max_size=80))
def test_every_match_lies_in_the_text_and_the_same_again_is_found_again(text, private):
    found = resembles(text, {"e1": private})
    assert found == resembles(text, {"e1": private})
    assert all(0 <= one.start < one.end <= len(text) for one in found)


@given(st.lists(st.sampled_from(["flats", "leeds", "rain", "garden", "monday"]), min_size=3))
def test_a_text_of_rare_words_resembles_itself(found):
    text = " ".join(found)
    assert passages(text, text) == [text]


def test_two_hundred_long_private_texts_are_read_in_little_time():
    chance = Random(7)  # noqa: S311 - texts to read, no secret
    vocabulary = ["".join(chance.choices("abcdefgo", k=chance.randint(2, 8))) for _ in range(3000)]
    private = {str(n): " ".join(chance.choices(vocabulary, k=720))[:4000] for n in range(200)}
    text = " ".join(chance.choices(vocabulary, k=400)) + " " + private["150"][1000:1100]
    repeated = {**private, "no": "no " * 1333}
    begun = time.process_time()
    found = resembles(text + " no" * 500, repeated)
    assert time.process_time() - begun < 8
    assert {"150", "no"} <= {one.source for one in found}
