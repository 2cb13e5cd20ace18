"""What every plot shares: its rows and their labels, its title, unit, corpus and number, and one look."""

import functools
import re
import warnings
import weakref
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence, Sized
from typing import Any, Literal, NamedTuple, cast

import matplotlib as mpl
import numpy as np
import numpy.typing as npt
import pandas as pd
import regex
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from pastepot import errors, escape
from pastepot.formulas import FEWEST_ARTICLES
from pastepot.wording import count_noun

WIDTH = 6.0
"""Inches; with letters of 11 points a figure can still be read 390 pixels wide."""

TEXT, SMALL, LARGE = 11, 10, 13
INK, FAINT, RULE = "#222222", "#595959", "#d9d4c8"
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00")
"""Okabe and Ito's colours, which all common kinds of colour vision distinguish; the marker differs, too."""

MARKERS = ("o", "s", "^", "D", "v")
ROW, BAR_ROW, LINE_PLOT = 0.5, 0.27, (8, 0.33)
"""Inches of a row with a label of two lines, of one, and the height of a plot without rows as rows and inches."""

LABEL, LETTER = 26, 0.56
"""Letters on one line of a label, and the width of one as a share of its size."""

SHORTEST_NAME = 16
"""Letters that a name in a legend has at least."""

MOST_GROUPS = 5
MOST_ROWS, MOST_LINES = 30, 20
Points = tuple[npt.ArrayLike, npt.ArrayLike]
"""The x and the y of some points."""

_STRING = re.compile(r"[^ _-]+[ _-]*|[ _-]+")
_CHARACTER = regex.compile(r"\X")
"""What a reader takes for one character: a letter with its accents, an emoji of several code points."""

_LINE, _SMALL_LINE, _ROOM = 17, 14, 40
"""Points that a line of a legend and of small text takes, and that a new figure has for what is not rows."""

_OWN = weakref.WeakSet[Figure]()
"""The figures that were made here and may grow with their words."""


class Drawn(NamedTuple):
    """What axes show: its kind, title, unit, number and extremes in words, and a row for each row that is drawn."""

    words: Sequence[str]
    rows: pd.DataFrame


DRAWN = weakref.WeakKeyDictionary[Axes, Drawn]()
"""What each plot drew: words and table of a figure come from here, so that they say what is drawn and no more."""

_GROUPS = {"doc_id": "article"} | {name: name for name in ("outlet", "year", "month", "week", "day", "author")}
_LEGEND: Mapping[str, Any] = {"borderaxespad": 0.2, "handletextpad": 0.3, "columnspacing": 1.2, "borderpad": 0.2}


def check_drawable(name: str, df: pd.DataFrame, columns: Iterable[str], top: int = 1, *, value: str = "") -> None:
    """Refuse a table that lacks a column, has no rows or nothing in its column `value`, and a `top` of none."""
    errors.has_columns("df", df, columns, made_by=f"pastepot.{name}(corpus)")
    if df.empty or (value and df[value].isna().all()):
        lacks = "rows" if df.empty else f"number in its column {value}"
        raise errors.PastepotError(f"{name} has no {lacks}, so there is nothing to draw; say so in words instead.")
    errors.at_least("top", top, 1)


def check_group_count(name: str, groups: Sized, noun: str) -> None:
    """Refuse more groups than a reader can distinguish."""
    if len(groups) > MOST_GROUPS:
        raise errors.PastepotError(f"{name} has {len(groups)} {noun}; a figure shows up to {MOST_GROUPS}. Choose some.")


def largest_groups(sizes: pd.Series, noun: str, those: str, most: int = MOST_ROWS) -> tuple[list[Any], str]:
    """Return the names of the largest sizes, in their order, and how many they are in words, with ties at the cut.

    >>> largest_groups(pd.Series({"Gull": 1, "Post": 4, "Gazette": 4, "Echo": 3}), "outlet", "with most articles", 2)
    (['Post', 'Gazette'], '2 of 4 outlets, those with most articles')
    >>> largest_groups(pd.Series({"Gull": 1, "Post": 4, "Gazette": 4}), "outlet", "with most articles", 1)
    (['Post'], '1 of 3 outlets, those with most articles (1 more has as many as the last)')
    """
    ranked = sizes.sort_values(ascending=False, kind="stable")
    names = [name for name in sizes.index if name in ranked.index[:most]]
    equal = int((ranked.iloc[most:] == ranked.iloc[:most].min()).sum())
    tie = f" ({count_noun(equal, 'more has', 'more have')} as many as the last)" * bool(equal)
    return names, say_drawn(len(names), len(sizes), noun) + f", those {those}{tie}" * (len(names) < len(sizes))


