"""Every page of a full case, as it is, empty, and refused."""

from flask import Flask

from tests.browser import Browser, Page
from tests.cast import Cast
from tests.intake import people
from tests.web.addresses import Refs, forms, pages
from tests.web.filling import emptied, text_fields
from tests.web.page import check_page, check_refused

#: Forms that take an empty answer: "not rated" is one, and a blank is one to every field there.
ALL_OPTIONAL = {
    "goals.rate",
    "frames.write",
    "frames.agree",
    "accords.write_crossed",
    "repair_responses.remark",
}
#: Forms that ask for words alone: any words are an answer.
WORDS_ALONE = {"cases.find", "frames.add_theme", "notes.find", "readings.write_reaction"}


def test_every_page_of_a_full_case_is_sound(app, browser, full):
    for endpoint, url in pages(app, full):
        page = browser.get(url)
        if endpoint in {"accounts.set_up", "accounts.sign_in"}:
            assert page.status in {302, 404}, "neither is there for somebody signed in"
            continue
        assert page.status == 200, url
        check_page(page)


def test_every_page_of_an_empty_case_is_sound(app, browser, full, cast):
    """The colleague's case holds nothing yet."""
    tomas = cast["tomas"]
    other = Browser(app).sign_in(tomas.email, "four unrelated words here")
    nothing = {**full, "case_ref": tomas.case_ref}
    shown = 0
    for endpoint, url in pages(app, nothing):
        page = other.get(url)
        if endpoint.startswith("accounts.") or page.status == 404:
            continue
        check_page(page)
        shown += 1
    assert shown >= 21


def test_pages_for_strangers_are_sound(stranger):
    check_page(stranger.get("/sign-in"))
    check_page(stranger.get("/set-up"))


def test_every_page_at_the_door_is_sound(app, stranger, full):
    link = f"/f/{full['token']}"
    door = stranger.get(link)
    confirm = stranger.send(link, door, {})
    pin = stranger.send(link, confirm, {})
    refused = stranger.send(link, pin, {})
    gone = stranger.get(f"/f/{'x' * 43}")
    for page in (door, confirm, pin, gone, stranger.get("/locked")):
        check_page(page)
    check_refused(refused)
    assert "Jonas" not in "".join(page.text for page in (door, confirm, pin)), "initials only"
    assert (gone.status, stranger.get("/take-back").status) == (404, 302)
    received = people.come_in(app, link)
    for url in ("/form/received", "/form/release"):
        check_page(received.get(url))


def test_every_page_of_the_form_is_sound(app, cast):
    """The colleague's partners have answered nothing yet."""
    tomas = cast["tomas"]
    colleague = Browser(app).sign_in(tomas.email, "four unrelated words here")
    partner = people.come_in(app, people.invite(colleague, tomas))
    first = partner.open("/form")
    check_page(first)
    check_refused(partner.send(people.path_of(first), first, {}))
    people.sign_all(partner, "Robin")
    for page in people.walk_through(partner, {}):
        check_page(page)
    check_page(people.send_off(partner))


def test_a_handed_over_tablet_is_sound_and_shows_one_form(app, cast):
    tomas = cast["tomas"]
    tablet = Browser(app).sign_in(tomas.email, "four unrelated words here")
    invite = f"/cases/{tomas.case_ref}/intake/{tomas.partner_refs[0]}/invite"
    check_page(tablet.submit(invite, {"handing": "tablet"}))
    for url in ("/", f"/cases/{tomas.case_ref}", "/sign-in", "/password"):
        assert tablet.get(url).response.location == "/form", url
    check_page(tablet.get("/take-back"))
    check_refused(tablet.submit("/take-back"))
    back = tablet.submit("/take-back", {"password": "four unrelated words here"})
    assert back.title.startswith("Caseload")


def test_every_chart_of_every_rater_is_sound(browser, full, ines):
    for rater in ("therapist", *ines.partner_refs):
        page = browser.get(f"/cases/{full['case_ref']}/goals?rater={rater}")
        check_page(page)
        assert len(page.html.select("svg[role=img]")) >= 2, "wide and narrow"


def test_an_empty_form_is_refused_with_links_to_what_is_missing(app, browser, full):
    for form in forms(app, full):
        if form.endpoint not in ALL_OPTIONAL:
            page = browser.open(form.url)
            check_refused(send_as_is(browser, form.url, page, emptied(page)))


def test_a_stranger_is_told_what_a_sign_in_needs(stranger):
    check_refused(stranger.submit("/sign-in"))


def test_nothing_typed_is_lost_when_a_form_is_refused(app, browser, full):
    """One answer that was never offered refuses the form; every text comes back as typed."""
    for form in forms(app, full):
        page = browser.open(form.url)
        texts = text_fields(page)
        if form.endpoint in ALL_OPTIONAL | WORDS_ALONE or not texts:
            continue
        typed = emptied(page)
        for place, name in enumerate(texts):
            typed[name] = f"typed words {place}"
        shown = send_as_is(browser, form.url, page, typed)
        # A blank version is an old one: then it is a conflict, which keeps the words as well.
        assert shown.status in {422, 409}, form.url
        kept = shown.values()
        assert {name: kept[name] for name in texts} == {name: typed[name] for name in texts}


def send_as_is(browser: Browser, url: str, page: Page, typed: dict[str, str]) -> Page:
    """Send exactly these fields, with the page's token."""
    token = page.values()["csrf_token"]
    return Page(browser.client.post(url, data={**typed, "csrf_token": token}))


def test_a_password_is_never_shown_again(browser):
    page = browser.submit("/password", {"old": "wrong words", "password": "short"})
    assert page.status == 422
    assert "wrong words" not in str(page.html)


def test_the_cast_is_whom_the_titles_must_not_name(cast: Cast, app: Flask, full: Refs):
    """Guards the checks above against a cast renamed one day."""
    browser = Browser(app).sign_in(cast["ines"].email, "four unrelated words here")
    text = browser.get(f"/cases/{full['case_ref']}").text
    assert "Mara" in text
    assert "Jonas" in text
