"""Relatives: passages of two articles that a third one vouches for.

Two rewrites of one story can differ so much that no gram joins them, while each shares enough with their source.
Where two passages meet on the same words of an article, their other sides are laid side by side, and little evidence
is needed, since the common source already speaks for them.
"""

from typing import NamedTuple

import numpy as np

from pastepot.kernels import fit, kernel
from pastepot.reuse.alignment import PROMISING, Alignments, Lookup, grow_both, lanes_for
from pastepot.reuse.candidates import LIMIT
from pastepot.reuse.grams import Ints, Terms, order_by

MEETING_WORDS = 8
SLACK = 5
"""Words by which a stretch that is only guessed from its place in the source is widened."""


class Stretches(NamedTuple):
    """Pairs of stretches that may share a passage: tokens `low_a` to before `high_a` and those of b."""

    low_a: Ints
    high_a: Ints
    low_b: Ints
    high_b: Ints


class Sides(NamedTuple):
    """Each side of each passage: its tokens, and those of the other side, by first token."""

    first: Ints
    last: Ints
    other_first: Ints
    other_last: Ints


def align_relatives(
    terms: Terms, bits: Lookup, bounds: Ints, articles: Terms, passages: Alignments, *, max_gap: int
) -> Alignments:
    """Return alignments between stretches that accepted `passages` tie to the same words of a third article."""
    tries = unjoined(vouched_for(sides_of(passages), articles), passages, articles)
    width = int((tries.high_b - tries.low_b).max(initial=0)) + 1
    out = np.empty((len(tries.low_a), len(Alignments._fields)), dtype=np.int64)
    cells = int(((tries.high_a - tries.low_a) * (tries.high_b - tries.low_b)).sum())
    row, lanes = np.empty(width, dtype=np.int64), lanes_for(bounds)
    count = fit(grow_between, cells)(terms, bits, bounds, articles, *tries, max_gap, row, lanes, out)
    return Alignments(*np.ascontiguousarray(out[:count].T))


def sides_of(passages: Alignments) -> Sides:
    """Return both sides of each passage, ordered by place."""
    mine = [np.concatenate([passages.first_a, passages.first_b]), np.concatenate([passages.last_a, passages.last_b])]
    others = [np.concatenate([passages.first_b, passages.first_a]), np.concatenate([passages.last_b, passages.last_a])]
    order = order_by(*mine, *others)
    return Sides(*(column[order] for column in [*mine, *others]))


def vouched_for(sides: Sides, articles: Terms) -> Stretches:
    """Return the pairs of stretches, in two articles, that sides meeting on `MEETING_WORDS` words point to.

    A side that meets more than `LIMIT` others belongs to a story in so many copies that each is joined to one of them
    only; it vouches for none.
    """
    later = np.searchsorted(sides.first, sides.last - MEETING_WORDS, side="right") - np.arange(len(sides.first)) - 1
    counts = np.where(later > LIMIT, 0, np.maximum(later, 0))
    one = np.repeat(np.arange(len(counts)), counts)
    two = one + 1 + np.arange(len(one)) - np.repeat(np.cumsum(counts) - counts, counts)
    low, high = sides.first[two], np.minimum(sides.last[one], sides.last[two])
    meet = (high - low >= MEETING_WORDS) & (articles[sides.other_first[one]] != articles[sides.other_first[two]])
    one, two, low, high = one[meet], two[meet], low[meet], high[meet]
    swap = sides.other_first[one] > sides.other_first[two]
    one, two = np.where(swap, two, one), np.where(swap, one, two)
    return Stretches(*opposite(sides, one, low, high), *opposite(sides, two, low, high))


