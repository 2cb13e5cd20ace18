"""Plots of reuse: families over time, the journey of one passage, and how much of one outlet stands in another."""

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.dates import date2num
from matplotlib.patches import ConnectionStyle, FancyArrowPatch, Rectangle

from pastepot import errors
from pastepot.plots import style as canvas
from pastepot.plots.alt_text import number_of

MOST_NODES = 12
"""Names that have room around a circle."""

_SHADES = LinearSegmentedColormap.from_list("shares", ["#e8f0f6", canvas.COLOURS[0], "#00243b"])
"""From light to dark blue, so that grey print and all kinds of colour vision keep the order."""


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
    >>> from pastepot import tables
    >>> plot_passages(tables.empty("passages"))
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: passages has no rows, so there is nothing to draw; say so in words instead.
    """
    canvas.check_drawable("passages", df, ("doc_a", "start_a", "end_a", "doc_b", "start_b", "end_b", "words"))
    names, every = canvas.most_shared(df, ("doc_a", "doc_b"), "words")
    rows = df[df["doc_a"].isin(names) & df["doc_b"].isin(names)]
    ax = canvas.new_axes(ax, len(names), 0.5)
    ends = _lengths(df, names)
    ax.hlines(range(len(names)), 0, ends, color=canvas.RULE, lw=7, zorder=0)
    for row in rows.to_dict("records"):
        _pair(ax, row, names)
    for number, (label, inside) in enumerate((("between articles", False), ("inside one", True))):
        if ((rows["doc_a"] == rows["doc_b"]) == inside).any():
            ax.plot([], [], "s", color=canvas.COLOURS[number], ms=9, label=label)
    canvas.name_rows(ax, names)
    ax.set_xlim(0, max(ends) * 1.02)
    some = f"; {len(names)} articles with most shared words, of {every}" if every > len(names) else ""
    n, unit = number_of(len(rows), "passage") + some, "Characters from the article’s start"
    return canvas.add_labels(ax, df, "Where passages stand again", unit, n, legend=2)


def _lengths(df: pd.DataFrame, names: Iterable[str]) -> list[float]:
    """Return how far each article's line goes, in characters."""
    known = df.attrs.get("lengths", {})
    last = {name: max([*df.loc[df["doc_a"] == name, "end_a"], *df.loc[df["doc_b"] == name, "end_b"]]) for name in names}
    return [float(known.get(name, end)) for name, end in last.items()]


def _pair(ax: Axes, row: Mapping[Hashable, Any], names: Sequence[str]) -> None:
    """Draw one pair of spans and the curve that joins them."""
    inside = row["doc_a"] == row["doc_b"]
    colour = canvas.COLOURS[1 if inside else 0]
    middles = []
    for side in "ab":
        place = names.index(row[f"doc_{side}"])
        start, end = row[f"start_{side}"], row[f"end_{side}"]
        ax.hlines(place, start, end, color=colour, lw=7, zorder=2)
        middles.append(((start + end) / 2, place))
    curve = ConnectionStyle.Arc3(rad=-0.3 if inside else 0.0)
    line: Mapping[str, Any] = {"arrowstyle": "-", "color": colour, "lw": 1, "alpha": 0.5, "zorder": 1}
    ax.add_patch(FancyArrowPatch(*middles, connectionstyle=curve, **line))


