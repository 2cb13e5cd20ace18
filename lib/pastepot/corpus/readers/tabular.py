"""Tables of articles, one article a row: .csv, .tsv, .jsonl, .xlsx and .parquet files, and data frames."""

import csv
import gzip
import io
import itertools
import json
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd

from pastepot import errors, files, wording
from pastepot.corpus import encoding
from pastepot.corpus.readers.archive import DOCUMENT, open_archive, read_member
from pastepot.corpus.records import BLANKS, Found, Problem, Record, UnreadableError, explain_errors, reader
from pastepot.wording import count_noun

_NAMES: Mapping[str, Sequence[str]] = files.data("corpus/readers/labels.toml")["columns"]
_KNOWN = {"text", *itertools.chain.from_iterable(_NAMES.values())}
_DECODER = json.JSONDecoder()
_MOST_BYTES = 4_000_000_000
_LONGEST_FIELD = 2**31 - 1
_ROWS_AT_ONCE = 10_000


def read_frame(frame: pd.DataFrame) -> Iterator[Found]:
    """Yield the articles of a data frame with a `text` column, and a problem for each row without text.

    >>> next(read_frame(pd.DataFrame({"text": ["The ferry sails."], "doc_id": ["a"]}))).doc_id
    'a'
    >>> next(read_frame(pd.DataFrame({"body": []})))
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: source lacks column 'text', it has 'body': make it with one article a row.
    """
    errors.has_columns("source", frame, ["text"], made_by="one article a row")
    names = [str(name) for name in frame.columns]
    if wrong := check_columns(names):
        raise errors.PastepotError(f"source must name each column once; {wrong}. Rename one of them.")
    for number, (index, *values) in enumerate(frame.itertuples(name=None), start=1):
        row, label = dict(zip(names, values, strict=True)), encoding.replace_surrogates(str(index))[0]
        yield from read_row(row, "(data frame)", f"row {number}", "frame", label=label)


@reader
def read_delimited(path: str, data: bytes) -> Iterator[Found]:
    r"""Yield the articles of a table with a `text` column, and a problem for each row that gives none.

    A .tsv file is split at tabs, a .csv file at whichever of comma, semicolon and tab gives a column `text`. Every
    field is text: `null`, `NA` and `nan` stay what they are. A text in quotation marks may contain line breaks.

    >>> [found.text for found in read_delimited("a.csv", b"id;text\n1;NA\n2;The ferry, late, sails.\n")]
    ['NA', 'The ferry, late, sails.']
    >>> list(read_delimited("b.csv", b"id,body\n1,x\n"))
    [Problem(path='b.csv', where='', reason="no column 'text'; it has 'id' and 'body'")]
    """
    text, name, problems = encoding.decode_file(path, data, "a table of text")
    yield from problems
    csv.field_size_limit(_LONGEST_FIELD)  # left so: the standard library's own limit would refuse a long read
    kind, delimiters = ("tsv", "\t") if path.lower().endswith(".tsv") else ("csv", ",;\t")
    text = text.removeprefix("\ufeff")
    tables = {delimiter: _csv_rows(text, delimiter) for delimiter in delimiters}
    headers = {delimiter: [name.strip() for name in next(rows, (0, [], ""))[1]] for delimiter, rows in tables.items()}
    delimiter = next((delimiter for delimiter in delimiters if "text" in headers[delimiter]), delimiters[0])
    header, rows = headers[delimiter], tables[delimiter]
    del tables  # each held a copy of the text
    if wrong := check_columns(header):
        raise UnreadableError(wrong)
    where = ""
    for number, row, error in rows:
        where = f"row {number}"
        if error:
            yield Problem(path, where, f'its quotation marks do not match ({error}); write " as ""')
        elif len(row) != len(header):
            yield Problem(path, where, f"it has {len(row):,} fields where the first line names {len(header):,}")
        else:
            values = {column: value for column, value in zip(header, row, strict=True) if column}
            yield from read_row(values, path, where, kind, name)
    if not where:
        raise UnreadableError("the table has no rows")