def group_noun(df: pd.DataFrame) -> str:
    """Return what the groups of a table are.

    >>> df = pd.DataFrame()
    >>> df.attrs["settings"] = {"by": "doc_id"}
    >>> group_noun(df), group_noun(pd.DataFrame())
    ('article', 'group')
    """
    return _GROUPS.get(str(df.attrs.get("settings", {}).get("by")), "group")


def interval_note(df: pd.DataFrame) -> str:
    """Return what the reader must know of a table whose intervals may be missing."""
    known = df["low"].notna()
    few = f"Without a bar: fewer than {FEWEST_ARTICLES} articles, or too few that differ; a dot may be chance."
    return " ".join(["Bars: 95% interval."] * bool(known.any()) + [few] * (not known.all()))


def article_ends(last: pd.Series, articles: pd.DataFrame | None) -> pd.Series:
    """Return how far each article's line goes: to its end where `articles` knows it, else to the last that is drawn.

    >>> article_ends(pd.Series({"a": 7}), pd.DataFrame({"doc_id": ["a", "b"], "chars": [90, 80]})).to_dict()
    {'a': 90, 'b': 80}
    """
    if articles is None:
        return last
    errors.has_columns("articles", articles, ("doc_id", "chars"), made_by="pastepot.articles(corpus)")
    known = articles.set_index("doc_id")["chars"]
    return known if set(last.index) <= set(known.index) else known.combine(last, max, fill_value=0)


def new_axes(ax: Axes | None, rows: int, height: float) -> Axes:
    """Return the axes given, or new ones high enough for so many rows."""
    if ax is not None:
        return ax
    figure = plt.figure(figsize=(WIDTH, 1.5 + max(rows, 2) * height), layout="constrained")
    _OWN.add(figure)
    return figure.add_subplot()


def new_rows(
    ax: Axes | None, names: Collection[object], notes: Iterable[str] = (), *, height: float = ROW, least: int = 0
) -> Axes:
    """Return axes with named rows from the top down, each with its note to the right; `least` rows have room."""
    ax = new_axes(ax, max(len(names), least), height)
    label_rows(ax, label_names(names, LABEL, 1 if height == BAR_ROW else 2))
    for row, note in enumerate(notes):
        write_near(ax, note, (1, row), (6, 0), xycoords=("axes fraction", "data"), va="center")
    return ax


def draw_articles(
    ax: Axes | None, df: pd.DataFrame, edge: str, articles: pd.DataFrame | None
) -> tuple[Axes, pd.DataFrame, pd.Series, str]:
    """Return axes with a line for each article, the rows in these, the place of each row, and how many they are.

    Above `MOST_LINES` articles those with most rows. A line ends as in `article_ends`, the last place being in `edge`.
    """
    ends = article_ends(df.groupby("doc_id", sort=True)[edge].max(), articles)
    counts = df["doc_id"].value_counts().reindex(ends.index, fill_value=0)
    names, selection = largest_groups(counts, "article", "with most", MOST_LINES)
    ax = new_rows(ax, names, [f"n = {counts[name]:,}" for name in names], height=0.42)
    lines = pd.Series(range(len(names)), index=names, dtype=float)
    draw_strokes(ax, (0 * lines, lines), (ends[names], lines), color=RULE, lw=2, zorder=0)
    ax.set_xlim(0, max(float(ends[names].max()), 1) * 1.02)
    rows = df[df["doc_id"].isin(names)]
    return ax, rows, rows["doc_id"].map(lines), selection


def label_rows(ax: Axes, labels: Sequence[str]) -> None:
    """Label the rows from the top down with text that is safe already."""
    ax.set_yticks(range(len(labels)), labels)
    ax.set_ylim(len(labels) - 0.4, -0.6)


