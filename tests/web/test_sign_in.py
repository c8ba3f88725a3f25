"""Signing in and out: cookies, tokens, guesses, and forms from elsewhere."""

from dataclasses import replace
from http.cookies import SimpleCookie

from flask import Flask
from werkzeug.test import Client, TestResponse

from clinic.models.accounts import BrowserSession
from clinic.models.store import Store
from clinic.web.app import create_app
from clinic.web.database import open_records
from config import Settings
from tests.browser import Browser
from tests.cast import PASSWORD, Person
from tests.web.addresses import Refs, forms

COOKIE = "undercurrent"
NEW_PASSWORD = "calm otters carry nine lamps"


def posted(
    client: Client, email: str, password: str, base: str = "http://localhost"
) -> TestResponse:
    """Send the sign-in form and give the raw answer."""
    page = Browser.__new__(Browser)
    page.client = client
    token = page.get(f"{base}/sign-in").values()["csrf_token"]
    headers = {"Referer": f"{base}/sign-in"}
    data = {"email": email, "password": password, "csrf_token": token}
    return client.post("/sign-in", base_url=base, data=data, headers=headers)


def cookies(response: TestResponse) -> SimpleCookie:
    jar: SimpleCookie = SimpleCookie()
    for header in response.headers.getlist("Set-Cookie"):
        jar.load(header)
    return jar


def with_cookie(app: Flask, token: str) -> Client:
    client = app.test_client()
    client.set_cookie(COOKIE, token)
    return client


def test_both_cookies_are_closed_to_scripts_and_other_sites(app, ines):
    jar = cookies(posted(app.test_client(), ines.email, PASSWORD))
    assert {COOKIE, "undercurrent-page"} >= set(jar) > set()
    for cookie in jar.values():
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
        assert not cookie["domain"]


def test_with_https_cookies_are_bound_to_it_and_to_this_host(settings: Settings, ines):
    app = create_app(replace(settings, https=True, address="https://clinic.example"))
    store = open_records(app)
    try:
        client = app.test_client()
        page = Browser.__new__(Browser)
        page.client = client
        first = cookies(client.get("/sign-in", base_url="https://clinic.example"))
        answer = posted(client, ines.email, PASSWORD, "https://clinic.example")
        jar = cookies(answer)
        assert "__Host-undercurrent" in jar
        for cookie in (*first.values(), *jar.values()):
            assert cookie.key.startswith("__Host-")
            assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
        assert client.get("/", base_url="https://clinic.example").status_code == 200
    finally:
        store.engine.dispose()


def test_every_sign_in_has_a_token_of_its_own(app, ines):
    tokens = {cookies(posted(app.test_client(), ines.email, PASSWORD))[COOKIE].value for _ in "abc"}
    assert len(tokens) == 3
    assert all(len(token) >= 43 for token in tokens)


def test_a_token_set_before_the_sign_in_is_not_taken_over(app, ines):
    client = with_cookie(app, "planted" * 8)
    assert cookies(posted(client, ines.email, PASSWORD))[COOKIE].value != "planted" * 8


def test_the_database_holds_no_token(app, store: Store, ines):
    token = cookies(posted(app.test_client(), ines.email, PASSWORD))[COOKIE].value
    with store.session(writes=False) as db, db.as_system():
        assert token not in {row.token_hash for row in db.query(BrowserSession)}


def test_a_copied_cookie_is_dead_after_sign_out(app, ines):
    browser = Browser(app)
    token = cookies(posted(browser.client, ines.email, PASSWORD))[COOKIE].value
    copy = with_cookie(app, token)
    assert copy.get("/").status_code == 200
    page = browser.press("/", "/sign-out")
    assert page.title.startswith("Sign in")
    assert copy.get("/").status_code == 302
    assert copy.get("/").location.startswith("/sign-in")


