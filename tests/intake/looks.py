"""Looks at everything Jonas and the couple can see, so that two can be compared byte by byte.

Time stands still, and what is random on a page is replaced by as many letters.
"""

import datetime as dt
import random
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from flask import Flask
from werkzeug.test import TestResponse

from clinic.domain.answers import NOTHING, Given
from clinic.domain.check_ins import asked_in, pages_with_goals
from clinic.domain.items import Page as Asked
from clinic.domain.items import pages_for
from clinic.models.cases import Partner
from clinic.models.scope import ScopedSession
from clinic.models.store import Store
from clinic.services import check_in_answers, handouts, invitations, packs, questionnaires
from clinic.services.handout_lines import list_handed_out
from clinic.web.database import open_records
from config import Settings
from tests import handout_factories as sheets
from tests.apps import app_of
from tests.browser import Browser
from tests.cast import PASSWORD, Person
from tests.check_in_factories import FORM, as_partner, in_days, make_check_in
from tests.content.fhir_files import WEEK
from tests.factories import at_work, case_of, make_appointment, make_pair
from tests.intake import check_ins, people
from tests.intake.random_answers import drawn
from tests.vignette_answers import INTAKE, LATE_MESSAGES
from tests.web.packs.test_load import choose
from tests.web.worksheets.handing_out import print_out

MOMENT = dt.datetime.now(dt.UTC).replace(microsecond=0)
RANDOM = re.compile(
    r'(name="(?:operation|csrf_token)"[^>]*? value=")([^"]+)|(undercurrent[a-z-]*=)([^;]+)'
    # Under which random id the record of a print lies; only the therapist's address has it.
    r"|(/worksheets/printed/)([\w-]{22})(?=\.pdf)"
)
TURNS = count(1)
Seen = dict[str, str]


def without_chance(text: str) -> str:
    """Put letters in the place of every token, as many as it had."""

    def letters_for(hit: re.Match[str]) -> str:
        name, token = (each for each in hit.groups() if each is not None)
        return name + "x" * len(token)

    return RANDOM.sub(letters_for, text)


@dataclass(frozen=True)
class House:
    """An installation in which Mara and Jonas have each come in and signed."""

    settings: Settings
    check_in: str
    links: Mapping[str, str]
    cookies: Mapping[str, str]


def open_house(app: Flask, settings: Settings, browser: Browser, ines: Person) -> House:
    """Ask both partners the intake and a questionnaire of the practice, and let them come in."""
    choose(browser, WEEK)
    page = browser.open(plan := f"{people.case_of(ines)}/questions")
    packs = [str(box["value"]) for box in page.html.select("[name=packs]")]
    assert browser.send(plan, page, {"packs": packs}).status == 200
    check_in = ask_for_a_check_in(open_records(app), ines)
    links = {n: people.invite(browser, ines, place) for place, n in enumerate(("Mara", "Jonas"))}
    seats = {name: people.come_in(app, link) for name, link in links.items()}
    for name, seat in seats.items():
        people.sign_all(seat, name)
    jar = [seats["Jonas"].client.get_cookie(f"undercurrent-{kind}") for kind in ("form", "page")]
    return House(settings, check_in, links, {each.key: each.value for each in jar if each})


def ask_for_a_check_in(store: Store, ines: Person) -> str:
    """Ask both for a check-in before an appointment that is there already, with a goal to rate."""
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        goal = make_pair(db, case)[0].public_id
        make_appointment(db, case, held_on=in_days(1))
        return make_check_in(db, case, goals=[goal]).public_id


def questions(app: Flask, store: Store, house: House) -> tuple[Asked, ...]:
    """Give the pages that Mara is asked."""
    concern = app.extensions["contents"].library.concerns["outside-contact"]
    labels = {each.key: each.label for each in concern.behaviours.values()}
    with store.session(writes=False) as db:
        _, plan = questionnaires.asked_of(db, enter(db, store, house))
        asked = packs.asked_of_case(db, INTAKE, plan).questionnaire
        return pages_for(asked, questionnaires.asked_behaviours(plan, labels), ["Jonas"])


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


def mara_does_a_sheet(
    store: Store, ines: Person, chance: random.Random, sheet: str, *, send: bool
) -> None:
    """Hand Mara a sheet to do at home, and answer it in a session of hers."""
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        details, form = sheets.details(case, sheet), sheets.form_of(sheet)
        handouts.hand_out_home(db, case, details, form)
        ref = sheets.form_ref(db, case, list_handed_out(db, case)[0].handout)
        answers = drawn(chance, form.pages)
        with as_partner(db, store, case) as (own, mara):
            sheets.answer_in(own, mara, ref, answers, send=send)


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
    own = (f"/check-in/{house.check_in}", "/check-in/received", "/further", "/further/received")
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
        where = f"/cases/{ines.case_ref}/worksheets"
        choices: dict[str, object] = {"reader": ines.partner_refs[1]}
        choices |= {"behaviours": ["B11", "B18"]} if sheet == "w02" else {}
        note(seen, sheet, print_out(browser, where, sheet, **choices))
        assert "200 OK" in seen[sheet], seen[sheet][:300]
    note(seen, "map", browser.client.get(f"/cases/{ines.case_ref}/answers/together"))
    return seen | room_s(app, ines)


def room_s(app: Flask, ines: Person) -> Seen:
    """Let the room look at the screen, and open what it may open."""
    seen: Seen = {}
    browser = Browser(app).sign_in(ines.email, PASSWORD)
    case = f"/cases/{ines.case_ref}"
    note(seen, "to the room", browser.press(f"{case}/room", f"{case}/room/start").response)
    open_there = ("/room", "/answers/together", "/agreements/together", "/room/sheets/w02.pdf")
    for path in (*open_there, "", "/issue", "/notes", "/check-ins"):
        note(seen, f"room {path}", browser.client.get(case + path))
    return seen


def differing(first: Seen, other: Seen) -> list[str]:
    assert first.keys() == other.keys()
    return [what for what, text in first.items() if other[what] != text]


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
    app = app_of(house.settings)
    store = open_records(app)
    yield app, store
    store.engine.dispose()
