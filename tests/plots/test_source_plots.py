"""Plots of who speaks: every statement, word and share that the table holds is drawn, and what is left out is said."""

import itertools

import pandas as pd
import pytest
from by_hand import LABELS
from matplotlib import pyplot as plt
from matplotlib.colors import to_rgb
from test_plots import clipped, texts

from pastepot import tables
from pastepot.errors import PastepotError
from pastepot.plots import style
from pastepot.plots.alt_text import alt_text
from pastepot.plots.source_plots import plot_attributions, plot_sources, plot_unnamed_sources

KINDS = ("direct", "indirect", "mixed")


def build_attributions(rows=(("a.txt", "Ada Quay", "direct"), ("a.txt", "", "indirect"), ("b.txt", "crew", "mixed"))):
    """Return statements of ten characters, each twenty after the one before."""
    size = len(rows)
    made = {name: [row[place] for row in rows] for place, name in enumerate(("doc_id", "source", "kind"))}
    made |= {"start": range(100, 100 + 20 * size, 20), "end": range(110, 110 + 20 * size, 20)}
    made |= {"sentence": range(size), **dict.fromkeys(("anonymity", "reason", "cue"), [""] * size)}
    made |= {"source_kind": ["named" if source else "unnamed" for _, source, _ in rows]}
    made |= {name: pd.array([None] * size, dtype="Int64") for name in ("source_start", "source_end")}
    made |= {name: pd.array([None] * size, dtype="Int64") for name in ("cue_start", "cue_end")}
    made |= {"cue_class": ["said"] * size, "negated": [False] * size, "hedged": [False] * size, "text": ["x"] * size}
    return tables.build("attributions", made, corpus="harbour")


def build_sources(rows=(("Gull", "Ada Quay", 9, 2), ("Gull", "crew", 0, 5), ("Post", "Ada Quay", 3, 0)), by="outlet"):
    size = len(rows)
    made = {name: [row[place] for row in rows] for place, name in enumerate((by, "source"))}
    made |= {"words_quoted": [row[2] for row in rows], "words_reported": [row[3] for row in rows]}
    made |= {"source_kind": ["named"] * size, "statements": [1] * size, "quotations": [1] * size}
    made |= {"share": [0.5] * size, "first_start": [0] * size, "forms": [""] * size}
    return tables.build("sources", made, corpus="harbour", settings={"by": by})


def build_unnamed(rows=(("Gull", 40, 6, 4, 0.25, 0.125, 0.375), ("Post", 8, 4, 0, 0.5, None, None))):
    names = ("outlet", "statements", "withheld", "collective", "share_unnamed", "low", "high")
    made = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    made |= {"articles": [12] * len(rows), "document": [0] * len(rows), "not_attributed": [0] * len(rows)}
    made |= {"reason": [""] * len(rows)}
    return tables.build("unnamed_sources", made, corpus="harbour", settings={"by": "outlet"})


PLOTS = {
    "attributions": (plot_attributions, build_attributions, "start"),
    "sources": (plot_sources, build_sources, "words_reported"),
    "unnamed_sources": (plot_unnamed_sources, build_unnamed, "share_unnamed"),
}
every_plot = pytest.mark.parametrize("name", PLOTS)


@every_plot
def test_an_empty_table_is_refused_and_a_missing_column_named(name):
    plot, build, column = PLOTS[name]
    with pytest.raises(PastepotError) as caught:
        plot(tables.empty(name))
    assert str(caught.value) == f"{name} has no rows, so there is nothing to draw; say so in words instead."
    with pytest.raises(PastepotError, match=f"df lacks column '{column}'.*make it with pastepot.{name}"):
        plot(build().drop(columns=column))


@every_plot
def test_the_axes_given_are_drawn_on_and_the_table_is_left_alone(name):
    plot, build, _ = PLOTS[name]
    drawn, (left, right) = plt.subplots(1, 2)
    before, df = right.get_children(), build()
    kept = df.copy()
    assert plot(df, ax=left) is left
    assert right.get_children() == before
    assert df.equals(kept)
    assert df.attrs == build().attrs
    assert plt.get_fignums() == [drawn.number]


