"""Zip archives, read in memory and within limits."""

import io
import stat
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import format_examples as examples
import pytest

from pastepot.corpus.readers.archive import open_archive, read_zip
from pastepot.corpus.records import Problem, Record, UnreadableError
from pastepot.corpus.source_files import read_files

Read = Callable[[bytes], list[Any]]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Read]:
    """Return a function that reads an archive of given bytes, and check that it leaves no other file."""

    def read(data: bytes) -> list[Any]:
        (tmp_path / "a.zip").write_bytes(data)
        return list(read_files(tmp_path / "a.zip"))

    yield read
    assert [path.name for path in tmp_path.rglob("*")] == ["a.zip"]


def test_members_are_read_by_their_kind_with_their_metadata(opened: Read) -> None:
    found = opened(examples.archive())
    assert [(one.path, one.text) for one in found] == [
        ("a.zip/news/2031-05-07 b.txt", examples.PORT),
        ("a.zip/news/a.txt", examples.FERRY),
        *(("a.zip/news/more/rows.csv", text) for text in examples.TEXTS),
    ]
    assert [(one.outlet, one.date, one.date_source) for one in found[:2]] == [
        ("", "2031-05-07", "file name"),
        ("Gazette", "2031-05-05", "metadata.csv"),
    ]


@pytest.mark.parametrize("name", ["../../x.txt", "/etc/x.txt", "C:\\x.txt", "a/../../x.txt", "..\\x.txt"])
def test_a_name_that_points_outside_is_refused(opened: Read, name: str) -> None:
    found = opened(examples.zipped({name: b"Bad.", "good.txt": b"The ferry sails."}))
    assert [one.text for one in found if isinstance(one, Record)] == ["The ferry sails."]
    assert [one.reason for one in found if isinstance(one, Problem)] == ["its name points outside the archive"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"no zip", "it cannot be unpacked: File is not a zip file"),
        (examples.zipped({}), "the archive holds no file"),
        (examples.zipped({".DS_Store": b"x"}), "the archive holds no file"),
        (examples.zipped({"b.zip": examples.archive()}), "an archive inside an archive; unpack the outer one first"),
        (examples.zipped({"B.ZIP": examples.archive()}), "an archive inside an archive; unpack the outer one first"),
        (examples.zipped({"x.pdf": b"%PDF"}), "the PDF could not be taken apart (PdfStreamError)"),
        (examples.zipped({"a.txt": b""}), "the file is empty"),
        (
            examples.zipped({"a.txt": b"x" * 10_000_000}),
            "it unpacks to more than 100 times its size, as only a zip bomb does",
        ),
    ],
)
def test_an_archive_without_articles_is_a_problem(opened: Read, data: bytes, reason: str) -> None:
    assert [one.reason for one in opened(data)] == [reason]


def test_encrypted_and_linked_members_are_refused(opened: Read) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/hostname")
        archive.writestr("locked.txt", "secret")
    data = bytearray(held.getvalue())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert [one.reason for one in opened(bytes(data))] == [
        "a link; links are not followed",
        "it is encrypted; unpack it with its password first",
    ]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_second_member_of_one_name_is_told(opened: Read) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.txt", "One.")
        archive.writestr("a.txt", "Two.")
    first, second = opened(held.getvalue())
    assert first.text == "One."
    assert second == Problem("a.zip/a.txt", "", "a member of this name was read already")


def test_too_many_members_are_refused_before_any_is_read() -> None:
    data = examples.zipped({f"{number}": b"" for number in range(30)})
    with pytest.raises(UnreadableError, match=r"^it has 30 members; the most allowed are 20$"):
        open_archive(data, members=20, size=100)
    with pytest.raises(UnreadableError, match=r"^it unpacks to 101 bytes; the most allowed are 100$"):
        open_archive(examples.zipped({"a": b"x" * 101}), members=20, size=100)


def test_a_small_archive_may_unpack_to_any_ratio(opened: Read) -> None:
    (found,) = opened(examples.zipped({"a.txt": b"x" * 1_000_000}))
    assert isinstance(found, Record)
    (found,) = opened(examples.zipped({"a.txt": b"x" * 1_000_001}))
    assert isinstance(found, Problem)


def test_members_that_overlap_are_a_bomb() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0.txt", "x" * 900_000)
        first = archive.filelist[0]
        for number in range(1, 500):
            other = zipfile.ZipInfo(f"{number}.txt")
            for name in ("header_offset", "CRC", "compress_size", "file_size", "compress_type"):
                setattr(other, name, getattr(first, name))
            archive.filelist.append(other)
    start = time.process_time()
    (found,) = read_zip("a.zip", held.getvalue(), is_skipped=lambda _: False, read=lambda *_: iter(()))
    assert isinstance(found, Problem)
    assert found.reason == "it unpacks to more than 100 times its size, as only a zip bomb does"
    assert time.process_time() - start < 20


def test_an_archive_may_have_as_many_members_and_bytes_as_its_limits_say() -> None:
    data = examples.zipped({f"{number}": b"x" * 5 for number in range(20)})
    assert len(open_archive(data, members=20, size=100).infolist()) == 20
