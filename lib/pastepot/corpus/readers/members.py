"""Members of zip files (archives, Word and Excel files), read in memory and within limits; nothing is ever unpacked."""

import io
import lzma
import stat
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import NamedTuple

TROUBLE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, RuntimeError, LookupError
)  # fmt: skip
"""What the standard library raises on a broken member (`struct.error` comes wrapped as `BadZipFile`)."""
_SMALL = 1_000_000
_ENCRYPTED = 0x1


class Limits(NamedTuple):
    """How many members a file may have, how many bytes they may unpack to, and how often the file's own size."""

    members: int
    size: int
    ratio: int


DOCUMENT = Limits(10_000, 100_000_000, 100)
ARCHIVE = Limits(200_000, 4_000_000_000, 100)


class UnfitError(ValueError):
    """A file or member that is not taken in; the message is the reason, in words."""


def open_archive(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """Return the zip file that `data` holds.

    Raises
    ------
    UnfitError
        If it is none, or goes beyond `limits`.

    Examples
    --------
    >>> open_archive(b"no zip", DOCUMENT)
    Traceback (most recent call last):
    ...
    pastepot.corpus.readers.members.UnfitError: it cannot be unpacked: File is not a zip file
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except TROUBLE as error:
        raise UnfitError(f"it cannot be unpacked: {error}") from error
    members = archive.infolist()
    size = sum(member.file_size for member in members)
    if len(members) > limits.members:
        raise UnfitError(f"it has {len(members):,} members; the most allowed are {limits.members:,}")
    if size > limits.size:
        raise UnfitError(f"it unpacks to {size:,} bytes; the most allowed are {limits.size:,}")
    if size > max(_SMALL, limits.ratio * len(data)):
        raise UnfitError(f"it unpacks to more than {limits.ratio} times its size, as only a zip bomb does")
    return archive


def content(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Return a member's bytes, never more than it declares.

    Raises
    ------
    UnfitError
        If it is encrypted, a link, or damaged.
    """
    if member.flag_bits & _ENCRYPTED:
        raise UnfitError("it is encrypted; unpack it with its password first")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise UnfitError("a link; links are not followed")
    try:
        with archive.open(member) as stream:
            return stream.read(member.file_size)
    except TROUBLE as error:
        raise UnfitError(f"it cannot be unpacked: {error}") from error


def part(data: bytes, name: str) -> bytes:
    """Return one named part of a Word or Excel file.

    Raises
    ------
    UnfitError
        If the file is no zip file, goes beyond the limits of a document, or lacks the part.
    """
    archive = open_archive(data, DOCUMENT)
    try:
        member = archive.getinfo(name)
    except KeyError as error:
        raise UnfitError(f"it lacks its part {name}") from error
    return content(archive, member)


def is_outside(name: str) -> bool:
    r"""Return whether a name points out of the folder it is meant for.

    >>> is_outside("../../x.txt"), is_outside("C:\\x.txt"), is_outside("a/b.txt")
    (True, True, False)
    """
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or name[1:2] == ":" or "\x00" in name
