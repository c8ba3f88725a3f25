"""A practice's own worksheets: what loads beside ours, and what is refused by name."""

from pathlib import Path

import pytest

from clinic.content.loader import ContentError
from clinic.content.worksheets_loader import load_worksheets
from clinic.services.own_worksheets import load_all
from clinic.services.upkeep import StartError
from clinic.web.app import create_app
from config import Settings
from tests.own_sheet import GOALS, SUMMARY


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def put(folder: Path, text: str, name: str = "p01") -> Path:
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def fault(folder: Path) -> str:
    with pytest.raises(ContentError) as caught:
        load_all(folder)
    return str(caught.value)


def test_an_own_worksheet_stands_behind_ours(folder):
    loaded = load_all(put(folder, SUMMARY))
    assert list(loaded) == [*sorted(load_worksheets()), "p01"]
    assert loaded["p01"].title == "Our Sunday"


def test_a_practice_without_own_worksheets_has_ours(folder):
    assert load_all(folder / "worksheets") == load_worksheets()


def test_an_own_worksheet_never_takes_the_place_of_ours(folder):
    assert fault(put(folder, SUMMARY, "w02")) == (
        "w02.toml: call your own worksheets p01.toml to p99.toml"
    )


def test_a_field_that_no_case_has_is_named_with_those_there_are(folder):
    told = fault(put(folder, SUMMARY.replace("summary", "diary")))
    assert told.startswith("p01.toml: prefill.diary: no case has such a field; there are ")
    assert "goals.text" in told


def test_a_field_of_a_group_that_has_none_such_is_named(folder):
    repeated = SUMMARY.replace('title = "The day"', 'title = "The day"\nrepeat = "goals"')
    told = fault(put(folder, repeated.replace('summary = "shared"', '"goals.summary" = "shared"')))
    assert told.startswith("p01.toml: prefill.goals.summary: no case has such a field")


def test_a_piece_that_would_cut_what_is_filled_in_is_refused(folder):
    told = fault(put(folder, SUMMARY.replace("summary", "differ")))
    assert told == "p01.toml: prefill.differ: only this piece draws it: views"


def test_a_person_s_own_numbers_never_stand_on_a_sheet_for_all_of_them(folder):
    """However the file calls them: what was given alone is private."""
    ratings = """
[[sections.blocks]]
kind = "ratings"
field = "ratings"
label = "My number"
when = "Date"
number = "My number"
across = 8
spare = 2
"""
    text = f'whose = "Whose numbers"\n{GOALS}{ratings}'
    for layer, told in (("shared", "these facts are private"), ("private", "may not hold private")):
        named = text.replace("[prefill]", f'[prefill]\n"goals.ratings" = "{layer}"')
        assert told in fault(put(folder, named))
    assert "p01" in load_all(put(folder, named.replace('"couple"', '"each"')))


def test_a_readers_field_needs_a_reader(folder):
    text = SUMMARY.replace("summary", "name").replace('field = "name"\n', "")
    assert "p01.toml: prefill.name: this sheet is nobody's own" in fault(put(folder, text))
    assert "p01" in load_all(put(folder, text.replace('"couple"', '"partner"')))


def test_an_own_sheet_for_the_therapist_stays_blank(folder):
    text = SUMMARY.replace('"couple"', '"therapist"')
    assert fault(put(folder, text)).endswith("for the therapist alone stays blank")
    blank = text.replace('[prefill]\nsummary = "shared"\n', "").replace('field = "summary"\n', "")
    assert "p01" in load_all(put(folder, blank))


def test_faults_of_the_loader_and_our_own_are_named_together(folder):
    put(folder, SUMMARY.replace('licence = "Ours"\n', ""), "p01")
    told = fault(put(folder, SUMMARY.replace("summary", "diary"), "p02"))
    assert [line.split(": ")[:2] for line in told.splitlines()] == [
        ["p01.toml", "licence"],
        ["p02.toml", "prefill.diary"],
    ]


def test_a_faulty_worksheet_stops_the_start_with_its_folder_and_its_fault(folder):
    data = folder / "data"
    (data / "worksheets").mkdir(parents=True)
    put(data / "worksheets", "title = ")
    settings = Settings(data, folder / "master.key", "sqlite://")
    with pytest.raises(StartError, match=r"worksheets has a fault.*\np01\.toml: "):
        create_app(settings)
