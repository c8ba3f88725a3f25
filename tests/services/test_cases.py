"""Opening, changing and listing cases."""

import datetime as dt

import pytest
import time_machine

from clinic.domain.cases import ContactBy, SecretsPolicy
from clinic.services import audit, cases
from clinic.services.errors import MissingError, RefusedError
from tests.factories import (
    TODAY,
    at_work,
    case_details,
    case_of,
    fill_case,
    make_case,
)


def test_a_case_is_kept_as_it_was_opened(store, ines):
    with at_work(store, ines) as db:
        ref = make_case(db, "Ada", "Nour", "Kim", secrets_policy=SecretsPolicy.NO_SECRETS).public_id
    with at_work(store, ines) as db:
        case = cases.find_case(db, ref)
        assert case.title == "Ada, Nour and Kim"
        assert case.secrets_policy is SecretsPolicy.NO_SECRETS
        assert (case.concern, case.label) == ("outside-contact", "couple")
        assert (case.clinician_id, case.version) == (ines.id, 1)
        assert [partner.position for partner in case.partners] == [0, 1, 2]
        ada = case.partners[0]
        assert (ada.contact_by, ada.contact_details) == (ContactBy.EMAIL, "ada@example.org")
        assert ada.contact_notes == "evenings"


@time_machine.travel(dt.datetime(2026, 11, 20, 23, 30, tzinfo=dt.UTC), tick=False)
def test_a_case_is_opened_today(db):
    assert make_case(db).opened_on == TODAY


def test_changing_a_case_keeps_its_partners_and_changes_their_names(store, ines):
    with at_work(store, ines) as db:
        details = case_details(
            "Mara", "Jonas L.", label="family", secrets_policy=SecretsPolicy.FULL
        )
        cases.change_case(db, case_of(db, ines), details, version=1)
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        assert (case.title, case.label) == ("Mara and Jonas L.", "family")
        assert case.secrets_policy is SecretsPolicy.FULL
        assert tuple(partner.public_id for partner in case.partners) == ines.partner_refs
        assert case.version == 2


def test_a_partner_who_would_be_added_by_a_change_is_not_dropped_silently(db, ines):
    with pytest.raises(RefusedError, match="stay the same people"):
        cases.change_case(db, case_of(db, ines), case_details("Mara", "Jonas", "Kim"), version=1)


def test_progress_counts_one_of_each(store, ines):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        assert cases.progress(db, case) == cases.Progress(0, 0, 0, 0, 0, 0, 0)
        fill_case(db, case)
        assert cases.progress(db, case) == cases.Progress(1, 1, 1, 2, 2, 1, 0)


def test_progress_does_not_count_another_case_of_the_same_clinician(db, ines):
    fill_case(db, case_of(db, ines))
    assert cases.progress(db, make_case(db)) == cases.Progress(0, 0, 0, 0, 0, 0, 0)


def test_a_partner_is_found_within_the_case_only(db, ines, cast):
    case = case_of(db, ines)
    assert cases.find_partner(case, ines.partner_refs[1]).name == "Jonas"
    for ref in (cast["tomas"].partner_refs[0], ""):
        with pytest.raises(MissingError):
            cases.find_partner(case, ref)


def test_no_partner_means_the_therapist(db, ines):
    case = case_of(db, ines)
    assert cases.partner_id(case, "") is None
    assert cases.partner_id(case, ines.partner_refs[0]) == case.partners[0].id


def test_finding_a_case_is_noted_as_a_read_once(db, ines):
    for _ in range(2):
        case_of(db, ines)
    assert audit.reads_of(db) == [audit.Read("case.read", ines.case_ref)]
