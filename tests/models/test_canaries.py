"""Nothing that anybody typed lies readable in the database: not in a row, the file or its log."""

import json

import pytest
from sqlalchemy import func, inspect, select, text

from clinic.domain.cases import ContactBy
from clinic.domain.goals import Attainment
from clinic.domain.visibility import Layer
from clinic.domain.worksheets import SheetAudience
from clinic.models.accords import Accord, AccordTopic, AccordVersion
from clinic.models.base import Base
from clinic.models.behaviours import BehaviourRecord
from clinic.models.case_life import CaseLifeStep, CaseTransfer, PhaseMove
from clinic.models.drafts import Draft
from clinic.models.formulation import (
    EvidenceBearing,
    Formulation,
    FormulationCitation,
    SummaryReaction,
)
from clinic.models.frames import FrameAgreement, FrameEntry, FrameTheme
from clinic.models.goals import GoalChange
from clinic.models.handouts import Handout
from clinic.models.notes import ProcessNote
from clinic.models.packets import PacketPart
from clinic.models.partners import OfPartner
from clinic.models.questionnaires import IntakePlan
from clinic.models.repair_responses import RepairResponse
from clinic.models.safety import SafetyDecision
from clinic.models.sealed import sealed_texts
from clinic.models.timeline import LifeEvent
from clinic.services import behaviours, cases
from clinic.services.appointments import TakingPart
from clinic.services.sheet_prints import Item
from tests.content.fhir_files import WEEK
from tests.factories import (
    at_work,
    fill_workspace,
    make_appointment,
    make_behaviour,
    make_case,
    make_evidence,
    make_explanation,
    make_formulation,
    make_new_steps,
    make_pair,
    onset_details,
)
from tests.handout_factories import fill_handouts
from tests.intake_factories import fill_intake, make_pack
from tests.life_factories import fill_life
from tests.note_factories import make_addition, make_note, sign
from tests.packet_factories import make_packets
from tests.print_factories import make_print
from tests.safety_factories import fill_safety

# Long enough that chance never writes it, and in letters that no id or enum value has.
CANARY = "Zwölf-Käuzchen"
WORKSPACE = (
    Accord,
    AccordTopic,
    AccordVersion,
    BehaviourRecord,
    CaseLifeStep,
    CaseTransfer,
    Draft,
    EvidenceBearing,
    Formulation,
    FormulationCitation,
    FrameAgreement,
    FrameEntry,
    FrameTheme,
    GoalChange,
    Handout,
    LifeEvent,
    PacketPart,
    PhaseMove,
    ProcessNote,
    RepairResponse,
    SummaryReaction,
)


class Canaries:
    """Texts that each carry the word to look for, and how many there are."""

    def __init__(self):
        self.planted = 0

    def __call__(self):
        self.planted += 1
        return f"{CANARY} {self.planted}"


@pytest.fixture
def plant():
    return Canaries()


def plant_everywhere(db, case, plant):
    """Fill every sealed column of every table with a canary."""
    make_behaviour(db, case, own_words=plant(), outsider_role=plant(), notes=plant())
    positions = {
        ref: (openness, plant()) for ref, (openness, _) in onset_details(case).positions.items()
    }
    onset = onset_details(case, wording=plant(), positions=positions)
    behaviours.write_onset(db, case, onset, version=0)
    make_explanation(db, case, statement=plant(), reason=plant(), would_change_my_mind=plant())
    for layer in (Layer.SHARED, Layer.PRIVATE, Layer.CLINICIAN, Layer.SAFETY):
        source = case.partners[0].public_id
        make_evidence(db, case, layer=layer, source=source, observation=plant())
    make_formulation(
        db,
        case,
        reason=plant(),
        strengths=plant(),
        responsibility=plant(),
        couple_summary=plant(),
    )
    steps = {level: plant() for level in Attainment}
    make_new_steps(db, case, make_pair(db, case, wording=plant(), anchors=steps)[0])
    at = TakingPart(place=plant())
    make_appointment(db, case, taking_part={case.partners[0].public_id: at})
    fill_intake(db, case)
    fill_safety(db, case)
    fill_workspace(db, case)
    fill_handouts(db, case)
    plant_in_a_signed_note(db, case, plant)
    fill_life(db, case)
    plant_in_prints(db, case, plant)
    make_packets(db, case)
    make_pack(db, json.loads(json.dumps(WEEK).replace(WEEK["title"], plant())))
    plant_intake(db, plant)


def plant_in_prints(db, case, plant):
    """Print for one person, for all and for the therapist; what was printed never changes."""
    for audience in (SheetAudience.EACH, SheetAudience.COUPLE, SheetAudience.THERAPIST):
        make_print(db, case, plant().encode(), audience=audience, items=[Item(plant(), 1)])


def plant_in_a_signed_note(db, case, plant):
    """Write, sign and add with canaries: what is signed cannot be written over afterwards."""
    note = make_note(db, case, make_appointment(db, case), texts={"data": plant()})
    make_addition(db, sign(db, case, note, plant()), words=plant(), reason=plant())


def plant_intake(db, plant):
    """Write a canary over every sealed text that was filled in by factories."""
    for kind in (IntakePlan, SafetyDecision, *WORKSPACE, *OfPartner.__subclasses__()):
        for row in db.scalars(select(kind)).all():
            for sealed in sealed_texts(kind):
                setattr(row, sealed.name, plant())
    db.commit()


def planted_case(db, plant):
    partners = [cases.PartnerDetails(plant(), ContactBy.EMAIL, plant(), plant()) for _ in range(2)]
    case = make_case(db, **{"partners": partners})
    plant_everywhere(db, case, plant)
    return case


def dumped_rows(store):
    """Give every value of every row of every table as bytes."""
    with store.engine.connect() as connection:
        for table in inspect(connection).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')):  # noqa: S608
                for value in row:
                    yield value if isinstance(value, bytes) else str(value).encode()


def test_no_row_of_any_table_holds_a_typed_text(store, ines, plant):
    with at_work(store, ines) as db:
        planted_case(db, plant)
    values = list(dumped_rows(store))
    assert plant.planted > 60
    assert len(values) > 300
    assert not [value for value in values if CANARY.encode() in value]


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_neither_the_file_nor_its_log_holds_a_typed_text_or_a_name_of_a_table(
    store, ines, place, plant
):
    with at_work(store, ines) as db:
        planted_case(db, plant)
        files = {path.name: path.read_bytes() for path in place.data_folder.iterdir()}
    assert {"undercurrent.db", "undercurrent.db-wal"} <= set(files)
    for name, content in files.items():
        assert CANARY.encode() not in content, name
        assert b"evidence_item" not in content, name


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_the_search_would_find_a_text_that_is_not_sealed(store, ines, plant):
    with at_work(store, ines) as db:
        case = make_case(db, concern=plant()[:60])
    assert [value for value in dumped_rows(store) if CANARY.encode() in value]
    assert case is not None


def test_every_sealed_column_of_every_table_was_planted(store, ines, plant):
    with at_work(store, ines) as db:
        planted_case(db, plant)
        with db.as_system():
            empty = [
                f"{mapper.class_.__tablename__}.{sealed.name}"
                for mapper in Base.registry.mappers
                for sealed in sealed_texts(mapper.class_)
                if not db.scalar(select(func.count(getattr(mapper.class_, sealed.stored_as))))
            ]
    assert empty == []
