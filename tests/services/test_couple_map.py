"""What the couple may see of the map: released row by row, copied, and nothing else."""

import random

import pytest
from sqlalchemy import select

from clinic.domain.agreement import Openness
from clinic.domain.answers import Placing, given
from clinic.domain.guard import NOT_OPEN
from clinic.keyring.errors import ClosedLayerError
from clinic.models.comparison import MapRelease
from clinic.models.questionnaires import Answer
from clinic.models.scope import ScopeError
from clinic.services import comparison, couple_map, questionnaires
from clinic.services.errors import MissingError, RefusedError
from tests.services.answering import (
    CONTENT,
    answer_all,
    as_couple,
    as_partner,
    fill,
    plan_case,
    treating,
)
from tests.vignette_answers import INTAKE, LATE_MESSAGES, ORDINARY_LIFE, THREE_PARTNERS, answers


def release(store, answered, name, behaviour):
    with as_partner(store, answered, name) as (db, _):
        couple_map.release(db, behaviour)


def withdraw(store, answered, name, behaviour):
    with as_partner(store, answered, name) as (db, _):
        couple_map.withdraw(db, behaviour)


def reveal(store, ines, answered, behaviour):
    with treating(store, ines, answered) as (db, case):
        couple_map.reveal(db, case, CONTENT, behaviour)


def seen_by_couple(store, ines, answered):
    with as_couple(store, ines) as db:
        return couple_map.couple_map(db, answered.case_ref, CONTENT.concern)


@pytest.fixture
def answered(store, ines):
    return answer_all(store, ines, LATE_MESSAGES)


def test_a_row_that_both_released_is_shown_once_the_therapist_reveals_it(store, ines, answered):
    mara, jonas = answered.partner_refs.values()
    release(store, answered, "Mara", "B11")
    release(store, answered, "Jonas", "B11")
    assert seen_by_couple(store, ines, answered) == {(mara, jonas): ()}
    reveal(store, ines, answered, "B11")
    [row] = seen_by_couple(store, ines, answered)[mara, jonas]
    assert row.behaviour == "B11"
    assert row.placings == {mara: Placing.NOT_OK, jonas: Placing.DEPENDS}
    assert row.agreed == {mara: Openness.ASSUMED, jonas: Openness.NEVER_DISCUSSED}
    assert not row.alike


def test_rows_come_in_the_order_of_the_plan_whatever_matters_to_whom(store, ines, answered):
    for behaviour in ("B01", "B13", "B11"):
        for name in ("Mara", "Jonas"):
            release(store, answered, name, behaviour)
        reveal(store, ines, answered, behaviour)
    [rows] = seen_by_couple(store, ines, answered).values()
    assert [row.behaviour for row in rows] == ["B11", "B01", "B13"]


def test_a_row_that_one_partner_released_is_not_revealed_and_the_refusal_names_nobody(
    store, ines, answered
):
    release(store, answered, "Mara", "B11")
    with pytest.raises(RefusedError, match=NOT_OPEN):
        reveal(store, ines, answered, "B11")
    assert [*seen_by_couple(store, ines, answered).values()] == [()]


def test_a_shut_guard_refuses_to_reveal_and_to_show_in_the_same_words(store, ines):
    answered = answer_all(store, ines, ORDINARY_LIFE)
    for name in ("Elena", "Viktor"):
        # A partner may always release: a refusal would tell something about the other.
        release(store, answered, name, "B01")
    with treating(store, ines, answered) as (db, case):
        with pytest.raises(RefusedError) as shut:
            couple_map.reveal(db, case, CONTENT, "B01")
        with pytest.raises(RefusedError) as also_shut:
            couple_map.open_couple_map(db, case, CONTENT)
    assert str(shut.value) == str(also_shut.value) == NOT_OPEN
    assert [*seen_by_couple(store, ines, answered).values()] == [()]


def test_showing_the_couple_its_map_is_noted(store, ines, answered):
    with treating(store, ines, answered) as (db, case):
        couple_map.open_couple_map(db, case, CONTENT)
        actions = {read.action for read in comparison.audit.reads_of(db)}
        assert "couple-map.shown" in actions


def test_a_release_can_be_taken_back_until_the_row_was_shown(store, ines, answered):
    for name in ("Mara", "Jonas"):
        release(store, answered, name, "B11")
    withdraw(store, answered, "Mara", "B11")
    withdraw(store, answered, "Mara", "B11")
    with pytest.raises(RefusedError, match=NOT_OPEN):
        reveal(store, ines, answered, "B11")
    with as_partner(store, answered, "Mara") as (db, _):
        row = db.scalars(select(MapRelease)).one()
        assert (row.placing, row.agreed) == ("", "")
        assert couple_map.own_releases(db) == {}
    release(store, answered, "Mara", "B11")
    reveal(store, ines, answered, "B11")
    reveal(store, ines, answered, "B11")
    with pytest.raises(RefusedError, match="cannot be taken back"):
        withdraw(store, answered, "Mara", "B11")
    with as_partner(store, answered, "Mara") as (db, _):
        assert set(couple_map.own_releases(db)) == {"B11"}


def test_what_was_never_released_cannot_be_taken_back(store, answered):
    release(store, answered, "Mara", "B11")
    with pytest.raises(MissingError):
        withdraw(store, answered, "Jonas", "B11")


def test_only_a_sent_placing_can_be_released(store, ines):
    answered = plan_case(store, ines, LATE_MESSAGES)
    with pytest.raises(RefusedError, match="Send your answers first"):
        release(store, answered, "Mara", "B11")
    fill(store, answered, "Mara", answers({"B11": "fine"}), send=False)
    with pytest.raises(RefusedError, match="Send your answers first"):
        release(store, answered, "Mara", "B11")
    fill(store, answered, "Mara", {})
    release(store, answered, "Mara", "B18")
    with pytest.raises(MissingError):
        release(store, answered, "Mara", "B99")
    release(store, answered, "Mara", "B11")


