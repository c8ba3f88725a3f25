"""Check-ins: the same for everybody, each alone, and nothing of them lost."""

import datetime as dt

import pytest
import time_machine
from sqlalchemy import select

from clinic.domain.answers import given
from clinic.domain.cases import SecretsPolicy
from clinic.domain.check_ins import BRING, CHECK_IN, Reminder
from clinic.domain.goals import Attainment
from clinic.domain.invitations import Handing, InvitationState
from clinic.models.base import now
from clinic.models.goals import GoalRating
from clinic.models.invitations import Invitation
from clinic.models.outbox import OutboxMail
from clinic.models.questionnaires import Answer, QuestionnaireResponse
from clinic.models.scope import ScopeError
from clinic.services import (
    appointments,
    cases,
    check_in_answers,
    check_in_lines,
    check_ins,
    goals,
    invitations,
    outbox,
    questionnaires,
)
from clinic.services.days import today
from clinic.services.errors import MissingError, RefusedError
from tests import check_in_factories as made
from tests.check_in_factories import ANSWERS, as_partner, in_days, make_check_in
from tests.factories import appointment_details, at_work, case_of, make_case, make_pair
from tests.life_factories import end
from tests.services.answering import as_couple
from tests.web.test_queries import statements

PIN = "593826"


@pytest.fixture
def case(db, ines):
    return case_of(db, ines)


def answer(db, store, case, place, ref, answers=ANSWERS, *, send=True):  # noqa: PLR0913, PLR0917
    """Answer in a session of the partner at that place."""
    with as_partner(db, store, case, place) as (own, partner):
        made.answer_in(own, partner, ref, answers, send=send)


def living(db, case):
    return {row.partner_id: row for row in db.scalars(select(Invitation)) if not row.revoked_at}


def mails(db):
    return db.scalars(select(OutboxMail).order_by(OutboxMail.due_at, OutboxMail.id)).all()


def test_everybody_gets_a_way_in_and_an_earlier_one_ends(db, case):
    first = invitations.issue(db, case, case.partners[0].public_id, Handing.LINK).invitation
    db.commit()
    made.make_check_in(db, case)
    assert set(living(db, case)) == {partner.id for partner in case.partners}
    assert invitations.state_of(first) is InvitationState.REVOKED


def test_the_new_link_opens_with_the_pin_that_was_chosen_before(db, store, case):
    issued = invitations.issue(db, case, case.partners[0].public_id, Handing.LINK)
    db.commit()
    token = issued.token
    with store.session(writes=True) as first:
        invitations.claim(first, store, token, PIN)
    db.expire_all()
    _, [mara, jonas] = check_ins.ask(db, case, made.ask_details(case), made.LETTERS)
    with store.session(writes=True) as again:
        assert invitations.come_back(again, mara.token, PIN)
    with store.session(writes=True) as again, pytest.raises(RefusedError):
        invitations.come_back(again, mara.token, "111122")
    assert invitations.state_of(jonas.invitation) is InvitationState.OPEN


def test_a_link_that_was_locked_stays_locked(db, case):
    issued = invitations.issue(db, case, case.partners[0].public_id, Handing.LINK)
    issued.invitation.wrong_pins, issued.invitation.pin_hash = 5, "hash"
    db.commit()
    made.make_check_in(db, case)
    state = invitations.state_of(living(db, case)[case.partners[0].id])
    assert state is InvitationState.LOCKED


@pytest.mark.parametrize(
    ("changes", "problem", "field"),
    [
        ({"due_on": in_days(-3)}, "This day is over", "due_on"),
        ({"due_on": in_days(14)}, "Links work for two weeks, so ask nearer to the day", "due_on"),
        (
            {"due_on": today(), "reminder": Reminder.TWO_DAYS_BEFORE},
            "This time has passed",
            "reminder",
        ),
        ({"goals": ["x" * 22] * 7}, "Choose 6 at most", "goals"),
    ],
)
def test_what_cannot_be_asked_is_refused(db, case, changes, problem, field):
    with pytest.raises(RefusedError) as refusal:
        made.make_check_in(db, case, **changes)
    assert (str(refusal.value.args[0]), refusal.value.field) == (problem, field)


def test_one_day_is_asked_for_once_until_it_was_ended(db, case):
    row = made.make_check_in(db, case)
    with pytest.raises(RefusedError, match="asked for this day already"):
        made.make_check_in(db, case)
    db.rollback()
    check_ins.close(db, case, row.public_id)
    assert made.make_check_in(db, case).public_id != row.public_id


