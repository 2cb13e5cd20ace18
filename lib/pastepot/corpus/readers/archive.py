"""Zip archives: each member read in memory by the reader of its kind, with the metadata.csv that lies beside it."""

import zipfile
from collections.abc import Callable, Iterator
from functools import partial

from pastepot.corpus.metadata import add_metadata, all_metadata
from pastepot.corpus.readers import members
from pastepot.corpus.records import Found, Problem, Record

ReadMember = Callable[[str, bytes], Iterator[Found]]
_ARCHIVES = (".zip", ".tar", ".tgz", ".tar.gz", ".7z", ".rar")


def read_zip(path: str, data: bytes, *, passed_over: Callable[[str], bool], read: ReadMember) -> Iterator[Found]:
    """Yield what the members of a zip archive hold, in order of their names; members that `passed_over` names excepted.

    `read` takes a member's name in the archive and its bytes. The names in what comes back start with `path`.

    >>> [found.reason for found in read_zip("a.zip", b"no", passed_over=bool, read=lambda *_: iter(()))]
    ['it cannot be unpacked: File is not a zip file']
    """
    try:
        archive = members.open_archive(data, members.ARCHIVE)
    except members.UnfitError as error:
        yield Problem(path, "", str(error))
        return
    inside = [member for member in archive.infolist() if not member.is_dir() and not passed_over(member.filename)]
    if not inside:
        yield Problem(path, "", "the archive holds no file")
    metadata, complaints = all_metadata({member.filename for member in inside}, partial(_beside, archive))
    yield from (_below(path, complaint) for complaint in complaints)
    seen: set[str] = set()
    for member in sorted(inside, key=lambda member: (member.filename, member.header_offset)):
        for found in _member_found(archive, member, seen, read):
            yield _below(path, add_metadata(found, metadata.get(member.filename, {})))
        seen.add(member.filename)


def _below(path: str, found: Found) -> Found:
    """Return what a member holds under the name of its archive."""
    below = f"{path}/{found.path}"
    if isinstance(found, Record) and found.doc_id.startswith(found.path):
        found = found._replace(doc_id=f"{path}/{found.doc_id}")
    return found._replace(path=below)


def _member_found(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, seen: set[str], read: ReadMember
) -> Iterator[Found]:
    """Yield what one member holds, or why it was not read."""
    name = member.filename
    if members.is_outside(name):
        yield Problem(name, "", "its name points outside the archive")
    elif name.lower().endswith(_ARCHIVES):
        yield Problem(name, "", "an archive inside an archive; unpack the outer one first")
    elif name in seen:
        yield Problem(name, "", "a member of this name was read already")
    else:
        data = _content(archive, member)
        yield from [data] if isinstance(data, Problem) else read(name, data)


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes | Problem:
    """Return the bytes of a member, or why they are not taken."""
    try:
        return members.content(archive, member)
    except members.UnfitError as error:
        return Problem(member.filename, "", str(error))


def _beside(archive: zipfile.ZipFile, name: str) -> bytes | Problem | None:
    """Return the bytes of the member of a name, why they are not taken, or None if there is none inside."""
    member = None if members.is_outside(name) else archive.NameToInfo.get(name)
    return _content(archive, member) if member else None
