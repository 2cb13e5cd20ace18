"""Tables as text: .csv (commas, semicolons or tabs) and .tsv, one article a row."""

import csv
import io
from collections.abc import Iterator, Sequence

from pastepot.corpus import encoding
from pastepot.corpus.readers.rows import misfit, row_found
from pastepot.corpus.records import Found, Problem, Record

_LONGEST_FIELD = 2**31 - 1


def read_delimited(path: str, data: bytes) -> Iterator[Found]:
    r"""Yield the articles of a table with a `text` column, and a problem for each row that gives none.

    A .tsv file is parted by tabs, a .csv file by whichever of comma, semicolon and tab gives a column `text`. Every
    field is text: `null`, `NA` and `nan` stay what they are. A text in quotation marks may hold line breaks.

    >>> [found.text for found in read_delimited("a.csv", b"id;text\n1;NA\n2;The ferry, late, sails.\n")]
    ['NA', 'The ferry, late, sails.']
    >>> list(read_delimited("b.csv", b"id,body\n1,x\n"))
    [Problem(path='b.csv', where='', reason="no column 'text'; it has 'id', 'body'")]
    """
    kind = encoding.detect_binary(data)
    if kind:
        yield Problem(path, "", f"not a table of text: it is {kind}")
        return
    text, name, replaced = encoding.decode(data)
    text = text.removeprefix("\ufeff")
    if not text.strip():
        yield Problem(path, "", "the file is empty")
        return
    yield from encoding.undecoded_problem(path, replaced, name)
    csv.field_size_limit(_LONGEST_FIELD)  # left so: the standard library's own limit would refuse a long read
    yield from _rows_found(path, text, name)


def _rows_found(path: str, text: str, name: str) -> Iterator[Found]:
    """Yield what the rows of a decoded table hold."""
    delimiters = "\t" if path.lower().endswith(".tsv") else ",;\t"
    delimiter = next((one for one in delimiters if "text" in _header(text, one)), delimiters[0])
    header = _header(text, delimiter)
    if misfit(header):
        yield Problem(path, "", misfit(header))
        return
    number = 0
    for number, row in enumerate(_rows(text, delimiter)):
        if isinstance(row, csv.Error):
            yield Problem(path, f"row {number}", f'its quotation marks do not match ({row}); write " as ""')
        elif row and number:
            yield from _row_found(header, row, path, f"row {number}", name)
    if not number:
        yield Problem(path, "", "the table has no rows")


def _rows(text: str, delimiter: str) -> Iterator[list[str] | csv.Error]:
    """Yield the rows of a table, the names of its columns first; an error in place of a row that cannot be read."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        try:
            yield next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield error


def _header(text: str, delimiter: str) -> list[str]:
    """Return the column names of a table."""
    first = next(_rows(text, delimiter), [])
    return [] if isinstance(first, csv.Error) else [name.strip() for name in first]


def _row_found(header: Sequence[str], row: Sequence[str], path: str, where: str, name: str) -> list[Found]:
    """Return the article of one row, or the reason why it holds none."""
    if len(row) != len(header):
        return [Problem(path, where, f"it has {len(row):,} fields where the first line names {len(header):,}")]
    values = {column: value for column, value in zip(header, row, strict=True) if column}
    found = row_found(values, path, where, "tsv" if path.lower().endswith(".tsv") else "csv")
    return [one._replace(encoding=name) if isinstance(one, Record) else one for one in found]
