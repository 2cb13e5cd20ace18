"""Bad inputs: each file is read, or refused in one sentence; the rest of its folder goes on."""

import time
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

import format_examples as examples
import pytest

from pastepot.corpus.corpus import articles
from pastepot.corpus.read import read
from pastepot.corpus.records import Problem, Record
from pastepot.corpus.source_files import read_files
from pastepot.errors import PastepotError

Case = Mapping[str, object]
CASES: list[Case] = tomllib.loads(
    (Path(__file__).resolve().parent.parent / "cases" / "bad_inputs.toml").read_text(encoding="utf-8")
)["case"]
SOUND = "The port waits for its ferry."


def docx_bomb() -> bytes:
    return examples.zipped({"word/document.xml": b"<w>" + b" " * 10_000_000 + b"</w>"})


def slip() -> bytes:
    return examples.zipped({"../../x.txt": b"Bad.", "a.txt": b"The ferry sails."})


def entity_bomb() -> bytes:
    levels = "".join(f'<!ENTITY x{level} "{f"&x{level - 1};" * 10}">' for level in range(1, 11))
    return f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x0 "ha">{levels}]><rss>&x10;</rss>'.encode()


def nested() -> bytes:
    return b"<html><body>" + b"<div>" * 20_000 + b"The ferry." + b"</div>" * 20_000 + b"</body></html>"


MADE: Mapping[str, Callable[[], bytes]] = {maker.__name__: maker for maker in (docx_bomb, slip, entity_bomb, nested)}


def content(case: Case) -> bytes:
    """Return the bytes of a case's file."""
    if "made" in case:
        return MADE[str(case["made"])]()
    if "hex" in case:
        return bytes.fromhex(str(case["hex"]))
    return str(case["text"]).encode() * int(str(case.get("repeat", 1)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with one sound article, to which a bad file is added."""
    (tmp_path / "zz sound.txt").write_text(SOUND, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['id']} {case['label']}")
def test_a_bad_file_is_read_or_refused_in_a_sentence(folder: Path, case: Case) -> None:
    if "needs" in case:
        pytest.importorskip(str(case["needs"]))
    (folder / str(case["file"])).write_bytes(content(case))
    start = time.process_time()
    found = list(read_files(folder))
    assert time.process_time() - start < 20
    texts = [one.text for one in found if isinstance(one, Record)]
    assert texts.pop() == SOUND
    assert [one.reason for one in found if isinstance(one, Problem)] == case.get("problems", [])
    if "articles" in case:
        assert len(texts) == case["articles"]
    else:
        assert texts == case.get("texts", [])


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if "needs" not in case and case["id"] != "B57"],
    ids=lambda case: f"{case['id']} {case['label']}",
)
def test_a_bad_file_does_not_stop_its_folder(folder: Path, case: Case) -> None:
    (folder / str(case["file"])).write_bytes(content(case))
    assert articles(read(folder))["doc_id"].iloc[-1] == "zz sound.txt"


def test_the_same_article_under_two_names_is_two_articles(folder: Path) -> None:
    """B48: finding that they are one is the business of passages."""
    (folder / "copy.txt").write_text(SOUND, encoding="utf-8")
    assert [one.path for one in read_files(folder) if isinstance(one, Record)] == ["copy.txt", "zz sound.txt"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("../../etc/passwd,x", "names a file outside the folder: ../../etc/passwd"),
        ("/etc/passwd,x", "names a file outside the folder: /etc/passwd"),
        ("gone.txt,x", "names a file that is not there: gone.txt"),
        (",x", "names a file that is not there: (none)"),
    ],
)
def test_a_metadata_row_that_names_no_article_is_told(folder: Path, row: str, reason: str) -> None:
    """B66, B67, B69."""
    (folder / "metadata.csv").write_text(f"file,outlet\nzz sound.txt,Gazette\n{row}\n", encoding="utf-8")
    first, second = read_files(folder)
    assert first == Problem("metadata.csv", "line 3", reason)
    assert isinstance(second, Record)
    assert second.outlet == "Gazette"


def test_a_file_named_twice_in_the_metadata_stops_before_any_work(folder: Path) -> None:
    """B69."""
    (folder / "metadata.csv").write_text("file,outlet\nzz sound.txt,A\nzz sound.txt,B\n", encoding="utf-8")
    with pytest.raises(PastepotError) as raised:
        list(read_files(folder))
    assert str(raised.value) == (
        "metadata.csv must say one thing of a file; line 3 says another of 'zz sound.txt' than a line above it. "
        "Keep one of them."
    )


def test_a_doc_id_that_stands_twice_is_named(folder: Path) -> None:
    """B69."""
    (folder / "a.jsonl").write_text('{"text": "One.", "id": "1"}\n{"text": "Two.", "id": "1"}\n', encoding="utf-8")
    with pytest.raises(PastepotError) as raised:
        read(folder)
    assert str(raised.value) == (
        "doc_id must be unique; '1' occurs in a.jsonl row 1 and in a.jsonl row 2. "
        "Rename them, or leave that column out: articles are then named by file and row."
    )


@pytest.mark.parametrize("name", ["link.txt", "link", "metadata.csv"])
def test_a_link_is_not_followed(folder: Path, tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    """B68."""
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.txt").write_text("Secret.", encoding="utf-8")
    (folder / name).symlink_to(outside / "secret.txt" if "." in name else outside)
    first, second = read_files(folder)
    assert first == Problem(name, "", "a link; links are not followed")
    assert isinstance(second, Record)
    assert second.text == SOUND
