"""The fonts of joined sheets: a file that several parts bring is kept once."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from pikepdf import Array, Dictionary, Object

_FILES = ("/FontFile", "/FontFile2", "/FontFile3", "/CIDSet")


class Fonts:
    """The files of all fonts so far, by what they hold."""

    def __init__(self) -> None:
        self._files: dict[bytes, Object] = {}

    def share_on(self, pages: Sequence[Object]) -> None:
        """Let what pages are written in use the files that are known already."""
        # The pages of one sheet all name the same fonts.
        for resources in {page.Resources.objgen: page.Resources for page in pages}.values():
            self.share(resources.get("/Font", Dictionary()).values())

    def share(self, fonts: Iterable[Object]) -> None:
        """Let these fonts use the files that are known already."""
        for font in fonts:
            for holder, name in _places(font):
                held = hashlib.sha256(holder[name].read_raw_bytes()).digest()
                holder[name] = self._files.setdefault(held, holder[name])


def drawn_with(font: Object) -> tuple[tuple[int, int], ...]:
    """Tell fonts apart: two that use the same shared files are one."""
    return tuple(holder[name].objgen for holder, name in _places(font))


def _places(font: Object) -> Iterator[tuple[Object, str]]:
    if "/ToUnicode" in font:
        yield font, "/ToUnicode"
    for each in font.get("/DescendantFonts", Array([font])):
        if "/FontDescriptor" in each:
            files = each.FontDescriptor
            yield from ((files, name) for name in _FILES if name in files)
