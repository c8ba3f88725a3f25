"""The content a clinician has reviewed, as pages look things up in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Flask, current_app

from clinic.content.library import Concern, Library
from clinic.domain.consents import Consent
from clinic.domain.frames import Frame
from clinic.domain.instruments import Instrument
from clinic.domain.items import Questionnaire
from clinic.domain.note_formats import NoteFormat
from clinic.domain.phases import Phase
from clinic.domain.plain_words import WordGroup
from clinic.domain.suggestions import Rule
from clinic.domain.worksheets import Worksheet
from clinic.services.comparison import IntakeContent
from clinic.services.rows import Case

#: The questionnaire that every partner is asked.
INTAKE = "intake"
#: The short one before an appointment.
CHECK_IN = "check-in"


@dataclass(frozen=True)
class Contents:
    """All of it, each kind by its keys."""

    library: Library
    worksheets: Mapping[str, Worksheet]
    questionnaires: Mapping[str, Questionnaire]
    consents: Mapping[str, Consent]
    instruments: Mapping[str, Instrument]
    frames: Mapping[str, Frame]
    suggestions: Mapping[str, Sequence[Rule]]
    plain_words: Sequence[WordGroup]
    phases: Mapping[str, Phase]
    goal_words: Sequence[WordGroup]
    note_formats: Mapping[str, NoteFormat]


def init_app(app: Flask, contents: Contents) -> None:
    """Give pages the content."""
    app.extensions["contents"] = contents


def reviewed() -> Contents:
    """Give what the pages of this installation are made from."""
    contents: Contents = current_app.extensions["contents"]
    return contents


def concern_of(case: Case) -> Concern:
    """Give the presenting concern a case was opened with."""
    return reviewed().library.concerns[case.concern]


def rules_of(case: Case) -> Sequence[Rule]:
    """Give the rules of suggestion written for the concern of a case."""
    return reviewed().suggestions.get(case.concern, ())


def intake_of(case: Case) -> IntakeContent:
    """Give what a case's answers are read with."""
    return IntakeContent(concern_of(case), reviewed().questionnaires[INTAKE])
