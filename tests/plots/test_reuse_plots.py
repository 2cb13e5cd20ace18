"""Plots of reuse: what the table holds, title, unit, corpus and number, words for it, and nothing left to chance."""

import itertools

import pandas as pd
import pytest
from by_hand import LABELS
from matplotlib import pyplot as plt
from matplotlib.colors import same_color
from test_plots import clipped, texts

from pastepot import tables
from pastepot.errors import PastepotError
from pastepot.plots.alt_text import alt_text
from pastepot.plots.reuse_plots import plot_clusters, plot_copies, plot_network, plot_overlap, plot_passages
from pastepot.reporting.figures import figure

DAYS = ["2031-01-14", "2031-01-15", "2031-01-15"]


def build_clusters(names=("the ferry stays", "no crossing", "a storm"), first=DAYS, last=("2031-01-20", *DAYS[1:])):
    size = len(names)
    first, last = (list(days) * size for days in (first, last))
    columns = {"cluster": range(size), "copies": range(size + 1, 1, -1), "outlets": [2] * size, "words": [9] * size}
    columns |= {
        "first_date": pd.to_datetime(first[:size]),
        "last_date": pd.to_datetime(last[:size]),
        "text": list(names),
    }
    return tables.build("clusters", columns, corpus="harbour")


def build_copies(outlets=("Gull", "Gazette", ""), days=DAYS, first=(True, False, False)):
    size = len(outlets)
    columns = {
        "cluster": [0] * size,
        "doc_id": [f"{n}.txt" for n in range(size)],
        "start": [0] * size,
        "end": [9] * size,
    }
    columns |= {"date": pd.to_datetime((list(days) * size)[:size]), "outlet": list(outlets)}
    return tables.build("copies", {**columns, "is_first": (list(first) * size)[:size]}, corpus="harbour")


def build_overlap(names=("Gazette", "Gull", "Radio")):
    pairs = list(itertools.pairwise(names))
    pairs += [(b, a) for a, b in pairs]
    size = len(pairs)
    columns = {"group_a": [a for a, _ in pairs], "group_b": [b for _, b in pairs], "words_shared": range(10, 10 + size)}
    return tables.build(
        "overlap", {**columns, "share_of_a": [(n + 1) / (2 * size) for n in range(size)]}, corpus="harbour"
    )


PLOTS = {
    "clusters": (plot_clusters, build_clusters, "clusters", "first_date"),
    "copies": (plot_copies, build_copies, "copies", "outlet"),
    "overlap": (plot_overlap, build_overlap, "overlap", "share_of_a"),
    "network": (plot_network, build_overlap, "overlap", "words_shared"),
}
every_plot = pytest.mark.parametrize("name", PLOTS)


@every_plot
def test_an_empty_table_is_refused_and_a_missing_column_named(name):
    plot, build, table, column = PLOTS[name]
    with pytest.raises(PastepotError) as caught:
        plot(tables.empty(table))
    assert str(caught.value) == f"{table} has no rows, so there is nothing to draw; say so in words instead."
    with pytest.raises(PastepotError, match=f"df lacks column '{column}'.*make it with pastepot.{table}"):
        plot(build().drop(columns=column))


@every_plot
def test_the_axes_given_are_drawn_on_and_the_table_is_left_alone(name):
    plot, build, _, _ = PLOTS[name]
    drawn, (left, right) = plt.subplots(1, 2)
    before, df = right.get_children(), build()
    kept = df.copy()
    assert plot(df, ax=left) is left
    assert right.get_children() == before
    assert df.equals(kept)
    assert plt.get_fignums() == [drawn.number]


@pytest.mark.parametrize(
    ("name", "title", "axis"),
    [
        (
            "clusters",
            "Clusters of passages over time in harbour",
            "Day of publication (at the right: copies) 3 clusters",
        ),
        (
            "copies",
            "Copies in one cluster by date in harbour",
            "Day of publication 3 copies; the line follows the dates, not who copied whom",
        ),
        (
            "overlap",
            "Words shared by pairs in harbour",
            (
                "Per cent of the row’s words that the column shares (darkest: 50%) "
                "4 ordered pairs among 3 groups; empty: no shared words"
            ),
        ),
        (
            "network",
            "Who shares words with whom in harbour",
            "A line’s width: words shared (thickest: 13) 3 groups; 2 lines",
        ),
    ],
)
def test_title_unit_corpus_and_number_are_there(name, title, axis):
    ax = PLOTS[name][0](PLOTS[name][1]())
    assert " ".join(ax.get_title().split()) == title
    assert " ".join(ax.get_xlabel().split()) == axis


