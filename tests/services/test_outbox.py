"""Mails wait with what they are about; none is lost, none reaches whom it should not."""

import datetime as dt
import logging
import re
import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
import time_machine
from sqlalchemy import func, select

from clinic.domain.invitations import LASTS, Handing
from clinic.keyring.errors import ClosedLayerError
from clinic.models.audit import AuditLine
from clinic.models.base import now
from clinic.models.cases import Partner
from clinic.models.outbox import OutboxMail
from clinic.services import delivery, invitations, mailing, outbox
from clinic.services.delivery import Outcome
from clinic.services.errors import MissingError, RefusedError
from clinic.services.mailing import NotSentError
from clinic.services.outbox import Pace
from tests.factories import at_work, case_details, case_of, fill_case, make_case
from tests.mail import HANG_UP, PUT_OFF, mail_server

MOMENT = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
SECOND, MINUTE = dt.timedelta(seconds=1), dt.timedelta(minutes=1)
PUT_OFF_FAULT = NotSentError("The mail server put it off (code 451).")
ADDRESS, SUBJECT = "mara@example.org", "A form for you"
TEXT = "Hello,\n\nhttps://harbour.example/i/the-link\n"


@pytest.fixture
def clock():
    with time_machine.travel(MOMENT, tick=False) as travelled:
        yield travelled


@pytest.fixture
def post():
    with mail_server() as running:
        yield running


def invite(db, person, position=0):
    """Invite one partner of a person's case; an earlier invitation of that partner ends."""
    ref = person.partner_refs[position]
    return invitations.issue(db, case_of(db, person), ref, Handing.EMAIL).invitation


def put(store, person, position=0):
    """Invite a partner by mail, and give the mail's ref and its invitation's."""
    with at_work(store, person) as db:
        invitation = invite(db, person, position)
        mail = outbox.enqueue(db, invitation, ADDRESS, SUBJECT, TEXT)
        db.commit()
        return mail.public_id, invitation.public_id


def claim(store, pace=outbox.PACE):
    with store.session(writes=True) as db:
        return outbox.claim_next(db, now(), pace)


def fail(store, claimed, fault=PUT_OFF_FAULT):
    with store.session(writes=True) as db:
        return outbox.mark_failed(db, claimed, fault, now())


def revoke(store, person, invitation_ref):
    with at_work(store, person) as db:
        invitations.revoke(db, case_of(db, person), invitation_ref)


def deliver(store, post):
    return delivery.deliver_next(store, post.server())


def mail_of(db, ref):
    return db.scalars(select(OutboxMail).where(OutboxMail.public_id == ref)).one()


def shown(store, person):
    """Give what the therapist is told about mails that were given up."""
    with at_work(store, person, writes=False) as db:
        return [
            (mail.public_id, mail.last_problem) for mail in outbox.given_up(db, case_of(db, person))
        ]


def test_a_mail_waits_only_once_its_invitation_is_saved(store, ines):
    with at_work(store, ines) as db:
        outbox.enqueue(db, invite(db, ines), ADDRESS, SUBJECT, TEXT)
    assert claim(store) is None


def test_a_mail_is_sent_once_and_as_it_was_written(store, ines, post):
    put(store, ines)
    assert deliver(store, post) is Outcome.DEALT_WITH
    assert deliver(store, post) is Outcome.NOTHING_DUE
    [mail] = post.mails()
    assert (mail["To"], mail["Subject"], mail.get_content()) == (ADDRESS, SUBJECT, TEXT)


def test_a_sent_mail_s_text_is_forgotten_and_its_address_kept(store, ines, post):
    ref, invitation_ref = put(store, ines)
    deliver(store, post)
    with at_work(store, ines) as db:
        mail = mail_of(db, ref)
        assert (mail.body, mail.subject, mail.recipient) == ("", SUBJECT, ADDRESS)
        assert mail.sent_at is not None
        invitation = invitations.find_invitation(db, case_of(db, ines), invitation_ref)
        assert outbox.last_recipient(db, invitation) == ADDRESS


def test_an_invitation_that_was_never_mailed_has_no_address(db, ines):
    with pytest.raises(RefusedError):
        outbox.last_recipient(db, invite(db, ines))


