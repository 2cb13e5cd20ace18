"""What an option leaves out changes the tables as if it had never been written."""

from collections.abc import Callable
from functools import partial

import pandas as pd
import pytest
from harbour import OUTLETS, TOWN, corpus_of, town

from pastepot.corpus.corpus import Corpus
from pastepot.corpus.read import read
from pastepot.frequency.collocation import collocates
from pastepot.frequency.concordance import concordance, to_nltk
from pastepot.frequency.counts import dtm, terms
from pastepot.frequency.diversity import diversity, vocabulary_growth
from pastepot.frequency.ngrams import ngrams
from pastepot.frequency.selection import COLUMNS
from pastepot.frequency.trends import trends
from pastepot.text.annotations import words

TITLE = "FERRY strikes: FERRY crews striking"
BODY = "The ferry sails, and the crew sails. A ferry's crew ended its strike, and one ferry sails with the crew."
COPY = "The FERRY crews striking over pay said FERRY bosses were striking back."

MEASURES: dict[str, Callable[..., object]] = {
    "terms": terms,
    "terms by article": partial(terms, by="doc_id"),
    "labels": partial(terms, case="label"),
    "stems": partial(terms, group="stem"),
    "ngrams": partial(ngrams, n=(1, 2)),
    "collocates": partial(collocates, node="ferry", window=(3, 3)),
    "collocates of a phrase": partial(collocates, node="the crew"),
    "diversity": partial(diversity, by=None, window=4),
    "trends": partial(trends, node="ferry"),
    "trends of the most frequent terms": trends,
}


def dated(text: str, **options: str) -> Corpus:
    return read(pd.DataFrame({"text": [text], "date": ["2024-03-04"]}), **options)


@pytest.mark.parametrize("name", [*MEASURES, "growth"])
@pytest.mark.parametrize(("part", "alone"), [("title", TITLE), ("body", BODY)])
def test_the_table_of_one_part_is_that_of_an_article_of_nothing_else(name: str, part: str, alone: str):
    measure = {**MEASURES, "growth": vocabulary_growth}[name]
    found = measure(dated(f"{TITLE}\n{BODY}"), parts=part)
    expected = measure(dated(alone, clean="none"))
    assert len(expected) or "phrase" in name
    pd.testing.assert_frame_equal(found, expected)


@pytest.mark.parametrize("name", set(MEASURES) - {"trends of the most frequent terms"})
def test_the_table_of_reprints_counted_once_is_that_of_articles_without_the_copy(name: str):
    rest = ["The ferry sails. Crew and ferry strike.", "A ferry sails for the crew, and the strike ends."]
    dates = ["2024-03-04", "2024-03-05"]
    copied = corpus_of([f"{COPY} {rest[0]}", f"{COPY} {rest[1]}"], date=dates)
    passages = pd.DataFrame([("row 1", 0, len(COPY), "row 2", 0, len(COPY), 0)], columns=list(COLUMNS))
    found = MEASURES[name](copied, reprints="once", passages=passages)
    pd.testing.assert_frame_equal(found, MEASURES[name](corpus_of([f"{COPY} {rest[0]}", rest[1]], date=dates)))


def test_the_concordance_and_the_text_of_one_part_hold_its_hits_only():
    corpus = dated(f"{TITLE}\n{BODY}")
    whole = concordance(corpus, "ferry")
    for part in ("title", "body"):
        expected = whole[whole["part"] == part].reset_index(drop=True)
        pd.testing.assert_frame_equal(concordance(corpus, "ferry", parts=part), expected)
    assert to_nltk(corpus, parts="title").tokens == ["FERRY", "strikes", "FERRY", "crews", "striking"]


def test_words_of_a_repeated_paragraph_are_not_counted_as_reprints_too():
    # The second article says its copy twice: the repeat counts nowhere, so it can't be left out as a reprint.
    paragraph = "Nobody on the quay knew that morning how long the crews would stay away from work."
    corpus = read(pd.DataFrame({"text": [paragraph, f"Votes\n{paragraph}\nSo it went.\n{paragraph}"]}))
    repeat = words(corpus).query("part == 'repeat'")
    span = (int(repeat["start"].iloc[0]), int(repeat["end"].iloc[-1]))
    passages = pd.DataFrame([("row 1", 0, len(paragraph), "row 2", *span, 0)], columns=list(COLUMNS))
    assert len(repeat) == 16
    counted = terms(corpus, reprints="once", passages=passages)
    assert counted.attrs["note"].endswith("no words of later copies are left out.")


@pytest.mark.parametrize("outlet", ["Gazette", "Post"])
def test_the_rows_of_a_group_are_those_of_a_corpus_of_its_articles(outlet: str):
    alone = corpus_of([text for text, name in zip(TOWN, OUTLETS, strict=True) if name == outlet])
    for measure in (terms, partial(ngrams, n=(1, 2))):
        rows = measure(town(), by="outlet", per=100)
        group = rows[rows["outlet"] == outlet].drop(columns="outlet").reset_index(drop=True)
        pd.testing.assert_frame_equal(group, measure(alone, per=100))


@pytest.mark.parametrize("guards", [{"min_count": 2}, {"min_docs": 2}, {"min_count": 3, "min_docs": 2}])
def test_guards_leave_ngrams_out_and_change_no_other_row(guards: dict[str, int]):
    whole = ngrams(town(), n=(1, 2), by="outlet")
    kept = (whole["count"] >= guards.get("min_count", 1)) & (whole["doc_count"] >= guards.get("min_docs", 1))
    assert 0 < kept.sum() < len(whole)
    assert whole["outlet"].is_monotonic_increasing
    pd.testing.assert_frame_equal(ngrams(town(), n=(1, 2), by="outlet", **guards), whole[kept].reset_index(drop=True))


def test_weights_order_the_terms_of_a_group_and_guards_change_no_weight():
    whole = terms(town(), by="doc_id", tf_idf="tidy")
    order = ["doc_id", "tf_idf", "count", "term"]
    expected = whole.sort_values(order, ascending=[True, False, False, True], ignore_index=True)
    pd.testing.assert_frame_equal(whole, expected)
    grouped = terms(town(), by="outlet", tf_idf="tidy")
    pd.testing.assert_frame_equal(
        terms(town(), by="outlet", tf_idf="tidy", min_docs=2), grouped[grouped["doc_count"] >= 2].reset_index(drop=True)
    )


def test_of_two_forms_as_frequent_the_first_by_alphabet_is_the_label_and_heads_the_members():
    corpus = corpus_of(["Nato NATO strikes strike"])
    assert terms(corpus, case="label")["term"].tolist() == ["NATO", "strike", "strikes"]
    assert terms(corpus, group="stem")[["term", "members"]].to_numpy().tolist() == [
        ["nato", "nato"],
        ["strike", "strike, strikes"],
    ]
    assert dtm(corpus, case="label").terms == ["NATO", "strike", "strikes"]
