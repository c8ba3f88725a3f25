"""Versions of an agreement: frozen, said yes to one by one, and looked at again in time."""

import datetime as dt

import pytest

from clinic.domain.accords import from_sections, said_by_all
from clinic.models.scope import ScopeError
from clinic.services import accord_versions, accord_yeses, accords
from clinic.services.days import today
from clinic.services.errors import MissingError, RefusedError, StaleError
from clinic.services.waiting import waiting_of
from tests import accord_factories as made
from tests.factories import at_work, case_of, make_case
from tests.services.answering import as_couple

DAY = dt.timedelta(days=1)


@pytest.fixture
def case(db, ines):
    return case_of(db, ines)


@pytest.fixture
def accord(db, case):
    row = made.make_accord(db, case)
    made.make_topic(db, case, row)
    return row


def wording(row):
    return [topic.wording for topic in from_sections(accord_versions.frozen(row)).topics]


def test_a_version_stays_as_it_was_whatever_is_written_later(db, case, accord):
    first = made.make_version(db, case, accord)
    topic = accords.list_topics(db, accord)[0]
    changed = made.topic_details(case, wording="we say so within a week")
    accords.change_topic(db, case, topic, changed, topic.version)
    second = made.make_version(db, case, accord)
    accords.delete_topic(db, topic, topic.version)
    assert [first.number, second.number] == [1, 2]
    assert wording(first) == ["we say so the same day"]
    assert wording(second) == ["we say so within a week"]


def test_what_was_changed_since_the_page_was_shown_is_not_frozen_unseen(db, case, accord):
    seen = accord.version
    made.make_topic(db, case, accord, title="Nights out")
    with pytest.raises(StaleError):
        accord_versions.save_version(db, case, accord, made.version_details(), seen)
    assert not accord_versions.list_versions(db, accord)


def test_there_is_no_version_of_nothing(db, case):
    accord = made.make_accord(db, case)
    with pytest.raises(RefusedError, match="topic first"):
        made.make_version(db, case, accord)
    accords.write_crossed(db, accord, "we call", accord.version)
    assert made.make_version(db, case, accord).number == 1


@pytest.mark.parametrize(("starts", "review"), [(0, 0), (10, 5), (-30, -10)])
def test_a_review_lies_ahead_and_after_the_start(db, case, accord, starts, review):
    days = {"starts_on": today() + starts * DAY, "review_on": today() + review * DAY}
    with pytest.raises(RefusedError) as refused:
        made.make_version(db, case, accord, **days)
    assert refused.value.field == "review_on"


def test_a_topic_whose_own_review_has_passed_is_named(db, case, accord):
    made.make_topic(db, case, accord, title="Nights out", review_on=today() - 10 * DAY)
    with pytest.raises(RefusedError, match="topic's own review"):
        made.make_version(db, case, accord)


def test_the_first_review_of_any_topic_is_that_of_the_version(db, case, accord):
    made.make_topic(db, case, accord, title="Nights out", review_on=today() + 7 * DAY)
    assert made.make_version(db, case, accord).review_on == today() + 7 * DAY


def test_a_yes_belongs_to_one_version_and_a_new_one_needs_new_ones(db, case, accord, ines):
    mara, jonas = ines.partner_refs
    first = made.make_version(db, case, accord)
    for ref in (mara, jonas):
        accord_yeses.say_yes(db, case, first, ref, today())
    second = made.make_version(db, case, accord)
    given = accord_yeses.yeses(db, case, [first, second])
    assert said_by_all([mara, jonas], given[first.id])
    assert given[second.id] == []
    with pytest.raises(RefusedError, match="newer version"):
        accord_yeses.say_yes(db, case, first, mara, today())


def test_a_yes_said_again_stays_as_it_was(db, case, accord, ines):
    row, mara = made.make_version(db, case, accord), ines.partner_refs[0]
    accord_yeses.say_yes(db, case, row, mara, today() - DAY)
    accord_yeses.say_yes(db, case, row, mara, today())
    [yes] = accord_yeses.yeses(db, case, [row])[row.id]
    assert yes.given_on == today() - DAY


