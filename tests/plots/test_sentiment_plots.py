"""Plots of sentiment: what the table contains and no more, one article an arc, voices distinct, limits in words."""

import math

import pandas as pd
import pytest
from by_hand import LABELS
from matplotlib import pyplot as plt
from test_plots import clipped, texts

from pastepot import tables
from pastepot.errors import PastepotError
from pastepot.plots.alt_text import alt_text
from pastepot.plots.sentiment_plots import plot_agreement, plot_sentiment, plot_targets_by, plot_word_shift
from pastepot.reporting.figures import figure

NAN = math.nan


def build_tone(doc="a.txt", vader=(0.5, -0.5, 0.0, 0.0), textblob=(0.25, 0.5, 0.5, 0.0), known_words=(1, 2, 1, 0)):
    size = len(vader)
    signs = ["same", "opposite", "one zero", "no known word"][:size]
    made = {"doc_id": [doc] * size, "sentence": list(range(size)), "start": range(size), "end": range(1, size + 1)}
    made |= {
        "text": ["The ferry sails."] * size,
        "part": ["body"] * size,
        "news_model": list(vader),
        "known_words": list(known_words),
    }
    made |= {"voice": ["reporter", "quoted", "mixed", "reporter"][:size], "vader": list(vader)}
    made |= {"textblob": list(textblob), "signs": signs, "reason": [""] * size}
    return tables.build("sentiment", made, corpus="harbour")


def build_targets(groups=("Gazette", "Gull"), targets=("firm", "crew"), mean=0.25, *, tested=False):
    rows = [(group, target) for group in groups for target in targets]
    size = len(rows)
    made = {"group": [group for group, _ in rows], "target": [target for _, target in rows], "articles": [3] * size}
    made |= {"count": [5] * size, "mean": [mean] * size, "negative": [0.0] * size, "positive": [0.5] * size}
    made |= {"low": [mean - 0.125 if tested else NAN] * size, "high": [mean + 0.125 if tested else NAN] * size}
    return tables.build("targets_by", {**made, "reason": [""] * size}, corpus="harbour")


def build_shift(words=("fraud", "thanks", "calm"), contribution=(-0.5, 0.25, -0.125)):
    size = len(words)
    made = {"word": list(words), "weight": [-1.0] * size, "freq_a": [0.5] * size, "freq_b": [0.0] * size}
    made |= {"contribution": (list(contribution) * size)[:size]}
    said = {"counted": "40 sentences of Gull against 41 of Gazette.", "settings": {"a": "Gull", "b": "Gazette"}}
    return tables.build("word_shift", made, corpus="harbour", **said)


def build_alphas():
    rows = [(*pair, level, 50, 3, 0.25, NAN, NAN) for pair in SIDES for level in ("nominal", "interval")]
    return pd.DataFrame(rows, columns=["a", "b", "level", "sentences", "articles", "alpha", "low", "high"])


SIDES = [("coders", "coders"), ("coders", "vader")]
PLOTS = {
    "sentiment": (plot_sentiment, build_tone, "sentiment", "voice"),
    "targets_by": (plot_targets_by, build_targets, "targets_by", "mean"),
    "shift": (plot_word_shift, build_shift, "word_shift", "contribution"),
    "agreement": (plot_agreement, build_tone, "sentiment", "signs"),
}
each_plot = pytest.mark.parametrize("name", PLOTS)


def below(ax):
    return " ".join(ax.get_xlabel().split())


def points(line):
    return list(zip(line.get_xdata(), line.get_ydata(), strict=True))


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
def test_the_table_is_left_alone_and_gives_the_same_bytes(name):
    plot, build, *_ = PLOTS[name]
    df = build()
    first, second = (figure(plot(df), df, name="same") for _ in range(2))
    assert first == second
    assert df.equals(build())


@each_plot
def test_the_corpus_is_named_and_nothing_is_clipped_or_smaller_than_10_points(name):
    plot, build, *_ = PLOTS[name]
    ax = plot(build())
    assert "in harbour" in " ".join(ax.get_title().split())
    assert all(text.get_fontsize() >= 10 for text in texts(ax))
    assert clipped(ax) == []


@pytest.mark.filterwarnings("ignore:Glyph .* missing")
@pytest.mark.parametrize("label", LABELS)
def test_hostile_names_are_drawn(label):
    for ax in (
        plot_sentiment(build_tone(label)),
        plot_targets_by(build_targets((label, *"abcdef"), (label,))),
        plot_word_shift(build_shift((label, *"abcdefghijk"))),
    ):
        assert clipped(ax) == []
        plt.close(ax.figure)


# --- the arc -----------------------------------------------------------


