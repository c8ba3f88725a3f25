"""While the room looks: a few pages of one case, the couple's keys, and nothing else."""

import secrets
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from clinic.domain.visibility import Layer
from clinic.keyring.errors import ClosedLayerError
from clinic.models.base import Base
from clinic.models.formulation import Explanation
from clinic.models.sealed import sealed_texts
from clinic.models.store import Store
from clinic.web.database import get_db
from clinic.web.room_access import ANYWHERE, OF_THE_CASE
from tests import factories as made
from tests.browser import Browser
from tests.cast import Person
from tests.web.addresses import Refs, address

#: Names of a case that the room does not look at.
OTHERS = ("Zelda", "Quentin")


def token(browser: Browser, url: str) -> dict[str, str]:
    page = browser.get(f"{url}/end")
    return {"X-CSRFToken": str(page.html.select_one("[name=csrf_token]")["value"])}


def methods(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) - {"OPTIONS"})


def every_name(app: Flask) -> set[str]:
    return {name for rule in app.url_map.iter_rules() for name in rule.arguments}


def asked(
    browser: Browser, app: Flask, refs: Refs, url: str
) -> Iterator[tuple[Rule, TestResponse]]:
    """Ask for everything there is, with every method."""
    headers = token(browser, url)
    # Whether a thing is there makes no difference: nobody gets as far as to look for it.
    known = {**dict.fromkeys(every_name(app), "M" * 22), **refs}
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "accounts.sign_out":
            continue
        for method in methods(rule):
            answer = browser.client.open(address(rule, known), method=method, headers=headers)
            yield rule, answer
            answer.close()


@pytest.fixture
def canaries(store: Store, ines: Person) -> list[str]:
    """Put words into every closed layer, and list every closed text of the practice."""
    with made.at_work(store, ines) as db:
        case = made.case_of(db, ines)
        for layer in (Layer.PRIVATE, Layer.CLINICIAN, Layer.SAFETY):
            source, words = case.partners[0].public_id, f"canary of the {layer.value} layer"
            made.make_evidence(db, case, layer=layer, source=source, observation=words)
        made.make_case(db, *OTHERS)
    with made.at_work(store, ines, writes=False) as db:
        found = {
            getattr(row, sealed.name)
            for mapper in Base.registry.mappers
            for sealed in sealed_texts(mapper.class_)
            for row in db.scalars(select(mapper.class_))
            if (sealed.layer or row.layer) is not Layer.SHARED
        }
    return [*OTHERS, *sorted(words for words in found if " " in words)]


def test_a_new_endpoint_is_closed_in_the_room_until_it_is_named(app, room, full, url):
    """What is not on the list leads to the room's page, or to where words are kept."""
    closed = 0
    for rule, answer in asked(room, app, full, url):
        if rule.endpoint not in ANYWHERE | OF_THE_CASE:
            what = f"{answer.request.method} {rule}"
            assert answer.status_code in {303, 307}, what
            there = url if answer.status_code == 303 else "/drafts?path="
            assert there in answer.location, what
            closed += 1
    assert closed > 100


def test_no_answer_in_the_room_holds_a_word_of_a_closed_layer(app, room, full, url, canaries):
    assert len(canaries) > 30
    seen = 0
    for rule, answer in asked(room, app, full, url):
        text = answer.data.decode("utf-8", "replace") + str(answer.headers)
        assert not [canary for canary in canaries if canary in text], rule
        seen += answer.status_code == 200
    assert seen >= len(ANYWHERE | OF_THE_CASE) - 3


def test_outside_the_room_the_same_words_are_on_the_pages(browser, full, canaries):
    """Otherwise the test above could not fail."""
    page = browser.get(f"/cases/{full['case_ref']}/issue").response.get_data(as_text=True)
    assert len([canary for canary in canaries if canary in page]) >= 4


def test_even_a_wrong_page_could_not_open_what_is_closed(app, room, full, url):
    """The second wall: the request's own session has the couple's keys alone."""
    cookie = room.client.get_cookie("undercurrent")
    with app.test_request_context(url, headers={"Cookie": f"undercurrent={cookie.value}"}):
        assert app.preprocess_request() is None
        row = get_db().scalars(select(Explanation)).first()
        with pytest.raises(ClosedLayerError):
            assert row.statement


def test_another_case_of_the_same_clinician_leads_to_the_room(room, url, store, ines):
    with made.at_work(store, ines) as db:
        other = made.make_case(db, *OTHERS).public_id
    for path in ("", "/room", "/room/end", "/answers/together", "/room/sheets/w13.pdf"):
        assert room.get(f"/cases/{other}{path}").response.location == url, path
    headers = token(room, url)
    answer = room.client.post(f"/cases/{other}/room/start", headers=headers)
    assert (answer.status_code, answer.location) == (303, url)


def test_what_is_not_there_leads_to_the_room_as_well(room, url):
    for path in ("/nowhere", f"/cases/{secrets.token_urlsafe(16)}", "/?page=2", "/sign-in"):
        assert room.get(path).response.location == url, path


def test_a_message_from_before_is_not_shown_to_the_room(browser, full, url):
    issue = f"/cases/{full['case_ref']}/issue/explanations/{full['explanation_ref']}"
    browser.submit(issue, {}, follow=False)
    headers = {"X-CSRFToken": browser.get("/password").values()["csrf_token"]}
    browser.submit(issue, {}, follow=False)
    browser.client.post(f"{url}/start", headers=headers)
    assert "Saved" not in browser.get(url).text


@pytest.mark.parametrize("sent", [{}, {"csrf_token": "forged"}])
def test_a_page_about_a_fault_carries_the_badge_and_names_nobody(room, url, sent):
    answer = room.client.post(f"{url}/end", data=sent)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert "room-badge" in text
    assert not [name for name in ("Mara", "Jonas", "Ines", "Caseload") if name in text]
