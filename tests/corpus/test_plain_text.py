"""What is known about a text file from its header lines, its name, and the metadata.csv beside it."""

import time
from pathlib import Path

import format_examples as examples
import pytest

from pastepot.corpus.corpus import articles
from pastepot.corpus.metadata import date_in_name
from pastepot.corpus.read import read
from pastepot.corpus.readers.plain_text import read_text
from pastepot.corpus.records import Problem, Record
from pastepot.corpus.source_files import READERS, explain_unread, read_files


def only(data: bytes) -> Record:
    (found,) = read_text("a.txt", data)
    assert isinstance(found, Record)
    return found


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_header_lines_are_metadata_and_no_text(line_end: bytes, mark: bytes) -> None:
    data = mark + examples.HEADED.replace(b"\n", line_end)
    found = only(data)
    assert (found.title, found.date, found.outlet, found.author) == ("Ferry late", "2031-01-14", "Gazette", "Ada Quay")
    assert found.date_source == "header line"
    assert found.text.strip() == examples.FERRY
    assert data.decode()[found.file_start :] == found.text


@pytest.mark.parametrize(
    "head",
    [
        "Title: A\nBy: B\n---\n",
        "---\nTitle: A\nBy: B\n---\n",
        "title: A\nAUTHOR: B\n\n\n",
        "Headline: A\nDesk: local\nByline: B\n\n",
    ],
)
def test_a_header_may_be_written_in_several_ways(head: str) -> None:
    found = only(f"{head}The ferry sails.\n".encode())
    assert (found.title, found.author, found.text) == ("A", "B", "The ferry sails.\n")


@pytest.mark.parametrize(
    "text",
    [
        "Title: A\n\nThe ferry sails.",
        "Title: A\nBy: B\nThe ferry sails.",
        "Mayor: no ferry.\nPort: closed.\n\nThe ferry sails.",
        "The ferry sails.\nTitle: A\nBy: B\n\nText.",
        "Title: A\nBy: B\n\n",
        "Title: A\nBy: B",
        "Title: A\nTitle: B\n\nText.",
    ],
)
def test_text_that_only_looks_like_a_header_stays(text: str) -> None:
    found = only(text.encode())
    assert (found.text, found.title, found.file_start) == (text, "", 0)


@pytest.mark.parametrize("attack", [" ", "\n", "a:", "Title: A\n", "_", "\r", "1 of 2 ", " \t"])
def test_hostile_heads_take_no_long_time(attack: str) -> None:
    start = time.process_time()
    list(read_text("a.txt", (attack * 100_000).encode()))
    assert time.process_time() - start < 20


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2031-05-07.txt", "2031-05-07"),
        ("gazette_20310507_ferry.txt", "2031-05-07"),
        ("2031-05-07 again 20310507.txt", "2031-05-07"),
        ("2030-01-01/ferry.txt", ""),
        ("2031-13-07.txt", ""),
        ("12031-05-07.txt", ""),
        ("203105071.txt", ""),
        ("2031-05-07_2031-05-08.txt", ""),
        ("070531.txt", ""),
    ],
)
def test_a_date_in_a_name_must_be_the_only_one(name: str, day: str) -> None:
    assert date_in_name(name) == day


def test_each_date_says_where_it_comes_from(tmp_path: Path) -> None:
    (tmp_path / "2031-05-07 a.txt").write_text("The ferry sails.")
    (tmp_path / "2031-05-07 b.txt").write_bytes(examples.HEADED)
    (tmp_path / "2031-05-07 c.txt").write_text("The crews wait.")
    (tmp_path / "d.txt").write_text("The port waits.")
    (tmp_path / "metadata.csv").write_text(
        "file,date,outlet\n2031-05-07 c.txt,2031-05-09,Post\n2031-05-07 b.txt,2031-05-09,Post\n"
    )
    table = articles(read(tmp_path))
    assert table["date"].dt.strftime("%Y-%m-%d").fillna("").tolist() == ["2031-05-07", "2031-01-14", "2031-05-09", ""]
    assert table["date_source"].tolist() == ["file name", "header line", "metadata.csv", "none"]
    assert table["outlet"].tolist() == ["", "Gazette", "Post", ""]
    assert table["file_start"].tolist() == [0, examples.HEADED.index(b"The ferry"), 0, 0]


