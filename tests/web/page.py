"""What holds of every page: strict HTML, one heading, unique ids, names and labels."""

import re

import html5lib
from bs4 import Tag

from tests.browser import Page

#: What cannot break a page: text between tags and in quotes, without a sign that HTML reads.
PLAIN = re.compile(r'(?<=>)[^<>&]+(?=<)|(?<==")[^"<>&]*(?=")')
KNOWN: set[int] = set()
#: Names of partners in the cast: none may be in a title, which tabs and histories show.
PARTNERS = ("Mara", "Jonas", "Robin", "Sam", "Kai", "Jo ")


def check_page(page: Page) -> None:
    """Check what every page owes whoever reads, hears or prints it."""
    check_syntax(page.body)
    check_title(page)
    ids = [tag["id"] for tag in page.html.select("[id]")]
    assert len(ids) == len(set(ids)), f"ids are unique: {sorted(ids)}"
    check_names(page)
    check_nothing_inline(page)


def check_syntax(body: str) -> None:
    """Parse it strictly. Where the same tags stood in this order before, there is nothing new."""
    skeleton = hash(PLAIN.sub("", body))
    if skeleton not in KNOWN:
        html5lib.HTMLParser(strict=True).parse(body)
        KNOWN.add(skeleton)


def check_title(page: Page) -> None:
    headings = page.html.select("h1")
    assert len(headings) == 1, f"a page has one h1: {headings}"
    assert headings[0].get_text(strip=True) in page.title, "the title names the page"
    assert not [name for name in PARTNERS if name in page.title], f"{page.title!r} names nobody"


def check_names(page: Page) -> None:
    for field in page.html.select("input:not([type=hidden]), select, textarea"):
        assert field.get("id"), f"{field} has an id"
        assert page.html.select(f"label[for='{field['id']}']"), f"{field} has a label"
    for group in page.html.select("fieldset"):
        legend = group.find("legend", recursive=False)
        assert legend, f"{group} has a legend"
        assert legend.get_text(strip=True), f"{group} says what it asks"
    for picture in page.html.select("img, svg"):
        assert is_named(page, picture), f"{picture} is named or hidden"
    for link in page.html.select("a[href], button"):
        assert link.get_text(strip=True), f"{link} has a text"


def is_named(page: Page, picture: Tag) -> bool:
    """Tell whether a picture has a name, or says that it is only decoration."""
    hidden = picture.find_parent(attrs={"aria-hidden": "true"})
    if hidden or picture.get("aria-hidden") == "true" or picture.get("alt") is not None:
        return True
    named = str(picture.get("aria-labelledby", "")).split()
    return bool(named) and all(page.html.find(id=name) for name in named)


def check_nothing_inline(page: Page) -> None:
    assert not page.html.select("style, [style], script:not([src])"), "no inline style or script"
    for tag in page.html.find_all(name=True):
        assert not [name for name in tag.attrs if name.startswith("on")], f"{tag} has no handler"


def check_refused(page: Page) -> None:
    """Check a page that shows a form again: told at the top, at the field, and in the title."""
    check_page(page)
    assert page.status == 422, page.title
    assert page.title.startswith("Error:")
    links = page.html.select(".error-summary li a")
    assert len(links) == len(page.errors()) > 0, f"every error leads to its field: {page.errors()}"
    for link in links:
        field = page.html.find(id=str(link["href"])[1:])
        assert field is not None, f"{link} leads somewhere"
        frame = field.find_parent(attrs={"data-field": True})
        assert frame is not None, f"{field} has a frame"
        assert frame.select_one(".field__error"), f"{link} is also said at its field"
