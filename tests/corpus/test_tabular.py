"""Tables of articles: .csv, .tsv, .xlsx, .parquet."""

import io
import sys

import format_examples as examples
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pastepot.corpus.readers.tabular import read_delimited, read_excel, read_frame, read_parquet
from pastepot.corpus.records import Problem, Record


def texts(found: list[Record | Problem]) -> list[str]:
    return [one.text for one in found if isinstance(one, Record)]


def reasons(found: list[Record | Problem]) -> list[tuple[str, str]]:
    return [(one.where, one.reason) for one in found if isinstance(one, Problem)]


def missing(has: str, likely: str) -> str:
    """Return why a table without a known column of texts is not read."""
    call = f'pp.read(..., columns={{"text": "{likely}"}}) or --columns text={likely}'
    return f"no column 'text'; it has {has}; if {likely!r} is it, read by {call}"


@pytest.mark.parametrize(("name", "data"), [("a.csv", examples.CSV), ("a.tsv", examples.TSV)])
def test_every_row_of_a_table_is_an_article(name: str, data: bytes) -> None:
    found = list(read_delimited(name, data))
    assert texts(found) == list(examples.TEXTS)
    assert [one.outlet for one in found if isinstance(one, Record)] == ["Gazette", "Post", "Post"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_of_a_csv_file_is_found(delimiter: str) -> None:
    data = f'id{delimiter}text\n1{delimiter}"{examples.STRIKE}"\n'.encode()
    assert texts(list(read_delimited("a.csv", data))) == [examples.STRIKE]


@pytest.mark.parametrize(
    "term", ["null", "NA", "NaN", "nan", "None", "", "1e5", "TRUE", "007", '=HYPERLINK("x")', "-2+3"]
)
def test_a_field_stays_the_text_it_is(term: str) -> None:
    quoted = term.replace('"', '""')
    (found,) = read_delimited("a.csv", f'text,desk\nThe ferry.,"{quoted}"\n'.encode())
    assert isinstance(found, Record)
    assert found.fields == {"desk": term}


def test_line_breaks_inside_a_text_do_not_part_rows() -> None:
    text = "one\r\ntwo\x0bthree\x1cfour\x85five\u2028six\rseven"
    assert texts(list(read_delimited("a.csv", f'text\r\n"{text}"\r\nnext\r\n'.encode()))) == [text, "next"]


def test_a_text_is_the_bytes_of_its_field() -> None:
    data = "text;id\n„Grüße“ – vom Hafen;1\n".encode("cp1252")
    (found,) = read_delimited("a.csv", data)
    assert isinstance(found, Record)
    assert found.text.encode(found.encoding) == data[8:-3]


def test_a_text_of_a_million_characters_is_read() -> None:
    assert [len(text) for text in texts(list(read_delimited("a.csv", b"text\n" + b"x" * 1_000_000)))] == [1_000_000]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", [("", "the file is empty")]),
        (b"text\n", [("", "the table has no rows")]),
        (b"text,id\n", [("", "the table has no rows")]),
        (b"text,text\na,b\n", [("", "the column 'text' occurs twice")]),
        (b"id,words\n1,a long text\n", [("", missing("'id' and 'words'", "words"))]),
        (b"text,id\na,b,c\n", [("row 2", "it has 3 fields where the first line names 2")]),
        (b"text,id\n,b\n", [("row 2", "the text is empty")]),
        (b'text,id\n"a\n', [("row 2", 'its quotation marks do not match (unexpected end of data); write " as ""')]),
        (b"\x89PNG\r\n", [("", "not a table of text: it is a PNG picture")]),
    ],
)
def test_a_table_that_cannot_be_read_is_a_problem(data: bytes, expected: list[tuple[str, str]]) -> None:
    found = list(read_delimited("a.csv", data))
    assert reasons(found) == expected
    assert not texts(found)


