"""What a figure shows, in words made from its data: for a reader who cannot see it."""

import pandas as pd

from pastepot import escape, tables
from pastepot.sentiment_analysis.word_shift import PUNCTUATION
from pastepot.tables import column_heading
from pastepot.wording import MOST_LISTED, count_noun, count_part, list_words, write_percent

LONGEST_NAME = 60
MOST_NAMED = 40
"""Terms that a chart can name one by one; of a longer list, the text says how many occur once."""


def alt_text(df: pd.DataFrame) -> str:
    """Return one to four sentences on a table: what is drawn, how many rows, the highest and the lowest.

    Parameters
    ----------
    df : DataFrame
        A table of Pastepot, or any other, of which the text gives columns and number of rows.

    Examples
    --------
    >>> terms = {"term": ["ferry", "port"], "count": [4, 2], "rate": [8.0, 4.0], "doc_count": [2, 1]}
    >>> alt_text(tables.build("terms", {**terms, "outlets": [1, 1], "dp": [0.0, 0.5]}, corpus="port"))
    'Chart of 2 terms in port. Most frequent: “ferry” (count 4, 8.0 per 1,000 words) and “port” (count 2, 4.0 per 1,000
    words).'
    >>> alt_text(pd.DataFrame({"x": [1, 2]}))
    'Chart of a table with 2 rows and the columns x.'
    """
    if df.empty:
        return "An empty chart: the table has no rows."
    name = "agreement" if {*df.columns} >= _AGREEMENT else str(df.attrs.get("table"))
    return str(globals().get(f"_describe_{name}", _describe_other)(df))


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


def _in_corpus(df: pd.DataFrame) -> str:
    """Return `` in CORPUS``, or nothing for a table that does not say its corpus."""
    return f" in {shorten_name(df.attrs['corpus'])}" if df.attrs.get("corpus") else ""


def _fill_rows(df: pd.DataFrame, template: str) -> list[str]:
    """Return the template filled with the values of each row, long names cut."""
    short = df.map(lambda value: shorten_name(value) if isinstance(value, str) else value)
    return [template.format_map({str(name): value for name, value in row.items()}) for row in short.to_dict("records")]


def _list_first(df: pd.DataFrame, template: str, most: int = 3) -> str:
    """Return a list of the first rows of a table, each by the template."""
    return list_words(_fill_rows(df.head(most), template))


def _list_ends(df: pd.DataFrame, series: str, column: str, template: str, none: str) -> str:
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


# --- terms -------------------------------------------------------------


def _describe_terms(df: pd.DataFrame) -> str:
    """Return words for a chart of terms, with groups or without."""
    per = f"{df.attrs.get('settings', {}).get('per', 1000):,}"
    groups = [str(column) for column in df.columns if column not in tables.TABLES["terms"].columns]
    top = df.sort_values("rate", ascending=False, kind="stable").head(3)
    labels = [", ".join([f"“{term}”", *map(str, values)]) for term, *values in top[["term", *groups]].to_numpy()]
    first = _list_first(top.assign(label=labels), f"{{label}} (count {{count:,}}, {{rate:.1f}} per {per} words)")
    by = f" by {list_words(groups)}" if groups else ""
    once = int((df.groupby("term")["count"].sum() == 1).sum())
    rare = f" {count_noun(once, 'term occurs', 'terms occur')} once." if once and len(df) > MOST_NAMED else ""
    return f"Chart of {count_noun(df['term'].nunique(), 'term')}{_in_corpus(df)}{by}. Most frequent: {first}.{rare}"


def _describe_keyness(df: pd.DataFrame) -> str:
    """Return words for a chart of target and reference."""
    ahead = df["rate_target"] > df["rate_reference"]
    sides = {"target": df[ahead], "reference": df[~ahead & (df["count_reference"] > 0)]}
    sentences = [f"Dot chart of {count_noun(len(df), 'term')} in target and reference{_in_corpus(df)}."]
    sentences += [str(df.attrs["method"])] if df.attrs.get("method") else []
    sentences += [] if df["low"].notna().any() else ["Without intervals: the chart shows rates."]
    template = "“{term}” ({count_target:,} in the target, {count_reference:,} in the reference)"
    words = {side: _list_first(rows, template) for side, rows in sides.items()}
    sentences += [f"More frequent in the {side}: {first}." for side, first in words.items() if first]
    return " ".join(sentences)


