"""The form that prepares a worksheet: for whom, what is filled in, on which paper."""

from typing import Any

from werkzeug.datastructures import MultiDict

from clinic.content.library import Concern
from clinic.domain.said import mark
from clinic.domain.worksheets import Paper, SheetAudience, Worksheet
from clinic.services.rows import Case
from clinic.web.fields import One, Several
from clinic.web.forms import BaseForm
from clinic.web.people import partner_choices

PAPERS = ((Paper.A4.value, mark("A4")), (Paper.LETTER.value, mark("US Letter")))


class PaperForm(BaseForm):
    """On which paper to print. It is sent by GET: printing changes no record."""

    class Meta(BaseForm.Meta):
        """A form that changes nothing needs no token, and one in an address must not have one."""

        csrf = False

        @staticmethod
        def wrap_formdata(_form: Any, formdata: Any) -> Any:
            """Take what the address says."""
            return formdata if isinstance(formdata, MultiDict) else None

    paper = One("Paper", PAPERS, thing=mark("the paper"), default=Paper.A4.value)


class SheetForm(PaperForm):
    """What to print for a partner."""

    fill = One(
        "What is filled in",
        [("blank", mark("Nothing: a blank sheet")), ("case", mark("What this person may read"))],
        thing=mark("what is filled in"),
        default="blank",
    )

    def is_blank(self) -> bool:
        """Tell whether the sheet stays blank."""
        return bool(self.fill.data != "case")


def sheet_form(case: Case, concern: Concern, worksheet: Worksheet, formdata: Any) -> PaperForm:
    """Make the form for one sheet of a case; w02 also asks which behaviours.

    A sheet for the therapist alone has one reader, and asks for the paper.
    """
    if worksheet.audience is SheetAudience.THERAPIST:
        return PaperForm(formdata)
    fields: dict[str, Any] = {
        "reader": One(
            "For whom",
            partner_choices(case),
            thing=mark("for whom it is"),
            default=case.partners[0].public_id,
        )
    }
    if worksheet.key == "w02":
        inventory = [b for b in concern.behaviours.values() if b.zone is not None]
        fields["behaviours"] = Several(
            "Behaviours on the sheet",
            [(behaviour.key, behaviour.label) for behaviour in inventory],
            default=[behaviour.key for behaviour in inventory if behaviour.asked_first],
        )
    made: SheetForm = type("CaseSheetForm", (SheetForm,), fields)(formdata)
    return made
