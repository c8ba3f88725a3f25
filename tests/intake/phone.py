"""A phone: it opens a link, comes in, and answers with its fingers."""

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Locator
from playwright.sync_api import Page as Tab

from clinic.domain.answers import AnswerState, Given
from tests.intake.people import PIN

SIZE = {"width": 390, "height": 844}
CONFIRM = "Yes, these are my initials"


def phone(screen: Chromium, **options: Any) -> BrowserContext:
    """Give a browser of its own."""
    context = screen.new_context(viewport=SIZE, has_touch=True, reduced_motion="reduce", **options)
    context.set_default_timeout(10_000)
    return context


def come_in(tab: Tab, address: str, link: str, pin: str = PIN) -> None:
    """Open the link and give the PIN, chosen now or before."""
    tab.goto(address + link)
    go_on(tab, "Continue")
    if tab.get_by_role("button", name=CONFIRM).count():
        go_on(tab, CONFIRM)
    for field in tab.locator("[name=pin], [name=again]").all():
        field.fill(pin)
    go_on(tab, "Continue")
    tab.wait_for_url("**/form/**")


def sign_all(tab: Tab, name: str) -> None:
    """Sign the three texts."""
    while tab.locator("[name=typed_name]").count():
        tab.locator("[name=typed_name]").fill(name)
        go_on(tab, "Sign and continue")


def go_on(tab: Tab, button: str = "Save and continue") -> None:
    """Press a button and wait for the page it leads to."""
    with tab.expect_navigation():
        tab.get_by_role("button", name=button, exact=True).click()


def fields(tab: Tab, item: str) -> Locator:
    return tab.locator(f'main [name="{item}"]')


def type_in(tab: Tab, item: str, text: str) -> None:
    """Type letter by letter, as a person does."""
    fields(tab, item).press_sequentially(text)


def answer(tab: Tab, item: str, given: Given) -> None:
    """Answer one item: write, or tap what is chosen."""
    found = fields(tab, item)
    if given.state is AnswerState.DECLINED:
        fields(tab, f"{item}--declined").check()
    elif found.first.get_attribute("type") in {"radio", "checkbox"}:
        for value in given.values:
            tab.locator(f'main [name="{item}"][value="{value}"]').check(force=True)
    else:
        found.fill(given.value)


def answer_page(tab: Tab, answers: Mapping[str, Given]) -> None:
    """Answer what the open page asks."""
    for item, given in answers.items():
        if fields(tab, item).count():
            answer(tab, item, given)


def wait_until_saved(tab: Tab) -> str:
    """Wait for the words that say so, and give them."""
    status = tab.locator("[data-save-status][data-state=saved]")
    status.wait_for()
    return status.inner_text()


def shows(tab: Tab) -> str:
    """Read what a person can see, and what is in the fields."""
    seen = tab.evaluate(
        "() => document.documentElement.innerText + [...document.querySelectorAll("
        "'input, textarea')].map(each => each.value + each.defaultValue).join()"
    )
    return str(seen)
