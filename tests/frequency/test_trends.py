"""Trends: relative to each period, with totals, and refused without dates."""

import numpy as np
import pandas as pd
import pytest
from harbour import corpus_of, town

from pastepot import formulas, tables
from pastepot.corpus.read import read
from pastepot.errors import PastepotError
from pastepot.frequency.trends import trends


def test_rates_are_relative_to_the_words_of_the_period():
    found = trends(town(), ["ferry", "strike"])
    assert found[["term", "period", "count", "articles"]].to_numpy().tolist() == [
        ["ferry", "2024-03", 2, 2],
        ["ferry", "2024-04", 3, 2],
        ["strike", "2024-03", 1, 2],
        ["strike", "2024-04", 2, 2],
    ]
    assert np.allclose(found["rate"], 1000 * found["count"] / found["tokens"], atol=1e-6)
    assert "1 of 5 articles has no date and is left out." in tables.describe_table(found)


@pytest.mark.parametrize(
    ("period", "labels"),
    [("year", ["2024"]), ("week", ["2024-W10", "2024-W11", "2024-W14"]), ("day", ["2024-03-04", "2024-03-11"])],
)
def test_periods_are_named_in_order(period, labels: list[str]):
    found = trends(town(), "ferry", period=period)["period"].tolist()
    assert found[: len(labels)] == labels
    assert found == sorted(found)


def test_phrases_and_wildcards_are_counted_too():
    found = trends(town(), ["the ferry", "strike*"])
    assert found.groupby("term")["count"].sum().to_dict() == {"strike*": 3, "the ferry": 3}


def test_without_a_node_the_commonest_terms_are_shown():
    assert trends(town())["term"].iloc[0] == "the"
    assert trends(town())["term"].nunique() == 10


def test_intervals_need_ten_articles_and_are_those_of_the_bootstrap():
    texts = [" ".join(["port"] * (number % 3) + ["pier"] * 9) for number in range(10)]
    dates = ["2024-01-01"] * 10 + ["2024-02-01"]
    january, february = trends(corpus_of([*texts, "port"], date=dates), "port").itertuples()
    hits, words = [text.count("port") for text in texts], [len(text.split()) for text in texts]
    assert np.allclose([january.low, january.high], 1000 * np.array(formulas.bootstrap_mean(hits, words)), atol=1e-6)
    assert january.note == ""
    assert np.isnan(february.low)
    assert february.note == "1 article: too few for an interval"


def test_a_period_without_words_has_a_note_and_no_rate():
    found = trends(corpus_of(["…", "port"], date=["2024-01-01", "2024-02-01"]), "port")
    assert found["note"].tolist() == ["no counted words", "1 article: too few for an interval"]
    assert np.isnan(found["rate"][0])


def test_undated_articles_are_refused_in_a_sentence():
    with pytest.raises(PastepotError) as caught:
        trends(town({}), "ferry")
    assert str(caught.value) == (
        "trends needs articles with a date; none of the 5 of data frame states one. "
        "Give a column 'date', as 2024-03-05."
    )


@pytest.mark.parametrize(("articles", "interval"), [(9, False), (10, True), (11, True)])
def test_a_period_has_an_interval_from_ten_articles_on(articles, interval):
    texts = ["strike" + " port" * number for number in range(1, articles + 1)]
    row = trends(corpus_of(texts, date=["2024-03-05"] * articles), "strike").iloc[0]
    assert (row["note"], bool(np.isfinite(row["low"]))) == (
        "" if interval else "9 articles: too few for an interval",
        interval,
    )


def test_a_period_whose_articles_all_agree_has_no_interval_and_says_so():
    row = trends(corpus_of(["strike port"] * 10, date=["2024-03-05"] * 10), "strike").iloc[0]
    assert (row["note"], bool(np.isnan(row["low"]))) == ("too few articles differ for an interval", True)


def test_without_a_node_the_most_frequent_terms_are_those_of_the_parts_asked_for():
    # `corpus_of` leaves the text as it is, without a title; read as news, its first line is the title.
    frame = pd.DataFrame({"text": ["Port news\nThe ferry sails, and the crew sails."], "date": ["2024-03-04"]})
    found = trends(read(frame), parts="title")
    assert found[["term", "count", "tokens"]].to_numpy().tolist() == [["news", 1, 2], ["port", 1, 2]]


def test_an_article_without_words_is_in_its_period_but_speaks_for_no_interval():
    texts = [*("strike" + " port" * number for number in range(1, 10)), "…"]
    row = trends(corpus_of(texts, date=["2024-03-05"] * 10), "strike").iloc[0]
    assert (row["articles"], row["note"]) == (10, "9 articles: too few for an interval")
    assert np.isnan(row["low"])


def test_rate_and_interval_are_per_as_many_words_as_asked_and_a_node_named_twice_is_one():
    texts = ["strike" + " port" * number for number in range(1, 13)]
    corpus = corpus_of(texts, date=["2024-03-05"] * 12)
    thousand, hundred = (trends(corpus, ["strike", "strike"], per=per) for per in (1000, 100))
    assert len(thousand) == len(hundred) == 1
    columns = ["rate", "low", "high"]
    assert np.allclose(hundred[columns].to_numpy(dtype=float) * 10, thousand[columns].to_numpy(dtype=float), atol=1e-4)
    assert hundred["rate"].tolist() == [pytest.approx(100 * 12 / (12 + 78), abs=1e-6)]
