"""One goal as the goals page tells it: what it weighs, how far it came, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from clinic.domain.goal_course import STATUS_WORDS, GoalStatus
from clinic.domain.goal_hints import GoalHint, goal_hints
from clinic.domain.goals import Adherence
from clinic.domain.said import Said, mark, say
from clinic.services.days import has_passed
from clinic.services.goal_scores import GoalProgress, Held, progress_of
from clinic.services.rows import Case, Goal, GoalChange
from clinic.web.contents import reviewed
from clinic.web.filters import day, signed
from clinic.web.people import Rater


@dataclass(frozen=True)
class PastChange:
    """What a goal became, said with its day, and the reason as it was typed."""

    text: Said
    reason: str


@dataclass(frozen=True)
class GoalView:
    """A goal with the goals it continues: `earlier` has their steps, `history` every change.

    `ended` is None while the goal is worked on.
    """

    goal: Goal
    earlier: Sequence[Goal]
    ended: str | None
    weight: str
    facts: Sequence[Said]
    history: Sequence[PastChange]


def goal_view(line: Sequence[Goal], held: Sequence[Held], rater: Rater) -> GoalView:
    """Tell of one goal, oldest steps first in `line`, with what one rater found."""
    *earlier, goal = line
    return GoalView(
        goal,
        earlier,
        _ended(goal),
        _weight(goal),
        _facts(progress_of(goal, held, rater.id)),
        [_past(change) for one in line for change in one.course],
    )


def hints_for(case: Case, text: str, owners: Sequence[str]) -> Sequence[GoalHint]:
    """Give what is worth a second look in a goal's words; `owners` are partners' public ids."""
    others = [partner.name for partner in case.partners if partner.public_id not in owners]
    return goal_hints(text, others, reviewed().goal_words) if text else []


def _ended(goal: Goal) -> str | None:
    if goal.status is not GoalStatus.ACTIVE:
        return STATUS_WORDS[goal.status]
    if goal.ends_on and has_passed(goal.ends_on):
        return say("Ended on %(day)s, as planned", day=day(goal.ends_on))
    return None


def _weight(goal: Goal) -> str:
    if goal.weighs == 0:
        return mark("Weight 0, so it is left out of the score")
    if goal.importance is None or goal.difficulty is None:
        return say("Weight %(weight)s", weight=f"{goal.weighs:g}")
    return say(
        "Weight %(weight)s: matters %(importance)s, hard %(difficulty)s",
        weight=f"{goal.weighs:g}",
        importance=goal.importance,
        difficulty=goal.difficulty,
    )


def _facts(progress: GoalProgress) -> Sequence[Said]:
    facts = []
    if progress.change is not None:
        facts.append(say("Since the start: %(change)s", change=signed(progress.change)))
    if progress.level_slope is not None:
        steps = _decimal(progress.level_slope)
        facts.append(say("Steps per appointment: %(slope)s", slope=steps))
    if progress.own_slope is not None:
        points = _decimal(progress.own_slope)
        facts.append(say("Own rating per appointment: %(slope)s", slope=points))
    if progress.kept.share is not None:
        facts.append(_kept(progress.kept, progress.kept.share))
    return facts


def _kept(kept: Adherence, share: float) -> Said:
    return say(
        "Kept: %(share)s %% (%(reported)s of %(all)s reported)",
        share=f"{100 * share:.1f}",
        reported=kept.reported,
        all=kept.of,
    )


def _decimal(number: float) -> str:
    rounded = round(number, 2)
    return (f"{rounded:+g}" if rounded else "0").replace("-", "\u2212")


def _past(change: GoalChange) -> PastChange:
    words = {
        GoalStatus.ACTIVE: mark("Taken up again on %(day)s"),
        GoalStatus.MET: mark("Met on %(day)s"),
        GoalStatus.REVISED: mark("Revised on %(day)s: other steps hold since"),
        GoalStatus.PARTED: mark("Parted with on %(day)s"),
    }
    return PastChange(say(words[change.status], day=day(change.since)), change.reason)
