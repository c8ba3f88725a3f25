"""Printing blank worksheets from a terminal; no case is needed, and no record is opened."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click
from flask.cli import AppGroup

from clinic.domain.worksheets import Paper, TypeSize, Worksheet
from clinic.pdf.printing import PrintError, pictures
from clinic.web.contents import reviewed
from clinic.web.printing import blank_fill, file_name, print_sheet

commands = AppGroup("worksheets", help="Worksheets on paper.")
#: How wide a picture of a page is, in pixels.
PICTURE_WIDTH = 400
PAPERS = {"a4": Paper.A4, "letter": Paper.LETTER}
large = click.option("--large", is_flag=True, help="Large print, 18 points.")
fillable = click.option("--fillable", is_flag=True, help="Forms to fill in on a screen.")


@commands.command("print")
@click.argument("sheet")
@click.option("--paper", type=click.Choice(list(PAPERS)), default="a4", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
@large
@fillable
def print_blank(sheet: str, paper: str, out: Path, **how: bool) -> None:
    """Print a blank worksheet, such as w02, to a file."""
    sheets = reviewed().worksheets
    worksheet = sheets.get(sheet.lower())
    if worksheet is None:
        sys.exit(f"There is no worksheet {sheet}. There are: {', '.join(sheets)}.")
    try:
        out.write_bytes(_printed(worksheet, PAPERS[paper], **how))
    except (PrintError, OSError) as fault:
        sys.exit(f"The worksheet was not printed. {fault}")
    click.echo(f"{worksheet.title} is in {out}.")


@commands.command("write")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@large
@click.option("--pictures", "drawn", is_flag=True, help="Pictures of first pages, not PDFs.")
@fillable
def write_all(folder: Path, *, drawn: bool, **how: bool) -> None:
    """Write every blank worksheet, on both papers, to a folder; or a picture of each first page."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        written = _draw(folder) if drawn else _write(folder, **how)
    except (PrintError, OSError) as fault:
        sys.exit(f"The worksheets were not all written. {fault}")
    click.echo(f"{len(written)} files are in {folder}.")


def _write(folder: Path, *, large: bool, fillable: bool) -> Sequence[Path]:
    marks = ["large"] * large + ["fillable"] * fillable
    written = []
    for worksheet in reviewed().worksheets.values():
        for name, paper in PAPERS.items():
            written.append(folder / file_name(worksheet, "-".join((name, *marks))))
            pdf = _printed(worksheet, paper, large=large, fillable=fillable)
            written[-1].write_bytes(pdf)
    return written


def _draw(folder: Path) -> Sequence[Path]:
    written = []
    for key, worksheet in reviewed().worksheets.items():
        pdf = _printed(worksheet, Paper.A4, large=False, fillable=False)
        written.append(folder / f"{key}.png")
        written[-1].write_bytes(pictures(pdf, PICTURE_WIDTH)[0])
    return written


def _printed(worksheet: Worksheet, paper: Paper, *, large: bool, fillable: bool) -> bytes:
    concern = next(iter(reviewed().library.concerns.values()))
    size = TypeSize.LARGE if large else TypeSize.NORMAL
    fill = blank_fill(worksheet, concern)
    return print_sheet(worksheet, fill, paper, "", size, fillable=fillable)
