"""Reads a printed sheet back, as a reader or a screen reader would."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import page
import pikepdf
import pypdfium2

from tests.pdf_content import POINTS_A_MM, leaves


@dataclass(frozen=True, slots=True)
class Element:
    """One tagged piece: its tag, how deep it lies, the page it starts on and its text."""

    tag: str
    depth: int
    page: int
    text: str


def pages(pdf: bytes) -> list[str]:
    """The text of each page, with line breaks as spaces."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [" ".join(leaf.get_textpage().get_text_range().split()) for leaf in document]


def metadata(pdf: bytes) -> dict[str, str]:
    """What the document says about itself."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return {str(name): str(value) for name, value in document.docinfo.items()}


def xmp(pdf: bytes) -> str:
    """The second copy of that, in XML."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return document.Root.Metadata.read_bytes().decode()


def language(pdf: bytes) -> str:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return str(document.Root.Lang)


def paper(pdf: bytes) -> set[tuple[int, int]]:
    """The sizes of its pages, in whole points."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return {(round(leaf.mediabox[2]), round(leaf.mediabox[3])) for leaf in document.pages}


def elements(pdf: bytes) -> list[Element]:
    """The tagged pieces in reading order; a text is its whole text, inner pieces included."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        numbers = {leaf.objgen: number for number, leaf in enumerate(document.pages)}
        marked = [leaf.texts for leaf in leaves(pdf)]
        return list(_walk(document.Root.StructTreeRoot.K, numbers, marked, 0))


def _walk(
    kids: pikepdf.Object, numbers: dict, marked: list[dict[int, str]], depth: int
) -> Iterator[Element]:
    for kid in _several(kids):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            number = numbers[kid.Pg.objgen] if "/Pg" in kid else 0
            inner = list(_walk(kid.get("/K", []), numbers, marked, depth + 1))
            text = " ".join(_texts(kid, numbers, marked).split())
            yield Element(str(kid.S)[1:], depth, number, text)
            yield from inner


def _texts(element: pikepdf.Object, numbers: dict, marked: list[dict[int, str]]) -> str:
    if "/ActualText" in element:
        return str(element.ActualText)
    parts = []
    for kid in _several(element.get("/K", [])):
        if isinstance(kid, int):
            parts.append(marked[numbers[element.Pg.objgen]].get(kid, ""))
        elif "/MCID" in kid:
            leaf = kid.get("/Pg", element.Pg)
            parts.append(marked[numbers[leaf.objgen]].get(int(kid.MCID), ""))
        else:
            parts.append(_texts(kid, numbers, marked))
    return " ".join(parts)


def _several(kids: pikepdf.Object) -> list:
    return list(kids) if isinstance(kids, (pikepdf.Array, list)) else [kids]


def faults(pdf: bytes, folder: Path) -> list[str]:
    """What a PDF/UA-1 validator and the file's own structure have against it."""
    path = folder / "sheet.pdf"
    path.write_bytes(pdf)
    with pikepdf.open(path) as document:
        damage = document.check_pdf_syntax()
    found = page.validate_pdf(str(path), profile=page.ValidationProfile("ua1")).failures
    # The validator miscounts a stream whose data ends in CR; a clean structure rules that out.
    return damage + [
        f"{fault.rule_id}: {fault.message}"
        for fault in found
        if damage or not fault.rule_id.endswith("STREAM-LENGTH-001")
    ]


BESIDE_A_HEADING = {"H1", "H2", "H3", "P", "TR", "LI", "Div", "Figure"}


def lonely_headings(pieces: list[Element]) -> list[str]:
    """The headings that stand at the foot of a page without what they head."""
    beside = [piece for piece in pieces if piece.tag in BESIDE_A_HEADING]
    return [
        heading.text
        for heading, following in pairwise(beside)
        # A question that is its own line to write on ends its field.
        if heading.tag.startswith("H") and following.depth >= heading.depth
        if heading.page != following.page
    ]


#: What a field begins with; a text too long for one page runs on to the next as a paragraph.
BEGINNINGS = {"H3", "P", "Table"}


