"""The tags of joined sheets: one document, with a part for each sheet.

Source: ISO 32000-1, 14.7 and 14.8.
"""

from collections.abc import Iterable, Sequence

from pikepdf import Array, Dictionary, Name, Object, Pdf, String


class Tags:
    """The structure tree of the whole, grown part by part."""

    def __init__(self, whole: Pdf, language: str) -> None:
        self._whole, self._language = whole, language
        self._document = whole.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Document, K=Array())
        )
        self._parents = Array()
        self._next = 0

    @staticmethod
    def make_names_unique(source: Pdf, number: int) -> None:
        """Mark what the cells of a part are called with its number, before it is copied.

        Two prints of one sheet give their cells the same names.
        """
        for element in source.objects:
            if isinstance(element, Dictionary) and element.get("/Type") == "/StructElem":
                if "/ID" in element:
                    element.ID = _numbered(number, element.ID)
                if "/A" in element and "/Headers" in element.A:
                    headers = [_numbered(number, each) for each in element.A.Headers]
                    element.A.Headers = Array(headers)

    def add(self, title: str, source: Pdf, pages: Sequence[Object]) -> None:
        """Take over the tags of a part whose pages lie in the whole already."""
        tree = self._whole.copy_foreign(source.Root.StructTreeRoot)
        for each in _numbered_objects(pages):
            for name in ("/StructParents", "/StructParent"):
                if name in each:
                    each[name] = int(each[name]) + self._next
        self._add_parents(tree.ParentTree.Nums)
        for part in tree.K:
            part.S, part.P, part.T = Name.Part, self._document, String(title)
            if (language := str(source.Root.Lang)) != self._language:
                part.Lang = String(language)
            self._document.K.append(part)

    def _add_parents(self, numbers: Object) -> None:
        pairs = list(numbers.as_list())
        keys = [int(key) + self._next for key in pairs[::2]]
        for key, elements in zip(keys, pairs[1::2], strict=True):
            self._parents.append(key)
            self._parents.append(elements)
        self._next = max(keys, default=self._next - 1) + 1

    def finish(self) -> None:
        """Give the whole its structure tree."""
        root = self._whole.make_indirect(
            Dictionary(
                Type=Name.StructTreeRoot,
                K=Array([self._document]),
                ParentTree=self._whole.make_indirect(Dictionary(Nums=self._parents)),
                ParentTreeNextKey=self._next,
            )
        )
        self._document.P = root
        self._whole.Root.StructTreeRoot = root
        self._whole.Root.MarkInfo = Dictionary(Marked=True)


def _numbered(number: int, name: Object) -> String:
    return String(f"{number}-{name}")


def _numbered_objects(pages: Sequence[Object]) -> Iterable[Object]:
    for page in pages:
        yield page
        yield from page.get("/Annots", ())