def test_every_file_of_a_folder_is_an_article_or_a_problem(tmp_path: Path) -> None:
    for name, data in examples.VALID.items():
        (tmp_path / name).write_bytes(data)
    for name in ("a.pdf", "b.json", "c.rtf", "d.warc.gz", "e.doc", "f.odd"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "page_files").mkdir()
    (tmp_path / "page_files" / "logo.png").write_bytes(b"\x89PNG")
    found = list(read_files(tmp_path))
    counts = {
        name: sum(one.path.split("/")[0] == name for one in found if isinstance(one, Record)) for name in examples.VALID
    }
    assert counts == dict(examples.ARTICLES)
    assert [(one.path, one.reason) for one in found if isinstance(one, Problem)] == [
        ("a.pdf", "not a PDF file: it does not start as one"),
        ("b.json", "not a JSON object: Expecting value: line 1 column 1 (char 0)"),
        ("book.xlsx", "the text is empty"),
        ("c.rtf", "not an RTF file: it does not start as one"),
        ("d.warc.gz", "web archives are not read; take the pages out as .html, for example with warcio"),
        ("e.doc", "old Word files are not read; open it in Word or LibreOffice and save it as .docx"),
        ("f.odd", f"no reader for this kind of file; readable are {', '.join(READERS)}"),
        ("table.parquet", "the text is empty"),
    ]
    assert explain_unread("x.odd") == found_reason(found, "f.odd")


@pytest.mark.parametrize("ending", READERS)
@pytest.mark.parametrize("data", [b"", b" \n"])
def test_a_file_without_content_is_told_whatever_its_kind(tmp_path: Path, ending: str, data: bytes) -> None:
    (tmp_path / f"a{ending}").write_bytes(data)
    (tmp_path / "b.zip").write_bytes(examples.zipped({f"a{ending}": data}))
    inside = Problem(f"b.zip/a{ending}", "", "the file is empty")
    assert list(read_files(tmp_path / f"a{ending}")) == [Problem(f"a{ending}", "", "the file is empty")]
    assert ending == ".zip" or list(read_files(tmp_path / "b.zip")) == [inside]


def found_reason(found: list[Record | Problem], path: str) -> str:
    return next(one.reason for one in found if isinstance(one, Problem) and one.path == path)


def test_the_whole_folder_becomes_a_corpus_with_its_table(tmp_path: Path) -> None:
    for name, data in examples.VALID.items():
        if examples.ARTICLES[name] == 1 or "nexis" in name or "proquest" in name:  # the tables share the ids 1, 2, 3
            (tmp_path / name).write_bytes(data)
    table = articles(read(tmp_path))
    assert table["doc_id"].tolist() == [
        "headed.txt", "nexis.docx article 1", "nexis.docx article 2", "nexis.txt article 1", "nexis.txt article 2",
        "nexis.txt article 3", "page.html", "plain.txt", "proquest.txt record 1", "proquest.txt record 2",
    ]  # fmt: skip


@pytest.mark.parametrize("name", sorted(examples.VALID))
def test_a_single_file_is_a_source_too(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(examples.VALID[name])
    if name == "archive.zip":  # its table's ids are unique, its texts have names
        assert len(read(tmp_path / name)) == 5
    assert sum(isinstance(one, Record) for one in read_files(tmp_path / name)) == examples.ARTICLES[name]
    assert len(articles(read(tmp_path / name))) == examples.ARTICLES[name]


@pytest.mark.parametrize(("count", "taken"), [(19, True), (20, True), (21, False)])
def test_a_header_has_twenty_lines_at_most(count: int, taken: bool) -> None:  # noqa: FBT001 (a case of the table)
    further = "".join(f"Desk {chr(97 + number)}: port\n" for number in range(count - 2))
    found = only(f"Title: Ferry late\nDate: 2031-01-14\n{further}\nThe ferry sails.".encode())
    assert (found.text == "The ferry sails.", found.title == "Ferry late") == (taken, taken)


@pytest.mark.parametrize(("lines", "taken"), [(0, False), (1, False), (2, True), (3, True)])
def test_a_header_needs_two_lines_of_known_names(lines: int, taken: bool) -> None:  # noqa: FBT001 (a case of the table)
    known = ["Title: Ferry late", "Date: 2031-01-14", "Author: Ada Quay"][:lines]
    found = only("\n".join(["Desk: port", *known, "", "The ferry sails."]).encode())
    assert (found.text == "The ferry sails.") is taken


def test_a_feed_is_no_text_however_its_first_tag_is_written() -> None:
    for start in ("<?xml version='1.0'?>", "<rss>", "\ufeff\n<RSS>", "<Feed>"):
        (found,) = read_text("a.txt", f"{start}The ferry sails.".encode())
        assert isinstance(found, Problem)


def test_a_header_without_a_date_is_no_source_of_one() -> None:
    assert only(b"Title: Ferry late\nBy: Ada Quay\n\nThe ferry sails.").date_source == ""
