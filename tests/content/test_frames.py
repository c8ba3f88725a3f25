"""Are the frames whole, plain and readable, and is a fault of a file named?"""

import re
from pathlib import Path
from statistics import fmean

import pytest

from clinic.content.frames_loader import FOLDER, load_frame, load_frames
from clinic.content.loader import ContentError
from clinic.domain.frames import Per, slots_for
from tests.content.reading_age import grade

FRAMES = load_frames()


def keys(name):
    return [slot.key for slot in FRAMES[name].slots]


def change(tmp_path: Path, old: str, new: str) -> Path:
    text = (FOLDER / "plan.toml").read_text("utf-8")
    assert old in text
    path = tmp_path / "plan.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_the_frames_come_in_their_places():
    assert list(FRAMES) == ["five-ps", "deep", "cycle", "lens", "plan"]


def test_the_five_ps_are_asked_of_each_partner_and_of_the_relationship():
    assert FRAMES["five-ps"].per is Per.BOTH
    assert keys("five-ps") == [
        "presenting",
        "predisposing",
        "precipitating",
        "perpetuating",
        "protective",
    ]


def test_deep_is_asked_theme_by_theme_in_each_version():
    deep = FRAMES["deep"]
    assert (deep.per, deep.versions) == (Per.THEME, True)
    assert keys("deep") == ["differences", "sensitivities", "stressors", "pattern"]
    assert len(slots_for(deep, ["a", "b"], ["t1", "t2"])) == 4 * 3 * 2


def test_the_cycle_has_its_eight_steps_for_each_partner():
    assert FRAMES["cycle"].per is Per.PARTNER
    assert keys("cycle") == [
        "trigger",
        "see",
        "meaning",
        "surface",
        "beneath",
        "need",
        "do",
        "does-to-you",
    ]


def test_the_lens_asks_about_pairs_only_where_there_are_several():
    two, three = (
        [place.slot.key for place in slots_for(FRAMES["lens"], partners)]
        for partners in (["a", "b"], ["a", "b", "c"])
    )
    assert set(three) - set(two) == {"pairs"}
    assert {"culture", "structure", "neurodiversity", "power"} <= set(two)


def test_the_plan_names_what_is_left_alone():
    assert "not-yet" in keys("plan")


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_a_frame_is_plain_and_asks_more_than_it_tells(frame):
    assert all(re.search(r"\?|in their own words", slot.prompt) for slot in frame.slots)
    assert fmean(grade(slot.prompt) for slot in frame.slots) <= 9


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('per = "relationship"', 'per = "family"', "plan.toml: per: "),
        ('key = "not-yet"', 'key = "first"', "first is used twice"),
        ('label = "What we work on first"\n', "", "slots.0.label: Field required"),
        ("place = 5", "place = 0", "plan.toml: place: "),
        ('title = "What', 'title = "His what', "His"),
        ('key = "first"', 'key = "first"\nfewest_partners = 9', "fewest_partners"),
    ],
)
def test_a_fault_is_named_with_its_place(tmp_path, old, new, fault):
    with pytest.raises(ContentError, match=re.escape(fault)):
        load_frame(change(tmp_path, old, new))


def test_one_frame_is_read_by_itself(tmp_path):
    assert load_frame(FOLDER / "plan.toml") == FRAMES["plan"]
    change(tmp_path, "place = 5", "place = 1")
    assert list(load_frames(tmp_path)) == ["plan"]
