"""The form that prepares a worksheet: for whom, what is filled in, on which paper, how large."""

from collections.abc import Sequence
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import StringField

from clinic.content.library import Concern
from clinic.domain.said import mark
from clinic.domain.worksheets import Paper, SheetAudience, TypeSize, Worksheet
from clinic.services.rows import Case
from clinic.web.field_rules import Short, clean_text
from clinic.web.fields import LINE, One, Several
from clinic.web.forms import BaseForm
from clinic.web.people import partner_choices

PAPERS = ((Paper.A4.value, mark("A4")), (Paper.LETTER.value, mark("US Letter")))
SIZES = (
    (TypeSize.NORMAL.value, mark("Normal print")),
    (TypeSize.LARGE.value, mark("Large print, 18 points")),
)
FORM = "form"
KINDS = (("paper", mark("Printed")), (FORM, mark("To fill in on a screen")))
BLANK = "blank"


class _Asked(BaseForm):
    """A form sent by GET: it changes no record."""

    class Meta(BaseForm.Meta):
        """A form that changes nothing needs no token, and one in an address must not have one."""

        csrf = False

        @staticmethod
        def wrap_formdata(_form: Any, formdata: Any) -> Any:
            """Take what the address says."""
            return formdata if isinstance(formdata, MultiDict) else None


class SearchForm(_Asked):
    """Which worksheets to show."""

    words = StringField(mark("Find a worksheet"), [Short(LINE)], filters=[clean_text])


class PaperForm(_Asked):
    """On which paper to print, and how large; a sheet of a case adds fields to it."""

    paper = One("Paper", PAPERS, thing=mark("the paper"), default=Paper.A4.value)
    size = One("Size of type", SIZES, default=TypeSize.NORMAL.value)
    kind = One("How it will be used", KINDS, default="paper")

    #: Whether the sheet stays blank when the form does not ask.
    stays_blank = True

    @property
    def is_blank(self) -> bool:
        """Whether the sheet stays blank."""
        return bool(self["fill"].data == BLANK) if "fill" in self else self.stays_blank

    @property
    def reader_ref(self) -> str:
        """The partner whose sheet it is, "" for a sheet of all or of the therapist."""
        return str(self["reader"].data or "") if "reader" in self else ""

    @property
    def chosen(self) -> Sequence[str]:
        """The behaviours to place, by their keys."""
        return self["behaviours"].data or () if "behaviours" in self else ()

    @property
    def to_leave_empty(self) -> Sequence[str]:
        """The fields that stay empty on a filled sheet."""
        return self["left_out"].data or () if "left_out" in self else ()

    @property
    def is_fillable(self) -> bool:
        """Whether it is a form to fill in on a screen; paper where an address says nothing."""
        return bool(self.kind.data == FORM)

    @property
    def type_size(self) -> TypeSize:
        """The size of type; normal where an address says nothing."""
        return TypeSize(self.size.data or TypeSize.NORMAL)


class LibraryForm(PaperForm, SearchForm):
    """Which blank worksheets to show, and how they are printed; an address may leave it open."""

    paper = One("Paper", PAPERS, default=Paper.A4.value)


def sheet_form(case: Case, concern: Concern, worksheet: Worksheet, formdata: Any) -> PaperForm:
    """Make the form for one sheet of a case, with the questions that this sheet needs.

    A sheet for the therapist alone has one reader, and asks for the paper and the size.
    """
    fields: dict[str, Any] = {"stays_blank": not worksheet.prefill}
    if worksheet.audience is not SheetAudience.THERAPIST:
        fields |= _reader(case, worksheet) | _filling(worksheet)
    if worksheet.places_behaviours:
        fields["behaviours"] = _behaviours(concern)
    made: PaperForm = type("SheetForm", (PaperForm,), fields)(formdata)
    return made


def _reader(case: Case, worksheet: Worksheet) -> dict[str, Any]:
    if not (worksheet.has_one_reader or worksheet.whose):
        return {}
    label = worksheet.whose or mark("For whom")
    thing = mark("for whom it is")
    first = case.partners[0].public_id
    return {"reader": One(label, partner_choices(case), thing=thing, default=first)}


def _filling(worksheet: Worksheet) -> dict[str, Any]:
    if not worksheet.prefill:
        return {}
    what = mark("What all of them may read")
    if worksheet.has_one_reader:
        what = mark("What this person may read")
    fill = One(
        "What is filled in",
        [(BLANK, mark("Nothing: a blank sheet")), ("case", what)],
        thing=mark("what is filled in"),
        default=BLANK,
    )
    # What even a blank sheet holds is chosen further below.
    labels = [pair for pair in worksheet.labels().items() if pair[0] != "behaviours"]
    return {"fill": fill, "left_out": Several("Leave these empty all the same", labels)}


def _behaviours(concern: Concern) -> Several:
    inventory = [b for b in concern.behaviours.values() if b.zone is not None]
    return Several(
        "Behaviours on the sheet",
        [(behaviour.key, behaviour.label) for behaviour in inventory],
        default=[behaviour.key for behaviour in inventory if behaviour.asked_first],
    )
