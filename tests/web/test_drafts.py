"""Words in long forms: kept at each pause, there again when the form is opened, gone once saved."""

import datetime as dt

import pytest
import time_machine
from werkzeug.test import TestResponse

from clinic.services import browsers
from tests.browser import Browser, Page
from tests.cast import PASSWORD
from tests.web.addresses import Refs, forms, put_everything_in
from tests.web.filling import text_fields
from tests.web.page import check_page
from tests.web.test_queries import statements

WORDS = "Since the move they hardly talk.\nFour weeks of silence."
#: Who is signed in, whose case it is, the draft, and its writing.
MOST_STATEMENTS = 6
#: Forms without room for words whose choices are kept all the same (tests/web/appointments).
KEPT_WHOLE = {"appointments.hold", "appointments.change", "goals.rate"}


def keep(browser: Browser, page: Page, path: str, typed: dict[str, str]) -> TestResponse:
    """Keep what stands in a form, as the page's script does."""
    marks = page.html.select("input[data-draft]")
    assert len(marks) == 1, "the form says where it keeps its words"
    data = page.values()
    headers = {"X-CSRFToken": data.pop("csrf_token")}
    for name, value in typed.items():
        data.setlist(name, [value])
    return browser.client.post(
        str(marks[0]["data-draft"]), query_string={"path": path}, data=data, headers=headers
    )


@pytest.fixture
def path(full: Refs) -> str:
    return f"/cases/{full['case_ref']}/issue/explanations/new"


@pytest.fixture
def known(full: Refs) -> str:
    return f"/cases/{full['case_ref']}/issue/explanations/{full['explanation_ref']}"


@pytest.fixture
def colleague(app, store, cast) -> tuple[Browser, Refs]:
    """Tomas, and what his own full case holds."""
    theirs = put_everything_in(store, cast["tomas"])
    return Browser(app).sign_in(cast["tomas"].email, PASSWORD), theirs


def notice(page: Page) -> str:
    found = [each for each in page.html.select(".notice") if "Not saved yet" in each.get_text()]
    return " ".join(found[0].get_text(" ").split()) if found else ""


def test_words_are_there_again_with_the_time_and_a_way_back(browser, path):
    page = browser.open(path)
    typed = {"statement": WORDS, "kind": "H2", "confidence": "high", "reason": "said twice"}
    answer = keep(browser, page, path, typed)
    assert answer.status_code == 200
    assert answer.json["kept"].startswith("Kept at ")
    time = answer.json["kept"].removeprefix("Kept at ")
    again = browser.open(path)
    check_page(again)
    assert f"Not saved yet: your words from {time}" in notice(again)
    assert {name: again.values()[name] for name in typed} == typed


def test_a_draft_of_another_day_says_which(browser, path):
    keep(browser, browser.open(path), path, {"statement": WORDS})
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=2), tick=False):
        browser = browser.sign_in("ines@example.org", PASSWORD)
        assert ", " in notice(browser.open(path))


def test_every_long_form_of_a_case_keeps_and_restores_its_words(app, browser, full):
    kept = 0
    for form in forms(app, full):
        page = browser.open(form.url)
        texts = [str(each["name"]) for each in page.form().select("textarea[name]")]
        if not texts or "/cases/" not in form.url or form.url == "/cases/new":
            kept_whole = form.endpoint in KEPT_WHOLE
            marks = page.html.select("main form input[data-draft]")
            assert bool(marks) == bool(texts or kept_whole), form.endpoint
            continue
        typed = {name: f"typed words {place}" for place, name in enumerate(texts)}
        assert keep(browser, page, form.url, typed).status_code == 200, form.endpoint
        again = browser.open(form.url)
        check_page(again)
        assert {name: again.values()[name] for name in texts} == typed, form.endpoint
        before = {name: page.values().getlist(name) for name in page.values()}
        after = {name: again.values().getlist(name) for name in again.values()}
        assert before.keys() == after.keys(), form.endpoint
        rest = before.keys() - {*texts, "csrf_token"}
        assert {name: after[name] for name in rest} == {name: before[name] for name in rest}
        kept += 1
    assert kept >= 9


