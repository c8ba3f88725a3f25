"""A practice's own questionnaires: loaded once, for it alone, and kept for their cases."""

import threading

import pytest
from sqlalchemy import event, select

from clinic.content.loader import ContentError
from clinic.domain.answers import AnswerState, Given, given
from clinic.domain.packs import MOST_ADDITIONS, PackFormat
from clinic.domain.visibility import Layer
from clinic.models.packs import QuestionnairePack
from clinic.models.questionnaires import Answer
from clinic.services import comparison, invitations, packs, questionnaires
from clinic.services.errors import MissingError, RefusedError
from tests.content.fhir_files import CHILDREN, EVENINGS, GEORGIAN, WEEK, asks, questionnaire
from tests.factories import at_work, case_of, make_case
from tests.intake_factories import make_pack, pack_file
from tests.services.answering import CONTENT, answer_all, as_partner, plan_case, treating
from tests.services.state import whole_state
from tests.vignette_answers import INTAKE, LATE_MESSAGES


def plan(db, case, *refs, version=0):
    details = questionnaires.PlanDetails(INTAKE.key, INTAKE.version, ["B01"], packs=refs)
    row = questionnaires.write_plan(db, case, details, version)
    db.commit()
    return row


def selects(db):
    """Note every query that a session sends."""
    sent = []
    event.listen(
        db.get_bind(), "before_cursor_execute", lambda _c, _u, statement, *_: sent.append(statement)
    )
    return sent


def test_a_file_is_kept_letter_by_letter_and_sealed(store, ines):
    content = b"\xef\xbb\xbf" + pack_file().content + b"\r\n"
    with at_work(store, ines) as db:
        packs.load_pack(db, packs.PackFile(content, PackFormat.FHIR_R4, "ours"))
    with at_work(store, ines, writes=False) as db:
        [row] = packs.list_packs(db)
        assert row.file.encode() == content
        assert (row.title, row.licence, row.questions, row.scored) == ("Our week", "ours", 9, 2)
        assert row.loaded_by_id == ines.id
        assert b"Our week" not in row.sealed_title + row.sealed_file


def test_the_same_file_is_told_and_not_stored_twice(db):
    make_pack(db)
    with pytest.raises(RefusedError, match="called “Our week”") as told:
        make_pack(db)
    assert told.value.field == "file"
    assert len(packs.list_packs(db)) == 1
    changed = make_pack(db, WEEK | {"title": "Our week, again"})
    assert packs.list_packs(db)[0].public_id == changed.public_id


def test_of_two_who_load_the_same_file_at_once_one_is_told(store, cast):
    told = []

    def load(name):
        with at_work(store, cast[name]) as db:
            try:
                make_pack(db)
            except RefusedError:
                told.append(name)

    both = [threading.Thread(target=load, args=(name,)) for name in ("ines", "tomas")]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert len(told) == 1
    with at_work(store, cast["ines"], writes=False) as db:
        assert len(packs.list_packs(db)) == 1


def test_a_refused_file_leaves_nothing_behind(store, ines):
    with at_work(store, ines) as db:
        before = whole_state(db)
        with pytest.raises(ContentError):
            make_pack(db, questionnaire(asks("a", "url")))
        assert whole_state(db) == before


def test_a_withdrawn_one_can_be_loaded_again_as_another(db):
    first = make_pack(db)
    packs.withdraw_pack(db, first.public_id)
    withdrawn_at = first.withdrawn_at
    packs.withdraw_pack(db, first.public_id)
    assert first.withdrawn_at == withdrawn_at
    second = make_pack(db)
    assert (second.public_id, second.withdrawn_at) != (first.public_id, None)
    assert [row.public_id for row in packs.list_offered(db, None)] == [second.public_id]


def test_it_belongs_to_the_practice_and_to_nobody_else(store, cast, ines):
    with at_work(store, ines) as db:
        ref = make_pack(db).public_id
    with at_work(store, cast["tomas"]) as db:
        assert packs.find_pack(db, ref).title == "Our week"
    with at_work(store, cast["noa"]) as db:
        assert not packs.list_packs(db)
        for act in (packs.find_pack, packs.withdraw_pack):
            with pytest.raises(MissingError):
                act(db, ref)
        with pytest.raises(RefusedError):
            plan(db, case_of(db, cast["noa"]), ref)