def test_a_yes_taken_back_stays_written_and_can_be_given_anew(db, case, accord, ines):
    row, mara = made.make_version(db, case, accord), ines.partner_refs[0]
    accord_yeses.say_yes(db, case, row, mara, today())
    accord_yeses.withdraw_yes(db, case, row, mara, today())
    with pytest.raises(MissingError):
        accord_yeses.withdraw_yes(db, case, row, mara, today())
    accord_yeses.say_yes(db, case, row, mara, today())
    given = accord_yeses.yeses(db, case, [row])[row.id]
    assert [yes.withdrawn_on for yes in given] == [today(), None]


def test_a_yes_can_be_taken_back_from_an_older_version(db, case, accord, ines):
    first, mara = made.make_version(db, case, accord), ines.partner_refs[0]
    accord_yeses.say_yes(db, case, first, mara, today())
    made.make_version(db, case, accord)
    taken = accord_yeses.withdraw_yes(db, case, first, mara, today())
    assert taken.withdrawn_on == today()


def test_a_yes_has_a_day_that_has_come(db, case, accord, ines):
    row, mara = made.make_version(db, case, accord), ines.partner_refs[0]
    with pytest.raises(RefusedError, match="not come"):
        accord_yeses.say_yes(db, case, row, mara, today() + 3 * DAY)
    accord_yeses.say_yes(db, case, row, mara, today())
    for day in (today() + 3 * DAY, today() - DAY):
        with pytest.raises(RefusedError, match="between"):
            accord_yeses.withdraw_yes(db, case, row, mara, day)


def test_only_those_it_is_between_can_say_yes(db):
    case = make_case(db, "Kim", "Lou", "Tariq")
    kim, lou, tariq = made.refs_of(case)
    accord = made.make_accord(db, case, (kim, lou))
    made.make_topic(db, case, accord)
    row = made.make_version(db, case, accord)
    with pytest.raises(MissingError):
        accord_yeses.say_yes(db, case, row, tariq, today())


def test_a_review_is_due_on_its_day_until_the_next_version(db, case, accord):
    made.make_version(db, case, accord)
    due_on = today() + made.WEEKS
    assert waiting_of(db, case, due_on - DAY).agreement is None
    assert waiting_of(db, case, due_on).agreement == due_on
    made.make_version(db, case, accord, review_on=due_on + DAY)
    assert waiting_of(db, case, due_on).agreement is None


def test_reviews_of_other_cases_are_not_mixed_in(db, case):
    made.make_version(db, case)
    other = make_case(db, "Ruth", "Adaeze")
    assert waiting_of(db, other, today() + 2 * made.WEEKS).agreement is None


def test_everybody_reads_the_newest_version_and_nothing_that_is_being_written(store, ines):
    with at_work(store, ines) as db:
        made.fill_accords(db, case_of(db, ines))
    with as_couple(store, ines) as db:
        [shared] = accord_versions.shared_accords(db, ines.case_ref)
    assert (shared.number, list(shared.members)) == (2, list(ines.partner_refs))
    assert [topic.title for topic in shared.written.topics] == [
        "Staying in touch with people we dated"
    ]
    assert shared.written.crossed == "we say it within a day"
    assert [yes.partner for yes in shared.yeses] == [ines.partner_refs[0]]


def test_the_page_for_everybody_is_never_built_with_the_therapist_s_keys(db, ines):
    with pytest.raises(ScopeError):
        accord_versions.shared_accords(db, ines.case_ref)


def test_an_agreement_that_was_never_saved_is_not_shared(store, ines):
    with at_work(store, ines) as db:
        made.make_topic(db, case_of(db, ines))
    with as_couple(store, ines) as db:
        assert not accord_versions.shared_accords(db, ines.case_ref)


def test_who_saved_a_version_is_named(db, case, accord):
    assert accord_versions.author_of(db, made.make_version(db, case, accord)) == "Ines Ferrara"


def test_the_vignette_of_two_maps_ends_in_a_version_to_look_at_in_eight_weeks(db):
    case = make_case(db, "Ruth", "Adaeze")
    accord = made.make_accord(db, case)
    for title in ("People we dated", "Quiz night", "What telling means"):
        made.make_topic(db, case, accord, title=title)
    row = made.make_version(db, case, accord)
    for ref in made.refs_of(case):
        accord_yeses.say_yes(db, case, row, ref, today())
    given = accord_yeses.yeses(db, case, [row])[row.id]
    assert said_by_all(made.refs_of(case), given)
    assert row.review_on == today() + dt.timedelta(weeks=8)
