"""Candidates: pairs of places with the same gram, grown to runs of equal words.

A gram that stands in up to `LIMIT` places is paired everywhere with everywhere. Above that the pairs would grow with
the square of the copies: there each place is paired with the first one only, and with the one before it in the same
article, so that the largest stories cost least and none is lost.
"""

from typing import NamedTuple

import numpy as np

from pastepot.kernels import fit, kernel
from pastepot.reuse.shingles import Flags, Ints, Postings, Terms, order_by

LIMIT = 100
"""Places up to which all pairs of one gram are formed."""

Pairs = tuple[Ints, Ints]


class Runs(NamedTuple):
    """Runs of equal words: `length` words from token `a` on equal those from token `b` on, and score `gain`; a < b."""

    a: Ints
    b: Ints
    length: Ints
    gain: Ints


def place_pairs(terms: Terms, articles: Terms, postings: Postings, n: int, *, limit: int = LIMIT) -> Pairs:
    """Return the pairs of places, earlier and later, that hold the same gram of `n` words without overlapping.

    Pairs that merely continue a listed pair by one word are left out.

    >>> terms, articles = np.array([5, 6, 5, 6, 5, 6]), np.array([0, 0, 0, 0, 1, 1])
    >>> first, second = place_pairs(terms, articles, Postings(np.array([0, 2, 4]), np.array([0, 3])), 2)
    >>> list(zip(first.tolist(), second.tolist()))
    [(0, 2), (0, 4), (2, 4)]
    >>> first, second = place_pairs(terms, articles, Postings(np.array([0, 2, 4]), np.array([0, 3])), 2, limit=2)
    >>> list(zip(first.tolist(), second.tolist()))
    [(0, 2), (0, 4)]
    """
    sizes = np.diff(postings.edges)
    first, second = all_with_all(terms, articles, postings, sizes, limit)
    if (sizes > limit).any():
        rims = on_the_rim(terms, articles, (first, second), large_grams(postings, len(terms), limit), n)
        small = np.delete(first, rims), np.delete(second, rims)
        listed = [small, *each_with_first(articles, postings, sizes, limit)]
        first, second = (np.concatenate(side) for side in zip(*listed, strict=True))
    apart = (articles[first] != articles[second]) | (second - first >= n)
    return first[apart], second[apart]


def large_grams(postings: Postings, tokens: int, limit: int) -> Flags:
    """Return which tokens begin a gram of more than `limit` places; one flag more, for the token after the last."""
    sizes = np.diff(postings.edges)
    large = np.zeros(tokens + 2, dtype=bool)
    large[postings.positions[np.repeat(sizes > limit, sizes)]] = True
    return large


def on_the_rim(terms: Terms, articles: Terms, pairs: Pairs, large: Flags, n: int) -> Ints:
    """Return which pairs only lengthen, by one chance word, a text that stands in more places than are paired.

    Of a story in thousands of articles, some hundred have the same word before it by chance; paired everywhere with
    everywhere, these would bring back the square of the copies.
    """
    near = np.flatnonzero(large[pairs[0] - 1] | large[pairs[0] + 1])
    first, second = pairs[0][near], pairs[1][near]
    before = (articles[first] == articles[first - 1]) & (articles[second] == articles[second - 1])
    before &= terms[first - 1] == terms[second - 1]
    end = np.minimum(second + n, len(terms) - 1)
    after = (second + n == end) & (articles[second] == articles[end])
    after &= (articles[first] == articles[end - second + first]) & (terms[end - second + first] == terms[end])
    rims: Ints = near[np.where(before, large[first - 1] & ~after, large[first + 1] & after)]
    return rims


