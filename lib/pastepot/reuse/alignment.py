"""Alignment: a run of equal words grown both ways, past changed words, to where it scores best.

A matched word scores its bits, a word put in, dropped or changed costs `COST`. Growing goes on until the score lies
`COST` times the longest gap under its best, and the passage ends at the best: always on a matched word, and chance
words further on that cost more than they bring are left out.

Scores are whole numbers, hundredths of a bit, so that every machine adds them up alike. The cells of one
anti-diagonal need only the two before it, so it makes no difference which side is which.

References
----------
Z. Zhang, S. Schwartz, L. Wagner, W. Miller (2000): A greedy algorithm for aligning DNA sequences. Journal of
Computational Biology 7(1-2), 203-214: growing that stops when the score drops by X.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pastepot.kernels import fit, kernel
from pastepot.reuse.candidates import Runs
from pastepot.reuse.grams import Flags, Ints, Terms, group_edges, order_by

BIT = 100
"""Score units in one bit."""
COST = 4 * BIT
MOST = 9 * BIT
"""What one word can score at most: a rare name is no better witness than three everyday words."""
RUN_BONUS = 4 * BIT
"""Extra evidence of each word in the longest unbroken run: formulas are broken up by other names and figures."""
FAINT_RUN = 24 * BIT
FAINT_PAIR = 30 * BIT
PROMISING = 45 * BIT
"""Scores below which a run, all runs of two articles, and a first short growing are not followed up."""
ONE_POINT = 1 << 24
"""A cell is its score times this, plus its matched words: of equal scores the one with more words wins."""
UNREACHED = -(1 << 60)
CELLS_PER_RUN = 400

Lookup = NDArray[np.int32]


class Alignments(NamedTuple):
    """Aligned spans: tokens `first_a` to before `last_a` with `first_b` to before `last_b`."""

    first_a: Ints
    last_a: Ints
    first_b: Ints
    last_b: Ints
    score: Ints
    matched: Ints
    longest: Ints

    def evidence(self) -> Ints:
        """Return the score with the bonus for the longest run."""
        return self.score + RUN_BONUS * self.longest

    def take(self, rows: Ints | Flags) -> "Alignments":
        """Return the `rows` asked for."""
        return Alignments(*(column[rows] for column in self))


def word_bits(terms: Terms) -> Lookup:
    """Return what a match of each term scores: -log2 of its share of all tokens, at most `MOST`.

    >>> word_bits(np.array([0, 0, 0, 1], dtype=np.int32)).tolist()
    [42, 200]
    """
    counts = np.maximum(np.bincount(terms), 1)
    return np.minimum(np.rint(-BIT * np.log2(counts / max(1, len(terms)))), MOST).astype(np.int32)


def align_runs(terms: Terms, bits: Lookup, bounds: Ints, articles: Terms, runs: Runs, *, max_gap: int) -> Alignments:
    """Return the alignments that grow from the `runs` of equal words.

    Runs of the same two articles are grown from the best one down; a run inside an alignment of the same two articles
    is not grown again. Runs too faint to lead anywhere are left out: see `FAINT_RUN`, `FAINT_PAIR`, `PROMISING`.
    """
    gains = run_gains(terms, bits, runs)
    order, edges = best_first(articles, runs, gains, len(bounds))
    picked = Runs(*(column[order] for column in runs))
    out = np.empty((len(order), len(Alignments._fields)), dtype=np.int64)
    grow = fit(grow_all, len(order) * CELLS_PER_RUN)
    count = grow(terms, bits, bounds, articles, *picked, gains[order], edges, max_gap, lanes_for(bounds), out)
    return Alignments(*np.ascontiguousarray(out[:count].T))


def run_gains(terms: Terms, bits: Lookup, runs: Runs) -> Ints:
    """Return the score of each run."""
    total = np.concatenate([[0], np.cumsum(bits[terms], dtype=np.int64)])
    return total[runs.a + runs.length] - total[runs.a]


def best_first(articles: Terms, runs: Runs, gains: Ints, count: int) -> tuple[Ints, Ints]:
    """Return the runs worth following, by pair of articles and the best first, and where each pair begins."""
    clear = np.flatnonzero(gains >= FAINT_RUN)
    pair = articles[runs.a[clear]].astype(np.int64) * count + articles[runs.b[clear]]
    order = order_by(pair)
    clear, pair = clear[order], pair[order]
    edges = group_edges(pair)
    sums = np.concatenate([[0], np.cumsum(gains[clear])])
    heard = np.repeat(sums[edges[1:]] - sums[edges[:-1]] >= FAINT_PAIR, np.diff(edges))
    clear, edges = clear[heard], group_edges(pair[heard])
    order = order_by(np.repeat(np.arange(len(edges) - 1), np.diff(edges)), -gains[clear])
    return clear[order], edges


def lanes_for(bounds: Ints) -> Ints:
    """Return working space for `grow_one`."""
    return np.empty(3 * (int(np.diff(bounds).max(initial=0)) + 3), dtype=np.int64)


@kernel
def grow_all(
    terms: Terms,
    bits: Lookup,
    bounds: Ints,
    articles: Terms,
    run_a: Ints,
    run_b: Ints,
    run_length: Ints,
    gains: Ints,
    edges: Ints,
    max_gap: int,
    lanes: Ints,
    out: Ints,
) -> int:
    """Write the alignments that grow from the runs, one a row, and return how many there are."""
    count = 0
    for pair in range(len(edges) - 1):
        before = count
        doc_a, doc_b = articles[run_a[edges[pair]]], articles[run_b[edges[pair]]]
        for k in range(edges[pair], edges[pair + 1]):
            a, b, length = run_a[k], run_b[k], run_length[k]
            if inside(out, before, count, a, b, length):
                continue
            for gap in (max_gap // 2, max_gap):
                grow_both(terms, bits, bounds, doc_a, doc_b, a, b, length, gap, lanes, out[count])
                out[count, 4] += gains[k]
                if out[count, 4] < PROMISING:
                    break
            else:
                count += 1
    return count


@kernel
def inside(out: Ints, low: int, high: int, a: int, b: int, length: int) -> bool:
    """Return whether one of the alignments `low` to before `high` holds both sides of the run."""
    for k in range(low, high):
        if out[k, 0] <= a and a + length <= out[k, 1] and out[k, 2] <= b and b + length <= out[k, 3]:
            return True
    return False


@kernel
def grow_both(
    terms: Terms,
    bits: Lookup,
    bounds: Ints,
    doc_a: int,
    doc_b: int,
    a: int,
    b: int,
    length: int,
    gap: int,
    lanes: Ints,
    row: Ints,
) -> None:
    """Write into `row` the alignment that grows from one run, without the score of the run itself.

    Inside one article the earlier side stops where the later one begins.
    """
    row[0], row[1], row[2], row[3] = a, a + length, b, b + length
    row[4], row[5], row[6] = 0, length, length
    stop_a = b if doc_a == doc_b else bounds[doc_a + 1]
    grow_one(terms, bits, a + length, b + length, 1, stop_a, bounds[doc_b + 1], gap, lanes, row)
    stop_b = row[1] if doc_a == doc_b else bounds[doc_b]
    grow_one(terms, bits, a - 1, b - 1, -1, bounds[doc_a] - 1, stop_b - 1, gap, lanes, row)


@kernel
def grow_one(
    terms: Terms, bits: Lookup, a: int, b: int, step: int, stop_a: int, stop_b: int, gap: int, lanes: Ints, row: Ints
) -> None:
    """Widen `row` by the best growth from tokens `a`, `b` by `step` to before `stop_a`, `stop_b`.

    Cell (i, j) holds the best score of an alignment of the next i words of one side with the next j of the other.
    Anti-diagonal i + j = total needs only the two before it, so `lanes` holds three, by i + 1, each between two
    unreached cells.
    """
    room_a, room_b = (stop_a - a) * step, (stop_b - b) * step
    width = len(lanes) // 3
    lanes[0:3] = UNREACHED
    lanes[2 * width : 2 * width + 3] = UNREACHED
    lanes[1] = 0
    best, best_a, best_b = 0, 0, 0
    first1, last1, first2, last2 = 0, 0, 1, -1
    for total in range(1, room_a + room_b + 1):
        lane, lane1, lane2 = total % 3 * width, (total - 1) % 3 * width, (total - 2) % 3 * width
        low = max(min(first1, first2 + 1), total - room_b)
        high = min(max(last1, last2) + 1, total, room_a)
        floor = best - COST * gap * ONE_POINT
        first, last = high + 1, low - 1
        for i in range(low, high + 1):
            cell = lanes[lane2 + i]
            word = terms[a + step * (i - 1)] if 0 < i < total else -1
            if word >= 0 and word == terms[b + step * (total - i - 1)]:
                cell += bits[word] * ONE_POINT + 1
                if cell > best and bits[word]:
                    best, best_a, best_b = cell, i, total - i
            else:
                cell -= COST * ONE_POINT
            cell = max(cell, max(lanes[lane1 + i], lanes[lane1 + i + 1]) - COST * ONE_POINT)
            if cell < floor:
                cell = UNREACHED
            else:
                first, last = min(first, i), i
            lanes[lane + i + 1] = cell
        lanes[lane + low] = UNREACHED
        lanes[lane + high + 2] = UNREACHED
        if first > last and first1 > last1:
            break
        first2, last2, first1, last1 = first1, last1, first, last
    row[0] = min(row[0], a + step * best_a + 1) if step < 0 else row[0]
    row[1] = a + best_a if step > 0 else row[1]
    row[2] = min(row[2], b + step * best_b + 1) if step < 0 else row[2]
    row[3] = b + best_b if step > 0 else row[3]
    row[4] += best // ONE_POINT
    row[5] += best % ONE_POINT
