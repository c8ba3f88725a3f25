"""The forms at the door: a first PIN, the PIN again, and the clinician's password."""

from wtforms import StringField, ValidationError
from wtforms.validators import InputRequired
from wtforms.widgets import PasswordInput

from clinic.domain.said import mark
from clinic.web.field_rules import Short
from clinic.web.fields import Line, Password
from clinic.web.forms import BaseForm

PIN = {"inputmode": "numeric", "autocomplete": "off", "maxlength": "12", "class": "pin"}


class Pin(StringField):
    """A PIN: digits, not shown, with the number keys on a phone."""

    widget = PasswordInput(hide_value=True)

    def __init__(self, label: str, **options: object) -> None:
        rules = [InputRequired(mark("Enter the PIN")), Short(40)]
        super().__init__(label, rules, render_kw=PIN, **options)


class DoorForm(BaseForm):
    """The first button: it proves that a person is there, and carries nothing."""


class ChoosePinForm(BaseForm):
    """Choosing a PIN at the first visit."""

    pin = Pin(
        mark("Choose a PIN"),
        description=mark("6 to 12 digits. Please no birthday or house number."),
    )
    again = Pin(mark("The same PIN again"))

    def validate_again(self, field: Pin) -> None:
        """Refuse two PINs that differ."""
        if field.data != self.pin.data:
            raise ValidationError("The two PINs are not the same")


class ChoosePinWithCodeForm(ChoosePinForm):
    """Choosing a PIN when a code was told in the room."""

    start_code = Line("The code you were told in the room", mark("the code"), most=40)


class PinForm(BaseForm):
    """Coming back."""

    pin = Pin(mark("Your PIN"), description=mark("After five wrong tries the form locks itself."))


class TakeBackForm(BaseForm):
    """The clinician takes the tablet back."""

    password = Password("Your password", mark("your password"), "current-password")
