"""The matrix and the map: readable without colour, with every reason at hand."""

import pytest

from clinic.domain.formulation import Bearing, Diagnosticity
from clinic.domain.visibility import Layer
from clinic.services import issue_map
from clinic.web.formulation.mapping import drawn
from tests import factories as made
from tests.services.test_evidence import CONCERN
from tests.web.formulation.large import fill_issue_layer
from tests.web.page import check_page


def issue(refs, page):
    return f"/cases/{refs['case_ref']}/issue/{page}"


@pytest.fixture
def weighed(store, ines, full):
    """Weigh three observations on two explanations: one tells apart, one is private, one not."""
    with made.at_work(store, ines) as db:
        case = made.case_of(db, ines)
        refs = [full["explanation_ref"]]
        refs.append(made.make_explanation(db, case, kind="H7", statement="a position").public_id)
        apart = dict(zip(refs, (Bearing.SUPPORTS, Bearing.AGAINST), strict=True))
        made.make_evidence(db, case, kind="E01", observation="tells apart", bearings=apart)
        made.make_evidence(
            db,
            case,
            kind="E01",
            observation="otherwise here",
            diagnosticity=Diagnosticity.LOW,
            layer=Layer.PRIVATE,
            source=ines.partner_refs[0],
            bearings={refs[1]: Bearing.SUPPORTS},
            reasons={refs[1]: "he said so himself"},
        )
        return refs


def row(page, words):
    return next(each for each in page.html.select("tbody tr") if words in each.get_text())


def test_every_sign_is_said_in_words_and_counts_are_no_percentage(browser, full, weighed):
    page = browser.get(issue(full, "matrix"))
    check_page(page)
    cells = row(page, "tells apart").select("td")
    said = [cell.select_one(".visually-hidden").get_text() for cell in cells]
    assert {"Supports", "Speaks against", "Not weighed yet"} == set(said)
    assert [cell.select_one(".matrix__sign")["aria-hidden"] for cell in cells] == ["true"] * 3
    assert "2 for, 1 against" in page.text
    assert "%" not in page.text


def test_what_is_not_as_usual_is_marked_with_its_reason_a_link_away(browser, full, weighed):
    page = browser.get(issue(full, "matrix"))
    line = row(page, "otherwise here")
    assert "Private to Mara" in line.get_text()
    note = page.html.select_one(line.select_one("a.matrix__note")["href"])
    assert "he said so himself" in note.get_text()
    assert "not as usual" in note.get_text()
    assert page.html.select_one(note.select_one("a")["href"])


def test_an_observation_that_bears_on_all_alike_says_so(browser, store, ines, full, weighed):
    with made.at_work(store, ines) as db:
        case = made.case_of(db, ines)
        refs = [row.public_id for row in made.formulation.list_explanations(db, case)]
        made.make_evidence(
            db, case, observation="rain", bearings=dict.fromkeys(refs, Bearing.NEUTRAL)
        )
    line = row(browser.get(issue(full, "matrix")), "rain")
    assert "tells nothing apart" in line.get_text()
    assert "matrix__alike" in line["class"]


@pytest.mark.parametrize("page", ["matrix", "issue_map"])
def test_a_large_case_has_a_sound_matrix_and_map(browser, store, ines, full, page):
    with made.at_work(store, ines) as db:
        fill_issue_layer(db, made.case_of(db, ines), explanations=14, evidence=30)
    opened = browser.get(issue(full, page.removeprefix("issue_")))
    check_page(opened)
    assert opened.status == 200


@pytest.mark.parametrize("page", ["matrix", "map", "suggestions"])
def test_an_empty_case_says_what_to_do_next(app, browser, store, ines, page):
    with made.at_work(store, ines) as db:
        ref = made.make_case(db).public_id
    opened = browser.get(f"/cases/{ref}/issue/{page}")
    check_page(opened)
    assert opened.link("Issue layer") == f"/cases/{ref}/issue"


def test_the_map_has_a_description_and_a_table_that_say_the_same(browser, full, weighed):
    page = browser.get(issue(full, "map"))
    check_page(page)
    wide = page.html.select_one("svg.chart__wide")
    assert wide.select_one("title").get_text() == "Map from symptom to issue"
    cells = [
        [line.th.get_text(), *(cell.select("span")[-1].get_text() for cell in line("td"))]
        for line in page.html.select("tbody tr")
    ]
    said = wide.select_one("desc").get_text()
    for symptom, explanation, supports, against in cells:
        assert f"{symptom} to {explanation}: {supports} for, {against} against." in said
    assert cells
    assert len(wide.select(".map__curve")) == len(cells)
    assert page.html.select_one("svg.chart__narrow")["width"] == "340"


def test_the_map_names_whom_a_behaviour_and_an_explanation_are_about(app, db):
    case = made.make_case(db)
    made.make_behaviour(db, case, behaviour="", own_words="May")
    made.make_explanation(db, case, about=[case.partners[0].public_id])
    with app.test_request_context():
        maps = drawn(case, CONCERN, issue_map.ground(db, case))
    assert [box.label for box in maps.wide.symptoms] == ["May (Nour)"]
    assert [box.label for box in maps.wide.explanations] == ["A need not voiced (Ada)"]
    assert len({dash for _, dash in maps.legend}) == 5
