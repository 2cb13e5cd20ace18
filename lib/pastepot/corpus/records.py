"""What a format reader gives: one record an article, or one problem for what could not be taken in."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple


class Record(NamedTuple):
    """One article as a reader found it; `text` is the raw text that every offset refers to.

    `path` is relative to the source, `file_start` counts the file's code points before the text, `fields` holds the
    reader's further columns, `notes` what the reader wants said about the article, `date_source` where the date was
    found if not in a field of that name, `where` the row or place in its file.
    """

    text: str
    path: str
    reader: str
    encoding: str = "utf-8"
    file_start: int = 0
    doc_id: str = ""
    title: str = ""
    outlet: str = ""
    date: str = ""
    author: str = ""
    fields: Mapping[str, str] = {}
    notes: tuple[str, ...] = ()
    where: str = ""
    date_source: str = ""


class Problem(NamedTuple):
    """One file, row or member that was not taken in (or only after a repair), and why."""

    path: str
    where: str
    reason: str


Found = Record | Problem
Reader = Callable[[str, bytes], Iterator[Found]]
