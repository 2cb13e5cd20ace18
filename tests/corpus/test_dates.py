"""Dates in figures: the column decides whether the day or the month comes first, or the caller, or nobody."""

import pandas as pd
import pytest

import pastepot as pp
from pastepot.corpus.metadata import parse_date

TELL = "day or month may come first; say dates='day first' or dates='month first'"


def read_dates(days, **options):
    """Return the dates of articles, where each was found, and the problems' places and reasons."""
    corpus = pp.read(pd.DataFrame({"text": ["The ferry sails."] * len(days), "date": days}), **options)
    table = pp.articles(corpus)
    found = table["date"].dt.strftime("%Y-%m-%d").fillna("").tolist()
    return found, table["date_source"].tolist(), pp.problems(corpus)[["where", "reason"]].to_numpy().tolist()


@pytest.mark.parametrize(
    ("dates", "days", "first"),
    [
        (["03/04/2031", "23/04/2031"], ["2031-04-03", "2031-04-23"], "day first"),
        (["3-4-2031", "4-23-2031 10:15"], ["2031-03-04", "2031-04-23"], "month first"),
        (["31/12/2031"], ["2031-12-31"], "day first"),
        (["13/12/2031", "12/12/2031"], ["2031-12-13", "2031-12-12"], "day first"),
    ],
)
def test_a_part_above_twelve_decides_for_its_column(dates, days, first):
    found, sources, problems = read_dates(dates)
    assert found == days
    assert sources == [f"frame: date field, {first}"] * len(dates)
    assert problems == []


@pytest.mark.parametrize(
    ("dates", "missing"),
    [
        (["03/04/2031"], "1 date is missing, such as '03/04/2031'"),
        (["12/12/2031", "11/12/2031"], "2 dates are missing, such as '12/12/2031'"),
        (["13/01/2031", "01/13/2031", "01/02/2031"], "3 dates are missing, such as '13/01/2031'"),
    ],
)
def test_where_the_column_does_not_decide_dates_are_missing_and_counted(dates, missing):
    days, sources, problems = read_dates(dates)
    assert days == [""] * len(dates)
    assert sources == [f"not understood: {date}" for date in dates]
    assert problems == [["dates", f"{missing}: {TELL}"]]


def test_the_caller_decides_and_what_does_not_fit_is_counted():
    dates = ["03/04/2031", "23/04/2031", "soon", "2031-05-06", ""]
    days, _, problems = read_dates(dates, dates="month first")
    assert days == ["2031-03-04", "", "", "2031-05-06", ""]
    assert problems == [["dates", "2 dates are missing, such as '23/04/2031': not understood"]]
    assert read_dates(dates, dates="day first")[0] == ["2031-04-03", "2031-04-23", "", "2031-05-06", ""]


def test_each_reason_is_counted_by_itself():
    _, _, problems = read_dates(["03/04/2031", "soon", "31/31/2031"])
    assert problems == [
        ["dates", f"1 date is missing, such as '03/04/2031': {TELL}"],
        ["dates", "2 dates are missing, such as 'soon': not understood"],
    ]


def test_each_table_decides_for_itself(tmp_path):
    (tmp_path / "a.csv").write_text("text,date\nThe ferry.,23/04/2031\nThe quay.,03/04/2031\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("text,date\nThe ferry.,04/23/2031\nThe quay.,03/04/2031\n", encoding="utf-8")
    days = pp.articles(pp.read(tmp_path))["date"].dt.strftime("%m-%d").tolist()
    assert days == ["04-23", "04-03", "04-23", "03-04"]


def test_dates_of_a_metadata_file_are_one_column(tmp_path):
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text("The ferry sails.", encoding="utf-8")
    (tmp_path / "metadata.csv").write_text("file,date\na.txt,03/04/2031\nb.txt,23/04/2031\n", encoding="utf-8")
    table = pp.articles(pp.read(tmp_path))
    assert table["date"].dt.strftime("%m-%d").fillna("").tolist() == ["04-03", "04-23", ""]
    assert table["date_source"].tolist() == ["metadata.csv, day first"] * 2 + ["none"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Mon, 06 Jan 2031 09:00:00 GMT", "2031-01-06"),
        ("Monday, January 6, 2031", "2031-01-06"),
        ("20310106T090000Z", "2031-01-06"),
        ("06.01.2031 09:00", "2031-01-06"),
        ("January 6, 2031, 9:00 AM", "2031-01-06"),
        ("2031/01/06", "2031-01-06"),
        ("01/06/31", None),
        ("1925000000", None),
        ("Monday", None),
    ],
)
def test_forms_of_a_day(text, day):
    assert str(parse_date(text)) == str(day)


def test_a_wrong_order_is_refused():
    with pytest.raises(pp.PastepotError) as caught:
        read_dates(["03/04/2031"], dates="day")
    assert str(caught.value).startswith("dates must be one of 'day first', 'month first'; got 'day'.")
