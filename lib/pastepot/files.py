"""The only writer: a file is written under another name, made durable, then renamed; and where the project's files are.

A reader sees the old file or the new one, never half of one.
"""

import contextlib
import csv
import io
import json
import os
import shutil
import tomllib
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any, BinaryIO

import pandas as pd

from pastepot import errors, escape

FORMATS = ("csv", "jsonl", "parquet")
SOURCES: set[Path] = set()
"""The files and folders whose articles were read in this process: nothing is written over a file of theirs."""
_ROWS_AT_ONCE = 4096
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode


def check_output(path: Path, *sources: Path, is_read: bool = False) -> None:
    """Do nothing if `path` may be written, else say that it is, or links to, a file of a source.

    With `is_read` it may not be a new file in a source's folder either: the next call would read it as an article.

    >>> check_output(Path("terms.csv"), Path("no/such/folder"))
    """
    real = path.resolve()
    above = [one for one in (real, *real.parents) if one.exists()]
    for source in filter(Path.exists, {*SOURCES, *sources}):
        is_inside = (is_read or real.is_file()) and any(map(source.samefile, above))
        # A link that is a name of the same file (a hard link) can lie anywhere.
        is_linked = real.is_file() and real.stat().st_nlink > 1
        if is_inside or (is_linked and any(map(real.samefile, filter(Path.is_file, source.rglob("*"))))):
            raise errors.PastepotError(
                f"out must leave the source alone; writing {path} would change {source}. Name another place."
            )


@contextlib.contextmanager
def atomic_file(path: Path) -> Iterator[BinaryIO]:
    """Open `path` for writing so that it appears complete or not at all; what a link points to is written.

    Raises
    ------
    PastepotError
        If `path` is a folder, a device, or a file of what was read in this process.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> with atomic_file(folder / "a.txt") as file:
    ...     _ = file.write(b"done")
    >>> [path.name for path in folder.iterdir()]
    ['a.txt']
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        raise errors.PastepotError(f"out: {path} is not a plain file; name another file to write to.")
    check_output(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.parent / f".{path.name[:80]}.{os.getpid()}.part"
    try:
        with aside.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


@contextlib.contextmanager
def atomic_folder(path: Path) -> Iterator[Path]:
    """Open a folder to fill that takes the place of `path` when all went well, else disappears."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.parent / f".{path.name}.{os.getpid()}.part"
    shutil.rmtree(aside, ignore_errors=True)
    old = path.parent / f".{path.name}.{os.getpid()}.old.part"
    aside.mkdir()
    try:
        yield aside
        if path.exists():
            path.replace(old)
        aside.replace(path)
    except BaseException:
        if old.exists():
            old.replace(path)
        shutil.rmtree(aside, ignore_errors=True)
        raise
    shutil.rmtree(old, ignore_errors=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the renaming itself durable, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def write(path: Path, content: str | bytes) -> Path:
    """Write `content` (text as UTF-8, line ends as they are) and return `path`."""
    with atomic_file(path) as file:
        file.write(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def write_table(frame: pd.DataFrame, path: Path, *, format: str) -> Path:  # noqa: A002 (the command line's word)
    """Write a table to `path` in one of `FORMATS` and return `path`."""
    with atomic_file(path) as file:
        stream_table(frame, file, format=format)
    return path


def stream_table(frame: pd.DataFrame, file: BinaryIO, *, format: str) -> None:  # noqa: A002 (as above)
    """Write a table to an open binary file: CSV and JSON lines in UTF-8 with line feeds, or Parquet.

    Missing values are empty in CSV and ``null`` in JSON lines; dates are ``YYYY-MM-DD``.
    """
    errors.one_of("format", format, FORMATS)
    if format == "parquet":
        frame.to_parquet(file, index=False, compression="zstd")
    elif format == "csv":
        frame.to_csv(file, index=False, encoding="utf-8", lineterminator="\n", date_format="%Y-%m-%d")
    else:
        _stream_json_lines(frame, file)


def _stream_json_lines(frame: pd.DataFrame, file: BinaryIO) -> None:
    """Write one JSON object a row."""
    names, columns = list(map(str, frame.columns)), [_as_objects(frame[name]) for name in frame.columns]
    for start in range(0, len(frame), _ROWS_AT_ONCE):
        rows = zip(*(column[start : start + _ROWS_AT_ONCE] for column in columns), strict=True)
        lines = [_ENCODE(dict(zip(names, row, strict=True))) + "\n" for row in rows]
        file.write(escape.escape_json("".join(lines)).encode("utf-8"))


def _as_objects(column: pd.Series) -> list[object]:
    """Return a column's values as JSON has them: no NaN, no time stamps."""
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        column = column.dt.strftime("%Y-%m-%d")
    return list(column.astype(object).where(column.notna(), None))


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    r"""Return rows of cells as the text of a CSV file, with line feeds.

    >>> csv_text([["text", "words"], ["The ferry, late", 3]])
    'text,words\n"The ferry, late",3\n'
    """
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


def data(path: str) -> dict[str, Any]:
    """Return what a TOML file inside the package contains: the lists and tables beside the code.

    >>> list(data("text/stop_lists.toml"))
    ['function', 'pronouns', 'negations', 'news']
    """
    return tomllib.loads(resources.files("pastepot").joinpath(path).read_text(encoding="utf-8"))


def checkout() -> Path | None:
    """Return the folder of the project's checkout that this package runs from, or None if it was installed apart."""
    folder = Path(__file__).resolve().parents[2]
    return folder if (folder / "run.py").is_file() and (folder / "notebooks").is_dir() else None
