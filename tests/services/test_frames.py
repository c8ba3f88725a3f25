"""Frames beside the formulation, as they are stored."""

import pytest

from clinic.services import frames
from clinic.services.errors import MissingError, RefusedError, StaleError
from tests.factories import at_work, case_of

PLACE = "plan.not-yet.."
OTHER = "plan.first.."


def words(db, case):
    return {place: row.words for place, row in frames.entries(db, case).items()}


def test_texts_are_kept_by_their_places(store, ines):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        frames.write_frames(db, case, {PLACE: "the flat", OTHER: "evenings"}, {})
    with at_work(store, ines) as db:
        assert words(db, case_of(db, ines)) == {PLACE: "the flat", OTHER: "evenings"}


def test_a_text_can_be_emptied_and_an_empty_one_is_not_stored_anew(db, ines):
    case = case_of(db, ines)
    frames.write_frames(db, case, {PLACE: "the flat", OTHER: ""}, {})
    frames.write_frames(db, case, {PLACE: "", OTHER: ""}, {PLACE: 1})
    assert words(db, case) == {PLACE: ""}


def test_a_text_that_was_not_touched_overwrites_nothing_of_another_tab(db, ines):
    """The second tab still shows the old first text, and changes the other one only."""
    case = case_of(db, ines)
    frames.write_frames(db, case, {PLACE: "one", OTHER: "two"}, {})
    frames.write_frames(db, case, {OTHER: "two, changed"}, {OTHER: 1})
    frames.write_frames(db, case, {PLACE: "one, changed"}, {PLACE: 1})
    assert words(db, case) == {PLACE: "one, changed", OTHER: "two, changed"}


def test_one_stale_text_keeps_all_texts_of_the_save_from_being_written(db, ines):
    case = case_of(db, ines)
    frames.write_frames(db, case, {PLACE: "one"}, {})
    with pytest.raises(StaleError):
        frames.write_frames(db, case, {OTHER: "two", PLACE: "mine"}, {PLACE: 0})
    db.rollback()
    assert words(db, case) == {PLACE: "one"}


def test_themes_are_listed_in_the_order_they_were_added(db, ines):
    case = case_of(db, ines)
    for title in ("Evenings", " Money "):
        frames.add_theme(db, case, "deep", title)
    assert [row.title for row in frames.themes(db, case)] == ["Evenings", "Money"]


def test_a_theme_is_renamed_once_from_each_state_it_was_seen_in(db, ines):
    case = case_of(db, ines)
    row = frames.add_theme(db, case, "deep", "Evenings")
    frames.rename_theme(db, row, "Mornings", 1)
    assert (row.title, row.version) == ("Mornings", 2)
    with pytest.raises(StaleError):
        frames.rename_theme(db, row, "Nights", 1)
    db.rollback()
    assert frames.find_theme(db, case, row.public_id).title == "Mornings"


def test_a_theme_has_a_name(db, ines):
    case = case_of(db, ines)
    with pytest.raises(RefusedError):
        frames.add_theme(db, case, "deep", " ")
    row = frames.add_theme(db, case, "deep", "Evenings")
    with pytest.raises(RefusedError):
        frames.rename_theme(db, row, "\t", 1)


def test_a_theme_of_another_case_is_not_found(store, cast):
    with at_work(store, cast["tomas"]) as db:
        ref = frames.add_theme(db, case_of(db, cast["tomas"]), "deep", "Evenings").public_id
    with at_work(store, cast["ines"]) as db, pytest.raises(MissingError):
        frames.find_theme(db, case_of(db, cast["ines"]), ref)
