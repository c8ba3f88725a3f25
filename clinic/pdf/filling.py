"""Fills in the fields of a blank form, without laying it out again.

A field shows its value at once, in every viewer. What the form's own font cannot draw has been
drawn by the layout and stands there as a picture of letters; the value itself is kept as typed.

Source: ISO 32000-1, 12.7.3.3 (variable text).
"""

import io
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pikepdf import (
    Dictionary,
    Name,
    Object,
    Page,
    Pdf,
    String,
    parse_content_stream,
    unparse_content_stream,
)

from clinic.pdf.form_finish import AT_THE_RIGHT, SEVERAL_LINES, saved
from clinic.pdf.form_font import form_font
from clinic.pdf.form_looks import Looks, Picture
from clinic.pdf.form_text import PADDING, halfway, shown, top, within, wrapped

_MARKS = frozenset({"BMC", "BDC", "EMC"})
_LETTER = re.compile(r"([\d.]+) Tf")


class Drawn(NamedTuple):
    """Texts drawn by the layout: a PDF with a page for each; by the name of its field, how tall."""

    pdf: bytes
    heights: Mapping[str, float]


def fill(blank: bytes, values: Mapping[str, str], drawn: Drawn | None = None) -> bytes:
    """Return the form with its fields filled in; names it does not have are passed over.

    A box to tick takes any value but "" as ticked, a group of rings the value of one of them.
    """
    with Pdf.open(io.BytesIO(blank)) as pdf:
        form = pdf.Root.AcroForm
        looks = Looks(pdf, next(iter(form.DR.Font.values())))
        pictures = dict(_pictures(pdf, drawn)) if drawn else {}
        for field in form.Fields:
            name = str(field.T)
            if value := values.get(name):
                _fill_one(field, value, looks, pictures.get(name))
        return saved(pdf)


def _fill_one(field: Object, value: str, looks: Looks, picture: Picture | None) -> None:
    if Name.Btn == field.FT:
        _mark(field, value)
        return
    field.V = String(value)
    for widget in field.get("/Kids", [field]):
        left, low, right, high = (float(side) for side in widget.Rect)
        width, tall = right - left, high - low
        if picture:
            above = PADDING if _is_long(field) else (tall - picture.height) / 2
            look = looks.pasted(picture, width, tall, above)
        else:
            look = looks.stream(within(width, tall, _written(field, width, tall)), width, tall)
        widget.AP = Dictionary(N=look)


def _mark(field: Object, value: str) -> None:
    widgets = list(field.get("/Kids", [field]))
    state = f"/{value}" if "/Kids" in field else "/Yes"
    if not any(state in widget.AP.N for widget in widgets):
        return
    for widget in widgets:
        widget.AS = Name(state) if state in widget.AP.N else Name.Off
    field.V = Name(state)


def _written(field: Object, width: float, tall: float) -> str:
    font, letter, text = form_font(), _letter(field), str(field.V)
    lines = wrapped(font, text, letter, width) if _is_long(field) else [text]
    high = (top if _is_long(field) else halfway)(font, letter, tall)
    # As much room as is left over stands before a line, half of it, or none.
    before = int(field.get("/Q", 0)) / AT_THE_RIGHT
    left = [(width - 2 * PADDING - font.width(line, letter)) * before + PADDING for line in lines]
    return shown(font, list(zip(left, lines, strict=True)), letter, high)


def _is_long(field: Object) -> bool:
    return bool(int(field.get("/Ff", 0)) & SEVERAL_LINES)


def _letter(field: Object) -> float:
    found = _LETTER.search(str(field.DA))
    return float(found[1]) if found else 0.0


def _pictures(pdf: Pdf, drawn: Drawn) -> Iterator[tuple[str, Picture]]:
    with Pdf.open(io.BytesIO(drawn.pdf)) as source:
        for (name, height), page in zip(drawn.heights.items(), source.pages, strict=True):
            _unmark(source, page)
            yield name, Picture(pdf.copy_foreign(page.as_form_xobject()), height)


def _unmark(source: Pdf, page: Page) -> None:
    """Take out which piece of its own page each text is: in a field it is the field's."""
    kept = [each for each in parse_content_stream(page) if str(each.operator) not in _MARKS]
    page.Contents = source.make_stream(unparse_content_stream(kept))
