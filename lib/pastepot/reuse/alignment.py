"""Alignment: a sequence of equal words grown both ways, past changed words, to where it scores best; then a choice.

A matched word scores its bits, a word put in, dropped or changed costs `COST`. Growing goes on until the score lies
`COST` times the longest gap under its best, and the passage ends at the best: always on a matched word, and chance
words further on that cost more than they bring are left out.

Scores are whole numbers, hundredths of a bit, so that every machine adds them up alike. The cells of one
anti-diagonal need only the two before it, so it makes no difference which article is which.

An alignment is a passage by itself if its evidence reaches a threshold that rises with the corpus: two bits for each
doubling, since twice the words make four times the pairs of places where chance can strike. Close to an accepted
passage of the same two articles less is enough: there the next sentence of a rewritten or reordered story lies.

References
----------
Z. Zhang, S. Schwartz, L. Wagner, W. Miller (2000): A greedy algorithm for aligning DNA sequences. Journal of
Computational Biology 7(1-2), 203-214: growing that stops when the score drops by X.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pastepot.kernels import fit, kernel
from pastepot.reuse.shingles import Flags, Ints, Terms, group_edges, order_by, pair_numbers

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

BASE = 90 * BIT
PER_DOUBLING = 2 * BIT
NEARBY_SHARE = 0.55
"""Share of the threshold that is enough next to an accepted passage."""
NEARBY_WORDS = 40
TOUCHING_WORDS = 5
"""Most words between neighbours on either side, and on the closer one: reordered sentences touch on one at least."""
OVERLAP = 0.3
"""Share of both sides that an accepted passage covers when an alignment repeats what it says."""
SWEEPS = 5
ACCEPTED, REFUSED = 1, 2

Seed = tuple[int, int, int, int, int, int, int]
"""One run and its room: a, b, length; then the tokens from `low_a` to before `high_a` that may be taken, and of b."""
Path = tuple[int, int, int, int, int]
"""The first tokens of both sides, the step (1 or -1), and the tokens before which growing stops."""


class Text(NamedTuple):
    """The words of all articles: their terms, the bounds of articles, the article of each token, each term's score.

    `words` distinguishes what `terms` need not: words that a scanner confuses.
    """

    terms: Terms
    bounds: Ints
    articles: Terms
    bits: Ints
    words: Terms


class Runs(NamedTuple):
    """Runs of equal words: `length` words from token `a` on equal those from token `b` on, and score `gain`; a < b."""

    a: Ints
    b: Ints
    length: Ints
    gain: Ints

    def take(self, rows: Ints | Flags) -> "Runs":
        """Return the given `rows`."""
        return Runs(*(column[rows] for column in self))


class Alignments(NamedTuple):
    """Aligned spans: tokens `first_a` to before `last_a` with `first_b` to before `last_b`.

    `longest` is how many words the run has that it grew from.
    """

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
        """Return the given `rows`."""
        return Alignments(*(column[rows] for column in self))


# --- scores ---------------------------------------------------------------------------


def word_bits(terms: Terms) -> Ints:
    """Return what a match of each term scores: -log2 of its share of all tokens, at most `MOST`.

    >>> word_bits(np.array([0, 0, 0, 1], dtype=np.int32)).tolist()
    [42, 200]
    """
    counts = np.maximum(np.bincount(terms), 1)
    bits: Ints = np.minimum(np.rint(-BIT * np.log2(counts / max(1, len(terms)))), MOST).astype(np.int64)
    return bits


# --- growing --------------------------------------------------------------------------


def align_runs(text: Text, runs: Runs, *, max_gap: int, faint: bool = False) -> Alignments:
    """Return the alignments that grow from the `runs` of equal words.

    Runs of the same two articles are grown from the best one down; a run inside an alignment of the same two articles
    is not grown again. Runs that are unlikely to lead anywhere are left out, unless `faint` ones are wanted, too: see
    `FAINT_RUN`, `FAINT_PAIR`, `PROMISING`.
    """
    seeds = order_runs(text, runs, faint=faint)
    count = len(seeds[0].a)
    out = np.empty((count, len(Alignments._fields)), dtype=np.int64)
    grow = fit(grow_all, len(text.terms) + count * CELLS_PER_RUN)
    bridge = max_gap, 0 if faint else PROMISING
    count = grow(text, seeds, bridge, allocate_lanes(text.bounds), out)
    return Alignments(*np.ascontiguousarray(out[:count].T))


def order_runs(text: Text, runs: Runs, *, faint: bool) -> tuple[Runs, Ints]:
    """Return the runs worth following, the best first within each pair of articles, and where each pair begins."""
    runs = runs.take(faint | (runs.gain >= FAINT_RUN))
    pair = pair_numbers(text.articles, runs.a, runs.b)
    order = order_by(pair, -runs.gain)
    runs, edges = runs.take(order), group_edges(pair[order])
    total = np.add.reduceat(runs.gain, edges[:-1]) if len(order) else runs.gain
    strong = np.repeat(faint | (total >= FAINT_PAIR), np.diff(edges))
    return runs.take(strong), group_edges(pair[order][strong])


def allocate_lanes(bounds: Ints) -> Ints:
    """Return working space for `grow_one`."""
    return np.empty(3 * (int(np.diff(bounds).max(initial=0)) + 3), dtype=np.int64)


@kernel
def grow_all(text: Text, seeds: tuple[Runs, Ints], bridge: tuple[int, int], lanes: Ints, out: Ints) -> int:
    """Write the alignments that grow from the runs, one a row, and return how many there are.

    `bridge` is the longest gap, and the score below which a run is first tried with a shorter one.
    """
    runs, edges = seeds
    max_gap, sure = bridge
    count = 0
    for pair in range(len(edges) - 1):
        # Rows from `before` on are the alignments of this pair of articles: stronger than those still to come.
        before, low, high = count, edges[pair], edges[pair + 1]
        doc_a, doc_b = text.articles[runs.a[low]], text.articles[runs.b[low]]
        room = text.bounds[doc_a], text.bounds[doc_a + 1], text.bounds[doc_b], text.bounds[doc_b + 1]
        for k in range(low, high):
            run = runs.a[k], runs.b[k], runs.length[k]
            if is_inside(out[before:count], run):
                continue
            seed = limit_growth(out[before:count], run, room)
            if runs.gain[k] < sure:
                grow_both(text, seed, max_gap // FIRST_TRY, lanes, out[count])
                if out[count, 4] + runs.gain[k] < PROMISING:
                    continue
            grow_both(text, seed, max_gap, lanes, out[count])
            out[count, 4] += runs.gain[k]
            count += out[count, 4] >= PROMISING
    return count


@kernel
def is_inside(rows: Ints, run: tuple[int, int, int]) -> bool:
    """Return whether one of the alignments contains both sides of the run."""
    a, b, length = run
    for k in range(len(rows)):
        if rows[k, 0] <= a and a + length <= rows[k, 1] and rows[k, 2] <= b and b + length <= rows[k, 3]:
            return True
    return False


@kernel
def limit_growth(rows: Ints, run: tuple[int, int, int], room: tuple[int, int, int, int]) -> Seed:
    """Return the run with its room cut where alignments that lie wholly before or behind it end or begin.

    Where sentences were put in another order, growing would else run on by chance into words of a stronger alignment.
    """
    (a, b, length), (low_a, high_a, low_b, high_b) = run, room
    for k in range(len(rows)):
        if rows[k, 1] <= a:
            low_a = max(low_a, rows[k, 1])
        if rows[k, 0] >= a + length:
            high_a = min(high_a, rows[k, 0])
        if rows[k, 3] <= b:
            low_b = max(low_b, rows[k, 3])
        if rows[k, 2] >= b + length:
            high_b = min(high_b, rows[k, 2])
    return a, b, length, low_a, high_a, low_b, high_b


@kernel
def grow_both(text: Text, seed: Seed, gap: int, lanes: Ints, row: Ints) -> None:
    """Write into `row` the alignment that grows from one run, without the score of the run itself.

    The earlier side stops where the later one begins, which counts inside one article only.
    """
    a, b, length, low_a, high_a, low_b, high_b = seed
    row[0], row[1], row[2], row[3] = a, a + length, b, b + length
    row[4], row[5], row[6] = 0, 0, length
    for k in range(length):
        row[5] += text.words[a + k] == text.words[b + k]
    grow_one(text, (a + length, b + length, 1, min(high_a, b), high_b), gap, lanes, row)
    grow_one(text, (a - 1, b - 1, -1, low_a - 1, max(low_b, row[1]) - 1), gap, lanes, row)


@kernel
def grow_one(text: Text, path: Path, gap: int, lanes: Ints, row: Ints) -> None:
    """Widen `row` by the best growth along `path`.

    Cell (i, j) holds the best score of an alignment of the next i words of one side with the next j of the other.
    Anti-diagonal i + j = total needs only the two before it, so `lanes` holds three, by i + 1, each between two
    unreached cells.
    """
    a, b, step, stop_a, stop_b = path
    room_a, room_b = (stop_a - a) * step, (stop_b - b) * step
    if not has_match(text, path, min(gap + 1, room_a), min(gap + 1, room_b)):
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
    # Forwards the ends move, backwards the beginnings.
    edge = int(step > 0)
    row[edge] += step * best_a
    row[edge + 2] += step * best_b
    row[4] += best // ONE_POINT
    row[5] += best % ONE_POINT


@kernel
def has_match(text: Text, path: Path, ahead_a: int, ahead_b: int) -> bool:
    """Return whether a word among the next `ahead_a` equals one among the next `ahead_b`: else nothing can grow."""
    a, b, step, _, _ = path
    for i in range(ahead_a):
        term = text.terms[a + step * i]
        for j in range(ahead_b):
            if term == text.terms[b + step * j]:
                return True
    return False


# --- which alignments are passages ----------------------------------------------------


def needed_evidence(tokens: int) -> int:
    """Return the evidence that a passage needs in a corpus of so many tokens.

    >>> needed_evidence(1024) / BIT
    110.0
    """
    return BASE + round(PER_DOUBLING * float(np.log2(max(1, tokens))))


def select_alignments(alignments: Alignments, articles: Terms, *, needed: int, nearby: int) -> Flags:
    """Return which alignments are passages: those of `needed` evidence, and of `nearby` next to such.

    Of two that overlap on both sides, the one with more evidence stays.
    """
    candidates = np.flatnonzero(alignments.evidence() >= nearby)
    rows = alignments.take(candidates)
    evidence, pair = rows.evidence(), pair_numbers(articles, rows.first_a, rows.first_b)
    order = order_by(pair, -evidence, rows.first_a, rows.first_b)
    state = np.zeros(len(order), dtype=np.int8)
    spans = np.column_stack([column[order] for column in rows[:4]])
    select = fit(select_greedily, len(articles) + len(order))
    select(spans, evidence[order], group_edges(pair[order]), needed, state)
    selected = np.zeros(len(alignments.score), dtype=bool)
    selected[candidates[order]] = state == ACCEPTED
    return selected


@kernel
def select_greedily(spans: Ints, evidence: Ints, edges: Ints, needed: int, state: NDArray[np.int8]) -> None:
    """Set the `state` of each alignment; those of one pair of articles follow each other, the strongest first.

    Each acceptance may make a weaker neighbour near enough, so the pair is gone through until nothing changes.
    """
    for pair in range(len(edges) - 1):
        low, high = edges[pair], edges[pair + 1]
        if evidence[low] < needed:
            continue
        for _ in range(SWEEPS):
            changed = False
            for k in range(low, high):
                if state[k]:
                    continue
                verdict = find_conflict(spans[low:high], state[low:high], spans[k])
                if verdict or evidence[k] >= needed:
                    state[k] = REFUSED if verdict == REFUSED else ACCEPTED
                    changed = True
            if not changed:
                break


@kernel
def find_conflict(spans: Ints, state: NDArray[np.int8], span: Ints) -> int:
    """Return `REFUSED` if an accepted alignment covers the `span`, `ACCEPTED` if one is near it, else 0."""
    verdict = 0
    for k in range(len(spans)):
        if state[k] != ACCEPTED:
            continue
        # Words that both spans have on one side; below 0, the words between them.
        shared_a = min(span[1], spans[k, 1]) - max(span[0], spans[k, 0])
        shared_b = min(span[3], spans[k, 3]) - max(span[2], spans[k, 2])
        if shared_a >= OVERLAP * (span[1] - span[0]) and shared_b >= OVERLAP * (span[3] - span[2]):
            return REFUSED
        if min(shared_a, shared_b) >= -NEARBY_WORDS and max(shared_a, shared_b) >= -TOUCHING_WORDS:
            verdict = ACCEPTED
    return verdict
