"""One plot a table: it draws what the table holds and computes nothing.

Each takes the table and, if wished, axes to draw on; each returns the axes, with title, unit, corpus and number.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import ConnectionStyle, FancyArrowPatch

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
    drawable,
    label_rows,
    new_axes,
    put_legend,
    write_numbers,
    write_words,
)
from pastepot.show.figures import wrapped


def plot_terms(df: pd.DataFrame, *, top: int = 20, ax: Axes | None = None) -> Axes:
    """Return axes with the commonest terms as bars; a table with a group column gets one marker a group.

    Parameters
    ----------
    df : DataFrame
        Made by `pastepot.terms`; rows may have been left out.
    top : int
        How many terms to draw, from the table's first on.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Raises
    ------
    PastepotError
        If the table is empty, lacks a column, or has more than five groups.

    Examples
    --------
    >>> from matplotlib import pyplot as plt
    >>> counts = {"term": ["ferry", "port"], "count": [4, 2], "rate": [8.0, 4.0], "doc_count": [2, 1]}
    >>> df = tables.build("terms", {**counts, "outlets": [1, 1], "dp": [0.0, 0.5]}, corpus="harbour")
    >>> ax = plot_terms(df)
    >>> ax.get_title(), [label.get_text() for label in ax.get_yticklabels()]
    ('Commonest terms in harbour', ['ferry', 'port'])
    >>> plt.close(ax.figure)
    >>> plot_terms(df.head(0))
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: terms has no rows, so there is nothing to draw; say so in words instead.
    """
    drawable("terms", df, ("term", "count", "rate"))
    errors.at_least("top", top, 1)
    groups = [str(column) for column in df.columns if column not in tables.TABLES["terms"].columns]
    names = list(dict.fromkeys(df["term"]))[:top]
    rows = df[df["term"].isin(names)]
    ax = new_axes(ax, len(names), 0.27)
    if groups:
        _term_markers(ax, rows, groups, names)
    else:
        _term_bars(ax, rows)
    label_rows(ax, [wrapped(name, LABEL, 1) for name in names])
    ax.set_xlim(left=0)
    ax.margins(x=0.12)
    per = f"{df.attrs.get('settings', {}).get('per', 1000):,}"
    ends = "" if groups else " (at the bar’s end: hits)"
    counted = str(df.attrs.get("counted", "")).split(";")[0].rstrip(".")
    write_words(ax, df, "Commonest terms", f"Hits per {per} words{ends}", counted or f"{len(names)} of {len(df)} terms")
    write_numbers(ax.xaxis)
    return ax


def _term_bars(ax: Axes, rows: pd.DataFrame) -> None:
    """Draw one bar a term, its count at the end."""
    places = range(len(rows))
    ax.barh(places, rows["rate"].tolist(), color=COLOURS[0], height=0.7)
    for place, rate, count in zip(places, rows["rate"].tolist(), rows["count"].tolist(), strict=True):
        ax.annotate(
            f"{count:,}", (rate, place), (4, 0), textcoords="offset points", va="center", fontsize=SMALL, color=FAINT
        )


def _term_markers(ax: Axes, rows: pd.DataFrame, groups: Sequence[str], names: Sequence[str]) -> None:
    """Draw one marker a term and group."""
    found = list(rows.groupby(list(groups), sort=False))
    if len(found) > MOST_GROUPS:
        raise errors.PastepotError(
            f"terms has {len(found)} groups; at most {MOST_GROUPS} can be told apart in a figure. Choose some."
        )
    for (label, part), colour, marker in zip(found, COLOURS, MARKERS, strict=False):
        places = [names.index(term) for term in part["term"]]
        text = ", ".join(str(one) for one in label) if isinstance(label, tuple) else str(label)
        name = marks.plain(text, limit=40)
        ax.plot(part["rate"].tolist(), places, marker=marker, color=colour, label=name, **DOT)
    put_legend(ax)


def plot_sentiment_by(df: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Return axes with the mean tone of each group, the tools side by side, intervals where the table has them.

    Above 30 groups, those with most sentences are drawn, and the axis says so.

    Raises
    ------
    PastepotError
        If the table is empty or lacks a column.

    Examples
    --------
    >>> from matplotlib import pyplot as plt
    >>> tone = {"group": ["Gazette", "Gazette"], "articles": [3, 3], "sentences": [40, 40], "mean": [-0.1, 0.05]}
    >>> tone |= {"tool": ["vader", "textblob"], "low": [None] * 2, "high": [None] * 2, "reason": [""] * 2}
    >>> df = tables.build("sentiment_by", {**tone, "share_agree": [0.5] * 2, "share_no_hit": [0.2] * 2}, corpus="port")
    >>> ax = plot_sentiment_by(df)
    >>> [label.get_text() for label in ax.get_yticklabels()], [text.get_text() for text in ax.texts]
    (['Gazette'], ['n = 40'])
    >>> plt.close(ax.figure)
    """
    drawable("sentiment_by", df, ("group", "sentences", "tool", "mean", "low", "high"))
    size = df.groupby("group", sort=False)["sentences"].max()
    kept = set(size.sort_values(ascending=False, kind="stable").index[:MOST_ROWS])
    names = [name for name in size.index if name in kept]
    tools = list(dict.fromkeys(df["tool"]))
    ax = new_axes(ax, len(names), 0.5)
    ax.axvline(0, color=INK, lw=1, zorder=1)
    ax.hlines(range(len(names)), -2, 2, color=RULE, lw=0.8, zorder=0)
    for number, tool in enumerate(tools):
        _tone_markers(ax, df[df["tool"] == tool].set_index("group").reindex(names), str(tool), number, len(tools))
    values = df[["mean", "low", "high"]].abs().max().max()
    reach = min(max(0.25, 1.2 * float(values) if values == values else 0), 1.05)  # noqa: PLR0124 (NaN: no score at all)
    ax.set_xlim(-reach, reach)
    label_rows(ax, [wrapped(str(name), LABEL) for name in names])
    for place, name in enumerate(names):
        ax.annotate(f"n = {size[name]:,}", (1, place), (6, 0), **BESIDE)
    put_legend(ax)
    some = f"{len(names)} groups with most sentences, of {len(size)}" if len(size) > len(names) else ""
    n = f"n: sentences, {size[names].sum():,} in all"
    write_words(ax, df, "Mean tone of sentences", "Mean score (−1 negative, 1 positive)", some or n)
    write_numbers(ax.xaxis)
    return ax


