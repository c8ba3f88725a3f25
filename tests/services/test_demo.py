"""The demo practice: whole or not at all, the same however often it is asked for, and apart."""

import datetime as dt
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from types import MappingProxyType

import pytest
from sqlalchemy import func, select

from clinic.content.loader import load_library
from clinic.content.vignettes_loader import load_demo
from clinic.domain.cases import together
from clinic.domain.formulation import Bearing
from clinic.domain.visibility import Audience, Layer
from clinic.keyring.errors import ClosedLayerError
from clinic.models.accounts import Clinician, Practice
from clinic.models.formulation import EvidenceItem
from clinic.services import (
    accounts,
    appointments,
    audit,
    behaviours,
    cases,
    evidence,
    goals,
    readings,
    upkeep,
)
from clinic.services.caseload import list_cases
from clinic.services.demo.days import days_after, days_before, perhaps_month_before, workday
from clinic.services.demo.practice import SignIn, prepare_demo
from clinic.services.errors import RefusedError
from clinic.web.app import create_app
from config import Settings
from tests.conftest import settle
from tests.factories import make_case
from tests.postgres import fresh_database
from tests.services.state import whole_state

TODAY = dt.date(2026, 11, 20)
DEMO = load_demo(load_library())
INES, TOMAS = DEMO.practice.clinicians
NEW = "quiet harbour lamps tonight"


def prepare(store):
    return prepare_demo(store, DEMO, TODAY)


def state(store):
    with store.session(writes=False) as db:
        return whole_state(db)


def how_many(store, kind):
    with store.session(writes=False) as db, db.as_system():
        return db.scalar(select(func.count()).select_from(kind))


def enter(db, store, email):
    with db.as_system():
        clinician = db.scalars(select(Clinician).where(Clinician.email == email)).one()
    accounts.enter(db, store, clinician)
    return clinician


def caseload(store, email):
    with store.session(writes=False) as db:
        enter(db, store, email)
        return [line.title for line in list_cases(db).lines]


def find(db, title):
    line = next(line for line in list_cases(db).lines if line.title == title)
    return cases.find_case(db, line.public_id)


@pytest.fixture(scope="module")
def demos(tmp_path_factory, key_file, request):
    """The URL of a database with the demo in it, on each engine."""
    made = {
        "sqlite": f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.db'}",
        "postgresql": fresh_database(request.getfixturevalue("postgres")),
    }
    for url in made.values():
        store = upkeep.prepare_records(upkeep.Place(tmp_path_factory.mktemp("data"), key_file, url))
        prepare(store)
        settle(store)
    return made


@pytest.fixture
def filled(engine_name, demos, key_file, tmp_path, request):
    """An installation of its own, with the demo in it."""
    url = demos[engine_name]
    if engine_name == "postgresql":
        url = fresh_database(request.getfixturevalue("postgres"), url)
    else:
        copy = shutil.copy(url.removeprefix("sqlite:///"), tmp_path / "demo.db")
        url = f"sqlite:///{copy}"
    store = upkeep.open_records(upkeep.Place(tmp_path, key_file, url))
    yield store
    store.engine.dispose()


@pytest.fixture
def ines_at_work(filled):
    with filled.session(writes=True) as db:
        enter(db, filled, INES.email)
        yield db


def test_an_empty_database_gets_the_practice_and_everybody_can_sign_in(blank):
    assert prepare(blank) == [
        SignIn("Ines Ferrara", INES.email, INES.password),
        SignIn("Tomas Lind", TOMAS.email, TOMAS.password),
    ]
    with blank.session(writes=True) as db:
        for row in (INES, TOMAS):
            clinician = accounts.check_credentials(db, row.email, row.password)
            with db.as_system():
                assert clinician.name == row.name
                assert clinician.practice.name == "Harbour Practice (demo)"
                assert "911" in clinician.practice.resource_line


def test_each_clinician_finds_their_own_cases(filled):
    assert set(caseload(filled, INES.email)) == {
        "Mara and Jonas",
        "Dev and Noor",
        "Kim, Lou and Tariq",
    }
    assert set(caseload(filled, TOMAS.email)) == {"Ruth and Adaeze", "Elena and Viktor"}


@pytest.mark.parametrize("row", [INES, TOMAS], ids=["ines", "tomas"])
def test_a_case_holds_all_that_its_vignette_tells(row, filled):
    with filled.session(writes=False) as db:
        enter(db, filled, row.email)
        for vignette in (DEMO.vignettes[name] for name in row.treats):
            case = find(db, together([partner.name for partner in vignette.partners]))
            told = cases.Progress(
                behaviours=len(vignette.behaviours),
                onset=1,
                explanations=len(vignette.explanations),
                formulations=1,
                goals=len(vignette.goals),
                appointments=len(vignette.appointments),
                responses=0,
            )
            assert cases.progress(db, case) == told
            assert [item.observation for item in evidence.list_evidence(db, case)] == [
                item.observation
                for item in sorted(
                    vignette.evidence, key=lambda item: days_before(TODAY, item.days_ago)
                )
            ]
            assert (case.label, case.secrets_policy) == (vignette.label, vignette.secrets_policy)
            assert (case.partners[0].contact_notes, case.partners[0].contact_by) == (
                vignette.partners[0].contact_notes,
                vignette.partners[0].contact_by,
            )
            latest = readings.latest_formulation(db, case)
            assert latest.couple_summary == vignette.reading.couple_summary


