from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask, get_template_attribute, render_template_string
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput

from clinic.web import filters, language

ROOT = Path(__file__).parents[2]
WORDS = [SelectChoice("yes", "Yes"), SelectChoice("no", "No"), SelectChoice("unknown", "Not known")]
PAGE = """
{% extends "layouts/plain.html" %}
{% from "components/field.html" import field %}
{% block title %}Intake{% endblock %}
{% block content %}{% for each in form %}{{ field(each) }}{% endfor %}{% endblock %}
"""


class PartnerForm(Form):
    first_name = StringField("First name", [InputRequired("Enter a first name")])
    born = DateField("Date of birth", [Optional()])


class IntakeForm(Form):
    email = StringField("Email", [InputRequired("Enter an email")], description="Only yours.")
    secret = PasswordField("PIN", [InputRequired("Enter a PIN")])
    own_words = TextAreaField("In your own words", [InputRequired("Write a few words")])
    zone = SelectField("Zone", [InputRequired("Choose a zone")], choices=WORDS)
    known = RadioField("Was it known?", [InputRequired("Choose one")], choices=WORDS)
    ways = SelectMultipleField(
        "Ways", [InputRequired("Choose a way")], choices=WORDS, option_widget=CheckboxInput()
    )
    consent = BooleanField("Signed", [InputRequired("Confirm")])
    partners = FieldList(FormField(PartnerForm, label="Partner"), min_entries=2, label="Partners")
    token = HiddenField()

    def validate(self, extra_validators: dict[str, list[object]] | None = None) -> bool:
        """Refuse as a whole, for a reason that no single field has."""
        super().validate(extra_validators)
        self.form_errors.append("This invitation was already used")
        return False


@pytest.fixture
def drawing() -> Iterator[None]:
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=None)
    app.add_url_rule("/static/<path:filename>", "static")
    app.secret_key = "for flash messages"
    filters.init_app(app)
    language.init_app(app, {})
    with app.test_request_context():
        yield


def drawn(form: Form, **context: object) -> BeautifulSoup:
    return BeautifulSoup(render_template_string(PAGE, form=form, **context), "html5lib")


def faulty() -> IntakeForm:
    form = IntakeForm()
    assert not form.validate()
    return form


@pytest.mark.usefixtures("drawing")
def test_every_field_has_its_label_and_every_id_is_its_own():
    page = drawn(faulty())
    for control in page.select("input:not([type=hidden]), select, textarea"):
        assert page.select(f"label[for='{control['id']}']"), control
    ids = [tag["id"] for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))


@pytest.mark.usefixtures("drawing")
def test_every_error_is_in_the_summary_and_leads_to_its_field():
    page = drawn(faulty())
    links = page.select(".error-summary a")
    assert [link.text for link in links] == [
        "Enter an email",
        "Enter a PIN",
        "Write a few words",
        "Choose a zone",
        "Choose one",
        "Choose a way",
        "Confirm",
        "Partner 1: Enter a first name",
        "Partner 2: Enter a first name",
    ]
    for link in links:
        assert page.select_one(link["href"]).name in {"input", "select", "textarea"}


@pytest.mark.usefixtures("drawing")
def test_a_refusal_that_belongs_to_no_field_is_in_the_summary():
    page = drawn(faulty(), errors=["This case is closed", {"text": "Too long", "id": "email"}])
    said = [item.text.strip() for item in page.select(".error-summary li")]
    assert said[:2] == ["This case is closed", "Too long"]
    assert said[-1] == "This invitation was already used"


@pytest.mark.usefixtures("drawing")
def test_what_describes_a_field_exists():
    page = drawn(faulty())
    for tag in page.select("[aria-describedby]"):
        for name in tag["aria-describedby"].split():
            assert page.select_one(f"#{name}"), name
    assert page.select_one("#email")["aria-describedby"] == "email-hint email-error"


@pytest.mark.usefixtures("drawing")
def test_the_title_says_error_only_when_there_is_one():
    assert drawn(IntakeForm()).title.text == "Intake - Undercurrent"
    assert drawn(faulty()).title.text == "Error: Intake - Undercurrent"
    assert drawn(IntakeForm(), errors=["Closed"]).title.text.startswith("Error:")


@pytest.mark.usefixtures("drawing")
def test_a_field_that_may_stay_empty_says_so():
    optional = [label.text for label in drawn(IntakeForm()).select("label:has(.field__optional)")]
    assert optional == ["Date of birth (optional)"] * 2


@pytest.mark.usefixtures("drawing")
def test_what_was_typed_is_shown_again_but_never_a_password():
    page = drawn(IntakeForm(email="<sam>", secret="1234", own_words="a & b"))
    assert page.select_one("#email")["value"] == "<sam>"
    assert page.select_one("#own_words").text.strip() == "a & b"
    assert "1234" not in str(page)


@pytest.mark.usefixtures("drawing")
def test_a_segmented_choice_keeps_its_radios_and_its_question():
    field = IntakeForm(known="no").known
    segmented = get_template_attribute("components/segmented.html", "segmented")
    page = BeautifulSoup(segmented(field, hide_label=True), "html5lib")
    assert page.select_one("legend").text == "Was it known?"
    assert [radio["value"] for radio in page.select("[type=radio][checked]")] == ["no"]


@pytest.mark.usefixtures("drawing")
def test_an_empty_cell_is_a_dash_and_nought_is_nought():
    cell = get_template_attribute("components/table.html", "cell")
    assert "\N{EN DASH}" in cell("Next", None)
    assert "\N{EN DASH}" not in cell("Goals", 0)


@pytest.mark.parametrize("path", sorted((ROOT / "templates/components").glob("*.html")), ids=str)
def test_a_component_says_how_it_is_called_and_carries_no_inline_style_or_script(path):
    text = path.read_text()
    assert text.startswith("{#-")
    for part in (" style=", "<style", "<script", " onclick"):
        assert part not in text