def test_nobody_is_asked_before_a_policy_on_secrets_is_chosen(db):
    case = make_case(db, secrets_policy=SecretsPolicy.NOT_YET)
    with pytest.raises(RefusedError, match="policy on secrets"):
        made.make_check_in(db, case)


def test_a_goal_of_another_case_cannot_be_asked(db, case):
    other = make_pair(db, make_case(db))[0].public_id
    with pytest.raises(MissingError):
        made.make_check_in(db, case, goals=[other])


def test_a_mail_goes_out_at_once_and_a_reminder_waits_for_its_time(db, case):
    details = made.by_mail(case, reminder=Reminder.EVENING_BEFORE)
    row, _ = check_ins.ask(db, case, details, made.LETTERS)
    found = mails(db)
    assert [mail.due_at <= now() for mail in found] == [True, True, False, False]
    assert {mail.due_at for mail in found[2:]} == {row.remind_at}
    assert all("Your link" in mail.body for mail in found[:2])
    assert not any("link" in mail.body for mail in found[2:])


def test_who_has_answered_is_not_reminded_and_the_others_are(db, store, case):
    row, _ = check_ins.ask(db, case, made.by_mail(case, reminder=Reminder.MORNING_OF), made.LETTERS)
    waiting = row.remind_at
    answer(db, store, case, 0, row.public_id)
    db.expire_all()
    assert [mail.partner_id for mail in mails(db) if mail.due_at == waiting] == [
        case.partners[1].id
    ]


def test_a_reminder_of_an_ended_check_in_is_never_sent(db, case):
    row, _ = check_ins.ask(db, case, made.by_mail(case, reminder=Reminder.MORNING_OF), made.LETTERS)
    check_ins.close(db, case, row.public_id)
    assert not outbox.is_any_due(db, row.remind_at + dt.timedelta(hours=1))
    assert not living(db, case)


def test_a_new_link_comes_with_its_reminder_and_ends_the_old_one(db, case):
    row, _ = check_ins.ask(db, case, made.by_mail(case, reminder=Reminder.MORNING_OF), made.LETTERS)
    sending = check_ins.Sending(made.BY_MAIL, made.LETTERS)
    issued = check_ins.renew_link(db, case, row.public_id, case.partners[0].public_id, sending)
    assert living(db, case)[case.partners[0].id].id == issued.invitation.id
    wanted = [mail.invitation_id for mail in mails(db) if mail.due_at == row.remind_at]
    assert wanted.count(issued.invitation.id) == 1


def test_who_has_answered_gets_no_new_link(db, store, case):
    row = made.make_check_in(db, case)
    answer(db, store, case, 0, row.public_id)
    db.expire_all()
    with pytest.raises(RefusedError, match="has been answered"):
        made.new_link(db, case, row.public_id)


def test_the_newest_check_in_is_the_one_that_is_asked(db, store, case):
    earlier, later = made.make_check_in(db, case), made.make_check_in(db, case, due_on=in_days(7))
    refs = earlier.public_id, later.public_id
    with as_partner(db, store, case) as (own, mara):
        asked = check_in_answers.find_asked(own, mara)
        assert asked.check_in.public_id == refs[1]
        # What a tab still holds for the earlier one is taken all the same.
        made.answer_in(own, mara, refs[0], send=False)
        made.answer_in(own, mara, refs[1])
        assert check_in_answers.find_asked(own, mara) is None


def test_a_check_in_of_long_ago_opens_no_more(db, store, case):
    made.make_check_in(db, case, due_on=today())
    later = time_machine.travel(now() + dt.timedelta(days=9))
    with later, as_partner(db, store, case) as (own, mara):
        assert check_in_answers.find_asked(own, mara) is None


def test_an_ended_check_in_takes_no_answer_and_keeps_what_came_before(db, store, case):
    row = made.make_check_in(db, case)
    answer(db, store, case, 0, row.public_id, send=False)
    db.expire_all()
    check_ins.close(db, case, row.public_id)
    ref = row.public_id
    with as_partner(db, store, case) as (own, mara):
        found = check_in_answers.find_own(own, mara, ref)
        with pytest.raises(RefusedError, match="has ended"):
            check_in_answers.begin(own, mara, found, 1)
        with pytest.raises(RefusedError, match="has ended"):
            check_in_answers.hand_in(own, found, found.response)
        assert questionnaires.answers_of(own, found.response)[BRING] == made.ANSWERS[BRING]


