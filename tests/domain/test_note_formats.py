import pytest

from clinic.content.notes_loader import load_note_formats
from clinic.domain.note_formats import every_place, laid_out, places_left, places_of, title_of

FORMATS = load_note_formats()
PARTNERS = ["a", "b", "c"]


def test_each_partner_has_a_text_of_their_own():
    keys = [place.key for place in places_of(FORMATS["couple"], PARTNERS)]
    assert [key for key in keys if key.startswith("progress")] == [
        "progress.a",
        "progress.b",
        "progress.c",
    ]
    assert len(set(keys)) == len(keys)


def test_the_same_kind_of_text_keeps_its_key_from_form_to_form():
    assert all("plan" in every_place({key: form}, PARTNERS) for key, form in FORMATS.items())


def test_what_another_form_had_stands_behind_and_nothing_twice():
    written = ["data", "assessment", "plan"]
    left = places_left(FORMATS["girp"], FORMATS, PARTNERS, written)
    assert [place.key for place in left] == ["assessment", "data"]
    keys = [place.key for place in laid_out(FORMATS, "girp", PARTNERS, written)]
    assert keys == ["goals", "intervention", "response", "plan", "assessment", "data"]


@pytest.mark.parametrize("form", [*FORMATS, "gone"])
def test_no_written_text_is_left_out_whatever_the_form_became(form):
    written = [*every_place(FORMATS, PARTNERS), "once", "partner.who-left"]
    keys = [place.key for place in laid_out(FORMATS, form, PARTNERS, written)]
    assert sorted(keys) == sorted(set(written))


@pytest.mark.parametrize("word", ["triad", "relationship"])
def test_a_title_uses_the_case_s_own_word(word):
    titles = [title_of(form, word) for form in FORMATS.values()]
    assert f"Note on the {word}" in titles
    assert not [title for title in titles if "couple" in title.lower()]
