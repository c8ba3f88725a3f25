"""The forms for signing a note, for adding to one, for process notes, and for finding words."""

from collections.abc import Mapping
from typing import Any

from clinic.domain.notes import AdditionKind
from clinic.domain.said import mark
from clinic.services.note_signing import AdditionDetails, Signature
from clinic.services.process_notes import ProcessDetails
from clinic.services.rows import ProcessNote
from clinic.web.fields import Day, Line, One, Whole, Words, in_words
from clinic.web.forms import BaseForm, Version
from clinic.web.wording import ADDITION_KIND

#: Room for several pages.
MOST_LETTERS = 12_000
LONGEST_LIMIT = 365
ADDITION_HINTS = {
    AdditionKind.ADDENDUM.value: mark("Something new, learned after signing."),
    AdditionKind.LATE_ENTRY.value: mark("Something that was left out at the time."),
    AdditionKind.CORRECTION.value: mark("Something was wrong: say what, and what is right."),
}


class SignForm(BaseForm):
    """A signature under a note that stands above it."""

    version = Version()
    name = Line("Your name", mark("your name"), render_kw={"autocomplete": "name"})
    credential = Line(
        "What you are",
        mark("what you are"),
        required=False,
        description=mark("Such as your profession and licence. It stands beside your name."),
    )

    def signature(self) -> Signature:
        """Give what the service needs."""
        return Signature(self.name.data, self.credential.data or "", self.version.data)


class AdditionForm(BaseForm):
    """Something added to a signed note."""

    kind = One("What it is", in_words(ADDITION_KIND), thing=mark("what it is"))
    served_on = Day("Which day it is about", mark("the day it is about"))
    words = Words(
        "What you add",
        mark("what you add"),
        required=True,
        most=MOST_LETTERS,
        render_kw={"rows": 6},
    )
    reason = Words(
        "Why it is added",
        mark("why it is added"),
        required=True,
        render_kw={"rows": 2},
    )

    def details(self) -> AdditionDetails:
        """Give what the service needs."""
        return AdditionDetails(
            AdditionKind(self.kind.data), self.served_on.data, self.words.data, self.reason.data
        )


class ProcessForm(BaseForm):
    """A process note: its day, and what its author thinks."""

    version = Version()
    on = Day("Day", mark("a day"))
    words = Words(
        "What you think",
        mark("what you think"),
        required=True,
        most=MOST_LETTERS,
        render_kw={"rows": 12},
    )

    def details(self) -> ProcessDetails:
        """Give what the service needs."""
        return ProcessDetails(self.on.data, self.words.data)


def saved_process_note(row: ProcessNote) -> Mapping[str, Any]:
    """Give a process note as the form holds it."""
    return {"version": row.version, "on": row.on, "words": row.words}


class DeletingForm(BaseForm):
    """The state of the process note that its author saw when deleting it."""

    version = Version()


class FindForm(BaseForm):
    """Words to find. They are sent and not put into an address, where browsers would keep them."""

    words = Line(
        "Words to find",
        mark("words to find"),
        description=mark(
            "They are found as they stand beside each other. Capitals and accents do not matter."
        ),
    )


class LimitForm(BaseForm):
    """After how many days an unsigned note is listed, for the whole practice."""

    days = Whole(
        "List a note that is not signed after", mark("a number of days"), (1, LONGEST_LIMIT)
    )
