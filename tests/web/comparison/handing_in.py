"""Cases in which partners have answered and sent, and browsers in which a PIN was given."""

from flask import Flask

from clinic.domain.invitations import Handing
from clinic.models.store import Store
from clinic.services import couple_map, invitations, questionnaires
from clinic.web.partner_access import form_cookie
from tests.browser import Browser
from tests.cast import Person
from tests.services.answering import Answered, as_partner, layer_of, plan_case, treating
from tests.vignette_answers import INTAKE

PIN = "739164"


def hand_in(store: Store, answered: Answered, name: str, given, *, send=True) -> None:
    """Save one partner's answers, and send them unless told otherwise."""
    with as_partner(store, answered, name) as (db, partner):
        response = questionnaires.begin(db, partner, INTAKE.key, INTAKE.version)
        saves = [
            questionnaires.Save(item, layer_of(item), each, f"{name}-{item}")
            for item, each in given.items()
        ]
        if saves:
            questionnaires.save(db, response, saves)
        if send:
            questionnaires.send(db, partner, response, given)


def all_hand_in(store: Store, person: Person, vignette) -> Answered:
    """Open a vignette's case, in which everybody answers and sends."""
    answered = plan_case(store, person, vignette)
    for name, given in vignette.items():
        hand_in(store, answered, name, given)
    return answered


def release(store: Store, answered: Answered, behaviour: str, *names: str) -> None:
    """Let these partners permit that one row is shown; without names, all of them do."""
    for name in names or answered.partner_refs:
        with as_partner(store, answered, name) as (db, _):
            couple_map.release(db, behaviour)


def phone_of(app: Flask, store: Store, person: Person, answered: Answered, name: str) -> Browser:
    """Give a partner's browser, in which the PIN was chosen a moment ago."""
    with treating(store, person, answered) as (db, case):
        issued = invitations.issue(db, case, answered.partner_refs[name], Handing.LINK)
        db.commit()
    with store.session(writes=True) as db:
        token = invitations.claim(db, store, issued.token, PIN)
    phone = Browser(app)
    with app.test_request_context():
        phone.client.set_cookie(form_cookie(), token)
    return phone