def test_signing_out_clears_what_the_browser_kept(app, browser):
    token = browser.get("/password").values()["csrf_token"]
    answer = browser.client.post("/sign-out", data={"csrf_token": token})
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert cookies(answer)[COOKIE].value == ""


def test_a_new_password_ends_every_sign_in(app, ines):
    browser, elsewhere = (Browser(app).sign_in(ines.email, PASSWORD) for _ in range(2))
    copied = browser.client.get_cookie(COOKIE)
    assert copied is not None
    page = browser.submit("/password", {"old": PASSWORD, "password": NEW_PASSWORD})
    assert "Your password is changed" in page.text
    assert elsewhere.get("/").status == 302
    assert with_cookie(app, copied.value).get("/").status_code == 302
    assert Browser(app).sign_in(ines.email, NEW_PASSWORD).get("/").status == 200
    old = Browser(app).submit("/sign-in", {"email": ines.email, "password": PASSWORD})
    assert old.errors() == ["E-mail address or password is not right"]


def test_an_unknown_name_and_a_wrong_password_get_the_same_answer(app, ines):
    def refused(email: str) -> tuple[int, str]:
        page = Browser(app).submit("/sign-in", {"email": email, "password": "not the password"})
        typed = page.html.select_one("#email")
        token = page.html.select_one("[name=csrf_token]")
        assert typed["value"] == email
        typed["value"] = token["value"] = ""
        return page.status, str(page.html)

    assert refused(ines.email) == refused("nobody@example.org")


def test_the_sixth_guess_is_not_tested(app, ines, cast):
    for _ in range(5):
        page = Browser(app).submit("/sign-in", {"email": ines.email, "password": "a guess"})
        assert page.status == 422
    page = Browser(app).submit("/sign-in", {"email": ines.email, "password": PASSWORD})
    assert (page.status, page.title) == (429, "Too many tries - Undercurrent")
    assert Browser(app).sign_in(cast["tomas"].email, PASSWORD).get("/").status == 200


def test_no_form_is_taken_without_its_token(app, browser, full: Refs):
    addresses = [*(form.url for form in forms(app, full)), "/sign-out"]
    for url in addresses:
        for data in ({}, {"csrf_token": "made up"}):
            answer = browser.client.post(url, data=data)
            assert answer.status_code == 400, url
            assert b"This form has expired" in answer.data
    assert Browser(app).client.post("/sign-in", data={"email": "a@b.c"}).status_code == 400
    assert browser.get("/").status == 200, "nobody was signed out"


def test_a_token_of_another_browser_is_refused(app, browser, cast):
    other = Browser(app).sign_in(cast["tomas"].email, PASSWORD)
    token = other.get("/password").values()["csrf_token"]
    assert browser.client.post("/sign-out", data={"csrf_token": token}).status_code == 400


def test_a_form_sent_from_another_site_is_refused(app, browser, full: Refs):
    site = "cross-site"
    token = browser.get("/password").values()["csrf_token"]
    for form in forms(app, full):
        answer = browser.client.post(
            form.url, data={"csrf_token": token}, headers={"Sec-Fetch-Site": site}
        )
        assert answer.status_code == 403, form.url
    link = browser.client.get("/", headers={"Sec-Fetch-Site": site})
    assert link.status_code == 200, "a link from elsewhere is still a link"


def test_page_cookies_hold_nothing_about_a_case(app, browser, full: Refs, ines: Person):
    """The page cookie is signed, not sealed: whoever has the disk can read it."""
    url = f"/cases/{full['case_ref']}/appointments/{full['appointment_ref']}/ratings/"
    answer = browser.submit(f"{url}{ines.partner_refs[0]}", follow=False).response
    assert answer.status_code == 302
    kept = browser.client.get_cookie("undercurrent-page")
    assert kept is not None
    with app.test_request_context(
        "/", headers={"Cookie": f"undercurrent-page={kept.value}"}
    ) as now:
        held = dict(now.session)
    assert "_flashes" in held
    assert "Mara" not in str(held)
