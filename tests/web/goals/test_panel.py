"""The goals on the page of an appointment, with the published ratings of a vignette."""

import pytest

from clinic.content.loader import load_library
from clinic.content.vignettes_loader import load_demo
from clinic.domain.goals import Attainment
from clinic.services import goals
from clinic.services.goals import RatingDetails
from tests import factories as made
from tests.web.page import check_page

LIBRARY = load_library()
THE_APP = load_demo(LIBRARY).vignettes["02-the-app"]


@pytest.fixture
def played(store, ines):
    """Play the vignette's pair through its three appointments, and give their public ids."""
    stubs = LIBRARY.concerns["outside-contact"].goals
    with made.at_work(store, ines) as db:
        case = made.case_of(db, ines)
        rows = [
            made.goal_details(
                case,
                layer=stubs[row.stub].layer,
                stub=row.stub,
                wording=row.wording,
                weight=row.weight,
                start_level=row.start_level,
            )
            for row in THE_APP.goals
        ]
        pair = list(goals.set_pair(db, case, rows[:2]))
        pair += [goals.add_goal(db, case, pair[0], row) for row in rows[2:]]
        refs = []
        for place in range(3):
            appointment = made.make_appointment(db, case)
            levels = zip(pair, THE_APP.goals, strict=True)
            found = {
                goal.public_id: RatingDetails(Attainment(row.levels[place])) for goal, row in levels
            }
            goals.rate_goals(db, case, appointment, "", found)
            refs.append(appointment.public_id)
        return refs


def told(browser, ines, ref):
    page = browser.get(f"/cases/{ines.case_ref}/appointments/{ref}")
    check_page(page)
    titles = [title.get_text(strip=True) for title in page.html.select(".notice__title")]
    return [title for title in titles if "behaviour" in title]


def test_what_the_ratings_tell_rests_on_the_appointments_up_to_this_one(browser, ines, played):
    first, second, third = played
    assert told(browser, ines, first) == []
    assert told(browser, ines, second) == ["The behaviour changed, the issue did not."]
    assert told(browser, ines, third) == ["The behaviour slipped back, the issue did not."]


def test_the_scores_match_hand_calculation(browser, ines, played):
    """Weights 1, 3 and 1: the root of 0.7 times 11 and 0.3 times 25 is 3.8987."""
    assert len(played) == 3
    text = browser.get(f"/cases/{ines.case_ref}/goals").text
    for score in ("34.6 3 of 3 rated \u00b10 since", "39.7 3 of 3 rated +5.1", "44.9 3 of 3"):
        assert score in text


def test_each_rater_has_a_form_of_their_own_on_the_page(browser, ines, played):
    url = f"/cases/{ines.case_ref}/appointments/{played[2]}"
    page = browser.get(url)
    actions = [str(form["action"]) for form in page.html.select("form[action*='/ratings/']")]
    raters = ["therapist", *ines.partner_refs]
    assert [action.rsplit("/", 1)[1] for action in actions] == raters
    summaries = [each.get_text(" ", strip=True) for each in page.html.select("summary")]
    assert {"Therapist: 3 of 3 rated", "Mara: 0 of 3 rated"} <= set(summaries)
