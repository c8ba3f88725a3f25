"""A partner's answers: saved item by item, never lost, sent once, never shown again after that."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import or_, select

from clinic.domain.answers import NOTHING, AnswerState, Given
from clinic.domain.cases import SecretsPolicy
from clinic.domain.check_ins import CHECK_IN
from clinic.domain.handouts import HANDOUT
from clinic.domain.items import Item, counted
from clinic.domain.said import own
from clinic.domain.visibility import Layer
from clinic.models.base import now
from clinic.models.cases import Case, Partner
from clinic.models.questionnaires import (
    Answer,
    IntakePlan,
    QuestionnaireResponse,
    SaveOperation,
    Signature,
)
from clinic.models.scope import ScopedSession
from clinic.services import audit, disclosures, packs
from clinic.services.errors import MissingError, RefusedError
from clinic.services.versions import expect_version

SEPARATOR = "\x1f"
#: Keeps writers of one row waiting for each other, and lets rows that only refer to it be written.
LOCK = {"key_share": True}


@dataclass(frozen=True)
class PlanDetails:
    """Which behaviours every partner of a case is asked about: inventory keys, and own lines.

    `packs` are the public ids of the practice's own questionnaires, asked in this order.
    """

    questionnaire: str
    questionnaire_version: int
    behaviours: Sequence[str]
    own_behaviours: Sequence[str] = ()
    packs: Sequence[str] = ()


@dataclass(frozen=True)
class SignedText:
    """A consent's text as it was in force, and the name typed under it."""

    document: str
    version: int
    wording: str
    typed_name: str


@dataclass(frozen=True)
class Save:
    """One item's new answer. `operation` is the same when the same save is tried again.

    One open page saves an item often, with one operation and a `turn` that counts up: a save that
    arrives after a later turn of its operation is late, and changes nothing.
    """

    item: str
    layer: Layer
    given: Given
    operation: str
    turn: int = 0


@dataclass(frozen=True)
class Sent:
    """What one partner handed over, item by item, and when."""

    sent_at: dt.datetime
    answers: dict[str, Given]


def find_plan(db: ScopedSession, case_id: int) -> IntakePlan | None:
    """Give what the partners of a case are asked, if that has been chosen."""
    return db.scalars(select(IntakePlan).where(IntakePlan.case_id == case_id)).first()


def write_plan(db: ScopedSession, case: Case, details: PlanDetails, version: int = 0) -> IntakePlan:
    """Choose what all partners of a case are asked; closed once one of them has begun.

    Raises RefusedError then, because the others would be asked something else, and for a
    questionnaire that is not offered; StaleError when it was changed since `version`.

    Committed by the caller.
    """
    # Locked until the commit: of two first plans at the same moment, one is told.
    db.refresh(case, with_for_update=LOCK)
    row = find_plan(db, case.id)
    packs.check_choice(db, row, details.packs)
    if row is None:
        row = IntakePlan(case_id=case.id, practice_id=case.practice_id)
        db.add(row)
    else:
        expect_version(db, row, version)
        if list_responses(db, case):
            raise RefusedError("Somebody has begun to answer, so the questions stay as they are")
    row.questionnaire = details.questionnaire
    row.questionnaire_version = details.questionnaire_version
    row.behaviours = ",".join(details.behaviours)
    row.own_behaviours = "\n".join(details.own_behaviours)
    row.packs = ",".join(details.packs)
    db.flush()
    audit.record(db, "intake.planned", case.public_id)
    return row


def asked_keys(plan: IntakePlan) -> list[str]:
    """List the key of everything that is asked about: inventory keys, and O1, O2 for own lines."""
    lines = [line for line in plan.own_behaviours.split("\n") if line]
    return [*plan.behaviours.split(","), *(f"O{number}" for number in range(1, len(lines) + 1))]


def asked_behaviours(plan: IntakePlan, labels: Mapping[str, str]) -> list[tuple[str, str]]:
    """List key and label of every behaviour that is asked about; own lines are O1, O2 and so on."""
    chosen = [key for key in plan.behaviours.split(",") if key in labels]
    lines = [line for line in plan.own_behaviours.split("\n") if line]
    return [
        *((key, labels[key]) for key in chosen),
        *((f"O{number}", own(line)) for number, line in enumerate(lines, start=1)),
    ]


