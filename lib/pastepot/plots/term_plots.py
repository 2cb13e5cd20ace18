"""Plots of the tables on words: most frequent terms, keyness, dispersion, rank and count, collocates.

As all plots here, each draws what its table contains and computes no measure; it takes the table and, optionally, axes
to draw on, and returns the axes, with title, unit, corpus and number.
"""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from pastepot import errors, escape, tables
from pastepot.frequency.keyness import describe_selector
from pastepot.plots import style
from pastepot.plots.alt_text import list_rows, quote_node, say_node_occurs
from pastepot.wording import count_noun, start_sentence

# --- terms --------------------------------------------------------------


def plot_terms(df: pd.DataFrame, *, top: int = 20, ax: Axes | None = None) -> Axes:
    """Return axes with the most frequent terms as bars; a table with a group column gets one marker a group.

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
    ('Most frequent terms in harbour', ['ferry', 'port'])
    >>> plt.close(ax.figure)
    >>> plot_terms(df.head(0))
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: terms has no rows, so there is nothing to draw; say so in words instead.
    """
    style.check_drawable("terms", df, ("term", "count", "rate"), top)
    groups = [str(column) for column in df.columns if column not in tables.TABLES["terms"].columns]
    names = list(dict.fromkeys(df["term"]))[:top]
    rows = df[df["term"].isin(names)]
    ax = style.new_rows(ax, names, height=style.BAR_ROW)
    if groups:
        by_group = list(rows.groupby(groups, sort=False))
        style.check_group_count("terms", by_group, "groups")
        for number, (values, table) in enumerate(by_group):
            label = escape.escape_figure(", ".join(map(str, values)))
            style.mark(ax, table["rate"].tolist(), [names.index(term) for term in table["term"]], number, label=label)
    else:
        bars = ax.barh(range(len(rows)), rows["rate"].tolist(), color=style.COLOURS[0], height=0.7)
        counts = [f"{count:,}" for count in rows["count"]]
        ax.bar_label(bars, counts, padding=4, fontsize=style.SMALL, color=style.FAINT)
    ax.set_xlim(left=0)
    ax.margins(x=0.12)
    per = f"per {df.attrs.get('settings', {}).get('per', 1000):,} words"
    unit = f"Occurrences {per}" + " (at the bar’s end: occurrences)" * (not groups)
    counted = str(df.attrs.get("counted", "")).split(";")[0].rstrip(".")
    n = style.say_drawn(len(names), df["term"].nunique(), "term", counted)
    first = rows.sort_values("rate", ascending=False, kind="stable").head(3)
    labels = [", ".join([f"“{term}”", *map(str, values)]) for term, *values in first[["term", *groups]].to_numpy()]
    template = f"{{label}} (count {{count:,}}, {{rate:.1f}} {per})"
    extremes = list_rows(first.assign(label=labels), "Most frequent", template)
    rows, words = rows[[*groups, "term", "count", "rate"]], ("Most frequent terms", unit, n, extremes)
    return style.add_labels(ax, rows, words, kind="Dot chart" if groups else "Bar chart", legend=2 if groups else 0)


# --- keyness -----------------------------------------------------------


def plot_keyness(df: pd.DataFrame, *, top: int = 10, ax: Axes | None = None) -> Axes:
    """Return axes with the words more frequent in target or reference: log ratios with intervals, or both rates.

    Rates are drawn, as two dots a word, where the table has no interval; the line under the title says so. A line to
    the edge is an interval without an end: the word is not on the other side. A dot without a line is of a word in too
    few articles for a test. At the right: occurrences in the target,
    then in the reference.

    Parameters
    ----------
    df : DataFrame
        Made by `pastepot.keyness`; rows may have been left out.
    top : int
        How many words more frequent in the target, and in the reference, to draw, from the table's first on.
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
    (['strike', 'ferry', 'a'], 'Occurrences per 1,000 words (right: counts in each)')
    >>> plt.close(ax.figure)
    >>> plot_keyness(tables.empty("keyness"))
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: keyness has no rows, so there is nothing to draw; say so in words instead.
    """
    columns = ["term", "count_target", "count_reference"]
    rates, ratios = ["rate_target", "rate_reference"], ["log_ratio", "low", "high"]
    style.check_drawable("keyness", df, [*columns, *rates, *ratios], top)
    ahead = df["rate_target"] > df["rate_reference"]
    target, reference = df[ahead].head(top), df[~ahead].head(top)
    rows = pd.concat([target, reference])
    counts = zip(rows["count_target"], rows["count_reference"], strict=True)
    ax = style.new_rows(ax, [*rows["term"]], [f"{a:,} : {b:,}" for a, b in counts], height=style.BAR_ROW, least=5)
    ax.axhline(len(target) - 0.5, color=style.FAINT, lw=0.8, ls=":")
    unit, caution = "Log ratio, with its 95% interval if tested; 1: twice as frequent", ""
    if rows["low"].notna().any():
        _mark_ratios(ax, rows, _side_names(df))
        columns += ratios
    else:
        _mark_rates(ax, rows, _side_names(df))
        columns += rates
        unit = f"Occurrences per {df.attrs.get('per', 1000):,} words"
        caution = "No test by article and no interval: the rates describe these articles only."
    unit += " (right: counts in each)"
    method = str(df.attrs.get("method", "")).partition(" Of each side")[0]
    n = style.say_drawn(len(rows), len(df), "term", method)
    counted = "“{term}” ({count_target:,} in the target, {count_reference:,} in the reference)"
    rarer = reference[reference["rate_reference"] > reference["rate_target"]]
    pairs = ((target, "target"), (rarer, "reference"))
    extremes = " ".join(list_rows(side, f"More frequent in the {name}", counted) for side, name in pairs)
    words = "Word frequencies in target and reference", unit, n, extremes
    return style.add_labels(ax, rows[columns], words, under=caution, legend=1)


