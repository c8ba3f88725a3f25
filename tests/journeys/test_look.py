"""Every page in a real browser: readable, reachable, calm, on a phone and on a desk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext
from playwright.sync_api import Page as Tab

from clinic.web.database import open_records
from tests import pdf_reader
from tests.journeys import looking, the_app, walk
from tests.journeys.conftest import first_start
from tests.journeys.filled import fill
from tests.journeys.hands import KeyboardHands, problems, text
from tests.live import serving

WIDTHS = (320, 390, 820, 1280)
AXE_WIDTHS = (390, 1280)

#: A page for every form that can be refused.
REFUSING = (
    "accounts.change_password",
    "appointments.hold",
    "behaviours.record",
    "behaviours.agreed, empty",
    "cases.end",
    "check_ins.ask",
    "goals.change_status",
    "handouts.add",
    "notes.add_process",
    "safety.check",
    "timeline.add_event",
    "cases.open_case",
    "formulation.add_evidence",
    "formulation.add_explanation",
    "formulation.roll_up",
    "goals.set_pair",
    "goals.rate",
    "packs.load",
)


@pytest.fixture(scope="module")
def filled_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("filled")
    app = first_start(folder, f"sqlite:///{folder / 'data' / 'undercurrent.db'}")
    store = open_records(app)
    yield app
    store.engine.dispose()


@pytest.fixture(scope="module")
def pages(filled_app: Flask) -> dict[str, str]:
    return fill(filled_app)


@pytest.fixture(scope="module")
def address(filled_app: Flask) -> Iterator[str]:
    with serving(filled_app) as address:
        yield address


@pytest.fixture
def empty_address(tmp_path: Path) -> Iterator[str]:
    app = first_start(tmp_path, f"sqlite:///{tmp_path / 'data' / 'undercurrent.db'}")
    store = open_records(app)
    with serving(app) as address:
        yield address
    store.engine.dispose()


@pytest.fixture(scope="module")
def signed_in(
    screen: Chromium, address: str, pages: dict[str, str]
) -> Iterator[tuple[BrowserContext, list[str]]]:
    """A browser in which Ines is signed in, and everything its console complains of."""
    assert pages
    with screen.new_context(reduced_motion="reduce") as context:
        context.set_default_timeout(30_000)
        complaints: list[str] = []
        context.on("console", lambda said: complaints.append(f"{said.type}: {said.text}"))
        context.on("weberror", lambda fault: complaints.append(str(fault.error)))
        walk.sign_in(KeyboardHands(context.new_page(), address))
        yield context, complaints


@pytest.fixture
def tab(signed_in: tuple[BrowserContext, list[str]]) -> Iterator[Tab]:
    context, complaints = signed_in
    complaints.clear()
    tab = context.new_page()
    yield tab
    tab.close()
    refusals = [each for each in complaints if "status of 422" not in each]
    assert not refusals


def look(tab: Tab) -> list[str]:
    """Everything wrong with the open page, at every width, in light and dark."""
    found = []
    for width in WIDTHS:
        looking.size(tab, width)
        if (over := looking.sideways(tab)) > 0:
            found.append(f"{width}: {over} pixels wider than the window")
        found += [f"{width}: too small: {each}" for each in looking.too_small(tab)]
        if width in AXE_WIDTHS:
            found += [f"{width}: {each}" for each in looking.axe_findings(tab)]
            looking.size(tab, width, "dark")
            contrast = looking.axe_findings(tab, ["color-contrast"])
            found += [f"{width}, dark: {each}" for each in contrast]
    return found


def test_every_page_is_fit_for_everyone(tab: Tab, address: str, pages: dict[str, str]) -> None:
    found = {}
    for name, url in pages.items():
        tab.goto(address + url)
        found[name] = look(tab)
    assert not said(found)


def test_every_refused_form_is_fit_for_everyone(
    tab: Tab, address: str, pages: dict[str, str]
) -> None:
    found = {}
    for name in REFUSING:
        tab.goto(address + pages[name])
        with tab.expect_navigation():
            tab.evaluate(looking.SEND_FAULTY)
        assert tab.title().startswith("Error:"), name
        assert tab.locator(".error-summary").evaluate("each => each === document.activeElement")
        found[name] = look(tab)
    assert not said(found)


def test_the_first_pages_are_fit_for_everyone(screen: Chromium, empty_address: str) -> None:
    found = {}
    with screen.new_context(reduced_motion="reduce") as context:
        tab = context.new_page()
        for path in ("/set-up", "/nowhere"):
            tab.goto(empty_address + path)
            found[path] = look(tab)
        tab.goto(empty_address + "/set-up")
        with tab.expect_navigation():
            tab.evaluate(looking.SEND_FAULTY)
        found["refused"] = look(tab)
    assert not said(found)


def test_tab_reaches_every_control_in_order_and_shows_where_it_is(
    tab: Tab, address: str, pages: dict[str, str]
) -> None:
    for name in ("goals.list_set", "behaviours.record", "worksheets.prepare"):
        tab.goto(address + pages[name])
        looking.settle(tab)
        places = looking.reachable(tab)
        stops = list(looking.tabbed_through(tab, len(places)))
        assert [stop["place"] for stop in stops] == places, name
        assert not [stop["html"] for stop in stops if not stop["marked"]], name


def test_without_scripts_the_main_job_still_works(
    screen: Chromium, address: str, pages: dict[str, str]
) -> None:
    with screen.new_context(java_script_enabled=False) as context:
        context.set_default_timeout(30_000)
        hands = KeyboardHands(context.new_page(), address)
        walk.sign_in(hands)
        hands.open(pages["formulation.roll_up, empty"])
        hands.press("Save this reading")
        assert problems(hands)
        hands.fill(the_app.READING | {"Confidence": "Low"})
        walk.send(hands, "Save this reading")
        assert "Reading 1: Issue itself leading" in text(hands)
        printed = walk.print_sheet(hands, "w02", {"For whom": "Łukasz Žižek"})
    assert "Łukasz Žižek" in pdf_reader.pages(printed)[0]


def said(found: dict[str, list[str]]) -> str:
    """What is wrong, page by page, for a person to read."""
    return "\n".join(f"{name}: {fault}" for name, faults in found.items() for fault in faults)
