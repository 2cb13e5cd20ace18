"""Kin: which pairs of spans tell of one passage.

Spans that overlap by half or more of the longer one are copies of one passage; less would chain passages that merely
lie side by side. So all pairs belong together that share a copy, directly or through others.
"""

import numpy as np
import pandas as pd

from pastepot.reuse.rows import Table
from pastepot.reuse.shingles import Ints, connect, group_edges, order_by, ramp

MOST_PAIRS = 1 << 22
"""Pairs of spans that are compared at a time, so that one word repeated thousands of times does not fill the memory."""


def cluster_spans(rows: Table) -> Ints:
    """Return the cluster of each pair, numbered by first appearance.

    >>> names = ("first_a", "last_a", "first_b", "last_b")
    >>> pairs = [[0, 10, 50, 60], [20, 30, 70, 80], [51, 60, 90, 99]]
    >>> cluster_spans(dict(zip(names, np.array(pairs).T))).tolist()
    [0, 1, 0]
    """
    pairs = len(rows["first_a"])
    starts = np.concatenate([rows["first_a"], rows["first_b"]])
    ends = np.concatenate([rows["last_a"], rows["last_b"]])
    # Equal spans get one number: span[k] is that of side a of pair k, span[pairs + k] that of its side b.
    order = order_by(starts, ends)
    edges = group_edges(starts[order], ends[order])
    span = np.empty(len(order), dtype=np.int64)
    span[order] = np.repeat(np.arange(len(edges) - 1), np.diff(edges))
    distinct = order[edges[:-1]]
    labels = connect(np.arange(len(distinct)), span[:pairs], span[pairs:])
    return pd.factorize(connect_overlapping(labels, starts[distinct], ends[distinct])[span[:pairs]])[0]


def connect_overlapping(labels: Ints, starts: Ints, ends: Ints) -> Ints:
    """Return the labels of spans, ordered by start, made equal where two share half or more of the longer one.

    >>> connect_overlapping(np.arange(4), np.array([0, 4, 5, 6]), np.array([10, 14, 8, 10])).tolist()
    [0, 0, 1, 1]
    """
    lengths = ends - starts
    # A partner begins before the middle of its span, so the partners of a span follow it closely: so many of them.
    counts = np.searchsorted(starts, starts + lengths // 2, side="right") - np.arange(len(starts)) - 1
    compared = np.cumsum(counts) // MOST_PAIRS
    for block in np.split(np.arange(len(starts)), np.flatnonzero(np.diff(compared)) + 1):
        one, step = ramp(counts[block])
        one = block[one]
        other = one + 1 + step
        shared = np.minimum(ends[one], ends[other]) - starts[other]
        same = 2 * shared >= np.maximum(lengths[one], lengths[other])
        labels = connect(labels, one[same], other[same])
    return labels
