"""Goals with everything found, in few statements."""

import datetime as dt

import pytest

from clinic.domain.goal_course import GoalStatus
from clinic.domain.goals import Attainment
from clinic.services import goal_board, goal_course, goals
from clinic.services.days import today
from clinic.services.goals import RatingDetails
from tests.factories import at_work, case_of, make_appointment, make_pair
from tests.web.test_queries import statements


def fill(db, case, appointments):
    """Set a pair, and let everybody rate it at so many appointments."""
    pair = make_pair(db, case)
    for _ in range(appointments):
        row = make_appointment(db, case)
        for rater in ("", *(partner.public_id for partner in case.partners)):
            found = {goal.public_id: RatingDetails(Attainment.LESS, 4) for goal in pair}
            goals.rate_goals(db, case, row, rater, found)
    return pair


@pytest.mark.parametrize("appointments", [1, 12])
def test_the_board_costs_three_statements_however_many_appointments(appointments, store, ines):
    with at_work(store, ines) as db:
        fill(db, case_of(db, ines), appointments)
    with at_work(store, ines, writes=False) as db:
        case = case_of(db, ines)
        with statements(store) as sent:
            board = goal_board.goal_board(db, case)
            found = [goals.ratings_of(goal) for goal in board.goals]
            owners = [owner for goal in board.goals for owner in goal.owners]
            assert [goal.course for goal in board.goals] == [[], []]
        assert len(sent) == 3
        assert [len(each) for each in found] == [3 * appointments] * 2
        assert len(owners) == 4
        assert len(board.meetings) == appointments


def test_the_board_gives_pairs_and_what_can_be_rated_on_a_day(db, ines):
    case = case_of(db, ines)
    first, second = fill(db, case, 1), fill(db, case, 1)
    change = goal_course.ChangeDetails(GoalStatus.MET, today() - dt.timedelta(days=2), "done")
    goal_course.change_status(db, case, first[0], change, first[0].version)
    board = goal_board.goal_board(db, case)
    assert [list(pair) for pair in board.pairs()] == [list(first), list(second)]
    assert board.open_on(today()) == [first[1], *second]
    assert board.open_on(today() - dt.timedelta(days=2)) == [*first, *second]
