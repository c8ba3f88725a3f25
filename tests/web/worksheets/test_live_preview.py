"""The pages beside the choices in a browser: drawn by themselves, never older than a choice."""

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from clinic.services import sheet_prints
from tests.factories import at_work, case_of
from tests.journeys.desk import at_desk

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

PAGES = ".sheet-page img"
#: A page takes a moment to be drawn, and the computer may be busy with other tests.
MOMENT = 30_000


def tick(tab: Tab, label: str) -> None:
    """Tick a box as a hand does: what can be pressed is the words beside it."""
    tab.get_by_text(label, exact=True).click()


def shown(tab: Tab) -> list[str]:
    """Wait until the pages belong to the choices, and give their addresses."""
    expect(tab.locator("[data-preview-said]")).to_have_text("6 pages shown", timeout=MOMENT)
    pictures = tab.locator(PAGES)
    expect(pictures.first).to_have_js_property("complete", value=True, timeout=MOMENT)
    assert pictures.first.evaluate("each => each.naturalWidth") == 800
    return [str(each.get_attribute("src")) for each in pictures.all()]


def test_the_pages_follow_the_choices_and_print_as_they_were_shown(app, screen, store, full, ines):
    with at_desk(app, screen, ines) as desk:
        tab = desk.tab("/worksheets/w13")
        blank = shown_blank(tab)
        assert tab.get_by_role("button", name="Show it like this").is_hidden()
        tick(tab, "All of these")
        assert tab.locator("[name=filled]:not(:checked)").count() == 0
        filled = shown(tab)
        assert filled != blank
        tick(tab, "Your first name or initials")
        expect(tab.locator("[name=filled][value=all]")).not_to_be_checked()
        without_name = other_than(tab, filled)
        tab.get_by_label("Jonas", exact=True).check()
        expect(tab.locator("#filled-1-words")).to_have_text("Jonas", timeout=MOMENT)
        assert tab.locator("[name=filled]:checked").count() > 1, "what was ticked stays ticked"
        other_than(tab, without_name)
        digest = tab.locator("[name=seen]").input_value()
        fail_to_reach(tab)
        with tab.expect_response(lambda answer: "/printed/" in answer.url):
            tab.get_by_role("button", name="Open the PDF").click()
        assert not desk.complaints[1:], desk.complaints
    with at_work(store, ines) as db:
        assert digest == sheet_prints.list_printed(db, case_of(db, ines))[0].digest


def shown_blank(tab: Tab) -> list[str]:
    expect(tab.locator(PAGES).first).to_be_visible(timeout=MOMENT)
    return [str(each.get_attribute("src")) for each in tab.locator(PAGES).all()]


def other_than(tab: Tab, before: list[str]) -> list[str]:
    expect(tab.locator(PAGES).first).not_to_have_attribute("src", before[0], timeout=MOMENT)
    return shown_blank(tab)


def fail_to_reach(tab: Tab) -> None:
    """Without a connection no older pages stay; a further choice brings them back."""
    tab.context.set_offline(True)
    tab.get_by_label("US Letter").check()
    expect(tab.locator("[data-preview-said]")).to_contain_text(
        "cannot be shown just now", timeout=MOMENT
    )
    expect(tab.locator(PAGES)).to_have_count(0)
    assert tab.locator("[name=seen]").input_value() == ""
    tab.context.set_offline(False)
    tab.get_by_label("A4").check()
    expect(tab.locator(PAGES).first).to_be_visible(timeout=MOMENT)
