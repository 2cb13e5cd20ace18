"""Plots of text reuse: where passages occur again, clusters and copies over time, and words shared by pairs."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, ListedColormap
from matplotlib.patches import ConnectionStyle, FancyArrowPatch

from pastepot import errors
from pastepot.plots import style
from pastepot.plots.alt_text import list_rows
from pastepot.wording import count_noun, quote_start, start_sentence, write_percent

MOST_NODES = 12
"""Names that have room around a circle."""

_SHADES = LinearSegmentedColormap.from_list("shares", ["#e8f0f6", style.COLOURS[0], "#00243b"])
"""From light to dark blue, so that grey print and all kinds of colour vision keep the order."""


def plot_passages(df: pd.DataFrame, *, articles: pd.DataFrame | None = None, ax: Axes | None = None) -> Axes:
    """Return axes with one line an article and the shared spans on it, each pair joined.

    A line ends where the article does if `articles`, made by `pastepot.articles`, is given, else with its last shared
    span. Above 30 articles, those with most shared words are drawn, and the axis says so.

    Raises
    ------
    PastepotError
        If the table is empty (no passage is a finding for words, not for a figure) or lacks a column.

    Examples
    --------
    >>> from pastepot import tables
    >>> plot_passages(tables.empty("passages"))
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: passages has no rows, so there is nothing to draw; say so in words instead.
    """
    columns = ["doc_a", "start_a", "end_a", "doc_b", "start_b", "end_b", "words"]
    style.check_drawable("passages", df, columns)
    names, selection, rows = _most_shared(df[columns], "doc", "words", "article")
    ax = style.new_rows(ax, names)
    spans = pd.concat([df.set_index(f"doc_{side}")[f"end_{side}"] for side in "ab"])
    ends = style.article_ends(spans.groupby(level=0).max(), articles)[names]
    ax.hlines(range(len(ends)), 0, ends, color=style.RULE, lw=7, zorder=0)
    for row in rows.to_dict("records"):
        _draw_pair(ax, row, names)
    for number, (label, inside) in enumerate((("between articles", False), ("inside one article", True))):
        if ((rows["doc_a"] == rows["doc_b"]) == inside).any():
            ax.plot([], [], "s", color=style.COLOURS[number], ms=9, label=label)
    ax.set_xlim(0, float(ends.max()) * 1.02)
    n = f"{style.say_drawn(len(rows), len(df), 'passage')} in {selection}"
    end = "last shared span" if articles is None else "end"
    unit = f"Characters from the article’s start to its {end}"
    words = "Where passages occur again", unit, n, _describe_pairs(rows)
    return style.add_labels(ax, rows, words, kind="Chart of spans", legend=2)


def _describe_pairs(rows: pd.DataFrame) -> str:
    """Return in words how many passages are between two articles, how many inside one, and which is the longest."""
    inside, longest = int((rows["doc_a"] == rows["doc_b"]).sum()), rows[rows["words"] == rows["words"].max()]
    ties = f"One of the {len(longest):,} longest" if len(longest) > 1 else "The longest"
    spans = " and ".join(f"{{doc_{side}}} from character {{start_{side}}}" for side in "ab")
    first = list_rows(longest, ties, f"{spans} (words: {{words:,}})", 1)
    between = start_sentence(count_noun(len(rows) - inside, "pair"))
    return f"{between} between two articles, {inside or 'none'} inside one article. {first}"


def _most_shared(
    df: pd.DataFrame, kind: str, words: str, noun: str, most: int = style.MOST_ROWS
) -> tuple[list[Any], str, pd.DataFrame]:
    """Return the names with most shared words by alphabet, how many they are in words, and their rows."""
    a, b = f"{kind}_a", f"{kind}_b"
    shared = pd.concat([df.set_index(side)[words] for side in (a, b)]).groupby(level=0).sum()
    names, selection = style.largest_groups(shared, noun, "with most shared words", most)
    return names, selection, df[df[a].isin(names) & df[b].isin(names)]


def _draw_pair(ax: Axes, row: Mapping[Hashable, Any], names: Sequence[str]) -> None:
    """Draw one pair of spans and the curve that joins them."""
    inside = row["doc_a"] == row["doc_b"]
    shade = style.COLOURS[1 if inside else 0]
    middles = []
    for side in "ab":
        line, start, end = names.index(row[f"doc_{side}"]), row[f"start_{side}"], row[f"end_{side}"]
        ax.hlines(line, start, end, color=shade, lw=7, zorder=2)
        middles.append(((start + end) / 2, line))
    arc = ConnectionStyle.Arc3(rad=-0.3 if inside else 0.0)
    ax.add_patch(FancyArrowPatch(*middles, connectionstyle=arc, arrowstyle="-", color=shade, lw=1, alpha=0.5, zorder=1))


def plot_clusters(df: pd.DataFrame, *, top: int = 12, ax: Axes | None = None) -> Axes:
    """Return axes with one line a cluster from the first to the last date of its copies, the most copies on top.

    Clusters without a stated date can't be drawn; below the axis it says how many.

    Parameters
    ----------
    df : DataFrame
        Made by `pastepot.clusters`; rows may have been left out.
    top : int
        How many clusters to draw, from the table's first on.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Raises
    ------
    PastepotError
        If the table has no dated row or lacks a column.

    Examples
    --------
    >>> from pastepot import tables
    >>> plot_clusters(tables.empty("clusters"))
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: clusters has no rows, so there is nothing to draw; say so in words instead.
    """
    columns = ["text", "copies", "first_date", "last_date"]
    style.check_drawable("clusters", df, columns, top)
    dated = df[columns][df["first_date"].notna()]
    style.check_drawable("clusters with a date", dated, ())
    rows = dated.head(top)
    names = [quote_start(text, 5) for text in rows["text"]]
    ax = style.new_rows(ax, names, [f"{copies:,}" for copies in rows["copies"]])
    lines = range(len(rows))
    ax.hlines(lines, rows["first_date"], rows["last_date"], color=style.COLOURS[0], lw=2.5)
    style.mark(ax, rows["first_date"], lines, 0, ms=10, label="first copy")
    style.mark(ax, rows["last_date"], lines, 1, ms=5, label="last copy")
    _label_days(ax, rows["first_date"].min(), rows["last_date"].max())
    undated = f"; {len(df) - len(dated):,} without a date not drawn" if len(df) > len(dated) else ""
    n = style.say_drawn(len(rows), len(df), "cluster") + undated
    most = rows.assign(text=names).sort_values("copies", ascending=False, kind="stable")
    template = "{text} (copies: {copies:,}, {first_date:%Y-%m-%d} to {last_date:%Y-%m-%d})"
    extremes = list_rows(most, "Most copies", template)
    words = "Clusters of passages over time", "Day of publication (at the right: copies)", n, extremes
    return style.add_labels(ax, rows, words, kind="Timeline", legend=2, numbers="")


def plot_copies(df: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Return axes with the copies of one passage: a row for each copy by date, with its outlet.

    The line joins the copies in the order of their dates; it does not say who copied whom. Copies without a date come
    last, without a mark on the axis of time. Above 30 copies the first 30 are drawn, and the axis says so.

    Parameters
    ----------
    df : DataFrame
        Rows of one cluster from `pastepot.copies`.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Raises
    ------
    PastepotError
        If the table is empty, has no date, contains several clusters, or lacks a column.

    Examples
    --------
    >>> from pastepot import tables
    >>> two = {"cluster": [0, 1], "doc_id": ["a", "b"], "start": [0, 0], "end": [9, 9], "date": ["2031-01-07"] * 2}
    >>> plot_copies(tables.build("copies", {**two, "outlet": ["Gull"] * 2, "is_first": [False] * 2}))
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: copies has 2 clusters; the figure shows one. Choose one.
    """
    columns = ["doc_id", "outlet", "date", "is_first"]
    style.check_drawable("copies", df, ["cluster", *columns])
    if (several := df["cluster"].nunique()) > 1:
        raise errors.PastepotError(f"copies has {several} clusters; the figure shows one. Choose one.")
    style.check_drawable("copies with a date", df[df["date"].notna()], ())
    rows = df.sort_values("date", kind="stable").head(style.MOST_ROWS)
    days = ["undated" if pd.isna(day) else f"{day:%Y-%m-%d}" for day in rows["date"]]
    names = [*rows["outlet"].where(rows["outlet"] != "", rows["doc_id"])]
    ax = style.new_rows(ax, names, days, height=0.45)
    dated = rows[rows["date"].notna()]
    ax.plot(dated["date"], range(len(dated)), color=style.RULE, lw=2, zorder=0)
    first = dated["is_first"].to_numpy(dtype=bool)
    for chosen, number, label in ((first, 1, "alone the earliest"), (~first, 0, "copy")):
        if chosen.any():
            style.mark(ax, dated["date"][chosen], chosen.nonzero()[0], number, label=label)
    _label_days(ax, dated["date"].min(), dated["date"].max())
    drawn = style.say_drawn(len(rows), len(df), "copy", plural="copies")
    n = f"{drawn}; the line follows the dates, not who copied whom"
    extremes = list_rows(rows.assign(name=names, day=days), "Copies", "{name} ({day})", style.MOST_ROWS)
    words = "Copies in one cluster by date", "Day of publication", n, extremes
    return style.add_labels(ax, rows[columns], words, kind="Timeline", legend=2, numbers="")


