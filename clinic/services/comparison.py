"""What the treating clinician sees when answers are in, safety first (clinical.md part 7).

Only what was sent counts: a draft is still its partner's own. What of this the couple may see is
in `couple_map`.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from clinic.content.library import Concern
from clinic.domain.answers import NOTHING, Given, Placing
from clinic.domain.behaviours import Zone
from clinic.domain.comparison import HAPPENED, MapRow, Side, Stance, agreement_maps, read_side
from clinic.domain.comparison import ambivalence as stances
from clinic.domain.guard import NOT_OPEN, Concerns, GuardReasons, is_shut
from clinic.domain.guard import guard as reasons_for
from clinic.domain.invitations import InvitationState
from clinic.domain.item_flags import Raised, raised, safety_result
from clinic.domain.items import Item, Page, Questionnaire, counted, pages_for
from clinic.domain.questionnaires import ScreenResult
from clinic.models.behaviours import BehaviourRecord
from clinic.models.cases import Case, Partner
from clinic.models.comparison import SafetyTask
from clinic.models.questionnaires import IntakePlan
from clinic.models.scope import ScopedSession
from clinic.services import audit, invitations, packs, questionnaires
from clinic.services.errors import RefusedError
from clinic.services.measures import TaskKind
from clinic.services.treating import require_treating

Pair = tuple[str, str]


@dataclass(frozen=True)
class IntakeContent:
    """The reviewed content that a case's answers are read with; no practice's own is in it."""

    concern: Concern
    questionnaire: Questionnaire


@dataclass(frozen=True)
class Progress:
    """How far one partner has come: invited, begun, reminded, sent. Nothing of any answer."""

    partner: Partner
    invitation: InvitationState | None
    claimed_at: dt.datetime | None
    reminded_at: dt.datetime | None
    begun_at: dt.datetime | None
    sent_at: dt.datetime | None


@dataclass(frozen=True)
class Handed:
    """What one partner handed over: the pages as that partner saw them, and what counts.

    `behaviours` (key and label) and `asked` are what all partners of the case were asked.
    """

    partner: Partner
    sent_at: dt.datetime
    pages: Sequence[Page]
    answers: Mapping[str, Given]
    behaviours: Sequence[Pair]
    asked: packs.Asked

    @property
    def items(self) -> Sequence[Item]:
        """List every item that was asked, page by page."""
        return [item for page in self.pages for item in page.items]


@dataclass(frozen=True)
class Watch:
    """What the guard shows the treating clinician about one partner, and nobody else."""

    reasons: GuardReasons
    safety: ScreenResult
    raised: Sequence[Raised]


@dataclass(frozen=True)
class GuardState:
    """The guard of a case, by partner."""

    watches: Mapping[str, Watch]

    @property
    def shut(self) -> bool:
        """Tell whether comparing, revealing and openness tools stay shut."""
        return is_shut({ref: watch.reasons for ref, watch in self.watches.items()})


def progress(db: ScopedSession, case: Case) -> Sequence[Progress]:
    """Say of each partner how far the answering has come, without opening an answer."""
    require_treating(db, case)
    audit.note_read(db, "answering.read", case.public_id)
    newest, plan = invitations.latest(db, case), questionnaires.find_plan(db, case.id)
    found = []
    for partner in case.partners:
        invitation = newest.get(partner.id)
        response = questionnaires.find_response(db, partner, plan.questionnaire) if plan else None
        found.append(
            Progress(
                partner,
                invitations.state_of(invitation) if invitation else None,
                invitation.claimed_at if invitation else None,
                invitation.reminded_at if invitation else None,
                response.created_at if response else None,
                response.sent_at if response else None,
            )
        )
    return found


def side_by_side(db: ScopedSession, case: Case, content: IntakeContent) -> Sequence[Handed]:
    """Give the answers of each partner who has sent them, in the case's order.

    Raises MissingError to anybody but the treating clinician.
    """
    require_treating(db, case)
    handed = _handed(db, case, content)
    for each in handed:
        audit.note_read(db, "answers.read", each.partner.public_id)
    return [replace(each, answers=counted(each.items, each.answers)) for each in handed]


def agreement_map(
    db: ScopedSession, case: Case, content: IntakeContent
) -> Mapping[Pair, Sequence[MapRow]]:
    """Give the agreement map of every two partners whose answers are in, by their public ids.

    Raises RefusedError with one neutral sentence, the same whether the guard keeps the map shut
    or there are not two sides yet.
    """
    require_treating(db, case)
    handed = _handed(db, case, content)
    audit.note_read(db, "agreement-map.read", case.public_id)
    if _guard(db, case, content, handed).shut or len(handed) < 2:
        raise RefusedError(NOT_OPEN)
    return agreement_maps(_sides(case, handed), _asked_keys(db, case, content))


def ambivalence(db: ScopedSession, case: Case, content: IntakeContent) -> Sequence[Stance]:
    """Give where each partner who has sent stands, and whether the guesses fit."""
    require_treating(db, case)
    audit.note_read(db, "standpoints.read", case.public_id)
    return stances(_sides(case, _handed(db, case, content)))


def guard(db: ScopedSession, case: Case, content: IntakeContent) -> GuardState:
    """Look for control misuse in everything that was sent and recorded, partner by partner."""
    require_treating(db, case)
    audit.note_read(db, "guard.read", case.public_id)
    return _guard(db, case, content, _handed(db, case, content))


def require_open(db: ScopedSession, case: Case, content: IntakeContent) -> None:
    """Let comparing, revealing and openness tools be used only while the guard finds no reason.

    Raises RefusedError with one neutral sentence.
    """
    if guard(db, case, content).shut:
        raise RefusedError(NOT_OPEN)


def asked_behaviours(db: ScopedSession, case: Case, concern: Concern) -> list[tuple[str, str]]:
    """List key and label of every behaviour that the partners of a case are asked about."""
    return _behaviours(questionnaires.find_plan(db, case.id), concern)


def _behaviours(plan: IntakePlan | None, concern: Concern) -> list[tuple[str, str]]:
    labels = {key: behaviour.label for key, behaviour in concern.behaviours.items()}
    return questionnaires.asked_behaviours(plan, labels) if plan else []


def _asked_keys(db: ScopedSession, case: Case, content: IntakeContent) -> list[str]:
    return [key for key, _ in asked_behaviours(db, case, content.concern)]


def _handed(db: ScopedSession, case: Case, content: IntakeContent) -> Sequence[Handed]:
    plan = questionnaires.find_plan(db, case.id)
    asked = packs.asked_of_case(db, content.questionnaire, plan)
    behaviours = _behaviours(plan, content.concern)
    handed = []
    for partner in case.partners:
        response = questionnaires.find_response(db, partner, content.questionnaire.key)
        if response is not None and response.sent_at is not None:
            others = [other.name for other in case.partners if other is not partner]
            pages = pages_for(asked.questionnaire, behaviours, others)
            answers = questionnaires.answers_of(db, response)
            sent_at = response.sent_at
            handed.append(Handed(partner, sent_at, pages, answers, behaviours, asked))
    return handed


def _sides(case: Case, handed: Sequence[Handed]) -> Sequence[Side]:
    refs = [one.public_id for one in case.partners]
    return [
        read_side(
            each.partner.public_id,
            [ref for ref in refs if ref != each.partner.public_id],
            [key for key, _ in each.behaviours],
            counted(each.items, each.answers),
        )
        for each in handed
    ]


def _guard(
    db: ScopedSession, case: Case, content: IntakeContent, handed: Sequence[Handed]
) -> GuardState:
    limiting, screened = _limiting(db, case, content.concern), _positive_screens(db, case)
    sides = {side.partner: side for side in _sides(case, handed)}
    given = {each.partner.public_id: each for each in handed}
    watches = {}
    for partner in case.partners:
        ref, each = partner.public_id, given.get(partner.public_id)
        safety, flags = _read_flags(each)
        if partner.id in screened:
            safety = ScreenResult.POSITIVE
        concerns = Concerns(
            _objected(sides[ref], content.concern) if each else {},
            frozenset(one.flag for one in flags),
            [*limiting.get(partner.id, ()), *_reported(each, content.concern)],
            safety,
        )
        watches[ref] = Watch(reasons_for(concerns), safety, flags)
    return GuardState(watches)


def _read_flags(each: Handed | None) -> tuple[ScreenResult, Sequence[Raised]]:
    if each is None:
        return ScreenResult.INCOMPLETE, ()
    return safety_result(each.items, each.answers), raised(each.items, each.answers)


def _reported(each: Handed | None, concern: Concern) -> Sequence[str]:
    happened = each.answers.get(HAPPENED, NOTHING).values if each else ()
    return [key for key in happened if _limits(concern, key)]


def _objected(side: Side, concern: Concern) -> Mapping[str, Zone | None]:
    # Rows about limiting a partner have no zone: minding them is no concern about outside contact.
    inventory = concern.behaviours
    return {
        key: inventory[key].zone if key in inventory else None
        for key, placing in side.placings.items()
        if placing is Placing.NOT_OK and not _limits(concern, key)
    }


def _limits(concern: Concern, key: str) -> bool:
    return key in concern.behaviours and concern.behaviours[key].zone is None


def _limiting(db: ScopedSession, case: Case, concern: Concern) -> Mapping[int, Sequence[str]]:
    query = select(BehaviourRecord.about_id, BehaviourRecord.behaviour).where(
        BehaviourRecord.case_id == case.id
    )
    found: dict[int, list[str]] = {}
    for about_id, key in db.execute(query):
        if key and _limits(concern, key):
            found.setdefault(about_id, []).append(key)
    return found


def _positive_screens(db: ScopedSession, case: Case) -> frozenset[int]:
    query = select(SafetyTask.partner_id).where(
        SafetyTask.case_id == case.id, SafetyTask.kind == TaskKind.POSITIVE_SCREEN.value
    )
    return frozenset(db.scalars(query))
