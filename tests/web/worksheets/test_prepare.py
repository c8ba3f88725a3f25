"""Preparing a sheet: field by field, with the reasons, and the pages as they will print."""

import pytest
import time_machine

from clinic.domain.formulation import Bearing
from clinic.domain.guard import NOT_OPEN
from clinic.pdf.printing import pictures
from tests import factories as made
from tests import safety_factories as safe
from tests.browser import Page
from tests.services.answering import treating
from tests.web.page import check_page, check_refused
from tests.web.test_leaks import DAY
from tests.web.test_queries import statements
from tests.web.worksheets.conftest import JONAS_S, KEPT_BACK, MARA_S, SHEETS, SUMMARY
from tests.web.worksheets.handing_out import post, print_out, token

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

#: The most that preparing a sheet may cost, with who is signed in and the audit line.
MOST = 20
#: The maps are read beside who released what; the sheets for the therapist read the whole case.
COSTLY = {"w03": 36, "t01": 30, "t02": 27, "t04": 40}


def shown(browser, filled, sheet: str, /, **choices) -> Page:
    """Open the page of a sheet with its preview."""
    query = {"show": 1, "filled": "all", **choices}
    return Page(browser.client.get(f"{filled.url}/{sheet}", query_string=query))


def fields(page: Page) -> dict[str, str]:
    """Give what stands beside each field that can be ticked, by what it is called."""
    boxes = page.html.select("[data-swaps=fields] .choice")
    return {
        box.label.get_text(strip=True): " ".join(box.select_one(".choice__hint").get_text().split())
        for box in boxes
        if box.select_one(".choice__hint")
    }


def empty(page: Page) -> dict[str, list[str]]:
    """Give the reasons for which a field stays empty, by what it is called."""
    return {
        name.get_text(strip=True): [reason.get_text(strip=True) for reason in group.select("dd")]
        for group in page.html.select(".sheet-empty dl > div")
        for name in group.select("dt")
    }


def addresses(page: Page) -> list[str]:
    return [str(picture["src"]) for picture in page.html.select("main img")]


def test_nothing_is_ticked_until_it_is_chosen(browser, filled):
    for sheet in SHEETS:
        page = browser.open(f"{filled.url}/{sheet}")
        check_page(page)
        assert not page.html.select("[name=filled][checked]"), sheet
        assert not addresses(page), "and nothing is drawn until it is asked for"


def test_beside_each_field_stands_what_it_would_print(browser, filled):
    page = shown(browser, filled, "w13", reader=filled.refs["Jonas"])
    assert fields(page)["Your first name or initials"] == "Jonas"
    told = fields(page)["The goal in our own words"]
    assert told.startswith(MARA_S)
    assert JONAS_S in told
    assert len(told) <= 110
    assert empty(page)["Why does it matter to us?"] == ["Nothing there yet"]


def test_a_field_depends_on_whose_sheet_it_is(browser, filled):
    label = "Goals that this is part of"
    mara, jonas = (shown(browser, filled, "w08", reader=filled.refs[name]) for name in filled.refs)
    assert fields(mara)[label] == MARA_S
    assert empty(jonas) == {label: ["Nothing there yet"]}


def test_a_row_of_the_map_that_one_of_them_keeps_back_names_whom_it_is_private_to(browser, filled):
    page = shown(browser, filled, "w03")
    told = fields(page)["What we place in different ways"]
    assert "1 row is private to Jonas" in told
    assert "rows are not released by anybody" in told
    assert KEPT_BACK not in page.text


def test_a_newer_summary_that_is_not_shared_is_told_and_not_printed(browser, filled, store, ines):
    with treating(store, ines, filled.answered) as (db, case):
        made.make_formulation(db, case, 1, couple_summary="Only for you so far")
    page = shown(browser, filled, "w06")
    [told] = fields(page).values()
    assert told == f"{SUMMARY} The newest summary is not shared yet"
    assert "Only for you" not in page.body


def test_on_the_safety_track_a_closed_field_says_what_an_onlooker_may_read(
    browser, filled, store, ines
):
    with treating(store, ines, filled.answered) as (db, case):
        safe.make_positive(db, case)
    page = shown(browser, filled, "w03")
    check_page(page)
    assert set(map(tuple, empty(page).values())) == {(NOT_OPEN,)}
    assert not addresses(page)
    assert f"{NOT_OPEN}" in page.html.select_one(".sheet-pages").get_text()
    assert "private to" not in page.text
    blank = shown(browser, filled, "w03", filled="")
    assert addresses(blank)
    for sheet in ("w07", "w05"):
        closed = shown(browser, filled, sheet)
        check_page(closed)
        assert f"{NOT_OPEN}." in closed.text
        assert not closed.html.select("main form, main img")
        picture = browser.client.get(f"{filled.url}/{sheet}/pages/1.png")
        assert (picture.status_code, picture.mimetype) == (422, "text/html")


