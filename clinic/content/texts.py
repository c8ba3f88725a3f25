"""Finds the words in content files and in code, for the file that translators start from.

Babel itself finds those of templates, and would miss calls inside calls; `script/texts` brings all
together.
"""

import ast
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, BinaryIO

Found = tuple[int, str, str, list[str]]

#: What names something for the code, and is not said to anybody.
NAMES = re.compile(r"[a-z0-9]+([-_./:][a-z0-9*]+)*|[A-Z]{1,3}[0-9]{1,2}|[A-Z]|[\W\d_]+")
#: Words that look like names and are said all the same.
WORDS = frozenset({"scale"})
#: About a file, and never on a page; further inside, such as a measure's licence, they are.
ABOUT = frozenset({"licence", "source", "sources", "source_url", "language", "reviewed", "note"})


def content(
    file: BinaryIO, _keywords: Sequence[str], _tags: Sequence[str], options: Mapping[str, Any]
) -> Iterator[Found]:
    """Find every text of a content file; names and notes about the file are left out."""
    for key, value in tomllib.load(file).items():
        if key not in ABOUT:
            for text in _texts(key, value):
                yield 0, "gettext", text, []


def _texts(key: str, value: Any) -> Iterator[str]:
    if isinstance(value, str) and value and (key in WORDS or not NAMES.fullmatch(value)):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _texts(key, each)
    elif isinstance(value, dict):
        for inner, each in value.items():
            yield from _texts(inner, each)


def tables(
    file: BinaryIO, _keywords: Sequence[str], _tags: Sequence[str], options: Mapping[str, Any]
) -> Iterator[Found]:
    """Find every text in the lists of words of a module, its docstrings left out."""
    for node in ast.parse(file.read()).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            for each in ast.walk(node.value):
                if isinstance(each, ast.Constant) and isinstance(each.value, str) and each.value:
                    yield each.lineno, "gettext", each.value, []


def calls(
    file: BinaryIO, keywords: Collection[str], _tags: Sequence[str], options: Mapping[str, Any]
) -> Iterator[tuple[int, str, tuple[str | None, ...], list[str]]]:
    """Find the texts in calls such as `mark("…")`, also in those that stand inside another."""
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call) and (name := _name(node.func)) in keywords:
            yield node.lineno, name, tuple(map(_text, node.args)), []


def _name(called: ast.expr) -> str:
    if isinstance(called, ast.Attribute):
        return called.attr
    return called.id if isinstance(called, ast.Name) else ""


def _text(argument: ast.expr) -> str | None:
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument.value or None
    return None
