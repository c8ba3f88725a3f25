"""The hands of a therapist: they read labels, fill in forms and press buttons.

The same story can be told with `FormHands`, which send forms to the app directly, and with
`KeyboardHands`, which type into a real browser.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from flask import Flask
from lxml import etree
from playwright.sync_api import Locator
from playwright.sync_api import Page as Tab
from werkzeug.datastructures import MultiDict

from tests.browser import Browser, Page
from tests.journeys.controls import Answer, acts, said

Answers = Mapping[str, Answer]


class Hands(Protocol):
    """What a therapist does with pages."""

    def open(self, path: str) -> None:
        """Go to an address."""

    def follow(self, link: str) -> None:
        """Press the link with this text."""

    def fill(self, answers: Answers) -> None:
        """Answer questions of the open page, by their words."""

    def press(self, button: str) -> None:
        """Press the button with this text, and wait for the page it leads to."""

    def print(self, button: str) -> bytes:
        """Press the button with this text, and take the PDF it gives."""

    def html(self) -> BeautifulSoup:
        """Look at the page that is open."""

    def address(self) -> str:
        """Read the path in the address bar."""


def text(hands: Hands) -> str:
    """Read the main part of the open page, in one line."""
    main = hands.html().select_one("main")
    assert main is not None
    return " ".join(main.get_text(" ").split())


def problems(hands: Hands) -> list[str]:
    """Read what the summary at the top asks to look at again."""
    return [item.get_text(" ", strip=True) for item in hands.html().select(".error-summary li")]


class _OpenPage(Page):
    """A page whose form may also be one that only asks, such as printing."""

    def form(self) -> Tag:
        form = self.html.select_one("main form")
        assert form is not None, f"no form on {self.title!r}: {self.text[:200]}"
        return form

    def fields(self) -> etree._Element:
        form = self.tree.find(".//main//form")
        assert form is not None, f"no form on {self.title!r}: {self.text[:200]}"
        return form


class FormHands:
    """Hands that send forms as a browser would, without a screen."""

    def __init__(self, app: Flask) -> None:
        self.client = Browser(app).client
        self.typed: dict[str, list[str]] = {}

    def open(self, path: str) -> None:
        self._show("GET", path)

    def follow(self, link: str) -> None:
        self.open(urljoin(self.path, self.page.link(link)))

    def fill(self, answers: Answers) -> None:
        for question, answer in answers.items():
            found = acts(self.page.html, question, answer)
            self.typed[found[0].name] = [act.value for act in found if act.on]

    def press(self, button: str) -> None:
        form = self.page.form()
        self._show(
            str(form["method"]).upper(), str(form.get("action") or self.path), self._sent(button)
        )

    def print(self, button: str) -> bytes:
        target = str(self.page.form()["action"])
        sent = self._sent(button)
        with self.client.post(target, data=sent, follow_redirects=True) as response:
            assert response.mimetype == "application/pdf", response.get_data(as_text=True)
            self.typed = {}
            return response.get_data()

    def html(self) -> BeautifulSoup:
        return self.page.html

    def address(self) -> str:
        return self.path

    def _sent(self, text: str) -> MultiDict[str, str]:
        buttons = {said(each): each for each in self.page.form().select("button")}
        assert text in buttons, f"no button {text!r} among {list(buttons)}"
        data = self.page.values()
        for name, values in self.typed.items():
            data.setlist(name, values)
        if "name" in buttons[text].attrs:
            data.add(str(buttons[text]["name"]), str(buttons[text]["value"]))
        return data

    def _show(self, method: str, path: str, data: MultiDict[str, str] | None = None) -> None:
        response = self.client.open(path, method=method, data=data, follow_redirects=True)
        self.path = response.request.path
        self.page = _OpenPage(response)
        assert self.page.status in {200, 422}, f"{self.page.status} {path}: {self.page.text}"
        self.typed = {}


class KeyboardHands:
    """Hands on the keyboard of a real browser; the mouse only opens links and folded parts."""

    def __init__(self, tab: Tab, address: str) -> None:
        self.tab = tab
        self.base = address

    def open(self, path: str) -> None:
        self.tab.goto(self.base + path)

    def follow(self, link: str) -> None:
        self.tab.get_by_role("link", name=link, exact=True).first.click()
        self.tab.wait_for_load_state()

    def fill(self, answers: Answers) -> None:
        page = self.html()
        for question, answer in answers.items():
            for act in acts(page, question, answer):
                field = self.tab.locator(f'[id="{act.id}"]')
                self._unfold(field)
                if act.kind == "text":
                    field.fill(act.value)
                elif act.kind == "list":
                    field.select_option(act.value)
                elif field.is_checked() != act.on:
                    field.press("Space")

    def press(self, button: str) -> None:
        with self.tab.expect_navigation():
            self.tab.get_by_role("button", name=button, exact=True).first.press("Enter")

    def print(self, button: str) -> bytes:
        with self.tab.expect_download() as coming:
            self.tab.get_by_role("button", name=button, exact=True).press("Enter")
        return Path(coming.value.path()).read_bytes()

    def html(self) -> BeautifulSoup:
        return BeautifulSoup(self.tab.content(), "lxml")

    def address(self) -> str:
        return self.tab.url.removeprefix(self.base)

    def _unfold(self, field: Locator) -> None:
        folded = field.locator("xpath=ancestor::details[not(@open)]/summary")
        for _ in range(folded.count()):
            folded.first.click()
