"""What is done in a terminal: each command says in a sentence what it did, or what to do."""

import errno
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from flask.cli import FlaskGroup

from clinic.keyring.master import new_master_key, read_master_key, recovery_code
from clinic.web.app import create_app
from config import Settings
from tests.form_reader import fields
from tests.pdf_reader import pages, paper
from tests.postgres import fresh_database

MISTYPED = "ABCD EFGH"


@pytest.fixture
def new_app(engine_name: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Flask]:
    """An installation in which nothing is prepared yet."""
    url = f"sqlite:///{tmp_path / 'data' / 'undercurrent.db'}"
    if engine_name == "postgresql":
        url = fresh_database(request.getfixturevalue("postgres"))
    made = create_app(Settings(tmp_path / "data", tmp_path / "keys" / "master.key", url))
    yield made
    if "store" in made.extensions:
        made.extensions["store"].engine.dispose()


@pytest.fixture
def plain_app(tmp_path: Path) -> Flask:
    """An app for commands that open no records."""
    key = tmp_path / "keys" / "master.key"
    return create_app(Settings(tmp_path, key, f"sqlite:///{tmp_path / 'never.db'}"))


def run(app: Flask, *words: str, typed: str | None = None) -> Result:
    # As the flask command itself does it: loading the app, then working within its context.
    command = FlaskGroup(create_app=lambda: app)
    return app.test_cli_runner().invoke(command, args=list(words), input=typed)


def test_preparing_twice_is_safe_and_says_where_the_sheet_is_once(new_app, tmp_path):
    first, second = run(new_app, "migrate"), run(new_app, "migrate")
    assert (first.exit_code, second.exit_code) == (0, 0)
    sheet = tmp_path / "keys" / "recovery-sheet.txt"
    assert "Print its recovery sheet, then delete it" in first.output
    assert str(sheet) in first.output.replace("\n", "")
    assert second.output == ""
    assert "RECOVERY SHEET" in sheet.read_text()


def test_the_set_up_code_opens_the_practice_once(new_app):
    run(new_app, "migrate")
    earlier, later = run(new_app, "setup-code"), run(new_app, "setup-code")
    assert earlier.exit_code == later.exit_code == 0
    assert "/set-up with this code: " in later.output
    client = new_app.test_client()
    assert client.get("/sign-in").location == "/set-up"
    assert set_up(new_app, code_in(earlier)).status_code == 422, "an earlier code stopped working"
    assert set_up(new_app, code_in(later)).location == "/"
    assert client.get("/set-up").status_code == 404
    assert run(new_app, "setup-code").output == ""


def code_in(result: Result) -> str:
    return result.output.strip().rsplit(" ", 1)[-1]


def set_up(app: Flask, code: str):
    client = app.test_client()
    page = client.get("/set-up").get_data(as_text=True)
    token = page.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
    return client.post(
        "/set-up",
        data={
            "csrf_token": token,
            "code": code,
            "practice": "Harbour Practice",
            "clinician": "Ines",
            "email": "ines@example.org",
            "password": "four unrelated words here",
        },
    )


def test_there_is_no_set_up_code_once_there_is_a_practice(app):
    result = run(app, "setup-code")
    assert (result.exit_code, result.output) == (0, "")


def test_a_database_that_cannot_be_opened_says_what_to_do(new_app, tmp_path):
    run(new_app, "migrate")
    (tmp_path / "keys" / "master.key").unlink()
    result = run(new_app, "migrate")
    assert result.exit_code == 1
    assert result.output.startswith("Undercurrent cannot start. ")


def test_a_lost_key_comes_back_from_its_sheet(plain_app, tmp_path):
    key = new_master_key()
    result = run(plain_app, "restore-key", typed=f"{recovery_code(key)}\n")
    assert result.exit_code == 0, result.output
    assert f"The key is back at {tmp_path / 'keys' / 'master.key'}." in result.output
    assert read_master_key(tmp_path / "keys" / "master.key") == key


def test_a_sheet_typed_wrongly_changes_nothing(plain_app, tmp_path):
    result = run(plain_app, "restore-key", typed=f"{MISTYPED}\n")
    assert result.exit_code == 1
    assert result.output.strip().endswith(".")
    assert "Traceback" not in result.output
    assert not (tmp_path / "keys" / "master.key").exists()


