"""Keys in a real browser: they lead where links lead, and rest while somebody types."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from clinic.models.store import Store
from tests import factories as made
from tests.cast import Person
from tests.journeys import looking
from tests.journeys.desk import Desk, at_desk

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
WIDTHS = (390, 820, 1280)


@pytest.fixture
def desk(app: Flask, store: Store, screen: Chromium, ines: Person) -> Iterator[Desk]:
    with made.at_work(store, ines) as db:
        made.fill_case(db, made.case_of(db, ines))
    with at_desk(app, screen, ines) as desk:
        yield desk
        assert desk.complaints == []


def press(tab: Tab, *keys: str) -> None:
    for key in keys:
        tab.keyboard.press(key)


def test_g_and_a_letter_lead_to_every_step(desk: Desk) -> None:
    tab = desk.tab()
    steps = tab.locator("nav.steps ol a").evaluate_all("links => links.map(link => link.pathname)")
    letters = tab.locator("#palette a[data-go]")
    led = dict(letters.evaluate_all("links => links.map(a => [a.dataset.go, a.pathname])"))
    assert set(steps) <= set(led.values()), "every step has its letter"
    assert len(led) == letters.count(), "and no letter leads to two"
    for letter, path in led.items():
        press(tab, "g")
        with tab.expect_navigation():
            press(tab, letter)
        assert tab.url == desk.address + path
        if not tab.locator("nav.steps").count():
            tab.goto(desk.address + desk.case)


def test_the_list_of_keys_opens_closes_and_gives_the_focus_back(desk: Desk) -> None:
    tab = desk.tab("/goals")
    link = tab.locator("nav.steps ol a").nth(2)
    link.focus()
    press(tab, "?")
    window = tab.get_by_role("dialog", name="Keys")
    expect(window).to_be_visible()
    expect(window).to_contain_text("Show to the room")
    press(tab, "Escape")
    expect(window).to_be_hidden()
    expect(link).to_be_focused()


def test_the_list_of_places_filters_and_leads(desk: Desk) -> None:
    for keys in (("/",), ("Control+k",)):
        tab = desk.tab("/goals")
        press(tab, *keys)
        window = tab.get_by_role("dialog", name="Go to")
        words = window.get_by_label("Part of its name")
        expect(words).to_be_focused()
        every = window.get_by_role("link").count()
        words.fill("zzz")
        expect(window.get_by_role("status")).to_have_text("Nothing is called like this")
        words.fill("BEHAV")
        assert 0 < window.get_by_role("link").count() < every
        press(tab, "ArrowDown")
        expect(window.get_by_role("link").first).to_be_focused()
        press(tab, "ArrowUp")
        with tab.expect_navigation():
            press(tab, "Enter")
        assert desk.at(tab) == "/behaviours/new"
        tab.close()


def test_keys_rest_while_somebody_types(desk: Desk) -> None:
    tab = desk.tab("/issue/explanations/new")
    field = tab.locator("textarea").first
    field.focus()
    field.press_sequentially("g i ? / j e")
    press(tab, "Control+k")
    assert desk.at(tab) == "/issue/explanations/new"
    expect(field).to_have_value("g i ? / j e")
    assert tab.locator("dialog[open]").count() == 0
    tab.locator("select").first.focus()
    press(tab, "j")
    assert desk.at(tab) == "/issue/explanations/new"


def test_a_held_key_and_keys_of_the_browser_do_nothing(desk: Desk) -> None:
    tab = desk.tab("/goals")
    press(tab, "Alt+j", "Control+j", "Shift+g", "x", "g", "x", "Control+Shift+k")
    assert (desk.at(tab), tab.locator("dialog[open]").count()) == ("/goals", 0)


def test_e_is_for_evidence_from_any_page(desk: Desk) -> None:
    for path in ("", "/goals", "/appointments"):
        tab = desk.tab(path)
        press(tab, "e")
        expect(tab.get_by_label("What was seen or heard")).to_be_visible()
        tab.close()


def test_single_keys_can_be_turned_off_and_on(desk: Desk) -> None:
    tab = desk.tab("/goals")
    press(tab, "?")
    with tab.expect_navigation():
        tab.get_by_role("button", name="Turn single keys off").press("Enter")
    assert desk.at(tab) == "/goals"
    press(tab, "?", "/", "g", "i", "j")
    assert (desk.at(tab), tab.locator("dialog[open]").count()) == ("/goals", 0)
    press(tab, "Control+k", "Escape")
    tab.get_by_role("button", name="Keys").press("Enter")
    with tab.expect_navigation():
        tab.get_by_role("button", name="Turn single keys on").press("Enter")
    press(tab, "g")
    with tab.expect_navigation():
        press(tab, "i")
    assert desk.at(tab) == "/issue"


def test_every_window_is_fit_for_everyone(desk: Desk) -> None:
    tab = desk.tab("/goals")
    found = []
    for key in ("?", "/"):
        press(tab, key)
        for width in WIDTHS:
            for scheme in ("light", "dark"):
                looking.size(tab, width, scheme)
                assert looking.sideways(tab) <= 0, width
                found += looking.axe_findings(tab)
            found += looking.too_small(tab)
        press(tab, "Escape")
    assert found == []
