"""What partners told in their answers, taken over by the therapist and by nothing else."""

from dataclasses import replace

import pytest

from clinic.domain.visibility import Layer
from clinic.keyring.errors import ClosedLayerError
from clinic.services import behaviours, cases
from tests.browser import Browser
from tests.cast import PASSWORD
from tests.services.answering import as_couple, fill, plan_case, treating
from tests.vignette_answers import LATE_MESSAGES, answers
from tests.web.page import check_page

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

TOLD = answers(
    happened_which=["B11", "O1"],
    happened_who="other-1",
    happened_outside="someone at work",
    happened_words="He writes at night.",
    happened_still="yes",
    happened_learned="discovered",
    happened_raised="yes",
    happened_then="He turned away.",
    happened_impact="8",
)
OPEN = {"frequency": "most-days", "placing_1-zone": "objectionable"}


@pytest.fixture
def answered(store, ines):
    """A case whose first partner told of two things, and whose second has sent nothing of it."""
    made = plan_case(store, ines, LATE_MESSAGES, own=["Smiles at the phone"])
    fill(store, made, "Mara", LATE_MESSAGES["Mara"] | TOLD)
    fill(store, made, "Jonas", LATE_MESSAGES["Jonas"])
    return made


@pytest.fixture
def address(answered):
    return f"/cases/{answered.case_ref}/behaviours"


def told_by_mara(answered):
    return f"/cases/{answered.case_ref}/behaviours/told/{answered.partner_refs['Mara']}"


def rows_of(store, ines, answered):
    with treating(store, ines, answered, writes=False) as (db, case):
        rows = behaviours.list_behaviours(db, case)
        return [(row.behaviour, row.layer, row.own_words, row.reporter_id) for row in rows]


def offered(page):
    rows = page.html.select("details:-soup-contains('From the answers') tbody tr")
    return [row.get_text(" ", strip=True) for row in rows]


def test_what_was_told_is_offered_folded_and_nothing_is_recorded_by_itself(
    browser, store, ines, answered, address
):
    page = browser.open(address)
    check_page(page)
    first, second = offered(page)
    assert first.startswith("Messages someone often")
    assert second.startswith("Smiles at the phone")
    assert all("Private to Mara" in line for line in (first, second))
    folded = page.html.select_one("details:-soup-contains('From the answers')")
    assert not folded.has_attr("open"), "a glance at the screen meets none of it"
    assert rows_of(store, ines, answered) == []


def test_the_form_holds_what_was_told_and_leaves_open_what_was_not_asked(browser, answered):
    page = browser.open(f"{told_by_mara(answered)}/B11")
    check_page(page)
    assert "Private to Mara" in page.text
    values = page.values()
    held = {
        "behaviour": "B11",
        "own_words": "He writes at night.",
        "about": answered.partner_refs["Jonas"],
        "still_happening": "yes",
        "how_known": "discovered",
        "outsider_role": "someone at work",
        "times_raised": "1",
        "raised_when": "He turned away.",
        "impact": "8",
        "frequency": "unclear",
        "since_year": "",
        "placing_1-zone": "unknown",
    }
    assert {name: values[name] for name in held} == held
    assert "reporter" not in values, "nobody else can be its source"


def test_what_is_taken_over_stays_private_to_whoever_told_it(browser, store, ines, answered):
    page = browser.submit(f"{told_by_mara(answered)}/B11", OPEN)
    assert page.status == 200
    mara = answered.partner_ids["Mara"]
    assert rows_of(store, ines, answered) == [("B11", Layer.PRIVATE, "He writes at night.", mara)]
    assert page.text.count("Private to Mara") == 3, "the card, and the two lines below"
    assert offered(page)[0].endswith("Recorded")
    assert not offered(page)[1].endswith("Recorded")
    with as_couple(store, ines) as db:
        (row,) = behaviours.list_behaviours(db, cases.find_case(db, answered.case_ref))
        with pytest.raises(ClosedLayerError):
            row.own_words  # noqa: B018 - reading it is what is refused


