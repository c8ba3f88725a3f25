"""What the worksheets say, and what they may be filled with: one rule a test."""

import re

import pytest

from clinic.content.worksheets_loader import load_worksheets
from clinic.domain.blocks import Block, Checklist, Cycle, Prose
from clinic.domain.grids import Views
from clinic.domain.tracks import OPENNESS_SHEETS
from clinic.domain.worksheets import SheetAudience, Worksheet
from tests.content.reading_age import grade

SHEETS = load_worksheets()
HANDED_OUT = [key for key, one in SHEETS.items() if one.audience is not SheetAudience.THERAPIST]
FOR_ALL = [key for key, one in SHEETS.items() if one.audience is SheetAudience.COUPLE]
#: Which fields clinical design 6.1 lets a sheet be filled with, as far as the records hold them.
FILLED = {
    "w01": {"name"},
    "w02": {"name", "behaviours"},
    "w03": {"alike", "differ"},
    "w06": {"summary"},
    "w07": {
        "agreed_topics",
        "agreed_open",
        "agreed_apart",
        "agreed_crossed",
        "agreed_days",
        "agreed_by",
    },
    "w08": {"name", "openness_goals"},
    "w10": {"name", "own_goals"},
    "w12": {"said_differences", "said_tender", "said_pressure", "said_pattern"},
    "w14": {"shared_goals"},
}
JUDGING = re.compile(
    r"\b(affair|guilty|innocent|innocence|insecure|avoidant|pursuer|narciss\w*)\b", re.I
)
#: Words that leave no room for a third partner.
FOR_TWO = re.compile(r"\b(both|either of|the two of|you two|the other partner|a couple)\b", re.I)


def words_of(block: Block) -> list[str]:
    """Give what is read in one piece."""
    match block:
        case Prose():
            return [block.text]
        case Checklist():
            return [block.label, *block.items]
        case Cycle():
            return [block.label, *block.places]
        case Views():
            return [block.label, *block.topics]
    return [block.caption]


def texts(worksheet: Worksheet) -> list[str]:
    blocks = (block for section in worksheet.sections for block in section.blocks)
    titles = [section.title for section in worksheet.sections]
    every = [worksheet.title, worksheet.purpose, *titles, *(w for b in blocks for w in words_of(b))]
    return [text if text.endswith((".", "?", "!")) else f"{text}." for text in every if text]


def test_there_are_eighteen_sheets_to_hand_out_and_four_for_the_therapist():
    assert sorted(HANDED_OUT) == [f"w{number:02}" for number in range(1, 19)]
    assert sorted(set(SHEETS) - set(HANDED_OUT)) == ["t01", "t02", "t03", "t04"]


def test_every_phase_has_a_sheet_and_every_sheet_of_openness_is_there():
    assert {one.phase for one in SHEETS.values()} == {f"P{number}" for number in range(6)}
    assert {key.lower() for key in OPENNESS_SHEETS} <= set(HANDED_OUT)


@pytest.mark.parametrize("key", [key for key in HANDED_OUT if key != "w13"])
def test_a_sheet_is_filled_with_what_the_design_names_and_no_more(key):
    assert set(SHEETS[key].prefill) == FILLED.get(key, set())


@pytest.mark.parametrize("key", HANDED_OUT)
def test_a_sheet_is_read_at_about_twelve(key):
    assert grade(" ".join(texts(SHEETS[key]))) <= 7


@pytest.mark.parametrize("key", HANDED_OUT)
def test_a_sheet_judges_and_labels_nobody(key):
    assert not JUDGING.search(" ".join(texts(SHEETS[key])))


@pytest.mark.parametrize("key", FOR_ALL)
def test_a_sheet_for_all_of_them_has_room_for_a_third(key):
    assert not FOR_TWO.search(" ".join(texts(SHEETS[key])))


@pytest.mark.parametrize("key", ["w05", "w08", "w16"])
def test_a_sheet_that_could_be_used_against_somebody_says_when_not_to_use_it(key):
    assert re.search(r"(afraid|pressed).*do not use", " ".join(texts(SHEETS[key])))


@pytest.mark.parametrize("key", sorted(key.lower() for key in OPENNESS_SHEETS))
def test_no_sheet_of_openness_asks_for_ways_to_watch_somebody(key):
    watching = re.compile(r"\b(passwords?|track\w*|location|PIN|GPS|screenshots?)\b", re.I)
    assert not watching.search(" ".join(texts(SHEETS[key])))


def test_openness_ends_on_a_day_within_thirty_days():
    text = " ".join(texts(SHEETS["w08"]))
    columns = [
        c for s in SHEETS["w08"].sections for b in s.blocks for c in getattr(b, "columns", ())
    ]
    assert "within the next 30 days" in text
    assert {"It starts on", "We look at it again on", "It ends on"} <= set(columns)


def test_responsibility_leaves_reasons_for_later():
    titles = [section.title for section in SHEETS["w10"].sections]
    assert titles.index("What I did") < titles.index("What I am learning")


def test_nothing_of_a_private_talk_is_written_on_its_own_sheet():
    blocks = [block for section in SHEETS["t03"].sections for block in section.blocks]
    assert {type(block) for block in blocks} == {Prose, Checklist}
