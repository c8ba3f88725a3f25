"""The answers side by side, safety first, for the treating clinician alone."""

import pytest

from clinic.domain.answers import given
from clinic.domain.instruments import Cited
from clinic.services import measures
from tests.browser import Browser
from tests.cast import PASSWORD
from tests.factories import TODAY
from tests.services.answering import answer_all, fill, plan_case, treating
from tests.services.test_measures import instrument
from tests.vignette_answers import LATE_MESSAGES, THREE_PARTNERS, TWO_MAPS, answers
from tests.web.page import check_page

PAGES = ("", "/map", "/together", "/kept", "/to-look-at")
#: What the guard says, in words that stand nowhere else.
REASONS = (
    "is ordinary life",
    "asks to read messages",
    "Something about safety",
    "limits a partner",
    "Talk alone first",
)


def url_of(answered, page=""):
    return f"/cases/{answered.case_ref}/answers{page}"


def table(page, caption):
    """Give a table's rows as texts, by its caption."""
    for found in page.html.select("table"):
        if found.caption.get_text(" ", strip=True) == caption:
            return [
                [" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")]
                for row in found.select("tbody tr")
            ]
    raise AssertionError(f"no table {caption!r}")


def test_safety_comes_before_every_answer(browser, ordinary):
    page = browser.get(url_of(ordinary))
    check_page(page)
    first = page.text.index("First, for you alone")
    assert first < page.text.index("Where each of them stands") < page.text.index("Topic by topic")


def test_the_guard_s_reasons_are_said_in_calm_words_by_partner(browser, ordinary):
    text = browser.get(url_of(ordinary)).text
    assert "Comparing and showing stay shut for now" in text
    assert "Something about safety came up. Talk with Elena alone." in text
    assert "Most of what Viktor marks as not OK is ordinary life." in text
    assert "Viktor asks to read messages, to have passwords or to see where somebody is." in text


def test_raised_answers_stand_under_their_partner_s_name(browser, ordinary):
    page = browser.get(url_of(ordinary))
    folded = {
        each.summary.get_text(strip=True): " ".join(each.dl.get_text(" ").split())
        for each in page.html.select("details.more")
    }
    assert folded == {
        "What Elena answered": (
            "Are you sometimes afraid of how Viktor may react? Yes Have you stopped seeing people,"
            " or doing things you like, because of Viktor? Yes"
        ),
        "What Viktor answered": (
            "What would help you most now? To have passwords To see where someone is"
        ),
    }


def test_without_a_reason_it_says_no_indication_today_and_nobody_is_called_safe(browser, late):
    page = browser.get(url_of(late))
    assert page.text.count("Safety questions: No indication today") == 2
    assert not [reason for reason in REASONS if reason in page.text]
    tags = [tag.get_text(strip=True).lower() for tag in page.html.select(".tag")]
    assert not [words for words in tags if "safe" in words.replace("safety", "")]


def test_who_would_rather_talk_in_person_is_named_and_incomplete(browser, store, ines):
    answered = plan_case(store, ines, TWO_MAPS)
    fill(store, answered, "Ruth", answers(alone="in-person"))
    text = browser.get(url_of(answered)).text
    assert "Ruth would rather talk in person than write about this." in text
    assert "Safety questions: Not complete" in text
    assert "Adaeze Has not sent answers yet" in text


def test_a_score_that_the_therapist_entered_is_named_as_the_reason(browser, store, ines, late):
    screen = instrument("hark", cut_off=Cited(1, "source"))
    with treating(store, ines, late) as (db, case):
        mara = late.partner_refs["Mara"]
        measures.enter_score(db, case, mara, screen, measures.ScoreDetails(TODAY, 1))
    text = browser.get(url_of(late)).text
    assert "It comes from a score or a private check that you entered." in text
    assert "1 to look at" in text