def opposite(sides: Sides, rows: Ints, low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """Return the tokens of the other side that lie opposite tokens `low` to before `high`, guessed in proportion."""
    first, last = sides.other_first[rows], sides.other_last[rows]
    ratio = (last - first) / (sides.last[rows] - sides.first[rows])
    begin = first + np.floor((low - sides.first[rows]) * ratio).astype(np.int64) - SLACK
    end = first + np.ceil((high - sides.first[rows]) * ratio).astype(np.int64) + SLACK
    return np.maximum(begin, first), np.minimum(end, last)


def unjoined(tries: Stretches, passages: Alignments, articles: Terms) -> Stretches:
    """Return the `tries` that no passage joins already, by pair of articles and place."""
    count = int(articles[-1]) + 1 if len(articles) else 1
    known = articles[passages.first_a].astype(np.int64) * count + articles[passages.first_b]
    wanted = articles[tries.low_a].astype(np.int64) * count + articles[tries.low_b]
    by_pair = order_by(known)
    spans = np.column_stack([column[by_pair] for column in passages[:4]])
    low, high = np.searchsorted(known[by_pair], wanted), np.searchsorted(known[by_pair], wanted, side="right")
    free = np.zeros(len(wanted), dtype=bool)
    fit(mark_free, len(wanted))(spans, low, high, *tries, free)
    order = order_by(wanted[free], tries.low_a[free], tries.low_b[free])
    return Stretches(*(column[free][order] for column in tries))


@kernel
def mark_free(spans: Ints, low: Ints, high: Ints, low_a: Ints, high_a: Ints, low_b: Ints, high_b: Ints, free: Ints) -> None:
    """Set `free` where no span of the same two articles touches a try on both sides."""
    for k in range(len(free)):
        free[k] = not touched(spans, low[k], high[k], low_a[k], high_a[k], low_b[k], high_b[k])


@kernel
def touched(spans: Ints, low: int, high: int, low_a: int, high_a: int, low_b: int, high_b: int) -> bool:
    """Return whether one of the spans `low` to before `high` shares tokens with both stretches."""
    for k in range(low, high):
        if spans[k, 0] < high_a and low_a < spans[k, 1] and spans[k, 2] < high_b and low_b < spans[k, 3]:
            return True
    return False


@kernel
def grow_between(
    terms: Terms,
    bits: Lookup,
    bounds: Ints,
    articles: Terms,
    low_a: Ints,
    high_a: Ints,
    low_b: Ints,
    high_b: Ints,
    max_gap: int,
    lengths: Ints,
    lanes: Ints,
    out: Ints,
) -> int:
    """Write the alignment that grows from the best run between each pair of stretches; return how many there are."""
    count, start = 0, 0
    for k in range(len(low_a)):
        doc_a, doc_b = articles[low_a[k]], articles[low_b[k]]
        if k == 0 or doc_a != articles[low_a[k - 1]] or doc_b != articles[low_b[k - 1]]:
            start = count
        if touched(out, start, count, low_a[k], high_a[k], low_b[k], high_b[k]):
            continue
        a, b, length, gain = best_run(terms, bits, low_a[k], high_a[k], low_b[k], high_b[k], lengths)
        grow_both(terms, bits, bounds, doc_a, doc_b, a, b, length, max_gap, lanes, out[count])
        out[count, 4] += gain
        if out[count, 4] >= PROMISING:
            count += 1
    return count


@kernel
def best_run(
    terms: Terms, bits: Lookup, low_a: int, high_a: int, low_b: int, high_b: int, lengths: Ints
) -> tuple[int, int, int, int]:
    """Return the run of equal words between two stretches that scores most: both starts, length, score."""
    best = (low_a, low_b, 0, 0)
    lengths[: high_b - low_b + 1] = 0
    for a in range(low_a, high_a):
        for b in range(high_b - 1, low_b - 1, -1):
            length = lengths[b - low_b] + 1 if terms[a] == terms[b] and bits[terms[a]] else 0
            lengths[b - low_b + 1] = length
            if length and (a + 1 == high_a or b + 1 == high_b or terms[a + 1] != terms[b + 1]):
                gain = 0
                for back in range(length):
                    gain += bits[terms[a - back]]
                if gain > best[3]:
                    best = (a - length + 1, b - length + 1, length, gain)
    return best
