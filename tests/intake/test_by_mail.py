"""An invitation by e-mail: from the therapist's page, through a real mail server, to the form."""

import pytest
from flask import Flask

from clinic.models.store import Store
from clinic.services.delivery import Outcome, deliver_next
from config import Settings
from tests.browser import Browser
from tests.cast import Person
from tests.intake.people import LINK, case_of, come_in, path_of, sign_all
from tests.mail import mail_server

ADDRESS = "m@example.org"


def test_a_partner_who_is_invited_by_mail_comes_in_through_its_link(
    app: Flask, browser: Browser, store: Store, ines: Person
) -> None:
    with mail_server() as post:
        app.config["MAIL_FROM"] = str(post.server().sender)
        where = f"{case_of(ines)}/{ines.partner_refs[0]}/invite"
        shown = browser.submit(where, {"handing": "e-mail", "address": ADDRESS})
        assert (shown.status, LINK.search(shown.text)) == (200, None), "only the mail has the link"
        assert deliver_next(store, post.server()) is Outcome.DEALT_WITH
        assert deliver_next(store, post.server()) is Outcome.NOTHING_DUE
        [mail] = post.mails()
    assert (mail["To"], mail["From"]) == (ADDRESS, str(post.server().sender))
    text = mail.get_content()
    said = f"{mail['Subject']} {text}".lower()
    assert not [word for word in ("mara", "jonas", "therap", "couple") if word in said]
    link = LINK.search(text)
    assert link is not None
    partner = come_in(app, link[1])
    assert path_of(sign_all(partner, "Mara")).startswith("/form/page/")


@pytest.mark.parametrize("address", ["http://example.org", "javascript:alert(1)", "", "/here"])
def test_leaving_must_lead_to_a_page_of_another_site(address: str) -> None:
    with pytest.raises(ValueError, match="UNDERCURRENT_LEAVE_TO"):
        Settings.from_environment({"UNDERCURRENT_LEAVE_TO": address})