@every_plot
@pytest.mark.filterwarnings("ignore:Glyph .* missing")
def test_no_label_is_cut_off_however_long_or_hostile(name):
    plot, build, _, _ = PLOTS[name]
    df = build([label or "none" for label in LABELS])
    df.attrs["corpus"] = "a corpus with a rather long name of 60 characters, $5 and $6"
    ax = plot(df)
    assert clipped(ax) == []
    assert all(text.get_fontsize() >= 10 for text in texts(ax))


@every_plot
def test_the_same_table_gives_the_same_bytes_with_words_made_from_it(name):
    plot, build, _, _ = PLOTS[name]
    one, two = (figure(plot(build()), build(), name=name) for _ in range(2))
    assert (one.svg, one.png, one.csv) == (two.svg, two.png, two.csv)
    assert one.alt.startswith(("Timeline: ", "Heat map: ", "Network: "))
    assert "harbour" in one.alt


@pytest.mark.parametrize(
    ("name", "alt"),
    [
        (
            "copies",
            (
                "Timeline: Copies in one cluster by date in harbour. Day of publication. "
                "3 copies; the line follows the dates, not who copied whom. "
                "Copies: Gull (2031-01-14), Gazette (2031-01-15) and 2.txt (2031-01-15)."
            ),
        ),
        (
            "overlap",
            (
                "Heat map: Words shared by pairs in harbour. "
                "Per cent of the row’s words that the column shares (darkest: 50%). "
                "4 ordered pairs among 3 groups; empty: no shared words. Most: 50% of Radio shared with "
                "Gull (words: 13), 38% of Gull shared with Gazette (words: 12) and 25% of Gull shared with Radio "
                "(words: 11)."
            ),
        ),
        (
            "network",
            (
                "Network: Who shares words with whom in harbour. A line’s width: words shared (thickest: 13). "
                "3 groups; 2 lines. Thickest: Radio and Gull (13) and Gull and Gazette (12)."
            ),
        ),
    ],
)
def test_the_words_name_the_highest(name, alt):
    assert figure(PLOTS[name][0](PLOTS[name][1]()), PLOTS[name][1](), name=name).alt == alt


def test_clusters_without_a_date_are_left_out_and_that_is_said():
    df = build_clusters(first=["2031-01-14", None, None], last=["2031-01-20", None, None])
    ax = plot_clusters(df)
    assert len(ax.get_yticklabels()) == 1
    assert "2 without a date not drawn" in " ".join(ax.get_xlabel().split())
    with pytest.raises(PastepotError, match="clusters with a date has no rows"):
        plot_clusters(df.tail(2))


