"""Plots of the tables on words: what sets a side apart, where a word lies, what stands near it, and Zipf's curve.

As in `pastepot.show.plots`, each draws what its table holds and computes no measure.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from pastepot import errors, marks
from pastepot.frequency.sides import named
from pastepot.show.canvas import (
    BESIDE,
    COLOURS,
    DOT,
    FAINT,
    INK,
    LABEL,
    MARKERS,
    RULE,
    SMALL,
    draw_strokes,
    drawable,
    label_rows,
    new_axes,
    number_text,
    put_legend,
    write_numbers,
    write_words,
)
from pastepot.show.figures import wrapped

MOST_LINES = 20


# --- keyness -----------------------------------------------------------


def plot_keyness(df: pd.DataFrame, *, top: int = 10, ax: Axes | None = None) -> Axes:
    """Return axes with the words that set each side apart: log ratios with intervals, or the rates of both sides.

    Rates are drawn, as two dots a word, where the table has no interval because a side has too few articles; the line
    under the title says so. At the right: hits in the target, then in the reference.

    Parameters
    ----------
    df : DataFrame
        Made by `pastepot.keyness`; rows may have been left out.
    top : int
        How many words of each side to draw, from the table's first on.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Raises
    ------
    PastepotError
        If the table is empty or lacks a column.

    Examples
    --------
    >>> from matplotlib import pyplot as plt
    >>> from pastepot.corpus.read import read
    >>> from pastepot.frequency.keyness import keyness
    >>> corpus = read(pd.DataFrame({"text": ["Strike! A strike.", "A ferry."], "outlet": ["Gull", "Post"]}))
    >>> ax = plot_keyness(keyness(corpus, target={"outlet": "Gull"}))
    >>> [label.get_text() for label in ax.get_yticklabels()], ax.get_xlabel().splitlines()[0]
    (['strike', 'ferry', 'a'], 'Hits per 1,000 words (right: hits in each)')
    >>> plt.close(ax.figure)
    >>> from pastepot import tables
    >>> plot_keyness(tables.empty("keyness"))
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: keyness has no rows, so there is nothing to draw; say so in words instead.
    """
    columns = ("term", "count_target", "count_reference", "rate_target", "rate_reference", "log_ratio", "low", "high")
    drawable("keyness", df, columns)
    errors.at_least("top", top, 1)
    ahead = df["rate_target"] > df["rate_reference"]
    sides = df[ahead].head(top), df[~ahead].head(top)
    rows = pd.concat(sides)
    ax = new_axes(ax, len(rows), 0.27)
    tested = bool(rows["low"].notna().any())
    names = _side_names(df)
    if tested:
        _ratios(ax, rows, names)
    else:
        _paired_rates(ax, rows, names)
    label_rows(ax, [wrapped(str(name), LABEL, 1) for name in rows["term"]])
    pairs = zip(rows["count_target"].tolist(), rows["count_reference"].tolist(), strict=True)
    for place, (target, reference) in enumerate(pairs):
        ax.annotate(f"{target:,} : {reference:,}", (1, place), (6, 0), **BESIDE)
    ax.axhline(len(sides[0]) - 0.5, color=FAINT, lw=0.8, ls=":")
    put_legend(ax, 1)
    per = f"{df.attrs.get('per', 1000):,}"
    unit = "Log ratio with 95 % interval; 1: twice as frequent" if tested else f"Hits per {per} words"
    few = "" if tested else "Too few articles for a test or an interval: the rates describe these articles only."
    n = str(df.attrs.get("method", "")).partition(" G2 of four cells")[0] or f"{len(rows)} of {len(df)} terms"
    write_words(ax, df, "Words that set one side apart", f"{unit} (right: hits in each)", n, under=few)
    write_numbers(ax.xaxis)
    return ax


def _side_names(df: pd.DataFrame) -> tuple[str, str]:
    """Return what target and reference are called."""
    settings = df.attrs.get("settings", {})
    target, reference = settings.get("target"), settings.get("reference")
    called = (named(target) if target else "target", named(reference or None) if target else "reference")
    return marks.plain(called[0], limit=28), marks.plain(called[1], limit=28)


def _ratios(ax: Axes, rows: pd.DataFrame, names: tuple[str, str]) -> None:
    """Draw a log ratio with its interval a word, each side in its colour and with its marker."""
    ax.axvline(0, color=INK, lw=1, zorder=1)
    ahead = (rows["rate_target"] > rows["rate_reference"]).to_numpy()
    for number, (side, name) in enumerate(zip((ahead, ~ahead), names, strict=True)):
        if side.any():
            places, chosen = np.flatnonzero(side), rows[side]
            draw_strokes(ax, (chosen["low"], places), (chosen["high"], places), color=COLOURS[number], lw=2)
            label = f"more in {name}"
            ax.plot(chosen["log_ratio"], places, marker=MARKERS[number], color=COLOURS[number], label=label, **DOT)


def _paired_rates(ax: Axes, rows: pd.DataFrame, names: tuple[str, str]) -> None:
    """Draw the rates of both sides a word as two dots with a line between them."""
    places = np.arange(len(rows))
    draw_strokes(ax, (rows["rate_target"], places), (rows["rate_reference"], places), color=RULE, lw=3, zorder=0)
    for number, (column, name) in enumerate(zip(("rate_target", "rate_reference"), names, strict=True)):
        ax.plot(rows[column], places, marker=MARKERS[number], color=COLOURS[number], label=name, **DOT)
    ax.set_xlim(left=-0.02 * float(rows[["rate_target", "rate_reference"]].max().max()))


# --- dispersion --------------------------------------------------------


def plot_dispersion(df: pd.DataFrame, *, articles: pd.DataFrame | None = None, ax: Axes | None = None) -> Axes:
    """Return axes with one line an article and a mark where each hit stands, the reporter's above, quoted ones below.

    Parameters
    ----------
    df : DataFrame
        Made by `pastepot.concordance`; rows may have been left out.
    articles : DataFrame, optional
        Made by `pastepot.articles`: lines then end where the articles do, and articles without a hit have a line,
        too. Without it a line ends with the article's last hit.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Raises
    ------
    PastepotError
        If the table is empty or lacks a column.

    Notes
    -----
    Above 20 articles, those with most hits are drawn, and the axis says so.

    Examples
    --------
    >>> from pastepot import tables
    >>> plot_dispersion(tables.empty("concordance"))
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: concordance has no rows, so there is nothing to draw; say so in words instead.
    """
    drawable("concordance", df, ("doc_id", "start", "voice"))
    ends = _ends(df, articles)
    hits = df["doc_id"].value_counts().reindex(ends.index, fill_value=0)
    names = list(hits.sort_values(ascending=False, kind="stable").index[:MOST_LINES])
    names = [name for name in ends.index if name in names]
    ax = new_axes(ax, len(names), 0.42)
    places = np.arange(len(names))
    draw_strokes(ax, (0 * places, places), (ends[names], places), color=RULE, lw=2, zorder=0)
    rows = df[df["doc_id"].isin(names)]
    _hit_marks(ax, rows, names)
    put_legend(ax)
    label_rows(ax, [wrapped(str(name), LABEL) for name in names])
    for place, name in enumerate(names):
        ax.annotate(f"n = {hits[name]:,}", (1, place), (6, 0), **BESIDE)
    ax.set_xlim(0, float(ends[names].max()) * 1.02)
    some = f" in the {len(names)} articles with most, of {len(ends):,}" if len(ends) > len(names) else ""
    n = f"{len(rows):,} {'hit' if len(rows) == 1 else 'hits'}{some}"
    write_words(ax, df, f"Where {_node(df)} stands", "Characters from the article’s start", n)
    write_numbers(ax.xaxis)
    return ax


def _ends(df: pd.DataFrame, articles: pd.DataFrame | None) -> pd.Series:
    """Return how far each article's line goes, in the order of the articles."""
    last = df.groupby("doc_id", sort=True)["start"].max()
    if articles is None:
        return last
    errors.has_columns("articles", articles, ("doc_id", "chars"), made_by="pastepot.articles(corpus)")
    known = articles.set_index("doc_id")["chars"]
    return known if set(last.index) <= set(known.index) else known.combine(last, max, fill_value=0)


