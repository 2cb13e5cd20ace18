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

from pastepot.kernels import fit, kernel
from pastepot.reuse.candidates import Runs
from pastepot.reuse.shingles import Flags, Ints, Terms, group_edges, order_by

BIT = 100
"""Score units in one bit."""
COST = 4 * BIT
MOST = 9 * BIT
"""What one word can score at most: a rare name is no better witness than three everyday words."""
RUN_BONUS = 4 * BIT
"""Extra evidence of each word in the longest unbroken run: formulas are broken up by other names and figures."""
FAINT_RUN = 24 * BIT
FAINT_PAIR = 35 * BIT
PROMISING = 50 * BIT
"""Scores below which a run, all runs of two articles, and a first short growing are not followed up."""
ONE_POINT = 1 << 24
"""A cell is its score times this, plus its matched words: of equal scores the one with more words wins."""
UNREACHED = -(1 << 60)
CELLS_PER_RUN = 400
FIRST_TRY = 3
"""The part of the longest gap that a first, short growing bridges."""


class Text(NamedTuple):
    """The words of all articles: their terms, the bounds of articles, the article of each token, each term's score.

    `words` tells apart what `terms` need not: words that a scanner confuses.
    """

    terms: Terms
    bounds: Ints
    articles: Terms
    bits: Ints
    words: Terms


class Seeds(NamedTuple):
    """Runs to grow from, with what each scores; those of pair k of articles are ``edges[k]`` to ``edges[k + 1]``."""

    a: Ints
    b: Ints
    length: Ints
    gain: Ints
    edges: Ints


class Seed(NamedTuple):
    """One run, and the tokens from `low` to before `high` that its alignment may take."""

    a: int
    b: int
    length: int
    low_a: int
    high_a: int
    low_b: int
    high_b: int


class Way(NamedTuple):
    """Where growing begins on both sides, in which direction it goes, and before which tokens it stops."""

    a: int
    b: int
    step: int
    stop_a: int
    stop_b: int


class Alignments(NamedTuple):
    """Aligned spans: tokens `first_a` to before `last_a` with `first_b` to before `last_b`.

    `longest` words from tokens `seed_a` and `seed_b` on are the run that it grew from.
    """

    first_a: Ints
    last_a: Ints
    first_b: Ints
    last_b: Ints
    score: Ints
    matched: Ints
    longest: Ints
    seed_a: Ints
    seed_b: Ints

    def evidence(self) -> Ints:
        """Return the score with the bonus for the longest run."""
        return self.score + RUN_BONUS * self.longest

    def take(self, rows: Ints | Flags) -> "Alignments":
        """Return the `rows` asked for."""
        return Alignments(*(column[rows] for column in self))


def word_bits(terms: Terms) -> Ints:
    """Return what a match of each term scores: -log2 of its share of all tokens, at most `MOST`.

    >>> word_bits(np.array([0, 0, 0, 1], dtype=np.int32)).tolist()
    [42, 200]
    """
    counts = np.maximum(np.bincount(terms), 1)
    bits: Ints = np.minimum(np.rint(-BIT * np.log2(counts / max(1, len(terms)))), MOST).astype(np.int64)
    return bits


def running_score(terms: Terms, bits: Ints) -> Ints:
    """Return the score of all tokens before each one, and of all."""
    total = np.zeros(len(terms) + 1, dtype=np.int64)
    np.cumsum(bits[terms], out=total[1:])
    return total


def align_runs(text: Text, runs: Runs, *, max_gap: int) -> Alignments:
    """Return the alignments that grow from the `runs` of equal words.

    Runs of the same two articles are grown from the best one down; a run inside an alignment of the same two articles
    is not grown again. Runs too faint to lead anywhere are left out: see `FAINT_RUN`, `FAINT_PAIR`, `PROMISING`.
    """
    seeds = best_first(text, runs)
    out = np.empty((len(seeds.a), len(Alignments._fields)), dtype=np.int64)
    grow = fit(grow_all, len(text.terms) + len(seeds.a) * CELLS_PER_RUN)
    return alignments_of(out, grow(text, seeds, max_gap, lanes_for(text.bounds), out))


def alignments_of(out: Ints, count: int) -> Alignments:
    """Return the first `count` rows of `out` as columns."""
    return Alignments(*np.ascontiguousarray(out[:count].T))


def best_first(text: Text, runs: Runs) -> Seeds:
    """Return the runs worth following, by pair of articles, the best first."""
    clear = np.flatnonzero(runs.gain >= FAINT_RUN)
    pair = text.articles[runs.a[clear]].astype(np.int64) * len(text.bounds) + text.articles[runs.b[clear]]
    order = order_by(pair)
    clear, pair = clear[order], pair[order]
    edges = group_edges(pair)
    gain = runs.gain[clear]
    sums = np.add.reduceat(gain, edges[:-1]) if len(gain) else gain
    heard = np.repeat(sums >= FAINT_PAIR, np.diff(edges))
    clear, edges = clear[heard], group_edges(pair[heard])
    clear = clear[order_by(np.repeat(np.arange(len(edges) - 1), np.diff(edges)), -gain[heard])]
    return Seeds(runs.a[clear], runs.b[clear], runs.length[clear], runs.gain[clear], edges)


