"""Goals, ratings and attainment as they are stored."""

import datetime as dt

import pytest

from clinic.domain.goals import Attainment, GoalLayer
from clinic.services import goal_scores, goals
from clinic.services.goals import RatingDetails
from tests.factories import (
    TODAY,
    at_work,
    case_of,
    goal_details,
    make_appointment,
    make_explanation,
    make_pair,
)


def test_a_pair_is_kept_as_it_was_set(store, ines):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        make_pair(db, case, explanation=make_explanation(db, case).public_id)
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        behaviour, issue = goals.list_goals(db, case)
        assert (behaviour.layer, issue.layer) == (GoalLayer.BEHAVIOUR, GoalLayer.ISSUE)
        assert behaviour.pair_id == issue.pair_id
        assert behaviour.wording == "phones stay in the kitchen at night"
        assert (behaviour.stub, behaviour.weight, issue.weight) == ("G01", 2, 1)
        assert behaviour.review_on == TODAY + dt.timedelta(days=28)
        assert behaviour.start_level == Attainment.LESS
        assert behaviour.anchors() == dict(goal_details(case).anchors)
        assert behaviour.explanation_id is not None
        assert issue.explanation_id is None
        assert [owner.partner_id for owner in behaviour.owners] == [
            partner.id for partner in case.partners
        ]


def test_goals_are_listed_pair_by_pair_with_the_behaviour_goal_first(db, ines):
    case = case_of(db, ines)
    issue = goal_details(case, layer=GoalLayer.ISSUE)
    first = goals.set_pair(db, case, [issue, goal_details(case)])
    second = make_pair(db, case)
    more = goals.add_goal(db, case, first[0], goal_details(case, weight=3))
    assert goals.list_goals(db, case) == [first[1], more, first[0], *second]


def test_a_goal_can_be_changed_before_it_is_rated(store, ines):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        row = make_pair(db, case)[0]
        kept = row.owners[1].id
        anchors = {level: f"step {level}" for level in Attainment}
        details = goal_details(
            case,
            wording="one evening a week",
            owners=[ines.partner_refs[1]],
            anchors=anchors,
            stub="",
            weight=0,
        )
        goals.change_goal(db, case, row, details, version=1)
    with at_work(store, ines) as db:
        row = goals.list_goals(db, case_of(db, ines))[0]
        assert (row.wording, row.stub, row.weight) == ("one evening a week", None, 0)
        assert row.anchors() == anchors
        assert [owner.id for owner in row.owners] == [kept]
        assert row.version == 2


def test_a_change_of_the_owners_alone_counts_as_a_change_of_the_goal(db, ines):
    case = case_of(db, ines)
    row = make_pair(db, case)[0]
    details = goal_details(case, owners=[ines.partner_refs[0]])
    goals.change_goal(db, case, row, details, version=1)
    assert row.version == 2


def test_a_rated_goal_keeps_its_steps_but_may_change_its_words(db, ines):
    case = case_of(db, ines)
    row = make_pair(db, case)[0]
    rate(db, make_appointment(db, case), row, Attainment.MORE, case=case)
    goals.change_goal(db, case, row, goal_details(case, wording="phones away"), version=1)
    assert row.wording == "phones away"
    other = dict.fromkeys(Attainment, "else")
    with pytest.raises(ValueError, match="so they stay"):
        goals.change_goal(db, case, row, goal_details(case, anchors=other), version=2)


def rate(db, appointment, goal, level, **more):
    """Rate one goal, as the therapist or as the `rater` named."""
    case, rater = more.pop("case"), more.pop("rater", "")
    ratings = {goal.public_id: RatingDetails(level, **more)}
    goals.rate_goals(db, case, appointment, rater, ratings)


def test_each_rater_s_ratings_stay_apart(store, ines):
    mara, jonas = ines.partner_refs
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        goal, appointment = make_pair(db, case)[0], make_appointment(db, case)
        rate(db, appointment, goal, Attainment.MUCH_LESS, case=case, rater=mara, own=2)
        rate(db, appointment, goal, Attainment.MORE, case=case, rater=jonas, own=8)
        rate(db, appointment, goal, None, case=case, own=5)
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        goal = goals.list_goals(db, case)[0]
        first, second = (partner.id for partner in case.partners)
        seen = [
            goals.rating_of(goal, goal.ratings[0].appointment_id, who) for who in (first, second)
        ]
        assert seen == [RatingDetails(Attainment.MUCH_LESS, 2), RatingDetails(Attainment.MORE, 8)]
        own = goals.rating_of(goal, goal.ratings[0].appointment_id, None)
        assert own == RatingDetails(None, 5)


def test_the_newest_rating_counts_and_the_earlier_one_stays(db, ines):
    case = case_of(db, ines)
    goal, appointment = make_pair(db, case)[0], make_appointment(db, case)
    rate(db, appointment, goal, Attainment.LESS, case=case)
    rate(db, appointment, goal, Attainment.MORE, case=case)
    assert goals.rating_of(goal, appointment.id, None).level is Attainment.MORE
    assert [rating.level for rating in goal.ratings] == [Attainment.LESS, Attainment.MORE]


def test_a_rating_that_did_not_change_is_not_written_again(db, ines):
    case = case_of(db, ines)
    goal, appointment = make_pair(db, case)[0], make_appointment(db, case)
    for _ in range(2):
        rate(db, appointment, goal, Attainment.LESS, case=case, own=4)
    assert len(goal.ratings) == 1


def test_a_goal_that_was_not_rated_has_no_rating_and_no_level(db, ines):
    case = case_of(db, ines)
    goal, appointment = make_pair(db, case)[0], make_appointment(db, case)
    goals.rate_goals(db, case, appointment, "", {})
    assert goals.rating_of(goal, appointment.id, None) == RatingDetails(None, None)
    assert goal.ratings == []


def test_attainment_over_time_is_one_rater_s_and_says_what_it_rests_on(db, ines):
    case = case_of(db, ines)
    behaviour, issue = make_pair(db, case, weight=1)
    first, second, third = (make_appointment(db, case) for _ in range(3))
    rate(db, first, behaviour, Attainment.EXPECTED, case=case)
    rate(db, third, behaviour, Attainment.MORE, case=case)
    rate(db, third, issue, Attainment.MORE, case=case)
    rate(db, third, issue, Attainment.MUCH_LESS, case=case, rater=ines.partner_refs[0])
    points = goal_scores.attainment_over_time([behaviour, issue], [first, second, third], None)
    assert [(point.appointment, point.score.rated, point.score.of) for point in points] == [
        (1, 1, 2),
        (2, 0, 2),
        (3, 2, 2),
    ]
    assert points[0].score.value == 50
    assert points[1].score.value is None
    assert round(points[2].score.value, 1) == 62.4
