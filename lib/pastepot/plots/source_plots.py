"""Plots of who speaks: where in each article, how many words of each source, and how much comes from unnamed ones."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.ticker import MaxNLocator, PercentFormatter

from pastepot import tables
from pastepot.plots import style
from pastepot.plots.alt_text import list_rows
from pastepot.wording import count_noun, write_percent

MOST_COLOURS = len(style.COLOURS)
MOST_BARS, MOST_BLOCKS = 40, 50
"""Bars that all groups share, and groups that have at least one."""

NAME = 20
"""Letters of a source's name at the end of its bar."""


def _pale(colour: str) -> tuple[float, ...]:
    """Return a lighter shade of a colour, which is as light in grey print."""
    return tuple(0.4 * part + 0.6 for part in to_rgb(colour))


def plot_attributions(df: pd.DataFrame, *, articles: pd.DataFrame | None = None, ax: Axes | None = None) -> Axes:
    """Return axes with a voice strip for each article: who speaks where, from the first to the last character.

    The five known sources with most statements have colours: named persons, roles and groups. All others, documents and
    unnamed sources are grey. Quotations are high and dark, indirect speech, also with quoted words in it, is low.

    Parameters
    ----------
    df : DataFrame
        Made by `pastepot.attributions`; rows may have been left out.
    articles : DataFrame, optional
        Made by `pastepot.articles`: strips then end where the articles do, and articles without a statement have one,
        too. Without it a strip ends with the article's last statement.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Raises
    ------
    PastepotError
        If the table is empty or lacks a column.

    Notes
    -----
    Above 20 articles, those with most statements are drawn, and the axis says so. Sources with equal names in two
    articles have one colour: *the mayor* may be two persons.

    Examples
    --------
    >>> plot_attributions(tables.empty("attributions"))
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: attributions has no rows, so there is nothing to draw; say so in words instead.
    """
    columns = ["doc_id", "source", "source_kind", "kind", "start", "end"]
    style.check_drawable("attributions", df, columns)
    ax, rows, lines, selection = style.draw_articles(ax, df, "end", articles)
    known = rows[rows["source_kind"].isin(["named", "role", "group"])]
    sizes = known.groupby("source").size().sort_values(ascending=False, kind="stable")
    chosen, coloured = style.largest_groups(sizes, "known source", "with most", MOST_COLOURS)
    _draw_voices(ax, rows, lines, chosen)
    n = f"{style.say_drawn(len(rows), len(df), 'statement')} in {selection}"
    kinds = [f"{count:,} {kind}" for kind, count in rows["kind"].value_counts(sort=False).items()]
    most = sizes[chosen].reset_index(name="count")
    extremes = f"{', '.join(kinds)}. {list_rows(most, 'Most statements', '{source} ({count:,})', MOST_COLOURS)}"
    unit = f"Characters from the article’s start to its {'last statement' if articles is None else 'end'}"
    under = "High: quoted; low: reported." + f" In colour: {coloured}." * bool(chosen)
    words = "Who speaks where", unit, n, extremes
    return style.add_labels(ax, rows[columns], words, kind="Voice strips", under=under, legend=2)


def _draw_voices(ax: Axes, rows: pd.DataFrame, lines: pd.Series, chosen: Sequence[str]) -> None:
    """Draw the statements of the chosen sources, each in its colour, and those of all others in grey."""
    voices = rows["source"].where(rows["source"].isin(chosen), "")
    labels = dict(zip(chosen, style.label_names(chosen, style.LABEL), strict=True)) | {"": "all others"}
    for source, colour in zip([*chosen, ""], (*style.COLOURS[: len(chosen)], style.FAINT), strict=True):
        own = voices == source
        if own.any():
            ax.plot([], [], "s", color=colour, ms=9, label=labels[source])
        for kind, shade, height in (
            (rows["kind"] != "direct", _pale(colour), 7),
            (rows["kind"] == "direct", colour, 14),
        ):
            side, line = rows[own & kind], lines[own & kind]
            style.draw_strokes(ax, (side["start"], line), (side["end"], line), color=shade, lw=height, zorder=2)


