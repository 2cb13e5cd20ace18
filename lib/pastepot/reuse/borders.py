"""Borders: neighbouring passages of the same articles that claim the same words.

Where sentences were put in another order, a passage often runs on by chance into words that belong to the next one.
The one that reaches them in the longer unbroken run keeps them, the other is grown anew up to there. A text that one
article holds once and the other twice is no such case: both passages keep it.
"""

import numpy as np

from pastepot.kernels import fit, kernel
from pastepot.reuse.alignment import Alignments, Seed, Text, alignments_of, grow_both, lanes_for, span_of
from pastepot.reuse.grams import Ints, group_edges, order_by

CELLS_PER_PASSAGE = 20


def set_apart(text: Text, found: Alignments, *, max_gap: int) -> Alignments:
    """Return the passages with those grown anew that run into a neighbour of the same two articles."""
    pair = text.articles[found.first_a].astype(np.int64) * len(text.bounds) + text.articles[found.first_b]
    order = order_by(pair, -found.evidence())
    rows = np.column_stack([column[order] for column in found])
    size = len(text.terms) + CELLS_PER_PASSAGE * len(rows)
    fit(part, size)(text, rows.copy(), group_edges(pair[order]), (rows, lanes_for(text.bounds)), max_gap)
    return alignments_of(rows, len(rows))


@kernel
def part(text: Text, rows: Ints, edges: Ints, work: tuple[Ints, Ints], max_gap: int) -> None:
    """Write to the first of `work` each of the `rows` that loses words to another of its pair of articles."""
    out, lanes = work
    for pair in range(len(edges) - 1):
        if edges[pair + 1] - edges[pair] < 2:
            continue
        for k in range(edges[pair], edges[pair + 1]):
            seed = free_seed(text, rows[edges[pair] : edges[pair + 1]], k - edges[pair])
            if seed.length > 0:
                grow_both(text, seed, max_gap, lanes, out[k])
                for step in range(seed.length):
                    out[k, 4] += text.bits[text.terms[seed.a + step]]


@kernel
def free_seed(text: Text, rows: Ints, k: int) -> Seed:
    """Return what the other rows leave free of the run that row `k` grew from; no words if nothing changes."""
    row = rows[k]
    low_a, high_a = span_of(text, row[0])
    low_b, high_b = span_of(text, row[2])
    any_lost = False
    for other in range(len(rows)):
        for side in (0, 2):
            lower, upper = lost(text, rows, k, other, side)
            any_lost = any_lost or lower > 0 or upper > 0
            if side == 0:
                low_a, high_a = max(low_a, lower), (min(high_a, upper) if upper else high_a)
            else:
                low_b, high_b = max(low_b, lower), (min(high_b, upper) if upper else high_b)
    cut = max(0, low_a - row[7], low_b - row[8])
    length = row[6] - cut - max(0, row[7] + row[6] - high_a, row[8] + row[6] - high_b)
    return Seed(row[7] + cut, row[8] + cut, length if any_lost else 0, low_a, high_a, low_b, high_b)


@kernel
def lost(text: Text, rows: Ints, k: int, other: int, side: int) -> tuple[int, int]:
    """Return where one side of row `k` must now begin, or end, to leave the words it shares to `other`; else zeros.

    The row whose run at the shared end is longer keeps them; of equal runs, the row that stands first.
    """
    row, rival = rows[k], rows[other]
    shared = min(rival[side + 1], row[side + 1]) - max(rival[side], row[side])
    if k == other or shared <= 0 or 2 * shared > min(rival[side + 1] - rival[side], row[side + 1] - row[side]):
        return 0, 0
    step = 1 if rival[side] <= row[side] else -1
    mine, theirs = run_at(text, row, step), run_at(text, rival, -step)
    if mine > theirs or (mine == theirs and k < other):
        return 0, 0
    return (rival[side + 1], 0) if step > 0 else (0, rival[side])


@kernel
def run_at(text: Text, row: Ints, step: int) -> int:
    """Return how many words in a row are equal from the row's beginning on, or for a step of -1 back from its end."""
    a, b = (row[0], row[2]) if step > 0 else (row[1] - 1, row[3] - 1)
    length = 0
    while row[0] <= a < row[1] and row[2] <= b < row[3] and text.terms[a] == text.terms[b]:
        a += step
        b += step
        length += 1
    return length
