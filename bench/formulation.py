"""How fast the issue layer, its matrix and its map are, each beside a bare page of its size.

`python -m bench.formulation`. Among 1,000 cases, one with 14 explanations, 200 pieces of evidence,
all weighed, and 50 saved readings.
Both pages run in turn on the same computer, so the ratio holds on any; times are of the server.
"""

import http.client
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.pages import PORTS, ask, bare_size, serving, sign_in
from clinic.services import cases, upkeep
from clinic.services.passwords import hash_password
from tests import factories as made
from tests.cast import PASSWORD, add_clinician, enter_as, open_first_case
from tests.web.formulation.large import EVIDENCE, EXPLANATIONS, fill_issue_layer

PAGES = ("issue", "issue/matrix", "issue/map")
CASES = 1_000
READINGS = 50
REQUESTS = 60
MOST_P95 = 0.1


def prepare(folder: Path) -> tuple[dict[str, str], str, str]:
    """Make the installation; give its environment, who signs in, and the case's address."""
    data, key = folder / "data", folder / "key" / "master.key"
    store = upkeep.prepare_records(upkeep.Place(data, key, f"sqlite:///{data / 'undercurrent.db'}"))
    clinician = add_clinician(store, "Ines Ferrara", "Harbour Practice", hash_password(PASSWORD))
    person = open_first_case(store, clinician, ("Mara", "Jonas"))
    with store.session(writes=True) as db:
        enter_as(db, store, clinician)
        for number in range(CASES - 1):
            made.make_case(db, f"Mara {number}", f"Jonas {number}")
        case = cases.find_case(db, person.case_ref)
        for number in range(READINGS):
            made.make_formulation(db, case, based_on=number)
        fill_issue_layer(db, case)
    store.engine.dispose()
    environment = {"UNDERCURRENT_DATA": str(data), "UNDERCURRENT_KEY": str(key)}
    return environment, person.email, f"/cases/{person.case_ref}"


def times(get: Callable[[], bytes]) -> list[float]:
    """Time one request after the other, after a few that warm everything up."""
    found = []
    for _ in range(REQUESTS + 5):
        start = time.perf_counter()
        get()
        found.append(time.perf_counter() - start)
    return found[5:]


def measure(folder: Path, url: str, cookie: str) -> bool:
    """Print one page beside a bare one of its size; tell whether it was quick enough."""
    page = ask(http.client.HTTPConnection("127.0.0.1", PORTS[0]), url, cookie)
    assert b"Matrix" in page or b"Map" in page
    folder.mkdir()
    padding = {
        "BARE_DATABASE": f"sqlite:///{folder / 'bare.db'}",
        "BARE_PADDING": str(max(0, len(page) - bare_size(folder))),
    }
    with serving("bench.bare:app", PORTS[1], padding):
        # A server lets go of a connection that has waited, so these are new.
        ours, bare = (http.client.HTTPConnection("127.0.0.1", port) for port in PORTS)
        slow, quick = (
            times(lambda: ask(ours, url, cookie)),
            times(lambda: ask(bare, "/", "token=bench")),
        )
    p50, p95 = statistics.median(slow), statistics.quantiles(slow, n=20)[-1]
    ratio = p50 / statistics.median(quick)
    print(
        f"{url.partition('/cases/')[2].partition('/')[2]}: {len(page) // 1024} KB,"
        f" p50 {p50 * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms (at most {MOST_P95 * 1000:.0f}),"
        f" {ratio:.1f} times a bare page of its size"
    )
    return p95 <= MOST_P95


def main() -> int:
    """Measure every page of the issue layer."""
    print(
        f"{CASES} cases, {READINGS} readings, {EXPLANATIONS} explanations, {EVIDENCE} observations"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment, email, case = prepare(folder)
        with serving("wsgi:app", PORTS[0], environment):
            cookie = sign_in(PORTS[0], email)
            good = [
                measure(folder / f"bare-{place}", f"{case}/{page}", cookie)
                for place, page in enumerate(PAGES)
            ]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
