"""How fast the caseload is with a thousand cases, beside a bare page of its size.

`python -m bench.caseload`. One case in three has something that waits, so that what stands above
the list is counted as well; times are of the server.
"""

import http.client
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench.formulation import times
from bench.pages import PORTS, ask, bare_size, serving, sign_in
from clinic.services import upkeep
from clinic.services.passwords import hash_password
from tests import factories as made
from tests.cast import PASSWORD, Person, add_clinician, open_first_case

CASES = 1_000
MOST_P95 = 0.08
PAGES = ("/", "/?page=20", "/waiting")


def prepare(folder: Path) -> tuple[dict[str, str], Person]:
    """Make the installation with all its cases; give its environment and who signs in."""
    data, key = folder / "data", folder / "key" / "master.key"
    store = upkeep.prepare_records(upkeep.Place(data, key, f"sqlite:///{data / 'undercurrent.db'}"))
    clinician = add_clinician(store, "Ines Ferrara", "Harbour Practice", hash_password(PASSWORD))
    person = open_first_case(store, clinician, ("Mara", "Jonas"))
    with made.at_work(store, person) as db:
        for number in range(CASES - 1):
            fill(made.make_case(db, f"Partner {number}", f"Other {number}"), db, number)
    store.engine.dispose()
    return {"UNDERCURRENT_DATA": str(data), "UNDERCURRENT_KEY": str(key)}, person


def fill(case: made.Case, db: made.ScopedSession, number: int) -> None:
    made.make_appointment(db, case)
    made.make_pair(db, case)
    if number % 3 == 0:
        made.make_explanation(db, case, test_by=case.opened_on)


def measure(folder: Path, url: str, cookie: str) -> bool:
    """Print one page beside a bare one of its size; tell whether it was quick enough."""
    page = ask(http.client.HTTPConnection("127.0.0.1", PORTS[0]), url, cookie)
    folder.mkdir()
    padding = {
        "BARE_DATABASE": f"sqlite:///{folder / 'bare.db'}",
        "BARE_PADDING": str(max(0, len(page) - bare_size(folder))),
    }
    with serving("bench.bare:app", PORTS[1], padding):
        ours, bare = (http.client.HTTPConnection("127.0.0.1", port) for port in PORTS)
        slow = times(lambda: ask(ours, url, cookie))
        quick = times(lambda: ask(bare, "/", "token=bench"))
    p50, p95 = statistics.median(slow), statistics.quantiles(slow, n=20)[-1]
    print(
        f"{url}: {len(page) // 1024} KB, p50 {p50 * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms"
        f" (at most {MOST_P95 * 1000:.0f}),"
        f" {p50 / statistics.median(quick):.1f} times a bare page of its size"
    )
    return p95 <= MOST_P95


def main() -> int:
    """Measure the first page, the last one, and everything that waits."""
    with tempfile.TemporaryDirectory() as name:
        folder, start = Path(name), time.perf_counter()
        environment, person = prepare(folder)
        print(f"{CASES} cases, made in {time.perf_counter() - start:.0f} s")
        with serving("wsgi:app", PORTS[0], environment):
            cookie = sign_in(PORTS[0], person.email)
            good = [
                measure(folder / f"bare-{place}", url, cookie) for place, url in enumerate(PAGES)
            ]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
