"""Sheets on an appointment's page: two presses hand one out, one press says how far it was done."""

import pytest

from clinic.domain.handouts import can_be_handed_out
from clinic.services import invitations, phases, safety
from clinic.services.days import today
from tests import factories as made
from tests import handout_factories as sheets
from tests.intake import people
from tests.web.page import check_page, check_refused
from tests.web.test_queries import statements

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def case(full):
    return f"/cases/{full['case_ref']}"


@pytest.fixture
def at(store, ines):
    """Give an appointment of today, held after all the others."""
    with made.at_work(store, ines) as db:
        row = made.make_appointment(db, made.case_of(db, ines), held_on=today())
        return row.public_id


@pytest.fixture
def end_way_in(store, ines, full):
    """End the way in that Jonas has."""

    def end():
        with made.at_work(store, ines) as db:
            invitations.revoke(db, made.case_of(db, ines), full["invitation_ref"])

    return end


def handing(page, sheet):
    [form] = page.html.select(f'form.handing[action$="/{sheet}"]')
    return form


def data_of(form):
    return {field["name"]: field["value"] for field in form.select("input[name]")}


def press(browser, url, sheet, label):
    form = handing(browser.open(url), sheet)
    [button] = [each for each in form.select("button") if each.get_text(strip=True) == label]
    data = data_of(form)
    if button.has_attr("name"):
        data[str(button["name"])] = button["value"]
    return browser.client.post(str(form["action"]), data=data)


def labels(page, sheet):
    return [each.get_text(strip=True) for each in handing(page, sheet).select("button, a")]


def forms_about(page, sheet_title):
    """Give the forms in the line of one sheet on which something was asked or pressed."""
    [line] = [
        each
        for each in page.html.select("[id^=handout-]")
        if sheet_title in each.get_text(" ", strip=True)
    ]
    return line.select("form")


def in_sight(page):
    return [each.get_text(strip=True) for each in page.html.select("#sheets > details > summary")]


def test_the_sheets_of_the_phase_come_first_and_open_with_one_press(browser, case, at, store, ines):
    page = browser.open(f"{case}/appointments/{at}")
    check_page(page)
    with made.at_work(store, ines, writes=False) as db:
        [*_, move] = phases.list_moves(db, made.case_of(db, ines))
    titles = [each.title for each in sheets.SHEETS.values() if each.phase == move.phase.upper()]
    assert in_sight(page) == [*titles, "All other sheets"]
    handed = [each for each in sheets.SHEETS.values() if can_be_handed_out(each)]
    assert len(page.html.select("form.handing")) == len(handed)


def test_a_case_that_never_moved_is_in_the_first_phase(browser, store, ines):
    with made.at_work(store, ines) as db:
        case = made.make_case(db)
        url = f"/cases/{case.public_id}/appointments/{made.make_appointment(db, case).public_id}"
    assert in_sight(browser.open(url)) == ["Where are we starting?", "All other sheets"]


def test_paper_is_noted_and_printed_with_the_second_press(browser, case, at):
    url = f"{case}/appointments/{at}"
    answer = press(browser, url, "w09", "Print it for Jonas")
    # The browser sends the same again, to the page that prints and keeps what was printed.
    assert answer.status_code == 307
    assert answer.location.endswith("/worksheets/w09")
    assert press(browser, url, "w06", "Print it").location.endswith("/worksheets/w06")
    page = browser.open(url)
    check_page(page)
    assert "How it landed Jonas, on paper" in page.text
    assert "Our pattern All of them together, on paper" in page.text


@pytest.mark.parametrize("sheet", ["w05", "w07", "w08", "w10"])
def test_sheets_for_openness_are_prepared_first_in_any_case(browser, case, at, sheet):
    url = f"{case}/appointments/{at}"
    assert labels(browser.open(url), sheet) == ["Prepare it, then print it"]
    # Pressed all the same, nothing is noted.
    form = handing(browser.open(url), sheet)
    answer = browser.client.post(str(form["action"]), data=data_of(form) | {"reader": "x" * 22})
    assert f"/worksheets/{sheet}?appointment={at}" in answer.location
    assert "Handed out at this appointment" not in browser.open(url).text


