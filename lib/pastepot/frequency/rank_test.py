"""Mann and Whitney's test of every term at once: whether articles of one side use it at higher rates."""

import numpy as np
import numpy.typing as npt

from pastepot import formulas
from pastepot.text.annotations import Whole

Floats = npt.NDArray[np.float64]


def mann_whitney_p(
    term: Whole, rate: Floats, in_target: npt.NDArray[np.bool_], terms: int, sizes: tuple[int, int]
) -> Floats:
    """Return the two-sided p of each term, from the articles that hold it; all others have the rate 0.

    The normal approximation with corrections for ties and for continuity (Mann & Whitney 1947, On a test of whether
    one of two random variables is stochastically larger than the other). NaN where all rates are equal.

    >>> rates = np.array([1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    >>> mann_whitney_p(np.zeros(10, dtype=int), rates, np.arange(10) >= 5, 1, (5, 5)).round(6).tolist()
    [0.012186]
    """
    articles = sum(sizes)
    order = np.lexsort((rate, term))
    term, rate, in_target = term[order], rate[order], in_target[order]
    new = np.concatenate([[True], (term[1:] != term[:-1]) | (rate[1:] != rate[:-1])])[: len(term)]
    tied = np.diff(np.append(np.flatnonzero(new), len(term)))
    holders = np.bincount(term, minlength=terms)
    zeros = articles - holders
    before = np.concatenate([[0], np.cumsum(holders)])[:-1]
    start = np.flatnonzero(new)
    rank = zeros[term[start]] + start - before[term[start]] + (tied + 1) / 2
    ranks = np.bincount(term, weights=np.where(in_target, np.repeat(rank, tied), 0), minlength=terms)
    silent = sizes[0] - np.bincount(term, weights=in_target, minlength=terms)
    u: Floats = ranks + silent * (zeros + 1) / 2 - sizes[0] * (sizes[0] + 1) / 2
    ties: Floats = (
        np.bincount(term[start], weights=tied.astype(float) ** 3 - tied, minlength=terms) + zeros**3.0 - zeros
    )
    return _two_sided(u, ties, sizes)


def _two_sided(u: Floats, ties: Floats, sizes: tuple[int, int]) -> Floats:
    """Return p from U and the sum over ties of t³ - t."""
    product, articles = sizes[0] * sizes[1], sum(sizes)
    variance = product / 12 * (articles + 1 - ties / (articles * (articles - 1)))
    distance = np.maximum(np.abs(u - product / 2) - 0.5, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        squared = np.where(variance > 1e-9 * product, distance**2 / variance, np.nan)
    return np.asarray(formulas.p_value(squared), dtype=np.float64)