def _csv_rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str], str]]:
    """Yield number and cells of each row that is not blank, the names of columns first, and why it cannot be read."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    for number in itertools.count(1):
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, [], str(error)
        else:
            yield from [(number, row, "")] if row else []


@reader
def read_jsonl(path: str, data: bytes) -> Iterator[Found]:
    r"""Yield the articles of a JSON lines file, also compressed by gzip, and a problem for each line that is none.

    >>> found = list(read_jsonl("a.jsonl", b'{"text": "The ferry sails."}\n{"text": 3}\nnot json\n'))
    >>> [type(item).__name__ for item in found]
    ['Record', 'Problem', 'Problem']
    >>> list(read_jsonl("b.jsonl", b""))
    [Problem(path='b.jsonl', where='', reason='the file is empty')]
    """
    if data.startswith(b"\x1f\x8b"):
        data = _unzip(data)
    if kind := encoding.detect_binary(data):
        raise UnreadableError(f"not JSON lines: it is {kind}")
    if not data or data.isspace():
        raise UnreadableError("the file is empty")
    for number, line in enumerate(data.split(b"\n"), start=1):
        if line.strip():
            where = f"row {number}"
            row, error = _json_object(line)
            yield from [Problem(path, where, error)] if error else read_row(row, path, where, "jsonl")


def _unzip(data: bytes) -> bytes:
    """Return the content of a gzip archive, refusing one of absurd size."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as archive:
            content = archive.read(_MOST_BYTES + 1)
    except Exception as error:
        raise UnreadableError(f"the gzip archive cannot be read: {error}") from error
    if len(content) > _MOST_BYTES:
        raise UnreadableError(f"the gzip archive cannot be read: it unpacks to more than {_MOST_BYTES:,} bytes")
    return content