def test_a_saved_form_has_no_draft(browser, known):
    page = browser.open(known)
    keep(browser, page, known, {"statement": WORDS})
    assert browser.send(known, page, {"statement": WORDS}).status == 200
    again = browser.open(known)
    assert notice(again) == ""
    assert again.values()["statement"] == WORDS


def test_a_refused_save_keeps_the_draft(browser, path):
    page = browser.open(path)
    keep(browser, page, path, {"statement": WORDS})
    assert browser.send(path, page, {"statement": WORDS}).status == 422
    assert browser.open(path).values()["statement"] == WORDS


def test_a_refused_form_is_kept_at_once(browser, path):
    """What was typed in the last moment before it was sent is only in the page that came back."""
    page = browser.open(path)
    assert not page.html.select("input[data-unsaved]")
    refused = browser.send(path, page, {"statement": WORDS})
    assert refused.html.select("input[data-draft][data-unsaved]")


def test_a_draft_brings_its_version_so_that_saving_still_compares(browser, known):
    """Somebody else saved between the typing and the coming back."""
    keep(browser, browser.open(known), known, {"statement": WORDS})
    other = browser.open(known)
    browser.press(known, other.html.select_one("#discard-draft")["action"])
    page = browser.open(known)
    keep(browser, page, known, {"statement": WORDS})
    fresh = page.values()
    sent = browser.client.post(known, data={**fresh.to_dict(), "statement": "saved meanwhile"})
    assert sent.status_code == 302
    keep(browser, page, known, {"statement": WORDS})
    back = browser.open(known)
    assert back.values()["statement"] == WORDS
    told = browser.send(known, back, {})
    assert told.status == 409
    assert told.values()["statement"] == WORDS
    assert "saved meanwhile" in told.text


def test_a_conflict_leaves_the_draft_where_it_is(browser, known):
    first, second = browser.open(known), browser.open(known)
    browser.send(known, first, {"statement": "of the first tab"})
    keep(browser, second, known, {"statement": WORDS})
    assert browser.send(known, second, {"statement": WORDS}).status == 409
    assert browser.open(known).values()["statement"] == WORDS


def test_discarding_shows_what_was_saved(browser, known):
    saved = browser.open(known).values()["statement"]
    keep(browser, browser.open(known), known, {"statement": WORDS})
    discard = str(browser.open(known).html.select_one("#discard-draft")["action"])
    again = browser.press(known, discard)
    assert again.response.request.path == known
    assert (notice(again), again.values()["statement"]) == ("", saved)


def test_the_newer_typing_of_two_tabs_is_kept(browser, path):
    first, second = browser.open(path), browser.open(path)
    keep(browser, first, path, {"statement": "older"})
    keep(browser, second, path, {"statement": "newer"})
    assert browser.open(path).values()["statement"] == "newer"


def test_words_outlast_an_idle_sign_in(browser, path, ines):
    keep(browser, browser.open(path), path, {"statement": WORDS})
    with time_machine.travel(dt.datetime.now(dt.UTC) + browsers.IDLE, tick=True):
        assert browser.open(path).title.startswith("Sign in")
        browser.sign_in(ines.email, PASSWORD)
        assert browser.open(path).values()["statement"] == WORDS


def test_another_clinician_never_gets_them(browser, full, path, colleague):
    keep(browser, browser.open(path), path, {"statement": WORDS})
    tomas, theirs = colleague
    assert tomas.open(path).status == 404
    own = f"/cases/{theirs['case_ref']}/issue/explanations/new"
    page = tomas.open(own)
    assert "silence" not in page.response.get_data(as_text=True)
    assert keep(tomas, page, path, {"statement": "of somebody else"}).status_code == 404
    headers = {"X-CSRFToken": page.values()["csrf_token"]}
    foreign = f"/cases/{full['case_ref']}/drafts"
    for address in (f"{foreign}?path={path}", f"{foreign}/discard"):
        sent = tomas.client.post(address, data={"path": path}, headers=headers)
        assert sent.status_code == 404, address
    assert browser.open(path).values()["statement"] == WORDS


