"""Formulas as plain arithmetic: logDice, MI, G2, log ratio, dispersion, tf-idf, and intervals by resampling articles.

Keyness takes ``a, b, c, d``: count in target, count in reference, tokens of target, tokens of reference.
Collocation takes ``joint, f1, f2, n``: co-occurrences, counts of the two words, tokens; for a window give
``n / span``, span = left + right. The test of keyness serves a pair too: ``g2(joint, f2 - joint, f1, n - f1)``.

**Zero cells.** Each docstring says what a zero does. Where a formula has no value it is NaN, never infinite.

References
----------
Church & Hanks 1990, Word association norms. Dunning 1993, Accurate methods for the statistics of surprise and
coincidence. Efron & Tibshirani 1993, An introduction to the bootstrap. Gries 2008, Dispersions and adjusted frequencies
in corpora. Gries 2013, 50-something years of work on collocations. Hardie 2014, Log Ratio: an informal introduction.
Rychlý 2008, A lexicographer-friendly association score. Silge & Robinson 2017, Text mining with R.
"""

import functools
from collections.abc import Callable
from typing import Any, ParamSpec, TypeAlias

import numpy as np
import numpy.typing as npt

from pastepot.errors import PastepotError, at_least, one_of

P = ParamSpec("P")
Floats: TypeAlias = npt.NDArray[np.float64]
Numbers: TypeAlias = Any
"""A number, a list, a NumPy array or a pandas column; NumPy types its own functions as freely."""


def _measure(formula: Callable[P, Any]) -> Callable[P, Any]:
    """Return `formula` for lists and columns too, with NaN where it has no value (1/0, 0/0, log 0)."""

    @functools.wraps(formula)
    def lifted(*args: P.args, **named: P.kwargs) -> Numbers:
        with np.errstate(divide="ignore", invalid="ignore"):
            return _finite(formula(*map(_floats, args), **{name: _floats(value) for name, value in named.items()}))

    return lifted


def _floats(values: Numbers) -> Numbers:
    """Return an array of floats."""
    return np.asarray(values, dtype=float)


def _finite(result: Numbers) -> Numbers:
    """Return `result` with NaN for infinite, and a plain float for a single number."""
    if isinstance(result, tuple):
        return tuple(map(_finite, result))
    result = np.where(np.isfinite(result), result, np.nan)
    return result if result.ndim else result.item()


# --- Keyness: count in target, count in reference, tokens of target, tokens of reference ---


def _surprise(observed: Numbers, expected: Numbers) -> Numbers:
    """Return O ln(O/E), with 0 ln 0 = 0."""
    return np.where(observed == 0, 0, observed * np.log(observed / expected))


