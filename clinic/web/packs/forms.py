"""The form for loading a questionnaire from a file."""

from pathlib import PurePath

from wtforms import ValidationError

from clinic.content.fhir_json import MOST_BYTES
from clinic.content.loader import ContentError
from clinic.domain.packs import PackFormat
from clinic.domain.said import mark
from clinic.services import packs
from clinic.services.packs import PackFile
from clinic.web.fields import Attachment, Line
from clinic.web.forms import BaseForm

FORMATS = {".json": PackFormat.FHIR_R4, ".toml": PackFormat.TOML}


class LoadForm(BaseForm):
    """A file, and the terms it may be used under. Its fields are named as the service's own."""

    file = Attachment(
        "File",
        mark("Choose a file"),
        accept=".json,.toml",
        most=MOST_BYTES,
        description=mark("FHIR R4 Questionnaire (.json), or our own form (.toml), up to 1 MB."),
    )
    licence = Line(
        "Under which terms may your practice use it?",
        mark("under which terms your practice may use it"),
        description=mark("For example: licensed to our practice until 2028, or free to use."),
        render_kw={"autocomplete": "off"},
    )

    def validate_file(self, field: Attachment) -> None:
        """Refuse what cannot be asked as it stands, with every reason by name."""
        if PurePath(field.data.name).suffix.lower() not in FORMATS:
            raise ValidationError("Choose a file whose name ends in .json or .toml")
        chosen = self.chosen()
        try:
            packs.read(chosen.content, chosen.format, chosen.licence)
        except ContentError as refused:
            field.errors = [*field.errors, *refused.faults]

    def chosen(self) -> PackFile:
        """Give what the service needs."""
        upload = self.file.data
        written = FORMATS[PurePath(upload.name).suffix.lower()]
        # A line that is missing is told at its own field, and is no fault of the file.
        return PackFile(upload.content, written, self.licence.data or "-")