def _json_object(line: bytes) -> tuple[Mapping[str, object], str]:
    """Return the object that one line gives, and the reason why it gives none, if so."""
    try:
        row = _DECODER.decode(line.decode("ascii") if line.isascii() else encoding.decode(line).text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        is_clear = isinstance(error, json.JSONDecodeError)
        return {}, f"not a JSON object: {error if is_clear else 'it nests too deeply or has too long a number'}"
    return (row, "") if isinstance(row, dict) else ({}, f"not a JSON object but {type(row).__name__}")


@reader
def read_excel(path: str, data: bytes) -> Iterator[Found]:
    """Yield the articles of a workbook's sheets with a `text` column, and a problem for each other row or sheet.

    A cell's value is taken, of a formula the value that Excel stored with it.

    >>> [found.reason for found in read_excel("a.xlsx", b"The ferry sails.")]
    ['not an Excel workbook (.xlsx): it cannot be unpacked: File is not a zip file']
    """
    missing = 'Excel files need openpyxl: pip install "pastepot[excel]", or save it as .csv'
    with explain_errors("the workbook is damaged ({})", missing=missing, prefix="not an Excel workbook (.xlsx): "):
        sheets = _sheets(data)
    if not sheets:
        raise UnreadableError("the workbook is empty")
    for title, ((_, first), *rows) in sheets.items():
        header = ["" if name is None else str(name).strip() for name in first]
        if wrong := check_columns(header):
            yield Problem(path, f"sheet {title}", wrong)
            continue
        for number, row in rows:
            values = {name: value for name, value in zip(header, row, strict=False) if name and value is not None}
            where = f"sheet {title}, row {number}" if len(sheets) > 1 else f"row {number}"
            yield from read_row({"text": "", **values}, path, where, "xlsx")


def _sheets(data: bytes) -> dict[str, list[tuple[int, tuple[object, ...]]]]:
    """Return number and cells of the rows with any, by the title of the sheet, the numbers as the workbook has them."""
    archive = open_archive(data, DOCUMENT)
    parts = [member for member in archive.infolist() if member.filename.endswith(".xml")]
    if any(b"<!DOCTYPE" in read_member(archive, part) for part in parts):
        raise UnreadableError("it declares entities, as no workbook does")
    import openpyxl  # noqa: PLC0415 (an extra)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about drawings and validations, which hold no articles
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets = {}
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # files of other programs state them wrongly
            rows = enumerate(sheet.iter_rows(values_only=True), start=1)
            sheets[sheet.title] = [(number, row) for number, row in rows if any(cell is not None for cell in row)]
    return {title: rows for title, rows in sheets.items() if rows}


@reader
def read_parquet(path: str, data: bytes) -> Iterator[Found]:
    """Yield the articles of a Parquet table with a `text` column, and a problem for each row without text.

    >>> list(read_parquet("a.parquet", b"PAR1"))
    [Problem(path='a.parquet', where='', reason='not a Parquet table, or a damaged one')]
    """
    missing = "Parquet tables need pyarrow, which this Python lacks; save it as .jsonl"
    with explain_errors("not a Parquet table, or a damaged one", missing=missing):
        for number, row in enumerate(_parquet_rows(data), start=1):
            row["text"] = "" if row["text"] is None else row["text"]
            yield from read_row(row, path, f"row {number}", "parquet")


def _parquet_rows(data: bytes) -> Iterator[dict[str, object]]:
    """Yield the rows of a table, some thousands in memory at a time."""
    import pyarrow.parquet as parquet  # noqa: PLC0415, PLR0402 (absent in the browser)

    table = parquet.ParquetFile(io.BytesIO(data))
    if wrong := check_columns(table.schema_arrow.names):
        raise UnreadableError(wrong)
    about = table.metadata
    if not about.num_rows:
        raise UnreadableError("the table has no rows")
    if sum(max(0, about.row_group(group).total_byte_size) for group in range(about.num_row_groups)) > _MOST_BYTES:
        raise UnreadableError(f"it unpacks to more than {_MOST_BYTES:,} bytes; split it into several files")
    for batch in table.iter_batches(batch_size=_ROWS_AT_ONCE):
        yield from batch.to_pylist()


def check_columns(columns: Sequence[str]) -> str:
    """Return why a table with these columns cannot be read, or an empty string.

    >>> check_columns(["id", "body"]), check_columns(["text", "id", "id"]), check_columns(["text", "id"])
    ("no column 'text'; it has 'id' and 'body'", "the column 'id' occurs twice", '')
    """
    if "text" not in columns:
        has = wording.list_words((repr(name) for name in columns if name), most=8) or "none that can be read"
        return f"no column 'text'; it has {has}"
    twice = [name for name, count in Counter(columns).items() if count > 1 and name]
    return f"the column {twice[0]!r} occurs twice" if twice else ""


def read_row(
    row: Mapping[str, object], path: str, where: str, kind: str, encoding_name: str = "utf-8", *, label: str = ""
) -> list[Found]:
    """Return the article of one row, after a problem where it was repaired, or the reason why it gives none.

    >>> read_row({"text": "The ferry sails.", "id": 7, "series": "Gazette"}, "a.jsonl", "row 1", "jsonl")[0].outlet
    'Gazette'
    >>> read_row({"body": "x"}, "a.jsonl", "row 1", "jsonl")
    [Problem(path='a.jsonl', where='row 1', reason="no 'text' field; it has 'body'")]
    """
    if "text" not in row:
        has = wording.list_words((repr(str(name)) for name in row), most=8) or "nothing"
        return [Problem(path, where, f"no 'text' field; it has {has}")]
    if not isinstance(row["text"], str):
        return [Problem(path, where, f"'text' must be text; got {type(row['text']).__name__}")]
    text, replaced = encoding.replace_surrogates(row["text"])
    if not text.strip("\ufeff" + BLANKS):
        return [Problem(path, where, "the text is empty")]
    known: dict[str, Any] = {column: _first(row, names) for column, names in _NAMES.items()}
    fields = {str(name): _as_text(value) for name, value in row.items() if name not in _KNOWN}
    record = Record(text, path, kind, encoding_name, fields=fields, where=where, label=label, **known)
    if not replaced:
        return [record]
    reason = f"taken in, but {count_noun(replaced, 'lone surrogate')}, which no file can contain, became U+FFFD"
    return [Problem(path, where, reason), record]


def _first(row: Mapping[str, object], names: Sequence[str]) -> str:
    """Return the first of some fields that has a value, as text."""
    return next(filter(None, (_as_text(row[name]) for name in names if name in row)), "")


def _as_text(value: object) -> str:
    """Return a field's value as text; a missing value, a list or a table is an empty one."""
    if isinstance(value, str):
        return (value if value.isascii() else encoding.replace_surrogates(value)[0]).strip()
    if not pd.api.types.is_scalar(value) or pd.isna(value):  # type: ignore[call-overload]  # a scalar by then
        return ""
    return value.isoformat() if isinstance(value, datetime | date) else str(value)