def _label_days(ax: Axes, first: pd.Timestamp, last: pd.Timestamp) -> None:
    """Give the axis of time the first, the middle and the last day as ticks, and room at both ends."""
    days = pd.date_range(first, last, periods=3).normalize().unique()
    ax.set_xticks(days, days.strftime("%Y-%m-%d"))
    room = max(0.12 * (last - first), pd.Timedelta(hours=12))
    ax.set_xlim(first - room, last + room)  # type: ignore[arg-type]  # matplotlib converts dates
    style.draw_grid(ax, "x")


# --- words shared by pairs ---------------------------------------------


def plot_overlap(df: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Return axes with a heat map: in row and column, the share of the row's words that the column shares.

    Columns carry the numbers of the rows. Above 30 names, those with most shared words are drawn, and the axis says so.

    Parameters
    ----------
    df : DataFrame
        Made by `pastepot.overlap`; rows may have been left out.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Raises
    ------
    PastepotError
        If the table is empty or lacks a column.

    Examples
    --------
    >>> from pastepot import tables
    >>> plot_overlap(tables.empty("overlap"))
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: overlap has no rows, so there is nothing to draw; say so in words instead.
    """
    columns = ["group_a", "group_b", "words_shared", "share_of_a"]
    style.check_drawable("overlap", df, columns)
    names, selection, rows = _most_shared(df[columns], "group", "words_shared", style.group_noun(df))
    few = len(names) <= MOST_NODES
    ax = style.new_axes(ax, len(names), 0.42 if few else 0.3)
    shares = rows.pivot_table("share_of_a", "group_a", "group_b").reindex(index=names, columns=names)
    darkest, grid = max([*rows["share_of_a"], 1e-9]), [range(len(names))] * 2
    ax.pcolormesh(*grid, np.where(np.eye(len(names)), 1, np.nan), cmap=ListedColormap([style.RULE]))
    ax.pcolormesh(*grid, shares, cmap=_SHADES, vmin=0, vmax=darkest, edgecolors="white", lw=1)
    for (row, column), share in np.ndenumerate(shares) if few else ():
        if share > 0:
            text, dark = f"{100 * share:.0f}" if share >= 0.01 else "<1", share > 0.35 * darkest
            ink = "white" if dark else style.INK
            ax.annotate(text, (column, row), ha="center", va="center", fontsize=style.SMALL, color=ink)
    labels = style.label_names(names, style.LABEL)
    style.label_rows(ax, [f"{label}  {number}" for number, label in enumerate(labels, 1)])
    ax.set(xlim=(-0.5, len(names) - 0.5), ylim=(len(names) - 0.5, -0.5))
    numbered = range(len(names)) if few else range(4, len(names), 5)
    ax.set_xticks(numbered, [str(number + 1) for number in numbered])
    unit = f"Per cent of the row’s words that the column shares (darkest: {write_percent(darkest, 1)})"
    n = f"{style.say_drawn(len(rows), len(df), 'ordered pair')} among {selection}; empty: no shared words"
    most = rows.sort_values("share_of_a", ascending=False, kind="stable")
    most = most.assign(share=[write_percent(share, 1) for share in most["share_of_a"]])
    extremes = list_rows(most, "Most", "{share} of {group_a} shared with {group_b} (words: {words_shared:,})")
    words = "Words shared by pairs", unit, n, extremes
    return style.add_labels(ax, rows, words, kind="Heat map", numbers="")


def plot_network(df: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Return axes with articles or groups on a circle and a line between two that share words, thicker for more.

    The names are in alphabetical order, clockwise from the top; nothing is random. Above 12 names, those with most
    shared words are drawn, and the axis says so.

    Parameters
    ----------
    df : DataFrame
        Made by `pastepot.overlap`; rows may have been left out.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Raises
    ------
    PastepotError
        If the table is empty or lacks a column.

    Examples
    --------
    >>> from pastepot import tables
    >>> plot_network(tables.empty("overlap"))
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: overlap has no rows, so there is nothing to draw; say so in words instead.
    """
    columns = ["group_a", "group_b", "words_shared"]
    style.check_drawable("overlap", df, columns)
    names, selection, rows = _most_shared(df[columns], "group", "words_shared", style.group_noun(df), MOST_NODES)
    ax = style.new_axes(ax, 10, 0.33)
    # Of the two directions of a pair, the one with more words gives the line.
    lines = rows.sort_values("words_shared", ascending=False, kind="stable")
    pairs = [tuple(sorted(pair)) for pair in zip(lines["group_a"], lines["group_b"], strict=True)]
    lines = lines[~pd.Series(pairs, lines.index, object).duplicated()]
    most = int(max(lines["words_shared"], default=1))
    # Half a step from the top, so that a name there has room at its side.
    turns = 2 * np.pi * (np.arange(len(names)) + 0.5) / len(names)
    spots = dict(zip(names, np.column_stack([np.sin(turns), np.cos(turns)]).tolist(), strict=True))
    for *pair, words in lines.to_numpy():
        x, y = zip(*[spots[name] for name in pair], strict=True)
        ax.plot(x, y, color=style.COLOURS[0], lw=0.6 + 7 * words / most, alpha=0.55, zorder=1)
    for name, (x, y) in zip(style.label_names(spots, 17, 2), spots.values(), strict=True):
        style.mark(ax, [x], [y], color=style.COLOURS[1], zorder=2)
        side, shift = ("left", 9) if x > 0 else ("right", -9)
        style.write_near(ax, name, (x, y), (shift, 0), ha=side, va="center", color=style.INK)
    ax.set(xlim=(-2.3, 2.3), ylim=(-1.3, 1.3), xticks=[])
    ax.set_yticks([0], [""])
    n, unit = f"{selection}; {count_noun(len(lines), 'line')}", f"A line’s width: words shared (thickest: {most:,})"
    extremes = list_rows(lines, "Thickest", "{group_a} and {group_b} ({words_shared:,})")
    style.add_labels(ax, lines, ("Who shares words with whom", unit, n, extremes), kind="Network", numbers="")
    ax.spines["bottom"].set_visible(False)
    return ax