def test_another_partner_s_part_does_not_exist_in_one_s_own_session(db, store, case):
    row = made.make_check_in(db, case)
    answer(db, store, case, 0, row.public_id)
    ref = row.public_id
    with as_partner(db, store, case, 1) as (own, jonas):
        found = check_in_answers.find_own(own, jonas, ref)
        assert (found.response, found.part.partner_id) == (None, jonas.id)
        assert not own.scalars(select(Answer)).all()


def test_handed_in_twice_is_handed_in_once(db, store, case):
    row = made.make_check_in(db, case)
    ref = row.public_id
    with as_partner(db, store, case) as (own, mara):
        made.answer_in(own, mara, ref)
        found = check_in_answers.find_own(own, mara, ref)
        sent = found.sent_at
        check_in_answers.hand_in(own, found, found.response)
        assert found.sent_at == sent


def test_the_intake_knows_nothing_of_check_ins(db, store, case):
    answer(db, store, case, 0, made.make_check_in(db, case).public_id)
    db.expire_all()
    assert not questionnaires.list_responses(db, case)
    assert cases.progress(db, case).responses == 0
    assert db.scalars(select(QuestionnaireResponse)).one().questionnaire.startswith(CHECK_IN)


# --- Ratings of goals -----------------------------------------------------------------------------


def rated(ref, level="1", own="7"):
    return {f"goal.{ref}.level": given([level]), f"goal.{ref}.own": given([own])}


@pytest.fixture
def goal(db, case):
    return make_pair(db, case)[0]


def hold(db, case, day=None):
    details = appointment_details(case, held_on=day or today())
    return appointments.hold_appointment(db, case, details)


def rating(db, goal, appointment, partner):
    db.expire_all()
    return goals.rating_of(goal, appointment.id, partner.id)


def test_ratings_come_in_when_the_appointment_is_held(db, store, case, goal):
    row = made.make_check_in(db, case, due_on=today(), goals=[goal.public_id])
    answer(db, store, case, 0, row.public_id, rated(goal.public_id))
    db.expire_all()
    held = hold(db, case)
    found = rating(db, goal, held, case.partners[0])
    assert (found.level, found.own) == (Attainment.MORE, 7)
    assert rating(db, goal, held, case.partners[1]) == goals.RatingDetails()
    assert row.appointment_id == held.id


def test_ratings_that_come_late_come_in_at_once(db, store, case, goal):
    row = made.make_check_in(db, case, due_on=today(), goals=[goal.public_id])
    held = hold(db, case)
    answer(db, store, case, 1, row.public_id, rated(goal.public_id, "-1"))
    assert rating(db, goal, held, case.partners[1]).level is Attainment.LESS


def test_a_check_in_asked_for_after_the_appointment_was_written_down_belongs_to_it(
    db, store, case, goal
):
    held = hold(db, case)
    row = made.make_check_in(db, case, due_on=today(), goals=[goal.public_id])
    answer(db, store, case, 0, row.public_id, rated(goal.public_id))
    assert rating(db, goal, held, case.partners[0]).own == 7


def test_what_was_said_in_the_room_stays(db, store, case, goal):
    row = made.make_check_in(db, case, due_on=today(), goals=[goal.public_id])
    held, mara = hold(db, case), case.partners[0]
    said = goals.RatingDetails(Attainment.EXPECTED, 5)
    goals.rate_goals(db, case, held, mara.public_id, {goal.public_id: said})
    answer(db, store, case, 0, row.public_id, rated(goal.public_id))
    assert rating(db, goal, held, mara) == said


def test_of_two_check_ins_before_one_appointment_the_newer_counts(db, store, case, goal):
    first = made.make_check_in(db, case, due_on=today(), goals=[goal.public_id])
    second = made.make_check_in(db, case, due_on=in_days(2), goals=[goal.public_id])
    answer(db, store, case, 0, first.public_id, rated(goal.public_id, "-2", "1"))
    answer(db, store, case, 0, second.public_id, rated(goal.public_id, "2", "9"))
    db.expire_all()
    with time_machine.travel(now() + dt.timedelta(days=3)):
        held = hold(db, case)
    assert rating(db, goal, held, case.partners[0]).own == 9
    assert len(db.scalars(select(GoalRating)).all()) == 1


