"""Finding words in one's own notes."""

from clinic.services import audit
from tests.browser import Browser
from tests.cast import PASSWORD
from tests.factories import at_work
from tests.services.test_every_act import newest_line
from tests.web.page import check_page


def test_words_are_found_with_their_sentence_and_the_way_to_the_note(browser, full):
    page = browser.submit("/notes/find", {"words": "NAMED the move"})
    check_page(page)
    assert page.html.select_one("mark").get_text() == "named the move"
    assert page.html.select(f'a[href$="/notes/{full["note_ref"]}"]')
    assert "Mara and Jonas" in page.text
    assert page.values()["words"] == "NAMED the move"


def test_words_never_stand_in_an_address_or_in_the_log(browser, store, ines, full):
    page = browser.submit("/notes/find", {"words": "secretword"}, follow=False)
    assert page.status == 200
    assert page.response.request.query_string == b""
    assert "Found nowhere" in page.text
    with at_work(store, ines) as db:
        line = newest_line(db)
        assert (line.action, line.subject) == ("notes.searched", "")
        assert audit.first_broken_line(db) is None


def test_a_colleague_finds_nothing_of_it(app, cast, full):
    tomas = Browser(app).sign_in(cast["tomas"].email, PASSWORD)
    assert "Found nowhere" in tomas.submit("/notes/find", {"words": "named the move"}).text
