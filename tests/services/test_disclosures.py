"""The disclosure ledger: from the answers, step by step, for the treating clinician alone."""

import datetime as dt

import pytest
from sqlalchemy import select

from clinic.domain.cases import SecretsPolicy
from clinic.domain.disclosures import DisclosureStatus, Wish
from clinic.keyring.errors import ClosedLayerError
from clinic.models.comparison import Disclosure
from clinic.services import audit, cases, disclosures, questionnaires
from clinic.services.disclosures import StepDetails
from clinic.services.errors import MissingError, RefusedError
from tests.factories import TODAY, at_work
from tests.services.answering import (
    answer_all,
    as_couple,
    as_partner,
    fill,
    plan_case,
    treating,
)
from tests.vignette_answers import LATE_MESSAGES, answers

TOMORROW = TODAY + dt.timedelta(days=1)


@pytest.fixture
def answered(store, ines):
    return plan_case(store, ines, LATE_MESSAGES)


def kept(*boxes):
    """Give the answers of some boxes: words, wish, and when it will be shared."""
    items = {}
    for number, box in enumerate(boxes, start=1):
        for ending, value in zip(("", ".wish", ".by"), box, strict=False):
            items[f"kept-{number}{ending}"] = value
    return answers(guesses=items)


def ledger(db, case):
    return disclosures.ledger(db, case, TODAY)


def test_what_must_not_be_shared_stands_in_the_ledger_with_its_wish(store, ines):
    answered = answer_all(store, ines, LATE_MESSAGES)
    with treating(store, ines, answered) as (db, case):
        [entry] = ledger(db, case)
        assert entry.partner.name == "Mara"
        assert entry.disclosure.words == "My father had an affair."
        assert entry.disclosure.wish is Wish.WILL_SHARE
        assert entry.promise == "by the third appointment"
        assert (entry.status, entry.due_on, entry.is_due) == (None, None, False)
        assert "disclosures.read" in {read.action for read in audit.reads_of(db)}


def test_each_box_is_an_entry_and_without_a_wish_the_closest_one_holds(store, ines, answered):
    boxes = kept(("one", "may-raise"), ("two",), ("three", "will-share", "at Easter"))
    fill(store, answered, "Mara", boxes)
    with treating(store, ines, answered) as (db, case):
        found = {entry.disclosure.words: entry for entry in ledger(db, case)}
        assert {words: entry.disclosure.wish for words, entry in found.items()} == {
            "one": Wish.MAY_RAISE,
            "two": Wish.THERAPIST_ONLY,
            "three": Wish.WILL_SHARE,
        }
        assert [found[words].promise for words in ("one", "two", "three")] == ["", "", "at Easter"]


def test_empty_boxes_and_drafts_make_no_entry(store, ines, answered):
    fill(store, answered, "Mara", kept(("",)))
    fill(store, answered, "Jonas", kept(("draft",)), send=False)
    with treating(store, ines, answered) as (db, case):
        assert ledger(db, case) == []


def test_the_policy_that_was_signed_last_governs_and_a_later_change_does_not_reach_back(
    store, ines, answered
):
    def sign(*documents):
        with as_partner(store, answered, "Mara") as (db, partner):
            texts = [questionnaires.SignedText(key, 1, "text", "Mara") for key in documents]
            questionnaires.sign(db, partner, texts)

    sign("no-secrets", "welcome-and-privacy")
    fill(store, answered, "Mara", kept(("one",)))
    sign("full-individual")
    with treating(store, ines, answered) as (db, case):
        [entry] = ledger(db, case)
        assert entry.disclosure.policy == SecretsPolicy.NO_SECRETS.value
        mara = cases.find_partner(case, answered.partner_refs["Mara"])
        assert disclosures.policy_in_force(db, mara) == SecretsPolicy.FULL.value


def test_where_no_policy_is_signed_the_case_s_is_noted(store, ines, answered):
    fill(store, answered, "Mara", kept(("one",)))
    with treating(store, ines, answered) as (db, case):
        assert ledger(db, case)[0].disclosure.policy == SecretsPolicy.LIMITED.value


