"""Plots of tone: the arc through an article, targets by group, what parts two groups, and how far tools agree."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from pastepot import errors, escape
from pastepot.plots import style
from pastepot.plots.alt_text import labellers, number_of, short
from pastepot.tables import column_heading

ARC = ("vader", "textblob")
"""The tools of an arc: those that everybody can run again."""

FILLS = {"reporter": "full", "mixed": "left", "quoted": "none"}
"""How much of a marker is filled: the more of a sentence is quoted, the less."""

SAID = (
    ("same", "same sign", style.COLOURS[0], "white"),
    ("both zero", "both 0", "#9bbfd8", style.INK),
    ("one zero", "one is 0", "#cde0ec", style.INK),
    ("opposite", "opposite", style.COLOURS[1], style.INK),
    ("no known word", "no known word", style.RULE, style.INK),
)
"""Each kind of agreement: its value in the table, its name in the figure, its colour, and that of letters on it."""

NARROWEST = 0.05
"""Share of the bar that has room for its number."""

LONGEST_NAME = 44
"""Letters of an article's name under its arc."""

FEW_BARS = 6
"""Bars that a shift has room for at least, since the words around it need some."""

STANCE = "The tools score words, not stance."


def plot_sentiment(df: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    r"""Return axes with the arc of one article: its sentences in order, VADER and TextBlob on one line each.

    A marker is filled for the reporter's words, half filled for mixed sentences, hollow for quoted words. A grey stroke
    joins the two scores of a sentence; a small cross at 0 is a sentence without a word that either tool knows.

    Raises
    ------
    PastepotError
        If the table is empty, lacks a column, has several articles, or no score.

    Examples
    --------
    >>> from matplotlib import pyplot as plt
    >>> from pastepot.corpus.read import read
    >>> from pastepot.sentiment_analysis.scores import sentiment
    >>> df = sentiment(read(pd.DataFrame({"doc_id": ["a", "b"], "text": ["A great day.", "A bad day. It rains."]})))
    >>> ax = plot_sentiment(df[df["doc_id"] == "b"])
    >>> ax.get_xlabel().split("\n")[-1]
    '2 sentences of b'
    >>> plt.close(ax.figure)
    >>> plot_sentiment(df)
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: sentiment has 2 articles; an arc is of one. Choose it: df[df["doc_id"] == "a"].
    """
    style.check_drawable("sentiment", df, ("doc_id", "sentence", "voice", *ARC, "known_words"))
    names = df["doc_id"].unique()
    if len(names) > 1:
        raise errors.PastepotError(
            f'sentiment has {len(names)} articles; an arc is of one. Choose it: df[df["doc_id"] == "{names[0]}"].'
        )
    rows = df[df["vader"].notna()].sort_values("sentence", kind="stable")
    if rows.empty:
        raise errors.PastepotError("sentiment has no score in this article: its column reason says why.")
    ax = style.new_axes(ax, 8, 0.33)
    known = rows[rows["known_words"] > 0]
    _arc(ax, known, rows[rows["known_words"] == 0])
    _arc_names(ax, sorted(set(known["voice"]), key=list(FILLS).index), unknown=len(known) < len(rows))
    ax.set_ylim(-1.08, 1.08)
    n = f"{number_of(len(rows), 'sentence')} of {short(names[0], LONGEST_NAME)}"
    title, unit = "Tone through one article", "Number of the sentence; up: score, −1 to 1"
    return style.add_labels(ax, df, title, unit, n, under=STANCE, legend=3, numbers="xy")


def _arc(ax: Axes, known: pd.DataFrame, unknown: pd.DataFrame) -> None:
    """Draw the scores of the sentences with a known word, and a cross for the others."""
    ax.axhline(0, color=style.INK, lw=1, zorder=1)
    places = [(known["sentence"].astype(float), known[tool]) for tool in ARC]
    style.draw_strokes(ax, *places, color=style.RULE, lw=1.2, zorder=0)
    for number, tool in enumerate(ARC):
        for voice, rows in known.groupby("voice", sort=True):
            style.mark(ax, rows["sentence"].tolist(), rows[tool].tolist(), number, **_fill(FILLS[str(voice)]))
    ax.plot(unknown["sentence"].tolist(), [0.0] * len(unknown), "x", color=style.FAINT, ms=4)


def _fill(fill: str) -> dict[str, Any]:
    """Return the look of a marker with so much of it filled."""
    return {"ms": 6, "mec": None, "mew": 0 if fill == "full" else 1.2, "fillstyle": fill, "markerfacecoloralt": "white"}


def _arc_names(ax: Axes, voices: Sequence[str], *, unknown: bool) -> None:
    """Name the tools by colour and the voices by how much of a marker is filled."""
    for number, tool in enumerate(ARC):
        style.mark(ax, [], [], number, label=column_heading(tool), **_fill("full"))
    for voice in voices:
        style.mark(ax, [], [], color=style.FAINT, label=voice, **_fill(FILLS[voice]))
    if unknown:
        ax.plot([], [], "x", color=style.FAINT, ms=4, label="no known word")


def plot_sentiment_by(df: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Return axes with the mean tone of each group, the tools side by side, intervals where the table has them.

    Above 30 groups, those with most sentences are drawn, and the axis says so.

    Raises
    ------
    PastepotError
        If the table is empty or lacks a column.

    Examples
    --------
    >>> from pastepot import tables
    >>> from matplotlib import pyplot as plt
    >>> tone = {"group": ["Gazette", "Gazette"], "articles": [3, 3], "sentences": [40, 40], "mean": [-0.1, 0.05]}
    >>> tone |= {"tool": ["vader", "textblob"], "low": [None] * 2, "high": [None] * 2, "reason": [""] * 2}
    >>> tone |= {"share_same_sign": [0.5] * 2, "share_no_known_word": [0.2] * 2}
    >>> df = tables.build("sentiment_by", tone, corpus="port")
    >>> ax = plot_sentiment_by(df)
    >>> [label.get_text() for label in ax.get_yticklabels()], [text.get_text() for text in ax.texts]
    (['Gazette'], ['n = 40'])
    >>> plt.close(ax.figure)
    """
    style.check_drawable("sentiment_by", df, ("group", "sentences", "tool", "mean", "low", "high"))
    size = df.groupby("group", sort=False)["sentences"].max()
    names = style.largest_groups(size)
    ax = style.new_axes(ax, len(names), 0.5)
    ax.hlines(range(len(names)), -2, 2, color=style.RULE, lw=0.8, zorder=0)
    _series(
        ax, df.assign(tool=df["tool"].map(column_heading)), "tool", "group", names, spread=0.24 * df["tool"].nunique()
    )
    style.center_axis(ax, df)
    style.name_rows(ax, names, [f"n = {size[name]:,}" for name in names])
    some = f"{len(names)} groups with most sentences, of {len(size)}" if len(size) > len(names) else ""
    n = some or f"n: sentences, {size[names].sum():,} in all"
    return style.add_labels(ax, df, "Mean tone of sentences", "Mean score (−1 negative, 1 positive)", n, legend=2)


def plot_targets_by(df: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Return axes with the mean tone towards each target in each group, intervals where the table has them.

    Groups without a scored mention are left out and counted; above 30 groups, those with most mentions are drawn.

    Raises
    ------
    PastepotError
        If the table is empty, lacks a column, has no scored mention, or more than five targets.

    Examples
    --------
    >>> from matplotlib import pyplot as plt
    >>> from pastepot.corpus.read import read
    >>> from pastepot.sentiment_analysis.targets import targets_by
    >>> corpus = read(pd.DataFrame({"text": ["The town thanked the company."], "outlet": ["Gazette"]}))
    >>> ax = plot_targets_by(targets_by(corpus, {"firm": "company"}))
    >>> [label.get_text() for label in ax.get_yticklabels()], [text.get_text() for text in ax.texts][:1]
    (['Gazette'], ['n = 1'])
    >>> plt.close(ax.figure)
    """
    style.check_drawable("targets_by", df, ("group", "target", "count", "mean", "low", "high"))
    scored = df[df["mean"].notna()]
    targets = list(dict.fromkeys(scored["target"]))
    if not targets:
        raise errors.PastepotError("targets_by has no scored mention: its column reason says why.")
    style.check_group_count("targets_by", targets, "targets")
    size = scored.groupby("group", sort=False)["count"].sum()
    size = size[style.largest_groups(size)]
    ax = style.new_axes(ax, len(size), 0.5)
    _series(ax, scored, "target", "group", [*size.index])
    style.name_rows(ax, size.index, [f"n = {count:,}" for count in size])
    style.center_axis(ax, scored)
    left = df["group"].nunique() - len(size)
    n = f"n: mentions, {size.sum():,} in all" + (f"; {left:,} groups not drawn" if left else "")
    unit = "Mean score, experimental (−1 negative, 1 positive)"
    return style.add_labels(ax, df, "Mean tone towards targets", unit, n, under=_doubt(df), legend=2)


def _series(
    ax: Axes, df: pd.DataFrame, series: str, row: str | list[str], rows: Sequence[Any], *, spread: float = 0.7
) -> None:
    """Mark the means of each series (a tool, a target, a level), those of one row a little above each other."""
    ax.axvline(0, color=style.INK, lw=1, zorder=1)
    values = list(dict.fromkeys(df[series]))
    for number, value in enumerate(values):
        shift = spread / len(values) * (number - (len(values) - 1) / 2)
        chosen = df[df[series] == value].set_index(row).reindex(rows)
        style.mark_means(ax, chosen, escape.escape_figure(value or "(no name)", limit=24), shift, number)


def _doubt(df: pd.DataFrame) -> str:
    """Return what the reader must know of a table whose intervals may be missing."""
    some = df["low"].notna()
    return "Bars: 95 % interval." if some.all() else "Below 10 articles no interval: a dot may be chance."


def plot_word_shift(df: pd.DataFrame, *, top: int = 15, ax: Axes | None = None) -> Axes:
    r"""Return axes with the words that part two groups: bars to the right make the first brighter, to the left darker.

    Parameters
    ----------
    df : DataFrame
        Made by `pastepot.word_shift`.
    top : int
        How many words to draw, from the table's first on.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Raises
    ------
    PastepotError
        If the table is empty or lacks a column.

    Examples
    --------
    >>> from pastepot import tables
    >>> from matplotlib import pyplot as plt
    >>> words = {"word": ["fraud", "thanks"], "weight": [-1.0, 0.5], "freq_a": [0.5, 0.0], "freq_b": [0.0, 0.5]}
    >>> settings = {"a": "Gazette", "b": "Post"}
    >>> df = tables.build("word_shift", {**words, "contribution": [-0.5, -0.25]}, corpus="port", settings=settings)
    >>> ax = plot_word_shift(df)
    >>> ax.get_xlabel().split("\n")[-1]
    '2 of 2 words; all together −0.75'
    >>> plt.close(ax.figure)
    """
    style.check_drawable("word_shift", df, ("word", "contribution"))
    errors.at_least("top", top, 1)
    rows = df.head(top)
    asked = df.attrs.get("settings", {})
    a, b = (escape.escape_figure(asked.get(side, f"group {side}"), limit=30) for side in "ab")
    ax = style.new_axes(ax, max(len(rows), FEW_BARS), 0.27)
    up = (rows["contribution"] > 0).to_numpy()
    for chosen, colour, words in ((up, style.COLOURS[0], "positive"), (~up, style.COLOURS[1], "negative")):
        if chosen.any():
            label, values = f"makes {a} more {words} than {b}", rows["contribution"][chosen].tolist()
            ax.barh(chosen.nonzero()[0].tolist(), values, color=colour, height=0.7, label=label)
    ax.axvline(0, color=style.INK, lw=1)
    names = [word if any(map(str.isalnum, word)) else f"the mark {word}" for word in rows["word"]]
    style.name_rows(ax, names, lines=1)
    total = f"{df['contribution'].sum():+,.3g}".replace("-", "−")
    n = f"{len(rows):,} of {len(df):,} words; all together {total}"
    unit, counted = "Part in the difference of mean scores (experimental)", str(df.attrs.get("counted", ""))
    return style.add_labels(ax, df, "What parts two groups", unit, n, under=counted, legend=1)


def plot_agreement(df: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Return axes with how often VADER and TextBlob agree, or with how far coders and tools do.

    Parameters
    ----------
    df : DataFrame
        Made by `pastepot.sentiment`: one stacked bar of its sentences. Or made by `pastepot.agreement`: one dot a pair
        and level of measurement, with its interval where the table has one.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Raises
    ------
    PastepotError
        If the table is empty, lacks a column, or holds no score.

    Examples
    --------
    >>> from matplotlib import pyplot as plt
    >>> from pastepot.corpus.read import read
    >>> from pastepot.sentiment_analysis.scores import sentiment
    >>> ax = plot_agreement(sentiment(read(pd.DataFrame({"text": ["A great day. The crane stands there."]}))))
    >>> [text.get_text() for text in ax.texts], [text.get_text() for text in ax.get_legend().get_texts()]
    (['1', '1'], ['same sign', 'no known word'])
    >>> plt.close(ax.figure)
    """
    return _alphas(df, ax) if "alpha" in df.columns else _signs(df, ax)


def _signs(df: pd.DataFrame, ax: Axes | None) -> Axes:
    """Draw one bar of all scored sentences, cut by how the signs of the two tools meet."""
    style.check_drawable("sentiment", df, ("signs",))
    counts = df["signs"].value_counts()
    found = [(int(counts[value]), name, colour, ink) for value, name, colour, ink in SAID if value in counts]
    if not found:
        raise errors.PastepotError("sentiment has no score: its column reason says why.")
    scored, done = sum(count for count, _, _, _ in found), 0
    ax = style.new_axes(ax, 2, 0.4)
    for count, name, colour, ink in found:
        bar = ax.barh([0], [count], left=[done], color=colour, height=0.5, label=name)
        if count >= NARROWEST * scored:
            ax.bar_label(bar, [f"{count:,}"], label_type="center", fontsize=style.SMALL, color=ink)
        done += count
    style.label_rows(ax, [""])
    ax.set_xlim(0, scored)
    unit, n = "Sentences, by the signs of both", f"{scored:,} sentences"
    return style.add_labels(ax, df, "How VADER and TextBlob agree", unit, n, legend=5)


def _alphas(df: pd.DataFrame, ax: Axes | None) -> Axes:
    """Draw alpha of each pair, the levels of measurement side by side."""
    style.check_drawable("agreement", df, ("a", "b", "level", "sentences", "articles", "alpha", "low", "high"))
    size = df.groupby(["a", "b"], sort=False)["sentences"].max()
    ax = style.new_axes(ax, len(size), 0.55)
    _series(ax, df.rename(columns={"alpha": "mean"}), "level", ["a", "b"], [*size.index])
    style.name_rows(ax, [labellers(a, b) for a, b in size.index], [f"n = {count:,}" for count in size])
    unit, n = "Krippendorff’s alpha (0: as by chance, 1: full)", f"n: sentences, in {df['articles'].max():,} articles"
    return style.add_labels(ax, df, "How far labels agree", unit, n, under=_doubt(df), legend=3)
