"""Every word on a page passes through gettext: in a made-up language, none is left as it was."""

import json
import re
import subprocess
from collections.abc import Iterator, Sequence
from enum import Enum
from inspect import getmembers

import pytest
from babel import Locale
from bs4 import Comment, NavigableString
from flask import Flask
from sqlalchemy import select

from clinic.content.languages_loader import TEXTS, load_languages
from clinic.models.base import Base
from clinic.models.sealed import EncryptedText
from clinic.models.store import Store
from tests import factories as made
from tests import pseudo
from tests.browser import Browser, Page
from tests.cast import PASSWORD, Person
from tests.intake import people
from tests.web.addresses import forms, pages
from tests.web.filling import emptied

#: A word that could have been translated: only in it can a missing accent be seen.
WORD = re.compile(r"[A-Za-z]*[aeiouyAEIOUY][A-Za-z]*")
ADDRESS = re.compile(r"https?://\S+")
SPOKEN = ("aria-label", "alt", "placeholder", "title")
#: The product's name is the same everywhere, and dates come from the language itself.
MONTHS = Locale(pseudo.TAG).months["format"]
ALWAYS = ("Undercurrent", *MONTHS["wide"].values(), *MONTHS["abbreviated"].values())

on_sqlite = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture(scope="session")
def languages(tmp_path_factory: pytest.TempPathFactory):
    return load_languages(pseudo.write_pseudo(tmp_path_factory.mktemp("languages")))


@pytest.fixture
def speaking(app: Flask, languages) -> Flask:
    app.extensions["languages"] = languages
    return app


def in_pseudo(browser: Browser) -> Browser:
    browser.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = pseudo.TAG
    return browser


def spoken(page: Page) -> Iterator[str]:
    """Give everything a page says, aloud or in print."""
    for text in page.html.find_all(string=True):
        # A goal's wording is broken into rows beside its line.
        in_rows = text.find_parent(class_=["chart__label", "map__label"]) is not None
        # A key is called what stands on the keyboard.
        is_key = text.find_parent("kbd") is not None
        # What a sheet says is said in the sheet's own language.
        on_paper = text.find_parent(class_="sheet-words") is not None
        if (
            type(text) is NavigableString
            and not isinstance(text, Comment)
            and not (in_rows or is_key or on_paper)
        ):
            yield str(text)
    for tag in page.html.find_all(name=True):
        for name, value in tag.attrs.items():
            if name in SPOKEN or name.startswith("data-text-"):
                yield str(value)


def left_in_english(page: Page, typed: Sequence[str]) -> list[str]:
    """List what a page says in English, other than what somebody typed."""
    found = []
    for text in spoken(page):
        rest = ADDRESS.sub("", text)
        for each in (*typed, *ALWAYS):
            rest = rest.replace(each, "")
        if words := WORD.findall(rest):
            found.append(f"{' '.join(words)!r} in {' '.join(text.split())!r}")
    return found


def test_what_translators_start_from_is_what_is_said(tmp_path):
    subprocess.run(["script/texts", str(tmp_path / "texts.pot")], check=True)
    assert TEXTS.read_text("utf-8") == (tmp_path / "texts.pot").read_text("utf-8"), (
        "run script/texts"
    )


#: A form that takes an empty answer, and answers with paper.
PRINTS = "worksheets.prepare"


def is_sealed(member: object) -> bool:
    """Tell whether a column keeps its text as ciphertext."""
    return isinstance(member, EncryptedText)


def typed_by_people(store: Store, person: Person) -> list[str]:
    """List every text that is stored for a person's practice, the longest first."""
    texts: set[str] = set()
    with made.at_work(store, person, writes=False) as db:
        for mapper in Base.registry.mappers:
            names = [column.key for column in mapper.column_attrs]
            names += [name for name, _ in getmembers(mapper.class_, is_sealed)]
            for row in db.scalars(select(mapper.class_)):
                for value in [getattr(row, name) for name in names]:
                    if isinstance(value, str) and not isinstance(value, Enum):
                        texts.update(pieces(value))
    return sorted((text for text in texts if WORD.search(text)), key=len, reverse=True)


def pieces(value: str) -> list[str]:
    """Take a stored text apart: several answers, lines, the boxes of a plan, or a draft."""
    boxes = json.loads(value) if value.startswith('{"') else {}
    inside = [each for box in boxes.values() for each in (box if isinstance(box, list) else [box])]
    return [
        *re.split(r"[\x1f\n]", value),
        *(text for text in inside if isinstance(text, str)),
    ]


@on_sqlite
def test_no_page_of_a_clinician_says_anything_in_english(speaking, browser, full, store, ines):
    typed = typed_by_people(store, ines)
    in_pseudo(browser)
    found = []
    for endpoint, url in pages(speaking, full):
        page = browser.open(url)
        found += [f"{endpoint}: {each}" for each in left_in_english(page, typed)]
    assert not sorted(set(found))


@on_sqlite
def test_no_refusal_is_said_in_english(speaking, browser, full, store, ines):
    typed = typed_by_people(store, ines)
    in_pseudo(browser)
    found = []
    for form in forms(speaking, full):
        if form.endpoint == PRINTS:
            continue
        page = browser.open(form.url)
        refused = browser.send(form.url, page, dict.fromkeys(emptied(page), ""))
        found += [f"{form.endpoint}: {each}" for each in left_in_english(refused, typed)]
    assert not sorted(set(found))


@on_sqlite
def test_no_page_of_a_partner_says_anything_in_english(speaking, cast):
    tomas = cast["tomas"]
    colleague = Browser(speaking).sign_in(tomas.email, PASSWORD)
    link = people.invite(colleague, tomas)
    partner = in_pseudo(Browser(speaking))
    seen = list(at_the_door(partner, link))
    first = partner.open("/form")
    seen += [first, partner.send(people.path_of(first), first, {})]
    people.sign_all(partner, "Robin")
    seen += people.walk_through(partner, {})
    seen += [people.send_off(partner), partner.open("/form/release"), partner.open("/locked")]
    names = ("Robin", "Sam", "Harbour Practice")
    found = [
        f"{people.path_of(page)}: {each}" for page in seen for each in left_in_english(page, names)
    ]
    assert not sorted(set(found))


def at_the_door(partner: Browser, link: str) -> Iterator[Page]:
    """Open a link, refuse a PIN once, and come in."""
    yield partner.open(f"/f/{'x' * 43}")
    page = partner.open(link)
    while not page.html.select("[name=pin]"):
        yield page
        page = partner.send(link, page, {})
    refused = partner.send(link, page, {})
    yield from (page, refused)
    partner.send(link, refused, {"pin": people.PIN, "again": people.PIN})
