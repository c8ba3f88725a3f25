"""Frames: an overview, one page each, and themes to fill them in for."""

import pytest

from clinic.content.frames_loader import load_frames
from clinic.services import frames
from tests.factories import at_work, case_of, make_case
from tests.web.page import check_page, check_refused

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

NOT_YET = "words-plan.not-yet.."


@pytest.fixture
def url(ines):
    return f"/cases/{ines.case_ref}/frames"


@pytest.fixture
def theme(store, ines):
    with at_work(store, ines) as db:
        return frames.add_theme(db, case_of(db, ines), "deep", "Evenings").public_id


def counts(page):
    cards = page.html.select("main .card")
    return {
        card.h2.get_text(strip=True): card.select("p")[-1].get_text(strip=True) for card in cards
    }


def test_the_overview_tells_how_much_is_written_and_leads_to_every_frame(browser, url):
    page = browser.get(url)
    check_page(page)
    assert counts(page) == {
        "The five Ps": "0 of 15 written",
        "DEEP, theme by theme": "No theme yet",
        "The cycle": "0 of 16 written",
        "Culture and the form of the relationship": "0 of 5 written",
        "What follows from it": "0 of 3 written",
    }
    for title in counts(page):
        check_page(browser.get(page.link(title)))


def test_a_text_is_counted_kept_and_taken_away_again(browser, url):
    page = browser.submit(f"{url}/plan", {NOT_YET: "the flat"})
    check_page(page)
    assert counts(page)["What follows from it"] == "1 of 3 written"
    assert browser.open(f"{url}/plan").values()[NOT_YET] == "the flat"
    page = browser.submit(f"{url}/plan", {NOT_YET: ""})
    assert counts(page)["What follows from it"] == "0 of 3 written"


@pytest.mark.parametrize("key", ["five-ps", "cycle", "lens", "plan"])
def test_every_text_of_a_frame_comes_back_in_its_own_place(browser, url, key):
    names = [name for name in browser.open(f"{url}/{key}").values() if name.startswith("words-")]
    typed = {name: f"text {place}" for place, name in enumerate(names)}
    browser.submit(f"{url}/{key}", typed)
    values = browser.open(f"{url}/{key}").values()
    assert {name: values[name] for name in names} == typed


def test_each_partner_and_the_relationship_stand_beside_each_other_in_every_slot(browser, url):
    page = browser.get(f"{url}/five-ps")
    groups = page.html.select("main form fieldset")
    assert groups[0].legend.get_text(strip=True) == "Presenting"
    labels = [each.find(string=True, recursive=False).strip() for each in groups[0].select("label")]
    assert labels == ["Mara", "Jonas", "The relationship"]
    assert len(groups) == len(load_frames()["five-ps"].slots)


def test_three_partners_are_asked_each_and_about_each_pair(browser, store, ines):
    with at_work(store, ines) as db:
        ref = make_case(db, "Kim", "Lou", "Tariq").public_id
    page = browser.get(f"/cases/{ref}/frames")
    assert counts(page)["The five Ps"] == "0 of 20 written"
    assert "Agreements for each pair" in browser.get(f"/cases/{ref}/frames/lens").text


def test_without_a_theme_there_is_nothing_to_write_but_a_theme_to_add(browser, url):
    page = browser.get(f"{url}/deep")
    check_page(page)
    assert not page.html.select("main textarea")
    done = browser.submit(page.link("Add a theme"), {"title": "Evenings"})
    check_page(done)
    assert "Evenings" in done.text
    assert len(done.html.select("main textarea")) == 12, "four things, each seen by three people"


def test_a_theme_is_renamed_and_keeps_what_is_written(browser, url, theme):
    name = f"words-deep.pattern.{theme}."
    browser.submit(f"{url}/deep", {name: "one asks, one leaves"})
    rename = browser.get(f"{url}/deep").link("Rename")
    page = browser.submit(rename, {"title": "Mornings"})
    assert "Mornings" in page.text
    assert "Evenings" not in page.text
    assert page.values()[name] == "one asks, one leaves"


@pytest.mark.parametrize("path", ["deep/themes/new", "deep/themes/{theme}"])
def test_a_theme_without_a_name_is_refused(browser, url, theme, path):
    page = browser.submit(f"{url}/{path.format(theme=theme)}", {"title": "  "})
    check_refused(page)
    assert page.errors() == ["Enter a name for the theme"]


def test_a_text_that_is_too_long_is_refused_and_no_word_of_the_page_is_lost(browser, url):
    typed = {NOT_YET: "w" * 4001, "words-plan.first..": "kept"}
    page = browser.submit(f"{url}/plan", typed)
    check_refused(page)
    assert {name: page.values()[name] for name in typed} == typed
    assert browser.open(f"{url}/plan").values()["words-plan.first.."] == ""


def test_two_tabs_that_write_in_different_slots_lose_nothing_and_meet_no_conflict(browser, url):
    first, second = browser.open(f"{url}/plan"), browser.open(f"{url}/plan")
    browser.send(f"{url}/plan", first, {NOT_YET: "the flat"})
    told = browser.send(f"{url}/plan", second, {"words-plan.first..": "evenings"})
    assert told.status == 409, "the page of the second still shows the other text as empty"
    assert "the flat" in told.html.select_one(".notice").get_text()
    kept = browser.send(f"{url}/plan", told, {NOT_YET: "the flat"})
    assert kept.status == 200
    values = browser.open(f"{url}/plan").values()
    assert (values[NOT_YET], values["words-plan.first.."]) == ("the flat", "evenings")


def test_a_theme_added_in_another_tab_moves_no_text_to_another_place(
    browser, store, ines, url, theme
):
    name = f"words-deep.pattern.{theme}."
    opened = browser.open(f"{url}/deep")
    with at_work(store, ines) as db:
        frames.add_theme(db, case_of(db, ines), "deep", "Money")
    assert browser.send(f"{url}/deep", opened, {name: "one asks"}).status == 200
    values = browser.open(f"{url}/deep").values()
    assert [key for key in values if values[key] == "one asks"] == [name]


def test_what_is_no_frame_or_has_no_themes_is_no_page(browser, url, theme):
    for path in ("nothing", "plan/themes/new", f"plan/themes/{theme}", f"deep/themes/{'x' * 22}"):
        assert browser.get(f"{url}/{path}").status == 404, path
