"""Borders: neighbouring passages of the same articles that claim the same words.

Where sentences were put in another order, a passage often runs on by chance into words that belong to the next one.
The stronger keeps them; the weaker is grown anew up to there. A text that one article holds once and the other twice
is no such case: both passages keep it.
"""

import numpy as np

from pastepot.kernels import fit, kernel
from pastepot.reuse.alignment import Alignments, Seed, Text, alignments_of, grow_both, lanes_for, span_of
from pastepot.reuse.grams import Ints, group_edges, order_by

CELLS_PER_PASSAGE = 20


def set_apart(text: Text, found: Alignments, *, max_gap: int) -> Alignments:
    """Return the passages with those grown anew that reach into a stronger one of the same two articles."""
    pair = text.articles[found.first_a].astype(np.int64) * len(text.bounds) + text.articles[found.first_b]
    order = order_by(pair, -found.evidence())
    rows = np.column_stack([column[order] for column in found])
    size = len(text.terms) + CELLS_PER_PASSAGE * len(rows)
    fit(part, size)(text, rows, group_edges(pair[order]), max_gap, lanes_for(text.bounds))
    return alignments_of(rows, len(rows))


@kernel
def part(text: Text, rows: Ints, edges: Ints, max_gap: int, lanes: Ints) -> None:
    """Grow each of the `rows` anew that overlaps an earlier one of its pair of articles at one end."""
    for pair in range(len(edges) - 1):
        for k in range(edges[pair] + 1, edges[pair + 1]):
            seed = free_seed(text, rows[edges[pair] : k], rows[k])
            if seed.length > 0:
                grow_both(text, seed, max_gap, lanes, rows[k])
                for step in range(seed.length):
                    rows[k, 4] += text.bits[text.terms[seed.a + step]]


@kernel
def free_seed(text: Text, stronger: Ints, row: Ints) -> Seed:
    """Return the part of the row's run that the stronger rows leave free, and its room; no words if all is as it was."""
    low_a, high_a = span_of(text, row[0])
    low_b, high_b = span_of(text, row[2])
    reached = False
    for k in range(len(stronger)):
        lower, upper = free_room(stronger[k, 0], stronger[k, 1], row[0], row[1])
        reached = reached or lower > 0 or upper > 0
        low_a, high_a = max(low_a, lower), (min(high_a, upper) if upper else high_a)
        lower, upper = free_room(stronger[k, 2], stronger[k, 3], row[2], row[3])
        reached = reached or lower > 0 or upper > 0
        low_b, high_b = max(low_b, lower), (min(high_b, upper) if upper else high_b)
    cut = max(0, low_a - row[7], low_b - row[8])
    length = row[6] - cut - max(0, row[7] + row[6] - high_a, row[8] + row[6] - high_b)
    return Seed(row[7] + cut, row[8] + cut, length if reached else 0, low_a, high_a, low_b, high_b)


@kernel
def free_room(first: int, last: int, begin: int, end: int) -> tuple[int, int]:
    """Return the new beginning or end of a side that overlaps a stronger one by up to half of its words, else zeros."""
    shared = min(last, end) - max(first, begin)
    if shared <= 0 or 2 * shared > end - begin:
        return 0, 0
    return (last, 0) if first <= begin else (0, first)
