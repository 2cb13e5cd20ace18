"""Plots of the tables on words: the commonest, what sets a side apart, where and near what a word lies, Zipf's curve.

As all plots here, each draws what its table holds and computes no measure; it takes the table and, if wished, axes to
draw on, and returns the axes, with title, unit, corpus and number.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from pastepot import errors, escape, tables
from pastepot.frequency.keyness import describe_selector
from pastepot.plots import style
from pastepot.plots.alt_text import node_words, number_of

MOST_LINES = 20


# --- terms --------------------------------------------------------------


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
    style.check_drawable("terms", df, ("term", "count", "rate"))
    errors.at_least("top", top, 1)
    groups = [str(column) for column in df.columns if column not in tables.TABLES["terms"].columns]
    names = list(dict.fromkeys(df["term"]))[:top]
    rows = df[df["term"].isin(names)]
    ax = style.new_axes(ax, len(names), 0.27)
    if groups:
        _term_markers(ax, rows, groups, names)
    else:
        _term_bars(ax, rows)
    style.name_rows(ax, names, lines=1)
    ax.set_xlim(left=0)
    ax.margins(x=0.12)
    unit = f"Hits per {df.attrs.get('settings', {}).get('per', 1000):,} words"
    ends = "" if groups else " (at the bar’s end: hits)"
    counted = str(df.attrs.get("counted", "")).split(";")[0].rstrip(".") or f"{len(names)} of {len(df)} terms"
    return style.add_labels(ax, df, "Commonest terms", unit + ends, counted, legend=2 if groups else 0)


def _term_bars(ax: Axes, rows: pd.DataFrame) -> None:
    """Draw one bar a term, its count at the end."""
    places, rates = range(len(rows)), rows["rate"].tolist()
    bars = ax.barh(places, rates, color=style.COLOURS[0], height=0.7)
    ax.bar_label(bars, [f"{count:,}" for count in rows["count"]], padding=4, fontsize=style.SMALL, color=style.FAINT)


def _term_markers(ax: Axes, rows: pd.DataFrame, groups: Sequence[str], names: Sequence[str]) -> None:
    """Draw one marker a term and group."""
    found = list(rows.groupby(list(groups), sort=False))
    style.check_group_count("terms", found, "groups")
    for number, (label, part) in enumerate(found):
        places = [names.index(term) for term in part["term"]]
        style.mark(
            ax, part["rate"].tolist(), places, number, label=escape.escape_figure(", ".join(map(str, label)), limit=40)
        )


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
    >>> plot_keyness(tables.empty("keyness"))
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: keyness has no rows, so there is nothing to draw; say so in words instead.
    """
    columns = ("term", "count_target", "count_reference", "rate_target", "rate_reference", "log_ratio", "low", "high")
    style.check_drawable("keyness", df, columns)
    errors.at_least("top", top, 1)
    ahead = df["rate_target"] > df["rate_reference"]
    sides = df[ahead].head(top), df[~ahead].head(top)
    rows = pd.concat(sides)
    ax = style.new_axes(ax, len(rows), 0.27)
    tested = bool(rows["low"].notna().any())
    (_ratios if tested else _paired_rates)(ax, rows, _side_names(df))
    counts = zip(rows["count_target"], rows["count_reference"], strict=True)
    style.name_rows(ax, rows["term"], [f"{target:,} : {reference:,}" for target, reference in counts], lines=1)
    ax.axhline(len(sides[0]) - 0.5, color=style.FAINT, lw=0.8, ls=":")
    unit, few = "Log ratio with 95 % interval; 1: twice as frequent", ""
    if not tested:
        unit = f"Hits per {df.attrs.get('per', 1000):,} words"
        few = "Too few articles for a test or an interval: the rates describe these articles only."
    unit += " (right: hits in each)"
    n = str(df.attrs.get("method", "")).partition(" G2 of four cells")[0] or f"{len(rows)} of {len(df)} terms"
    return style.add_labels(ax, df, "Words that set one side apart", unit, n, under=few, legend=1)


def _side_names(df: pd.DataFrame) -> tuple[str, str]:
    """Return what target and reference are called."""
    settings = df.attrs.get("settings", {})
    target, reference = settings.get("target"), settings.get("reference")
    called = (
        describe_selector(target) if target else "target",
        describe_selector(reference or None) if target else "reference",
    )
    return escape.escape_figure(called[0], limit=28), escape.escape_figure(called[1], limit=28)


def _ratios(ax: Axes, rows: pd.DataFrame, names: tuple[str, str]) -> None:
    """Draw a log ratio with its interval a word, each side in its colour and with its marker."""
    ax.axvline(0, color=style.INK, lw=1, zorder=1)
    ahead = (rows["rate_target"] > rows["rate_reference"]).to_numpy()
    for number, (side, name) in enumerate(zip((ahead, ~ahead), names, strict=True)):
        if side.any():
            places, chosen, colour = np.flatnonzero(side), rows[side], style.COLOURS[number]
            style.draw_strokes(ax, (chosen["low"], places), (chosen["high"], places), color=colour, lw=2)
            style.mark(ax, chosen["log_ratio"], places, number, label=f"more in {name}")


