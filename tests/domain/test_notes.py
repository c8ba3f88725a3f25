import datetime as dt

import pytest

from clinic.domain.notes import (
    Addition,
    AdditionDateError,
    AdditionIncompleteError,
    AdditionKind,
    NoteLockedError,
    NoteState,
    become,
    may_become,
    may_edit,
)

DAY = dt.date(2026, 3, 14)
ALLOWED = {
    (NoteState.DRAFT, NoteState.SIGNED),
    (NoteState.SIGNED, NoteState.ADDENDED),
    (NoteState.ADDENDED, NoteState.ADDENDED),
}


@pytest.mark.parametrize("state", NoteState)
@pytest.mark.parametrize("wanted", NoteState)
def test_a_note_takes_the_allowed_steps_and_no_others(state, wanted):
    assert may_become(state, wanted) == ((state, wanted) in ALLOWED)


@pytest.mark.parametrize(("state", "wanted"), sorted(ALLOWED))
def test_an_allowed_step_ends_in_the_state_wanted(state, wanted):
    assert become(state, wanted) is wanted


@pytest.mark.parametrize("state", [NoteState.SIGNED, NoteState.ADDENDED])
def test_nothing_unlocks_a_signed_note(state):
    assert not may_edit(state)
    with pytest.raises(NoteLockedError, match="cannot become draft"):
        become(state, NoteState.DRAFT)


def test_nothing_is_added_to_a_draft():
    with pytest.raises(NoteLockedError):
        become(NoteState.DRAFT, NoteState.ADDENDED)


@pytest.mark.parametrize("kind", AdditionKind)
@pytest.mark.parametrize(("text", "reason"), [("", "why"), ("what", ""), (" ", "\n")])
def test_an_addition_without_text_or_reason_is_refused(kind, text, reason):
    with pytest.raises(AdditionIncompleteError):
        Addition(kind, text, reason, DAY, DAY)


def test_an_addition_about_a_day_to_come_is_refused():
    with pytest.raises(AdditionDateError):
        Addition(AdditionKind.ADDENDUM, "what", "why", DAY + dt.timedelta(days=1), DAY)


@pytest.mark.parametrize("days", [0, 1, 400])
def test_an_addition_keeps_both_its_days(days):
    written = DAY + dt.timedelta(days=days)
    addition = Addition(AdditionKind.LATE_ENTRY, "what", "why", DAY, written)
    assert (addition.served_on, addition.written_on) == (DAY, written)
