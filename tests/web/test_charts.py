import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from weasyprint import HTML

from clinic.web.charts import ATTAINMENT, NARROW, RATING, WIDE, LineChart, Series, line_chart
from clinic.web.spreading import spread

TEMPLATES = Path(__file__).parents[2] / "templates"
APPOINTMENTS = [str(number) for number in range(1, 13)]
CALM = Series("One calm talk a week", [-2, -1, None, 0, 0, 1, None, None, 1, 1, 1, 2])
CLOSE = Series("Time together without phones, from supper until bedtime", [1] * 12)


def drawn(*series: Series, width: int = WIDE) -> LineChart:
    return line_chart("How far each goal went", series, APPOINTMENTS, ATTAINMENT, width)


def page(chart: LineChart, *, table: bool = True) -> str:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    macro = environment.get_template("components/line_chart.html").module.line_chart  # type: ignore[attr-defined]
    return str(macro(chart, table=table))


def label_spans(chart: LineChart) -> list[tuple[float, float]]:
    return sorted((line.label[0].y - 13, line.label[-1].y + 4) for line in chart.lines)


def test_a_rating_that_is_missing_breaks_the_line():
    assert drawn(CALM).lines[0].path.count("M") == 3


def test_a_single_rating_between_gaps_is_still_marked():
    alone = Series("Sam", [None, 1, *[None] * 10])
    assert drawn(alone).lines[0].marks.count("z") == 1


def test_a_series_without_ratings_has_words_but_no_line():
    chart = drawn(Series("Sam", [None] * 12))
    assert chart.lines == ()
    assert "Sam: 1: not rated;" in chart.description
    assert {row[1] for row in chart.rows} == {"not rated"}


def test_a_higher_rating_stands_higher_on_the_page():
    low, high = [tick.at for tick in drawn(CALM).y_ticks if tick.text in {"\u22122", "+2"}]
    assert low > high


def test_the_rule_at_zero_is_strong_only_where_ratings_fall_below_it():
    plain = line_chart("Close", [Series("Sam", [3])], ["1"], RATING)
    assert [tick.text for tick in drawn(CALM).y_ticks if tick.strong] == ["0"]
    assert not any(tick.strong for tick in plain.y_ticks)


def test_lines_that_end_together_have_labels_that_do_not_touch():
    for width in (WIDE, NARROW):
        spans = label_spans(drawn(*[CLOSE] * 6, width=width))
        assert all(above[1] <= below[0] for above, below in itertools.pairwise(spans))


def test_twenty_labels_make_the_chart_taller_rather_than_cover_one_another():
    chart = drawn(*[CLOSE] * 20)
    assert label_spans(chart)[-1][1] <= chart.height


def test_neighbouring_series_differ_without_colour():
    lines = drawn(*[CLOSE] * 6).lines
    assert len({line.dash for line in lines}) == 6
    assert len({line.marks for line in lines}) == 6


def test_no_label_runs_past_the_edge():
    for width in (WIDE, NARROW):
        for row in drawn(CLOSE, width=width).lines[0].label:
            assert row.x + len(row.text) * 7.4 <= width + 2


def test_on_a_phone_fewer_appointments_are_named_and_the_latest_is_one_of_them():
    chart = drawn(CALM, width=NARROW)
    assert len(chart.x_ticks) < 12
    assert chart.x_ticks[-1].text == "12"


@pytest.mark.parametrize("values", [[1], [1] * 13, [3] * 12, [-2.5] * 12])
def test_what_cannot_be_drawn_truthfully_is_refused(values):
    with pytest.raises(ValueError, match="Sam"):
        drawn(Series("Sam", values))


def test_one_appointment_and_none_can_be_drawn():
    assert line_chart("Close", [Series("Sam", [3])], ["1"], RATING).lines[0].marks
    assert line_chart("Close", [], [], RATING).x_ticks == ()


def test_the_drawing_needs_no_style_and_escapes_names():
    html = page(drawn(Series("<b>Sam</b> & Robin", [1] * 12)))
    assert "style=" not in html
    assert "<b>" not in html
    assert 'stroke="#2f6b62"' in html


def test_the_drawing_prints():
    document = f'<html lang="en"><title>Goals</title>{page(drawn(CALM, CLOSE), table=False)}</html>'
    assert HTML(string=document).write_pdf(pdf_variant="pdf/ua-1").startswith(b"%PDF")


@given(st.lists(st.tuples(st.floats(-50, 350), st.floats(1, 60)), min_size=1, max_size=12))
def test_labels_keep_their_order_and_never_overlap(wishes):
    wanted, heights = zip(*wishes, strict=True)
    centres = spread(wanted, heights, 0, 300)
    order = sorted(range(len(wanted)), key=lambda place: (wanted[place], place))
    for above, below in itertools.pairwise(order):
        assert centres[below] - centres[above] >= (heights[above] + heights[below]) / 2 - 1e-6
    assert centres[order[0]] >= heights[order[0]] / 2 - 1e-6
    if sum(heights) <= 300:
        assert centres[order[-1]] <= 300 - heights[order[-1]] / 2 + 1e-6


@given(st.lists(st.integers(0, 20), min_size=1, max_size=10, unique=True))
def test_labels_with_room_stay_where_they_want_to_be(places):
    wanted = [place * 20.0 + 10 for place in places]
    assert spread(wanted, [20] * len(wanted), 0, 420) == pytest.approx(wanted)
