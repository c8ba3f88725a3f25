"""A case that goes to a colleague: all of it, to one person, and with what partners were given."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from clinic.domain.case_ends import TransferState
from clinic.domain.invitations import Handing
from clinic.services import audit, caseload, cases, drafts, invitations, safety, transfers
from clinic.services.errors import MissingError, RefusedError
from tests import factories as made
from tests import life_factories as life
from tests.factories import at_work, case_of, fill_case, make_appointment
from tests.note_factories import make_note, sign
from tests.safety_factories import fill_safety


def offered(store, person):
    with at_work(store, person) as db:
        return life.offer(db, case_of(db, person)).public_id


def taken_over(store, ines, tomas):
    ref = offered(store, ines)
    with at_work(store, tomas) as db:
        return transfers.accept_offer(db, ref)


def test_an_offer_shows_the_colleague_the_names_and_the_words_alone(store, ines, cast):
    ref = offered(store, ines)
    with at_work(store, cast["tomas"], writes=False) as db:
        assert transfers.offers_to_me(db) == [ref]
        offer = transfers.find_offer(db, ref)
        assert (offer.title, offer.label, offer.words) == (
            "Mara and Jonas",
            "couple",
            "calm work, weekly",
        )
        assert (offer.giver, offer.receiver, offer.mine) == ("Ines Ferrara", "Tomas Lind", False)
        assert audit.reads_of(db) == [audit.Read("transfer.read", ines.case_ref)]
        with pytest.raises(MissingError):
            cases.find_case(db, ines.case_ref)


def test_once_taken_over_the_case_is_the_colleague_s_and_no_longer_the_giver_s(store, ines, cast):
    taken_over(store, ines, cast["tomas"])
    with at_work(store, cast["tomas"]) as db:
        assert cases.find_case(db, ines.case_ref).title == "Mara and Jonas"
        assert ines.case_ref in [line.public_id for line in caseload.list_cases(db).lines]
        assert transfers.offers_to_me(db) == []
    with at_work(store, ines) as db:
        with pytest.raises(MissingError):
            cases.find_case(db, ines.case_ref)
        assert caseload.list_cases(db).lines == []


def test_the_safety_layer_goes_along_and_opens_for_whoever_treats(store, ines, cast):
    with at_work(store, ines) as db:
        fill_case(db, case_of(db, ines))
        fill_safety(db, case_of(db, ines))
        before = [each.reason for each in safety.list_decisions(db, case_of(db, ines))]
    taken_over(store, ines, cast["tomas"])
    with at_work(store, cast["tomas"]) as db:
        case = cases.find_case(db, ines.case_ref)
        assert [each.reason for each in safety.list_decisions(db, case)] == before != []
        assert case.partners[0].contact_details


def test_notes_that_the_giver_has_not_signed_are_counted_before(db, ines):
    case = case_of(db, ines)
    note = make_note(db, case, make_appointment(db, case))
    assert transfers.unsigned_notes(db, case) == 1
    sign(db, case, note)
    assert transfers.unsigned_notes(db, case) == 0


def test_words_that_the_giver_had_not_saved_are_counted_before_and_stay_the_giver_s(
    store, ines, cast
):
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        path = f"/cases/{case.public_id}/roll-up"
        drafts.keep(db, case, path, {"reason": ["half a thought"]})
        assert transfers.unsaved_forms(db, case) == 1
    taken_over(store, ines, cast["tomas"])
    with at_work(store, cast["tomas"]) as db:
        assert drafts.find(db, path) is None
        assert transfers.unsaved_forms(db, cases.find_case(db, ines.case_ref)) == 0
    with at_work(store, ines) as db:
        assert drafts.find(db, path).fields == {"reason": ["half a thought"]}


def test_a_partner_s_way_in_keeps_working(store, ines, cast):
    with at_work(store, ines) as db:
        token = invitations.issue(db, case_of(db, ines), ines.partner_refs[0], Handing.LINK).token
        db.commit()
    taken_over(store, ines, cast["tomas"])
    with store.session(writes=True) as db:
        invitation = invitations.find_by_token(db, token)
        assert invitations.partner_name(db, store, invitation) == "Mara"
        assert invitations.claim(db, store, token, "482915")


def test_an_offer_can_be_withdrawn_and_declined_and_then_made_anew(store, ines, cast):
    ref = offered(store, ines)
    with at_work(store, ines) as db:
        transfers.withdraw_offer(db, ref)
        assert transfers.find_offer(db, ref).state is TransferState.WITHDRAWN
    again = offered(store, ines)
    with at_work(store, cast["tomas"]) as db:
        transfers.decline_offer(db, again)
        with pytest.raises(MissingError):
            transfers.find_offer(db, again)
    assert offered(store, ines) not in {ref, again}


def test_a_case_is_offered_once_at_a_time(db, ines):
    life.offer(db, case_of(db, ines))
    with pytest.raises(RefusedError, match="offered already"):
        life.offer(db, case_of(db, ines))


@pytest.mark.parametrize("act", ["accept_offer", "decline_offer", "withdraw_offer"])
def test_a_settled_offer_stays_settled(act, store, ines, cast):
    ref = offered(store, ines)
    with at_work(store, ines) as db:
        transfers.withdraw_offer(db, ref)
    who = ines if act == "withdraw_offer" else cast["tomas"]
    with at_work(store, who) as db, pytest.raises(RefusedError, match="settled"):
        getattr(transfers, act)(db, ref)


def test_only_the_one_who_is_asked_says_yes_and_only_the_giver_takes_it_back(store, ines, cast):
    ref = offered(store, ines)
    for who, act in (
        (ines, transfers.accept_offer),
        (ines, transfers.decline_offer),
        (cast["tomas"], transfers.withdraw_offer),
        (cast["noa"], transfers.accept_offer),
        (cast["noa"], transfers.find_offer),
    ):
        with at_work(store, who) as db, pytest.raises(MissingError):
            act(db, ref)


def test_a_case_goes_to_nobody_of_another_practice_nor_to_oneself(store, ines, cast):
    with at_work(store, cast["noa"]) as db:
        assert transfers.colleagues(db) == []
    with at_work(store, ines) as db:
        assert [each.name for each in transfers.colleagues(db)] == ["Tomas Lind"]
        mine = db.scope.clinician_id
        for ref in ("stranger", life.ref_of(db, cast["noa"].id), life.ref_of(db, mine)):
            with pytest.raises(MissingError):
                transfers.offer_case(db, case_of(db, ines), ref, "")


def test_of_yes_and_withdrawing_at_the_same_moment_one_holds(store, ines, cast):
    ref, ready = offered(store, ines), Barrier(2)

    def act(who, press):
        ready.wait()
        with at_work(store, who) as db:
            try:
                press(db, ref)
            except RefusedError:
                return "told"
            return "done"

    with ThreadPoolExecutor(2) as both:
        jobs = [
            both.submit(act, cast["tomas"], transfers.accept_offer),
            both.submit(act, ines, transfers.withdraw_offer),
        ]
        assert sorted(job.result() for job in jobs) == ["done", "told"]


def test_the_audit_log_names_the_case_with_each_step(store, ines, cast):
    taken_over(store, ines, cast["tomas"])
    with at_work(store, cast["tomas"]) as db:
        made.make_case(db)
        assert audit.first_broken_line(db) is None
