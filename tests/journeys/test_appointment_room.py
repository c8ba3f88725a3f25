"""The appointment's page in a real browser: nothing is lost, and it can be used at every width."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Route, expect

from clinic.models.accounts import BrowserSession
from clinic.models.store import Store
from clinic.services import appointments, browsers
from clinic.web.database import open_records
from config import Settings
from tests import factories as made
from tests.cast import PASSWORD, Person
from tests.journeys import looking
from tests.journeys.desk import Desk, at_desk, signed_in
from tests.mail import free_port
from tests.server import gunicorn, kill

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
WIDTHS = (390, 820, 1280)
ROUNDS = 4
KEPT, AGAIN = "Kept at", "Not kept, trying again"
PLAN = "textarea[name='words-plan']"


@pytest.fixture
def filled(app: Flask, store: Store, ines: Person) -> Flask:
    with made.at_work(store, ines) as db:
        made.fill_case(db, made.case_of(db, ines))
    return app


@pytest.fixture
def room(store: Store, ines: Person, filled: Flask) -> str:
    """Give the path of the newest appointment within the case."""
    with made.at_work(store, ines, writes=False) as db:
        row = appointments.newest_appointment(db, made.case_of(db, ines))
        assert row is not None
        return f"/appointments/{row.public_id}"


@pytest.fixture
def desk(filled: Flask, screen: Chromium, ines: Person) -> Iterator[Desk]:
    with at_desk(filled, screen, ines) as desk:
        yield desk


def end_sign_ins(app: Flask) -> None:
    """Let every sign-in have been idle for too long."""
    with open_records(app).session(writes=True) as db, db.as_system():
        for row in db.query(BrowserSession).all():
            row.seen_at -= browsers.IDLE
        db.commit()


def test_the_note_outlasts_the_end_of_a_sign_in_every_time(
    filled: Flask, desk: Desk, ines: Person, room: str
) -> None:
    tab = desk.tab(room)
    for turn in range(ROUNDS):
        words = f"They walk on Sunday, {turn}."
        tab.locator(PLAN).fill(words)
        expect(tab.locator(".columns__note .save-status")).to_contain_text(KEPT)
        end_sign_ins(filled)
        tab.locator(PLAN).fill(f"{words} And talk.")
        said = tab.locator(".columns__note .save-status")
        expect(said).to_contain_text("you are signed out")
        with tab.expect_navigation():
            tab.get_by_role("button", name="Save the note").press("Enter")
        tab.get_by_label("E-mail").fill(ines.email)
        tab.get_by_label("Password").fill(PASSWORD)
        with tab.expect_navigation():
            tab.get_by_role("button", name="Sign in").press("Enter")
        assert tab.title().startswith("Your words are still here")
        with tab.expect_navigation():
            tab.locator("main form button").first.press("Enter")
        tab.goto(desk.address + desk.case + room)
        expect(tab.locator(PLAN)).to_have_value(f"{words} And talk.")


def test_a_network_cut_while_typing_loses_nothing(desk: Desk, room: str) -> None:
    tab = desk.tab(room)
    status = tab.locator(".columns__note .save-status")
    desk.context.set_offline(True)
    tab.locator(PLAN).fill("Typed without a connection.")
    expect(status).to_have_text(AGAIN)
    tab.locator(PLAN).press_sequentially(" And on.")
    desk.context.set_offline(False)
    expect(status).to_contain_text(KEPT)
    again = desk.tab(room)
    expect(again.locator(PLAN)).to_have_value("Typed without a connection. And on.")


def test_a_server_killed_while_it_saves_loses_nothing(desk: Desk, room: str) -> None:
    """The words arrive, the answer never does, and for a while nobody answers at all."""
    tab = desk.tab(room)
    status = tab.locator(".columns__note .save-status")
    cut = [0]

    def kill(route: Route) -> None:
        cut[0] += 1
        if cut[0] == 1:
            route.fetch()
        route.abort("connectionreset")

    tab.route("**/drafts?*", kill)
    tab.route("**/note", kill)
    tab.locator(PLAN).fill("Saved or not?")
    expect(status).to_have_text(AGAIN)
    with tab.expect_event("requestfailed"):
        tab.get_by_role("button", name="Save the note").press("Enter")
    expect(tab.locator(PLAN)).to_have_value("Saved or not?")
    assert cut[0] >= 2
    tab.unroute("**/note")
    with tab.expect_navigation():
        tab.unroute("**/drafts?*")
    tab.goto(desk.address + desk.case + room)
    expect(tab.locator(PLAN)).to_have_value("Saved or not?")


def test_a_note_outlasts_a_server_that_is_killed_in_the_middle(
    filled: Flask, settings: Settings, screen: Chromium, ines: Person, room: str
) -> None:
    port, token = free_port(), signed_in(filled, ines)
    address = f"http://127.0.0.1:{port}"
    with screen.new_context() as context:
        context.set_default_timeout(40_000)
        context.add_cookies([{"name": "undercurrent", "value": token, "url": address}])
        tab = context.new_page()
        status = tab.locator(".columns__note .save-status")
        with gunicorn(settings, port) as server:
            tab.goto(f"{address}/cases/{ines.case_ref}{room}")
            tab.locator(PLAN).fill("Kept.")
            expect(status).to_contain_text(KEPT)
            tab.locator(PLAN).press_sequentially(" On its way.")
            kill(server)
            tab.locator(PLAN).press_sequentially(" Typed while nobody was there.")
            expect(status).to_have_text(AGAIN)
        with gunicorn(settings, port):
            expect(status).to_contain_text(KEPT, timeout=40_000)
            tab.reload()
            whole = "Kept. On its way. Typed while nobody was there."
            expect(tab.locator(PLAN)).to_have_value(whole)


def test_ratings_and_attendance_are_kept_at_a_pause(desk: Desk, room: str) -> None:
    tab = desk.tab(room)
    tab.get_by_text("Therapist:").click()
    form = tab.locator("form[action$='/ratings/therapist']")
    form.get_by_label("Own rating from 0 to 10").first.fill("8")
    expect(form.locator(".save-status")).to_contain_text(KEPT)
    details = desk.tab(f"{room}/details")
    details.get_by_label("By video").first.check()
    details.get_by_label("Where now").first.fill("in a car")
    expect(details.locator(".save-status")).to_contain_text(KEPT)
    tab.reload()
    expect(form.get_by_label("Own rating from 0 to 10").first).to_have_value("8")
    expect(tab.get_by_text("Not saved yet: who is here")).to_be_visible()
    tab.get_by_role("link", name="Look at it, then save it").click()
    expect(tab.get_by_label("Where now").first).to_have_value("in a car")


def test_one_key_shows_the_room_its_page_and_the_password_leads_back(desk: Desk, room: str) -> None:
    tab = desk.tab(room)
    tab.locator(PLAN).fill("Not for the room.")
    tab.locator("h1").click()
    with tab.expect_navigation():
        tab.keyboard.press("j")
    assert desk.at(tab) == "/room"
    tab.get_by_role("link", name="End with the password").press("Enter")
    tab.get_by_label("Your password").fill(PASSWORD)
    with tab.expect_navigation():
        tab.get_by_role("button", name="Open my own pages").press("Enter")
    assert desk.at(tab) == room
    expect(tab.locator(PLAN)).to_have_value("Not for the room.")


def test_it_is_fit_for_everyone_at_every_width_and_when_faulty(desk: Desk, room: str) -> None:
    found = []
    for path in (room, f"{room}/details", "/appointments/new", "/appointments"):
        tab = desk.tab(path)
        for width in WIDTHS:
            for scheme in ("light", "dark"):
                looking.size(tab, width, scheme)
                found += [f"{path} {width} {each}" for each in looking.axe_findings(tab)]
            found += [f"{path} {width} {each}" for each in looking.too_small(tab)]
            assert looking.sideways(tab) <= 0, f"{path} {width}"
        tab.close()
    assert not desk.complaints
    tab = desk.tab(f"{room}/details")
    tab.get_by_label("Late", exact=True).first.check()
    tab.get_by_label("Minutes late").first.fill("9999")
    with tab.expect_navigation():
        tab.get_by_role("button", name="Save").press("Enter")
    assert tab.title().startswith("Error:")
    found += looking.axe_findings(tab)
    assert found == []


def test_the_keyboard_walks_the_columns_from_left_to_right(desk: Desk, room: str) -> None:
    tab = desk.tab(room)
    looking.size(tab, 1280)
    stops = looking.reachable(tab)
    seen = []
    for stop in looking.tabbed_through(tab, len(stops)):
        assert stop["marked"], stop
        place = tab.evaluate("() => document.activeElement.closest('.columns > section')?.id ?? ''")
        if place and (not seen or seen[-1] != place):
            seen.append(place)
    assert seen == ["since", "note", "goals"]
