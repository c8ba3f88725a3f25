"""The form that all others stand on: accepted or shown again, with nothing typed lost."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import Form, IntegerField, TextAreaField
from wtforms.widgets import HiddenInput, Input

from clinic.domain.said import mark
from clinic.services.drafts import Kept
from clinic.services.errors import RefusedError, StaleError
from clinic.web.attributes import attributes
from clinic.web.conflicts import differences
from clinic.web.database import get_db
from clinic.web.drafts import as_typed, draft_of_page, forget_draft, mark_of_form

BOTH_SHOWN = mark(
    "Somebody else, or another tab, saved this meanwhile. Both texts are on this page:"
    " take over what you need, then save again"
)
NOTHING_DIFFERS = mark(
    "Somebody else, or another tab, saved this meanwhile, with the same answers as yours"
)

# WTForms lets a widget choose; this is every kind of input, of every form.
Input.html_params = staticmethod(attributes)


class BaseForm(FlaskForm):
    """A form of ours. It ends in a domain value; a refusal ends beside the field it is about."""

    class Meta:
        """Read form fields only: Flask-WTF would also parse JSON, however deeply nested."""

        @staticmethod
        def wrap_formdata(_form: Any, formdata: Any) -> Any:
            """Take what was posted as a form."""
            if isinstance(formdata, MultiDict):
                return formdata
            return request.form if request.method == "POST" else None

    #: Texts saved by somebody else meanwhile, by label; shown beside what was typed.
    meanwhile: Mapping[str, str]

    #: The fields that stand first on the page, where that differs from how the form is made.
    leading: Sequence[str] = ()

    #: Set where numbers and choices are kept at each pause even though there is room for no words.
    keeps_all: bool = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        put_first(self, self.leading)
        self.meanwhile = {}
        self.stale = False
        self.saved = False
        self.draft: Kept | None = None
        if not args and "formdata" not in options:
            self._take_up_draft(options)

    def accepted(self) -> bool:
        """Tell whether this is a submission that meets every rule of the form."""
        return bool(self.is_submitted() and self.validate())

    @contextmanager
    def refusals(self, fresh: Callable[[], Mapping[str, Any]] | None = None) -> Iterator[None]:
        """Put a service's refusal on its field, and show what another tab saved meanwhile.

        `fresh` reads the record again; leaving the block normally means that it was saved.
        """
        try:
            if self.holds_words():
                forget_draft()
            yield
            self.saved = True
        except RefusedError as refusal:
            get_db().rollback()
            self._show(refusal)
        except StaleError:
            get_db().rollback()
            self._compare(fresh() if fresh else {})

    def holds_words(self) -> bool:
        """Tell whether what stands here is kept meanwhile: where there is room for own words."""
        return self.keeps_all or next(_texts(self), None) is not None

    def hidden_tag(self, *fields: Any) -> Markup:
        """Draw the hidden fields, and say to the page's script where its words are kept."""
        drawn: Markup = super().hidden_tag(*fields)
        return drawn + mark_of_form() if self.holds_words() else drawn

    def _take_up_draft(self, options: Mapping[str, Any]) -> None:
        names = {each.name for each in (self if self.keeps_all else _texts(self))}
        found = draft_of_page() if names else None
        if found is None or not names & found.fields.keys():
            return
        typed = as_typed(found)
        if "version" in self._fields:
            # The draft's own version, so that saving still compares.
            typed.setdefault("version", str(self["version"].data))
        self.draft = found
        self.process(typed, **options)

    def _show(self, refusal: RefusedError) -> None:
        field = self._fields.get(refusal.field)
        # Its first part, and not its text: a sentence with facts is said in the reader's language.
        problem = refusal.args[0]
        if field is None:
            self.form_errors.append(problem)
        else:
            field.errors = [*field.errors, problem]

    def _compare(self, fresh: Mapping[str, Any]) -> None:
        self.stale = True
        self.meanwhile = dict(differences(self, fresh))
        if "version" in self._fields:
            # Saving once more now means: I have seen the other text.
            self["version"].data = fresh.get("version", 0)
            self["version"].raw_data = None
        self.form_errors.append(BOTH_SHOWN if self.meanwhile else NOTHING_DIFFERS)

    @property
    def http_status(self) -> HTTPStatus:
        """Give the status of the page that shows this form."""
        if self.stale:
            return HTTPStatus.CONFLICT
        return HTTPStatus.UNPROCESSABLE_ENTITY if self.errors else HTTPStatus.OK


def _texts(fields: Any) -> Iterator[Any]:
    for field in fields:
        if isinstance(field, TextAreaField):
            yield field
        elif hasattr(field, "form") or hasattr(field, "entries"):
            yield from _texts(getattr(field, "form", None) or field.entries)


class Part(Form):
    """A group of fields inside a form."""

    leading: Sequence[str] = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        put_first(self, self.leading)


def put_first(form: Any, names: Sequence[str]) -> None:
    """Put fields first, as they stand on the page.

    A form made for one case gets its own fields last, and the error summary follows their order.
    """
    rest = {name: field for name, field in form._fields.items() if name not in names}
    form._fields = {**{name: form._fields[name] for name in names}, **rest}


class Version(IntegerField):
    """Which state of a record the page was made from."""

    widget = HiddenInput()

    def __init__(self, **options: Any) -> None:
        super().__init__("Version", default=0, **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; anything else is an old state."""
        text = valuelist[0] if valuelist else ""
        self.data = int(text) if text.isdecimal() and len(text) < 10 else -1
