"""What holds of everything a clinician can do: written to the audit log, and for them alone."""

import ast
import inspect
from contextlib import contextmanager

import pytest
from sqlalchemy import func, select

from clinic.domain.invitations import Handing
from clinic.models.audit import AuditLine
from clinic.models.base import Base, now
from clinic.models.invitations import Invitation
from clinic.services import (
    accord_growth,
    accord_versions,
    accord_yeses,
    accords,
    appointments,
    audit,
    behaviours,
    case_ends,
    caseload,
    cases,
    check_in_answers,
    check_in_lines,
    check_ins,
    comparison,
    couple_map,
    disclosures,
    evidence,
    formulation,
    frames,
    goal_course,
    goals,
    handout_answers,
    handout_lines,
    handouts,
    invitations,
    measures,
    note_search,
    note_signing,
    notes,
    outbox,
    packet_leases,
    packets,
    packs,
    phases,
    private_checks,
    process_notes,
    questionnaires,
    readings,
    repair_responses,
    safety,
    safety_plans,
    sheet_prints,
    suggestions,
    timeline,
    transfers,
)
from clinic.services.errors import MissingError
from tests import factories as made
from tests import intake_factories as intake
from tests import note_factories
from tests.factories import TODAY, at_work, case_of, fill_case
from tests.handout_factories import fill_handouts, make_handout
from tests.intake_factories import fill_intake
from tests.safety_factories import fill_safety
from tests.services.acts import ACTS
from tests.services.answering import CONTENT
from tests.services.intake_acts import LINK_ACTS, PARTNER_ACTS, WITHOUT_A_LINE
from tests.services.state import whole_state

FEATURES = (
    accord_growth,
    accord_versions,
    accord_yeses,
    accords,
    appointments,
    behaviours,
    case_ends,
    cases,
    check_in_answers,
    check_in_lines,
    check_ins,
    comparison,
    couple_map,
    disclosures,
    evidence,
    formulation,
    frames,
    goal_course,
    goals,
    handout_answers,
    handout_lines,
    handouts,
    invitations,
    measures,
    note_search,
    note_signing,
    notes,
    outbox,
    packet_leases,
    packets,
    packs,
    phases,
    private_checks,
    process_notes,
    questionnaires,
    safety,
    safety_plans,
    sheet_prints,
    readings,
    repair_responses,
    suggestions,
    timeline,
    transfers,
)

FINDERS = {
    "behaviour": (behaviours.find_behaviour, made.make_behaviour),
    "explanation": (formulation.find_explanation, made.make_explanation),
    "evidence": (evidence.find_evidence, made.make_evidence),
    "event": (timeline.find_event, made.make_event),
    "goal": (goals.find_goal, lambda db, case: made.make_pair(db, case)[0]),
    "appointment": (appointments.find_appointment, made.make_appointment),
    "note": (
        notes.find_note,
        lambda db, case: note_factories.make_note(db, case, made.make_appointment(db, case)),
    ),
    "process note": (process_notes.find_process_note, note_factories.make_process_note),
    "invitation": (invitations.find_invitation, intake.make_invitation),
    "handout": (handout_lines.find_handout, make_handout),
}

#: Acts that name what they are about, and how that is made.
NAMED = {
    "revoke": (invitations.revoke, intake.make_invitation),
    "reset_pin": (invitations.reset_pin, intake.make_invitation),
    "retry": (outbox.retry, intake.make_mail),
    "finish_task": (measures.finish_task, intake.make_task),
    "add_step": (
        lambda db, case, ref: disclosures.add_step(db, case, ref, intake.WITHHELD),
        intake.make_disclosure,
    ),
}


def newest_line(db):
    return db.scalars(select(AuditLine).order_by(AuditLine.number.desc()).limit(1)).one()


def writing_functions(module):
    """Name the public functions of a module that end a transaction or write a line."""
    for node in ast.parse(inspect.getsource(module)).body:
        public = isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        if public and {"commit", "record"} & attributes_in(node):
            yield node.name


