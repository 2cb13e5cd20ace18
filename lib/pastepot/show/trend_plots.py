"""The plot over time: how often terms stand in each period, with the totals that every rate rests on."""

import re
from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from pastepot import errors, marks
from pastepot.show.canvas import (
    COLOURS,
    DOT,
    FAINT,
    INK,
    MARKERS,
    MOST_GROUPS,
    RULE,
    SMALL,
    draw_strokes,
    drawable,
    new_axes,
    write_numbers,
    write_words,
)

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
    drawable("trends", df, ("term", "period", "tokens", "rate", "low", "high", "articles"))
    terms = list(dict.fromkeys(df["term"]))
    if len(terms) > MOST_GROUPS:
        raise errors.PastepotError(
            f"trends has {len(terms)} terms; at most {MOST_GROUPS} can be told apart in a figure. Choose some."
        )
    ax = new_axes(ax, 8, 0.33)
    periods = df.drop_duplicates("period").sort_values("period", kind="stable")
    for number, term in enumerate(terms):
        _line(ax, df[df["term"] == term].sort_values("period", kind="stable"), number, len(terms))
    ax.set_ylim(0, 1.08 * max(float(df[["rate", "high"]].max().max()), 1e-9))
    _end_labels(ax, df.sort_values("period", kind="stable").drop_duplicates("term", keep="last"), terms)
    _period_ticks(ax, periods)
    asked = df.attrs.get("settings", {})
    unit = f"Hits per {df.attrs.get('per', 1000):,} words, by {asked.get('period', 'period')}"
    n = _totals(periods)
    few = (
        "" if df["low"].notna().all() else "No interval where a period has fewer than 10 articles: a dot may be chance."
    )
    bars = "; bars: 95 % interval" if df["low"].notna().any() else ""
    write_numbers(ax.yaxis)
    write_words(ax, df, "How often words stand over time", unit + bars, n, under=few)
    ax.tick_params(axis="y", labelsize=SMALL, labelcolor=FAINT)
    ax.grid(axis="y", color=RULE, lw=0.8)
    ax.set_axisbelow(True)
    return ax


def _line(ax: Axes, rows: pd.DataFrame, number: int, terms: int) -> None:
    """Draw one term's line, broken at gaps, a little beside the others' so that bars don't cover each other."""
    when = np.array([_when(period) for period in rows["period"]], dtype=float)
    step = float(np.diff(when).min(initial=np.inf)) if len(when) > 1 else 1.0
    shift = 0.06 * step * (number - (terms - 1) / 2)
    colour = COLOURS[number]
    draw_strokes(ax, (when + shift, rows["low"]), (when + shift, rows["high"]), color=colour, lw=2, alpha=0.6)
    gaps = np.flatnonzero(np.diff(when) > 1) + 1
    x, y = np.insert(when + shift, gaps, np.nan), np.insert(rows["rate"].to_numpy(), gaps, np.nan)
    ax.plot(x, y, color=colour, lw=1.5)
    ax.plot(when + shift, rows["rate"], marker=MARKERS[number], color=colour, **DOT)


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
        leader = {"arrowstyle": "-", "color": COLOURS[number], "lw": 0.8, "ls": ":", "shrinkA": 1, "shrinkB": 4}
        ax.annotate(
            marks.plain(term, limit=18),
            (_when(ends[term]["period"]), ends[term]["rate"]),
            (1.01, below),
            textcoords="axes fraction",
            va="center",
            fontsize=SMALL,
            color=INK,
            arrowprops=leader,
        )


def _period_ticks(ax: Axes, periods: pd.DataFrame) -> None:
    """Label the periods with their totals, or some of them if there are many."""
    every = -(-len(periods) // MOST_PERIODS)
    shown = periods.iloc[::every]
    labels = [
        f"{row['period']}\n{row['tokens']:,} words\n{row['articles']:,} article{'s' * (row['articles'] != 1)}"
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
