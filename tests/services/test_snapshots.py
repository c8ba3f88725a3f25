"""What a version of the formulation rests on, frozen as it was."""

import json

import pytest
from sqlalchemy import select

from clinic.domain.formulation import Bearing
from clinic.domain.visibility import Layer
from clinic.models.formulation import FormulationCitation
from clinic.services import evidence, formulation, frames, readings
from tests.factories import (
    at_work,
    case_of,
    evidence_details,
    explanation_details,
    fill_case,
    make_behaviour,
    make_evidence,
    make_explanation,
    make_formulation,
)


def held(db, person, number=1):
    """Give what a version holds: section, then field, then value."""
    row = readings.find_formulation(db, case_of(db, person), number)
    return {
        section.key: {field.key: field.value for field in section.fields}
        for section in readings.frozen(db, row)
    }


def test_a_version_stays_as_it_was_whatever_changes_afterwards(store, ines):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        fill_case(db, case)
        before = held(db, ines, 2)
        row = formulation.list_explanations(db, case)[0]
        details = explanation_details(statement="something else")
        formulation.change_explanation(db, case, row, details, row.version)
        item = evidence.list_evidence(db, case)[0]
        changed = evidence_details(observation="heard otherwise", source=ines.partner_refs[0])
        evidence.change_evidence(db, case, item, changed, item.version)
        (theme,) = frames.themes(db, case)
        frames.rename_theme(db, theme, "Mornings", theme.version)
    with at_work(store, ines) as db:
        assert held(db, ines, 2) == before


def test_a_version_holds_every_part_of_the_formulation(store, ines):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        fill_case(db, case)
        make_formulation(db, case, 2)
        parts = held(db, ines, 3)
        kinds = [key.partition(".")[0] for key in parts]
        assert list(dict.fromkeys(kinds)) == [
            *("reading", "onset", "explanation", "evidence", "behaviour", "themes", "frames")
        ]
        (theme,) = frames.themes(db, case)
        assert parts["themes"] == {theme.public_id: "Evenings"}
        assert parts["frames"][f"deep.pattern.{theme.public_id}."] == "one asks, one leaves"


def test_a_bearing_is_kept_with_its_reason(db, ines):
    case = case_of(db, ines)
    ref = make_explanation(db, case).public_id
    item = make_evidence(
        db, case, bearings={ref: Bearing.AGAINST}, reasons={ref: "the other way round"}
    )
    make_formulation(db, case)
    kept = held(db, ines)[f"evidence.{item.public_id}"]
    assert (kept[f"bearing.{ref}"], kept[f"why.{ref}"]) == ("against", "the other way round")


@pytest.mark.parametrize("layer", [Layer.PRIVATE, Layer.SAFETY])
def test_private_words_stay_in_their_own_layer(db, ines, layer):
    case = case_of(db, ines)
    item = make_evidence(
        db, case, layer=layer, source=ines.partner_refs[0], observation="said alone"
    )
    row = make_formulation(db, case)
    assert "said alone" not in row.snapshot
    (citation,) = db.scalars(select(FormulationCitation))
    assert (citation.layer, citation.sealing_person()) == (layer, ines.partner_refs[0])
    assert held(db, ines)[f"evidence.{item.public_id}"]["observation"] == "said alone"


def test_what_a_partner_wrote_of_a_behaviour_alone_is_not_copied(db, ines):
    case = case_of(db, ines)
    alone = make_behaviour(db, case, layer=Layer.PRIVATE, behaviour="", own_words="a second phone")
    open_one = make_behaviour(db, case, behaviour="", own_words="messages after midnight")
    row = make_formulation(db, case)
    kept = held(db, ines)
    assert "a second phone" not in row.snapshot
    assert kept[f"behaviour.{alone.public_id}"]["own_words"] == ""
    assert kept[f"behaviour.{open_one.public_id}"]["own_words"] == "messages after midnight"


def test_whom_something_is_about_is_never_left_empty(db, ines):
    case = case_of(db, ines)
    explanation, item = make_explanation(db, case), make_evidence(db, case)
    make_formulation(db, case)
    kept = held(db, ines)
    assert kept[f"explanation.{explanation.public_id}"]["about"] == "together"
    assert kept[f"evidence.{item.public_id}"]["source"] == "therapist"


def test_a_version_from_before_snapshots_still_has_the_reading_itself(db, ines):
    row = make_formulation(db, case_of(db, ines))
    row.snapshot = ""
    db.commit()
    parts = held(db, ines)
    assert list(parts) == ["reading"]
    assert parts["reading"]["reason"] == "the distance came first"


def test_a_snapshot_is_written_as_json_with_a_format(db, ines):
    row = make_formulation(db, case_of(db, ines))
    assert json.loads(row.snapshot)["format"] == 1
