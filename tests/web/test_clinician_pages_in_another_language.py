"""A clinician's pages in a made-up language: refusals with their facts, and people's own words."""

import datetime as dt
from pathlib import Path

import pytest
from flask import Flask

from clinic.content.languages_loader import load_languages
from clinic.web.printing import worded
from tests.browser import Browser, Page
from tests.cast import PASSWORD
from tests.pseudo import TAG, accented, asking_for, write_pseudo
from tests.web.worksheets.handing_out import post

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

#: A text of ours, and one that would break a sentence it is put into carelessly.
NAMES = ("Save", "100% %(name)s {other} <b>")
GOAL = "Present"


@pytest.fixture
def speaking(app: Flask, tmp_path: Path) -> Flask:
    folder = tmp_path / "languages"
    folder.mkdir()
    app.extensions["languages"] = load_languages(write_pseudo(folder))
    return app


@pytest.fixture
def reader(speaking, browser) -> Browser:
    """Ines, in whose browser the made-up language comes first."""
    return asking_for(browser, TAG)


@pytest.fixture
def named(reader, full) -> str:
    """The case of two people whose names look like texts."""
    case = f"/cases/{full['case_ref']}"
    names = {f"partners-{place}-name": name for place, name in enumerate(NAMES)}
    assert reader.submit(f"{case}/details", names).status == 200
    return case


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("", "main dt"),
        ("/appointments/new", "legend"),
        ("/goals", "main nav a"),
        ("/goals/new", "label"),
        ("/worksheets/w13", "label"),
    ],
)
def test_a_name_that_looks_like_a_text_of_ours_stays_as_it_was_typed(reader, named, path, asked):
    page = reader.open(named + path)
    shown = {each.get_text(strip=True) for each in page.html.select(asked)}
    assert shown >= set(NAMES)
    assert not page.html.select("b")


def test_a_refusal_names_somebody_as_they_are_called(reader, named):
    url = f"{named}/appointments/new"
    refused = reader.send(url, reader.open(url), {"attendance_0": "", "attendance_1": ""})
    assert refused.errors() == [
        f"{accented('Choose how')} {name} {accented('took part')}" for name in NAMES
    ]


def test_a_goal_that_reads_like_a_text_of_ours_stays_as_it_was_typed(reader, full):
    case = f"/cases/{full['case_ref']}"
    reader.submit(f"{case}/goals/{full['goal_ref']}", {"goal-wording": GOAL})
    rating = f"{case}/appointments/{full['appointment_ref']}/ratings/{full['rater_ref']}"
    for url in (f"{case}/goals", rating, f"{case}/appointments/{full['appointment_ref']}"):
        assert GOAL in reader.open(url).text


@pytest.mark.parametrize(
    ("score", "refusal"),
    [
        ("", accented("Enter the score")),
        ("many", accented("Enter a number, such as 12")),
        ("82", f"CSI-16 {accented('runs from')} 0 {accented('to')} 81"),
        ("40.5", f"CSI-16 {accented('is a whole number')}"),
    ],
)
def test_a_refused_score_is_said_with_the_measure_and_its_range(reader, ines, score, refusal):
    url = f"/cases/{ines.case_ref}/measures/csi-16"
    typed = {"partner_ref": ines.partner_refs[0], "score": score}
    assert reader.submit(url, typed).errors() == [refusal]


def test_a_short_password_is_refused_with_the_length_it_needs(reader):
    refused = reader.submit("/password", {"old": PASSWORD, "password": "short"})
    assert refused.errors() == [accented("Choose a password of 12 to 200 characters")]


def test_a_wrong_password_is_said_in_the_language_of_the_door(speaking, ines):
    door = asking_for(Browser(speaking), TAG)
    refused = door.submit("/sign-in", {"email": ines.email, "password": "not the password"})
    assert refused.errors() == [accented("E-mail address or password is not right")]


def test_a_new_case_is_called_a_couple_in_the_language_of_the_page(reader):
    assert reader.open("/cases/new").values()["label"] == accented("couple")


def test_a_sheet_keeps_its_own_language_whoever_prints_it(speaking):
    sheet = speaking.extensions["contents"].worksheets["w13"]
    with speaking.test_request_context(headers={"Accept-Language": TAG}):
        assert worded(sheet)(dt.date(2026, 3, 14)) == "14 March 2026"


def test_a_sign_that_cannot_be_printed_is_named_in_a_sentence_of_the_reader(reader, full, ines):
    case = f"/cases/{full['case_ref']}"
    reader.submit(f"{case}/details", {"partners-0-name": "\U00020000"})
    refused = Page(post(reader, f"{case}/worksheets", "w13", reader=ines.partner_refs[0]))
    assert refused.status == 422
    assert (
        f"{accented('These characters cannot be printed yet:')} \U00020000 (U+20000)."
        in refused.text
    )