def all_with_all(terms: Terms, articles: Terms, postings: Postings, sizes: Ints, limit: int) -> Pairs:
    """Return the pairs of places in the groups of up to `limit` places, without continued ones.

    A pair continues another where the words before both are equal and grams that are paired begin there.
    """
    small = sizes <= limit
    places = postings.positions
    begins = np.zeros(len(terms), dtype=bool)
    begins[places[np.repeat(small, sizes)]] = True
    within = (articles[places - 1] == articles[places]) & (places > 0)
    before = np.where(within, terms[places - 1], -1)
    joined = np.where(begins[places - 1], before, -2)
    groups = postings.edges[:-1][small], postings.edges[1:][small]
    write = fit(write_pairs, int((sizes[small] * (sizes[small] - 1) // 2).sum()))
    count = write(places, before, joined, groups, np.empty((2, 0), dtype=np.int64))
    pairs = np.empty((2, count), dtype=np.int64)
    write(places, before, joined, groups, pairs)
    return pairs[0], pairs[1]


@kernel
def write_pairs(places: Ints, before: Terms, joined: Terms, groups: Pairs, out: Ints) -> int:
    """Write the pairs of each group as far as there is room, and return how many there are."""
    count, room = 0, out.shape[1]
    for k in range(len(groups[0])):
        for i in range(groups[0][k], groups[1][k]):
            for j in range(i + 1, groups[1][k]):
                if joined[i] != before[j]:
                    if count < room:
                        out[0, count], out[1, count] = places[i], places[j]
                    count += 1
    return count


def each_with_first(articles: Terms, postings: Postings, sizes: Ints, limit: int) -> list[Pairs]:
    """Return each place of the larger groups with the group's first, and with the last one of the same article."""
    places = postings.positions
    rest = np.repeat(sizes > limit, sizes)
    rest[postings.edges[:-1]] = False
    at = np.flatnonzero(rest)
    centre = places[np.repeat(postings.edges[:-1], sizes)[at]]
    beside = at[(articles[places[at - 1]] == articles[places[at]]) & (places[at - 1] != centre)]
    return [(centre, places[at]), (places[beside - 1], places[beside])]


def equal_runs(terms: Terms, bounds: Ints, pairs: Pairs, bits: Ints, *, least: int = 1) -> Runs:
    """Return the longest runs of `least` or more equal words, each once, that pass through the `pairs` of places.

    Inside one article the two sides never overlap: there a run is cut to the distance of its sides.

    Examples
    --------
    >>> terms = np.array([7, 1, 2, 3, 8, 1, 2, 3], dtype=np.int32)
    >>> bounds, bits = np.array([0, 4, 8]), np.ones(9, dtype=np.int64)
    >>> equal_runs(terms, bounds, (np.array([2]), np.array([6])), bits)
    Runs(a=array([1]), b=array([5]), length=array([3]), gain=array([3]))

    Places whose words differ give nothing:

    >>> equal_runs(terms, bounds, (np.array([0]), np.array([4])), bits).length
    array([], dtype=int64)
    """
    order = order_by(pairs[1] - pairs[0], pairs[0])
    ordered = pairs[0][order], pairs[1][order]
    opens = np.zeros(len(terms) + 1, dtype=bool)
    opens[bounds] = True
    out = np.empty((4, len(order)), dtype=np.int64)
    count = fit(grow_runs, len(terms) + len(order))((terms, opens), ordered, bits, least, out)
    return Runs(*out[:, :count])


@kernel
def grow_runs(text: tuple[Terms, Flags], pairs: Pairs, bits: Ints, least: int, out: Ints) -> int:
    """Write each run that the pairs, ordered by distance, pass through; return how many there are.

    A flag beside each term says whether an article opens there; one more closes the last. A run longer than the
    distance of its sides lies in one article.
    """
    terms, opens = text
    count, distance, end = 0, -1, 0
    for k in range(len(pairs[0])):
        a, b = pairs[0][k], pairs[1][k]
        if (b - a == distance and a < end) or terms[a] != terms[b]:
            continue
        distance, end = b - a, a + 1
        while not opens[end] and not opens[end + distance] and terms[end] == terms[end + distance]:
            end += 1
        while not opens[a] and not opens[b] and terms[a - 1] == terms[b - 1]:
            a -= 1
            b -= 1
        length = min(end - a, distance)
        if length >= least:
            gain = 0
            for token in range(a, a + length):
                gain += bits[terms[token]]
            out[0, count], out[1, count], out[2, count], out[3, count] = a, b, length, gain
            count += 1
    return count
