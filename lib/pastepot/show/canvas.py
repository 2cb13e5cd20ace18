"""What every plot has: axes of a readable size, rows with labels, title, unit, corpus and number, and one look."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

import matplotlib as mpl
import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.axis import Axis

from pastepot import errors
from pastepot.show.figures import wrapped

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH = 6.0
"""Inches; with letters of 11 points a figure can still be read 390 pixels wide."""

TEXT, SMALL, LARGE = 11, 10, 13
INK, FAINT, RULE = "#222222", "#595959", "#d9d4c8"
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00")
"""Okabe and Ito's colours, told apart by all common kinds of colour vision; the marker differs, too."""

MARKERS = ("o", "s", "^", "D", "v")
DOT: Mapping[str, Any] = {"ls": "", "ms": 8, "mec": "white", "mew": 0.6}
"""How a value is marked where it is not a bar."""

BESIDE: Mapping[str, Any] = {
    "xycoords": ("axes fraction", "data"),
    "textcoords": "offset points",
    "va": "center",
    "fontsize": SMALL,
    "color": FAINT,
}
"""How a note to the right of a row is set."""

LABEL = 26
"""Letters on one line of a label."""

MOST_GROUPS = 5
MOST_ROWS = 30
Points = tuple[npt.ArrayLike, npt.ArrayLike]
"""The x and the y of some points."""

_LINE, _SMALL_LINE = 17, 14
"""Points that a line of a legend and of small text takes."""


def drawable(name: str, df: pd.DataFrame, columns: Iterable[str]) -> None:
    """Refuse a table that lacks a column or has no rows."""
    errors.has_columns(name, df, columns, made_by=f"pastepot.{name}(corpus)")
    if df.empty:
        raise errors.PastepotError(f"{name} has no rows, so there is nothing to draw; say so in words instead.")


def new_axes(ax: Axes | None, rows: int, height: float) -> Axes:
    """Return the axes given, or new ones tall enough for so many rows."""
    if ax is not None:
        return ax
    return plt.figure(figsize=(WIDTH, 1.5 + max(rows, 2) * height), layout="constrained").add_subplot()


def label_rows(ax: Axes, labels: Sequence[str]) -> None:
    """Label the rows from the top down."""
    ax.set_yticks(range(len(labels)), labels)
    ax.set_ylim(len(labels) - 0.4, -0.6)


def put_legend(ax: Axes, columns: int = 2) -> None:
    """Put the legend between title and rows."""
    ax.legend(
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=columns,
        frameon=False,
        fontsize=SMALL,
        borderaxespad=0.2,
        handletextpad=0.3,
        columnspacing=1.2,
        borderpad=0.2,
    )


def draw_strokes(ax: Axes, starts: Points, ends: Points, **style: Any) -> None:  # noqa: ANN401 (matplotlib's own)
    """Draw straight strokes as one line with gaps: a figure of a thousand strokes then has one path."""
    gap = np.full_like(starts[1], np.nan, dtype=float)
    x, y = (np.column_stack([a, b, gap]).ravel() for a, b in zip(starts, ends, strict=True))
    ax.plot(x, y, solid_capstyle="butt", **style)


def write_words(ax: Axes, df: pd.DataFrame, title: str, unit: str, number: str, *, under: str = "") -> None:
    """Write title, corpus, unit and number, below the title words of caution, and take away what is not needed."""
    corpus = f" in {df.attrs['corpus']}" if df.attrs.get("corpus") else ""
    room = _room(ax)
    legend = ax.get_legend()
    columns = 0 if legend is None else legend._ncols  # type: ignore[attr-defined]  # noqa: SLF001 (no other way to ask)
    above = 0 if legend is None else _LINE * -(-len(legend.get_texts()) // columns)
    caution = wrapped(under, int(room / 5.6), 3) if under else ""
    if caution:
        style: Mapping[str, Any] = {"fontsize": SMALL, "color": FAINT, "ha": "left", "va": "bottom"}
        ax.annotate(caution, (0, 1), (0, above + 4), xycoords="axes fraction", textcoords="offset points", **style)
        above += _SMALL_LINE * (caution.count("\n") + 1)
    heading = wrapped(title + corpus, int(room / 8.2), 3)
    ax.set_title(heading, x=0, ha="left", fontsize=LARGE, color=INK, pad=8 + above)
    below = "\n".join(wrapped(text, int(room / 6.4), 3) for text in (unit, number))
    ax.set_xlabel(below, fontsize=TEXT, color=INK, loc="left")
    ax.tick_params(axis="y", length=0, labelsize=TEXT, labelcolor=INK)
    ax.tick_params(axis="x", labelsize=SMALL, labelcolor=FAINT, color=FAINT)
    ax.patch.set_visible(False)
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    ax.spines["bottom"].set_color(FAINT)


def write_numbers(axis: Axis) -> None:
    """Give an axis at most six round numbers, with thousands separators and a true minus."""
    axis.set_major_locator(mpl.ticker.MaxNLocator(6, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(mpl.ticker.FuncFormatter(number_text))


def number_text(value: float, _: object = None) -> str:
    """Return a number as a figure writes it.

    >>> number_text(-1200.0), number_text(0.25)
    ('−1,200', '0.25')
    """
    return f"{value:,.10g}".replace("-", "−")


def _room(ax: Axes) -> float:
    """Return about how many points a line of text may take from the axes' left side to the figure's right."""
    figure = cast("Figure", ax.get_figure())
    width = figure.get_figwidth() * 72
    if figure.get_layout_engine() is None:
        return width * float(ax.get_position().width)
    return width - 6.8 * max(len(line) for label in ax.get_yticklabels() for line in label.get_text().split("\n")) - 24
