"""Sources to files: which files a source holds, which reader takes each, and what is passed over, in words."""

import os
import stat
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path, PurePosixPath

from pastepot import errors
from pastepot.corpus.kinds import ARCHIVE, choose_reader, explain_unread
from pastepot.corpus.metadata import METADATA, add_metadata, all_metadata, printable
from pastepot.corpus.readers.archive import read_zip
from pastepot.corpus.records import Found, Problem

SIDECARS = (METADATA, "articles.toml", "README.md", "README.txt", "gold", ".gitkeep", ".DS_Store", "Thumbs.db")
"""What may lie beside articles without being one: metadata, notes, a folder of gold labels."""


def find_files(source: Path) -> Iterator[Found]:
    """Yield what a file or folder holds, file by file in order of their paths.

    Raises
    ------
    PastepotError
        If there is no such file or folder, or the folder holds no file at all.
    """
    if source.is_file():
        yield from _found_among([source], source.parent, alone=True)
    elif source.is_dir():
        paths = sorted(_files(source), key=lambda path: path.relative_to(source).as_posix())
        if not paths:
            raise errors.PastepotError(
                f"source must hold articles; the folder {source} is empty. Put .txt files into it."
            )
        yield from _found_among(paths, source, alone=False)
    elif source.exists():
        raise errors.PastepotError(f"source must be a file or folder; {source} is neither.")
    else:
        raise errors.PastepotError(f"source must be a file or folder that exists; there is no {source}.")


def _found_among(paths: Sequence[Path], folder: Path, *, alone: bool) -> Iterator[Found]:
    """Yield what some files below a folder hold, with the metadata beside them; of a file alone other rows are none."""
    names = {path.relative_to(folder).as_posix(): path for path in paths}
    metadata, complaints = all_metadata(names, partial(_beside, folder))
    yield from (one for one in complaints if not (alone and one.where))
    read: set[str] = set()
    for own_name, path in names.items():
        name = printable(own_name)
        alike = Problem(name, "", "another file's name, shown as text, is the same; rename one of them")
        for found in [alike] if name in read else _read_file(path, name):
            yield add_metadata(found, metadata.get(own_name, {}))
        read.add(name)


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder that are not sidecars and not hidden."""
    for path in folder.iterdir():
        if path.name in SIDECARS or path.name.startswith(".") or _is_page_furniture(path):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _files(path)
        else:
            yield path


def _is_page_furniture(path: Path) -> bool:
    """Return whether a path is the folder of pictures and scripts that a browser saves beside a page."""
    page = path.name.removesuffix("_files")
    return page != path.name and any((path.parent / f"{page}{ending}").is_file() for ending in (".html", ".htm"))


def _read_file(path: Path, name: str) -> Iterator[Found]:
    """Yield what one file holds, or why it was not read."""
    data = _content(path, name)
    if isinstance(data, Problem):
        yield data
    elif name.lower().endswith(ARCHIVE) and data.strip():
        yield from read_zip(name, data, passed_over=_is_sidecar, read=_read_bytes)
    else:
        yield from _read_bytes(name, data)


def _content(path: Path, name: str) -> bytes | Problem:
    """Return the bytes of a file if there is a reader for them, or why it is not opened."""
    if path.is_symlink():
        return Problem(name, "", "a link; links are not followed")
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return Problem(name, "", "not a regular file")
        return path.read_bytes() if _is_read(name) else b""
    except OSError as error:
        return Problem(name, "", f"cannot be opened: {error.strerror}")


def _beside(folder: Path, name: str) -> bytes | Problem | None:
    """Return the bytes of the file of a name, why it is not opened, or None if there is none."""
    return _content(folder / name, printable(name)) if os.path.lexists(folder / name) else None


def _is_read(name: str) -> bool:
    """Return whether a file of this name is opened at all."""
    return name.lower().endswith(ARCHIVE) or choose_reader(name) is not None


def _read_bytes(name: str, data: bytes) -> Iterator[Found]:
    """Yield what the bytes of a file hold, or why there is none or no reader for them."""
    reader = choose_reader(name)
    if _is_read(name) and (not data or data.isspace()):
        return iter([Problem(name, "", "the file is empty")])
    return reader(name, data) if reader else iter([Problem(name, "", explain_unread(name))])


def _is_sidecar(name: str) -> bool:
    """Return whether a member of an archive lies beside articles without being one."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(part in SIDECARS or part == "__MACOSX" or (part.startswith(".") and part != "..") for part in parts)
