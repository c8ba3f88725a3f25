"""Printing blank worksheets from a terminal; no case is needed, and no record is opened."""

import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from clinic.domain.worksheets import Paper
from clinic.pdf.printing import PrintError
from clinic.web.contents import reviewed
from clinic.web.printing import blank_fill, print_sheet

commands = AppGroup("worksheets", help="Worksheets on paper.")
PAPERS = {"a4": Paper.A4, "letter": Paper.LETTER}


@commands.command("print")
@click.argument("sheet")
@click.option("--paper", type=click.Choice(list(PAPERS)), default="a4", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
def print_blank(sheet: str, paper: str, out: Path) -> None:
    """Print a blank worksheet, such as w02, to a file."""
    contents = reviewed()
    worksheet = contents.worksheets.get(sheet.lower())
    if worksheet is None:
        sys.exit(f"There is no worksheet {sheet}. There are: {', '.join(contents.worksheets)}.")
    concern = next(iter(contents.library.concerns.values()))
    try:
        pdf = print_sheet(worksheet, blank_fill(sheet.lower(), concern), PAPERS[paper], "")
        out.write_bytes(pdf)
    except (PrintError, OSError) as fault:
        sys.exit(f"The worksheet was not printed. {fault}")
    click.echo(f"{worksheet.title} is in {out}.")
