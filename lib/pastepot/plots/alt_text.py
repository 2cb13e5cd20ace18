"""What a figure shows, in words made from its data: for a reader who cannot see it."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

import pandas as pd

from pastepot import tables
from pastepot.tables import column_heading

Row = Mapping[Hashable, Any]
"""One row of a table, its values by column."""

LONGEST_NAME = 60
MOST_NAMED = 40
"""Terms that a chart can name one by one; of a longer list, how many stand once is told."""


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
    write = _WRITERS.get("agreement" if {*df.columns} >= _AGREEMENT else str(df.attrs.get("table")), _any_table)
    return write(df) if len(df) else f"An empty chart: {_called(df)} has no rows."


def _called(df: pd.DataFrame) -> str:
    """Return a table's caption in lower case."""
    table = tables.TABLES.get(str(df.attrs.get("table")))
    return table.caption.lower() if table else "a table"


def _of(df: pd.DataFrame, link: str = " of ") -> str:
    """Return `` of CORPUS``, or nothing for a table that does not say its corpus."""
    return f"{link}{short(df.attrs['corpus'])}" if df.attrs.get("corpus") else ""


def short(value: object, longest: int = LONGEST_NAME) -> str:
    """Return a name on one line, cut where it is long."""
    line = " ".join(str(value).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def number_of(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun.

    >>> number_of(1, "term"), number_of(1200, "term")
    ('1 term', '1,200 terms')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _told(df: pd.DataFrame, most: int, write: Callable[[Row], str], none: str = "") -> str:
    """Return words for the first rows of a table."""
    return ", ".join(write(row) for row in df.head(most).to_dict("records")) or none


def _ends(df: pd.DataFrame, column: str, write: Callable[[Row], str]) -> list[str]:
    """Return words for the lowest and the highest row by a column, for the only one, or for none."""
    known = df[df[column].notna()].sort_values(column, kind="stable").to_dict("records")
    return [write(row) for row in (*known[:1], *known[1:][-1:])]


def _low_and_high(ends: list[str], none: str) -> str:
    """Return words for both ends."""
    return f"lowest {ends[0]}, highest {ends[1]}" if len(ends) > 1 else "".join(ends) or none


def _terms(df: pd.DataFrame) -> str:
    """Return words for a chart of terms, with groups or without."""
    per = f"{df.attrs.get('settings', {}).get('per', 1000):,}"
    groups = [column for column in df.columns if column not in tables.TABLES["terms"].columns]

    def write(row: Row) -> str:
        where = "".join(f"{short(row[group])}, " for group in groups)
        return f"{short(row['term'])} ({where}{number_of(row['count'], 'hit')}, {row['rate']:.1f} per {per} words)"

    first = _told(df.sort_values("rate", ascending=False, kind="stable"), 3, write)
    by = f" by {' and '.join(map(str, groups))}" if groups else ""
    once = int((df["count"] == 1).sum())
    rare = f" {number_of(once, 'term stands', 'terms stand')} once." if once and len(df) > MOST_NAMED else ""
    return f"Chart of the {number_of(df['term'].nunique(), 'term')}{_of(df)}{by}. Most frequent: {first}.{rare}"


def _sentiment_by(df: pd.DataFrame) -> str:
    """Return words for a chart of tone by group."""
    told = []
    for tool, rows in df.groupby("tool", sort=False):
        ends = _low_and_high(_ends(rows, "mean", lambda row: _mean(row, "sentences", "sentence")), "")
        told.append(f"{column_heading(tool)}: {ends}." if ends else f"{column_heading(tool)} scores no group.")
    groups = number_of(df["group"].nunique(), "group")
    return f"Chart of the mean tone of sentences{_of(df)} in {groups}. {' '.join(told)}"


def _sentiment(df: pd.DataFrame) -> str:
    """Return words for a chart of sentences: the ends of each tool, and how the signs of two of them meet."""
    told = [
        f"{column_heading(tool)}: {df[tool].min():+.2f} to {df[tool].max():+.2f}, below 0 in {(df[tool] < 0).sum():,}, "
        f"above in {(df[tool] > 0).sum():,}."
        for tool in ("vader", "textblob")
        if df[tool].notna().any()
    ]
    counts = df["signs"].value_counts().sort_index()
    signs = ", ".join(f"{said} {count:,}" for said, count in counts.items() if said)
    told.append(f"Signs of both: {signs}." if signs else "No sentence has a score.")
    one = f" ({short(df['doc_id'].iloc[0])})" if len(set(df["doc_id"])) == 1 else ""
    return f"Chart of the tone of {number_of(df['vader'].count(), 'sentence')}{_of(df)}{one}. {' '.join(told)}"


def _targets_by(df: pd.DataFrame) -> str:
    """Return words for a chart of tone towards targets."""
    told = []
    for target, rows in df.groupby("target", sort=False):
        ends = " to ".join(_ends(rows, "mean", lambda row: _mean(row, "count", "mention"))) or "no scored mention"
        told.append(f"{short(target)}: {ends}.")
    groups = number_of(df["group"].nunique(), "group")
    return f"Chart of the mean tone towards targets{_of(df, ' in ')} in {groups}. {' '.join(told)}"


def _shift(df: pd.DataFrame) -> str:
    """Return words for a chart of what parts two groups."""
    asked = df.attrs.get("settings", {})
    sides = f"{short(asked.get('a', 'group a'))} from {short(asked.get('b', 'group b'))}"
    heaviest = _told(df, 5, lambda row: f"{short(row['word'])} ({row['contribution']:+.3f})")
    total = f"All together {df['contribution'].sum():+.3f}."
    return f"Chart of {number_of(len(df), 'word')} that part {sides}{_of(df, ' in ')}. Heaviest: {heaviest}. {total}"


def _agreement(df: pd.DataFrame) -> str:
    """Return words for a chart of how far coders and tools agree."""
    told = []
    for row in df.head(6).to_dict("records"):
        alpha = f"{row['alpha']:.2f} ({number_of(row['sentences'], 'sentence')})" if pd.notna(row["alpha"]) else "none"
        told.append(f"{labellers(row['a'], row['b'])}, {row['level']}: {alpha}")
    return f"Chart of Krippendorff’s alpha of {number_of(len(df), 'row')}. {'; '.join(told)}."


def labellers(a: str, b: str) -> str:
    """Return in words whose labels are compared.

    >>> labellers("coder", "vader"), labellers("coder", "coder")
    ('coder and VADER', 'coders among themselves')
    """
    return "coders among themselves" if a == b else f"{short(a)} and {column_heading(b)}"


def _mean(row: Row, counted: str, one: str) -> str:
    """Return a group with its mean and the number of what was counted."""
    return f"{short(row['group'])} at {row['mean']:+.2f} ({number_of(row[counted], one)})"


def _passages(df: pd.DataFrame) -> str:
    """Return words for a chart of shared spans."""
    inside = int((df["doc_a"] == df["doc_b"]).sum())
    articles = number_of(len({*df["doc_a"], *df["doc_b"]}), "article")
    longest = df.sort_values("words", kind="stable").iloc[-1]
    places = [f"{short(longest[f'doc_{side}'])} from character {longest[f'start_{side}']}" for side in "ab"]
    return (
        f"Chart of where {number_of(len(df), 'shared passage')}{_of(df)} stand in {articles}: "
        f"{len(df) - inside:,} between two articles, {inside:,} inside one. "
        f"The longest has {number_of(longest['words'], 'word')}: {' and '.join(places)}."
    )


def _keyness(df: pd.DataFrame) -> str:
    """Return words for a chart of what sets two sides apart."""
    ahead = df["rate_target"] > df["rate_reference"]
    sides = {"target": df[ahead], "reference": df[~ahead & (df["count_reference"] > 0)]}
    told = [f"More frequent in the {side}: {_told(rows, 3, _rates)}." for side, rows in sides.items() if len(rows)]
    few = "" if df["low"].notna().any() else " Too few articles for intervals: rates are shown."
    method = f" {df.attrs['method']}" if df.attrs.get("method") else ""
    return f"Chart of {number_of(len(df), 'term')} on two sides{_of(df)}.{method}{few} {' '.join(told)}"


def _rates(row: Row) -> str:
    """Return a term with its hits on both sides."""
    return f"{short(row['term'])} ({row['count_target']:,} hits against {row['count_reference']:,})"


def _concordance(df: pd.DataFrame) -> str:
    """Return words for a chart of where hits lie."""
    most = df["doc_id"].value_counts(sort=False).sort_values(ascending=False, kind="stable")
    quoted = int((df["voice"] == "quoted").sum())
    stand = "stands" if len(df) == 1 else "stand"
    return (
        f"Chart of where {number_of(len(df), 'hit')} of {node_words(df)}{_of(df, ' in ')} {stand} in "
        f"{number_of(len(most), 'article')}; {quoted:,} inside quotations. "
        f"Most: {short(most.index[0])} ({number_of(int(most.iloc[0]), 'hit')})."
    )


def node_words(df: pd.DataFrame, most: int | None = None) -> str:
    """Return the words that a table is about, in quotation marks, at most so many."""
    node = df.attrs.get("settings", {}).get("node", "the word")
    words = [node] if isinstance(node, str) else list(node)
    more = " and more" if most and len(words) > most else ""
    return ", ".join(f"“{short(word)}”" for word in words[:most]) + more


def _collocates(df: pd.DataFrame) -> str:
    """Return words for a chart of the words near a node."""

    def write(row: Row) -> str:
        near = f"{row['joint']:,} of {number_of(row['count'], 'hit')}, logDice {row['log_dice']:.1f}"
        return f"{short(row['collocate'])} ({near})"

    words = f"{number_of(len(df), 'word')} near {node_words(df)}{_of(df, ' in ')}"
    return f"Chart of {words}. First: {_told(df, 3, write)}."


def _trends(df: pd.DataFrame) -> str:
    """Return words for a chart of terms over time."""
    periods, parts = sorted(df["period"].unique()), df.groupby("term", sort=False)
    told = [
        f"{short(term)}: {_low_and_high(_ends(rows, 'rate', _period), 'no counted words')}." for term, rows in parts
    ]
    span = f"{periods[0]} to {periods[-1]}" if len(periods) > 1 else periods[0]
    numbers = f"{number_of(len(told), 'term')}{_of(df)} in {number_of(len(periods), 'period')}"
    return f"Chart of {numbers}, {span}. {' '.join(told)}"


def _period(row: Row) -> str:
    """Return a period with its rate and its words."""
    return f"{row['period']} with {number_of(row['count'], 'hit')} in {number_of(row['tokens'], 'word')}"


def _families(df: pd.DataFrame) -> str:
    """Return words for a chart of families over time."""

    def write(row: Row) -> str:
        days = f"{row['first_date']:%Y-%m-%d} to {row['last_date']:%Y-%m-%d}"
        return f"“{short(row['text'])}” ({number_of(row['copies'], 'copy', 'copies')}, {days})"

    dated = df[df["first_date"].notna()]
    undated = f" {len(df) - len(dated):,} without a date." if len(df) > len(dated) else ""
    families = f"{number_of(len(df), 'family', 'families')} of passages{_of(df)}"
    return f"Chart of {families} over time. Most copies: {_told(dated, 3, write, 'none dated')}.{undated}"


def _copies(df: pd.DataFrame) -> str:
    """Return words for the journey of one passage."""

    def write(row: Row) -> str:
        day: str = "undated" if pd.isna(row["date"]) else f"{row['date']:%Y-%m-%d}"
        return f"{short(row['outlet'] or row['doc_id'])} ({day})"

    copies = f"{number_of(len(df), 'copy', 'copies')} of one passage{_of(df, ' in ')}"
    return f"Chart of {copies} by date: {_told(df.sort_values('date', kind='stable'), MOST_NAMED, write)}."


def _coverage(df: pd.DataFrame) -> str:
    """Return words for a chart of how much of one stands in another."""

    def write(row: Row) -> str:
        words = number_of(row["words_shared"], "word")
        return f"{row['share_of_a']:.0%} of {short(row['a'])} in {short(row['b'])} ({words})"

    most = _told(df.sort_values("share_of_a", ascending=False, kind="stable"), 3, write)
    names, pairs = f"{len({*df['a'], *df['b']}):,} names{_of(df, ' in ')}", number_of(len(df), "ordered pair")
    return f"Chart of the words that {names} share, {pairs}. Most: {most}."


def _any_table(df: pd.DataFrame) -> str:
    """Return words for a table that has no words of its own here."""
    columns = ", ".join(short(column) for column in df.columns[:6])
    return f"Chart of {_called(df)}{_of(df)} with {number_of(len(df), 'row')} and the columns {columns}."


_AGREEMENT = {"a", "b", "level", "alpha"}
"""The columns by which a table of `pastepot.agreement` is known; it is about labels, not about a corpus."""

_WRITERS: dict[str, Callable[[pd.DataFrame], str]] = {
    "terms": _terms,
    "sentiment": _sentiment,
    "sentiment_by": _sentiment_by,
    "targets_by": _targets_by,
    "word_shift": _shift,
    "agreement": _agreement,
    "passages": _passages,
    "keyness": _keyness,
    "concordance": _concordance,
    "collocates": _collocates,
    "trends": _trends,
    "clusters": _families,
    "copies": _copies,
    "overlap": _coverage,
}
