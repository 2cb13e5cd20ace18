"""Text, looked at before it is read: a database export of many articles, a form that is refused, or one article."""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
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
    yield from problems
    for looks_like, read in ((_XML.match, read_xml), (_JSON.match, read_json), (_is_table, read_delimited)):
        if looks_like(text.lstrip("\ufeff" + BLANKS)):
            yield from read(path, text.lstrip("\ufeff").encode() if name.startswith("utf-16") else data)
            return
    notes = ("not UTF-8; read as Windows-1252 (cp1252)",) if name == "cp1252" else ()
    source = Record(text, path, "txt", name)
    articles = read_export(source)
    if articles is None:
        refuse_many(text)
        articles = iter([split_header(source._replace(notes=notes))])
    yield from read_stretches(source, articles)


def _is_table(text: str) -> bool:
    """Return whether the first line of a text names columns of a table: that of its texts, and another known one."""
    header = re.split(r"[\r\n]", text[:_LONGEST_HEADER], maxsplit=1)[0]
    names = (dict.fromkeys(name.strip(' "') for name in header.split(delimiter)) for delimiter in "\t;,|")
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
    head = split_lines(record.text[:_LONGEST_HEADER])
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
    source = "header line" if known.get("date") else record.date_source
    return record._replace(**known, date_source=source, text=below, file_start=start, fields=fields)


# --- a look before reading ------------------------------------------------------------


def read_export(source: Record) -> Iterator[Found] | None:
    """Return the articles of the export that the text of `source` is, None if it is none that is read.

    >>> read_export(Record("The ferry sails.", "a.txt", "txt"))
    """
    text = plain_lines(source.text)
    return next((read_layout(source, layout) for layout in _LAYOUTS if layout.fits(text)), None)


def refuse_many(text: str) -> None:
    r"""Do nothing if a text may be one article.

    Raises
    ------
    UnreadableError
        If it has the marks of a form that is not read, or the ends of several articles; the message says how to get on.

    Examples
    --------
    >>> refuse_many("**** *outlet_post *year_2031\nThe ferry sails.")
    Traceback (most recent call last):
    ...
    pastepot.corpus.records.UnreadableError: a corpus in the form of Alceste and Iramuteq (1 text) is not read;
    save the text below each line of stars as a .txt of its own, or all of them as a table with a column text
    """
    text = plain_lines(text)
    for name, form in _UNREAD.items() if _MARKS.search(text) else ():
        found = len(re.findall(form["mark"], text, re.MULTILINE))
        if found >= form["fewest"]:
            raise UnreadableError(f"{name} ({count_noun(found, form['unit'])}) is not read; {form['way']}")


def read_stretches(source: Record, articles: Iterable[Found]) -> Iterator[Found]:
    """Yield what a text file has, in its order, with its line each article that is a stretch of it."""
    line, done = 1, 0
    for found in articles:
        if isinstance(found, Record) and source.text.startswith(found.text, found.file_start):
            line, done = line + count_line_ends(source.text, done, found.file_start), found.file_start
            found = found._replace(line=line)  # noqa: PLW2901 (the same article)
        yield found


def read_extracted(source: Record) -> Iterator[Found]:
    """Yield the articles of a text that was taken out of a file of another kind: those of an export, else the text.

    Their characters are counted in the article's own text.
    """
    articles = read_export(source)
    if articles is None:
        refuse_many(source.text)
        articles = iter([source])
    yield from (found._replace(file_start=0) if isinstance(found, Record) else found for found in articles)
