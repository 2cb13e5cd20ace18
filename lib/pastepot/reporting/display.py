"""How a table, a corpus and a sentence look in a notebook: escaped, captioned, at most six columns in plain words.

Each of them is shown as data (a private MIME type that the report reads) and as HTML made from that data.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from pastepot import escape, tables, wording
from pastepot.corpus.corpus import Corpus, articles, rules
from pastepot.reporting.fact_check import evidence_spans
from pastepot.reporting.templates import Bundle, bundle, own_file, piece

MOST_COLUMNS = 6
MOST_ROWS = 20
REPORT_ROWS = 40
"""Rows of a table that go into a report, where they can be sorted and searched."""

LONGEST_CELL = 40
"""Words of a cell that are shown; and eight times as many characters."""

MISSING = "—"
ADDRESSES = ("start", "end", "file_start", "start_a", "end_a", "start_b", "end_b", "position", "sentence", "cluster")
"""Columns whose whole numbers are addresses, written without thousands separators so that they can be copied."""

DECIMALS = {"weight": 4, "freq_a": 5, "freq_b": 5, "contribution": 4}
"""Columns that are computed from each other need more decimals, so that a reader can do it again."""

LOOKS = {
    **{name: name for name in ("title", "left", "right", "node", "text")},
    **dict.fromkeys(("doc_id", "doc_a", "doc_b", "path"), "id"),
    "evidence": "text",
    **dict.fromkeys(("note", "reason"), "remark"),
}
"""How the cells of a column of text look, where not as most do."""

NOTEBOOK_STYLE = f"<style>{own_file('notebook.css')}</style>"
_Writer = Callable[[Any], str]
TableData = dict[str, Any]
"""A table as shown, all text, not yet escaped: caption, extent, note, rows, and columns with name, heading and look."""

# --- tables ------------------------------------------------------------


def table_html(df: pd.DataFrame, *, limit: int = MOST_ROWS, caption: str | None = None) -> str:
    """Return a table of Pastepot as HTML: caption, scopes, escaped text, at most six columns and `limit` rows.

    Examples
    --------
    >>> unread = tables.build("problems", {"path": ["<b>.txt"], "where": [""], "reason": ["empty"]}, corpus="port")
    >>> "&lt;b&gt;.txt" in table_html(unread)
    True
    >>> "no rows" in table_html(unread.head(0))
    True
    """
    data = table_data(df, limit=limit, caption=caption)
    return piece("table", data) + piece("note", data)


def table_data(
    df: pd.DataFrame, *, limit: int = MOST_ROWS, caption: str | None = None, columns: Sequence[str] | None = None
) -> TableData:
    """Return what is shown of a table, as text that is not escaped yet; `columns` are those asked for."""
    # An index that is more than the numbers of rows is shown like a column.
    levels = 0 if df.index.name is None and pd.api.types.is_integer_dtype(df.index) else df.index.nlevels
    flat = df.reset_index(allow_duplicates=True) if levels else df
    names = [" ".join(map(str, name)).strip() if isinstance(name, tuple) else str(name) for name in flat.columns]
    chosen = shown_columns(flat.set_axis(names, axis=1).iloc[:, levels:]) if columns is None else columns
    places = [*range(levels), *(names.index(name, levels) for name in chosen)]
    kept = [(names[place], flat.iloc[:, place]) for place in places]
    # The rows of what describe() returns measure different things, so each number has digits of its own.
    alone = levels > 0 and df.index.name is None
    cells = [_cells(column, column.head(limit), name, alone=alone) for name, column in kept]
    headings = [{"name": name, "heading": _heading(df, name), "look": _look(column, name)} for name, column in kept]
    return {
        "caption": tables.caption(df) if caption is None else caption,
        "extent": tables.describe_extent(df, limit),
        "columns": headings,
        "rows": [list(row) for row in zip(*cells, strict=True)],
        "note": tables.describe_table(df),
    }


def shown_columns(df: pd.DataFrame) -> list[str]:
    """Return the columns to show: groups first, then the registry's choice, or what is left of it; all that were added.

    >>> shown_columns(tables.empty("words"))
    ['doc_id', 'start', 'token', 'term', 'part', 'voice']
    >>> shown_columns(tables.empty("words")[["term", "voice"]].assign(length=0))
    ['term', 'voice', 'length']
    """
    table = tables.TABLES.get(str(df.attrs.get("table")))
    names = [str(name) for name in df.columns]
    made = df.attrs.get("made", names)
    chosen, added = [name for name in names if name in made], [name for name in names if name not in made]
    if table is not None and set(table.columns) <= set(chosen):
        groups = chosen[: min(chosen.index(column) for column in table.columns)]
        chosen = [*groups, *(column for column in table.shown if column not in groups)]
    return [*chosen[:MOST_COLUMNS], *added[:MOST_ROWS]]


def _heading(df: pd.DataFrame, name: str) -> str:
    """Return a column's heading in plain words; where a table was made into another, only its name is known."""
    settings = df.attrs.get("settings", {})
    if name == "rate" and isinstance(settings, Mapping) and "per" in settings:
        return f"Rate per {settings['per']:,} words"
    return name if tables.relation(df) == "other" else tables.column_heading(name)