def test_both_answer_columns_stand_beside_each_other_in_words(browser, store, ines):
    answered = plan_case(store, ines, LATE_MESSAGES)
    own = {"trust": given(["3"]), "hope": given([], declined=True), "home": given(["apart"])}
    fill(store, answered, "Mara", LATE_MESSAGES["Mara"] | own)
    fill(store, answered, "Jonas", LATE_MESSAGES["Jonas"])
    page = browser.get(url_of(answered))
    check_page(page)
    rows = table(page, "What brings you here")
    assert rows == [
        ["What do you hope will be different?", "Mara Preferred not to answer", "Jonas Left out"]
    ]
    assert table(page, "This month")[0] == [
        "How much trust did you feel? 0: None, 10: Full trust",
        "Mara 3 of 10",
        "Jonas Left out",
    ]
    assert ["Do you live together?", "Mara No", "Jonas Left out"] in table(
        page, "You and this relationship"
    )
    assert table(page, "Messages someone often, and more closely than the partner knows") == [
        ["What do you think of this?", "Mara Not OK for me", "Jonas It depends"],
        [
            "Have you talked about this?",
            "Mara I thought it was clear",
            "Jonas We never talked about it",
        ],
        ["What do you think … would say?", "Mara Jonas: Fine", "Jonas Mara: Left out"],
    ]


def test_a_question_that_was_not_asked_says_so(browser, late):
    rows = table(browser.get(url_of(late)), "What must not be shared")
    assert ["What do you wish for this?", "Mara I will share it myself", "Jonas Not asked"] in rows


def test_topics_fold_and_what_everybody_left_out_is_named_once(browser, late):
    page = browser.get(url_of(late))
    folds = [fold.summary.get_text(strip=True) for fold in page.html.select("details.fold")]
    assert folds[:2] == ["Where you stand today", "What is fine for you?"]
    assert "Pages that all of them left out: You and this relationship" in page.text


def test_with_three_partners_there_are_three_columns_and_guesses_by_name(browser, store, ines):
    answered = answer_all(store, ines, THREE_PARTNERS)
    page = browser.get(url_of(answered))
    check_page(page)
    caption = page.html.select_one("#topic-behaviours table caption").get_text(strip=True)
    assert table(page, caption)[-1] == [
        "What do you think … would say?",
        "Kim Lou: Not OK Tariq: Fine",
        "Lou Kim: Not OK Tariq: Not OK",
        "Tariq Kim: Fine Lou: Fine",
    ]


def test_where_both_stand_and_whether_each_guess_fits(browser, late):
    assert table(browser.get(url_of(late)), "Where each of them stands") == [
        ["Mara", "Wants to Work on it", "Guesses of the others Jonas: Work on it , as Jonas says"],
        [
            "Jonas",
            "Wants to Work on it",
            "Guesses of the others Mara: Leaning out , not what Mara says",
        ],
    ]


def test_a_guess_with_no_answer_to_hold_it_against_says_so(browser, store, ines, two_maps):
    text = browser.get(url_of(two_maps)).text
    assert "Adaeze: Work on it , no answer to hold it against" in text


def test_a_draft_is_its_partner_s_own(browser, store, ines):
    answered = plan_case(store, ines, LATE_MESSAGES)
    words = {"hope": given(["a word in a draft"])}
    fill(store, answered, "Mara", words, send=False)
    page = browser.get(url_of(answered))
    check_page(page)
    assert "No answers yet" in page.text
    assert "a word in a draft" not in page.text


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", ["tomas", "noa"])
def test_nobody_else_finds_any_of_these_pages(app, cast, late, name, page):
    other = Browser(app).sign_in(cast[name].email, PASSWORD)
    assert other.get(url_of(late, page)).status == 404


@pytest.mark.parametrize(
    "page",
    [
        *("", "/intake", "/behaviours", "/issue", "/roll-up", "/goals", "/appointments"),
        *("/worksheets", "/worksheets/w02", "/measures", "/measures/phq-9"),
        *("/answers/map", "/answers/together", "/answers/kept", "/answers/to-look-at"),
    ],
)
def test_the_guard_s_reasons_stand_on_no_other_page(browser, ordinary, page):
    shown = browser.open(f"/cases/{ordinary.case_ref}{page}")
    assert shown.status == 200
    assert not [reason for reason in REASONS if reason in shown.text]


def test_the_overview_leads_to_the_answers(browser, store, ines):
    answered = plan_case(store, ines, LATE_MESSAGES)
    overview = f"/cases/{answered.case_ref}/intake"
    assert "Look at" not in browser.get(overview).text
    fill(store, answered, "Mara", LATE_MESSAGES["Mara"])
    assert browser.get(overview).link("Look at what has come in") == url_of(answered)
    fill(store, answered, "Jonas", LATE_MESSAGES["Jonas"])
    assert browser.get(overview).link("Look at the answers") == url_of(answered)
