"""Agreements: what a topic and a version need, and who stands by one."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.domain.accords import (
    AccordError,
    GivenYes,
    Position,
    TopicStatus,
    WrittenAccord,
    WrittenTopic,
    check_days,
    check_topic,
    from_sections,
    next_review,
    position_of,
    possible,
    said_by_all,
    standing,
    to_sections,
)
from clinic.domain.answers import Placing
from clinic.domain.snapshots import compare, from_json, to_json

DAY = dt.date(2026, 3, 14)
LATER = dt.date(2026, 5, 9)

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
days = st.none() | st.dates(dt.date(1900, 1, 1), dt.date(2200, 1, 1))
topics = st.builds(
    WrittenTopic,
    ref=st.text("abcdef", min_size=3, max_size=3),
    title=texts,
    status=st.sampled_from(TopicStatus),
    positions=st.dictionaries(st.sampled_from(["p1", "p2", "p3"]), st.sampled_from(Position)),
    wording=texts,
    starts_on=days,
    review_on=days,
)


@given(
    st.builds(
        WrittenAccord,
        starts_on=days,
        review_on=days,
        topics=st.lists(topics, max_size=4, unique_by=lambda topic: topic.ref),
        crossed=texts,
    )
)
def test_a_version_reads_back_as_it_was_written(accord):
    assert from_sections(from_json(to_json(to_sections(accord)))) == accord


@pytest.mark.parametrize("status", [TopicStatus.AGREED, TopicStatus.WITH_CONDITIONS])
def test_what_is_called_agreed_needs_its_words(status):
    with pytest.raises(AccordError) as refused:
        check_topic(WrittenTopic("t", "Exes", status, wording=" \n"))
    assert refused.value.field == "wording"


@pytest.mark.parametrize("status", [TopicStatus.OPEN, TopicStatus.DIFFER])
def test_what_is_open_or_differs_needs_no_words(status):
    check_topic(WrittenTopic("t", "Exes", status, {"p1": Position.NOT_OK, "p2": Position.FINE}))


def test_a_review_comes_after_the_start():
    check_days(DAY, LATER)
    for review in (DAY, DAY - dt.timedelta(days=1)):
        with pytest.raises(AccordError) as refused:
            check_days(DAY, review)
        assert refused.value.field == "review_on"


def test_days_that_are_not_given_are_not_checked():
    for start, review in ((None, DAY), (DAY, None), (None, None)):
        check_days(start, review)


def test_the_first_review_of_anything_counts():
    early, none = (WrittenTopic("a", "A", TopicStatus.OPEN, review_on=day) for day in (DAY, None))
    assert next_review(WrittenAccord(None, LATER, [none, early])) == DAY
    assert next_review(WrittenAccord(None, LATER, [none])) == LATER
    assert next_review(WrittenAccord(None, None, [])) is None


def test_it_depends_is_no_position_of_its_own():
    assert [position_of(placing) for placing in (*Placing, None)] == [
        Position.FINE,
        None,
        Position.NOT_OK,
        None,
    ]


def test_a_yes_taken_back_no_longer_stands_and_a_new_one_does():
    yeses = [GivenYes("p1", DAY, DAY), GivenYes("p1", LATER), GivenYes("p2", DAY)]
    assert standing(yeses)["p1"].given_on == LATER
    assert said_by_all(["p1", "p2"], yeses)
    assert not said_by_all(["p1", "p2", "p3"], yeses)


def test_two_partners_have_one_agreement_and_three_one_for_each_pair_besides():
    assert possible(["a", "b"]) == [("a", "b")]
    assert possible(["a", "b", "c"])[1:] == [("a", "b"), ("a", "c"), ("b", "c")]
    assert len(possible(["a", "b", "c", "d"])) == 7


def test_versions_are_compared_topic_by_topic():
    topic = WrittenTopic("t", "Exes", TopicStatus.OPEN, {"p1": Position.UNSURE})
    agreed = WrittenTopic(
        "t", "Exes", TopicStatus.AGREED, {"p1": Position.FINE_IF_TOLD}, "we say so"
    )
    before, after = (to_sections(WrittenAccord(DAY, LATER, [each])) for each in (topic, agreed))
    changed = [(each.key, each.before, each.after) for each in compare(before, after)]
    assert changed == [
        ("status", "open", "agreed"),
        ("position.p1", "unsure", "fine-if-told"),
        ("wording", "", "we say so"),
    ]
