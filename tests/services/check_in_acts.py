"""What is done about check-ins, by clinicians and by partners, asked like all acts."""

from collections.abc import Callable

from clinic.domain.invitations import Handing
from clinic.models.cases import Case, Partner
from clinic.models.scope import ScopedSession
from clinic.services import check_in_answers, check_ins, invitations
from tests import check_in_factories as made


def ask(db: ScopedSession, case: Case) -> str:
    return made.make_check_in(db, case).public_id


def renew_link(db: ScopedSession, case: Case) -> str:
    return made.new_link(db, case, ask(db, case))


def close(db: ScopedSession, case: Case) -> str:
    ref = ask(db, case)
    check_ins.close(db, case, ref)
    return ref


def issue_again(db: ScopedSession, case: Case) -> str:
    issued = invitations.issue_again(db, case.partners[0], Handing.LINK)
    db.commit()
    return issued.invitation.public_id


CHECK_IN_ACTS: dict[Callable[[ScopedSession, Case], str], str] = {
    ask: "check-in.asked",
    renew_link: "check-in.link-renewed",
    close: "check-in.closed",
    issue_again: "invitation.issued",
}


def begun(db: ScopedSession, case: Case) -> None:
    ref = made.make_check_in(db, case).public_id
    made.answer_in(db, case.partners[0], ref, send=False)


def hand_in(db: ScopedSession, partner: Partner) -> str:
    own = check_in_answers.find_asked(db, partner)
    assert own is not None
    assert own.response is not None
    check_in_answers.hand_in(db, own, own.response)
    return own.check_in.public_id