def write_near(ax: Axes, text: str, place: tuple[float, float], shift: tuple[float, float], **look: Any) -> None:  # noqa: ANN401 (matplotlib's own)
    """Write small text so many points from a place."""
    ax.annotate(text, place, shift, **{"textcoords": "offset points", "fontsize": SMALL, "color": FAINT, **look})


def mark(ax: Axes, x: npt.ArrayLike, y: npt.ArrayLike, number: int = 0, **look: Any) -> None:  # noqa: ANN401 (matplotlib's own)
    """Mark values with the colour and the marker of their number."""
    own = {"marker": MARKERS[number % len(MARKERS)], "color": COLOURS[number % len(COLOURS)]}
    ax.plot(x, y, **{"ls": "", "ms": 8, "mec": "white", "mew": 0.6, **own, **look})


def draw_strokes(ax: Axes, starts: Points, ends: Points, **look: Any) -> None:  # noqa: ANN401 (matplotlib's own)
    """Draw straight strokes as one line with gaps: a figure of a thousand strokes then has one path."""
    gap = np.full_like(starts[1], np.nan, dtype=float)
    x, y = (np.column_stack([a, b, gap]).ravel() for a, b in zip(starts, ends, strict=True))
    ax.plot(x, y, solid_capstyle="butt", **look)


def add_labels(
    ax: Axes,
    rows: pd.DataFrame,
    words: tuple[str, str, str, str],
    *,
    kind: str = "Dot chart",
    under: str = "",
    legend: int = 0,
    numbers: str = "x",
) -> Axes:
    """Return the axes with title, corpus, unit and number, and without what is not needed.

    `rows` and their columns are what is drawn; `words` are title, unit, number, and the extremes that a reader sees at
    once, for the alternative text. `under` are words of caution below the title, `legend` is how many columns the
    legend has; `numbers` are the axes that show plain numbers: x, y or both.
    """
    title, unit, n, extremes = words
    corpus = f" in {rows.attrs['corpus']}" if rows.attrs.get("corpus") else ""
    DRAWN[ax] = Drawn((f"{kind}: {title}{escape.cut(corpus, 64)}", unit, n, under, extremes), rows)
    room = _text_width(ax)
    above = _add_legend(ax, legend, room) if legend else 0
    if under:
        caution = wrap_label(under, int(room / 5.6), 3)
        write_near(ax, caution, (0, 1), (0, above + 4), xycoords="axes fraction", ha="left", va="bottom")
        above += _SMALL_LINE * (caution.count("\n") + 1)
    heading = wrap_label(title + corpus, int(room / 8.2), 3)
    ax.set_title(heading, x=0, ha="left", fontsize=LARGE, color=INK, pad=8 + above)
    below = "\n".join(wrap_label(text, int(room / 6.4), 3) for text in (unit, n))
    ax.set_xlabel(below, fontsize=TEXT, color=INK, loc="left")
    if (figure := cast("Figure", ax.get_figure())) in _OWN:
        needed = above + 17 * heading.count("\n") + 14 * below.count("\n") - _ROOM
        figure.set_figheight(figure.get_figheight() + max(0, needed) / 72)
    ax.tick_params(axis="y", length=0, labelsize=TEXT, labelcolor=INK)
    ax.tick_params(axis="x", labelsize=SMALL, labelcolor=FAINT, color=FAINT)
    ax.patch.set_visible(False)
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.spines["bottom"].set_color(FAINT)
    for name in numbers:
        write_numbers(getattr(ax, f"{name}axis"))
    if "y" in numbers:
        ax.tick_params(axis="y", labelsize=SMALL, labelcolor=FAINT)
    return ax


