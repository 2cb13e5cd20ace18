"""Plots over time: rows in any order give the same lines, intervals are drawn whole, units are those asked for."""

import pytest
from test_term_plots import below, build_trends, strokes

from pastepot.plots.alt_text import alt_text
from pastepot.plots.trend_plots import plot_trends


def test_rows_in_any_order_give_the_same_line_intervals_name_and_words():
    df = build_trends(("ferry",)).iloc[::-1]
    ax = plot_trends(df)
    intervals, _, dots = ax.get_lines()
    assert [(low[1], high[1]) for low, high in strokes(intervals)] == [(1.0, 3.0), (2.0, 4.0), (3.0, 5.0)]
    assert list(dots.get_ydata()) == [2.0, 3.0, 4.0]
    assert [label.get_text().splitlines()[0] for label in ax.get_xticklabels()] == ["2031-01", "2031-02", "2031-04"]
    assert [text.xy for text in ax.texts[:1]] == [(dots.get_xdata()[-1], 4.0)]
    assert alt_text(ax, df) == alt_text(plot_trends(build_trends(("ferry",))), df)


def test_the_axis_of_rates_has_room_for_the_intervals():
    assert plot_trends(build_trends(("ferry",))).get_ylim() == pytest.approx((0, 5.4))


@pytest.mark.parametrize(
    ("months", "totals"),
    [(5, "60 articles, 7,000 words"), (6, "72 articles, 8,700 words; 1,200 to 1,700 words a month")],
)
def test_the_range_of_totals_is_given_only_where_not_every_period_shows_its_own(months, totals):
    df = build_trends(("ferry",), [f"2031-{number:02}" for number in range(1, months + 1)])
    df.attrs["per"] = 1_000_000
    unit = "Occurrences per 1,000,000 words, by month"
    assert below(plot_trends(df)) == f"{unit} 1 term in {months} months: {totals}"