def test_several_articles_are_refused_and_the_way_to_choose_one_is_said():
    both = pd.concat([build_tone("a.txt"), build_tone("b.txt")])
    with pytest.raises(PastepotError) as caught:
        plot_sentiment(both)
    assert str(caught.value) == ('sentiment has 2 articles; an arc shows one. Choose it: df[df["doc_id"] == "a.txt"].')


def test_the_voice_fills_the_marker_and_every_score_is_drawn_once():
    drawn = [line for line in plot_sentiment(build_tone()).lines if line.get_marker() in "os" and len(line.get_xdata())]
    found = {(line.get_marker(), line.get_fillstyle()): points(line) for line in drawn}
    assert found == {
        ("o", "full"): [(0, 0.5)],
        ("o", "none"): [(1, -0.5)],
        ("o", "left"): [(2, 0.0)],
        ("s", "full"): [(0, 0.25)],
        ("s", "none"): [(1, 0.5)],
        ("s", "left"): [(2, 0.5)],
    }


def test_a_sentence_without_a_known_word_is_a_cross_and_no_dot():
    crosses = [line for line in plot_sentiment(build_tone()).lines if line.get_marker() == "x"]
    assert points(crosses[0]) == [(3, 0.0)]


def test_an_arc_says_its_sentences_and_that_words_are_no_stance():
    ax = plot_sentiment(build_tone())
    assert below(ax).endswith("4 sentences of a.txt")
    assert "The tools score words, not stance." in [text.get_text() for text in ax.texts]


def test_an_article_without_scores_is_refused():
    with pytest.raises(PastepotError, match="its column reason says why"):
        plot_sentiment(build_tone(vader=(NAN,), textblob=(NAN,), known_words=(0,)))


# --- targets -----------------------------------------------------------


def test_intervals_are_drawn_where_given_and_a_caution_where_not():
    bare, tested = plot_targets_by(build_targets()), plot_targets_by(build_targets(tested=True))
    assert "Without a bar: fewer than 10 articles" in " ".join(text.get_text() for text in bare.texts)
    ends = [path.vertices[:, 0].tolist() for lines in tested.collections[:-1] for path in lines.get_paths()]
    assert ends == [[0.125, 0.375]] * 4


def test_groups_without_a_mention_are_left_out_and_counted():
    df = build_targets()
    ax = plot_targets_by(df.assign(mean=df["mean"].where(df["group"] == "Gull")))
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Gull"]
    assert below(ax).endswith("1 group; n: mentions, 10 in all; 1 group not drawn: no scored mention")


def test_of_many_groups_30_are_drawn():
    ax = plot_targets_by(build_targets([f"g{n:02}" for n in range(40)]))
    assert len(ax.get_yticklabels()) == 30
    assert below(ax).endswith(
        "30 of 40 groups, those with most mentions (10 more have as many as the last); n: mentions, 300 in all"
    )


def test_no_mention_and_six_targets_are_refused():
    with pytest.raises(PastepotError, match="no scored mention"):
        plot_targets_by(build_targets(mean=NAN))
    with pytest.raises(PastepotError, match="6 targets; a figure shows up to 5"):
        plot_targets_by(build_targets(targets=list("abcdef")))


# --- word shift --------------------------------------------------------


def test_punctuation_has_no_bar_and_what_it_adds_is_said():
    table = build_shift(("fraud", "port", "402", "(punctuation)"))
    ax = plot_word_shift(table)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["fraud", "port", "402"]
    assert below(ax).endswith("3 words or pairs; sum of all −0.875, of which punctuation, a row of its own, −0.5")
    assert (
        " 3 words or pairs; sum of all −0.875, of which punctuation, a row of its own, −0.5. 40 sentences"
        in alt_text(ax, table)
    )


def test_bars_are_the_signed_contributions_and_the_total_is_of_all_words():
    ax = plot_word_shift(build_shift(), top=2)
    bars = {round(bar.get_y() + bar.get_height() / 2): bar.get_width() for bar in ax.patches}
    assert bars == {0: -0.5, 1: 0.25}
    assert below(ax).endswith("2 of 3 words or pairs; sum of all −0.375")


def test_both_groups_are_named_by_direction():
    found = [text.get_text() for text in plot_word_shift(build_shift()).get_legend().get_texts()]
    assert found == ["makes Gull the more positive", "makes Gazette the more positive"]


# --- agreement ---------------------------------------------------------


def test_the_bar_contains_every_scored_sentence_once():
    ax = plot_agreement(build_tone())
    assert [(bar.get_x(), bar.get_width()) for bar in ax.patches] == [(0, 1), (1, 1), (2, 1), (3, 1)]
    assert below(ax).endswith("4 sentences")