def test_rows_after_a_broken_one_are_read() -> None:
    found = list(read_delimited("a.csv", b'text,id\n"a"b,1\nc,2\n\nd,3\n'))
    assert texts(found) == ["c", "d"]
    assert [where for where, _ in reasons(found)] == ["row 2"]


def test_a_workbook_gives_its_rows() -> None:
    found = list(read_excel("a.xlsx", examples.excel()))
    assert texts(found) == [examples.FERRY, "NA"]
    assert reasons(found) == [("row 5", "the text is empty")]
    assert isinstance(found[0], Record)
    assert dict(found[0].fields) == {"votes": "3"}
    assert found[0].doc_id == "1"


def test_a_sheet_without_text_is_a_problem_beside_one_with() -> None:
    book = openpyxl.Workbook()
    book.active.append(["text"])
    book.active.append([examples.FERRY])
    book.create_sheet("Other").append(["words"])
    book["Other"].append(["a text"])
    held = io.BytesIO()
    book.save(held)
    found = list(read_excel("a.xlsx", held.getvalue()))
    assert texts(found) == [examples.FERRY]
    assert reasons(found) == [("sheet Other", missing("'words'", "words"))]
    assert [one.where for one in found if isinstance(one, Record)] == ["sheet Sheet, row 2"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"no workbook", "not an Excel workbook (.xlsx): it cannot be unpacked: File is not a zip file"),
        (examples.zipped({"x.xml": b"<x/>"}), "the workbook is damaged (KeyError)"),
        (
            examples.zipped({"x.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}),
            "not an Excel workbook (.xlsx): it declares entities, as no workbook does",
        ),
    ],
)
def test_a_file_that_is_no_workbook_is_a_problem(data: bytes, reason: str) -> None:
    assert reasons(list(read_excel("a.xlsx", data))) == [("", reason)]


def test_without_its_package_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    assert reasons(list(read_excel("a.xlsx", examples.excel()))) == [
        ("", "Excel files need openpyxl, which this Python lacks; save it as .csv")
    ]


def test_an_empty_workbook_is_a_problem() -> None:
    held = io.BytesIO()
    openpyxl.Workbook().save(held)
    assert reasons(list(read_excel("a.xlsx", held.getvalue()))) == [("", "the workbook is empty")]


def test_a_parquet_table_gives_its_rows() -> None:
    found = list(read_parquet("a.parquet", examples.parquet()))
    assert texts(found) == [examples.FERRY, "null"]
    assert reasons(found) == [("row 3", "the text is empty")]


@pytest.mark.parametrize(
    ("columns", "reason"),
    [({"words": ["x"]}, missing("'words'", "words")), ({"text": pa.array([], pa.string())}, "the table has no rows")],
)
def test_a_parquet_table_without_articles_is_a_problem(columns: dict[str, list[str]], reason: str) -> None:
    held = io.BytesIO()
    pq.write_table(pa.table(columns), held)
    assert reasons(list(read_parquet("a.parquet", held.getvalue()))) == [("", reason)]


@pytest.mark.parametrize("data", [b"PAR1", b"no table", examples.parquet()[:-9], examples.parquet()[9:]])
def test_a_damaged_parquet_table_is_a_problem(data: bytes) -> None:
    assert reasons(list(read_parquet("a.parquet", data))) == [("", "not a Parquet table, or a damaged one")]


def test_a_comma_is_tried_before_a_semicolon_and_that_before_a_tab() -> None:
    assert texts(list(read_delimited("a.csv", b"text,a;text\n1,2;3\n"))) == ["1"]
    assert texts(list(read_delimited("a.csv", b"text;a\ttext\n1;2\t3\n"))) == ["1"]


def test_a_moment_in_a_data_frame_is_written_as_iso_8601_has_it() -> None:
    (found,) = read_frame(pd.DataFrame({"text": ["The ferry sails."], "seen": [pd.Timestamp("2031-01-14 08:05")]}))
    assert isinstance(found, Record)
    assert found.fields == {"seen": "2031-01-14T08:05:00"}
