"""Plots of word tables: what the table contains, corpus and totals named, and no interval where there is none."""

import itertools
import math

import pytest
from by_hand import LABELS
from matplotlib import pyplot as plt
from test_plots import clipped, texts

from pastepot import tables
from pastepot.errors import PastepotError
from pastepot.plots.alt_text import alt_text
from pastepot.plots.term_plots import plot_collocates, plot_dispersion, plot_keyness, plot_zipf
from pastepot.plots.trend_plots import plot_trends
from pastepot.reporting.figures import figure

NAN = math.nan
METHOD = "Target outlet Gull: 12 articles, 900 words; reference the rest: 11 articles, 800 words."


def build_keyness(terms=("strike", "crew", "ferry"), *, tested=True):
    size = len(terms)
    ahead = [place < size / 2 for place in range(size)]
    made = {"term": list(terms), "count_target": [9 if one else 2 for one in ahead]}
    made |= {"count_reference": [1 if one else 8 for one in ahead]}
    made |= {"rate_target": [10.0 if one else 2.0 for one in ahead]}
    made |= {"rate_reference": [1.25 if one else 10.0 for one in ahead]}
    made |= {"log_ratio": [3.0 if one else -2.3 for one in ahead], "g2": [9.5 if tested else NAN] * size}
    made |= {"low": [(0.5 if one else -4.0) if tested else NAN for one in ahead]}
    made |= {"high": [(5.0 if one else -0.5) if tested else NAN for one in ahead]}
    made |= {"articles_target": [2] * size, "articles_reference": [1] * size}
    made |= {"p": [NAN] * size, "p_adjusted": [NAN] * size, "dp": [0.25] * size, "note": [""] * size}
    family = " Of each side, the largest G2 of four cells comes first. p and interval by article." if tested else ""
    settings = {"target": {"outlet": "Gull"}, "reference": {}}
    return tables.build("keyness", made, corpus="harbour", method=METHOD + family, settings=settings)


def build_lines(docs=("a.txt", "a.txt", "b.txt")):
    size = len(docs)
    made = {"doc_id": list(docs), "date": [None] * size, "outlet": ["Gull"] * size, "left": [""] * size}
    made |= {"node": ["ferry"] * size, "right": [""] * size, "start": [100 * (n + 1) for n in range(size)]}
    made |= {"end": [100 * (n + 1) + 5 for n in range(size)], "part": ["body"] * size}
    made |= {"voice": (["reporter", "quoted", "reporter"] * size)[:size]}
    return tables.build("concordance", made, corpus="harbour", settings={"node": "ferry"})


def build_collocates(words=("crew", "quay", "late")):
    size = len(words)
    made = {"collocate": list(words), "count": [6] * size, "node_count": [9] * size, "joint": [3] * size}
    made |= {"log_dice": [12.0 - n / 2 for n in range(size)], "g2": [9.0] * size, "mi": [3.0] * size}
    made |= {"delta_p_2_1": [0.25] * size, "delta_p_1_2": [0.5] * size}
    method = "9 occurrences of the node; 80 words near it, each counted once."
    return tables.build("collocates", made, corpus="harbour", method=method, settings={"node": "ferry"})


def build_trends(words=("ferry", "crew"), periods=("2031-01", "2031-02", "2031-04"), *, tested=True):
    pairs = list(itertools.product(words, enumerate(periods)))
    rates = [2.0 + n + words.index(word) for word, (n, _) in pairs]
    made = {"term": [word for word, _ in pairs], "period": [period for _, (_, period) in pairs], "rate": rates}
    made |= {"count": [4] * len(pairs), "tokens": [1200 + 100 * n for _, (n, _) in pairs]}
    made |= {
        "low": [rate - 1 if tested else NAN for rate in rates],
        "high": [rate + 1 if tested else NAN for rate in rates],
    }
    made |= {"articles": [12 if tested else 1] * len(pairs), "note": [""] * len(pairs)}
    return tables.build("trends", made, corpus="harbour", per=1000, settings={"node": list(words), "period": "month"})


