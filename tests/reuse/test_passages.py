"""Duplicate passages: raw spans that end with their last word, dates that are compared and never guessed."""

import numpy as np
import pandas as pd
import pytest

import pastepot as pp
from pastepot.reuse.passages import cluster_spans, name_edit_kinds

STORY = "the ferry company said on monday that no crossing would run before thursday"


def read(texts, **columns):
    return pp.read(pd.DataFrame({"text": texts, **columns}), clean="none")


def test_both_spans_hold_the_same_words_and_end_with_the_last():
    corpus = read(["Port: " + STORY + ", they say.", "“" + STORY.upper().replace(" ", "\n", 3) + "”"])
    row = pp.passages(corpus).iloc[0]
    a = corpus.cite(row["doc_a"], row["start_a"], row["end_a"]).raw
    b = corpus.cite(row["doc_b"], row["start_b"], row["end_b"]).raw
    assert a.casefold().split() == b.casefold().split() == STORY.split()


@pytest.mark.parametrize(("least", "rows"), [(13, 1), (14, 0)])
def test_a_run_counts_from_the_number_of_words_asked_for(least, rows):
    assert len(pp.passages(read([STORY, STORY]), min_words=least)) == rows


@pytest.mark.parametrize(
    ("dates", "order", "lag"),
    [
        (["2031-01-14", "2031-01-16"], "earlier", 2),
        (["2031-01-16", "2031-01-14"], "later", 2),
        (["2031-01-14", "2031-01-14"], "same day", 0),
        (["2031-01-14", ""], "undated", pd.NA),
    ],
)
def test_the_order_follows_the_dates_that_the_sources_state(dates, order, lag):
    row = pp.passages(read([STORY, STORY], date=dates)).iloc[0]
    assert (row["date_order"], row["lag_days"]) == (order, lag) or (
        row["date_order"] == order and row["lag_days"] is lag
    )


def test_three_copies_are_three_pairs_of_one_cluster():
    assert pp.passages(read([STORY] * 3))["cluster"].tolist() == [0, 0, 0]


def test_two_passages_are_two_clusters():
    other = "a winter storm tore the roof off the old customs house at dawn"
    corpus = read([STORY + ". x " + other, STORY + " y", other + " z"])
    assert sorted(pp.passages(corpus)["cluster"]) == [0, 1]


def test_an_absent_passage_is_an_empty_table_with_its_columns_and_a_longest_match():
    corpus = read(["The ferry sails at noon.", "Now the ferry sails late."])
    assert pp.passages(corpus).columns.tolist() == pp.passages(read([STORY, STORY])).columns.tolist()
    assert len(pp.passages(corpus)) == 0
    assert pp.longest_match(corpus).attrs["note"] == "The longest sequence that two articles share has 3 words."


def test_one_article_has_no_shared_run():
    assert pp.longest_match(read(["The ferry sails."])).attrs["note"] == "No two articles share two words in a row."


def test_fewer_than_two_words_are_no_passage():
    with pytest.raises(pp.PastepotError, match=r"min_words must be a whole number of 2 or more; got 1\."):
        pp.passages(read([STORY]), min_words=1)


def test_where_edited_passages_find_nothing_the_table_says_what_would():
    texts = [f"item {number} of {number * 7} mentions the crew of ferry {number * 3}" for number in range(60)]
    nothing = pp.passages(read(texts))
    assert len(nothing) == 0
    assert "match='exact' lists" in pp.describe_table(nothing)
    assert "match='exact' lists" not in pp.describe_table(pp.passages(read(texts), match="exact"))
    assert "match='exact' lists" not in pp.describe_table(pp.passages(read([STORY * 3] * 2), match="fuzzy"))


def test_each_kind_of_edit_begins_at_its_share_of_equal_words():
    shares = np.array([1.0, 0.999, 0.9, 0.899, 0.7, 0.699, 0.0])
    assert name_edit_kinds(shares).tolist() == ["verbatim", "light", "light", "edited", "edited", "heavy", "heavy"]


@pytest.mark.parametrize(("articles", "told"), [(49, 1), (50, 0), (51, 0)])
def test_below_fifty_articles_each_run_of_eight_words_is_told(articles, told):
    shared = "the crews of the harbour met at noon"
    texts = [
        f"{shared} gulls",
        f"piers {shared}",
        *(f"w{number} x{number} y{number}" for number in range(articles - 2)),
    ]
    assert len(pp.passages(pp.read(pd.DataFrame({"text": texts}), clean="none"))) == told


def test_spans_that_share_just_half_of_the_longer_one_are_one_cluster_and_one_word_less_are_two():
    names = ["first_a", "last_a", "first_b", "last_b"]
    for start, clusters in ((4, [0, 0]), (5, [0, 0]), (6, [0, 1])):
        rows = pd.DataFrame([[0, 10, 50, 60], [start, start + 10, 80, 90]], columns=names)
        assert cluster_spans(rows).tolist() == clusters


def test_the_settings_name_the_fewest_words_asked_for_else_those_of_the_match():
    corpus = read([STORY, STORY])
    assert pp.passages(corpus).attrs["settings"] == {"match": "exact", "min_words": 8, "max_gap": None}
    chosen = pp.passages(corpus, match="fuzzy", min_words=5, max_gap=3).attrs["settings"]
    assert chosen == {"match": "fuzzy", "min_words": 5, "max_gap": 3}


def test_the_longest_match_is_the_longest_between_two_articles_and_no_repeat_inside_one():
    texts = ["one two three four x five six seven", "five six seven y one two three four", "a b c d e a b c d e"]
    table = pp.longest_match(read(texts))
    assert table[["doc_a", "doc_b", "words"]].to_numpy().tolist() == [["row 1", "row 2", 4]]
