"""How often a frame is asked, of whom, and in whose version."""

import pytest

from clinic.domain.frames import Frame, Per, Slot, slots_for

FIRST, SECOND = Slot("one", "One", "What?"), Slot("two", "Two", "Why?")


def frame(per, *slots, versions=False):
    return Frame("demo", "Demo", "Try it.", per, slots or (FIRST,), versions)


@pytest.mark.parametrize(
    ("per", "about"),
    [
        (Per.RELATIONSHIP, [""]),
        (Per.PARTNER, ["a", "b"]),
        (Per.BOTH, ["a", "b", ""]),
        (Per.THEME, ["t1", "t2"]),
    ],
)
def test_a_frame_is_asked_as_often_as_it_says(per, about):
    assert [place.about for place in slots_for(frame(per), ["a", "b"], ["t1", "t2"])] == about


def test_one_is_finished_before_the_next_begins():
    places = slots_for(frame(Per.PARTNER, FIRST, SECOND), ["a", "b"])
    assert [(place.about, place.slot.key) for place in places] == [
        ("a", "one"),
        ("a", "two"),
        ("b", "one"),
        ("b", "two"),
    ]


def test_versions_are_each_partners_and_then_the_therapists():
    places = slots_for(frame(Per.THEME, versions=True), ["a", "b", "c"], ["t1"])
    assert [place.version for place in places] == ["a", "b", "c", ""]


def test_without_a_theme_a_frame_for_themes_has_no_place():
    assert slots_for(frame(Per.THEME, versions=True), ["a", "b"]) == ()


def test_a_slot_for_three_partners_is_left_out_of_a_case_with_two():
    pairs = Slot("pairs", "Pairs", "Which?", fewest_partners=3)
    assert slots_for(frame(Per.RELATIONSHIP, pairs), ["a", "b"]) == ()
    assert len(slots_for(frame(Per.RELATIONSHIP, pairs), ["a", "b", "c"])) == 1


@pytest.mark.parametrize("per", Per)
@pytest.mark.parametrize("versions", [True, False])
def test_every_place_has_a_key_of_its_own(per, versions):
    places = slots_for(frame(per, FIRST, SECOND, versions=versions), ["a", "b", "c"], ["t1", "t2"])
    assert len({place.key for place in places}) == len(places) > 0