def build_ranks(terms=("the", "ferry", "port", "crew"), counts=(12, 4, 1, 1)):
    size = len(terms)
    made = {"term": list(terms), "count": list(counts), "rate": [float(n) for n in counts], "doc_count": [1] * size}
    return tables.build("terms", {**made, "outlets": [1] * size, "dp": [0.0] * size}, corpus="harbour")


PLOTS = {
    "keyness": (plot_keyness, build_keyness, "keyness", "rate_target"),
    "dispersion": (plot_dispersion, build_lines, "concordance", "voice"),
    "collocates": (plot_collocates, build_collocates, "collocates", "joint"),
    "trends": (plot_trends, build_trends, "trends", "tokens"),
    "zipf": (plot_zipf, build_ranks, "terms", "count"),
}
each_plot = pytest.mark.parametrize("name", PLOTS)


def below(ax):
    return " ".join(ax.get_xlabel().split())


def strokes(line):
    """Return the strokes of a line with gaps as pairs of points."""
    points = list(zip(line.get_xdata(), line.get_ydata(), strict=True))
    return [tuple(points[place : place + 2]) for place in range(0, len(points), 3)]


def rows(ax):
    return [label.get_text() for label in ax.get_yticklabels()]


@each_plot
def test_the_axes_given_are_drawn_on_and_returned(name):
    plot, build, *_ = PLOTS[name]
    drawn, (left, right) = plt.subplots(1, 2)
    before = right.get_children()
    assert plot(build(), ax=left) is left
    assert right.get_children() == before
    assert plt.get_fignums() == [drawn.number]


@each_plot
def test_an_empty_table_is_refused(name):
    plot, _, table, _ = PLOTS[name]
    with pytest.raises(PastepotError) as caught:
        plot(tables.empty(table))
    assert str(caught.value) == f"{table} has no rows, so there is nothing to draw; say so in words instead."


@each_plot
def test_a_missing_column_is_named(name):
    plot, build, table, column = PLOTS[name]
    with pytest.raises(PastepotError, match=f"df lacks column '{column}'.*make it with pastepot.{table}"):
        plot(build().drop(columns=column))


@each_plot
def test_the_table_is_left_alone(name):
    plot, build, *_ = PLOTS[name]
    df = build()
    before = df.copy()
    plot(df)
    assert df.equals(before)
    assert df.attrs == before.attrs


@each_plot
def test_the_same_table_gives_the_same_bytes(name):
    plot, build, *_ = PLOTS[name]
    first, second = (figure(plot(build()), build(), name="same") for _ in range(2))
    assert first == second


@each_plot
def test_the_corpus_is_named_and_nothing_is_smaller_than_10_points(name):
    plot, build, *_ = PLOTS[name]
    ax = plot(build())
    assert "in harbour" in " ".join(ax.get_title().split())
    assert all(text.get_fontsize() >= 10 for text in texts(ax))


@each_plot
@pytest.mark.filterwarnings("ignore:Glyph .* missing")
def test_no_label_is_cut_off_however_long_or_hostile(name):
    plot, build, table, _ = PLOTS[name]
    labels = LABELS[:5] if table == "trends" else LABELS
    df = build(labels, counts=range(len(labels), 0, -1)) if table == "terms" else build(labels)
    df.attrs["corpus"] = "a corpus with a rather long name of 60 characters, $5 and $6"
    if "settings" in df.attrs:
        df.attrs["settings"] |= {"node": LABELS, "target": {"outlet": "$x" * 60}, "reference": {"outlet": LABELS}}
    assert clipped(plot(df)) == []


# --- keyness -----------------------------------------------------------


def test_with_intervals_the_log_ratio_is_drawn_with_them():
    ax = plot_keyness(build_keyness())
    bars = [stroke for line in ax.get_lines() if line.get_marker() == "None" for stroke in strokes(line)]
    spans = [(start[0], end[0]) for start, end in bars if start[1] == end[1] == round(start[1])]
    assert spans == [(0.5, 5.0), (0.5, 5.0), (-4.0, -0.5)]
    assert below(ax).startswith(
        "Log ratio, with its 95% interval if tested; 1: twice as frequent (right: counts in each) "
        "3 terms. Target outlet"
    )
    assert "interval" not in " ".join(text.get_text() for text in ax.texts)
    assert "interval by article" not in below(ax)


