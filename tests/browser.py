"""A browser without a screen: it opens pages, fills in their forms and sends them."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask import Flask
from lxml import etree
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests import markup

Values = Mapping[str, Any]


class Page:
    """One answer, with its HTML understood."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.body = response.get_data(as_text=True)
        response.close()

    @cached_property
    def tree(self) -> etree._Element:
        """The page as a browser understands it, for what is looked up in thousands of pages."""
        return markup.parsed(self.body)

    @cached_property
    def html(self) -> BeautifulSoup:
        """The same, to be asked with CSS selectors."""
        return BeautifulSoup(self.body, "lxml")

    @property
    def text(self) -> str:
        """Everything a person can read on the page, in one line."""
        main = self.tree.find(".//main")
        return markup.words(self.tree if main is None else main)

    @property
    def title(self) -> str:
        """What the tab says."""
        return self.tree.findtext(".//title", "")

    def errors(self) -> list[str]:
        """What the summary at the top asks to look at again."""
        summary = f"//*{markup.of_class('error-summary')}//li"
        return [markup.said(item) for item in self.tree.xpath(summary)]

    def link(self, text: str) -> str:
        """Where the link with this text leads."""
        links = self.tree.findall(".//a[@href]")
        for link in links:
            if markup.said(link) == text:
                return link.attrib["href"]
        raise AssertionError(f"no link {text!r} among {[markup.said(each) for each in links]}")

    def form(self) -> Tag:
        """The page's own form: the one in its main part that is posted."""
        form = self.html.select_one("main form[method=post]")
        assert form is not None, f"no form on {self.title!r}: {self.text[:200]}"
        return form

    def fields(self) -> etree._Element:
        """The same form, for what is looked up in thousands of forms."""
        found = self.tree.find(".//main//form[@method='post']")
        assert found is not None, f"no form on {self.title!r}: {self.text[:200]}"
        return found

    def values(self) -> MultiDict[str, str]:
        """What the form holds now, as a browser would send it."""
        return MultiDict(markup.form_values(self.fields()))


class Browser:
    """A person's browser: cookies stay, forms carry what the page put in them."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()

    def get(self, url: str) -> Page:
        """Open a page as it answers, redirects included."""
        return Page(self.client.get(url))

    def open(self, url: str) -> Page:
        """Open a page and follow where it leads."""
        return Page(self.client.get(url, follow_redirects=True))

    def submit(self, url: str, values: Values | None = None, *, follow: bool = True) -> Page:
        """Open a page, fill in its form and send it."""
        return self.send(url, self.open(url), values or {}, follow=follow)

    def send(self, url: str, page: Page, values: Values, *, follow: bool = True) -> Page:
        """Send the form of a page that is already open, with some of its values changed."""
        data = page.values()
        for name, value in values.items():
            assert name in data or name in page.fields().xpath(".//@name"), f"no field {name!r}"
            data.setlist(name, value if isinstance(value, list) else [str(value)])
        target = page.fields().get("action") or url
        return Page(self.client.post(target, data=data, follow_redirects=follow))

    def press(self, url: str, action: str) -> Page:
        """Press a button that is a form of its own, such as signing out."""
        page = self.open(url)
        form = page.tree.find(f'.//form[@action="{action}"]')
        assert form is not None, f"no button leads to {action}"
        data = MultiDict(markup.form_values(form))
        return Page(self.client.post(action, data=data, follow_redirects=True))

    def sign_in(self, email: str, password: str) -> "Browser":
        """Sign in, and give this browser back."""
        page = self.submit("/sign-in", {"email": email, "password": password})
        assert page.status == 200, page.errors()
        return self
