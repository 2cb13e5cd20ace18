"""Copies: which articles are one story again, word for word or nearly, and which one of them stands for all."""

import itertools
from collections.abc import Sequence
from typing import NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from pastepot.corpus.repairs import uncurl_quotes

Hashes = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int64]

GRAM = 8
SKETCH = 32
ALIKE = 0.5
"""Near copies share this part of the sketch, an estimate of the part of all their grams."""

_MULTIPLIER = 0x9E3779B97F4A7C15
_INVERSE = pow(_MULTIPLIER, -1, 1 << 64)
_NONE = np.empty(0, np.uint64)
_SHIFT = np.uint64(32)
_LETTERS = {*b"\nabcdefghijklmnopqrstuvwxyz", *range(128, 256)}
_FOLD = bytes(byte if byte in _LETTERS else 35 if byte in b"0123456789" else 32 for byte in range(256))
_BLANKS = "\u00a0–—"


class WordHashes(NamedTuple):
    """The words of a text as numbers; those of line `i` of `str.splitlines` are `bounds[i]` to `bounds[i + 1]`."""

    words: Hashes
    bounds: Ints


def hash_words(text: str) -> WordHashes:
    r"""Return the words of a text as numbers that do not tell case, punctuation or one figure from another.

    >>> one, two = hash_words("Ferry 12:30.\nLate"), hash_words("ferry 8.45\n\nlate!")
    >>> one.words.tolist() == two.words.tolist(), one.bounds.tolist(), two.bounds.tolist()
    (True, [0, 3, 4], [0, 3, 3, 4])
    """
    plain = uncurl_quotes("\n".join(text.splitlines()).casefold())
    for blank in _BLANKS:
        plain = plain.replace(blank, " ")
    folded = plain.encode("utf-8", "surrogatepass").translate(_FOLD)
    while b"##" in folded:
        folded = folded.replace(b"##", b"#")
    lines = [line.split() for line in folded.split(b"\n")]
    numbers = map(crc32, itertools.chain.from_iterable(lines))
    return WordHashes(np.fromiter(numbers, np.uint64), np.cumsum([0, *map(len, lines)]))


def span_hashes(words: Hashes, starts: Ints, ends: Ints) -> Hashes:
    """Return one number for each span of words; equal words in equal order give equal numbers wherever they stand."""
    powers, inverse = (np.cumprod(np.full(len(words) + 1, base, np.uint64)) for base in (_MULTIPLIER, _INVERSE))
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum((words + np.uint64(1)) * powers[:-1])])
    values: Hashes = (sums[ends] - sums[starts]) * inverse[starts]
    values ^= values >> _SHIFT
    values *= np.uint64(_MULTIPLIER)
    return values


class MinHash(NamedTuple):
    """What is kept of a text to find its copies: a number for all its words, if any, and those of some grams."""

    whole: int | None
    grams: Hashes


def min_hash(words: Hashes) -> MinHash:
    """Return the number of a text's words and `SKETCH` of the smallest numbers of its grams of `GRAM` words."""
    starts = np.arange(max(len(words) - GRAM + 1, 0))
    hashes = span_hashes(words, np.append(starts, 0), np.append(starts + GRAM, len(words)))
    few = min(2 * SKETCH, len(starts))
    grams = np.unique(np.partition(hashes[:-1], few - 1)[:few]) if few else _NONE
    return MinHash(int(hashes[-1]) if len(words) else None, grams[:SKETCH].copy())


def first_near_duplicates(sketches: Sequence[MinHash]) -> Ints:
    """Return for each text the number of the first one that it copies, or its own.

    Parameters
    ----------
    sketches : sequence of Sketch
        One a text, from `min_hash`, in an order that does not depend on the order of files.

    Notes
    -----
    Exact copies have the same words. Near copies share half of a sketch of 32 grams of eight words, which estimates
    the resemblance (Jaccard) of all their grams; texts of fewer than eight words have none. Each gram joins its texts
    to the first that has it, so that time and memory grow with the number of texts, not of pairs. A copy of a copy is
    a copy of the first. This says nothing of passages that otherwise different texts share.

    References
    ----------
    Broder, "On the resemblance and containment of documents" (1997).

    Examples
    --------
    >>> story = "the ferry company said on monday that its crews would be back at work by the end of the week"
    >>> texts = [story, "Other news.", story + " or so", "OTHER NEWS", "", ""]
    >>> first_near_duplicates([min_hash(hash_words(text).words) for text in texts]).tolist()
    [0, 1, 0, 1, 4, 5]
    """
    first: dict[int, int] = {}
    found = [
        number if one.whole is None else first.setdefault(one.whole, number) for number, one in enumerate(sketches)
    ]
    for copy, head in _near([one.grams for one in sketches]):
        found[copy] = min(found[copy], head)
    for number, head in enumerate(found):
        found[number] = found[head]
    return np.array(found, dtype=np.int64)


def _near(grams: Sequence[Hashes]) -> list[tuple[int, int]]:
    """Return each text that shares enough grams with the first text that has them, and that text."""
    sizes = np.array([len(one) for one in grams], dtype=np.int64)
    article = np.repeat(np.arange(len(grams)), sizes)
    _, first, group = np.unique(np.concatenate([*grams, _NONE]), return_index=True, return_inverse=True)
    joined = article[first][group]
    later = joined < article
    pairs, votes = np.unique(article[later] * len(grams) + joined[later], return_counts=True)
    copies, stars = np.divmod(pairs, max(len(grams), 1))
    enough = votes >= ALIKE * np.maximum(sizes[copies], sizes[stars])
    return list(zip(copies[enough].tolist(), stars[enough].tolist(), strict=True))
