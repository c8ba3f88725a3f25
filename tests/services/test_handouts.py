"""Handouts: each in the layer of its audience, done at home by its partner alone, nothing lost."""

import datetime as dt

import pytest
from sqlalchemy import select

from clinic.domain.answers import AnswerState
from clinic.domain.cases import SecretsPolicy
from clinic.domain.handouts import Medium, Returned
from clinic.domain.invitations import LASTS, Handing, InvitationState
from clinic.domain.visibility import Layer
from clinic.keyring.errors import ClosedLayerError
from clinic.models.base import now
from clinic.models.handouts import Handout, HandoutForm
from clinic.models.invitations import Invitation
from clinic.models.outbox import OutboxMail
from clinic.models.questionnaires import Answer
from clinic.models.scope import ScopeError
from clinic.services import (
    appointment_pages,
    cases,
    handout_answers,
    handout_lines,
    handouts,
    invitations,
    questionnaires,
)
from clinic.services.days import today
from clinic.services.errors import MissingError, RefusedError, StaleError
from tests import handout_factories as made
from tests.check_in_factories import BY_MAIL, LETTERS, as_partner
from tests.factories import case_of, make_appointment, make_case
from tests.life_factories import end
from tests.services.answering import as_couple

PIN = "593826"


@pytest.fixture
def case(db, ines):
    return case_of(db, ines)


def lines(db, case):
    return handout_lines.list_handed_out(db, case)


def home(db, case, sheet="w04", sending=None, **changes):
    details = made.details(case, sheet, **changes)
    return handouts.hand_out_home(db, case, details, made.form_of(sheet), sending)


def living(db):
    return {row.partner_id: row for row in db.scalars(select(Invitation)) if not row.revoked_at}


def test_a_sheet_lies_in_the_layer_of_its_audience(db, case):
    own, shared = made.make_handout(db, case, "w09"), made.make_handout(db, case, "w07")
    assert (own.layer, own.partner_id) == (Layer.PRIVATE, case.partners[0].id)
    assert (shared.layer, shared.partner_id) == (Layer.SHARED, None)
    assert {own.medium, shared.medium} == {Medium.PAPER}


@pytest.mark.parametrize("sheet", ["w04", "w06", "t01"])
def test_a_reader_that_does_not_fit_the_sheet_is_nobody(db, case, sheet):
    wrong = "" if sheet == "w04" else case.partners[0].public_id
    with pytest.raises(MissingError):
        made.make_handout(db, case, sheet, reader=wrong)


def test_a_reader_or_appointment_of_another_case_is_nobody(db, case):
    other = make_case(db)
    appointment = make_appointment(db, other).public_id
    with pytest.raises(MissingError):
        made.make_handout(db, case, reader=other.partners[0].public_id)
    with pytest.raises(MissingError):
        made.make_handout(db, case, appointment=appointment)


def test_a_day_that_has_not_come_and_an_ended_case_hand_nothing_out(db, case):
    with pytest.raises(RefusedError, match="not come"):
        made.make_handout(db, case, on=today() + dt.timedelta(days=3))
    db.rollback()
    end(db, case)
    for give in (made.make_handout, made.make_home):
        with pytest.raises(RefusedError, match="has ended"):
            give(db, case)


def test_the_same_sheet_printed_again_on_its_day_is_the_same_handout(db, case):
    first = made.make_handout(db, case)
    assert made.make_handout(db, case).id == first.id
    assert made.make_handout(db, case, reader=case.partners[1].public_id).id != first.id
    handouts.press_returned(db, case, first.public_id, Returned.DONE)
    assert made.make_handout(db, case).id != first.id


def test_a_line_on_it_opens_with_the_keys_of_its_audience_and_no_others(db, store, case, ines):
    own, shared = made.make_handout(db, case, "w09"), made.make_handout(db, case, "w07")
    for row, words in ((own, "a heavy evening"), (shared, "two rows of it")):
        handouts.write_outcome(db, case, row.public_id, words, 0)
    ids = {"own": own.id, "shared": shared.id}
    assert [each.handout.outcome for each in lines(db, case)] == [
        "two rows of it",
        "a heavy evening",
    ]
    with as_partner(db, store, case) as (mara, _):
        assert mara.get_one(Handout, ids["own"]).outcome == "a heavy evening"
    with as_couple(store, ines) as couple:
        assert couple.get_one(Handout, ids["shared"]).outcome == "two rows of it"
        with pytest.raises(ClosedLayerError):
            _ = couple.get_one(Handout, ids["own"]).outcome
    with as_partner(db, store, case, 1) as (jonas, _), pytest.raises(ClosedLayerError):
        _ = jonas.get_one(Handout, ids["own"]).outcome