def plot_clusters(df: pd.DataFrame, *, top: int = 12, ax: Axes | None = None) -> Axes:
    """Return axes with one line a family from the first to the last date of its copies, the most copies on top.

    Families without a stated date can't be drawn; below the axis it says how many.

    Parameters
    ----------
    df : DataFrame
        Made by `pastepot.clusters`; rows may have been left out.
    top : int
        How many families to draw, from the table's first on.
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
    canvas.check_drawable("clusters", df, ("copies", "first_date", "last_date", "text"))
    errors.at_least("top", top, 1)
    dated = df[df["first_date"].notna()]
    canvas.check_drawable("families with a date", dated, ())
    rows = dated.head(top)
    ax = canvas.new_axes(ax, len(rows), 0.5)
    places = range(len(rows))
    ax.hlines(places, rows["first_date"], rows["last_date"], color=canvas.COLOURS[0], lw=2.5)
    canvas.mark(ax, rows["first_date"], places, 0, ms=10, label="first copy")
    canvas.mark(ax, rows["last_date"], places, 1, ms=5, label="last copy")
    canvas.name_rows(ax, [f"“{text}”" for text in rows["text"]], [f"{copies:,}" for copies in rows["copies"]])
    _days(ax, rows["first_date"].min(), rows["last_date"].max())
    undated = f"; {len(df) - len(dated):,} without a date not drawn" if len(df) > len(dated) else ""
    n = f"{len(rows):,} of {number_of(len(df), 'family', 'families')}{undated}"
    title, unit = "When copies of a passage appeared", "Day of publication (at the right: copies)"
    return canvas.add_labels(ax, df, title, unit, n, legend=2, numbers="")


def plot_copies(df: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Return axes with the journey of one passage: a row for each copy by date, the outlet beside it.

    The line joins the copies in the order of their dates; it does not say who took from whom. Copies without a date
    stand below, without a mark on the axis of time. Above 30 copies the first 30 are drawn, and the axis says so.

    Parameters
    ----------
    df : DataFrame
        Rows of one family from `pastepot.copies`.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Raises
    ------
    PastepotError
        If the table is empty, has no date, holds several families, or lacks a column.

    Examples
    --------
    >>> from pastepot import tables
    >>> two = {"family": [0, 1], "doc_id": ["a", "b"], "start": [0, 0], "end": [9, 9], "date": ["2031-01-07"] * 2}
    >>> plot_copies(tables.build("copies", {**two, "outlet": ["Gull"] * 2, "first": [False] * 2}))
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: copies has 2 families; the journey of one can be drawn. Choose one.
    """
    canvas.check_drawable("copies", df, ("family", "doc_id", "date", "outlet", "first"))
    several = df["family"].nunique()
    if several > 1:
        raise errors.PastepotError(f"copies has {several} families; the journey of one can be drawn. Choose one.")
    canvas.check_drawable("copies with a date", df[df["date"].notna()], ())
    rows = df.sort_values("date", kind="stable").head(canvas.MOST_ROWS)
    ax = canvas.new_axes(ax, len(rows), 0.45)
    dated = rows[rows["date"].notna()]
    ax.plot(dated["date"], range(len(dated)), color=canvas.RULE, lw=2, zorder=0)
    first = dated["first"].to_numpy(dtype=bool)
    for chosen, number, label in ((first, 1, "alone the earliest"), (~first, 0, "copy")):
        if chosen.any():
            canvas.mark(ax, dated["date"][chosen], chosen.nonzero()[0], number, label=label)
    days = ["undated" if pd.isna(day) else f"{day:%Y-%m-%d}" for day in rows["date"]]
    canvas.name_rows(ax, rows["outlet"].where(rows["outlet"] != "", rows["doc_id"]), days)
    _days(ax, dated["date"].min(), dated["date"].max())
    n = f"{len(rows):,} of {len(df):,} copies; the line follows the dates, not who took from whom"
    title, unit = "The journey of one passage", "Day of publication"
    return canvas.add_labels(ax, df, title, unit, n, legend=2, numbers="")