def test_steps_are_added_and_the_newest_counts(store, ines):
    answered = answer_all(store, ines, LATE_MESSAGES)
    with treating(store, ines, answered) as (db, case):
        ref = ledger(db, case)[0].disclosure.public_id
        for step in (
            StepDetails(DisclosureStatus.OWNER_TO_SHARE, TODAY),
            StepDetails(DisclosureStatus.WITHHELD, reason=" not yet safe to say "),
            StepDetails(DisclosureStatus.SHARED, TODAY),
        ):
            disclosures.add_step(db, case, ref, step)
    with treating(store, ines, answered) as (db, case):
        [entry] = ledger(db, case)
        assert [step.status.value for step in entry.steps] == [
            "owner-to-share",
            "withheld",
            "shared",
        ]
        assert entry.steps[1].reason == "not yet safe to say"
        assert {step.author_id for step in entry.steps} == {ines.id}
        assert entry.status is DisclosureStatus.SHARED
        assert not entry.is_due


@pytest.mark.parametrize(
    ("earlier", "step", "field"),
    [
        (None, StepDetails(DisclosureStatus.OWNER_TO_SHARE), "on"),
        (None, StepDetails(DisclosureStatus.WITHHELD, reason="  "), "reason"),
        (
            StepDetails(DisclosureStatus.SHARED, TODAY),
            StepDetails(DisclosureStatus.NO_ISSUE),
            "status",
        ),
    ],
)
def test_a_step_that_lacks_something_or_comes_too_late_is_refused_at_its_field(
    earlier, step, field, store, ines
):
    answered = answer_all(store, ines, LATE_MESSAGES)
    with treating(store, ines, answered) as (db, case):
        ref = ledger(db, case)[0].disclosure.public_id
        if earlier:
            disclosures.add_step(db, case, ref, earlier)
        with pytest.raises(RefusedError) as refused:
            disclosures.add_step(db, case, ref, step)
        assert refused.value.field == field
        assert len(ledger(db, case)[0].steps) == (1 if earlier else 0)


def test_a_promise_is_due_on_its_day_and_comes_first(store, ines, answered):
    fill(store, answered, "Mara", kept(("one",), ("two",), ("three",)))
    fill(store, answered, "Jonas", kept(("four",)))
    with treating(store, ines, answered) as (db, case):
        by = {entry.disclosure.words: entry.disclosure.public_id for entry in ledger(db, case)}
        promised = DisclosureStatus.OWNER_TO_SHARE
        disclosures.add_step(db, case, by["one"], StepDetails(promised, TODAY))
        disclosures.add_step(db, case, by["two"], StepDetails(promised, TOMORROW))
        disclosures.add_step(db, case, by["four"], StepDetails(DisclosureStatus.NO_ISSUE))
        order = [entry.disclosure.words for entry in ledger(db, case)]
        assert order == ["one", "three", "four", "two"]
        due = disclosures.promises_due(db, case, TODAY)
        assert [(entry.disclosure.words, entry.due_on) for entry in due] == [("one", TODAY)]
        assert len(disclosures.promises_due(db, case, TOMORROW)) == 2


def test_nobody_else_finds_or_opens_anything_of_it(store, ines, cast):
    answered = answer_all(store, ines, LATE_MESSAGES)
    with treating(store, ines, answered, writes=False) as (db, theirs):
        ref = ledger(db, theirs)[0].disclosure.public_id
        step = StepDetails(DisclosureStatus.NO_ISSUE)
        for who in ("tomas", "noa"):
            with at_work(store, cast[who], writes=False) as other:
                with pytest.raises(MissingError):
                    ledger(other, theirs)
                with pytest.raises(MissingError):
                    disclosures.add_step(other, theirs, ref, step)
        with as_couple(store, ines) as couple:
            with pytest.raises(MissingError):
                ledger(couple, cases.find_case(couple, answered.case_ref))
            with pytest.raises(ClosedLayerError):
                assert couple.scalars(select(Disclosure)).one().words
        with as_partner(store, answered, "Jonas") as (partner, _):
            assert partner.scalars(select(Disclosure)).all() == []
            with pytest.raises(MissingError):
                ledger(partner, theirs)
        with as_partner(store, answered, "Mara") as (partner, _), pytest.raises(MissingError):
            ledger(partner, theirs)


def test_an_entry_of_another_case_is_not_found(store, ines, answered):
    other = answer_all(store, ines, LATE_MESSAGES)
    with treating(store, ines, other) as (db, case):
        ref = ledger(db, case)[0].disclosure.public_id
    with treating(store, ines, answered) as (db, case), pytest.raises(MissingError):
        disclosures.add_step(db, case, ref, StepDetails(DisclosureStatus.NO_ISSUE))
