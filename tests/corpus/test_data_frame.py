"""Data frames as sources: a name that occurs twice is refused, since one of its columns would be lost."""

import pandas as pd
import pytest

import pastepot as pp


@pytest.mark.parametrize(
    ("columns", "twice"), [(["text", "text"], "text"), (["text", "desk", "desk"], "desk"), (["text", 1, "1"], "1")]
)
def test_a_column_name_that_stands_twice_is_refused(columns, twice):
    frame = pd.DataFrame([["The ferry sails."] * len(columns)], columns=columns)
    with pytest.raises(pp.PastepotError) as caught:
        pp.read(frame)
    assert str(caught.value) == (
        f"source must hold an article that can be read; (data frame): the column '{twice}' occurs twice."
    )


def test_columns_of_one_name_each_are_all_kept():
    frame = pd.DataFrame([["The ferry sails.", "port", "late"]], columns=["text", "desk", 1])
    assert pp.articles(pp.read(frame))[["desk", "1"]].to_numpy().tolist() == [["port", "late"]]


@pytest.mark.parametrize(
    ("column", "names"),
    [
        ("doc_id", ["doc_id", "id"]),
        ("title", ["title", "headline"]),
        ("outlet", ["outlet", "series", "source", "publication"]),
        ("date", ["date", "published"]),
        ("author", ["author", "byline"]),
    ],
)
def test_the_first_name_of_a_column_wins_wherever_it_stands_and_an_empty_cell_never(column, names):
    values = [f"2031-01-0{number}" for number in range(1, len(names) + 1)]
    for first in range(len(names)):
        row = {"text": "The ferry sails."} | dict(zip(reversed(names), reversed(values), strict=True))
        row |= dict.fromkeys(names[:first], "")
        (article,) = pp.articles(pp.read(pd.DataFrame([row])))[[column]].astype(str).to_numpy().tolist()
        assert article == [values[first]]
