import datetime as dt
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.domain.behaviours import StillHappening
from clinic.domain.lettering import letters
from clinic.domain.timeline import (
    Course,
    EndBeforeBeginningError,
    Ending,
    Event,
    EventKind,
    Moment,
    MomentError,
    Timeline,
    TimelineError,
    lanes,
    timeline,
)

TODAY = dt.date(2026, 3, 15)
WIDTHS = st.integers(240, 1300)


def event(*began, ended=None, label="The move", key="e"):
    return Event(key, label, EventKind.MOVE, Moment(*began), Moment(*ended) if ended else None)


def course(*began, still=StillHappening.YES, ended=None, label="Late messages"):
    return Course("b", label, Moment(*began), still, Moment(*ended) if ended else None)


def only_event(*events, width=720):
    return timeline(events, [], TODAY, width).events[0].place


def only_course(given_course, events=()):
    return timeline(events, [given_course], TODAY).courses[0]


def test_nothing_at_all_is_an_empty_timeline():
    assert timeline([], [], TODAY) == Timeline(720, 0.0)


def test_a_single_day_stands_inside_an_axis_of_months():
    made = timeline([event(2025, 7, 14)], [], TODAY)
    (placed,) = made.events
    assert placed.place.reach.begins == placed.place.reach.ends
    assert not placed.place.reach.uncertain
    assert made.left < placed.place.reach.begins < made.right
    assert [(tick.year, tick.month) for tick in made.ticks] == [
        (2025, 6),
        (2025, 7),
        (2025, 8),
    ]
    assert made.today is None


def test_a_month_without_its_day_stands_in_the_middle_of_the_month():
    day, month = only_event(event(2025, 6, 16)), only_event(event(2025, 6))
    assert abs(day.reach.begins - month.reach.begins) < 5
    assert not month.reach.uncertain


def test_a_year_without_its_month_stands_in_the_middle_and_reaches_over_the_year():
    made = timeline([event(2025)], [], TODAY)
    reach = made.events[0].place.reach
    assert reach.uncertain
    assert (reach.earliest, reach.latest) == (made.left, made.right)
    assert reach.begins == reach.ends == 360.0


def test_a_span_reaches_from_its_beginning_to_its_end():
    reach = only_event(event(2020, 1, ended=(2022, 12))).reach
    assert reach.earliest == reach.begins < reach.ends == reach.latest


def test_a_span_is_uncertain_only_on_the_side_of_which_less_is_known():
    reach = only_event(event(2020, ended=(2024, 6))).reach
    assert reach.earliest < reach.begins < reach.ends == reach.latest
    reach = only_event(event(2020, 6, ended=(2024,))).reach
    assert reach.earliest == reach.begins < reach.ends < reach.latest


@pytest.mark.parametrize(
    ("began", "ended", "known"),
    [
        ((2020,), (2020, 3), (2020, 3)),
        ((2020, 10), (2020,), (2020, 10)),
        ((2020, 3, 20), (2020, 3), (2020, 3, 20)),
    ],
)
def test_inside_one_year_the_less_known_moment_gives_way(began, ended, known):
    far = event(2010, key="far")
    made = timeline([far, event(*began, ended=ended), event(*known)], [], TODAY)
    span, point = made.events[1].place.reach, made.events[2].place.reach
    assert span.begins == span.ends == point.begins


@pytest.mark.parametrize(
    ("still", "ended", "ending"),
    [
        (StillHappening.YES, None, Ending.GOES_ON),
        (StillHappening.YES, (2024, 1), Ending.GOES_ON),
        (StillHappening.NO, (2024, 1), Ending.ENDED),
        (StillHappening.NO, None, Ending.UNCLEAR),
        (StillHappening.UNCLEAR, None, Ending.UNCLEAR),
        (StillHappening.UNCLEAR, (2024, 1), Ending.UNCLEAR),
    ],
)
def test_a_bar_says_how_it_ends(still, ended, ending):
    assert only_course(course(2020, 1, still=still, ended=ended)).ending is ending


def test_what_goes_on_reaches_until_today():
    made = timeline([event(2010)], [course(2020, 1)], TODAY)
    assert made.today == made.courses[0].place.reach.ends
    assert made.today < made.right


