"""Bringing one vignette in, act by act, as a clinician would at the desk."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from clinic.content.library import Concern
from clinic.content.vignettes_schema import (
    NOBODY,
    BehaviourRow,
    EvidenceRow,
    ExplanationRow,
    Vignette,
)
from clinic.domain.formulation import Bearing
from clinic.models.cases import Case
from clinic.models.scope import ScopedSession
from clinic.services import behaviours, cases, evidence, formulation, readings, timeline
from clinic.services.demo.days import days_after, days_before, month_before, perhaps_month_before
from clinic.services.demo.goals import hold_and_rate, set_goals
from clinic.services.demo.scene import Scene


def bring_in(db: ScopedSession, vignette: Vignette, concern: Concern, today: dt.date) -> Case:
    """Open a vignette's case for the session's clinician, and fill it up to `today`."""
    case = _open(db, vignette, concern, today)
    refs = {NOBODY: "", **{partner.name: partner.public_id for partner in case.partners}}
    scene = Scene(db, case, vignette, concern, today, refs)
    scene = replace(scene, refs={**refs, **_record_behaviours(scene)})
    _add_events(scene)
    scene = replace(scene, refs={**scene.refs, **_explain(scene)})
    _add_evidence(scene)
    reading = readings.RollUpDetails(**dict(vignette.reading))
    readings.save_formulation(db, case, reading, based_on=0)
    hold_and_rate(scene, set_goals(scene))
    return case


def _open(db: ScopedSession, vignette: Vignette, concern: Concern, today: dt.date) -> Case:
    partners = [cases.PartnerDetails(**dict(row)) for row in vignette.partners]
    first = max((row.days_ago for row in vignette.appointments), default=0)
    details = cases.CaseDetails(
        vignette.label,
        vignette.secrets_policy,
        partners,
        concern.key,
        opened_on=days_before(today, first),
    )
    return cases.open_case(db, details)


def _record_behaviours(scene: Scene) -> Mapping[str, str]:
    refs = {}
    for row in scene.vignette.behaviours:
        recorded = behaviours.record_behaviour(scene.db, scene.case, _behaviour(scene, row))
        if row.behaviour:
            refs[row.behaviour] = recorded.public_id
    agreed = scene.vignette.agreed
    positions = {
        scene.refs[name]: (position.openness, position.words)
        for name, position in agreed.positions.items()
    }
    details = behaviours.OnsetDetails(agreed.status, agreed.wording, positions)
    behaviours.write_onset(scene.db, scene.case, details, version=0)
    return refs


def _behaviour(scene: Scene, row: BehaviourRow) -> behaviours.BehaviourDetails:
    placed = {**row.placings, NOBODY: row.therapist}
    return behaviours.BehaviourDetails(
        behaviour=row.behaviour,
        own_words=row.own_words,
        about=scene.refs[row.about],
        reporter=scene.refs[row.reporter],
        frequency=row.frequency,
        still_happening=row.still_happening,
        how_known=row.how_known,
        since=perhaps_month_before(scene.today, row.since_months_ago),
        times_raised=row.times_raised,
        responses=row.responses,
        outsider_role=row.outsider_role,
        notes=row.notes,
        placings={
            scene.refs[name]: behaviours.Placing(**dict(each)) for name, each in placed.items()
        },
    )


def _add_events(scene: Scene) -> None:
    for row in scene.vignette.events:
        details = timeline.EventDetails(
            row.kind,
            row.words,
            scene.refs[row.about],
            month_before(scene.today, row.months_ago),
            perhaps_month_before(scene.today, row.ended_months_ago),
        )
        timeline.add_event(scene.db, scene.case, details)


def _explain(scene: Scene) -> Mapping[str, str]:
    return {
        row.kind: formulation.add_explanation(
            scene.db, scene.case, _explanation(scene, row)
        ).public_id
        for row in scene.vignette.explanations
    }


def _explanation(scene: Scene, row: ExplanationRow) -> formulation.ExplanationDetails:
    return formulation.ExplanationDetails(
        kind=row.kind,
        statement=row.statement,
        about=[scene.refs[name] for name in row.about],
        confidence=row.confidence,
        would_change_my_mind=row.would_change_my_mind,
        reason=row.reason,
        status=row.status,
        test_by=days_after(scene.today, row.test_in_days) if row.test_in_days else None,
    )


def _add_evidence(scene: Scene) -> None:
    for row in scene.vignette.evidence:
        details = evidence.EvidenceDetails(
            kind=row.kind,
            observation=row.observation,
            source=scene.refs[row.source],
            observed_on=days_before(scene.today, row.days_ago),
            diagnosticity=row.diagnosticity,
            layer=row.layer,
            bearings=_bearings(scene, row),
            reasons={scene.refs[kind]: why for kind, why in row.reasons.items()},
            behaviour=scene.refs[row.behaviour],
        )
        evidence.add_evidence(scene.db, scene.case, details)


def _bearings(scene: Scene, row: EvidenceRow) -> Mapping[str, Bearing]:
    """Weigh an observation on every explanation of the case, so that none stays unweighed."""
    kinds = [explanation.kind for explanation in scene.vignette.explanations]
    usual = scene.concern.evidence[row.kind].bearings if row.kind else {}
    weighed = {**dict.fromkeys(kinds, Bearing.NEUTRAL), **usual, **row.bearings}
    return {scene.refs[kind]: weighed[kind] for kind in kinds}
