"""Finds the words in content files and in lists of words, for the file that translators start from.

Templates and sentences in code are found by Babel itself; `script/texts` brings all together.
"""

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

Found = tuple[int, str, str, list[str]]

#: What names something for the code, and is not said to anybody.
NAMES = re.compile(r"[a-z0-9]+([-_./:][a-z0-9*]+)*|[A-Z]{1,3}[0-9]{1,2}|[A-Z]|[\W\d_]+")
#: About a file, and never on a page.
ABOUT = frozenset({"licence", "source", "sources", "source_url", "language", "reviewed", "note"})


def content(
    file: BinaryIO, _keywords: Sequence[str], _tags: Sequence[str], options: Mapping[str, Any]
) -> Iterator[Found]:
    """Find every text of a content file; names and notes about the file are left out."""
    for text in _texts(tomllib.load(file)):
        yield 0, "gettext", text, []


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value and not NAMES.fullmatch(value):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key not in ABOUT:
                yield from _texts(each)


def tables(
    file: BinaryIO, _keywords: Sequence[str], _tags: Sequence[str], options: Mapping[str, Any]
) -> Iterator[Found]:
    """Find every text in the lists of words of a module, its docstrings left out."""
    for node in ast.parse(file.read()).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            for each in ast.walk(node.value):
                if isinstance(each, ast.Constant) and isinstance(each.value, str) and each.value:
                    yield each.lineno, "gettext", each.value, []
