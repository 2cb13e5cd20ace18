"""A figure as one bundle: SVG and PNG that are the same on every run, words for it, and its numbers as CSV."""

import base64
import io
import re
import warnings
from typing import NamedTuple, cast
from xml.etree import ElementTree as ET

import matplotlib as mpl
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from pastepot import errors, escape, files
from pastepot.plots import style
from pastepot.plots.alt_text import alt_text
from pastepot.reporting.display import REPORT_ROWS, table_data
from pastepot.reporting.templates import Bundle, bundle

DPI = 150
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_STYLE = re.compile(r"([a-z-]+): ?([^;]+)")
_LABEL = re.compile(r' id="|href="#|url\(#')
_BROKEN_NAME = re.compile(r"(?<=\w[_-])\n")
"""The end of a line of a title inside a name, where no space belongs."""

_LONG_NUMBER = re.compile(r"(\.\d\d)\d+")


class FigureBundle(NamedTuple):
    """A finished figure; made by `figure`. `svg` and `csv` are text, `png` bytes, `table` the rows shown under it."""

    name: str
    title: str
    alt: str
    svg: str
    csv: str
    png: bytes
    table: dict[str, object]

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:  # noqa: ARG002 (IPython's)
        """Return the figure as IPython shows it, and as the report collects it."""
        caption = f"<figcaption>{escape.escape_html(self.title)}</figcaption>"
        data = self._asdict() | {"png": base64.b64encode(self.png).decode("ascii")}
        return bundle("figure", data, f"<figure>{self.svg}{caption}</figure>", f"Figure {self.name}: {self.alt}")


def figure(ax: Axes, df: pd.DataFrame, *, name: str) -> FigureBundle:
    r"""Return a figure with its alternative text and its numbers, to be the last line of a notebook cell.

    Parameters
    ----------
    ax : Axes
        What a plot function returned; its figure is drawn and then closed. The words for the figure and the table
        under it are of the rows and columns that the function drew.
    df : DataFrame
        The table that was drawn: its CSV. Of axes that no plot of Pastepot made, the words and the table, too.
    name : str
        Lower-case letters, digits and hyphens; the report's files are called so.

    Notes
    -----
    The same axes give the same bytes on every run. matplotlib's settings are left alone.

    Examples
    --------
    >>> ax = plt.figure().add_subplot()
    >>> _ = ax.set_title("Crossings")
    >>> made = figure(ax, pd.DataFrame({"day": [1], "crossings": [4]}), name="crossings")
    >>> made.alt, made.csv
    ('Chart of a table with 1 row and the columns day, crossings.', 'day,crossings\n1,4\n')
    >>> figure(ax, pd.DataFrame(), name="My figure")
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: name must be lower-case letters, digits and hyphens; got 'My figure'.
    """
    if not _NAME.fullmatch(name):
        raise errors.PastepotError(f"name must be lower-case letters, digits and hyphens; got {name!r}.")
    drawn = cast("Figure", ax.get_figure())
    title = " ".join(_BROKEN_NAME.sub("", ax.get_title()).split() or [name]).replace(r"\$", "$")
    alt = alt_text(ax, df)
    try:
        svg, png = _svg(drawn, name, alt), _drawn(drawn, "png", name, {"Software": None})
    finally:
        plt.close(drawn)
    rows = style.DRAWN[ax].rows if ax in style.DRAWN else df
    shown = list(map(str, rows.columns)) if ax in style.DRAWN else None
    table = table_data(rows, limit=REPORT_ROWS, caption="The numbers in this figure", columns=shown)
    return FigureBundle(name, title, alt, svg, _csv(df), png, table)


def _csv(df: pd.DataFrame) -> str:
    """Return a table as CSV."""
    buffer = io.BytesIO()
    files.stream_table(df, buffer, format="csv")
    return buffer.getvalue().decode("utf-8")


def _drawn(drawn: Figure, form: str, name: str, metadata: dict[str, None]) -> bytes:
    """Return a figure's bytes; letters the font lacks are drawn as boxes, without a warning for each.

    What `metadata` names is left out: the time, and the name of the program that drew it.
    """
    buffer = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": name, "svg.fonttype": "path"}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        drawn.savefig(buffer, format=form, dpi=DPI, metadata=metadata, facecolor="none" if form == "svg" else "white")
    return buffer.getvalue()


def _svg(drawn: Figure, name: str, alt: str) -> str:
    """Return a figure as SVG for the inside of a page: no style, no prologue, names of its own, `alt` as its label."""
    made = _drawn(drawn, "svg", name, {"Date": None, "Creator": None, "Format": None, "Type": None}).decode()
    root = ET.fromstring(_LABEL.sub(rf"\g<0>{name}-", made))  # noqa: S314 (matplotlib wrote it in the line above)
    for parent in root.iter():
        for child in [one for one in parent if one.tag.rpartition("}")[2] in {"metadata", "style"}]:
            parent.remove(child)
    for element in root.iter():
        simplify_svg(element)
    kept = {key: root.get(key, "") for key in ("width", "height", "viewBox")}
    root.attrib.clear()
    root.attrib |= {"xmlns": "http://www.w3.org/2000/svg", **kept, "role": "img"}
    root.attrib |= {"aria-label": escape.show_controls(alt), "stroke-linejoin": "round", "stroke-linecap": "butt"}
    return ET.tostring(root, encoding="unicode").replace(" />", "/>")


def simplify_svg(element: ET.Element) -> None:
    """Make one element fit for any page: no style, which pages forbid."""
    element.tag = element.tag.rpartition("}")[2]
    attributes = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
    attributes |= dict(_STYLE.findall(attributes.pop("style", "")))
    if element.tag == "g":  # nothing points to a group
        attributes.pop("id", None)
    if "d" in attributes:
        attributes["d"] = _LONG_NUMBER.sub(r"\1", " ".join(attributes["d"].split()))
    element.attrib.clear()
    element.attrib |= attributes
    element.text = element.tail = None