def test_placings_are_each_person_s_own(ines_at_work):
    case = find(ines_at_work, "Mara and Jonas")
    mara, jonas = case.partners
    messages = behaviours.list_behaviours(ines_at_work, case)[0]
    zones = {rating.rater_id: rating.zone for rating in messages.ratings}
    assert (zones[mara.id], zones[jonas.id], zones[None]) == ("objectionable", "gray", None)
    therapist = next(rating for rating in messages.ratings if rating.rater_id is None)
    assert (therapist.concealment, therapist.function, therapist.agreement) == (2, 2, 2)
    assert [each.response for each in messages.responses] == ["R05", "R10"]
    assert (messages.since_year, messages.since_month) == (2026, 4)


def test_evidence_bears_as_its_kind_does_and_leaves_nothing_unweighed(ines_at_work):
    case = find(ines_at_work, "Mara and Jonas")
    layer = evidence.issue_layer(ines_at_work, case)
    kinds = {row.public_id: row.kind for row in layer.explanations}
    assert kinds[layer.standings[0].explanation] == "H2"
    assert kinds[layer.standings[-1].explanation] == "H7"
    ids = {row.kind: row.id for row in layer.explanations}
    for item in layer.evidence:
        assert len(item.bearings) == len(layer.explanations)
        if item.kind in {"E12", "E07"}:
            found = {each.explanation_id: each.bearing for each in item.bearings}
            assert found[ids["H7"]] is Bearing.AGAINST


def test_a_bearing_of_the_file_takes_the_place_of_the_usual_one(ines_at_work):
    case = find(ines_at_work, "Kim, Lou and Tariq")
    layer = evidence.issue_layer(ines_at_work, case)
    ids = {row.id: row.kind for row in layer.explanations}
    clear = next(item for item in layer.evidence if item.kind == "E18")
    assert {ids[each.explanation_id]: each.bearing for each in clear.bearings} == {
        "H1": Bearing.NEUTRAL,
        "H7": Bearing.SUPPORTS,
    }


def test_false_progress_shows_at_the_third_appointment(ines_at_work):
    case = find(ines_at_work, "Dev and Noor")
    held = appointments.list_appointments(ines_at_work, case)
    rows = {goal.stub: goal for goal in goals.list_goals(ines_at_work, case)}
    levels = {
        stub: [goals.rating_of(rows[stub], appointment.id, None).level for appointment in held]
        for stub in ("G14", "G15")
    }
    assert levels == {"G14": [-2, 0, -2], "G15": [-1, -1, 0]}
    assert len({goal.pair_id for goal in rows.values()}) == 1


def test_each_partner_rates_closeness_alone(ines_at_work):
    case = find(ines_at_work, "Mara and Jonas")
    held = appointments.list_appointments(ines_at_work, case)
    evenings = next(g for g in goals.list_goals(ines_at_work, case) if g.stub == "G11")
    own = [
        [goals.rating_of(evenings, each.id, partner.id).own for each in held]
        for partner in case.partners
    ]
    assert own == [[3, 3, 4, 5, 6, 7], [3, 4, 4, 6, 7, 7]]


def test_a_goal_belongs_to_one_to_two_or_to_all_of_three(ines_at_work):
    case = find(ines_at_work, "Kim, Lou and Tariq")
    rows = goals.list_goals(ines_at_work, case)
    assert sorted(len(goal.owners) for goal in rows) == [1, 2, 3]


def test_nothing_of_elena_s_safety_opens_for_viktor(filled):
    with filled.session(writes=False) as db:
        clinician = enter(db, filled, TOMAS.email)
        elena, viktor = (partner.public_id for partner in find(db, "Elena and Viktor").partners)

    def what_opens_for(person):
        with filled.session(writes=False) as db:
            accounts.enter_for(db, filled, clinician, Audience.PARTNER, person)
            kept = select(EvidenceItem).where(EvidenceItem.layer == Layer.SAFETY)
            opened = []
            for item in db.scalars(kept.order_by(EvidenceItem.id)):
                try:
                    opened.append(item.observation)
                except ClosedLayerError:
                    continue
            return opened

    assert len(what_opens_for(elena)) == 2
    assert what_opens_for(viktor) == []


def test_asking_again_changes_nothing_and_tells_the_same(filled):
    before = state(filled)
    assert [each.password for each in prepare(filled)] == [INES.password, TOMAS.password]
    assert state(filled) == before


def test_what_was_added_since_stays(filled):
    with filled.session(writes=True) as db:
        enter(db, filled, INES.email)
        make_case(db, "Ada", "Nour")
    prepare(filled)
    assert "Ada and Nour" in caseload(filled, INES.email)