def test_what_was_typed_of_the_sheet_is_not_shown(plain_app):
    code = recovery_code(new_master_key())
    assert code.split()[3] not in run(plain_app, "restore-key", typed=f"{code}\n").output


@pytest.mark.parametrize(
    ("name", "sheet", "size"), [("a4", "w02", (595, 842)), ("letter", "W13", (612, 792))]
)
def test_a_blank_sheet_is_printed_without_records(plain_app, tmp_path, name, sheet, size):
    out = tmp_path / "sheet.pdf"
    result = run(plain_app, "worksheets", "print", sheet, "--paper", name, "--out", str(out))
    assert result.exit_code == 0, result.output
    assert str(out) in result.output.replace("\n", "")
    assert paper(out.read_bytes()) == {size}
    assert "Undercurrent" not in pages(out.read_bytes())[0]
    assert not (tmp_path / "never.db").exists()


def test_an_unknown_sheet_is_told_with_those_there_are(plain_app, tmp_path):
    out = str(tmp_path / "sheet.pdf")
    result = run(plain_app, "worksheets", "print", "w99", "--out", out)
    assert result.exit_code == 1
    assert result.output.startswith(
        "There is no worksheet w99. There are: t01, t02, t03, t04, w01,"
    )
    assert not Path(out).exists()


@pytest.mark.parametrize(
    ("option", "ending"), [((), ""), (("--large", "--fillable"), "-large-fillable")]
)
def test_every_blank_sheet_is_written_to_a_folder_on_both_papers(
    plain_app, tmp_path, option, ending
):
    out = tmp_path / "paper" / "sheets"
    result = run(plain_app, "worksheets", "write", str(out), *option)
    assert result.exit_code == 0, result.output
    numbers = [*(f"t{n:02}" for n in range(1, 5)), *(f"{n:02}" for n in range(1, 19))]
    wanted = {f"worksheet-{n}-{on}{ending}.pdf" for n in numbers for on in ("a4", "letter")}
    assert {file.name for file in out.iterdir()} == wanted
    assert f"{len(wanted)} files are in " in result.output
    letter = (out / f"worksheet-07-letter{ending}.pdf").read_bytes()
    assert paper(letter) == {(612, 792)}
    assert not (tmp_path / "never.db").exists()


def test_a_blank_sheet_is_written_as_a_form_for_a_screen(plain_app, tmp_path):
    out = tmp_path / "form.pdf"
    result = run(plain_app, "worksheets", "print", "w01", "--fillable", "--out", str(out))
    assert result.exit_code == 0, result.output
    assert fields(out.read_bytes())


def test_a_folder_that_cannot_be_made_is_told(plain_app, tmp_path):
    (tmp_path / "taken").write_text("a file")
    result = run(plain_app, "worksheets", "write", str(tmp_path / "taken" / "sheets"))
    assert result.exit_code == 1
    assert result.output.startswith("The worksheets were not all written. ")


def test_a_file_that_cannot_be_written_is_told(plain_app, tmp_path):
    out = tmp_path / "no such folder" / "sheet.pdf"
    result = run(plain_app, "worksheets", "print", "w02", "--out", str(out))
    assert result.exit_code == 1
    assert result.output.startswith("The worksheet was not printed. ")
    assert f"[Errno {errno.ENOENT}]" in result.output


def test_an_unknown_paper_is_told(plain_app, tmp_path):
    out = str(tmp_path / "sheet.pdf")
    result = run(plain_app, "worksheets", "print", "w02", "--paper", "a5", "--out", out)
    assert result.exit_code == 2
    assert "'a4', 'letter'" in result.output


def test_the_set_up_address_is_the_one_from_the_settings(new_app, tmp_path):
    run(new_app, "migrate")
    settings = Settings(
        tmp_path / "data",
        tmp_path / "keys" / "master.key",
        new_app.extensions["place"].database_url,
    )
    app = create_app(replace(settings, address="https://clinic.example", https=True))
    try:
        assert "https://clinic.example/set-up" in run(app, "setup-code").output
    finally:
        app.extensions["store"].engine.dispose()
