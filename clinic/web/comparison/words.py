"""How these pages say what answers show: calm, plain, and never a verdict."""

from clinic.domain.agreement import Openness
from clinic.domain.answers import Placing, Standpoint
from clinic.domain.cases import SecretsPolicy
from clinic.domain.comparison import Mark
from clinic.domain.disclosures import DisclosureStatus, Wish
from clinic.domain.guard import GuardReason
from clinic.domain.questionnaires import ScreenResult

LEFT_OUT = "Left out"
DECLINED = "Preferred not to answer"
NOT_ASKED = "Not asked"

#: Whether they had talked about it, as this partner remembers.
AGREED = {
    Openness.SAID_ALOUD: "Said it aloud",
    Openness.ASSUMED: "Thought it was clear",
    Openness.NEVER_DISCUSSED: "Never talked about it",
}
PLACING = {Placing.FINE: "Fine", Placing.DEPENDS: "It depends", Placing.NOT_OK: "Not OK"}
STANDPOINT = {
    Standpoint.WORK_ON_IT: "Work on it",
    Standpoint.GET_CLEAR: "Get clear first",
    Standpoint.LEANING_OUT: "Leaning out",
}
#: What a pair's answers show, and the tone of its tag.
MARK = {
    Mark.AGREE: ("Agree", "teal"),
    Mark.DIFFER: ("Differ", "rust"),
    Mark.ONE_MISREADS: ("One misreads", "violet"),
    Mark.BOTH_MISREAD: ("Both misread", "violet"),
}
NO_MARK = ("Not answered by both", "neutral")

#: For the treating clinician alone. `{name}` is the partner whom the reason concerns.
REASON = {
    GuardReason.ORDINARY_LIFE: "Most of what {name} marks as not OK is ordinary life.",
    GuardReason.MONITORING: (
        "{name} asks to read messages, to have passwords or to see where somebody is."
    ),
    GuardReason.LIMITING: (
        "Something that limits a partner was recorded about {name}, or {name} says it has happened."
    ),
    GuardReason.SAFETY: "Something about safety came up. Talk with {name} alone.",
}
SCREEN = {
    ScreenResult.POSITIVE: ("Talk alone first", "rust"),
    ScreenResult.INCOMPLETE: ("Not complete", "neutral"),
    ScreenResult.NO_INDICATION: ("No indication today", "neutral"),
}

WISH = {
    Wish.THERAPIST_ONLY: "It stays with you",
    Wish.MAY_RAISE: "You may bring it up",
    Wish.WILL_SHARE: "Will share it",
}
STATUS = {
    DisclosureStatus.NO_ISSUE: "No issue for the work",
    DisclosureStatus.OWNER_TO_SHARE: "It matters, and is theirs to share by a day",
    DisclosureStatus.SHARED: "Shared",
    DisclosureStatus.WITHHELD: "Kept back, with a reason",
    DisclosureStatus.CANNOT_CONTINUE: "The work cannot go on unless it is shared",
}
#: A few words for a step that was taken.
STEP = {
    DisclosureStatus.NO_ISSUE: "No issue for the work",
    DisclosureStatus.OWNER_TO_SHARE: "To be shared by",
    DisclosureStatus.SHARED: "Shared on",
    DisclosureStatus.WITHHELD: "Kept back",
    DisclosureStatus.CANNOT_CONTINUE: "Cannot go on unless shared",
}
POLICY = {
    SecretsPolicy.NOT_YET.value: "No policy was signed",
    SecretsPolicy.NO_SECRETS.value: "No secrets",
    SecretsPolicy.LIMITED.value: "Limited secrets",
    SecretsPolicy.FULL.value: "Full individual confidentiality",
}