def plot_sources(df: pd.DataFrame, *, top: int = 10, ax: Axes | None = None) -> Axes:
    """Return axes with the words of each source as a bar, quoted and reported apart, the most words first.

    A table with several groups has a block of bars for each, on one scale, so that the blocks can be compared.

    Parameters
    ----------
    df : DataFrame
        Made by `pastepot.sources`; rows may have been left out.
    top : int
        How many sources to draw of each group, from the table's first on; fewer where many groups share the room, and
        the axis says how many.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Raises
    ------
    PastepotError
        If the table is empty or lacks a column.

    Notes
    -----
    Above 50 groups, those with most words are drawn, and the axis says so.

    Examples
    --------
    >>> plot_sources(tables.empty("sources"))
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: sources has no rows, so there is nothing to draw; say so in words instead.
    """
    columns = ["source", "words_quoted", "words_reported"]
    style.check_drawable("sources", df, columns, top)
    by = [str(column) for column in df.columns if column not in tables.TABLES["sources"].columns][:1]
    groups = df[by[0]].astype(str) if by else pd.Series("", df.index)
    sizes = (df["words_quoted"] + df["words_reported"]).groupby(groups, sort=False).sum()
    names, selection = style.largest_groups(sizes, style.group_noun(df), "with most words", MOST_BLOCKS)
    each = max(1, min(top, MOST_BARS // len(names)))
    rows = df[groups.isin(names)].groupby(groups, sort=False).head(each)
    firsts = ~groups[rows.index].duplicated()
    several = len(sizes) > 1
    labels = groups[rows.index].where(firsts, "") if several else rows["source"]
    ax = style.new_rows(ax, labels.tolist(), height=style.BAR_ROW)
    _draw_bars(ax, rows, style.label_names(rows["source"], NAME) if several else [""] * len(rows))
    for line in firsts.to_numpy().nonzero()[0][1:]:
        ax.axhline(line - 0.5, color=style.RULE, lw=0.8, ls=":")
    words = rows["words_quoted"] + rows["words_reported"]
    longest = max(int(words.max()), 1)
    ax.set_xlim(0, longest * (2.4 if several else 1.2))
    drawn = style.say_drawn(len(rows), len(df), "source")
    n = f"{drawn}: {'the first' if each == 1 else f'at most {each}'} of each of {selection}" if several else drawn
    most = rows.assign(group=groups).loc[words.sort_values(ascending=False, kind="stable").index]
    template = "{source}" + " in {group}" * several + " ({words_quoted:,} quoted, {words_reported:,} reported)"
    title = "Words by source" + f" and {style.group_noun(df)}" * several
    said = title, "Words (at the bar’s end: all of the source)", n, list_rows(most, "Most words", template)
    style.add_labels(ax, rows[[*by, *columns]], said, kind="Bar chart", legend=2)
    ticks = MaxNLocator(4, steps=[1, 2, 5, 10], integer=True).tick_values(0, longest)
    ax.set_xticks([tick for tick in ticks if tick <= longest])
    return ax


def _draw_bars(ax: Axes, rows: pd.DataFrame, names: Sequence[str]) -> None:
    """Draw the words of each source as a bar, quoted and reported ones, with its name and their sum at the end."""
    quoted, reported, lines = rows["words_quoted"], rows["words_reported"], range(len(rows))
    dark, pale = style.COLOURS[0], _pale(style.COLOURS[0])
    ax.barh(lines, quoted, color=dark, label="quoted", height=0.7, ec=dark, lw=0.6)
    ax.barh(lines, reported, left=quoted, color=pale, label="reported", height=0.7, ec=dark, lw=0.6)
    for line, (name, words) in enumerate(zip(names, quoted + reported, strict=True)):
        style.write_near(ax, f"{name} {words:,}".strip(), (words, line), (4, 0), va="center", annotation_clip=False)


def plot_unnamed_sources(df: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Return axes with the share of statements from unnamed sources in each group, the highest share first.

    A group with ten articles or more has an interval; a dot without one may be chance.

    Raises
    ------
    PastepotError
        If the table is empty or lacks a column.

    Notes
    -----
    Above 50 groups, those with most statements are drawn, and the axis says so.

    Examples
    --------
    >>> plot_unnamed_sources(tables.empty("unnamed_sources"))
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: unnamed_sources has no rows, so there is nothing to draw; say so in words instead.
    """
    columns = ["statements", "withheld", "collective", "share_unnamed", "low", "high"]
    style.check_drawable("unnamed_sources", df, columns)
    by = next((str(name) for name in df.columns if name not in tables.TABLES["unnamed_sources"].columns), "")
    ranked = df.sort_values("share_unnamed", ascending=False, kind="stable").set_index(by or df.index)
    names, selection = style.largest_groups(ranked["statements"], style.group_noun(df), "with most", MOST_BLOCKS)
    rows = ranked.loc[names].rename_axis(by or "group").reset_index()
    unnamed = rows["withheld"] + rows["collective"]
    notes = [f"{part:,} of {whole:,}" for part, whole in zip(unnamed, rows["statements"], strict=True)]
    ax = style.new_rows(ax, names, notes, height=style.BAR_ROW)
    style.draw_strokes(ax, (rows["low"], rows.index), (rows["high"], rows.index), color=style.COLOURS[0], lw=2)
    style.mark(ax, rows["share_unnamed"], rows.index)
    ax.set_xlim(-0.03, 1.03)
    n = f"{count_noun(int(rows['statements'].sum()), 'statement')} in {selection}"
    percent = [write_percent(share, 1) for share in rows["share_unnamed"]]
    template = "{name} ({percent} of {statements:,})"
    extremes = list_rows(rows.assign(name=names, percent=percent), "Highest", template)
    unit = "Share of statements whose source has no name (right: of all statements)"
    words = "Unnamed sources", unit, n, extremes
    rows = rows[[*rows.columns[:1], *columns]]
    rows.attrs.update(df.attrs)
    style.add_labels(ax, rows, words, under=style.interval_note(df))
    ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    style.draw_grid(ax, "x")
    return ax
