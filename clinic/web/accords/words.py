"""How positions and topics are said: the partners' own words for it, and never a verdict."""

from clinic.domain.accords import Position, TopicStatus
from clinic.domain.said import mark

POSITION = {
    Position.FINE: mark("Fine"),
    Position.FINE_IF_TOLD: mark("Fine if told"),
    Position.UNEASY: mark("Uneasy"),
    Position.NOT_OK: mark("Not OK"),
    Position.UNSURE: mark("Unsure"),
}
STATUS = {
    TopicStatus.OPEN: mark("Still open"),
    TopicStatus.AGREED: mark("Agreed"),
    TopicStatus.WITH_CONDITIONS: mark("Agreed, with conditions"),
    TopicStatus.DIFFER: mark("We agree to differ"),
}
DAYS = mark("Days of the whole agreement")
CROSSED = mark("If a line is crossed: the first 24 hours")
NOT_SAID = mark("Not said yet")
EVERYBODY = mark("Everybody in the case")
LABELS = {
    "title": mark("Topic"),
    "status": mark("Where we are with it"),
    "wording": mark("What we agree"),
    "starts_on": mark("Holds from"),
    "review_on": mark("Looked at again on"),
    "words": mark("What happens then"),
}
