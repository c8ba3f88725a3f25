"""The caseload: what today brings, what waits with safety first, and finding a case by name."""

import datetime as dt

import pytest

from clinic.domain.case_ends import CaseStatus
from clinic.domain.disclosures import DisclosureStatus
from clinic.domain.formulation import ExplanationStatus
from clinic.domain.invitations import Handing
from clinic.services import case_ends, caseload, disclosures, formulation, invitations, measures
from clinic.services.waiting import waiting_of
from tests import factories as made
from tests import intake_factories as intake
from tests import life_factories as life
from tests.factories import at_work, case_of

DAY = dt.date(2026, 11, 20)
BEFORE = DAY - dt.timedelta(days=1)
AFTER = DAY + dt.timedelta(days=1)


def home(db, status=CaseStatus.OPEN, page=1):
    return caseload.home(db, status, page, DAY)


def kinds(db, case, day=DAY):
    """Name what waits in a case."""
    found = vars(waiting_of(db, case, day)).items()
    return {name for name, since in found if name != "case_id" and since is not None}


def test_the_caseload_shows_where_each_case_stands(store, ines):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        made.make_appointment(db, case)
        made.make_appointment(db, case, held_on=DAY + dt.timedelta(days=7))
        life.move(db, case, "p2")
        newer = made.make_case(db).public_id
    with at_work(store, ines, writes=False) as db:
        found = caseload.list_cases(db)
        first, second = found.lines
        assert (first.public_id, first.last_appointment, first.phase) == (newer, None, "")
        assert (second.title, second.phase) == ("Mara and Jonas", "p2")
        assert second.last_appointment == DAY + dt.timedelta(days=7)
        assert (found.page, found.more) == (1, False)


def test_the_caseload_comes_fifty_a_page_newest_first(store, ines):
    with at_work(store, ines) as db:
        refs = [made.make_case(db).public_id for _ in range(caseload.PAGE)]
    with at_work(store, ines, writes=False) as db:
        first, second, third = (caseload.list_cases(db, page=page) for page in (1, 2, 3))
    assert [line.public_id for line in first.lines] == refs[::-1]
    assert [line.public_id for line in second.lines] == [ines.case_ref]
    assert (first.more, second.more, third.more) == (True, False, False)
    assert third.lines == []


def test_ended_and_archived_cases_are_listed_apart(db, ines):
    case = case_of(db, ines)
    life.end(db, case)
    assert home(db).caseload.lines == []
    assert [line.public_id for line in home(db, CaseStatus.ENDED).caseload.lines] == [
        case.public_id
    ]
    case_ends.archive_case(db, case, case.version)
    assert home(db, CaseStatus.ENDED).caseload.lines == []
    assert len(home(db, CaseStatus.ARCHIVED).caseload.lines) == 1


def test_today_lists_the_day_s_appointments_and_no_others(db, ines):
    case = case_of(db, ines)
    made.make_appointment(db, case, held_on=BEFORE)
    here = made.make_appointment(db, case, held_on=DAY)
    (line,) = home(db).today
    assert (line.title, line.appointment_ref, line.number) == (
        "Mara and Jonas",
        here.public_id,
        2,
    )


def test_nothing_waits_in_a_new_case(db, ines):
    assert kinds(db, case_of(db, ines)) == set()
    assert home(db).waiting.lines == []


def test_an_invited_partner_who_has_not_answered_is_named(db, ines):
    case = case_of(db, ines)
    intake.plan_intake(db, case)
    invitations.issue(db, case, ines.partner_refs[1], Handing.LINK)
    db.commit()
    (line,) = home(db).waiting.lines
    assert (line.unanswered, line.no_check_in) == (["Jonas"], [])


def test_a_withdrawn_invitation_waits_for_nobody(db, ines):
    case = case_of(db, ines)
    intake.plan_intake(db, case)
    issued = invitations.issue(db, case, ines.partner_refs[1], Handing.LINK)
    invitations.revoke(db, case, issued.invitation.public_id)
    assert kinds(db, case) == set()