@pytest.mark.parametrize("recipient", ["", "a@x.org, b@x.org", "a@x.org\r\nBcc: b@x.org"])
def test_a_mail_to_anything_but_one_address_is_refused_at_once(recipient, db, ines):
    with pytest.raises(RefusedError):
        outbox.enqueue(db, invite(db, ines), recipient, SUBJECT, TEXT)
    assert db.scalar(select(func.count(OutboxMail.id))) == 0


@pytest.mark.parametrize("subject", ["A form\r\nBcc: b@x.org", "A form\n"])
def test_a_header_cannot_be_smuggled_into_a_subject(subject, db, ines):
    with pytest.raises(ValueError, match="one line"):
        outbox.enqueue(db, invite(db, ines), ADDRESS, subject, TEXT)
    assert db.scalar(select(func.count(OutboxMail.id))) == 0


def test_a_claimed_mail_is_not_claimed_again_while_the_lease_lasts(store, ines, clock):
    ref, _ = put(store, ines)
    first = claim(store)
    assert (first.ref, first.tries, first.leased_until) == (ref, 1, MOMENT + outbox.PACE.lease)
    clock.shift(outbox.PACE.lease - SECOND)
    assert claim(store) is None


def test_a_mail_whose_worker_died_is_claimed_again_after_the_lease(store, ines, clock):
    put(store, ines)
    first = claim(store)
    clock.shift(outbox.PACE.lease)
    second = claim(store)
    assert (second.id, second.tries) == (first.id, 2)


def test_a_worker_whose_lease_ran_out_sends_nothing_and_puts_nothing_off(store, ines, clock):
    put(store, ines)
    first = claim(store)
    clock.shift(outbox.PACE.lease)
    with store.session(writes=False) as db:
        assert outbox.open_letter(db, store, first) is None, "before anybody else has it"
    second = claim(store)
    with store.session(writes=False) as db:
        assert outbox.open_letter(db, store, replace(first, leased_until=now() + MINUTE)) is None
    fail(store, first)
    with store.session(writes=False) as db:
        assert outbox.open_letter(db, store, second).letter.body == TEXT


def test_workers_at_the_same_moment_share_the_mails_out(store, ines, engine_name):
    with at_work(store, ines) as db:
        invitation = invite(db, ines)
        for _ in range(12):
            outbox.enqueue(db, invitation, ADDRESS, SUBJECT, TEXT)
        db.commit()
    start = Barrier(4)

    def claims(_number):
        start.wait(10)
        return [claim(store).id for _ in range(3)]

    with ThreadPoolExecutor(4) as workers:
        ids = [id_ for some in workers.map(claims, range(4)) for id_ in some]
    assert len(set(ids)) == 12
    assert claim(store) is None


def test_a_wait_doubles_from_a_minute_to_an_hour_and_is_shortened_by_a_fifth_at_most():
    for ref in ("a", "b", "c"):
        for tries in range(1, 21):
            full = min(2 ** (tries - 1), 60) * MINUTE
            assert 0.8 * full <= outbox.wait_after(tries, ref) <= full


def test_a_wait_depends_on_the_mail_and_the_try_alone():
    waits = {outbox.wait_after(1, f"mail-{number}") for number in range(20)}
    assert len(waits) > 10
    assert outbox.wait_after(3, "mail-1") == outbox.wait_after(3, "mail-1")


@pytest.mark.parametrize("answer", [PUT_OFF, HANG_UP])
def test_a_mail_put_off_is_tried_again_when_its_wait_is_over(answer, store, ines, post, clock):
    ref, _ = put(store, ines)
    post.answers = [answer, answer]
    for tries in (1, 2):
        assert deliver(store, post) is Outcome.DEALT_WITH
        clock.shift(outbox.wait_after(tries, ref) - SECOND)
        assert deliver(store, post) is Outcome.NOTHING_DUE
        clock.shift(SECOND)
    deliver(store, post)
    assert len(post.mails()) == 1
    assert shown(store, ines) == []


def test_every_try_has_the_same_message_id(store, ines, post, clock):
    put(store, ines)
    first = claim(store)
    with store.session(writes=False) as db:
        opened = outbox.open_letter(db, store, first)
    with mailing.connected(post.server()) as smtp:
        mailing.send(smtp, post.server(), opened.letter, now())
    clock.shift(outbox.PACE.lease)
    deliver(store, post)
    ids = [mail["Message-ID"] for mail in post.mails()]
    assert len(ids) == 2
    assert len(set(ids)) == 1