def list_responses(db: ScopedSession, case: Case) -> Mapping[int, QuestionnaireResponse]:
    """Give the partners' responses to what all of them are asked first, by inner id."""
    query = select(QuestionnaireResponse).where(
        QuestionnaireResponse.case_id == case.id,
        QuestionnaireResponse.questionnaire.not_like(f"{CHECK_IN}%"),
        QuestionnaireResponse.questionnaire.not_like(f"{HANDOUT}%"),
    )
    return {row.partner_id: row for row in db.scalars(query)}


def begin(
    db: ScopedSession, partner: Partner, questionnaire: str, version: int
) -> QuestionnaireResponse:
    """Give a partner's response to a questionnaire, made at the first visit."""
    # Locked until the commit: two first visits wait for each other, and go on with one response.
    db.refresh(partner, with_for_update=LOCK)
    found = find_response(db, partner, questionnaire)
    if found is not None:
        return found
    made = QuestionnaireResponse(
        case_id=partner.case_id,
        practice_id=partner.practice_id,
        partner_id=partner.id,
        questionnaire=questionnaire,
        questionnaire_version=version,
    )
    db.add(made)
    audit.record(db, "answers.begun", partner.public_id)
    db.commit()
    return made


def find_response(
    db: ScopedSession, partner: Partner, questionnaire: str
) -> QuestionnaireResponse | None:
    """Give a partner's response to a questionnaire, if it was begun."""
    query = select(QuestionnaireResponse).where(
        QuestionnaireResponse.partner_id == partner.id,
        QuestionnaireResponse.questionnaire == questionnaire,
    )
    return db.scalars(query).first()


def answers_of(db: ScopedSession, response: QuestionnaireResponse) -> dict[str, Given]:
    """Read every answer of a response that this session has the keys for."""
    rows = db.scalars(select(Answer).where(Answer.response_id == response.id))
    return {row.item: given_in(row) for row in rows}


def list_sent(db: ScopedSession, case: Case, questionnaire: str) -> Mapping[int, Sent]:
    """Read everything that the partners of a case have sent, by the partner's inner id.

    One statement, whatever the number of partners; what is still being written is left out.
    """
    response = QuestionnaireResponse
    query = (
        select(response, Answer)
        .outerjoin(Answer, Answer.response_id == response.id)
        .where(
            response.case_id == case.id,
            response.questionnaire == questionnaire,
            response.sent_at.is_not(None),
        )
        .order_by(response.id, Answer.id)
    )
    found: dict[int, Sent] = {}
    for sent, answer in db.execute(query):
        each = found.setdefault(sent.partner_id, Sent(cast("dt.datetime", sent.sent_at), {}))
        if answer is not None:
            each.answers[answer.item] = given_in(answer)
    return found


def given_in(row: Answer) -> Given:
    """Read one stored answer."""
    value = row.value
    values = tuple(value.split(SEPARATOR)) if value else ()
    return Given(row.state, values)


def save(db: ScopedSession, response: QuestionnaireResponse, saves: Sequence[Save]) -> dt.datetime:
    """Save answers; one that was carried out before, or is late, is acknowledged without effect.

    Raises RefusedError once the response was sent: it can no longer be opened.
    """
    # Locked until the commit, so that two tries of one save wait for each other.
    db.refresh(response, with_for_update=LOCK)
    if response.sent_at is not None:
        raise RefusedError("This form has been sent")
    turns = _turns(db, response, {each.operation for each in saves})
    known = _rows(db, response, [each.item for each in saves])
    moment = now()
    for each in saves:
        if each.turn > turns.get(each.operation, -1):
            _write(db, response, known.get(each.item), each, moment)
    db.commit()
    return moment


def _turns(
    db: ScopedSession, response: QuestionnaireResponse, wanted: Collection[str]
) -> dict[str, int]:
    begins = [SaveOperation.operation.startswith(f"{each}.", autoescape=True) for each in wanted]
    query = select(SaveOperation.operation).where(
        SaveOperation.response_id == response.id, or_(*begins)
    )
    turns: dict[str, int] = {}
    for stored in db.scalars(query):
        operation, _, turn = stored.rpartition(".")
        turns[operation] = max(turns.get(operation, -1), int(turn))
    return turns


