"""What services hand to pages, by name, so that pages can say what they were given."""

from clinic.models.accords import Accord, AccordTopic, AccordVersion
from clinic.models.accounts import Clinician
from clinic.models.appointments import Appointment
from clinic.models.behaviours import (
    BehaviourRating,
    BehaviourRecord,
    OnsetAgreement,
    OnsetPosition,
)
from clinic.models.case_life import CaseLifeStep, CaseTransfer
from clinic.models.cases import Case, Partner
from clinic.models.check_ins import CheckIn
from clinic.models.formulation import EvidenceItem, Explanation, Formulation
from clinic.models.frames import FrameAgreement, FrameEntry, FrameTheme
from clinic.models.goals import Goal, GoalChange
from clinic.models.invitations import Invitation, PartnerSession
from clinic.models.notes import Note, NoteAddition, ProcessNote
from clinic.models.packs import QuestionnairePack
from clinic.models.questionnaires import IntakePlan, QuestionnaireResponse
from clinic.models.safety import PrivateCheck
from clinic.models.scope import ScopedSession
from clinic.models.sheet_prints import SheetPrint
from clinic.models.store import Store
from clinic.models.timeline import LifeEvent

__all__ = [
    "Accord",
    "AccordTopic",
    "AccordVersion",
    "Appointment",
    "BehaviourRating",
    "BehaviourRecord",
    "Case",
    "CaseLifeStep",
    "CaseTransfer",
    "CheckIn",
    "Clinician",
    "EvidenceItem",
    "Explanation",
    "Formulation",
    "FrameAgreement",
    "FrameEntry",
    "FrameTheme",
    "Goal",
    "GoalChange",
    "IntakePlan",
    "Invitation",
    "LifeEvent",
    "Note",
    "NoteAddition",
    "OnsetAgreement",
    "OnsetPosition",
    "Partner",
    "PartnerSession",
    "PrivateCheck",
    "ProcessNote",
    "QuestionnairePack",
    "QuestionnaireResponse",
    "ScopedSession",
    "SheetPrint",
    "Store",
]
