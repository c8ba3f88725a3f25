"""How these pages say what answers show: calm, plain, and never a verdict."""

from clinic.domain.agreement import Openness
from clinic.domain.answers import Placing, Standpoint
from clinic.domain.cases import SecretsPolicy
from clinic.domain.comparison import Mark
from clinic.domain.disclosures import DisclosureStatus, Wish
from clinic.domain.guard import GuardReason
from clinic.domain.questionnaires import ScreenResult
from clinic.domain.said import mark

LEFT_OUT = mark("Left out")
NOT_ASKED = mark("Not asked")

#: Whether they had talked about it, as this partner remembers.
AGREED = {
    Openness.SAID_ALOUD: mark("Said it aloud"),
    Openness.ASSUMED: mark("Thought it was clear"),
    Openness.NEVER_DISCUSSED: mark("Never talked about it"),
}
PLACING = {
    Placing.FINE: mark("Fine"),
    Placing.DEPENDS: mark("It depends"),
    Placing.NOT_OK: mark("Not OK"),
}
STANDPOINT = {
    Standpoint.WORK_ON_IT: mark("Work on it"),
    Standpoint.GET_CLEAR: mark("Get clear first"),
    Standpoint.LEANING_OUT: mark("Leaning out"),
}
#: What a pair's answers show, and the tone of its tag.
MARK = {
    Mark.AGREE: (mark("Agree"), "teal"),
    Mark.DIFFER: (mark("Differ"), "rust"),
    Mark.ONE_MISREADS: (mark("One misreads"), "violet"),
    Mark.BOTH_MISREAD: (mark("Both misread"), "violet"),
}
GUESSED = mark("Guess about %(name)s: %(placing)s")
MISREAD = mark("Guess about %(name)s: %(placing)s, which does not fit")
NO_MARK = (mark("Not answered by both"), "neutral")

#: For the treating clinician alone. `name` is the partner whom the reason concerns.
REASON = {
    GuardReason.ORDINARY_LIFE: mark("Most of what %(name)s marks as not OK is ordinary life."),
    GuardReason.MONITORING: mark(
        "%(name)s asks to read messages, to have passwords or to see where somebody is."
    ),
    GuardReason.LIMITING: mark(
        "Something that limits a partner was recorded about %(name)s, or %(name)s says it has"
        " happened."
    ),
    GuardReason.SAFETY: mark("Something about safety came up. Talk with %(name)s alone."),
}
SCREEN = {
    ScreenResult.POSITIVE: (mark("Talk alone first"), "rust"),
    ScreenResult.INCOMPLETE: (mark("Not complete"), "neutral"),
    ScreenResult.NO_INDICATION: (mark("No indication today"), "neutral"),
}

WISH = {
    Wish.THERAPIST_ONLY: mark("It stays with you"),
    Wish.MAY_RAISE: mark("You may bring it up"),
    Wish.WILL_SHARE: mark("Will share it"),
}
STATUS = {
    DisclosureStatus.NO_ISSUE: mark("No issue for the work"),
    DisclosureStatus.OWNER_TO_SHARE: mark("It matters, and is theirs to share by a day"),
    DisclosureStatus.SHARED: mark("Shared"),
    DisclosureStatus.WITHHELD: mark("Kept back, with a reason"),
    DisclosureStatus.CANNOT_CONTINUE: mark("The work cannot go on unless it is shared"),
}
#: A few words for a step that was taken.
STEP = {
    DisclosureStatus.NO_ISSUE: mark("No issue for the work"),
    DisclosureStatus.OWNER_TO_SHARE: mark("To be shared by"),
    DisclosureStatus.SHARED: mark("Shared on"),
    DisclosureStatus.WITHHELD: mark("Kept back"),
    DisclosureStatus.CANNOT_CONTINUE: mark("Cannot go on unless shared"),
}
POLICY = {
    SecretsPolicy.NOT_YET.value: mark("No policy was signed"),
    SecretsPolicy.NO_SECRETS.value: mark("No secrets"),
    SecretsPolicy.LIMITED.value: mark("Limited secrets"),
    SecretsPolicy.FULL.value: mark("Full individual confidentiality"),
}
