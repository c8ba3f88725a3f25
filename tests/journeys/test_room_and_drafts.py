"""Words that outlast a crash, and a screen that hides itself when the room looks, in real tabs."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect

from clinic.models.store import Store
from tests import factories as made
from tests.cast import PASSWORD, Person
from tests.journeys import looking
from tests.journeys.desk import Desk, at_desk

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
WIDTHS = (390, 820, 1280)
FORM = "/issue/explanations/new"
STATEMENT = "In your words, for these people"
WORDS = "Since the move they hardly talk. Four weeks of silence."
KEPT = "Kept at"


@pytest.fixture
def filled(app: Flask, store: Store, ines: Person) -> Flask:
    with made.at_work(store, ines) as db:
        made.fill_case(db, made.case_of(db, ines))
    return app


@pytest.fixture
def desk(filled: Flask, screen: Chromium, ines: Person) -> Iterator[Desk]:
    with at_desk(filled, screen, ines) as desk:
        yield desk


def test_words_outlast_a_server_that_died_and_a_closed_browser(
    filled: Flask, screen: Chromium, ines: Person
) -> None:
    with at_desk(filled, screen, ines) as desk:
        tab = desk.tab(FORM)
        tab.get_by_label(STATEMENT).fill(WORDS)
        expect(tab.locator(".save-status")).to_contain_text(KEPT)
        assert tab.evaluate("() => localStorage.length + sessionStorage.length") == 0
    with at_desk(filled, screen, ines) as desk:
        tab = desk.tab(FORM)
        expect(tab.get_by_text("Not saved yet: your words from")).to_be_visible()
        expect(tab.get_by_label(STATEMENT)).to_have_value(WORDS)
        assert not looking.axe_findings(tab)
        with tab.expect_navigation():
            tab.get_by_role("button", name="Discard them").press("Enter")
        expect(tab.get_by_label(STATEMENT)).to_have_value("")


def test_without_a_connection_it_says_so_and_tries_again(desk: Desk) -> None:
    tab = desk.tab(FORM)
    desk.context.set_offline(True)
    tab.get_by_label(STATEMENT).fill(WORDS)
    expect(tab.locator(".save-status")).to_have_text("Not kept, trying again")
    tab.get_by_role("button", name="Add").first.press("Enter")
    expect(tab.get_by_label(STATEMENT)).to_have_value(WORDS)
    desk.context.set_offline(False)
    with tab.expect_navigation():
        pass
    expect(tab.get_by_label(STATEMENT)).to_have_value(WORDS)


def test_the_last_words_before_a_tab_is_closed_are_kept(desk: Desk) -> None:
    tab = desk.tab(FORM)
    tab.get_by_label(STATEMENT).fill(WORDS)
    tab.close(run_before_unload=True)
    for _ in range(20):
        again = desk.tab(FORM)
        if again.get_by_label(STATEMENT).input_value() == WORDS:
            return
        again.close()
    raise AssertionError("the last words are gone")


def test_a_saved_form_leaves_no_draft(desk: Desk) -> None:
    tab = desk.tab(f"/issue/explanations/{explanation(desk)}")
    tab.get_by_label(STATEMENT).fill(WORDS)
    with tab.expect_navigation():
        tab.get_by_role("button", name="Save").first.press("Enter")
    tab.goto(desk.address + desk.case + "/issue")
    tab = desk.tab(f"/issue/explanations/{explanation(desk)}")
    expect(tab.get_by_label(STATEMENT)).to_have_value(WORDS)
    assert tab.get_by_text("Not saved yet").count() == 0


def explanation(desk: Desk) -> str:
    """Find the case's explanation on its page."""
    tab = desk.tab("/issue")
    links = tab.locator("a[href*='/issue/explanations/']")
    paths = links.evaluate_all("links => links.map(link => link.pathname.split('/').pop())")
    tab.close()
    return str(next(ref for ref in paths if len(ref) == 22))


def test_one_key_shows_the_room_its_page_and_every_tab_obeys(desk: Desk) -> None:
    other, form = desk.tab("/issue"), desk.tab(FORM)
    form.get_by_label(STATEMENT).fill(WORDS)
    tab = desk.tab("/goals")
    with tab.expect_navigation():
        tab.keyboard.press("j")
    assert desk.at(tab) == "/room"
    expect(tab.get_by_role("complementary", name="Joint session")).to_be_visible()
    for each in (other, form):
        each.wait_for_url("**/room")
        expect(each.get_by_text("For the room to see")).to_be_visible()
    tab.go_back()
    expect(tab.get_by_text("For the room to see")).to_be_visible()
    tab.get_by_role("link", name="End with the password").press("Enter")
    tab.get_by_label("Your password").fill(PASSWORD)
    with tab.expect_navigation():
        tab.get_by_role("button", name="Open my own pages").press("Enter")
    assert desk.at(tab) == ""
    tab = desk.tab(FORM)
    expect(tab.get_by_label(STATEMENT)).to_have_value(WORDS)


def test_a_tab_that_heard_nothing_asks_when_it_is_looked_at(desk: Desk) -> None:
    """As when another window of the same browser was asleep."""
    tab = desk.tab("/issue")
    quiet = desk.context.request
    token = tab.locator("[data-room-start] [name=csrf_token]").get_attribute("value")
    quiet.post(f"{desk.address}{desk.case}/room/start", form={"csrf_token": str(token)})
    with tab.expect_navigation(url="**/room"):
        tab.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")


def test_the_room_s_pages_are_fit_for_everyone(desk: Desk) -> None:
    tab = desk.tab("/goals")
    with tab.expect_navigation():
        tab.get_by_role("button", name="Show to the room").press("Enter")
    found = []
    for path in ("/room", "/answers/together", "/room/end"):
        tab.goto(desk.address + desk.case + path)
        for width in WIDTHS:
            for scheme in ("light", "dark"):
                looking.size(tab, width, scheme)
                found += [f"{path} {width} {each}" for each in looking.axe_findings(tab)]
            assert looking.sideways(tab) <= 0, f"{path} {width}"
            found += [f"{path} {width} {each}" for each in looking.too_small(tab)]
    assert found == []
    with tab.expect_navigation():
        tab.get_by_role("button", name="Open my own pages").press("Enter")
    assert tab.title().startswith("Error:")
    assert not looking.axe_findings(tab)


def test_the_room_is_read_from_two_metres(desk: Desk) -> None:
    tab = desk.tab("/goals")
    looking.size(tab, 1280)
    with tab.expect_navigation():
        tab.keyboard.press("j")
    sizes = tab.locator("main p, main li, main dd").evaluate_all(
        "all => all.map(each => parseFloat(getComputedStyle(each).fontSize))"
    )
    assert min(sizes) >= 18
    assert max(sizes) >= 28