def _paired_rates(ax: Axes, rows: pd.DataFrame, names: tuple[str, str]) -> None:
    """Draw the rates of both sides a word as two dots with a line between them."""
    places, target, reference = np.arange(len(rows)), rows["rate_target"], rows["rate_reference"]
    style.draw_strokes(ax, (target, places), (reference, places), color=style.RULE, lw=3, zorder=0)
    for number, (rate, name) in enumerate(zip((target, reference), names, strict=True)):
        style.mark(ax, rate, places, number, label=name)
    ax.set_xlim(left=-0.02 * max(float(target.max()), float(reference.max())))


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
    >>> plot_dispersion(tables.empty("concordance"))
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: concordance has no rows, so there is nothing to draw; say so in words instead.
    """
    style.check_drawable("concordance", df, ("doc_id", "start", "voice"))
    ends = _ends(df, articles)
    hits = df["doc_id"].value_counts().reindex(ends.index, fill_value=0)
    names = style.largest_groups(hits, MOST_LINES)
    ax = style.new_axes(ax, len(names), 0.42)
    places = np.arange(len(names))
    style.draw_strokes(ax, (0 * places, places), (ends[names], places), color=style.RULE, lw=2, zorder=0)
    rows = df[df["doc_id"].isin(names)]
    _hit_marks(ax, rows, names)
    style.name_rows(ax, names, [f"n = {hits[name]:,}" for name in names])
    ax.set_xlim(0, float(ends[names].max()) * 1.02)
    some = f" in the {len(names)} articles with most, of {len(ends):,}" if len(ends) > len(names) else ""
    title, unit = f"Where {node_words(df, 3)} stands", "Characters from the article’s start"
    return style.add_labels(ax, df, title, unit, number_of(len(rows), "hit") + some, legend=2)


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
            colour = style.COLOURS[number]
            style.draw_strokes(ax, (start, middle), (start, outer), color=colour, lw=1.5, label=label)


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
    >>> plot_zipf(tables.empty("terms"))
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: terms has no rows, so there is nothing to draw; say so in words instead.
    """
    style.check_drawable("terms", df, ("term", "count"))
    if df["term"].duplicated().any():
        raise errors.PastepotError(
            "terms has a term more than once; plot_zipf draws one list of terms. Choose one group."
        )
    rows = df.sort_values(["count", "term"], ascending=[False, True], kind="stable", ignore_index=True)
    counts, ranks = rows["count"].to_numpy(), np.arange(1, len(rows) + 1)
    ax = style.new_axes(ax, 8, 0.35)
    corners = np.flatnonzero((np.diff(counts, prepend=-1) != 0) | (np.diff(counts, append=-1) != 0))
    law = counts[0] / ranks[[0, -1]]
    ax.plot(ranks[[0, -1]], law, "--", color=style.FAINT, lw=1, label="first count ÷ rank (Zipf)")
    ax.plot(ranks[corners], counts[corners], color=style.COLOURS[0], lw=2.5, label="count of each term")
    _logarithmic(ax, len(rows), int(counts[0]))
    _some_names(ax, rows)
    once = int((counts == 1).sum())
    n = f"{len(rows):,} terms, {int(counts.sum()):,} hits; {once:,} terms stand once"
    unit = "Right: rank of the term. Up: hits"
    style.add_labels(ax, df, "Rank and count of terms", unit, n, legend=2, numbers="")
    ax.tick_params(axis="y", labelsize=style.SMALL, labelcolor=style.FAINT)
    return ax


def _logarithmic(ax: Axes, ranks: int, most: int) -> None:
    """Set logarithmic scales with powers of ten as ticks."""
    ax.set(xscale="log", yscale="log", xlim=(0.8, ranks * 1.6), ylim=(0.7, most * 1.8))
    for axis, last in ((ax.xaxis, ranks), (ax.yaxis, most)):
        axis.set_ticks([10**power for power in range(len(str(last)))])
        axis.set_ticks([], minor=True)
        axis.set_major_formatter(style.number_text)
    ax.grid(color=style.RULE, lw=0.8)


def _some_names(ax: Axes, rows: pd.DataFrame) -> None:
    """Name the terms at ranks 1, 3, 10, 30 and so on."""
    for rank in (1, 3, 10, 30, 100, 300, 1000):
        if rank <= len(rows) and rows["count"][rank - 1] > 1:
            name, count = escape.escape_figure(str(rows["term"][rank - 1]), limit=18), float(rows["count"][rank - 1])
            style.mark(ax, [rank], [count])
            ax.annotate(name, (rank, count), (5, 5), textcoords="offset points", fontsize=style.SMALL)


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
    >>> plot_collocates(tables.empty("collocates"))
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: collocates has no rows, so there is nothing to draw; say so in words instead.
    """
    style.check_drawable("collocates", df, ("collocate", "count", "joint", "log_dice"))
    errors.at_least("top", top, 1)
    rows = df.head(top)
    ax = style.new_axes(ax, len(rows), 0.27)
    places = np.arange(len(rows))
    across = {"color": style.RULE, "lw": 0.8, "zorder": 0}
    style.draw_strokes(ax, (places * 0 - 50, places), (places * 0 + 14, places), **across)
    style.mark(ax, rows["log_dice"], places)
    notes = [f"{joint:,} of {count:,}" for joint, count in zip(rows["joint"], rows["count"], strict=True)]
    style.name_rows(ax, rows["collocate"], notes, lines=1)
    ax.set_xlim(np.nanmin([8.0, rows["log_dice"].min() - 0.5]), 14.2)
    unit = "logDice, at most 14 (right: near the node, of all its hits)"
    n = str(df.attrs.get("method", "")) or f"{len(rows)} of {len(df)}"
    return style.add_labels(ax, df, f"Words near {node_words(df, 3)}", unit, n)
