"""Headers on every answer, whatever its status: nothing loads from elsewhere, nothing is kept."""

from flask import Flask
from sqlalchemy import text
from werkzeug.test import TestResponse

from clinic.models.store import Store
from clinic.web.assets import SHEETS
from clinic.web.headers import ALWAYS, POLICY
from tests.browser import Browser
from tests.cast import Person
from tests.intake import people
from tests.web.addresses import OF_PARTNERS, Refs, address
from tests.web.worksheets.handing_out import print_out

KEPT = {"static", "assets.stylesheet"}


def check(response: TestResponse, *, kept: bool = False) -> None:
    for name, value in ALWAYS.items():
        assert response.headers.getlist(name) == [value], response.request.path
    control = response.headers["Cache-Control"]
    assert control == "no-store" if not kept else control.startswith(("public", "no-cache"))
    assert "Server" not in response.headers
    assert "Strict-Transport-Security" not in response.headers, "not without https"


def broken(browser: Browser, store: Store, refs: Refs) -> TestResponse:
    """Take a table away, so that a page meets a fault that nobody expected."""
    with store.engine.begin() as connection:
        connection.execute(text("DROP TABLE goal_rating"))
    return browser.client.get(f"/cases/{refs['case_ref']}/goals")


def test_the_policy_loads_nothing_from_elsewhere_and_runs_nothing_inline():
    rules = dict(rule.split(" ", 1) for rule in POLICY.split("; "))
    assert rules["default-src"] == "'none'"
    assert set(rules.values()) <= {"'none'", "'self'"}


def test_every_rule_and_method_carries_the_headers(app, browser, full: Refs):
    for rule in app.url_map.iter_rules():
        for method in (*(rule.methods or ()), "DELETE"):
            if rule.endpoint == "accounts.sign_out" and method == "POST":
                continue
            answer = browser.client.open(address(rule, full), method=method)
            check(answer, kept=rule.endpoint in KEPT and answer.status_code == 200)
            answer.close()


def test_a_sheet_is_not_kept_and_its_name_names_nobody(browser, full: Refs, ines: Person):
    url = f"/cases/{full['case_ref']}/worksheets"
    answer = print_out(browser, url, "w13", reader=ines.partner_refs[0])
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    check(answer)
    named = answer.headers["Content-Disposition"]
    assert named.startswith('inline; filename="worksheet-13-')
    assert not [name for name in ("Mara", "Jonas", full["case_ref"]) if name in named]


def test_a_form_and_its_door_carry_the_headers(app, stranger, full: Refs):
    link = f"/f/{full['token']}"
    check(stranger.client.get(link))
    phone = people.come_in(app, link)
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith(OF_PARTNERS) and rule.endpoint != "entry.leave":
            for method in (*(rule.methods or ()), "DELETE"):
                check(phone.client.open(address(rule, full), method=method))


def test_leaving_the_form_lets_the_browser_forget_it(app, full: Refs):
    phone = people.come_in(app, f"/f/{full['token']}")
    answer = phone.client.get("/leave")
    check(answer)
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert phone.client.get("/form").location == "/locked"


def test_a_slip_is_not_kept_and_its_name_names_nobody(browser, full: Refs):
    token = browser.get("/password").values()["csrf_token"]
    data = {"csrf_token": token, "token": full["token"]}
    answer = browser.client.post(f"/cases/{full['case_ref']}/intake/slip", data=data)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    check(answer)
    assert answer.headers["Content-Disposition"] == 'inline; filename="slip.pdf"'


def test_refusals_carry_the_headers(app, browser, stranger, full: Refs, ines: Person):
    token = browser.get("/password").values()["csrf_token"]
    too_much = {"csrf_token": token, "own_words": "a" * 10_000_000}
    new = f"/cases/{full['case_ref']}/behaviours/new"
    client = browser.client
    answers = {
        400: client.post(new),
        403: client.post(new, headers={"Sec-Fetch-Site": "cross-site"}),
        404: client.get("/nowhere"),
        405: client.post("/"),
        413: client.post(new, data=too_much),
        422: client.post(new, data={"csrf_token": token}),
        302: stranger.client.get("/"),
    }
    for status, answer in answers.items():
        assert answer.status_code == status, answer.request.path
        check(answer)


def test_too_many_guesses_carry_the_headers(stranger):
    for _ in range(6):
        page = stranger.submit("/sign-in", {"email": "nobody@example.org", "password": "guess"})
    assert page.status == 429
    check(page.response)


def test_a_fault_carries_the_headers_and_tells_nothing(browser, store, full: Refs):
    answer = broken(browser, store, full)
    assert answer.status_code == 500
    check(answer)
    body = answer.get_data(as_text=True)
    assert "Something went wrong on our side" in body
    assert not [word for word in ("goal_rating", "Traceback", "SELECT", "Mara") if word in body]


def test_a_fault_is_logged_without_a_word_of_what_was_typed(browser, store, full: Refs, caplog):
    new = f"/cases/{full['case_ref']}/goals/new"
    page = browser.open(new)
    broken(browser, store, full)
    caplog.clear()
    with store.engine.begin() as connection:
        connection.execute(text("DROP TABLE behaviour_rating"))
    record = f"/cases/{full['case_ref']}/behaviours/new"
    data = {"csrf_token": page.values()["csrf_token"], "own_words": "a planted sentence"}
    browser.client.post(record, data=data)
    browser.client.get(f"/cases/{full['case_ref']}/behaviours")
    assert "unexpected" in caplog.text
    assert "planted" not in caplog.text
    assert "behaviour_rating" not in caplog.text


def test_static_files_are_named_by_their_content_and_kept(app: Flask, stranger):
    page = stranger.get("/sign-in")
    assets = [tag["href"] for tag in page.html.select("link[href]")]
    assert len(assets) == 3
    for url in assets:
        answer = stranger.client.get(url)
        assert answer.status_code == 200, url
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable", url
        answer.close()


def test_without_its_name_by_content_a_static_file_is_asked_for_again(stranger):
    answer = stranger.client.get("/static/js/errors.js")
    assert answer.headers["Cache-Control"] == "no-cache"
    answer.close()


def test_only_static_files_are_static(stranger):
    for path in ("nothing.js", "../config.py", "%2e%2e/config.py", "css"):
        answer = stranger.client.get(f"/static/{path}")
        assert answer.status_code in {302, 404}
        check(answer)
        assert b"Settings" not in answer.data


def test_the_style_sheet_is_all_of_ours_and_refers_to_what_exists(stranger):
    page = stranger.get("/sign-in")
    css = stranger.client.get(page.html.select_one("link[rel=stylesheet]")["href"])
    sheet = css.get_data(as_text=True)
    assert len(SHEETS) > 5
    assert "http" not in sheet
    assert ".summary-list" in sheet
