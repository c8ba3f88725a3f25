import pytest

from clinic.domain.scripts import (
    Direction,
    composed,
    direction_of_language,
    direction_of_text,
    held_together,
    look,
    most_marks,
    printable,
)

LTR, RTL = Direction.LEFT_TO_RIGHT, Direction.RIGHT_TO_LEFT


@pytest.mark.parametrize(
    ("tag", "direction"),
    [("en-GB", LTR), ("eo", LTR), ("ar", RTL), ("he-IL", RTL), ("fa", RTL), ("ur", RTL)],
)
def test_a_language_is_written_one_way(tag, direction):
    assert direction_of_language(tag) is direction


@pytest.mark.parametrize(
    ("text", "direction"),
    [("Sam", LTR), ("דנה", RTL), ("“דנה”", RTL), ("(Sam) דנה", LTR), ("李", LTR), ("🙂 سام", RTL)],
)
def test_the_first_letter_says_which_way_a_text_is_written(text, direction):
    assert direction_of_text(text, LTR) is direction
    assert direction_of_text(text, RTL) is direction


@pytest.mark.parametrize("text", ["", "2026", "?!", "🙂"])
def test_a_text_without_letters_is_written_as_all_around_it(text):
    assert direction_of_text(text, LTR) is LTR
    assert direction_of_text(text, RTL) is RTL


def test_marks_are_put_on_their_letters_and_nothing_else_is_changed():
    assert composed("Zoe\u0308") == "Zoë"
    # A Japanese family keeps its own shape of a character, which composing would replace.
    assert composed("\ufa19") == "\ufa19"


def test_a_mark_that_no_sign_has_on_its_letter_is_loose():
    assert look("Ọláṣẹ\u0301", LTR) == "marked"
    assert look("Ola", LTR) == ""


def test_only_the_letter_with_the_most_marks_counts():
    assert most_marks("a\u0301\u0302 b\u0301") == 2
    assert most_marks("שָׁלוֹם") == 2


def test_signs_that_turn_a_text_round_are_left_out():
    assert printable("Sam\u202egnp.exe\u202d!") == "Samgnp.exe!"


def test_signs_that_join_letters_are_kept():
    for text in ("می\u200cشود", "👩🏽\u200d🚀", "Sam\u200f!"):
        assert printable(text) == text


def test_a_line_of_the_other_direction_keeps_its_full_stop_at_its_end():
    assert held_together("Call us.", RTL) == "Call us.\u200e"
    assert held_together("Call us.", LTR) == "Call us."
    assert held_together("", RTL) == ""


def test_a_telephone_number_is_not_torn():
    assert held_together("0800 000 at 9 am", LTR) == "0800\u00a0000 at 9 am"
