"""The plot over time: how often terms stand in each period, with the totals that every rate rests on."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from pastepot import errors, escape
from pastepot.plots import style
from pastepot.plots.alt_text import number_of

MOST_PERIODS = 5
"""Periods that can have their totals under the axis; of more, as many are labelled and the range is told."""

LABEL_GAP = 0.075
"""Share of the axes' height between two labels at the ends of lines."""

_WEEK = re.compile(r"(\d{4})-W(\d\d)")
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def plot_trends(df: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    r"""Return axes with one line a term through the periods, intervals where the table has them, totals below.

    Periods stand at their distance in time; where one without articles lies between two, the line is broken.

    Raises
    ------
    PastepotError
        If the table is empty, lacks a column, or has more than five terms.

    Examples
    --------
    >>> from matplotlib import pyplot as plt
    >>> from pastepot.corpus.read import read
    >>> from pastepot.frequency.trends import trends
    >>> rows = {"text": ["The strike.", "A strike! Strike."], "date": ["2024-03-05", "2024-04-01"]}
    >>> ax = plot_trends(trends(read(pd.DataFrame(rows)), "strike"))
    >>> [label.get_text() for label in ax.get_xticklabels()]
    ['2024-03\n2 words\n1 article', '2024-04\n3 words\n1 article']
    >>> plt.close(ax.figure)
    """
    style.check_drawable("trends", df, ("term", "period", "tokens", "rate", "low", "high", "articles"))
    terms = list(dict.fromkeys(df["term"]))
    style.check_group_count("trends", terms, "terms")
    ax = style.new_axes(ax, 8, 0.33)
    rows = df.sort_values("period", kind="stable")
    periods = rows.drop_duplicates("period")
    for number, term in enumerate(terms):
        _line(ax, rows[rows["term"] == term], number, len(terms))
    ax.set_ylim(0, 1.08 * max(float(df[["rate", "high"]].max().max()), 1e-9))
    _end_labels(ax, rows.drop_duplicates("term", keep="last"), terms)
    _period_ticks(ax, periods)
    bars = "; bars: 95 % interval" if df["low"].notna().any() else ""
    by = df.attrs.get("settings", {}).get("period", "period")
    unit = f"Hits per {df.attrs.get('per', 1000):,} words, by {by}{bars}"
    few = "No interval where a period has fewer than 10 articles: a dot may be chance."
    under = "" if df["low"].notna().all() else few
    style.faint_lines(ax, "y")
    title = "How often words stand over time"
    return style.add_labels(ax, df, title, unit, _totals(periods), under=under, numbers="y")


def _line(ax: Axes, rows: pd.DataFrame, number: int, terms: int) -> None:
    """Draw one term's line, broken at gaps, a little beside the others' so that bars don't cover each other."""
    when = np.array([_when(period) for period in rows["period"]], dtype=float)
    step = float(np.diff(when).min(initial=np.inf)) if len(when) > 1 else 1.0
    place, colour = when + 0.06 * step * (number - (terms - 1) / 2), style.COLOURS[number]
    style.draw_strokes(ax, (place, rows["low"]), (place, rows["high"]), color=colour, lw=2, alpha=0.6)
    gaps = np.flatnonzero(np.diff(when) > 1) + 1
    ax.plot(np.insert(place, gaps, np.nan), np.insert(rows["rate"].to_numpy(), gaps, np.nan), color=colour, lw=1.5)
    style.mark(ax, place, rows["rate"], number)


def _when(period: str) -> int:
    """Return a period's place in time, counted in periods of its kind.

    >>> _when("2024-02") - _when("2023-12"), _when("2025-W01") - _when("2024-W52"), _when("2024-03-01")
    (2, 1, 738946)
    """
    if week := _WEEK.fullmatch(period):
        return date.fromisocalendar(int(week[1]), int(week[2]), 1).toordinal() // 7
    if not (found := _DAY.fullmatch(period)):
        raise errors.PastepotError(f"period must be as 2024, 2024-03, 2024-W10 or 2024-03-05; got {period!r}.")
    year, month, day = found.groups()
    if day:
        return date(int(year), int(month), int(day)).toordinal()
    return int(year) * 12 + int(month) if month else int(year)


def _end_labels(ax: Axes, last: pd.DataFrame, terms: Sequence[str]) -> None:
    """Name each line at its end, joined to it; names that would lie on each other are moved apart."""
    top = ax.get_ylim()[1]
    ends = {row["term"]: row for row in last.to_dict("records") if pd.notna(row["rate"])}
    below = -1.0
    for term in sorted(ends, key=lambda term: (ends[term]["rate"], terms.index(term))):
        number = terms.index(term)
        below = max(ends[term]["rate"] / top, below + LABEL_GAP)
        leader = {"arrowstyle": "-", "color": style.COLOURS[number], "lw": 0.8, "ls": ":", "shrinkA": 1, "shrinkB": 4}
        look: Mapping[str, Any] = {"va": "center", "fontsize": style.SMALL, "color": style.INK, "arrowprops": leader}
        end = _when(ends[term]["period"]), ends[term]["rate"]
        ax.annotate(escape.escape_figure(term, limit=18), end, (1.01, below), textcoords="axes fraction", **look)


def _period_ticks(ax: Axes, periods: pd.DataFrame) -> None:
    """Label the periods with their totals, or some of them if there are many."""
    every = -(-len(periods) // MOST_PERIODS)
    shown = periods.iloc[::every]
    labels = [
        f"{row['period']}\n{row['tokens']:,} words\n{number_of(row['articles'], 'article')}"
        for row in shown.to_dict("records")
    ]
    when = [_when(period) for period in periods["period"]]
    ax.set_xticks(when[::every], labels)
    margin = 0.5 if len(when) == 1 else 0.06 * (max(when) - min(when))
    ax.set_xlim(min(when) - margin, max(when) + margin)


def _totals(periods: pd.DataFrame) -> str:
    """Return how many articles and words all periods have, and how few and many one has if not all are labelled."""
    n = f"{periods['articles'].sum():,} articles, {periods['tokens'].sum():,} words"
    if len(periods) <= MOST_PERIODS:
        return n
    return f"{n}; {periods['tokens'].min():,} to {periods['tokens'].max():,} words a period"
