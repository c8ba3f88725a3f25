"""Evidence: what was seen or heard, where it comes from, and how it bears on each explanation."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, String, cast, exists, func, literal, select
from sqlalchemy import case as sql_case
from sqlalchemy.orm import aliased, joinedload, lazyload
from sqlalchemy.orm.attributes import flag_modified

from clinic.content.library import Concern
from clinic.domain.formulation import Bearing, Diagnosticity, Evidence, Standing, standings
from clinic.domain.tracks import counts_for
from clinic.domain.visibility import Layer
from clinic.keyring.ring import PERSONAL
from clinic.models.appointments import Appointment
from clinic.models.behaviours import BehaviourRating, BehaviourRecord
from clinic.models.cases import Case
from clinic.models.formulation import (
    EvidenceBearing,
    EvidenceItem,
    EvidenceLink,
    Explanation,
    FormulationCitation,
)
from clinic.models.scope import ScopedSession
from clinic.services import audit
from clinic.services.cases import find_in_case, partner_id
from clinic.services.days import has_come
from clinic.services.errors import MissingError, RefusedError
from clinic.services.formulation import list_explanations
from clinic.services.versions import expect_version


@dataclass(frozen=True)
class EvidenceDetails:
    """One observation, and how it bears on each explanation by its public id.

    `reasons` say, by explanation, why it bears otherwise than its kind usually does. `behaviour`
    and `appointment` are public ids or "", `answer` the item of the answer it was taken from.
    """

    kind: str
    observation: str
    source: str
    observed_on: dt.date
    diagnosticity: Diagnosticity
    layer: Layer = Layer.CLINICIAN
    bearings: Mapping[str, Bearing] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    behaviour: str = ""
    appointment: str = ""
    answer: str = ""


@dataclass(frozen=True)
class IssueLayer:
    """Everything the issue page shows; standings in order of least contradiction.

    `weighed` tells how each piece of evidence bears on each explanation, both by inner id, and
    `reasoned` for which of them a reason was written. `from_fear` names the evidence about
    something that was hidden out of fear.
    """

    explanations: Sequence[Explanation]
    evidence: Sequence[EvidenceItem]
    standings: Sequence[Standing]
    weighed: Mapping[int, Mapping[int, Bearing]] = field(default_factory=dict)
    reasoned: frozenset[tuple[int, int]] = frozenset()
    from_fear: frozenset[int] = frozenset()


def issue_layer(db: ScopedSession, case: Case) -> IssueLayer:
    """Read a case's explanations and evidence, ordered by how little speaks against each."""
    return lay_out(db, case, list_explanations(db, case))


def lay_out(db: ScopedSession, case: Case, explanations: Sequence[Explanation]) -> IssueLayer:
    """Weigh a case's evidence on explanations that were read before; one statement."""
    kinds = {row.id: row.kind or "" for row in explanations}
    rows = [_Row(*row) for row in db.execute(_with_bearings(case))]
    weighed = {row.item.id: dict(row.weighed(kinds)) for row in rows}
    refs = {row.id: row.public_id for row in explanations}
    items = [
        Evidence(row.item.public_id, {refs[one]: how for one, how in weighed[row.item.id].items()})
        for row in rows
    ]
    return IssueLayer(
        explanations,
        [row.item for row in rows],
        standings(refs.values(), items),
        weighed,
        frozenset(
            (row.item.id, each.explanation) for row in rows for each in row.stored if each.reasoned
        ),
        frozenset(row.item.id for row in rows if row.from_fear),
    )


class _Stored(NamedTuple):
    """How a piece of evidence bears on one explanation, as it was stored."""

    explanation: int
    bearing: Bearing
    reasoned: bool


@dataclass(frozen=True)
class _Row:
    """One piece of evidence with its bearings as one text, such as "3:supports:0,4:neutral:1"."""

    item: EvidenceItem
    from_fear: bool
    bearings: str | None

    @cached_property
    def stored(self) -> Sequence[_Stored]:
        """Read the bearings."""
        parts = [each.split(":") for each in (self.bearings or "").split(",") if each]
        return [_Stored(int(one), Bearing(how), why == "1") for one, how, why in parts]

    def weighed(self, kinds: Mapping[int, str]) -> Iterator[tuple[int, Bearing]]:
        """Give how it bears now: what was found to be out of fear later on counts no more."""
        for each in self.stored:
            kind = kinds[each.explanation]
            stays = each.reasoned or counts(self.item.kind, kind, from_fear=self.from_fear)
            yield each.explanation, each.bearing if stays else Bearing.NEUTRAL


def counts(kind: str | None, explanation: str, *, from_fear: bool) -> bool:
    """Tell whether evidence of a kind bears on an explanation of a kind at all; None: own words."""
    return not from_fear or counts_for(kind or "", explanation, from_fear=True)


def _with_bearings(case: Case) -> Any:
    # A long case has thousands of bearings: as rows, they would take most of the page's time.
    reasoned = sql_case((has_reason(), "1"), else_="0")
    stored = (
        cast(EvidenceBearing.explanation_id, String)
        + literal(":")
        + cast(EvidenceBearing.bearing, String)
        + literal(":")
        + reasoned
    )
    bearings = (
        select(func.aggregate_strings(stored, ","))
        .where(EvidenceBearing.evidence_id == EvidenceItem.id)
        .scalar_subquery()
    )
    query = _listed(case).add_columns(is_from_fear(), bearings)
    return query.options(lazyload(EvidenceItem.bearings))


