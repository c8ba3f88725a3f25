"""What is drawn on each page of a printed sheet: its marked texts, its rules, its sizes of type."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO

import pikepdf

POINTS_A_MM = 72 / 25.4
#: A place on paper: what a drawing is scaled and moved by.
Matrix = tuple[float, ...]
AS_IT_IS: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(slots=True)
class Leaf:
    """One page: texts by the number of their marked piece, rules and sizes in points."""

    texts: dict[int, str] = field(default_factory=dict)
    rules: set[float] = field(default_factory=set)
    sizes: set[float] = field(default_factory=set)


@lru_cache(maxsize=4)
def leaves(pdf: bytes) -> Sequence[Leaf]:
    """Read every page once."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return [_Reading(leaf).leaf for leaf in document.pages]


class _Reading:
    """Follows what a page draws, one step after another."""

    def __init__(self, page: pikepdf.Page) -> None:
        self.leaf = Leaf()
        self.fonts = {
            name: _letters(font) for name, font in page.Resources.get("/Font", {}).items()
        }
        self.marked: list[int] = []
        self.font: dict[int, str] = {}
        self.size = 0.0
        self.states = [AS_IT_IS]
        self.path: list[tuple[float, float]] = []
        for operands, operator in pikepdf.parse_content_stream(page):
            step = self.STEPS.get(str(operator))
            if step:
                step(self, operands)

    def begin(self, operands) -> None:
        inner = operands[1] if len(operands) > 1 else {}
        # A piece within a marked piece belongs to it.
        outer = self.marked[-1] if self.marked else -1
        self.marked.append(int(inner.get("/MCID", outer)) if operands[0] != "/Artifact" else -1)

    def end(self, _operands) -> None:
        self.marked.pop()

    def choose(self, operands) -> None:
        self.font, self.size = self.fonts.get(str(operands[0]), {}), float(operands[1])

    def show(self, operands) -> None:
        self.leaf.sizes.add(round(self.size * abs(self.states[-1][3]), 2))
        if self.marked:
            text = self.leaf.texts.get(self.marked[-1], "")
            self.leaf.texts[self.marked[-1]] = text + _decode(operands[0], self.font)

    def save(self, _operands) -> None:
        self.states.append(self.states[-1])

    def restore(self, _operands) -> None:
        self.fill(())
        self.states.pop()

    def move(self, operands) -> None:
        self.states[-1] = _times(tuple(map(float, operands)), self.states[-1])

    def draw(self, operands) -> None:
        self.path.append((float(operands[0]), float(operands[1])))

    def fill(self, _operands) -> None:
        scale = abs(self.states[-1][3])
        across, down = zip(*self.path[:4], strict=True) if len(self.path) >= 4 else ((0,), (0,))
        if max(across) - min(across) > 300 and 0.5 < (max(down) - min(down)) * scale < 0.9:
            self.leaf.rules.add(round(max(down) * scale / POINTS_A_MM, 2))
        self.path = []

    STEPS = {  # noqa: RUF012
        "BDC": begin,
        "BMC": begin,
        "EMC": end,
        "Tf": choose,
        "Tj": show,
        "TJ": show,
        "q": save,
        "Q": restore,
        "cm": move,
        "m": draw,
        "l": draw,
        "f": fill,
        "f*": fill,
    }


def _times(one: Matrix, two: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


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
