"""What the hints about a formulation rest on, gathered in as few statements as a page can spare.

Explanations come with everything that stands around them: the newest version, what happened since,
and what was looked at without being added. Hints about safety are for the treating clinician.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, exists, func, select
from sqlalchemy.orm import aliased, defer

from clinic.domain import hints as rules
from clinic.domain.cases import SecretsPolicy
from clinic.domain.comparison import KEPT
from clinic.domain.frames import RELATIONSHIP, THERAPIST, Slot, SlotPlace
from clinic.domain.hints import Age, Hint, WeighedEvidence, WeighedFormulation
from clinic.domain.plain_words import WordGroup
from clinic.domain.suggestions import Rule, Usable, usable
from clinic.domain.tracks import CONTROL
from clinic.domain.visibility import open_layers
from clinic.models.appointments import Appointment
from clinic.models.behaviours import BehaviourRating
from clinic.models.cases import Case
from clinic.models.comparison import Disclosure
from clinic.models.formulation import EvidenceItem, Explanation, Formulation, SuggestionAnswer
from clinic.models.frames import FrameEntry
from clinic.models.questionnaires import Signature
from clinic.models.safety import PrivateCheck
from clinic.models.scope import ScopedSession
from clinic.services.days import today
from clinic.services.evidence import IssueLayer, lay_out

#: Where it is written down what is left alone for now, and where what protects.
NOT_YET = SlotPlace("plan", Slot("not-yet", "", ""), RELATIONSHIP, THERAPIST).key
PROTECTS = f"%.{rules.PROTECTIVE}.%"


@dataclass(frozen=True)
class Around:
    """What stands around the explanations of a case; partners by inner id.

    `declined` names the rules whose suggestion was not taken up, `policies` what each partner
    signed last about secrets, `checked` how many partners were asked about safety alone.
    """

    reading: Formulation | None
    not_yet: str
    appointments: int
    disclosures: int
    from_fear: bool
    protects: bool
    checked: int
    declined: frozenset[str]
    policies: Mapping[int, SecretsPolicy]


@dataclass(frozen=True)
class Workspace:
    """The issue layer with what stands around it, in three statements whatever its size."""

    layer: IssueLayer
    around: Around


def workspace(db: ScopedSession, case: Case) -> Workspace:
    """Read everything that the page of the issue layer shows."""
    rows = db.execute(_explanations_and_around(case)).all()
    layer = lay_out(db, case, [row.Explanation for row in rows if row.Explanation])
    return Workspace(layer, _around(rows[0]))


def hints_of(
    db: ScopedSession,
    case: Case,
    found: Workspace,
    words: Sequence[WordGroup],
    offered: Iterable[Rule],
) -> Sequence[Hint]:
    """Give every hint this session may read; `offered` are the rules of the case's concern."""
    open_to = open_layers(db.scope.audience)
    seen = weighed(case, found, offered, today())
    return [hint for hint in rules.hints(seen, words) if hint.layer in open_to]


def weighed(
    case: Case, found: Workspace, offered: Iterable[Rule], today: dt.date
) -> WeighedFormulation:
    """Describe a case's formulation as the hints see it."""
    around, layer = found.around, found.layer
    reading = around.reading
    everybody_asked = around.checked == len(case.partners)
    return WeighedFormulation(
        today=today,
        explanations=[_explanation(row) for row in layer.explanations],
        evidence=list(_evidence(case, layer, around)),
        strengths=reading.strengths if reading else "",
        responsibility=reading.responsibility if reading else "",
        considered=frozenset(
            {rule.explanation for rule in offered if rule.key in around.declined}
            | ({CONTROL} if everybody_asked else set())
        ),
        frames={rules.PROTECTIVE} if around.protects else frozenset(),
        hidden_from_fear=around.from_fear,
        age=Age(reading.review_on, around.appointments, around.disclosures) if reading else None,
    )


def _explanation(row: Explanation) -> rules.WeighedExplanation:
    return rules.WeighedExplanation(
        row.public_id,
        row.kind or "",
        row.status,
        row.confidence,
        row.statement,
        row.reason,
        row.would_change_my_mind,
        row.test_by,
    )


