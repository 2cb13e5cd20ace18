"""Text files: one article, perhaps under header lines, or a database export of many."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pastepot import files
from pastepot.corpus import encoding
from pastepot.corpus.readers.export_lines import Line, label_value, line_label, split_lines
from pastepot.corpus.readers.nexis import is_nexis, read_nexis_text
from pastepot.corpus.readers.proquest import is_proquest, read_proquest
from pastepot.corpus.records import BLANKS, Found, Record, UnreadableError, count_line_ends, reader

_MARKUP = ("<?xml", "<rss", "<feed")
_EXPORTS = ((is_nexis, read_nexis_text), (is_proquest, read_proquest))

_KEYS: Mapping[str, str] = files.data("corpus/readers/labels.toml")["header"]
_RULE = re.compile(r"-{3,40}")
_MOST_HEADER_LINES = 20
_LONGEST_HEADER = 5_000
_FEWEST_KNOWN = 2


@reader
def read_text(path: str, data: bytes) -> Iterator[Found]:
    r"""Yield the articles of a .txt file: those of an old Nexis or a ProQuest export, else the one that it is.

    >>> [found.title for found in read_text("a.txt", b"Title: Ferry late\nBy: Ada Quay\n\nThe ferry sails.")]
    ['Ferry late']
    >>> list(read_text("b.txt", b" \n"))
    [Problem(path='b.txt', where='', reason='the file is empty')]
    """
    text, name, problems = encoding.decode_file(path, data, "text")
    if text.lstrip("\ufeff \t\r\n")[:5].lower().startswith(_MARKUP):
        raise UnreadableError("not text: it is XML (a feed?); save each article as .txt or .html")
    yield from problems
    for is_export, read_export in _EXPORTS:
        if is_export(text):
            yield from _add_lines(text, read_export(path, text, name))
            return
    notes = ("not UTF-8; read as Windows-1252 (cp1252)",) if name == "cp1252" else ()
    yield from _add_lines(text, [split_header(Record(text, path, "txt", name, notes=notes))])


def _add_lines(text: str, articles: Iterable[Found]) -> Iterator[Found]:
    """Yield what a file has, in its order, each article with the line of the file on which it starts."""
    line, done = 1, 0
    for found in articles:
        if isinstance(found, Record):
            line, done = line + count_line_ends(text, done, found.file_start), found.file_start
            found = found._replace(line=line)  # noqa: PLW2901 (the same article)
        yield found


def split_header(record: Record) -> Record:
    r"""Return a record whose header lines are its metadata and no longer part of its text; the record itself if none.

    A header has at least two of Title, Date, Source (or Outlet) and Author (or By), nothing but ``Key: value`` lines,
    and ends with a blank line or a row of hyphens.

    Examples
    --------
    >>> article = split_header(Record("Title: Ferry late\nDate: 2031-01-14\n\nThe ferry sails.", "a.txt", "txt"))
    >>> article.text, article.title, article.date, article.file_start
    ('The ferry sails.', 'Ferry late', '2031-01-14', 36)
    >>> split_header(Record("Mayor: no ferry\nPort: closed\n\nThe ferry sails.", "a.txt", "txt")).title
    ''
    """
    head = split_lines(record.text, 0, min(len(record.text), _LONGEST_HEADER))
    skipped = 1 if head and _RULE.fullmatch(head[0].text.lstrip("\ufeff")) else 0
    block: list[Line] = []
    for line in head[skipped : skipped + _MOST_HEADER_LINES]:
        text = line.text.lstrip("\ufeff")
        if not line_label(text):
            break
        block.append(line._replace(text=text))
    pairs = [(line_label(line.text), label_value(line.text)) for line in block]
    known: dict[str, Any] = {_KEYS[label]: value for label, value in pairs if label in _KEYS}
    after = head[skipped + len(block) :]
    if len(known) < _FEWEST_KNOWN or not after or (after[0].text and not _RULE.fullmatch(after[0].text)):
        return record
    below = record.text[after[0].end :].lstrip(BLANKS)
    if not below:
        return record
    fields = {label.replace(" ", "_"): value for label, value in pairs if label not in _KEYS}
    start = len(record.text) - len(below)
    source = "header line" if known.get("date") else record.date_source
    return record._replace(**known, date_source=source, text=below, file_start=start, fields=fields)
