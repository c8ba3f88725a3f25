"""What goes into a sheet: for its reader, and for nobody else's eyes."""

import datetime as dt
from dataclasses import replace

import pytest

from clinic.content.worksheets_loader import load_worksheets
from clinic.domain.accords import Position
from clinic.domain.answers import Placing
from clinic.domain.goals import Attainment
from clinic.domain.visibility import Audience
from clinic.domain.worksheets import SheetAudience
from clinic.models.accounts import Clinician
from clinic.services import accounts, audit, couple_map, goals, readings, worksheets
from clinic.services.days import today
from clinic.services.errors import MissingError
from clinic.services.sheet_fields import FIELDS, GROUPS
from clinic.services.sheet_sources import Wanted, Words
from tests.factories import (
    TODAY,
    at_work,
    case_of,
    make_appointment,
    make_formulation,
    make_pair,
)
from tests.services.answering import CONTENT, answer_all, treating
from tests.vignette_answers import THREE_PARTNERS, asked
from tests.web.comparison.handing_in import release

SHEETS = load_worksheets()


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


def wanted(ines, reader="", behaviours=()):
    """Ask for a sheet of Ines's case."""
    words = Words(
        lambda day: f"on {day:%d %m}",
        lambda day: f"again {day:%d %m}",
        {placing: placing.value for placing in Placing},
        {position: position.value for position in Position},
    )
    return Wanted(ines.case_ref, CONTENT.concern, words, reader, behaviours)


def printed(store, ines, reader, sheet="w13"):
    with narrow(store, ines) as db:
        return worksheets.fill_sheet(db, SHEETS[sheet], wanted(ines, reader))


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
        asked = wanted(ines, ines.partner_refs[0], ["Late calls"])
        fill = worksheets.fill_sheet(db, SHEETS["w02"], asked)
    assert fill.fields["name"] == (("Mara",),)
    assert fill.fields["behaviours"] == (("Late calls",),)


@pytest.mark.parametrize("who", ["tomas", "noa"])
def test_nobody_else_prints_a_sheet_of_the_case(who, store, cast, ines):
    with narrow(store, cast[who]) as db:
        with pytest.raises(MissingError):
            worksheets.fill_sheet(db, SHEETS["w13"], wanted(ines, ines.partner_refs[0]))
        with pytest.raises(MissingError):
            worksheets.fill_sheet(db, SHEETS["w03"], wanted(ines))


def test_a_sheet_is_for_a_partner_of_the_case(store, ines, cast):
    with narrow(store, ines) as db, pytest.raises(MissingError):
        worksheets.fill_sheet(db, SHEETS["w13"], wanted(ines, cast["noa"].partner_refs[0]))


def test_a_look_at_a_sheet_is_noted_with_whom_it_is_for(db, ines):
    worksheets.note_preview(db, "w13", ines.case_ref, ines.partner_refs[0])
    worksheets.note_preview(db, "w02", ines.case_ref, "")
    assert audit.reads_of(db) == [
        audit.Read("worksheet.w13.previewed", ines.partner_refs[0]),
        audit.Read("worksheet.w02.previewed", ines.case_ref),
    ]


def test_every_field_that_a_sheet_for_partners_names_has_a_source():
    for sheet in SHEETS.values():
        if sheet.audience is not SheetAudience.THERAPIST:
            names = {name.split(".")[0] for name in sheet.prefill}
            assert names <= {*FIELDS, *GROUPS}, sheet.key


@pytest.fixture
def taken_on(store, ines):
    """A goal of openness that Mara has taken on, and another that Jonas has."""
    with at_work(store, ines) as db:
        case, soon = case_of(db, ines), today() + dt.timedelta(days=20)
        mara, jonas = ines.partner_refs
        days = {"review_on": soon, "ends_on": soon}
        make_pair(db, case, stub="G17", wording="shows less", owners=[mara], **days)
        make_pair(db, case, stub="G10", wording="asks more", owners=[jonas])


def test_a_sheet_of_one_holds_the_goals_which_that_one_took_on(store, ines, taken_on):
    mara, jonas = ines.partner_refs
    own = {ref: printed(store, ines, ref, "w10").fields["own_goals"] for ref in (mara, jonas)}
    assert ("shows less",) in own[mara]
    assert ("shows less",) not in own[jonas]
    assert ("asks more",) in own[jonas]


def test_openness_holds_the_goals_of_openness_alone(store, ines, taken_on):
    mara, jonas = ines.partner_refs
    assert printed(store, ines, mara, "w08").fields["openness_goals"] == (("shows less",),)
    assert printed(store, ines, jonas, "w08").fields["openness_goals"] == ()


def test_the_check_in_holds_every_goal_with_room_beside_it(store, ines, taken_on):
    rows = printed(store, ines, "", "w14").fields["shared_goals"]
    assert ("shows less", "", "") in rows
    assert ("asks more", "", "") in rows


def test_a_sheet_that_one_of_them_brings_cannot_be_filled_for_nobody(store, ines):
    with narrow(store, ines) as db, pytest.raises(MissingError):
        worksheets.fill_sheet(db, SHEETS["w08"], wanted(ines))


def test_the_pattern_holds_the_summary_only_once_it_was_shared(store, ines):
    with at_work(store, ines) as db:
        number = make_formulation(
            db, case_of(db, ines), couple_summary="You miss the evenings"
        ).number
    assert printed(store, ines, "", "w06").fields["summary"] == ()
    with at_work(store, ines) as db:
        readings.share_summary(db, case_of(db, ines), number, TODAY)
    assert printed(store, ines, "", "w06").fields["summary"] == (("You miss the evenings",),)


def maps_of(store, ines, answered, *names):
    """Fill the maps after these partners have released the one row, and it was shown."""
    [behaviour] = asked(THREE_PARTNERS)
    release(store, answered, behaviour, *names)
    with treating(store, ines, answered) as (db, case):
        couple_map.reveal(db, case, CONTENT, behaviour)
    with narrow(store, ines) as db:
        asked_for = replace(wanted(ines), case_ref=answered.case_ref)
        fields = worksheets.fill_sheet(db, SHEETS["w03"], asked_for).fields
    assert fields["alike"][0] == fields["differ"][0] == ("Kim", "Lou", "Tariq")
    [row] = [*fields["alike"][1:], *fields["differ"][1:]]
    assert row[0] == CONTENT.concern.behaviours[behaviour].label
    return row[1:]


def test_on_the_maps_of_three_a_cell_stays_empty_where_nothing_was_released(store, ines):
    answered = answer_all(store, ines, THREE_PARTNERS)
    kim, lou, tariq = maps_of(store, ines, answered, "Kim", "Lou")
    assert kim
    assert lou
    assert tariq == ""
    assert all(maps_of(store, ines, answered, "Tariq"))