def _look(column: pd.Series, name: str) -> str:
    """Return the class of a column's cells: numbers to the right, the words around a hit close to it."""
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        return "n"
    return "date" if pd.api.types.is_datetime64_any_dtype(column) else LOOKS.get(name, "")


def _cells(column: pd.Series, shown: pd.Series, name: str, *, alone: bool = False) -> list[str]:
    """Return the shown cells of a column as text, the digits fitting the whole column, or each number `alone`."""
    write: _Writer = (lambda value: _writer(pd.Series([value]), name)(value)) if alone else _writer(column, name)
    blank = shown.isna() | shown.eq("")
    return [MISSING if empty else write(value) for value, empty in zip(shown.tolist(), blank.tolist(), strict=True)]


def _writer(column: pd.Series, name: str) -> _Writer:
    """Return how a column's values are written: flags in words, numbers with a true minus, dates as ISO, texts cut.

    About three digits for a column's largest number; two decimals at most, of a share three, unless nothing but zeros
    were left:

    >>> _writer(pd.Series([0.123, -0.5]), "mean")(-0.5), _writer(pd.Series([61.27, 5.0, 0.02]), "rate")(0.02)
    ('−0.50', '0.02')
    >>> [_writer(pd.Series([0.3]), "share_of_a")(share) for share in (0.0107, 0.0087, 0.00004)]
    ['0.011', '0.009', '0.00004']
    """
    if pd.api.types.is_bool_dtype(column):
        return lambda value: "yes" if value else "no"
    if pd.api.types.is_datetime64_any_dtype(column):
        return "{:%Y-%m-%d}".format
    if not pd.api.types.is_numeric_dtype(column):
        return lambda value: cut(str(value), front=name == "left")
    digits = "" if name in ADDRESSES else ","
    if pd.api.types.is_float_dtype(column):
        largest = float(column.abs().max()) if column.notna().any() else 0.0
        most = 3 if name.startswith("share") else 2
        places = most if not 10 <= largest < math.inf else max(2 - math.floor(math.log10(largest)), 0)
        digits = f",.{DECIMALS.get(name, places)}f"

    def write(value: Any) -> str:  # noqa: ANN401 (a number of any kind)
        shown = f"{value:{digits}}"
        # What is not 0 is not written as 0.
        if value and not shown.strip("-0."):
            shown = f"{value:.1g}"
            shown = f"{float(shown):.6f}".rstrip("0") if abs(value) >= 1e-6 else shown
        return shown.replace("-", "\u2212")

    return write


def cut(text: str, words: int = LONGEST_CELL, *, front: bool = False) -> str:
    """Return `text` cut to so many words, and to eight times as many characters; at the front, to characters only.

    >>> cut("one two three", 2), cut("x" * 99, 2), cut("one" * 9, 1, front=True)
    ('one two …', 'xxxxxxxxxxxxxxx…', '…eoneone')
    """
    return escape.cut(text if front else escape.shorten(text, words), 8 * words, front=front)


# --- a corpus and a sentence -------------------------------------------


