"""The invented people answer, each on a phone of their own, at the same time; the network fails."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page as Tab

from clinic.domain.answers import NOTHING, Given
from clinic.domain.guard import NOT_OPEN
from clinic.models.store import Store
from clinic.services import questionnaires
from clinic.services.cases import find_case
from tests.browser import Browser
from tests.cast import Person
from tests.factories import at_work, make_case
from tests.intake import people, phone
from tests.intake.conftest import FULL
from tests.vignette_answers import (
    LATE_MESSAGES,
    ORDINARY_LIFE,
    THREE_PARTNERS,
    TWO_MAPS,
    asked,
)

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
Vignette = Mapping[str, Mapping[str, Given]]
CUTS = (4, 9)
TOLD: dict[str, Vignette] = {"01": LATE_MESSAGES, "05": ORDINARY_LIFE}
if FULL:
    TOLD |= {"03": TWO_MAPS, "04": THREE_PARTNERS}


@dataclass(frozen=True)
class Therapist:
    """Ines, her browser and the records she can read."""

    store: Store
    person: Person
    browser: Browser


@pytest.fixture
def therapist(store: Store, ines: Person, browser: Browser) -> Therapist:
    return Therapist(store, ines, browser)


def planned(therapist: Therapist, vignette: Vignette) -> dict[str, str]:
    """Open the case, choose what is asked, and give everybody's link; "" leads to the case."""
    browser = therapist.browser
    with at_work(therapist.store, therapist.person) as db:
        case = make_case(db, *vignette)
        where = f"/cases/{case.public_id}"
        refs = {partner.name: partner.public_id for partner in case.partners}
        db.commit()
    browser.submit(f"{where}/intake/questions", {"behaviours": asked(vignette)})
    links = {n: people.invite_one(browser, f"{where}/intake", ref) for n, ref in refs.items()}
    return links | {"": where}


def fill_in(tab: Tab, answers: Mapping[str, Given]) -> Iterator[str]:
    """Answer page after page, and pause after each, so that the others get their turn."""
    for place in range(100):
        if tab.url.endswith("/form/review"):
            return
        if place in CUTS:
            tab.context.set_offline(True)
            type_something(tab)
            tab.locator("[data-save-status][data-state=waiting]").wait_for()
        phone.answer_page(tab, answers)
        tab.context.set_offline(False)
        if place in CUTS:
            phone.wait_until_saved(tab)
        phone.go_on(tab)
        yield tab.url
    raise AssertionError("the form has no end")


def type_something(tab: Tab) -> None:
    """Choose something that no vignette asks about, so that there is something to save."""
    tab.locator("main input[type=radio], main input[type=checkbox]").last.check(force=True)
    tab.locator("main input[type=radio], main input[type=checkbox]").first.check(force=True)


def all_answer(screen: Chromium, address: str, links: dict[str, str], vignette: Vignette) -> None:
    """Let everybody come in, sign and answer at the same time, and send one after the other."""
    contexts = {name: phone.phone(screen) for name in vignette}
    try:
        tabs = {name: context.new_page() for name, context in contexts.items()}
        for name, tab in tabs.items():
            phone.come_in(tab, address, links[name])
            phone.sign_all(tab, name)
        going = [fill_in(tab, vignette[name]) for name, tab in tabs.items()]
        while going:
            going = [each for each in going if next(each, None)]
        for tab in tabs.values():
            phone.go_on(tab, "Send to my therapist")
            assert tab.url == f"{address}/form/received"
    finally:
        for context in contexts.values():
            context.close()


def missing(therapist: Therapist, where: str, vignette: Vignette) -> list[str]:
    """List whatever somebody answered and the therapist does not have."""
    found = []
    with at_work(therapist.store, therapist.person, writes=False) as db:
        case = find_case(db, where.rpartition("/")[2])
        responses = questionnaires.list_responses(db, case)
        for partner in case.partners:
            response = responses[partner.id]
            assert response.sent_at
            stored = questionnaires.answers_of(db, response)
            own = vignette[partner.name]
            found += [f"{partner.name}: {item}" for item in own if not same(stored, own, item)]
    return found


def same(stored: Mapping[str, Given], own: Mapping[str, Given], item: str) -> bool:
    """Compare one answer; boxes are kept in the order of the page."""
    there, wanted = stored.get(item, NOTHING), own[item]
    return there.state is wanted.state and set(there.values) == set(wanted.values)


@pytest.mark.parametrize("vignette", TOLD.values(), ids=TOLD)
def test_everybody_answers_and_nothing_is_missing(
    screen: Chromium, address: str, therapist: Therapist, vignette: Vignette
) -> None:
    links = planned(therapist, vignette)
    all_answer(screen, address, links, vignette)
    assert not missing(therapist, links[""], vignette)
    seen = therapist.browser.open(f"{links['']}/answers/map").text
    assert (NOT_OPEN in seen) == (vignette is ORDINARY_LIFE), seen
