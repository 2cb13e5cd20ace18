"""What a figure shows, in words made from its data: for a reader who cannot see it."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

import pandas as pd

from pastepot import tables

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
    return f"{link}{_name(df.attrs['corpus'])}" if df.attrs.get("corpus") else ""


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
    once = int((df["count"] == 1).sum())
    rare = f" {_count(once, 'term stands', 'terms stand')} once." if once and len(df) > MOST_NAMED else ""
    return f"Chart of the {number}{_of(df)}{by}. Most frequent: {', '.join(told)}.{rare}"


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


def _sentiment(df: pd.DataFrame) -> str:
    """Return words for a chart of sentences: the ends of each tool, and how the signs of two of them meet."""
    told = [
        f"{_tool(tool)}: {df[tool].min():+.2f} to {df[tool].max():+.2f}, below 0 in {(df[tool] < 0).sum():,}, "
        f"above in {(df[tool] > 0).sum():,}."
        for tool in ("vader", "textblob")
        if df[tool].notna().any()
    ]
    counts = df["agree"].replace("yes", "the same").value_counts().sort_index()
    signs = [f"{said} {count:,}" for said, count in counts.items() if said]
    met = f" Signs of both: {', '.join(signs)}." if signs else " No sentence has a score."
    number = _count(int(df["vader"].notna().sum()), "sentence")
    one = f" ({_name(df['doc_id'].iloc[0])})" if len(df["doc_id"].unique()) == 1 else ""
    return f"Chart of the tone of {number}{_of(df)}{one}. {' '.join(told)}{met}".replace("  ", " ")


def _targets_by(df: pd.DataFrame) -> str:
    """Return words for a chart of tone towards targets."""
    told = []
    for target, rows in df.groupby("target", sort=False):
        scored = rows[rows["mean"].notna()].sort_values("mean", kind="stable").to_dict("records")
        ends = (
            [
                f"{_name(row['group'])} at {row['mean']:+.2f} ({_count(row['count'], 'mention')})"
                for row in [*scored[:1], *scored[1:][-1:]]
            ]
            if scored
            else ["no scored mention"]
        )
        told.append(f"{_name(target)}: {' to '.join(ends)}.")
    groups = _count(int(df["group"].nunique()), "group")
    return f"Chart of the mean tone towards targets{_of(df, ' in ')} in {groups}. {' '.join(told)}"


def _shift(df: pd.DataFrame) -> str:
    """Return words for a chart of what parts two groups."""
    asked = df.attrs.get("settings", {})
    sides = f"{_name(asked.get('a', 'group a'))} from {_name(asked.get('b', 'group b'))}"
    told = [f"{_name(row['word'])} ({row['contribution']:+.3f})" for row in df.head(5).to_dict("records")]
    total = f"All together {df['contribution'].sum():+.3f}."
    return (
        f"Chart of {_count(len(df), 'word')} that part {sides}{_of(df, ' in ')}. Heaviest: {', '.join(told)}. {total}"
    )


def _agreement(df: pd.DataFrame) -> str:
    """Return words for a chart of how far coders and tools agree."""
    told = [
        f"{'coders among themselves' if row['a'] == row['b'] else _name(row['a']) + ' and ' + _tool(row['b'])}, "
        f"{row['level']}: "
        + (f"{row['alpha']:.2f} ({_count(row['sentences'], 'sentence')})" if pd.notna(row["alpha"]) else "none")
        for row in df.head(6).to_dict("records")
    ]
    return f"Chart of Krippendorff’s alpha of {_count(len(df), 'row')}. {'; '.join(told)}."


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


def _keyness(df: pd.DataFrame) -> str:
    """Return words for a chart of what sets two sides apart."""
    ahead = df["rate_target"] > df["rate_reference"]
    told = [
        f"More frequent in the {side}: {', '.join(_rates(row) for row in rows.head(3).to_dict('records'))}."
        for side, rows in (("target", df[ahead]), ("reference", df[~ahead & (df["count_reference"] > 0)]))
        if len(rows)
    ]
    few = "" if df["low"].notna().any() else " Too few articles for intervals: rates are shown."
    sides = f" {df.attrs['method']}" if df.attrs.get("method") else ""
    return f"Chart of {_count(len(df), 'term')} on two sides{_of(df)}.{sides}{few} {' '.join(told)}"


def _rates(row: Mapping[Hashable, Any]) -> str:
    """Return a term with its hits on both sides."""
    return f"{_name(row['term'])} ({row['count_target']:,} hits against {row['count_reference']:,})"


def _concordance(df: pd.DataFrame) -> str:
    """Return words for a chart of where hits lie."""
    most = df["doc_id"].value_counts(sort=False).sort_values(ascending=False, kind="stable")
    quoted = int((df["voice"] == "quoted").sum())
    stand = "stands" if len(df) == 1 else "stand"
    return (
        f"Chart of where {_count(len(df), 'hit')} of {_node(df)}{_of(df, ' in ')} {stand} in "
        f"{_count(len(most), 'article')}; {quoted:,} inside quotations. "
        f"Most: {_name(most.index[0])} ({_count(int(most.iloc[0]), 'hit')})."
    )


def _node(df: pd.DataFrame) -> str:
    """Return the words that a table is about, in quotation marks."""
    node = df.attrs.get("settings", {}).get("node", "the word")
    return ", ".join(f"“{_name(word)}”" for word in ([node] if isinstance(node, str) else node))


def _collocates(df: pd.DataFrame) -> str:
    """Return words for a chart of the words near a node."""
    told = [
        f"{_name(row['collocate'])} ({row['joint']:,} of {_count(row['count'], 'hit')}, logDice {row['log_dice']:.1f})"
        for row in df.head(3).to_dict("records")
    ]
    return f"Chart of {_count(len(df), 'word')} near {_node(df)}{_of(df, ' in ')}. First: {', '.join(told)}."


def _trends(df: pd.DataFrame) -> str:
    """Return words for a chart of terms over time."""
    periods = sorted(df["period"].unique())
    told = []
    for term, rows in df.groupby("term", sort=False):
        rated = rows[rows["rate"].notna()].sort_values("rate", kind="stable").to_dict("records")
        ends = f"lowest {_period(rated[0])}, highest {_period(rated[-1])}" if rated else "no counted words"
        told.append(f"{_name(term)}: {ends if len(rated) != 1 else _period(rated[0])}.")
    span = f"{periods[0]} to {periods[-1]}" if len(periods) > 1 else periods[0]
    return (
        f"Chart of {_count(len(told), 'term')}{_of(df)} in {_count(len(periods), 'period')}, {span}. {' '.join(told)}"
    )


def _period(row: Mapping[Hashable, Any]) -> str:
    """Return a period with its rate and its words."""
    return f"{row['period']} with {_count(row['count'], 'hit')} in {_count(row['tokens'], 'word')}"


def _families(df: pd.DataFrame) -> str:
    """Return words for a chart of families over time."""
    dated = df[df["first_date"].notna()]
    told = [
        f"“{_name(row['text'])}” ({_count(int(row['copies']), 'copy', 'copies')}, {row['first_date']:%Y-%m-%d} to "
        f"{row['last_date']:%Y-%m-%d})"
        for row in dated.head(3).to_dict("records")
    ]
    undated = f" {len(df) - len(dated):,} without a date." if len(df) > len(dated) else ""
    most = ", ".join(told) or "none dated"
    number = _count(len(df), "family", "families")
    return f"Chart of {number} of passages{_of(df)} over time. Most copies: {most}.{undated}"


def _copies(df: pd.DataFrame) -> str:
    """Return words for the journey of one passage."""
    rows = df.sort_values("date", kind="stable").head(MOST_NAMED).to_dict("records")
    days = ["undated" if pd.isna(row["date"]) else f"{row['date']:%Y-%m-%d}" for row in rows]
    told = [f"{_name(row['outlet'] or row['doc_id'])} ({day})" for row, day in zip(rows, days, strict=True)]
    return f"Chart of {_count(len(df), 'copy', 'copies')} of one passage{_of(df, ' in ')} by date: {', '.join(told)}."


def _coverage(df: pd.DataFrame) -> str:
    """Return words for a chart of how much of one stands in another."""
    first = df.sort_values("share_of_a", ascending=False, kind="stable").head(3)
    told = [
        f"{row['share_of_a']:.0%} of {_name(row['a'])} in {_name(row['b'])} ({_count(row['words_shared'], 'word')})"
        for row in first.to_dict("records")
    ]
    names, pairs = f"{len({*df['a'], *df['b']}):,} names{_of(df, ' in ')}", _count(len(df), "ordered pair")
    return f"Chart of the words that {names} share, {pairs}. Most: {', '.join(told)}."


def _any_table(df: pd.DataFrame) -> str:
    """Return words for a table that has no words of its own here."""
    columns = ", ".join(_name(column) for column in df.columns[:6])
    return f"Chart of {_called(df)}{_of(df)} with {_count(len(df), 'row')} and the columns {columns}."


_AGREEMENT = {"a", "b", "level", "alpha"}
"""The columns by which a table of `pastepot.agreement` is known; it is about labels, not about a corpus."""

_WRITERS: dict[str, Callable[[pd.DataFrame], str]] = {
    "terms": _terms,
    "sentiment": _sentiment,
    "sentiment_by": _sentiment_by,
    "targets_by": _targets_by,
    "shift": _shift,
    "agreement": _agreement,
    "passages": _passages,
    "keyness": _keyness,
    "concordance": _concordance,
    "collocates": _collocates,
    "trends": _trends,
    "families": _families,
    "copies": _copies,
    "coverage": _coverage,
}
