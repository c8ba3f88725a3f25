"""What goes into a sheet: for its reader, and for nobody else's eyes."""

import pytest

from clinic.domain.goals import Attainment
from clinic.domain.visibility import Audience
from clinic.models.accounts import Clinician
from clinic.services import accounts, audit, goals, worksheets
from clinic.services.errors import MissingError
from tests.factories import at_work, case_of, make_appointment, make_pair


def narrow(store, person):
    """Give a session that opens only what the couple may read."""
    db = store.session(writes=False)
    with db.as_system():
        clinician = db.get_one(Clinician, person.id)
    accounts.enter_for(db, store, clinician, Audience.COUPLE)
    return db


@pytest.fixture
def rated(store, ines):
    """A goal that both partners and the therapist rated at two appointments."""
    mara, jonas = ines.partner_refs
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        goal = make_pair(db, case)[0].public_id
        first, second = make_appointment(db, case), make_appointment(db, case)
        for appointment, rater, own in (
            (first, mara, 2),
            (first, mara, 3),
            (first, jonas, 9),
            (second, mara, 4),
            (second, "", 8),
        ):
            ratings = {goal: goals.RatingDetails(Attainment.LESS, own)}
            goals.rate_goals(db, case, appointment, rater, ratings)


def printed(store, ines, reader):
    with narrow(store, ines) as db:
        return worksheets.goals_sheet(db, ines.case_ref, reader, lambda day: f"on {day:%d %m}")


def test_a_goals_sheet_shows_the_reader_s_own_newest_ratings_only(store, ines, rated):
    mara, jonas = ines.partner_refs
    for_mara, for_jonas = printed(store, ines, mara), printed(store, ines, jonas)
    assert for_mara.groups["goals"][0]["ratings"] == (("1", "3"), ("2", "4"))
    assert for_jonas.groups["goals"][0]["ratings"] == (("1", "9"),)
    assert for_mara.groups["goals"][1]["ratings"] == ()


def test_a_goals_sheet_shows_what_the_partners_agreed(store, ines, rated):
    fill = printed(store, ines, ines.partner_refs[1])
    assert fill.fields["name"] == (("Jonas",),)
    assert fill.fields["partners"] == (("Mara",), ("Jonas",))
    goal = fill.groups["goals"][0]
    assert goal["text"] == (("phones stay in the kitchen at night",),)
    assert goal["owners"] == (("Mara, Jonas",),)
    assert goal["review"] == (("on 18 12",),)
    assert goal["anchors"][0] == ("1 nights a week",)
    assert goal["why"] == ()


def test_a_behaviours_sheet_holds_the_labels_it_was_given_and_no_record(store, ines):
    with narrow(store, ines) as db:
        fill = worksheets.behaviours_sheet(db, ines.case_ref, ines.partner_refs[0], ["Late calls"])
    assert fill.fields["name"] == (("Mara",),)
    assert fill.fields["behaviours"] == (("Late calls",),)


@pytest.mark.parametrize("who", ["tomas", "noa"])
def test_nobody_else_prints_a_sheet_of_the_case(who, store, cast, ines):
    with narrow(store, cast[who]) as db:
        with pytest.raises(MissingError):
            worksheets.goals_sheet(db, ines.case_ref, ines.partner_refs[0], str)
        with pytest.raises(MissingError):
            worksheets.behaviours_sheet(db, ines.case_ref, ines.partner_refs[0], [])


def test_a_sheet_is_for_a_partner_of_the_case(store, ines, cast):
    with narrow(store, ines) as db, pytest.raises(MissingError):
        worksheets.goals_sheet(db, ines.case_ref, cast["noa"].partner_refs[0], str)


def test_a_print_is_noted_with_whom_it_was_for(db, ines):
    worksheets.record_print(db, "w13", ines.case_ref, ines.partner_refs[0])
    worksheets.record_print(db, "w02", ines.case_ref, "")
    assert audit.reads_of(db) == [
        audit.Read("worksheet.w13.printed", ines.partner_refs[0]),
        audit.Read("worksheet.w02.printed", ines.case_ref),
    ]
