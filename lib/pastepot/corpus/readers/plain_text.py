"""Text, looked at before it is read: a database export of many articles, a form that is refused, or one article."""

import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pastepot import files
from pastepot.corpus import encoding
from pastepot.corpus.readers.export_lines import plain_lines, read_layout, split_lines
from pastepot.corpus.readers.factiva import FACTIVA
from pastepot.corpus.readers.markup import read_xml
from pastepot.corpus.readers.nexis import OLD, UNI
from pastepot.corpus.readers.proquest import NEWSBANK, PROQUEST
from pastepot.corpus.readers.rows import FIELDS, Columns
from pastepot.corpus.readers.tabular import read_delimited, read_json
from pastepot.corpus.records import BLANKS, Found, Record, UnreadableError, count_line_ends, reader
from pastepot.wording import count_noun

_XML = re.compile(r"<(?:\?xml|rss|feed|nitf)\b", re.IGNORECASE)
_JSON = re.compile(r'\[\s{0,99}\{\s{0,99}"|\{\s{0,99}"[^"\n]{1,80}"\s{0,9}:\s{0,9}(?:["\[{\d-]|true|false|null)')

_LAYOUTS = (OLD, UNI, FACTIVA, PROQUEST, NEWSBANK)
_UNREAD: Mapping[str, Mapping[str, Any]] = files.data("corpus/unread.toml")["texts"]
_MARKS = re.compile(f"^(?:{'|'.join(form['mark'] for form in _UNREAD.values())})", re.MULTILINE)

_KEYS: Mapping[str, str] = files.data("corpus/readers/labels.toml")["header"]
_TABLE = re.compile(r"(?=[^\r\n]{0,5000}(?:text|body|content|article))[^\r\n]{1,5000}", re.IGNORECASE)
"""A first line with a word that is part of every name for a column of texts."""
_HEADER = re.compile(r"[ \t\ufeff]*(?:-{3,40}[ \t]*[\r\n]+[ \t]*)?[^\W\d_][\w /&-]{1,39}:")
_RULE = re.compile(r"-{3,40}")
_MOST_HEADER_LINES = 20
_LONGEST_HEADER = 5_000
_FEWEST_KNOWN = 2


@reader
def read_text(path: str, data: bytes, columns: Columns | None = None) -> Iterator[Found]:
    r"""Yield the articles of a .txt file: those of an old Nexis or a ProQuest export, else the one that it is.

    >>> [found.title for found in read_text("a.txt", b"Title: Ferry late\nBy: Ada Quay\n\nThe ferry sails.")]
    ['Ferry late']
    >>> list(read_text("b.txt", b" \n"))
    [Problem(path='b.txt', where='', reason='the file is empty')]
    """
    text, name, problems = encoding.decode_file(path, data, "text")
    yield from problems
    kinds = ((_XML.match, read_xml, ()), (_JSON.match, read_json, (columns,)), (_is_table, read_delimited, (columns,)))
    for looks_like, read, options in kinds:
        if looks_like(text.lstrip("\ufeff" + BLANKS)):
            yield from read(path, text.lstrip("\ufeff").encode() if name.startswith("utf-16") else data, *options)
            return
    notes = ("not UTF-8; read as Windows-1252 (cp1252)",) if name == "cp1252" else ()
    source = Record(text, path, "txt", name)
    yield from read_export(source) or [split_header(source._replace(notes=notes, line=1))]


def _is_table(text: str) -> bool:
    """Return whether the first line of a text names columns of a table: that of its texts, and another known one."""
    header = match[0] if (match := _TABLE.match(text)) else ""
    names = (dict.fromkeys(name.strip(' "') for name in header.split(mark)) for mark in "\t;,|" if mark in header)
    layouts = (Columns().lay_out(tuple(filter(None, row))) for row in names)
    return any(layout["text"] and any(map(layout.get, FIELDS[1:])) for layout in layouts)


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
    head = split_lines(record.text[:_LONGEST_HEADER]) if _HEADER.match(record.text) else []
    skipped = 1 if head and _RULE.fullmatch(head[0].text) else 0
    lines = head[skipped : skipped + _MOST_HEADER_LINES]
    block = [*itertools.takewhile(lambda line: line.label, lines)]
    pairs = [(line.label, line.value) for line in block]
    known: dict[str, Any] = {_KEYS[label]: value for label, value in pairs if label in _KEYS}
    after = head[skipped + len(block) :]
    if len(known) < _FEWEST_KNOWN or not after or (after[0].text and not _RULE.fullmatch(after[0].text)):
        return record
    below = record.text[after[0].end :].lstrip(BLANKS)
    if not below:
        return record
    fields = {label.replace(" ", "_"): value for label, value in pairs if label not in _KEYS}
    start = len(record.text) - len(below)
    line = 1 + count_line_ends(record.text, 0, start)
    source = "header line" if known.get("date") else record.date_source
    return record._replace(**known, date_source=source, text=below, file_start=start, fields=fields, line=line)


# --- a look before reading ------------------------------------------------------------


def read_export(source: Record) -> Iterator[Found] | None:
    """Return the articles of the export that the text of `source` is, None if it may be one article.

    Raises
    ------
    UnreadableError
        If it has the marks of a form that is not read, or the ends of several articles; the message says how to get on.

    Examples
    --------
    >>> read_export(Record("The ferry sails.", "a.txt", "txt"))
    """
    text = plain_lines(source.text)
    layout = next((layout for layout in _LAYOUTS if all(mark.search(text) for mark in layout.marks)), None)
    if layout:
        return read_layout(source, layout)
    for name, form in _UNREAD.items() if _MARKS.search(text) else ():
        marks = len(re.findall(form["mark"], text, re.MULTILINE))
        if marks >= form["fewest"]:
            raise UnreadableError(f"{name} ({count_noun(marks, form['unit'])}) is not read; {form['way']}")
    return None
