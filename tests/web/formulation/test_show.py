"""The issue layer's page: what is due, what follows, and what it costs."""

import datetime as dt

from clinic.domain.formulation import Bearing, ExplanationStatus
from clinic.domain.visibility import Layer
from tests import factories as made
from tests.web.formulation.large import fill_issue_layer
from tests.web.page import check_page
from tests.web.test_queries import statements

#: With who is signed in and the audit line: seven of them every page of a case costs.
MOST = 10


def issue(refs, page=""):
    return f"/cases/{refs['case_ref']}/issue{page}"


def test_the_largest_issue_layer_costs_ten_statements_as_the_smallest_does(
    app, browser, store, ines, full
):
    with statements(app.extensions["store"]) as short:
        assert browser.get(issue(full)).status == 200
    with made.at_work(store, ines) as db:
        fill_issue_layer(db, made.case_of(db, ines))
    with statements(app.extensions["store"]) as long:
        page = browser.get(issue(full))
    check_page(page)
    assert len(short) == len(long) <= MOST
    assert len(page.html.select("section[id^=explanation-]")) == 16
    assert page.html.select("section[id^=explanation-] p.small > a[href$=matrix]")


def test_a_test_that_is_due_stands_at_the_top_and_on_the_overview(browser, store, ines, full):
    past = made.TODAY - dt.timedelta(days=30)
    with made.at_work(store, ines) as db:
        case = made.case_of(db, ines)
        due = made.make_explanation(
            db, case, would_change_my_mind="she sleeps through the night", test_by=past
        ).public_id
        made.make_explanation(db, case, test_by=past, status=ExplanationStatus.WEAKENED)
    page = browser.get(issue(full))
    first = page.html.select_one(".card")
    assert first.h2.get_text() == "Time to look again"
    assert [link.get_text() for link in first.select("a")] == ["she sleeps through the night"]
    assert page.link("she sleeps through the night").endswith(due)
    overview = browser.get(f"/cases/{full['case_ref']}")
    assert overview.link("An explanation to look at again") == issue(full)


def test_an_explanation_says_which_work_and_goals_follow_and_applies_none(browser, full):
    page = browser.get(issue(full))
    card = page.html.select_one(f"#explanation-{full['explanation_ref']}")
    follows = card.select_one("details").get_text(" ", strip=True)
    assert "Saying needs aloud" in follows
    assert "Behaviour goal" in follows
    assert "Issue goal" in follows
    assert card.select_one("details form") is None
    assert card.select_one("details a")["href"].startswith(f"/cases/{full['case_ref']}/goals/new")


def test_control_and_fear_leads_to_the_safety_page_and_to_no_goal(browser, store, ines, full):
    with made.at_work(store, ines) as db:
        ref = made.make_explanation(db, made.case_of(db, ines), kind="H11").public_id
    card = browser.get(issue(full)).html.select_one(f"#explanation-{ref}")
    assert [link["href"] for link in card.select("details a")] == [
        f"/cases/{full['case_ref']}/safety"
    ]


def test_what_will_not_be_worked_on_yet_is_said(browser, full):
    assert "What we will not work on yet money" in browser.get(issue(full)).text


def test_hints_lead_to_their_places_and_those_about_safety_stand_apart(browser, store, ines):
    with made.at_work(store, ines) as db:
        case = made.make_case(db)
        explanation = made.make_explanation(db, case).public_id
        refs = {"case_ref": case.public_id}
    folded = browser.get(issue(refs)).html.select_one("#worth-a-look")
    links = {link["href"] for link in folded.select("a")}
    assert links == {
        issue(refs, f"/explanations/{explanation}"),
        issue(refs, "/explanations/new"),
        f"/cases/{refs['case_ref']}/roll-up",
    }
    apart = folded.select_one("h3").find_next("ul")
    assert "control and fear" in apart.get_text()
    assert "control and fear" not in folded.select_one("ul").get_text()


def test_private_words_are_marked_with_whose_they_are(browser, store, ines, full):
    with made.at_work(store, ines) as db:
        case = made.case_of(db, ines)
        ref = {full["explanation_ref"]: Bearing.SUPPORTS}
        for layer in (Layer.PRIVATE, Layer.SAFETY):
            made.make_evidence(
                db,
                case,
                observation=f"said alone, {layer.value}",
                layer=layer,
                source=ines.partner_refs[0],
                bearings=ref,
            )
    page = browser.get(issue(full))
    card = page.html.select_one(f"#explanation-{full['explanation_ref']}").get_text(" ", strip=True)
    assert "said alone, private Private to Mara" in card
    assert "said alone, safety Safety" in card


def test_an_active_explanation_without_a_day_is_refused_and_keeps_its_words(browser, full):
    values = {
        "kind": "H2",
        "statement": "worn out",
        "would_change_my_mind": "she sleeps through",
        "test_by": "",
    }
    page = browser.submit(issue(full, "/explanations/new"), values)
    assert page.status == 422
    assert page.errors() == ["Say by when you will look again"]
    assert page.values()["statement"] == "worn out"
    saved = browser.send(issue(full, "/explanations/new"), page, {"status": "dropped"})
    assert "worn out" in saved.text


def test_an_explanation_about_two_of_three_names_the_pair_wherever_it_stands(browser, store, ines):
    with made.at_work(store, ines) as db:
        case = made.make_case(db, "Kim", "Lou", "Tariq")
        where, refs = f"/cases/{case.public_id}/issue", [p.public_id for p in case.partners]
        db.commit()
    words = {"statement": "a rule of the two", "would_change_my_mind": "they see it the same way"}
    browser.submit(
        f"{where}/explanations/new", {"kind": "H1", "about": "+".join(refs[:2]), **words}
    )
    facts = {"observation": "seen", "source": "therapist", "observed_on": "2026-01-02"}
    browser.submit(f"{where}/evidence/new", facts)
    for page in ("", "/matrix", "/map"):
        assert "Kim and Lou" in browser.get(where + page).text, page


def test_a_pair_is_offered_only_where_it_is_not_everybody(browser, full):
    form = browser.get(issue(full, "/explanations/new")).html
    assert not form.select("[name=about][value*=\\+]")
    assert len(form.select("[name=about]")) == 3