def test_an_interval_without_an_end_goes_to_the_edge_and_a_word_without_one_has_a_mark_alone():
    df = build_keyness()
    df["high"], df["low"] = [NAN, 5.0, NAN], [0.5, 0.5, NAN]
    ax = plot_keyness(df)
    bars = [stroke for line in ax.get_lines() if line.get_marker() == "None" for stroke in strokes(line)]
    spans = [(start[0], end[0]) for start, end in bars if start[1] == end[1] == round(start[1])]
    assert [span for span in spans if span[0] == span[0]] == [(0.5, ax.get_xlim()[1]), (0.5, 5.0)]
    assert ax.get_xlim()[1] > 5
    assert [x for line in ax.get_lines() if line.get_marker() != "None" for x in line.get_xdata()] == [3.0, 3.0, -2.3]


def test_without_intervals_both_rates_are_drawn_and_the_subtitle_says_so():
    ax = plot_keyness(build_keyness(tested=False))
    drawn = {line.get_label(): list(line.get_xdata()) for line in ax.get_lines()}
    assert drawn["outlet Gull"] == [10.0, 10.0, 2.0]
    assert drawn["the rest"] == [1.25, 1.25, 10.0]
    assert "No test by article and no interval" in " ".join(text.get_text() for text in ax.texts)
    assert "interval" not in below(ax)
    assert "12 articles, 900 words; reference the rest: 11 articles" in below(ax)


def test_counts_are_at_the_right_and_top_takes_so_many_of_target_and_reference():
    ax = plot_keyness(build_keyness([f"t{n}" for n in range(12)]), top=2)
    assert rows(ax) == ["t0", "t1", "t6", "t7"]
    assert [text.get_text() for text in ax.texts][:4] == ["9 : 1", "9 : 1", "2 : 8", "2 : 8"]


def test_one_side_alone_is_drawn():
    assert rows(plot_keyness(build_keyness().head(1))) == ["strike"]
    assert rows(plot_keyness(build_keyness().tail(1))) == ["ferry"]


# --- dispersion --------------------------------------------------------


def test_a_mark_is_at_each_occurrence_the_quoted_ones_below_the_line():
    ax = plot_dispersion(build_lines())
    assert rows(ax) == ["a.txt", "b.txt"]
    _, reported, quoted = [strokes(line) for line in ax.get_lines()]
    assert [start for start, _ in reported] == [(100, 0), (300, 1)]
    assert [start for start, _ in quoted] == [(200, 0)]
    assert reported[0][1][1] < 0 < quoted[0][1][1]
    assert [text.get_text() for text in ax.texts] == ["n = 2", "n = 1"]


def test_lines_end_with_the_articles_and_an_article_without_an_occurrence_has_one():
    made = {column: [""] * 3 for column in tables.TABLES["articles"].columns}
    made |= {"doc_id": ["a.txt", "b.txt", "c.txt"], "chars": [500, 800, 700], "translated": [False] * 3}
    made |= {"words": [1] * 3, "date": [None] * 3, "file_start": [0] * 3}
    ax = plot_dispersion(build_lines(), articles=tables.build("articles", made))
    assert [end[0] for _, end in strokes(ax.get_lines()[0])] == [500, 800, 700]
    assert [text.get_text() for text in ax.texts] == ["n = 2", "n = 1", "n = 0"]


def test_many_articles_are_cut_to_those_with_most_occurrences_and_that_is_said():
    ax = plot_dispersion(build_lines([f"d{n:02}.txt" for n in range(30)] + ["d29.txt"]))
    assert len(rows(ax)) == 20
    assert rows(ax)[-1] == "d29.txt"
    assert "21 of 31 occurrences in 20 of 30 articles, those with most" in below(ax)


# --- trends ------------------------------------------------------------


def test_periods_are_at_their_distance_and_a_gap_breaks_the_line():
    ax = plot_trends(build_trends(("ferry",)))
    _, line, dots = ax.get_lines()
    assert [round(x - ax.get_xticks()[0]) for x in dots.get_xdata()] == [0, 1, 3]
    assert [math.isnan(y) for y in line.get_ydata()] == [False, False, True, False]