def _tone_markers(ax: Axes, rows: pd.DataFrame, tool: str, number: int, tools: int) -> None:
    """Draw one tool's means, each tool a little above or below the middle of the row."""
    shift = 0.24 * (number - (tools - 1) / 2)
    places = [place + shift for place in range(len(rows))]
    colour, marker = COLOURS[number % len(COLOURS)], MARKERS[number % len(MARKERS)]
    label = tables.COLUMNS[tool].heading if tool in tables.COLUMNS else marks.plain(tool, limit=20)
    low, high = rows["low"].astype(float).tolist(), rows["high"].astype(float).tolist()
    ax.hlines(places, low, high, color=colour, lw=2)
    ax.plot(rows["mean"].astype(float).tolist(), places, marker=marker, color=colour, label=label, **DOT)


def plot_passages(df: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Return axes with one line an article and the shared spans on it, each pair joined.

    A line ends where the article does, if ``df.attrs["lengths"]`` gives its characters, else with its last shared
    span. Above 30 articles, those with most shared words are drawn, and the axis says so.

    Raises
    ------
    PastepotError
        If the table is empty (no passage is a finding for words, not for a figure) or lacks a column.

    Examples
    --------
    >>> plot_passages(tables.empty("passages"))
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: passages has no rows, so there is nothing to draw; say so in words instead.
    """
    drawable("passages", df, ("doc_a", "start_a", "end_a", "doc_b", "start_b", "end_b", "words"))
    names, every = _articles(df)
    rows = df[df["doc_a"].isin(names) & df["doc_b"].isin(names)]
    ax = new_axes(ax, len(names), 0.5)
    ends = _lengths(df, names)
    ax.hlines(range(len(names)), 0, ends, color=RULE, lw=7, zorder=0)
    for row in rows.to_dict("records"):
        _pair(ax, row, names)
    for label, colour, inside in (("between articles", COLOURS[0], False), ("inside one", COLOURS[1], True)):
        if ((rows["doc_a"] == rows["doc_b"]) == inside).any():
            ax.plot([], [], "s", color=colour, ms=9, label=label)
    put_legend(ax)
    label_rows(ax, [wrapped(name, LABEL) for name in names])
    ax.set_xlim(0, max(ends) * 1.02)
    some = f"; {len(names)} articles with most shared words, of {every}" if every > len(names) else ""
    n = f"{len(rows):,} {'passage' if len(rows) == 1 else 'passages'}{some}"
    write_words(ax, df, "Where passages stand again", "Characters from the article’s start", n)
    write_numbers(ax.xaxis)
    return ax


def _articles(df: pd.DataFrame) -> tuple[list[str], int]:
    """Return the articles to draw, in order of their names, and how many there are in all."""
    sides = pd.concat(
        [
            df[["doc_a", "words"]].set_axis(["doc", "words"], axis=1),
            df[["doc_b", "words"]].set_axis(["doc", "words"], axis=1),
        ]
    )
    shared = sides.groupby("doc", sort=True)["words"].sum().sort_values(ascending=False, kind="stable")
    return sorted(str(name) for name in shared.index[:MOST_ROWS]), len(shared)


def _lengths(df: pd.DataFrame, names: Iterable[str]) -> list[float]:
    """Return how far each article's line goes, in characters."""
    known = df.attrs.get("lengths", {})
    last = {name: max([*df.loc[df["doc_a"] == name, "end_a"], *df.loc[df["doc_b"] == name, "end_b"]]) for name in names}
    return [float(known.get(name, end)) for name, end in last.items()]


def _pair(ax: Axes, row: Mapping[Hashable, Any], names: Sequence[str]) -> None:
    """Draw one pair of spans and the curve that joins them."""
    inside = row["doc_a"] == row["doc_b"]
    colour = COLOURS[1] if inside else COLOURS[0]
    middles = []
    for side in "ab":
        place = names.index(row[f"doc_{side}"])
        start, end = row[f"start_{side}"], row[f"end_{side}"]
        ax.hlines(place, start, end, color=colour, lw=7, zorder=2)
        middles.append(((start + end) / 2, place))
    curve = ConnectionStyle.Arc3(rad=-0.3 if inside else 0.0)
    ax.add_patch(
        FancyArrowPatch(*middles, connectionstyle=curve, arrowstyle="-", color=colour, lw=1, alpha=0.5, zorder=1)
    )
