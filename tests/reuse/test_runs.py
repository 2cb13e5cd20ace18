"""Equal runs: brute force agrees, and each pair of places is told once."""

import hypothesis.strategies as st
import numpy as np
from hypothesis import given

from pastepot.reuse.runs import equal_runs


def brute_force(terms, bounds, least):
    """Return every maximal equal run by comparing each two places, word by word."""
    article = [number for number in range(len(bounds) - 1) for _ in range(bounds[number], bounds[number + 1])]
    found = []
    for first in range(len(terms)):
        for second in range(first + 1, len(terms)):
            inner = article[first] == article[first - 1] and article[second] == article[second - 1] and first > 0
            if inner and terms[first - 1] == terms[second - 1]:
                continue
            length = 0
            while (
                second + length < len(terms)
                and terms[first + length] == terms[second + length]
                and article[first + length] == article[first]
                and article[second + length] == article[second]
            ):
                length += 1
            if article[first] == article[second]:
                length = min(length, second - first)
            if length >= least:
                found.append((first, second, length))
    return sorted(found)


@given(st.lists(st.lists(st.integers(0, 2), max_size=9), max_size=4), st.integers(2, 4))
def test_every_maximal_run_is_found_once(articles, least):
    terms = np.array([term for article in articles for term in article], dtype=np.int32)
    bounds = np.concatenate([[0], np.cumsum([len(article) for article in articles])]).astype(np.int64)
    runs = equal_runs(terms, bounds, least)
    assert sorted(zip(*(column.tolist() for column in runs), strict=True)) == brute_force(terms, bounds, least)


def test_no_article_and_no_word_give_no_run():
    assert equal_runs(np.empty(0, dtype=np.int32), np.array([0]), 2).first.size == 0
    assert equal_runs(np.empty(0, dtype=np.int32), np.array([0, 0, 0]), 2).first.size == 0
