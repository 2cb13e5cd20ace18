"""Header lines: a block of ``Key: value`` lines at the very top of a text file, which say what the article is."""

import re
from collections.abc import Mapping

from pastepot import files
from pastepot.corpus.readers.export_lines import Line, label, lines, value
from pastepot.corpus.records import Record

_KEYS: Mapping[str, str] = files.data("corpus/readers/labels.toml")["header"]
_RULE = re.compile(r"-{3,40}")
_MOST_LINES = 20
_LOOKED_AT = 5_000
_FEWEST_KNOWN = 2


def split_header(record: Record) -> Record:
    r"""Return a record whose header lines are its metadata and no longer part of its text; the record itself if none.

    A header has at least two of Title, Date, Source (or Outlet) and Author (or By), nothing but ``Key: value`` lines,
    and ends with a blank line or a row of hyphens.

    Examples
    --------
    >>> found = split_header(Record("Title: Ferry late\nDate: 2031-01-14\n\nThe ferry sails.", "a.txt", "txt"))
    >>> found.text, found.title, found.date, found.file_start
    ('The ferry sails.', 'Ferry late', '2031-01-14', 36)
    >>> split_header(Record("Mayor: no ferry\nPort: closed\n\nThe ferry sails.", "a.txt", "txt")).title
    ''
    """
    head = lines(record.text, 0, min(len(record.text), _LOOKED_AT))
    skipped = 1 if head and _RULE.fullmatch(head[0].text.lstrip("\ufeff")) else 0
    block: list[Line] = []
    for line in head[skipped : skipped + _MOST_LINES]:
        text = line.text.lstrip("\ufeff")
        if not label(text):
            break
        block.append(line._replace(text=text))
    after = head[skipped + len(block) :]
    known = {_KEYS[label(line.text)]: value(line.text) for line in block if label(line.text) in _KEYS}
    if len(known) < _FEWEST_KNOWN or not after or (after[0].text and not _RULE.fullmatch(after[0].text)):
        return record
    return _parted(record, after[0].end, known, block)


def _parted(record: Record, end: int, known: Mapping[str, str], block: list[Line]) -> Record:
    """Return a record without its header, which ends at `end`; as it was if nothing follows."""
    rest = record.text[end:]
    start = end + len(rest) - len(rest.lstrip(" \t\r\n\f\v"))
    if start == len(record.text):
        return record
    fields = {label(line.text).replace(" ", "_"): value(line.text) for line in block if label(line.text) not in _KEYS}
    source = {"date_source": "header line"} if known.get("date") else {}
    below = {"text": record.text[start:], "file_start": start, "fields": {**fields, **record.fields}}
    return Record(**{**record._asdict(), **known, **source, **below})
