"""The form that prepares a worksheet: for whom, what is filled in, on which paper, how large."""

from collections.abc import Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, StringField

from clinic.content.library import Concern
from clinic.domain.said import mark
from clinic.domain.worksheets import Paper, TypeSize, Worksheet
from clinic.services.rows import Case
from clinic.web.field_rules import Short, clean_text
from clinic.web.fields import LINE, One, Several
from clinic.web.forms import BaseForm
from clinic.web.people import partner_choices
from clinic.web.sheet_filling.filling import offered

PAPERS = ((Paper.A4.value, mark("A4")), (Paper.LETTER.value, mark("US Letter")))
SIZES = (
    (TypeSize.NORMAL.value, mark("Normal print")),
    (TypeSize.LARGE.value, mark("Large print, 18 points")),
)
#: Stands for every field that is offered.
ALL = "all"


class _Asked(BaseForm):
    """A form whose answers may stand in an address: looking changes no record."""

    class Meta(BaseForm.Meta):
        """A token must not stand in an address; what is posted is checked before any page."""

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
    #: The digest of the PDF that was shown; "" where none was.
    seen = HiddenField()

    #: The fields that can be filled in, and whose sheet it is until somebody is chosen.
    offered: Sequence[str] = ()
    first_reader: str = ""

    @property
    def reader_ref(self) -> str:
        """The partner whose sheet it is, "" for a sheet of all or of the therapist.

        While somebody else is asked for, it is the first partner.
        """
        return next(iter(_offered(self, "reader")), self.first_reader)

    @property
    def chosen(self) -> Sequence[str]:
        """The behaviours to place, by their keys."""
        return _offered(self, "behaviours")

    @property
    def fields(self) -> Sequence[str]:
        """The fields to fill in, as they stand on the paper."""
        ticked = _offered(self, "filled")
        return [name for name in self.offered if name in ticked or ALL in ticked]

    @property
    def choices(self) -> Mapping[str, Any]:
        """What was chosen, as an address says it."""
        return {name: field.data for name, field in self._fields.items() if name != "seen"}

    @property
    def paper_type(self) -> Paper:
        """The paper."""
        return Paper(self.paper.data)

    @property
    def type_size(self) -> TypeSize:
        """The size of type; normal where an address says nothing."""
        return TypeSize(self.size.data or TypeSize.NORMAL)


def _offered(form: PaperForm, name: str) -> Sequence[str]:
    """Give what was chosen in one field, as far as the page offered it."""
    if name not in form:
        return ()
    data = form[name].data or ()
    known = {choice.value for choice in form[name].choices}
    return [each for each in ([data] if isinstance(data, str) else data) if each in known]


def sheet_form(case: Case, concern: Concern, worksheet: Worksheet, formdata: Any) -> PaperForm:
    """Make the form for one sheet of a case, with the questions that this sheet needs.

    A sheet for the therapist alone has one reader, and does not ask for whom it is.
    """
    names = offered(worksheet)
    fields: dict[str, Any] = {"offered": names}
    if worksheet.has_one_reader or worksheet.whose:
        fields["reader"] = _reader(case, worksheet)
        fields["first_reader"] = case.partners[0].public_id
    if names:
        labels = worksheet.labels()
        choices = [(ALL, mark("All of these")), *((name, labels[name]) for name in names)]
        fields["filled"] = Several("What is filled in", choices)
    if worksheet.places_behaviours:
        fields["behaviours"] = _behaviours(concern)
    made: PaperForm = type("SheetForm", (PaperForm,), fields)(formdata)
    return made


def asked_in_address(case: Case, given: MultiDict[str, str]) -> MultiDict[str, str] | None:
    """Read choices from an address, which may name only some of them; None where it names none."""
    if not given:
        return None
    usual = {"paper": Paper.A4.value, "size": TypeSize.NORMAL.value}
    found = MultiDict({**usual, "reader": case.partners[0].public_id})
    for name in given:
        found.setlist(name, given.getlist(name))
    return found


def _reader(case: Case, worksheet: Worksheet) -> One:
    label = worksheet.whose or mark("For whom")
    thing = mark("for whom it is")
    first = case.partners[0].public_id
    return One(label, partner_choices(case), thing=thing, default=first)


def _behaviours(concern: Concern) -> Several:
    inventory = [b for b in concern.behaviours.values() if b.zone is not None]
    return Several(
        "Behaviours on the sheet",
        [(behaviour.key, behaviour.label) for behaviour in inventory],
        default=[behaviour.key for behaviour in inventory if behaviour.asked_first],
    )
