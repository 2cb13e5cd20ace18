"""Runs of equal words: every maximal stretch that stands in two places, between articles or inside one."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]


class Runs(NamedTuple):
    """Equal runs in token positions: where each begins in its first and second place, and how many words it has."""

    first: Whole
    second: Whole
    length: Whole


def equal_runs(terms: npt.NDArray[np.int32], bounds: Whole, least: int) -> Runs:
    """Return every maximal run of `least` or more equal terms, by its first and then its second place.

    A run never passes the end of an article, and inside one article its two places never overlap. Each pair of places
    is reported once. Time grows with the number of pairs of places that share `least` words.

    >>> terms = np.array([1, 2, 3, 9, 1, 2, 3, 4], dtype=np.int32)
    >>> equal_runs(terms, np.array([0, 4, 8]), 3)
    Runs(first=array([0]), second=array([4]), length=array([3]))
    >>> equal_runs(terms, np.array([0, 4, 8]), 4).first.size
    0
    """
    starts = _gram_starts(bounds, least)
    first, second = _equal_pairs(starts, _gram_ids(terms, starts, least))
    order = np.lexsort((first, second - first))
    first, second = first[order], second[order]
    new = np.ones(len(first), dtype=np.bool_)
    new[1:] = (np.diff(first) != 1) | (np.diff(second) != 1)
    opening = np.flatnonzero(new)
    length = np.diff(np.append(opening, len(first))) + least - 1
    first, second = first[opening], second[opening]
    article = np.searchsorted(bounds, first, side="right")
    inside = article == np.searchsorted(bounds, second, side="right")
    length = np.where(inside, np.minimum(length, second - first), length)
    kept = length >= least
    first, second, length = first[kept], second[kept], length[kept]
    order = np.lexsort((second, first))
    return Runs(first[order], second[order], length[order])


def _gram_starts(bounds: Whole, size: int) -> Whole:
    """Return the positions at which a run of `size` words fits into its article."""
    articles = zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)
    fitting = [np.arange(start, max(end - size + 1, start), dtype=np.int64) for start, end in articles]
    return np.concatenate([np.empty(0, dtype=np.int64), *fitting])


def _gram_ids(terms: npt.NDArray[np.int32], starts: Whole, size: int) -> Whole:
    """Return one number for each run of `size` terms, equal where the runs are: exact, no hash."""
    ids = terms[starts].astype(np.int64)
    for shift in range(1, size):
        pairs = ids * (int(terms.max(initial=0)) + 1) + terms[starts + shift]
        ids = np.unique(pairs, return_inverse=True)[1].astype(np.int64)
    return ids


def _equal_pairs(starts: Whole, ids: Whole) -> tuple[Whole, Whole]:
    """Return each two starts with equal ids, the earlier first."""
    order = np.argsort(ids, kind="stable")
    groups = np.split(starts[order], np.flatnonzero(np.diff(ids[order])) + 1)
    pairs = [np.triu_indices(len(group), 1) for group in groups if len(group) > 1]
    several = [group for group in groups if len(group) > 1]
    first = [group[one] for group, (one, _) in zip(several, pairs, strict=True)]
    second = [group[other] for group, (_, other) in zip(several, pairs, strict=True)]
    nothing = np.empty(0, dtype=np.int64)
    return np.concatenate([nothing, *first]), np.concatenate([nothing, *second])
