"""What every plot has: axes of a readable size, rows with labels, title, unit, corpus and number, and one look."""

import re
from collections.abc import Iterable, Mapping, Sequence, Sized
from typing import TYPE_CHECKING, Any, Literal, cast

import matplotlib as mpl
import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.axis import Axis

from pastepot import errors, escape

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

_PIECE = re.compile(r"[^ _-]+[ _-]*|[ _-]+")
_LINE, _SMALL_LINE = 17, 14
"""Points that a line of a legend and of small text takes."""


def check_drawable(name: str, df: pd.DataFrame, columns: Iterable[str]) -> None:
    """Refuse a table that lacks a column or has no rows."""
    errors.has_columns(name, df, columns, made_by=f"pastepot.{name}(corpus)")
    if df.empty:
        raise errors.PastepotError(f"{name} has no rows, so there is nothing to draw; say so in words instead.")


def check_group_count(name: str, groups: Sized, called: str) -> None:
    """Refuse more groups than can be told apart."""
    if len(groups) > MOST_GROUPS:
        raise errors.PastepotError(
            f"{name} has {len(groups)} {called}; at most {MOST_GROUPS} can be told apart in a figure. Choose some."
        )


def largest_groups(sizes: pd.Series, most: int = MOST_ROWS) -> list[Any]:
    """Return the names of the largest sizes, in the order in which they stand.

    >>> largest_groups(pd.Series({"Gull": 1, "Post": 4, "Gazette": 4, "Echo": 3}), 2)
    ['Post', 'Gazette']
    """
    chosen = set(sizes.sort_values(ascending=False, kind="stable").index[:most])
    return [name for name in sizes.index if name in chosen]


def most_shared(df: pd.DataFrame, sides: tuple[str, str], words: str, most: int = MOST_ROWS) -> tuple[list[str], int]:
    """Return the names with most shared words, in order of the alphabet, and how many there are in all."""
    both = pd.concat([df[[side, words]].set_axis(["name", "words"], axis=1) for side in sides])
    shared = both.groupby("name", sort=True)["words"].sum()
    return [str(name) for name in largest_groups(shared, most)], len(shared)


def new_axes(ax: Axes | None, rows: int, height: float) -> Axes:
    """Return the axes given, or new ones tall enough for so many rows."""
    if ax is not None:
        return ax
    return plt.figure(figsize=(WIDTH, 1.5 + max(rows, 2) * height), layout="constrained").add_subplot()


def name_rows(ax: Axes, names: Iterable[object], notes: Iterable[str] = (), *, lines: int = 2) -> None:
    """Name the rows from the top down, each with its note to the right."""
    label_rows(ax, [wrap_label(str(name), LABEL, lines) for name in names])
    for place, note in enumerate(notes):
        ax.annotate(note, (1, place), (6, 0), **BESIDE)


def label_rows(ax: Axes, labels: Sequence[str]) -> None:
    """Label the rows from the top down with text that is safe already."""
    ax.set_yticks(range(len(labels)), labels)
    ax.set_ylim(len(labels) - 0.4, -0.6)


def mark(ax: Axes, x: npt.ArrayLike, y: npt.ArrayLike, number: int = 0, **style: Any) -> None:  # noqa: ANN401 (matplotlib's own)
    """Mark values with the colour and the marker of their number."""
    look = {**DOT, "marker": MARKERS[number % len(MARKERS)], "color": COLOURS[number % len(COLOURS)]}
    ax.plot(x, y, **{**look, **style})


def mark_means(ax: Axes, rows: pd.DataFrame, label: str, shift: float, number: int) -> None:
    """Mark the means of one series, each with its interval, above or below the middle of its row."""
    places = [place + shift for place in range(len(rows))]
    low, high, mean = (rows[column].astype(float).tolist() for column in ("low", "high", "mean"))
    ax.hlines(places, low, high, color=COLOURS[number % len(COLOURS)], lw=2)
    mark(ax, mean, places, number, label=label)


def center_axis(ax: Axes, rows: pd.DataFrame) -> None:
    """Make the axis of scores reach as far to the right as to the left, at most a little beyond 1."""
    most = rows[["mean", "low", "high"]].abs().max().max()
    reach = min(max(0.25, 1.2 * float(most) if pd.notna(most) else 0), 1.05)
    ax.set_xlim(-reach, reach)