def attributes_in(tree):
    return {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def test_no_act_is_missing_here():
    asked = {act.__name__ for acts in (ACTS, PARTNER_ACTS, LINK_ACTS) for act in acts}
    assert not asked & set(WITHOUT_A_LINE)
    written = {name for module in FEATURES for name in writing_functions(module)}
    assert asked | set(WITHOUT_A_LINE) == written


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_an_act_is_stored_with_one_line_that_says_who_did_what_to_what(act, store, ines):
    with at_work(store, ines) as db:
        subject = act(db, case_of(db, ines))
    with at_work(store, ines) as db:
        line = newest_line(db)
        assert (line.action, line.subject) == (ACTS[act], subject)
        assert (line.clinician_id, line.practice_id) == (ines.id, db.scope.practice_id)
        assert audit.first_broken_line(db) is None


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_an_act_whose_audit_line_cannot_be_written_does_not_happen(act, store, ines):
    with at_work(store, ines) as db, db.as_system():
        before = counts(db)
        taken = newest_line(db).number + 1
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        # A line that is already there makes the act's own line impossible.
        db.add(spare_line(taken))
        with pytest.raises(Exception, match=r"(?i)unique|only grows|conflicts"):
            act(db, case)
    with at_work(store, ines) as db, db.as_system():
        assert counts(db) == before


@contextmanager
def at_the_form(store, person):
    """Give the session of the first partner of a person's case, as after the PIN."""
    with at_work(store, person) as db:
        partner = case_of(db, person).partners[0]
        seat = Invitation(practice_id=partner.practice_id, partner_id=partner.id)
    with store.session(writes=True) as db:
        yield db, invitations.enter_as_partner(db, store, seat)


@pytest.mark.parametrize("act", PARTNER_ACTS, ids=lambda act: act.__name__)
def test_a_partner_s_act_is_stored_with_one_line_that_names_no_clinician(act, store, ines):
    with at_work(store, ines) as db:
        PARTNER_ACTS[act].prepare(db, case_of(db, ines))
    with at_the_form(store, ines) as (db, partner):
        subject = act(db, partner)
    with at_work(store, ines) as db:
        line = newest_line(db)
        assert (line.action, line.subject) == (PARTNER_ACTS[act].action, subject)
        assert (line.clinician_id, line.practice_id) == (None, db.scope.practice_id)
        assert audit.first_broken_line(db) is None


@pytest.mark.parametrize("act", PARTNER_ACTS, ids=lambda act: act.__name__)
def test_a_partner_s_act_whose_line_cannot_be_written_does_not_happen(act, store, ines):
    with at_work(store, ines) as db:
        PARTNER_ACTS[act].prepare(db, case_of(db, ines))
        taken = newest_line(db).number + 1
        before = whole_state(db)
    with at_the_form(store, ines) as (db, partner):
        with db.as_system():
            db.add(spare_line(taken))
            db.flush()
        with pytest.raises(Exception, match=r"(?i)unique|only grows|conflicts"):
            act(db, partner)
    with at_work(store, ines) as db:
        assert whole_state(db) == before


@pytest.mark.parametrize("act", LINK_ACTS, ids=lambda act: act.__name__)
def test_what_is_done_with_a_link_has_a_line_that_names_the_invitation(act, store, ines):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        issued = invitations.issue(db, case, ines.partner_refs[0], Handing.LINK)
        subject = issued.invitation.public_id
        db.commit()
    with store.session(writes=True) as db:
        act(db, store, issued.token)
    with at_work(store, ines) as db:
        line = newest_line(db)
        assert (line.action, line.subject) == (LINK_ACTS[act], subject)
        assert line.clinician_id is None
        assert audit.first_broken_line(db) is None


@pytest.mark.parametrize("kind", NAMED)
def test_an_act_on_what_is_in_another_case_finds_nothing_and_changes_nothing(kind, store, ines):
    act, make = NAMED[kind]
    with at_work(store, ines) as db:
        ref = make(db, case_of(db, ines)).public_id
        other = made.make_case(db).public_id
        before = whole_state(db)
    with at_work(store, ines) as db, pytest.raises(MissingError):
        act(db, cases.find_case(db, other), ref)
    with at_work(store, ines) as db:
        assert whole_state(db) == before


def spare_line(number):
    return AuditLine(
        number=number, at=now(), action="x", subject="", previous="0", digest=str(number)
    )


def counts(db):
    return {
        mapper.class_.__name__: db.scalar(select(func.count()).select_from(mapper.class_))
        for mapper in Base.registry.mappers
    }


def test_an_act_s_line_holds_ids_and_no_word_of_what_was_typed(store, ines):
    with at_work(store, ines) as db:
        fill_case(db, case_of(db, ines))
        fill_intake(db, case_of(db, ines))
        fill_safety(db, case_of(db, ines))
        fill_handouts(db, case_of(db, ines))
        for line in db.scalars(select(AuditLine)):
            assert " " not in line.action + line.subject
            assert len(line.subject) in {0, 22}


@pytest.mark.parametrize("who", ["tomas", "noa"])
def test_nobody_else_finds_the_case(who, store, cast, ines):
    with at_work(store, cast[who]) as db:
        with pytest.raises(MissingError) as theirs:
            cases.find_case(db, ines.case_ref)
        with pytest.raises(MissingError) as nothing:
            cases.find_case(db, "no-such-case")
        assert [type(theirs.value), *theirs.value.args] == [MissingError, ines.case_ref]
        assert [type(nothing.value), *nothing.value.args] == [MissingError, "no-such-case"]
        assert audit.reads_of(db) == []


@pytest.mark.parametrize("who", ["tomas", "noa"])
@pytest.mark.parametrize("kind", FINDERS)
def test_nobody_else_finds_what_is_in_the_case(kind, who, store, cast, ines):
    find, make = FINDERS[kind]
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        ref = make(db, case).public_id
        assert find(db, case, ref).public_id == ref
    with at_work(store, cast[who]) as db:
        case = case_of(db, cast[who])
        with pytest.raises(MissingError):
            find(db, case, ref)


@pytest.mark.parametrize("kind", FINDERS)
def test_what_is_in_one_case_is_not_found_in_another_of_the_same_clinician(kind, db, ines):
    find, make = FINDERS[kind]
    ref = make(db, case_of(db, ines)).public_id
    with pytest.raises(MissingError):
        find(db, made.make_case(db), ref)


@pytest.mark.parametrize("who", ["tomas", "noa"])
def test_lists_and_counts_of_others_stay_empty(who, store, cast, ines):
    with at_work(store, ines) as db:
        fill_case(db, case_of(db, ines))
        fill_intake(db, case_of(db, ines))
    with at_work(store, cast[who], writes=False) as db:
        case = case_of(db, cast[who])
        assert [line.title for line in caseload.list_cases(db).lines] == [case.title]
        assert cases.progress(db, case) == cases.Progress(0, 0, 0, 0, 0, 0, 0)
        assert not behaviours.list_behaviours(db, case)
        assert behaviours.find_onset(db, case) is None
        assert not behaviours.list_onset_positions(db, case)
        assert not readings.list_formulations(db, case)
        assert evidence.issue_layer(db, case) == evidence.IssueLayer([], [], [])
        assert not goals.list_goals(db, case)
        assert not appointments.list_appointments(db, case)
        assert_nothing_of_an_intake(db, case)


def assert_nothing_of_an_intake(db, case):
    assert not invitations.latest(db, case)
    assert not outbox.given_up(db, case)
    assert questionnaires.find_plan(db, case.id) is None
    assert not questionnaires.list_responses(db, case)
    assert not disclosures.ledger(db, case, TODAY)
    assert not measures.list_tasks(db, case)
    assert not any(measures.history(db, case, intake.INSTRUMENTS["phq-9"]).values())
    assert not couple_map.list_releases(db, case)
    assert not comparison.side_by_side(db, case, CONTENT)
