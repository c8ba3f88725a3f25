"""Reading HTML quickly: the tree that `tests/browser.py` and the page checks look things up in.

It is the parser that Beautiful Soup uses below, without the objects it puts on top: most tests read
the words and the fields of a page and nothing else, and those objects took a tenth of the run.
"""

from collections.abc import Iterator

from lxml import etree

#: What a person can read: no scripts, no styles, no comments.
READABLE = etree.XPath(
    ".//text()[not(parent::script or parent::style or parent::template)]", smart_strings=False
)


def parsed(body: str) -> etree._Element:
    """Understand a page as a browser would; an empty one has no tags but the outermost."""
    parser = etree.HTMLParser(encoding="utf-8")
    root = etree.fromstring(body.encode(), parser) if body.strip() else None
    return etree.Element("html") if root is None else root


def words(element: etree._Element) -> str:
    """Give everything that can be read in an element, in one line."""
    return " ".join(" ".join(READABLE(element)).split())


def said(element: etree._Element) -> str:
    """Give what an element says, each of its texts without the blanks around it."""
    return " ".join(text for part in READABLE(element) if (text := part.strip()))


def of_class(name: str) -> str:
    """Give the condition, in XPath, that an element has this class."""
    return f"[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"


def form_values(form: etree._Element) -> Iterator[tuple[str, str]]:
    """Give what a form holds, as a browser would send it."""
    for field in form.iterfind(".//input[@name]"):
        kind = field.get("type", "text")
        if kind in {"radio", "checkbox"} and "checked" not in field.attrib:
            continue
        if kind != "submit":
            yield field.attrib["name"], field.get("value", "")
    for field in form.iterfind(".//textarea[@name]"):
        # A browser drops the first line break that a textarea begins with.
        yield field.attrib["name"], "".join(field.itertext()).removeprefix("\n")
    for field in form.iterfind(".//select[@name]"):
        chosen = field.find(".//option[@selected]")
        chosen = field.find(".//option") if chosen is None else chosen
        yield field.attrib["name"], "" if chosen is None else chosen.attrib["value"]
