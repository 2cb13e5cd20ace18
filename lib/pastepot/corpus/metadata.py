"""What is known about an article from outside its text: the rows of metadata.csv, and the date in a file's name."""

import csv
import io
import re
from collections.abc import Callable, Collection, Mapping
from pathlib import PurePosixPath

from pastepot import errors
from pastepot.corpus import encoding
from pastepot.corpus.dates import stated_date
from pastepot.corpus.records import Found, Problem, Record

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
    for folder in sorted(folders, key=lambda folder: (len(folder.parts), folder)):
        found = content((folder / METADATA).as_posix())
        if isinstance(found, Problem):
            complaints.append(found)
        elif found is not None:
            rows, wrong = metadata_rows(found, names, folder.as_posix())
            complaints += wrong
            known |= {name: known.get(name, {}) | row for name, row in rows.items()}
    return known, complaints


def metadata_rows(
    data: bytes, names: Collection[str], folder: str = ""
) -> tuple[dict[str, dict[str, str]], list[Problem]]:
    r"""Return the rows of a metadata.csv by file, and a problem for each row that names none of `names`.

    A row's `file` is relative to `folder`, where the metadata.csv lies.

    Raises
    ------
    PastepotError
        If two rows say different things of a file.

    Examples
    --------
    >>> rows, wrong = metadata_rows(b"file,outlet\na.txt,Gazette\n../b.txt,Post\n", {"a.txt"})
    >>> rows, wrong[0].where, wrong[0].reason
    ({'a.txt': {'outlet': 'Gazette'}}, 'line 3', 'names a file outside the folder: ../b.txt')
    """
    path = (PurePosixPath(folder) / METADATA).as_posix()
    text = encoding.decode(data).text.lstrip("\ufeff")
    header, _, body = text.partition("\n")
    delimiter = next((one for one in ",;\t" if "file" in header.lower().strip().split(one)), ",")
    try:
        rows = list(csv.DictReader(io.StringIO(f"{header.lower()}\n{body}", newline=""), delimiter=delimiter))
    except csv.Error as error:
        return {}, [Problem(path, "", f"not a table that can be read: {error}")]
    if rows and "file" not in rows[0]:
        return {}, [Problem(path, "", f"no column 'file'; it has {', '.join(map(repr, rows[0]))}")]
    known: dict[str, dict[str, str]] = {}
    complaints = []
    for number, row in enumerate(rows, start=2):
        file = (row.pop("file") or "").strip().replace("\\", "/")
        name = (PurePosixPath(folder) / file).as_posix()
        values = {key: value.strip() for key, value in row.items() if key and isinstance(value, str)}
        if PurePosixPath(file).is_absolute() or ".." in PurePosixPath(file).parts:
            complaints.append(Problem(path, f"line {number}", f"names a file outside the folder: {file}"))
        elif name not in names:
            complaints.append(Problem(path, f"line {number}", f"names a file that is not there: {file or '(none)'}"))
        elif known.setdefault(name, values) != values:
            raise errors.PastepotError(
                f"{path} must say one thing of a file; line {number} says another of {file!r} than a line above it. "
                "Keep one of them."
            )
    return known, complaints


def with_metadata(found: Found, row: Mapping[str, str]) -> Found:
    """Return a record with the fields of its metadata row; what the file itself states stays.

    A text file without a date gets the one in its name.
    """
    if isinstance(found, Problem):
        return found
    rest = {name: value for name, value in row.items() if name not in _FIELDS}
    if row:
        known = {name: getattr(found, name) or row.get(name, "") for name in _FIELDS}
        source = METADATA if known["date"] and not found.date else found.date_source
        found = Record(**{**found._asdict(), **known, "date_source": source, "fields": {**rest, **found.fields}})
    day = date_in_name(found.path) if found.reader == "txt" and not found.date else ""
    return found._replace(date=day, date_source="file name") if day else found


def date_in_name(path: str) -> str:
    """Return the day in a file's name as YYYY-MM-DD, if it holds just one.

    >>> date_in_name("2030/gazette_2031-01-14_ferry.txt"), date_in_name("20310114.txt"), date_in_name("id-20319914.txt")
    ('2031-01-14', '2031-01-14', '')
    >>> date_in_name("2031-01-14_to_2031-01-20.txt")
    ''
    """
    days = {stated_date(match) for match in _DATE.findall(PurePosixPath(path).name)}
    only = days.pop() if len(days) == 1 else None
    return only.isoformat() if only else ""
