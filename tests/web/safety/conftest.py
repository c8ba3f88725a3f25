"""Cases about which nothing is known yet, and one in which a partner is leaning out."""

from dataclasses import replace

import pytest
from flask import Flask

from clinic.domain.answers import given
from clinic.models.store import Store
from config import Settings
from tests.browser import Browser
from tests.cast import Person
from tests.factories import at_work, make_case
from tests.intake.looks import House, open_house
from tests.services.answering import Answered, answer_all
from tests.vignette_answers import LATE_MESSAGES


@pytest.fixture
def ines(store: Store, ines: Person) -> Person:
    """Ines with a new case of Mara and Jonas, beside the full one that all pages are tested on."""
    with at_work(store, ines) as db:
        case = make_case(db, "Mara", "Jonas")
        refs = tuple(partner.public_id for partner in case.partners)
        return replace(ines, case_ref=case.public_id, partner_refs=refs)


@pytest.fixture
def leaning(store: Store, ines: Person) -> Answered:
    """Mara and Jonas, and Jonas leans out."""
    jonas = {**LATE_MESSAGES["Jonas"], "standpoint": given(["leaning-out"])}
    return answer_all(store, ines, {**LATE_MESSAGES, "Jonas": jonas})


@pytest.fixture
def house(app: Flask, settings: Settings, browser: Browser, ines: Person) -> House:
    """The same installation in which Mara and Jonas have each come in and signed."""
    return open_house(app, settings, browser, ines)