def lanes_for(bounds: Ints) -> Ints:
    """Return working space for `grow_one`."""
    return np.empty(3 * (int(np.diff(bounds).max(initial=0)) + 3), dtype=np.int64)


@kernel
def grow_all(text: Text, seeds: Seeds, max_gap: int, lanes: Ints, out: Ints) -> int:
    """Write the alignments that grow from the runs, one a row, and return how many there are."""
    count = 0
    for pair in range(len(seeds.edges) - 1):
        before, low, high = count, seeds.edges[pair], seeds.edges[pair + 1]
        low_a, high_a = span_of(text, seeds.a[low])
        low_b, high_b = span_of(text, seeds.b[low])
        for k in range(low, high):
            seed = Seed(seeds.a[k], seeds.b[k], seeds.length[k], low_a, high_a, low_b, high_b)
            if inside(out[before:count], seed):
                continue
            seed = limit_growth(out[before:count], seed)
            if seeds.gain[k] < PROMISING:
                grow_both(text, seed, max_gap // FIRST_TRY, lanes, out[count])
                if out[count, 4] + seeds.gain[k] < PROMISING:
                    continue
            grow_both(text, seed, max_gap, lanes, out[count])
            out[count, 4] += seeds.gain[k]
            count += out[count, 4] >= PROMISING
    return count


@kernel
def inside(rows: Ints, seed: Seed) -> bool:
    """Return whether one of the alignments holds both sides of the run."""
    a, b, length = seed.a, seed.b, seed.length
    for k in range(len(rows)):
        if rows[k, 0] <= a and a + length <= rows[k, 1] and rows[k, 2] <= b and b + length <= rows[k, 3]:
            return True
    return False


@kernel
def limit_growth(rows: Ints, seed: Seed) -> Seed:
    """Return the seed with its room cut where alignments that lie wholly before or behind it end or begin.

    Where sentences were put in another order, growing would else run on by chance into words of a stronger alignment.
    """
    a, b, length, low_a, high_a, low_b, high_b = seed
    for k in range(len(rows)):
        if rows[k, 1] <= a:
            low_a = max(low_a, rows[k, 1])
        if rows[k, 0] >= a + length:
            high_a = min(high_a, rows[k, 0])
        if rows[k, 3] <= b:
            low_b = max(low_b, rows[k, 3])
        if rows[k, 2] >= b + length:
            high_b = min(high_b, rows[k, 2])
    return Seed(a, b, length, low_a, high_a, low_b, high_b)


@kernel
def span_of(text: Text, token: int) -> tuple[int, int]:
    """Return the first token of the article that holds `token`, and the one after its last."""
    article = text.articles[token]
    return text.bounds[article], text.bounds[article + 1]


@kernel
def grow_both(text: Text, seed: Seed, gap: int, lanes: Ints, row: Ints) -> None:
    """Write into `row` the alignment that grows from one run, without the score of the run itself.

    The earlier side stops where the later one begins, which counts inside one article only.
    """
    a, b, length = seed.a, seed.b, seed.length
    row[0], row[1], row[2], row[3] = a, a + length, b, b + length
    row[4], row[5], row[6], row[7], row[8] = 0, 0, length, a, b
    for k in range(length):
        row[5] += text.words[a + k] == text.words[b + k]
    grow_one(text, Way(a + length, b + length, 1, min(seed.high_a, b), seed.high_b), gap, lanes, row)
    grow_one(text, Way(a - 1, b - 1, -1, seed.low_a - 1, max(seed.low_b, row[1]) - 1), gap, lanes, row)


@kernel
def grow_one(text: Text, way: Way, gap: int, lanes: Ints, row: Ints) -> None:
    """Widen `row` by the best growth along `way`.

    Cell (i, j) holds the best score of an alignment of the next i words of one side with the next j of the other.
    Anti-diagonal i + j = total needs only the two before it, so `lanes` holds three, by i + 1, each between two
    unreached cells.
    """
    a, b, step, stop_a, stop_b = way
    room_a, room_b = (stop_a - a) * step, (stop_b - b) * step
    if not meet(text, way, min(gap + 1, room_a), min(gap + 1, room_b)):
        return
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
            at_a, at_b = a + step * (i - 1), b + step * (total - i - 1)
            if 0 < i < total and text.terms[at_a] == text.terms[at_b]:
                bits = text.bits[text.terms[at_a]]
                cell += bits * ONE_POINT + (text.words[at_a] == text.words[at_b])
                if cell > best and bits:
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
    widen(row, best_a, best_b, step)
    row[4] += best // ONE_POINT
    row[5] += best % ONE_POINT


@kernel
def meet(text: Text, way: Way, ahead_a: int, ahead_b: int) -> bool:
    """Return whether a word among the next `ahead_a` equals one among the next `ahead_b`: else nothing can grow."""
    for i in range(ahead_a):
        term = text.terms[way.a + way.step * i]
        for j in range(ahead_b):
            if term == text.terms[way.b + way.step * j]:
                return True
    return False


@kernel
def widen(row: Ints, more_a: int, more_b: int, step: int) -> None:
    """Move the ends of `row`, or for a step of -1 its beginnings, by so many tokens."""
    if step > 0:
        row[1] += more_a
        row[3] += more_b
    else:
        row[0] -= more_a
        row[2] -= more_b