def test_words_are_kept_for_forms_of_this_case_and_nothing_else(browser, full, path):
    page = browser.open(path)
    case = f"/cases/{full['case_ref']}"
    for wrong in (
        "",
        "/password",
        "/cases/new",
        "//elsewhere.example/",
        "https://elsewhere.example/",
        f"{case}/issue",
        f"{case}/room/end",
        f"{case}/drafts",
        f"{case}/nowhere",
        "/cases/aaaaaaaaaaaaaaaaaaaaaa/roll-up",
        f"/{path}",
        f"{path}\x00",
    ):
        assert keep(browser, page, wrong, {"statement": WORDS}).status_code == 404, wrong
    discard = {"path": "https://elsewhere.example/", "csrf_token": page.values()["csrf_token"]}
    assert browser.client.post(f"{case}/drafts/discard", data=discard).status_code == 404


def test_without_its_token_nothing_is_kept(browser, full, path):
    case = f"/cases/{full['case_ref']}"
    answer = browser.client.post(f"{case}/drafts?path={path}", data={"statement": WORDS})
    assert answer.status_code == 400
    assert notice(browser.open(path)) == ""


def test_more_than_any_form_takes_is_refused_and_the_last_words_stay(browser, path):
    page = browser.open(path)
    keep(browser, page, path, {"statement": WORDS})
    assert keep(browser, page, path, {"statement": "w" * 400_001}).status_code == 413
    assert browser.open(path).values()["statement"] == WORDS


def test_no_page_with_a_password_keeps_anything(browser, full):
    for address in ("/password", f"/cases/{full['case_ref']}/room/end"):
        assert not browser.open(address).html.select("main form input[data-draft]")


def test_secrets_are_dropped_whatever_a_page_sends(browser, path):
    page = browser.open(path)
    keep(browser, page, path, {"statement": WORDS, "password": "a canary", "pin": "canary too"})
    assert "canary" not in browser.open(path).response.get_data(as_text=True)


def test_a_pause_costs_few_statements_and_no_line_of_the_audit_log(app, browser, path):
    page = browser.open(path)
    keep(browser, page, path, {"statement": "first"})
    with statements(app.extensions["store"]) as sent:
        keep(browser, page, path, {"statement": WORDS})
    assert len(sent) <= MOST_STATEMENTS, sent
    assert not [each for each in sent if "audit_line" in each]


def test_what_cannot_be_saved_is_kept_all_the_same(browser, path):
    """Half a date, a choice that is none: words stand there again all the same."""
    page = browser.open(path)
    typed = {"statement": "before\u202eafter", "test_by": "2026-13-77", "kind": "never offered"}
    assert keep(browser, page, path, typed).status_code == 200
    again = browser.open(path)
    check_page(again)
    assert again.values()["statement"] == "before\u202eafter"
    assert text_fields(again) == text_fields(page)


def test_a_form_opened_for_something_keeps_its_words_for_that(browser, path):
    """A suggestion taken up is another piece of work than an empty form."""
    wanted = f"{path}?for=something"
    keep(browser, browser.open(path), wanted, {"statement": WORDS})
    assert notice(browser.open(path)) == ""
    assert browser.open(wanted).values()["statement"] == WORDS


def test_the_short_form_for_evidence_keeps_its_words_too(browser, full):
    issue = f"/cases/{full['case_ref']}/issue"
    page = browser.open(issue)
    form = page.html.select_one("#quick-evidence form")
    mark = form.select_one("input[data-draft]")
    headers = {"X-CSRFToken": str(form.select_one("[name=csrf_token]")["value"])}
    sent = browser.client.post(
        str(mark["data-draft"]),
        query_string={"path": str(form["action"])},
        data={"quick-observation": WORDS, "quick-layer": "private"},
        headers=headers,
    )
    assert sent.status_code == 200
    again = browser.open(issue).html.select_one("#quick-evidence")
    assert again.has_attr("open")
    assert again.select_one("textarea").get_text().strip() == WORDS
    assert again.select_one("option[value=private]").has_attr("selected")
