"""A page speaks the language its reader asks for; what people typed is the same in every one."""

from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from clinic.content.languages_loader import load_languages
from clinic.domain.said import fill, own, say, say_count
from clinic.models.questionnaires import Signature
from clinic.models.store import Store
from clinic.web.language import translate
from tests import factories as made
from tests.browser import Browser, Page
from tests.cast import PASSWORD, Cast, Person
from tests.intake import people
from tests.pseudo import TAG, asking_for, write_language, write_pseudo

GONE = f"/f/{'x' * 43}"
ENGLISH = "This link does not work"
GERMAN = "Dieser Link funktioniert nicht"
#: Written from right to left.
HEBREW = "הקישור אינו פועל"

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def speaking(app: Flask, tmp_path: Path) -> Flask:
    folder = tmp_path / "languages"
    folder.mkdir()
    write_pseudo(folder)
    write_language(
        folder, "de", {ENGLISH: GERMAN, "%(others)s and %(last)s": "%(others)s u. %(last)s"}
    )
    write_language(folder, "he", {ENGLISH: HEBREW})
    app.extensions["languages"] = load_languages(folder)
    return app


@pytest.mark.parametrize(
    ("asked", "heading", "lang"),
    [
        ("de", GERMAN, "de"),
        ("de-CH, en;q=0.5", GERMAN, "de"),
        ("fr, de;q=0.8, en;q=0.5", GERMAN, "de"),
        ("DE", GERMAN, "de"),
        ("en-US, en;q=0.9, de;q=0.8", ENGLISH, "en-GB"),
        ("en;q=0.2, de;q=0.1", ENGLISH, "en-GB"),
        ("de;q=0, en", ENGLISH, "en-GB"),
        ("fr", ENGLISH, "en-GB"),
        ("*", ENGLISH, "en-GB"),
        ("", ENGLISH, "en-GB"),
        ("<script>,,;q=x", ENGLISH, "en-GB"),
    ],
)
def test_a_page_answers_in_the_language_asked_for_first_and_in_english_otherwise(
    speaking, asked, heading, lang
):
    page = asking_for(Browser(speaking), asked).open(GONE)
    assert page.html.h1.get_text(strip=True) == heading
    assert page.html.html["lang"] == lang


@pytest.mark.parametrize(("asked", "direction"), [("he", "rtl"), ("de", "ltr"), ("", "ltr")])
def test_a_page_runs_in_the_direction_its_language_is_written_in(speaking, asked, direction):
    page = asking_for(Browser(speaking), asked).open(GONE)
    assert page.html.html["dir"] == direction


def test_a_sentence_is_said_with_its_facts_in_the_language_of_the_request(speaking):
    with speaking.test_request_context(headers={"Accept-Language": "de"}):
        names = say("%(others)s and %(last)s", others="Kim", last="Lou")
        assert translate(names) == "Kim u. Lou"
        assert translate(say("With %(names)s", names=names)) == "With Kim u. Lou"
    with speaking.test_request_context(headers={"Accept-Language": TAG}):
        asked = fill("How close did you feel to {others}?", others=names)
        assert translate(asked) == "Hów clósé díd ýóú féél tó Kim ánd Lou?"
        left = ("%(num)s question left out", "%(num)s questions left out")
        assert translate(say_count(*left, 2, num=2)) == "2 qúéstíóns léft óút"


def test_what_somebody_typed_is_never_taken_for_a_text_of_ours(speaking):
    with speaking.test_request_context(headers={"Accept-Language": TAG}):
        assert translate("Save") == "Sávé"
        assert translate(own("Save")) == "Save"
        assert translate(own("100% %(sure)s {other}")) == "100% %(sure)s {other}"
        assert translate(fill("What did {other} do then?", other="{others} %s")).count(
            "{others} %s"
        )