def test_totals_are_under_each_period_and_names_at_the_ends_of_the_lines():
    ax = plot_trends(build_trends())
    assert [label.get_text() for label in ax.get_xticklabels()] == [
        "2031-01\n1,200 words\n12 articles",
        "2031-02\n1,300 words\n12 articles",
        "2031-04\n1,400 words\n12 articles",
    ]
    assert {text.get_text() for text in ax.texts} == {"ferry", "crew", "Bars: 95% interval."}
    assert below(ax) == "Occurrences per 1,000 words, by month 2 terms in 3 months: 36 articles, 3,900 words"


def test_of_many_periods_some_are_labelled_and_the_range_of_totals_is_given():
    ax = plot_trends(build_trends(periods=[f"2031-W{n:02}" for n in range(1, 13)]))
    assert len(ax.get_xticks()) == 4
    assert "1,200 to 2,300 words a month" in below(ax)


def test_without_intervals_the_subtitle_says_so():
    ax = plot_trends(build_trends(tested=False))
    words = " ".join(text.get_text() for text in ax.texts)
    assert "Without a bar" in words
    assert "Bars" not in words


def test_one_period_without_an_interval_is_enough_for_the_caution():
    df = build_trends(("ferry",))
    assert "Without a bar" not in " ".join(text.get_text() for text in plot_trends(df).texts)
    df.loc[1, ["low", "high"]] = NAN
    ax = plot_trends(df)
    assert "Bars: 95% interval. Without a bar" in " ".join(text.get_text() for text in ax.texts)


def test_lines_that_end_together_have_names_apart():
    df = build_trends(("ferry", "crew", "port"))
    df["rate"] = 5.0
    places = sorted(text.get_position()[1] for text in plot_trends(df).texts)
    assert all(b - a >= 0.07 for a, b in itertools.pairwise(places))


def test_too_many_terms_and_odd_periods_are_refused():
    with pytest.raises(PastepotError) as caught:
        plot_trends(build_trends(tuple("abcdef")))
    assert str(caught.value) == "trends has 6 terms; a figure shows up to 5. Choose some."
    with pytest.raises(PastepotError) as caught:
        plot_trends(build_trends(periods=("spring",)))
    assert str(caught.value) == "period must be as 2024, 2024-03, 2024-W10 or 2024-03-05; got 'spring'."


# --- Zipf and collocates -----------------------------------------------


def test_zipf_draws_count_by_rank_and_the_line_of_the_law():
    ax = plot_zipf(build_ranks())
    law, line = ax.get_lines()[:2]
    assert list(law.get_ydata()) == [12, 3]
    assert list(zip(line.get_xdata(), line.get_ydata(), strict=True)) == [(1, 12), (2, 4), (3, 1), (4, 1)]
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log")
    assert below(ax).endswith("4 terms, 18 occurrences; 2 terms occur once")


def test_zipf_leaves_out_points_inside_a_step_and_sorts_what_it_gets():
    df = build_ranks([f"t{n:03}" for n in range(500)], [1] * 499 + [9])
    line = plot_zipf(df).get_lines()[1]
    assert list(zip(line.get_xdata(), line.get_ydata(), strict=True)) == [(1, 9), (2, 1), (500, 1)]


def test_zipf_refuses_groups():
    with pytest.raises(PastepotError, match="terms has a term more than once; plot_zipf draws one list"):
        plot_zipf(build_ranks(("ferry", "ferry"), (2, 1)))


def test_collocates_are_at_their_log_dice_with_the_joint_count():
    ax = plot_collocates(build_collocates(), top=2)
    assert list(ax.get_lines()[0].get_xdata()) == [12.0, 11.5]
    assert rows(ax) == ["crew", "quay"]
    assert [text.get_text() for text in ax.texts] == ["3 of 6", "3 of 6"]
    assert " ".join(ax.get_title().split()) == "Words near “ferry” in harbour"


# --- the words for them ------------------------------------------------


def test_words_for_keyness_name_both_sides_and_say_when_there_is_no_interval():
    words = alt(plot_keyness(build_keyness()))
    assert words.startswith("Dot chart: Word frequencies in target and reference in harbour. Log ratio, ")
    assert words.endswith(
        "More frequent in the target: “strike” (9 in the target, 1 in the reference) and “crew” (9 in the target, "
        "1 in the reference). More frequent in the reference: “ferry” (2 in the target, 8 in the reference)."
    )
    assert "no interval: the rates describe" in alt(plot_keyness(build_keyness(tested=False)))


