"""Migrations lead to the models, keep what is stored, can be undone and survive an interruption."""

import datetime as dt

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, insert, inspect, select, text
from sqlalchemy.exc import DatabaseError

from clinic.models.store import open_store
from clinic.services import upkeep
from clinic.services.upkeep import alembic_config, migrate
from tests.postgres import fresh_database

LAST = 22
REVISIONS = [f"{number:04}" for number in range(1, LAST + 1)]
NEWEST, BEFORE_IT = REVISIONS[-1], REVISIONS[-2]

MOMENT = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
DAY = dt.date(2026, 11, 20)


@pytest.fixture
def engine(engine_name, key_file, tmp_path, request):
    """An opened database without any table."""
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    if engine_name == "postgresql":
        url = fresh_database(request.getfixturevalue("postgres"))
    store = open_store(url, upkeep.read_master_key(key_file))
    yield store.engine
    store.engine.dispose()


def of_case(ref, **columns):
    """Fill what every row of a case has."""
    shared = {"public_id": f"ref-{ref}", "practice_id": 1, "case_id": 1, "created_at": MOMENT}
    return {"id": 1} | shared | columns


def of_partner(ref, **columns):
    """Fill what every row of one partner has."""
    return of_case(ref, partner_id=1, **columns)


TEXT = b"\x01\x00\x01 sealed \xff"

