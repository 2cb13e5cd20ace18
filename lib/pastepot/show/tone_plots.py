"""Plots of tone: the arc through an article, targets by group, what parts two groups, and how far tools agree."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from pastepot import errors, marks, tables
from pastepot.show.canvas import (
    BESIDE,
    COLOURS,
    DOT,
    FAINT,
    INK,
    LABEL,
    MARKERS,
    MOST_GROUPS,
    MOST_ROWS,
    RULE,
    SMALL,
    draw_strokes,
    drawable,
    label_rows,
    new_axes,
    put_legend,
    write_numbers,
    write_words,
)
from pastepot.show.figures import wrapped

ARC = ("vader", "textblob")
"""The tools of an arc: those that everybody can run again."""

FILLS = {"reporter": "full", "mixed": "left", "quoted": "none"}
"""How much of a marker is filled: the more of a sentence is quoted, the less."""

SAID = (
    ("yes", "same sign", COLOURS[0], "white"),
    ("one at 0", "one at 0", "#9bbfd8", INK),
    ("opposite", "opposite", COLOURS[1], INK),
    ("no known word", "no known word", RULE, INK),
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
    >>> from pastepot.tone.scores import sentiment
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
    drawable("sentiment", df, ("doc_id", "sentence", "voice", *ARC, "hits"))
    names = df["doc_id"].unique()
    if len(names) > 1:
        raise errors.PastepotError(
            f'sentiment has {len(names)} articles; an arc is of one. Choose it: df[df["doc_id"] == "{names[0]}"].'
        )
    rows = df[df["vader"].notna()].sort_values("sentence", kind="stable")
    if rows.empty:
        raise errors.PastepotError("sentiment has no score in this article: its column reason says why.")
    ax = new_axes(ax, 8, 0.33)
    known = rows[rows["hits"] > 0]
    _arc(ax, known, rows[rows["hits"] == 0])
    _arc_legend(ax, sorted(set(known["voice"]), key=list(FILLS).index), unknown=len(known) < len(rows))
    ax.set_ylim(-1.08, 1.08)
    n = f"{len(rows):,} sentence{'s' * (len(rows) != 1)} of {_short(names[0])}"
    write_words(ax, df, "Tone through one article", "Number of the sentence; up: score, −1 to 1", n, under=STANCE)
    write_numbers(ax.yaxis)
    write_numbers(ax.xaxis)
    ax.tick_params(axis="y", labelsize=SMALL, labelcolor=FAINT)
    return ax


def _short(name: object) -> str:
    """Return a name for a line of text that is made safe later, cut where it is long."""
    text = str(name)
    return text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1] + "…"


def _arc(ax: Axes, known: pd.DataFrame, unknown: pd.DataFrame) -> None:
    """Draw the scores of the sentences with a known word, and a cross for the others."""
    ax.axhline(0, color=INK, lw=1, zorder=1)
    place = known["sentence"].astype(float).to_numpy()
    ends = [(place, known[tool].to_numpy()) for tool in ARC]
    draw_strokes(ax, ends[0], ends[1], color=RULE, lw=1.2, zorder=0)
    for number, tool in enumerate(ARC):
        for voice, rows in known.groupby("voice", sort=True):
            style = _marker(number, FILLS[str(voice)])
            ax.plot(rows["sentence"].tolist(), rows[tool].tolist(), ls="", **style)
    ax.plot(unknown["sentence"].tolist(), [0.0] * len(unknown), "x", color=FAINT, ms=4)


def _marker(number: int, fill: str) -> dict[str, Any]:
    """Return the look of one tool's marker with so much of it filled."""
    look = {"marker": MARKERS[number], "color": COLOURS[number], "ms": 6, "mew": 0 if fill == "full" else 1.2}
    return {**look, "fillstyle": fill, "markerfacecoloralt": "white"}


