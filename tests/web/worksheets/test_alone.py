"""The sheets for the therapist alone: whole on paper, and without a word about safety."""

import pytest

from clinic.domain.formulation import Bearing, RollUp
from clinic.domain.guard import NOT_OPEN
from clinic.domain.tracks import Tool
from clinic.domain.visibility import Layer
from clinic.services import disclosures, evidence, formulation, goals, readings
from tests import factories as made
from tests import pdf_reader
from tests import safety_factories as safe
from tests.browser import Page
from tests.factories import at_work, case_of
from tests.web.page import check_page
from tests.web.worksheets.handing_out import post, print_out

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
ALONE = {
    "t01": "Formulation",
    "t02": "Matrix and map",
    "t03": "One person alone",
    "t04": "Next appointment",
}
SHUT_ON_THE_SAFETY_TRACK = ("t01", "t02")
SECRET = "somethingthatmustneverbeonpaper"


@pytest.fixture
def url(full):
    return f"/cases/{full['case_ref']}/worksheets"


@pytest.fixture
def faults(tmp_path):
    """Tell what a validator of PDF/UA has against a sheet."""
    return lambda pdf: pdf_reader.faults(pdf, tmp_path)


def printed(browser, url, sheet: str, paper: str = "A4") -> bytes:
    answer = print_out(browser, url, sheet, paper=paper)
    assert answer.status_code == 200, Page(answer).text
    return answer.get_data()


def words(pdf: bytes) -> str:
    """Give all that is read of a sheet, footers left out."""
    return " ".join(element.text for element in pdf_reader.elements(pdf))


@pytest.mark.parametrize("paper", ["A4", "letter"])
@pytest.mark.parametrize("sheet", ALONE)
def test_a_sheet_has_nothing_that_a_pdf_ua_validator_minds(browser, url, faults, sheet, paper):
    pdf = printed(browser, url, sheet, paper)
    assert faults(pdf) == []
    assert pdf_reader.metadata(pdf) == {"/Title": ALONE[sheet]}
    for text in pdf_reader.pages(pdf):
        assert "Stop if this becomes unsafe" in text


@pytest.mark.parametrize("sheet", ALONE)
def test_the_file_is_named_after_the_sheet_and_nobody(browser, url, sheet):
    answer = print_out(browser, url, sheet)
    assert f'inline; filename="worksheet-{sheet}-' in answer.headers["Content-Disposition"]
    assert "Mara" not in str(answer.headers)


def test_the_shelf_keeps_what_is_handed_out_apart(browser, url):
    page = browser.open(url)
    check_page(page)
    parts = page.text.split("For you alone")
    assert "Our goals" in parts[0]
    assert "Our goals" not in parts[1]
    for title in ALONE.values():
        assert title in parts[1]


@pytest.mark.parametrize("sheet", ALONE)
def test_preparing_one_asks_for_the_paper_and_no_reader(browser, url, sheet):
    page = browser.open(f"{url}/{sheet}")
    check_page(page)
    asked = {field["name"] for field in page.html.select("main input[name]:not([type=hidden])")}
    assert asked - {"filled"} == {"paper", "size", "kind"}


def test_the_formulation_holds_the_reading_and_every_explanation(browser, url):
    text = words(printed(browser, url, "t01"))
    for told in (
        *("Mara and Jonas", "the distance came first", "they still laugh together"),
        *(
            "A need not voiced. About: The relationship",
            "distance since the move",
            "Low confidence",
        ),
        *("looks away when the move is mentioned", "something in the private layer"),
        *("Mara, in private", "closeness before the move was just as low"),
        *("Evenings", "one asks, one leaves", "each for their own part", "Ines Ferrara"),
    ):
        assert told.casefold() in text.casefold(), told


def test_the_matrix_counts_and_the_map_says_the_same_in_words(browser, url, store, ines):
    text = words(printed(browser, url, "t02"))
    assert "for, " in text
    assert "against" in text
    assert "Not about a single behaviour" in text
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        for item in evidence.list_evidence(db, case):
            assert (item.observation in text) is (item.layer is not Layer.SAFETY)


