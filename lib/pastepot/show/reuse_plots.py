"""Plots of reuse: families over time, the journey of one passage, and how much of one outlet stands in another."""

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.dates import date2num
from matplotlib.patches import Rectangle

from pastepot import errors
from pastepot.show.canvas import (
    BESIDE,
    COLOURS,
    DOT,
    INK,
    LABEL,
    MARKERS,
    MOST_ROWS,
    RULE,
    SMALL,
    drawable,
    label_rows,
    new_axes,
    put_legend,
    write_words,
)
from pastepot.show.figures import wrapped

MOST_NODES = 12
"""Names that have room around a circle."""

_SHADES = LinearSegmentedColormap.from_list("shares", ["#e8f0f6", COLOURS[0], "#00243b"])
"""From light to dark blue, so that grey print and all kinds of colour vision keep the order."""


def plot_families(df: pd.DataFrame, *, top: int = 12, ax: Axes | None = None) -> Axes:
    """Return axes with one line a family from the first to the last date of its copies, the most copies on top.

    Families without a stated date can't be drawn; below the axis it says how many.

    Parameters
    ----------
    df : DataFrame
        Made by `pastepot.families`; rows may have been left out.
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
    >>> plot_families(tables.empty("families"))
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: families has no rows, so there is nothing to draw; say so in words instead.
    """
    drawable("families", df, ("copies", "first_date", "last_date", "text"))
    errors.at_least("top", top, 1)
    dated = df[df["first_date"].notna()]
    drawable("families with a date", dated, ())
    rows = dated.head(top)
    ax = new_axes(ax, len(rows), 0.5)
    places = range(len(rows))
    ax.hlines(places, rows["first_date"], rows["last_date"], color=COLOURS[0], lw=2.5)
    for column, number, size, label in (("first_date", 0, 10, "first copy"), ("last_date", 1, 5, "last copy")):
        look = {**DOT, "ms": size}
        ax.plot(rows[column], places, marker=MARKERS[number], color=COLOURS[number], label=label, **look)
    for place, copies in zip(places, rows["copies"].tolist(), strict=True):
        ax.annotate(f"{copies:,}", (1, place), (6, 0), **BESIDE)
    put_legend(ax)
    label_rows(ax, [wrapped(f"“{text}”", LABEL) for text in rows["text"]])
    undated = f"; {len(df) - len(dated):,} without a date not drawn" if len(df) > len(dated) else ""
    n = f"{len(rows):,} of {len(df):,} {'family' if len(df) == 1 else 'families'}{undated}"
    write_words(ax, df, "When copies of a passage appeared", "Day of publication (at the right: copies)", n)
    _days(ax, rows["first_date"].min(), rows["last_date"].max())
    return ax


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
    drawable("copies", df, ("family", "doc_id", "date", "outlet", "first"))
    several = len(set(df["family"]))
    if several > 1:
        raise errors.PastepotError(f"copies has {several} families; the journey of one can be drawn. Choose one.")
    drawable("copies with a date", df[df["date"].notna()], ())
    rows = df.sort_values("date", kind="stable").head(MOST_ROWS)
    ax = new_axes(ax, len(rows), 0.45)
    dated = rows[rows["date"].notna()]
    ax.plot(dated["date"], range(len(dated)), color=RULE, lw=2, zorder=0)
    alone = dated["first"].astype(bool).tolist()
    for only, number, label in ((True, 1, "alone the earliest"), (False, 0, "copy")):
        places = [place for place, first in enumerate(alone) if first == only]
        if places:
            days = dated["date"].iloc[places]
            ax.plot(days, places, marker=MARKERS[number], color=COLOURS[number], label=label, **DOT)
    put_legend(ax)
    label_rows(ax, [wrapped(row["outlet"] or row["doc_id"], LABEL) for row in rows.to_dict("records")])
    for place, day in enumerate(rows["date"]):
        ax.annotate("undated" if pd.isna(day) else f"{day:%Y-%m-%d}", (1, place), (6, 0), **BESIDE)
    n = f"{len(rows):,} of {len(df):,} copies; the line follows the dates, not who took from whom"
    write_words(ax, df, "The journey of one passage", "Day of publication", n)
    _days(ax, dated["date"].min(), dated["date"].max())
    return ax