def _days(ax: Axes, first: pd.Timestamp, last: pd.Timestamp) -> None:
    """Give the axis of time the first, the middle and the last day as ticks, and room at both ends."""
    start, span = float(date2num(first)), (last - first).days  # type: ignore[no-untyped-call]
    shifts = sorted({0, span // 2, span})
    days = [f"{first + pd.Timedelta(days=shift):%Y-%m-%d}" for shift in shifts]
    ax.set_xticks([start + shift for shift in shifts], days)
    room = max(0.12 * span, 0.5)
    ax.set_xlim(start - room, start + span + room)
    canvas.faint_lines(ax, "x")


# --- one in another ----------------------------------------------------


def plot_overlap(df: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Return axes with a heat map: in row and column, the share of the row's words that stand in the column's.

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
    canvas.check_drawable("overlap", df, ("a", "b", "words_shared", "share_of_a"))
    names, every = canvas.most_shared(df, ("a", "b"), "words_shared")
    rows = df[df["a"].isin(names) & df["b"].isin(names)]
    few = len(names) <= MOST_NODES
    ax = canvas.new_axes(ax, len(names), 0.42 if few else 0.3)
    scale = max(float(rows["share_of_a"].max()), 1e-9)
    for place in range(len(names)):
        ax.add_patch(Rectangle((place - 0.5, place - 0.5), 1, 1, color=canvas.RULE, lw=0))
    for row in rows.to_dict("records"):
        _cell(ax, (names.index(row["b"]), names.index(row["a"])), row["share_of_a"], scale, written=few)
    lines = [canvas.wrap_label(name, canvas.LABEL, 1) for name in names]
    canvas.label_rows(ax, [f"{line}  {number}" for number, line in enumerate(lines, 1)])
    ax.set(xlim=(-0.5, len(names) - 0.5), ylim=(len(names) - 0.5, -0.5))
    numbered = range(len(names)) if few else range(4, len(names), 5)
    ax.set_xticks(numbered, [str(place + 1) for place in numbered])
    unit = f"Per cent of the row’s words that stand in the column’s, too (darkest: {100 * scale:.0f} %)"
    pairs = f"{number_of(len(rows), 'pair shares', 'pairs share')} words; blank: none{_some(names, every)}"
    return canvas.add_labels(ax, df, "How much of one stands in another", unit, pairs, numbers="")


def _some(names: Sequence[str], every: int) -> str:
    """Return which names are drawn if not all are."""
    return f"; the {len(names)} with most shared words, of {every}" if every > len(names) else ""


def _cell(ax: Axes, place: tuple[int, int], share: float, scale: float, *, written: bool) -> None:
    """Draw one cell, its per cent written in it if wished."""
    (x, y), shade = place, _SHADES(share / scale)
    ax.add_patch(Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=shade, edgecolor="white", lw=1))
    if written:
        ink = "white" if share > 0.35 * scale else canvas.INK
        text = f"{100 * share:.0f}" if share >= 0.01 else "<1"
        ax.annotate(text, place, ha="center", va="center", fontsize=canvas.SMALL, color=ink)


def plot_network(df: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Return axes with articles or groups on a circle and a line between two that share words, thicker for more.

    The names stand in order of the alphabet, clockwise from the top; nothing is left to chance. Above 12 names, those
    with most shared words are drawn, and below it says so.

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
    canvas.check_drawable("overlap", df, ("a", "b", "words_shared"))
    names, every = canvas.most_shared(df, ("a", "b"), "words_shared", MOST_NODES)
    ax = canvas.new_axes(ax, 10, 0.33)
    lines = _links(df, names)
    most = max([words for _, _, words in lines], default=1)
    spots = _on_circle(len(names))
    for one, other, words in lines:
        (x, y), (to_x, to_y) = spots[one], spots[other]
        ax.plot([x, to_x], [y, to_y], color=canvas.COLOURS[0], lw=0.6 + 7 * words / most, alpha=0.55, zorder=1)
    for name, spot in zip(names, spots, strict=True):
        _node(ax, name, spot)
    ax.set(xlim=(-2.3, 2.3), ylim=(-1.3, 1.3), xticks=[])
    ax.set_yticks([0], [""])
    n = f"{len(names)} names, {number_of(len(lines), 'line')}{_some(names, every)}"
    unit = f"A line’s width: words shared (thickest: {most:,})"
    canvas.add_labels(ax, df, "Who shares words with whom", unit, n, numbers="")
    ax.spines["bottom"].set_visible(False)
    return ax


def _links(df: pd.DataFrame, names: Sequence[str]) -> list[tuple[int, int, int]]:
    """Return the pairs that share words, each once, with the larger of its two numbers of words; thin ones first."""
    found: dict[tuple[int, int], int] = {}
    place = {name: number for number, name in enumerate(names)}
    for row in df[df["a"].isin(names) & df["b"].isin(names)].to_dict("records"):
        one, other = sorted((place[row["a"]], place[row["b"]]))
        found[one, other] = max(found.get((one, other), 0), int(row["words_shared"]))
    return sorted(((one, other, words) for (one, other), words in found.items()), key=lambda line: (line[2], line))


def _on_circle(number: int) -> list[tuple[float, float]]:
    """Return so many places on a circle, clockwise, none quite at the top so that a name has room at its side.

    >>> [(round(x, 2), round(y, 2)) for x, y in _on_circle(2)]
    [(1.0, 0.0), (-1.0, -0.0)]
    """
    turns = [2 * math.pi * (place + 0.5) / number for place in range(number)]
    return [(math.sin(turn), math.cos(turn)) for turn in turns]


def _node(ax: Axes, name: str, spot: tuple[float, float]) -> None:
    """Draw one dot, its name outside the circle."""
    side, shift = ("left", 9) if spot[0] > 0 else ("right", -9)
    style: dict[str, Any] = {"ha": side, "va": "center", "fontsize": canvas.SMALL, "color": canvas.INK}
    canvas.mark(ax, spot[:1], spot[1:], color=canvas.COLOURS[1], zorder=2)
    ax.annotate(canvas.wrap_label(name, 17), spot, (shift, 0), textcoords="offset points", **style)
