"""Our attributes are those of WTForms, letter by letter."""

import pytest
from markupsafe import Markup
from wtforms import Form
from wtforms.widgets import Input, html_params

from clinic.web import forms
from clinic.web.attributes import attributes
from tests.web.hostile import MARKUP, TEXTS

VALUES = (
    *TEXTS.values(),
    MARKUP,
    Markup('a "safe" <b>text</b> &amp;'),
    'a "quoted" text',
    "",
    0,
    1,
    2.5,
    True,
    False,
    None,
)
NAMES = ("id", "class_", "for_", "data_draft_of", "aria_describedby", "data-x", "max_length", "a<b")


@pytest.mark.parametrize("name", NAMES)
def test_every_value_is_written_as_wtforms_writes_it(name):
    for value in VALUES:
        given = {name: value, "type": "text", "value": MARKUP, "checked": True, "off": False}
        assert attributes(**given) == html_params(**given), repr(value)
        assert isinstance(attributes(**given), Markup)


def test_every_kind_of_input_is_drawn_with_them():
    assert issubclass(forms.BaseForm, Form)
    assert Input.__subclasses__()
    assert all(kind.html_params is attributes for kind in Input.__subclasses__())
