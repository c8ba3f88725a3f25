"""Where a case stands among the phases: ticks and moves are added, and nothing moves by itself."""

import pytest

from clinic.domain.formulation import RollUp
from clinic.domain.phases import places
from clinic.services import phases
from clinic.services.errors import MissingError, RefusedError, StaleError
from tests import factories as made
from tests import life_factories as life
from tests.factories import at_work, case_of
from tests.services.state import whole_state


def all_ticked(db, case, key="p0"):
    refs = [partner.public_id for partner in case.partners]
    for place in places(life.PHASES[key], refs):
        phases.tick(db, case, life.PHASES, place.key, holds=True)


def test_a_case_begins_in_the_first_phase_with_nothing_ticked(db, ines):
    case = case_of(db, ines)
    assert phases.present(life.PHASES, phases.list_moves(db, case)) == "p0"
    assert phases.list_ticks(db, case) == []


def test_a_tick_says_who_and_when_and_can_be_taken_back_without_being_forgotten(db, ines):
    case = case_of(db, ines)
    place = life.tick_screens(db, case)
    (tick,) = phases.ticked(phases.list_ticks(db, case)).values()
    assert (tick.place, tick.author, tick.on) == (place, "Ines Ferrara", life.later(0))
    phases.tick(db, case, life.PHASES, place, holds=False)
    ticks = phases.list_ticks(db, case)
    assert phases.ticked(ticks) == {}
    assert [each.holds for each in ticks] == [True, False]


def test_the_same_tick_again_changes_nothing(db, ines):
    case = case_of(db, ines)
    place = life.tick_screens(db, case)
    before = whole_state(db)
    phases.tick(db, case, life.PHASES, place, holds=True)
    assert whole_state(db) == before


def test_each_partner_has_an_own_box(db, ines):
    case = case_of(db, ines)
    life.tick_screens(db, case)
    other = f"p0.screens.{case.partners[1].public_id}"
    assert other not in phases.ticked(phases.list_ticks(db, case))


@pytest.mark.parametrize("box", ["", "p0", "p0.screens.", "p9.x.", "p0.screens.stranger"])
def test_a_box_that_no_phase_has_cannot_be_ticked(box, db, ines):
    with pytest.raises(MissingError):
        phases.tick(db, case_of(db, ines), life.PHASES, box, holds=True)


def test_ticking_everything_moves_nothing(db, ines):
    case = case_of(db, ines)
    all_ticked(db, case)
    assert phases.list_moves(db, case) == []


def test_moving_on_with_everything_ticked_needs_no_reason(db, ines):
    case = case_of(db, ines)
    all_ticked(db, case)
    phases.move(db, case, life.WAYS, phases.MoveDetails("p1"), 0)
    (move,) = phases.list_moves(db, case)
    assert (move.phase, move.left_open, move.reason) == ("p1", 0, "")


def test_moving_on_with_something_open_needs_a_reason_and_counts_it(db, ines):
    case = case_of(db, ines)
    life.tick_screens(db, case)
    with pytest.raises(RefusedError, match="not ticked yet"):
        phases.move(db, case, life.WAYS, phases.MoveDetails("p1", "  "), 0)
    db.rollback()
    life.move(db, case_of(db, ines))
    (move,) = phases.list_moves(db, case_of(db, ines))
    assert (move.left_open, move.reason, move.author) == (
        5, "the rest can follow", "Ines Ferrara",
    )  # fmt: skip


def test_moving_over_a_phase_counts_what_is_open_in_both(db, ines):
    case = case_of(db, ines)
    all_ticked(db, case)
    assert life.move(db, case, "p2").left_open == 3


def test_going_back_needs_no_reason_and_keeps_the_way_there(db, ines):
    case = case_of(db, ines)
    life.move(db, case, "p2")
    phases.move(db, case, life.WAYS, phases.MoveDetails("p1"), 1)
    moves = phases.list_moves(db, case)
    assert [move.phase for move in moves] == ["p2", "p1"]
    assert phases.present(life.PHASES, moves) == "p1"


def test_on_the_safety_track_moving_on_needs_a_reason_though_all_is_ticked(db, ines):
    case = case_of(db, ines)
    all_ticked(db, case)
    made.make_formulation(db, case, roll_up=RollUp.SAFETY_TRACK)
    with pytest.raises(RefusedError, match="comes before"):
        phases.move(db, case, life.WAYS, phases.MoveDetails("p1"), 0)
    db.rollback()
    assert life.move(db, case_of(db, ines)).left_open == 0


def test_a_case_does_not_move_to_where_it_is_nor_to_what_is_no_phase(db, ines):
    case = case_of(db, ines)
    with pytest.raises(RefusedError, match="already"):
        life.move(db, case, "p0")
    with pytest.raises(MissingError):
        life.move(db, case, "p9")


def test_a_move_from_an_old_page_is_told(db, ines):
    case = case_of(db, ines)
    life.move(db, case)
    with pytest.raises(StaleError):
        life.move(db, case, "p2", 0)


def test_a_colleague_neither_ticks_nor_moves(store, ines, cast):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        ref = case.partners[0].public_id
    with at_work(store, cast["tomas"]) as db:
        theirs = made.make_case(db)
        theirs.clinician_id = ines.id
        with pytest.raises(MissingError):
            phases.tick(db, theirs, life.PHASES, f"p0.screens.{ref}", holds=True)
