"""The symptom layer as it is stored."""

from clinic.domain.agreement import OnsetStatus, Openness
from clinic.domain.behaviours import Frequency, HowKnown, StillHappening, Zone
from clinic.services import behaviours
from clinic.services.behaviours import Placing
from tests.factories import (
    at_work,
    behaviour_details,
    case_of,
    make_behaviour,
    onset_details,
)


def placings_of(case, row):
    refs = {partner.id: partner.public_id for partner in case.partners} | {None: ""}
    return {
        refs[each.rater_id]: Placing(each.zone, each.concealment, each.function, each.agreement)
        for each in row.ratings
    }


def test_a_behaviour_is_kept_as_it_was_recorded(store, ines):
    with at_work(store, ines) as db:
        ref = make_behaviour(db, case_of(db, ines)).public_id
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        row = behaviours.find_behaviour(db, case, ref)
        mara, jonas = case.partners
        assert (row.behaviour, row.about_id, row.reporter_id) == ("B01", jonas.id, mara.id)
        assert (row.since_year, row.since_month, row.times_raised) == (2026, 3, 2)
        assert row.frequency is Frequency.WEEKLY
        assert row.still_happening is StillHappening.YES
        assert row.how_known is HowKnown.DISCOVERED
        assert row.own_words == "messages after midnight"
        assert (row.outsider_role, row.notes) == ("a colleague", "came up twice")
        assert [each.response for each in row.responses] == ["R01", "R02"]
        assert placings_of(case, row) == dict(behaviour_details(case).placings)


def test_a_behaviour_in_own_words_alone_is_enough(db, ines):
    row = make_behaviour(db, case_of(db, ines), behaviour="", reporter="")
    assert (row.behaviour, row.reporter_id) == (None, None)


def test_a_changed_behaviour_keeps_its_raters_and_responses_apart(store, ines):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        row = make_behaviour(db, case)
        kept = {each.id for each in row.ratings}
        mara, jonas = ines.partner_refs
        placings = {mara: Placing(Zone.WITHIN, 0, 0, 0), jonas: Placing(Zone.GRAY)}
        details = behaviour_details(
            case, own_words="", responses=("R02", "R05"), placings=placings, since=(None, None)
        )
        behaviours.change_behaviour(db, case, row, details, version=1)
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        (row,) = behaviours.list_behaviours(db, case)
        assert [each.response for each in row.responses] == ["R02", "R05"]
        assert placings_of(case, row) == placings | {"": Placing(Zone.GRAY, 1, None, 2)}
        assert kept < {each.id for each in row.ratings}
        assert (row.own_words, row.since_year, row.version) == ("", None, 2)


def test_behaviours_are_listed_in_the_order_they_were_recorded(db, ines):
    case = case_of(db, ines)
    refs = [make_behaviour(db, case).public_id for _ in range(3)]
    assert [row.public_id for row in behaviours.list_behaviours(db, case)] == refs


def test_the_onset_is_not_written_until_somebody_writes_it(db, ines):
    case = case_of(db, ines)
    assert behaviours.find_onset(db, case) is None
    assert behaviours.list_onset_positions(db, case) == {}


def test_each_partner_s_account_of_the_onset_is_kept_beside_the_other(store, ines):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        behaviours.write_onset(db, case, onset_details(case), version=0)
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        onset = behaviours.find_onset(db, case)
        assert (onset.status, onset.wording) == (OnsetStatus.DIFFERS, "no contact outside work")
        positions = behaviours.list_onset_positions(db, case)
        told = [
            (positions[partner.id].openness, positions[partner.id].words)
            for partner in case.partners
        ]
        assert told == list(onset_details(case).positions.values())


def test_a_changed_account_of_the_onset_leaves_the_other_partner_s_alone(store, ines):
    mara, jonas = ines.partner_refs
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        behaviours.write_onset(db, case, onset_details(case), version=0)
        changed = onset_details(
            case,
            status=OnsetStatus.IMPLICIT,
            wording="",
            positions={jonas: (Openness.ASSUMED, "")},
        )
        behaviours.write_onset(db, case, changed, version=1)
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        onset = behaviours.find_onset(db, case)
        assert (onset.status, onset.wording) == (OnsetStatus.IMPLICIT, "")
        positions = behaviours.list_onset_positions(db, case)
        assert positions[case.partners[0].id].words == "we said it in May"
        assert positions[case.partners[1].id].openness is Openness.ASSUMED
        assert positions[case.partners[1].id].words == ""
        assert mara == case.partners[0].public_id