@_measure
def g2(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> Numbers:
    """Return the log-likelihood ratio of all four cells, 2 Σ O ln(O/E) (Dunning 1993).

    0 ln 0 is 0, so a word in neither target nor reference has 0. The sign of the difference is that of `log_ratio`.

    >>> round(g2(16217, 735, 2796938, 2087946), 6), g2(0, 0, 10, 10)
    (13319.958248, 0.0)
    """
    cells = np.stack(np.broadcast_arrays(a, b, c - a, d - b))
    a, b, others_a, others_b = np.where(cells.min(axis=0) < 0, np.nan, cells)  # a count above its tokens has no value
    word, others = (a + b) / (c + d), (others_a + others_b) / (c + d)
    of_word = _surprise(a, c * word) + _surprise(b, d * word)
    return np.maximum(2 * (of_word + _surprise(others_a, c * others) + _surprise(others_b, d * others)), 0)


@_measure
def log_ratio(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> Numbers:
    """Return log2 of the ratio of the two rates (Hardie 2014): 1 is twice as frequent in the target.

    A zero count becomes 0.5. NaN where both are 0, or target or reference has no tokens.

    >>> log_ratio([100, 4, 0, 0], [50, 0, 4, 0], 10_000, 10_000)
    array([ 1.,  3., -3., nan])
    """
    half = np.where(a + b == 0, np.nan, 0.5)
    return np.log2(np.where(a == 0, half, a) / c) - np.log2(np.where(b == 0, half, b) / d)


# --- Collocation: joint count, count of either word, tokens ---


@_measure
def pmi(joint: Numbers, f1: Numbers, f2: Numbers, n: Numbers) -> Numbers:
    """Return the mutual information log2(O/E), E = f1·f2/n (Church & Hanks 1990); NaN where the joint count is 0.

    >>> round(pmi(20, 42, 20, 14307668), 2), pmi(0, 42, 20, 14307668)
    (18.38, nan)
    """
    return np.log2(joint * n / (f1 * f2))


@_measure
def log_dice(joint: Numbers, f1: Numbers, f2: Numbers, n: Numbers) -> Numbers:  # noqa: ARG001 (one signature for all)
    """Return 14 + log2(2O/(f1 + f2)), at most 14 in any corpus (Rychlý 2008); NaN where the joint count is 0.

    >>> round(log_dice(8, 389, 230, 1e6), 6), log_dice(300, 300, 300, 1e6), log_dice(0, 300, 300, 1e6)
    (8.726204, 14.0, nan)
    """
    return 14 + np.log2(2 * joint / (f1 + f2))


@_measure
def delta_p(joint: Numbers, f1: Numbers, f2: Numbers, n: Numbers) -> tuple[Numbers, Numbers]:
    """Return how much each word raises the chance of the other, (2|1, 1|2) (Gries 2013).

    NaN where the given word never occurs, or occurs everywhere.

    >>> [round(way, 3) for way in delta_p(5610, 174548, 7867, 10409868)]
    [0.032, 0.697]
    """
    return joint / f1 - (f2 - joint) / (n - f1), joint / f2 - (f1 - joint) / (n - f2)


# --- Dispersion and TF-IDF: one cell for each row (a term, or a term of a group) and part that it occurs in ---


def dp(row: Numbers, count: Numbers, part_size: Numbers, total: Numbers) -> Numbers:
    """Return ½ Σ|share of the count - share of the tokens| of each row (Gries 2008): 0 even, near 1 all in one part.

    Parameters
    ----------
    row, count, part_size
        One number a cell: its row, the count in its part, the tokens of its part. Cells of count 0 may be left out.
    total
        One number a row: the tokens of all parts.

    Notes
    -----
    NaN for a row without a count. Whole numbers are summed and divided once, so the order of parts changes no digit.

    Examples
    --------
    >>> dp([0, 0, 0, 0, 0, 1], [1, 2, 3, 4, 5, 7], [9, 10, 10, 10, 11, 10], [50, 50, 50]).round(9)
    array([0.18, 0.8 ,  nan])
    """
    total = _floats(total)
    sums = np.bincount(row, count, minlength=len(total)).astype(float)
    # Half the sum of the differences of two lists of shares is 1 less the sum of the smaller of each two.
    even = sums[row]
    even *= part_size
    shared = np.bincount(row, np.minimum(even, count * total[row], out=even), minlength=len(total))
    with np.errstate(invalid="ignore"):
        return (sums * total - shared) / (sums * total)


def tf_idf(row: Numbers, column: Numbers, count: Numbers, documents: int, *, scheme: str = "tidy") -> Numbers:
    """Return the weight of each cell that is not zero in a matrix of so many documents by terms.

    "tidy" is count/words · ln(N/df), words the sum of the row (Silge & Robinson 2017); "quanteda" is
    count · log10(N/df); "sklearn" is count · (ln((1+N)/(1+df)) + 1), each row then of length 1.

    Parameters
    ----------
    row, column, count
        One number a cell: its document and its term, from 0, and its count; each cell once.
    documents
        How many there are, N.

    Examples
    --------
    >>> tf_idf([0, 0, 0, 0, 1, 1, 1, 1], [0, 1, 2, 3, 0, 1, 3, 4], [1, 1, 2, 1, 1, 1, 2, 3], 2).round(6)[-2:]
    array([0.      , 0.297063])
    """
    one_of("scheme", scheme, ("tidy", "quanteda", "sklearn"))
    df: Numbers = np.bincount(column)[column]
    if scheme == "tidy":
        return count / np.bincount(row, count)[row] * np.log(documents / df)
    if scheme == "quanteda":
        return count * np.log10(documents / df)
    weight = count * (np.log((1 + documents) / (1 + df)) + 1)
    return weight / np.sqrt(np.bincount(row, weight**2))[row]


# --- Intervals: sum over sum, both given by article: sentence scores over sentences, or occurrences over tokens ---

FEWEST_ARTICLES = 10
"""Below this many articles there is no interval: they describe themselves."""
MOST_UNITS = 2_000
"""More articles than this are first joined, at random, into this many groups: the spread stays, the cost is bounded."""
CELLS = 200_000
"""Articles drawn at a time, so that memory stays small."""
SEED = 1864


def bootstrap_mean(sums: Numbers, weights: Numbers, *, draws: int = 2000, seed: int = SEED) -> tuple[float, float]:
    """Return the ends of a 95% interval for sum of `sums` over sum of `weights`, had other such articles been read.

    Parameters
    ----------
    sums
        One number an article: the sum of its sentence scores, or its occurrences of a word.
    weights
        One number an article: its sentences, or its tokens. Articles of weight 0 are left out.
    draws, seed
        How many times the articles are drawn, and from which start; the order of the articles does not matter.

    Returns
    -------
    tuple of float
        Low and high; a pair of NaN below `FEWEST_ARTICLES`, where all articles agree, and where so few articles
        contain anything that draws miss them: then they say too little about doubt. Never below 0 where no sum is.

    Notes
    -----
    The article is the unit: words and sentences of one article belong together, so articles are drawn, never words.
    Method: bootstrap-t (Efron & Tibshirani 1993, section 12.5). Each draw is measured in its own standard errors, and
    the error of the articles themselves is that of the jackknife. The simpler percentile interval covers the truth too
    rarely where articles are few: 83 to 89 of 100 times for 10 articles, at nominal 95. It speaks of articles like
    these, and does not know whether they were well chosen. A word that occurs in few articles makes it wide, and
    rightly.

    Examples
    --------
    >>> counts, tokens = [3, 0, 2, 5, 1, 4, 2, 2, 0, 3], [400, 250, 300, 520, 380, 410, 260, 350, 300, 330]
    >>> [round(1000 * end, 1) for end in bootstrap_mean(counts, tokens)]
    [2.8, 8.5]
    >>> bootstrap_mean(counts[:9], tokens[:9])
    (nan, nan)
    """
    outside = round(0.025 * at_least("draws", draws, 1))  # of the draws, beyond either end
    units = _units(sums, weights, seed)
    if units.shape[1] < FEWEST_ARTICLES:
        return np.nan, np.nan
    value, error = _ratio(*units), _jackknife(*units)
    if not error > 0:
        return np.nan, np.nan
    steps = np.sort(_steps(units, value, draws, np.random.default_rng(seed)))
    low, high = value - error * steps[-1 - outside], value - error * steps[outside]
    if not np.isfinite([low, high]).all():
        return np.nan, np.nan
    return float(max(low, 0) if units[0].min() >= 0 else low), float(high)


def _units(sums: Numbers, weights: Numbers, seed: int) -> Floats:
    """Return sums and weights of the articles that have weight, in a fixed order, joined if many."""
    if len(sums) != len(weights):
        raise PastepotError(f"sums has {len(sums)} articles and weights {len(weights)}; give one of each an article.")
    pair: Floats = np.array([sums, weights], dtype=float)
    pair = pair[:, pair[1] > 0]
    pair = pair[:, np.lexsort((pair[0], pair[1]))]
    if pair.shape[1] <= MOST_UNITS:
        return pair
    group = np.random.default_rng(seed).permutation(pair.shape[1]) % MOST_UNITS
    return np.array([np.bincount(group, row) for row in pair])


def _ratio(sums: Floats, weights: Floats) -> Floats:
    """Return sum over sum, along the last axis."""
    return np.asarray(sums.sum(axis=-1) / weights.sum(axis=-1))


def _error(off: Floats, value: Floats, weights: Floats) -> Floats:
    """Return the standard error that residuals `off` give; 0 where nothing but rounding is left of them."""
    count, total = off.shape[-1], weights.sum(axis=-1)
    squares = (off**2).sum(axis=-1)
    spread = np.where(squares > (1e-12 * value * total) ** 2, squares * count / (count - 1), 0)
    return np.asarray(np.sqrt(spread) / total)


def _jackknife(sums: Floats, weights: Floats) -> Floats:
    """Return the standard error of the ratio from leaving out each article in turn, nearly."""
    value, leverage = _ratio(sums, weights), weights / weights.sum()
    return _error((sums - value * weights) * (1 - 1 / len(weights)) / (1 - leverage), value, weights)


def _steps(units: Floats, whole: Floats, draws: int, rng: np.random.Generator) -> Floats:
    """Return how far from `whole` each draw of articles lies, in its own standard errors."""
    steps = np.empty(draws)
    rows = max(CELLS // units.shape[1], 1)
    for start in range(0, draws, rows):
        end = min(start + rows, draws)
        sums, weights = units[:, rng.integers(0, units.shape[1], (end - start, units.shape[1]))]
        value = _ratio(sums, weights)
        with np.errstate(divide="ignore", invalid="ignore"):
            steps[start:end] = (value - whole) / _error(sums - value[:, None] * weights, value, weights)
    return np.where(np.isnan(steps), 0, steps)
