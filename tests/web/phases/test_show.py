"""The page about the phases, ticking, moving, and what the overview says of what comes first."""

import pytest

from clinic.content.phases_loader import load_phases
from clinic.domain.answers import given
from clinic.domain.formulation import RollUp
from clinic.services import cases, phases
from tests import factories as made
from tests import life_factories as life
from tests.browser import Browser
from tests.cast import PASSWORD
from tests.services.answering import answer_all
from tests.vignette_answers import LATE_MESSAGES
from tests.web.page import check_page


@pytest.fixture
def tomas(cast):
    return cast["tomas"]


@pytest.fixture
def desk(app, tomas):
    """The colleague, whose case is as it was opened."""
    return Browser(app).sign_in(tomas.email, PASSWORD)


def page_of(desk, tomas):
    return desk.get(f"/cases/{tomas.case_ref}/phases")


def press(desk, tomas, place, holds="yes"):
    url = f"/cases/{tomas.case_ref}/phases"
    token = desk.get(url).values()["csrf_token"]
    data = {"csrf_token": token, "place": place, "holds": holds}
    return desk.client.post(f"{url}/ticks", data=data)


def test_every_phase_is_shown_with_its_aim_and_a_box_for_each_partner(desk, tomas):
    page = page_of(desk, tomas)
    check_page(page)
    for phase in load_phases().values():
        card = page.html.find(id=phase.key)
        assert phase.aim in card.text
        for criterion in phase.criteria:
            assert criterion.label in card.text
    assert "They are here" in page.html.find(id="p0").text
    first = page.html.select("#p0 .criterion")[0]
    assert [name.text for name in first.select("strong")] == ["Robin", "Sam"]


def test_a_tick_leads_back_to_its_phase_and_says_who_and_when(desk, tomas):
    answer = press(desk, tomas, f"p0.screens.{tomas.partner_refs[0]}")
    assert answer.status_code == 303
    assert answer.location.endswith("/phases#p0")
    box = page_of(desk, tomas).html.select("#p0 .criterion")[0].select(".tick-box")[0]
    assert "by Tomas Lind" in box.text
    assert "Take back" in box.text


def test_a_tick_that_is_taken_back_stays_in_the_history(desk, tomas):
    place = f"p0.screens.{tomas.partner_refs[0]}"
    press(desk, tomas, place)
    press(desk, tomas, place, "no")
    text = page_of(desk, tomas).text
    assert "Ticked by Tomas Lind" in text
    assert "Taken back by Tomas Lind" in text


@pytest.mark.parametrize("box", ["", "p0", "p9.x.", "p0.screens.nobody", "\x00", "p0.screens."])
def test_a_box_that_is_not_on_the_page_is_not_there(box, desk, tomas):
    assert press(desk, tomas, box).status_code == 404


def test_moving_on_too_soon_asks_for_a_reason_beside_the_field_and_keeps_the_choice(desk, tomas):
    url = f"/cases/{tomas.case_ref}/phases/move"
    page = desk.submit(url, {"phase": "p1"})
    assert page.status == 422
    assert "not ticked yet" in " ".join(page.errors())
    assert page.values()["phase"] == "p1"
    page = desk.submit(url, {"phase": "p1", "reason": "the screens follow on Tuesday"})
    assert "They are here" in page.html.find(id="p1").text
    assert "the screens follow on Tuesday" in page.text
    assert "6 boxes were not ticked" in page.text


def test_of_two_tabs_the_second_is_told_where_the_first_one_moved(desk, tomas, store):
    url = f"/cases/{tomas.case_ref}/phases/move"
    page = desk.get(url)
    with made.at_work(store, tomas) as db:
        life.move(db, made.case_of(db, tomas), "p2")
    shown = desk.send(url, page, {"phase": "p1", "reason": "typed meanwhile"})
    assert shown.status == 409
    assert "typed meanwhile" in str(shown.html)
    assert load_phases()["p2"].title in shown.text


@pytest.mark.parametrize("way", ["discernment", "safety"])
def test_what_comes_first_is_named_neutrally_on_the_overview_and_moves_nothing(
    way, desk, tomas, store
):
    ref = tomas.case_ref
    assert "Something comes before the next phase" not in desk.get(f"/cases/{ref}").text
    if way == "safety":
        with made.at_work(store, tomas) as db:
            made.make_formulation(db, made.case_of(db, tomas), roll_up=RollUp.SAFETY_TRACK)
    else:
        leaning = {**LATE_MESSAGES["Jonas"], "standpoint": given(["leaning-out"])}
        ref = answer_all(store, tomas, {**LATE_MESSAGES, "Jonas": leaning}).case_ref
    assert "Something comes before the next phase" in desk.get(f"/cases/{ref}").text
    assert "Something comes first" in desk.get(f"/cases/{ref}/phases").text
    with made.at_work(store, tomas, writes=False) as db:
        assert phases.list_moves(db, cases.find_case(db, ref)) == []
