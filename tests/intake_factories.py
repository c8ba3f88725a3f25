"""What partners and invitations bring into a case, as `factories` makes what a clinician does."""

import datetime as dt
import json
from collections.abc import Mapping

from clinic.content.instruments_loader import load_instruments
from clinic.domain.disclosures import DisclosureStatus
from clinic.domain.invitations import Handing
from clinic.domain.packs import PackFormat
from clinic.models.base import now
from clinic.models.cases import Case, Partner
from clinic.models.comparison import Disclosure, DisclosureStep, MapRelease, SafetyTask
from clinic.models.invitations import Invitation
from clinic.models.outbox import OutboxMail
from clinic.models.packs import QuestionnairePack
from clinic.models.questionnaires import IntakePlan
from clinic.models.scope import ScopedSession
from clinic.services import disclosures, invitations, measures, outbox, packs, questionnaires
from tests.content.fhir_files import WEEK
from tests.factories import TODAY
from tests.services.answering import hand_in
from tests.vignette_answers import INTAKE, LATE_MESSAGES, asked

INSTRUMENTS = load_instruments()
WITHHELD = disclosures.StepDetails(DisclosureStatus.WITHHELD, reason="not yet safe to say")
SIGNED = questionnaires.SignedText("welcome-and-privacy", 1, "what is stored", "Mara")


def plan_intake(db: ScopedSession, case: Case, version: int = 0) -> IntakePlan:
    """Choose what the partners are asked: what late messages need, and a line of one's own."""
    own = [f"writing to a former partner, as in plan {version}"]
    plan = questionnaires.PlanDetails(INTAKE.key, INTAKE.version, asked(LATE_MESSAGES), own)
    row = questionnaires.write_plan(db, case, plan, version)
    db.commit()
    return row


def pack_file(document: Mapping[str, object] = WEEK) -> packs.PackFile:
    """Give a FHIR file as a clinician would choose it, with its terms."""
    return packs.PackFile(json.dumps(document).encode(), PackFormat.FHIR_R4, "2026")


def make_pack(db: ScopedSession, document: Mapping[str, object] = WEEK) -> QuestionnairePack:
    """Load a questionnaire of the practice's own."""
    return packs.load_pack(db, pack_file(document))


def make_invitation(
    db: ScopedSession, case: Case, place: int = 0, handing: Handing = Handing.EMAIL
) -> Invitation:
    """Invite a partner, the first one unless told otherwise."""
    issued = invitations.issue(db, case, case.partners[place].public_id, handing)
    db.commit()
    return issued.invitation


def make_mail(db: ScopedSession, case: Case, given_up_at: dt.datetime | None = None) -> OutboxMail:
    """Put the mail with the first partner's link into the outbox."""
    invitation = make_invitation(db, case)
    mail = outbox.enqueue(db, invitation, "mara@example.org", "A form for you", "Your link")
    mail.given_up_at = given_up_at
    db.commit()
    return mail


def answer_all(db: ScopedSession, case: Case) -> None:
    """Let the two partners answer and send what the people with the late messages do."""
    plan_intake(db, case)
    for partner, own in zip(case.partners, LATE_MESSAGES.values(), strict=True):
        hand_in(db, partner, own)


def make_disclosure(db: ScopedSession, case: Case) -> Disclosure:
    """Give what the first partner wants kept, out of answers that were sent."""
    answer_all(db, case)
    [entry] = disclosures.ledger(db, case, TODAY)
    return entry.disclosure


def make_step(db: ScopedSession, case: Case) -> DisclosureStep:
    """Write down that it is withheld."""
    return disclosures.add_step(db, case, make_disclosure(db, case).public_id, WITHHELD)


def make_task(db: ScopedSession, case: Case) -> SafetyTask:
    """Enter a score whose single item must be looked at."""
    details = measures.ScoreDetails(TODAY, 8, single_item=1)
    ref = case.partners[0].public_id
    measures.enter_score(db, case, ref, INSTRUMENTS["phq-9"], details)
    return measures.list_tasks(db, case)[0]


def make_release(
    db: ScopedSession, partner: Partner, revealed_at: dt.datetime | None = None
) -> MapRelease:
    """Write what a release stores; the service lets nobody but the partner release."""
    row = MapRelease(
        case_id=partner.case_id,
        practice_id=partner.practice_id,
        partner_id=partner.id,
        behaviour="B11",
        revealed_at=revealed_at,
    )
    row.placing, row.agreed = "depends", "assumed"
    db.add(row)
    db.commit()
    return row


def fill_intake(db: ScopedSession, case: Case) -> None:
    """Put one of everything that partners and invitations bring into a case of two partners."""
    make_mail(db, case, given_up_at=now())
    questionnaires.sign(db, case.partners[0], [SIGNED])
    make_step(db, case)
    make_task(db, case)
    make_release(db, case.partners[0])
