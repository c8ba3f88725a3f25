"""Pictures of printed pages, drawn inside a press."""

import io
from collections.abc import Sequence

import pypdfium2  # type: ignore[import-untyped]

#: The most colours of a picture: a sheet is ink on white, and its edges are shades of that.
_COLOURS = 64

#: PDFium rounds up; so much less than the width comes out as the width.
_ROUNDING = 0.01


def pictures(pdf: bytes, width: int) -> Sequence[bytes]:
    """Return one PNG for each page, so many pixels wide; same file, same bytes.

    Takes PDF printed here and nothing else.
    """
    with pypdfium2.PdfDocument(pdf) as document:
        # What is filled in shows only when forms are drawn.
        document.init_forms()
        return [_drawn(page, width) for page in document]


def _drawn(page: pypdfium2.PdfPage, width: int) -> bytes:
    image = page.render(scale=(width - _ROUNDING) / page.get_width()).to_pil()
    target = io.BytesIO()
    image.quantize(_COLOURS).save(target, "PNG")
    return target.getvalue()
