"""How fast the caseload is beside a bare page of its size. `python -m bench.pages`.

Both run on the same server, in turn in one run, so the ratio holds on any computer. The caseload
is the busiest page: a clinician comes back to it between any two cases.
"""

import http.client
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from clinic.domain.appointments import AppointmentKind, Attendance
from clinic.domain.formulation import Confidence, RollUp
from clinic.services import appointments, cases, readings, upkeep
from clinic.services.passwords import hash_password
from tests.cast import PASSWORD, add_clinician, enter_as, open_first_case

ROOT = Path(__file__).parents[1]
CASES = 50
CLIENTS = 4
REQUESTS = 60
ROUNDS = 7
LEAST = 0.5
PORTS = (8141, 8142)

Address = tuple[int, str]


@contextmanager
def serving(app: str, port: int, environment: dict[str, str]) -> Iterator[None]:
    command = [sys.executable, "-m", "gunicorn", app, "--worker-class", "gthread"]
    command += ["--workers", "1", "--threads", "8", "--bind", f"127.0.0.1:{port}"]
    command += ["--no-control-socket", "--log-level", "critical"]
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}) as server:
        try:
            wait_for(port)
            yield
        finally:
            server.terminate()


def wait_for(port: int) -> None:
    for _ in range(200):
        try:
            ask(http.client.HTTPConnection("127.0.0.1", port), "/app.css")
        except ConnectionError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the server did not start")


def ask(connection: http.client.HTTPConnection, path: str, cookie: str = "") -> bytes:
    connection.request("GET", path, headers={"Cookie": cookie})
    return connection.getresponse().read()


def sign_in(port: int, email: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/sign-in")
    answer = connection.getresponse()
    cookie = str(answer.getheader("Set-Cookie")).split(";")[0]
    token = re.search(rb'name="csrf_token"[^>]*value="([^"]+)"', answer.read())
    assert token is not None
    body = urlencode({"email": email, "password": PASSWORD, "csrf_token": token[1].decode()})
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/sign-in", body, headers)
    answer = connection.getresponse()
    answer.read()
    return "; ".join(
        value.split(";")[0] for name, value in answer.getheaders() if name == "Set-Cookie"
    )


def prepare(folder: Path) -> tuple[dict[str, str], str]:
    data, key = folder / "data", folder / "key" / "master.key"
    place = upkeep.Place(data, key, f"sqlite:///{data / 'undercurrent.db'}")
    store = upkeep.prepare_records(place)
    clinician = add_clinician(store, "Ines Ferrara", "Harbour Practice", hash_password(PASSWORD))
    for number in range(CASES):
        person = open_first_case(store, clinician, (f"Partner {number}", f"Other {number}"))
        with store.session(writes=True) as db:
            enter_as(db, store, clinician)
            case = cases.find_case(db, person.case_ref)
            here = dict.fromkeys(person.partner_refs, Attendance.PRESENT)
            held = appointments.AppointmentDetails(case.opened_on, AppointmentKind.JOINT, here)
            appointments.hold_appointment(db, case, held)
            reading = readings.RollUpDetails(
                RollUp.SYMPTOM_LEADING, Confidence.MEDIUM, "a reason", "a strength"
            )
            readings.save_formulation(db, case, reading, 0)
    store.engine.dispose()
    return {"UNDERCURRENT_DATA": str(data), "UNDERCURRENT_KEY": str(key)}, person.email


def pages_a_second(address: Address) -> float:
    port, cookie = address

    def client(_number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        for _ in range(REQUESTS):
            assert b"Caseload" in ask(connection, "/", cookie)

    start = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(client, range(CLIENTS)))
    return CLIENTS * REQUESTS / (time.perf_counter() - start)


def compare(ours: Address, bare: Address) -> float:
    rounds = []
    for _ in range(ROUNDS):
        rounds.append((pages_a_second(ours), pages_a_second(bare)))
    rates = [statistics.median(rate) for rate in zip(*rounds, strict=True)]
    ratio = statistics.median(one / other for one, other in rounds)
    print(f"caseload {rates[0]:.0f}/s, bare page of its size {rates[1]:.0f}/s, {CASES} cases")
    print(f"ratio {ratio:.2f} (at least {LEAST})")
    return ratio


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment, email = prepare(folder)
        with serving("wsgi:app", PORTS[0], environment):
            cookie = sign_in(PORTS[0], email)
            page = ask(http.client.HTTPConnection("127.0.0.1", PORTS[0]), "/", cookie)
            bare = {
                "BARE_DATABASE": f"sqlite:///{folder / 'bare.db'}",
                "BARE_PADDING": str(max(0, len(page) - bare_size(folder))),
            }
            with serving("bench.bare:app", PORTS[1], bare):
                ratio = compare((PORTS[0], cookie), (PORTS[1], "token=bench"))
    return 0 if ratio >= LEAST else 1


def bare_size(folder: Path) -> int:
    code = "import bench.bare as b; b.fill(); c = b.app.test_client(); "
    code += "c.set_cookie('token', 'bench'); print(len(c.get('/').data))"
    environment = {"BARE_DATABASE": f"sqlite:///{folder / 'bare.db'}", "BARE_PADDING": "0"}
    answer = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return int(answer.stdout)


if __name__ == "__main__":
    sys.exit(main())
