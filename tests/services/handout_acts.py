"""What is done about handouts, by clinicians and by partners, asked like all acts."""

from collections.abc import Callable

from clinic.domain.handouts import Returned
from clinic.models.cases import Case, Partner
from clinic.models.scope import ScopedSession
from clinic.services import handout_answers, handouts
from tests import handout_factories as made


def hand_out_paper(db: ScopedSession, case: Case) -> str:
    return made.make_handout(db, case).public_id


def hand_out_home(db: ScopedSession, case: Case) -> str:
    return made.make_home(db, case).public_id


def press_returned(db: ScopedSession, case: Case) -> str:
    ref = made.make_handout(db, case).public_id
    handouts.press_returned(db, case, ref, Returned.DONE)
    return ref


def write_outcome(db: ScopedSession, case: Case) -> str:
    ref = made.make_handout(db, case).public_id
    handouts.write_outcome(db, case, ref, "it helped", 0)
    return ref


def withdraw_handout(db: ScopedSession, case: Case) -> str:
    ref = made.make_home(db, case).public_id
    handouts.withdraw_handout(db, case, ref)
    return ref


HANDOUT_ACTS: dict[Callable[[ScopedSession, Case], str], str] = {
    hand_out_paper: "handout.given",
    hand_out_home: "handout.given",
    press_returned: "handout.returned",
    write_outcome: "handout.outcome-written",
    withdraw_handout: "handout.taken-back",
}


def again_outcome(db: ScopedSession, case: Case, ref: str, version: int) -> None:
    handouts.write_outcome(db, case, ref, "it helped more", version)


def begun(db: ScopedSession, case: Case) -> None:
    ref = made.form_ref(db, case, made.make_home(db, case))
    made.answer_in(db, case.partners[0], ref, send=False)


def hand_in(db: ScopedSession, partner: Partner) -> str:
    [own] = handout_answers.list_waiting(db, partner)
    assert own.response is not None
    handout_answers.hand_in(db, own, own.response)
    return own.form.public_id