def _side_names(df: pd.DataFrame) -> list[str]:
    """Return names for target and reference."""
    settings = df.attrs.get("settings", {})
    if not settings.get("target"):
        return ["target", "reference"]
    names = (describe_selector(settings["target"]), describe_selector(settings.get("reference") or None))
    return style.label_names(names, 28)


def _mark_ratios(ax: Axes, rows: pd.DataFrame, names: list[str]) -> None:
    """Draw a log ratio with its interval a word, target and reference each with a colour and a marker."""
    ax.axvline(0, color=style.INK, lw=1, zorder=1)
    drawn = rows[["low", "high", "log_ratio"]].to_numpy(dtype=float)
    left, right = ax.set_xlim(min(np.nanmin(drawn), 0) - 0.5, max(np.nanmax(drawn), 0) + 0.5)
    known = ~np.isnan(drawn[:, :2]).all(axis=1)
    rows = rows.assign(low=rows["low"].fillna(left).where(known), high=rows["high"].fillna(right).where(known))
    ahead = (rows["rate_target"] > rows["rate_reference"]).to_numpy()
    for number, (side, name) in enumerate(zip((ahead, ~ahead), names, strict=True)):
        if side.any():
            lines, chosen, colour = np.flatnonzero(side), rows[side], style.COLOURS[number]
            style.draw_strokes(ax, (chosen["low"], lines), (chosen["high"], lines), color=colour, lw=2)
            style.mark(ax, chosen["log_ratio"], lines, number, label=f"more in {name}")


def _mark_rates(ax: Axes, rows: pd.DataFrame, names: list[str]) -> None:
    """Draw both rates of a word as two dots with a line between them."""
    lines, target, reference = np.arange(len(rows)), rows["rate_target"], rows["rate_reference"]
    style.draw_strokes(ax, (target, lines), (reference, lines), color=style.RULE, lw=3, zorder=0)
    for number, (rate, name) in enumerate(zip((target, reference), names, strict=True)):
        style.mark(ax, rate, lines, number, label=name)
    ax.set_xlim(left=-0.02 * max(float(target.max()), float(reference.max())))


# --- dispersion --------------------------------------------------------


