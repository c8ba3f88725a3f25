"""Forms for setting up, signing in and changing a password."""

from email_validator import EmailNotValidError, validate_email
from wtforms import HiddenField, ValidationError

from clinic.domain.said import mark
from clinic.services.accounts import NewPractice
from clinic.web.fields import Line, Password
from clinic.web.forms import BaseForm


class SetUpForm(BaseForm):
    """What the first visitor enters, with the code from the terminal."""

    code = Line("Code from the terminal", mark("the code"), render_kw={"autocomplete": "off"})
    practice = Line("Name of the practice", mark("the name of the practice"))
    clinician = Line("Your name", mark("your name"), render_kw={"autocomplete": "name"})
    email = Line(
        "Your e-mail address", mark("your e-mail address"), render_kw={"autocomplete": "username"}
    )
    password = Password("Password", mark("a password"), "new-password")

    def validate_email(self, field: Line) -> None:
        """Refuse what cannot be an address; whether it is reached is for the person to know."""
        try:
            field.data = validate_email(
                field.data or "", check_deliverability=False, test_environment=True
            ).normalized
        except EmailNotValidError:
            raise ValidationError("Enter an e-mail address, such as ines@example.org") from None

    def new_practice(self) -> NewPractice:
        """Give what set-up needs."""
        return NewPractice(
            practice=self.practice.data,
            clinician=self.clinician.data,
            email=self.email.data,
            password=self.password.data,
        )


class SignInForm(BaseForm):
    """E-mail address and password."""

    email = Line(
        "E-mail address", mark("your e-mail address"), render_kw={"autocomplete": "username"}
    )
    password = Password("Password", mark("your password"), "current-password")
    held = HiddenField()


class PasswordForm(BaseForm):
    """The present password and the new one."""

    old = Password("Present password", mark("your present password"), "current-password")
    password = Password("New password", mark("a new password"), "new-password")
