"""The timeline's page: drawn, and every fact of the drawing again in words."""

import re

import pytest

from clinic.domain.behaviours import StillHappening
from clinic.domain.timeline import EventKind
from clinic.domain.visibility import Layer
from tests.factories import at_work, case_of, make_behaviour, make_event
from tests.web.page import check_page

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def url(ines):
    return f"/cases/{ines.case_ref}/timeline"


@pytest.fixture
def filled(store, ines):
    """A case with a move, a loss of which no month is known, and behaviours of every ending."""
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        make_event(db, case, words="to the coast", since=(2025, 3), until=(2025, 5))
        mara = ines.partner_refs[0]
        make_event(db, case, kind=EventKind.LOSS, words="", about=mara, since=(2024, None))
        make_event(
            db, case, kind=EventKind.OTHER, words="A flood", since=(2023, 1), until=(2023, None)
        )
        for words, since, until, still in (
            ("calls", (2024, None), (2025, 10), StillHappening.NO),
            ("letters", (2025, 7), (None, None), StillHappening.YES),
            ("visits", (2025, 8), (None, None), StillHappening.UNCLEAR),
            ("looks", (2025, 9), (2026, 1), StillHappening.UNCLEAR),
            ("sighs", (None, None), (None, None), StillHappening.NO),
        ):
            details = {"since": since, "until": until, "still_happening": still}
            make_behaviour(db, case, behaviour="", own_words=words, **details)


def table(page, caption):
    for found in page.html.select("table"):
        if found.caption.get_text(strip=True) == caption:
            return [
                [each.get_text(" ", strip=True) for each in row.select("th, td > span:last-child")]
                for row in found.select("tbody tr")
            ]
    return []


def test_an_empty_timeline_says_what_to_do_and_draws_nothing(browser, url):
    page = browser.get(url)
    check_page(page)
    assert "Nothing on the timeline yet" in page.text
    assert not page.html.select("svg[role=img]")


def test_it_is_found_from_the_symptom_layer(browser, ines, url):
    assert browser.get(f"/cases/{ines.case_ref}/behaviours").link("Timeline") == url


def test_every_fact_of_the_drawing_stands_in_a_table(browser, url, filled):
    page = browser.get(url)
    check_page(page)
    assert table(page, "Events") == [
        ["A flood", "January 2023 to 2023, month not known", "Everybody"],
        ["A loss", "2024, month not known", "Mara"],
        ["A move: to the coast", "March 2025 to May 2025", "Everybody"],
    ]
    assert table(page, "Behaviours") == [
        ["calls", "2024, month not known", "Until October 2025"],
        ["letters", "July 2025", "It goes on"],
        ["visits", "August 2025", "Whether it goes on is not clear"],
        ["looks", "September 2025", "Last seen: January 2026. Whether it goes on is not clear"],
    ]


def test_a_behaviour_without_a_year_is_listed_apart_and_not_drawn(browser, url, filled):
    page = browser.get(url)
    undated = table(page, "Behaviours of which no year is known")
    assert undated == [["sighs", "It has ended; when is not known"]]
    assert not any("sighs" in drawn.get_text() for drawn in page.html.select("svg[role=img]"))


def test_what_one_partner_told_alone_is_marked_private(browser, store, ines, url):
    with at_work(store, ines) as db:
        make_behaviour(db, case_of(db, ines), layer=Layer.PRIVATE, reporter=ines.partner_refs[1])
    assert "Private to Jonas" in browser.get(url).text


def test_both_drawings_hold_everything_and_say_it_aloud(browser, url, filled):
    page = browser.get(url)
    drawings = page.html.select("svg[role=img]")
    assert [drawn["class"] for drawn in drawings] == [["chart__wide"], ["chart__narrow"]]
    for drawn in drawings:
        texts = {text.get_text(strip=True) for text in drawn.select("text")}
        assert {"A loss", "A move: to the coast", "calls", "letters", "visits"} <= texts
        said = drawn.desc.get_text()
        assert "A loss: 2024, month not known." in said
        assert "calls: since 2024, month not known. Until October 2025." in said
        assert "letters: since July 2025. It goes on." in said


def test_what_is_not_sure_is_drawn_fainter_and_an_unclear_end_dashed(browser, url, filled):
    drawn = browser.get(url).html.select_one("svg.chart__wide")
    faint = drawn.select("rect[opacity='.28']")
    assert len(faint) == 4, "the loss on both sides, the end of the flood, the start of the calls"
    assert len(drawn.select("rect[stroke-dasharray]")) == 2, "visits and looks"
    assert len(drawn.select("line.timeline__today")) == 1


def test_nothing_is_drawn_outside_its_picture(browser, url, filled):
    for drawn in browser.get(url).html.select("svg[role=img]"):
        width, height = float(drawn["width"]), float(drawn["height"])
        for bar in drawn.select("rect"):
            assert 0 <= float(bar["x"]) <= float(bar["x"]) + float(bar["width"]) <= width
            assert 0 <= float(bar["y"]) <= float(bar["y"]) + float(bar["height"]) <= height


def test_few_months_are_named_and_many_years_are(browser, store, ines, url):
    with at_work(store, ines) as db:
        make_event(db, case_of(db, ines), since=(2025, 3))
    ticks = browser.get(url).html.select("svg.chart__wide .timeline__tick")
    assert all(re.fullmatch(r"[A-Z][a-z]+ 2025", tick.get_text()) for tick in ticks)
    with at_work(store, ines) as db:
        make_event(db, case_of(db, ines), since=(2015, 3))
    ticks = browser.get(url).html.select("svg.chart__wide .timeline__tick")
    assert all(re.fullmatch(r"20[12][0-9]", tick.get_text()) for tick in ticks)


def test_a_long_label_is_whole_in_the_table_and_to_those_who_listen(browser, store, ines, url):
    words = "about the telephone on the kitchen table, four evenings running"
    with at_work(store, ines) as db:
        make_event(db, case_of(db, ines), kind=EventKind.CONFLICT, words=words)
    page = browser.get(url)
    assert f"A conflict: {words}" in page.html.select_one("svg desc").get_text()
    assert table(page, "Events")[0][0] == f"A conflict: {words}"
    assert max(len(text.get_text()) for text in page.html.select("svg text")) <= 32
