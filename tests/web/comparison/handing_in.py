"""Cases in which partners have answered and sent, and browsers in which a PIN was given."""

from flask import Flask

from clinic.domain.invitations import Handing
from clinic.models.store import Store
from clinic.services import couple_map, invitations
from clinic.web.partner_access import form_cookie
from tests.browser import Browser
from tests.cast import Person
from tests.services.answering import Answered, as_partner, treating

PIN = "739164"


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
