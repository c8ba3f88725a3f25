"""Every sheet that fits a case, printed from its pages and read back."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle

from flask import Flask
from sqlalchemy import select

from clinic.domain.blocks import Block
from clinic.domain.guard import NOT_OPEN
from clinic.domain.visibility import Layer
from clinic.domain.worksheets import Paper, SheetAudience, TypeSize
from clinic.models.accounts import Clinician
from clinic.models.base import Base
from clinic.models.cases import Case
from clinic.models.sealed import sealed_texts
from clinic.models.sheet_prints import SheetPrint
from clinic.services import accounts
from tests import pdf_reader
from tests.journeys.hands import FormHands
from tests.journeys.walk import WORKSHEETS

#: The paper, the size of type, and whether it is filled in.
Way = tuple[Paper, TypeSize, bool]

#: UNDERCURRENT_FULL=1 prints each sheet in every way; else each in one way, and every way occurs.
EVERY_WAY = bool(os.environ.get("UNDERCURRENT_FULL"))
WAYS: list[Way] = [
    (paper, size, filled)
    for filled in (True, False)
    for paper, size in (
        (Paper.A4, TypeSize.NORMAL),
        (Paper.LETTER, TypeSize.LARGE),
        (Paper.LETTER, TypeSize.NORMAL),
        (Paper.A4, TypeSize.LARGE),
    )
]
#: Shorter than this, words may stand anywhere by chance.
SHORTEST_SECRET = 14


@dataclass(frozen=True)
class Print:
    """One sheet as it came out, for whom, and whether it was filled in."""

    sheet: str
    reader: str
    filled: bool
    pdf: bytes

    @property
    def words(self) -> str:
        return " ".join(" ".join(each.text for each in pdf_reader.elements(self.pdf)).split())


def check_every_sheet(hands: FormHands, case: str, shut: frozenset[str] = frozenset()) -> None:
    """Print what fits, and find on it the right words in the right order, and no secret."""
    app = hands.client.application
    if app.extensions["store"].engine.dialect.name != "sqlite":
        # The same rows make the same pages on both, which has a test of its own.
        return
    told = secrets(app, case)
    assert told, "a case without secrets proves nothing"
    ways = cycle(WAYS[:2])
    for key, worksheet in WORKSHEETS.items():
        if key in shut:
            hands.open(f"{case}/worksheets/{key}")
            assert NOT_OPEN in hands.html().get_text(), key
            continue
        if not worksheet.prefill and not EVERY_WAY:
            # Nothing of any case is on it: it is looked at blank.
            continue
        for way in WAYS if EVERY_WAY else [next(ways)]:
            for printed in print_each(hands, f"{case}/worksheets/{key}", way):
                check(printed, told)


def print_each(hands: FormHands, url: str, way: Way) -> Iterator[Print]:
    """Print one sheet for each person who may be its reader."""
    paper, size, filled = way
    hands.open(url)
    page = hands.html()
    readers = {str(each["value"]): name(page, each) for each in page.select("[name=reader]")}
    boxes = {str(each["name"]) for each in page.select("main form input")}
    for ref, reader in (readers or {"": ""}).items():
        sent = {
            "csrf_token": str(page.select_one("[name=csrf_token]")["value"]),
            "paper": paper.value,
            "size": size.value,
            **({"reader": ref} if ref else {}),
            **({"filled": "all"} if filled and "filled" in boxes else {}),
        }
        with hands.client.post(url, data=sent, follow_redirects=True) as answer:
            assert answer.mimetype == "application/pdf", answer.get_data(as_text=True)
            yield Print(url.rpartition("/")[2], reader, filled, answer.get_data())


def name(page, box) -> str:
    return page.select_one(f"label[for={box['id']}]").get_text(strip=True)


def check(printed: Print, told: Mapping[Layer, set[str]]) -> None:
    worksheet, words = WORKSHEETS[printed.sheet], printed.words
    place = 0
    for expected in (worksheet.title, worksheet.purpose, worksheet.name_label):
        assert expected in words[place:], (printed.sheet, expected)
        place = words.index(expected, place)
    for section in worksheet.sections:
        blocks = [block for block in section.blocks if not comes_with_its_words(block)]
        if section.repeat or not blocks:
            continue
        for expected in (section.title, *(block.caption for block in blocks)):
            assert expected in words[place:], (printed.sheet, expected)
            place = words.index(expected, place)
    everything = words + pdf_reader.xmp(printed.pdf) + str(pdf_reader.metadata(printed.pdf))
    for layer in closed_to(worksheet.audience):
        found = [secret for secret in told.get(layer, ()) if secret in everything]
        assert not found, (printed.sheet, printed.reader, found)
    if not printed.filled:
        assert printed.reader not in words.split() or not printed.reader


def comes_with_its_words(block: Block) -> bool:
    """Tell whether a piece stands on the sheet only when something is filled in."""
    return block.kind == "matrix" or getattr(block, "count", 1) == 0


def closed_to(audience: SheetAudience) -> frozenset[Layer]:
    never = frozenset({Layer.SAFETY, Layer.PROCESS})
    alone = audience is SheetAudience.THERAPIST
    return never if alone else never | {Layer.PRIVATE, Layer.CLINICIAN}


def secrets(app: Flask, case: str) -> Mapping[Layer, set[str]]:
    """Give every typed text of a case by its layer, line by line, but what is shared as well."""
    found: dict[Layer, set[str]] = {}
    store = app.extensions["store"]
    with store.session(writes=False) as db:
        with db.as_system():
            row = db.scalars(select(Case).where(Case.public_id == case.split("/")[2])).one()
            clinician = db.get_one(Clinician, row.clinician_id)
        accounts.enter(db, store, clinician)
        for kind in (each.class_ for each in Base.registry.mappers):
            if kind is SheetPrint or "case_id" not in kind.__table__.columns:
                continue
            for each in db.scalars(select(kind).where(kind.case_id == row.id)):
                for sealed in sealed_texts(kind):
                    layer = sealed.place(each).layer
                    lines = str(getattr(each, sealed.name)).splitlines()
                    found.setdefault(layer, set()).update(lines)
    shared = "\n".join(found.pop(Layer.SHARED, set()))
    return {
        layer: {line for line in lines if len(line) >= SHORTEST_SECRET and line not in shared}
        for layer, lines in found.items()
    }
