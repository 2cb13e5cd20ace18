"""The words for a figure are true of what is drawn, below, at and above what a plot draws at most."""

import re

import hypothesis.strategies as st
import numpy as np
import pandas as pd
import pytest
from by_hand import TITLE, build_passages, build_terms
from by_hand import build_tone as build_means
from hypothesis import given
from matplotlib import pyplot as plt
from test_reuse_plots import build_clusters, build_copies, build_overlap
from test_sentiment_plots import build_alphas, build_shift, build_targets, build_tone
from test_source_plots import build_attributions, build_sources, build_unnamed
from test_term_plots import build_collocates, build_keyness, build_lines, build_ranks, build_trends, strokes

from pastepot import tables
from pastepot.plots.alt_text import alt_text
from pastepot.plots.reuse_plots import plot_clusters, plot_copies, plot_network, plot_overlap, plot_passages
from pastepot.plots.sentiment_plots import (
    plot_agreement,
    plot_sentiment,
    plot_sentiment_by,
    plot_targets_by,
    plot_word_shift,
)
from pastepot.plots.source_plots import plot_attributions, plot_sources, plot_unnamed_sources
from pastepot.plots.style import DRAWN
from pastepot.plots.term_plots import plot_collocates, plot_dispersion, plot_keyness, plot_terms, plot_zipf
from pastepot.plots.trend_plots import plot_trends
from pastepot.reporting.figures import figure


def names(size, stem="n"):
    return [f"{stem}{number:03}" for number in range(size)]


def build_pairs(size):
    """Return passages of so many articles, each with the next; no two ends of spans are the same number."""
    pairs = enumerate(zip(names(size), names(size)[1:], strict=False), 100)
    return build_passages([(a, n, n + 200, b, n + 400, n + 600, 9) for n, (a, b) in pairs])


# --- what is drawn, read from the figure ---------------------------------


def named(ax):
    """Return how many rows have a name."""
    return len(ax.get_yticklabels())


def bars(ax):
    return len([bar for bar in ax.patches if bar.get_width() != 0])


def dots(ax):
    """Return how many marks are on the axes, whatever their colour."""
    marks = [line for line in ax.get_lines() if line.get_linestyle() == "None"]
    return sum(np.isfinite(np.asarray(line.get_ydata(), dtype=float)).sum() for line in marks if len(line.get_xdata()))


def lines(ax):
    return len([line for line in ax.get_lines() if line.get_linestyle() == "-" and line.get_marker() == "None"])


def struck(ax):
    """Return how many occurrences have a stroke: all strokes but the articles' own lines."""
    return sum(len(strokes(line)) for line in ax.get_lines()[1:])


def cells(ax):
    """Return how many cells of a heat map have a shade."""
    return int(np.ma.masked_invalid(ax.collections[1].get_array()).count())


def joined(ax):
    return len(ax.patches)


def ranks(ax):
    """Return how far the line of counts goes on the axis of ranks."""
    return int(ax.get_lines()[1].get_xdata()[-1])


def length(ax):
    """Return how long the stacked bar is."""
    return int(sum(bar.get_width() for bar in ax.patches))


def levels(ax):
    """Return on how many rows there is a mark."""
    marks = [line for line in ax.get_lines() if line.get_linestyle() == "None"]
    return len({round(float(y)) for line in marks for y in line.get_ydata()})


def baselines(ax):
    """Return how many articles have a line."""
    return len(ax.collections[0].get_segments())


