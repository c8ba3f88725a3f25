"""A browser without a screen: it opens pages, fills in their forms and sends them."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

Values = Mapping[str, Any]


class Page:
    """One answer, with its HTML understood."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.body = response.get_data(as_text=True)
        response.close()

    @cached_property
    def html(self) -> BeautifulSoup:
        """The page as a browser understands it."""
        return BeautifulSoup(self.body, "lxml")

    @property
    def text(self) -> str:
        """Everything a person can read on the page, in one line."""
        main = self.html.select_one("main") or self.html
        return " ".join(main.get_text(" ").split())

    @property
    def title(self) -> str:
        """What the tab says."""
        return str(self.html.title.get_text()) if self.html.title else ""

    def errors(self) -> list[str]:
        """What the summary at the top asks to look at again."""
        return [item.get_text(" ", strip=True) for item in self.html.select(".error-summary li")]

    def link(self, text: str) -> str:
        """Where the link with this text leads."""
        for link in self.html.select("a[href]"):
            if link.get_text(" ", strip=True) == text:
                return str(link["href"])
        raise AssertionError(f"no link {text!r} among {[a.get_text() for a in self.html('a')]}")

    def form(self) -> Tag:
        """The page's own form: the one in its main part that is posted."""
        form = self.html.select_one("main form[method=post]")
        assert form is not None, f"no form on {self.title!r}: {self.text[:200]}"
        return form

    def values(self) -> MultiDict[str, str]:
        """What the form holds now, as a browser would send it."""
        return MultiDict(form_values(self.form()))


def form_values(form: Tag) -> Iterator[tuple[str, str]]:
    """Give what a form holds, as a browser would send it."""
    for field in form.select("input[name]"):
        kind = field.get("type", "text")
        if kind in {"radio", "checkbox"} and not field.has_attr("checked"):
            continue
        if kind != "submit":
            yield str(field["name"]), str(field.get("value", ""))
    for field in form.select("textarea[name]"):
        # A browser drops the first line break that a textarea begins with.
        yield str(field["name"]), field.get_text().removeprefix("\n")
    for field in form.select("select[name]"):
        chosen = field.select_one("option[selected]") or field.select_one("option")
        yield str(field["name"]), str(chosen["value"]) if chosen else ""


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
            assert name in data or page.form().select(f'[name="{name}"]'), f"no field {name!r}"
            data.setlist(name, value if isinstance(value, list) else [str(value)])
        target = str(page.form().get("action") or url)
        return Page(self.client.post(target, data=data, follow_redirects=follow))

    def press(self, url: str, action: str) -> Page:
        """Press a button that is a form of its own, such as signing out."""
        page = self.open(url)
        form = page.html.select_one(f'form[action="{action}"]')
        assert form is not None, f"no button leads to {action}"
        data = MultiDict(form_values(form))
        return Page(self.client.post(action, data=data, follow_redirects=True))

    def sign_in(self, email: str, password: str) -> "Browser":
        """Sign in, and give this browser back."""
        page = self.submit("/sign-in", {"email": email, "password": password})
        assert page.status == 200, page.errors()
        return self