def _days(ax: Axes, first: pd.Timestamp, last: pd.Timestamp) -> None:
    """Give the axis of time the first, the middle and the last day as ticks, and room at both ends."""
    start, span = float(date2num(first)), (last - first).days  # type: ignore[no-untyped-call]
    shifts = sorted({0, span // 2, span})
    ax.set_xticks(
        [start + shift for shift in shifts], [f"{first + pd.Timedelta(days=shift):%Y-%m-%d}" for shift in shifts]
    )
    room = max(0.12 * span, 0.5)
    ax.set_xlim(start - room, start + span + room)
    ax.grid(axis="x", color=RULE, lw=0.8)
    ax.set_axisbelow(True)


# --- one in another ----------------------------------------------------


def plot_coverage(df: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Return axes with a heat map: in row and column, the share of the row's words that stand in the column's.

    Columns carry the numbers of the rows. Above 30 names, those with most shared words are drawn, and the axis says so.

    Parameters
    ----------
    df : DataFrame
        Made by `pastepot.coverage`; rows may have been left out.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Raises
    ------
    PastepotError
        If the table is empty or lacks a column.

    Examples
    --------
    >>> from pastepot import tables
    >>> plot_coverage(tables.empty("coverage"))
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: coverage has no rows, so there is nothing to draw; say so in words instead.
    """
    drawable("coverage", df, ("a", "b", "words_shared", "share_of_a"))
    names, every = _most_shared(df, MOST_ROWS)
    rows = df[df["a"].isin(names) & df["b"].isin(names)]
    ax = new_axes(ax, len(names), 0.42 if len(names) <= MOST_NODES else 0.3)
    scale = max(float(rows["share_of_a"].max()), 1e-9)
    for place in range(len(names)):
        ax.add_patch(Rectangle((place - 0.5, place - 0.5), 1, 1, color=RULE, lw=0))
    for row in rows.to_dict("records"):
        _cell(ax, names.index(row["b"]), names.index(row["a"]), row["share_of_a"], scale, written=len(names))
    label_rows(ax, [f"{wrapped(str(name), LABEL, 1)}  {number}" for number, name in enumerate(names, 1)])
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.set_xlim(-0.5, len(names) - 0.5)
    every_fifth = range(0 if len(names) <= MOST_NODES else 4, len(names), 1 if len(names) <= MOST_NODES else 5)
    ax.set_xticks(every_fifth, [str(place + 1) for place in every_fifth])
    some = f"; the {len(names)} with most shared words, of {every}" if every > len(names) else ""
    unit = f"Per cent of the row’s words that stand in the column’s, too (darkest: {100 * scale:.0f} %)"
    pairs = f"{len(rows):,} {'pair shares' if len(rows) == 1 else 'pairs share'} words; blank: none{some}"
    write_words(ax, df, "How much of one stands in another", unit, pairs)
    return ax


def _most_shared(df: pd.DataFrame, most: int) -> tuple[list[str], int]:
    """Return the names with most shared words, in order of the alphabet, and how many there are in all."""
    sides = pd.concat([df[[side, "words_shared"]].set_axis(["name", "words"], axis=1) for side in "ab"])
    shared = sides.groupby("name")["words"].sum().sort_values(ascending=False, kind="stable")
    return sorted(str(name) for name in shared.index[:most]), len(shared)


def _cell(ax: Axes, x: int, y: int, share: float, scale: float, *, written: int) -> None:
    """Draw one cell, its per cent written in it where there is room."""
    ax.add_patch(Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=_SHADES(share / scale), edgecolor="white", lw=1))
    if written <= MOST_NODES:
        ink = "white" if share > 0.35 * scale else INK
        text = f"{100 * share:.0f}" if share >= 0.01 else "<1"
        ax.annotate(text, (x, y), ha="center", va="center", fontsize=SMALL, color=ink)


def plot_network(df: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Return axes with articles or groups on a circle and a line between two that share words, thicker for more.

    The names stand in order of the alphabet, clockwise from the top; nothing is left to chance. Above 12 names, those
    with most shared words are drawn, and below it says so.

    Parameters
    ----------
    df : DataFrame
        Made by `pastepot.coverage`; rows may have been left out.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Raises
    ------
    PastepotError
        If the table is empty or lacks a column.

    Examples
    --------
    >>> from pastepot import tables
    >>> plot_network(tables.empty("coverage"))
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: coverage has no rows, so there is nothing to draw; say so in words instead.
    """
    drawable("coverage", df, ("a", "b", "words_shared"))
    names, every = _most_shared(df, MOST_NODES)
    ax = new_axes(ax, 10, 0.33)
    lines = _links(df, names)
    most = max([words for _, _, words in lines], default=1)
    spots = _on_circle(len(names))
    for one, other, words in lines:
        (x, y), (to_x, to_y) = spots[one], spots[other]
        ax.plot([x, to_x], [y, to_y], color=COLOURS[0], lw=0.6 + 7 * words / most, alpha=0.55, zorder=1)
    for name, spot in zip(names, spots, strict=True):
        _node(ax, name, spot)
    ax.set(xlim=(-2.3, 2.3), ylim=(-1.3, 1.3))
    ax.set_xticks([])
    ax.set_yticks([0], [""])
    some = f"; the {len(names)} with most shared words, of {every}" if every > len(names) else ""
    n = f"{len(names)} names, {len(lines)} {'line' if len(lines) == 1 else 'lines'}{some}"
    write_words(ax, df, "Who shares words with whom", f"A line’s width: words shared (thickest: {most:,})", n)
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
    x, y = spot
    style: dict[str, Any] = {"ha": "left" if x > 0 else "right", "va": "center", "fontsize": SMALL, "color": INK}
    ax.plot([x], [y], marker=MARKERS[0], color=COLOURS[1], zorder=2, **DOT)
    ax.annotate(wrapped(name, 17), (x, y), (9 if x > 0 else -9, 0), textcoords="offset points", **style)