def test_twenty_failed_tries_end_in_the_therapist_being_told(store, ines, clock):
    ref, _ = put(store, ines)
    ends = []
    for _ in range(20):
        ends.append(fail(store, claim(store)))
        clock.shift(dt.timedelta(hours=1))
    assert ends == [False] * 19 + [True]
    assert claim(store) is None
    assert shown(store, ines) == [(ref, "The mail server put it off (code 451).")]


def test_a_mail_that_ends_its_worker_every_time_is_given_up(store, ines, clock):
    ref, _ = put(store, ines)
    for tries in range(1, 21):
        assert claim(store).tries == tries
        clock.shift(outbox.PACE.lease)
    assert claim(store) is None
    assert shown(store, ines) == [(ref, outbox.INTERRUPTED)]


def test_a_final_refusal_ends_at_once_and_shows_to_this_therapist_alone(store, ines, cast, post):
    ref, _ = put(store, ines)
    post.answers = ["550 5.1.1 <mara@example.org> unknown"]
    assert deliver(store, post) is Outcome.DEALT_WITH
    assert deliver(store, post) is Outcome.NOTHING_DUE
    assert shown(store, ines) == [(ref, "The mail server refused it (code 550).")]
    assert shown(store, cast["tomas"]) == shown(store, cast["noa"]) == []
    with at_work(store, ines) as db:
        assert outbox.given_up(db, make_case(db)) == []


def give_up(store, person):
    ref, invitation_ref = put(store, person)
    fail(store, claim(store), NotSentError("The mail server refused it.", permanent=True))
    return ref, invitation_ref


def retry(store, person, ref):
    with at_work(store, person) as db:
        outbox.retry(db, case_of(db, person), ref)


def test_a_mail_that_was_given_up_is_sent_when_the_therapist_asks(store, ines, post, clock):
    ref, _ = give_up(store, ines)
    retry(store, ines, ref)
    assert shown(store, ines) == []
    deliver(store, post)
    assert [mail.get_content() for mail in post.mails()] == [TEXT]


def test_asking_again_is_written_down_once(store, ines):
    ref, _ = give_up(store, ines)
    retry(store, ines, ref)
    retry(store, ines, ref)
    with at_work(store, ines) as db:
        lines = db.scalars(select(AuditLine).where(AuditLine.action == "mail.retried")).all()
        assert [(line.subject, line.clinician_id) for line in lines] == [(ref, ines.id)]


def test_asking_again_begins_with_twenty_new_tries(store, ines, clock):
    ref, _ = give_up(store, ines)
    retry(store, ines, ref)
    assert claim(store).tries == 1


@pytest.mark.parametrize("who", ["tomas", "noa"])
def test_nobody_else_can_ask_for_a_mail_again(who, store, ines, cast):
    ref, _ = give_up(store, ines)
    with pytest.raises(MissingError):
        retry(store, cast[who], ref)
    assert claim(store) is None


def test_a_given_up_mail_of_a_revoked_invitation_is_neither_shown_nor_sent_again(store, ines):
    ref, invitation_ref = give_up(store, ines)
    revoke(store, ines, invitation_ref)
    assert shown(store, ines) == []
    with pytest.raises(MissingError):
        retry(store, ines, ref)


def test_a_revoked_invitation_s_mail_is_left_alone(store, ines, post):
    _, invitation_ref = put(store, ines)
    revoke(store, ines, invitation_ref)
    assert deliver(store, post) is Outcome.NOTHING_DUE
    assert claim(store) is None


def test_an_expired_invitation_s_mail_is_left_alone(store, ines, clock):
    put(store, ines)
    clock.shift(LASTS - SECOND)
    first = claim(store)
    clock.shift(SECOND)
    with store.session(writes=False) as db:
        assert outbox.open_letter(db, store, first) is None
    clock.shift(outbox.PACE.lease)
    assert claim(store) is None


def test_inviting_anew_leaves_the_earlier_mail_unsent(store, ines, post):
    put(store, ines)
    newer, _ = put(store, ines)
    deliver(store, post)
    assert deliver(store, post) is Outcome.NOTHING_DUE
    assert len(post.mails()) == 1
    with at_work(store, ines) as db:
        assert mail_of(db, newer).sent_at is not None


