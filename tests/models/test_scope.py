"""No query shape shows or changes another practice's rows; what cannot be filtered is refused."""

import pytest
from sqlalchemy import delete, exists, func, insert, select, text, union_all, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased, joinedload, lazyload, selectinload

from clinic.domain.cases import ContactBy, SecretsPolicy
from clinic.models.behaviours import BehaviourRecord
from clinic.models.cases import Case, Partner
from clinic.models.goals import GoalPair
from clinic.models.scope import ScopeError
from tests.cast import enter_as
from tests.factories import TODAY, at_work, case_of, make_behaviour

PARTNERS = Partner.__table__
OTHER = aliased(Partner)
INNER = select(Partner).subquery()
COMMON = select(Partner).cte()


def rows_of(kind, practice_id):
    return select(kind).where(kind.practice_id == practice_id)


@pytest.fixture
def theirs(store, cast):
    """The case of another practice, by its inner ids."""
    with at_work(store, cast["noa"], writes=False) as db:
        case = case_of(db, cast["noa"])
        return case.practice_id, case.id, case.partners[0].id


# Each shape gives everything it can reach; a filtered one reaches the two cases of Harbour Practice
# and their four partners, an unfiltered one also Hill Practice's.
FILTERED = {
    "select": lambda db: [case.practice_id for case in db.scalars(select(Case))],
    "select a column": lambda db: db.scalars(select(Case.practice_id)).all(),
    "legacy query": lambda db: [case.practice_id for case in db.query(Case)],
    "legacy query of a column": lambda db: [row[0] for row in db.query(Partner.practice_id)],
    "stream": lambda db: list(db.scalars(select(Case.practice_id)).yield_per(1)),
    "lazy relationship": lambda db: [
        partner.practice_id
        for case in db.scalars(select(Case).options(lazyload(Case.partners)))
        for partner in case.partners
    ],
    "relationship in a second query": lambda db: [
        partner.practice_id
        for case in db.scalars(select(Case).options(selectinload(Case.partners)))
        for partner in case.partners
    ],
    "joined relationship": lambda db: [
        partner.practice_id
        for case in db.scalars(select(Case).options(joinedload(Case.partners))).unique()
        for partner in case.partners
    ],
    "join": lambda db: db.scalars(
        select(Partner.practice_id).join(Case, Case.id == Partner.case_id)
    ).all(),
    "alias": lambda db: db.scalars(select(OTHER.practice_id)).all(),
    "subquery": lambda db: db.scalars(select(INNER.c.practice_id)).all(),
    "common table": lambda db: db.scalars(select(COMMON.c.practice_id)).all(),
    "refresh": lambda db: [
        (db.refresh(case), case.practice_id)[1] for case in db.scalars(select(Case)).all()
    ],
}

COUNTED = {
    "count of a column": lambda db: db.scalar(select(func.count(Partner.id))),
    "count of rows": lambda db: db.scalar(select(func.count()).select_from(Partner)),
    "legacy count": lambda db: db.query(Partner).count(),
    "scalar subquery": lambda db: db.scalar(
        select(select(func.count(Partner.id)).scalar_subquery())
    ),
    "scalar subquery beside a row": lambda db: db.execute(
        select(Case.id, select(func.count(Partner.id)).scalar_subquery())
    ).first()[1],
    "bulk update": lambda db: (
        db.execute(update(Partner).values(contact_by=ContactBy.POST)).rowcount
    ),
    "bulk delete": lambda db: db.execute(delete(Partner)).rowcount,
}

REFUSED = {
    "Core select": lambda db: db.execute(select(PARTNERS)),
    "Core scalar": lambda db: db.scalar(select(func.count()).select_from(PARTNERS)),
    "Core update": lambda db: db.execute(update(PARTNERS).values(position=9)),
    "Core delete": lambda db: db.execute(delete(PARTNERS)),
    "Core insert": lambda db: db.execute(insert(PARTNERS).values(position=9)),
    "insert": lambda db: db.execute(insert(GoalPair).values(practice_id=2, case_id=3)),
    "text": lambda db: db.execute(text("SELECT * FROM partner")),
    "from text": lambda db: db.scalars(
        select(Partner).from_statement(text("SELECT * FROM partner"))
    ),
    "union": lambda db: db.execute(union_all(select(Partner.id), select(Partner.id))),
    "from union": lambda db: db.scalars(
        select(Partner).from_statement(union_all(select(Partner), select(Partner)))
    ),
    "connection": lambda db: db.connection().execute(select(Partner)),
    "bulk save": lambda db: db.bulk_save_objects([GoalPair(practice_id=2, case_id=3)]),
    "bulk insert": lambda db: db.bulk_insert_mappings(GoalPair, [{"practice_id": 2}]),
    "bulk change": lambda db: db.bulk_update_mappings(Partner, [{"id": 1, "position": 9}]),
}


@pytest.mark.parametrize("shape", FILTERED)
def test_a_query_gives_the_practice_s_own_rows_only(shape, db, ines, theirs):
    own = case_of(db, ines).practice_id
    assert own != theirs[0]
    assert set(FILTERED[shape](db)) == {own}