def _add_legend(ax: Axes, most_columns: int, room: float) -> int:
    """Add a legend above the axes, names cut to the room there is, and return how many points high it is."""
    handles, names = ax.get_legend_handles_labels()
    widths = sorted((6.4 * count_letters(name) + 26 for name in names), reverse=True)
    columns = max(1, sum(sum(widths[:count]) <= room for count in range(1, most_columns + 1)))
    short = label_names([name.replace(r"\$", "$") for name in names], max(SHORTEST_NAME, int((room - 26) / 6.4)))
    look = {"ncols": columns, "frameon": False, "fontsize": SMALL, **_LEGEND}
    ax.legend(handles, short, loc="lower left", bbox_to_anchor=(0, 1), **look)
    return _LINE * -(-len(names) // columns)


def draw_grid(ax: Axes, axis: Literal["both", "x", "y"] = "both") -> None:
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


def _text_width(ax: Axes) -> float:
    """Return about how many points a line of text may take from the axes' left side to the figure's right."""
    figure = cast("Figure", ax.get_figure())
    width = figure.get_figwidth() * 72
    if figure.get_layout_engine() is None:
        return width * float(ax.get_position().width)
    longest = max(count_letters(line) for label in ax.get_yticklabels() for line in label.get_text().split("\n"))
    return width - 6.8 * longest - 24


def wrap_label(text: str, width: int, lines: int = 2) -> str:
    r"""Return corpus text for a figure on a few lines, broken at spaces, hyphens or underscores, each made safe.

    >>> wrap_label("cost $5 and $6", 7)
    'cost \\$5\nand \\$6'
    >>> wrap_label("2031-01-07_isles-line-press_01.txt", 20)
    '2031-01-07_isles-\nline-press_01.txt'
    >>> wrap_label("The union of the ferry company's mates and stokers", 14)
    'The union of\nthe ferry com…'
    """
    filled: list[str] = []
    seen = escape.escape_figure(text[: 4 * width * lines]).replace(r"\$", "$").strip()
    for string in _STRING.findall(seen):
        fits = count_letters(string.rstrip()) <= width
        for piece in [string] if fits else _CHARACTER.findall(string):
            if filled and count_letters((filled[-1] + piece).rstrip()) <= width:
                filled[-1] += piece
            else:
                filled.append(piece)
    kept = [line for line in (*filled[: lines - 1], "".join(filled[lines - 1 :])) if line.strip()]
    return "\n".join(escape.escape_figure(_cut(line.strip(), width)) for line in kept)


def say_drawn(drawn: int, total: int, noun: str, counted: str = "", *, plural: str = "") -> str:
    """Return how many of all are drawn, and what the table counts.

    >>> say_drawn(20, 439, "term", "Counted 400 words"), say_drawn(3, 3, "term")
    ('20 of 439 terms. Counted 400 words', '3 terms')
    """
    part = f"{drawn:,} of " * (drawn < total) + count_noun(total, noun, plural)
    return ". ".join(filter(None, [part, counted]))


def label_names(names: Iterable[object], width: int, lines: int = 1) -> list[str]:
    """Return names for a figure, cut by drawn width; those that are cut to the same letters get a number.

    >>> label_names(["Gull", "The Harbour Post, north", "The Harbour Post, south"], 14)
    ['Gull', 'The Har… (1)', 'The Har… (2)']
    """
    texts = list(map(str, names))
    label = {name: wrap_label(name, width, lines) for name in texts}
    shared, seen = Counter(label.values()), Counter[str]()
    for name, cut in label.items():
        if shared[cut] > 1:
            seen[cut] += 1
            label[name] = f"{wrap_label(name, width - 5, lines)} ({seen[cut]})"
    return [label[name] for name in texts]


def _cut(text: str, width: int) -> str:
    """Return `text`, or as much of it as is drawn as wide as so many letters, with an ellipsis."""
    if count_letters(text) <= width:
        return text
    kept = _CHARACTER.findall(text)
    starts = ("".join(kept[:size]).rstrip() + "…" for size in range(width - 1, 0, -1))
    return next((start for start in starts if count_letters(start) <= width), "…")


def count_letters(text: str) -> float:
    """Return how many letters of middling width take the room of a line of text; each character is one at least.

    >>> count_letters("ferry"), round(count_letters("WWWWW"), 1)
    (5.0, 8.8)
    """
    characters = _CHARACTER.findall(text)
    return max(float(len(characters)), sum(map(_width, characters)) / LETTER)


@functools.cache
def _width(character: str) -> float:
    """Return the drawn width of a character as a share of its size; one that the font lacks is drawn as a box."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        width, _, _ = text_to_path.get_text_width_height_descent(character, FontProperties(size=100), ismath=False)
    return float(width) / 100