def test_one_that_is_prepared_is_noted_when_it_is_printed(browser, case, ines, at):
    where = f"{case}/worksheets/w13?appointment={at}"
    page = browser.open(where)
    check_page(page)
    chosen = {"reader": ines.partner_refs[1], "filled": "all", "paper": "letter"}
    target = str(page.html.select_one("button[formaction]")["formaction"])
    data = page.values()
    for name, value in chosen.items():
        data[name] = value
    answer = browser.client.post(target, data=data)
    assert answer.status_code == 307
    assert answer.location.endswith("/worksheets/w13")
    assert "Our goals Jonas, on paper" in browser.open(f"{case}/appointments/{at}").text


def test_a_shut_sheet_is_not_noted_and_no_page_says_why(browser, store, ines):
    with made.at_work(store, ines) as db:
        case = made.make_case(db)
        where, reader = f"/cases/{case.public_id}", case.partners[0].public_id
        at = made.make_appointment(db, case).public_id
        safety.decide(db, case, "track", "a reason", holds=True)
    page = browser.open(f"{where}/appointments/{at}")
    data = data_of(handing(page, "w05")) | {"reader": reader, "prepared": "1", "paper": "A4"}
    answer = browser.client.post(f"{where}/handouts/{at}/w05", data=data)
    assert f"/worksheets/w05?appointment={at}" in answer.location
    shown = browser.open(answer.location)
    assert "This is not open at this point." in shown.text
    after = browser.open(f"{where}/appointments/{at}")
    assert "Handed out at this appointment" not in after.text
    assert labels(after, "w05") == ["Prepare it, then print it"]


def test_at_home_waits_in_the_way_in_that_is_there(browser, case, at):
    url = f"{case}/appointments/{at}"
    answer = press(browser, url, "w12", "To do at home: Jonas")
    assert answer.location.endswith(f"/appointments/{at}#sheets")
    page = browser.open(url)
    assert "It waits in this person's own way in now." in page.text
    assert "What sits underneath? Jonas, to do at home Not sent yet" in page.text


def test_at_home_needs_a_way_in_and_gives_one(app, browser, case, at, end_way_in):
    url = f"{case}/appointments/{at}"
    end_way_in()
    page = browser.open(url)
    link = handing(page, "w12").select_one("a[href*='/home']")
    assert link.get_text(strip=True) == "To do at home: Jonas, by a new link"
    page = browser.open(str(link["href"]))
    check_page(page)
    page = browser.submit(str(link["href"]), {"way": "link"})
    check_page(page)
    found = people.LINK.search(page.text)
    assert found
    assert people.come_in(app, found[1])
    assert found[1] not in browser.open(url).text


def test_a_press_after_the_way_in_has_ended_leads_to_a_new_one(browser, case, full, at, end_way_in):
    url = f"{case}/appointments/{at}"
    form = handing(browser.open(url), "w12")
    end_way_in()
    data = data_of(form) | {"home": full["partner_ref"]}
    answer = browser.client.post(str(form["action"]), data=data)
    assert f"/handouts/w12/{full['partner_ref']}/home?appointment={at}" in answer.location


@pytest.mark.parametrize("sheet", ["w05", "w06"])
def test_a_sheet_for_paper_alone_has_no_page_for_home(browser, case, full, at, sheet):
    assert browser.get(f"{case}/handouts/{sheet}/{full['partner_ref']}/home").status == 404
    form = handing(browser.open(f"{case}/appointments/{at}"), sheet)
    data = data_of(form) | {"home": full["partner_ref"]}
    assert browser.client.post(str(form["action"]), data=data).status_code == 404