def _describe_concordance(df: pd.DataFrame) -> str:
    """Return words for a chart of where words occur."""
    counts = df["doc_id"].value_counts(sort=False).sort_values(ascending=False, kind="stable")
    hits, quoted = count_noun(len(df), "occurrence"), int((df["voice"] == "quoted").sum())
    return (
        f"Chart of where {say_node_occurs(df)}{_in_corpus(df)}: {hits} in {count_noun(len(counts), 'article')}, "
        f"{quoted or 'none'} quoted. Most: {shorten_name(counts.index[0])} ({int(counts.iloc[0]):,})."
    )


def _describe_collocates(df: pd.DataFrame) -> str:
    """Return words for a chart of the words near a node."""
    words = f"{count_noun(len(df), 'word')} near {quote_node(df)}{_in_corpus(df)}"
    first = _list_first(df, "“{collocate}” (logDice {log_dice:.1f}, {joint:,} of {count:,})")
    return f"Dot chart of {words}, and how many of all occurrences are near. First: {first}."


def _describe_trends(df: pd.DataFrame) -> str:
    """Return words for a chart of terms over time."""
    periods = sorted(df["period"].unique())
    terms = f"{count_noun(df['term'].nunique(), 'term')}{_in_corpus(df)} in {count_noun(len(periods), 'period')}"
    span = " to ".join(dict.fromkeys([periods[0], periods[-1]]))
    template = "{period} (count {count:,}, of {tokens:,} words)"
    return f"Line chart of {terms}, {span}. {_list_ends(df, 'term', 'rate', template, 'no counted words')}"


# --- sentiment ---------------------------------------------------------


def _describe_sentiment(df: pd.DataFrame) -> str:
    """Return words for a chart of sentences: the range of each tool, and how often the signs of two of them agree."""
    ranges = ""
    for tool in [tool for tool in ("vader", "textblob") if df[tool].notna().any()]:
        ends = " to ".join(dict.fromkeys([f"{df[tool].min():+.2f}", f"{df[tool].max():+.2f}"]))
        below, above = (int(side.sum()) for side in (df[tool] < 0, df[tool] > 0))
        part = count_part(below, int(df[tool].count()), "sentence", "below 0", "below 0")
        ranges += f" {column_heading(tool)}: {ends}, {part}, {above or 'none'} above 0."
    counts = df["signs"].value_counts().sort_index()
    signs = ", ".join(f"{value} {count:,}" for value, count in counts.items() if value)
    article = f" ({shorten_name(df['doc_id'].iloc[0])})" if len(set(df["doc_id"])) == 1 else ""
    return (
        f"Chart of the sentiment of {count_noun(df['vader'].count(), 'sentence')}{_in_corpus(df)}{article}."
        f"{ranges} {f'Signs of both: {signs}.' if signs else 'No sentence has a score.'}"
    )


def _describe_sentiment_by(df: pd.DataFrame) -> str:
    """Return words for a chart of mean sentiment by group, one series a tool or a target."""
    column, of, counted, none = "target", "towards targets", "mentions: {count:,}", "no scored mention"
    if "tool" in df.columns:
        column, of, counted, none = "tool", "of sentences", "sentences: {sentences:,}", "no score"
    named = df.replace({"tool": {tool: column_heading(tool) for tool in df.get("tool", ())}})
    series = _list_ends(named, column, "mean", f"{{group}} at {{mean:+.2f}} ({counted})", none)
    groups = count_noun(df["group"].nunique(), "group")
    return f"Dot chart of the mean sentiment {of}{_in_corpus(df)} in {groups}. {series}"


_describe_targets_by = _describe_sentiment_by


def _describe_word_shift(df: pd.DataFrame) -> str:
    """Return words for a chart of the words behind a difference."""
    settings = df.attrs.get("settings", {})
    groups = " and ".join(shorten_name(settings.get(side, f"group {side}")) for side in "ab")
    words = df[df["word"] != PUNCTUATION]
    first, marks = _list_first(words, "“{word}” ({contribution:+.3f})", 5), df["contribution"].drop(words.index)
    rest = f" Of it punctuation: {marks.sum():+.3f}." if len(marks) else ""
    return (
        f"Bar chart of the largest parts of the difference in mean linear score between {groups}{_in_corpus(df)}, "
        f"from {count_noun(len(words), 'word or pair', 'words or pairs')}. Largest: {first}. "
        f"Sum of all: {df['contribution'].sum():+.3f}.{rest}"
    )


