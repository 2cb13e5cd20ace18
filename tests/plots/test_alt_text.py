"""The words for a figure are true, made from its table, and there is always a sentence."""

import hypothesis.strategies as st
import pandas as pd
import pytest
from by_hand import TITLE, build_terms
from hypothesis import given

from pastepot import tables
from pastepot.plots.alt_text import alt_text


def test_terms_name_the_three_most_frequent(terms):
    assert alt_text(terms(["a", "b", "c", "d"])) == (
        "Chart of 4 terms in harbour. Most frequent: “a” (count 4, 10.0 per 1,000 words), "
        "“b” (count 3, 7.5 per 1,000 words) and “c” (count 2, 5.0 per 1,000 words)."
    )


def test_grouped_terms_name_their_group(terms):
    assert alt_text(terms(["a", "a"], outlet=["Gull", "{desk}"])) == (
        "Chart of 1 term in harbour by outlet. Most frequent: “a”, Gull (count 2, 5.0 per 1,000 words) "
        "and “a”, {desk} (count 1, 2.5 per 1,000 words)."
    )


def test_sentiment_names_lowest_and_highest_of_each_tool(tone):
    assert alt_text(tone()) == (
        "Dot chart of the mean sentiment of sentences in harbour in 2 groups. "
        "VADER: lowest Gazette at -0.25 (sentences: 40), highest Gull at +0.05 (sentences: 41). "
        "TextBlob: lowest Gazette at +0.10 (sentences: 40), highest Gull at +0.30 (sentences: 41)."
    )


def test_a_tool_without_scores_is_named(tone):
    assert "VADER: no score." in alt_text(tone(means=(None, 0.5)))


def test_passages_distinguish_between_from_inside_and_name_the_longest(passages):
    assert alt_text(passages()) == (
        "Chart of 2 shared passages in harbour, in 2 articles: 1 between two articles, 1 inside one article. "
        "The longest has 14 words: a.txt from character 10 and b.txt from character 200."
    )


@pytest.mark.parametrize("name", tables.TABLES)
def test_an_empty_table_is_called_empty(name):
    assert alt_text(tables.empty(name)) == "An empty chart: the table has no rows."


def test_a_foreign_table_is_described_by_its_columns():
    assert (
        alt_text(pd.DataFrame({"day": [1], TITLE: [2]})) == f"Chart of a table with 1 row and the columns day, {TITLE}."
    )


@given(st.text(max_size=99))
def test_names_stay_on_one_line(name):
    assert "\n" not in alt_text(build_terms([name]))


def test_terms_in_any_order_are_named_by_rate_in_the_unit_asked_for(terms):
    df = terms(["a", "b", "c", "d"]).iloc[::-1]
    df.attrs["settings"] = {"per": 1_000_000}
    assert alt_text(df) == (
        "Chart of 4 terms in harbour. Most frequent: “a” (count 4, 10.0 per 1,000,000 words), "
        "“b” (count 3, 7.5 per 1,000,000 words) and “c” (count 2, 5.0 per 1,000,000 words)."
    )


def test_the_longest_passage_is_named_wherever_it_comes_and_articles_of_both_columns_are_counted(passages):
    pairs = [("a.txt", 0, 40, "b.txt", 5, 45, 8), ("a.txt", 50, 110, "c.txt", 7, 67, 12)]
    assert alt_text(passages(pairs)) == (
        "Chart of 2 shared passages in harbour, in 3 articles: 2 between two articles, none inside one article. "
        "The longest has 12 words: a.txt from character 50 and c.txt from character 7."
    )
