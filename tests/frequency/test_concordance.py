"""The concordance: exact offsets, contexts inside the article, any order."""

import dataclasses

import pandas as pd
import pytest
from harbour import corpus_of, town
from nltk import FreqDist

import pastepot as pp
from pastepot import tables
from pastepot.corpus.read import read
from pastepot.errors import PastepotError
from pastepot.frequency.concordance import concordance, to_nltk
from pastepot.frequency.counts import terms
from pastepot.frequency.trends import trends
from pastepot.text.annotations import annotations

SPOKEN = "“The old port is shut for good,” she said. The port slept."


def test_raw_offsets_are_the_hit():
    corpus = read(pd.DataFrame({"text": ["A\u00a0port\u00ad’s pier.\r\nThe  PORT.", "No port?"]}))
    for row in concordance(corpus, "port*").itertuples():
        raw = corpus.cite(row.doc_id, row.start, row.end).raw
        assert raw.replace("\u00ad", "") == row.node


def test_contexts_stop_at_the_article_s_ends():
    found = concordance(corpus_of(["one two", "port", "three four"]), "port", window=9)
    assert found[["left", "node", "right"]].to_numpy().tolist() == [["", "port", ""]]


def test_white_space_inside_a_context_is_one_blank():
    found = concordance(corpus_of(["a  b\n\tc port d \u00a0 e"]), "port")
    assert found[["left", "right"]].to_numpy().tolist() == [["a b c", "d e"]]


def test_a_guessed_date_is_no_date():
    stated = town()
    guessed = [record._replace(date_source="guessed from the page") for record in stated.records]
    corpus = dataclasses.replace(stated, records=guessed, cache={})
    assert concordance(corpus, "ferry")["date"].isna().all()
    with pytest.raises(PastepotError, match="none of the 5 of data frame states one"):
        trends(corpus, "ferry")


def test_every_term_can_be_followed_to_as_many_lines_as_it_counts():
    corpus = town()
    for row in terms(corpus).itertuples():
        assert len(concordance(corpus, row.term)) == row.count, row.term


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("place", [5, 12, 19, 26]),
        ("1R", [26, 5, 12, 19]),
        ("1L", [5, 19, 26, 12]),
        ("1L 2R", [19, 5, 26, 12]),
        (["2R", "place"], [26, 12, 19, 5]),
    ],
)
def test_lines_stand_in_the_order_asked_for(sort: object, expected: list[int]):
    found = concordance(corpus_of(["b a: X d c, X e; a X f, b X"]), "x", sort=sort)
    assert found["start"].tolist() == expected


def test_dates_and_outlets_sort_with_the_unknown_last_and_first():
    dated = concordance(town(), "ferry", sort="date")
    assert dated["date"].dt.strftime("%m-%d").tolist() == ["03-04", "03-04", "04-01", "04-01", "04-02"]
    assert concordance(town(), "ferry", sort="outlet 1L")["outlet"].tolist() == [
        "",
        "Gazette",
        "Gazette",
        "Post",
        "Post",
    ]
    undated = corpus_of(["port", "port"], date=["", "2024-01-01"])
    assert concordance(undated, "port", sort="date")["doc_id"].tolist() == ["row 2", "row 1"]


def test_a_hit_inside_a_quotation_is_quoted_however_it_is_found_out():
    texts = [SPOKEN, *["A quiet pier."] * 20]
    few = concordance(corpus_of(texts), "port")
    corpus = corpus_of(texts)
    assert len(annotations(corpus).token_voices)
    assert few["voice"].tolist() == concordance(corpus, "port")["voice"].tolist() == ["quoted", "reporter"]


def test_no_hit_is_an_empty_table_with_its_columns():
    found = concordance(town(), "lighthouse")
    assert found.empty
    assert tuple(found.columns) == tables.TABLES["concordance"].columns


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"window": -1}, "window must be a whole number of 0 or more; got -1."),
        ({"sort": "0L"}, "sort takes 'place', 'node', 'date', 'outlet' and words like '1L' or '2R'; got '0L'."),
    ],
)
def test_a_wrong_option_is_named(options: dict[str, object], message: str):
    with pytest.raises(PastepotError) as caught:
        pp.concordance(town(), "ferry", **options)
    assert str(caught.value) == message


def test_words_to_the_right_are_counted_from_the_end_of_a_phrase_and_to_the_left_from_its_beginning():
    corpus = corpus_of(["gulls saw the port strike weakly so. A pier saw a port strike end so."])
    assert concordance(corpus, "port strike", window=1, sort="1R")["right"].tolist() == ["end", "weakly"]
    assert concordance(corpus, "port strike", window=2, sort="1L")["left"].tolist() == ["saw a", "saw the"]
    assert concordance(corpus, "port strike", window=1, sort="2L 1R")["right"].tolist() == ["end", "weakly"]


def test_nltk_counts_what_we_count():
    found = terms(town(), possessive="keep")
    assert dict(FreqDist(to_nltk(town(), case="fold"))) == dict(zip(found["term"], found["count"], strict=True))


def test_the_text_bears_the_corpus_s_name_and_its_surface_forms():
    text = to_nltk(corpus_of(["The Port’s crane."]))
    assert (text.name, text.tokens) == ("data frame", ["The", "Port’s", "crane"])


def test_no_words_are_an_empty_text():
    assert to_nltk(corpus_of(["…"])).tokens == []


@pytest.mark.parametrize(
    ("texts", "sort"), [(["z pier", "port", "a port"], "1L"), (["old pier", "port", "z quay", "port a"], "1R")]
)
def test_the_last_word_of_one_article_is_no_neighbour_of_the_first_of_the_next(texts: list[str], sort: str):
    # The second article is the word alone: no neighbour comes before any, so before the a of the last article.
    found = concordance(corpus_of(texts), "port", sort=sort)
    assert found["doc_id"].tolist() == ["row 2", f"row {len(texts)}"]


def test_hits_and_outlets_are_sorted_without_regard_to_capitals_and_equal_ones_by_place():
    corpus = corpus_of(["Ports, a port, a PORT", "A port"], outlet=["alpha", "Beta"])
    found = concordance(corpus, "port*", sort="node")
    assert found["node"].tolist() == ["port", "PORT", "port", "Ports"]
    assert concordance(corpus, "port*", sort="outlet")["outlet"].tolist() == ["alpha"] * 3 + ["Beta"]
