"""The plot over time: how often terms occur in each period, with the totals that every rate is based on."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from pastepot import errors
from pastepot.plots import style
from pastepot.plots.alt_text import list_ends
from pastepot.wording import count_noun

MOST_PERIODS = 5
"""Periods that can have their totals under the axis; of more, as many are labelled and the range is given."""

COLUMNS = ["term", "period", "tokens", "articles", "rate", "low", "high"]
LABEL_GAP = 0.075
"""Share of the axes' height between two labels at the ends of lines."""


def plot_trends(df: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    r"""Return axes with one line a term through the periods, intervals where the table has them, totals below.

    Periods are at their distance in time; where one without articles lies between two, the line is broken.

    Raises
    ------
    PastepotError
        If the table is empty, lacks a column, or has no rate, or more than five terms.

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
    style.check_drawable("trends", df, COLUMNS, value="rate")
    terms = list(dict.fromkeys(df["term"]))
    style.check_group_count("trends", terms, "terms")
    ax = style.new_axes(ax, *style.LINE_PLOT)
    rows = df.sort_values("period", kind="stable")
    periods = rows.drop_duplicates("period")
    for number, term in enumerate(terms):
        _draw_term(ax, rows[rows["term"] == term], number, len(terms))
    ax.set_ylim(0, 1.08 * max(float(df[["rate", "high"]].max().max()), 1e-9))
    _name_lines(ax, rows.drop_duplicates("term", keep="last"), terms)
    _label_periods(ax, periods)
    by = df.attrs.get("settings", {}).get("period", "period")
    unit = f"Occurrences per {df.attrs.get('per', 1000):,} words, by {by}"
    style.draw_grid(ax, "y")
    tokens, drawn = int(periods["tokens"].sum()), f"{count_noun(len(terms), 'term')} in {count_noun(len(periods), by)}"
    n = f"{drawn}: {count_noun(int(periods['articles'].sum()), 'article')}, {count_noun(tokens, 'word')}"
    if len(periods) > MOST_PERIODS:
        n += f"; {periods['tokens'].min():,} to {periods['tokens'].max():,} words a {by}"
    ends = list_ends(rows, "term", "rate", "{period} (rate {rate:,.1f}, of {tokens:,} words)", "no counted words")
    words = "How often words occur over time", unit, n, ends
    return style.add_labels(ax, df[COLUMNS], words, kind="Line chart", under=style.interval_note(df), numbers="y")


def _draw_term(ax: Axes, rows: pd.DataFrame, number: int, terms: int) -> None:
    """Draw one term's line, broken at gaps, a little next to the others' so that bars don't cover each other."""
    when = np.array([_period_number(period) for period in rows["period"]], dtype=float)
    step = float(np.diff(when).min(initial=np.inf)) if len(when) > 1 else 1.0
    x, colour = when + 0.06 * step * (number - (terms - 1) / 2), style.COLOURS[number]
    style.draw_strokes(ax, (x, rows["low"]), (x, rows["high"]), color=colour, lw=2, alpha=0.6)
    gaps = np.flatnonzero(np.diff(when) > 1) + 1
    ax.plot(np.insert(x, gaps, np.nan), np.insert(rows["rate"].to_numpy(), gaps, np.nan), color=colour, lw=1.5)
    style.mark(ax, x, rows["rate"], number)


def _period_number(period: str) -> int:
    """Return a period's position in time, counted in periods of its kind.

    >>> _period_number("2024-02") - _period_number("2023-12"), _period_number("2024-03-01")
    (2, 19783)
    >>> _period_number("2025-W01") - _period_number("2024-W52")
    1
    """
    try:
        return date.fromisoformat(period).toordinal() // 7 if "W" in period else pd.Period(period).ordinal
    except ValueError:
        message = f"period must be as 2024, 2024-03, 2024-W10 or 2024-03-05; got {period!r}."
        raise errors.PastepotError(message) from None


def _name_lines(ax: Axes, last: pd.DataFrame, terms: Sequence[str]) -> None:
    """Name each line at its end, joined to it; names that would overlap are moved apart."""
    top = ax.get_ylim()[1]
    ends = {row["term"]: row for row in last.to_dict("records") if pd.notna(row["rate"])}
    height, names = -1.0, dict(zip(terms, style.label_names(terms, 18), strict=True))
    for term in sorted(ends, key=lambda term: (ends[term]["rate"], terms.index(term))):
        colour, end = style.COLOURS[terms.index(term)], (_period_number(ends[term]["period"]), ends[term]["rate"])
        height = max(end[1] / top, height + LABEL_GAP)
        leader = {"arrowstyle": "-", "color": colour, "lw": 0.8, "ls": ":", "shrinkA": 1, "shrinkB": 4}
        look: Mapping[str, Any] = {"va": "center", "color": style.INK, "textcoords": "axes fraction"}
        style.write_near(ax, names[term], end, (1.01, height), arrowprops=leader, **look)


def _label_periods(ax: Axes, periods: pd.DataFrame) -> None:
    """Label the periods with their totals, or some of them if there are many."""
    every = -(-len(periods) // MOST_PERIODS)
    labels = [
        "\n".join([row["period"], count_noun(row["tokens"], "word"), count_noun(row["articles"], "article")])
        for row in periods.iloc[::every].to_dict("records")
    ]
    when = [_period_number(period) for period in periods["period"]]
    ax.set_xticks(when[::every], labels)
    margin = 0.5 if len(when) == 1 else 0.06 * (max(when) - min(when))
    ax.set_xlim(min(when) - margin, max(when) + margin)
