"""What holds of every page: strict HTML, one heading, unique ids, names and labels."""

import re

import html5lib
from lxml import etree

from tests.browser import Page
from tests.markup import of_class, said

#: What cannot break a page: text between tags and in quotes, without a sign that HTML reads.
PLAIN = re.compile(r'(?<=>)[^<>&]+(?=<)|(?<==")[^"<>&]*(?=")')
KNOWN: set[int] = set()
#: Everything that is filled in or chosen.
FIELDS = "//input[not(@type='hidden')] | //select | //textarea"
#: Names of partners in the cast: none may be in a title, which tabs and histories show.
PARTNERS = ("Mara", "Jonas", "Robin", "Sam", "Kai", "Jo ")


def check_page(page: Page) -> None:
    """Check what every page owes whoever reads, hears or prints it."""
    check_syntax(page.body)
    check_title(page)
    ids = page.tree.xpath("//@id")
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
    headings = [said(each) for each in page.tree.iter("h1")]
    assert len(headings) == 1, f"a page has one h1: {headings}"
    assert headings[0] in page.title, "the title names the page"
    assert not [name for name in PARTNERS if name in page.title], f"{page.title!r} names nobody"


def check_names(page: Page) -> None:
    labelled = set(page.tree.xpath("//label/@for"))
    for field in page.tree.xpath(FIELDS):
        assert field.get("id"), f"{shown(field)} has an id"
        assert field.get("id") in labelled, f"{shown(field)} has a label"
    for group in page.tree.iter("fieldset"):
        legend = group.find("legend")
        assert legend is not None, f"{shown(group)} has a legend"
        assert said(legend), f"{shown(group)} says what it asks"
    for picture in page.tree.iter("img", "svg"):
        assert is_named(page, picture), f"{shown(picture)} is named or hidden"
    for link in page.tree.xpath("//a[@href] | //button"):
        assert said(link), f"{shown(link)} has a text"


def shown(element: etree._Element) -> str:
    """Show an element to whoever reads why a test failed."""
    return etree.tostring(element, encoding="unicode", with_tail=False)


def is_named(page: Page, picture: etree._Element) -> bool:
    """Tell whether a picture has a name, or says that it is only decoration."""
    around = (picture, *picture.iterancestors())
    if picture.get("alt") is not None or any(each.get("aria-hidden") == "true" for each in around):
        return True
    named = picture.get("aria-labelledby", "").split()
    return bool(named) and set(named) <= set(page.tree.xpath("//@id"))


def check_nothing_inline(page: Page) -> None:
    inline = page.tree.xpath("//style | //*[@style] | //script[not(@src)]")
    assert not inline, "no inline style or script"
    handlers = page.tree.xpath("//*[@*[starts-with(name(), 'on')]]")
    assert not handlers, f"{[shown(each) for each in handlers]} have no handler"


def check_refused(page: Page) -> None:
    """Check a page that shows a form again: told at the top, at the field, and in the title."""
    check_page(page)
    assert page.status == 422, page.title
    assert page.title.startswith("Error:")
    links = page.tree.xpath(f"//*{of_class('error-summary')}//li//a")
    assert len(links) == len(page.errors()) > 0, f"every error leads to its field: {page.errors()}"
    for link in links:
        field = page.tree.find(f".//*[@id='{link.get('href')[1:]}']")
        assert field is not None, f"{shown(link)} leads somewhere"
        frames = field.xpath("ancestor::*[@data-field][1]")
        assert frames, f"{shown(field)} has a frame"
        error = frames[0].xpath(f".//*{of_class('field__error')}")
        assert error, f"{shown(link)} is also said at its field"
