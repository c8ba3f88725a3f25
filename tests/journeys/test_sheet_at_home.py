"""A sheet handed out in two presses, done on a phone whose network fails once, and read."""

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from clinic.domain.answers import given
from clinic.models.store import Store
from clinic.services.days import today
from tests import factories as made
from tests.browser import Browser
from tests.cast import Person
from tests.intake import people, phone
from tests.intake.looks import Seen, note
from tests.journeys import looking
from tests.journeys.desk import Desk, at_desk
from tests.life_factories import move

HERON = "the heron by the lake"
LINE = "Mara read the first half of it aloud"


def looks_of(app: Flask, seat: Browser, link: str) -> Seen:
    """Everything Jonas can open, the door included."""
    seen: Seen = {}
    note(seen, "door", Browser(app).client.get(link))
    keys = seat.get("/form/review").html.select("main a[href^='/form/page/']")
    paths = [str(link["href"]) for link in keys]
    for path in ("/form", "/form/further", "/form/received", "/form/review", *paths):
        note(seen, path, seat.client.get(path))
    return seen


def give(desk: Desk, appointment: str) -> None:
    """Open the sheet, and let it wait for Mara: two presses of a key."""
    tab = desk.tab(appointment)
    tab.locator("#sheets").get_by_text("Looking at my own side", exact=True).press("Enter")
    with tab.expect_navigation():
        tab.get_by_role("button", name="To do at home: Mara").locator("visible=true").press("Enter")
    expect(tab.get_by_text("It waits in this person's own way in now.")).to_be_visible()
    looking.size(tab, 390)
    assert not looking.sideways(tab) > 0
    tab.close()


def do_it(tab: Tab, address: str, link: str) -> None:
    """Come in, answer two parts, lose the network once while typing, look at it and send."""
    phone.come_in(tab, address, link)
    phone.sign_all(tab, "Mara")
    tab.goto(f"{address}/form")
    tab.get_by_role("link", name="Form 1").click()
    phone.go_on(tab)
    assert tab.title().startswith("A form for you")
    phone.type_in(tab, "s2.b1.i1", "the heron")
    phone.wait_until_saved(tab)
    tab.context.set_offline(True)
    phone.type_in(tab, "s2.b1.i1", " by the lake")
    tab.locator("[data-save-status][data-state=waiting]").wait_for()
    tab.context.set_offline(False)
    phone.wait_until_saved(tab)
    phone.answer(tab, "s2.b3.i1", given(["2"]))
    while not tab.url.endswith("/review"):
        phone.go_on(tab)
    assert HERON in phone.shows(tab)
    phone.go_on(tab, "Send to my therapist")
    assert tab.title().startswith("Received")
    tab.go_back()
    assert HERON not in phone.shows(tab)


def ask_next_time(desk: Desk, appointment: str) -> None:
    """The next appointment: read it, and write down that the paper one was done partly."""
    tab = desk.tab(appointment)
    since = tab.locator("#since")
    with tab.expect_navigation():
        since.get_by_role("link", name="Read what was sent").press("Enter")
    expect(tab.get_by_text(HERON)).to_be_visible()
    expect(tab.get_by_text("Private to Mara")).to_be_visible()
    tab.go_back()
    line = since.locator("[id^=handout-]").filter(has_text="Our pattern")
    button = line.get_by_role("button", name="Partly")
    button.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    line.get_by_text("What came of it", exact=False).first.press("Enter")
    line.get_by_label("What came of").fill(LINE)
    expect(line.locator(".save-status")).to_contain_text("Kept at")
    with tab.expect_navigation():
        line.get_by_role("button", name="Keep the line").press("Enter")
    looking.size(tab, 390)
    assert not looking.axe_findings(tab)
    tab.goto(f"{desk.address}{desk.case}/handouts")
    card = tab.locator(".card").filter(has_text="Our pattern")
    expect(card).to_contain_text(LINE)
    expect(card.get_by_role("button", name="Partly")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_sheet_is_handed_out_done_at_home_and_comes_back(  # noqa: PLR0913, PLR0917
    app: Flask, browser: Browser, store: Store, screen: Chromium, ines: Person, engine_name: str
) -> None:
    links = [people.invite(browser, ines, place) for place in (0, 1)]
    jonas = people.come_in(app, links[1])
    people.sign_all(jonas, "Jonas")
    before = looks_of(app, jonas, links[1])
    with made.at_work(store, ines) as db:
        case = made.case_of(db, ines)
        # Where the sheet fits, it is in sight.
        move(db, case, "p2")
        refs = [made.make_appointment(db, case, held_on=today()).public_id for _ in range(2)]
    with at_desk(app, screen, ines) as desk:
        give(desk, f"/appointments/{refs[0]}")
        browser.client.post(
            f"/cases/{ines.case_ref}/handouts/{refs[0]}/w06",
            data={"csrf_token": browser.open("/password").values()["csrf_token"]},
        )
        with phone.phone(screen) as context:
            do_it(context.new_page(), desk.address, links[0])
        assert looks_of(app, jonas, links[1]) == before
        ask_next_time(desk, f"/appointments/{refs[1]}")
        assert not [each for each in desk.complaints if "rror" in each]
    assert looks_of(app, jonas, links[1]) == before
