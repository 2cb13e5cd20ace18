"""What a figure shows, in words made from its data: for a reader who cannot see it."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

import pandas as pd

from pastepot import tables

LONGEST_NAME = 60


def alt_text(df: pd.DataFrame) -> str:
    """Return one to three sentences on a table: which kind of chart, how many rows, the highest and the lowest.

    Parameters
    ----------
    df : DataFrame
        A table of Pastepot, or any other, of which its columns and its number of rows are told.

    Examples
    --------
    >>> terms = {"term": ["ferry", "port"], "count": [4, 2], "rate": [8.0, 4.0], "doc_count": [2, 1]}
    >>> alt_text(tables.build("terms", {**terms, "outlets": [1, 1], "dp": [0.0, 0.5]}, corpus="port"))
    'Chart of the 2 terms of port.
    Most frequent: ferry (4 hits, 8.0 per 1,000 words), port (2 hits, 4.0 per 1,000 words).'
    >>> alt_text(pd.DataFrame({"x": [1, 2]}))
    'Chart of a table with 2 rows and the columns x.'
    """
    write = _WRITERS.get(str(df.attrs.get("table")), _any_table)
    return write(df) if len(df) else f"An empty chart: {_called(df)} has no rows."


def _called(df: pd.DataFrame) -> str:
    """Return a table's caption in lower case."""
    table = tables.TABLES.get(str(df.attrs.get("table")))
    return table.caption.lower() if table else "a table"


def _of(df: pd.DataFrame) -> str:
    """Return `` of CORPUS``, or nothing for a table that does not say its corpus."""
    return f" of {_name(df.attrs['corpus'])}" if df.attrs.get("corpus") else ""


def _name(value: object) -> str:
    """Return a name on one line, cut where it is long."""
    line = " ".join(str(value).split())
    return line if len(line) <= LONGEST_NAME else line[: LONGEST_NAME - 1] + "…"


def _count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun.

    >>> _count(1, "term"), _count(1200, "term")
    ('1 term', '1,200 terms')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _terms(df: pd.DataFrame) -> str:
    """Return words for a chart of terms, with groups or without."""
    per = f"{df.attrs.get('settings', {}).get('per', 1000):,}"
    groups = [column for column in df.columns if column not in tables.TABLES["terms"].columns]
    first = df.sort_values("rate", ascending=False, kind="stable").head(3)
    told = [
        f"{_name(row['term'])} ({''.join(f'{_name(row[group])}, ' for group in groups)}"
        f"{_count(row['count'], 'hit')}, {row['rate']:.1f} per {per} words)"
        for row in first.to_dict("records")
    ]
    number = _count(int(df["term"].nunique()), "term")
    by = f" by {' and '.join(map(str, groups))}" if groups else ""
    return f"Chart of the {number}{_of(df)}{by}. Most frequent: {', '.join(told)}."


def _sentiment_by(df: pd.DataFrame) -> str:
    """Return words for a chart of tone by group."""
    told = []
    for tool, rows in df.groupby("tool", sort=False):
        scored = rows[rows["mean"].notna()]
        if scored.empty:
            told.append(f"{_tool(tool)} scores no group.")
            continue
        ordered = scored.sort_values("mean", kind="stable").to_dict("records")
        low, high = ordered[0], ordered[-1]
        ends = f"lowest {_mean(low)}, highest {_mean(high)}" if len(scored) > 1 else _mean(high)
        told.append(f"{_tool(tool)}: {ends}.")
    groups = _count(int(df["group"].nunique()), "group")
    return f"Chart of the mean tone of sentences{_of(df)} in {groups}. {' '.join(told)}"


def _tool(name: object) -> str:
    """Return a tool's name as it writes itself."""
    return tables.COLUMNS[str(name)].heading if str(name) in tables.COLUMNS else str(name)


def _mean(row: Mapping[Hashable, Any]) -> str:
    """Return a group with its mean and the number of its sentences."""
    return f"{_name(row['group'])} at {row['mean']:+.2f} ({_count(row['sentences'], 'sentence')})"


def _passages(df: pd.DataFrame) -> str:
    """Return words for a chart of shared spans."""
    inside = int((df["doc_a"] == df["doc_b"]).sum())
    articles = _count(len({*df["doc_a"], *df["doc_b"]}), "article")
    longest = df.sort_values("words", kind="stable").to_dict("records")[-1]
    return (
        f"Chart of where {_count(len(df), 'shared passage')}{_of(df)} stand in {articles}: "
        f"{len(df) - inside:,} between two articles, {inside:,} inside one. "
        f"The longest has {_count(int(longest['words']), 'word')}: {_name(longest['doc_a'])} from character "
        f"{longest['start_a']} and {_name(longest['doc_b'])} from character {longest['start_b']}."
    )


def _any_table(df: pd.DataFrame) -> str:
    """Return words for a table that has no words of its own here."""
    columns = ", ".join(_name(column) for column in df.columns[:6])
    return f"Chart of {_called(df)}{_of(df)} with {_count(len(df), 'row')} and the columns {columns}."


_WRITERS: dict[str, Callable[[pd.DataFrame], str]] = {
    "terms": _terms,
    "sentiment_by": _sentiment_by,
    "passages": _passages,
}
