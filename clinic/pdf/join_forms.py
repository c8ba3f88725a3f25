"""The fields of joined sheets.

Each part's fields lie below a name of their own, so that two prints of one sheet do not fill in
each other.
Source: ISO 32000-1, 12.7.
"""

import re
from collections.abc import Mapping

from pikepdf import Array, Dictionary, Object, Pdf, String

from clinic.pdf.join_fonts import Fonts, drawn_with

_FONT = re.compile(r"/(\S+)(?=\s+[\d.]+\s+Tf)")


class Forms:
    """The form of the whole, grown part by part."""

    def __init__(self, whole: Pdf, fonts: Fonts) -> None:
        self._whole, self._fonts = whole, fonts
        self._parts = Array()
        self._drawn_with = Dictionary()
        self._named: dict[tuple[tuple[int, int], ...], str] = {}

    def add(self, number: int, source: Pdf) -> None:
        """Take over the fields of a part whose pages lie in the whole already."""
        if "/AcroForm" not in source.Root:
            return
        form = self._whole.copy_foreign(_indirect(source, source.Root.AcroForm))
        renamed = self._add_fonts(number, form.get("/DR", Dictionary()))
        part = self._whole.make_indirect(Dictionary(T=String(f"part{number}"), Kids=form.Fields))
        for field in form.Fields:
            field.Parent = part
            _rename_fonts(field, renamed)
        self._parts.append(part)

    def _add_fonts(self, number: int, resources: Object) -> Mapping[str, str]:
        """Add the fonts of fields; give each one's name in the whole."""
        fonts = resources.get("/Font", Dictionary())
        self._fonts.share(fonts.values())
        return {name: self._add_font(number, name, font) for name, font in fonts.items()}

    def _add_font(self, number: int, name: str, font: Object) -> str:
        as_one = self._named.setdefault(
            drawn_with(font), f"{name}_{number}" if name in self._drawn_with else name
        )
        if as_one not in self._drawn_with:
            self._drawn_with[as_one] = font
        return as_one

    def finish(self) -> None:
        """Give the whole its form, if any part had fields."""
        if len(self._parts):
            self._whole.Root.AcroForm = Dictionary(
                Fields=self._parts, DR=Dictionary(Font=self._drawn_with)
            )


def _indirect(source: Pdf, found: Object) -> Object:
    return found if found.is_indirect else source.make_indirect(found)


def _rename_fonts(field: Object, renamed: Mapping[str, str]) -> None:
    if "/DA" in field:
        drawn = str(field.DA)
        field.DA = String(_FONT.sub(lambda found: renamed.get(found[0], found[0]), drawn))
    for kid in field.get("/Kids", ()):
        _rename_fonts(kid, renamed)