def test_without_a_plan_nothing_can_be_released_and_the_couple_s_map_is_empty(store, ines):
    answered = plan_case(store, ines, LATE_MESSAGES)
    with treating(store, ines, answered) as (db, case):
        db.delete(questionnaires.find_plan(db, case.id))
        db.commit()
    with pytest.raises(RefusedError, match="Send your answers first"):
        release(store, answered, "Mara", "B11")
    assert [*seen_by_couple(store, ines, answered).values()] == [()]


def test_what_was_agreed_may_be_left_unanswered_in_a_released_row(store, ines):
    answered = plan_case(store, ines, LATE_MESSAGES)
    for name in ("Mara", "Jonas"):
        fill(store, answered, name, answers({"B11": "fine"}))
        release(store, answered, name, "B11")
    reveal(store, ines, answered, "B11")
    [[row]] = seen_by_couple(store, ines, answered).values()
    assert row.alike
    assert set(row.agreed.values()) == {None}


def test_the_therapist_sees_who_released_what(store, ines, answered):
    mara, jonas = answered.partner_refs.values()
    release(store, answered, "Mara", "B11")
    release(store, answered, "Jonas", "B11")
    release(store, answered, "Mara", "B14")
    reveal(store, ines, answered, "B11")
    with treating(store, ines, answered) as (db, case):
        assert couple_map.list_releases(db, case) == {
            "B11": couple_map.Released(frozenset({mara, jonas}), revealed=True),
            "B14": couple_map.Released(frozenset({mara}), revealed=False),
        }


def test_of_three_partners_only_the_two_who_released_see_their_row(store, ines):
    answered = answer_all(store, ines, THREE_PARTNERS)
    kim, lou, tariq = answered.partner_refs.values()
    for name in ("Kim", "Tariq"):
        release(store, answered, name, "B38")
    reveal(store, ines, answered, "B38")
    seen = seen_by_couple(store, ines, answered)
    assert {two: len(rows) for two, rows in seen.items()} == {
        (kim, lou): 0,
        (kim, tariq): 1,
        (lou, tariq): 0,
    }


def test_nobody_releases_a_row_for_somebody_else(store, ines, answered):
    with treating(store, ines, answered) as (db, _), pytest.raises(ScopeError):
        couple_map.release(db, "B11")
    release(store, answered, "Mara", "B11")
    with as_partner(store, answered, "Jonas") as (db, _):
        assert couple_map.own_releases(db) == {}
        assert db.scalars(select(MapRelease)).all() == []


def test_the_couple_s_map_is_never_built_with_more_than_the_couple_s_keys(store, ines, answered):
    with treating(store, ines, answered) as (db, case), pytest.raises(ScopeError):
        couple_map.couple_map(db, case.public_id, CONTENT.concern)


def test_a_session_of_the_couple_opens_no_answer(store, ines, answered):
    with as_couple(store, ines) as db:
        rows = [row for row in db.scalars(select(Answer)) if row.sealed_value]
        assert len(rows) > 20
        for row in rows:
            with pytest.raises(ClosedLayerError):
                assert row.value


def outcome(act):
    """Give what an act says, or how it refuses."""
    try:
        return repr(act())
    except (MissingError, RefusedError) as fault:
        return repr(fault)


def seen_by_jonas(store, answered):
    """Give everything that Jonas's own session and acts can tell."""
    with as_partner(store, answered, "Jonas") as (db, partner):
        response = questionnaires.find_response(db, partner, INTAKE.key)
        return [
            questionnaires.answers_of(db, response),
            sorted(couple_map.own_releases(db)),
            outcome(lambda: couple_map.release(db, "B11").placing),
            outcome(lambda: couple_map.release(db, "B99")),
            outcome(lambda: couple_map.withdraw(db, "B18")),
            len(db.scalars(select(Answer)).all()),
            len(db.scalars(select(MapRelease)).all()),
        ]


def random_answers(source):
    """Give other private answers for every item that Mara has answered."""
    texts = ["a", "bb" * 9, "Zwölf", "x\ny"]
    return {
        item: given([source.choice(["fine", "depends", "not-ok", "yes", "no", *texts])])
        for item in LATE_MESSAGES["Mara"]
        if source.random() < 0.8
    }


def overwrite(store, answered, changed):
    """Change Mara's private answers where they lie, and leave her releases alone."""
    with as_partner(store, answered, "Mara") as (db, _):
        for row in db.scalars(select(Answer)):
            if row.item in changed:
                row.value = changed[row.item].value
        db.commit()


def test_nothing_that_others_see_changes_with_one_partner_s_private_answers(store, ines, answered):
    source = random.Random(7)  # noqa: S311
    for name in ("Mara", "Jonas"):
        release(store, answered, name, "B11")
    reveal(store, ines, answered, "B11")
    before = seen_by_jonas(store, answered), seen_by_couple(store, ines, answered)
    differing = 0
    for _ in range(50):
        changed = random_answers(source)
        overwrite(store, answered, changed)
        assert (seen_by_jonas(store, answered), seen_by_couple(store, ines, answered)) == before
        with treating(store, ines, answered) as (db, case):
            mara = comparison.side_by_side(db, case, CONTENT)[0]
            values = {item: mara.answers[item] for item in changed if item in mara.answers}
            differing += values != {item: LATE_MESSAGES["Mara"][item] for item in values}
    # The test would notice: what the therapist sees did change.
    assert differing == 50