def plot_dispersion(df: pd.DataFrame, *, articles: pd.DataFrame | None = None, ax: Axes | None = None) -> Axes:
    """Return axes with one line an article and a mark at each occurrence, the reporter's above, quoted ones below.

    Parameters
    ----------
    df : DataFrame
        Made by `pastepot.concordance`; rows may have been left out.
    articles : DataFrame, optional
        Made by `pastepot.articles`: lines then end where the articles do, and articles without an occurrence have
        a line, too. Without it a line ends with the article's last occurrence.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Raises
    ------
    PastepotError
        If the table is empty or lacks a column.

    Notes
    -----
    Above 20 articles, those with most occurrences are drawn, and the axis says so.

    Examples
    --------
    >>> plot_dispersion(tables.empty("concordance"))
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: concordance has no rows, so there is nothing to draw; say so in words instead.
    """
    columns = ["doc_id", "start", "voice"]
    style.check_drawable("concordance", df, columns)
    ax, rows, middle, selection = style.draw_articles(ax, df, "start", articles)
    quoted = rows["voice"] == "quoted"
    for number, (side, reach, label) in enumerate(((~quoted, -0.36, "by the reporter"), (quoted, 0.36, "quoted"))):
        if side.any():
            start, line, colour = rows["start"][side], middle[side], style.COLOURS[number]
            style.draw_strokes(ax, (start, line), (start, line + reach), color=colour, lw=1.5, label=label)
    title, unit = f"Where {say_node_occurs(df, 3)}", "Characters from the article’s start"
    n = f"{style.say_drawn(len(rows), len(df), 'occurrence')} in {selection}"
    most = rows.groupby("doc_id").size().sort_values(ascending=False, kind="stable").reset_index(name="count")
    below = start_sentence(count_noun(int(quoted.sum()), "stroke is quoted", "strokes are quoted"))
    extremes = f"{below}. {list_rows(most, 'Most', '{doc_id} ({count:,})')}"
    return style.add_labels(ax, rows[columns], (title, unit, n, extremes), kind="Chart of strokes", legend=2)


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
        raise errors.PastepotError("terms has a term more than once; plot_zipf draws one list. Choose one group.")
    rows = df.sort_values(["count", "term"], ascending=[False, True], kind="stable")[["term", "count"]]
    counts, ranks = rows["count"].to_numpy(), np.arange(1, len(rows) + 1)
    ax = style.new_axes(ax, *style.LINE_PLOT)
    corners = np.flatnonzero((np.diff(counts, prepend=-1) != 0) | (np.diff(counts, append=-1) != 0))
    ends = ranks[[0, -1]]
    ax.plot(ends, counts[0] / ends, "--", color=style.FAINT, lw=1, label="first count ÷ rank (Zipf)")
    ax.plot(ranks[corners], counts[corners], color=style.COLOURS[0], lw=2.5, label="count of each term")
    for rank in (1, 3, 10, 30, 100, 300, 1000):
        if rank <= len(rows) and counts[rank - 1] > 1:
            (name,), count = style.label_names([rows["term"].iloc[rank - 1]], 18), float(counts[rank - 1])
            style.mark(ax, [rank], [count])
            style.write_near(ax, name, (rank, count), (5, 5), color=style.INK)
    once = count_noun(int((counts == 1).sum()), "term occurs", "terms occur")
    n = f"{count_noun(len(rows), 'term')}, {count_noun(int(counts.sum()), 'occurrence')}; {once} once"
    unit = "Across: rank of the term; up: occurrences"
    words = "Terms by rank and count", unit, n, list_rows(rows, "Most frequent", "“{term}” (count {count:,})")
    style.add_labels(ax, rows.assign(Rank=ranks), words, kind="Line chart", legend=2, numbers="xy")
    ax.set(xscale="log", yscale="log", xlim=(0.8, len(rows) * 1.6), ylim=(0.7, counts[0] * 1.8))
    for axis, last in ((ax.xaxis, len(rows)), (ax.yaxis, counts[0])):
        axis.set_ticks([10**power for power in range(len(str(last)))])
        axis.set_ticks([], minor=True)
        axis.set_major_formatter(style.number_text)
    style.draw_grid(ax)
    return ax


def plot_collocates(df: pd.DataFrame, *, top: int = 20, ax: Axes | None = None) -> Axes:
    """Return axes with the words near a node as dots at their logDice; at the right, how many occurrences are near.

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
    columns = ["collocate", "joint", "count", "log_dice"]
    style.check_drawable("collocates", df, columns, top)
    rows = df[columns].head(top)
    notes = [f"{joint:,} of {count:,}" for joint, count in zip(rows["joint"], rows["count"], strict=True)]
    ax = style.new_rows(ax, [*rows["collocate"]], notes, height=style.BAR_ROW)
    lines = np.arange(len(rows))
    ax.hlines(lines, -50, 14, color=style.RULE, lw=0.8, zorder=0)
    style.mark(ax, rows["log_dice"], lines)
    ax.set_xlim(np.nanmin([8.0, rows["log_dice"].min() - 0.5]), 14.2)
    unit = "logDice, at most 14 (right: near the node, of all)"
    n = style.say_drawn(len(rows), len(df), "collocate", str(df.attrs.get("method", "")))
    extremes = list_rows(rows, "First", "“{collocate}” (logDice {log_dice:.1f}, {joint:,} of {count:,})")
    return style.add_labels(ax, rows, (f"Words near {quote_node(df, 3)}", unit, n, extremes))