def _rows(
    db: ScopedSession, response: QuestionnaireResponse, items: Sequence[str]
) -> dict[str, Answer]:
    query = select(Answer).where(Answer.response_id == response.id, Answer.item.in_(items))
    return {row.item: row for row in db.scalars(query)}


def _write(
    db: ScopedSession,
    response: QuestionnaireResponse,
    row: Answer | None,
    wanted: Save,
    moment: dt.datetime,
) -> None:
    owner = {
        "case_id": response.case_id,
        "practice_id": response.practice_id,
        "partner_id": response.partner_id,
        "response_id": response.id,
    }
    if row is None:
        row = Answer(item=wanted.item, **owner)
        db.add(row)
    row.state, row.layer, row.saved_at = wanted.given.state, wanted.layer, moment
    row.value = SEPARATOR.join(wanted.given.values)
    db.add(SaveOperation(operation=f"{wanted.operation}.{wanted.turn}", **owner))


def sign(db: ScopedSession, partner: Partner, signed: Sequence[SignedText]) -> None:
    """Store what a partner signed, each text by itself, with the text that was in force.

    A version that was signed before is not signed again.
    """
    db.refresh(partner, with_for_update=LOCK)
    before = signed_documents(db, partner)
    for each in signed:
        known = before.get(each.document)
        if known is None or known.document_version != each.version:
            _sign(db, partner, each)
    db.commit()


def _sign(db: ScopedSession, partner: Partner, signed: SignedText) -> None:
    db.add(
        Signature(
            case_id=partner.case_id,
            practice_id=partner.practice_id,
            partner_id=partner.id,
            document=signed.document,
            document_version=signed.version,
            text=signed.wording,
            typed_name=signed.typed_name,
        )
    )
    db.flush()
    audit.record(db, "consents.signed", partner.public_id)


def signed_documents(db: ScopedSession, partner: Partner) -> Mapping[str, Signature]:
    """Give a partner's newest signature under each document."""
    query = select(Signature).where(Signature.partner_id == partner.id).order_by(Signature.id)
    return {row.document: row for row in db.scalars(query)}


def signed_versions(db: ScopedSession, partner: Partner) -> Mapping[str, int]:
    """Give the version of each document that a partner signed last."""
    signed = signed_documents(db, partner)
    return {document: row.document_version for document, row in signed.items()}


def send(
    db: ScopedSession,
    partner: Partner,
    response: QuestionnaireResponse,
    items: Iterable[Item],
) -> None:
    """Hand the answers over; from now on the link shows that they were received, and no answer.

    `items` are all that can be asked. What must not be shared goes into the disclosure ledger in
    the same transaction; sent twice is sent once.
    """
    db.refresh(response, with_for_update=LOCK)
    if response.sent_at is None:
        # Read after the lock: another tab may have saved until then, and nobody can from here on.
        disclosures.note_kept(db, partner, counted(items, answers_of(db, response)))
        response.sent_at = now()
        audit.record(db, "answers.sent", partner.public_id)
        db.commit()


def has_value(answers: Mapping[str, Given], item: str) -> bool:
    """Tell whether an item was answered with a value."""
    return answers.get(item, NOTHING).state is AnswerState.ANSWERED


def asked_of(db: ScopedSession, partner: Partner) -> tuple[str, IntakePlan]:
    """Give a partner's presenting concern and plan; without a plan there is nothing to ask."""
    case = db.scalars(select(Case).where(Case.id == partner.case_id)).one()
    plan = find_plan(db, case.id)
    if plan is None:
        raise MissingError
    return case.concern, plan


def other_names(db: ScopedSession, partner: Partner) -> list[str]:
    """Give the first names of the others in a partner's case, in the case's order."""
    query = select(Partner).where(Partner.case_id == partner.case_id).order_by(Partner.position)
    return [each.name.split()[0] for each in db.scalars(query) if each.id != partner.id]


def policy_of(db: ScopedSession, partner: Partner) -> SecretsPolicy:
    """Give the policy on secrets a partner is asked to sign."""
    return db.scalars(select(Case).where(Case.id == partner.case_id)).one().secrets_policy
