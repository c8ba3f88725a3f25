"""From a file to answers and totals: loaded, chosen, answered on the form, read side by side."""

import pytest

from clinic.domain.answers import given
from tests.browser import Browser, Page
from tests.cast import PASSWORD
from tests.content.fhir_files import WEEK
from tests.intake import people
from tests.web.packs.test_load import choose
from tests.web.page import check_page, check_refused

ROBIN = {
    "q1-often": given(["daily"]),
    "q1-calm": given(["some"]),
    "q1-where": given(["--own"]),
    "q1-where--own": given(["In the car"]),
    "q1-about": given(["m"]),
    "q1-about--own": given(["Holidays"]),
    "q1-child": given(["yes"]),
    "q1-many": given(["2"]),
    "q1-hours": given(["6,5"]),
    "q1-run": given(["Both of us"]),
    "q1-else": given(["Nothing <i>else</i>."]),
}
SAM = {"q1-often": given(["never"]), "q1-child": given(["no"])}
TALKING, HOME, SCHOOL = (f"/form/page/q1-page-{number}" for number in (2, 3, 4))


@pytest.fixture
def colleague(app, cast):
    """Tomas, whose case is asked about its week besides the intake."""
    browser = Browser(app).sign_in(cast["tomas"].email, PASSWORD)
    choose(browser, WEEK)
    page = browser.open(plan := f"/cases/{cast['tomas'].case_ref}/intake/questions")
    week = next(
        box["value"]
        for box in page.html.select("[name=packs]")
        if "Our week" in page.html.select_one(f"label[for='{box['id']}']").text
    )
    assert browser.send(plan, page, {"packs": [week]}).status == 200
    return browser


def phone(app, colleague, cast, place=0):
    partner = people.come_in(app, people.invite(colleague, cast["tomas"], place))
    people.sign_all(partner, ("Robin", "Sam")[place])
    return partner


def paths(pages):
    return [people.path_of(page) for page in pages]


def rows(page, caption):
    table = next(
        each for each in page.html("table") if each.caption.get_text(strip=True) == caption
    )
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row(["th", "td"])]
        for row in table.select("tbody tr")
    ]


def test_a_file_is_asked_answered_and_read_with_its_total(app, colleague, cast):
    robin, sam = (phone(app, colleague, cast, place) for place in (0, 1))
    seen = people.walk_through(robin, ROBIN)
    for page in seen:
        check_page(page)
    # Saying that children live there opens a question on the same page.
    numbers = (1, 2, 3, 3, 4, 5, 6)
    assert paths(seen)[-8:-1] == [f"/form/page/q1-page-{number}" for number in numbers]
    assert "Think of the past <b>seven</b> days." in seen[-8].text
    assert "That was the last question." in seen[-2].text
    for words in ("In the car", "Money, Holidays", "6.5", "Nothing <i>else</i>.", "Daily"):
        assert words in seen[-1].text
    assert "otal" not in "".join(page.text for page in seen), "no total for a partner"
    people.send_off(robin)
    assert SCHOOL not in paths(people.walk_through(sam, SAM)), "nothing is asked there"
    people.send_off(sam)
    answers = colleague.open(f"/cases/{cast['tomas'].case_ref}/answers")
    check_page(answers)
    assert rows(answers, "Totals") == [
        [
            "Our week",
            "Robin Total 3.5: all 2 scored questions answered",
            "Sam No total: a scored question was left out",
        ]
    ]
    assert ["Where did you talk?", "Robin In the car", "Sam Left out"] in rows(answers, "Talking")
    assert ["What about?", "Robin Money Holidays", "Sam Left out"] in rows(answers, "Talking")
    assert ["How many?", "Robin 2", "Sam Not asked"] in rows(answers, "At home")
    together = colleague.open(f"/cases/{cast['tomas'].case_ref}/answers/together")
    assert "otal" not in together.text


def test_a_total_of_nothing_asked_is_not_called_left_out(app, colleague, cast):
    robin = phone(app, colleague, cast)
    people.walk_through(robin, {})
    people.send_off(robin)
    answers = colleague.open(f"/cases/{cast['tomas'].case_ref}/answers")
    assert rows(answers, "Totals") == [
        ["Our week", "Robin No total: a scored question was left out"]
    ]


