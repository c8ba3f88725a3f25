"""Turns the marked places of a laid out page into the fields of a form.

The layout leaves a box to tick at every place, named after the place's number and tagged within
the structure; here it becomes the field it stands for, with a name, a label and a look that shows
in every viewer.

Source: ISO 32000-1, 12.7; ISO 14289-1, 7.18.4 (fields are tagged and labelled).
"""

import io
from collections.abc import Sequence

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Pdf, String

from clinic.domain.blocks import part_of
from clinic.pdf.form_font import NAME, embed
from clinic.pdf.form_looks import Looks
from clinic.pdf.form_page import WRITTEN, Kind, Spot
from clinic.pdf.form_text import inked

#: A field of text that takes several lines.
SEVERAL_LINES = 1 << 12

#: Where text stands in its line, unless it begins at the left.
CENTRED, AT_THE_RIGHT = 1, 2

#: What a field of several widgets says once for all of them.
_OF_A_FIELD = ("/FT", "/T", "/Ff", "/Q", "/DA", "/V")

_OF_THE_LAYOUT = ("/AP", "/AS", "/V", "/MK", "/T", "/FT")


def finish(pdf: Pdf, spots: Sequence[Spot]) -> None:
    """Give a laid out page its form; `spots` are its places in order."""
    font = embed(pdf)
    looks, fields = Looks(pdf, font), dict[str, Object]()
    for page in pdf.pages:
        for widget in page.get("/Annots", ()):
            spot = spots[int(str(widget.T))]
            _clear(widget)
            name = spot.place.name
            if name not in fields and spot.place.kind is not Kind.RING:
                fields[name] = _whole_field(widget, spot, looks)
            else:
                fields[name] = _shared(pdf, fields.get(name), spot)
                _one_of(widget, fields[name], spot, looks)
    resources = Dictionary(Font=Dictionary({f"/{NAME}": font}))
    form = Dictionary(Fields=Array(fields.values()), DR=resources)
    pdf.Root.AcroForm = pdf.make_indirect(form)


def saved(pdf: Pdf) -> bytes:
    """Write a form; the same form gives the same bytes."""
    written = io.BytesIO()
    pdf.save(written, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True)
    return written.getvalue()


def _clear(widget: Object) -> None:
    for key in _OF_THE_LAYOUT:
        if key in widget:
            del widget[key]
    left, top, right, bottom = (float(side) for side in widget.Rect)
    sides = (min(left, right), min(top, bottom), max(left, right), max(top, bottom))
    widget.Rect = Array([round(side, 2) for side in sides])


def _whole_field(widget: Object, spot: Spot, looks: Looks) -> Object:
    widget.T, widget.TU = String(spot.place.name), String(spot.place.label)
    on, off = looks.of(spot)
    if spot.place.kind in WRITTEN:
        widget.FT, widget.DA = Name.Tx, String(inked(spot.letter))
        if spot.place.kind is Kind.LINES:
            widget.Ff = SEVERAL_LINES
        if spot.place.kind is Kind.WORD or spot.backwards:
            widget.Q = CENTRED if spot.place.kind is Kind.WORD else AT_THE_RIGHT
        widget.AP = Dictionary(N=off)
    else:
        widget.FT, widget.V, widget.AS = Name.Btn, Name.Off, Name.Off
        widget.AP = Dictionary(N=Dictionary(Yes=on, Off=off))
    return widget


def _shared(pdf: Pdf, field: Object | None, spot: Spot) -> Object:
    """Return the field of several widgets: numbers to ring, or a place that stands on two pages."""
    if field is None:
        # Boxes to tick that share a field take turns and can be taken back; radio buttons cannot.
        label = String(spot.place.label)
        return pdf.make_indirect(
            Dictionary(FT=Name.Btn, T=String(spot.place.name), TU=label, V=Name.Off, Kids=Array())
        )
    if "/Kids" in field:
        return field
    whole = pdf.make_indirect(Dictionary(Kids=Array([field]), TU=field.TU))
    for key in _OF_A_FIELD:
        if key in field:
            whole[key] = field[key]
            del field[key]
    field.Parent = whole
    return whole


def _one_of(widget: Object, field: Object, spot: Spot, looks: Looks) -> None:
    on, off = looks.of(spot)
    widget.Parent, widget.TU = field, field.TU
    if spot.place.kind is Kind.RING:
        widget.TU, widget.AS = String(part_of(spot.place.label, spot.place.value)), Name.Off
        widget.AP = Dictionary(N=Dictionary({f"/{spot.place.value}": on, "/Off": off}))
    else:
        widget.AP = Dictionary(N=off)
    field.Kids.append(widget)
