from pathlib import Path

import pytest

from clinic.content.loader import ContentError
from clinic.content.wording import UNFIT_WORDS
from clinic.content.worksheets_loader import FOLDER, load_worksheet, load_worksheets
from clinic.domain.visibility import Layer
from clinic.domain.worksheets import SheetAudience, Worksheet

W02 = (FOLDER / "w02.toml").read_text(encoding="utf-8")


def changed(folder: Path, old: str, new: str) -> Path:
    assert old in W02
    path = folder / "w02.toml"
    path.write_text(W02.replace(old, new, 1), encoding="utf-8")
    return path


def fault(path: Path) -> str:
    with pytest.raises(ContentError) as caught:
        load_worksheet(path)
    return str(caught.value)


def words(worksheet: Worksheet) -> str:
    return repr(worksheet.sections) + worksheet.title + worksheet.purpose


def test_every_file_is_a_sound_worksheet_with_licence_source_and_version():
    worksheets = load_worksheets()
    assert {"w02", "w13"} <= set(worksheets)
    assert sorted(worksheets) == sorted(path.stem for path in FOLDER.glob("*.toml"))
    for key, worksheet in worksheets.items():
        assert worksheet.key == key
        assert worksheet.licence
        assert worksheet.source
        assert worksheet.version >= 1


@pytest.mark.parametrize("key", sorted(load_worksheets()))
def test_a_worksheet_judges_nobody_and_presumes_no_gender(key: str):
    assert not UNFIT_WORDS.search(words(load_worksheets()[key]))


@pytest.mark.parametrize("key", sorted(load_worksheets()))
def test_a_title_is_neutral(key: str):
    title = load_worksheets()[key].title.lower()
    assert not any(word in title for word in ("affair", "cheat", "trust", "lie", "safety"))


def test_own_numbers_on_the_goals_sheet_are_private_and_the_goals_shared():
    goals = load_worksheets()["w13"]
    assert goals.audience is SheetAudience.EACH
    assert goals.prefill["goals.ratings"] is Layer.PRIVATE
    assert goals.prefill["goals.text"] is Layer.SHARED


@pytest.mark.parametrize("name", ["licence", "source", "version", "never", "audience"])
def test_a_worksheet_without_this_does_not_load(tmp_path: Path, name: str):
    lines = W02.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(name))
    end = lines.index("]", start) + 1 if lines[start].endswith("[") else start + 1
    path = tmp_path / "w02.toml"
    path.write_text("\n".join(lines[:start] + lines[end:]), encoding="utf-8")
    assert f"w02.toml: {name}: Field required" in fault(path)


def test_a_fault_is_named_with_its_place_in_the_file(tmp_path: Path):
    path = changed(tmp_path, "blank_rows = 4", 'blank_rows = "many"')
    assert "w02.toml: sections.1.blocks.0.blank_rows: " in fault(path)


def test_an_unknown_kind_of_block_is_named_with_its_place(tmp_path: Path):
    path = changed(tmp_path, 'kind = "prose"', 'kind = "poem"')
    assert fault(path).startswith("w02.toml: sections.0.blocks.0: ")


def test_all_faults_are_named_at_once(tmp_path: Path):
    path = changed(tmp_path, 'phase = "P1"', 'phase = "later"\nsurprise = 1')
    assert {"w02.toml: phase", "w02.toml: surprise"} <= {
        line.rsplit(": ", 1)[0] for line in fault(path).splitlines()
    }


def test_a_sheet_for_a_couple_with_private_prefill_does_not_load(tmp_path: Path):
    text = W02.replace('audience = "each"', 'audience = "couple"')
    path = tmp_path / "w02.toml"
    path.write_text(text.replace('behaviours = "shared"', 'behaviours = "private"'), "utf-8")
    assert "w02.toml: prefill.behaviours: a sheet for “couple” may not hold private" in fault(path)


@pytest.mark.parametrize("layer", ["safety", "process"])
def test_safety_answers_and_process_notes_are_on_no_sheet(tmp_path: Path, layer: str):
    path = changed(tmp_path, 'behaviours = "shared"', f'behaviours = "{layer}"')
    assert f"may not hold {layer} facts" in fault(path)


def test_words_that_judge_do_not_load(tmp_path: Path):
    path = changed(tmp_path, "Fill this in on your own.", "Tell us about the cheater.")
    assert "w02.toml: sections.0.blocks.0.text: “cheater” is not a word we use" in fault(path)


def test_a_file_that_is_no_toml_is_named(tmp_path: Path):
    path = tmp_path / "w99.toml"
    path.write_text("title = ", encoding="utf-8")
    assert fault(path).startswith("w99.toml: ")


def test_a_date_where_words_belong_does_not_load(tmp_path: Path):
    path = changed(tmp_path, "version = 1", "version = 2026-03-14")
    assert "w02.toml: version: " in fault(path)


def test_every_faulty_file_of_a_folder_is_named(tmp_path: Path):
    for name in ("w01", "w02"):
        (tmp_path / f"{name}.toml").write_text("title = ", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_worksheets(tmp_path)
    assert [line.split(":")[0] for line in caught.value.faults] == ["w01.toml", "w02.toml"]