def _arc_legend(ax: Axes, voices: Sequence[str], *, unknown: bool) -> None:
    """Name the tools by colour and the voices by how much of a marker is filled."""
    for number, tool in enumerate(ARC):
        ax.plot([], [], ls="", label=tables.COLUMNS[tool].heading, **_marker(number, "full"))
    for voice in voices:
        ax.plot([], [], ls="", label=voice, **{**_marker(0, FILLS[voice]), "color": FAINT})
    if unknown:
        ax.plot([], [], "x", color=FAINT, ms=4, label="no known word")
    put_legend(ax, columns=3)


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
    >>> from pastepot.tone.targets import targets_by
    >>> corpus = read(pd.DataFrame({"text": ["The town thanked the company."], "outlet": ["Gazette"]}))
    >>> ax = plot_targets_by(targets_by(corpus, {"firm": "company"}))
    >>> [label.get_text() for label in ax.get_yticklabels()], [text.get_text() for text in ax.texts][:1]
    (['Gazette'], ['n = 1'])
    >>> plt.close(ax.figure)
    """
    drawable("targets_by", df, ("group", "target", "count", "mean", "low", "high"))
    scored = df[df["mean"].notna()]
    targets = list(dict.fromkeys(scored["target"]))
    if not targets:
        raise errors.PastepotError("targets_by has no scored mention: its column reason says why.")
    if len(targets) > MOST_GROUPS:
        raise errors.PastepotError(
            f"targets_by has {len(targets)} targets; at most {MOST_GROUPS} can be told apart in a figure. Choose some."
        )
    size = scored.groupby("group", sort=False)["count"].sum()
    size = size[size.rank(method="first", ascending=False) <= MOST_ROWS]
    names = list(size.index)
    ax = new_axes(ax, len(names), 0.5)
    ax.axvline(0, color=INK, lw=1, zorder=1)
    for number, target in enumerate(targets):
        rows = scored[scored["target"] == target].set_index("group").reindex(names)
        _spread_markers(ax, rows, marks.plain(target or "(no name)", limit=24), number, len(targets))
    _counted_rows(ax, names, size.tolist())
    reach = min(max(0.25, 1.2 * float(scored[["mean", "low", "high"]].abs().max().max())), 1.05)
    ax.set_xlim(-reach, reach)
    put_legend(ax)
    left = df["group"].nunique() - len(names)
    n = f"n: mentions, {size.sum():,} in all" + (f"; {left:,} groups not drawn" if left else "")
    unit = "Mean score, experimental (−1 negative, 1 positive)"
    write_words(ax, df, "Mean tone towards targets", unit, n, under=_doubt(df))
    write_numbers(ax.xaxis)
    return ax


def _spread_markers(ax: Axes, rows: pd.DataFrame, label: str, number: int, of: int) -> None:
    """Draw one target's (or level's) values, each a little above or below the middle of the row."""
    shift = 0.7 / of * (number - (of - 1) / 2)
    places = [place + shift for place in range(len(rows))]
    ax.hlines(places, rows["low"].tolist(), rows["high"].tolist(), color=COLOURS[number], lw=2)
    ax.plot(rows["mean"].tolist(), places, marker=MARKERS[number], color=COLOURS[number], label=label, **DOT)


def _counted_rows(ax: Axes, names: Sequence[str], counts: Sequence[int]) -> None:
    """Label the rows from the top down, each with its number at the right."""
    label_rows(ax, [wrapped(str(name), LABEL) for name in names])
    for place, count in enumerate(counts):
        ax.annotate(f"n = {count:,}", (1, place), (6, 0), **BESIDE)


def _doubt(df: pd.DataFrame) -> str:
    """Return what the reader must know of a table whose intervals may be missing."""
    some = df["low"].notna()
    return "Bars: 95 % interval." if some.all() else "Below 10 articles no interval: a dot may be chance."


def plot_shift(df: pd.DataFrame, *, top: int = 15, ax: Axes | None = None) -> Axes:
    r"""Return axes with the words that part two groups: bars to the right make the first brighter, to the left darker.

    Parameters
    ----------
    df : DataFrame
        Made by `pastepot.shift`.
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
    >>> from matplotlib import pyplot as plt
    >>> words = {"word": ["fraud", "thanks"], "weight": [-1.0, 0.5], "freq_a": [0.5, 0.0], "freq_b": [0.0, 0.5]}
    >>> settings = {"a": "Gazette", "b": "Post"}
    >>> df = tables.build("shift", {**words, "contribution": [-0.5, -0.25]}, corpus="port", settings=settings)
    >>> ax = plot_shift(df)
    >>> ax.get_xlabel().split("\n")[-1]
    '2 of 2 words; all together −0.75'
    >>> plt.close(ax.figure)
    """
    drawable("shift", df, ("word", "contribution"))
    errors.at_least("top", top, 1)
    rows = df.head(top)
    asked = df.attrs.get("settings", {})
    a, b = (marks.plain(asked.get(side, f"group {side}"), limit=30) for side in "ab")
    ax = new_axes(ax, max(len(rows), FEW_BARS), 0.27)
    brighter = (rows["contribution"] > 0).tolist()
    for sign, colour, words in ((True, COLOURS[0], "positive than"), (False, COLOURS[1], "negative than")):
        places = [place for place, up in enumerate(brighter) if up == sign]
        if places:
            values = rows["contribution"].iloc[places].tolist()
            ax.barh(places, values, color=colour, height=0.7, label=f"makes {a} more {words} {b}")
    ax.axvline(0, color=INK, lw=1)
    label_rows(ax, [wrapped(str(word), LABEL, 1) for word in rows["word"]])
    put_legend(ax, columns=1)
    total = f"{df['contribution'].sum():+,.3g}".replace("-", "−")
    n = f"{len(rows):,} of {len(df):,} words; all together {total}"
    unit = "Part in the difference of mean scores (experimental)"
    write_words(ax, df, "What parts two groups", unit, n, under=str(df.attrs.get("counted", "")))
    write_numbers(ax.xaxis)
    return ax


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
    >>> from pastepot.tone.scores import sentiment
    >>> ax = plot_agreement(sentiment(read(pd.DataFrame({"text": ["A great day. The crane stands there."]}))))
    >>> [text.get_text() for text in ax.texts], [text.get_text() for text in ax.get_legend().get_texts()]
    (['1', '1'], ['same sign', 'no known word'])
    >>> plt.close(ax.figure)
    """
    return _alphas(df, ax) if "alpha" in df.columns else _signs(df, ax)


