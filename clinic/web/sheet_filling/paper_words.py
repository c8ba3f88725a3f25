"""How things are said on paper: in the sheet's own language, whoever prints it."""

from clinic.domain.accords import Position
from clinic.domain.answers import Placing
from clinic.domain.worksheets import Worksheet
from clinic.services.sheet_sources import Words
from clinic.web.printing import worded

#: How a placing is called, in the words of the sheet on which it is made.
PLACED = {
    Placing.FINE: "Fine for me",
    Placing.DEPENDS: "It depends",
    Placing.NOT_OK: "Not okay for me",
}
#: How a position in an agreement is called.
STANDS = {
    Position.FINE: "Fine for me",
    Position.FINE_IF_TOLD: "Fine if I am told",
    Position.UNEASY: "I am uneasy with it",
    Position.NOT_OK: "Not okay for me",
    Position.UNSURE: "I am not sure",
}


def words_of(worksheet: Worksheet) -> Words:
    """Give the words that a sheet is filled with."""
    day = worded(worksheet)
    return Words(day, lambda on: f"We look at this again on {day(on)}.", PLACED, STANDS)
