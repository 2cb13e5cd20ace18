"""Plots: they draw what the table holds, on the axes given, with title, unit, corpus and number, nothing cut off."""

import itertools

import pytest
from by_hand import LABELS
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from pastepot import tables
from pastepot.errors import PastepotError
from pastepot.plots.alt_text import alt_text
from pastepot.plots.reuse_plots import plot_passages
from pastepot.plots.sentiment_plots import plot_sentiment_by
from pastepot.plots.term_plots import plot_terms

PLOTS = {"terms": plot_terms, "tone": plot_sentiment_by, "passages": plot_passages}
TABLES = {"terms": "terms", "tone": "sentiment_by", "passages": "passages"}


def texts(ax):
    """Return every text on the axes that is visible."""
    ax.figure.canvas.draw()
    low, high = ax.get_xlim()
    ticks = [label for label in ax.get_xticklabels() if low <= label.get_position()[0] <= high]
    every = [ax.title, ax.xaxis.label, *ax.texts, *ax.get_yticklabels(), *ticks]
    legend = ax.get_legend()
    return [text for text in every + (legend.get_texts() if legend else []) if text.get_text()]


def clipped(ax):
    """Return the texts that reach beyond the figure."""
    box = ax.figure.bbox
    outside = []
    for text in texts(ax):
        extent = text.get_window_extent()
        if extent.x0 < -1 or extent.x1 > box.x1 + 1 or extent.y0 < -1 or extent.y1 > box.y1 + 1:
            outside.append(text.get_text())
    return outside


@pytest.mark.parametrize("name", PLOTS)
def test_the_axes_given_are_drawn_on_and_returned(name, request):
    drawn, (left, right) = plt.subplots(1, 2)
    before = right.get_children()
    assert PLOTS[name](request.getfixturevalue(name)(), ax=left) is left
    assert right.get_children() == before
    assert drawn.get_suptitle() == ""
    assert plt.get_fignums() == [drawn.number]


@pytest.mark.parametrize("name", PLOTS)
def test_without_axes_there_is_a_new_figure(name, request):
    plt.subplots()
    ax = PLOTS[name](request.getfixturevalue(name)())
    assert isinstance(ax, Axes)
    assert len(plt.get_fignums()) == 2


@pytest.mark.parametrize("name", PLOTS)
def test_an_empty_table_is_refused(name):
    with pytest.raises(PastepotError) as caught:
        PLOTS[name](tables.empty(TABLES[name]))
    message = f"{TABLES[name]} has no rows, so there is nothing to draw; say so in words instead."
    assert str(caught.value) == message


@pytest.mark.parametrize("name", PLOTS)
def test_a_missing_column_is_named(name, request):
    df = request.getfixturevalue(name)()
    column = {"terms": "rate", "tone": "mean", "passages": "start_b"}[name]
    with pytest.raises(PastepotError, match=f"df lacks column '{column}'.*make it with pastepot.{TABLES[name]}"):
        PLOTS[name](df.drop(columns=column))


@pytest.mark.parametrize("name", PLOTS)
def test_the_table_is_left_alone(name, request):
    df = request.getfixturevalue(name)()
    before = df.copy()
    PLOTS[name](df)
    assert df.equals(before)
    assert df.attrs == before.attrs


@pytest.mark.parametrize(
    ("name", "title", "axis"),
    [
        (
            "terms",
            "Most frequent terms in harbour",
            "Occurrences per 1,000 words (at the bar’s end: occurrences) 3 terms. Counted 400 of 450 words",
        ),
        (
            "tone",
            "Mean sentiment of sentences in harbour",
            "Mean score (−1 negative, 1 positive) 2 groups; n: sentences, 81 in all",
        ),
        (
            "passages",
            "Where passages occur again in harbour",
            "Characters from the article’s start to its last shared span 2 passages in 2 articles",
        ),
    ],
)
def test_title_unit_corpus_and_number_are_there(name, title, axis, request):
    ax = PLOTS[name](request.getfixturevalue(name)())
    assert " ".join(ax.get_title().split()) == title
    assert " ".join(ax.get_xlabel().split()) == axis


@pytest.mark.parametrize("name", PLOTS)
@pytest.mark.filterwarnings("ignore:Glyph .* missing")
def test_no_label_is_cut_off_however_long_or_hostile(name, request):
    build = request.getfixturevalue(name)
    pairs = [(a, 0, 9000, b, 10, 99, 9) for a, b in itertools.pairwise(LABELS)]
    df = build(pairs) if name == "passages" else build(LABELS)
    df.attrs["corpus"] = "a corpus with a rather long name of 60 characters, $5 and $6"
    ax = PLOTS[name](df)
    assert clipped(ax) == []
    assert all(text.get_fontsize() >= 10 for text in texts(ax))


def test_bars_are_as_long_as_the_rates_and_the_first_is_on_top(terms):
    ax = plot_terms(terms())
    assert [bar.get_width() for bar in ax.patches] == [7.5, 5.0, 2.5]
    assert [text.get_text() for text in ax.texts] == ["3", "2", "1"]
    assert ax.yaxis_inverted()