def test_an_invitation_revoked_while_the_mail_server_keeps_us_waiting_is_not_sent(
    store, ines, post
):
    _, invitation_ref = put(store, ines)
    post.greets.clear()
    with ThreadPoolExecutor(1) as worker:
        sending = worker.submit(deliver, store, post)
        assert post.greeted.wait(10)
        revoke(store, ines, invitation_ref)
        post.greets.set()
        assert sending.result(10) is Outcome.DEALT_WITH
    assert post.raw == []
    assert post.faults.total() == 0, "not even the address was told"


def test_a_mail_server_that_is_away_tells_the_worker_to_rest(store, ines, clock):
    ref, _ = put(store, ines)
    with mail_server() as gone:
        server = gone.server()
    assert delivery.deliver_next(store, server) is Outcome.OUTAGE
    clock.shift(outbox.wait_after(1, ref))
    assert claim(store).tries == 2


def test_a_mail_is_opened_with_its_partner_s_own_keys(store, ines):
    put(store, ines, position=0)
    claimed = claim(store)
    with store.session(writes=False) as db:
        assert outbox.open_letter(db, store, claimed).letter.recipient == ADDRESS
        own, other = (
            db.scalars(select(Partner).where(Partner.public_id == ref)).one()
            for ref in ines.partner_refs
        )
        assert db.scope.partner_id == own.id
        assert own.contact_details == "01 555"
        with pytest.raises(ClosedLayerError):
            _ = other.contact_details


def test_a_mail_shows_nothing_of_the_case_and_nobody_but_who_it_is_to(store, ines, post):
    names = ("Zwölf-Käuzchen", "Sieben-Käuzchen")
    with at_work(store, ines) as db:
        case = make_case(db, *names, partners=private_partners(names))
        fill_case(db, case)
        for partner, address in zip(case.partners, ("one@x.example", "two@y.example"), strict=True):
            issued = invitations.issue(db, case, partner.public_id, Handing.EMAIL)
            outbox.enqueue(db, issued.invitation, address, SUBJECT, TEXT)
        db.commit()
        refs = [case.public_id, *(partner.public_id for partner in case.partners)]
    for _ in range(2):
        deliver(store, post)
    for mail, raw in zip(post.mails(), post.raw, strict=True):
        other = {"one@x.example": "two", "two@y.example": "one"}[mail["To"]]
        text = raw.decode() + mail.as_string()
        for word in (*names, "Käuzchen", "K=C3", *refs, other, ines.name, socket.gethostname()):
            assert word not in text, word
    one, two = (re.sub(rb"(To|Message-ID|Date): .*", b"", raw) for raw in post.raw)
    assert one == two


def private_partners(names):
    details = case_details(*names).partners
    return [replace(each, contact_notes=f"{each.name} whispers") for each in details]


def test_the_log_holds_ids_and_codes_and_no_word_of_a_mail(store, ines, post, caplog):
    caplog.set_level(logging.DEBUG)
    post.answers = [PUT_OFF, "550 <mara@example.org> unknown", HANG_UP, "250 OK"]
    refs = []
    for _ in range(4):
        refs.append(put(store, ines)[0])
        delivery.deliver_next(store, post.server(user="office", password="right-password"))
    assert logged(caplog) == [
        f"mail {refs[0]}, try 1: The mail server put it off (code 451).",
        f"mail {refs[1]}, try 1: The mail server refused it (code 550).",
        f"mail {refs[1]}: given up",
        f"mail {refs[2]}, try 1: The connection to the mail server broke.",
        f"mail {refs[3]}: sent",
    ]


def logged(caplog):
    """Give every line of every log but the mail server's own, which stands in for a stranger's."""
    return [record.getMessage() for record in caplog.records if record.name != "mail.log"]


def test_a_wrong_password_is_logged_as_its_code(store, ines, post, caplog):
    put(store, ines)
    delivery.deliver_next(store, post.server(user="office", password="wrong-password"))
    [line] = logged(caplog)
    assert line.endswith("The mail server refused user and password (code 535).")


def test_a_shorter_pace_is_kept(store, ines, clock):
    put(store, ines)
    pace = Pace(lease=SECOND)
    claim(store, pace)
    clock.shift(SECOND)
    assert claim(store, pace).tries == 2
