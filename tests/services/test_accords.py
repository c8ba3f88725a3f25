"""Writing an agreement: between whom, topic by topic, and what grows from the map."""

import pytest

from clinic.domain.accords import Position, TopicStatus
from clinic.domain.answers import Placing
from clinic.domain.guard import NOT_OPEN
from clinic.domain.tracks import Tool
from clinic.services import accord_growth, accords, couple_map, safety
from clinic.services.errors import MissingError, RefusedError, StaleError
from tests import accord_factories as made
from tests.factories import at_work, case_of, make_case
from tests.services.answering import CONTENT, answer_all, as_partner, treating
from tests.services.state import whole_state
from tests.vignette_answers import LATE_MESSAGES, ORDINARY_LIFE, THREE_PARTNERS

LABELS = {"B11": "Messages at night", "B01": "Friends", "B13": "Old photos"}


def titles(db, accord):
    return [topic.title for topic in accords.list_topics(db, accord)]


def released_and_shown(store, ines, answered, behaviour, names=None):
    for name in names or answered.partner_refs:
        with as_partner(store, answered, name) as (db, _):
            couple_map.release(db, behaviour)
    with treating(store, ines, answered) as (db, case):
        couple_map.reveal(db, case, CONTENT, behaviour)


def test_a_couple_has_one_agreement_and_no_second_one(db, ines):
    case = case_of(db, ines)
    row = made.make_accord(db, case)
    assert accords.members_of(case, row) == list(ines.partner_refs)
    assert not accords.still_possible(case, [row])
    with pytest.raises(RefusedError, match="already"):
        made.make_accord(db, case)


def test_three_partners_have_one_for_all_and_one_for_each_pair(db):
    case = make_case(db, "Kim", "Lou", "Tariq")
    kim, lou, tariq = made.refs_of(case)
    pair = made.make_accord(db, case, (lou, kim))
    whole = made.make_accord(db, case)
    assert accords.list_accords(db, case) == [whole, pair]
    assert accords.members_of(case, pair) == [kim, lou]
    assert accords.still_possible(case, [whole, pair]) == [(kim, tariq), (lou, tariq)]


def test_nobody_from_elsewhere_and_nobody_alone_can_be_in_an_agreement(db, ines, cast):
    case = case_of(db, ines)
    first = ines.partner_refs[0]
    for refs in ((first,), (first, first), (first, cast["tomas"].partner_refs[0]), ("",)):
        with pytest.raises(MissingError):
            accords.begin_accord(db, case, refs)


def test_a_topic_keeps_everybody_s_own_position(store, ines):
    mara, jonas = ines.partner_refs
    with at_work(store, ines) as db:
        made.make_topic(db, case_of(db, ines))
    with at_work(store, ines) as db:
        case = case_of(db, ines)
        [accord] = accords.list_accords(db, case)
        [topic] = accords.as_written(case, accord, accords.list_topics(db, accord)).topics
        assert topic.positions == {mara: Position.FINE_IF_TOLD, jonas: Position.UNEASY}
        assert topic.status is TopicStatus.WITH_CONDITIONS


def test_a_position_can_be_changed_added_and_taken_away(db, ines):
    case, (mara, jonas) = case_of(db, ines), ines.partner_refs
    row = made.make_topic(db, case, positions={mara: Position.UNSURE})
    for positions in ({mara: Position.FINE}, {jonas: Position.NOT_OK}, {}):
        details = made.topic_details(case, positions=positions)
        accords.change_topic(db, case, row, details, row.version)
        by_ref = {one.id: one.public_id for one in case.partners}
        assert {by_ref[each.partner_id]: each.position for each in row.positions} == positions


def test_a_position_alone_counts_as_a_change_of_the_topic(db, ines):
    case = case_of(db, ines)
    row = made.make_topic(db, case)
    changed = made.topic_details(case, positions={ines.partner_refs[0]: Position.FINE})
    accords.change_topic(db, case, row, changed, 1)
    with pytest.raises(StaleError):
        accords.change_topic(db, case, row, changed, 1)


def test_nobody_outside_an_agreement_has_a_position_in_it(db):
    case = make_case(db, "Kim", "Lou", "Tariq")
    kim, lou, tariq = made.refs_of(case)
    pair = made.make_accord(db, case, (kim, lou))
    with pytest.raises(MissingError):
        made.make_topic(db, case, pair, positions={tariq: Position.FINE})


def test_what_is_called_agreed_without_words_is_refused_at_the_words(db, ines):
    case = case_of(db, ines)
    with pytest.raises(RefusedError) as refused:
        made.make_topic(db, case, wording="", status=TopicStatus.AGREED)
    assert refused.value.field == "wording"


