"""Does the loader take a new concern as files alone, and report all faults of all files?"""

import datetime as dt
from pathlib import Path

import pytest

from clinic.content.loader import ContentError, load_library
from clinic.domain.behaviours import Facet, Tendency
from clinic.domain.formulation import Bearing
from clinic.domain.goals import Attainment, GoalLayer
from tests.content.hidden_money import change, write_hidden_money


@pytest.fixture
def concern(tmp_path: Path) -> Path:
    return write_hidden_money(tmp_path)


def faults(concern: Path) -> tuple[str, ...]:
    with pytest.raises(ContentError) as caught:
        load_library(concern.parent.parent)
    assert str(caught.value) == "\n".join(caught.value.faults)
    return caught.value.faults


def test_a_second_concern_is_files_alone(concern: Path) -> None:
    library = load_library(concern.parent.parent)
    assert list(library.concerns) == ["hidden-money", "outside-contact"]
    assert library.concerns["outside-contact"] == load_library().concerns["outside-contact"]
    money = library.concerns["hidden-money"]
    assert (money.key, money.title) == ("hidden-money", "Money kept secret")
    assert money.reviewed == dt.date(2026, 11, 1)
    assert money.behaviours["C01"].zone is None
    assert money.drivers["D1"].motive == ""
    assert money.goals["G02"].layer is GoalLayer.ISSUE
    assert money.goals["G02"].anchors[Attainment.MUCH_LESS] == "Nothing is told."


def test_evidence_is_neutral_on_what_it_does_not_name(concern: Path) -> None:
    evidence = load_library(concern.parent.parent).concerns["hidden-money"].evidence["E01"]
    assert evidence.bearings == {"M-fear": Bearing.SUPPORTS, "M-maps": Bearing.NEUTRAL}
    assert evidence.strong == {"M-fear"}
    assert evidence.note == ""


def test_loaded_content_cannot_be_changed(concern: Path) -> None:
    behaviours = load_library(concern.parent.parent).concerns["hidden-money"].behaviours
    with pytest.raises(TypeError):
        behaviours["M02"] = behaviours["M01"]  # type: ignore[index]
    with pytest.raises(TypeError):
        behaviours["M01"].tendencies[Facet.FUNCTION] = Tendency.INHERENT  # type: ignore[index]


def test_all_faults_are_reported_together(concern: Path) -> None:
    change(concern, "behaviours", '"gray"', '"grey"')
    change(concern, "behaviours", '"C01"', '"M01"')
    change(concern, "evidence", "M-fear", "M-hope")
    change(concern.parent / "outside-contact", "goals", 'layer = "issue"', 'layer = "deep"')
    found = faults(concern)
    assert [fault.split(": ")[:2] for fault in found] == [
        ["hidden-money/behaviours.toml", "items.1.key"],
        ["hidden-money/behaviours.toml", "items.0.zone"],
        ["hidden-money/evidence.toml", "items.0.bearings.M-hope"],
        ["outside-contact/goals.toml", "items.2.layer"],
    ]


def test_a_missing_file_is_a_fault(concern: Path) -> None:
    (concern / "goals.toml").unlink()
    assert faults(concern) == ("hidden-money/goals.toml: the file is missing",)


def test_a_misnamed_file_is_a_fault(concern: Path) -> None:
    (concern / "goals.toml").rename(concern / "goal.toml")
    assert set(faults(concern)) == {
        "hidden-money/goals.toml: the file is missing",
        "hidden-money/goal.toml: the file is not known here",
    }


def test_a_file_that_is_no_toml_is_named_once_with_the_line(concern: Path) -> None:
    change(concern, "responses", "[[items]]", "[[items]")
    (fault,) = faults(concern)
    assert fault.startswith("hidden-money/responses.toml: ")
    assert "line 4" in fault


def test_a_file_that_is_no_text_is_named(concern: Path) -> None:
    (concern / "drivers.toml").write_bytes(b"\xff\xfe")
    (fault,) = faults(concern)
    assert fault.startswith("hidden-money/drivers.toml: 'utf-8'")


def test_unreadable_explanations_do_not_make_every_other_file_faulty(concern: Path) -> None:
    (concern / "explanations.toml").write_text("[[", "utf-8")
    (fault,) = faults(concern)
    assert fault.startswith("hidden-money/explanations.toml: ")


def test_a_stray_file_beside_the_concerns_is_no_concern(concern: Path) -> None:
    (concern.parent / "notes.txt").write_text("Not content.", "utf-8")
    assert len(load_library(concern.parent.parent).concerns) == 2


def test_no_concern_at_all_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="there is no presenting concern"):
        load_library(tmp_path)
