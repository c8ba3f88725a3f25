"""Typing on a phone while the network, a reply or the whole server is lost (R1, R6)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Dialog, Route
from playwright.sync_api import Page as Tab
from sqlalchemy import func, select

from clinic.models.questionnaires import Answer
from clinic.models.store import Store
from config import Settings
from tests.browser import Browser
from tests.cast import Person
from tests.intake import people, phone
from tests.mail import free_port
from tests.server import gunicorn, kill

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
PAGE = "/form/page/reasons"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def link(browser: Browser, ines: Person) -> str:
    return people.invite(browser, ines)


@pytest.fixture
def context(screen: Chromium) -> Iterator[BrowserContext]:
    with phone.phone(screen) as context:
        yield context


@pytest.fixture
def tab(context: BrowserContext, address: str, link: str) -> Tab:
    """Mara's phone, with the page on what brings her open."""
    tab = context.new_page()
    begin(tab, address, link)
    return tab


def begin(tab: Tab, address: str, link: str) -> None:
    phone.come_in(tab, address, link)
    phone.sign_all(tab, "Mara")
    tab.goto(address + PAGE)


def status(tab: Tab) -> str:
    return tab.locator("[data-save-status]").inner_text()


def wait_for_trouble(tab: Tab) -> None:
    tab.locator("[data-save-status][data-state=waiting]").wait_for()
    assert status(tab).startswith("Not saved, trying again")


def on_another_device(screen: Chromium, address: str, link: str, item: str) -> str:
    """Come in elsewhere with the PIN, and read what is there."""
    with phone.phone(screen) as context:
        tab = context.new_page()
        phone.come_in(tab, address, link)
        tab.goto(address + PAGE)
        return phone.fields(tab, item).input_value()


def count(store: Store) -> int:
    with store.session(writes=False) as db, db.as_system():
        return db.scalar(select(func.count()).select_from(Answer)) or 0


def test_what_is_typed_while_the_network_is_away_twice_is_saved_when_it_is_back(
    tab: Tab, context: BrowserContext, screen: Chromium, address: str, link: str
) -> None:
    phone.type_in(tab, "brings", "We moved")
    phone.wait_until_saved(tab)
    for words in (" in winter", ", and it got silent"):
        context.set_offline(True)
        phone.type_in(tab, "brings", words)
        wait_for_trouble(tab)
        context.set_offline(False)
        assert phone.wait_until_saved(tab).startswith("Saved ")
    found = on_another_device(screen, address, link, "brings")
    assert found == "We moved in winter, and it got silent"


def test_the_button_waits_for_the_network_and_then_goes_on(
    tab: Tab, context: BrowserContext, screen: Chromium, address: str, link: str
) -> None:
    context.set_offline(True)
    phone.type_in(tab, "tried", "A weekend away")
    tab.get_by_role("button", name="Save and continue").click()
    wait_for_trouble(tab)
    assert phone.fields(tab, "tried").input_value() == "A weekend away"
    context.set_offline(False)
    tab.wait_for_url("**/form/page/standing")
    assert on_another_device(screen, address, link, "tried") == "A weekend away"


def test_a_reply_that_is_lost_after_the_commit_leaves_one_answer(
    tab: Tab, store: Store, screen: Chromium, address: str, link: str
) -> None:
    lost = []

    def lose(route: Route) -> None:
        if len(lost) < 2:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    tab.route("**/form/save", lose)
    phone.type_in(tab, "brings", "The move")
    phone.type_in(tab, "brings", " and the winter")
    tab.locator("[data-save-status][data-state=saved]").wait_for(timeout=15_000)
    assert lost == [200, 200]
    assert count(store) == 1
    assert on_another_device(screen, address, link, "brings") == "The move and the winter"


def test_taking_words_back_after_a_lost_reply_is_saved_by_the_button(tab: Tab) -> None:
    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    tab.route("**/form/save", lose, times=1)
    phone.type_in(tab, "brings", "A mistake")
    wait_for_trouble(tab)
    phone.fields(tab, "brings").fill("")
    phone.go_on(tab)
    tab.go_back()
    assert phone.fields(tab, "brings").input_value() == ""


