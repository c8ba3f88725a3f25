"""Fifty partners save their answers for a minute. `python -m bench.autosave`.

On gunicorn as `script/serve` starts it, once with SQLite and once with PostgreSQL. Every partner
saves what is typed about once a second, which is more than people type. Afterwards every answer
that was acknowledged must be there.
"""

import http.client
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from bench.pages import ROOT, wait_for
from clinic.content.loader import load_library
from clinic.content.questionnaires_loader import load_questionnaires
from clinic.domain.invitations import Handing
from clinic.models.store import Store
from clinic.services import cases, invitations, questionnaires, upkeep
from clinic.services.passwords import hash_password
from tests.cast import PASSWORD, add_clinician, enter_as, open_first_case
from tests.postgres import fresh_database, running_postgres

PARTNERS, SECONDS, PAUSE = 50, 60, (0.5, 1.5)
MOST_P95 = 1.0
PORT = 8143
PIN = "593826"
ITEMS = ("brings", "hope", "strength", "tried")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
SHOWN = re.compile(r'name="shown"[^>]*value="([^"]+)"')
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass
class Phone:
    """One partner's browser, how long its saves took, and what was acknowledged."""

    cookies: dict[str, str]
    token: str = ""
    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    acknowledged: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)

    def ask(self, method: str, path: str, body: dict[str, str] | None = None) -> tuple[int, str]:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        # A connection each, as from phones that let theirs go between two saves.
        self.connection.close()
        self.connection.request(method, path, urlencode(body or {}), {**FORM, "Cookie": cookie})
        answer = self.connection.getresponse()
        for name, value in answer.getheaders():
            if name == "Set-Cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        return answer.status, answer.read().decode()

    def sign(self) -> None:
        for page in ("welcome", "measures", "secrets"):
            _, text = self.ask("GET", f"/form/page/{page}")
            found = TOKEN.search(text)
            assert found is not None
            self.token = found[1]
            shown = SHOWN.search(text)
            assert shown is not None
            body = {"csrf_token": self.token, "shown": shown[1], "typed_name": "Somebody"}
            status, _ = self.ask("POST", f"/form/page/{page}", body)
            assert status == http.HTTPStatus.FOUND, status

    def save_until(self, end: float) -> None:
        chance, turn = random.Random(id(self)), 0  # noqa: S311 - pauses, not secrets
        time.sleep(chance.uniform(0, PAUSE[1]))
        while time.perf_counter() < end:
            turn += 1
            item, value = chance.choice(ITEMS), f"What is typed, turn {turn}. " + "word " * turn
            body = {"item": item, "value": value, "operation": "page", "turn": str(turn)}
            start = time.perf_counter()
            status, text = self.ask("POST", "/form/save", body | {"csrf_token": self.token})
            self.times.append(time.perf_counter() - start)
            if status == http.HTTPStatus.OK:
                self.acknowledged[item] = value.strip()
            else:
                self.errors.append(f"{status} {text[:80]}")
            time.sleep(chance.uniform(*PAUSE))


def prepare(place: upkeep.Place) -> list[str]:
    """Make the installation and give the token of every partner's browser."""
    store = upkeep.prepare_records(place)
    clinician = add_clinician(store, "Ines Ferrara", "Harbour Practice", hash_password(PASSWORD))
    tokens = [token for _ in range(PARTNERS // 2) for token in invite_both(store, clinician)]
    with ThreadPoolExecutor(2) as hands:
        browsers = list(hands.map(lambda token: come_in(store, token), tokens))
    store.engine.dispose()
    return browsers


def invite_both(store: Store, clinician: int) -> list[str]:
    person = open_first_case(store, clinician, ("Mara", "Jonas"))
    intake = load_questionnaires()["intake"]
    asked = [
        each.key
        for each in load_library().concerns["outside-contact"].behaviours.values()
        if each.asked_first
    ]
    with store.session(writes=True) as db:
        enter_as(db, store, clinician)
        case = cases.find_case(db, person.case_ref)
        plan = questionnaires.PlanDetails(intake.key, intake.version, asked)
        questionnaires.write_plan(db, case, plan)
        issued = [invitations.issue(db, case, ref, Handing.LINK) for ref in person.partner_refs]
        db.commit()
        return [each.token for each in issued]


def come_in(store: Store, token: str) -> str:
    with store.session(writes=True) as db:
        return invitations.claim(db, store, token, PIN)


@contextmanager
def serving(place: upkeep.Place, workers: int) -> Iterator[None]:
    environment = os.environ | {
        "UNDERCURRENT_DATA": str(place.data_folder),
        "UNDERCURRENT_KEY": str(place.key_file),
        "DATABASE_URL": place.database_url,
    }
    command = [sys.executable, "-m", "gunicorn", "wsgi:app", "--worker-class", "gthread"]
    command += ["--workers", str(workers), "--threads", "8", "--bind", f"127.0.0.1:{PORT}"]
    command += ["--no-control-socket", "--log-level", "warning"]
    with subprocess.Popen(command, cwd=ROOT, env=environment) as server:
        try:
            wait_for(PORT)
            yield
        finally:
            server.terminate()


def everything_is_there(store: Store, phones: Sequence[Phone]) -> int:
    """Count what was acknowledged and is not stored."""
    lost = 0
    for phone in phones:
        with store.session(writes=False) as db:
            session = invitations.find_late_session(db, phone.cookies["undercurrent-form"])
            assert session is not None
            partner = invitations.enter_as_partner(db, store, session.invitation)
            response = questionnaires.find_response(db, partner, "intake")
            stored = questionnaires.answers_of(db, response) if response else {}
            lost += sum(
                item not in stored or stored[item].value != value
                for item, value in phone.acknowledged.items()
            )
    return lost


def measure(name: str, place: upkeep.Place, workers: int) -> bool:
    """Run one minute on one engine; tell whether nothing failed and it was quick enough."""
    browsers = prepare(place)
    with serving(place, workers):
        phones = [Phone({"undercurrent-form": token}) for token in browsers]
        for phone in phones:
            phone.sign()
        load = os.getloadavg()[0]
        end = time.perf_counter() + SECONDS
        with ThreadPoolExecutor(PARTNERS) as hands:
            list(hands.map(lambda phone: phone.save_until(end), phones))
    store = upkeep.open_records(place)
    lost = everything_is_there(store, phones)
    store.engine.dispose()
    times = sorted(time for phone in phones for time in phone.times)
    errors = [error for phone in phones for error in phone.errors]
    p95 = statistics.quantiles(times, n=20)[-1]
    print(
        f"{name}: {len(times)} saves of {PARTNERS} partners in {SECONDS} s,"
        f" p50 {statistics.median(times):.3f} s, p95 {p95:.3f} s, slowest {times[-1]:.3f} s,"
        f" errors {len(errors)}, lost {lost} (load average before: {load:.1f})"
    )
    print(*sorted(set(errors))[:5], sep="\n", end="")
    return not errors and not lost and p95 < MOST_P95


def main() -> int:
    """Measure both engines."""
    with tempfile.TemporaryDirectory() as name, running_postgres() as postgres:
        key, good = Path(name) / "key" / "master.key", []
        for engine, workers in (("SQLite", 1), ("PostgreSQL", os.cpu_count() or 1)):
            data = Path(name) / engine
            url = f"sqlite:///{data / 'undercurrent.db'}"
            if engine == "PostgreSQL":
                url = fresh_database(postgres)
            good.append(measure(engine, upkeep.Place(data, key, url), workers))
        return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
