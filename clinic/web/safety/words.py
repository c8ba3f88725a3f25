"""How these pages speak to the treating clinician: calm, plain, and never a verdict.

What to ask about is clinical.md 5.4 in words of our own; no item of any instrument is here.
"""

from clinic.domain.questionnaires import ScreenResult
from clinic.domain.said import mark
from clinic.domain.tracks import Tool
from clinic.services.safety_marks import TRACK

ALONE = {
    "yes": mark("Yes, alone"),
    "no": mark("No, it could not be asked alone and without risk"),
}
RESULT = {
    ScreenResult.NO_INDICATION: mark("No indication today"),
    ScreenResult.POSITIVE: mark("Something came up"),
    ScreenResult.INCOMPLETE: mark("Not clear yet"),
}
TONE = {
    ScreenResult.NO_INDICATION: "neutral",
    ScreenResult.POSITIVE: "rust",
    ScreenResult.INCOMPLETE: "neutral",
}
NOT_ASKED = mark("Could not be asked alone")
NEVER_ASKED = mark("Not asked yet")

#: What to ask about, and how one could begin.
PROMPTS = (
    (
        mark("What has been done"),
        mark("Has a quarrel ever become physical: a shove, a grip, something thrown?"),
    ),
    (mark("Injury"), mark("Did anybody get hurt, even if no doctor was seen?")),
    (mark("Fear"), mark("What do you leave unsaid because of what might follow?")),
    (
        mark("Control and being cut off"),
        mark("Who decides about money, time, friends and family? What if you decide otherwise?"),
    ),
    (
        mark("Pressure about sex"),
        mark("Has sex happened because a no was not taken, or was too risky?"),
    ),
    (
        mark("Threats"),
        mark("Has harm been threatened: to you, the children, an animal, or to oneself?"),
    ),
    (mark("Weapons"), mark("Is there a weapon within reach, and has anybody pointed to it?")),
    (
        mark("Pressure on the neck"),
        mark("Was there ever anything round your neck? Then a doctor should look, marks or not."),
    ),
    (
        mark("Being followed or watched"),
        mark("Does anybody follow you, or look on through a phone, an account or a camera?"),
    ),
    (mark("Children"), mark("What do the children see and hear, and who looks after them then?")),
    (
        mark("Speaking freely"),
        mark("Can you say what you think when we all sit here together?"),
    ),
)

#: The boxes of a plan, by their keys.
BOXES = {
    "signs": mark("Signs I notice early"),
    "first": mark("What I do first"),
    "places": mark("Where I can go, and who helps me"),
    "along": mark("What I take along"),
    "numbers": mark("Numbers I can call"),
}

TOOL = {
    Tool.COMPARISON: mark("Comparing answers"),
    Tool.REVEAL: mark("Showing them rows of the map"),
    Tool.GOAL: mark("Goals for openness"),
    Tool.SHEET: mark("Worksheets for openness"),
}
#: What can be decided about, and the two ways to decide.
KIND = {TRACK: mark("Safety track"), **{tool.value: words for tool, words in TOOL.items()}}
TRACK_CHOICES = {
    "yes": mark("On the safety track"),
    "no": mark("No longer on it, as far as I decide"),
}
TOOL_CHOICES = {"yes": mark("Open it in spite of the track"), "no": mark("Keep it shut")}
DECIDED = {
    (TRACK, True): mark("On the safety track"),
    (TRACK, False): mark("The safety track ended"),
    **{(tool.value, True): mark("Opened in spite of the track") for tool in Tool},
    **{(tool.value, False): mark("Shut again") for tool in Tool},
}
OPEN = mark("Open")
OPENED = mark("Open, as you decided")
SHUT = mark("Shut")
NO_WAY_PAST = mark("Shut, no way past")

#: What stands at the foot of every partner's pages where a practice has no line of its own.
HELP = mark(
    "If you are in danger, call your local emergency number. Your therapist can tell you who"
    " else helps."
)
