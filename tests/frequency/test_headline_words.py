"""Headline words: content only, from the text or the title field, counted in the body alone."""

import pandas as pd
from harbour import corpus_of

from pastepot import tables
from pastepot.corpus.read import read
from pastepot.frequency.counts import headline_words


def test_a_title_in_the_text_is_told_from_the_body():
    text = "Strike at the port\n\nThe port’s crew stopped work. Nobody at the port spoke of a walkout, not once."
    found = headline_words(read(pd.DataFrame({"text": [text]})))
    assert found.to_numpy().tolist() == [["row 1", "strike", "title", 0], ["row 1", "port", "title", 2]]


def test_a_title_field_is_used_where_no_title_stands_in_the_text():
    corpus = corpus_of(["The ferry was late. It left.", "Quiet."], title=["Late ferry, late port", "US tells us no"])
    assert headline_words(corpus).to_numpy().tolist() == [
        ["row 1", "late", "title", 1],
        ["row 1", "ferry", "title", 1],
        ["row 1", "port", "title", 0],
        ["row 2", "us", "title", 0],
        ["row 2", "tells", "title", 0],
    ]


def test_what_counts_as_content_can_be_chosen():
    corpus = corpus_of(["The ferry"], title=["The news of the ferry"])
    assert headline_words(corpus, stop_lists=())["term"].tolist() == ["the", "news", "of", "ferry"]
    assert headline_words(corpus, stop_lists="all")["term"].tolist() == ["ferry"]


def test_no_titles_give_an_empty_table_with_its_columns():
    found = headline_words(corpus_of(["the ferry sails."]))
    assert found.empty
    assert tuple(found.columns) == tables.TABLES["headline_words"].columns


def test_a_word_has_one_row_in_the_title_and_one_in_the_subheadings():
    body = "Nobody spoke to the crews on the quay, since the strike had begun long before the harbour master came."
    text = f"Strike and strike again\n{body}\nStrike of the crews\nSo it went on. {body}"
    found = headline_words(read(pd.DataFrame({"text": [text]})))
    rows = found.loc[found["term"].isin(["strike", "crews"]), ["term", "heading_part", "count_body"]]
    assert rows.to_numpy().tolist() == [["strike", "title", 2], ["strike", "subheading", 2], ["crews", "subheading", 2]]


def test_titles_of_the_field_and_of_the_text_come_in_the_order_of_their_articles():
    texts = ["The ferry was late. It left at noon, and nobody at the quay waved.", "Port strike\nThe port slept."]
    found = headline_words(read(pd.DataFrame({"text": texts, "title": ["Late ferry", "Port strike"]})))
    assert found[["doc_id", "term"]].to_numpy().tolist() == [
        ["row 1", "late"],
        ["row 1", "ferry"],
        ["row 2", "port"],
        ["row 2", "strike"],
    ]