def test_going_back_passes_over_what_is_not_asked(app, colleague, cast):
    robin = phone(app, colleague, cast)
    people.walk_through(robin, SAM)
    page = robin.open("/form/page/q1-page-5")
    assert people.path_of(robin.send("/form/page/q1-page-5", page, {})) == "/form/page/q1-page-6"
    data = page.values() | {"back": "1"}
    back = robin.client.post("/form/page/q1-page-5", data=data)
    assert back.location == HOME
    shown = robin.open(SCHOOL)
    check_page(shown)
    assert "There is nothing to answer on this page." in shown.text


def test_an_answer_opens_the_questions_after_it_without_a_script(app, colleague, cast):
    robin = phone(app, colleague, cast)
    page = robin.open(HOME)
    assert not page.html.select("[name=q1-many]")
    page = robin.send(HOME, page, {"q1-child": "yes"})
    assert people.path_of(page) == HOME
    assert "There is more to answer on this page now." in page.text
    assert page.html.select("[name=q1-many][inputmode=numeric]")
    page = robin.send(HOME, page, {"q1-many": "0", "q1-hours": "six"})
    check_refused(page)
    assert page.errors() == ["Enter 1 or more.", "Enter a number, such as 3 or 2.5."]
    assert page.values()["q1-hours"] == "six", "what was typed stays"
    page = robin.send(HOME, page, {"q1-many": "3", "q1-hours": "7.50"})
    assert people.path_of(page) == SCHOOL
    assert robin.open(HOME).values()["q1-hours"] == "7.5"


def test_own_words_come_back_as_they_were_typed(app, colleague, cast):
    robin = phone(app, colleague, cast)
    page = robin.open(TALKING)
    robin.send(TALKING, page, {"q1-where--own": "In the car", "q1-about--own": "Holidays"})
    values = robin.open(TALKING).values()
    assert (values["q1-where"], values["q1-where--own"]) == ("--own", "In the car")
    assert (values.getlist("q1-about"), values["q1-about--own"]) == ([], "Holidays")


def test_a_choice_and_own_words_cannot_both_count_and_neither_is_lost(app, colleague, cast):
    robin = phone(app, colleague, cast)
    page = robin.open(TALKING)
    offered = [each["value"] for each in page.html.select("[name=q1-where]")]
    table = offered[0]
    page = robin.send(TALKING, page, {"q1-where": table, "q1-where--own": "In the car"})
    check_refused(page)
    assert page.errors() == ["Choose an answer, or write your own: both cannot count."]
    assert (page.values()["q1-where"], page.values()["q1-where--own"]) == (table, "In the car")
    page = robin.send(TALKING, page, {"q1-where": "--declined"})
    assert people.path_of(page) == HOME, "declining is always taken"
    page = robin.send(TALKING, robin.open(TALKING), {"q1-about--own": "m"})
    assert page.errors() == ["Please write this in a few more words."]


def own(partner, item, operation, turn, **data):
    sent = {"item": item, "operation": operation, "turn": turn, "csrf_token": people.token(partner)}
    return Page(partner.client.post("/form/save", data=sent | data))


def test_own_words_are_saved_as_they_are_typed(app, colleague, cast):
    robin = phone(app, colleague, cast)
    assert own(robin, "q1-where", "page", "1", value="--own", own="In the car").status == 200
    assert robin.open(TALKING).values()["q1-where--own"] == "In the car"
    both = own(robin, "q1-where", "page", "2", value="at-table", own="In the car")
    assert both.status == 422
    assert own(robin, "q1-where", "page", "3", value="--declined", own="x").status == 200
    assert robin.open(TALKING).values()["q1-where"] == "--declined"
    assert own(robin, "q1-about", "page", "4", value=["m", "t"], own="Sleep").status == 200
    assert robin.open(TALKING).values()["q1-about--own"] == "Sleep"
    assert own(robin, "q1-hours", "page", "5", value="8", own="ignored").status == 200
    assert own(robin, "q1-where", "page", "6", own="a\x00b").status == 422


def test_both_partners_see_the_same_pages_whatever_the_other_said(app, colleague, cast):
    robin = phone(app, colleague, cast)
    sam = phone(app, colleague, cast, 1)
    before = sam.open(TALKING).text
    people.walk_through(robin, ROBIN)
    people.send_off(robin)
    assert sam.open(TALKING).text == before