def test_how_far_it_was_done_is_pressed_and_taken_off(db, case):
    ref = made.make_handout(db, case).public_id
    handouts.press_returned(db, case, ref, Returned.PARTLY)
    row = handout_lines.find_handout(db, case, ref)
    assert (row.returned, row.returned_on) == (Returned.PARTLY, today())
    handouts.press_returned(db, case, ref, None)
    assert (row.returned, row.returned_on) == (None, None)


def test_two_tabs_do_not_write_over_each_other_s_line(db, case):
    ref = made.make_handout(db, case).public_id
    handouts.write_outcome(db, case, ref, "it helped", 0)
    with pytest.raises(StaleError):
        handouts.write_outcome(db, case, ref, "it did not", 0)
    handouts.press_returned(db, case, ref, Returned.DONE)
    handouts.write_outcome(db, case, ref, "it helped a little", 1)


def test_a_mistake_is_taken_back_until_something_came_of_it(db, case):
    ref = made.make_handout(db, case).public_id
    handouts.withdraw_handout(db, case, ref)
    assert not lines(db, case)[0].is_out
    with pytest.raises(MissingError):
        handouts.press_returned(db, case, ref, Returned.DONE)
    other = made.make_handout(db, case).public_id
    handouts.press_returned(db, case, other, Returned.NOT_DONE)
    with pytest.raises(RefusedError, match="has come back"):
        handouts.withdraw_handout(db, case, other)


def test_a_sheet_waits_in_the_way_in_that_is_there(db, store, case):
    token = invitations.issue(db, case, case.partners[0].public_id, Handing.LINK).token
    db.commit()
    with store.session(writes=True) as first:
        invitations.claim(first, store, token, PIN)
    db.expire_all()
    row = living(db)[case.partners[0].id]
    row.expires_at = now() + dt.timedelta(days=1)
    db.commit()
    assert home(db, case) is None
    assert living(db)[case.partners[0].id].id == row.id
    assert row.expires_at > now() + LASTS - dt.timedelta(minutes=1)
    with as_partner(db, store, case) as (own, mara):
        [waiting] = handout_answers.list_waiting(own, mara)
        assert waiting.asked == made.form_of()


def test_a_link_that_nobody_came_in_by_is_not_made_to_last_longer(db, case):
    row = invitations.issue(db, case, case.partners[0].public_id, Handing.LINK).invitation
    row.expires_at = soon = now() + dt.timedelta(days=1)
    db.commit()
    home(db, case)
    assert row.expires_at == soon


@pytest.mark.parametrize("gone", ["never", "expired", "revoked", "locked", "tablet"])
def test_without_a_way_in_that_works_nothing_waits(db, case, gone):
    if gone != "never":
        handing = Handing.TABLET if gone == "tablet" else Handing.LINK
        row = invitations.issue(db, case, case.partners[0].public_id, handing).invitation
        row.expires_at = now() if gone == "expired" else row.expires_at
        row.revoked_at = now() if gone == "revoked" else None
        row.wrong_pins = 5 if gone == "locked" else 0
        db.commit()
    appointment = make_appointment(db, case)
    page = appointment_pages.read(db, case, appointment.public_id)
    assert page.handouts.ways == frozenset()
    with pytest.raises(RefusedError, match="no way in"):
        home(db, case)
    db.rollback()
    assert not lines(db, case)


def test_a_new_link_ends_the_earlier_one_and_can_go_by_mail(db, case):
    first = invitations.issue(db, case, case.partners[0].public_id, Handing.LINK).invitation
    db.commit()
    issued = home(db, case, sending=handouts.Sending(BY_MAIL, LETTERS))
    assert issued is not None
    assert invitations.state_of(first) is InvitationState.REVOKED
    [mail] = db.scalars(select(OutboxMail))
    assert issued.token in mail.body
    assert mail.subject == "A form for you"
    page = appointment_pages.read(db, case, make_appointment(db, case).public_id)
    assert page.handouts.ways == {case.partners[0].id}


@pytest.mark.parametrize("sheet", ["w05", "w06", "w10"])
def test_sheets_for_openness_and_for_all_are_done_on_paper_alone(db, case, sheet):
    with pytest.raises(RefusedError, match="on paper"):
        home(db, case, sheet, made.LINK)


def test_nobody_is_asked_before_a_policy_on_secrets_is_chosen(db):
    case = make_case(db, secrets_policy=SecretsPolicy.NOT_YET)
    with pytest.raises(RefusedError, match="policy on secrets"):
        made.make_home(db, case)


def test_the_same_sheet_again_is_the_one_that_waits(db, store, case):
    made.make_home(db, case)
    home(db, case)
    assert len(lines(db, case)) == 1
    ref = made.form_ref(db, case, lines(db, case)[0].handout)
    with as_partner(db, store, case) as (own, mara):
        made.answer_in(own, mara, ref)
    home(db, case)
    assert len(lines(db, case)) == 2


