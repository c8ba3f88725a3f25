"""Saving: a repeated save is one save, and an old one never overwrites a newer one (R6)."""

from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from clinic.models.base import now
from clinic.models.questionnaires import Answer, QuestionnaireResponse, Signature
from clinic.models.store import Store
from clinic.services.invitations import HANDED_IN_LATE
from tests.browser import Browser
from tests.cast import Person
from tests.intake.people import (
    come_in,
    invite,
    path_of,
    save,
    send_off,
    sign_all,
    stored,
    token,
)

PAGE = "/form/page/reasons"


@pytest.fixture
def link(browser: Browser, ines: Person) -> str:
    return invite(browser, ines)


@pytest.fixture
def mara(app: Flask, link: str) -> Browser:
    """Mara's browser, after she signed."""
    browser = come_in(app, link)
    sign_all(browser, "Mara")
    return browser


def count(store: Store, kind: type) -> int:
    with store.session(writes=False) as db, db.as_system():
        return db.scalar(select(func.count()).select_from(kind)) or 0


def test_a_save_that_is_tried_again_is_the_same_save(mara: Browser, store: Store) -> None:
    for _ in range(3):
        page = save(mara, "brings", "the move", "page-1", 1)
        assert page.status == HTTPStatus.OK
        assert page.response.json["saved"].startswith("Saved ")
    assert count(store, Answer) == 1


def test_an_old_try_that_arrives_after_a_newer_save_changes_nothing(mara: Browser) -> None:
    save(mara, "brings", "the move and the winter", "page-1", 2)
    late = save(mara, "brings", "the move", "page-1", 1)
    assert late.status == HTTPStatus.OK, "the browser may forget it"
    assert stored(mara, "reasons", "brings") == "the move and the winter"


def test_every_page_counts_its_own_turns(mara: Browser) -> None:
    save(mara, "brings", "from the telephone", "page-1", 7)
    save(mara, "brings", "from the computer", "page-2", 1)
    assert stored(mara, "reasons", "brings") == "from the computer"


def test_forty_saves_at_once_leave_one_answer_and_the_last_turn(
    app: Flask, link: str, store: Store
) -> None:
    mara = come_in(app, link)
    sign_all(mara, "Mara")
    cookie = mara.client.get_cookie("undercurrent-form")
    page_cookie = mara.client.get_cookie("undercurrent-page")
    assert cookie is not None
    assert page_cookie is not None
    data = {"item": "brings", "operation": "page-1", "csrf_token": token(mara)}

    def post(turn: int) -> int:
        client = app.test_client()
        client.set_cookie(cookie.key, cookie.value)
        client.set_cookie(page_cookie.key, page_cookie.value)
        body = data | {"turn": str(turn), "value": f"words {turn:02d}"}
        return client.post("/form/save", data=body).status_code

    with ThreadPoolExecutor(8) as hands:
        assert set(hands.map(post, [*range(1, 21), *range(20, 0, -1)])) == {HTTPStatus.OK}
    assert count(store, Answer) == 1
    assert count(store, QuestionnaireResponse) == 1
    assert stored(mara, "reasons", "brings") == "words 20"


def test_the_page_s_button_leaves_what_was_not_touched_here_as_another_tab_saved_it(
    mara: Browser,
) -> None:
    open_tab = mara.open(PAGE)
    save(mara, "brings", "written in the other tab", "page-2", 1)
    mara.send(PAGE, open_tab, {"hope": "more evenings"})
    assert stored(mara, "reasons", "brings") == "written in the other tab"
    assert stored(mara, "reasons", "hope") == "more evenings"


def test_taking_back_what_was_saved_meanwhile_is_a_change(mara: Browser) -> None:
    """The script empties the mark of what it touched, because its own save may have arrived."""
    open_page = mara.open(PAGE)
    save(mara, "brings", "a mistake", "page-1", 1)
    mara.send(PAGE, open_page, {"brings": "", "brings--was": ""})
    assert stored(mara, "reasons", "brings") == ""


def test_a_page_brought_back_and_changed_is_saved_without_a_script(mara: Browser) -> None:
    kept = mara.open(PAGE)
    for words in ("first", "second", "third"):
        mara.send(PAGE, kept, {"brings": words})
        assert stored(mara, "reasons", "brings") == words


def test_one_refused_answer_keeps_nobody_from_having_the_others_saved(mara: Browser) -> None:
    page = mara.submit(PAGE, {"brings": "x" * 4001, "hope": "more evenings"})
    assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert stored(mara, "reasons", "hope") == "more evenings"
    again = mara.send(PAGE, page, {"brings": "short"})
    assert path_of(again) == "/form/page/standing"
    assert stored(mara, "reasons", "brings") == "short"


def test_an_answer_that_the_question_does_not_take_is_told_and_not_stored(
    mara: Browser, store: Store
) -> None:
    page = save(mara, "standpoint", "whatever", "page-1", 1)
    assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert page.response.json["problem"]
    assert count(store, Answer) == 0


def test_signing_twice_is_signing_once(app: Flask, link: str, store: Store) -> None:
    mara = come_in(app, link)
    page = mara.open("/form")
    for _ in range(2):
        mara.send("/form/page/welcome", page, {"typed_name": "Mara"})
    assert count(store, Signature) == 1
    assert "You have signed this" in mara.open("/form/page/welcome").text


def test_nothing_individual_is_stored_before_the_texts_are_signed(
    app: Flask, link: str, store: Store
) -> None:
    mara = come_in(app, link)
    assert save(mara, "brings", "the move", "page-1", 1).status == HTTPStatus.NOT_FOUND
    assert path_of(mara.open(PAGE)) == "/form/page/welcome"
    assert count(store, Answer) == 0


def test_what_was_typed_before_the_form_locked_itself_is_saved_and_not_shown(
    app: Flask, mara: Browser, link: str
) -> None:
    page, csrf = mara.open(PAGE), token(mara)
    away = now() + (HANDED_IN_LATE / 2)
    with time_machine.travel(away, tick=False):
        after = mara.send(PAGE, page, {"brings": "typed before the telephone rang"})
        assert path_of(after) == "/locked"
        data = {"item": "hope", "value": "evenings", "operation": "p", "csrf_token": csrf}
        assert mara.client.post("/form/save", data=data).json["locked"] is True
        assert path_of(mara.open(PAGE)) == "/locked"
    again = come_in(app, link)
    assert stored(again, "reasons", "brings") == "typed before the telephone rang"
    assert stored(again, "reasons", "hope") == "evenings"


def test_after_sending_nothing_is_shown_or_taken(app: Flask, mara: Browser, link: str) -> None:
    csrf = token(mara)
    save(mara, "brings", "the move", "page-1", 1)
    assert path_of(send_off(mara)) == "/form/received"
    data = {"item": "brings", "value": "more", "operation": "page-1", "turn": "2"}
    answer = mara.client.post("/form/save", data=data | {"csrf_token": csrf})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    for browser in (mara, come_in(app, link)):
        for path in ("/form", PAGE, "/form/review", "/form/received", "/form/page/welcome"):
            page = browser.open(path)
            assert path_of(page) == "/form/received", path
            assert "the move" not in page.response.get_data(as_text=True)


def test_a_question_that_a_saved_answer_opened_is_asked_before_the_page_is_left(
    mara: Browser,
) -> None:
    path = "/form/page/alone"
    open_page = mara.open(path)
    save(mara, "alone", "yes", "page-1", 1)
    more = mara.send(path, open_page, {"alone": "yes"})
    assert path_of(more) == path
    assert more.html.select("[name=afraid]")
    assert path_of(mara.send(path, more, {})) == "/form/page/kept"