@pytest.mark.parametrize("shape", COUNTED)
def test_counts_and_bulk_changes_reach_the_practice_s_own_four_partners_only(shape, db):
    assert COUNTED[shape](db) == 4


@pytest.mark.parametrize("shape", REFUSED)
def test_a_shape_that_cannot_be_filtered_is_refused(shape, db):
    with pytest.raises(ScopeError):
        REFUSED[shape](db)


def test_a_condition_on_another_practice_s_rows_meets_nothing(db, theirs):
    practice_id, case_id, partner_id = theirs
    assert db.scalars(rows_of(Case, practice_id)).all() == []
    assert db.get(Case, case_id) is None
    assert db.query(Case).filter_by(id=case_id).first() is None
    assert db.get(Partner, partner_id) is None
    assert not db.scalar(select(exists(rows_of(Partner, practice_id))))
    assert not db.scalars(
        select(Case).where(Case.partners.any(Partner.practice_id == practice_id))
    ).all()


def test_a_row_left_in_memory_by_sign_in_is_still_out_of_reach(store, ines, theirs):
    _, case_id, partner_id = theirs
    with store.session(writes=False) as db:
        with db.as_system():
            kept = db.get_one(Case, case_id), db.get_one(Partner, partner_id)
        enter_as(db, store, ines.id)
        assert all(row in db for row in kept)
        assert db.get(Case, case_id) is None
        assert db.get(Partner, partner_id) is None
        assert db.get(Case, case_of(db, ines).id) is not None


def test_a_row_left_in_memory_by_sign_in_is_neither_changed_nor_deleted(store, ines, theirs):
    with store.session(writes=True) as db:
        with db.as_system():
            case = db.scalars(select(Case).where(Case.id == theirs[1])).one()
        enter_as(db, store, ines.id)
        case.label = "ours now"
        with pytest.raises(ScopeError, match="another practice"):
            db.flush()
        db.rollback()
        db.delete(case)
        with pytest.raises(ScopeError, match="another practice"):
            db.flush()


def test_a_new_row_of_another_practice_is_refused(db, theirs):
    practice_id, case_id, _ = theirs
    db.add(GoalPair(practice_id=practice_id, case_id=case_id))
    with pytest.raises(ScopeError, match="another practice"):
        db.flush()


def test_a_new_row_below_another_practice_s_case_is_refused_by_the_database(db, theirs):
    db.add(GoalPair(case_id=theirs[1]))
    with pytest.raises(IntegrityError):
        db.flush()


def test_a_row_of_a_case_cannot_refer_to_a_partner_of_a_colleague_s_case(db, ines, cast):
    with db.as_system():
        stranger = db.scalars(
            select(Partner.id).where(Partner.public_id == cast["tomas"].partner_refs[0])
        ).one()
    make_behaviour(db, case_of(db, ines))
    with pytest.raises(IntegrityError):
        db.execute(update(BehaviourRecord).values(about_id=stranger))


def test_no_bulk_update_moves_a_row_to_another_practice(db, theirs):
    with pytest.raises(IntegrityError):
        db.execute(update(Case).values(practice_id=theirs[0]))


def test_a_row_without_a_practice_takes_the_session_s(db, ines):
    pair = GoalPair(case_id=case_of(db, ines).id)
    db.add(pair)
    db.flush()
    assert pair.practice_id == db.scope.practice_id


@pytest.mark.parametrize(
    "act",
    [
        lambda db: db.scalars(select(Case)).all(),
        lambda db: db.get(Case, 1),
        lambda db: db.execute(text("SELECT 1")),
        lambda db: db.connection(),
        lambda db: db.scope,
    ],
)
def test_a_session_without_a_practice_reads_nothing(act, store):
    with store.session(writes=False) as db, pytest.raises(ScopeError):
        act(db)


def test_a_session_without_a_practice_writes_nothing(store):
    with store.session(writes=True) as db:
        db.add(GoalPair(practice_id=1, case_id=1))
        with pytest.raises(ScopeError):
            db.flush()


def test_a_session_never_changes_its_practice(db, store, cast):
    with pytest.raises(ScopeError, match="never changes"):
        enter_as(db, store, cast["noa"].id)


def test_working_as_the_system_ends_with_its_block(db):
    with db.as_system():
        assert db.is_system
        assert len(set(db.scalars(select(Case.practice_id)))) == 2
    assert not db.is_system
    assert len(set(db.scalars(select(Case.practice_id)))) == 1


def test_working_as_the_system_ends_after_a_fault_too(db):
    with pytest.raises(ZeroDivisionError), db.as_system():
        _ = 1 / 0
    assert not db.is_system


def test_the_system_may_use_a_bare_connection(db):
    with db.as_system():
        assert db.connection().execute(text("SELECT count(*) FROM practice")).scalar() == 2


def test_system_work_within_system_work_stays_system_work(db):
    with db.as_system():
        with db.as_system():
            pass
        assert db.is_system


def test_a_new_case_for_a_clinician_of_another_practice_is_refused(db, cast):
    db.add(
        Case(
            clinician_id=cast["noa"].id,
            concern="outside-contact",
            label="couple",
            secrets_policy=SecretsPolicy.NOT_YET,
            opened_on=TODAY,
        )
    )
    with pytest.raises(IntegrityError):
        db.flush()
