from pathlib import Path

import pytest

from clinic.content.instruments_loader import load_instruments
from clinic.content.loader import ContentError
from clinic.domain.change import ChangeLabel, Direction, classify
from clinic.domain.instruments import Delivery
from clinic.domain.visibility import Layer

INSTRUMENTS = load_instruments()
SCREENS = {"hark", "hits", "e-hits", "pvs", "wast", "wast-sf"}


def test_every_instrument_of_the_design_is_there_and_no_other():
    scales = {f"{name}-{scale}" for name in ("ecr-r", "ecr-rs", "ecr-s", "ecr-12")
              for scale in ("anxiety", "avoidance")}  # fmt: skip
    assert set(INSTRUMENTS) == scales | SCREENS | {
        *("csi-4", "csi-16", "csi-32", "ras", "dts", "rdas", "kmss", "crs", "score-15"),
        *("phq-9", "gad-7", "phq-2", "gad-2", "phq-15", "pcl-5", "pc-ptsd-5"),
        *("audit", "audit-c", "ors", "srs"),
    }


@pytest.mark.parametrize("instrument", INSTRUMENTS.values(), ids=INSTRUMENTS)
def test_an_instrument_names_licence_source_and_missing_rule(instrument):
    assert instrument.licence
    assert instrument.source
    assert instrument.missing
    for cited in (instrument.cut_off, instrument.reliable_points):
        assert cited is None or cited.source


@pytest.mark.parametrize("instrument", INSTRUMENTS.values(), ids=INSTRUMENTS)
def test_no_item_text_is_shipped(instrument):
    assert instrument.delivery in {Delivery.SCORE, Delivery.PACK}
    assert "?" not in instrument.note + instrument.missing


def test_change_is_judged_only_where_its_source_was_checked():
    judged = {key for key, one in INSTRUMENTS.items() if one.measure}
    assert judged == {"rdas", "gad-7", "crs"}


@pytest.mark.parametrize(
    ("key", "lowest", "highest", "cut_off"),
    [
        ("csi-4", 0, 21, 13.5),
        ("csi-16", 0, 81, 51.5),
        ("csi-32", 0, 161, 104.5),
        ("rdas", 0, 69, 47.31),
        ("kmss", 3, 21, 17),
        ("phq-9", 0, 27, 10),
        ("gad-7", 0, 21, 10),
        ("ors", 0, 40, 25),
        ("hark", 0, 4, 1),
        ("e-hits", 5, 25, 7),
    ],
)
def test_ranges_and_cut_offs_are_those_of_the_design(key, lowest, highest, cut_off):
    one = INSTRUMENTS[key]
    assert (one.lowest, one.highest) == (lowest, highest)
    assert one.cut_off is not None
    assert one.cut_off.value == cut_off


@pytest.mark.parametrize(
    ("key", "at_least", "items"),
    [("csi-16", 16, 16), ("phq-9", 7, 9), ("gad-7", 6, 7), ("ras", 6, 7),
     ("ecr-rs-avoidance", 5, 6), ("ecr-rs-anxiety", 3, 3)],
)  # fmt: skip
def test_missing_rules_are_the_instrument_s_own(key, at_least, items):
    assert (INSTRUMENTS[key].at_least, INSTRUMENTS[key].items) == (at_least, items)


@pytest.mark.parametrize(
    ("before", "after", "label"),
    [
        (40, 52, ChangeLabel.RECOVERED),
        (40, 50, ChangeLabel.NO_RELIABLE_CHANGE),
        (30, 43, ChangeLabel.IMPROVED),
        (52, 40, ChangeLabel.DETERIORATED),
    ],
)
def test_the_worked_examples_of_the_rdas_hold(before, after, label):
    measure = INSTRUMENTS["rdas"].measure
    assert measure is not None
    assert classify(measure, before, after).label is label


@pytest.mark.parametrize("key", sorted(SCREENS))
def test_a_screen_lies_in_the_safety_layer_and_clears_nobody(key):
    assert INSTRUMENTS[key].layer is Layer.SAFETY
    assert "does not clear anybody" in INSTRUMENTS[key].note
    assert "Nothing is filled in" in INSTRUMENTS[key].missing


def test_all_other_scores_are_private():
    others = {one.layer for key, one in INSTRUMENTS.items() if key not in SCREENS}
    assert others == {Layer.PRIVATE}


def test_only_the_phq_9_asks_for_an_item_by_itself():
    asking = {key: one.asks_single_item for key, one in INSTRUMENTS.items()}
    single = asking.pop("phq-9")
    assert single is not None
    assert (single.number, single.lowest, single.highest) == (9, 0, 3)
    assert not any(asking.values())


def test_lower_is_better_where_a_score_counts_distress():
    assert INSTRUMENTS["phq-9"].direction is Direction.LOWER_IS_BETTER
    assert INSTRUMENTS["csi-16"].direction is Direction.HIGHER_IS_BETTER


SMALL = """
title = "Small"
version = 1
checked = 2026-11-22
licence = "CC-BY-4.0"
source = "Written for this test."
[[instruments]]
key = "demo"
name = "Demo"
items = 4
lowest = 0
highest = 10
missing = "None."
licence = "Ours."
source = "Nowhere."
"""
FAULTS = [
    ('licence = "Ours."', "", "instruments.0.licence: Field required"),
    ("lowest = 0\n", "", "a range has both ends or none"),
    ("lowest = 0\n", "lowest = 10\n", "the lowest score is below the highest"),
    ("items = 4", "items = 4\ncut_off = { value = 5 }", "cut_off.source: Field required"),
    ("items = 4", 'items = 4\ncut_off = { value = 50, source = "x" }', "outside the range"),
    ("items = 4", 'items = 4\nreliable_points = { value = 0, source = "x" }', "is above 0"),
    ("items = 4", "items = 4\nat_least = 5", "more answers are asked for than items"),
    ("items = 4", 'items = 4\ndelivery = "text"', "delivery: Input should be"),
]


@pytest.mark.parametrize(("old", "new", "fault"), FAULTS)
def test_a_fault_is_named_with_its_place(tmp_path: Path, old, new, fault):
    assert old in SMALL
    (tmp_path / "small.toml").write_text(SMALL.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=r"small\.toml: ") as caught:
        load_instruments(tmp_path)
    assert fault in str(caught.value)


def test_a_key_used_in_two_files_does_not_load(tmp_path: Path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.toml").write_text(SMALL, encoding="utf-8")
    with pytest.raises(ContentError, match=r"b\.toml: demo is used twice"):
        load_instruments(tmp_path)
