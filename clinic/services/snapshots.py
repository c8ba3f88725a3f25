"""Everything a version of the formulation rests on, frozen as it stood when it was saved.

Words here are the case's own; what is a key of the content or of a closed list stays a key, so that
a page can say it. Private observations are not copied: a citation keeps them in their own layer.
"""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import select

from clinic.domain.snapshots import Field, Section
from clinic.keyring.ring import PERSONAL
from clinic.models.behaviours import BehaviourRecord
from clinic.models.cases import Case
from clinic.models.formulation import EvidenceItem, Explanation, Formulation, FormulationCitation
from clinic.models.scope import ScopedSession
from clinic.services import behaviours, evidence, formulation, frames

#: The texts and closed lists of each kind of row, in the order a page shows them.
READING: Sequence[str] = (
    *("roll_up", "confidence", "reason", "responsibility", "strengths", "review_on"),
    "couple_summary",
)
EXPLANATION: Sequence[str] = (
    *("kind", "statement", "confidence", "reason", "would_change_my_mind", "test_by"),
    "status",
)
EVIDENCE = ("kind", "observed_on", "diagnosticity", "layer")
BEHAVIOUR = ("layer", "behaviour", "frequency", "still_happening", "times_raised")
OBSERVATION = "observation"

#: In the place of a partner, for whom or what is meant where nobody is named.
TOGETHER = "together"
THERAPIST = "therapist"


def snapshot_of(db: ScopedSession, case: Case, reading: Formulation) -> Sequence[Section]:
    """Describe a version as it is about to be saved: the reading, then all it rests on."""
    people = {partner.id: partner.public_id for partner in case.partners}
    explanations = formulation.list_explanations(db, case)
    refs = {row.id: row.public_id for row in explanations}
    return [
        section_of(reading),
        Section("onset", "onset", list(_onset(db, case, people))),
        *(_explanation(row, people) for row in explanations),
        *(_evidence(row, people, refs) for row in evidence.list_evidence(db, case)),
        *(_behaviour(row, people) for row in behaviours.list_behaviours(db, case)),
        Section("themes", "themes", _themes(db, case)),
        Section("frames", "frames", _frames(db, case)),
    ]


def section_of(reading: Formulation) -> Section:
    """Describe what was written in the roll-up itself, which every version has."""
    return Section("reading", "reading", _fields(reading, READING))


def cite(db: ScopedSession, case: Case, reading: Formulation) -> None:
    """Keep what every piece of evidence said, in its own layer. Committed by the caller."""
    for item in evidence.list_evidence(db, case):
        row = FormulationCitation(
            case_id=case.id,
            practice_id=case.practice_id,
            formulation_id=reading.id,
            evidence_id=item.id,
            source_id=item.source_id,
            layer=item.layer,
        )
        db.add(row)
        row.observation = item.observation


def cited(db: ScopedSession, reading: Formulation) -> Mapping[str, str]:
    """Give what each cited piece of evidence said then, by its public id."""
    query = (
        select(FormulationCitation, EvidenceItem.public_id)
        .join(EvidenceItem, EvidenceItem.id == FormulationCitation.evidence_id)
        .where(FormulationCitation.formulation_id == reading.id)
    )
    return {ref: citation.observation for citation, ref in db.execute(query)}


def _fields(row: object, names: Sequence[str]) -> list[Field]:
    return [Field(name, name, _text(getattr(row, name))) for name in names]


def _text(value: object) -> str:
    if value is None:
        return ""
    return str(getattr(value, "value", value))


def _onset(db: ScopedSession, case: Case, people: Mapping[int, str]) -> Iterator[Field]:
    onset = behaviours.find_onset(db, case)
    if onset is not None:
        yield from _fields(onset, ("status", "wording"))
    for partner_id, position in behaviours.list_onset_positions(db, case).items():
        yield Field(f"openness.{people[partner_id]}", "openness", _text(position.openness))
        yield Field(f"words.{people[partner_id]}", "words", position.words)


def _explanation(row: Explanation, people: Mapping[int, str]) -> Section:
    named = " ".join(people[each] for each in row.about_ids)
    about = Field("about", "about", named or TOGETHER)
    title = row.kind or row.statement
    return Section(f"explanation.{row.public_id}", title, [about, *_fields(row, EXPLANATION)])


def _evidence(row: EvidenceItem, people: Mapping[int, str], refs: Mapping[int, str]) -> Section:
    source = Field("source", "source", people.get(row.source_id or 0, THERAPIST))
    fields = [source, *_fields(row, EVIDENCE), *_bearings(row, refs)]
    return Section(f"evidence.{row.public_id}", "", fields)


def _bearings(row: EvidenceItem, refs: Mapping[int, str]) -> Iterator[Field]:
    for each in sorted(row.bearings, key=lambda each: each.explanation_id):
        ref = refs[each.explanation_id]
        yield Field(f"bearing.{ref}", "bearing", _text(each.bearing))
        yield Field(f"why.{ref}", "why", each.reason)


def _behaviour(row: BehaviourRecord, people: Mapping[int, str]) -> Section:
    about = Field("about", "about", people[row.about_id])
    # What a partner said in private is not copied out of that partner's own layer.
    words = "" if row.layer in PERSONAL else row.own_words
    source = Field("source", "source", people.get(row.reporter_id or 0, THERAPIST))
    fields = [about, source, *_fields(row, BEHAVIOUR), Field("own_words", "own_words", words)]
    return Section(f"behaviour.{row.public_id}", row.behaviour or "", fields)


def _themes(db: ScopedSession, case: Case) -> list[Field]:
    return [Field(theme.public_id, "theme", theme.title) for theme in frames.themes(db, case)]


def _frames(db: ScopedSession, case: Case) -> list[Field]:
    entries = frames.entries(db, case)
    return [Field(place, place, entries[place].words) for place in sorted(entries)]
