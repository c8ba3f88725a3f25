"""Forms: made from a worksheet, read back, filled in by a viewer, and drawn by two of them."""

import ctypes
import html
import io
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
import pypdfium2
from PIL import Image
from pypdfium2 import raw

from clinic.domain.sheets import Sheet, SheetFill, behaviours_fill, draw
from clinic.domain.worksheets import Paper, TypeSize
from clinic.pdf.printing import render_form
from tests.printed import FOOTER, NEUTRAL, WORKSHEETS, drawn

#: How large forms are drawn to be looked at, in dots for each point.
SCALE = 2


@dataclass(frozen=True, slots=True)
class Field:
    """One box on a page that belongs to a field; `value` is the whole field's."""

    name: str
    label: str
    own_label: str
    value: str
    kind: str
    state: str
    page: int
    left: float
    low: float
    width: float
    height: float


def form(
    key: str,
    fill: SheetFill | None = None,
    paper: Paper = Paper.A4,
    size: TypeSize = TypeSize.NORMAL,
    **more: str,
) -> bytes:
    """A fillable sheet; `more` are further values, by names with low lines for hyphens."""
    sheet = _sheet(key, fill, size)
    typed = {name.strip("_").replace("_", "-"): value for name, value in more.items()}
    return render_form(drawn(sheet), paper, {**sheet.values(), **typed})


def words(key: str) -> set[str]:
    """Every word that stands on a blank sheet."""
    seen = html.unescape(re.sub("<[^>]*>", " ", drawn(_sheet(key, None, TypeSize.NORMAL))))
    return set(letters_of(seen))


def letters_of(text: str) -> list[str]:
    """The words of a text without its numbers and signs."""
    return re.findall(r"[^\W\d_]+", text)


def _sheet(key: str, fill: SheetFill | None, size: TypeSize) -> Sheet:
    blank = behaviours_fill(NEUTRAL) if key == "w02" else SheetFill()
    return replace(draw(WORKSHEETS[key], fill or blank, FOOTER, size), fillable=True)


def fields(pdf: bytes) -> list[Field]:
    """Every box of every field, page by page."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [
            _field(widget, number)
            for number, leaf in enumerate(document.pages)
            for widget in leaf.get("/Annots", [])
        ]


def _field(widget: pikepdf.Object, number: int) -> Field:
    whole = widget.get("/Parent", widget)
    left, low, right, high = (float(side) for side in widget.Rect)
    return Field(
        str(whole.T),
        str(whole.TU),
        str(widget.TU),
        str(whole.get("/V", "")),
        str(whole.FT),
        str(widget.get("/AS", "")),
        number,
        left,
        low,
        right - left,
        high - low,
    )


def values(pdf: bytes) -> Mapping[str, str]:
    """What stands in the fields, by their names; those left empty are not told."""
    return {each.name: each.value for each in fields(pdf) if each.value not in {"", "/Off"}}


def numbered_pieces(pdf: bytes) -> list[bytes]:
    """The drawings within fields that claim to be a numbered piece of some page."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        streams = [each for each in document.objects if isinstance(each, pikepdf.Stream)]
        drawings = [each.read_bytes() for each in streams if each.get("/Subtype") == "/Form"]
        return [drawing for drawing in drawings if b"/MCID" in drawing]


def labels(pdf: bytes) -> Mapping[str, str]:
    return {each.name: each.label for each in fields(pdf)}


def read_aloud(pdf: bytes) -> list[str]:
    """The names of the fields in the order in which a screen reader comes to them."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return list(_tagged(document.Root.StructTreeRoot.K, inside=""))


def _tagged(kids: pikepdf.Object, inside: str) -> Iterator[str]:
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if not isinstance(kid, pikepdf.Dictionary):
            continue
        if kid.get("/Type") == pikepdf.Name.OBJR:
            assert inside == "/Form", "a field is tagged as one"
            yield str(kid.Obj.get("/Parent", kid.Obj).T)
        else:
            yield from _tagged(kid.get("/K", []), str(kid.S))


def drawn_by_pdfium(pdf: bytes) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    return [leaf.render(scale=SCALE).to_pil().convert("L") for leaf in document]


def drawn_by_poppler(pdf: bytes, folder: Path) -> list[Image.Image]:
    (folder / "form.pdf").write_bytes(pdf)
    command = ["pdftoppm", "-gray", "-r", str(72 * SCALE), "form.pdf", "leaf"]
    subprocess.run(command, cwd=folder, check=True)
    return [Image.open(path).copy() for path in sorted(folder.glob("leaf*.pgm"))]


def ink(leaves: list[Image.Image], field: Field) -> int:
    """How many dark dots there are within a field."""
    leaf = leaves[field.page]
    top = leaf.height / SCALE - field.low - field.height
    sides = (field.left + 1, top + 1, field.left + field.width - 1, top + field.height - 1)
    counts = leaf.crop(tuple(round(side * SCALE) for side in sides)).histogram()
    return sum(counts[:128])


def typed_into(pdf: bytes, name: str, text: str) -> bytes:
    """The form after somebody typed into a field in the viewer of a browser."""
    field = next(each for each in fields(pdf) if each.name == name)
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    leaf = document[field.page]
    click(document, leaf, field)
    letters = text.encode("utf-16-le") + b"\0\0"
    wide = ctypes.cast(ctypes.create_string_buffer(letters), raw.FPDF_WIDESTRING)
    raw.FORM_ReplaceSelection(document.formenv, leaf, wide)
    return _left(document)


def clicked(pdf: bytes, *marks: Field) -> bytes:
    """The form after somebody clicked on some of its boxes."""
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    for mark in marks:
        click(document, document[mark.page], mark)
    return _left(document)


def click(document: pypdfium2.PdfDocument, leaf: pypdfium2.PdfPage, field: Field) -> None:
    x, y = field.left + field.width / 2, field.low + field.height / 2
    raw.FORM_OnLButtonDown(document.formenv, leaf, 0, x, y)
    raw.FORM_OnLButtonUp(document.formenv, leaf, 0, x, y)


def _left(document: pypdfium2.PdfDocument) -> bytes:
    raw.FORM_ForceToKillFocus(document.formenv)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()