def test_a_table_of_alphas_gets_one_row_a_pair():
    ax = plot_agreement(build_alphas())
    assert [" ".join(label.get_text().split()) for label in ax.get_yticklabels()] == [
        "coders among themselves",
        "coders and VADER",
    ]
    assert below(ax).endswith("n: sentences, in 3 articles")
    assert clipped(ax) == []


# --- the words for a reader who can't see them ---------------------------


def test_the_words_are_true():
    assert alt(plot_sentiment(build_tone())) == (
        "Dot chart: Sentiment through one article in harbour. Number of the sentence; up: score, −1 to 1. "
        "4 sentences of a.txt. The tools score words, not stance. "
        "VADER: −0.50 to +0.50, 1 below 0, 1 above 0. TextBlob: +0.00 to +0.50, none below 0, 3 above 0. "
        "1 sentence without a known word."
    )
    assert alt(plot_agreement(build_tone())) == (
        "One stacked bar: Signs of VADER and TextBlob compared in harbour. Sentences, by the signs of both scores. "
        "4 sentences. Signs of both: same 1, one zero 1, opposite 1 and no known word 1."
    )
    assert alt(plot_word_shift(build_shift())).endswith(
        " 3 words or pairs; sum of all −0.375. 40 sentences of Gull against 41 of Gazette. "
        "Largest: “fraud” (−0.500), “thanks” (+0.250) and “calm” (−0.125)."
    )
    assert alt(plot_targets_by(build_targets(targets=("firm",)))).endswith(
        " firm: Gazette at +0.25 (mentions: 5); the same mean throughout."
    )
    assert " 4 values; n: sentences, in 3 articles. Without a bar" in alt(plot_agreement(build_alphas()))
    assert " Alpha: coders among themselves, nominal: 0.25 (sentences: 50), " in alt(plot_agreement(build_alphas()))


def alt(ax):
    return alt_text(ax, pd.DataFrame())


def test_only_sentences_with_a_score_are_counted():
    df = build_tone(vader=(0.5, -0.5, NAN), textblob=(0.25, 0.5, NAN), known_words=(1, 2, 0))
    assert below(plot_sentiment(df)).endswith(" 2 sentences of a.txt")
    assert "2 sentences of a.txt." in alt(plot_sentiment(df))


def test_an_arc_s_legend_names_the_tool_of_each_marker():
    markers = {line.get_label(): line.get_marker() for line in plot_sentiment(build_tone()).get_lines()}
    assert [markers[name] for name in ("VADER", "TextBlob", "no known word")] == ["o", "s", "x"]


def test_one_mean_without_an_interval_is_enough_for_the_caution():
    df = build_targets(tested=True)
    assert "Bars: 95% interval." in [text.get_text() for text in plot_targets_by(df).texts]
    df.loc[0, ["low", "high"]] = NAN
    few = "Without a bar: fewer than 10 articles, or too few that differ; a dot may be chance."
    assert " ".join(plot_targets_by(df).texts[-1].get_text().split()) == f"Bars: 95% interval. {few}"


def test_the_number_of_mentions_is_that_of_the_groups_drawn():
    ax = plot_targets_by(build_targets([f"g{n:02}" for n in range(40)]))
    assert below(ax).endswith("; n: mentions, 300 in all")


def test_a_word_shift_says_what_is_compared_and_that_it_is_no_difference_of_means():
    ax = plot_word_shift(build_shift())
    assert "log odds, so not the difference of means of news_model" in below(ax)
    assert "40 sentences of Gull against 41 of Gazette." in [text.get_text() for text in ax.texts]


def test_words_for_a_shift_name_five_and_sum_all():
    words = alt(plot_word_shift(build_shift("abcdef"), top=5))
    assert words.endswith(" Largest: “a” (−0.500), “b” (+0.250), “c” (−0.125), “d” (−0.500) and “e” (+0.250).")
    assert " 5 of 6 words or pairs; sum of all −0.75." in words


def test_signs_keep_their_order_whatever_their_counts_and_narrow_bars_carry_no_number():
    df = pd.DataFrame({"signs": ["no known word"] * 40 + ["opposite"] * 3 + ["same"] + [""]})
    ax = plot_agreement(df)
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["same", "opposite", "no known word"]
    assert [(bar.get_x(), bar.get_width()) for bar in ax.patches] == [(0, 1), (1, 3), (4, 40)]
    assert [text.get_text() for text in ax.texts if text.get_text()] == ["3", "40"]
    assert below(ax) == "Sentences, by the signs of both scores 44 sentences"


def test_a_pair_s_sentences_are_counted_once_for_all_levels():
    shown = [text.get_text() for text in plot_agreement(build_alphas()).texts]
    assert shown[:2] == ["n = 50", "n = 50"]
