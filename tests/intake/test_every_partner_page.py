"""Every page a partner sees, in a real browser: small, readable, reachable, for everyone."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page as Tab

from clinic.models.store import Store
from clinic.services.handouts import hand_out_home
from tests import handout_factories as sheets
from tests.browser import Browser
from tests.cast import Person
from tests.factories import at_work, case_of, make_pair
from tests.intake import check_ins, people, phone
from tests.journeys import looking
from tests.web.page import check_page

MOST_BYTES = 60_000
WIDTHS = (320, 390, 1280)
pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def tab(screen: Chromium) -> Iterator[Tab]:
    with phone.phone(screen) as context:
        complaints: list[str] = []
        context.on("console", lambda said: complaints.append(said.text))
        context.on("weberror", lambda fault: complaints.append(str(fault.error)))
        yield context.new_page()
        expected = ("status of 422", "status of 404", "Clear-Site-Data header")
        assert not [each for each in complaints if not any(word in each for word in expected)]


def look(tab: Tab) -> list[str]:
    """Everything wrong with the open page, at every width, in light and dark."""
    found = []
    for width in WIDTHS:
        looking.size(tab, width)
        if (over := looking.sideways(tab)) > 0:
            found.append(f"{width}: {over} pixels wider than the window")
        found += [f"{width}: too small: {each}" for each in looking.too_small(tab)]
        found += [f"{width}: {each}" for each in looking.axe_findings(tab)]
    looking.size(tab, 390, "dark")
    found += [f"dark: {each}" for each in looking.axe_findings(tab, ["color-contrast"])]
    looking.size(tab, 390)
    return [f"{tab.title()}: {each}" for each in found]


def press(tab: Tab, name: str) -> None:
    with tab.expect_navigation():
        tab.get_by_role("button", name=name, exact=True).press("Enter")


def test_the_door_is_fit_for_everyone(
    tab: Tab, address: str, browser: Browser, ines: Person
) -> None:
    tab.goto(f"{address}/f/{'x' * 43}")
    found = look(tab)
    tab.goto(address + people.invite(browser, ines, start_code="blue heron"))
    found += look(tab)
    for button in ("Continue", "Yes, these are my initials", "Continue"):
        press(tab, button)
        found += look(tab)
    assert tab.title().startswith("Error:")
    assert tab.locator(".error-summary").evaluate("each => each === document.activeElement")
    tab.goto(f"{address}/locked")
    assert not found + look(tab)


def test_every_page_of_the_form_is_fit_for_everyone(
    tab: Tab, address: str, browser: Browser, ines: Person
) -> None:
    phone.come_in(tab, address, people.invite(browser, ines))
    found, cards = look(tab), 0
    press(tab, "Sign and continue")
    found += look(tab)
    phone.sign_all(tab, "Mara")
    while not tab.url.endswith("/review"):
        cards += "/behaviours." in tab.url
        if "/behaviours." not in tab.url or cards == 1:
            open_everything(tab)
            found += look(tab)
        press(tab, "Save and continue")
    found += look(tab)
    press(tab, "Send to my therapist")
    found += look(tab)
    tab.goto(f"{address}/form/release")
    assert not found + look(tab)


def test_the_check_in_is_fit_for_everyone(
    tab: Tab, address: str, browser: Browser, store: Store, ines: Person
) -> None:
    with at_work(store, ines) as db:
        make_pair(db, case_of(db, ines))
    phone.come_in(tab, address, check_ins.links(check_ins.ask(browser, ines))[0])
    phone.sign_all(tab, "Mara")
    found = look(tab)
    places = looking.reachable(tab)
    stops = list(looking.tabbed_through(tab, len(places)))
    assert [stop["place"] for stop in stops] == places
    tab.locator('main [name=trust][value="4"]').check(force=True)
    assert phone.wait_until_saved(tab).startswith("Saved")
    press(tab, "Send to my therapist")
    assert tab.title().startswith("Received")
    assert not found + look(tab)


def test_a_sheet_at_home_is_fit_for_everyone(
    tab: Tab, address: str, browser: Browser, store: Store, ines: Person
) -> None:
    phone.come_in(tab, address, people.invite(browser, ines))
    phone.sign_all(tab, "Mara")
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        for sheet in ("w11", "w02"):
            hand_out_home(db, case, sheets.details(case, sheet), sheets.form_of(sheet))
    tab.goto(f"{address}/form")
    found = look(tab)
    press_link(tab, "Form 2")
    while not tab.url.endswith("/review"):
        found += look(tab)
        press(tab, "Save and continue")
    found += look(tab)
    press(tab, "Send to my therapist")
    assert tab.title().startswith("Received")
    assert not found + look(tab)


def press_link(tab: Tab, start: str) -> None:
    with tab.expect_navigation():
        tab.get_by_role("link", name=start).click()


def open_everything(tab: Tab) -> None:
    """Choose what opens further questions, until there are no more."""
    opened = {"happened-raised": "yes", "asked": "time", "alone": "yes"}
    words = ("kept-1", "kept-2")
    for _ in range(3):
        for item, value in opened.items():
            for box in tab.locator(f'main [name="{item}"][value="{value}"]').all():
                box.check(force=True)
        for item in words:
            if phone.fields(tab, item).count():
                phone.fields(tab, item).fill("A thing")
        for box in tab.locator('main [name$=".wish"][value="will-share"]').all():
            box.check(force=True)
        if not set(opened) & names(tab) and "kept-1" not in names(tab):
            return
        here = tab.url
        press(tab, "Save and continue")
        tab.goto(here)


def names(tab: Tab) -> set[str]:
    return set(
        tab.evaluate("() => [...document.forms].flatMap(f => [...f.elements]).map(e => e.name)")
    )


def test_a_refused_page_says_so_at_the_top(
    tab: Tab, address: str, browser: Browser, ines: Person
) -> None:
    phone.come_in(tab, address, people.invite(browser, ines))
    phone.sign_all(tab, "Mara")
    tab.goto(f"{address}/form/page/topics")
    for box in tab.locator("main [name=matters]").all()[:4]:
        box.check(force=True)
    problem = tab.locator("[data-save-problem]")
    problem.wait_for()
    assert problem.inner_text() == "Choose 3 at most."
    found = look(tab)
    press(tab, "Save and continue")
    assert tab.title().startswith("Error:")
    assert not found + look(tab)
    tab.locator("main [name=matters]").nth(3).uncheck(force=True)
    assert phone.wait_until_saved(tab).startswith("Saved")


def test_the_whole_form_can_be_filled_in_with_the_keyboard(
    tab: Tab, address: str, browser: Browser, ines: Person
) -> None:
    phone.come_in(tab, address, people.invite(browser, ines))
    phone.sign_all(tab, "Mara")
    for page in ("about", "behaviours.B01", "topics", "month"):
        tab.goto(f"{address}/form/page/{page}")
        places = looking.reachable(tab)
        stops = list(looking.tabbed_through(tab, len(places)))
        assert [stop["place"] for stop in stops] == places, page
        assert not [stop["html"] for stop in stops if not stop["marked"]], page
    tab.goto(f"{address}/form/page/behaviours.B01")
    tab.locator('[name="B01.placing"]').first.focus()
    tab.keyboard.press("ArrowDown")
    phone.wait_until_saved(tab)
    tab.reload()
    assert tab.locator('[name="B01.placing"]:checked').input_value() == "depends"


def test_the_first_page_is_small(tab: Tab, address: str, browser: Browser, ines: Person) -> None:
    """As it is sent: nothing is kept from before, and text could only become smaller."""
    sizes: dict[str, int] = {}
    tab.on(
        "response",
        lambda answer: sizes.update({answer.url: len(answer.body())}),
    )
    tab.goto(address + people.invite(browser, ines), wait_until="networkidle")
    assert sizes
    sent = {url: len_gzip(tab, url, size) for url, size in sizes.items()}
    assert sum(sent.values()) <= MOST_BYTES, sent


def len_gzip(tab: Tab, url: str, size: int) -> int:
    """Tell how large an answer is when a proxy packs it; fonts and pictures are packed already."""
    if url.endswith(("woff2", "png")):
        return size
    script = """async url => {
      const answer = await fetch(url);
      const packed = answer.body.pipeThrough(new CompressionStream("gzip"));
      return (await new Response(packed).arrayBuffer()).byteLength;
    }"""
    return int(tab.evaluate(script, url))


def test_every_page_is_sound_html_without_a_script(
    app: Flask, browser: Browser, ines: Person
) -> None:
    partner = people.come_in(app, people.invite(browser, ines))
    people.sign_all(partner, "Mara")
    for page in people.walk_through(partner, {}):
        check_page(page)
    check_page(people.send_off(partner))
    check_page(partner.open("/form/release"))