@pytest.mark.parametrize(
    ("name", "title", "axis"),
    [
        (
            "attributions",
            "Who speaks where in harbour",
            "Characters from the article’s start to its last statement 3 statements in 2 articles",
        ),
        (
            "sources",
            "Words by source and outlet in harbour",
            "Words (at the bar’s end: all of the source) 3 sources: at most 10 of each of 2 outlets",
        ),
        (
            "unnamed_sources",
            "Unnamed sources in harbour",
            "Share of statements whose source has no name (right: of all statements) 48 statements in 2 outlets",
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
    plot, build, _ = PLOTS[name]
    hostile = [*filter(None, LABELS), "$x$ <b>"]
    rows = {
        "attributions": [(label, label, "direct") for label in hostile],
        "sources": [(label, label, 90, 9) for label in hostile],
        "unnamed_sources": [(label, 8, 1, 1, 0.25, None, None) for label in hostile],
    }
    df = build(rows[name])
    df.attrs["corpus"] = "a corpus with a rather long name of 60 characters, $5 and $6"
    ax = plot(df)
    assert clipped(ax) == []
    assert all(text.get_fontsize() >= 10 for text in texts(ax))


# --- voice strips ------------------------------------------------------


def strips(ax):
    """Return each stroke of the strips: the row, first and last character, how high, and its colour; not the axes'."""
    found = []
    for line in ax.get_lines()[1:]:
        points = line.get_xydata()
        for (start, row), (end, _) in zip(points[::3], points[1::3], strict=True):
            found.append((int(row), int(start), int(end), line.get_linewidth(), to_rgb(line.get_color())))
    return sorted(found)


def test_each_statement_is_drawn_where_it_is_said_and_quotations_are_higher_and_darker():
    ax = plot_attributions(build_attributions())
    found = strips(ax)
    assert [stroke[:3] for stroke in found] == [(0, 100, 110), (0, 120, 130), (1, 140, 150)]
    direct, other, mixed = (stroke[3:] for stroke in found)
    assert direct[0] > other[0] == mixed[0]
    assert direct[1] == to_rgb(style.COLOURS[0])
    assert sum(other[1]) > sum(to_rgb(style.FAINT))
    assert mixed[1] != to_rgb(style.COLOURS[1])
    legend = [text.get_text() for text in ax.get_legend().get_texts()]
    assert legend == ["Ada Quay", "crew", "all others"]
    assert "1 direct, 1 indirect, 1 mixed. Most statements: Ada Quay (1) and crew (1)." in alt_text(ax, pd.DataFrame())


@pytest.mark.parametrize(("size", "coloured"), [(1, 1), (2, 2), (5, 5), (6, 5)])
def test_five_sources_have_colours_and_the_axis_says_of_how_many(size, coloured):
    rows = [("a.txt", f"S{n}", "direct") for n in range(size) for _ in range(2)]
    ax = plot_attributions(build_attributions(rows))
    assert len({stroke[4] for stroke in strips(ax)} - {to_rgb(style.FAINT)}) == coloured
    said = " ".join(alt_text(ax, pd.DataFrame()).split())
    more = ", those with most (1 more has as many as the last)" * (size > coloured)
    part = f"{coloured} of {size}" if size > coloured else str(size)
    assert f"In colour: {part} known source{'s' * (size > 1)}{more}." in said
    others = [text.get_text() for text in ax.get_legend().get_texts()].count("all others")
    assert others == (size > coloured)


def test_the_caution_is_whole_where_many_sources_have_as_many_statements_as_the_last():
    rows = [("a_rather_long_name_of_an_article.txt", f"S{n}", "direct") for n in range(200)]
    ax = plot_attributions(build_attributions(rows))
    said = [" ".join(text.get_text().split()) for text in ax.texts]
    whole = "those with most (195 more have as many as the last)."
    assert next(text for text in said if text.startswith("High")).endswith(whole)


@pytest.mark.parametrize("kind", ["unnamed", "document", ""])
def test_sources_that_may_be_another_one_each_time_are_grey(kind):
    df = build_attributions([("a.txt", "Ada Quay", "direct"), *[("b.txt", "experts", "direct")] * 3])
    ax = plot_attributions(df.assign(source_kind=df["source"].map({"Ada Quay": "named", "experts": kind})))
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["Ada Quay", "all others"]
    assert [stroke[4] == to_rgb(style.FAINT) for stroke in strips(ax)] == [False, True, True, True]


def test_statements_of_nobody_are_grey_and_no_source_is_called_coloured():
    ax = plot_attributions(build_attributions([("a.txt", "", "direct")]))
    assert [stroke[4] for stroke in strips(ax)] == [to_rgb(style.FAINT)]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["all others"]
    assert "In colour" not in alt_text(ax, pd.DataFrame())


def test_articles_without_a_statement_have_a_strip_and_all_end_where_they_do():
    about = pd.DataFrame({"doc_id": ["a.txt", "b.txt", "c.txt"], "chars": [400, 500, 600]})
    ax = plot_attributions(build_attributions(), articles=about)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["a.txt", "b.txt", "c.txt"]
    assert ax.get_lines()[0].get_xdata()[1::3].tolist() == [400, 500, 600]
    assert [text.get_text() for text in ax.texts][:3] == ["n = 2", "n = 1", "n = 0"]
    assert "to its end" in " ".join(ax.get_xlabel().split())


@pytest.mark.parametrize(("size", "drawn"), [(19, 19), (20, 20), (21, 20)])
def test_above_twenty_articles_those_with_most_statements_are_drawn_in_their_order(size, drawn):
    names = [f"{n:02}.txt" for n in range(size)]
    rows = [(name, "Ada", "direct") for name in names for _ in range(1 if name == "03.txt" else 2)]
    ax = plot_attributions(build_attributions(rows))
    shown = [label.get_text() for label in ax.get_yticklabels()]
    assert shown == (names if size == drawn else [name for name in names if name != "03.txt"])
    left_out = f"{2 * drawn} of {2 * size - 1} statements in {drawn} of {size} articles, those with most"
    whole = f"{2 * size - 1} statements in {size} articles"
    assert (left_out if size > drawn else whole) in " ".join(ax.get_xlabel().split())


# --- words of sources --------------------------------------------------


def bars(ax):
    """Return start and length of each bar by row: quoted, then reported."""
    sides = [[(bar.get_x(), bar.get_width()) for bar in side] for side in ax.containers]
    return list(zip(*sides, strict=True))


def test_bars_add_up_to_the_words_of_the_source():
    rows = (("Gull", "Ada Quay", 9, 2), ("Gull", "crew", 0, 5), ("Post", "Ada Quay", 3, 0))
    ax = plot_sources(build_sources(rows))
    assert bars(ax) == [((0, 9), (9, 2)), ((0, 0), (0, 5)), ((0, 3), (3, 0))]
    ends = [text.get_text() for text in ax.texts]
    assert ends == ["Ada Quay 11", "crew 5", "Ada Quay 3"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Gull", "", "Post"]
    said = "Most words: Ada Quay in Gull (9 quoted, 2 reported), crew in Gull (0 quoted, 5 reported) and Ada Quay in"
    assert said in alt_text(ax, pd.DataFrame())


def test_one_group_names_its_sources_at_the_left():
    ax = plot_sources(build_sources([("Gull", "Ada Quay", 9, 2), ("Gull", "crew", 0, 5)]))
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Ada Quay", "crew"]
    assert [text.get_text() for text in ax.texts] == ["11", "5"]
    assert " ".join(ax.get_title().split()) == "Words by source in harbour"
    assert "Most words: Ada Quay (9 quoted, 2 reported)" in alt_text(ax, pd.DataFrame())


def test_a_source_without_a_counted_word_is_drawn_as_nothing_and_said():
    ax = plot_sources(build_sources([("Gull", "Ada Quay", 0, 0)]))
    assert bars(ax) == [((0, 0), (0, 0))]
    assert [text.get_text() for text in ax.texts] == ["0"]


@pytest.mark.parametrize(("size", "top", "drawn"), [(2, 1, 1), (2, 3, 3), (2, 99, 20), (8, 10, 5), (41, 10, 1)])
def test_groups_share_the_room_and_the_axis_says_how_many_each_has(size, top, drawn):
    rows = [(f"O{n:02}", f"S{k:02}", 30 - k, 1) for n in range(size) for k in range(25)]
    ax = plot_sources(build_sources(rows), top=top)
    assert len(bars(ax)) == size * drawn
    assert [text.get_text().split()[0] for text in ax.texts][:drawn] == [f"S{k:02}" for k in range(drawn)]
    few = "the first" if drawn == 1 else f"at most {drawn}"
    said = f"{size * drawn} of {25 * size:,} sources: {few} of each of {size} outlets"
    assert said in " ".join(ax.get_xlabel().split())


@pytest.mark.parametrize(("size", "drawn"), [(49, 49), (50, 50), (51, 50)])
def test_fifty_outlets_with_names_of_sixty_letters_are_legible(size, drawn):
    rows = [
        (f"{'The Weekly Messenger of the United Coastal Towns and Village'}{n}", "W" * 60, n, 1) for n in range(size)
    ]
    ax = plot_sources(build_sources(rows))
    assert len(bars(ax)) == drawn
    assert clipped(ax) == []
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert len(set(labels)) == drawn
    ax.figure.canvas.draw()
    boxes = [label.get_window_extent() for label in ax.get_yticklabels()]
    assert all(above.y0 >= below.y1 for above, below in itertools.pairwise(boxes))
    left_out = f"{drawn} of {size} outlets, those with most words" if size > drawn else f"{size} outlets"
    assert left_out in " ".join(ax.get_xlabel().split())


def test_no_tick_is_beyond_the_longest_bar():
    ax = plot_sources(build_sources())
    assert max(ax.get_xticks()) <= 11


# --- unnamed sources ---------------------------------------------------


def test_shares_are_ranked_and_only_intervals_that_the_table_has_are_drawn():
    ax = plot_unnamed_sources(build_unnamed())
    strokes, dots = ax.get_lines()
    assert dots.get_xydata().tolist() == [[0.5, 0], [0.25, 1]]
    assert strokes.get_xydata()[3:5].tolist() == [[0.125, 1], [0.375, 1]]
    assert strokes.get_xydata()[:2, 0].tolist() == pytest.approx([float("nan")] * 2, nan_ok=True)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Post", "Gull"]
    assert [text.get_text() for text in ax.texts][:2] == ["4 of 8", "10 of 40"]
    said = alt_text(ax, pd.DataFrame())
    assert "Highest: Post (50% of 8) and Gull (25% of 40)." in said
    assert "Bars: 95% interval. Without a bar: fewer than 10 articles, or too few that differ" in said


@pytest.mark.parametrize(("known", "words"), [(0, "Without a bar"), (1, "Bars: 95% interval. Without"), (2, "Bars")])
def test_the_caution_speaks_of_bars_that_are_there_and_of_dots_without_one(known, words):
    rows = [(name, 8, 2, 0, 0.25, *((0.125, 0.5) if n < known else (None, None))) for n, name in enumerate("ab")]
    said = alt_text(plot_unnamed_sources(build_unnamed(rows)), pd.DataFrame())
    assert words in said
    assert ("Without a bar" in said) == (known < 2)


@pytest.mark.parametrize(("size", "drawn"), [(1, 1), (49, 49), (50, 50), (51, 50)])
def test_above_fifty_groups_those_with_most_statements_are_drawn(size, drawn):
    rows = [(f"{'W' * 60}{n}", 100 - n, 0, 0, 0.0, None, None) for n in range(size)]
    ax = plot_unnamed_sources(build_unnamed(rows))
    assert len(ax.get_lines()[1].get_xdata()) == drawn
    assert clipped(ax) == []
    assert len({label.get_text() for label in ax.get_yticklabels()}) == drawn
    total = sum(100 - n for n in range(drawn))
    part = f"{drawn} of {size} outlets, those with most" if size > drawn else f"{size} outlet{'s' * (size > 1)}"
    assert f"{total:,} statements in {part}" in " ".join(ax.get_xlabel().split())


def test_the_axis_is_in_per_cent():
    ax = plot_unnamed_sources(build_unnamed())
    ax.figure.canvas.draw()
    at = {tick: label.get_text() for tick, label in zip(ax.get_xticks(), ax.get_xticklabels(), strict=True)}
    assert {tick: label for tick, label in at.items() if 0 <= tick <= 1} == {
        tick: f"{round(100 * tick)}%" for tick in at if 0 <= tick <= 1
    }
    assert len(at) > 2
