"""What reaches a partner outside the room: a mail, a code to scan, a slip of paper.

Nothing in here says what it is about, and nobody is named (security.md T2).
"""

import io
from dataclasses import dataclass
from typing import NamedTuple

import segno
from flask import current_app, url_for

from clinic.domain.print_pages import Head, PrintPage
from clinic.domain.said import mark, say
from clinic.domain.sheets import PAGE, Footer
from clinic.domain.worksheets import Paper
from clinic.pdf.printing import render
from clinic.web.language import chosen, direction, translate

SUBJECT = mark("A form for you")


def link_of(token: str) -> str:
    """Give the whole address of an invitation, as it is typed or scanned."""
    return f"{current_app.config['ADDRESS']}{url_for('entry.door', token=token)}"


class Mail(NamedTuple):
    """What one mail says, in the language of the request that sends it."""

    subject: str
    body: str


def invitation(token: str) -> Mail:
    """Write the mail: a link, how long it works, and whom to ask."""
    body = say(
        "Hello,\n\n"
        "here is the link to a form. Please open it when you are alone:\n\n"
        "%(link)s\n\n"
        "It works for two weeks. It is meant for you alone, so please do not pass it on.\n"
        "If you did not expect this, you can ignore it.\n",
        link=link_of(token),
    )
    return Mail(translate(SUBJECT), translate(body))


def reminder() -> Mail:
    """Write the reminder. It carries no link: the first mail has it, and one link is enough."""
    body = say(
        "Hello,\n\n"
        "a form is still waiting for you. The link in our earlier message still works.\n"
        "If you cannot find it, ask us for a new one.\n"
    )
    return Mail(translate(say("A form is waiting for you")), translate(body))


def qr_path(token: str) -> dict[str, object]:
    """Give the code to scan as one SVG path and its size in modules."""
    code = segno.make(link_of(token), error="m", micro=False)
    width, height = code.symbol_size(border=4)
    out = io.BytesIO()
    code.save(out, kind="svg", border=4, xmldecl=False, svgns=False, svgclass=None, lineclass=None)
    path = out.getvalue().decode().split('d="')[1].split('"')[0]
    return {"width": width, "height": height, "path": path}


@dataclass(frozen=True)
class Slip(PrintPage):
    """What the layout of a printed page needs of the slip."""

    worksheet: Head
    footer: Footer


def slip(token: str) -> bytes:
    """Print the slip that is handed over in the room."""
    template = current_app.jinja_env.get_template("invitations/_slip.html")
    sheet = Slip(Head(translate(SUBJECT), chosen()), Footer("", stop="", page=translate(PAGE)))
    html = template.render(
        link=link_of(token), code=qr_path(token), sheet=sheet, direction=direction()
    )
    return render(html, Paper.A4)