def alt(ax):
    return alt_text(ax, build_lines())


def test_words_for_lines_collocates_and_trends():
    assert alt(plot_dispersion(build_lines())) == (
        "Chart of strokes: Where “ferry” occurs in harbour. Characters from the article’s start. "
        "3 occurrences in 2 articles. 1 stroke is quoted. Most: a.txt (2) and b.txt (1)."
    )
    assert alt(plot_collocates(build_collocates(), top=1)).endswith(
        " 1 of 3 collocates. 9 occurrences of the node; 80 words near it, each counted once. "
        "First: “crew” (logDice 12.0, 3 of 6)."
    )
    assert alt(plot_trends(build_trends(("ferry",)))) == (
        "Line chart: How often words occur over time in harbour. Occurrences per 1,000 words, by month. "
        "1 term in 3 months: 36 articles, 3,900 words. Bars: 95% interval. "
        "ferry: lowest 2031-01 (rate 2.0, of 1,200 words), highest 2031-04 (rate 4.0, of 1,400 words)."
    )


def test_a_list_of_terms_says_how_many_occur_once():
    terms = [f"t{n:03}" for n in range(50)]
    assert "; 30 terms occur once." in alt(plot_zipf(build_ranks(terms, [2] * 20 + [1] * 30)))


def test_words_for_lines_name_the_article_with_most_occurrences_wherever_it_comes():
    assert alt(plot_dispersion(build_lines(("a.txt", "b.txt", "b.txt")))).endswith(" Most: b.txt (2) and a.txt (1).")


def test_a_word_without_an_interval_leaves_the_others_theirs_and_words_in_neither_are_not_named():
    df = build_keyness()
    df.loc[2, ["low", "high"]] = NAN
    assert below(plot_keyness(df)).startswith("Log ratio, with its 95% interval if tested")
    df.loc[2, ["rate_target", "rate_reference"]] = 2.0
    assert "More frequent in the reference" not in alt(plot_keyness(df))


def test_the_legend_names_the_group_on_each_side_and_the_axis_only_the_two_totals():
    ax = plot_keyness(build_keyness())
    drawn = {line.get_label(): list(line.get_xdata()) for line in ax.get_lines() if line.get_marker() != "None"}
    assert drawn == {"more in outlet Gull": [3.0, 3.0], "more in the rest": [-2.3]}
    assert below(ax).endswith(f" (right: counts in each) 3 terms. {METHOD.rstrip('.')}.")
    df = build_keyness(tested=False)
    df.attrs["per"] = 1_000_000
    assert below(plot_keyness(df)).startswith("Occurrences per 1,000,000 words (right: counts in each) ")


def test_an_article_that_the_table_of_articles_lacks_keeps_its_line():
    made = {column: [""] for column in tables.TABLES["articles"].columns}
    made |= {"doc_id": ["a.txt"], "chars": [500], "translated": [False], "words": [1], "date": [None]}
    ax = plot_dispersion(build_lines(), articles=tables.build("articles", made | {"file_start": [0]}))
    assert [end[0] for _, end in strokes(ax.get_lines()[0])] == [500, 300]
    assert below(ax).endswith(" 3 occurrences in 2 articles")


def test_zipf_names_the_first_and_the_third_term_but_none_that_occurs_once():
    named = {text.get_text(): text.xy for text in plot_zipf(build_ranks(counts=(12, 4, 2, 1))).texts}
    assert named == {"the": (1, 12.0), "port": (3, 2.0)}
    assert [text.get_text() for text in plot_zipf(build_ranks()).texts] == ["the"]


def test_of_several_words_a_title_names_three_and_says_that_there_are_more():
    df = build_lines()
    df.attrs["settings"] = {"node": ["ferry", "port", "crew"]}
    assert " ".join(plot_dispersion(df).get_title().split()) == "Where “ferry”, “port” and “crew” occur in harbour"
    df.attrs["settings"] = {"node": ["ferry", "port", "crew", "quay"]}
    assert "“crew” and 1 more occur" in " ".join(plot_dispersion(df).get_title().split())
