"""The demo in a terminal: invented cases to look around in, and how to sign in to them."""

import datetime as dt
import sys

import click
from flask import current_app

from clinic.content.vignettes_loader import load_demo
from clinic.services.demo.practice import SignIn, prepare_demo
from clinic.services.errors import RefusedError
from clinic.services.upkeep import StartError
from clinic.web.contents import reviewed
from clinic.web.database import get_store


@click.command()
def demo() -> None:
    """Fill an empty database with invented cases, and print who can sign in. Safe to run again."""
    wanted = load_demo(reviewed().library)
    today = dt.datetime.now(dt.UTC).date()
    try:
        sign_ins = prepare_demo(get_store(), wanted, today)
    except (RefusedError, StartError) as fault:
        sys.exit(f"The demo was not prepared. {fault}.")
    click.echo(f"{wanted.practice.name} is at {current_app.config['ADDRESS']}. Sign in as:")
    for each in sign_ins:
        click.echo(_line(each))
    click.echo("Everybody in it is invented. Keep nothing real there: its passwords are no secret.")


def _line(each: SignIn) -> str:
    return f"  {each.clinician}: {each.email}, password: {each.password or 'changed since'}"
