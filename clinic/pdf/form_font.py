"""The small font that fields are written in: the letters of most languages in Latin script.

What it lacks is drawn by the layout, which has fonts for the rest. Only the letters below are
embedded, so that a form stays small and whoever fills it in on a screen has what they need.
"""

import io
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from fontTools import subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from pikepdf import Array, Dictionary, Name, Object, Pdf

_FILE = (
    Path(__file__).parents[2]
    / "static"
    / "fonts"
    / "print"
    / "AtkinsonHyperlegibleNext-Regular.ttf"
)

#: By this name fields and their appearances call it.
NAME = "FormSans"

#: Combining marks are left to the layout, which knows where they go.
_MARKS = range(0x300, 0x370)

_FONT_NAME = Name("/AAAAAA+AtkinsonHyperlegibleNext-Regular")
_LEFT_OUT = ("GPOS", "GSUB", "GDEF", "BASE", "DSIG", "STAT", "gasp", "meta", "MVAR")
_SYMBOLIC = 4
_CHUNK = 100


class FormFont(NamedTuple):
    """The font's file and measures; lengths in thousandths of the size of type."""

    file: bytes
    glyphs: Mapping[str, int]
    widths: tuple[float, ...]
    ascent: float
    descent: float

    def can_draw(self, text: str) -> bool:
        """Tell whether every letter of a text is in it; line breaks are no letters."""
        return all(sign in self.glyphs or sign == "\n" for sign in text)

    def width(self, text: str, size: float) -> float:
        """Measure a text of one line, in points."""
        return sum(self.widths[self.glyphs[sign]] for sign in text) * size / 1000

    def coded(self, text: str) -> str:
        """Write a text of one line as a PDF shows it."""
        return f"<{''.join(f'{self.glyphs[sign]:04x}' for sign in text)}>"


@cache
def form_font() -> FormFont:
    """Read the font and keep its measures."""
    with TTFont(_FILE, recalcTimestamp=False, lazy=True) as font:
        wanted = [code for code in font.getBestCmap() if code not in _MARKS]
        _cut(font, wanted)
        kept = io.BytesIO()
        font.save(kept)
    with TTFont(io.BytesIO(kept.getvalue())) as font:
        scale = 1000 / font["head"].unitsPerEm
        order = font.getGlyphOrder()
        return FormFont(
            kept.getvalue(),
            {chr(code): order.index(name) for code, name in font.getBestCmap().items()},
            tuple(font["hmtx"].metrics[name][0] * scale for name in order),
            font["hhea"].ascent * scale,
            -font["hhea"].descent * scale,
        )


def _cut(font: TTFont, wanted: list[int]) -> None:
    options = subset.Options(
        layout_features=[], hinting=False, notdef_outline=True, glyph_names=False
    )
    options.drop_tables += _LEFT_OUT
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)


def embed(pdf: Pdf) -> Object:
    """Put the font into a PDF and return it; text is written in it by number of glyph."""
    font = form_font()
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=_FONT_NAME,
        Flags=_SYMBOLIC,
        FontBBox=Array([-500, -round(font.descent), 1500, round(font.ascent)]),
        ItalicAngle=0,
        Ascent=round(font.ascent),
        Descent=-round(font.descent),
        CapHeight=668,
        StemV=80,
        FontFile2=pdf.make_stream(font.file, Length1=len(font.file)),
    )
    inner = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=_FONT_NAME,
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        CIDToGIDMap=Name.Identity,
        FontDescriptor=pdf.make_indirect(descriptor),
        W=Array([0, Array([round(width) for width in font.widths])]),
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=_FONT_NAME,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(inner)]),
            ToUnicode=pdf.make_stream(_to_unicode(font)),
        )
    )


def _to_unicode(font: FormFont) -> bytes:
    by_glyph: dict[int, str] = {}
    for sign, glyph in font.glyphs.items():
        by_glyph.setdefault(glyph, sign)
    pairs = [f"<{glyph:04x}> <{ord(sign):04x}>" for glyph, sign in sorted(by_glyph.items())]
    parts = [pairs[first : first + _CHUNK] for first in range(0, len(pairs), _CHUNK)]
    listed = "\n".join(
        f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in parts
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        f"{listed}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    ).encode()
