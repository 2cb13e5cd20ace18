"""Word-for-word copies of whole articles."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pastepot.reuse.twins import drop_duplicates, expand_duplicates, first_duplicates, pair_duplicates


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
        doc_a, _, last_a, doc_b, *_ = pair_duplicates(bounds, first_duplicates(terms, bounds))
        assert len(doc_a) == pairs
        assert (doc_a < doc_b).all()
        assert set(last_a.tolist()) == {2}


def test_a_row_is_told_for_all_pairs_of_copies_and_inside_each():
    own = np.array([0, 1, 0, 1, 4])
    one = tuple(np.array([value]) for value in (0, 5, 9, 1, 6, 10))
    told, source = expand_duplicates(one, own)
    assert sorted(zip(*(column.tolist() for column in told), strict=True)) == [
        (0, 5, 9, 1, 6, 10),
        (0, 5, 9, 3, 6, 10),
        (1, 6, 10, 2, 5, 9),
        (2, 5, 9, 3, 6, 10),
    ]
    assert source.tolist() == [0, 0, 0, 0]
    inside = tuple(np.array([value]) for value in (0, 1, 4, 0, 6, 9))
    told, _ = expand_duplicates(inside, own)
    assert told[0].tolist() == told[3].tolist() == [0, 2]


def test_a_row_is_told_for_all_pairs_of_a_hundred_copies_on_both_sides_together_and_of_one_more_once():
    for of_first, of_second, rows in ((50, 49, 2450), (50, 50, 2500), (50, 51, 1), (1, 99, 99), (1, 100, 1)):
        own = np.array([0] * of_first + [of_first] * of_second)
        one = tuple(np.array([value]) for value in (0, 5, 9, of_first, 6, 10))
        told, source = expand_duplicates(one, own)
        assert len(set(zip(told[0].tolist(), told[3].tolist(), strict=True))) == len(source) == rows


def test_a_row_inside_one_article_is_told_for_every_copy_however_many():
    inside = tuple(np.array([value]) for value in (0, 1, 4, 0, 6, 9))
    told, _ = expand_duplicates(inside, np.zeros(150, dtype=int))
    assert told[0].tolist() == told[3].tolist() == list(range(150))
