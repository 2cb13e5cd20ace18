"""What is known about an article from outside its text: the rows of metadata.csv, and the date in a file's name."""

import csv
import io
import os
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from pastepot import errors
from pastepot.corpus import encoding
from pastepot.corpus.dates import parse_date
from pastepot.corpus.records import Found, Problem

METADATA = "metadata.csv"
_FIELDS = ("title", "outlet", "date", "author")
_DATE = re.compile(r"(?<!\d)(?:\d{4}-\d{2}-\d{2}|(?:19|20)\d{6})(?!\d)")


def all_metadata(
    names: Collection[str], content: Callable[[str], bytes | Problem | None]
) -> tuple[dict[str, dict[str, str]], list[Problem]]:
    """Return what every metadata.csv in a folder of the files `names` says of each, and what is wrong with its rows.

    `content` gives the bytes of a file, why it cannot be read, or None where there is none. The metadata.csv that lies
    nearest to a file has the last word.
    """
    known: dict[str, dict[str, str]] = {}
    complaints: list[Problem] = []
    folders = {folder for name in names for folder in PurePosixPath(name).parents}
    there = {_composed(name): name for name in names} | {name: name for name in names}
    for folder in sorted(folders, key=lambda folder: (len(folder.parts), folder)):
        found = content((folder / METADATA).as_posix())
        if isinstance(found, Problem):
            complaints.append(found)
        elif found is not None:
            rows, wrong = metadata_rows(found, there, folder.as_posix())
            complaints += wrong
            known |= {name: known.get(name, {}) | row for name, row in rows.items()}
    return known, complaints


def metadata_rows(
    data: bytes, names: Mapping[str, str], folder: str = ""
) -> tuple[dict[str, dict[str, str]], list[Problem]]:
    r"""Return the rows of a metadata.csv by file, and a problem for each row that names none of `names`.

    A row's `file` is relative to `folder`, where the metadata.csv lies. `names` gives the name of each file by itself
    and by its composed form (NFC): some systems write the é of a file's name as two characters, a table as one.

    Raises
    ------
    PastepotError
        If two rows say different things of a file.

    Examples
    --------
    >>> rows, wrong = metadata_rows(b"file,outlet\na.txt,Gazette\n../b.txt,Post\n", {"a.txt": "a.txt"})
    >>> rows, wrong[0].where, wrong[0].reason
    ({'a.txt': {'outlet': 'Gazette'}}, 'line 3', 'names a file outside the folder: ../b.txt')
    """
    path = printable((PurePosixPath(folder) / METADATA).as_posix())
    text = encoding.decode(data).text.lstrip("\ufeff")
    try:
        columns, rows = _table(text)
    except csv.Error as error:
        return {}, [Problem(path, "", f"not a table that can be read: {error}")]
    if rows and "file" not in columns:
        return {}, [Problem(path, "", f"no column 'file'; it has {', '.join(map(repr, columns))}")]
    known: dict[str, dict[str, str]] = {}
    complaints = []
    for number, row in rows:
        values = {column: value for column, value in zip(columns, row, strict=False) if column}
        file = values.pop("file", "").replace("\\", "/")
        stated = (PurePosixPath(folder) / file).as_posix()
        name = names.get(stated) or names.get(_composed(stated))
        if PurePosixPath(file).is_absolute() or ".." in PurePosixPath(file).parts:
            complaints.append(Problem(path, f"line {number}", f"names a file outside the folder: {file}"))
        elif name is None:
            complaints.append(Problem(path, f"line {number}", f"names a file that is not there: {file or '(none)'}"))
        elif known.setdefault(name, values) != values:
            raise errors.PastepotError(
                f"{path} must say one thing of a file; line {number} says another of {file!r} than a line above it. "
                "Keep one of them."
            )
    return known, complaints


def _table(text: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return the names of a table's columns and its rows, parted by whichever mark gives a column `file`."""
    headers = {mark: [name.lower() for name in next(_rows(text, mark), (1, []))[1]] for mark in ",;\t"}
    delimiter = next((mark for mark, names in headers.items() if "file" in names), ",")
    return headers[delimiter], list(_rows(text, delimiter))[1:]


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a table that are not blank, each after the number of the line where it starts."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    line = 1
    for row in reader:
        if row:
            yield line, [cell.strip() for cell in row]
        line = reader.line_num + 1


def printable(name: str) -> str:
    r"""Return a file's name as text that can be written: a part that is not UTF-8 is read as the texts are.

    >>> printable("caf\udce9/a.txt"), printable("café/a.txt")
    ('café/a.txt', 'café/a.txt')
    """
    if not encoding.replace_surrogates(name)[1]:
        return name
    return "/".join(encoding.decode(os.fsencode(part)).text for part in name.split("/"))


def _composed(name: str) -> str:
    """Return a file's name with each accent in one character with its letter, for comparing."""
    return unicodedata.normalize("NFC", printable(name))


def add_metadata(found: Found, row: Mapping[str, str]) -> Found:
    """Return a record with the fields of its metadata row; what the file itself states stays.

    A text file without a date gets the one in its name.
    """
    if isinstance(found, Problem):
        return found
    rest = {name: value for name, value in row.items() if name not in _FIELDS}
    if row:
        known: dict[str, Any] = {name: getattr(found, name) or row.get(name, "") for name in _FIELDS}
        source = METADATA if known["date"] and not found.date else found.date_source
        found = found._replace(**known, date_source=source, fields={**rest, **found.fields})
    day = date_in_name(found.path) if found.reader == "txt" and not found.date else ""
    return found._replace(date=day, date_source="file name") if day else found


def date_in_name(path: str) -> str:
    """Return the day in a file's name as YYYY-MM-DD, if it holds just one; digits that are no day do not count.

    >>> date_in_name("2030/gazette_2031-01-14_ferry.txt"), date_in_name("20310114.txt"), date_in_name("id-20319914.txt")
    ('2031-01-14', '2031-01-14', '')
    >>> date_in_name("2031-01-14_to_2031-01-20.txt")
    ''
    """
    days = {day for match in _DATE.findall(PurePosixPath(path).name) if (day := parse_date(match))}
    return days.pop().isoformat() if len(days) == 1 else ""
