"""What they agreed on paper: the saved agreement, and the words for what lies beneath."""

import pytest

from clinic.services import accords, frames
from tests.accord_factories import make_version
from tests.services.answering import treating
from tests.web.page import check_page
from tests.web.worksheets.conftest import APART, CROSSED, LATER, OPEN, SAID, TOPIC

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


def test_the_agreement_holds_each_topic_where_everybody_stands_and_when_to_look_again(printed):
    text = printed("w07")
    again = f"We look at this again on {LATER.day} {LATER:%B %Y}."
    assert f"I am uneasy with it {TOPIC} {again}" in " ".join(text.split())
    assert "Fine if I am told" in text
    assert "Topic Mara Jonas Together" in text
    assert "Flirting" not in text, "what is agreed takes the place of what could be"


def test_what_is_open_and_where_they_differ_stand_in_their_places(printed):
    text = printed("w07")
    opened, apart = (
        text.split("What is still open")[1]
        .split("If a line is crossed")[0]
        .split("We see it differently")
    )
    assert OPEN in opened
    assert APART not in opened
    assert APART in apart
    assert CROSSED in text.split("What happens in the first 24 hours?")[1]


def test_the_version_stands_with_its_days_and_nobody_s_initials(printed):
    text = printed("w07").split("Start and review")[1]
    assert "Version number" in text
    assert "Name Initials Date Mara Jonas" in text


def test_only_the_saved_version_is_printed_and_the_newest_of_them(printed, filled, store, ines):
    with treating(store, ines, filled.answered) as (db, case):
        [accord] = accords.list_accords(db, case)
        accords.write_crossed(db, accord, "only being written", accord.version)
    assert "only being written" not in printed("w07")
    with treating(store, ines, filled.answered) as (db, case):
        [accord] = accords.list_accords(db, case)
        make_version(db, case, accord)
    assert "only being written" in printed("w07")


def test_a_blank_agreement_offers_the_topics_to_choose_from(printed):
    text = printed("w07", filled="")
    assert "Flirting" in text
    assert TOPIC not in text


def test_what_they_agreed_to_say_stands_above_the_lines_of_everybody_s_own_sheet(printed):
    for name in ("Mara", "Jonas"):
        text = printed("w12", name)
        assert SAID in text
        assert text.index(SAID) < text.index("Where are we simply different")
        assert "pressure from outside" not in text, "nothing was agreed about it"


def test_the_therapist_s_own_words_are_on_no_sheet(printed, filled, store, ines):
    before = printed("w12")
    with treating(store, ines, filled.answered) as (db, case):
        theme = frames.add_theme(db, case, "deep", "Only mine").public_id
        words = {f"deep.{slot}.{theme}.": "never on a sheet" for slot in ("pattern", "differences")}
        frames.write_frames(db, case, words, {})
    assert printed("w12") == before


def test_words_are_agreed_on_a_page_of_their_own_and_come_back(browser, filled, printed):
    url = filled.url.replace("/worksheets", "/frames/deep")
    check_page(browser.get(url))
    page = browser.open(browser.get(url).link("Words agreed with them"))
    check_page(page)
    assert page.values()["words-deep.differences"] == SAID
    done = browser.send(f"{url}/agreed", page, {"words-deep.stressors": "Two jobs, one kitchen"})
    assert "Saved." in done.text
    assert "Two jobs, one kitchen" in printed("w12")


def test_a_frame_without_such_words_has_no_page_for_them(browser, filled):
    assert browser.get(filled.url.replace("/worksheets", "/frames/plan/agreed")).status == 404