def test_any_number_of_explanations_gives_a_sound_sheet(browser, url, store, ines, faults):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        refs = [made.make_explanation(db, case).public_id for _ in range(10)]
        for _ in range(100):
            made.make_evidence(db, case, bearings={refs[0]: Bearing.SUPPORTS})
        made.make_evidence(db, case, bearings=dict.fromkeys(refs, Bearing.AGAINST))
    for sheet in ("t01", "t02"):
        pdf = printed(browser, url, sheet)
        assert faults(pdf) == []
    # More explanations than stand side by side, and more than a hundred observations.
    assert "Matrix 4" in words(pdf)
    assert "Evidence 2" in words(pdf)


def test_a_case_in_which_nothing_was_written_gives_sheets_to_write_on(browser, store, ines, faults):
    with at_work(store, ines) as db:
        ref = made.make_case(db).public_id
    for sheet in ALONE:
        pdf = printed(browser, f"/cases/{ref}/worksheets", sheet)
        assert faults(pdf) == []


def test_the_longest_texts_that_can_be_typed_are_printed_whole(browser, url, store, ines):
    longest = ("far " * 1000).strip() + " end"
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        ref = made.make_explanation(db, case, statement=longest).public_id
        made.make_evidence(
            db, case, observation=longest.replace("end", "stop"), bearings={ref: Bearing.SUPPORTS}
        )
    text = words(printed(browser, url, "t01"))
    assert "far end" in text
    assert "far stop" in text


def test_nothing_about_safety_is_on_any_of_them(browser, url, store, ines):
    before = {sheet: words(printed(browser, url, sheet)) for sheet in ALONE}
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        first = formulation.list_explanations(db, case)[0].public_id
        # Considered and dropped: then the case is on no other track.
        control = made.make_explanation(
            db,
            case,
            kind="H11",
            statement=SECRET,
            reason=SECRET,
            would_change_my_mind=SECRET,
            status=formulation.ExplanationStatus.DROPPED,
        ).public_id
        made.make_evidence(
            db,
            case,
            layer=Layer.SAFETY,
            source=ines.partner_refs[0],
            observation=SECRET,
            bearings={first: Bearing.SUPPORTS, control: Bearing.SUPPORTS},
        )
    for sheet, text in before.items():
        assert words(printed(browser, url, sheet)) == text, sheet


def test_on_the_safety_track_what_puts_them_side_by_side_stays_shut(browser, url, store, ines):
    with at_work(store, ines) as db:
        safe.make_positive(db, case_of(db, ines), place=0)
    for sheet in ALONE:
        answer = print_out(browser, url, sheet)
        if sheet in SHUT_ON_THE_SAFETY_TRACK:
            assert answer.status_code == 422
            assert NOT_OPEN in Page(answer).text
            assert NOT_OPEN in browser.open(f"{url}/{sheet}").text
        else:
            assert answer.status_code == 200


def test_a_reason_opens_them_again_and_the_way_of_safety_is_not_named(browser, url, store, ines):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        latest = readings.latest_formulation(db, case)
        made.make_formulation(db, case, latest.number, roll_up=RollUp.SAFETY_TRACK)
        safe.make_positive(db, case, place=0)
        safe.make_decision(db, case, Tool.COMPARISON.value)
    text = words(printed(browser, url, "t01"))
    assert "Individual appointments first" in text
    assert "Safety track" not in text


def test_the_planner_says_what_is_due_and_nothing_of_what_was_said_alone(browser, url, store, ines):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        made.make_explanation(db, case, kind="H6", test_by=made.TODAY)
        kept = disclosures.ledger(db, case, made.TODAY)
        wording = goals.list_goals(db, case)[0].wording
    text = words(printed(browser, url, "t04"))
    assert "Test of: " in text
    assert "20 November 2026" in text
    assert wording in text
    for entry in kept:
        with at_work(store, ines) as db:
            (found,) = [
                each
                for each in disclosures.ledger(db, case_of(db, ines), made.TODAY)
                if each.disclosure.public_id == entry.disclosure.public_id
            ]
            assert found.disclosure.words not in text


def test_a_paper_that_is_not_there_is_refused(browser, url):
    answer = Page(post(browser, url, "t01", paper="A0"))
    assert answer.status == 422
    check_page(answer)
