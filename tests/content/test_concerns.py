"""Is every file of the shipped content sound, and does its evidence point the right way?"""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from clinic.content.loader import CONTENT, load_library
from clinic.content.wording import UNFIT_WORDS
from clinic.content.worksheets_loader import load_worksheets
from clinic.domain.behaviours import Facet, Zone
from clinic.domain.formulation import Bearing, Evidence, standings
from clinic.domain.goals import Attainment, GoalLayer
from clinic.domain.worksheets import SheetAudience

FILES = sorted(CONTENT.glob("concerns/*/*.toml"))
CONCERN = load_library().concerns["outside-contact"]
SYMPTOM = ("H2", "H3", "H5", "H8", "H9")


def bearing(evidence: str, explanation: str) -> Bearing:
    return CONCERN.evidence[evidence].bearings[explanation]


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts(part)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_names_an_open_licence_a_source_and_a_version(path: Path) -> None:
    document = tomllib.loads(path.read_text("utf-8"))
    assert document["licence"] == "CC-BY-4.0"
    assert "design" in document["source"]
    assert document["version"] >= 1
    assert CONCERN.files[path.stem].source == document["source"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_text_is_tidy_and_judges_nobody(path: Path) -> None:
    found = list(texts(tomllib.loads(path.read_text("utf-8"))))
    assert found
    for text in found:
        assert text == " ".join(text.split())
        assert not UNFIT_WORDS.search(text)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_sentence_is_short_enough_to_read_at_a_glance(path: Path) -> None:
    document = tomllib.loads(path.read_text("utf-8"))
    document.pop("source")
    for text in texts(document):
        for sentence in text.replace("?", ".").replace(":", ".").split("."):
            assert len(sentence.split()) <= 25, sentence


@pytest.mark.parametrize(
    ("part", "prefix", "numbers"),
    [
        ("responses", "R{:02}", range(1, 14)),
        ("drivers", "D{}", range(1, 13)),
        ("explanations", "H{}", range(12)),
        ("evidence", "E{:02}", range(1, 29)),
        ("goals", "G{:02}", range(1, 20)),
    ],
)
def test_a_part_is_complete_and_in_order(part: str, prefix: str, numbers: range) -> None:
    assert list(getattr(CONCERN, part)) == [prefix.format(number) for number in numbers]


def test_the_inventory_has_43_acts_and_six_that_may_limit() -> None:
    placed = {key for key, behaviour in CONCERN.behaviours.items() if behaviour.zone}
    assert placed == {f"B{number:02}" for number in range(1, 44)}
    assert set(CONCERN.behaviours) - placed == {f"C{number:02}" for number in range(1, 7)}


@pytest.mark.parametrize(
    ("zone", "count"),
    [(Zone.WITHIN, 10), (Zone.GRAY, 19), (Zone.OBJECTIONABLE, 11), (Zone.BEYOND, 3)],
)
def test_a_zone_holds_what_the_design_places_there(zone: Zone, count: int) -> None:
    assert [b.zone for b in CONCERN.behaviours.values()].count(zone) == count


def test_an_act_has_a_tendency_for_each_facet_and_limiting_behaviour_has_none() -> None:
    for behaviour in CONCERN.behaviours.values():
        expected = set(Facet) if behaviour.zone else set()
        assert set(behaviour.tendencies) == expected


def test_labels_tell_one_from_another() -> None:
    for part in (CONCERN.behaviours, CONCERN.responses, CONCERN.drivers, CONCERN.evidence):
        labels = [row.label for row in part.values()]
        assert len(set(labels)) == len(labels)


def test_every_observation_says_something_about_every_explanation() -> None:
    for kind in CONCERN.evidence.values():
        assert list(kind.bearings) == list(CONCERN.explanations)
        assert {kind.bearings[key] for key in kind.strong} <= {Bearing.SUPPORTS, Bearing.AGAINST}


@pytest.mark.parametrize(
    ("evidence", "explanation", "expected"),
    [
        *((key, "H7", Bearing.AGAINST) for key in ("E12", "E07", "E01", "E06", "E23")),
        *((key, "H7", Bearing.SUPPORTS) for key in ("E03", "E04", "E16", "E18", "E20")),
        *((key, "H2", Bearing.AGAINST) for key in ("E13", "E03")),
        *((key, "H2", Bearing.SUPPORTS) for key in ("E19", "E12", "E01", "E21")),
        *((key, "H1", Bearing.SUPPORTS) for key in ("E11", "E19", "E25", "E06", "E24")),
        *((key, "H1", Bearing.AGAINST) for key in ("E04", "E10", "E18", "E22")),
        *(("E02", key, Bearing.SUPPORTS) for key in SYMPTOM),
        ("E13", "H5", Bearing.SUPPORTS),
        ("E28", "H11", Bearing.SUPPORTS),
    ],
)
def test_an_observation_bears_as_the_design_says(
    evidence: str, explanation: str, expected: Bearing
) -> None:
    assert bearing(evidence, explanation) is expected


def test_serial_contact_in_a_good_relationship_does_not_count_against_outside_worth() -> None:
    story = ("E03", "E04", "E10", "E18", "E20", "E16", "E13")
    assert Bearing.AGAINST not in {bearing(key, "H5") for key in story}


@pytest.mark.parametrize(
    ("story", "leading"),
    [
        (("E19", "E12", "E01", "E21", "E07"), "H2"),
        (("E03", "E04", "E10", "E18", "E20", "E16", "E13"), "H7"),
        (("E11", "E19", "E25", "E06", "E24"), "H1"),
    ],
)
def test_a_story_leads_to_the_explanation_it_was_written_for(
    story: tuple[str, ...], leading: str
) -> None:
    kinds = [CONCERN.evidence[key] for key in story]
    seen = [Evidence(kind.label, kind.bearings) for kind in kinds]
    first = standings(CONCERN.explanations, seen)[0]
    assert first.explanation == leading
    assert not first.against


@pytest.mark.parametrize(
    ("evidence", "explanation"),
    [("E14", "H3"), ("E15", "H3"), ("E17", "H4"), ("E27", "H0"), ("E28", "H11")],
)
def test_an_observation_named_for_one_explanation_touches_no_other(
    evidence: str, explanation: str
) -> None:
    bearings = CONCERN.evidence[evidence].bearings
    touched = [key for key, value in bearings.items() if value is not Bearing.NEUTRAL]
    assert touched == [explanation]


def test_doubled_signs_are_strong_and_single_ones_are_not() -> None:
    assert CONCERN.evidence["E06"].strong == {"H6", "H7"}
    assert CONCERN.evidence["E07"].strong == frozenset()


def test_hiding_out_of_fear_does_not_count_as_a_position() -> None:
    note = CONCERN.evidence["E10"].note
    assert "out of fear does not count for H7" in note
    assert "check H11 privately first" in note


@pytest.mark.parametrize("evidence", ["E09", "E28"])
def test_signs_of_control_ask_for_a_private_check(evidence: str) -> None:
    assert "Check H11 privately" in CONCERN.evidence[evidence].note


def test_control_is_never_met_with_a_joint_goal() -> None:
    assert all("H11" not in goal.explanations for goal in CONCERN.goals.values())


def test_every_other_explanation_has_goals_in_both_layers() -> None:
    for key in CONCERN.explanations.keys() - {"H11"}:
        layers = {goal.layer for goal in CONCERN.goals.values() if key in goal.explanations}
        assert layers == set(GoalLayer), key


def test_every_explanation_but_control_names_worksheets_to_hand_out() -> None:
    known = load_worksheets()
    for key, explanation in CONCERN.explanations.items():
        assert bool(explanation.worksheets) is (key != "H11"), key
        for sheet in explanation.worksheets:
            assert known[sheet].audience is not SheetAudience.THERAPIST, sheet


def test_a_goal_has_five_different_outcomes() -> None:
    for goal in CONCERN.goals.values():
        assert list(goal.anchors) == list(Attainment)
        assert len(set(goal.anchors.values())) == 5


@pytest.mark.parametrize("goal", ["G02", "G17"])
def test_planned_openness_has_an_end_date(goal: str) -> None:
    assert "the date we set" in CONCERN.goals[goal].text


def test_no_goal_watches_over_anybody() -> None:
    words = ("password", "location", "track", "device", "check the phone")
    for goal in CONCERN.goals.values():
        for text in (goal.text, *goal.anchors.values()):
            assert not any(word in text.lower() for word in words), text


def test_raising_a_worry_begins_with_whether_it_is_safe() -> None:
    assert CONCERN.raising_steps[0].key == "safe-to-use"
    assert len(CONCERN.raising_steps) == 11
    assert [step.key for step in CONCERN.receiving_steps][-1] == "return"


def test_the_agreement_covers_every_subject_and_ends_with_a_date() -> None:
    assert len(CONCERN.agreement_principles) == 6
    assert list(CONCERN.agreement_topics)[-1] == "review"
    assert len(CONCERN.agreement_topics) == 14
