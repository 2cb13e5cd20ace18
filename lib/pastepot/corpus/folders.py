"""Sources to files: which files a source holds, which reader takes each, and what is passed over, in words."""

import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from pastepot import errors
from pastepot.corpus.formats.archive import read_zip
from pastepot.corpus.kinds import ARCHIVE, reader_for, why_unread
from pastepot.corpus.metadata import METADATA, metadata_rows, with_metadata
from pastepot.corpus.records import Found, Problem

SIDECARS = (METADATA, "articles.toml", "README.md", "README.txt", "gold", ".gitkeep", ".DS_Store", "Thumbs.db")
"""What may lie beside articles without being one: metadata, notes, a folder of gold labels."""


def found_in(source: Path) -> Iterator[Found]:
    """Yield what a file or folder holds, file by file in order of their paths.

    Raises
    ------
    PastepotError
        If there is no such file or folder, or the folder holds no file at all.
    """
    if source.is_file():
        yield from (with_metadata(found, {}) for found in _read_file(source, source.name))
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
            yield with_metadata(found, metadata.get(name, {}))


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
    if path.is_symlink():
        yield Problem(name, "", "a link; links are not followed")
        return
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            yield Problem(name, "", "not a regular file")
            return
        data = path.read_bytes() if _is_read(name) else b""
    except OSError as error:
        yield Problem(name, "", f"cannot be opened: {error.strerror}")
        return
    if name.lower().endswith(ARCHIVE):
        yield from read_zip(name, data, passed_over=_is_beside, read=_read_bytes)
    else:
        yield from _read_bytes(name, data)


def _is_read(name: str) -> bool:
    """Return whether a file of this name is opened at all."""
    return name.lower().endswith(ARCHIVE) or reader_for(name) is not None


def _read_bytes(name: str, data: bytes) -> Iterator[Found]:
    """Yield what the bytes of a file hold, or why there is no reader for them."""
    reader = reader_for(name)
    return reader(name, data) if reader else iter([Problem(name, "", why_unread(name))])


def _is_beside(name: str) -> bool:
    """Return whether a member of an archive lies beside articles without being one."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(part in SIDECARS or part == "__MACOSX" or (part.startswith(".") and part != "..") for part in parts)


def _metadata(folder: Path, names: set[str]) -> tuple[dict[str, dict[str, str]], list[Problem]]:
    """Return the rows of a folder's metadata.csv by file, and what is wrong with them."""
    path = folder / METADATA
    if path.is_symlink():
        return {}, [Problem(METADATA, "", "a link; links are not followed")]
    try:
        return metadata_rows(path.read_bytes(), names) if path.is_file() else ({}, [])
    except OSError as error:
        return {}, [Problem(METADATA, "", f"cannot be opened: {error.strerror}")]