def corpus_facts(corpus: Corpus) -> dict[str, Any]:
    """Return a title and some facts about a corpus, as text that is not escaped yet: pairs of a name and a value.

    >>> from pastepot.corpus.read import read
    >>> corpus_facts(read(pd.DataFrame({"text": ["The ferry sails."]})))["facts"][0]
    ['Articles', '1']
    """
    about = articles(corpus)
    outlets = sorted({name for name in about["outlet"] if name})
    days = sorted(about["date"].dropna().dt.strftime("%Y-%m-%d"))
    facts = [
        ["Articles", f"{len(about):,}"],
        ["Outlets", f"{len(outlets):,}: {cut(', '.join(outlets))}" if outlets else "none stated"],
        ["Dates", " to ".join(dict.fromkeys([*days[:1], *days[-1:]])) or "none stated"],
        ["Words after cleaning, split at spaces", f"{about['words'].sum():,}"],
        ["Removed", _describe_removal(rules(corpus), int(about["chars"].sum()))],
        ["Problems in reading", f"{len(corpus.unread):,}" if corpus.unread else "none"],
    ]
    return {"title": f"Corpus {corpus.name}", "facts": facts}


def _describe_removal(acted: pd.DataFrame, chars: int) -> str:
    """Return how many of all characters were dropped, and by which rules most."""
    drops = acted[acted["action"] == "drop"]
    part = wording.count_part(int(drops["chars"].sum()), chars, "character", percent=True)
    sizes = (f"{rule} {size:,}" for rule, size in zip(drops["rule"], drops["chars"], strict=True))
    return f"{part}: {wording.list_words(sizes, most=4)}" if len(drops) else "nothing dropped"


class Prose(str):  # noqa: SLOT000 (a sentence carries its evidence)
    """A str that a notebook shows as a paragraph of prose, with the evidence for its numbers; made by `say`."""

    evidence: Sequence[pd.DataFrame] = ()

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ANN401, FBT001 (IPython's signature)
        """Print the sentence without quotation marks."""
        printer.text("…" if cycle else escape.show_controls(self))

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:  # noqa: ARG002 (IPython's)
        """Return the sentence as IPython shows it."""
        data = {"text": str(self), "evidence": evidence_spans(self.evidence)}
        return bundle("say", data, f"<p>{escape.escape_html(self)}</p>", self)


def say(text: str, *, evidence: pd.DataFrame | Sequence[pd.DataFrame] = ()) -> Prose:
    """Return `text` as a sentence that a notebook and the report show as prose.

    Parameters
    ----------
    text : str
    evidence : table or tables, optional
        The rows that the numbers in `text` come from: the report lists each number with its rows' addresses in
        ``fact_check.csv``.

    Examples
    --------
    >>> sentence = say("The ferry occurs in 3 of 14 articles.")
    >>> sentence == "The ferry occurs in 3 of 14 articles."
    True
    >>> sentence._repr_mimebundle_()["text/html"]
    '<p>The ferry occurs in 3 of 14 articles.</p>'
    """
    sentence = Prose(text)
    sentence.evidence = [evidence] if isinstance(evidence, pd.DataFrame) else list(evidence)
    return sentence


# --- IPython -----------------------------------------------------------


def register() -> bool:
    """Return whether a running IPython now shows tables and corpora in this way; without IPython nothing is done.

    >>> register()
    False
    """
    from IPython.core.getipython import get_ipython  # noqa: PLC0415 (only where IPython already runs)

    shell = get_ipython()
    if shell is None or shell.display_formatter is None:
        return False
    formatter = shell.display_formatter.mimebundle_formatter
    formatter.for_type(pd.DataFrame, table_bundle)
    formatter.for_type(Corpus, corpus_bundle)
    return True


def table_bundle(df: pd.DataFrame, include: object = None, exclude: object = None) -> Bundle | None:  # noqa: ARG001
    """Return a table of Pastepot as IPython shows it; None, for pandas' own look, of any other data frame."""
    if df.attrs.get("table") not in tables.TABLES:
        return None
    html = f'{NOTEBOOK_STYLE}<div class="pastepot">{table_html(df)}</div>'
    return bundle("table", table_data(df, limit=REPORT_ROWS), html)


def corpus_bundle(corpus: Corpus, include: object = None, exclude: object = None) -> Bundle:  # noqa: ARG001
    """Return a corpus as IPython shows it."""
    facts = corpus_facts(corpus)
    plain = "; ".join(f"{name}: {value}" for name, value in facts["facts"])
    html = f'{NOTEBOOK_STYLE}<div class="pastepot">{piece("facts", facts)}</div>'
    return bundle("facts", facts, html, f"{facts['title']}. {plain}")
