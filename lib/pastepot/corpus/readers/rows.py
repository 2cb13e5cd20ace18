"""Rows with a text field: what JSON lines, tables and data frames have in common."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime

import pandas as pd

from pastepot.corpus import encoding
from pastepot.corpus.records import Found, Problem, Record

_NAMES: Mapping[str, tuple[str, ...]] = {
    "doc_id": ("doc_id", "id"),
    "title": ("title", "headline"),
    "outlet": ("outlet", "series", "source", "publication"),
    "date": ("date", "published"),
    "author": ("author", "byline"),
}
_TAKEN = {"text", *(name for names in _NAMES.values() for name in names)}


def misfit(columns: Sequence[str]) -> str:
    """Return why a table with these columns cannot be read, or an empty string.

    >>> misfit(["id", "body"]), misfit(["text", "id", "id"]), misfit(["text", "id"])
    ("no column 'text'; it has 'id', 'body'", "the column 'id' stands twice", '')
    """
    if "text" not in columns:
        has = ", ".join(repr(name) for name in columns[:8] if name) or "none that can be read"
        return f"no column 'text'; it has {has}"
    twice = [name for name, count in Counter(columns).items() if count > 1 and name]
    return f"the column {twice[0]!r} stands twice" if twice else ""


def row_found(row: Mapping[str, object], path: str, where: str, reader: str) -> list[Found]:
    """Return the article of one row, after a problem where it was mended, or the reason why it holds none.

    >>> row_found({"text": "The ferry sails.", "id": 7, "series": "Gazette"}, "a.jsonl", "row 1", "jsonl")[0].outlet
    'Gazette'
    >>> row_found({"body": "x"}, "a.jsonl", "row 1", "jsonl")
    [Problem(path='a.jsonl', where='row 1', reason="no 'text' field; it has 'body'")]
    """
    if "text" not in row:
        has = ", ".join(repr(str(name)) for name in list(row)[:8]) or "nothing"
        return [Problem(path, where, f"no 'text' field; it has {has}")]
    if not isinstance(row["text"], str):
        return [Problem(path, where, f"'text' must be text; got {type(row['text']).__name__}")]
    text, replaced = encoding.replace_surrogates(row["text"])
    if not text.strip("\ufeff \t\r\n\f\v"):
        return [Problem(path, where, "the text is empty")]
    doc_id, title, outlet, date_, author = (_first(row, names) for names in _NAMES.values())
    fields = {str(name): _as_text(value) for name, value in row.items() if name not in _TAKEN}
    record = Record(
        text,
        path,
        reader,
        doc_id=doc_id,
        title=title,
        outlet=outlet,
        date=date_,
        author=author,
        fields=fields,
        where=where,
    )
    if not replaced:
        return [record]
    reason = f"taken in, but {replaced:,} lone surrogates cannot stand in a file; each stands as U+FFFD"
    return [Problem(path, where, reason), record]


def _first(row: Mapping[str, object], names: tuple[str, ...]) -> str:
    """Return the first of some fields that holds anything, as text."""
    for name in names:
        text = _as_text(row[name]) if name in row else ""
        if text:
            return text
    return ""


def _as_text(value: object) -> str:
    """Return a field's value as text; a missing value, a list or a table is an empty one."""
    if isinstance(value, str):
        return (value if value.isascii() else encoding.replace_surrogates(value)[0]).strip()
    if not pd.api.types.is_scalar(value) or pd.isna(value):  # type: ignore[call-overload]  # a scalar by then
        return ""
    return value.isoformat() if isinstance(value, datetime | date) else str(value)