def test_top_draws_so_many_terms(terms):
    ax = plot_terms(terms([f"t{n}" for n in range(30)]), top=3)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["t0", "t1", "t2"]
    with pytest.raises(PastepotError, match="top must be a whole number of 1 or more; got 0"):
        plot_terms(terms(), top=0)


def test_groups_differ_by_marker_and_colour_and_a_leading_low_line_does_not_hide_one(terms):
    ax = plot_terms(terms(["ferry"] * 3, outlet=["_Gull", "Gazette", "$5"]))
    lines = ax.get_lines()
    assert len({line.get_marker() for line in lines}) == len({line.get_color() for line in lines}) == 3
    assert [text.get_text().strip("\u200a") for text in ax.get_legend().get_texts()] == ["_Gull", "Gazette", r"\$5"]


def test_too_many_groups_are_refused(terms):
    with pytest.raises(PastepotError) as caught:
        plot_terms(terms(["ferry"] * 6, outlet=list("abcdef")))
    assert str(caught.value) == "terms has 6 groups; a figure shows up to 5. Choose some."


def test_the_zero_line_is_there_and_each_tool_has_its_marker(tone):
    ax = plot_sentiment_by(tone())
    zero, vader, textblob = ax.get_lines()
    assert list(zero.get_xdata()) == [0, 0]
    assert list(vader.get_xdata()) == [-0.25, 0.05]
    assert list(textblob.get_xdata()) == [0.1, 0.3]
    assert all(a < b for a, b in zip(vader.get_ydata(), textblob.get_ydata(), strict=True))
    assert ax.get_xlim()[0] == -ax.get_xlim()[1]
    assert [text.get_text() for text in ax.texts][:2] == ["n = 40", "n = 41"]


def test_groups_without_a_score_keep_their_row(tone):
    ax = plot_sentiment_by(tone(means=(None,)))
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Gazette", "Gull"]


def test_many_groups_are_cut_to_those_with_most_sentences_and_that_is_said(tone):
    ax = plot_sentiment_by(tone([f"g{n:02}" for n in range(40)]))
    assert [label.get_text() for label in ax.get_yticklabels()] == [f"g{n}" for n in range(10, 40)]
    assert "30 of 40 groups, those with most sentences" in " ".join(ax.get_xlabel().split())
    assert " Lowest and highest are of those drawn. VADER: lowest " in alt_text(ax, tone())
    assert "of those drawn" not in alt_text(plot_sentiment_by(tone()), tone())


def test_each_article_is_one_line_to_the_end_of_its_last_passage(passages):
    ax = plot_passages(passages())
    lines = ax.collections[0].get_segments()
    assert [segment[1][0] for segment in lines] == [90, 345]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["a.txt", "b.txt"]


def test_an_article_whose_partners_are_not_drawn_keeps_its_own_line(passages):
    pairs = [(f"b{n:02}", 0, 10 + n, f"c{n:02}", 0, 50 + n, 50) for n in range(15)]
    pairs += [("a", 0, 777, f"z{n}", 0, 9, 30) for n in range(2)]
    ax = plot_passages(passages(pairs))
    ends = [segment[1][0] for segment in ax.collections[0].get_segments()]
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert len(ends) == len(labels) == 30
    assert dict(zip(labels, ends, strict=True)) | {"a": 777, "b03": 13, "c02": 52} == dict(
        zip(labels, ends, strict=True)
    )


def test_spans_lie_where_the_table_says_and_each_pair_is_joined(passages):
    ax = plot_passages(passages())
    spans = [tuple(point for end in one.get_segments()[0] for point in end) for one in ax.collections[1:]]
    assert spans == [(10, 0, 90, 0), (200, 1, 280, 1), (5, 1, 50, 1), (300, 1, 345, 1)]
    assert len(ax.patches) == 2
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["between articles", "inside one article"]


def test_each_group_has_its_rates_at_its_terms_in_the_unit_asked_for(terms):
    df = terms(["ferry", "port", "port", "ferry"], outlet=["Gull", "Gull", "Gazette", "Gazette"])
    df.attrs["settings"] = {"per": 1_000_000}
    ax = plot_terms(df)
    drawn = {line.get_label(): list(zip(*line.get_data(), strict=True)) for line in ax.get_lines()}
    assert drawn == {"Gull": [(10.0, 0), (7.5, 1)], "Gazette": [(5.0, 1), (2.5, 0)]}
    assert ax.get_xlabel().splitlines() == ["Occurrences per 1,000,000 words", "2 terms. Counted 400 of 450 words"]


def test_the_number_of_sentences_is_that_of_the_groups_drawn(tone):
    ax = plot_sentiment_by(tone([f"g{n:02}" for n in range(40)]))
    below = " ".join(ax.get_xlabel().split())
    assert below.endswith(" 30 of 40 groups, those with most sentences; n: sentences, 1,935 in all")


def test_the_axis_of_scores_has_room_for_the_intervals(tone):
    ax = plot_sentiment_by(tone(low=[-0.75] * 4, high=[0.5] * 4))
    assert ax.get_xlim() == pytest.approx((-0.9, 0.9))