def test_a_plan_keeps_the_order_chosen_and_what_was_withdrawn_since(db):
    case = make_case(db)
    refs = [make_pack(db, each).public_id for each in (WEEK, GEORGIAN)]
    row = plan(db, case, *refs)
    packs.withdraw_pack(db, refs[0])
    new = make_pack(db, EVENINGS).public_id
    assert [each.public_id for each in packs.list_offered(db, row)] == [*refs, new]
    again = plan(db, case, refs[0], new, version=row.version)
    assert packs.chosen_refs(again) == [refs[0], new]
    other = make_case(db)
    with pytest.raises(RefusedError):
        plan(db, other, refs[0])


def test_a_choice_that_cannot_be_is_refused_at_its_field(db):
    case, ref = make_case(db), make_pack(db).public_id
    many = [make_pack(db, WEEK | {"title": str(number)}).public_id for number in range(5)]
    for wanted in ([ref, ref], ["x" * 22], [ref, *many], ["a,b"]):
        with pytest.raises(RefusedError) as refused:
            plan(db, case, *wanted)
        assert refused.value.field == "packs"
        db.rollback()
    assert len(many) == MOST_ADDITIONS
    assert packs.chosen_refs(plan(db, case, *many)) == many


def test_a_plan_without_them_costs_no_query_and_one_with_them_one(db):
    case = make_case(db)
    refs = [make_pack(db, each).public_id for each in (WEEK, CHILDREN)]
    without = plan(db, case)
    db.refresh(without)
    sent = selects(db)
    assert packs.asked_of_case(db, INTAKE, None).questionnaire is INTAKE
    assert packs.asked_of_case(db, INTAKE, without).questionnaire is INTAKE
    assert not sent
    row = plan(db, case, *refs, version=without.version)
    db.refresh(row)
    sent.clear()
    asked = packs.asked_of_case(db, INTAKE, row)
    assert len(sent) == 1
    keys = [page.key for page in asked.questionnaire.pages]
    assert keys[len(INTAKE.pages) :][:2] == ["q1-page-1", "q1-page-2"]
    assert "q2-page-1" in keys
    assert [len(each.scores) for each in asked.additions] == [2, 0]


def test_every_partner_is_asked_the_same_in_a_session_of_their_own(store, ines):
    answered = plan_case(store, ines, LATE_MESSAGES)
    with treating(store, ines, answered) as (db, case):
        version = questionnaires.find_plan(db, case.id).version
        plan(db, case, make_pack(db).public_id, version=version)
    seen = []
    for name in LATE_MESSAGES:
        with as_partner(store, answered, name) as (db, partner):
            _, row = questionnaires.asked_of(db, partner)
            seen.append(packs.asked_of_case(db, INTAKE, row))
            with pytest.raises(Exception, match="own"):
                packs.withdraw_pack(db, packs.chosen_refs(row)[0])
    assert seen[0] == seen[1]


def test_answers_count_for_the_therapist_and_hidden_ones_do_not(store, ines):
    answered = plan_case(store, ines, LATE_MESSAGES)
    with treating(store, ines, answered) as (db, case):
        version = questionnaires.find_plan(db, case.id).version
        plan(db, case, make_pack(db).public_id, version=version)
    own = {"q1-often": "daily", "q1-calm": "some", "q1-child": "no", "q1-many": "2"}
    with as_partner(store, answered, "Mara") as (db, partner):
        response = questionnaires.begin(db, partner, INTAKE.key, INTAKE.version)
        saves = [
            questionnaires.Save(item, Layer.PRIVATE, given([value]), f"m-{item}")
            for item, value in own.items()
        ]
        questionnaires.save(db, response, saves)
        questionnaires.send(db, partner, response, [])
    with treating(store, ines, answered) as (db, case):
        [mara] = comparison.side_by_side(db, case, CONTENT)
        assert mara.answers["q1-often"] == Given(AnswerState.ANSWERED, ("daily",))
        assert "q1-many" not in mara.answers
        assert not comparison.guard(db, case, CONTENT).shut
        stored = db.scalars(select(Answer).where(Answer.item.startswith("q1-"))).all()
        assert {row.layer for row in stored} == {Layer.PRIVATE}


def test_once_somebody_has_begun_the_choice_is_closed(store, ines):
    answered = answer_all(store, ines, LATE_MESSAGES)
    with treating(store, ines, answered) as (db, case):
        version = questionnaires.find_plan(db, case.id).version
        with pytest.raises(RefusedError, match="begun"):
            plan(db, case, make_pack(db).public_id, version=version)


def test_a_couple_s_session_can_read_what_is_asked_and_no_answer(store, ines):
    answered = plan_case(store, ines, LATE_MESSAGES)
    with treating(store, ines, answered) as (db, case):
        make_pack(db)
        assert invitations.latest(db, case) == {}
        [row] = db.scalars(select(QuestionnairePack))
        assert row.sealing_person() == "", "nobody's own"
