"""Reused passages: pairs of spans that share their words, between articles and inside one."""

import numpy as np
from numpy.typing import NDArray

from pastepot.reuse.candidates import Runs, equal_runs, place_pairs
from pastepot.reuse.grams import Ints, articles_of, repeated_grams

QUOTE_WORDS = 8


def find_passages(
    terms: NDArray[np.int32], bounds: Ints, vocabulary_size: int, *, level: str = "quote", min_words: int | None = None
) -> dict[str, NDArray[np.float64] | Ints]:
    """Return the reused passages."""
    n = min_words or QUOTE_WORDS
    articles = articles_of(bounds)
    pairs = place_pairs(repeated_grams(terms, bounds, n), articles, n)
    runs = equal_runs(terms, bounds, articles, pairs)
    return rows(runs, articles, bounds)


def rows(runs: Runs, articles, bounds):
    doc_a, doc_b = articles[runs.a], articles[runs.b]
    order = np.lexsort((runs.b, runs.a))
    return {"doc_a": doc_a[order], "first_a": runs.a[order], "last_a": (runs.a + runs.length)[order],
    "doc_b": doc_b[order], "first_b": runs.b[order], "last_b": (runs.b + runs.length)[order]}