def draw_strokes(ax: Axes, starts: Points, ends: Points, **style: Any) -> None:  # noqa: ANN401 (matplotlib's own)
    """Draw straight strokes as one line with gaps: a figure of a thousand strokes then has one path."""
    gap = np.full_like(starts[1], np.nan, dtype=float)
    x, y = (np.column_stack([a, b, gap]).ravel() for a, b in zip(starts, ends, strict=True))
    ax.plot(x, y, solid_capstyle="butt", **style)


def add_labels(
    ax: Axes,
    df: pd.DataFrame,
    title: str,
    unit: str,
    number: str,
    *,
    under: str = "",
    legend: int = 0,
    numbers: str = "x",
) -> Axes:
    """Return the axes with title, corpus, unit and number, and without what is not needed.

    `under` are words of caution below the title, `legend` is how many columns the legend has; `numbers` are the axes
    that show plain numbers: x, y or both.
    """
    corpus = f" in {df.attrs['corpus']}" if df.attrs.get("corpus") else ""
    room = _room(ax)
    above = _put_legend(ax, legend) if legend else 0
    if under:
        caution = wrap_label(under, int(room / 5.6), 3)
        _write_above(ax, caution, above + 4)
        above += _SMALL_LINE * (caution.count("\n") + 1)
    heading = wrap_label(title + corpus, int(room / 8.2), 3)
    ax.set_title(heading, x=0, ha="left", fontsize=LARGE, color=INK, pad=8 + above)
    below = "\n".join(wrap_label(text, int(room / 6.4), 3) for text in (unit, number))
    ax.set_xlabel(below, fontsize=TEXT, color=INK, loc="left")
    _take_away(ax)
    if "x" in numbers:
        write_numbers(ax.xaxis)
    if "y" in numbers:
        write_numbers(ax.yaxis)
        ax.tick_params(axis="y", labelsize=SMALL, labelcolor=FAINT)
    return ax


def _put_legend(ax: Axes, columns: int) -> int:
    """Put the legend between title and rows; return how many points it takes."""
    legend = ax.legend(
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
    return _LINE * -(-len(legend.get_texts()) // columns)


def _write_above(ax: Axes, text: str, height: int) -> None:
    """Write words so many points above the axes."""
    style: Mapping[str, Any] = {"fontsize": SMALL, "color": FAINT, "ha": "left", "va": "bottom"}
    ax.annotate(text, (0, 1), (0, height), xycoords="axes fraction", textcoords="offset points", **style)


def _take_away(ax: Axes) -> None:
    """Take away the frame and the strokes beside labels."""
    ax.tick_params(axis="y", length=0, labelsize=TEXT, labelcolor=INK)
    ax.tick_params(axis="x", labelsize=SMALL, labelcolor=FAINT, color=FAINT)
    ax.patch.set_visible(False)
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    ax.spines["bottom"].set_color(FAINT)


def faint_lines(ax: Axes, axis: Literal["both", "x", "y"] = "both") -> None:
    """Draw faint lines behind the values."""
    ax.grid(axis=axis, color=RULE, lw=0.8)
    ax.set_axisbelow(True)


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


def wrap_label(text: str, width: int, lines: int = 2) -> str:
    r"""Return corpus text for a figure on a few lines, broken at blanks, hyphens or low lines, each made safe.

    >>> wrap_label("cost $5 and $6", 7)
    'cost \\$5\nand \\$6'
    >>> wrap_label("2031-01-07_isles-line-press_01.txt", 20)
    '2031-01-07_isles-\nline-press_01.txt'
    >>> wrap_label("The union of the ferry company's mates and stokers", 14)
    'The union of\nthe ferry com…'
    """
    done: list[str] = []
    for piece in _PIECE.findall(escape.escape_figure(text, limit=10**6).replace(r"\$", "$").strip()):
        if done and len((done[-1] + piece).rstrip()) <= width:
            done[-1] += piece
        else:
            done += [piece[place : place + width] for place in range(0, len(piece), width)]
    kept = [line for line in (*done[: lines - 1], "".join(done[lines - 1 :])) if line.strip()]
    return "\n".join(escape.escape_figure(line, limit=width) for line in kept)
