"""What is done in a terminal: preparing the records, the set-up code, keys, backups, mail."""

import sys
from pathlib import Path

import click
from flask import Flask, current_app

from clinic.keyring.errors import KeyProblemError
from clinic.keyring.master import from_recovery_code
from clinic.services import accounts, upkeep
from clinic.services.backup import BackupError, back_up
from clinic.web.database import get_store
from clinic.web.demo_command import demo
from clinic.web.worker_command import worker


@click.command()
def migrate() -> None:
    """Make what is missing and bring the tables up to date. Safe to run again."""
    place: upkeep.Place = current_app.extensions["place"]
    is_new = not place.key_file.exists()
    try:
        upkeep.prepare_records(place).engine.dispose()
    except upkeep.StartError as fault:
        sys.exit(f"Undercurrent cannot start. {fault}")
    if is_new:
        sheet = place.key_file.with_name(upkeep.SHEET_NAME)
        click.echo(f"A new key was made. Print its recovery sheet, then delete it: {sheet}")


@click.command("setup-code")
def setup_code() -> None:
    """Print the one-time code for the first visit, as long as there is no practice."""
    with get_store().session(writes=True) as db:
        code = accounts.new_setup_code(db)
    if code:
        address = current_app.config["ADDRESS"]
        click.echo(f"Set up your practice at {address}/set-up with this code: {code}")


@click.command("restore-key")
def restore_key() -> None:
    """Type the recovery sheet in, to put a lost key file back."""
    place: upkeep.Place = current_app.extensions["place"]
    code = click.prompt("Type the groups of the recovery sheet", hide_input=True)
    try:
        upkeep.restore_key(place, from_recovery_code(code))
    except KeyProblemError as fault:
        sys.exit(str(fault))
    click.echo(f"The key is back at {place.key_file}.")


@click.command()
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
def backup(target: Path) -> None:
    """Write an encrypted copy of the records while they are in use, and prove that it opens."""
    try:
        lines = back_up(get_store(), target)
    except (BackupError, upkeep.StartError) as fault:
        sys.exit(f"There is no backup. {fault}")
    click.echo(f"{target} opens with your key and holds {lines} audit lines.")


def init_app(app: Flask) -> None:
    """Offer the commands."""
    for command in (migrate, setup_code, restore_key, backup, demo, worker):
        app.cli.add_command(command)
