"""Check-ins for tests: asked of everybody, answered by one in a session of that partner's own."""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from clinic.content.questionnaires_loader import load_questionnaires
from clinic.domain.answers import Given, given
from clinic.domain.check_ins import Reminder, asked_in, pages_with_goals
from clinic.domain.invitations import Handing
from clinic.models.cases import Case, Partner
from clinic.models.check_ins import CheckIn
from clinic.models.invitations import Invitation
from clinic.models.scope import ScopedSession
from clinic.models.store import Store
from clinic.services import check_in_answers, check_ins, invitations, questionnaires
from clinic.services.check_ins import AskDetails, Letters, Sending, Way
from clinic.services.days import today

FORM = load_questionnaires()["check-in"]
LETTERS = Letters(lambda token: ("A form for you", f"Your link {token}"), ("A form", "It waits"))
BY_HAND = Way(Handing.LINK)
BY_MAIL = Way(Handing.EMAIL, "mara@example.org")
ANSWERS = {
    "trust": given(["6"]),
    "safe-to-disagree": given(["4"]),
    "hurried": given(["8"]),
    "bring": given(["the holiday"]),
}


def in_days(days: int) -> dt.date:
    """Give a day from now on: check-ins are asked for by the real day."""
    return today() + dt.timedelta(days=days)


def ask_details(case: Case, **changes: Any) -> AskDetails:
    """Describe a check-in for tomorrow, with links handed over, and no goals."""
    ways = {partner.public_id: BY_HAND for partner in case.partners}
    return replace(AskDetails(in_days(1), (), Reminder.NONE, ways), **changes)


def make_check_in(db: ScopedSession, case: Case, **changes: Any) -> CheckIn:
    """Ask everybody."""
    return check_ins.ask(db, case, ask_details(case, **changes), LETTERS)[0]


def by_mail(case: Case, **changes: Any) -> AskDetails:
    """Describe a check-in for in three days that everybody gets by mail."""
    ways = {partner.public_id: BY_MAIL for partner in case.partners}
    return ask_details(case, due_on=in_days(3), ways=ways, **changes)


@contextmanager
def as_partner(
    db: ScopedSession, store: Store, case: Case, place: int = 0
) -> Iterator[tuple[ScopedSession, Partner]]:
    """Give a partner's own session, as after the PIN; the open one lets go first."""
    partner = case.partners[place]
    seat = Invitation(practice_id=partner.practice_id, partner_id=partner.id)
    db.commit()
    with store.session(writes=True) as own:
        yield own, invitations.enter_as_partner(own, store, seat)
    db.expire_all()


def answer_in(
    db: ScopedSession,
    partner: Partner,
    ref: str,
    answers: Mapping[str, Given] = ANSWERS,
    *,
    send: bool = True,
) -> None:
    """Answer a check-in in the session that is open."""
    own = check_in_answers.find_own(db, partner, ref)
    response = check_in_answers.begin(db, partner, own, FORM.version)
    pages = pages_with_goals(FORM, asked_in(own.check_in.goals))
    layers = {item.key: item.layer for page in pages for item in page.items}
    saves = [
        questionnaires.Save(key, layers[key], each, f"{response.public_id}-{place}")
        for place, (key, each) in enumerate(answers.items())
    ]
    questionnaires.save(db, response, saves)
    if send:
        check_in_answers.hand_in(db, check_in_answers.find_own(db, partner, ref), response)


def fill_check_ins(db: ScopedSession, case: Case) -> None:
    """Put two check-ins into a case: one that the first partner has sent, and one for later."""
    refs = [goal.public_id for goal in goals_of(db, case)]
    row = make_check_in(db, case, due_on=today(), goals=refs)
    asked = {f"goal.{ref}.level": given(["1"]) for ref in refs}
    answer_in(db, case.partners[0], row.public_id, ANSWERS | asked)
    make_check_in(db, case, due_on=in_days(9))


def goals_of(db: ScopedSession, case: Case) -> list[Any]:
    """Give the goals that are worked on, as many as can be asked about."""
    return list(check_ins.list_open_goals(db, case))[:2]


def new_link(db: ScopedSession, case: Case, ref: str) -> str:
    """Give the first partner a new link to a check-in."""
    sending = Sending(BY_HAND, LETTERS)
    check_ins.renew_link(db, case, ref, case.partners[0].public_id, sending)
    return ref
