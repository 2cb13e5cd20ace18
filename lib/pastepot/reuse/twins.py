"""Twins: articles that are word for word the same.

They are found by one number an article and compared word by word, one of each set stands for all while passages are
looked for, and the rows are told for every copy afterwards. So a story that five hundred outlets print unchanged costs
no more than one.
"""

import numpy as np
from numpy.typing import NDArray

from pastepot.reuse.candidates import LIMIT
from pastepot.reuse.shingles import HALF, MIXER, MULTIPLIER, Flags, Ints, Terms, articles_of, group_edges, ramp

ARTICLES_AT_ONCE = 256

Rows = tuple[Ints, Ints, Ints, Ints, Ints, Ints]
"""Article, first token and last token (exclusive), of both sides; tokens counted from the article's first."""


def first_duplicates(terms: Terms, bounds: Ints, *, least: int = 2) -> Ints:
    """Return for each article the first article with the same words, where at least `least` have them.

    >>> terms = np.array([1, 2, 3, 1, 2, 1, 2], dtype=np.int32)
    >>> first_duplicates(terms, np.array([0, 2, 3, 5, 7])).tolist()
    [0, 1, 0, 0]
    >>> first_duplicates(terms, np.array([0, 2, 3, 5, 7]), least=4).tolist()
    [0, 1, 2, 3]

    Articles without words are nobody's copies:

    >>> first_duplicates(terms[:0], np.array([0, 0, 0])).tolist()
    [0, 1]
    """
    lengths = np.diff(bounds)
    own = np.arange(len(lengths))
    filled = np.flatnonzero(lengths)
    if not len(filled):
        return own
    prints = fingerprints(terms, bounds)[filled]
    order = np.lexsort((filled, lengths[filled], prints))
    edges = group_edges(prints[order], lengths[filled][order])
    sizes = np.diff(edges)
    copies = filled[order]
    heads = np.repeat(copies[edges[:-1]], sizes)
    alike = (heads != copies) & np.repeat(sizes >= least, sizes)
    copies, heads = copies[alike], heads[alike]
    alike = same_words(terms, bounds, copies, heads)
    own[copies[alike]] = heads[alike]
    return own


def fingerprints(terms: Terms, bounds: Ints) -> NDArray[np.uint64]:
    """Return a 64-bit number for the words of each article in their order; that of an empty one means nothing."""
    parts = [np.empty(0, dtype=np.uint64)]
    for low in range(0, len(bounds) - 1, ARTICLES_AT_ONCE):
        edges = bounds[low : low + ARTICLES_AT_ONCE + 1]
        values = (terms[edges[0] : edges[-1]].astype(np.uint64) + np.uint64(1)) * MULTIPLIER
        values ^= values >> HALF
        values *= MIXER
        places = np.arange(edges[0], edges[-1]) - np.repeat(edges[:-1], np.diff(edges))
        values *= 2 * places.astype(np.uint64) + np.uint64(1)
        starts = edges[:-1] - edges[0]
        parts.append(np.add.reduceat(np.append(values, np.uint64(0)), starts))
    return np.concatenate(parts)


def same_words(terms: Terms, bounds: Ints, copies: Ints, heads: Ints) -> Flags:
    """Return whether each of `copies` has the words of its head, an article of the same length."""
    if not len(copies):
        return np.empty(0, dtype=bool)
    lengths = bounds[copies + 1] - bounds[copies]
    ends = np.cumsum(lengths)
    places = np.arange(ends[-1]) - np.repeat(ends - lengths, lengths)
    equal = terms[np.repeat(bounds[copies], lengths) + places] == terms[np.repeat(bounds[heads], lengths) + places]
    return np.logical_and.reduceat(equal, ends - lengths)


def drop_duplicates(terms: Terms, bounds: Ints, own: Ints) -> tuple[Terms, Ints, Ints]:
    """Return the words and bounds of the articles that stand for themselves, and which articles these are."""
    kept = np.flatnonzero(own == np.arange(len(own)))
    if len(kept) == len(own):
        return terms, bounds, kept
    flags = (own == np.arange(len(own)))[articles_of(bounds)]
    return terms[flags], np.concatenate([[0], np.cumsum(np.diff(bounds)[kept])]), kept


def pair_duplicates(bounds: Ints, own: Ints) -> Rows:
    """Return the pairs of whole copies: all pairs of up to `LIMIT` copies, of more each copy with the first."""
    order, edges = by_original(own)
    sizes = np.diff(edges)
    rank = np.arange(len(order)) - np.repeat(edges[:-1], sizes)
    back = np.where(np.repeat(sizes > LIMIT, sizes), np.minimum(rank, 1), rank)
    later, step = ramp(back)
    doc_a, doc_b = order[np.repeat(np.repeat(edges[:-1], sizes), back) + step], order[later]
    lengths = np.diff(bounds)[doc_a]
    return doc_a, np.zeros_like(lengths), lengths, doc_b, np.zeros_like(lengths), lengths.copy()


def by_original(own: Ints) -> tuple[Ints, Ints]:
    """Return the articles grouped by the one that stands for them, rising, and where each group begins."""
    order = np.argsort(own, kind="stable")
    return order, group_edges(own[order])


def expand_duplicates(rows: Rows, own: Ints) -> tuple[Rows, Ints]:
    """Return the `rows` told for every copy of their articles, and of which row each is a retelling.

    Rows inside one article are told for each copy. Rows of two articles are told for all pairs of copies if both
    sides together have up to `LIMIT`, else only as they are: the copies hang together by their whole text.
    """
    order, edges = by_original(own)
    counts = np.zeros(len(own), dtype=np.int64)
    starts = np.zeros(len(own), dtype=np.int64)
    counts[own[order[edges[:-1]]]] = np.diff(edges)
    starts[own[order[edges[:-1]]]] = edges[:-1]
    doc_a, doc_b = rows[0], rows[3]
    inside = doc_a == doc_b
    many_a, many_b = counts[doc_a], np.where(inside, 1, counts[doc_b])
    alone = ~inside & (many_a + many_b > LIMIT)
    many_a, many_b = np.where(alone, 1, many_a), np.where(alone, 1, many_b)
    source, step = ramp(many_a * many_b)
    told_a = order[starts[doc_a[source]] + step // many_b[source]]
    told_b = np.where(inside[source], told_a, order[starts[doc_b[source]] + step % many_b[source]])
    return order_pairs((told_a, rows[1][source], rows[2][source], told_b, rows[4][source], rows[5][source])), source


def order_pairs(rows: Rows) -> Rows:
    """Return the rows with the earlier article first."""
    swap = rows[0] > rows[3]
    a, b = rows[:3], rows[3:]
    first = [np.where(swap, y, x) for x, y in zip(a, b, strict=True)]
    second = [np.where(swap, x, y) for x, y in zip(a, b, strict=True)]
    return first[0], first[1], first[2], second[0], second[1], second[2]
