"""Zip files: archives of articles, and the parts of Word and Excel files; read in memory, within limits."""

import io
import stat
from collections.abc import Callable, Iterator
from zipfile import ZipFile, ZipInfo

from pastepot.corpus.metadata import add_metadata, collect_metadata, is_outside
from pastepot.corpus.records import Found, Reader, UnreadableError, reader

_SMALL = 1_000_000
_RATIO = 100
_ENCRYPTED = 0x1
_ARCHIVES = (".zip", ".tar", ".tgz", ".tar.gz", ".7z", ".rar")


@reader
def read_zip(path: str, data: bytes, *, is_skipped: Callable[[str], bool], read: Reader) -> Iterator[Found]:
    """Yield what the members of a zip archive hold, in order of their names, without those that `is_skipped` names.

    `read` takes a member's name in the archive and its bytes. The names in what comes back start with `path`.

    >>> [found.reason for found in read_zip("a.zip", b"no", is_skipped=bool, read=lambda *_: iter(()))]
    ['it cannot be unpacked: File is not a zip file']
    """
    archive = open_archive(data, members=200_000, size=4_000_000_000)
    inside = [member for member in archive.infolist() if not member.is_dir() and not is_skipped(member.filename)]
    if not inside:
        raise UnreadableError("the archive holds no file")
    names, there = {member.filename for member in inside}, archive.NameToInfo
    rows, complaints = collect_metadata(
        names, lambda name: read_member(archive, there[name]) if name in there else None
    )
    yield from (complaint._replace(path=f"{path}/{complaint.path}") for complaint in complaints)
    seen: set[str] = set()
    for member in sorted(inside, key=lambda member: (member.filename, member.header_offset)):
        for found in _read_one(member.filename, member, archive, seen, read):
            found = add_metadata(found, rows.get(member.filename, {}))  # noqa: PLW2901 (the same article)
            yield found._replace(path=f"{path}/{found.path}")


@reader
def _read_one(name: str, member: ZipInfo, archive: ZipFile, seen: set[str], read: Reader) -> Iterator[Found]:
    """Yield what one member holds, or why it was not read."""
    if is_outside(name):
        raise UnreadableError("its name points outside the archive")
    if name.lower().endswith(_ARCHIVES):
        raise UnreadableError("an archive inside an archive; unpack the outer one first")
    if name in seen:
        raise UnreadableError("a member of this name was read already")
    seen.add(name)
    yield from read(name, read_member(archive, member))


def open_archive(data: bytes, *, members: int = 10_000, size: int = 100_000_000) -> ZipFile:
    """Return the zip file that `data` holds, with at most so many `members` and, unpacked, a `size` in bytes.

    Raises
    ------
    UnreadableError
        If it is none, or goes beyond these limits.

    Examples
    --------
    >>> open_archive(b"no zip")
    Traceback (most recent call last):
    ...
    pastepot.corpus.records.UnreadableError: it cannot be unpacked: File is not a zip file
    """
    try:
        archive = ZipFile(io.BytesIO(data))
    except Exception as error:
        raise UnreadableError(f"it cannot be unpacked: {error}") from error
    count, unpacked = len(archive.infolist()), sum(member.file_size for member in archive.infolist())
    if count > members:
        raise UnreadableError(f"it has {count:,} members; the most allowed are {members:,}")
    if unpacked > size:
        raise UnreadableError(f"it unpacks to {unpacked:,} bytes; the most allowed are {size:,}")
    if unpacked > max(_SMALL, _RATIO * len(data)):
        raise UnreadableError(f"it unpacks to more than {_RATIO} times its size, as only a zip bomb does")
    return archive


def read_member(archive: ZipFile, member: ZipInfo) -> bytes:
    """Return a member's bytes, never more than it declares.

    Raises
    ------
    UnreadableError
        If it is encrypted, a link, or damaged.
    """
    if member.flag_bits & _ENCRYPTED:
        raise UnreadableError("it is encrypted; unpack it with its password first")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise UnreadableError("a link; links are not followed")
    try:
        with archive.open(member) as stream:
            return stream.read(member.file_size)
    except Exception as error:
        raise UnreadableError(f"it cannot be unpacked: {error}") from error


def open_document(data: bytes, kind: str) -> ZipFile:
    """Return the zip file that a Word or Excel file is.

    Raises
    ------
    UnreadableError
        If it is no zip file, goes beyond the limits of a document, or has a part that declares entities, as no `kind`
        does.
    """
    archive = open_archive(data)
    parts = [member for member in archive.infolist() if member.filename.endswith(".xml")]
    if any(b"<!DOCTYPE" in read_member(archive, part) for part in parts):
        raise UnreadableError(f"it declares entities, as no {kind} does")
    return archive
