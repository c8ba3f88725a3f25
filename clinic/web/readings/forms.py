"""Forms over saved readings: which two to compare, when one was shared, and what was said to it."""

from collections.abc import Sequence
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import StringField, ValidationError
from wtforms.widgets import HiddenInput

from clinic.domain.said import mark, say
from clinic.services.rows import Formulation
from clinic.web.field_rules import clean_text
from clinic.web.fields import Day, Pick, Words
from clinic.web.filters import day
from clinic.web.forms import BaseForm


class CompareForm(BaseForm):
    """Two readings to put side by side. It is sent by GET: looking changes no record."""

    class Meta(BaseForm.Meta):
        """A form that changes nothing needs no token, and one in an address must not have one."""

        csrf = False

        @staticmethod
        def wrap_formdata(_form: Any, formdata: Any) -> Any:
            """Take what the address says."""
            return formdata if isinstance(formdata, MultiDict) else None

    def validate_newer(self, field: Any) -> None:
        """Refuse a reading beside itself."""
        if field.data and field.data == self["older"].data:
            raise ValidationError(mark("Choose two different readings"))

    def numbers(self) -> tuple[int, int]:
        """Give the numbers of both, the older one first."""
        first, second = sorted((int(self["older"].data), int(self["newer"].data)))
        return first, second


def compare_form(rows: Sequence[Formulation], formdata: Any) -> CompareForm:
    """Make the form with every reading of a case, newest first; the last two are proposed."""
    choices = [(str(row.number), _named(row)) for row in rows]
    fields = {
        "older": Pick(
            "Older", choices, thing=mark("the older reading"), default=str(rows[1].number)
        ),
        "newer": Pick(
            "Newer", choices, thing=mark("the newer reading"), default=str(rows[0].number)
        ),
    }
    made: CompareForm = type("CaseCompareForm", (CompareForm,), fields)(formdata)
    return made


def _named(row: Formulation) -> str:
    return say("Reading %(number)s, %(day)s", number=row.number, day=day(row.created_at.date()))


class ShareForm(BaseForm):
    """On which day the couple was given the summary."""

    on = Day("Shared on", mark("the day"))


class ReactionForm(BaseForm):
    """What one partner said to the summary, and what that partner corrected."""

    #: The words as they were when the page was made: another tab's are never written over unseen.
    version = StringField("Version", widget=HiddenInput(), filters=[clean_text], default="")
    words = Words(
        "What this partner said to it",
        mark("what was said"),
        required=True,
        description=mark("As it was said, corrections too. This stays in your record."),
        render_kw={"rows": 6},
    )