def test_an_explanation_waits_from_its_day_on_while_it_is_active(db, ines):
    case = case_of(db, ines)
    row = made.make_explanation(db, case, test_by=AFTER)
    assert "explanation" not in kinds(db, case)
    details = made.explanation_details(test_by=DAY)
    formulation.change_explanation(db, case, row, details, row.version)
    assert kinds(db, case) == {"explanation"}
    dropped = made.explanation_details(test_by=DAY, status=ExplanationStatus.DROPPED)
    formulation.change_explanation(db, case, row, dropped, row.version)
    assert kinds(db, case) == set()


def test_a_reading_waits_until_a_newer_one_says_otherwise(db, ines):
    case = case_of(db, ines)
    made.make_formulation(db, case, review_on=life.later(1))
    assert kinds(db, case, life.later(0)) == set()
    assert kinds(db, case, life.later(1)) == {"reading"}
    made.make_formulation(db, case, 1, review_on=life.later(9))
    assert kinds(db, case, life.later(1)) == set()


def test_goals_wait_from_their_review_on(db, ines):
    case = case_of(db, ines)
    made.make_pair(db, case, review_on=AFTER)
    assert kinds(db, case) == set()
    made.make_pair(db, case, review_on=DAY)
    assert kinds(db, case) == {"goals"}


def test_a_promise_waits_until_it_was_kept(db, ines):
    case = case_of(db, ines)
    ref = intake.make_disclosure(db, case).public_id
    promised = disclosures.StepDetails(DisclosureStatus.OWNER_TO_SHARE, DAY)
    disclosures.add_step(db, case, ref, promised)
    assert kinds(db, case) == {"promise"}
    shared = disclosures.StepDetails(DisclosureStatus.SHARED, DAY)
    disclosures.add_step(db, case, ref, shared)
    assert kinds(db, case) == set()


def test_a_task_of_the_safety_layer_waits_until_it_was_looked_at(db, ines):
    case = case_of(db, ines)
    task = intake.make_task(db, case)
    assert kinds(db, case) == {"task"}
    assert waiting_of(db, case, DAY).is_safety
    measures.finish_task(db, case, task.public_id)
    assert kinds(db, case) == set()


def test_a_case_with_something_for_safety_stands_before_what_waits_longer(db, ines):
    older = case_of(db, ines)
    made.make_explanation(db, older, test_by=dt.date(2020, 1, 1))
    newer = made.make_case(db)
    intake.make_task(db, newer)
    assert [line.case_ref for line in home(db).waiting.lines] == [
        newer.public_id,
        older.public_id,
    ]
    assert [line.found.looks for line in home(db).waiting.lines] == [1, 1]


def test_an_ended_case_waits_for_nothing(db, ines):
    case = case_of(db, ines)
    made.make_explanation(db, case, test_by=DAY)
    life.end(db, case)
    assert home(db).waiting.lines == []


def test_what_waits_comes_in_pages_and_says_how_many_there_are(db):
    for _ in range(caseload.SHOWN + 2):
        made.make_explanation(db, made.make_case(db), test_by=DAY)
    first = home(db).waiting
    assert (len(first.lines), first.count, first.more) == (caseload.SHOWN, caseload.SHOWN + 2, True)
    whole = caseload.list_waiting(db, 1, DAY)
    assert (len(whole.lines), whole.more) == (caseload.SHOWN + 2, False)
    assert caseload.list_waiting(db, 2, DAY).lines == []


def test_nothing_of_a_colleague_s_waits_here(store, ines, cast):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        intake.make_task(db, case)
        made.make_appointment(db, case, held_on=DAY)
    for who in ("tomas", "noa"):
        with at_work(store, cast[who], writes=False) as db:
            found = home(db)
            assert (found.today, found.waiting.lines, found.offers) == ([], [], [])


@pytest.mark.parametrize("words", ["mara", "JON", "jonas mar", "coup"])
def test_a_case_is_found_by_parts_of_names_and_of_what_it_is_called(words, db, ines):
    assert [line.public_id for line in caseload.search(db, words).lines] == [ines.case_ref]


def test_an_archived_case_is_found_and_a_colleague_s_is_not(db, ines):
    case = case_of(db, ines)
    life.end(db, case)
    case_ends.archive_case(db, case, case.version)
    (line,) = caseload.search(db, "Mara").lines
    assert line.status is CaseStatus.ARCHIVED
    assert caseload.search(db, "Robin").lines == []
    assert caseload.search(db, "mara robin").lines == []