def come_in_to_a_case_of(speaking: Flask, store: Store, person: Person, *names: str) -> Browser:
    with made.at_work(store, person) as db:
        case = made.make_case(db, *names)
        ref, partner = case.public_id, case.partners[1].public_id
    clinician = Browser(speaking).sign_in(person.email, PASSWORD)
    link = people.invite_one(clinician, f"/cases/{ref}/intake", partner)
    return people.come_in(speaking, link)


@pytest.mark.parametrize("asked", ["en", TAG])
def test_a_name_in_a_sentence_is_escaped_in_every_language(speaking, store, ines, asked):
    partner = come_in_to_a_case_of(speaking, store, ines, "<b>Ada</b>", "Nour")
    asking_for(partner, asked)
    people.sign_all(partner, "Nour")
    seen = people.walk_through(partner, {})
    people.send_off(partner)
    seen += [partner.open("/form/release")]
    naming = [page for page in seen if "<b>Ada</b>" in page.text]
    assert len(naming) > 3, "the name stands in many sentences, as it was typed"
    assert not [page.title for page in seen if page.html.select("b")]


@pytest.fixture
def tomas(cast: Cast) -> Person:
    """Tomas, in whose case nobody has answered yet."""
    return cast["tomas"]


def come_in_as_robin(speaking: Flask, tomas: Person) -> Browser:
    clinician = Browser(speaking).sign_in(tomas.email, PASSWORD)
    return people.come_in(speaking, people.invite(clinician, tomas))


def signatures(store: Store, person: Person, ref: str) -> Mapping[str, str]:
    """Read what a partner signed, by the name of its text."""
    with made.at_work(store, person, writes=False) as db:
        rows = [row for row in db.scalars(select(Signature)) if row.typed_name == ref]
        return {row.document: row.text for row in rows}


def words_of(page: Page) -> str:
    """Give a text to sign as it is read, without what is around it."""
    question = page.html.select_one(".question")
    statement = page.html.select_one("#typed_name-hint")
    assert question is not None
    assert statement is not None
    return " ".join(f"{question.get_text(' ')} {statement.get_text()}".split())


@pytest.mark.parametrize("asked", ["en", TAG])
def test_what_is_signed_is_stored_in_the_words_in_which_it_was_read(speaking, store, tomas, asked):
    partner = asking_for(come_in_as_robin(speaking, tomas), asked)
    page, read = partner.open("/form"), []
    while page.html.select("[name=typed_name]"):
        read.append(words_of(page))
        page = partner.send(people.path_of(page), page, {"typed_name": "Robin in person"})
    stored = signatures(store, tomas, "Robin in person")
    assert [" ".join(text.split()) for text in stored.values()] == read
    assert len(read) == 3
    assert all(("á" in text) == (asked == TAG) for text in read)


def test_a_name_under_words_read_in_another_language_is_not_taken(speaking, store, tomas):
    partner = come_in_as_robin(speaking, tomas)
    page = partner.open("/form")
    path = people.path_of(page)
    told = asking_for(partner, TAG).send(path, page, {"typed_name": "Robin in person"})
    assert told.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not signatures(store, tomas, "Robin in person")
    assert told.values()["typed_name"] == "Robin in person", "what was typed stays"
    assert words_of(told) != words_of(page)
    after = partner.send(path, told, {})
    assert people.path_of(after) != path
    [text] = signatures(store, tomas, "Robin in person").values()
    assert " ".join(text.split()) == words_of(told)


def test_a_save_in_the_background_is_told_in_the_reader_s_language(speaking, tomas):
    partner = come_in_as_robin(speaking, tomas)
    people.sign_all(partner, "Robin")
    asking_for(partner, TAG)
    saved = people.save(partner, "brings", "the move", "page-1", 1).response.json["saved"]
    assert saved.startswith("Sávéd ")
    refused = people.save(partner, "standpoint", "whatever", "page-1", 2)
    assert refused.response.json["problem"] == "Chóósé óné óf thé ánswérs."
    long = people.save(partner, "brings", "x" * 4001, "page-1", 3).response.json["problem"]
    assert long == "Thís ís lóngér thán 4,000 léttérs. Pléásé máké ít shórtér."