def _hit_marks(ax: Axes, rows: pd.DataFrame, names: Sequence[str]) -> None:
    """Draw a mark a hit: the reporter's words above the line, quoted ones below."""
    place = {name: number for number, name in enumerate(names)}
    quoted = (rows["voice"] == "quoted").to_numpy()
    for number, (side, label) in enumerate(((~quoted, "by the reporter"), (quoted, "quoted"))):
        if side.any():
            middle = np.array([place[name] for name in rows["doc_id"][side]], dtype=float)
            outer = middle + (0.36 if number else -0.36)
            start = rows["start"][side]
            draw_strokes(ax, (start, middle), (start, outer), color=COLOURS[number], lw=1.5, label=label)


def _node(df: pd.DataFrame) -> str:
    """Return the words that a table is about, in quotation marks."""
    node = df.attrs.get("settings", {}).get("node", "the word")
    words = [node] if isinstance(node, str) else list(node)
    return ", ".join(f"“{word}”" for word in words[:3]) + (" and more" if len(words) > 3 else "")


# --- Zipf and collocates -----------------------------------------------


def plot_zipf(df: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Return axes with the count of each term by its rank, both on logarithmic scales, some terms named.

    The dashed line falls as Zipf's law has it: the first term's count divided by the rank.

    Parameters
    ----------
    df : DataFrame
        Made by `pastepot.terms` without groups; ranks are those within the table.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Raises
    ------
    PastepotError
        If the table is empty, lacks a column, or has groups.

    References
    ----------
    Zipf, G. K. (1949). Human Behavior and the Principle of Least Effort.

    Examples
    --------
    >>> from pastepot import tables
    >>> plot_zipf(tables.empty("terms"))
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: terms has no rows, so there is nothing to draw; say so in words instead.
    """
    drawable("terms", df, ("term", "count"))
    if df["term"].duplicated().any():
        raise errors.PastepotError(
            "terms has a term more than once; plot_zipf draws one list of terms. Choose one group."
        )
    rows = df.sort_values(["count", "term"], ascending=[False, True], kind="stable", ignore_index=True)
    counts = rows["count"].to_numpy()
    ax = new_axes(ax, 8, 0.35)
    ranks = np.arange(1, len(rows) + 1)
    corners = np.flatnonzero((np.diff(counts, prepend=-1) != 0) | (np.diff(counts, append=-1) != 0))
    ax.plot(ranks[[0, -1]], counts[0] / ranks[[0, -1]], "--", color=FAINT, lw=1, label="first count ÷ rank (Zipf)")
    ax.plot(ranks[corners], counts[corners], color=COLOURS[0], lw=2.5, label="count of each term")
    _some_names(ax, rows)
    put_legend(ax)
    for axis, most in ((ax.xaxis, len(rows)), (ax.yaxis, int(counts[0]))):
        axis.set_ticks([10**power for power in range(len(str(most)))])
        axis.set_ticks([], minor=True)
        axis.set_major_formatter(number_text)
    ax.grid(color=RULE, lw=0.8)
    once = int((counts == 1).sum())
    n = f"{len(rows):,} terms, {int(counts.sum()):,} hits; {once:,} terms stand once"
    write_words(ax, df, "Rank and count of terms", "Right: rank of the term. Up: hits", n)
    ax.tick_params(axis="y", labelsize=SMALL, labelcolor=FAINT)
    return ax


def _some_names(ax: Axes, rows: pd.DataFrame) -> None:
    """Set log scales and name the terms at ranks 1, 3, 10, 30 and so on."""
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.set_xlim(0.8, len(rows) * 1.6)
    ax.set_ylim(0.7, float(rows["count"].max()) * 1.8)
    for rank in (1, 3, 10, 30, 100, 300, 1000):
        if rank <= len(rows) and rows["count"][rank - 1] > 1:
            name, count = str(rows["term"][rank - 1]), float(rows["count"][rank - 1])
            ax.plot([rank], [count], marker="o", color=COLOURS[0], **DOT)
            ax.annotate(marks.plain(name, limit=18), (rank, count), (5, 5), textcoords="offset points", fontsize=SMALL)


def plot_collocates(df: pd.DataFrame, *, top: int = 20, ax: Axes | None = None) -> Axes:
    """Return axes with the words near a node as dots at their logDice; at the right, how many of their hits are near.

    Parameters
    ----------
    df : DataFrame
        Made by `pastepot.collocates`; rows may have been left out.
    top : int
        How many collocates to draw, from the table's first on.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Raises
    ------
    PastepotError
        If the table is empty or lacks a column.

    Examples
    --------
    >>> from pastepot import tables
    >>> plot_collocates(tables.empty("collocates"))
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: collocates has no rows, so there is nothing to draw; say so in words instead.
    """
    drawable("collocates", df, ("collocate", "count", "joint", "log_dice"))
    errors.at_least("top", top, 1)
    rows = df.head(top)
    ax = new_axes(ax, len(rows), 0.27)
    places = np.arange(len(rows))
    draw_strokes(ax, (places * 0 - 50, places), (places * 0 + 14, places), color=RULE, lw=0.8, zorder=0)
    ax.plot(rows["log_dice"], places, marker=MARKERS[0], color=COLOURS[0], **DOT)
    label_rows(ax, [wrapped(str(name), LABEL, 1) for name in rows["collocate"]])
    for place, (joint, count) in enumerate(zip(rows["joint"].tolist(), rows["count"].tolist(), strict=True)):
        ax.annotate(f"{joint:,} of {count:,}", (1, place), (6, 0), **BESIDE)
    least = float(rows["log_dice"].min())
    ax.set_xlim(min(8.0, least - 0.5) if least == least else 8.0, 14.2)  # noqa: PLR0124 (NaN: no value at all)
    unit = "logDice, at most 14 (right: near the node, of all its hits)"
    write_words(ax, df, f"Words near {_node(df)}", unit, str(df.attrs.get("method", "")) or f"{len(rows)} of {len(df)}")
    write_numbers(ax.xaxis)
    return ax
