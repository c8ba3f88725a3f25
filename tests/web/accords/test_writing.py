"""Writing an agreement on screen: begun, topic by topic, and grown from the map."""

import pytest

from clinic.domain.guard import NOT_OPEN
from clinic.services import questionnaires, safety
from tests import accord_factories as accord_made
from tests import factories as made
from tests.browser import Browser
from tests.cast import PASSWORD
from tests.vignette_answers import INTAKE
from tests.web.page import check_page, check_refused


@pytest.fixture
def url(full):
    return f"/cases/{full['case_ref']}/agreements"


@pytest.fixture
def text(url, full):
    return f"{url}/{full['accord_ref']}"


def colleague(app, cast):
    return Browser(app).sign_in(cast["tomas"].email, PASSWORD)


def sentence_of(page):
    return page.html.select_one("[role=status] .notice").get_text(strip=True)


def rows(page):
    return [row.get_text(" ", strip=True) for row in page.html.select("main tbody tr")]


def test_an_agreement_is_begun_with_one_press_and_leads_to_its_text(app, cast):
    tomas = cast["tomas"]
    browser, url = colleague(app, cast), f"/cases/{tomas.case_ref}/agreements"
    page = browser.open(url)
    assert "Begin with Robin and Sam" in page.text
    data = page.values() | {"between": "+".join(tomas.partner_refs)}
    answer = browser.client.post(f"{url}/begin", data=data, follow_redirects=True)
    assert "No topics yet" in answer.text
    again = browser.client.post(f"{url}/begin", data=data, follow_redirects=True)
    assert "There is an agreement between them already." in again.text


def test_for_three_partners_there_is_one_for_all_and_one_for_each_pair(browser, store, ines):
    with made.at_work(store, ines) as db:
        case_ref = made.make_case(db, "Kim", "Lou", "Tariq").public_id
    page = browser.open(f"/cases/{case_ref}/agreements")
    buttons = [button.get_text(strip=True) for button in page.html.select("[name=between]")]
    assert buttons == [
        "Begin with Kim, Lou and Tariq",
        "Begin with Kim and Lou",
        "Begin with Kim and Tariq",
        "Begin with Lou and Tariq",
    ]
    assert "couple" not in page.text.lower()


@pytest.mark.parametrize("between", ["", "+", "x" * 22, "x+y"])
def test_an_agreement_with_somebody_who_is_not_there_is_not_found(browser, url, between):
    data = {"between": between}
    headers = {"X-CSRFToken": browser.open("/password").values()["csrf_token"]}
    assert browser.client.post(f"{url}/begin", data=data, headers=headers).status_code == 404


def test_a_topic_says_where_each_stands(browser, text):
    page = browser.submit(
        f"{text}/topics/new",
        {
            "title": "Nights out",
            "position_0": "fine-if-told",
            "status": "with-conditions",
            "wording": "home by one",
        },
    )
    [row] = [row for row in rows(page) if "home by one" in row]
    assert row.startswith("Nights out Mara Fine if told Jonas Not said yet")
    assert "Agreed, with conditions" in row


def test_a_usual_topic_can_be_chosen_with_questions_that_help(browser, text):
    page = browser.open(f"{text}/topics/new")
    first = page.html.select_one("details.more li a")
    chosen = browser.open(str(first["href"]))
    check_page(chosen)
    assert chosen.values()["title"] == first.get_text(strip=True)
    assert "Questions that may help" in chosen.text
    unknown = browser.open(f"{text}/topics/new?topic=nothing")
    assert unknown.values()["title"] == ""


def test_what_is_called_agreed_without_words_is_refused_beside_the_words(browser, text):
    page = browser.submit(f"{text}/topics/new", {"title": "Exes", "status": "agreed"})
    check_refused(page)
    assert page.errors() == ["Write down what was agreed, or leave the topic open"]


def test_a_topic_of_its_own_days_is_reviewed_after_it_begins(browser, text):
    days = {"starts_on": "2026-03-14", "review_on": "2026-03-14"}
    page = browser.submit(f"{text}/topics/new", {"title": "Exes", **days})
    check_refused(page)
    assert page.errors() == ["Choose a day after the start"]
    assert page.html.select_one("details.more[open] [name=review_on]")


def test_a_topic_is_taken_out_and_versions_keep_it(browser, full, text):
    topic = f"{text}/topics/{full['topic_ref']}"
    page = browser.press(topic, f"{topic}/delete")
    assert "Taken out. Versions that were saved with it keep it." in page.text
    assert browser.open(topic).status == 404
    assert "Staying in touch" in browser.open(f"{text}/versions/2").text


def test_a_topic_that_was_changed_meanwhile_is_not_taken_out_unseen(browser, full, text):
    topic = f"{text}/topics/{full['topic_ref']}"
    opened = browser.open(topic)
    browser.submit(topic, {"wording": "we say so before"})
    form = opened.html.select_one(f'form[action="{topic}/delete"]')
    data = {field["name"]: field["value"] for field in form.select("input")}
    answer = browser.client.post(f"{topic}/delete", data=data, follow_redirects=True)
    assert "Look at it again before you take it out." in answer.text
    assert "we say so before" in answer.text


def test_what_was_shown_on_the_map_is_added_with_one_press(browser, store, ines):
    with made.at_work(store, ines) as db:
        case = made.make_case(db)
        plan = questionnaires.PlanDetails(INTAKE.key, INTAKE.version, ["B11", "B01"])
        questionnaires.write_plan(db, case, plan)
        accord_made.show_on_map(db, case, "B11")
        accord = accord_made.make_accord(db, case)
        text = f"/cases/{case.public_id}/agreements/{accord.public_id}"
    page = browser.press(text, f"{text}/grow")
    assert "1 topic added." in page.text
    assert "Not OK" in rows(page)[0]
    again = browser.press(text, f"{text}/grow")
    assert NOT_OPEN in again.text


def test_while_the_map_is_shut_the_words_are_the_same_as_where_there_is_nothing(
    browser, store, ines, text
):
    with made.at_work(store, ines) as db:
        safety.decide(db, made.case_of(db, ines), "track", "alone first", holds=True)
    shut = browser.press(text, f"{text}/grow")
    assert sentence_of(shut) == f"{NOT_OPEN}."
    assert "safety" not in shut.text.lower()


def test_the_first_24_hours_are_written_on_their_own(browser, text):
    page = browser.submit(f"{text}/first-day", {"words": "we say it the same evening"})
    assert "we say it the same evening" in page.text
    emptied = browser.submit(f"{text}/first-day", {"words": ""})
    assert "Nothing written yet" in emptied.text


def test_the_page_says_when_the_text_has_changed_since_the_newest_version(browser, text):
    assert "has changed since version 2" in browser.open(text).text
    saved = browser.submit(f"{text}/save", {"reason": "a new week"})
    assert saved.title.startswith("Agreement, version 3")
    assert "has changed since version" not in browser.open(text).text


def test_nobody_else_finds_an_agreement(app, cast, full):
    other = colleague(app, cast)
    theirs = f"/cases/{cast['tomas'].case_ref}/agreements/{full['accord_ref']}"
    for url in (theirs, f"{theirs}/save", f"{theirs}/versions/1", f"{theirs}/compare"):
        assert other.open(url).status == 404