#: The rows that each revision's tables could hold, in the words of SQL and of no model.
#: The end of the audit chain is there from the start.
MADE_BY_ITS_MIGRATION = "audit_head"
ROWS = {
    "0001": {
        "practice": {
            "id": 1,
            "public_id": "practice",
            "name": "Harbour",
            "resource_line": "",
            "created_at": MOMENT,
        },
        "clinician": {
            "id": 1,
            "public_id": "clinician",
            "practice_id": 1,
            "name": "Ines",
            "email": "ines@example.org",
            "password_hash": "hash",
            "created_at": MOMENT,
        },
        "data_key": {"version": 1, "wrapped": TEXT, "created_at": MOMENT},
        "setup_code": {"id": 1, "code_hash": "hash", "created_at": MOMENT},
        "attempts": {"subject": "sign-in:0", "count": 3, "started_at": MOMENT},
        "browser_session": {
            "token_hash": "hash",
            "clinician_id": 1,
            "created_at": MOMENT,
            "seen_at": MOMENT,
            "ends_at": MOMENT,
        },
    },
    "0002": {
        "audit_head": {"id": 1, "count": 0, "digest": "0" * 64},
        "audit_line": {
            "number": 1,
            "at": MOMENT,
            "practice_id": 1,
            "clinician_id": 1,
            "action": "case.read",
            "subject": "case",
            "previous": "0",
            "digest": "d",
        },
    },
    "0003": {
        "case": {
            "id": 1,
            "public_id": "case",
            "practice_id": 1,
            "clinician_id": 1,
            "concern": "outside-contact",
            "label": b"sealed",
            "secrets_policy": "not-yet",
            "opened_on": DAY,
            "version": 1,
            "created_at": MOMENT,
        },
        "partner": of_case(1, name=TEXT, position=0, contact_by="phone"),
    },
    "0004": {
        "behaviour_record": of_case(
            2,
            behaviour="B01",
            about_id=1,
            since_month=3,
            frequency="weekly",
            still_happening="yes",
            how_known="discovered",
            times_raised=2,
            version=1,
            own_words=TEXT,
        ),
        "behaviour_rating": of_case(3, behaviour_id=1, rater_id=1, zone="gray", concealment=2),
        "observed_response": of_case(4, behaviour_id=1, response="R01"),
        "onset_agreement": of_case(5, status="implicit", version=1, wording=TEXT),
        "onset_position": of_case(6, partner_id=1, openness="assumed", words=TEXT),
    },
    "0005": {
        "explanation": of_case(
            7,
            kind="H2",
            confidence="low",
            status="active",
            version=1,
            statement=TEXT,
            would_change_my_mind=TEXT,
        ),
        "evidence_item": of_case(
            8,
            source_id=1,
            observed_on=DAY,
            diagnosticity="high",
            layer="private",
            version=1,
            observation=TEXT,
        ),
        "evidence_bearing": of_case(9, evidence_id=1, explanation_id=1, bearing="supports"),
        "formulation": of_case(
            10,
            number=1,
            author_id=1,
            roll_up="mixed",
            confidence="medium",
            reason=TEXT,
            strengths=TEXT,
        ),
    },
    "0006": {
        "appointment": of_case(11, number=1, held_on=DAY, kind="joint", version=1),
        "appointment_attendance": of_case(12, appointment_id=1, partner_id=1, attendance="present"),
        "goal_pair": of_case(13),
        "goal": of_case(
            14,
            pair_id=1,
            layer="behaviour",
            weight=1.5,
            review_on=DAY,
            start_level=-1,
            version=1,
            explanation_id=1,
            wording=TEXT,
            much_less=TEXT,
            less=TEXT,
            expected=TEXT,
            more=TEXT,
            much_more=TEXT,
        ),
        "goal_owner": of_case(15, goal_id=1, partner_id=1),
        "goal_rating": of_case(16, goal_id=1, appointment_id=1, rater_id=1, level=1, own=7),
    },
    "0007": {
        "invitation": of_partner(
            17, token_hash="hash", handing="e-mail", expires_at=MOMENT, wrong_pins=0
        ),
        "outbox_mail": of_partner(
            18,
            invitation_id=1,
            message_id="message",
            due_at=MOMENT,
            tries=1,
            last_problem="The mail server put it off.",
            recipient=TEXT,
            subject=TEXT,
            body=TEXT,
        ),
        "partner_session": {
            "token_hash": "hash",
            "invitation_id": 1,
            "clinician_id": 1,
            "created_at": MOMENT,
            "seen_at": MOMENT,
            "ends_at": MOMENT,
        },
    },
    "0008": {
        "intake_plan": of_case(
            19,
            questionnaire="intake",
            questionnaire_version=1,
            behaviours="B01,B11",
            version=1,
            own_behaviours=TEXT,
        ),
        "questionnaire_response": of_partner(20, questionnaire="intake", questionnaire_version=1),
        "signature": of_partner(
            21, document="welcome", document_version=1, text=TEXT, typed_name=TEXT
        ),
        "answer": of_partner(
            22,
            response_id=1,
            item="B11.placing",
            state="answered",
            layer="private",
            saved_at=MOMENT,
            value=TEXT,
        ),
        "save_operation": of_partner(23, response_id=1, operation="page.1"),
    },
    "0009": {
        "disclosure": of_partner(
            24, wish="will-share", policy="limited-secrets", words=TEXT, promise=TEXT
        ),
        "disclosure_step": of_partner(
            25, disclosure_id=1, author_id=1, status="withheld", on=DAY, reason=TEXT
        ),
        "map_release": of_partner(26, behaviour="B11", placing=TEXT, agreed=TEXT),
        "safety_task": of_partner(27, kind="single-item", words=TEXT),
        "measure_score": of_partner(
            28, instrument="phq-9", taken_on=DAY, layer="private", score=TEXT, single_items=TEXT
        ),
    },
    "0010": {
        "private_check": of_partner(
            29, author_id=1, asked_on=DAY, asked_alone=True, result="positive", told=TEXT
        ),
        "safety_plan": of_partner(30, number=1, words=TEXT),
        "safety_decision": of_case(31, author_id=1, kind="track", holds=True, reason=TEXT),
    },
    "0011": {
        "life_event": of_case(32, kind="move", year=2024, month=5, version=1, words=TEXT),
        "evidence_link": of_case(
            33, evidence_id=1, behaviour_id=1, appointment_id=1, answer_item="brings"
        ),
        "formulation_citation": of_case(
            34, formulation_id=1, evidence_id=1, layer="private", source_id=1, observation=TEXT
        ),
        "summary_reaction": of_case(35, formulation_id=1, partner_id=1, words=TEXT),
        "suggestion_answer": of_case(36, rule="leaning-out", partner_id=1, accepted=True),
        "frame_theme": of_case(37, frame="deep", version=1, title=TEXT),
        "frame_entry": of_case(38, place="cycle.trigger.partner", version=1, words=TEXT),
        "draft": of_case(39, clinician_id=1, form="f" * 64, saved_at=MOMENT, fields=TEXT),
    },
    "0012": {
        "questionnaire_pack": {
            "id": 1,
            "public_id": "ref-29",
            "practice_id": 1,
            "created_at": MOMENT,
            "loaded_by_id": 1,
            "format": "fhir-r4",
            "sha256": "hash",
            "questions": 3,
            "scored": 2,
            "title": TEXT,
            "licence": TEXT,
            "file": TEXT,
        },
    },
    "0013": {"explanation_beside": of_case(41, explanation_id=1, partner_id=1)},
    "0014": {
        "goal_change": of_case(42, goal_id=1, status="met", since=DAY, reason=TEXT),
    },
    "0015": {
        "accord": of_case(50, version=1, crossed=TEXT),
        "accord_member": of_case(51, accord_id=1, partner_id=1),
        "accord_topic": of_case(
            52, accord_id=1, behaviour="B11", status="open", version=1, title=TEXT, wording=TEXT
        ),
        "accord_position": of_case(53, topic_id=1, partner_id=1, position="fine-if-told"),
        "accord_version": of_case(
            54,
            accord_id=1,
            number=1,
            author_id=1,
            saved_on=DAY,
            review_on=DAY,
            reason=TEXT,
            snapshot=TEXT,
        ),
        "accord_yes": of_case(55, version_id=1, partner_id=1, given_on=DAY),
        "repair_response": of_case(
            56, partner_id=1, appointment_id=1, version=1, marks=TEXT, remark=TEXT
        ),
    },
    "0016": {
        "note": of_case(
            60,
            appointment_id=1,
            author_id=1,
            format="dap",
            version=2,
            saved_at=MOMENT,
            signed_at=MOMENT,
            texts=TEXT,
            signed=TEXT,
            digest=TEXT,
        ),
        "note_addition": of_case(
            61,
            note_id=1,
            author_id=1,
            kind="late-entry",
            served_on=DAY,
            written_on=DAY,
            words=TEXT,
            reason=TEXT,
            author_name=TEXT,
            digest=TEXT,
        ),
        "process_note": of_case(62, author_id=1, on=DAY, version=1, words=TEXT),
    },
    "0017": {
        "check_in": of_case(71, due_on=DAY, remind_at=MOMENT, appointment_id=1, goals=TEXT),
        "check_in_part": of_partner(72, check_in_id=1, invitation_id=1, response_id=1),
    },
    "0018": {
        "phase_tick": of_case(
            81,
            phase="p0",
            criterion="screens",
            partner_id=1,
            holds=True,
            ticked_on=DAY,
            author_id=1,
        ),
        "phase_move": of_case(
            82, number=1, phase="p1", left_open=2, moved_on=DAY, author_id=1, reason=TEXT
        ),
        "case_life_step": of_case(
            83,
            kind="ended",
            taken_on=DAY,
            outcome="parted-well",
            author_id=1,
            reason=TEXT,
            summary=TEXT,
        ),
        "case_transfer": of_case(84, from_id=1, to_id=1, state="offered", words=TEXT),
    },
    "0019": {
        "appointment": of_case(
            11, number=1, held_on=DAY, kind="joint", version=1, began_at=MOMENT, ended_at=MOMENT
        ),
        "appointment_attendance": of_case(
            12,
            appointment_id=1,
            partner_id=1,
            attendance="late",
            minutes_late=10,
            joined_by="video",
            is_private=True,
            same_place=False,
            is_alone=True,
            place=TEXT,
        ),
    },
    "0020": {
        "sheet_print": of_case(
            91,
            layer="private",
            partner_id=1,
            author_id=1,
            paper="letter",
            size="large",
            fillable=True,
            items=TEXT,
            digest=TEXT,
            pdf=TEXT,
        ),
        "frame_agreement": of_case(92, place="deep.pattern", version=1, words=TEXT),
    },
    "0021": {
        "packet_job": {
            "id": 1,
            "public_id": "packet-job",
            "practice_id": 1,
            "clinician_id": 1,
            "blank": False,
            "paper": "A4",
            "size": "large",
            "started_at": MOMENT,
            "stopped_at": MOMENT,
            "created_at": MOMENT,
        },
        "packet_part": of_case(
            101,
            job_id=1,
            position=0,
            partner_id=1,
            audience="partner",
            sheets="w01,w12",
            copies=1,
            made=2,
            leased_until=MOMENT,
            tries=1,
            done_at=MOMENT,
            failed_at=MOMENT,
            print_id=1,
            problem=TEXT,
            file=TEXT,
        ),
    },
    "0022": {
        "handout": of_case(
            111,
            sheet="w04",
            sheet_version=1,
            medium="home",
            layer="private",
            partner_id=1,
            appointment_id=1,
            handed_out_on=DAY,
            author_id=1,
            returned="partly",
            returned_on=DAY,
            taken_back_at=MOMENT,
            version=1,
            outcome=TEXT,
        ),
        "handout_form": of_partner(112, handout_id=1, response_id=1, closed_at=MOMENT, asked=TEXT),
    },
}