def _describe_agreement(df: pd.DataFrame) -> str:
    """Return words for a chart of how far coders and tools agree."""
    pairs = [name_labellers(a, b) for a, b in zip(df["a"], df["b"], strict=True)]
    alphas = df.assign(pair=pairs, alpha=df["alpha"].map("{:.2f}".format, na_action="ignore").fillna("none"))
    values = _fill_rows(alphas.head(6), "{pair}, {level}: {alpha} (sentences: {sentences:,})")
    return f"Dot chart of {count_noun(len(df), 'value')} of Krippendorff’s alpha. {'; '.join(values)}."


# --- reuse -------------------------------------------------------------


def _describe_passages(df: pd.DataFrame) -> str:
    """Return words for a chart of shared spans."""
    inside = int((df["doc_a"] == df["doc_b"]).sum())
    articles = count_noun(len({*df["doc_a"], *df["doc_b"]}), "article")
    longest = df.sort_values("words", ascending=False, kind="stable").iloc[0]
    ties = int((df["words"] == longest["words"]).sum())
    first = "It" if len(df) == 1 else "The longest" if ties == 1 else f"One of the {ties:,} longest"
    spans = [f"{shorten_name(longest[f'doc_{side}'])} from character {longest[f'start_{side}']}" for side in "ab"]
    return (
        f"Chart of {count_noun(len(df), 'shared passage')}{_in_corpus(df)}, in {articles}: "
        f"{len(df) - inside or 'none'} between two articles, {inside or 'none'} inside one article. "
        f"{first} has {count_noun(longest['words'], 'word')}: {' and '.join(spans)}."
    )


def _describe_clusters(df: pd.DataFrame) -> str:
    """Return words for a chart of clusters over time."""
    dated = df[df["first_date"].notna()]
    first = _list_first(dated, "“{text}” (copies: {copies:,}, {first_date:%Y-%m-%d} to {last_date:%Y-%m-%d})")
    undated = f" {len(df) - len(dated):,} without a date." if len(df) > len(dated) else ""
    most = f" Most copies: {first}." if first else ""
    return f"Timeline of {count_noun(len(df), 'cluster')} of passages{_in_corpus(df)}.{most}{undated}"


def _describe_copies(df: pd.DataFrame) -> str:
    """Return words for a chart of the copies of one passage."""
    rows = df.sort_values("date", kind="stable")
    days = rows["date"].dt.strftime("%Y-%m-%d").fillna("undated")
    names = rows["outlet"].where(rows["outlet"] != "", rows["doc_id"])
    copies = [f"{shorten_name(name)} ({day})" for name, day in zip(names, days, strict=True)]
    number = count_noun(len(df), "copy", "copies")
    return f"Timeline of {number} of one passage{_in_corpus(df)}: {list_words(copies, most=MOST_NAMED)}."


def _describe_overlap(df: pd.DataFrame) -> str:
    """Return words for a chart of the words that pairs share."""
    template = "{share} of {group_a} shared with {group_b} (words: {words_shared:,})"
    shares = df.assign(share=[write_percent(share, 1) for share in df["share_of_a"]])
    most = _list_first(shares.sort_values("share_of_a", ascending=False, kind="stable"), template)
    names, pairs = count_noun(len({*df["group_a"], *df["group_b"]}), "name"), count_noun(len(df), "ordered pair")
    return f"Chart of the words shared by {names}{_in_corpus(df)}, in {pairs}. Most: {most}."


# --- any table ---------------------------------------------------------


def _describe_other(df: pd.DataFrame) -> str:
    """Return words for a table that has no words of its own here."""
    columns = ", ".join(map(shorten_name, df.columns[:6]))
    return f"Chart of a table{_in_corpus(df)} with {count_noun(len(df), 'row')} and the columns {columns}."


_AGREEMENT = {"a", "b", "level", "alpha"}
"""The columns by which a table of `pastepot.agreement` is known; it is about labels, not about a corpus."""
