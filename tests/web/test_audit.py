"""What is looked at leaves a line; what cannot be written down is not shown."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select, text

from clinic.models.audit import AuditLine
from clinic.models.store import Store
from clinic.services import upkeep
from clinic.services.audit import first_broken_line
from tests.browser import Browser
from tests.cast import PASSWORD
from tests.web.worksheets.handing_out import post

SCRIPT = Path(__file__).with_name("full_disk.py")
#: Ways to a small disk of one's own: as root, or as anybody where the system allows it.
WAYS = (["unshare", "-m"], ["unshare", "-rm"])


def lines(store: Store) -> list[tuple[str, str]]:
    with store.session(writes=False) as db, db.as_system():
        rows = db.scalars(select(AuditLine).order_by(AuditLine.number))
        return [(row.action, row.subject) for row in rows]


def test_opening_a_case_leaves_a_line(browser, store, full):
    before = len(lines(store))
    assert browser.get(f"/cases/{full['case_ref']}").status == 200
    assert lines(store)[before:] == [("case.read", full["case_ref"])]


def test_the_symptom_page_names_whose_answers_it_offers(browser, store, full, ines):
    before = len(lines(store))
    browser.get(f"/cases/{full['case_ref']}/behaviours")
    read = [("answers.read", ref) for ref in ines.partner_refs]
    assert sorted(lines(store)[before:]) == sorted([("case.read", full["case_ref"]), *read])


def test_every_page_of_a_case_leaves_a_line(browser, store, full):
    for page in ("issue", "goals", "roll-up", "details", "worksheets"):
        before = len(lines(store))
        browser.get(f"/cases/{full['case_ref']}/{page}")
        assert lines(store)[before:] == [("case.read", full["case_ref"])], page


def test_a_refused_form_shows_the_case_and_leaves_a_line(browser, store, full):
    url = f"/cases/{full['case_ref']}/goals/new"
    page = browser.open(url)
    before = len(lines(store))
    assert browser.send(url, page, {"issue-weight": "x"}).status == 422
    assert lines(store)[before:] == [("case.read", full["case_ref"])]


def test_printing_a_sheet_leaves_a_line_and_so_does_every_look_at_it(browser, store, full, ines):
    before = len(lines(store))
    url = f"/cases/{full['case_ref']}/worksheets"
    sent = post(browser, url, "w13", reader=ines.partner_refs[1])
    ref = sent.location.split("/")[-1].removesuffix(".pdf")
    assert lines(store)[before:] == [("worksheet.printed", ref)]
    for _ in range(2):
        browser.client.get(sent.location)
    read = [("case.read", full["case_ref"]), ("worksheet.printed-again", ref)]
    assert lines(store)[before + 1 :] == read * 2


def test_looking_at_a_page_before_it_prints_leaves_a_line_that_names_the_reader(
    browser, store, full, ines
):
    before = len(lines(store))
    url = f"/cases/{full['case_ref']}/worksheets/w13/pages/1.png?reader={ines.partner_refs[1]}"
    assert browser.client.get(url).mimetype == "image/png"
    assert lines(store)[before:] == [
        ("case.read", full["case_ref"]),
        ("worksheet.w13.previewed", ines.partner_refs[1]),
    ]


def test_a_sheet_that_is_refused_was_not_printed(browser, store, full):
    refused = post(browser, f"/cases/{full['case_ref']}/worksheets", "w13", paper="A0")
    assert refused.status_code == 422
    assert not [action for action, _ in lines(store) if "printed" in action]


def test_signing_in_and_out_and_refusals_leave_lines(app, store, ines):
    before = len(lines(store))
    Browser(app).submit("/sign-in", {"email": ines.email, "password": "wrong"})
    Browser(app).sign_in(ines.email, PASSWORD).press("/", "/sign-out")
    assert [action for action, _ in lines(store)[before:]] == [
        "sign-in.refused",
        "sign-in",
        "sign-out",
    ]


def test_what_does_not_exist_leaves_no_line(browser, store, cast):
    before = lines(store)
    browser.get(f"/cases/{cast['noa'].case_ref}")
    assert lines(store) == before


def test_the_chain_is_whole_after_all_this(browser, store, full):
    browser.get(f"/cases/{full['case_ref']}")
    with store.session(writes=False) as db:
        assert first_broken_line(db) is None


def test_without_its_line_no_page_is_shown(app, browser, store, full, ines):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with store.engine.begin() as connection:
        connection.execute(text("ALTER TABLE audit_line RENAME TO taken_away"))
    case = f"/cases/{full['case_ref']}"
    asked = [browser.client.get(case + path) for path in ("", "/goals", "/worksheets/w13")]
    app.config["WTF_CSRF_ENABLED"] = False
    sheet = {"paper": "A4", "reader": ines.partner_refs[0]}
    for answer in (*asked, browser.client.post(f"{case}/worksheets/w13", data=sheet)):
        path = answer.request.path
        assert answer.status_code == 500, path
        body = answer.get_data(as_text=True)
        assert "Mara" not in body
        assert "Something went wrong on our side" in body
        assert answer.headers["Cache-Control"] == "no-store"
    assert (
        Browser(app).submit("/sign-in", {"email": ines.email, "password": PASSWORD}).status == 500
    )


def test_without_a_database_a_fault_is_still_a_calm_page(app, browser, store, full):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with store.engine.begin() as connection:
        connection.execute(text("ALTER TABLE browser_session RENAME TO taken_away"))
    answer = browser.client.get(f"/cases/{full['case_ref']}")
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.get_data(as_text=True)


def on_a_small_disk(folder: Path) -> list[str]:
    """Run the script on a disk of its own; skip where the system grants none."""
    mount = f'mount -t tmpfs -o size=6m small "{folder}"'
    small = next((way for way in WAYS if _runs([*way, "sh", "-c", mount])), None)
    if small is None:
        pytest.skip("this account may not mount a small disk")
    inside = ["sh", "-c", f'{mount} && exec "$@"', "sh", sys.executable, str(SCRIPT), str(folder)]
    done = subprocess.run(
        [*small, *inside],
        env=os.environ | {"PYTHONPATH": str(upkeep.ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def _runs(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def test_on_a_full_disk_nothing_is_half_saved_and_the_page_says_so(tmp_path):
    said = dict(line.split(": ", 1) for line in on_a_small_disk(tmp_path))
    assert said == {
        "saving": "507 There is no room left to save",
        "reading": "507 There is no room left to save",
        "headers": "no-store",
        "rows": "unchanged",
        "with room again": "200 Symptom layer",
        "chain": "whole",
    }
