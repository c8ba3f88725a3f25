import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.domain.note_search import AROUND, Hit, fold, hits

TEXT = "They met on Friday. Élodie said: “Not  again.” It went well!\nThen a walk."


@pytest.mark.parametrize("wanted", ["elodie", "ELODIE", "Élodie", "E\u0301lodie", " elodie "])
def test_capitals_and_accents_do_not_matter(wanted):
    assert [hit.found for hit in hits(TEXT, wanted, 5)] == ["Élodie"]


def test_a_hit_comes_with_its_own_sentence_and_no_other():
    assert hits(TEXT, "walk", 5) == [Hit("Then a ", "walk", ".")]
    assert hits(TEXT, "met on", 5) == [Hit("They ", "met on", " Friday.")]


def test_words_are_found_beside_each_other_over_any_blanks():
    assert [hit.found for hit in hits(TEXT, "not again", 5)] == ["Not  again"]
    assert not hits(TEXT, "again not", 5)


def test_an_accent_of_its_own_belongs_to_its_letter():
    assert [hit.found for hit in hits("cafe\u0301 noir", "cafe", 5)] == ["cafe\u0301"]


def test_what_looks_like_a_pattern_is_taken_as_it_stands():
    assert [hit.found for hit in hits("3 (of 4) *", "(of 4) *", 5)] == ["(of 4) *"]
    assert not hits("anything", ".*", 5)


def test_so_many_hits_and_no_more():
    assert len(hits("a b a b a b", "a", 2)) == 2


def test_a_sentence_without_end_is_cut_at_a_word():
    text = "word " * 100 + "needle" + " more" * 100
    [hit] = hits(text, "needle", 1)
    assert hit.before.startswith("\u2026 word")
    assert hit.after.endswith("more \u2026")
    assert max(len(hit.before), len(hit.after)) <= AROUND + 2


@given(st.text(max_size=200), st.text(max_size=5))
def test_every_hit_stands_in_the_text_and_folds_to_what_was_wanted(text, wanted):
    for hit in hits(text, wanted, 3):
        assert hit.found in text
        assert fold(hit.found).startswith(fold(wanted)[:1])
        assert hit.before.removeprefix("\u2026 ") in text
