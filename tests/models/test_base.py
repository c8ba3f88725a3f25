"""Ids, times and enums as they lie in the database."""

import datetime as dt
import enum

import pytest
import time_machine
from sqlalchemy import Enum, text
from sqlalchemy.exc import StatementError

from clinic.domain.cases import SecretsPolicy
from clinic.models.base import PUBLIC_ID_LENGTH, Moment, new_public_id, now
from clinic.models.cases import Case
from clinic.models.keys import DataKey
from clinic.models.tables import all_tables
from tests.factories import (
    case_of,
    fill_case,
    make_appointment,
    make_case,
    make_new_steps,
    make_pair,
)
from tests.handout_factories import fill_handouts
from tests.intake_factories import fill_intake, make_pack
from tests.life_factories import fill_life
from tests.note_factories import make_addition, make_note, sign
from tests.packet_factories import make_packets
from tests.print_factories import make_print
from tests.safety_factories import fill_safety

EAST = dt.timezone(dt.timedelta(hours=5, minutes=30))


def store_moment(db, moment):
    with db.as_system():
        db.add(DataKey(version=9, wrapped=b"", created_at=moment))
        db.commit()
        return db.get_one(DataKey, 9, populate_existing=True).created_at


def test_public_ids_are_as_long_as_their_column_and_never_repeat():
    made = [new_public_id() for _ in range(1000)]
    assert {len(ref) for ref in made} == {PUBLIC_ID_LENGTH}
    assert len(set(made)) == len(made)


def test_a_time_comes_back_as_the_same_moment_with_its_zone(db):
    moment = dt.datetime(2026, 3, 29, 2, 30, 15, 123456, tzinfo=EAST)
    read = store_moment(db, moment)
    assert read == moment
    assert read.tzinfo is dt.UTC


def test_an_hour_that_the_clock_shows_twice_stays_two_moments(db):
    first = dt.datetime(2026, 10, 25, 2, 30, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    assert store_moment(db, first).hour == 0


def test_a_time_without_a_zone_is_refused(db):
    with pytest.raises(StatementError, match="needs a zone"):
        store_moment(db, dt.datetime(2026, 11, 20, 9))  # noqa: DTZ001 - what is refused


def test_no_time_stays_no_time():
    assert Moment().process_bind_param(None, None) is None
    assert Moment().process_result_value(None, None) is None


@time_machine.travel(dt.datetime(2026, 11, 20, 9, tzinfo=EAST), tick=False)
def test_now_says_where_it_was_measured():
    assert now() == dt.datetime(2026, 11, 20, 9, tzinfo=EAST)
    assert now().tzinfo is dt.UTC


def test_enums_are_stored_by_value(db, ines):
    case = case_of(db, ines)
    with db.as_system():
        stored = db.scalar(
            text('SELECT secrets_policy FROM "case" WHERE id = :id').bindparams(id=case.id)
        )
    assert stored == SecretsPolicy.LIMITED.value == "limited-secrets"
    assert case.secrets_policy is SecretsPolicy.LIMITED


def test_every_enum_column_of_every_table_holds_values_and_no_member_names(db, ines):
    fill_case(db, case_of(db, ines))
    fill_intake(db, case_of(db, ines))
    fill_safety(db, case_of(db, ines))
    make_pack(db)
    fill_life(db, case_of(db, ines))
    fill_handouts(db, case_of(db, ines))
    make_print(db, case_of(db, ines))
    make_packets(db, case_of(db, ines))
    make_new_steps(db, case_of(db, ines), make_pair(db, case_of(db, ines))[0])
    note = make_note(db, case_of(db, ines), make_appointment(db, case_of(db, ines)))
    make_addition(db, sign(db, case_of(db, ines), note))
    enums = [
        column
        for table in all_tables().sorted_tables
        for column in table.columns
        if isinstance(column.type, Enum)
    ]
    assert len(enums) > 15
    for column in enums:
        with db.as_system():
            stored = set(
                db.scalars(text(f'SELECT "{column.name}" FROM "{column.table.name}"'))  # noqa: S608
            )
        kind = column.type.enum_class
        assert issubclass(kind, enum.Enum)
        assert stored - {None} <= {member.value for member in kind}
        assert stored, f"{column} has no row"


def test_an_enum_s_values_fit_their_column():
    for table in all_tables().sorted_tables:
        for column in table.columns:
            if isinstance(column.type, Enum):
                assert max(map(len, column.type.enums)) <= column.type.length == 40


def test_a_case_is_called_by_the_names_of_its_partners(db, ines):
    assert case_of(db, ines).title == "Mara and Jonas"


def test_every_constraint_of_every_table_has_a_name_of_its_own():
    names = [
        constraint.name
        for table in all_tables().sorted_tables
        for constraint in (*table.constraints, *table.indexes)
    ]
    assert all(names)
    assert len(set(names)) == len(names)
    # PostgreSQL cuts longer names off, and two could become one.
    assert max(map(len, names)) <= 63


def test_a_row_knows_when_it_was_made(db):
    case = make_case(db)
    assert now() - case.created_at < dt.timedelta(minutes=1)
    assert isinstance(case, Case)
