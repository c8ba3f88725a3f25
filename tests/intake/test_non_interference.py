"""Whatever one partner answers in private, no byte that the others or the couple see changes (R11).

Only one partner's answers differ between two looks: drawn at random, left out, declined, sent or
not, in the intake and in a check-in whose ratings come into an appointment. Time stands still, and
what is random on a page is replaced by as many letters.
"""

import datetime as dt
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from clinic.domain.answers import NOTHING, Given
from clinic.domain.check_ins import asked_in, pages_with_goals
from clinic.domain.items import Page as Asked
from clinic.domain.items import pages_for
from clinic.models.cases import Partner
from clinic.models.scope import ScopedSession
from clinic.models.store import Store
from clinic.services import check_in_answers, invitations, questionnaires
from clinic.web.app import create_app
from clinic.web.database import open_records
from config import Settings
from tests.browser import Browser
from tests.cast import PASSWORD, Person
from tests.check_in_factories import FORM, in_days, make_check_in
from tests.factories import at_work, case_of, make_appointment, make_pair
from tests.intake import check_ins, people
from tests.intake.conftest import FULL
from tests.intake.random_answers import drawn, seeds
from tests.vignette_answers import INTAKE, LATE_MESSAGES

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
LOOKS, WALKS = (200, 12) if FULL else (25, 2)
MOMENT = dt.datetime.now(dt.UTC).replace(microsecond=0)
RANDOM = re.compile(
    r'(name="(?:operation|csrf_token)"[^>]*? value=")([^"]+)|(undercurrent[a-z-]*=)([^;]+)'
)
TURNS = count(1)
Seen = dict[str, str]


def without_chance(text: str) -> str:
    """Put letters in the place of every token, as many as it had."""

    def letters_for(hit: re.Match[str]) -> str:
        name, token = (hit[1], hit[2]) if hit[1] else (hit[3], hit[4])
        return name + "x" * len(token)

    return RANDOM.sub(letters_for, text)


@dataclass(frozen=True)
class House:
    """An installation in which Mara and Jonas have each come in and signed."""

    settings: Settings
    check_in: str
    links: Mapping[str, str]
    cookies: Mapping[str, str]


@pytest.fixture
def house(app: Flask, settings: Settings, store: Store, browser: Browser, ines: Person) -> House:
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        goal = make_pair(db, case)[0].public_id
        make_appointment(db, case, held_on=in_days(1))
        check_in = make_check_in(db, case, goals=[goal]).public_id
    links = {n: people.invite(browser, ines, place) for place, n in enumerate(("Mara", "Jonas"))}
    seats = {name: people.come_in(app, link) for name, link in links.items()}
    for name, seat in seats.items():
        people.sign_all(seat, name)
    jar = [seats["Jonas"].client.get_cookie(f"undercurrent-{kind}") for kind in ("form", "page")]
    return House(settings, check_in, links, {each.key: each.value for each in jar if each})


def questions(app: Flask, store: Store, house: House) -> tuple[Asked, ...]:
    """Give the pages that Mara is asked."""
    concern = app.extensions["contents"].library.concerns["outside-contact"]
    labels = {each.key: each.label for each in concern.behaviours.values()}
    with store.session(writes=False) as db:
        _, plan = questionnaires.asked_of(db, enter(db, store, house))
        return pages_for(INTAKE, questionnaires.asked_behaviours(plan, labels), ["Jonas"])


def enter(db: ScopedSession, store: Store, house: House) -> Partner:
    invitation = invitations.find_by_token(db, house.links["Mara"].rpartition("/")[2])
    return invitations.enter_as_partner(db, store, invitation)


def checks(store: Store, house: House) -> tuple[Asked, ...]:
    """Give the pages of the check-in that everybody is asked."""
    with store.session(writes=False) as db:
        own = check_in_answers.find_own(db, enter(db, store, house), house.check_in)
        return pages_with_goals(FORM, asked_in(own.check_in.goals))


def mara_checks_in(
    store: Store, house: House, pages: Sequence[Asked], answers: Mapping[str, Given], *, send: bool
) -> None:
    """Answer Mara's check-in in a session of hers."""
    turn = next(TURNS)
    with store.session(writes=True) as db:
        partner = enter(db, store, house)
        own = check_in_answers.find_own(db, partner, house.check_in)
        response = check_in_answers.begin(db, partner, own, FORM.version)
        items = [item for page in pages for item in page.items]
        saves = [
            questionnaires.Save(
                item.key, item.layer, answers.get(item.key, NOTHING), f"c{place}", turn
            )
            for place, item in enumerate(items)
        ]
        questionnaires.save(db, response, saves)
        if send:
            check_in_answers.hand_in(db, own, response)


def mara_answers(
    store: Store, house: House, pages: Sequence[Asked], answers: Mapping[str, Given], *, send: bool
) -> None:
    """Save Mara's answers in a session of hers, and nothing where she now says nothing."""
    turn = next(TURNS)
    with store.session(writes=True) as db:
        partner = enter(db, store, house)
        response = questionnaires.begin(db, partner, INTAKE.key, INTAKE.version)
        saves = [
            questionnaires.Save(
                item.key, item.layer, answers.get(item.key, NOTHING), item.key, turn
            )
            for page in pages
            for item in page.items
        ]
        questionnaires.save(db, response, saves)
        if send:
            items = [item for page in pages for item in page.items]
            questionnaires.send(db, partner, response, items)