def up_to(revision):
    """Give every row that a database of this revision could hold."""
    rows = {}
    for each in REVISIONS[: REVISIONS.index(revision) + 1]:
        rows |= ROWS[each]
    return rows


def fill(engine, rows):
    with engine.begin() as connection:
        tables = MetaData()
        tables.reflect(connection)
        for name, row in rows.items():
            if name != MADE_BY_ITS_MIGRATION:
                connection.execute(insert(tables.tables[name]).values(row))


def stored(engine):
    """Read every row of every table but alembic's own."""
    with engine.begin() as connection:
        tables = MetaData()
        tables.reflect(connection)
        return {
            table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in tables.sorted_tables
            if table.name != "alembic_version"
        }


def revision_of(engine):
    with engine.begin() as connection:
        return connection.scalar(text("SELECT version_num FROM alembic_version"))


def tables_of(engine):
    with engine.begin() as connection:
        return set(inspect(connection).get_table_names()) - {"alembic_version"}


def test_the_migrations_lead_to_the_models(engine):
    migrate(engine)
    command.check(alembic_config(engine))


def test_the_tables_that_the_tests_use_match_the_models(store):
    command.check(alembic_config(store.engine))


def test_every_revision_follows_the_one_before_it_and_says_what_it_does():
    script = ScriptDirectory(str(upkeep.ROOT / "migrations"))
    revisions = list(script.walk_revisions())[::-1]
    assert [each.revision for each in revisions] == REVISIONS
    for each in revisions:
        assert each.path.startswith(str(upkeep.ROOT / "migrations" / "versions" / each.revision))
        assert each.module.__doc__.startswith("Creates ")
        assert each.module.__doc__.endswith(".")


