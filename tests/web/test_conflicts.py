"""Two tabs with the same thing: the second is told, sees both texts, and loses nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from tests.browser import Browser, Page
from tests.cast import PASSWORD
from tests.web.addresses import Refs
from tests.web.page import check_page


@dataclass(frozen=True)
class Save:
    """A form that two tabs have open, and the text of it that both change."""

    path: str
    field: str
    label: str
    #: An answer that only the first tab changes: field, value, and the words for both.
    choice: tuple[str, str] = ("", "")
    said: str = ""


SAVES: Mapping[str, Save] = {
    "behaviour": Save(
        "behaviours/{behaviour_ref}", "notes", "Anything else that was seen",
        ("placing_1-zone", "within"), "Within what is fine",
    ),
    "explanation": Save(
        "issue/explanations/{explanation_ref}", "statement", "In your words, for these people",
        ("status", "weakened"), "Weakened",
    ),
    "evidence": Save(
        "issue/evidence/{evidence_ref}", "observation", "What was seen or heard",
        ("diagnosticity", "low"), "Low: it fits several explanations",
    ),
    "goal": Save(
        "goals/{goal_ref}", "goal-wording", "Behaviour goal: Goal, in their words",
        ("goal-review_on", "2026-12-24"), "24 December 2026",
    ),
    "case": Save(
        "details", "partners-1-contact_notes", "Partner 2: When and how it is safe",
        ("secrets_policy", "full-individual"), "Full individual confidentiality",
    ),
    "agreed": Save(
        "agreed", "position_0-words", "Mara: In this person's words",
        ("status", "none"), "Nothing was agreed",
    ),
    "event": Save(
        "timeline/{event_ref}", "words", "In a few words", ("kind", "work"), "Something at work"
    ),
    "theme": Save("frames/deep/themes/{theme_ref}", "title", "What the theme is called"),
    "frame": Save("frames/plan", "words-plan.not-yet..", "What we will not work on yet"),
    "agreed words": Save("frames/deep/agreed", "words-deep.pattern", "What happens between us"),
    "safety plan": Save("safety/{partner_ref}/plan", "signs", "Signs I notice early"),
    "agreement topic": Save(
        "agreements/{accord_ref}/topics/{topic_ref}", "wording", "What we agree",
        ("status", "differ"), "We agree to differ",
    ),
    "first 24 hours": Save(
        "agreements/{accord_ref}/first-day", "words", "What happens in the first 24 hours"
    ),
    "roll-up": Save("roll-up", "reason", "Why, and what is new", ("roll_up", "mixed"), ""),
}  # fmt: skip


def address(save: Save, refs: Refs) -> str:
    return f"/cases/{refs['case_ref']}/{save.path.format(**refs)}"


def meanwhile(page: Page) -> dict[str, str]:
    """Read the notice that says what was saved meanwhile."""
    rows = page.html.select(".notice .summary-list__row")
    return {row.dt.get_text(strip=True): row.dd.get_text(" ", strip=True) for row in rows}


@pytest.mark.parametrize("name", SAVES)
def test_the_second_tab_is_told_and_loses_nothing(browser, full: Refs, name):
    save = SAVES[name]
    url = address(save, full)
    first, second = browser.open(url), browser.open(url)
    changed = {save.field: "text of the first tab"}
    changed |= dict([save.choice]) if save.said else {}
    assert browser.send(url, first, changed).status == 200

    told = browser.send(url, second, {save.field: "text of the second tab"})
    assert told.status == 409
    check_page(told)
    assert told.title.startswith("Error:")
    assert "Both texts are on this page" in " ".join(told.errors())
    assert told.values()[save.field] == "text of the second tab", "what was typed stays"
    assert meanwhile(told)[save.label] == "text of the first tab", "what was saved is beside it"
    assert save.said in meanwhile(told).values() or not save.said, "and said in words"
    assert browser.open(url).values()[save.field] == "text of the first tab", "nothing is lost"

    assert browser.send(url, told, {save.field: "both texts together"}).status == 200
    assert browser.open(url).values()[save.field] == "both texts together"


@pytest.mark.parametrize("name", SAVES)
def test_what_was_saved_meanwhile_is_shown_as_words_never_as_codes(browser, full: Refs, name):
    save = SAVES[name]
    url = address(save, full)
    # Saved once as it is, evidence weighs on explanations that were added after it.
    browser.submit(url)
    first, second = browser.open(url), browser.open(url)
    browser.send(url, first, {save.field: "text of the first tab"})
    told = browser.send(url, second, {save.field: "text of the second tab"})
    assert meanwhile(told) == {save.label: "text of the first tab"}, "only what differs"


def test_two_tabs_with_the_same_answers_are_told_so(browser, full: Refs):
    url = address(SAVES["behaviour"], full)
    first, second = browser.open(url), browser.open(url)
    browser.send(url, first, {"notes": "the same"})
    told = browser.send(url, second, {"notes": "the same"})
    assert told.status == 409
    assert "with the same answers as yours" in told.errors()[0]
    assert browser.send(url, told, {}).status == 200


def test_two_tabs_that_start_what_was_agreed_are_told_too(app, cast):
    """Nothing was written yet when both were opened."""
    tomas = cast["tomas"]
    browser = Browser(app).sign_in(tomas.email, PASSWORD)
    url = f"/cases/{tomas.case_ref}/agreed"
    first, second = browser.open(url), browser.open(url)
    assert browser.send(url, first, {"status": "none", "wording": "first"}).status == 200
    told = browser.send(url, second, {"status": "none", "wording": "second"})
    assert told.status == 409
    assert meanwhile(told)["What was agreed, in words"] == "first"


def test_two_tabs_that_choose_what_is_asked_lose_nothing(app, cast):
    """Nothing was chosen yet when both were opened."""
    tomas = cast["tomas"]
    browser = Browser(app).sign_in(tomas.email, PASSWORD)
    url = f"/cases/{tomas.case_ref}/intake/questions"
    first, second = browser.open(url), browser.open(url)
    browser.send(url, first, {"own_behaviours": "late calls", "behaviours": ["B01", "B11"]})
    told = browser.send(url, second, {"own_behaviours": "long walks"})
    assert told.status == 409
    check_page(told)
    assert told.values()["own_behaviours"] == "long walks", "what was typed stays"
    assert meanwhile(told)["Others, in your words"] == "late calls"
    assert "B01" not in meanwhile(told)["Behaviours to place"], "in words, never as codes"
    assert browser.open(url).values()["own_behaviours"] == "late calls", "nothing is lost"
    assert browser.send(url, told, {"own_behaviours": "both"}).status == 200
    assert browser.open(url).values()["own_behaviours"] == "both"


def test_what_is_asked_stays_once_somebody_has_begun(browser, full: Refs):
    url = f"/cases/{full['case_ref']}/intake/questions"
    told = browser.submit(url, {"own_behaviours": "late calls"})
    assert told.status == 422
    assert "Somebody has begun to answer" in told.errors()[0]
    assert told.values()["own_behaviours"] == "late calls", "what was typed stays"
    assert browser.open(url).values()["own_behaviours"] == ""


def test_a_third_tab_meets_the_third_text(browser, full: Refs):
    url = address(SAVES["explanation"], full)
    pages = [browser.open(url) for _ in range(3)]
    browser.send(url, pages[0], {"statement": "one"})
    told = browser.send(url, pages[1], {"statement": "two"})
    browser.send(url, told, {"statement": "one and two"})
    last = browser.send(url, pages[2], {"statement": "three"})
    assert last.status == 409
    assert "one and two" in meanwhile(last).values()


def test_a_form_without_its_version_never_overwrites(browser, full: Refs):
    url = address(SAVES["explanation"], full)
    page = browser.open(url)
    for version in ("", "-1", "9" * 40, "x"):
        told = browser.send(url, page, {"version": version, "statement": "overwritten"})
        assert told.status == 409, version
    assert browser.open(url).values()["statement"] == "distance since the move"


def test_a_goal_set_meanwhile_takes_no_other_goals_rating(browser, full: Refs):
    """Ratings find their goal, even where another one now stands before it on the page."""
    case = f"/cases/{full['case_ref']}"
    appointment = f"{case}/appointments/{full['appointment_ref']}"
    rating = f"{appointment}/ratings/therapist"
    opened = browser.open(rating)
    fields = [name for name in opened.values() if name.endswith("-own")]
    asked = {
        opened.html.find(attrs={"name": name}).find_parent("fieldset").legend.get_text(): name
        for name in fields
    }
    beside = browser.open(f"{case}/goals/{full['goal_ref']}/beside/behaviour")
    owners = [box["value"] for box in beside.html.select("input[name=goal-owners]")]
    url = f"{case}/goals/{full['goal_ref']}/beside/behaviour"
    steps = [name for name in beside.values() if name.startswith("goal-anchors-")]
    anchors = dict.fromkeys(steps, "a step")
    set_ = browser.send(url, beside, {**anchors, "goal-wording": "new", "goal-owners": owners})
    assert set_.status == 200, set_.errors()

    numbers = {name: str(place) for place, name in enumerate(fields, start=1)}
    assert browser.send(rating, opened, numbers).status == 200
    now = browser.open(rating)
    for wording, name in asked.items():
        field = now.html.find(attrs={"name": name})
        assert field.find_parent("fieldset").legend.get_text() == wording
        assert field["value"] == numbers[name]
