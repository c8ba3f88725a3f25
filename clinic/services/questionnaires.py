"""A partner's answers: saved item by item, never lost, sent once, never shown again after that."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from clinic.domain.answers import NOTHING, AnswerState, Given
from clinic.domain.cases import SecretsPolicy
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
from clinic.services import audit
from clinic.services.errors import MissingError, RefusedError
from clinic.services.versions import expect_version

SEPARATOR = "\x1f"


@dataclass(frozen=True)
class PlanDetails:
    """Which behaviours every partner of a case is asked about: inventory keys, and own lines."""

    questionnaire: str
    questionnaire_version: int
    behaviours: Sequence[str]
    own_behaviours: Sequence[str] = ()


@dataclass(frozen=True)
class SignedText:
    """A consent's text as it was in force, and the name typed under it."""

    document: str
    version: int
    text: str
    typed_name: str


@dataclass(frozen=True)
class Save:
    """One item's new answer. `operation` is the same when the same save is tried again."""

    item: str
    layer: Layer
    given: Given
    operation: str


def find_plan(db: ScopedSession, case_id: int) -> IntakePlan | None:
    """Give what the partners of a case are asked, if that has been chosen."""
    return db.scalars(select(IntakePlan).where(IntakePlan.case_id == case_id)).first()


def write_plan(db: ScopedSession, case: Case, details: PlanDetails, version: int = 0) -> IntakePlan:
    """Choose what all partners of a case are asked; closed once one of them has begun.

    Raises RefusedError then, because the others would be asked something else; StaleError when
    it was changed since `version`. Committed by the caller.
    """
    row = find_plan(db, case.id)
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
    db.flush()
    audit.record(db, "intake.planned", case.public_id)
    return row


def asked_behaviours(plan: IntakePlan, labels: Mapping[str, str]) -> list[tuple[str, str]]:
    """List key and label of every behaviour that is asked about; own lines are O1, O2 and so on."""
    chosen = [key for key in plan.behaviours.split(",") if key in labels]
    own = [line for line in plan.own_behaviours.split("\n") if line]
    return [
        *((key, labels[key]) for key in chosen),
        *((f"O{number}", line) for number, line in enumerate(own, start=1)),
    ]


def list_responses(db: ScopedSession, case: Case) -> Mapping[int, QuestionnaireResponse]:
    """Give the partners' responses by the partner's inner id."""
    query = select(QuestionnaireResponse).where(QuestionnaireResponse.case_id == case.id)
    return {row.partner_id: row for row in db.scalars(query)}


def begin(
    db: ScopedSession, partner: Partner, questionnaire: str, version: int
) -> QuestionnaireResponse:
    """Give a partner's response to a questionnaire, made at the first visit."""
    found = find_response(db, partner, questionnaire)
    if found is not None:
        return found
    db.add(
        QuestionnaireResponse(
            case_id=partner.case_id,
            practice_id=partner.practice_id,
            partner_id=partner.id,
            questionnaire=questionnaire,
            questionnaire_version=version,
        )
    )
    audit.record(db, "answers.begun", partner.public_id)
    try:
        db.commit()
    except IntegrityError:
        # Two first visits met; both go on with the one response.
        db.rollback()
    found = find_response(db, partner, questionnaire)
    assert found is not None, "somebody made it a moment ago"
    return found


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
    return {row.item: _given(row) for row in rows}


def _given(row: Answer) -> Given:
    value = row.value
    values = tuple(value.split(SEPARATOR)) if value else ()
    return Given(row.state, values)


def save(db: ScopedSession, response: QuestionnaireResponse, saves: Sequence[Save]) -> dt.datetime:
    """Save answers; an operation that was carried out before is acknowledged and changes nothing.

    Raises RefusedError once the response was sent: it can no longer be opened.
    """
    db.refresh(response, with_for_update=True)
    if response.sent_at is not None:
        raise RefusedError("This form has been sent")
    done = _operations(db, response, [each.operation for each in saves])
    known = _rows(db, response, [each.item for each in saves])
    moment = now()
    for each in saves:
        if each.operation not in done:
            _write(db, response, known.get(each.item), each, moment)
            done.add(each.operation)
    try:
        db.commit()
    except IntegrityError:
        # Two tries of one save met; the other one carried it out.
        db.rollback()
    return moment


def _operations(
    db: ScopedSession, response: QuestionnaireResponse, wanted: Sequence[str]
) -> set[str]:
    query = select(SaveOperation.operation).where(
        SaveOperation.response_id == response.id, SaveOperation.operation.in_(wanted)
    )
    return set(db.scalars(query))


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
    db.add(SaveOperation(operation=wanted.operation, **owner))


def sign(db: ScopedSession, partner: Partner, signed: Sequence[SignedText]) -> None:
    """Store what a partner signed, each text by itself, with the text that was in force."""
    for each in signed:
        db.add(
            Signature(
                case_id=partner.case_id,
                practice_id=partner.practice_id,
                partner_id=partner.id,
                document=each.document,
                document_version=each.version,
                text=each.text,
                typed_name=each.typed_name,
            )
        )
    db.flush()
    audit.record(db, "consents.signed", partner.public_id)
    db.commit()


def signed_documents(db: ScopedSession, partner: Partner) -> Mapping[str, Signature]:
    """Give a partner's newest signature under each document."""
    query = select(Signature).where(Signature.partner_id == partner.id).order_by(Signature.id)
    return {row.document: row for row in db.scalars(query)}


def send(db: ScopedSession, partner: Partner, response: QuestionnaireResponse) -> None:
    """Hand the answers over; from now on the link shows that they were received, and no answer."""
    db.refresh(response, with_for_update=True)
    if response.sent_at is None:
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
