"""Why a field is closed, empty or not whole, in words for the therapist who prepares the sheet."""

from clinic.domain.cases import together
from clinic.domain.guard import NOT_OPEN
from clinic.domain.said import Said, mark, say_count
from clinic.services.sheet_reasons import Reason, Why

WORDS = {
    Why.CLOSED: NOT_OPEN,
    Why.NOTHING_YET: mark("Nothing there yet"),
    Why.NOT_SHARED: mark("The newest summary is not shared yet"),
    Why.NOT_SAVED: mark("The agreement has not been saved as a version yet"),
    Why.NOT_AGREED: mark("No words agreed with them yet"),
}


def in_words(reason: Reason) -> str:
    """Say a reason."""
    match reason.why:
        case Why.PRIVATE:
            return _private(reason)
        case Why.NOT_SHOWN:
            return say_count(
                "%(number)s row is released by all and not shown in the room yet",
                "%(number)s rows are released by all and not shown in the room yet",
                reason.count,
            )
        case Why.NOT_RELEASED:
            return say_count(
                "%(number)s row is not released by anybody",
                "%(number)s rows are not released by anybody",
                reason.count,
            )
    return WORDS[reason.why]


def _private(reason: Reason) -> Said:
    return say_count(
        "%(number)s row is private to %(names)s",
        "%(number)s rows are private to %(names)s",
        reason.count,
        names=together(reason.who),
    )