def _signs(df: pd.DataFrame, ax: Axes | None) -> Axes:
    """Draw one bar of all scored sentences, cut by how the signs of the two tools meet."""
    drawable("sentiment", df, ("agree",))
    counts = df["agree"].value_counts()
    found = [(int(counts[value]), name, colour, ink) for value, name, colour, ink in SAID if value in counts]
    if not found:
        raise errors.PastepotError("sentiment has no score: its column reason says why.")
    scored, done = sum(count for count, _, _, _ in found), 0
    ax = new_axes(ax, 2, 0.4)
    for count, name, colour, ink in found:
        ax.barh([0], [count], left=[done], color=colour, height=0.5, label=name)
        if count >= NARROWEST * scored:
            ax.annotate(f"{count:,}", (done + count / 2, 0), ha="center", va="center", fontsize=SMALL, color=ink)
        done += count
    label_rows(ax, [""])
    ax.set_xlim(0, scored)
    put_legend(ax, columns=4)
    write_words(ax, df, "How VADER and TextBlob agree", "Sentences, by the signs of both", f"{scored:,} sentences")
    write_numbers(ax.xaxis)
    return ax


def _alphas(df: pd.DataFrame, ax: Axes | None) -> Axes:
    """Draw alpha of each pair, the levels of measurement side by side."""
    drawable("agreement", df, ("a", "b", "level", "sentences", "articles", "alpha", "low", "high"))
    names = list(dict.fromkeys(zip(df["a"], df["b"], strict=True)))
    levels = list(dict.fromkeys(df["level"]))
    ax = new_axes(ax, len(names), 0.55)
    ax.axvline(0, color=INK, lw=1, zorder=1)
    for number, level in enumerate(levels):
        rows = df[df["level"] == level].set_index(["a", "b"]).reindex(names)
        frame = rows.rename(columns={"alpha": "mean"})
        _spread_markers(ax, frame, marks.plain(level, limit=20), number, len(levels))
    size = df.groupby(["a", "b"], sort=False)["sentences"].max()
    _counted_rows(ax, [_pair(a, b) for a, b in names], size.tolist())
    put_legend(ax, columns=3)
    unit, n = "Krippendorff’s alpha (0: as by chance, 1: full)", f"n: sentences, in {df['articles'].max():,} articles"
    write_words(ax, df, "How far labels agree", unit, n, under=_doubt(df))
    write_numbers(ax.xaxis)
    return ax


def _pair(a: str, b: str) -> str:
    """Return the two sides of a row in words."""
    tool = tables.COLUMNS[b].heading if b in ("vader", "textblob", "news") else b
    return "coders among themselves" if a == b else f"{a} and {tool}"
