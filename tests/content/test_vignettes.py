"""Are the demo's files sound, told as written, and does nothing private slip out?"""

import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from clinic.content.loader import ContentError, load_library
from clinic.content.vignettes_loader import FOLDER, load_demo
from clinic.content.vignettes_schema import JUDGING_WORDS, Vignette
from clinic.domain.formulation import Bearing, Confidence, ExplanationStatus, RollUp
from clinic.domain.visibility import Layer
from clinic.keyring.ring import PERSONAL
from clinic.services.passwords import check_password

FILES = sorted(FOLDER.glob("*.toml"))
LIBRARY = load_library()
DEMO = load_demo(LIBRARY)
VIGNETTES = DEMO.vignettes
MARA, DEV, RUTH, KIM, ELENA = VIGNETTES.values()


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts(part)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def shared_texts(vignette: Vignette) -> Iterator[str]:
    yield vignette.reading.couple_summary
    for goal in vignette.goals:
        yield from (goal.wording, *goal.anchors.value().values())


def unsealed_texts(vignette: Vignette) -> Iterator[str]:
    """Everything but what one person told alone."""
    plain = vignette.model_dump(mode="json")
    plain["evidence"] = [row for row in plain["evidence"] if row["layer"] not in PERSONAL]
    yield from texts(plain)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_names_an_open_licence_a_source_and_a_version(path: Path) -> None:
    document = tomllib.loads(path.read_text("utf-8"))
    assert document["licence"] == "CC-BY-4.0"
    assert "invented" in document["source"]
    assert document["version"] >= 1


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_text_is_tidy_and_judges_nobody(path: Path) -> None:
    for text in texts(tomllib.loads(path.read_text("utf-8"))):
        assert text == " ".join(text.split())
        assert not JUDGING_WORDS.search(text)
        assert "Lena" not in words(text), "whoever is outside is a role, never a name"


@pytest.mark.parametrize("vignette", VIGNETTES.values(), ids=VIGNETTES)
def test_no_words_told_alone_are_repeated_where_partners_read(vignette: Vignette) -> None:
    shared = [" ".join(words(text)) for text in shared_texts(vignette)]
    alone = [row.observation for row in vignette.evidence if row.layer in PERSONAL]
    for told in map(words, alone):
        for start in range(len(told) - 3):
            run = " ".join(told[start : start + 4])
            assert not any(run in text for text in shared), run


@pytest.mark.parametrize("vignette", VIGNETTES.values(), ids=VIGNETTES)
def test_what_was_answered_about_safety_lies_in_the_safety_layer_alone(vignette: Vignette) -> None:
    for text in unsealed_texts(vignette):
        assert not re.search(r"\b(safety questions|afraid|fear|asked alone)\b", text, re.IGNORECASE)
    for row in vignette.evidence:
        if "Safety questions" in row.observation:
            assert row.layer is Layer.SAFETY


@pytest.mark.parametrize("vignette", VIGNETTES.values(), ids=VIGNETTES)
def test_personal_evidence_has_an_owner(vignette: Vignette) -> None:
    assert all(row.source for row in vignette.evidence if row.layer in PERSONAL)


@pytest.mark.parametrize(
    ("vignette", "roll_up", "confidence"),
    [
        (MARA, RollUp.SYMPTOM_LEADING, Confidence.MEDIUM),
        (DEV, RollUp.ISSUE_LEADING, Confidence.HIGH),
        (RUTH, RollUp.AGREEMENT_MISMATCH, Confidence.MEDIUM),
        (KIM, RollUp.UNDETERMINED, Confidence.LOW),
        (ELENA, RollUp.SAFETY_TRACK, Confidence.MEDIUM),
    ],
    ids=VIGNETTES,
)
def test_a_case_is_read_as_it_was_written(
    vignette: Vignette, roll_up: RollUp, confidence: Confidence
) -> None:
    assert (vignette.reading.roll_up, vignette.reading.confidence) == (roll_up, confidence)


@pytest.mark.parametrize(
    ("vignette", "levels"),
    [
        (
            MARA,
            {
                "G01": (-1, 0, 0, 1, 1, 1),
                "G10": (-2, -1, -1, 0, 1, 0),
                "G06": (-1, -1, 0, 0, 1, 1),
                "G11": (-2, -1, 0, 0, 0, 1),
            },
        ),
        (DEV, {"G14": (-2, 0, -2), "G15": (-1, -1, 0), "G19": (-1, -1, 0)}),
    ],
    ids=["mara-and-jonas", "dev-and-noor"],
)
def test_levels_are_those_of_the_written_case(
    vignette: Vignette, levels: dict[str, tuple[int, ...]]
) -> None:
    assert {goal.stub: goal.levels for goal in vignette.goals} == levels


