"""What clinicians, partners and whoever holds a link do in the intake, asked like all acts."""

from collections.abc import Callable
from dataclasses import dataclass

from clinic.models.base import now
from clinic.models.cases import Case, Partner
from clinic.models.scope import ScopedSession
from clinic.models.store import Store
from clinic.services import (
    couple_map,
    disclosures,
    invitations,
    measures,
    outbox,
    packs,
    questionnaires,
)
from tests import intake_factories as made
from tests.factories import TODAY
from tests.services import handout_acts
from tests.services.answering import CONTENT, every_item
from tests.services.check_in_acts import CHECK_IN_ACTS, begun, hand_in
from tests.vignette_answers import INTAKE

PIN = "739164"


def issue(db: ScopedSession, case: Case) -> str:
    return made.make_invitation(db, case).public_id


def revoke(db: ScopedSession, case: Case) -> str:
    ref = issue(db, case)
    invitations.revoke(db, case, ref)
    return ref


def reset_pin(db: ScopedSession, case: Case) -> str:
    ref = issue(db, case)
    invitations.reset_pin(db, case, ref)
    return ref


def note_reminder(db: ScopedSession, case: Case) -> str:
    invitation = made.make_invitation(db, case)
    invitations.note_reminder(db, invitation)
    db.commit()
    return invitation.public_id


def hand_over(db: ScopedSession, case: Case) -> str:
    invitation = made.make_invitation(db, case)
    invitations.hand_over(db, invitation)
    return invitation.public_id


def write_plan(db: ScopedSession, case: Case) -> str:
    made.plan_intake(db, case)
    return case.public_id


def retry(db: ScopedSession, case: Case) -> str:
    mail = made.make_mail(db, case, given_up_at=now())
    outbox.retry(db, case, mail.public_id)
    return mail.public_id


def add_step(db: ScopedSession, case: Case) -> str:
    disclosure = made.make_disclosure(db, case)
    disclosures.add_step(db, case, disclosure.public_id, made.WITHHELD)
    return disclosure.public_id


def enter_score(db: ScopedSession, case: Case) -> str:
    details = measures.ScoreDetails(TODAY, 40)
    ref = case.partners[0].public_id
    return measures.enter_score(db, case, ref, made.INSTRUMENTS["rdas"], details).public_id


def finish_task(db: ScopedSession, case: Case) -> str:
    ref = made.make_task(db, case).public_id
    measures.finish_task(db, case, ref)
    return ref


def reveal(db: ScopedSession, case: Case) -> str:
    made.answer_all(db, case)
    first, second = case.partners
    # Shown before, so that one row alone is left to be shown and has the only line.
    made.make_release(db, first, revealed_at=now())
    ref = made.make_release(db, second).public_id
    couple_map.reveal(db, case, CONTENT, "B11")
    return ref


def load_pack(db: ScopedSession, _case: Case) -> str:
    return made.make_pack(db).public_id


def withdraw_pack(db: ScopedSession, _case: Case) -> str:
    ref = made.make_pack(db).public_id
    packs.withdraw_pack(db, ref)
    return ref


INTAKE_ACTS: dict[Callable[[ScopedSession, Case], str], str] = {
    issue: "invitation.issued",
    revoke: "invitation.revoked",
    reset_pin: "invitation.pin-reset",
    note_reminder: "invitation.reminded",
    hand_over: "invitation.handed-over",
    write_plan: "intake.planned",
    retry: "mail.retried",
    add_step: "disclosure.decided",
    enter_score: "measure.entered",
    finish_task: "safety-task.done",
    reveal: "map-row.revealed",
    load_pack: "pack.loaded",
    withdraw_pack: "pack.withdrawn",
    **CHECK_IN_ACTS,
}


def begin(db: ScopedSession, partner: Partner) -> str:
    questionnaires.begin(db, partner, INTAKE.key, INTAKE.version)
    return partner.public_id


def sign(db: ScopedSession, partner: Partner) -> str:
    questionnaires.sign(db, partner, [made.SIGNED])
    return partner.public_id


def send(db: ScopedSession, partner: Partner) -> str:
    response = questionnaires.find_response(db, partner, INTAKE.key)
    questionnaires.send(db, partner, response, every_item(db, partner))
    return partner.public_id


def release(db: ScopedSession, _partner: Partner) -> str:
    return couple_map.release(db, "B11").public_id


def withdraw(db: ScopedSession, _partner: Partner) -> str:
    ref = couple_map.own_releases(db)["B11"].public_id
    couple_map.withdraw(db, "B11")
    return ref


@dataclass(frozen=True)
class Before:
    """What a partner's act finds, and the action that its audit line must name."""

    prepare: Callable[[ScopedSession, Case], object]
    action: str


def begin_answers(db: ScopedSession, case: Case) -> None:
    made.plan_intake(db, case)
    begin(db, case.partners[0])


def release_one(db: ScopedSession, case: Case) -> None:
    made.make_release(db, case.partners[0])


PARTNER_ACTS: dict[Callable[[ScopedSession, Partner], str], Before] = {
    begin: Before(made.plan_intake, "answers.begun"),
    sign: Before(made.plan_intake, "consents.signed"),
    send: Before(begin_answers, "answers.sent"),
    release: Before(made.answer_all, "map-row.released"),
    withdraw: Before(release_one, "map-row.withdrawn"),
    hand_in: Before(begun, "check-in.sent"),
    handout_acts.hand_in: Before(handout_acts.begun, "handout.sent"),
}


def claim(db: ScopedSession, store: Store, token: str) -> None:
    invitations.claim(db, store, token, PIN)


def come_back(db: ScopedSession, store: Store, token: str) -> None:
    with store.session(writes=True) as first:
        invitations.claim(first, store, token, PIN)
    invitations.come_back(db, token, PIN)


#: What is done with a link, before anybody knows whose session it is.
LINK_ACTS: dict[Callable[[ScopedSession, Store, str], None], str] = {
    claim: "invitation.claimed",
    come_back: "invitation.opened",
}

#: What is written without an act's own line, and why.
WITHOUT_A_LINE = {
    "save": "every few seconds; the lines of beginning and sending stand for it",
    "note_kept": "a part of sending, whose own line follows it",
    "bring_in": "a part of handing in or of an appointment, whose own line follows it",
    "take_back": "ends a browser and changes nothing of a case",
    "leave": "ends a browser and changes nothing of a case",
    "claim_next": "a note of the worker's about a mail that somebody asked for",
    "mark_sent": "a note of the worker's about a mail that somebody asked for",
    "mark_failed": "a note of the worker's about a mail that somebody asked for",
    "keep": "a note of the worker's about a packet that somebody asked for",
    "let_go": "a note of the worker's about a packet that somebody asked for",
    "forget_old": "takes away orders that were carried out; what was printed stays",
}