def test_what_ended_does_not_reach_today():
    ended = course(2020, 1, still=StillHappening.NO, ended=(2022, 1))
    made = timeline([event(2010)], [ended], TODAY)
    assert made.today is None
    assert made.courses[0].place.reach.ends < made.right


def test_what_went_on_to_an_unclear_end_reaches_as_far_as_is_known():
    known = course(2020, 1, still=StillHappening.UNCLEAR, ended=(2022, 1))
    unknown = course(2020, 1, still=StillHappening.UNCLEAR)
    made = timeline([], [known, unknown], TODAY)
    assert made.courses[0].place.reach.ends < made.courses[1].place.reach.ends == made.today


def test_what_began_some_time_this_year_does_not_begin_after_today():
    reach = only_course(course(2026)).place.reach
    assert reach.earliest < reach.begins == reach.ends


def test_a_beginning_after_today_is_still_shown():
    made = timeline([], [course(2027, 5)], TODAY)
    assert made.today is None
    assert made.courses[0].place.reach.begins == made.courses[0].place.reach.ends


@pytest.mark.parametrize(
    "parts",
    [(1899,), (2201,), (2020, 0), (2020, 13), (2021, 2, 29), (2020, 1, 0), (2020, None, 3)],
)
def test_a_moment_that_no_calendar_has_is_refused(parts):
    with pytest.raises(MomentError):
        Moment(*parts)


@pytest.mark.parametrize("began", [(1900, 1), (1900,), (2200, 12, 31), (2200,)])
def test_the_first_and_the_last_moment_can_be_shown(began):
    assert timeline([event(*began)], [course(*began)], TODAY).ticks


def test_a_leap_day_is_a_moment():
    assert Moment(2020, 2, 29).after() == dt.date(2020, 3, 1)


@pytest.mark.parametrize(
    ("began", "ended"), [((2021,), (2020,)), ((2020, 6), (2020, 5)), ((2020, 6, 2), (2020, 6, 1))]
)
def test_an_end_before_the_beginning_is_refused(began, ended):
    with pytest.raises(EndBeforeBeginningError):
        event(*began, ended=ended)
    with pytest.raises(EndBeforeBeginningError):
        course(*began, ended=ended)


@pytest.mark.parametrize(
    ("began", "ended"), [((2020, 6), (2020,)), ((2020,), (2020, 1)), ((2020, 6), (2020, 6))]
)
def test_an_end_that_may_lie_after_the_beginning_is_accepted(began, ended):
    assert event(*began, ended=ended).ended == Moment(*ended)


def test_every_refusal_of_a_timeline_can_be_caught_as_one():
    assert issubclass(MomentError, TimelineError)
    assert issubclass(EndBeforeBeginningError, TimelineError)
    with pytest.raises(TimelineError):
        timeline([], [], TODAY, 239)


def test_a_short_time_shows_months_and_a_long_one_years():
    short = timeline([event(2024, 1), event(2025, 12)], [], TODAY)
    long = timeline([event(2024, 1), event(2026, 1)], [], TODAY)
    assert all(tick.month for tick in short.ticks)
    assert all(tick.month is None for tick in long.ticks)


def test_forty_years_have_few_ticks_at_round_years():
    made = timeline([event(1984, 5), event(2024, 5)], [], TODAY, 720)
    assert [tick.year for tick in made.ticks] == [
        1985,
        1990,
        1995,
        2000,
        2005,
        2010,
        2015,
        2020,
    ]


@given(st.integers(1900, 2200), st.integers(0, 300), WIDTHS)
def test_ticks_have_room_lie_on_the_axis_and_are_never_missing(year, years, width):
    made = timeline([event(year), event(min(2200, year + years))], [], TODAY, width)
    assert made.ticks
    assert all(made.left <= tick.at <= made.right for tick in made.ticks)
    if made.ticks[0].month is None:
        assert all(later.at - tick.at >= 59 for tick, later in pairwise(made.ticks))


@given(st.integers(1, 24), st.integers(1, 12), WIDTHS)
def test_months_have_ticks_with_room_as_well(months, month, width):
    last = divmod(month - 1 + months - 1, 12)
    made = timeline([event(2020, month), event(2020 + last[0], last[1] + 1)], [], TODAY, width)
    assert made.ticks
    assert all(tick.month for tick in made.ticks)
    # February is shorter than its share of the axis.
    assert all(later.at - tick.at >= 54 for tick, later in pairwise(made.ticks))