def jonas(app: Flask, house: House) -> Browser:
    """Give Jonas' browser, as it was before Mara said anything."""
    browser = Browser(app)
    for name, value in house.cookies.items():
        browser.client.set_cookie(name, value)
    return browser


def note(seen: Seen, what: str, answer: TestResponse) -> None:
    """Keep everything of an answer: status, headers with their order and sizes, and body."""
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers)
    body = answer.get_data().decode("latin-1")
    seen[what] = without_chance(f"{answer.status} {answer.request.path}\n{headers}\n\n{body}")
    answer.close()


def page_keys(app: Flask, house: House) -> list[str]:
    links = jonas(app, house).get("/form/review").html.select("main a[href^='/form/page/']")
    return list(dict.fromkeys(str(link["href"]).rpartition("/")[2] for link in links))


def look(app: Flask, house: House, keys: Sequence[str]) -> Seen:
    """Open what Jonas can open, the door included, and change nothing."""
    seen: Seen = {}
    note(seen, "door", Browser(app).client.get(house.links["Jonas"]))
    client = jonas(app, house).client
    own = (f"/check-in/{house.check_in}", "/check-in/received")
    for path in ("", "/review", "/received", *own, *(f"/page/{key}" for key in keys)):
        note(seen, path, client.get(f"/form{path}"))
    return seen


def walk(app: Flask, house: House) -> Seen:
    """Come in anew, answer everything, send, and look at what the couple may see."""
    seen: Seen = {}
    door, browser = Browser(app), jonas(app, house)
    page = door.get(house.links["Jonas"])
    asked = door.send(house.links["Jonas"], page, {})
    check_in = check_ins.save(browser, house.check_in, "trust", "6")
    checked = browser.submit(f"/form/check-in/{house.check_in}", {"bring": "The move"})
    note(seen, "check-in, a save", check_in.response)
    note(seen, "check-in, sent", checked.response)
    pages = people.walk_through(browser, LATE_MESSAGES["Jonas"])
    saved = people.save(browser, "brings", "The move", "page", 1)
    sent, shown = people.send_off(browser), browser.open("/form/release")
    ticked = browser.submit("/form/release", {"behaviours": ["B11", "B18"]})
    for number, each in enumerate([page, asked, *pages, saved, sent, shown, ticked]):
        note(seen, f"page {number}", each.response)
    return seen


def couple_s(app: Flask, ines: Person) -> Seen:
    """Print what is handed to Jonas, and open the page that is shown to both."""
    seen: Seen = {}
    browser = Browser(app).sign_in(ines.email, PASSWORD)
    for sheet in ("w02", "w13"):
        where = f"/cases/{ines.case_ref}/worksheets/{sheet}"
        query = {"reader": ines.partner_refs[1], "fill": "case", "paper": "A4"}
        query |= {"behaviours": ["B11", "B18"]} if sheet == "w02" else {}
        note(seen, sheet, browser.client.get(f"{where}.pdf", query_string=query))
        assert "200 OK" in seen[sheet], seen[sheet][:300]
    note(seen, "map", browser.client.get(f"/cases/{ines.case_ref}/answers/together"))
    return seen


def differing(first: Seen, other: Seen) -> list[str]:
    assert first.keys() == other.keys()
    return [what for what, text in first.items() if other[what] != text]


def test_no_page_of_one_partner_changes_with_the_answers_of_the_other(
    app: Flask, store: Store, house: House
) -> None:
    with time_machine.travel(MOMENT, tick=False):
        pages, keys = questions(app, store, house), page_keys(app, house)
        assert len(keys) > 25
        check_in, first = checks(store, house), look(app, house, keys)
        for number, chance in enumerate(seeds(LOOKS), start=1):
            last = number == LOOKS
            mara_answers(store, house, pages, drawn(chance, pages), send=last)
            mara_checks_in(store, house, check_in, drawn(chance, check_in), send=last)
            # A third of the topics each time: each is looked at many times.
            again = look(app, house, keys[number % 3 :: 3])
            assert not [what for what in again if again[what] != first[what]], f"seed {number - 1}"


def copied(house: House, folder: Path) -> House:
    """Give the same house again, with its records as they were."""
    old = Path(house.settings.database_url.removeprefix("sqlite:///"))
    folder.mkdir()
    for file in old.parent.glob(f"{old.name}*"):
        shutil.copy(file, folder)
    url = f"sqlite:///{folder / old.name}"
    return replace(house, settings=replace(house.settings, data_folder=folder, database_url=url))


@contextmanager
def opened(house: House) -> Iterator[tuple[Flask, Store]]:
    app = create_app(house.settings)
    app.testing = True
    store = open_records(app)
    yield app, store
    store.engine.dispose()


def test_no_walk_mail_or_sheet_changes_with_the_answers_of_the_other(
    house: House, ines: Person, tmp_path: Path
) -> None:
    everything: list[Seen] = []
    with time_machine.travel(MOMENT, tick=False):
        for number, chance in enumerate(seeds(WALKS)):
            again = copied(house, tmp_path / str(number))
            with opened(again) as (app, records):
                pages = questions(app, records, again)
                if number:
                    sends, check_in = number % 2 == 1, checks(records, again)
                    mara_answers(records, again, pages, drawn(chance, pages), send=sends)
                    own = drawn(chance, check_in)
                    mara_checks_in(records, again, check_in, own, send=sends)
                everything.append(walk(app, again) | couple_s(app, ines))
    for number, seen in enumerate(everything[1:], start=1):
        assert not differing(everything[0], seen), f"seed {number}"
