"""Metadata beside articles: what a table says of a file reaches it, however table and file name are written."""

import csv
import json
import unicodedata
from datetime import date

import pytest

import pastepot as pp
from pastepot.corpus.metadata import date_in_name, infer_date, parse_date, printable_name, read_metadata
from pastepot.corpus.records import Problem

THERE = {"a.txt": "a.txt", "b.txt": "b.txt"}


@pytest.mark.parametrize(
    "table",
    [
        "file,outlet,desk\na.txt,Gazette,port\n",
        "file, outlet , desk\na.txt, Gazette, port\n",
        " File;OUTLET;desk\na.txt;Gazette;port\n",
        '"file";"outlet";"desk"\n"a.txt";"Gazette";"port"\n',
        '"file", "outlet", "desk"\n"a.txt", "Gazette", "port"\n',
        '\ufeff"file"\t"outlet"\t"desk"\r\na.txt\tGazette\tport\r\n',
        "\noutlet;desk;file\rGazette;port;a.txt\r",
    ],
)
def test_a_row_says_the_same_however_its_table_is_written(table):
    assert read_metadata(table.encode(), THERE) == ({"a.txt": {"outlet": "Gazette", "desk": "port"}}, [])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_row_is_named_by_the_line_where_it_starts(end):
    lines = [
        "file,note",
        "x.txt,first",
        "",
        'a.txt,"a note',
        'of two lines"',
        'y.txt,"another',
        'note"',
        "",
        "z.txt,last",
    ]
    _, wrong = read_metadata(end.join(lines).encode(), THERE)
    assert [(one.where, one.reason[-5:]) for one in wrong] == [
        ("line 2", "x.txt"),
        ("line 6", "y.txt"),
        ("line 9", "z.txt"),
    ]


def test_a_row_that_contradicts_another_is_named_by_its_line():
    with pytest.raises(pp.PastepotError) as caught:
        read_metadata(b"file,outlet\n\na.txt,Gazette\n\na.txt,Gull\n", THERE)
    assert str(caught.value) == (
        "metadata.csv must say one thing of a file; line 5 says another of 'a.txt' than a line above it. "
        "Keep one of them."
    )


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("file,outlet,desk\na.txt\n", {}),
        ("outlet,file\nGazette,a.txt,too many\n", {"outlet": "Gazette"}),
        ("file,,outlet\na.txt,x,Gazette\n", {"outlet": "Gazette"}),
    ],
)
def test_a_row_of_another_length_gives_the_columns_it_has(table, values):
    assert read_metadata(table.encode(), THERE) == ({"a.txt": values}, [])


@pytest.mark.parametrize("table", ["", "\n\n", "file,outlet\n", "name,outlet\n"])
def test_a_table_without_rows_says_nothing(table):
    assert read_metadata(table.encode(), THERE) == ({}, [])


def test_a_table_with_a_cell_too_long_is_a_problem():
    before = csv.field_size_limit(100)
    try:
        found = read_metadata(b"file,note\na.txt," + b"x" * 101, THERE)
    finally:
        csv.field_size_limit(before)
    reason = "not a table that can be read: field larger than field limit (100)"
    assert found == ({}, [Problem("metadata.csv", "", reason)])


@pytest.mark.parametrize(("on_disk", "in_table"), [("NFD", "NFC"), ("NFC", "NFD"), ("NFD", "NFD")])
def test_a_name_is_the_same_with_its_accents_apart_or_composed(tmp_path, on_disk, in_table):
    name = unicodedata.normalize(on_disk, "fähre/café.txt")
    (tmp_path / name).parent.mkdir()
    (tmp_path / name).write_text("The ferry sails.", encoding="utf-8")
    row = unicodedata.normalize(in_table, "fähre/café.txt")
    (tmp_path / "metadata.csv").write_text(f"file,outlet\n{row},Gazette\n", encoding="utf-8")
    corpus = pp.read(tmp_path)
    assert pp.articles(corpus)[["doc_id", "outlet"]].to_numpy().tolist() == [[name, "Gazette"]]
    assert pp.problems(corpus).empty


