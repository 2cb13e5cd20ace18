"""Grams: runs of n words that stand more than once.

What two articles share, or one repeats, holds at least one such gram; all later steps look only where grams say so.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Terms = NDArray[np.int32]
Flags = NDArray[np.bool_]

MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
MIXER = np.uint64(0xD6E8FEB86659FD93)
HALF = np.uint64(32)
KEY_BITS = 63
BLOCK = 1 << 14
"""Numbers worked on at a time, few enough to stay in the cache of a processor."""


class Postings(NamedTuple):
    """Where repeated grams stand.

    Group k of equal grams is ``positions[edges[k]:edges[k + 1]]``: token numbers, rising.
    """

    positions: Ints
    edges: Ints


def articles_of(bounds: Ints) -> Terms:
    """Return the article number of each token.

    >>> articles_of(np.array([0, 2, 2, 3])).tolist()
    [0, 0, 2]
    """
    return np.repeat(np.arange(len(bounds) - 1, dtype=np.int32), np.diff(bounds))


def order_by(*keys: Ints) -> Ints:
    """Return the order that sorts by the first of the `keys`, then by the next; ties keep their order.

    Keys whose ranges fit side by side into 63 bits are packed into one number: sorting plain numbers is several
    times faster than sorting an index.

    >>> order_by(np.array([2, 1, 2, 1]), np.array([5, 5, 4, 5])).tolist()
    [1, 3, 2, 0]
    """
    rows = len(keys[0])
    if not rows:
        return np.empty(0, dtype=np.int64)
    widths = [int(key.max() - key.min()).bit_length() for key in keys]
    place_bits = rows.bit_length()
    if sum(widths) + place_bits > KEY_BITS:
        return np.lexsort(keys[::-1])
    packed = np.zeros(rows, dtype=np.int64)
    for key, width in zip(keys, widths, strict=True):
        packed <<= width
        packed += key - key.min()
    packed <<= place_bits
    packed += np.arange(rows)
    packed.sort()
    return packed & ((1 << place_bits) - 1)


def group_edges(*keys: NDArray[np.generic]) -> Ints:
    """Return where groups of neighbours begin that agree in all `keys`, and the end of the last one.

    >>> group_edges(np.array([4, 4, 7])).tolist()
    [0, 2, 3]
    >>> group_edges(np.array([4, 4, 7]), np.array([1, 2, 2])).tolist()
    [0, 1, 2, 3]
    >>> group_edges(np.array([])).tolist()
    [0]
    """
    new = np.zeros(len(keys[0]) + 1, dtype=bool)
    new[[0, -1]] = True
    for key in keys:
        new[1:-1] |= key[1:] != key[:-1]
    return np.flatnonzero(new)


def ramp(counts: Ints) -> tuple[Ints, Ints]:
    """Return two columns for ``counts[k]`` rows of each k: k itself, and 0, 1, 2 and so on.

    >>> ramp(np.array([2, 0, 3]))
    (array([0, 0, 2, 2, 2]), array([0, 1, 0, 1, 2]))
    """
    source = np.repeat(np.arange(len(counts)), counts)
    return source, np.arange(len(source)) - (np.cumsum(counts) - counts)[source]


def connect(labels: Ints, first: Ints, second: Ints) -> Ints:
    """Return a label for each item: one for all that had the same, or are joined by pairs `first` and `second`.

    >>> connect(np.arange(5), np.array([0, 1]), np.array([3, 4])).tolist()
    [0, 1, 2, 0, 1]
    """
    from scipy.sparse import coo_array  # noqa: PLC0415 (a fifth of a second that a corpus without copies needs not)
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    size = len(labels)
    graph = coo_array((np.ones(len(first), dtype=bool), (labels[first], labels[second])), shape=(size, size))
    joined: Ints = connected_components(graph, directed=False)[1].astype(np.int64)[labels]
    return joined


def gram_starts(bounds: Ints, n: int) -> Terms:
    """Return the tokens from which `n` words fit into their article.

    >>> gram_starts(np.array([0, 4, 5, 8]), 3).tolist()
    [0, 1, 5]
    """
    fits = np.ones(int(bounds[-1]), dtype=bool)
    filled = np.diff(bounds) > 0
    for back in range(1, n):
        fits[np.maximum(bounds[1:] - back, bounds[:-1])[filled]] = False
    return np.flatnonzero(fits).astype(np.int32)


def gram_hashes(terms: Terms, starts: Terms | Ints, n: int) -> NDArray[np.uint64]:
    """Return a 64-bit number for the `n` words from each of `starts` on, the same for the same words."""
    hashes = np.zeros(max(0, len(terms) - n + 1), dtype=np.uint64)
    for low in range(0, len(hashes), BLOCK):
        block = hashes[low : low + BLOCK]
        for place in range(low, low + n):
            block *= MULTIPLIER
            block += terms[place : place + len(block)].astype(np.uint32)
        block ^= block >> HALF
        block *= MIXER
    return hashes[starts]


def repeated_grams(terms: Terms, starts: Terms | Ints, n: int) -> Postings:
    """Return where those grams of `n` words stand that begin at more than one of `starts`.

    Parameters
    ----------
    terms
        Term number of each token.
    starts
        Tokens at which to look, rising: see `gram_starts`.
    n
        Words in a gram.

    Notes
    -----
    A gram and its place share one 64-bit sort key, so one sort gives groups and order at once. Some bits of the hash
    go to the place: now and then two unequal grams share a group. Whoever uses a group compares the words.

    Examples
    --------
    >>> terms = np.array([1, 2, 3, 9, 1, 2, 3], dtype=np.int32)
    >>> repeated_grams(terms, gram_starts(np.array([0, 7]), 3), 3)
    Postings(positions=array([0, 4]), edges=array([0, 2]))

    No gram crosses from one article into the next:

    >>> repeated_grams(terms, gram_starts(np.array([0, 6, 7]), 3), 3)
    Postings(positions=array([], dtype=int64), edges=array([0]))
    """
    place_bits = np.uint64(max(1, len(terms).bit_length()))
    keys = gram_hashes(terms, starts, n)
    keys >>= place_bits
    keys <<= place_bits
    keys |= starts.astype(np.uint32)
    keys.sort()
    new = np.ones(len(keys) + 1, dtype=bool)
    np.greater((keys[1:] ^ keys[:-1]) >> place_bits, np.uint64(0), out=new[1:-1])
    shared = ~(new[:-1] & new[1:])
    positions = (keys[shared] & ((np.uint64(1) << place_bits) - np.uint64(1))).astype(np.int64)
    return Postings(positions, np.append(np.flatnonzero(new[:-1][shared]), len(positions)))


def shared_only(positions: Ints, edges: Ints, *, least: int = 2) -> Postings:
    """Return the postings without the groups of fewer than `least` places.

    >>> shared_only(np.array([3, 8, 5]), np.array([0, 2, 3]))
    Postings(positions=array([3, 8]), edges=array([0, 2]))
    """
    sizes = np.diff(edges)
    shared = sizes >= least
    return Postings(positions[np.repeat(shared, sizes)], np.concatenate([[0], np.cumsum(sizes[shared])]))


def without(postings: Postings, dropped: Flags) -> Postings:
    """Return the postings without the grams that begin at a token flagged in `dropped`.

    >>> without(Postings(np.array([0, 4, 2, 6, 9]), np.array([0, 2, 5])), np.arange(10) == 4)
    Postings(positions=array([2, 6, 9]), edges=array([0, 3]))
    """
    keep = ~dropped[postings.positions]
    groups = np.repeat(np.arange(len(postings.edges) - 1), np.diff(postings.edges))[keep]
    return shared_only(postings.positions[keep], group_edges(groups))
