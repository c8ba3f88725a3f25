"""What the treating clinician sees when answers are in, safety first (clinical.md part 7).

Only what was sent counts: a draft is still its partner's own. What of this the couple may see is
in `couple_map`.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from clinic.content.library import Concern
from clinic.domain.answers import NOTHING, Given, Placing
from clinic.domain.behaviours import Zone
from clinic.domain.comparison import HAPPENED, MapRow, Side, Stance, agreement_maps, read_side
from clinic.domain.comparison import ambivalence as stances
from clinic.domain.guard import NOT_OPEN, Concerns, GuardReason, GuardReasons
from clinic.domain.guard import guard as reasons_for
from clinic.domain.invitations import InvitationState
from clinic.domain.item_flags import Raised, raised, safety_result
from clinic.domain.items import Item, Page, Questionnaire, counted, pages_for
from clinic.domain.questionnaires import ScreenResult
from clinic.domain.tracks import Gate, Signals, Tool, Track, TrackName, gate, track
from clinic.models.cases import Case, Partner
from clinic.models.questionnaires import IntakePlan
from clinic.models.scope import ScopedSession
from clinic.services import audit, invitations, packs, questionnaires
from clinic.services.errors import RefusedError
from clinic.services.safety_marks import Marks, limits, read_marks
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
    """The guard of a case by partner, the track that follows, and what was opened anyway."""

    watches: Mapping[str, Watch]
    track: Track
    opened: frozenset[Tool]

    @property
    def shut(self) -> bool:
        """Tell whether the safety track keeps comparing, revealing and openness tools shut."""
        return self.track.name is TrackName.SAFETY

    def is_shut(self, tool: Tool, key: str = "") -> bool:
        """Tell whether one tool stays shut; `key` is a goal stub's or a worksheet's."""
        found = gate(self.track.name, tool, key)
        return found is Gate.SHUT or (found is Gate.REASON_NEEDED and tool not in self.opened)


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
    sides = _sides(case, handed)
    if _guard(db, case, content, handed, sides).is_shut(Tool.COMPARISON) or len(handed) < 2:
        raise RefusedError(NOT_OPEN)
    return agreement_maps(sides, [key for key, _ in handed[0].behaviours])


def ambivalence(db: ScopedSession, case: Case, content: IntakeContent) -> Sequence[Stance]:
    """Give where each partner who has sent stands, and whether the guesses fit."""
    require_treating(db, case)
    audit.note_read(db, "standpoints.read", case.public_id)
    return stances(_sides(case, _handed(db, case, content)))


def guard(db: ScopedSession, case: Case, content: IntakeContent) -> GuardState:
    """Look for control misuse in everything that was sent and recorded, partner by partner."""
    audit.note_read(db, "guard.read", case.public_id)
    return look(db, case, content)


def look(db: ScopedSession, case: Case, content: IntakeContent) -> GuardState:
    """Give the guard without a line in the audit log, for who tells only whether a tool is open.

    Six statements, whatever the case holds, and one more where a practice's own questions were
    asked. Raises MissingError to anybody but the treating clinician.
    """
    require_treating(db, case)
    handed = _handed(db, case, content)
    return _guard(db, case, content, handed, _sides(case, handed))


def require_open(
    db: ScopedSession, case: Case, content: IntakeContent, tool: Tool = Tool.REVEAL
) -> None:
    """Let a tool be used only off the safety track, or where the therapist opened it with a reason.

    Raises RefusedError with one neutral sentence.
    """
    if guard(db, case, content).is_shut(tool):
        raise RefusedError(NOT_OPEN)


def asked_behaviours(db: ScopedSession, case: Case, concern: Concern) -> list[tuple[str, str]]:
    """List key and label of every behaviour that the partners of a case are asked about."""
    return _behaviours(questionnaires.find_plan(db, case.id), concern)


def _behaviours(plan: IntakePlan | None, concern: Concern) -> list[tuple[str, str]]:
    labels = {key: behaviour.label for key, behaviour in concern.behaviours.items()}
    return questionnaires.asked_behaviours(plan, labels) if plan else []


def _handed(db: ScopedSession, case: Case, content: IntakeContent) -> Sequence[Handed]:
    plan = questionnaires.find_plan(db, case.id)
    asked = packs.asked_of_case(db, content.questionnaire, plan)
    behaviours = _behaviours(plan, content.concern)
    sent = questionnaires.list_sent(db, case, content.questionnaire.key)
    handed = []
    for partner in case.partners:
        if partner.id in sent:
            others = [other.name for other in case.partners if other is not partner]
            pages = pages_for(asked.questionnaire, behaviours, others)
            found = sent[partner.id]
            handed.append(Handed(partner, found.sent_at, pages, found.answers, behaviours, asked))
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
    db: ScopedSession,
    case: Case,
    content: IntakeContent,
    handed: Sequence[Handed],
    sides: Sequence[Side],
) -> GuardState:
    marks = read_marks(db, case, content.concern, [each.sent_at for each in handed])
    own = {side.partner: side for side in sides}
    given = {each.partner.public_id: each for each in handed}
    watches = {
        ref: _watch(partner, given.get(ref), own.get(ref), marks, content.concern)
        for ref, partner in _by_ref(case).items()
    }
    names = {partner.id: ref for ref, partner in _by_ref(case).items()}
    found = track(
        Signals(
            marks.explanations,
            # What the safety questions say is a reason of its own, beside these.
            {ref: watch.reasons - {GuardReason.SAFETY} for ref, watch in watches.items()},
            frozenset(names[one] for one in marks.hidden_from_fear),
            {ref: watch.safety for ref, watch in watches.items()},
            {ref: side.standpoint for ref, side in own.items()},
            marks.decided,
        )
    )
    return GuardState(watches, found, marks.opened)


def _by_ref(case: Case) -> Mapping[str, Partner]:
    return {partner.public_id: partner for partner in case.partners}


def _watch(
    partner: Partner, each: Handed | None, side: Side | None, marks: Marks, concern: Concern
) -> Watch:
    safety, flags = _read_flags(each)
    if partner.id in marks.positive:
        safety = ScreenResult.POSITIVE
    concerns = Concerns(
        _objected(side, concern) if side else {},
        frozenset(one.flag for one in flags),
        [*marks.limiting.get(partner.id, ()), *_reported(each, concern)],
        safety,
    )
    return Watch(reasons_for(concerns), safety, flags)


def _read_flags(each: Handed | None) -> tuple[ScreenResult, Sequence[Raised]]:
    if each is None:
        return ScreenResult.INCOMPLETE, ()
    return safety_result(each.items, each.answers), raised(each.items, each.answers)


def _reported(each: Handed | None, concern: Concern) -> Sequence[str]:
    happened = each.answers.get(HAPPENED, NOTHING).values if each else ()
    return [key for key in happened if limits(concern, key)]


def _objected(side: Side, concern: Concern) -> Mapping[str, Zone | None]:
    # Rows about limiting a partner have no zone: minding them is no concern about outside contact.
    inventory = concern.behaviours
    return {
        key: inventory[key].zone if key in inventory else None
        for key, placing in side.placings.items()
        if placing is Placing.NOT_OK and not limits(concern, key)
    }
