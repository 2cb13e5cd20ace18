"""Word-for-word copies of whole articles."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from pastepot.reuse.detect import drop_duplicates, expand_duplicates, first_duplicates, pair_duplicates


def arrays(texts):
    return np.array([word for text in texts for word in text], dtype=np.int32), np.cumsum([0, *map(len, texts)])


@given(st.lists(st.lists(st.integers(0, 2), max_size=4), max_size=8))
def test_each_article_is_stood_for_by_the_first_with_its_words(texts):
    expected = [texts.index(text) if text else number for number, text in enumerate(texts)]
    assert first_duplicates(*arrays(texts)).tolist() == expected


@given(st.lists(st.lists(st.integers(0, 1), max_size=3), max_size=6))
def test_the_articles_that_stand_for_themselves_keep_their_words(texts):
    terms, bounds = arrays(texts)
    single, inner, kept = drop_duplicates(terms, bounds, first_duplicates(terms, bounds))
    assert [single[inner[k] : inner[k + 1]].tolist() for k in range(len(kept))] == [texts[k] for k in kept]


def test_the_same_words_in_another_order_are_no_copy():
    assert first_duplicates(*arrays([[1, 2, 3], [3, 2, 1], [1, 3, 2]])).tolist() == [0, 1, 2]


def test_more_than_four_thousand_articles_are_compared_all_the_same():
    texts = [[number, 1] for number in range(5000)]
    own = first_duplicates(*arrays([*texts, *texts]))
    assert own.tolist() == [*range(5000), *range(5000)]


def test_a_hundred_copies_make_all_pairs_and_one_more_makes_a_star():
    for count, pairs in ((100, 4950), (101, 100)):
        terms, bounds = arrays([[1, 2]] * count)
        table = pair_duplicates(first_duplicates(terms, bounds))
        assert len(table) == pairs
        assert (table["doc_a"] < table["doc_b"]).all()


def row_of(*spans):
    names = ["doc_a", "first_a", "last_a", "doc_b", "first_b", "last_b", "matched"]
    return pd.DataFrame([[*spans, 4]], columns=names)


def test_a_row_is_repeated_for_all_pairs_of_copies_and_inside_each():
    own = np.array([0, 1, 0, 1, 4])
    assert sorted(expand_duplicates(row_of(0, 5, 9, 1, 6, 10), own).to_numpy().tolist()) == [
        [0, 5, 9, 1, 6, 10, 4],
        [0, 5, 9, 3, 6, 10, 4],
        [1, 6, 10, 2, 5, 9, 4],
        [2, 5, 9, 3, 6, 10, 4],
    ]
    inside = expand_duplicates(row_of(0, 1, 4, 0, 6, 9), own)
    assert inside["doc_a"].tolist() == inside["doc_b"].tolist() == [0, 2]


def test_a_row_is_repeated_for_all_pairs_of_a_hundred_copies_on_both_sides_together_and_of_one_more_once():
    for of_first, of_second, rows in ((50, 49, 2450), (50, 50, 2500), (50, 51, 1), (1, 99, 99), (1, 100, 1)):
        own = np.array([0] * of_first + [of_first] * of_second)
        repeated = expand_duplicates(row_of(0, 5, 9, of_first, 6, 10), own)
        assert len(repeated.drop_duplicates(["doc_a", "doc_b"])) == len(repeated) == rows


def test_a_row_inside_one_article_is_repeated_for_every_copy_however_many():
    repeated = expand_duplicates(row_of(0, 1, 4, 0, 6, 9), np.zeros(150, dtype=int))
    assert repeated["doc_a"].tolist() == repeated["doc_b"].tolist() == list(range(150))