# A plot, its table of so many, sizes below, at and above its limit, and what the words count with how it is drawn.
CASES = {
    "terms": (plot_terms, lambda size: build_terms(names(size)), (19, 20, 21), {"terms": bars}),
    "groups": (
        plot_terms,
        lambda size: build_terms(names(size) * 2, outlet=["Gull"] * size + ["Post"] * size),
        (19, 20, 21),
        {"terms": levels},
    ),
    "keyness": (plot_keyness, lambda size: build_keyness(names(size)), (19, 20, 22), {"terms": dots}),
    "rates": (plot_keyness, lambda size: build_keyness(names(size), tested=False), (19, 20, 22), {"terms": levels}),
    "dispersion": (
        plot_dispersion,
        lambda size: build_lines(names(size) + names(size)),
        (19, 20, 21),
        {"occurrences": struck, "articles": named},
    ),
    "zipf": (plot_zipf, lambda size: build_ranks(names(size), range(size, 0, -1)), (5, 50), {"terms": ranks}),
    "collocates": (plot_collocates, lambda size: build_collocates(names(size)), (19, 20, 21), {"collocates": dots}),
    "trends": (plot_trends, lambda size: build_trends(("ferry",), names(size, "2")), (2, 5, 6), {"months": dots}),
    "arc": (
        plot_sentiment,
        lambda size: build_tone(vader=[0.0] * size, textblob=[0.0] * size, known_words=[0] * size),
        (2, 3, 4),
        {"sentences of": dots},
    ),
    "means": (plot_sentiment_by, lambda size: build_means(names(size)), (29, 30, 31), {"groups": levels}),
    "targets": (plot_targets_by, lambda size: build_targets(names(size), ("firm",)), (29, 30, 31), {"groups": dots}),
    "shift": (
        plot_word_shift,
        lambda size: build_shift([*names(size), "(punctuation)"]),
        (14, 15, 16),
        {"words or pairs": bars},
    ),
    "signs": (plot_agreement, lambda _: build_tone(), (4,), {"sentences": length}),
    "alphas": (plot_agreement, lambda _: build_alphas(), (4,), {"values": dots}),
    "passages": (plot_passages, build_pairs, (29, 30, 31, 40), {"passages": joined, "articles": baselines}),
    "clusters": (plot_clusters, lambda size: build_clusters(names(size)), (11, 12, 13), {"clusters": levels}),
    "copies": (plot_copies, lambda size: build_copies(names(size)), (29, 30, 31), {"copies": dots}),
    "overlap": (plot_overlap, lambda size: build_overlap(names(size)), (29, 30, 31), {"pairs": cells, "groups": named}),
    "network": (plot_network, lambda size: build_overlap(names(size)), (11, 12, 13), {"groups": dots, "lines": lines}),
    "voices": (
        plot_attributions,
        lambda size: build_attributions([(name, "Ada Quay", "direct") for name in names(size)]),
        (19, 20, 21),
        {"statements": struck, "articles": named},
    ),
    "sources": (
        plot_sources,
        lambda size: build_sources([("Gull", name, 9, 2) for name in names(size)]),
        (9, 10, 11),
        {"sources": named},
    ),
    "outlets": (
        plot_sources,
        lambda size: build_sources([(name, "Ada Quay", 9, 2) for name in names(size)]),
        (49, 50, 51),
        {"sources": named, "outlets": named},
    ),
    "unnamed": (
        plot_unnamed_sources,
        lambda size: build_unnamed([(name, 8, 2, 0, 0.25, 0.125, 0.5) for name in names(size)]),
        (49, 50, 51),
        {"outlets": dots},
    ),
}
SIZES = [(name, size) for name, case in CASES.items() for size in case[2]]


@pytest.mark.parametrize(("name", "size"), SIZES)
def test_the_counts_in_the_words_are_those_of_the_marks_on_the_axes(name, size):
    plot, build, _, counted = CASES[name]
    ax = plot(build(size))
    said = alt_text(ax, pd.DataFrame())
    for noun, count in counted.items():
        (number,) = re.findall(rf"([\d,]+)(?: of [\d,]+)?(?: ordered)? {noun}\b", said)
        assert int(number.replace(",", "")) == count(ax) > 0, said


VALUES_UP = {"trends", "zipf"}
"""Plots whose values are drawn upwards; the others' lie across, but for dates and the circle of a network."""


@pytest.mark.parametrize("name", sorted(set(CASES) - {"clusters", "copies", "network", "overlap"}))
def test_every_number_that_is_drawn_is_in_the_table_under_the_figure(name):
    plot, build, (*_, size), _ = CASES[name]
    df = add_intervals(build(size))
    ax = plot(df)
    rows = DRAWN[ax].rows
    known = {round(float(x), 6) for x in rows.select_dtypes("number").to_numpy().ravel() if pd.notna(x)}
    # The first lines of passages are the articles' own, whose ends are of the articles.
    skipped = 1 if name == "passages" else 0
    assert drawn_numbers(ax, 1 if name in VALUES_UP else 0, skipped) <= known | FURNITURE
    table = figure(ax, df, name=name).table
    assert [column["name"] for column in table["columns"]] == list(rows.columns)
    assert len(table["rows"]) == min(40, len(rows))


FURNITURE = {0.0, 1.0, -2.0, 2.0, -50.0, 14.0}
"""Ends of the lines of zero and of the faint lines behind the marks."""


def add_intervals(df):
    """Return the table with intervals, whose ends are numbers of no other column."""
    value = next((name for name in ("mean", "alpha") if name in df.columns), "")
    return df.assign(low=df[value] - 0.0625, high=df[value] + 0.03125) if value else df


def drawn_numbers(ax, axis, skipped):
    """Return the values of all marks, strokes and bars, but of dashed lines and of so many collections."""
    lines = [line for line in ax.get_lines() if line.get_linestyle() in ("-", "None") and len(line.get_xdata()) != 0]
    values = [value for line in lines for value in line.get_xydata()[:, axis]]
    for lines in ax.collections[skipped:]:
        values += [point[axis] for segment in lines.get_segments() for point in segment]
    values += [bar.get_width() for bar in ax.patches if axis == 0 and hasattr(bar, "get_width")]
    return {round(float(value), 6) for value in values if np.isfinite(value)}


