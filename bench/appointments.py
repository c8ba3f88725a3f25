"""How fast the page of an appointment is, and the caseload, in a practice with a thousand cases.

`python -m bench.appointments`. One case has sixty appointments, all rated by everybody. Each page
is measured beside a bare page of its size, in turn on the same computer; times are of the server.
A pause in typing is what the page's script sends then.
"""

import http.client
import re
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from bench.formulation import times
from bench.pages import PORTS, ask, bare_size, serving, sign_in
from clinic.domain.goals import Attainment
from clinic.models.scope import ScopedSession
from clinic.services import cases, goals, upkeep
from clinic.services.passwords import hash_password
from tests import factories as made
from tests.cast import PASSWORD, add_clinician, enter_as, open_first_case

CASES, APPOINTMENTS = 1000, 60
MOST_PAGE, MOST_PAUSE = 0.08, 0.03


@dataclass(frozen=True)
class Bench:
    """A running practice: its environment, who signs in, and the address of an appointment."""

    environment: dict[str, str]
    email: str
    appointment: str


def prepare(folder: Path) -> Bench:
    """Make a thousand cases, one of them long."""
    data, key = folder / "data", folder / "key" / "master.key"
    store = upkeep.prepare_records(upkeep.Place(data, key, f"sqlite:///{data / 'undercurrent.db'}"))
    clinician = add_clinician(store, "Ines Ferrara", "Harbour Practice", hash_password(PASSWORD))
    person = open_first_case(store, clinician, ("Mara", "Jonas"))
    with store.session(writes=True) as db:
        enter_as(db, store, clinician)
        for _ in range(CASES - 1):
            made.make_case(db)
    with store.session(writes=True) as db:
        enter_as(db, store, clinician)
        newest = fill(db, person.case_ref)
    store.engine.dispose()
    environment = {"UNDERCURRENT_DATA": str(data), "UNDERCURRENT_KEY": str(key)}
    return Bench(environment, person.email, f"/cases/{person.case_ref}/appointments/{newest}")


def fill(db: ScopedSession, case_ref: str) -> str:
    """Hold every appointment with ratings of two pairs; give the newest one's public id."""
    case = cases.find_case(db, case_ref)
    made.fill_case(db, case)
    made.make_pair(db, case)
    rows = goals.list_goals(db, case)
    for number in range(APPOINTMENTS):
        row = made.make_appointment(db, case)
        found = {goal.public_id: goals.RatingDetails(Attainment.LESS, number % 11) for goal in rows}
        for rater in ("", *(partner.public_id for partner in case.partners)):
            goals.rate_goals(db, case, row, rater, found)
    return row.public_id


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
    ratio = statistics.median(slow) / statistics.median(quick)
    print(f"{name_of(url)}: {len(page) // 1024} KB, {ratio:.1f} times a bare page of its size")
    return told(slow, MOST_PAGE)


def measure_pause(appointment: str, cookie: str) -> bool:
    """Print what a pause in the note costs; tell whether it was quick enough."""
    connection = http.client.HTTPConnection("127.0.0.1", PORTS[0])
    connection.request("GET", appointment, headers={"Cookie": cookie})
    shown = connection.getresponse()
    token = re.search(rb'name="csrf_token"[^>]*value="([^"]+)"', shown.read())
    assert token is not None
    # The page's own cookie carries what its token is compared with; the newest one counts.
    known = dict(each.split("=", 1) for each in cookie.split("; "))
    fresh = [value.split(";")[0] for name, value in shown.getheaders() if name == "Set-Cookie"]
    known |= dict(each.split("=", 1) for each in fresh)
    case = appointment.partition("/appointments/")[0]
    url = f"{case}/drafts?{urlencode({'path': f'{appointment}/note'})}"
    headers = {
        "Cookie": "; ".join(f"{name}={value}" for name, value in known.items()),
        "X-CSRFToken": token[1].decode(),
        "Content-Type": "application/x-www-form-urlencoded",
    }
    turns = words()

    def keep() -> bytes:
        connection.request("POST", url, urlencode({"words-plan": next(turns)}), headers)
        answer = connection.getresponse()
        assert answer.status == 200
        return answer.read()

    print("a pause in the note")
    return told(times(keep), MOST_PAUSE)


def words() -> Iterator[str]:
    """Type a little more at every pause."""
    text = ""
    while True:
        text += "They walk on Sunday and say one thing each. "
        yield text


def told(found: Sequence[float], most: float) -> bool:
    """Print how long it took."""
    p50, p95 = statistics.median(found), statistics.quantiles(found, n=20)[-1]
    print(f"  p50 {p50 * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms (at most {most * 1000:.0f})")
    return p95 <= most


def name_of(url: str) -> str:
    """Say which page an address is."""
    return "the page of an appointment" if "/appointments/" in url else "the caseload"


def main() -> int:
    """Measure both pages and the pause."""
    print(f"{CASES} cases, {APPOINTMENTS} appointments in one of them")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bench = prepare(folder)
        with serving("wsgi:app", PORTS[0], bench.environment):
            cookie = sign_in(PORTS[0], bench.email)
            good = [
                measure(folder / "bare-appointment", bench.appointment, cookie),
                measure(folder / "bare-caseload", "/", cookie),
                measure_pause(bench.appointment, cookie),
            ]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