def test_a_later_change_keeps_it_private_whatever_is_sent(browser, store, ines, answered):
    browser.submit(f"{told_by_mara(answered)}/B11", OPEN)
    with treating(store, ines, answered, writes=False) as (db, case):
        ref = behaviours.list_behaviours(db, case)[0].public_id
    url = f"/cases/{answered.case_ref}/behaviours/{ref}"
    page = browser.open(url)
    check_page(page)
    assert "Private to Mara" in page.text
    data = page.values().to_dict() | {
        "own_words": "changed",
        "reporter": answered.partner_refs["Jonas"],
        "layer": "clinician",
    }
    assert browser.client.post(url, data=data).status_code == 302
    kept = [("B11", Layer.PRIVATE, "changed", answered.partner_ids["Mara"])]
    assert rows_of(store, ines, answered) == kept


def test_something_asked_in_the_therapists_own_words_keeps_them(browser, answered):
    values = browser.open(f"{told_by_mara(answered)}/O1").values()
    assert values["behaviour"] == ""
    assert values["own_words"] == "Smiles at the phone\nHe writes at night."


def test_words_alone_are_offered_as_they_were_typed(browser, store, ines):
    made = plan_case(store, ines, LATE_MESSAGES)
    own = answers(happened_words="Save", happened_who="me", happened_learned="own")
    fill(store, made, "Jonas", LATE_MESSAGES["Jonas"] | own)
    address = f"/cases/{made.case_ref}/behaviours"
    assert offered(browser.open(address))[0].startswith("Save Who may know it Private to Jonas")
    values = browser.open(f"{address}/told/{made.partner_refs['Jonas']}/words").values()
    assert values["own_words"] == "Save"
    assert values["about"] == made.partner_refs["Jonas"]
    assert "how_known" not in values, "it is about whoever told it, so it is left to be chosen"


def test_what_is_still_being_written_is_not_offered(browser, store, ines):
    made = plan_case(store, ines, LATE_MESSAGES)
    fill(store, made, "Mara", LATE_MESSAGES["Mara"] | TOLD, send=False)
    address = f"/cases/{made.case_ref}/behaviours"
    assert offered(browser.open(address)) == []
    assert browser.get(f"{address}/told/{made.partner_refs['Mara']}/B11").status == 404


def test_what_was_not_told_or_is_somebody_elses_is_no_page(app, browser, cast, answered, address):
    mara, jonas = (answered.partner_refs[name] for name in ("Mara", "Jonas"))
    for path in (f"{mara}/B18", f"{mara}/words", f"{jonas}/B11", f"{mara}/nothing"):
        assert browser.get(f"{address}/told/{path}").status == 404, path
    colleague = Browser(app).sign_in(cast["tomas"].email, PASSWORD)
    assert colleague.get(f"{address}/told/{mara}/B11").status == 404


def test_several_people_who_did_it_leave_open_whose_it_is(browser, store, ines):
    made = plan_case(store, ines, LATE_MESSAGES)
    both = TOLD | answers(happened_which=["B11"], happened_who=["me", "other-1"])
    fill(store, made, "Mara", LATE_MESSAGES["Mara"] | both)
    url = f"/cases/{made.case_ref}/behaviours/told/{made.partner_refs['Mara']}/B11"
    assert "about" not in browser.open(url).values()


def test_the_other_partners_recorded_behaviour_is_not_taken_for_this_ones(
    browser, store, ines, answered, address
):
    """The same act, seen by the therapist, is another source: Mara's own is still offered."""
    person = replace(ines, case_ref=answered.case_ref)
    with treating(store, person, answered) as (db, case):
        details = behaviours.BehaviourDetails(
            behaviour="B11",
            own_words="",
            about=answered.partner_refs["Jonas"],
            reporter="",
            frequency="weekly",
            still_happening="yes",
            how_known="suspected",
        )
        behaviours.record_behaviour(db, case, details)
    assert not any(line.endswith("Recorded") for line in offered(browser.open(address)))
