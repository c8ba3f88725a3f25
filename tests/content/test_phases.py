"""Are the phases whole, plain and in their places, and is a fault of a file named?"""

from statistics import fmean

import pytest

from clinic.content.loader import ContentError
from clinic.content.phases_loader import FOLDER, load_phase, load_phases
from clinic.domain.phases import Per, places
from tests.content.reading_age import grade

PHASES = load_phases()


def change(tmp_path, old, new):
    text = (FOLDER / "p0.toml").read_text("utf-8")
    assert old in text
    path = tmp_path / "p0.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_the_six_phases_come_in_their_places():
    assert list(PHASES) == ["p0", "p1", "p2", "p3", "p4", "p5"]


def test_what_begins_the_work_is_ticked_for_each_partner_alone():
    assert {criterion.per for criterion in PHASES["p0"].criteria} == {Per.PARTNER}
    assert len(places(PHASES["p0"], ["a", "b", "c"])) == 9


def test_every_phase_says_its_aim_what_is_ticked_and_how_others_call_it():
    for phase in PHASES.values():
        assert phase.aim.endswith(".")
        assert phase.also_called
        assert phase.criteria
        assert not any(criterion.label.endswith(".") for criterion in phase.criteria)


def test_the_phases_are_plainly_worded():
    texts = [phase.aim for phase in PHASES.values()]
    texts += [f"{each.label}." for phase in PHASES.values() for each in phase.criteria]
    assert fmean(grade(text) for text in texts) < 9


def test_nobody_is_called_a_couple_or_a_spouse():
    texts = " ".join(
        f"{phase.aim} {' '.join(each.label for each in phase.criteria)}"
        for phase in PHASES.values()
    ).casefold()
    for word in ("couple", "spouse", "husband", "wife", "cheat", "victim"):
        assert word not in texts


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('key = "policy"', 'key = "screens"', "used twice"),
        ('per = "partner"', 'per = "everybody"', "per"),
        ('aim = "', 'goal = "', "aim"),
        ("place = 1", "place = 0", "place"),
    ],
)
def test_a_fault_is_named_with_its_file(old, new, fault, tmp_path):
    with pytest.raises(ContentError, match=rf"p0\.toml.*{fault}"):
        load_phase(change(tmp_path, old, new))
