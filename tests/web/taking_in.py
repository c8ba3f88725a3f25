"""The intake of a full case: everybody invited, answered, asked alone; a score, a lost mail."""

from collections.abc import Mapping

from clinic.content.instruments_loader import load_instruments
from clinic.content.loader import load_library
from clinic.content.suggestions_loader import load_suggestions
from clinic.domain.answers import given as answered_with
from clinic.domain.invitations import Handing
from clinic.models.base import now
from clinic.models.cases import Case
from clinic.models.outbox import OutboxMail
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
    suggestions,
)
from tests import factories as made
from tests import intake_factories as intake
from tests import safety_factories as safe
from tests.cast import Person
from tests.content.fhir_files import GEORGIAN
from tests.services.answering import CONTENT, Answered, as_partner, fill
from tests.vignette_answers import INTAKE, LATE_MESSAGES, answers, asked

#: What the answers are read for.
RULES = load_suggestions(load_library(), {INTAKE.key: INTAKE})["outside-contact"]
#: A measure whose item asked apart raises a task.
MEASURE = "phq-9"
#: A behaviour that both placed, and that both let the other see.
SHOWN = "B11"
#: What the last of them says has happened.
TOLD = answers(
    happened_which=[SHOWN],
    happened_who="me",
    happened_words="I wrote to a colleague at night",
    happened_learned="own",
)
#: What each says to the scored question of the practice's own questionnaire.
COUNTS = {"q1-1": answered_with(["2"])}


def put_intake_in(store: Store, person: Person) -> Mapping[str, str]:
    """Let everybody of a person's case answer and send, and name one of everything of it."""
    answered = _plan(store, person)
    for name, given in zip(answered.partner_refs, LATE_MESSAGES.values(), strict=True):
        told = TOLD if name == list(answered.partner_refs)[-1] else {}
        fill(store, answered, name, given | COUNTS | told)
        with as_partner(store, answered, name) as (db, _):
            couple_map.release(db, SHOWN)
    with made.at_work(store, person) as db:
        token = add_more_intake(db, person)
        return {**_refs_of(db, made.case_of(db, person)), "token": token}


def add_more_intake(db: ScopedSession, person: Person) -> str:
    """Invite everybody anew, lose a mail, enter a score; give the last one's token."""
    case = made.case_of(db, person)
    for partner in case.partners:
        issued = invitations.issue(db, case, partner.public_id, Handing.EMAIL)
        words = ("A form for you", "Please open it when you are alone.")
        mail = outbox.enqueue(db, issued.invitation, "somebody@example.org", *words)
        mail.given_up_at, mail.last_problem = now(), "The mail server did not answer"
        db.commit()
    score = measures.ScoreDetails(made.TODAY, 7, 2)
    measures.enter_score(db, case, partner.public_id, load_instruments()[MEASURE], score)
    safe.fill_safety(db, case)
    return issued.token


def _plan(store: Store, person: Person) -> Answered:
    with made.at_work(store, person) as db:
        case = made.case_of(db, person)
        # A colleague of the same practice may have loaded it.
        own = packs.list_packs(db) or [intake.make_pack(db, GEORGIAN)]
        behaviours = asked(LATE_MESSAGES)
        plan = questionnaires.PlanDetails(
            INTAKE.key, INTAKE.version, behaviours, packs=[own[0].public_id]
        )
        questionnaires.write_plan(db, case, plan)
        db.commit()
        return Answered(
            case.public_id,
            case.practice_id,
            {partner.name: partner.id for partner in case.partners},
            {partner.name: partner.public_id for partner in case.partners},
        )


def _offered(db: ScopedSession, case: Case) -> str:
    return suggestions.offered(db, case, CONTENT, RULES)[0].ref


def _refs_of(db: ScopedSession, case: Case) -> Mapping[str, str]:
    last = case.partners[-1]
    mails: list[OutboxMail] = list(outbox.given_up(db, case))
    return {
        "partner_ref": last.public_id,
        "invitation_ref": invitations.latest(db, case)[last.id].public_id,
        "mail_ref": mails[-1].public_id,
        "disclosure_ref": disclosures.ledger(db, case, made.TODAY)[0].disclosure.public_id,
        "task_ref": measures.list_tasks(db, case)[0].public_id,
        "behaviour": SHOWN,
        "teller_ref": last.public_id,
        "told": SHOWN,
        "instrument_key": MEASURE,
        "page_key": "about",
        "pack_ref": packs.list_packs(db)[0].public_id,
        "decision_kind": "track",
        "suggestion_ref": _offered(db, case),
    }
