"""What the safety page says of a case, in words that nobody but the treating clinician reads."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clinic.domain.questionnaires import ScreenResult
from clinic.domain.tracks import (
    REASON_WORDS,
    Tool,
    TrackReason,
)
from clinic.services.comparison import GuardState
from clinic.services.rows import Case, PrivateCheck
from clinic.services.safety import SHUT_KEYS, Decision, can_be_opened
from clinic.web.safety.words import (
    DECIDED,
    KIND,
    NEVER_ASKED,
    NO_WAY_PAST,
    NOT_ASKED,
    OPEN,
    OPENED,
    RESULT,
    SHUT,
    TONE,
    TOOL,
)


@dataclass(frozen=True)
class ReasonLine:
    """One reason for a track; `name` is "" where it is about nobody in particular."""

    name: str
    words: str


@dataclass(frozen=True)
class PartnerLine:
    """Where the private checks of one partner stand, and whether there is a plan."""

    ref: str
    name: str
    result: str
    tone: str
    asked_on: dt.date | None
    again_on: dt.date | None
    is_due: bool
    plan_on: dt.date | None


@dataclass(frozen=True)
class CheckLine:
    """One check as it was written down."""

    row: PrivateCheck
    result: str
    tone: str


@dataclass(frozen=True)
class ToolLine:
    """One tool, whether it is open, and whether anything can be decided about it."""

    kind: str
    label: str
    state: str
    tone: str
    may_decide: bool


@dataclass(frozen=True)
class DecisionLine:
    """One decision in words, with who made it."""

    about: str
    words: str
    made: Decision


def reason_lines(case: Case, state: GuardState) -> list[ReasonLine]:
    """Say every reason for the track, each once."""
    names = {partner.public_id: partner.name for partner in case.partners}
    return [
        ReasonLine(names.get(reason.partner, ""), REASON_WORDS[reason.kind])
        for reason in state.track.reasons
    ]


def leans_out(state: GuardState) -> bool:
    """Tell whether somebody is leaning out, so that getting clear is worth a thought."""
    return any(reason.kind is TrackReason.LEANING_OUT for reason in state.track.reasons)


def partner_lines(
    case: Case,
    checks: Mapping[str, Sequence[PrivateCheck]],
    plans: Mapping[str, dt.date],
    today: dt.date,
) -> list[PartnerLine]:
    """Say of each partner what the last check found and when to ask again."""
    return [
        _partner_line(ref, name, checks[ref], plans.get(ref), today)
        for ref, name in ((partner.public_id, partner.name) for partner in case.partners)
    ]


def _partner_line(
    ref: str,
    name: str,
    checks: Sequence[PrivateCheck],
    plan_on: dt.date | None,
    today: dt.date,
) -> PartnerLine:
    if not checks:
        return PartnerLine(ref, name, NEVER_ASKED, "neutral", None, None, True, plan_on)
    line = check_line(checks[0])
    again_on = line.row.again_on
    return PartnerLine(
        ref,
        name,
        line.result,
        line.tone,
        line.row.asked_on,
        again_on,
        again_on is not None and again_on <= today,
        plan_on,
    )


def check_line(row: PrivateCheck) -> CheckLine:
    """Say one check in words."""
    if not row.asked_alone:
        return CheckLine(row, NOT_ASKED, TONE[ScreenResult.INCOMPLETE])
    return CheckLine(row, RESULT[row.result], TONE[row.result])


def tool_lines(state: GuardState) -> list[ToolLine]:
    """Say of each tool whether it is open now."""
    return [_tool_line(tool, label, state) for tool, label in TOOL.items()]


def _tool_line(tool: Tool, label: str, state: GuardState) -> ToolLine:
    may_decide = state.shut and can_be_opened(tool)
    if state.is_shut(tool, SHUT_KEYS.get(tool, "")):
        words = SHUT if may_decide else NO_WAY_PAST
        return ToolLine(tool.value, label, words, "rust", may_decide)
    words = OPENED if may_decide else OPEN
    return ToolLine(tool.value, label, words, "neutral", may_decide)


def decision_lines(decisions: Sequence[Decision]) -> list[DecisionLine]:
    """Say every decision in words, in the order given."""
    return [DecisionLine(KIND[one.kind], DECIDED[one.kind, one.holds], one) for one in decisions]
