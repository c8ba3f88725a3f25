"""Whether other pages stay quick while four people print. `python -m bench.crowd`.

A person opens the caseload twenty times a second, now while nobody prints and now while four others
look at one sheet after another as it will print, each sheet a new one, laid out and drawn; on both
databases. Times are of the server.
"""

import http.client
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from bench.pages import PORTS, ask, serving, sign_in
from clinic.content.loader import load_library
from clinic.services import upkeep
from clinic.services.passwords import hash_password
from tests import factories as made
from tests.cast import PASSWORD, add_clinician, open_first_case
from tests.postgres import fresh_database, running_postgres

CASES, PEOPLE, BEHAVIOURS = 50, 4, 16
ROUNDS, REQUESTS, PAUSE = 4, 60, 0.05
MOST = 2.0


def prepare(place: upkeep.Place) -> tuple[str, str]:
    """Make a practice with fifty cases; give who signs in, and the address of a sheet."""
    store = upkeep.prepare_records(place)
    clinician = add_clinician(store, "Ines Ferrara", "Harbour Practice", hash_password(PASSWORD))
    person = open_first_case(store, clinician, ("Mara", "Jonas"))
    with made.at_work(store, person) as db:
        reader = made.case_of(db, person).partners[0].public_id
        for number in range(CASES - 1):
            made.make_case(db, f"Partner {number}", f"Other {number}")
    store.engine.dispose()
    return person.email, f"/cases/{person.case_ref}/worksheets/w02/pages/1.png?reader={reader}"


def sheets(url: str) -> Iterator[str]:
    """Give address after address, each of a sheet that was never printed."""
    inventory = load_library().concerns["outside-contact"].behaviours.values()
    behaviours = [each.key for each in inventory if each.zone is not None]
    # Which behaviours a bench prints is nobody's secret.
    chance = random.Random(time.perf_counter_ns())  # noqa: S311
    while True:
        chosen = chance.sample(behaviours, BEHAVIOURS)
        query = {"paper": "A4", "size": "normal", "behaviours": chosen}
        yield f"{url}&{urlencode(query, doseq=True)}"


@contextmanager
def printing(url: str, cookie: str) -> Iterator[list[int]]:
    """Let four people print until the block ends; the list gets the size of each sheet."""
    done, sizes = threading.Event(), list[int]()

    def print_on() -> None:
        connection, addresses = http.client.HTTPConnection("127.0.0.1", PORTS[0]), sheets(url)
        while not done.is_set():
            sheet = ask(connection, next(addresses), cookie)
            assert sheet.startswith(b"\x89PNG"), sheet[:2000]
            sizes.append(len(sheet))

    people = [threading.Thread(target=print_on) for _ in range(PEOPLE)]
    for person in people:
        person.start()
    try:
        yield sizes
    finally:
        done.set()
        for person in people:
            person.join()


def look(cookie: str) -> Sequence[float]:
    """Open the caseload again and again; give how long each time took."""
    connection, found = http.client.HTTPConnection("127.0.0.1", PORTS[0]), []
    for _ in range(REQUESTS):
        started = time.perf_counter()
        ask(connection, "/", cookie)
        found.append(time.perf_counter() - started)
        time.sleep(PAUSE)
    return found


def slowest(found: Sequence[float]) -> float:
    """Give the 95th percentile in milliseconds."""
    return statistics.quantiles(found, n=20)[-1] * 1000


def measure(engine: str, place: upkeep.Place) -> bool:
    """Print how quick the caseload is; tell whether printing slows it too much."""
    email, url = prepare(place)
    environment = {"UNDERCURRENT_DATA": str(place.data_folder)}
    environment |= {"UNDERCURRENT_KEY": str(place.key_file), "DATABASE_URL": place.database_url}
    quiet, busy, printed = list[float](), list[float](), 0
    with serving("wsgi:app", PORTS[0], environment):
        cookie = sign_in(PORTS[0], email)
        with printing(url, cookie):
            look(cookie)
        for _ in range(ROUNDS):
            quiet += look(cookie)
            with printing(url, cookie) as sizes:
                busy += look(cookie)
            assert len(sizes) >= PEOPLE, "nobody could print"
            printed += len(sizes)
    ratio = slowest(busy) / slowest(quiet)
    print(
        f"{engine}: p95 quiet {slowest(quiet):.0f} ms, {slowest(busy):.0f} ms while {printed} print"
    )
    print(f"  {ratio:.2f} times as long (at most {MOST:g})")
    return ratio <= MOST


def main() -> int:
    """Measure both databases; 1 when the page is too slow on one."""
    with tempfile.TemporaryDirectory() as name, running_postgres() as postgres:
        key, good = Path(name) / "key" / "master.key", []
        for engine in ("SQLite", "PostgreSQL"):
            data = Path(name) / engine
            url = f"sqlite:///{data / 'undercurrent.db'}"
            if engine == "PostgreSQL":
                url = fresh_database(postgres)
            good.append(measure(engine, upkeep.Place(data, key, url)))
        return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
