"""Joins printed sheets to one tagged PDF, inside a press.

What a sheet brings is kept: its tags, its bookmarks, its fields and its own page numbers. Only
what has to be unique in a file is renamed.
Source: ISO 32000-1, 12.3.3, 12.7.3 and 14.7; ISO 14289-1.
"""

import io
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Pdf, String

from clinic.pdf.join_fonts import Fonts
from clinic.pdf.join_forms import Forms
from clinic.pdf.join_tags import Tags

_XMP = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" \
xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\
<rdf:Description rdf:about="" pdfuaid:part="1" />\
<rdf:Description rdf:about=""><dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li>\
</rdf:Alt></dc:title></rdf:Description></rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def join(parts: Iterable[tuple[str, bytes]], title: str, language: str) -> bytes:
    """Return one PDF/UA-1 file of several, each given with its title; same parts, same bytes.

    Takes PDF printed here and nothing else. `language` is the language of the titles; a part
    keeps its own.
    """
    with ExitStack() as opened:
        whole = opened.enter_context(pikepdf.new())
        fonts, tags, bookmarks = Fonts(), Tags(whole, language), _Bookmarks(whole)
        forms = Forms(whole, fonts)
        for number, (name, pdf) in enumerate(parts, start=1):
            # Pages are copied only when the whole is written, so every part stays open.
            source = opened.enter_context(pikepdf.open(io.BytesIO(pdf)))
            first = len(whole.pages)
            tags.make_names_unique(source, number)
            whole.pages.extend(source.pages)
            pages = [page.obj for page in whole.pages[first:]]
            tags.add(name, source, pages)
            fonts.share_on(pages)
            forms.add(number, source)
            bookmarks.add(name, source, pages[0])
        tags.finish()
        forms.finish()
        bookmarks.finish()
        _introduce(whole, title, language)
        return _written(whole)


class _Bookmarks:
    """The bookmarks of the whole: one for each part, closed, with its own below."""

    def __init__(self, whole: Pdf) -> None:
        self._whole = whole
        self._items: list[Object] = []

    def add(self, title: str, source: Pdf, first: Object) -> None:
        below, inner = self._copied(source)
        if len(below) == 1 and str(below[0].Title) == title:
            # A sheet whose first heading is its title needs no second bookmark of that name.
            item = below[0]
            inner -= 1
        else:
            top = [first, Name.XYZ, 0, first.MediaBox[3], 0]
            item = self._whole.make_indirect(Dictionary(Title=String(title), Dest=Array(top)))
            _link(item, below)
        item.Count = -inner
        self._items.append(item)

    def _copied(self, source: Pdf) -> tuple[list[Object], int]:
        if "/Outlines" not in source.Root or "/First" not in source.Root.Outlines:
            return [], 0
        outlines = self._whole.copy_foreign(source.Root.Outlines)
        items = [outlines.First]
        while "/Next" in items[-1]:
            items.append(items[-1].Next)
        return items, int(outlines.Count)

    def finish(self) -> None:
        root = self._whole.make_indirect(Dictionary(Type=Name.Outlines, Count=len(self._items)))
        _link(root, self._items)
        self._whole.Root.Outlines = root


def _link(parent: Object, items: Sequence[Object]) -> None:
    if items:
        parent.First, parent.Last = items[0], items[-1]
    for item, before in zip(items, [None, *items], strict=False):
        item.Parent = parent
        if before is not None:
            item.Prev, before.Next = before, item


def _introduce(whole: Pdf, title: str, language: str) -> None:
    root, metadata = whole.Root, _XMP.format(title=escape(_one_line(title))).encode()
    root.Metadata = whole.make_stream(metadata, Type=Name.Metadata, Subtype=Name.XML)
    root.Lang = String(language)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    whole.docinfo.Title = String(_one_line(title))


def _one_line(title: str) -> str:
    # XML holds no control characters.
    return " ".join("".join(sign if sign >= " " else " " for sign in title).split())


def _written(whole: Pdf) -> bytes:
    target = io.BytesIO()
    whole.save(
        target,
        min_version="1.7",
        object_stream_mode=ObjectStreamMode.generate,
        deterministic_id=True,
    )
    return target.getvalue()