def has_reason() -> ColumnElement[bool]:
    """Tell of a bearing whether a reason was written for it."""
    has: ColumnElement[bool] = EvidenceBearing.sealed_reason.is_not(None)  # type: ignore[attr-defined]
    return has


def reasons(db: ScopedSession, case: Case) -> Mapping[tuple[int, int], str]:
    """Give every reason that was written, by evidence and explanation."""
    query = select(EvidenceBearing).where(EvidenceBearing.case_id == case.id, has_reason())
    return {(row.evidence_id, row.explanation_id): row.reason for row in db.scalars(query)}


def usual_bearing(
    concern: Concern, kind: str, explanation: str, *, from_fear: bool
) -> Bearing | None:
    """Give how a kind of evidence usually bears on a kind of explanation; None where nothing is.

    Own words, on either side, have nothing usual. What was done out of fear is neutral wherever
    it must not count (clinical.md 1.1).
    """
    if not counts_for(kind, explanation, from_fear=from_fear):
        return Bearing.NEUTRAL
    if not kind or not explanation:
        return None
    return concern.evidence[kind].bearings.get(explanation, Bearing.NEUTRAL)


def is_from_fear() -> ColumnElement[bool]:
    """Tell of a piece of evidence whether it is about something hidden out of fear."""
    link = aliased(EvidenceLink)
    return exists().where(
        link.evidence_id == EvidenceItem.id,
        BehaviourRating.behaviour_id == link.behaviour_id,
        BehaviourRating.from_fear.is_(True),
    )


def _listed(case: Case) -> Select[EvidenceItem]:
    return (
        select(EvidenceItem)
        .where(EvidenceItem.case_id == case.id)
        .order_by(EvidenceItem.observed_on, EvidenceItem.id)
        .options(joinedload(EvidenceItem.link))
    )


def list_evidence(db: ScopedSession, case: Case) -> Sequence[EvidenceItem]:
    """List a case's evidence by date."""
    return db.scalars(_listed(case)).all()


def find_evidence(db: ScopedSession, case: Case, ref: str) -> EvidenceItem:
    """Find one piece of evidence of a case."""
    return find_in_case(db, EvidenceItem, case, ref)


def add_evidence(db: ScopedSession, case: Case, details: EvidenceDetails) -> EvidenceItem:
    """Add an observation with its bearing on each explanation."""
    row = EvidenceItem(case_id=case.id, practice_id=case.practice_id)
    _write_evidence(db, case, row, details)
    audit.record(db, "evidence.added", row.public_id)
    db.commit()
    return row


def change_evidence(
    db: ScopedSession, case: Case, row: EvidenceItem, details: EvidenceDetails, version: int
) -> None:
    """Change an observation. Raises StaleError when it was changed since `version`."""
    expect_version(db, row, version)
    _write_evidence(db, case, row, details)
    audit.record(db, "evidence.changed", row.public_id)
    db.commit()


def _write_evidence(
    db: ScopedSession, case: Case, row: EvidenceItem, details: EvidenceDetails
) -> None:
    _check(details)
    row.kind = details.kind or None
    row.source_id = partner_id(case, details.source)
    row.observed_on, row.diagnosticity = details.observed_on, details.diagnosticity
    db.add(row)
    row.layer, row.observation = details.layer, details.observation
    flag_modified(row, "diagnosticity")
    explanations = {each.public_id: each.id for each in list_explanations(db, case)}
    for ref, bearing in details.bearings.items():
        if ref not in explanations:
            raise MissingError(ref)
        _write_bearing(row, explanations[ref], bearing, details.reasons.get(ref, ""))
    _write_link(db, case, row, details)
    db.flush()


def _check(details: EvidenceDetails) -> None:
    if details.layer is Layer.PROCESS:
        raise RefusedError("Process notes have a place of their own", "layer")
    if details.layer in PERSONAL and not details.source:
        raise RefusedError("Say whose private words these are", "source")
    if not has_come(details.observed_on):
        raise RefusedError("This day has not come yet", "observed_on")


def _write_bearing(row: EvidenceItem, explanation_id: int, bearing: Bearing, reason: str) -> None:
    found = next((each for each in row.bearings if each.explanation_id == explanation_id), None)
    if found is None:
        found = EvidenceBearing(explanation_id=explanation_id)
        row.bearings.append(found)
    found.bearing, found.reason = bearing, reason


def _write_link(db: ScopedSession, case: Case, row: EvidenceItem, details: EvidenceDetails) -> None:
    behaviour, appointment = details.behaviour, details.appointment
    if not (behaviour or appointment or details.answer):
        row.link = None
        return
    row.link = row.link or EvidenceLink()
    row.link.behaviour_id = (
        find_in_case(db, BehaviourRecord, case, behaviour).id if behaviour else None
    )
    row.link.appointment_id = (
        find_in_case(db, Appointment, case, appointment).id if appointment else None
    )
    row.link.answer_item = details.answer or None


def delete_evidence(db: ScopedSession, case: Case, row: EvidenceItem, version: int) -> None:
    """Take a piece of evidence away that no saved version rests on.

    Raises RefusedError for one that a version cites: what was read then must stay readable; and
    StaleError when it was changed since `version`.
    """
    expect_version(db, row, version)
    query = select(FormulationCitation.id).where(FormulationCitation.evidence_id == row.id)
    if db.scalars(query.limit(1)).first() is not None:
        raise RefusedError("A saved version rests on this, so it stays. You can weigh it anew")
    audit.record(db, "evidence.deleted", row.public_id)
    db.delete(row)
    db.commit()
