"""What was printed: the very PDF once more, for the therapist and whoever it was for."""

import base64

import pytest

from clinic.domain.visibility import Audience, Layer
from clinic.domain.worksheets import SheetAudience
from clinic.keyring.errors import ClosedLayerError
from clinic.models.accounts import Clinician
from clinic.services import accounts, audit, sheet_prints
from clinic.services.cases import find_case
from clinic.services.errors import MissingError
from clinic.services.sheet_prints import Item
from tests.factories import at_work, case_of, make_case
from tests.print_factories import PDF, make_print, printed


def test_the_very_pdf_comes_back_with_what_is_known_of_it(store, ines):
    with at_work(store, ines) as db:
        ref = make_print(db, case_of(db, ines), large := PDF * 3_000).public_id
    with at_work(store, ines, writes=False) as db:
        row, pdf = sheet_prints.again(db, case := case_of(db, ines), ref)
        assert pdf == large
        assert row.digest == sheet_prints.digest(large)
        assert sheet_prints.items_of(row) == [Item("w13", 1, ("name", "goals.text"))]
        assert (row.partner_id, row.author_id) == (case.partners[0].id, ines.id)
        assert sheet_prints.authors(db, [row]) == {ines.id: ines.name}
        assert audit.reads_of(db) == [
            audit.Read("case.read", ines.case_ref),
            audit.Read("worksheet.printed-again", ref),
        ]


def test_the_newest_comes_first_and_no_pdf_is_read_for_the_list(db, ines):
    case = case_of(db, ines)
    rows = [make_print(db, case) for _ in range(2)]
    db.expire_all()
    listed = sheet_prints.list_printed(db, case)
    assert listed == rows[::-1]
    assert all("sealed_pdf" not in vars(row) for row in listed)


def test_a_print_lies_in_the_layer_of_whoever_it_is_for(db, ines):
    case = case_of(db, ines)
    layers = {audience: make_print(db, case, audience=audience).layer for audience in SheetAudience}
    assert layers == {
        SheetAudience.PARTNER: Layer.PRIVATE,
        SheetAudience.EACH: Layer.PRIVATE,
        SheetAudience.COUPLE: Layer.SHARED,
        SheetAudience.THERAPIST: Layer.CLINICIAN,
    }


@pytest.mark.parametrize(
    ("audience", "open_to"),
    [
        (SheetAudience.EACH, {"first"}),
        (SheetAudience.COUPLE, {"first", "second", "couple"}),
        (SheetAudience.THERAPIST, set()),
    ],
)
def test_another_partner_s_keys_open_no_print_of_one_person(store, ines, audience, open_to):
    first, second = ines.partner_refs
    with at_work(store, ines) as db:
        ref = make_print(db, case_of(db, ines), audience=audience).public_id
    readers = {
        "first": (Audience.PARTNER, first),
        "second": (Audience.PARTNER, second),
        "couple": (Audience.COUPLE, ""),
    }
    assert {name for name, who in readers.items() if opens(store, ines, ref, *who)} == open_to


def opens(store, ines, ref, audience, person):
    """Tell whether the keys of an audience open a print, all of it or nothing."""
    with store.session(writes=False) as db:
        with db.as_system():
            clinician = db.get_one(Clinician, ines.id)
        accounts.enter_for(db, store, clinician, audience, person)
        case = find_case(db, ines.case_ref)
        [row] = [each for each in sheet_prints.list_printed(db, case) if each.public_id == ref]
        for name in ("pdf", "items", "digest"):
            try:
                getattr(row, name)
            except ClosedLayerError:
                return False
        return base64.b64decode(row.pdf) == PDF


def test_what_is_not_committed_is_not_on_record(store, ines):
    """The print and its record come together: whoever prints commits both."""
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        before = len(sheet_prints.list_printed(db, case))
        sheet_prints.record(db, case, printed(case), PDF)
    with at_work(store, ines) as db:
        assert len(sheet_prints.list_printed(db, case_of(db, ines))) == before


def test_a_sheet_of_one_person_needs_that_person_from_the_case(db, ines, cast):
    case = case_of(db, ines)
    for reader in ("", cast["noa"].partner_refs[0]):
        with pytest.raises(MissingError):
            sheet_prints.record(db, case, printed(case, reader_ref=reader), PDF)


@pytest.mark.parametrize("who", ["tomas", "noa"])
def test_nobody_else_prints_it_again_and_no_other_case_holds_it(who, store, cast, ines):
    with at_work(store, ines) as db:
        ref = make_print(db, case_of(db, ines)).public_id
        with pytest.raises(MissingError):
            sheet_prints.again(db, make_case(db), ref)
    with at_work(store, cast[who]) as db, pytest.raises(MissingError):
        sheet_prints.again(db, case_of(db, cast[who]), ref)