def test_of_two_names_that_differ_in_composition_each_has_its_own_row():
    composed, apart = "caf\u00e9.txt", "cafe\u0301.txt"
    table = f"file,outlet\n{composed},Gazette\n{apart},Gull\n".encode()
    rows, wrong = read_metadata(table, {composed: composed, apart: apart})
    assert (rows, wrong) == ({composed: {"outlet": "Gazette"}, apart: {"outlet": "Gull"}}, [])


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"ferry.txt", "ferry.txt"),
        ("fähre/café.txt".encode(), "fähre/café.txt"),
        (b"caf\xe9.txt", "café.txt"),
        ("fähre/".encode() + b"caf\xe9.txt", "fähre/café.txt"),
        (b"caf\x81.txt", "caf\ufffd.txt"),
    ],
)
def test_every_name_can_be_written(name, shown):
    assert printable_name(name.decode("utf-8", "surrogateescape")) == shown


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("20319914_2031-01-14.txt", "2031-01-14"),
        ("2031-01-14_2031-02-30.txt", "2031-01-14"),
        ("2031-02-30.txt", ""),
        ("2031-01-14_2031-01-15_20319914.txt", ""),
    ],
)
def test_digits_that_are_no_day_do_not_hide_one(name, day):
    assert date_in_name(name) == day


def test_what_an_article_states_itself_wins_over_the_table_and_the_table_fills_the_rest(tmp_path):
    stated = {
        "title": "Own title",
        "outlet": "Own outlet",
        "date": "2031-01-14",
        "author": "Own author",
        "desk": "own desk",
    }
    rows = [{"text": "The ferry sails.", **stated}, {"text": "The crew waits."}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    table = "file,title,outlet,date,author,desk\na.jsonl,Title,Outlet,2031-02-28,Author,desk\n"
    (tmp_path / "metadata.csv").write_text(table, encoding="utf-8")
    about = pp.articles(pp.read(tmp_path)).astype({"date": str})
    assert about[list(stated)].to_numpy().tolist() == [
        list(stated.values()),
        ["Title", "Outlet", "2031-02-28", "Author", "desk"],
    ]


def test_the_table_nearest_to_a_file_has_the_last_word(tmp_path):
    (tmp_path / "port").mkdir()
    (tmp_path / "port" / "a.txt").write_text("The ferry sails.", encoding="utf-8")
    (tmp_path / "metadata.csv").write_text("file,outlet,author\nport/a.txt,Gull,Mara Quill\n", encoding="utf-8")
    (tmp_path / "port" / "metadata.csv").write_text("file,outlet\na.txt,Gazette\n", encoding="utf-8")
    assert pp.articles(pp.read(tmp_path))[["outlet", "author"]].to_numpy().tolist() == [["Gazette", "Mara Quill"]]


@pytest.mark.parametrize(
    ("table", "day", "source"),
    [
        ("file,date\n2031-01-14.txt,2031-02-28\n", "2031-02-28", "metadata.csv"),
        ("file,date\n2031-01-14.txt,\n", "2031-01-14", "file name"),
    ],
)
def test_a_date_in_the_table_wins_over_one_in_the_name(table, day, source, tmp_path):
    (tmp_path / "2031-01-14.txt").write_text("The ferry sails.", encoding="utf-8")
    (tmp_path / "metadata.csv").write_text(table, encoding="utf-8")
    about = pp.articles(pp.read(tmp_path)).astype({"date": str})
    assert about[["date", "date_source"]].to_numpy().tolist() == [[day, source]]


@pytest.mark.parametrize(
    "field",
    [
        "2031-01-14", "14-JAN-2031", "14 January 2031", "January 14, 2031", "14 Jan 2031", "Jan 14, 2031", "20310114",
        "2031/01/14", "14.01.2031", " 2031-01-14 23:59 ", "14.01.2031 8:05", "2031-01-14T23:59:00-11:00",
    ],
)  # fmt: skip
def test_a_day_is_read_in_each_form_that_has_one_meaning(field):
    assert parse_date(field) == date(2031, 1, 14)


@pytest.mark.parametrize("field", ["2031-01-14-15", "2031-01-140", "2031-02-30", "14/01/2031", "01-14-2031", "31", ""])
def test_what_is_no_day_or_needs_a_guess_is_no_date(field):
    assert parse_date(field) is None


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("In 2035 it began, and in 2030 it had been planned.", "latest year named 2035"),
        ("The crews met. © 2031 Gazette", "copyright 2031"),
        ("The crews met. © 2029–2031 Gazette", "copyright 2031"),
        ("In 2031 they met. © 2031 Gazette", "copyright 2031; latest year named elsewhere 2031"),
        ("The crews met on Monday, 5 May.", ""),
        ("The crews met on Monday 5 May.", ""),
        ("The crews met on Monday, and five came.", "weekdays without a date"),
    ],
)
def test_a_hint_names_the_latest_year_and_weekdays_without_a_day(text, hint):
    assert infer_date(text) == hint


def test_a_day_in_the_name_of_a_table_is_no_date_of_its_rows(tmp_path):
    (tmp_path / "2031-01-14.jsonl").write_text('{"text": "The ferry sails."}', encoding="utf-8")
    assert pp.articles(pp.read(tmp_path))["date"].isna().all()
