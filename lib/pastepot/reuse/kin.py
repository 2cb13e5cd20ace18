"""Kin: which pairs of spans tell of one passage.

Spans that overlap by half or more of the longer one are copies of one passage; less would chain passages that merely
stand side by side. So all pairs hang together that share a copy, directly or through others.
"""

import numpy as np
import pandas as pd

from pastepot.kernels import fit, kernel
from pastepot.reuse.candidates import Pairs
from pastepot.reuse.grams import Ints, group_edges, order_by
from pastepot.reuse.rows import Table

OPEN_SPANS = 20
"""A rough guess of how many spans lie over one another."""


def families_of(rows: Table) -> Ints:
    """Return the family of each pair, numbered by first appearance.

    >>> names = ("first_a", "last_a", "first_b", "last_b")
    >>> told = [[0, 10, 50, 60], [20, 30, 70, 80], [51, 60, 90, 99]]
    >>> families_of(dict(zip(names, np.array(told).T))).tolist()
    [0, 1, 0]
    """
    pairs = len(rows["first_a"])
    starts = np.concatenate([rows["first_a"], rows["first_b"]])
    ends = np.concatenate([rows["last_a"], rows["last_b"]])
    order = order_by(starts, ends)
    edges = group_edges(starts[order], ends[order])
    span = np.empty(len(order), dtype=np.int64)
    span[order] = np.repeat(np.arange(len(edges) - 1), np.diff(edges))
    each = order[edges[:-1]]
    heads = np.arange(len(each))
    tie = fit(tie_spans, len(span) + len(each) * OPEN_SPANS)
    tie(starts[each], ends[each], (span[:pairs], span[pairs:]), np.empty_like(heads), heads)
    return pd.factorize(heads[span[:pairs]])[0]


@kernel
def tie_spans(starts: Ints, ends: Ints, sides: Pairs, nearby: Ints, heads: Ints) -> None:
    """Set for each span the first one that it hangs together with; spans come by place, `sides` are those of pairs."""
    for k in range(len(sides[0])):
        tie_two(heads, sides[0][k], sides[1][k])
    count = 0
    for place in range(len(starts)):
        kept = 0
        for k in range(count):
            one = nearby[k]
            if ends[one] > starts[place]:
                nearby[kept] = one
                kept += 1
                shared = min(ends[one], ends[place]) - starts[place]
                if 2 * shared >= max(ends[one] - starts[one], ends[place] - starts[place]):
                    tie_two(heads, one, place)
        nearby[kept] = place
        count = kept + 1
    for place in range(len(heads)):
        heads[place] = head_of(heads, place)


@kernel
def tie_two(heads: Ints, one: int, other: int) -> None:
    """Tie the groups of two spans under the head that comes first."""
    one, other = head_of(heads, one), head_of(heads, other)
    heads[max(one, other)] = min(one, other)


@kernel
def head_of(heads: Ints, span: int) -> int:
    """Return the head of a span's group, and shorten the way to it."""
    while heads[span] != span:
        heads[span] = heads[heads[span]]
        span = heads[span]
    return span