def test_the_next_appointment_asks_and_one_press_says_how_far(browser, case, at):
    url = f"{case}/appointments/{at}"
    page = browser.open(url)
    press_form, words = forms_about(page, "How it landed")
    where, data = str(press_form["action"]), data_of(press_form)
    answer = browser.client.post(
        where, data=data | {"on": "partly"}, headers={"Accept": "application/json"}
    )
    assert answer.get_json() == {"marks": ["partly"]}
    assert browser.client.post(where, data=data | {"on": "wrong"}).status_code == 404
    answer = browser.client.post(where, data=data | {"on": "done"})
    assert answer.location.startswith(f"{url}#handout-")
    page = browser.open(url)
    on = forms_about(page, "How it landed")[0].select("[aria-pressed=true]")
    assert [each.get_text(strip=True) for each in on] == ["Done"]
    line = data_of(words) | {"outcome": "the first half of it"}
    answer = browser.client.post(str(words["action"]), data=line)
    assert answer.location.startswith(f"{url}#handout-")
    again = browser.client.post(str(words["action"]), data=line | {"outcome": "all of it"})
    assert again.status_code == 409
    assert b"the first half of it" in again.data
    assert "the first half of it" in browser.open(f"{case}/handouts").text


def test_unsaved_words_about_a_sheet_are_there_again(browser, case, at):
    url = f"{case}/appointments/{at}"
    _, words = forms_about(browser.open(url), "How it landed")
    keep = str(words.select_one("input[data-draft]")["data-draft"])
    typed = data_of(words) | {"outcome": "half of it"}
    browser.client.post(keep, query_string={"path": str(words["action"])}, data=typed)
    _, words = forms_about(browser.open(url), "How it landed")
    assert words.select_one("textarea").get_text().strip() == "half of it"


def test_a_mistake_is_taken_back(browser, case, at):
    url = f"{case}/appointments/{at}"
    press(browser, url, "w09", "Print it for Jonas")
    [form] = forms_about(browser.open(url), "How it landed Jonas")
    answer = browser.client.post(str(form["action"]), data=data_of(form), follow_redirects=True)
    assert "Taken back." in answer.get_data(as_text=True)
    assert "Handed out at this appointment" not in browser.open(url).text


def test_what_was_sent_is_read_question_by_question(browser, case, full):
    page = browser.open(f"{case}/handouts")
    check_page(page)
    for words in ("two rows of it", "a heavy evening", "Private to Mara", "For all of them"):
        assert words in page.text
    page = browser.open(f"{case}/handouts/{full['handout_ref']}")
    check_page(page)
    assert "Private to Mara" in page.text
    assert "What is it that I do, or keep doing? the heron by the lake" in page.text
    assert "only since we have been together, at times when I was under pressure" in page.text


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        (
            {"sheet": "w04", "reader": "together"},
            "This sheet is for one person: choose whose it is",
        ),
        ({"sheet": "w06", "reader": "Mara"}, "This sheet is for all of them together"),
        ({"sheet": "w06", "reader": "together", "medium": "home"}, "This sheet is done on paper"),
        ({"sheet": "w04", "reader": "Mara", "on": "2199-01-01"}, "This day has not come yet"),
    ],
)
def test_what_does_not_fit_is_refused_beside_its_field(browser, case, ines, values, problem):
    if values["reader"] == "Mara":
        values = values | {"reader": ines.partner_refs[0]}
    page = browser.submit(f"{case}/handouts/new", values)
    check_refused(page)
    assert page.errors() == [problem]


def test_a_sheet_is_noted_or_waits_without_an_appointment(browser, case, ines):
    new = f"{case}/handouts/new"
    values = {"sheet": "w07", "reader": "together", "medium": "paper", "on": "2026-03-14"}
    page = browser.submit(new, values)
    assert "What we agree For all of them 14 March 2026, on paper" in page.text
    values = {"sheet": "w15", "reader": ines.partner_refs[0], "medium": "home"}
    assert "Standing where we are Private to Mara" in browser.submit(new, values).text


def test_the_list_costs_the_same_with_many_sheets(app, browser, case, store, ines):
    with statements(app.extensions["store"]) as sent:
        browser.get(f"{case}/handouts")
    before = len(sent)
    with made.at_work(store, ines) as db:
        for sheet in ("w01", "w02", "w11", "w12", "w13"):
            sheets.make_handout(db, made.case_of(db, ines), sheet)
    with statements(app.extensions["store"]) as sent:
        browser.get(f"{case}/handouts")
    assert len(sent) == before