def test_events_stand_above_the_axis_and_behaviours_below_it():
    made = timeline([event(2020, 1), event(2020, 1)], [course(2020, 1), course(2020, 2)], TODAY)
    assert all(0 < each.place.text_y < each.place.y < made.axis_y for each in made.events)
    assert all(
        made.axis_y < each.place.text_y < each.place.y < made.height for each in made.courses
    )


def test_the_first_lane_lies_nearest_to_the_axis():
    made = timeline([event(2020, 1), event(2020, 1)], [], TODAY)
    near, far = made.events
    assert (near.place.lane, far.place.lane) == (0, 1)
    assert made.axis_y > near.place.y > far.place.y


def test_both_come_back_by_time():
    made = timeline([event(2022), event(2020)], [course(2021), course(2019)], TODAY)
    assert [each.event.began.year for each in made.events] == [2020, 2022]
    assert [each.course.began.year for each in made.courses] == [2019, 2021]


def test_a_long_label_is_shortened_on_the_line_and_kept_whole_beside_it():
    long = event(2020, 1, label="They moved to another town for work, away from her parents")
    (placed,) = timeline([long], [], TODAY).events
    assert placed.place.text.endswith("…")
    assert placed.event.label == long.label


def test_a_label_near_the_right_edge_moves_left():
    made = timeline([event(2010, 1), event(2020, 12, label="x" * 30)], [], TODAY)
    place = made.events[1].place
    assert place.text_x < place.reach.begins
    assert place.text_x + 30 * 7.4 <= made.width + 0.1


def test_spans_that_touch_share_a_lane_only_without_a_gap():
    assert lanes([(0, 1), (1, 2)]) == [0, 0]
    assert lanes([(0, 1), (1, 2)], gap=0.5) == [0, 1]
    assert lanes([]) == []


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 20)), max_size=30))
def test_lanes_never_cover_and_are_as_few_as_can_be(drawn):
    spans = [(start, start + size + 1) for start, size in drawn]
    chosen = lanes(spans)
    for (one, lane), (other, lane_too) in combinations(zip(spans, chosen, strict=True), 2):
        assert lane != lane_too or one[1] <= other[0] or other[1] <= one[0]
    at_once = [sum(one[0] <= place < one[1] for one in spans) for place in range(72)]
    assert max(chosen, default=-1) + 1 == max(at_once)


MOMENTS = st.builds(
    Moment, st.integers(1984, 2026), st.one_of(st.none(), st.integers(1, 12)), st.none()
)


@st.composite
def spans_of(draw):
    began = draw(MOMENTS)
    ended = draw(st.one_of(st.none(), MOMENTS))
    kept = ended is not None and began.first() < ended.after()
    return began, ended if kept else None


LABELS = st.text(max_size=60)
EVENTS = st.lists(
    st.builds(
        lambda label, kind, span: Event("e", label, kind, *span),
        LABELS,
        st.sampled_from(EventKind),
        spans_of(),
    ),
    max_size=60,
)
COURSES = st.lists(
    st.builds(
        lambda label, still, span: Course("b", label, span[0], still, span[1]),
        LABELS,
        st.sampled_from(StillHappening),
        spans_of(),
    ),
    max_size=20,
)


@given(EVENTS, COURSES, WIDTHS)
def test_nothing_covers_anything_and_all_lies_inside(events, courses, width):
    made = timeline(events, courses, TODAY, width)
    for side in (made.events, made.courses):
        check_inside([each.place for each in side], made)


def check_inside(places, made):
    for place in places:
        reach = place.reach
        assert made.left <= reach.earliest <= reach.begins <= reach.ends <= reach.latest
        assert reach.latest <= made.right
        assert place.text_x >= 0
        assert place.text_x + letters(place.text) * 7.4 <= made.width + 0.1
        assert all(number == round(number, 1) for number in (reach.begins, place.text_x))
        assert 0 < place.text_y < place.y < made.height
    for one, other in combinations(places, 2):
        assert one.lane != other.lane or apart(one, other) or apart(other, one)


def apart(one, other):
    one_ends = max(one.reach.latest, one.text_x + letters(one.text) * 7.4)
    return one_ends <= min(other.reach.earliest, other.text_x)
