"""What a printed sheet says letter by letter, where signs and letters do not match one to one.

Arabic joins its letters, Thai and Hebrew pile marks on them, an emoji may be five signs in one,
and a line that runs from right to left is drawn backwards. A reader or a screen reader would
give back pieces of it. So a piece of text like that carries its letters, in the order in which
they were typed, beside what is drawn. Only `clinic.pdf.layout` uses this.
"""

import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pydyf  # type: ignore[import-untyped]
import weasyprint.pdf
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from weasyprint.text.fonts import get_hb_object_data

#: Letters that are written from right to left, marks that sit on others, and signs that only join.
_BACKWARDS = frozenset({"R", "AL", "AN"})
_JOINED = frozenset({"Mn", "Mc", "Me", "Cf"})

#: What a piece of a letter says for itself: nothing.
_NOTHING = "\u200b"

#: One sign and its letters in the list that a font carries.
_SIGN = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>")


def needs_spelling(text: str) -> bool:
    """Tell whether what is drawn would not give its letters back in their order.

    >>> needs_spelling("Zoë Nguyễn"), needs_spelling("דנה"), needs_spelling("สมชาย ใจดี")
    (False, True, True)
    """
    return not text.isascii() and any(
        unicodedata.category(sign) in _JOINED or _runs_backwards(sign) for sign in text
    )


def _runs_backwards(sign: str) -> bool:
    return unicodedata.bidirectional(sign) in _BACKWARDS


def _is_read_as_drawn(text: str) -> bool:
    """Tell whether programs that copy a page's text take its spelling as it is meant.

    They turn round whatever holds a letter written from right to left, and some lose emoji.
    """
    return not any(_runs_backwards(sign) or sign > "\uffff" for sign in text)


class SpeltStream(weasyprint.pdf.Stream):  # type: ignore[misc]
    """The drawing of one page; `spelt` holds its difficult pieces of text by their number."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.spelt: dict[int, str] = {}

    @contextmanager
    def marked(self, box: Any, tag: str) -> Iterator[None]:
        """Mark what is drawn in between as one piece of the page, and keep what it says."""
        text = getattr(box, "text", "")
        with super().marked(box, tag):
            if needs_spelling(text):
                self.spelt[self._tags[box]["mcid"]] = text
                with self._saying(text):
                    yield
            else:
                yield

    @contextmanager
    def _saying(self, text: str) -> Iterator[None]:
        if not _is_read_as_drawn(text):
            yield
            return
        self.begin_marked_content("Span", pydyf.Dictionary({"ActualText": pydyf.String(text)}))
        yield
        self.end_marked_content()


def spell_out() -> None:
    """Have every page from here on note the pieces of text that need to be spelt out."""
    # WeasyPrint offers no other way to learn which piece of text is drawn where.
    weasyprint.pdf.Stream = SpeltStream


def add_spelling(pdf: Any) -> None:
    """Write the letters of every difficult piece of text beside it, for those who listen to it."""
    drawings = [item for item in pdf.objects if isinstance(item, SpeltStream)]
    spelt = {
        (page, number): text
        for page, drawing in zip(pdf.page_references, drawings, strict=True)
        for number, text in drawing.spelt.items()
    }
    for item in pdf.objects if spelt else ():
        if isinstance(item, pydyf.Dictionary) and item.get("S") == "/Span":
            text = spelt.get((item["Pg"], *item["K"]))
            if text:
                item["ActualText"] = pydyf.String(text)


def mend_letters(document: Any, pdf: Any) -> None:
    """Give every drawn sign a letter of its own, for readers that look no further.

    A letter and its marks are drawn as several signs, and WeasyPrint gives all of their letters
    to the last of them and none to the others; a sign without a letter is no PDF/UA. Of several
    letters that one sign stands for, readers turn the order round when they run backwards.
    """
    torn = {
        font.name: font
        for font in document.fonts.values()
        if any(_is_torn(text) for text in font.to_unicode.values())
    }
    for item in pdf.objects if torn else ():
        if isinstance(item, pydyf.Dictionary) and "ToUnicode" in item and item["BaseFont"] in torn:
            letters = pdf.objects[int(item["ToUnicode"].split()[0])]
            letters.stream = list(_mended(letters.stream, _letters(torn[item["BaseFont"]])))


def _letters(font: Any) -> Mapping[int, str]:
    """Give the letter of every sign that stands for one, by the sign's number in its font."""
    with TTFont(io.BytesIO(get_hb_object_data(font.hb_face)), lazy=True) as file:
        order = file.getReverseGlyphMap()
        return {order[name]: chr(code) for code, name in file.getBestCmap().items()}


def _mended(lines: list[bytes], letters: Mapping[int, str]) -> Iterator[bytes]:
    for line in lines:
        found = _SIGN.fullmatch(line)
        said = bytes.fromhex(found[2].decode()).decode("utf-16-be") if found else ""
        letter = _own_letter(said, letters.get(int(found[1], 16), "")) if found else ""
        yield _sign(found[1], letter) if found and letter else line


def _sign(number: bytes, letter: str) -> bytes:
    return b"<%b> <%b>" % (number, letter.encode("utf-16-be").hex().encode())


def _is_torn(said: str) -> bool:
    return not said or (len(said) > 1 and needs_spelling(said))


def _own_letter(said: str, letter: str) -> str:
    """Give the letter to write for a sign instead of what is said, "" to leave that as it is."""
    if not said:
        return letter or _NOTHING
    one_of_several = letter and (unicodedata.category(letter)[0] == "M" or _runs_backwards(letter))
    return letter if _is_torn(said) and one_of_several else ""
