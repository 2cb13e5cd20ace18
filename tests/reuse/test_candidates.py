"""Pairs of places with the same gram, and the runs of equal words through them."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pastepot.reuse.candidates import equal_runs, place_pairs
from pastepot.reuse.shingles import articles_of, gram_starts, order_by, repeated_grams


def arrays(texts):
    terms = np.array([word for text in texts for word in text], dtype=np.int32)
    return terms, np.cumsum([0, *map(len, texts)])


small_corpora = st.lists(st.lists(st.integers(0, 2), max_size=12), min_size=1, max_size=4)


@given(small_corpora, st.integers(1, 5))
def test_grams_are_grouped_as_a_dictionary_groups_them(texts, n):
    terms, bounds = arrays(texts)
    groups: dict[tuple[int, ...], list[int]] = {}
    for low, high in itertools.pairwise(bounds.tolist()):
        for place in range(low, high - n + 1):
            groups.setdefault(tuple(terms[place : place + n].tolist()), []).append(place)
    postings = repeated_grams(terms, gram_starts(bounds, n), n)
    found = [postings.positions[low:high].tolist() for low, high in itertools.pairwise(postings.edges.tolist())]
    assert sorted(found) == sorted(places for places in groups.values() if len(places) > 1)


@given(small_corpora, st.integers(2, 4), st.integers(2, 100))
def test_every_run_through_a_pair_is_told_once(texts, n, limit):
    terms, bounds = arrays(texts)
    articles = articles_of(bounds)
    pairs = place_pairs(terms, articles, repeated_grams(terms, gram_starts(bounds, n), n), n, limit=limit)
    bits = np.array([3, 5, 8])
    runs = equal_runs(terms, bounds, pairs, bits)
    told = list(zip(runs.a.tolist(), runs.b.tolist(), strict=True))
    assert len(told) == len(set(told))
    for a, b, length, gain in zip(*(column.tolist() for column in runs), strict=True):
        assert terms[a : a + length].tolist() == terms[b : b + length].tolist()
        assert gain == bits[terms[a : a + length]].sum()


def test_a_gram_in_too_many_places_joins_each_to_the_first():
    texts = [[number, 1000, 1001, 1002, 2000 + number] for number in range(30)]
    terms, bounds = arrays(texts)
    postings = repeated_grams(terms, gram_starts(bounds, 3), 3)
    for limit, pairs in ((30, 435), (29, 29)):
        assert len(place_pairs(terms, articles_of(bounds), postings, 3, limit=limit)[0]) == pairs


def test_a_chance_word_beside_a_widespread_text_joins_nothing():
    texts = [[number % 3, 1000, 1001, 1002, 1003, 500 + number] for number in range(60)]
    terms, bounds = arrays(texts)
    postings = repeated_grams(terms, gram_starts(bounds, 3), 3)
    first, _ = place_pairs(terms, articles_of(bounds), postings, 3, limit=30)
    assert set(first.tolist()) == {1, 2}


@given(st.lists(st.tuples(st.integers(-5, 5), st.integers(0, 2**40))))
def test_packed_and_plain_order_agree(rows):
    keys = np.array(rows, dtype=np.int64).reshape(-1, 2)
    assert order_by(keys[:, 0], keys[:, 1]).tolist() == np.lexsort((keys[:, 1], keys[:, 0])).tolist()
    wide = keys[:, 1] << 22
    assert order_by(keys[:, 0], wide).tolist() == np.lexsort((wide, keys[:, 0])).tolist()