def test_a_timeline_marks_the_earliest_and_names_undated_copies():
    ax = plot_copies(build_copies(days=["2031-01-14", "2031-01-15", None]))
    assert [text.get_text() for text in ax.texts] == ["2031-01-14", "2031-01-15", "undated"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Gull", "Gazette", "2.txt"]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["alone the earliest", "copy"]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["2031-01-14", "2031-01-15"]


def test_cells_are_shaded_by_their_share_and_carry_it():
    ax = plot_overlap(build_overlap())
    assert sorted(text.get_text() for text in ax.texts) == ["12", "25", "38", "50"]
    cells = {text.get_text(): text.xy for text in ax.texts}
    assert cells["50"] == (1, 2)
    ax.figure.canvas.draw()
    shares = ax.collections[1].get_array().ravel()
    colours = ax.collections[1].get_facecolors()
    drawn = sorted((share, colour[:3].sum()) for share, colour in zip(shares, colours, strict=True) if share > 0)
    assert [share for share, _ in drawn] == [0.125, 0.25, 0.375, 0.5]
    assert all(light > dark for (_, light), (_, dark) in itertools.pairwise(drawn))


def test_a_network_joins_a_pair_once_and_draws_more_words_thicker():
    ax = plot_network(build_overlap())
    lines = [line for line in ax.get_lines() if line.get_linestyle() == "-"]
    assert [line.get_linewidth() for line in lines] == pytest.approx([7.6, 0.6 + 7 * 12 / 13])


def test_many_names_are_cut_to_those_with_most_shared_words_and_that_is_said():
    df = build_overlap([f"outlet {n:02}" for n in range(40)])
    assert "30 of 40 groups, those with most shared words" in " ".join(plot_overlap(df).get_xlabel().split())
    assert "12 of 40 groups, those with most shared words" in " ".join(plot_network(df).get_xlabel().split())


def marks(ax):
    """Return the points of each labelled mark: day and row."""
    labelled = [line for line in ax.get_lines() if not line.get_label().startswith("_")]
    return {
        line.get_label(): [(str(day)[:10], row) for day, row in zip(*line.get_data(), strict=True)] for line in labelled
    }


def test_top_clusters_have_a_row_with_both_days_and_their_copies():
    ax = plot_clusters(build_clusters(), top=2)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["“the ferry stays”", "“no crossing”"]
    assert [text.get_text() for text in ax.texts] == ["4", "3"]
    assert marks(ax) == {
        "first copy": [("2031-01-14", 0), ("2031-01-15", 1)],
        "last copy": [("2031-01-20", 0), ("2031-01-15", 1)],
    }
    assert " ".join(ax.get_xlabel().split()).endswith(" 2 of 3 clusters")


def test_clusters_without_a_date_count_among_all():
    df = build_clusters(first=["2031-01-14", None, None], last=["2031-01-20", None, None])
    ax = plot_clusters(df)
    assert ax.get_xlabel().splitlines()[-1] == "1 of 3 clusters; 2 without a date not drawn"
    assert alt_text(ax, df).endswith(
        "1 of 3 clusters; 2 without a date not drawn. "
        "Most copies: “the ferry stays” (copies: 4, 2031-01-14 to 2031-01-20)."
    )


def test_copies_in_any_order_are_drawn_and_named_by_date():
    df = build_copies(("Gull", "Gazette"), days=["2031-01-15", "2031-01-14"], first=(False, True))
    ax = plot_copies(df)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Gazette", "Gull"]
    assert marks(ax) == {"alone the earliest": [("2031-01-14", 0)], "copy": [("2031-01-15", 1)]}
    assert alt_text(ax, df).endswith(": Gazette (2031-01-14) and Gull (2031-01-15).")


def test_of_many_copies_the_first_30_are_drawn_and_named():
    df = build_copies([f"g{n:02}" for n in range(31)])
    ax = plot_copies(df)
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert "30 of 31 copies;" in ax.get_xlabel()
    assert [f"g{n:02} (" in alt_text(ax, df) for n in range(31)] == [f"g{n:02}" in labels for n in range(31)]


def test_a_share_below_one_per_cent_is_no_zero():
    df = build_overlap()
    df.loc[0, "share_of_a"] = 0.004
    assert sorted(text.get_text() for text in plot_overlap(df).texts) == ["25", "38", "50", "<1"]
    assert ": <1% of " in alt_text(plot_overlap(df.head(1)), df)


def test_a_kind_of_passage_has_its_colour_and_its_legend_only_where_it_occurs(passages):
    for place, label in enumerate(("between articles", "inside one article")):
        ax = plot_passages(passages().iloc[[place]])
        assert [text.get_text() for text in ax.get_legend().get_texts()] == [label]
        (sample,) = [line for line in ax.get_lines() if line.get_label() == label]
        assert all(same_color(span.get_color()[0], sample.get_color()) for span in ax.collections[1:])


def test_passages_of_articles_not_drawn_are_not_counted(passages):
    pairs = [(f"b{n:02}", 0, 10, f"c{n:02}", 0, 50, 50) for n in range(16)]
    ax = plot_passages(passages(pairs))
    assert [label.get_text() for label in ax.get_yticklabels()][-1] == "c13"
    below = " ".join(ax.get_xlabel().split())
    assert below.endswith(
        " 14 of 16 passages in 30 of 32 articles, those with most shared words (2 more have as many as the last)"
    )