@pytest.mark.parametrize("name", ["clusters", "copies", "network", "overlap"])
def test_days_shares_and_widths_that_are_drawn_are_in_the_table_under_the_figure(name):
    plot, build, (*_, size), _ = CASES[name]
    ax = plot(build(size))
    rows = DRAWN[ax].rows
    dates = {pd.Timestamp(day) for day in rows.select_dtypes("datetime").to_numpy().ravel()}
    drawn = {pd.Timestamp(day) for line in ax.get_lines() for day in line.get_xdata() if isinstance(day, np.datetime64)}
    assert drawn == dates
    if name == "overlap":
        shades = ax.collections[1].get_array().ravel()
        assert sorted(shades[np.isfinite(shades)]) == sorted(rows["share_of_a"])
    if name == "network":
        widths = [line.get_linewidth() for line in ax.get_lines() if line.get_linestyle() == "-"]
        most = rows["words_shared"].max()
        assert widths == pytest.approx([0.6 + 7 * words / most for words in rows["words_shared"]])


def test_the_words_of_all_axes_of_a_figure_are_said_and_the_table_is_that_of_the_axes_given(terms, passages):
    _, (left, right) = plt.subplots(1, 2)
    plot_terms(terms(), ax=left)
    plot_passages(passages(), ax=right)
    bundle = figure(right, passages(), name="both")
    assert "3 terms." in bundle.alt
    assert "2 passages in 2 articles." in bundle.alt
    assert bundle.table["columns"][0]["name"] == "doc_a"


def test_outlets_and_articles_are_called_so():
    for by, noun in {"outlet": "outlets", "doc_id": "articles", "month": "months", "desk": "groups"}.items():
        df = build_overlap()
        df.attrs["settings"] = {"by": by}
        assert f"4 ordered pairs among 3 {noun};" in alt_text(plot_overlap(df), df)
        assert f" 3 {noun}; 2 lines." in alt_text(plot_network(df), df)


# --- the words, letter by letter ------------------------------------------


def said(ax):
    return alt_text(ax, pd.DataFrame())


def test_terms_name_the_three_most_frequent(terms):
    assert said(plot_terms(terms(["a", "b", "c", "d"]))) == (
        "Bar chart: Most frequent terms in harbour. Occurrences per 1,000 words (at the bar’s end: occurrences). "
        "4 terms. Counted 400 of 450 words. Most frequent: “a” (count 4, 10.0 per 1,000 words), "
        "“b” (count 3, 7.5 per 1,000 words) and “c” (count 2, 5.0 per 1,000 words)."
    )


def test_grouped_terms_name_their_group(terms):
    assert said(plot_terms(terms(["a", "a"], outlet=["Gull", "{desk}"]))).endswith(
        " 1 term. Counted 400 of 450 words. Most frequent: “a”, Gull (count 2, 5.0 per 1,000 words) "
        "and “a”, {desk} (count 1, 2.5 per 1,000 words)."
    )


def test_sentiment_names_lowest_and_highest_of_each_tool(tone):
    assert said(plot_sentiment_by(tone())) == (
        "Dot chart: Mean sentiment of sentences in harbour. Mean score (−1 negative, 1 positive). "
        "2 groups; n: sentences, 81 in all. "
        "Without a bar: fewer than 10 articles, or too few that differ; a dot may be chance. "
        "VADER: lowest Gazette at −0.25 (sentences: 40), highest Gull at +0.05 (sentences: 41). "
        "TextBlob: lowest Gazette at +0.10 (sentences: 40), highest Gull at +0.30 (sentences: 41)."
    )


def test_a_tool_without_scores_is_named(tone):
    assert "VADER: no score." in said(plot_sentiment_by(tone(means=(None, 0.5))))


def test_passages_distinguish_between_from_inside_and_name_the_longest(passages):
    assert said(plot_passages(passages())).endswith(
        " 2 passages in 2 articles. 1 pair between two articles, 1 inside one article. "
        "The longest: a.txt from character 10 and b.txt from character 200 (words: 14)."
    )


def test_a_foreign_table_is_described_by_its_columns():
    df, ax = pd.DataFrame({"day": [1], TITLE: [2]}), plt.figure().add_subplot()
    assert alt_text(ax, df) == f"Chart of a table with 1 row and the columns day, {TITLE}."
    assert alt_text(ax, tables.empty("problems")) == (
        "Chart of a table with no rows and the columns path, where, reason."
    )


@given(st.text(max_size=99))
def test_names_stay_on_one_line(name):
    ax = plot_terms(build_terms([name]))
    assert "\n" not in said(ax)
    plt.close(ax.figure)


def test_terms_in_any_order_are_named_by_rate_in_the_unit_asked_for(terms):
    df = terms(["a", "b", "c", "d"]).iloc[::-1]
    df.attrs["settings"] = {"per": 1_000_000}
    assert said(plot_terms(df)).endswith(
        " Most frequent: “a” (count 4, 10.0 per 1,000,000 words), “b” (count 3, 7.5 per 1,000,000 words) and "
        "“c” (count 2, 5.0 per 1,000,000 words)."
    )


def test_the_longest_passage_is_named_wherever_it_comes_and_ties_are_said(passages):
    pairs = [("a.txt", 0, 40, "b.txt", 5, 45, 8), ("a.txt", 50, 110, "c.txt", 7, 67, 12)]
    assert "The longest: a.txt from character 50 and c.txt" in said(plot_passages(passages(pairs)))
    assert "One of the 2 longest: a.txt from character 0" in said(plot_passages(passages([pairs[0], pairs[0]])))
