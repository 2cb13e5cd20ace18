"""Shingles: the runs of n words (n-grams) that occur more than once, and where.

What two articles share, or one repeats, contains at least one such n-gram; all later steps look only at those places.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pastepot.corpus.boilerplate import hash_spans

Ints = NDArray[np.int64]
Terms = NDArray[np.int32]
Flags = NDArray[np.bool_]

KEY_BITS = 63
AT_ONCE = 1 << 16
"""N-grams that are hashed at a time, few enough to stay in the cache of a processor."""
FOLDED_FROM = 4
"""Letters from which a word is folded: among shorter ones too many real words would become equal."""
OCR_PAIRS = (("rn", "m"), ("cl", "d"), ("vv", "w"), ("ii", "n"), ("nn", "m"))
OCR_SETS = ("ceoa0", "il1tfj", "nuvr", "hb8", "s5", "gq9")
OCR_LETTERS = str.maketrans({letter: letters[0] for letters in OCR_SETS for letter in letters})


class Postings(NamedTuple):
    """Where repeated n-grams begin.

    Group k of equal n-grams is ``positions[edges[k]:edges[k + 1]]``: token numbers, rising.
    """

    positions: Ints
    edges: Ints


# --- arrays as groups -----------------------------------------------------------------


def articles_of(bounds: Ints) -> Terms:
    """Return the article number of each token.

    >>> articles_of(np.array([0, 2, 2, 3])).tolist()
    [0, 0, 2]
    """
    return np.repeat(np.arange(len(bounds) - 1, dtype=np.int32), np.diff(bounds))


def pair_numbers(articles: Terms, a: Ints, b: Ints) -> Ints:
    """Return one number for the two articles of each pair of tokens, in order of the first article.

    >>> pair_numbers(np.array([0, 0, 1], dtype=np.int32), np.array([0, 2]), np.array([2, 2])).tolist()
    [1, 3]
    """
    return articles[a].astype(np.int64) * (int(articles[-1]) + 1 if len(articles) else 1) + articles[b]


def order_by(*keys: Ints) -> Ints:
    """Return the order that sorts by the first of the `keys`, then by the next; ties keep their order.

    Keys whose ranges fit together into 63 bits are packed into one number: sorting plain numbers is several times
    faster than sorting an index.

    >>> order_by(np.array([2, 1, 2, 1]), np.array([5, 5, 4, 5])).tolist()
    [1, 3, 2, 0]
    """
    rows = len(keys[0])
    if not rows:
        return np.empty(0, dtype=np.int64)
    widths = [int(key.max() - key.min()).bit_length() for key in keys]
    row_bits = rows.bit_length()
    if sum(widths) + row_bits > KEY_BITS:
        return np.lexsort(keys[::-1])
    # One number a row: the keys from left to right, then the row's own number, which breaks ties and is the answer.
    packed = np.zeros(rows, dtype=np.int64)
    for key, width in zip(keys, widths, strict=True):
        packed <<= width
        packed += key - key.min()
    packed <<= row_bits
    packed += np.arange(rows)
    packed.sort()
    return packed & ((1 << row_bits) - 1)


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


def number_rows(counts: Ints) -> tuple[Ints, Ints]:
    """Return two columns for ``counts[k]`` rows of each k: k itself, and 0, 1, 2 and so on.

    >>> number_rows(np.array([2, 0, 3]))
    (array([0, 0, 2, 2, 2]), array([0, 1, 0, 1, 2]))
    """
    source = np.repeat(np.arange(len(counts)), counts)
    return source, np.arange(len(source)) - (np.cumsum(counts) - counts)[source]


# --- n-grams --------------------------------------------------------------------------


def gram_starts(bounds: Ints, n: int) -> Ints:
    """Return the tokens from which `n` words fit into their article.

    >>> gram_starts(np.array([0, 4, 5, 8]), 3).tolist()
    [0, 1, 5]
    """
    source, step = number_rows(np.maximum(np.diff(bounds) - n + 1, 0))
    return bounds[source] + step


def hash_grams(terms: Terms, starts: Ints, n: int) -> NDArray[np.uint64]:
    """Return a hash for the `n` words from each of `starts` on, which rise."""
    hashes = np.empty(len(starts), dtype=np.uint64)
    for low in range(0, len(starts), AT_ONCE):
        block = starts[low : low + AT_ONCE]
        first = block[0]
        hashes[low : low + AT_ONCE] = hash_spans(terms[first : block[-1] + n], block - first, block - first + n)
    return hashes


def repeated_grams(terms: Terms, starts: Ints, n: int) -> Postings:
    """Return where those n-grams occur that begin at more than one of `starts`.

    Parameters
    ----------
    terms
        Term number of each token.
    starts
        Tokens at which to look, rising: see `gram_starts`.
    n
        Words in an n-gram.

    Notes
    -----
    An n-gram and its place share one 64-bit sort key, so one sort gives groups and order at once. Some bits of the
    hash go to the place: now and then two unequal n-grams share a group. Whoever uses a group compares the words.

    Examples
    --------
    >>> terms = np.array([1, 2, 3, 9, 1, 2, 3], dtype=np.int32)
    >>> repeated_grams(terms, gram_starts(np.array([0, 7]), 3), 3)
    Postings(positions=array([0, 4]), edges=array([0, 2]))

    No n-gram crosses from one article into the next:

    >>> repeated_grams(terms, gram_starts(np.array([0, 6, 7]), 3), 3)
    Postings(positions=array([], dtype=int64), edges=array([0]))
    """
    place_bits = np.uint64(max(1, len(terms).bit_length()))
    keys = hash_grams(terms, starts, n)
    # The low bits of the hash make room for the place: equal n-grams become neighbours, in order of their places.
    keys >>= place_bits
    keys <<= place_bits
    keys |= starts.astype(np.uint64)
    keys.sort()
    new = np.ones(len(keys) + 1, dtype=bool)
    np.greater((keys[1:] ^ keys[:-1]) >> place_bits, np.uint64(0), out=new[1:-1])
    shared = ~(new[:-1] & new[1:])
    positions = (keys[shared] & ((np.uint64(1) << place_bits) - np.uint64(1))).astype(np.int64)
    return Postings(positions, np.append(np.flatnonzero(new[:-1][shared]), len(positions)))


def drop_small_groups(postings: Postings, *, least: int = 2) -> Postings:
    """Return the postings without the groups of fewer than `least` places.

    >>> drop_small_groups(Postings(np.array([3, 8, 5]), np.array([0, 2, 3])))
    Postings(positions=array([3, 8]), edges=array([0, 2]))
    """
    sizes = np.diff(postings.edges)
    kept = sizes >= least
    return Postings(postings.positions[np.repeat(kept, sizes)], np.append(0, np.cumsum(sizes[kept])))


def drop_places(postings: Postings, dropped: Flags) -> Postings:
    """Return the postings without the n-grams that begin at a token flagged in `dropped`.

    >>> drop_places(Postings(np.array([0, 4, 2, 6, 9]), np.array([0, 2, 5])), np.arange(10) == 4)
    Postings(positions=array([2, 6, 9]), edges=array([0, 3]))
    """
    kept = ~dropped[postings.positions]
    groups = np.repeat(np.arange(len(postings.edges) - 1), np.diff(postings.edges))[kept]
    return drop_small_groups(Postings(postings.positions[kept], group_edges(groups)))


# --- words that a scanner confuses ----------------------------------------------------


def fold_ocr_confusions(words: Sequence[str]) -> list[str]:
    """Return the words with one letter for each set of letters that text recognition confuses.

    It takes e for c, m for rn, 1 for l: *modern*, *modem* and *moclern* become equal.

    >>> fold_ocr_confusions(["modern", "modem", "rnoclern"])
    ['mcdcm', 'mcdcm', 'mcdcm']
    >>> fold_ocr_confusions(["strike", "5trikc"])
    ['sinikc', 'sinikc']

    Short words stay as they are:

    >>> fold_ocr_confusions(["cat", "oat"])
    ['cat', 'oat']
    """
    folded = "\n".join(words)
    for pair, letter in OCR_PAIRS:
        folded = folded.replace(pair, letter)
    lines = folded.translate(OCR_LETTERS).split("\n") if words else []
    return [line if len(word) >= FOLDED_FROM else word for word, line in zip(words, lines, strict=True)]


def map_ocr_variants(terms: Terms, vocabulary: Sequence[str]) -> Terms:
    """Return the tokens' terms with one number for all words that become equal by `fold_ocr_confusions`.

    >>> map_ocr_variants(np.array([0, 1, 2, 1], dtype=np.int32), ["harbour", "strike", "harhonr"]).tolist()
    [0, 1, 0, 1]
    """
    folded = np.array(fold_ocr_confusions(vocabulary), dtype=object)
    return pd.factorize(folded)[0].astype(np.int32)[terms]
