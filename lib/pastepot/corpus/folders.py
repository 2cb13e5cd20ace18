"""Sources to files: which files a source holds, which reader takes each, and what is passed over, in words."""

import csv
import io
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from pastepot import errors
from pastepot.corpus import encoding
from pastepot.corpus.formats.jsonl import read_jsonl
from pastepot.corpus.formats.plain import read_plain
from pastepot.corpus.records import Found, Problem, Reader

READERS: Mapping[str, Reader] = {".txt": read_plain, ".jsonl": read_jsonl, ".jsonl.gz": read_jsonl}
METADATA = "metadata.csv"
SIDECARS = (METADATA, "articles.toml", "README.md", "README.txt", "gold", ".gitkeep", ".DS_Store", "Thumbs.db")
"""What may lie beside articles without being one: metadata, notes, a folder of gold labels."""
_FIELDS = ("title", "outlet", "date", "author")


def reader_for(name: str) -> Reader | None:
    """Return the reader for a file name, or None.

    >>> reader_for("a.TXT") is read_plain, reader_for("a.png")
    (True, None)
    """
    lower = name.lower()
    for ending in sorted(READERS, key=len, reverse=True):
        if lower.endswith(ending):
            return READERS[ending]
    return None


def found_in(source: Path) -> Iterator[Found]:
    """Yield what a file or folder holds, file by file in order of their paths.

    Raises
    ------
    PastepotError
        If there is no such file or folder, or the folder holds no file at all.
    """
    if source.is_file():
        yield from _read_file(source, source.name)
    elif source.is_dir():
        yield from _found_in_folder(source)
    elif source.exists():
        raise errors.PastepotError(f"source must be a file or folder; {source} is neither.")
    else:
        raise errors.PastepotError(f"source must be a file or folder that exists; there is no {source}.")


def _found_in_folder(folder: Path) -> Iterator[Found]:
    """Yield what each file below a folder holds, with its metadata joined on."""
    paths = sorted(_files(folder), key=lambda path: path.relative_to(folder).as_posix())
    if not paths:
        raise errors.PastepotError(f"source must hold articles; the folder {folder} is empty. Put .txt files into it.")
    metadata, complaints = _metadata(folder, {path.relative_to(folder).as_posix() for path in paths})
    yield from complaints
    for path in paths:
        name = path.relative_to(folder).as_posix()
        for found in _read_file(path, name):
            yield _with_metadata(found, metadata.get(name, {}))


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder that are not sidecars and not hidden."""
    for path in folder.iterdir():
        if path.name in SIDECARS or path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _files(path)
        else:
            yield path


def _read_file(path: Path, name: str) -> Iterator[Found]:
    """Yield what one file holds, or why it was not read."""
    reader = reader_for(name)
    if path.is_symlink():
        yield Problem(name, "", "a link; links are not followed")
    elif reader is None:
        yield Problem(name, "", f"no reader for this kind of file; readable are {', '.join(READERS)}")
    else:
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                yield Problem(name, "", "not a regular file")
                return
            data = path.read_bytes()
        except OSError as error:
            yield Problem(name, "", f"cannot be opened: {error.strerror}")
            return
        yield from reader(name, data)


def _metadata(folder: Path, names: set[str]) -> tuple[dict[str, dict[str, str]], list[Problem]]:
    """Return the rows of metadata.csv by file, and a problem for each row that names none of `names`."""
    path = folder / METADATA
    if not path.is_file():
        return {}, []
    rows = list(csv.DictReader(io.StringIO(encoding.decode(path.read_bytes()).text.lstrip("\ufeff"))))
    known: dict[str, dict[str, str]] = {}
    complaints = []
    for number, row in enumerate(rows, start=2):
        file = (row.get("file") or "").strip().replace("\\", "/")
        where = f"line {number}"
        if PurePosixPath(file).is_absolute() or ".." in PurePosixPath(file).parts:
            complaints.append(Problem(METADATA, where, f"names a file outside the folder: {file}"))
        elif file not in names:
            complaints.append(Problem(METADATA, where, f"names a file that is not there: {file or '(none)'}"))
        elif file in known:
            raise errors.PastepotError(f"{METADATA} must name each file once; {file!r} stands again on line {number}.")
        else:
            known[file] = {str(key): (value or "").strip() for key, value in row.items() if key and key != "file"}
    return known, complaints


def _with_metadata(found: Found, row: Mapping[str, str]) -> Found:
    """Return a record with the fields of its metadata row; what the file itself states stays."""
    if isinstance(found, Problem) or not row:
        return found
    given = {name: row[name] for name in _FIELDS if row.get(name) and not getattr(found, name)}
    rest = {name: value for name, value in row.items() if name not in _FIELDS and isinstance(value, str)}
    return found._replace(**given, fields={**rest, **found.fields})
