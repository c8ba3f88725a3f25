"""From a filled packet to its PDF: the cover, the sheets, and a bookmark for each.

Nothing is read any more while it is printed, so no transaction waits for a press.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from flask import Flask, Response, current_app

from clinic.domain.packets import CONTENTS, LANGUAGE, NAME_LABELS, TITLE, Cover, contents
from clinic.domain.sheets import Footer, SheetFill
from clinic.domain.worksheets import NAME_FIELD, SheetAudience, Worksheet
from clinic.pdf.printing import Part, PrintError, join, page_counts, render
from clinic.services import audit
from clinic.services.days import today
from clinic.services.packet_leases import Made, Task
from clinic.services.packet_work import Beat, NotPrintableError
from clinic.services.rows import Store
from clinic.web.packet_filling import FilledPacket, Look, as_said, desk_of, fill_packet, naming
from clinic.web.printing import print_sheet, worded


def print_packet(filled: FilledPacket, beat: Beat, at_once: int = 1) -> bytes:
    """Print a packet: so many sheets at a time, then the cover, then all of it in one.

    Raises NotPrintableError naming the sheet that cannot be printed.
    """
    copies, pdfs = filled.packet.copies, []
    for pdf in _printed(filled, at_once):
        pdfs.append(pdf)
        beat(len(pdfs) * copies)
    titles = [worksheet.title for worksheet, _ in filled.sheets]
    try:
        cover = _cover(filled, list(zip(titles, page_counts(pdfs), strict=True)))
        parts = [
            Part(f"{title} ({number})" if copies > 1 else title, pdf)
            for title, pdf in zip(titles, pdfs, strict=True)
            for number in range(1, copies + 1)
        ]
        return join([Part(CONTENTS, cover), *parts], TITLE, LANGUAGE)
    except PrintError as fault:
        raise NotPrintableError(as_said(fault.args[0])) from fault


def print_task(app: Flask, store: Store, task: Task, beat: Beat) -> Made:
    """Print one packet of a job, for a worker: first all of it is read, then it is printed."""
    with app.app_context():
        with desk_of(store, task.clinician_id) as desk:
            look = Look(task.paper, task.size, desk.clinician.practice.resource_line)
            filled = fill_packet(desk, task.packet, look, blank=task.blank)
            reads = audit.reads_of(desk.db)
        return Made(print_packet(filled, beat), filled.items, reads)


def as_answer(pdf: bytes) -> Response:
    """Answer with a packet; its name says a day, and nobody's name."""
    response = Response(pdf, mimetype="application/pdf")
    name = f"packet-{today().isoformat()}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _printed(filled: FilledPacket, at_once: int) -> Iterator[bytes]:
    # Looked up here: a thread beside this one has no app of its own.
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    look = filled.look

    def one(sheet: tuple[Worksheet, SheetFill]) -> bytes:
        worksheet, fill = sheet
        with app.app_context(), naming(worksheet):
            return print_sheet(worksheet, fill, look.paper, look.resources, look.size)

    if at_once == 1:
        yield from map(one, filled.sheets)
        return
    with ThreadPoolExecutor(at_once) as pool:
        yield from pool.map(one, filled.sheets)


def _cover(filled: FilledPacket, sheets: Sequence[tuple[str, int]]) -> bytes:
    pdf = _print_cover(filled, sheets, 1)
    [pages] = page_counts([pdf])
    # A long list takes a second page, and moves all that follows.
    return pdf if pages == 1 else _print_cover(filled, sheets, pages)


def _print_cover(filled: FilledPacket, sheets: Sequence[tuple[str, int]], pages: int) -> bytes:
    packet, look = filled.packet, filled.look
    cover = Cover(
        NAME_LABELS[packet.audience],
        _own_name(filled),
        tuple(contents(sheets, pages, packet.copies)),
        Footer(worded(filled.sheets[0][0])(today()), look.resources),
        look.size,
    )
    template = current_app.jinja_env.get_template("worksheets/cover.html")
    return render(template.render(sheet=cover), look.paper)


def _own_name(filled: FilledPacket) -> str:
    """Give the reader's own first name, as the sheets have it; nobody else's is on a cover."""
    if filled.packet.audience is not SheetAudience.PARTNER:
        return ""
    rows = (fill.fields.get(NAME_FIELD) for _, fill in filled.sheets)
    return next((row[0][0] for row in rows if row), "")
