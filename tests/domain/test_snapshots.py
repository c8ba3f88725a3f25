import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.domain.snapshots import (
    LONG_TEXT,
    ChangeKind,
    Difference,
    Field,
    RepeatedKeyError,
    Section,
    SnapshotError,
    UnknownFormatError,
    compare,
    from_json,
    marked,
    to_json,
)

ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=20)
FIELDS = st.lists(
    st.builds(Field, ANY_TEXT, ANY_TEXT, ANY_TEXT), max_size=4, unique_by=lambda field: field.key
)
SECTIONS = st.lists(
    st.builds(Section, ANY_TEXT, ANY_TEXT, FIELDS),
    max_size=4,
    unique_by=lambda section: section.key,
)


def section(key="why", /, **values):
    return Section(
        key, key.title(), [Field(name, name.title(), text) for name, text in values.items()]
    )


def told(older, newer, **options):
    return [(each.label, each.kind) for each in compare(older, newer, **options)]


def test_a_changed_field_shows_both_texts():
    assert compare([section(reason="The move")], [section(reason="The birth")]) == (
        Difference("Why", "Reason", "The move", "The birth", ChangeKind.CHANGED, "why", "reason"),
    )


def test_what_did_not_change_is_left_out_unless_asked_for():
    same = [section(reason="The move")]
    assert compare(same, same) == ()
    assert told(same, same, unchanged=True) == [("Reason", ChangeKind.SAME)]


def test_entries_are_found_again_by_their_key_and_not_by_their_place():
    older = [section(e1="Late messages", e2="A second phone")]
    newer = [section(e3="Told freely", e2="A second phone", e1="Late messages, twice")]
    assert told(older, newer) == [("E3", ChangeKind.ADDED), ("E1", ChangeKind.CHANGED)]


def test_a_removed_entry_stands_where_it_stood():
    older = [section(e1="one", e2="two", e3="three", e4="four")]
    newer = [section(e1="one!", e4="four!")]
    assert told(older, newer) == [
        ("E1", ChangeKind.CHANGED),
        ("E2", ChangeKind.REMOVED),
        ("E3", ChangeKind.REMOVED),
        ("E4", ChangeKind.CHANGED),
    ]


def test_an_entry_removed_from_the_top_stands_at_the_top():
    assert told([section(e1="one", e2="two")], [section(e2="two!")]) == [
        ("E1", ChangeKind.REMOVED),
        ("E2", ChangeKind.CHANGED),
    ]


def test_a_whole_section_that_came_or_went_is_told_field_by_field():
    assert told([section("lens", a="1", b="2")], [section("cycle", c="3")]) == [
        ("A", ChangeKind.REMOVED),
        ("B", ChangeKind.REMOVED),
        ("C", ChangeKind.ADDED),
    ]


def test_a_field_that_was_empty_or_missing_counts_as_empty():
    assert told([section(reason="")], [section(reason="The move")]) == [
        ("Reason", ChangeKind.ADDED)
    ]
    assert told([section(reason="The move")], [section(reason="")]) == [
        ("Reason", ChangeKind.REMOVED)
    ]
    assert compare([], [section(reason="")]) == ()


def test_new_titles_and_labels_are_shown_and_are_no_change_themselves():
    older = [Section("why", "Why", [Field("r", "Reason", "The move")])]
    relabelled = [Section("why", "Why now", [Field("r", "Grounds", "The move")])]
    changed = [Section("why", "Why now", [Field("r", "Grounds", "The birth")])]
    assert compare(older, relabelled) == ()
    (difference,) = compare(older, changed)
    assert (difference.section, difference.label) == ("Why now", "Grounds")


def test_two_fields_or_sections_of_one_key_are_refused():
    with pytest.raises(RepeatedKeyError):
        Section("why", "Why", [Field("r", "A", ""), Field("r", "B", "")])
    with pytest.raises(RepeatedKeyError):
        compare([section(), section()], [])
    with pytest.raises(RepeatedKeyError):
        to_json([section(), section()])


def test_two_sections_of_one_title_are_told_apart_by_their_keys():
    older = [Section("evidence.1", "", [Field("text", "text", "Late")])]
    newer = [*older, Section("evidence.2", "", [Field("text", "text", "Later")])]
    (difference,) = compare(older, newer)
    assert (difference.section_key, difference.key) == ("evidence.2", "text")