def test_a_password_changed_since_is_not_told(filled):
    with filled.session(writes=True) as db:
        clinician = enter(db, filled, INES.email)
        accounts.change_password(db, clinician.id, INES.password, NEW)
    assert [each.password for each in prepare(filled)] == [None, TOMAS.password]


def test_another_practice_is_left_as_it_is(store):
    before = state(store)
    with pytest.raises(RefusedError, match="stays out of it"):
        prepare(store)
    assert state(store) == before


def test_a_refusal_half_way_leaves_nothing(blank):
    before = state(blank)
    last = DEMO.vignettes["05-who-may-see-whom"]
    vague = last.explanations[0].model_copy(update={"would_change_my_mind": "no"})
    broken = last.model_copy(update={"explanations": (vague,)})
    vignettes = MappingProxyType({**DEMO.vignettes, "05-who-may-see-whom": broken})
    with pytest.raises(RefusedError, match="change your mind"):
        prepare_demo(blank, replace(DEMO, vignettes=vignettes), TODAY)
    assert state(blank) == before


KILLED = """
import datetime, os, signal, sys
from dataclasses import replace
from pathlib import Path
from clinic.content.loader import load_library
from clinic.content.vignettes_loader import load_demo
from clinic.services import upkeep
from clinic.services.demo.practice import prepare_demo

class CutOff(dict):
    def __getitem__(self, name):
        if name == "05-who-may-see-whom":
            os.kill(os.getpid(), signal.SIGKILL)
        return super().__getitem__(name)

folder, key, url = sys.argv[1:]
demo = load_demo(load_library())
store = upkeep.open_records(upkeep.Place(Path(folder), Path(key), url))
prepare_demo(store, replace(demo, vignettes=CutOff(demo.vignettes)), datetime.date(2026, 11, 20))
"""


def test_a_start_killed_at_the_last_case_ends_complete_when_run_again(blank, key_file, tmp_path):
    url = blank.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", KILLED, str(tmp_path), str(key_file), url]
    killed = subprocess.run(command, check=False, capture_output=True, text=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert how_many(blank, Practice) == 0
    prepare(blank)
    assert len(caseload(blank, INES.email)) == 3
    assert len(caseload(blank, TOMAS.email)) == 2


def test_two_starts_at_once_make_one_practice(blank):
    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(lambda _: prepare(blank), range(2)))
    assert told[0] == told[1]
    assert (how_many(blank, Practice), how_many(blank, Clinician)) == (1, 2)


def test_every_act_is_in_an_unbroken_log(filled):
    with filled.session(writes=False) as db:
        assert audit.first_broken_line(db) is None
    actions = [row for row in state(filled) if row[0] == "AuditLine"]
    assert sum("case.opened" in row for row in actions) == 5
    assert sum("practice.created" in row for row in actions) == 1


def test_appointments_were_held_on_working_days_in_the_past(filled):
    with filled.session(writes=False) as db:
        enter(db, filled, INES.email)
        for title in caseload(filled, INES.email):
            days = [row.held_on for row in appointments.list_appointments(db, find(db, title))]
            assert days == sorted(days)
            assert all(day < TODAY and day.weekday() < 5 for day in days)


@pytest.mark.parametrize(
    ("day", "kept"),
    [
        (dt.date(2026, 11, 20), dt.date(2026, 11, 20)),
        (dt.date(2026, 11, 21), dt.date(2026, 11, 20)),
        (dt.date(2026, 11, 22), dt.date(2026, 11, 20)),
        (dt.date(2026, 11, 23), dt.date(2026, 11, 23)),
    ],
)
def test_nobody_works_at_a_weekend(day, kept):
    assert workday(day) == kept


def test_days_are_counted_from_the_day_the_demo_is_made():
    assert days_before(TODAY, 7) == dt.date(2026, 11, 13)
    assert days_after(TODAY, 3) == dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("months", "since"),
    [(None, (None, None)), (1, (2026, 10)), (10, (2026, 1)), (11, (2025, 12)), (36, (2023, 11))],
)
def test_a_month_is_counted_back_over_the_years(months, since):
    assert perhaps_month_before(TODAY, months) == since


def run_command(store, key_file, tmp_path):
    url = store.engine.url.render_as_string(hide_password=False)
    app = create_app(Settings(tmp_path, key_file, url, address="https://demo.example"))
    with app.app_context():
        result = app.test_cli_runner().invoke(args=["demo"])
    app.extensions["store"].engine.dispose()
    return result


def test_the_command_prints_where_to_go_and_how_to_sign_in(blank, key_file, tmp_path):
    for _ in range(2):
        result = run_command(blank, key_file, tmp_path)
        assert result.exit_code == 0
        for told in ("https://demo.example", INES.email, INES.password, TOMAS.password):
            assert told in result.output


def test_the_command_refuses_with_a_sentence(store, key_file, tmp_path):
    result = run_command(store, key_file, tmp_path)
    assert result.exit_code == 1
    assert "The demo was not prepared" in result.output
    assert INES.password not in result.output