def test_leaving_with_unsaved_words_is_warned_about_and_only_then(
    tab: Tab, context: BrowserContext, address: str
) -> None:
    warned: list[str] = []

    def stay(dialog: Dialog) -> None:
        warned.append(dialog.type)
        dialog.dismiss()

    tab.on("dialog", stay)
    context.set_offline(True)
    phone.type_in(tab, "brings", "The move")
    wait_for_trouble(tab)
    tab.close(run_before_unload=True)
    tab.wait_for_timeout(300)
    assert warned == ["beforeunload"]
    context.set_offline(False)
    phone.wait_until_saved(tab)
    tab.goto(f"{address}/form")
    assert warned == ["beforeunload"]


def test_a_reload_goes_on_where_it_stopped_and_the_browser_itself_keeps_nothing(
    tab: Tab, address: str
) -> None:
    phone.type_in(tab, "brings", "The move")
    phone.wait_until_saved(tab)
    tab.reload()
    assert phone.fields(tab, "brings").input_value() == "The move"
    kept = tab.evaluate(
        "async () => [localStorage.length, sessionStorage.length,"
        " (await indexedDB.databases()).length, (await caches.keys()).length,"
        " document.cookie.length]"
    )
    assert kept == [0, 0, 0, 0, 0]


def test_a_page_nobody_touches_saves_what_is_typed_and_locks_itself(
    context: BrowserContext, address: str, link: str, screen: Chromium
) -> None:
    tab = context.new_page()
    tab.clock.install()
    begin(tab, address, link)
    context.set_offline(True)
    phone.type_in(tab, "brings", "The move")
    tab.clock.fast_forward(16 * 60_000)
    tab.locator("body.is-locked").wait_for()
    assert not phone.fields(tab, "brings").is_visible()
    context.set_offline(False)
    tab.clock.fast_forward(60_000)
    tab.wait_for_url("**/locked")
    assert on_another_device(screen, address, link, "brings") == "The move"


def test_leaving_hides_the_page_saves_what_is_typed_and_closes_the_form(
    tab: Tab, address: str, link: str, screen: Chromium
) -> None:
    led_to: list[str] = []

    def stay_here(route: Route) -> None:
        # The weather is not to be had in a test; everything up to it is.
        answer = route.fetch(max_redirects=0)
        led_to.append(answer.headers["location"])
        route.fulfill(body="<h1>Weather</h1>", content_type="text/html")

    tab.route("**/leave", stay_here)
    phone.type_in(tab, "brings", "The move")
    tab.get_by_role("link", name="Leave this page").click()
    tab.get_by_role("heading", name="Weather").wait_for()
    assert led_to == [Settings.leave_to]
    tab.go_back()
    assert "The move" not in phone.shows(tab)
    tab.goto(address + PAGE)
    assert tab.url == f"{address}/locked"
    assert on_another_device(screen, address, link, "brings") == "The move"


def test_a_killed_server_that_comes_back_has_everything(
    app: Flask, settings: Settings, link: str, context: BrowserContext, screen: Chromium
) -> None:
    assert app
    port, tab = free_port(), context.new_page()
    address = f"http://127.0.0.1:{port}"
    with gunicorn(settings, port) as server:
        begin(tab, address, link)
        phone.type_in(tab, "brings", "Acknowledged")
        phone.wait_until_saved(tab)
        phone.type_in(tab, "hope", "On its way")
        kill(server)
        phone.type_in(tab, "tried", "Typed while nobody was there")
        wait_for_trouble(tab)
    with gunicorn(settings, port):
        tab.locator("[data-save-status][data-state=saved]").wait_for(timeout=40_000)
        found = [on_another_device(screen, address, link, "brings")]
        tab.reload()
        found += [phone.fields(tab, item).input_value() for item in ("hope", "tried")]
    assert found == ["Acknowledged", "On its way", "Typed while nobody was there"]