@pytest.mark.parametrize(
    ("sheet", "choices"),
    [("w13", {"size": "large", "paper": "letter"}), ("w02", {"filled": "name"}), ("w05", {})],
)
def test_what_prints_is_what_was_shown_page_by_page(browser, filled, sheet, choices):
    choices = {"paper": "A4", "filled": "all", "reader": filled.refs["Jonas"], **choices}
    with time_machine.travel(DAY, tick=False):
        page = shown(browser, filled, sheet, **choices)
        check_page(page)
        drawn = [browser.client.get(address).data for address in addresses(page)]
        printed = print_out(browser, filled.url, sheet, seen=seen(page), **choices)
        assert printed.mimetype == "application/pdf"
        assert drawn == list(pictures(printed.data, 960))
    names = [str(picture["alt"]) for picture in page.html.select("main img")]
    title = SHEETS[sheet].title
    assert names[0] == f"Page 1 of {len(drawn)} of “{title}”, as it will print"
    assert f"{len(drawn)} page{'s' * (len(drawn) > 1)} shown" in page.text


def seen(page: Page) -> str:
    return str(page.html.select_one("[name=seen]")["value"])


def test_a_sheet_that_changed_since_it_was_shown_is_looked_at_again(browser, filled, store, ines):
    choices = {"filled": "all", "reader": filled.refs["Mara"]}
    before = shown(browser, filled, "w10", **choices)
    with treating(store, ines, filled.answered) as (db, case):
        mara = filled.refs["Mara"]
        made.make_pair(db, case, wording="puts the phone away", owners=[mara])
    refused = Page(post(browser, filled.url, "w10", seen=seen(before), **choices))
    check_page(refused)
    assert refused.status == 422
    assert "This sheet has changed since it was shown" in refused.errors()[0]
    assert browser.get(f"{filled.url}/printed").html.select_one("main .empty"), "nothing printed"
    after = shown(browser, filled, "w10", **choices)
    assert post(browser, filled.url, "w10", seen=seen(after), **choices).status_code == 303


def test_without_scripts_a_button_shows_it_and_keeps_every_choice(browser, filled):
    jonas = filled.refs["Jonas"]
    choices = {"reader": jonas, "filled": "name", "paper": "letter", "size": "large"}
    answer = post(browser, filled.url, "w02", show="1", behaviours=["B01", "B13"], **choices)
    assert answer.status_code == 303
    assert "csrf" not in answer.location
    page = browser.get(answer.location)
    check_page(page)
    assert addresses(page)
    kept = page.values()
    assert {name: kept[name] for name in choices} == choices
    assert kept.getlist("behaviours") == ["B01", "B13"]
    assert browser.get(f"{filled.url}/printed").html.select_one("main .empty"), "nothing printed"


def test_choices_in_an_address_that_are_none_are_refused_with_no_pages(browser, filled):
    for name, wrong in (("reader", "nobody"), ("paper", "A0"), ("filled", "secret")):
        page = shown(browser, filled, "w13", **{name: wrong})
        check_refused(page)
        assert not addresses(page), name


def test_a_text_that_is_too_long_is_told_in_place_of_the_pages(browser, filled, store, ines):
    with treating(store, ines, filled.answered) as (db, case):
        for _ in range(101):
            made.make_pair(db, case)
    page = shown(browser, filled, "w14")
    check_page(page)
    assert "too many for one sheet" in page.html.select_one(".sheet-pages .notice").get_text()
    assert not addresses(page)
    refused = Page(post(browser, filled.url, "w14"))
    check_page(refused)
    assert (refused.status, refused.errors()) == (422, [refused.errors()[0]])
    assert "too many for one sheet" in refused.errors()[0]


def test_a_print_that_cannot_be_recorded_does_not_leave(app, browser, filled, store):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    headers = token(browser)
    with store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE sheet_print RENAME TO taken_away")
    answer = browser.client.post(
        f"{filled.url}/w14", data={"paper": "A4", "filled": "all"}, headers=headers
    )
    assert (answer.status_code, answer.mimetype) == (500, "text/html")


def test_preparing_any_sheet_costs_few_statements_and_no_more_in_a_long_case(
    app, browser, filled, store, ines
):
    def add(times: int) -> None:
        with treating(store, ines, filled.answered) as (db, case):
            for _ in range(times):
                made.make_pair(db, case)
                made.make_behaviour(db, case)
                explanation = made.make_explanation(db, case).public_id
                made.make_evidence(db, case, bearings={explanation: Bearing.AGAINST})

    add(1)
    before = costs(app, browser, filled)
    add(3)
    assert costs(app, browser, filled) == before
    over = {sheet: cost for sheet, cost in before.items() if cost > COSTLY.get(sheet, MOST)}
    assert over == {}


def costs(app, browser, filled) -> dict[str, int]:
    counted = {}
    for sheet in SHEETS:
        with statements(app.extensions["store"]) as sent:
            assert browser.get(f"{filled.url}/{sheet}").status == 200
        counted[sheet] = len(sent)
    return counted
