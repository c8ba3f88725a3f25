"""What the pages over the answers say in another language, whatever the answers show."""

import pytest

from clinic.content.languages_loader import load_languages
from clinic.domain.answers import given
from clinic.domain.instruments import Cited
from clinic.services import measures
from tests import pseudo
from tests.factories import TODAY
from tests.services.answering import answer_all, fill, plan_case, treating
from tests.services.test_measures import instrument
from tests.vignette_answers import LATE_MESSAGES, ORDINARY_LIFE, THREE_PARTNERS, TWO_MAPS, answers
from tests.web.comparison.handing_in import release
from tests.web.comparison.test_agreement_map import MESSAGES, couple_page, show
from tests.web.comparison.test_show import PAGES, url_of
from tests.web.test_language import left_in_english, on_sqlite, typed_by_people

VIGNETTES = (LATE_MESSAGES, ORDINARY_LIFE, THREE_PARTNERS, TWO_MAPS)


@pytest.fixture
def abroad(app, browser, tmp_path):
    """Give Ines's browser, which asks for the made-up language."""
    app.extensions["languages"] = load_languages(pseudo.write_pseudo(tmp_path))
    return pseudo.asking_for(browser, pseudo.TAG)


def left_on(browser, answered, typed):
    addresses = [url_of(answered, page) for page in PAGES]
    pages = [browser.open(url) for url in (*addresses, f"/cases/{answered.case_ref}/intake")]
    assert {page.status for page in pages} == {200}
    return [each for page in pages for each in left_in_english(page, typed)]


@on_sqlite
@pytest.mark.parametrize("vignette", VIGNETTES)
def test_whatever_the_answers_show_is_said_in_the_reader_s_language(abroad, store, ines, vignette):
    answered = answer_all(store, ines, vignette)
    assert left_on(abroad, answered, typed_by_people(store, ines)) == []


@on_sqlite
def test_answers_that_are_not_all_in_yet_are_said_in_the_reader_s_language(abroad, store, ines):
    answered = plan_case(store, ines, TWO_MAPS, ["Has lunch with a colleague"])
    fill(store, answered, "Ruth", answers(alone="in-person") | {"trust": given(["3"])})
    assert left_on(abroad, answered, typed_by_people(store, ines)) == []


@on_sqlite
def test_a_score_that_calls_for_a_talk_is_said_in_the_reader_s_language(abroad, store, ines, late):
    screen = instrument("hark", cut_off=Cited(1, "source"))
    with treating(store, ines, late) as (db, case):
        mara = late.partner_refs["Mara"]
        measures.enter_score(db, case, mara, screen, measures.ScoreDetails(TODAY, 1))
    assert left_on(abroad, late, typed_by_people(store, ines)) == []


@on_sqlite
def test_the_couple_read_what_they_released_in_their_language(abroad, store, ines, late):
    release(store, late, "B11")
    show(abroad, late, "B11")
    page = couple_page(abroad, late)
    assert page.html.select("table"), "the row is on the page"
    assert pseudo.accented("It depends") in page.text
    assert left_in_english(page, typed_by_people(store, ines)) == []


@on_sqlite
def test_an_own_line_stays_as_it_was_typed_though_the_language_has_a_word_for_it(
    abroad, store, ines
):
    answered = plan_case(store, ines, LATE_MESSAGES, [MESSAGES])
    for name, each in LATE_MESSAGES.items():
        fill(store, answered, name, each | {"O1.placing": given(["fine"])})
    assert MESSAGES in abroad.open(url_of(answered, "/map")).text
