"""Reads a printed sheet back, as a reader or a screen reader would."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import page
import pikepdf
import pypdf


@dataclass(frozen=True, slots=True)
class Element:
    """One tagged piece: its tag, how deep it lies, the page it starts on and its text."""

    tag: str
    depth: int
    page: int
    text: str


def pages(pdf: bytes) -> list[str]:
    """The text of each page, with line breaks as spaces."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    return [" ".join(leaf.extract_text().split()) for leaf in reader.pages]


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
        marked = [_marked_text(leaf) for leaf in document.pages]
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


def _marked_text(leaf: pikepdf.Page) -> dict[int, str]:
    """The text of one page by the number of its marked piece."""
    fonts = {name: _letters(font) for name, font in leaf.Resources.get("/Font", {}).items()}
    texts: dict[int, str] = {}
    current: list[int] = []
    font: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(leaf):
        match str(operator):
            case "BDC":
                inner = operands[1]
                current.append(int(inner.get("/MCID", -1)))
            case "BMC":
                current.append(-1)
            case "EMC":
                current.pop()
            case "Tf":
                font = fonts.get(str(operands[0]), {})
            case "Tj" | "TJ" if current:
                texts[current[-1]] = texts.get(current[-1], "") + _decode(operands[0], font)
    return texts


def _decode(shown: pikepdf.Object, font: dict[int, str]) -> str:
    strings = shown if isinstance(shown, pikepdf.Array) else [shown]
    data = b"".join(bytes(s) for s in strings if isinstance(s, pikepdf.String))
    codes = (int.from_bytes(data[i : i + 2], "big") for i in range(0, len(data), 2))
    return "".join(font.get(code, "\ufffd") for code in codes)


def _letters(font: pikepdf.Object) -> dict[int, str]:
    mapping = font.ToUnicode.read_bytes().decode()
    listed = "".join(re.findall(r"beginbfchar(.*?)endbfchar", mapping, re.DOTALL))
    pairs = re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", listed)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}


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
POINTS_A_MM = 72 / 25.4


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


def torn_fields(pieces: list[Element]) -> list[str]:
    """The fields of which a part stands on another page."""
    torn = []
    for place, piece in enumerate(pieces):
        if piece.tag == "Div":
            inner = pieces[place + 1 :]
            end = next((i for i, e in enumerate(inner) if e.depth <= piece.depth), len(inner))
            if {e.page for e in inner[:end]} - {piece.page}:
                torn.append(piece.text)
    return torn


def rules(pdf: bytes) -> list[list[float]]:
    """How far down each page its lines to write on stand, in millimetres."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [_rules(leaf) for leaf in document.pages]


def _rules(leaf: pikepdf.Page) -> list[float]:
    scale, path, found = 1.0, [], set()
    for operands, operator in pikepdf.parse_content_stream(leaf):
        match str(operator):
            case "cm" if float(operands[0]) < 1:
                scale = float(operands[0])
            case "m" | "l":
                path.append((float(operands[0]), float(operands[1])))
            case "f" | "f*" | "Q":
                found |= {_foot(path)} if _is_rule(path, scale) else set()
                path = []
    return sorted(round(foot * scale / POINTS_A_MM, 2) for foot in found)


def _foot(path: list[tuple[float, float]]) -> float:
    return max(y for _, y in path[:4])


def _is_rule(path: list[tuple[float, float]], scale: float) -> bool:
    across, down = zip(*path[:4], strict=True) if len(path) >= 4 else ((0.0,), (0.0,))
    thick = (max(down) - min(down)) * scale
    return max(across) - min(across) > 300 and 0.5 < thick < 0.9


def lowest_letters(pdf: bytes) -> list[float]:
    """How far above the lower edge of each page its lowest line of text stands, in millimetres."""
    heights: list[float] = []
    for leaf in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        found: list[float] = []

        def visit(text: str, at: list[float], matrix: list[float], *_: object) -> None:
            if text.strip():
                found.append(at[1] * matrix[4] + at[3] * matrix[5] + at[5])  # noqa: B023

        leaf.extract_text(visitor_text=visit)
        heights.append(min(found) / POINTS_A_MM)
    return heights