def torn_fields(pieces: list[Element]) -> list[str]:
    """The fields of which a part stands on another page, as a piece without a beginning.

    Each page has its own tagged pieces, so what is torn is there twice.
    """
    fields = [place for place, piece in enumerate(pieces) if piece.tag == "Div"]
    depth = min((pieces[place].depth for place in fields), default=0)
    outer = [place for place in fields if pieces[place].depth == depth]
    return [
        pieces[after].text or f"room to write on page {pieces[after].page + 1}"
        for before, after in pairwise(outer)
        if pieces[before].page != pieces[after].page
        if pieces[after + 1].tag not in BEGINNINGS or _goes_on(pieces, before, after)
    ]


def _goes_on(pieces: list[Element], before: int, after: int) -> bool:
    """Tell whether a field begins with the very header that the table before it has."""
    headers = [piece.text for piece in pieces[before:after] if piece.tag == "THead"]
    begins = pieces[after + 1].tag == "Table"
    return begins and bool(headers) and pieces[after + 1].text.startswith(headers[-1])


def rules(pdf: bytes) -> list[list[float]]:
    """How far down each page its lines to write on stand, in millimetres."""
    return [sorted(leaf.rules) for leaf in leaves(pdf)]


def smallest_type(pdf: bytes) -> float:
    """The smallest size of type on any page, in points."""
    return min(size for leaf in leaves(pdf) for size in leaf.sizes)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where words stand on a page, in points from its left and from its foot."""

    left: float
    foot: float
    right: float
    top: float


def spots(pdf: bytes, words: str) -> list[tuple[int, Spot]]:
    """Where words stand, each time with the page's number from 0."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for number, leaf in enumerate(document):
            text = leaf.get_textpage()
            searcher = text.search(words, match_case=True)
            while place := searcher.get_next():
                boxes = [text.get_charbox(place[0] + step) for step in range(place[1])]
                left, foot, right, top = zip(*boxes, strict=True)
                found.append((number, Spot(min(left), min(foot), max(right), max(top))))
    return found


def lowest_letters(pdf: bytes) -> list[float]:
    """How far above the lower edge of each page its lowest line of text stands, in millimetres."""
    return [min(box[1] for box in boxes) / POINTS_A_MM for boxes in _letters(pdf)]


def widths(pdf: bytes) -> list[tuple[float, float]]:
    """Where the text of each page begins and ends, in points from its left."""
    return [(min(box[0] for box in page), max(box[2] for box in page)) for page in _letters(pdf)]


def _letters(pdf: bytes) -> Iterator[list[tuple[float, ...]]]:
    with pypdfium2.PdfDocument(pdf) as document:
        for leaf in document:
            text = leaf.get_textpage()
            places = range(text.count_chars())
            yield [text.get_charbox(at) for at in places if text.get_text_range(at, 1).strip()]


def headings(pdf: bytes) -> list[str]:
    """What the bookmarks lead to, in their order."""
    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_outline() as outline:
        return list(_titles(outline.root))


def _titles(items: list[pikepdf.OutlineItem]) -> Iterator[str]:
    for item in items:
        yield item.title
        yield from _titles(item.children)


def descriptions(pdf: bytes) -> list[str]:
    """What is said of each drawing to those who cannot see it; "" where nothing is."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        every = _elements_of(document.Root.StructTreeRoot.K)
        return [str(one.get("/Alt", "")) for one in every if one.S == "/Figure"]


def loose_cells(pdf: bytes) -> list[str]:
    """What is wrong with the tables: no header cell, or a cell that names none."""
    faults = []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        tables = [one for one in _elements_of(document.Root.StructTreeRoot.K) if one.S == "/Table"]
        for number, table in enumerate(tables, start=1):
            cells = list(_elements_of(table.K))
            named = {bytes(one.ID) for one in cells if one.S == "/TH" and "/ID" in one}
            if not named:
                faults.append(f"table {number} has no header cell")
            for one in cells:
                if one.S == "/TD" and not {bytes(h) for h in one.A.get("/Headers", [])} & named:
                    faults.append(f"table {number} has a cell without a heading")
    return faults


def _elements_of(kids: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for kid in _several(kids):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _elements_of(kid.get("/K", []))
