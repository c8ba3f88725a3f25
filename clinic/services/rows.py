"""What services hand to pages, by name, so that pages can say what they were given."""

from clinic.models.accounts import Clinician
from clinic.models.appointments import Appointment
from clinic.models.behaviours import BehaviourRecord, OnsetAgreement, OnsetPosition
from clinic.models.cases import Case, Partner
from clinic.models.formulation import EvidenceItem, Explanation, Formulation
from clinic.models.goals import Goal
from clinic.models.invitations import Invitation, PartnerSession
from clinic.models.packs import QuestionnairePack
from clinic.models.questionnaires import IntakePlan, QuestionnaireResponse
from clinic.models.scope import ScopedSession
from clinic.models.store import Store

__all__ = [
    "Appointment",
    "BehaviourRecord",
    "Case",
    "Clinician",
    "EvidenceItem",
    "Explanation",
    "Formulation",
    "Goal",
    "IntakePlan",
    "Invitation",
    "OnsetAgreement",
    "OnsetPosition",
    "Partner",
    "PartnerSession",
    "QuestionnairePack",
    "QuestionnaireResponse",
    "ScopedSession",
    "Store",
]
