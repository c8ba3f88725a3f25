"""Adding, changing and deleting an event."""

import pytest
from werkzeug.datastructures import MultiDict

from clinic.services import timeline
from tests.browser import Browser, Page
from tests.cast import PASSWORD
from tests.factories import at_work, case_of, make_event
from tests.web.page import check_page, check_refused

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

MOVE = {"kind": "move", "words": "to the coast", "since_month": "3", "since_year": "2025"}


@pytest.fixture
def url(ines):
    return f"/cases/{ines.case_ref}/timeline"


@pytest.fixture
def event(store, ines, url):
    with at_work(store, ines) as db:
        return f"{url}/{make_event(db, case_of(db, ines)).public_id}"


def stored(store, ines):
    with at_work(store, ines, writes=False) as db:
        rows = timeline.list_events(db, case_of(db, ines))
        return [(row.kind.value, row.words, row.year, row.month) for row in rows]


def deleting(page):
    """Give what the button in the folded part of a page sends, and where."""
    form = page.html.select_one("form[action$='/delete']")
    fields = MultiDict((str(each["name"]), str(each["value"])) for each in form.select("input"))
    return str(form["action"]), fields


def test_an_event_is_added_and_comes_back_in_its_form(browser, store, ines, url):
    page = browser.submit(f"{url}/new", {**MOVE, "about": ines.partner_refs[0]})
    check_page(page)
    assert stored(store, ines) == [("move", "to the coast", 2025, 3)]
    assert "A move: to the coast" in page.text
    values = browser.open(page.link("A move: to the coast")).values()
    assert {name: values[name] for name in MOVE} == MOVE
    assert values["about"] == ines.partner_refs[0]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": ""}, "Choose what happened"),
        ({"kind": "other", "words": ""}, "Say in a few words what happened"),
        ({"since_year": ""}, "Enter a year"),
        ({"since_year": "2190"}, "This month has not come yet"),
        ({"until_year": "2024"}, "It cannot have ended before it began"),
        ({"until_year": "2190"}, "This month has not come yet"),
        ({"words": "w" * 201}, "Shorten this to 200 characters"),
    ],
)
def test_a_refused_event_keeps_what_was_typed(browser, url, changes, said):
    typed = {**MOVE, **changes}
    page = browser.submit(f"{url}/new", typed)
    check_refused(page)
    assert page.errors() == [said]
    assert {name: page.values()[name] for name in typed} == typed
    assert "Nothing on the timeline yet" in browser.get(url).text


def test_a_month_without_its_year_says_nothing_and_is_not_kept(browser, store, ines, url):
    browser.submit(f"{url}/new", {**MOVE, "until_month": "5"})
    with at_work(store, ines, writes=False) as db:
        (row,) = timeline.list_events(db, case_of(db, ines))
        assert (row.until_year, row.until_month) == (None, None)


def test_deleting_asks_once_and_then_it_is_gone(browser, store, ines, event):
    page = browser.open(event)
    check_page(page)
    assert not page.html.select_one("details:has(form)").has_attr("open")
    assert "cannot be brought back" in page.text
    target, fields = deleting(page)
    done = Page(browser.client.post(target, data=fields, follow_redirects=True))
    assert "Deleted." in done.text
    assert stored(store, ines) == []
    assert browser.get(event).status == 404


def test_an_event_changed_meanwhile_is_shown_again_before_it_is_deleted(
    browser, store, ines, event
):
    target, fields = deleting(browser.open(event))
    browser.submit(event, {"words": "to the hills"})
    told = Page(browser.client.post(target, data=fields, follow_redirects=True))
    assert "This was changed meanwhile" in told.text
    assert told.values()["words"] == "to the hills"
    assert [words for _, words, _, _ in stored(store, ines)] == ["to the hills"]
    target, fields = deleting(told)
    browser.client.post(target, data=fields)
    assert stored(store, ines) == []


def test_deleting_without_the_state_that_was_seen_deletes_nothing(browser, store, ines, event):
    target, fields = deleting(browser.open(event))
    for version in ("", "x", "-1", "2"):
        fields["version"] = version
        browser.client.post(target, data=fields)
    assert len(stored(store, ines)) == 1


def test_another_clinicians_event_is_no_page(app, browser, cast, event):
    colleague = Browser(app).sign_in(cast["tomas"].email, PASSWORD)
    assert colleague.get(event).status == 404
    _, fields = deleting(browser.open(event))
    fields["csrf_token"] = colleague.open("/password").values()["csrf_token"]
    assert colleague.client.post(f"{event}/delete", data=fields).status_code == 404
    assert browser.get(event).status == 200
