"""Reprints counted once: which words stand in a copy of a passage that an earlier article already has."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from pastepot import errors
from pastepot.corpus.corpus import Corpus, article_dates
from pastepot.text.annotations import Whole, corpus_tokens, token_raw_offsets

REPEATS = ("all", "once")
COLUMNS = ("doc_a", "start_a", "end_a", "doc_b", "start_b", "end_b", "family")
MADE_BY = "pastepot.passages(corpus)"


def mask_reprints(corpus: Corpus, passages: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Return which tokens stand in a later copy of a passage, so that leaving them out counts each passage once.

    Of each pair of spans the later one is left out. First comes the earliest dated article of the family, then the
    article with most pairs (all copies of a large family are paired with one of them), then by date and order.

    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["The strike is over.", "Late: the strike is over."]}))
    >>> pair = {"doc_a": ["row 1"], "start_a": [0], "end_a": [18], "doc_b": ["row 2"], "start_b": [6], "end_b": [24]}
    >>> mask_reprints(corpus, pd.DataFrame({**pair, "family": [0]})).tolist()
    [False, False, False, False, False, True, True, True, True]
    """
    errors.has_columns("passages", passages, COLUMNS, made_by=MADE_BY)
    a, b = (_spans(corpus, passages, side) for side in "ab")
    if not len(passages):
        return np.zeros(len(corpus_tokens(corpus).ids), dtype=np.bool_)
    order_a, order_b = _order_in_family(corpus, passages["family"].to_numpy(), a[0], b[0])
    later_a = (order_a > order_b) | ((order_a == order_b) & (a[1] > b[1]))
    article, start, end = (np.where(later_a, one, other) for one, other in zip(a, b, strict=True))
    return _covered(corpus, article, start, end)


def _spans(corpus: Corpus, passages: pd.DataFrame, side: str) -> tuple[Whole, Whole, Whole]:
    """Return the articles, starts and ends of one side of the pairs."""
    names, codes = np.unique(passages[f"doc_{side}"].to_numpy(dtype=object).astype(str), return_inverse=True)
    numbers = np.array([corpus.number(name) for name in names.tolist()], dtype=np.int64)
    starts, ends = (passages[f"{edge}_{side}"].to_numpy(dtype=np.int64) for edge in ("start", "end"))
    return numbers[codes] if len(numbers) else starts, starts, ends


def _order_in_family(corpus: Corpus, family: Whole, first: Whole, second: Whole) -> tuple[Whole, Whole]:
    """Return the rank of each pair's two articles among the articles of its family, the one to keep first."""
    size = len(corpus)
    codes = pd.factorize(family, sort=True)[0].astype(np.int64)
    copies, where, pairs = np.unique(
        np.concatenate([codes * size + first, codes * size + second]), return_inverse=True, return_counts=True
    )
    article = copies % size
    days = article_dates(corpus).to_numpy()[article]
    by_date = np.lexsort((article, days, copies // size))
    new = np.concatenate([[True], np.diff((copies // size)[by_date]) > 0])
    original = np.zeros(len(copies), dtype=np.bool_)
    original[by_date[new]] = True
    rank = np.empty(len(copies), dtype=np.int64)
    rank[np.lexsort((article, days, -pairs, ~original, copies // size))] = np.arange(len(copies))
    return rank[where[: len(first)]], rank[where[len(first) :]]


def _covered(corpus: Corpus, article: Whole, start: Whole, end: Whole) -> npt.NDArray[np.bool_]:
    """Return which tokens start inside any of the spans, which are in raw offsets."""
    bounds = corpus_tokens(corpus).bounds
    starts, _ = token_raw_offsets(corpus)
    room = max(int(starts.max(initial=0)), int(end.max(initial=0))) + 1
    keys = starts + np.repeat(np.arange(len(corpus)) * room, np.diff(bounds))
    edges = np.zeros(len(starts) + 1, dtype=np.int64)
    np.add.at(edges, np.searchsorted(keys, article * room + start), 1)
    np.add.at(edges, np.searchsorted(keys, article * room + end), -1)
    return np.cumsum(edges[:-1]) > 0
