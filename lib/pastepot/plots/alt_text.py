"""What a figure shows, in words made from its data: for a reader who cannot see it."""

import re

import pandas as pd
from matplotlib.axes import Axes

from pastepot import escape
from pastepot.plots.style import DRAWN
from pastepot.tables import column_heading
from pastepot.wording import MOST_LISTED, count_noun, list_words

LONGEST_NAME = 60
_MINUS = re.compile(r"(?<=[ (])-(?=\d+\.\d)")


def alt_text(ax: Axes, df: pd.DataFrame) -> str:
    """Return sentences on what a figure shows: kind of chart, title, unit, how much is drawn of how much, extremes.

    Parameters
    ----------
    ax : Axes
        Of a figure made by a plot of Pastepot, which left there what it drew.
    df : DataFrame
        Of any other figure, the table that is described.

    Examples
    --------
    >>> from matplotlib import pyplot as plt
    >>> from pastepot import tables
    >>> from pastepot.plots.term_plots import plot_terms
    >>> terms = {"term": ["ferry", "port"], "count": [4, 2], "rate": [8.0, 4.0], "doc_count": [2, 1]}
    >>> df = tables.build("terms", {**terms, "outlets": [1, 1], "dp": [0.0, 0.5]}, corpus="port")
    >>> ax = plot_terms(df, top=1)
    >>> alt_text(ax, df)
    'Bar chart: Most frequent terms in port. Occurrences per 1,000 words (at the bar’s end: occurrences). 1 of 2 terms.
    Most frequent: “ferry” (count 4, 8.0 per 1,000 words).'
    >>> plt.close(ax.figure)
    >>> alt_text(plt.figure().add_subplot(), pd.DataFrame({"x": [1, 2]}))
    'Chart of a table with 2 rows and the columns x.'
    >>> plt.close()
    """
    drawn = [words for one in ax.figure.axes if one in DRAWN for words in DRAWN[one].words if words]
    columns = ", ".join(map(shorten_name, df.columns[:6]))
    other = f"Chart of a table with {count_noun(len(df), 'row')} and the columns {columns}"
    text = " ".join(" ".join(words.split()).removesuffix(".") + "." for words in drawn or [other])
    return _MINUS.sub("−", text)


def shorten_name(value: object, longest: int = LONGEST_NAME) -> str:
    """Return a name on one line, cut where it is long."""
    return escape.cut(" ".join(str(value).split()), longest)


def quote_node(df: pd.DataFrame, most: int = MOST_LISTED) -> str:
    """Return the words that a concordance or its like is about, in quotation marks, at most so many."""
    return list_words([f"“{shorten_name(word)}”" for word in _node_words(df)], most=most)


def say_node_occurs(df: pd.DataFrame, most: int = MOST_LISTED) -> str:
    """Return the words that a concordance is about with their verb.

    >>> df = pd.DataFrame()
    >>> df.attrs["settings"] = {"node": ["ferry", "port"]}
    >>> say_node_occurs(df), say_node_occurs(pd.DataFrame())
    ('“ferry” and “port” occur', '“the word” occurs')
    """
    return quote_node(df, most) + (" occurs" if len(_node_words(df)) == 1 else " occur")


def _node_words(df: pd.DataFrame) -> list[str]:
    """Return the words that a concordance or its like is about."""
    node = df.attrs.get("settings", {}).get("node", "the word")
    return [node] if isinstance(node, str) else list(node)


def name_labellers(a: str, b: str) -> str:
    """Return in words whose labels are compared.

    >>> name_labellers("coder", "vader"), name_labellers("coder", "coder")
    ('coder and VADER', 'coders among themselves')
    """
    return "coders among themselves" if a == b else f"{shorten_name(a)} and {column_heading(b)}"


def list_rows(df: pd.DataFrame, lead: str, template: str, most: int = 3) -> str:
    """Return a sentence on the first rows of a table, each by the template; none of an empty table.

    >>> list_rows(pd.DataFrame({"term": ["ferry", "port"]}), "First", "“{term}”")
    'First: “ferry” and “port”.'
    """
    return f"{lead}: {list_words(_fill_rows(df.head(most), template), most=most)}." if len(df) else ""


def _fill_rows(df: pd.DataFrame, template: str) -> list[str]:
    """Return the template filled with the values of each row, long names cut."""
    short = df.map(lambda value: shorten_name(value) if isinstance(value, str) else value)
    return [template.format_map({str(name): value for name, value in row.items()}) for row in short.to_dict("records")]


def list_ends(df: pd.DataFrame, series: str, column: str, template: str, none: str) -> str:
    """Return a sentence for each series: its lowest and its highest row by a column, its only one, or `none`."""
    sentences = []
    for name, rows in df.groupby(series, sort=False):
        known = rows[rows[column].notna()].sort_values(column, kind="stable")
        ends = _fill_rows(known.iloc[[0, -1]] if len(known) > 1 else known, template)
        differ = known[column].min() < known[column].max()
        words = f"lowest {ends[0]}, highest {ends[1]}" if differ else "".join(ends[:1])
        words += f"; the same {column} throughout" * (len(ends) > 1 and not differ)
        sentences.append(f"{shorten_name(name)}: {words or none}.")
    return " ".join(sentences)