def test_any_change_of_a_part_counts_as_a_change_of_the_agreement(db, ines):
    case = case_of(db, ines)
    accord = made.make_accord(db, case)
    seen = [accord.version]
    topic = made.make_topic(db, case, accord)
    seen.append(accord.version)
    accords.change_topic(db, case, topic, made.topic_details(case), topic.version)
    seen.append(accord.version)
    accords.delete_topic(db, topic, topic.version)
    seen.append(accord.version)
    accords.write_crossed(db, accord, "we call", accord.version)
    seen.append(accord.version)
    made.show_on_map(db, case, "B11")
    accord_growth.grow(db, case, accord, CONTENT, LABELS)
    seen.append(accord.version)
    assert len(set(seen)) == len(seen)
    assert accord.crossed == "we call"


def test_a_topic_of_another_agreement_is_not_there(db):
    case = make_case(db, "Kim", "Lou", "Tariq")
    kim, lou, _ = made.refs_of(case)
    topic = made.make_topic(db, case, made.make_accord(db, case, (kim, lou)))
    with pytest.raises(MissingError):
        accords.find_topic(db, made.make_accord(db, case), topic.public_id)


def test_what_both_released_and_were_shown_becomes_topics_with_one_press(store, ines):
    answered = answer_all(store, ines, LATE_MESSAGES)
    released_and_shown(store, ines, answered, "B11")
    mara, jonas = answered.partner_refs.values()
    with treating(store, ines, answered) as (db, case):
        accord = made.make_accord(db, case)
        assert accord_growth.grow(db, case, accord, CONTENT, LABELS) == 1
        [topic] = accords.as_written(case, accord, accords.list_topics(db, accord)).topics
        assert (topic.title, topic.status) == ("Messages at night", TopicStatus.OPEN)
        # Mara placed it "not OK"; Jonas "it depends", which is for them to say in full.
        assert topic.positions == {mara: Position.NOT_OK}
        assert jonas not in topic.positions


def test_what_was_taken_over_already_is_not_taken_over_again(db, ines):
    case = case_of(db, ines)
    accord = made.make_accord(db, case)
    made.show_on_map(db, case, "B11")
    accord_growth.grow(db, case, accord, CONTENT, LABELS)
    made.show_on_map(db, case, "B01", Placing.FINE, Placing.FINE)
    assert accord_growth.grow(db, case, accord, CONTENT, LABELS) == 1
    assert titles(db, accord) == ["Messages at night", "Friends"]
    with pytest.raises(RefusedError, match=NOT_OPEN):
        accord_growth.grow(db, case, accord, CONTENT, LABELS)


def test_what_one_released_or_nobody_was_shown_stays_out(store, ines):
    answered = answer_all(store, ines, LATE_MESSAGES)
    for behaviour, names in (("B11", ["Mara"]), ("B13", ["Mara", "Jonas"])):
        for name in names:
            with as_partner(store, answered, name) as (db, _):
                couple_map.release(db, behaviour)
    with treating(store, ines, answered) as (db, case):
        accord = made.make_accord(db, case)
        with pytest.raises(RefusedError, match=NOT_OPEN):
            accord_growth.grow(db, case, accord, CONTENT, LABELS)
        assert not titles(db, accord)


def test_a_row_that_two_of_three_released_grows_only_into_their_own_agreement(store, ines):
    answered = answer_all(store, ines, THREE_PARTNERS)
    released_and_shown(store, ines, answered, "B38", ["Kim", "Lou"])
    with treating(store, ines, answered) as (db, case):
        kim, lou, _ = made.refs_of(case)
        whole, pair = made.make_accord(db, case), made.make_accord(db, case, (kim, lou))
        with pytest.raises(RefusedError, match=NOT_OPEN):
            accord_growth.grow(db, case, whole, CONTENT, {"B38": "An app"})
        assert accord_growth.grow(db, case, pair, CONTENT, {"B38": "An app"}) == 1


def test_on_the_safety_track_nothing_grows_and_the_words_are_the_same(store, ines):
    answered = answer_all(store, ines, ORDINARY_LIFE)
    with treating(store, ines, answered) as (db, case):
        made.show_on_map(db, case, "B01")
        accord = made.make_accord(db, case)
        assert safety.is_shut(db, case, CONTENT, Tool.COMPARISON)
        before = whole_state(db)
        with pytest.raises(RefusedError) as refused:
            accord_growth.grow(db, case, accord, CONTENT, LABELS)
        assert refused.value.args == (NOT_OPEN,)
        assert whole_state(db) == before
        safety.decide(db, case, Tool.COMPARISON.value, "both asked for it", holds=True)
        assert accord_growth.grow(db, case, accord, CONTENT, LABELS) == 1
