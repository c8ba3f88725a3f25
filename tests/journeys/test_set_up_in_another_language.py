"""The very first page, and the one that gives words back, in a made-up language."""

import datetime as dt
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from clinic.content.languages_loader import load_languages
from clinic.services import browsers
from tests.browser import Browser
from tests.journeys import walk
from tests.pseudo import TAG, asking_for, write_pseudo
from tests.web.filling import emptied
from tests.web.test_language import left_in_english

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

FIRST = {
    "practice": "Harbour Practice",
    "clinician": "Ines Ferrara",
    "email": "ines@example.org",
    "password": "four unrelated words, long enough",
}


@pytest.fixture
def visitor(empty_app: Flask, tmp_path: Path) -> Browser:
    folder = tmp_path / "languages"
    folder.mkdir()
    empty_app.extensions["languages"] = load_languages(write_pseudo(folder))
    return asking_for(Browser(empty_app), TAG)


def test_setting_up_says_nothing_in_english_not_even_when_it_refuses(visitor):
    page = visitor.open("/set-up")
    blank = visitor.send("/set-up", page, dict.fromkeys(emptied(page), ""))
    wrong = visitor.send("/set-up", page, {**FIRST, "code": "0000-0000-0000-0000"})
    weak = visitor.send("/set-up", page, {**FIRST, "password": "password1234", "code": "-"})
    for seen in (page, blank, wrong, weak):
        assert not left_in_english(seen, tuple(FIRST.values()))
    assert (len(blank.errors()), len(wrong.errors()), len(weak.errors())) == (5, 1, 1)


def test_words_held_for_after_the_sign_in_are_given_back_in_the_reader_s_language(
    visitor, empty_app
):
    typed = {**FIRST, "code": walk.code_in_the_terminal(empty_app)}
    visitor.send("/set-up", visitor.open("/set-up"), typed)
    page = visitor.open("/cases/new")
    with time_machine.travel(dt.datetime.now(dt.UTC) + browsers.IDLE, tick=True):
        door = visitor.send("/cases/new", page, {"label": "two of us"})
        again = visitor.send(
            "/sign-in", door, {"email": FIRST["email"], "password": FIRST["password"]}
        )
    typed_or_named = [str(area["name"]) for area in again.html.select("textarea[hidden]")]
    assert "label" in typed_or_named
    typed_or_named += ["two of us", *FIRST.values(), *page.values().values()]
    for seen in (door, again):
        assert not left_in_english(seen, [each for each in typed_or_named if each])
