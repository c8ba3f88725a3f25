"""The form that ends joint-session mode."""

from clinic.domain.said import mark
from clinic.web.fields import Password
from clinic.web.forms import BaseForm


class EndForm(BaseForm):
    """The clinician's password."""

    password = Password("Your password", mark("your password"), "current-password")