def test_every_table_has_a_row_in_these_tests(engine):
    migrate(engine)
    assert tables_of(engine) == set(up_to(NEWEST))


def test_what_was_stored_at_any_revision_is_kept_by_every_later_one(engine):
    before = {}
    for revision in REVISIONS:
        migrate(engine, revision)
        after = stored(engine)
        for name, rows in before.items():
            kept = [{column: row[column] for column in rows[0]} for row in after[name]]
            assert kept == rows, f"{name} at {revision}"
        new = {name: row for name, row in ROWS[revision].items() if name not in before}
        fill(engine, new)
        filled = stored(engine)
        before |= {name: filled[name] for name in new}
    assert all(before.values())


def test_the_rows_at_the_newest_revision_satisfy_every_constraint(engine):
    migrate(engine)
    fill(engine, up_to(NEWEST))
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
    assert [len(rows) for rows in stored(engine).values()] == [1] * len(up_to(NEWEST))


def test_every_step_can_be_undone_and_done_again(engine):
    migrate(engine)
    for revision in [*REVISIONS[-2::-1], "base"]:
        command.downgrade(alembic_config(engine), revision)
        expected = set() if revision == "base" else set(up_to(revision))
        assert tables_of(engine) == expected
    migrate(engine)
    command.check(alembic_config(engine))


def test_undoing_the_newest_step_keeps_what_older_tables_hold(engine):
    migrate(engine)
    fill(engine, up_to(NEWEST))
    before = stored(engine)
    command.downgrade(alembic_config(engine), BEFORE_IT)
    after = stored(engine)
    assert set(after) == set(up_to(BEFORE_IT))
    for name, rows in after.items():
        assert rows == [{column: row[column] for column in rows[0]} for row in before[name]], name


def test_the_log_only_grows_again_after_it_was_undone_and_made_anew(engine):
    migrate(engine)
    command.downgrade(alembic_config(engine), "0001")
    migrate(engine)
    fill(engine, up_to("0002"))
    with engine.connect() as connection, pytest.raises(DatabaseError, match="only grows"):
        connection.execute(text("DELETE FROM audit_line"))


# A table in its way stops each migration half-way: some of its tables are made by then.
IN_THE_WAY = {
    "0003": "partner",
    "0004": "observed_response",
    "0005": "explanation",
    "0006": "goal",
    "0007": "partner_session",
    "0008": "answer",
    "0009": "safety_task",
    "0012": "questionnaire_pack",
}


@pytest.mark.parametrize("revision", IN_THE_WAY)
def test_an_interrupted_migration_leaves_the_revision_before_it_intact(revision, engine):
    before = REVISIONS[REVISIONS.index(revision) - 1]
    migrate(engine, before)
    fill(engine, up_to(before))
    rows = stored(engine)
    obstacle = IN_THE_WAY[revision]
    with engine.begin() as connection:
        connection.execute(text(f"CREATE TABLE {obstacle} (id INTEGER)"))
    with pytest.raises(DatabaseError, match="already exists"):
        migrate(engine)
    assert revision_of(engine) == before
    assert tables_of(engine) == set(up_to(before)) | {obstacle}
    with engine.begin() as connection:
        connection.execute(text(f"DROP TABLE {obstacle}"))
    assert stored(engine) == rows
    migrate(engine)
    command.check(alembic_config(engine))


def test_steps_before_the_interrupted_one_stay_done(engine):
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE explanation (id INTEGER)"))
    with pytest.raises(DatabaseError, match="already exists"):
        migrate(engine)
    assert revision_of(engine) == "0004"
    assert tables_of(engine) == set(up_to("0004")) | {"explanation"}