def test_each_partner_s_own_closeness_is_as_written() -> None:
    own = next(goal.own for goal in MARA.goals if goal.own)
    assert own == {"Mara": (3, 3, 4, 5, 6, 7), "Jonas": (3, 4, 4, 6, 7, 7)}


def test_a_relationship_of_three_is_called_nothing_else() -> None:
    assert KIM.label == "relationship"
    assert len(KIM.partners) == 3
    for text in texts(KIM.model_dump(mode="json")):
        assert not re.search(r"couple|spouse|marri", text, re.IGNORECASE)


def test_hiding_out_of_fear_says_nothing_about_the_issue_itself() -> None:
    assert not ELENA.pairs
    assert not ELENA.reading.couple_summary
    for row in ELENA.evidence:
        if row.layer is Layer.SAFETY:
            assert row.source == "Elena"
            assert row.bearings == {"H11": Bearing.SUPPORTS}


def test_a_contradicted_explanation_is_weakened_and_not_the_first() -> None:
    for vignette, kind in ((MARA, "H7"), (DEV, "H2")):
        row = next(row for row in vignette.explanations if row.kind == kind)
        assert row.status is ExplanationStatus.WEAKENED


def test_demo_passwords_would_be_accepted_at_set_up() -> None:
    for row in DEMO.practice.clinicians:
        check_password(row.password, (DEMO.practice.name, row.name, row.email))


ONE = "01-late-messages.toml"
FAULTS = {
    (ONE, 'licence = "CC-BY-4.0"', ""): "01-late-messages.toml: licence: Field required",
    (ONE, 'behaviour = "B11"', 'behaviour = "B99"'): "B99 is not among the behaviours",
    (ONE, 'responses = ["R05"', 'responses = ["R99"'): "R99 is not among the responses",
    (ONE, 'kind = "H2"', 'kind = "H99"'): "H99 is not among the explanations",
    (ONE, 'kind = "E01"', 'kind = "E99"'): "E99 is not among the evidence",
    (ONE, 'stub = "G01"', 'stub = "G99"'): "G99 is not among the goals",
    (ONE, 'about = "Jonas"', 'about = "Lena"'): "Lena: not among the partners",
    (ONE, 'explanation = "H1"', 'explanation = "H9"'): "H9: not among this case's explanations",
    (ONE, 'move."\nbehaviour = "B11"', 'move."\nbehaviour = "B01"'): (
        "B01: not among this case's behaviours"
    ),
    (ONE, 'stub = "G01"', 'stub = "G10"'): "a pair begins with a behaviour goal and an issue goal",
    (ONE, "levels = [-1, 0, 0, 1, 1, 1]", "levels = [-1]"): "G01 needs 6 ratings or none",
    (ONE, "Mara = [3, 3,", "Mara = [3, 11,"): "less than or equal to 10",
    (ONE, "One colleague.", "The cheater."): "“cheater” judges a person",
    (ONE, "version = 1", "version ="): "01-late-messages.toml: Invalid value",
    ("practice.toml", '"outside-contact"', '"gambling"'): "there is no concern gambling",
    ("practice.toml", '"02-the-app"', '"09-none"'): "there is no vignette 09-none",
    ("practice.toml", '"05-who', '"01-late-messages", "05-who'): "2 of them treat 01-late-messages",
    ("practice.toml", '"02-the-app", ', ""): "0 of them treat 02-the-app",
}


@pytest.mark.parametrize(("edit", "fault"), FAULTS.items(), ids=FAULTS.values())
def test_a_faulty_file_is_named_with_its_fault(
    edit: tuple[str, str, str], fault: str, tmp_path: Path
) -> None:
    name, old, new = edit
    folder = Path(shutil.copytree(FOLDER, tmp_path / "vignettes"))
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ContentError, match=re.escape(fault)) as refusal:
        load_demo(LIBRARY, folder)
    assert refusal.value.faults[0].startswith(f"{name}: ")


def test_a_folder_without_a_practice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"practice\.toml: .*No such file"):
        load_demo(LIBRARY, tmp_path)
