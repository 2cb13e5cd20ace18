"""Tables of articles, one article a row: .csv, .tsv, .jsonl, .xlsx and .parquet files, and data frames."""

import contextlib
import csv
import gzip
import io
import itertools
import json
import warnings
from collections.abc import Iterator, Mapping
from typing import Any, Protocol, runtime_checkable

import pandas as pd

from pastepot import errors
from pastepot.corpus import encoding
from pastepot.corpus.readers.archive import open_document
from pastepot.corpus.readers.rows import Columns, read_row, read_rows
from pastepot.corpus.records import Found, Problem, Record, UnreadableError, explain_errors, reader

_DECODER = json.JSONDecoder()
_MOST_BYTES = 4_000_000_000
_LONGEST_FIELD = 2**31 - 1
_ROWS_AT_ONCE = 10_000


@runtime_checkable
class ArrowTable(Protocol):
    """A data frame of another library than pandas: what can be read as Arrow's stream of record batches."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...


def read_frame(source: pd.DataFrame | ArrowTable, columns: Columns | None = None) -> Iterator[Found]:
    """Yield the articles of a data frame with a column of texts, and a problem for each row without text.

    >>> next(read_frame(pd.DataFrame({"text": ["The ferry sails."], "doc_id": ["a"]}))).doc_id
    'a'
    """
    frame = source if isinstance(source, pd.DataFrame) else _to_pandas(source)
    rows = (
        (Record("", "(data frame)", "frame", where=f"row {number}", label=str(index)), values, "")
        for number, (index, *values) in enumerate(frame.itertuples(name=None), start=1)
    )
    return read_rows("(data frame)", [str(name) for name in frame.columns], rows, columns or Columns())


def _to_pandas(table: ArrowTable) -> pd.DataFrame:
    """Return a data frame of another library as one of pandas, its whole numbers whole."""
    import pyarrow  # noqa: ICN001, PLC0415 (absent in the browser)

    try:
        return pyarrow.table(table).to_pandas(integer_object_nulls=True)  # type: ignore[no-any-return]
    except (TypeError, ValueError) as error:
        raise errors.PastepotError(f"source must be a table with named columns; got {type(table).__name__}.") from error


@reader
def read_delimited(path: str, data: bytes, columns: Columns | None = None) -> Iterator[Found]:
    r"""Yield the articles of a table with a column of texts, and a problem for each row that gives none.

    A .tsv file is split at tabs, a .csv file at whichever of comma, semicolon, tab and | gives a column of texts. Every
    field is text: `null`, `NA` and `nan` stay what they are. A text in quotation marks may contain line breaks.

    >>> [found.text for found in read_delimited("a.csv", b"id;Text\n1;NA\n2;The ferry, late, sails.\n")]
    ['NA', 'The ferry, late, sails.']
    >>> list(read_delimited("b.csv", b"id,text\n"))
    [Problem(path='b.csv', where='', reason='the table has no rows')]
    """
    text, name, problems = encoding.decode_file(path, data, "a table of text")
    yield from problems
    columns, text = columns or Columns(), text.removeprefix("\ufeff")
    csv.field_size_limit(_LONGEST_FIELD)  # left so: the standard library's own limit would refuse a long read
    kind, delimiters = ("tsv", "\t") if path.lower().endswith(".tsv") else ("csv", ",;\t|")
    tables = {delimiter: _csv_rows(text, delimiter) for delimiter in delimiters}
    headers = {delimiter: [name.strip() for name in next(rows, (0, [], ""))[1]] for delimiter, rows in tables.items()}
    fitting = [mark for mark, names in headers.items() if Columns(columns.named).lay_out(tuple(names))["text"]]
    delimiter = fitting[0] if fitting else max(delimiters, key=lambda mark: len(headers[mark]))
    header, cells = headers[delimiter], tables[delimiter]
    del tables  # each held a copy of the text
    rows = ((Record("", path, kind, name, where=f"row {number}"), row, error) for number, row, error in cells)
    yield from read_rows(path, header, rows, columns)


def _csv_rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str], str]]:
    """Yield number and cells of each row that is not blank, the names of columns first, and why it cannot be read."""
    rows, width = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 0
    for number in itertools.count(1):
        try:
            row, error = next(rows), ""
        except StopIteration:
            return
        except csv.Error as wrong:
            row, error = [], f'its quotation marks do not match ({wrong}); write " as ""'
        width = width or len(row)
        if row and len(row) != width:
            error = f"it has {len(row):,} fields where the first line names {width:,}"
        if row or error:
            yield number, row, error


@reader
def read_json(path: str, data: bytes, columns: Columns | None = None) -> Iterator[Found]:
    """Yield an article for each object of a JSON list, or of the only list in an object, else for each line.

    >>> [found.where for found in read_json("a.json", b'{"articles": [{"text": "It sails."}]}')]
    ['row 1']
    """
    with contextlib.suppress(ValueError, RecursionError):
        value = json.loads(data)
        if isinstance(value, dict):
            lists = [one for one in value.values() if isinstance(one, list)]
            value = lists[0] if len(lists) == 1 and all(isinstance(one, dict) for one in lists[0]) else [value]
        data = b"\n".join(json.dumps(one).encode() for one in value) if isinstance(value, list) else data
    yield from read_jsonl(path, data, columns)


@reader
def read_jsonl(path: str, data: bytes, columns: Columns | None = None) -> Iterator[Found]:
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
    columns = columns or Columns()
    for number, line in enumerate(data.split(b"\n"), start=1):
        if line.strip():
            place, (row, error) = Record("", path, "jsonl", where=f"row {number}"), _json_object(line)
            yield from [Problem(path, place.where, error)] if error else read_row(row, place, columns)


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
def read_excel(path: str, data: bytes, columns: Columns | None = None) -> Iterator[Found]:
    """Yield the articles of a workbook's sheets with a column of texts, and a problem for each other row or sheet.

    A cell's value is taken, of a formula the value that Excel stored with it.

    >>> [found.reason for found in read_excel("a.xlsx", b"The ferry sails.")]
    ['not an Excel workbook (.xlsx): it cannot be unpacked: File is not a zip file']
    """
    missing = "Excel files need openpyxl, which this Python lacks; save it as .csv"
    with explain_errors("the workbook is damaged ({})", missing=missing, prefix="not an Excel workbook (.xlsx): "):
        sheets = _sheets(data)
    if not sheets:
        raise UnreadableError("the workbook is empty")
    for title, table in sheets.items():
        (_, *first), *cells = table.itertuples(name=None)
        header = [str(name).strip() for name in first]
        sheet = f"sheet {title}, " if len(sheets) > 1 else ""
        rows = ((Record("", path, "xlsx", where=f"{sheet}row {index + 1}"), row, "") for index, *row in cells)
        for found in read_rows(path, header, rows, columns or Columns()):
            yield found if found.where else found._replace(where=f"sheet {title}")


def _sheets(data: bytes) -> dict[str, pd.DataFrame]:
    """Return the rows that have a cell, by the titles of their sheets, the numbers as the workbook has them."""
    open_document(data, "workbook")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about drawings and validations, which hold no articles
        as_stored: dict[str, Any] = {"header": None, "dtype": object, "na_filter": False, "engine": "openpyxl"}
        sheets = pd.read_excel(io.BytesIO(data), sheet_name=None, **as_stored)
    filled = {title: sheet[(sheet != "").any(axis=1)] for title, sheet in sheets.items()}
    return {title: sheet for title, sheet in filled.items() if len(sheet)}


@reader
def read_parquet(path: str, data: bytes, columns: Columns | None = None) -> Iterator[Found]:
    """Yield the articles of a Parquet table with a column of texts, and a problem for each row without text.

    >>> list(read_parquet("a.parquet", b"PAR1"))
    [Problem(path='a.parquet', where='', reason='not a Parquet table, or a damaged one')]
    """
    missing = "Parquet tables need pyarrow, which this Python lacks; save it as .jsonl"
    with explain_errors("not a Parquet table, or a damaged one", missing=missing):
        import pyarrow.parquet as parquet  # noqa: PLC0415, PLR0402 (absent in the browser)

        table = parquet.ParquetFile(io.BytesIO(data))
        about = table.metadata
        if sum(max(0, about.row_group(group).total_byte_size) for group in range(about.num_row_groups)) > _MOST_BYTES:
            raise UnreadableError(f"it unpacks to more than {_MOST_BYTES:,} bytes; split it into several files")
        batches = (batch.to_pylist() for batch in table.iter_batches(batch_size=_ROWS_AT_ONCE))
        cells = (row.values() for row in itertools.chain.from_iterable(batches))
        rows = ((Record("", path, "parquet", where=f"row {n}"), row, "") for n, row in enumerate(cells, start=1))
        yield from read_rows(path, table.schema_arrow.names, rows, columns or Columns())
