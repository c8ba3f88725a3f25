"""What holds of everything a clinician can do: written to the audit log, and for them alone."""

import ast
import inspect

import pytest
from sqlalchemy import func, select

from clinic.models.audit import AuditLine
from clinic.models.base import Base, now
from clinic.services import appointments, audit, behaviours, cases, formulation, goals
from clinic.services.errors import MissingError
from tests import factories as made
from tests.factories import at_work, case_of, fill_case
from tests.services.acts import ACTS

FEATURES = (appointments, behaviours, cases, formulation, goals)

FINDERS = {
    "behaviour": (behaviours.find_behaviour, made.make_behaviour),
    "explanation": (formulation.find_explanation, made.make_explanation),
    "evidence": (formulation.find_evidence, made.make_evidence),
    "goal": (goals.find_goal, lambda db, case: made.make_pair(db, case)[0]),
    "appointment": (appointments.find_appointment, made.make_appointment),
}


def newest_line(db):
    return db.scalars(select(AuditLine).order_by(AuditLine.number.desc()).limit(1)).one()


def committing_functions(module):
    """Name the public functions of a module that end a transaction."""
    for node in ast.parse(inspect.getsource(module)).body:
        public = isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        if public and "db.commit()" in ast.unparse(node):
            yield node.name


def test_no_act_is_missing_here():
    asked = {act.__name__ for act in ACTS}
    assert asked == {name for module in FEATURES for name in committing_functions(module)}


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
    with at_work(store, cast[who], writes=False) as db:
        case = case_of(db, cast[who])
        assert [line.title for line in cases.list_caseload(db).lines] == [case.title]
        assert cases.progress(db, case) == cases.Progress(0, 0, 0, 0, 0, 0)
        assert not behaviours.list_behaviours(db, case)
        assert behaviours.find_onset(db, case) is None
        assert not behaviours.list_onset_positions(db, case)
        assert not formulation.list_formulations(db, case)
        assert formulation.issue_layer(db, case) == formulation.IssueLayer([], [], [])
        assert not goals.list_goals(db, case)
        assert not appointments.list_appointments(db, case)