def test_what_was_sent_is_read_question_by_question_and_stays_as_it_was_asked(db, store, case):
    row = made.make_home(db, case)
    ref = made.form_ref(db, case, row)
    with pytest.raises(MissingError):
        handout_answers.read_sent(db, case, row.public_id)
    with as_partner(db, store, case) as (own, mara):
        made.answer_in(own, mara, ref)
        with pytest.raises(RefusedError, match="has been sent"):
            made.answer_in(own, mara, ref)
    sent = handout_answers.read_sent(db, case, row.public_id)
    assert sent.asked == made.form_of()
    assert sent.answers["s2.b1.i1"].value == "the heron by the lake"
    assert sent.answers["s5.b3.i1"].state is AnswerState.DECLINED
    assert {each.layer for each in db.scalars(select(Answer))} == {Layer.PRIVATE}


def test_no_other_partner_finds_begins_or_reads_it(db, store, case):
    ref = made.form_ref(db, case, made.make_home(db, case))
    with as_partner(db, store, case, 1) as (own, jonas):
        assert not handout_answers.list_waiting(own, jonas)
        assert not own.scalars(select(HandoutForm)).all()
        with pytest.raises(MissingError):
            handout_answers.find_own(own, jonas, ref)
        # Even a row that came from elsewhere could not be written.
        form = HandoutForm(case_id=jonas.case_id, partner_id=jonas.id - 1, handout_id=1)
        form.asked = "{}"
        own.add(form)
        with pytest.raises(ScopeError):
            own.flush()
        own.rollback()


def test_a_form_that_was_taken_back_keeps_its_answers_and_takes_no_more(db, store, case):
    row = made.make_home(db, case)
    ref = made.form_ref(db, case, row)
    with as_partner(db, store, case) as (own, mara):
        made.answer_in(own, mara, ref, send=False)
    handouts.withdraw_handout(db, case, row.public_id)
    with as_partner(db, store, case) as (own, mara):
        assert not handout_answers.list_waiting(own, mara)
        found = handout_answers.find_own(own, mara, ref)
        with pytest.raises(RefusedError, match="has ended"):
            handout_answers.begin(own, mara, found)
        assert found.response is not None
        with pytest.raises(RefusedError, match="has ended"):
            handout_answers.hand_in(own, found, found.response)
        assert questionnaires.answers_of(own, found.response)


def test_a_form_at_home_is_no_answer_to_the_intake(db, store, case):
    ref = made.form_ref(db, case, made.make_home(db, case))
    with as_partner(db, store, case) as (own, mara):
        made.answer_in(own, mara, ref)
    assert not questionnaires.list_responses(db, case)
    assert cases.progress(db, case).responses == 0


def test_nobody_reads_handouts_with_the_couples_keys(db, store, case, ines):
    row = made.make_home(db, case)
    ref = row.public_id
    db.commit()
    with as_couple(store, ines) as couple:
        theirs = cases.find_case(couple, ines.case_ref)
        for read in (
            lambda: handout_lines.list_handed_out(couple, theirs),
            lambda: handout_answers.read_sent(couple, theirs, ref),
            lambda: handouts.press_returned(couple, theirs, ref, None),
        ):
            with pytest.raises(MissingError):
                read()


def test_an_appointment_asks_about_what_had_not_come_back_by_its_day(db, case):
    day = today() - dt.timedelta(days=14)
    first = make_appointment(db, case, held_on=day)
    second = make_appointment(db, case, held_on=today())
    open_one = made.make_handout(db, case, "w06", appointment=first.public_id)
    between = made.make_handout(db, case, "w09", on=today() - dt.timedelta(days=3))
    early = made.make_handout(db, case, "w04", appointment=first.public_id)
    early.returned, early.returned_on = Returned.DONE, day + dt.timedelta(days=1)
    wrong = made.make_handout(db, case, "w11", appointment=first.public_id)
    handouts.withdraw_handout(db, case, wrong.public_id)
    here = made.make_handout(db, case, "w12", appointment=second.public_id)

    def sheets(found):
        return [each.handout.sheet for each in found]

    page = appointment_pages.read(db, case, second.public_id).handouts
    assert sheets(page.to_ask_about) == [open_one.sheet, between.sheet]
    assert sheets(page.given) == [here.sheet]
    handouts.press_returned(db, case, open_one.public_id, Returned.PARTLY)
    # What was pressed at this appointment stays in sight there.
    page = appointment_pages.read(db, case, second.public_id).handouts
    assert sheets(page.to_ask_about) == [open_one.sheet, between.sheet]
    assert not appointment_pages.read(db, case, first.public_id).handouts.to_ask_about
