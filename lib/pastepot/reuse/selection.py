"""Selection: which alignments are passages.

An alignment stands on its own if its evidence reaches a threshold that rises with the corpus: two bits for each
doubling, since twice the words make four times the pairs of places where chance can strike. Close to an accepted
passage of the same two articles less is enough: there the next sentence of a rewritten or reordered story lies.
"""

import numpy as np
from numpy.typing import NDArray

from pastepot.kernels import fit, kernel
from pastepot.reuse.alignment import BIT, Alignments
from pastepot.reuse.shingles import Flags, Ints, Terms, group_edges, order_by

BASE = 90 * BIT
PER_DOUBLING = 2 * BIT
NEARBY_SHARE = 0.55
"""Share of the threshold that is enough beside an accepted passage, or between copies of one."""
NEARBY_WORDS = 40
TOUCHING_WORDS = 5
"""Most words between neighbours on either side, and on the closer one: reordered sentences touch on one at least."""
OVERLAP = 0.3
"""Share of both sides that an accepted passage covers when an alignment only tells the same again."""
SWEEPS = 5
ACCEPTED, REFUSED = 1, 2

Marks = NDArray[np.int8]


def threshold(tokens: int) -> int:
    """Return the evidence that a passage needs in a corpus of so many tokens.

    >>> threshold(1024) / BIT
    110.0
    """
    return BASE + round(PER_DOUBLING * float(np.log2(max(1, tokens))))


def select_alignments(found: Alignments, articles: Terms, *, needed: int, nearby: int) -> Flags:
    """Return which alignments are passages: those of `needed` evidence, and of `nearby` beside such.

    Of two that lie on each other on both sides, the one with more evidence stays.
    """
    heard = np.flatnonzero(found.evidence() >= nearby)
    rows = found.take(heard)
    evidence = rows.evidence()
    pair = articles[rows.first_a].astype(np.int64) * len(articles) + articles[rows.first_b]
    order = order_by(pair, -evidence, rows.first_a, rows.first_b)
    state = np.zeros(len(order), dtype=np.int8)
    spans = np.column_stack([column[order] for column in rows[:4]])
    fit(select_greedily, len(articles) + len(order))(spans, evidence[order], group_edges(pair[order]), needed, state)
    accepted = np.zeros(len(found.score), dtype=bool)
    accepted[heard[order]] = state == ACCEPTED
    return accepted


@kernel
def select_greedily(spans: Ints, evidence: Ints, edges: Ints, needed: int, state: Marks) -> None:
    """Set the `state` of each alignment; those of one pair of articles stand together, the strongest first."""
    for pair in range(len(edges) - 1):
        low, high = edges[pair], edges[pair + 1]
        if evidence[low] < needed:
            continue
        for _ in range(SWEEPS):
            changed = False
            for k in range(low, high):
                if state[k]:
                    continue
                beside = find_conflict(spans, state, low, high, k)
                if beside in (REFUSED, ACCEPTED) or evidence[k] >= needed:
                    state[k] = REFUSED if beside == REFUSED else ACCEPTED
                    changed = True
            if not changed:
                break


@kernel
def find_conflict(spans: Ints, state: Marks, low: int, high: int, k: int) -> int:
    """Return `REFUSED` if an accepted alignment covers number `k`, `ACCEPTED` if one is near it, else 0."""
    verdict = 0
    for other in range(low, high):
        if state[other] != ACCEPTED:
            continue
        shared_a = min(spans[k, 1], spans[other, 1]) - max(spans[k, 0], spans[other, 0])
        shared_b = min(spans[k, 3], spans[other, 3]) - max(spans[k, 2], spans[other, 2])
        covered_a = shared_a >= OVERLAP * (spans[k, 1] - spans[k, 0])
        covered_b = shared_b >= OVERLAP * (spans[k, 3] - spans[k, 2])
        if covered_a and covered_b:
            return REFUSED
        if min(shared_a, shared_b) >= -NEARBY_WORDS and max(shared_a, shared_b) >= -TOUCHING_WORDS:
            verdict = ACCEPTED
    return verdict
