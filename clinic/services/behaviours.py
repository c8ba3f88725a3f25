"""The symptom layer: recording what is visible, and what was agreed at the time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from clinic.domain.agreement import OnsetStatus, Openness
from clinic.domain.behaviours import Frequency, HowKnown, StillHappening, Zone
from clinic.domain.visibility import Layer
from clinic.models.behaviours import (
    BehaviourRating,
    BehaviourRecord,
    ObservedResponse,
    OnsetAgreement,
    OnsetPosition,
)
from clinic.models.cases import Case
from clinic.models.scope import ScopedSession
from clinic.services import audit
from clinic.services.cases import find_in_case, find_partner, partner_id
from clinic.services.days import check_months
from clinic.services.errors import RefusedError
from clinic.services.versions import expect_version

#: What is said about a behaviour in words; sealed together, in the record's layer.
TEXTS = (
    "own_words",
    "outsider_role",
    "notes",
    "raised_when",
    "agreed_then",
    "channel",
    "impact_words",
)


@dataclass(frozen=True)
class Placing:
    """One rater's zone and three facets, 0 to 3; None where the rater does not know.

    Hidden from fear is no step of concealment, so `concealment` is then left out.
    """

    zone: Zone | None = None
    concealment: int | None = None
    function: int | None = None
    agreement: int | None = None
    from_fear: bool = False


@dataclass(frozen=True)
class BehaviourDetails:
    """What the page on one behaviour asks. People are public ids; "" is the therapist.

    `impact` is 0 to 10, as the reporter feels it. In the private layer it is the reporter's own
    answer, taken over from the intake.
    """

    behaviour: str
    own_words: str
    about: str
    reporter: str
    frequency: Frequency
    still_happening: StillHappening
    how_known: HowKnown
    since: tuple[int | None, int | None] = (None, None)
    until: tuple[int | None, int | None] = (None, None)
    times_raised: int = 0
    raised_when: str = ""
    agreed_then: str = ""
    responses: Sequence[str] = ()
    channel: str = ""
    outsider_role: str = ""
    impact: int | None = None
    impact_words: str = ""
    notes: str = ""
    layer: Layer = Layer.CLINICIAN
    placings: Mapping[str, Placing] = field(default_factory=dict)


@dataclass(frozen=True)
class OnsetDetails:
    """What was agreed when it began, and how each partner tells it."""

    status: OnsetStatus
    wording: str
    positions: Mapping[str, tuple[Openness, str]]


def list_behaviours(db: ScopedSession, case: Case) -> Sequence[BehaviourRecord]:
    """List a case's behaviours in the order they were recorded."""
    query = (
        select(BehaviourRecord)
        .where(BehaviourRecord.case_id == case.id)
        .order_by(BehaviourRecord.id)
    )
    return db.scalars(query).all()


def find_behaviour(db: ScopedSession, case: Case, ref: str) -> BehaviourRecord:
    """Find one behaviour of a case."""
    return find_in_case(db, BehaviourRecord, case, ref)


def record_behaviour(db: ScopedSession, case: Case, details: BehaviourDetails) -> BehaviourRecord:
    """Add a behaviour to the symptom layer.

    Raises RefusedError when neither the inventory nor own words say what it is, when private words
    are nobody's, or when a month lies ahead or before its beginning.
    """
    row = BehaviourRecord(case_id=case.id, practice_id=case.practice_id)
    _write(db, case, row, details)
    audit.record(db, "behaviour.recorded", row.public_id)
    db.commit()
    return row


def change_behaviour(
    db: ScopedSession, case: Case, row: BehaviourRecord, details: BehaviourDetails, version: int
) -> None:
    """Correct a behaviour. Raises StaleError when it was changed since `version`."""
    expect_version(db, row, version)
    _write(db, case, row, details)
    audit.record(db, "behaviour.changed", row.public_id)
    db.commit()


def _write(db: ScopedSession, case: Case, row: BehaviourRecord, details: BehaviourDetails) -> None:
    _check(details)
    row.behaviour = details.behaviour or None
    row.about_id = find_partner(case, details.about).id
    row.reporter_id = partner_id(case, details.reporter)
    row.since_year, row.since_month = details.since
    row.until_year, row.until_month = details.until
    row.frequency, row.how_known = details.frequency, details.how_known
    row.still_happening, row.times_raised = details.still_happening, details.times_raised
    row.layer, row.impact = details.layer, details.impact
    db.add(row)
    for name in TEXTS:
        setattr(row, name, getattr(details, name))
    flag_modified(row, "frequency")
    _write_responses(row, details.responses)
    for rater, placing in details.placings.items():
        _write_placing(row, partner_id(case, rater), placing)
    db.flush()


def _check(details: BehaviourDetails) -> None:
    if not (details.behaviour or details.own_words):
        raise RefusedError("Choose a behaviour, or describe it in own words", "behaviour")
    if details.layer is Layer.PRIVATE and not details.reporter:
        raise RefusedError("Say whose private words these are", "reporter")
    check_months(details.since, details.until)


def _write_responses(row: BehaviourRecord, wanted: Sequence[str]) -> None:
    kept = [response for response in row.responses if response.response in wanted]
    known = {response.response for response in kept}
    fresh = [ObservedResponse(response=key) for key in wanted if key not in known]
    row.responses = [*kept, *fresh]


def _write_placing(row: BehaviourRecord, rater_id: int | None, placing: Placing) -> None:
    found = next((rating for rating in row.ratings if rating.rater_id == rater_id), None)
    if found is None:
        found = BehaviourRating(rater_id=rater_id)
        row.ratings.append(found)
    found.zone = placing.zone
    found.concealment, found.function = placing.concealment, placing.function
    found.from_fear = placing.from_fear
    found.agreement = placing.agreement


def find_onset(db: ScopedSession, case: Case) -> OnsetAgreement | None:
    """Give what was agreed when it began, if it has been written down."""
    return db.scalars(select(OnsetAgreement).where(OnsetAgreement.case_id == case.id)).first()


def list_onset_positions(db: ScopedSession, case: Case) -> Mapping[int, OnsetPosition]:
    """Give each partner's account of what was agreed, by the partner's inner id."""
    rows = db.scalars(select(OnsetPosition).where(OnsetPosition.case_id == case.id))
    return {row.partner_id: row for row in rows}


def write_onset(db: ScopedSession, case: Case, details: OnsetDetails, version: int) -> None:
    """Write down what was agreed when it began; one account a partner, never merged.

    Raises StaleError when it was changed since `version` (0: not yet written).
    """
    db.refresh(case, with_for_update=True)
    row = find_onset(db, case)
    if row is None:
        row = OnsetAgreement(case_id=case.id, practice_id=case.practice_id)
        db.add(row)
    else:
        expect_version(db, row, version)
    row.status, row.wording = details.status, details.wording
    flag_modified(row, "status")
    _write_positions(db, case, details.positions)
    audit.record(db, "agreement-at-onset.written", case.public_id)
    db.commit()


def _write_positions(
    db: ScopedSession, case: Case, positions: Mapping[str, tuple[Openness, str]]
) -> None:
    known = list_onset_positions(db, case)
    for ref, (openness, words) in positions.items():
        partner = find_partner(case, ref)
        row = known.get(partner.id)
        if row is None:
            row = OnsetPosition(
                case_id=case.id, practice_id=case.practice_id, partner_id=partner.id
            )
            db.add(row)
        row.openness, row.words = openness, words