@given(SECTIONS, SECTIONS)
def test_no_text_of_either_version_is_lost_in_a_comparison(older, newer):
    differences = compare(older, newer, unchanged=True)
    before = sorted(field.value for part in older for field in part.fields)
    after = sorted(field.value for part in newer for field in part.fields)
    assert sorted(each.before for each in differences if each.before) == [t for t in before if t]
    assert sorted(each.after for each in differences if each.after) == [t for t in after if t]


@given(SECTIONS, SECTIONS)
def test_read_the_other_way_round_what_was_added_is_removed(older, newer):
    def counts(differences):
        kinds = [each.kind for each in differences]
        return [kinds.count(kind) for kind in ChangeKind]

    added, removed, changed, same = counts(compare(older, newer, unchanged=True))
    assert counts(compare(newer, older, unchanged=True)) == [removed, added, changed, same]


def marks(runs):
    return [run.text.strip() for run in runs if run.changed]


def test_only_the_words_that_changed_are_marked():
    before, after = marked(
        "It began after the move, they say.", "It began before the move, he says."
    )
    assert marks(before) == ["after", "they say"]
    assert marks(after) == ["before", "he says"]


def test_a_sentence_put_in_is_marked_on_one_side_only():
    before, after = marked("They laugh.", "They laugh. Both came.")
    assert marks(before) == []
    assert marks(after) == ["Both came."]


def test_a_full_stop_is_not_part_of_the_word_before_it():
    before, after = marked("They laugh", "They laugh.")
    assert (marks(before), marks(after)) == ([], ["."])


def test_new_spacing_alone_is_not_marked():
    before, after = marked("one two", "one\n\ntwo")
    assert (marks(before), marks(after)) == ([], [])
    assert "".join(run.text for run in after) == "one\n\ntwo"


def test_an_accent_stays_with_its_letter():
    decomposed = "cafe\N{COMBINING ACUTE ACCENT}"
    assert marks(marked("cafe", decomposed)[1]) == [decomposed]


@pytest.mark.parametrize(("before", "after"), [("", ""), ("", "new"), ("old", "")])
def test_an_empty_side_has_no_runs(before, after):
    old, new = marked(before, after)
    assert (len(old), len(new)) == (bool(before), bool(after))


def test_one_word_is_found_in_a_very_long_text():
    words = [f"word{number}" for number in range(3 * LONG_TEXT)]
    changed = [*words[:1500], "different", *words[1501:]]
    before, after = marked(" ".join(words), " ".join(changed))
    assert (marks(before), marks(after)) == (["word1500"], ["different"])


@given(ANY_TEXT, ANY_TEXT)
def test_the_runs_of_a_side_are_its_text_letter_by_letter(before, after):
    old, new = marked(before, after)
    assert ("".join(run.text for run in old), "".join(run.text for run in new)) == (before, after)


@given(ANY_TEXT)
def test_a_text_beside_itself_has_no_mark(text):
    old, new = marked(text, text)
    assert not any(run.changed for run in (*old, *new))


@given(SECTIONS)
def test_a_version_is_read_back_exactly_as_it_was_written(sections):
    assert from_json(to_json(sections)) == tuple(sections)


def test_two_halves_of_one_sign_do_not_become_the_whole():
    halves = [section(reason="\ud83d\ude00")]
    assert from_json(to_json(halves)) == tuple(halves)


@pytest.mark.parametrize("number", [0, 2, "1", None, [1]])
def test_a_version_in_an_unknown_format_is_refused(number):
    with pytest.raises(UnknownFormatError):
        from_json(json.dumps({"format": number, "sections": []}))


GOOD_FIELD = {"key": "r", "label": "R", "value": "text"}


@pytest.mark.parametrize(
    "written",
    [
        [],
        {"sections": []},
        {"format": 1},
        {"format": 1, "sections": "none"},
        {"format": 1, "sections": [{"key": "a", "title": "A"}]},
        {"format": 1, "sections": [{"key": "a", "title": 1, "fields": []}]},
        {"format": 1, "sections": [{"key": "a", "title": "A", "fields": ["text"]}]},
        {"format": 1, "sections": [{"key": "a", "title": "A", "fields": [GOOD_FIELD] * 2}]},
        {"format": 1, "sections": [{"key": "a", "title": "A", "fields": []}] * 2},
    ],
)
def test_what_is_no_saved_version_is_refused(written):
    with pytest.raises(SnapshotError):
        from_json(json.dumps(written))


@pytest.mark.parametrize("text", ["", "{", "no json"])
def test_a_damaged_text_is_refused(text):
    with pytest.raises(SnapshotError):
        from_json(text)