def _evidence(case: Case, layer: IssueLayer, around: Around) -> Iterable[WeighedEvidence]:
    refs = {row.id: row.public_id for row in layer.explanations}
    people = {partner.id: partner.public_id for partner in case.partners}
    explained: dict[int, frozenset[str]] = {}
    for item_id, one in layer.reasoned:
        explained[item_id] = explained.get(item_id, frozenset()) | {refs[one]}
    for item in layer.evidence:
        yield WeighedEvidence(
            item.public_id,
            people.get(item.source_id or 0, ""),
            item.layer,
            {refs[one]: how for one, how in layer.weighed[item.id].items()},
            _usable(case, item, around),
            # Every kind of the reviewed list is something that was done, said or seen.
            behavioural=bool(item.kind or (item.link and item.link.behaviour_id)),
            explained=explained.get(item.id, frozenset()),
        )


def _usable(case: Case, item: EvidenceItem, around: Around) -> Usable:
    if item.link and (item.link.answer_item or "").startswith(KEPT):
        # What somebody wanted kept has a ledger of its own, which alone says what became of it.
        return Usable.THERAPIST_ALONE
    return usable(item.layer, around.policies.get(item.source_id or 0, case.secrets_policy))


def _explanations_and_around(case: Case) -> Any:
    any_reading = aliased(Formulation)
    newest = _count(func.max(any_reading.number), any_reading.case_id == case.id)
    reading = and_(Formulation.case_id == Case.id, Formulation.number == newest)
    not_yet = and_(FrameEntry.case_id == Case.id, FrameEntry.place == NOT_YET)
    return (
        select(Explanation, Formulation, FrameEntry, *_counted(case))
        .select_from(Case)
        .outerjoin(Explanation, Explanation.case_id == Case.id)
        .outerjoin(Formulation, reading)
        .outerjoin(FrameEntry, not_yet)
        .where(Case.id == case.id)
        .order_by(Explanation.id)
        .options(defer(Formulation.sealed_snapshot))  # type: ignore[attr-defined]
    )


def _counted(case: Case) -> Sequence[ColumnElement[Any]]:
    signed = Signature.document.in_([policy.value for policy in SecretsPolicy])
    who_signed = (
        cast(Signature.id, String) + ":" + cast(Signature.partner_id, String) + ":"
    ) + Signature.document
    held = Appointment.held_on > Formulation.created_at
    told = Disclosure.created_at > Formulation.created_at
    entry = aliased(FrameEntry)
    return [
        _count(func.count(Appointment.id), Appointment.case_id == case.id, held),
        _count(func.count(Disclosure.id), Disclosure.case_id == case.id, told),
        exists().where(BehaviourRating.case_id == case.id, BehaviourRating.from_fear.is_(True)),
        exists().where(
            entry.case_id == case.id,
            entry.place.like(PROTECTS),
            entry.sealed_words.is_not(None),  # type: ignore[attr-defined]
        ),
        _count(
            func.count(PrivateCheck.partner_id.distinct()),
            PrivateCheck.case_id == case.id,
            PrivateCheck.asked_alone.is_(True),
        ),
        _count(
            func.aggregate_strings(SuggestionAnswer.rule, ","),
            SuggestionAnswer.case_id == case.id,
            SuggestionAnswer.accepted.is_(False),
        ),
        _count(func.aggregate_strings(who_signed, ","), Signature.case_id == case.id, signed),
    ]


def _count(what: ColumnElement[Any], *where: ColumnElement[bool]) -> ColumnElement[Any]:
    return select(what).where(*where).scalar_subquery()


def _around(row: Any) -> Around:
    _, reading, not_yet, appointments, disclosures, from_fear, protects, checked, *texts = row
    declined, signed = (frozenset((text or "").split(",")) - {""} for text in texts)
    newest_last = sorted((each.split(":") for each in signed), key=lambda each: int(each[0]))
    return Around(
        reading,
        not_yet.words if not_yet else "",
        appointments,
        disclosures,
        bool(from_fear),
        bool(protects),
        checked,
        declined,
        {int(partner): SecretsPolicy(document) for _, partner, document in newest_last},
    )
