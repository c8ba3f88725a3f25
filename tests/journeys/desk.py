"""A therapist's desk: a real browser in which Ines is signed in, and her full case."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext
from playwright.sync_api import Page as Tab

from clinic.models.accounts import Clinician
from clinic.services import browsers
from clinic.web.database import open_records
from tests.cast import Person
from tests.live import serving


@dataclass
class Desk:
    """The open browser; `case` is the path of the case."""

    context: BrowserContext
    address: str
    case: str
    complaints: list[str]

    def tab(self, path: str = "") -> Tab:
        """Open a page of the case in a tab of its own."""
        tab = self.context.new_page()
        tab.goto(self.address + self.case + path)
        return tab

    def at(self, tab: Tab) -> str:
        """Tell which page of the case a tab shows."""
        return tab.url.removeprefix(self.address).removeprefix(self.case)


def signed_in(app: Flask, person: Person) -> str:
    """Sign a person in without the work of testing a password, and give the cookie."""
    with open_records(app).session(writes=True) as db:
        with db.as_system():
            clinician = db.get_one(Clinician, person.id)
        return browsers.start(db, clinician)


@contextmanager
def at_desk(app: Flask, screen: Chromium, person: Person) -> Iterator[Desk]:
    """Serve the app, with a person signed in."""
    token = signed_in(app, person)
    with serving(app) as address, screen.new_context(reduced_motion="reduce") as context:
        context.set_default_timeout(30_000)
        context.add_cookies([{"name": "undercurrent", "value": token, "url": address}])
        complaints: list[str] = []
        context.on("console", lambda said: complaints.append(f"{said.type}: {said.text}"))
        context.on("weberror", lambda fault: complaints.append(str(fault.error)))
        yield Desk(context, address, f"/cases/{person.case_ref}", complaints)