def test_a_check_in_for_later_waits_for_its_own_appointment(db, store, case, goal):
    row = made.make_check_in(db, case, due_on=in_days(7), goals=[goal.public_id])
    answer(db, store, case, 0, row.public_id, rated(goal.public_id))
    db.expire_all()
    held = hold(db, case)
    assert rating(db, goal, held, case.partners[0]) == goals.RatingDetails()
    assert row.appointment_id is None


def test_a_step_that_was_reworded_since_does_not_come_in_and_the_number_does(db, store, case, goal):
    row = made.make_check_in(db, case, due_on=today(), goals=[goal.public_id])
    answer(db, store, case, 0, row.public_id, rated(goal.public_id))
    db.expire_all()
    goal.more = "other words"
    db.commit()
    found = rating(db, goal, hold(db, case), case.partners[0])
    assert (found.level, found.own) == (None, 7)


# --- Reading --------------------------------------------------------------------------------------


def test_what_was_sent_is_read_in_one_statement_and_drafts_are_not(db, store, case):
    row = made.make_check_in(db, case)
    answer(db, store, case, 0, row.public_id)
    answer(db, store, case, 1, row.public_id, send=False)
    db.expire_all()
    case = case_of_again(db, case)
    with statements(store) as sent:
        [line] = check_in_lines.list_sent(db, case)
        assert line.bring == "the holiday"
    assert len(sent) == 1
    assert line.partner_id == case.partners[0].id
    assert check_in_lines.list_sent(db, case, since=row.due_on) == []


def case_of_again(db, case):
    return cases.find_case(db, case.public_id)


def test_standings_name_who_has_begun_and_who_has_sent(db, store, case):
    row = made.make_check_in(db, case)
    answer(db, store, case, 0, row.public_id)
    answer(db, store, case, 1, row.public_id, send=False)
    db.expire_all()
    with statements(store) as sent:
        [asked] = check_in_lines.list_asked(db, case_of_again(db, case))
    assert [(bool(part.sent_at), part.begun) for part in asked.parts] == [
        (True, True),
        (False, True),
    ]
    assert asked.is_open
    assert len(sent) <= 4, "the case, its partners, and one for the standings"


def test_the_caseload_hears_who_has_not_answered_in_one_statement(db, store, ines, cast, case):
    soon = made.make_check_in(db, case)
    answer(db, store, case, 0, soon.public_id)
    other = make_case(db, "Kim", "Lou", "Tariq")
    later = made.make_check_in(db, other, due_on=in_days(2))
    ended = made.make_check_in(db, other, due_on=in_days(3))
    check_ins.close(db, other, ended.public_id)
    db.expire_all()
    with statements(store) as sent:
        found = check_in_lines.unanswered_check_ins(db, today())
    assert len(sent) == 1
    assert [(each.case_ref, each.due_on, len(each.partner_ids)) for each in found] == [
        (ines.case_ref, soon.due_on, 1),
        (other.public_id, later.due_on, 3),
    ]
    assert check_in_lines.unanswered_check_ins(db, in_days(4)) == []
    with at_work(store, cast["tomas"], writes=False) as theirs:
        assert check_in_lines.unanswered_check_ins(theirs, today()) == []


def test_only_the_treating_clinician_reads_what_was_sent(db, store, ines, case):
    answer(db, store, case, 0, made.make_check_in(db, case).public_id)
    db.commit()
    with as_couple(store, ines) as room, pytest.raises(MissingError):
        check_in_lines.list_sent(room, case_of(room, ines))


def test_a_partner_s_own_session_writes_no_rating_in_anybody_else_s_name(db, store, case, goal):
    held, jonas = hold(db, case), case.partners[1].id
    row = {"case_id": case.id, "practice_id": case.practice_id, "goal_id": goal.id}
    row |= {"appointment_id": held.id, "own": 3}
    with as_partner(db, store, case) as (own, _):
        for rater_id in (jonas, None):
            own.add(GoalRating(**row, rater_id=rater_id))
            with pytest.raises(ScopeError):
                own.flush()
            own.rollback()


def test_in_a_case_that_has_ended_nobody_is_asked(db, ines):
    case = case_of(db, ines)
    end(db, case)
    with pytest.raises(RefusedError, match="has ended"):
        make_check_in(db, case)
