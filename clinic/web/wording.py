"""How the closed lists of the domain are said on screen: short, plain, without judgement."""

from clinic.domain.agreement import OnsetStatus, Openness
from clinic.domain.appointments import AppointmentKind, Attendance, JoinedBy
from clinic.domain.behaviours import Frequency, HowKnown, StillHappening, Zone
from clinic.domain.case_ends import CaseOutcome, CaseStatus, LifeStep, TransferState
from clinic.domain.cases import ContactBy, SecretsPolicy
from clinic.domain.formulation import (
    Bearing,
    Confidence,
    Diagnosticity,
    ExplanationStatus,
    RollUp,
)
from clinic.domain.goals import Attainment, GoalLayer
from clinic.domain.invitations import InvitationState
from clinic.domain.notes import AdditionKind, NoteState
from clinic.domain.packets import JobState, PacketState
from clinic.domain.visibility import Layer
from clinic.domain.worksheets import Paper, TypeSize

SECRETS_POLICY = {
    SecretsPolicy.NOT_YET: "Not signed yet",
    SecretsPolicy.NO_SECRETS: "No secrets",
    SecretsPolicy.LIMITED: "Limited secrets",
    SecretsPolicy.FULL: "Full individual confidentiality",
}
SECRETS_POLICY_HINTS = {
    SecretsPolicy.NO_SECRETS.value: "What one partner says alone may be used in the joint work.",
    SecretsPolicy.LIMITED.value: (
        "You decide what must be shared, and first give the person time to say it."
    ),
    SecretsPolicy.FULL.value: "What one partner says alone stays with you.",
}
CONTACT_BY = {
    ContactBy.PHONE: "Phone",
    ContactBy.TEXT: "Text message",
    ContactBy.EMAIL: "E-mail",
    ContactBy.POST: "Post",
    ContactBy.IN_PERSON: "In person only",
}
ZONE = {
    Zone.WITHIN: "Within what is fine",
    Zone.GRAY: "Gray, depends",
    Zone.OBJECTIONABLE: "Objectionable",
    Zone.BEYOND: "Beyond",
}
ZONE_GROUPS = {
    Zone.WITHIN: "Ordinary life",
    Zone.GRAY: "Ambiguous",
    Zone.OBJECTIONABLE: "Objectionable to most",
    Zone.BEYOND: "Beyond the usual threshold",
    None: "Behaviour of the person who objects",
}
ZONE_ASIDE = {
    Zone.WITHIN: "ordinary life",
    Zone.GRAY: "ambiguous",
    Zone.OBJECTIONABLE: "objectionable to most",
    Zone.BEYOND: "beyond the usual threshold",
    None: "behaviour of the person who objects",
}
FREQUENCY = {
    Frequency.ONCE: "Once",
    Frequency.SELDOM: "Now and then",
    Frequency.WEEKLY: "About weekly",
    Frequency.MOST_DAYS: "Most days or nights",
    Frequency.DAILY: "Daily",
    Frequency.UNCLEAR: "Not clear",
}
STILL_HAPPENING = {
    StillHappening.YES: "Yes",
    StillHappening.NO: "No",
    StillHappening.UNCLEAR: "Not clear",
}
HOW_KNOWN = {
    HowKnown.TOLD_FREELY: "Told freely",
    HowKnown.TOLD_WHEN_ASKED: "Told when asked",
    HowKnown.DISCOVERED: "Discovered",
    HowKnown.SUSPECTED: "Suspected only",
}
CONCEALMENT = ("None", "Not mentioned", "Kept back", "Kept up with effort")
FUNCTION = ("None", "Slight", "Clear", "Central")
AGREEMENT = (
    "Allowed out loud",
    "Never discussed, probably fine",
    "Never discussed, probably not fine",
    "Ruled out",
)
OPENNESS = {
    Openness.SAID_ALOUD: "Said aloud",
    Openness.ASSUMED: "Assumed",
    Openness.NEVER_DISCUSSED: "Never discussed",
}
ONSET_STATUS = {
    OnsetStatus.EXPLICIT: "Agreed out loud",
    OnsetStatus.IMPLICIT: "Understood without words",
    OnsetStatus.DIFFERS: "Each understood it differently",
    OnsetStatus.NONE: "Nothing was agreed",
}
CONFIDENCE = {Confidence.LOW: "Low", Confidence.MEDIUM: "Medium", Confidence.HIGH: "High"}
DIAGNOSTICITY = {
    Diagnosticity.LOW: "Low: it fits several explanations",
    Diagnosticity.MEDIUM: "Medium",
    Diagnosticity.HIGH: "High: it fits few explanations",
}
DIAGNOSTICITY_SHORT = {
    Diagnosticity.LOW: "Low",
    Diagnosticity.MEDIUM: "Medium",
    Diagnosticity.HIGH: "High",
}
EXPLANATION_STATUS = {
    ExplanationStatus.ACTIVE: "Active",
    ExplanationStatus.WEAKENED: "Weakened",
    ExplanationStatus.DROPPED: "Dropped",
    ExplanationStatus.CONFIRMED: "Confirmed enough to act",
}
BEARING = {
    Bearing.SUPPORTS: "Supports",
    Bearing.AGAINST: "Speaks against",
    Bearing.NEUTRAL: "Neutral",
}
ROLL_UP = {
    RollUp.SYMPTOM_LEADING: "Symptom leading",
    RollUp.ISSUE_LEADING: "Issue itself leading",
    RollUp.MIXED: "Mixed",
    RollUp.AGREEMENT_MISMATCH: "Agreement mismatch",
    RollUp.UNDETERMINED: "Undetermined",
    RollUp.SAFETY_TRACK: "Safety track",
}
ROLL_UP_HINTS = {
    RollUp.SYMPTOM_LEADING.value: "What is visible grew from something that was missing or hurt.",
    RollUp.ISSUE_LEADING.value: "What is visible is the position itself: a value, or one foot out.",
    RollUp.MIXED.value: "Both carry weight.",
    RollUp.AGREEMENT_MISMATCH.value: "Each lived by another rule, or nothing was crossed.",
    RollUp.UNDETERMINED.value: "It is too early to say, and that is a fair reading.",
    RollUp.SAFETY_TRACK.value: "Fear or control comes first. Joint work on openness waits.",
}
LAYER = {
    Layer.CLINICIAN: "My record",
    Layer.PRIVATE: "Private to the person it came from",
    Layer.SAFETY: "Safety, for the treating clinician alone",
    Layer.SHARED: "Shared with all partners",
}
ATTENDANCE = {
    Attendance.PRESENT: "Present",
    Attendance.LATE: "Late",
    Attendance.LEFT_EARLY: "Left early",
    Attendance.ABSENT: "Absent",
    Attendance.DECLINED: "Declined",
    Attendance.NOT_ASKED: "Not asked",
}
JOINED_BY = {
    JoinedBy.ROOM: "In the room",
    JoinedBy.VIDEO: "By video",
    JoinedBy.PHONE: "By phone",
}
APPOINTMENT_KIND = {
    AppointmentKind.JOINT: "Joint",
    AppointmentKind.INDIVIDUAL: "Individual, within the case",
    AppointmentKind.EXTENDED: "Extended",
}
CASE_STATUS = {
    CaseStatus.OPEN: "Open",
    CaseStatus.ENDED: "Ended",
    CaseStatus.ARCHIVED: "Archived",
}
LIFE_STEP = {
    LifeStep.ENDED: "Ended",
    LifeStep.REOPENED: "Opened again",
    LifeStep.ARCHIVED: "Put into the archive",
    LifeStep.RESTORED: "Taken out of the archive",
}
CASE_OUTCOME = {
    CaseOutcome.REACHED: "They reached what they came for",
    CaseOutcome.BETTER: "Better, with some things still open",
    CaseOutcome.DECIDED: "They chose to leave things as they are",
    CaseOutcome.PARTED_WELL: "They parted well",
    CaseOutcome.PARTED: "They parted",
    CaseOutcome.PAUSE: "A pause, and they may come back",
    CaseOutcome.ELSEWHERE: "They went on somewhere else",
    CaseOutcome.STOPPED: "They stopped coming",
    CaseOutcome.NOT_JOINT: "Joint work was not the right thing now",
    CaseOutcome.OTHER: "Something else",
}
TRANSFER_STATE = {
    TransferState.OFFERED: "Offered",
    TransferState.ACCEPTED: "Taken over",
    TransferState.DECLINED: "Not taken over",
    TransferState.WITHDRAWN: "Withdrawn",
}
GOAL_LAYER = {GoalLayer.BEHAVIOUR: "Behaviour goal", GoalLayer.ISSUE: "Issue goal"}
ATTAINMENT = {
    Attainment.MUCH_LESS: "Much less than hoped",
    Attainment.LESS: "Less than hoped",
    Attainment.EXPECTED: "As hoped",
    Attainment.MORE: "More than hoped",
    Attainment.MUCH_MORE: "Much more than hoped",
}
NOTE_STATE = {
    NoteState.DRAFT: "Not signed",
    NoteState.SIGNED: "Signed",
    NoteState.ADDENDED: "Signed, added to",
}
ADDITION_KIND = {
    AdditionKind.ADDENDUM: "Addendum",
    AdditionKind.LATE_ENTRY: "Late entry",
    AdditionKind.CORRECTION: "Correction",
}
INVITATION_STATE = {
    InvitationState.OPEN: "Invited",
    InvitationState.CLAIMED: "Opened",
    InvitationState.LOCKED: "Locked after wrong PINs",
    InvitationState.EXPIRED: "Link ended",
    InvitationState.REVOKED: "Link ended",
}
PAPER = {Paper.A4: "A4", Paper.LETTER: "US Letter"}
TYPE_SIZE = {TypeSize.NORMAL: "Normal print", TypeSize.LARGE: "Large print, 18 points"}
PACKET_STATE = {
    PacketState.WAITING: "Waits",
    PacketState.AT_WORK: "Being printed",
    PacketState.DONE: "Ready",
    PacketState.FAILED: "Not printed",
    PacketState.STOPPED: "Stopped",
}
JOB_STATE = {
    JobState.PREPARED: "Not started",
    JobState.AT_WORK: "Being printed",
    JobState.DONE: "Finished",
    JobState.STOPPED: "Stopped",
}
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
THERAPIST = "Therapist"
TOGETHER = "The relationship"

#: One list, so that a page can say any member of any of them.
ALL = {
    member: words
    for table in (
        SECRETS_POLICY,
        CONTACT_BY,
        ZONE,
        FREQUENCY,
        STILL_HAPPENING,
        HOW_KNOWN,
        OPENNESS,
        ONSET_STATUS,
        CONFIDENCE,
        DIAGNOSTICITY,
        EXPLANATION_STATUS,
        BEARING,
        ROLL_UP,
        LAYER,
        ATTENDANCE,
        JOINED_BY,
        APPOINTMENT_KIND,
        GOAL_LAYER,
        NOTE_STATE,
        ADDITION_KIND,
        INVITATION_STATE,
        PAPER,
        TYPE_SIZE,
        PACKET_STATE,
        JOB_STATE,
        CASE_STATUS,
        LIFE_STEP,
        CASE_OUTCOME,
        TRANSFER_STATE,
    )
    for member, words in (
        (f"{type(key).__name__}.{key.value}", text) for key, text in table.items()
    )
}
