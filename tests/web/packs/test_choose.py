"""Choosing a practice's own questionnaires for a case; another practice's are not there."""

from tests import intake_factories as made
from tests.browser import Browser
from tests.cast import PASSWORD
from tests.content.fhir_files import EVENINGS, WEEK
from tests.factories import at_work
from tests.intake import people
from tests.web.page import check_page


def plan_of(person):
    return f"/cases/{person.case_ref}/intake/questions"


def load(store, person, *documents):
    with at_work(store, person) as db:
        return [made.make_pack(db, each).public_id for each in documents]


def colleague(app, cast):
    return Browser(app).sign_in(cast["tomas"].email, PASSWORD)


def test_without_any_nothing_is_asked_about_them(app, cast):
    noa = Browser(app).sign_in(cast["noa"].email, PASSWORD)
    page = noa.get(plan_of(cast["noa"]))
    assert not page.html.select("[name=packs]")
    assert page.link("Questionnaires of this practice") == "/questionnaires"
    assert noa.submit(plan_of(cast["noa"])).status == 200


def test_what_is_chosen_stays_chosen_in_its_order_after_it_was_withdrawn(app, store, cast):
    tomas, browser = cast["tomas"], colleague(app, cast)
    first, second = load(store, tomas, WEEK, EVENINGS)
    page = browser.submit(plan_of(tomas), {"packs": [first, second]})
    assert "After them come 2 questionnaires of your practice." in page.text
    browser.press(f"/questionnaires/{first}", f"/questionnaires/{first}/withdraw")
    page = browser.get(plan_of(tomas))
    check_page(page)
    chosen = [each["value"] for each in page.html.select("[name=packs][checked]")]
    assert chosen == [first, second]
    assert browser.submit(plan_of(tomas)).status == 200
    page = browser.submit(plan_of(tomas), {"packs": []})
    assert "questionnaires of your practice" not in page.text
    offered = [each["value"] for each in browser.get(plan_of(tomas)).html.select("[name=packs]")]
    assert first not in offered


def test_one_that_is_not_offered_is_refused(app, store, cast):
    tomas, browser = cast["tomas"], colleague(app, cast)
    [foreign] = load(store, cast["noa"], WEEK)
    load(store, tomas, EVENINGS)
    page = browser.open(plan_of(tomas))
    for wrong in (foreign, "x" * 22, "\x00", "a,b"):
        data = page.values()
        data.setlist("packs", [wrong])
        assert browser.client.post(plan_of(tomas), data=data).status_code == 422, wrong


def test_after_somebody_has_begun_it_is_closed_and_says_so(app, store, cast):
    tomas, browser = cast["tomas"], colleague(app, cast)
    [ref] = load(store, tomas, WEEK)
    phone = people.come_in(app, people.invite(browser, tomas))
    people.sign_all(phone, "Robin")
    assert people.save(phone, "brings", "The move", "op", 1).status == 200
    page = browser.submit(plan_of(tomas), {"packs": [ref]})
    assert page.status == 422
    assert "Somebody has begun to answer" in page.text
    assert page.html.select(f"[name=packs][value='{ref}'][checked]")


def test_another_practice_s_is_the_page_of_one_that_never_was(app, store, cast):
    [ref] = load(store, cast["ines"], WEEK)
    noa = Browser(app).sign_in(cast["noa"].email, PASSWORD)
    nothing = noa.client.get("/nowhere").data
    token = noa.get("/password").values()["csrf_token"]
    for url in (f"/questionnaires/{ref}", "/questionnaires/" + "x" * 22, "/questionnaires/1"):
        answer = noa.client.get(url)
        assert (answer.status_code, answer.data) == (404, nothing), url
        answer = noa.client.post(f"{url}/withdraw", data={"csrf_token": token})
        assert (answer.status_code, answer.data) == (404, nothing), url
    assert "Our week" not in noa.get("/questionnaires").text
