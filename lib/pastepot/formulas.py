"""Statistics of words, as plain arithmetic: numbers, lists, arrays or columns in, a float or an array out.

Keyness takes ``a, b, c, d``: count in target, count in reference, tokens of target, tokens of reference.
Collocation takes ``joint, f1, f2, n``: co-occurrences, counts of the two words, tokens; for a window give
``n / span``, span = left + right. The tests of keyness serve a pair too: ``g2(joint, f2 - joint, f1, n - f1)``.
Dispersion takes counts by part (one word, or words x parts, dense or SciPy sparse) and the tokens of each part;
parts without tokens are left out.

**Zero cells.** Each docstring says what a zero does. Where a formula has no value it is NaN, never infinite.

References
----------
Benjamini & Hochberg 1995, Controlling the false discovery rate. Bouma 2009, Normalized (pointwise) mutual
information in collocation extraction. Carroll 1970, An alternative to Juilland's usage coefficient. Church &
Gale 1991, Concordances for parallel text. Church & Hanks 1990, Word association norms. Covington & McFall
2010, Cutting the Gordian knot. Daille 1994, Approche mixte pour l'extraction de terminologie. Dunning 1993,
Accurate methods for the statistics of surprise and coincidence. Evert 2009, Corpora and collocations. Evert
2022, Measuring keyness. Gabrielatos & Marchi 2011, Keyness: matching metrics to definitions. Gries 2008,
Dispersions and adjusted frequencies in corpora. Gries 2013, 50-something years of work on collocations.
Hardie 2014, Log Ratio: an informal introduction. Hofland & Johansson 1982, Word frequencies in British and
American English. Holm 1979, A simple sequentially rejective multiple test procedure. Johnson 1944, Studies in
language behavior. Johnston, Berry & Mielke 2006, Measures of effect size for chi-squared and likelihood-ratio
goodness-of-fit tests. Juilland & Chang-Rodríguez 1964, Frequency dictionary of Spanish words. Katz et al.
1978, Obtaining confidence intervals for the risk ratio. Kilgarriff 2009, Simple maths for keywords. Kullback
& Leibler 1951, On information and sufficiency. Lijffijt & Gries 2012, Correction to Gries (2008). McCarthy &
Jarvis 2007, vocd: a theoretical and empirical evaluation. McCarthy & Jarvis 2010, MTLD, vocd-D, and HD-D.
Pedersen 1996, Fishing for exactness. Pedersen & Bruce 1996, What to infer from a description. Pojanapunya &
Todd 2016, Log-likelihood and odds ratio. Rayson & Garside 2000, Comparing corpora using frequency profiling.
Rosengren 1971, The quantitative concept of language. Rychlý 2008, A lexicographer-friendly association score.
Savický & Hlaváčová 2002, Measures of word commonness. Silge & Robinson 2017, Text mining with R. Smadja,
McKeown & Hatzivassiloglou 1996, Translating collocations for bilingual lexicons. Wilson 2013, Embracing Bayes
factors for key item analysis. Yates 1934, Contingency tables involving small numbers. Yule 1944, The
statistical study of literary vocabulary.
"""

import functools
from collections.abc import Callable
from statistics import NormalDist
from typing import Any, ParamSpec, TypeAlias

import numpy as np
import pandas as pd

from pastepot.errors import PastepotError, at_least, one_of
from pastepot.kernels import fit, kernel

P = ParamSpec("P")
Numbers: TypeAlias = Any
"""A number, a list, a NumPy array or a pandas column; NumPy types its own functions as freely."""
Words: TypeAlias = Any
"""A list, array or column of words, or of any labels that can be told apart."""

SCHEMES = ("tidy", "quanteda", "sklearn")
ADJUSTMENTS = ("bh", "holm", "bonferroni")


def _measure(formula: Callable[P, Any]) -> Callable[P, Any]:
    """Lift `formula` to lists and columns, and turn what it cannot say (1/0, 0/0, log 0) into NaN."""
    options = formula.__kwdefaults__ or {}

    @functools.wraps(formula)
    def lifted(*args: P.args, **named: P.kwargs) -> Numbers:
        numbers = {name: value if name in options else _floats(value) for name, value in named.items()}
        with np.errstate(divide="ignore", invalid="ignore"):
            return _finite(formula(*map(_floats, args), **numbers))  # type: ignore[arg-type]

    return lifted


def _floats(values: Numbers) -> Numbers:
    """Return an array of floats; a sparse matrix stays as it is."""
    return values if hasattr(values, "tocoo") else np.asarray(values, dtype=float)


def _finite(result: Numbers) -> Numbers:
    """Return `result` with NaN for infinite, and a plain float for a single number."""
    if isinstance(result, tuple):
        return tuple(map(_finite, result))
    result = np.where(np.isfinite(result), result, np.nan)
    return result if result.ndim else result.item()


def _share(name: str, value: float) -> float:
    """Return `value` if it lies between 0 and 1, ends excluded."""
    if not 0 < value < 1:
        raise PastepotError(f"{name} must be a number between 0 and 1; got {value!r}.")
    return value


# --- Keyness: count in target, count in reference, tokens of target, tokens of reference ---


def _cells(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> Numbers:
    """Return the four cells: the word in target and reference, the other words; NaN for a count above its tokens."""
    cells = np.stack(np.broadcast_arrays(a, b, c - a, d - b))
    return np.where(cells.min(axis=0) < 0, np.nan, cells)


def _surprise(observed: Numbers, expected: Numbers) -> Numbers:
    """Return O ln(O/E), with 0 ln 0 = 0."""
    return np.where(observed == 0, 0, observed * np.log(observed / expected))


@_measure
def g2(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> Numbers:
    """Return the log-likelihood ratio of all four cells, 2 Σ O ln(O/E) (Dunning 1993).

    0 ln 0 is 0, so a word in neither side has no surprise, 0. The sign of the difference is that of `log_ratio`.

    >>> round(g2(16217, 735, 2796938, 2087946), 6), g2(0, 0, 10, 10)
    (13319.958248, 0.0)
    """
    a, b, others_a, others_b = _cells(a, b, c, d)
    word, others = (a + b) / (c + d), (others_a + others_b) / (c + d)
    of_word = _surprise(a, c * word) + _surprise(b, d * word)
    return np.maximum(2 * (of_word + _surprise(others_a, c * others) + _surprise(others_b, d * others)), 0)


@_measure
def ll2(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> Numbers:
    """Return the log-likelihood of the word's two cells only (Rayson & Garside 2000), as AntConc prints it.

    0 ln 0 is 0. For very frequent words it lies well below `g2`, which also counts the other words.

    >>> round(ll2(100, 50, 10_000, 10_000), 6), ll2(0, 0, 10, 10)
    (16.989904, 0.0)
    """
    rate = (a + b) / (c + d)
    return 2 * (_surprise(a, c * rate) + _surprise(b, d * rate))


@_measure
def chi2(a: Numbers, b: Numbers, c: Numbers, d: Numbers, *, yates: bool = False) -> Numbers:
    """Return Pearson's chi-square of the four cells; `yates` asks for the continuity correction (Yates 1934).

    NaN where a margin is 0: the word in neither side, nothing but the word, or a side without tokens.

    >>> round(chi2(3, 7, 10, 9), 6), round(chi2(3, 7, 10, 9, yates=True), 6), chi2(0, 0, 10, 9)
    (4.33716, 2.632438, nan)
    """
    a, b, others_a, others_b = _cells(a, b, c, d)
    gap = np.maximum(np.abs(a * others_b - b * others_a) - yates * (c + d) / 2, 0)
    return (c + d) * gap**2 / ((a + b) * (others_a + others_b) * c * d)


@_measure
def fisher(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> Numbers:
    """Return the two-sided p of Fisher's exact test (Pedersen 1996), table by table: slow, for small counts.

    1 where a margin is 0: nothing can differ.

    >>> round(fisher(3, 7, 10, 9), 7), fisher(0, 0, 10, 9)
    (0.0697785, 1.0)
    """
    from scipy.stats import fisher_exact  # noqa: PLC0415 (a second that other formulas must not pay)

    def p(*cells: float) -> float:
        return fisher_exact(np.reshape(cells, (2, 2)).astype(int)).pvalue if min(cells) >= 0 else np.nan

    return np.vectorize(p, otypes=[float])(*_cells(a, b, c, d))


@_measure
def p_value(statistic: Numbers) -> Numbers:
    """Return the p of a `g2`, `ll2` or `chi2`: the upper tail of chi-square with one degree of freedom.

    >>> [round(p_value(value), 4) for value in (3.84, 6.63, 10.83, 15.14)]
    [0.05, 0.01, 0.001, 0.0001]
    """
    from scipy.special import erfc  # noqa: PLC0415 (loaded when a test is asked for)

    return erfc(np.sqrt(statistic / 2))


def _halved(a: Numbers, b: Numbers) -> tuple[Numbers, Numbers]:
    """Return both counts with 0.5 for 0; NaN where both are 0."""
    half = np.where(a + b == 0, np.nan, 0.5)
    return np.where(a == 0, half, a), np.where(b == 0, half, b)


@_measure
def log_ratio(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> Numbers:
    """Return log2 of the ratio of the two rates (Hardie 2014): 1 is twice as frequent in the target.

    A zero count becomes 0.5. NaN where both are 0, or a side has no tokens.

    >>> log_ratio([100, 4, 0, 0], [50, 0, 4, 0], 10_000, 10_000)
    array([ 1.,  3., -3., nan])
    """
    a, b = _halved(a, b)
    return np.log2(a / c) - np.log2(b / d)


@_measure
def log_ratio_ci(a: Numbers, b: Numbers, c: Numbers, d: Numbers, *, conf: float = 0.95) -> tuple[Numbers, Numbers]:
    """Return the lower and upper end of the interval of `log_ratio` (the log interval of Katz et al. 1978).

    A zero count becomes 0.5, as in `log_ratio`. It takes each word for an independent draw, which words are not.

    >>> [round(end, 6) for end in log_ratio_ci(16217, 735, 2796938, 2087946)]
    [3.93525, 4.14846]
    """
    centre = log_ratio(a, b, c, d)
    a, b = _halved(a, b)
    reach = NormalDist().inv_cdf((1 + _share("conf", conf)) / 2) * np.sqrt(1 / a - 1 / c + 1 / b - 1 / d) / np.log(2)
    return centre - reach, centre + reach


@_measure
def lrc(a: Numbers, b: Numbers, c: Numbers, d: Numbers, *, conf: float = 0.95, tests: int = 1) -> Numbers:
    """Return the conservative log ratio (Evert 2022): the end of its exact interval that is nearer to 0, else 0.

    `tests` is the size of the family, which the error rate is divided by. A zero count needs no correction; NaN where
    both are 0, or a side has no tokens.

    >>> round(lrc(16217, 735, 2796938, 2087946), 6), lrc(3, 2, 100, 100), lrc(0, 0, 100, 100)
    (3.935115, 0.0, nan)
    """
    from scipy.special import betaincinv  # noqa: PLC0415 (loaded when LRC is asked for)

    tail = (1 - _share("conf", conf)) / at_least("tests", tests, 1) / 2
    more = a * d > b * c
    hits: Numbers = np.where(more, a, b)
    share = betaincinv(hits, a + b - hits + 1, tail)
    size = np.log2(share / (1 - share)) + np.log2(np.where(more, d / c, c / d))
    sign = np.where((a + b == 0) | (c == 0) | (d == 0), np.nan, np.where(more, 1, -1))
    return sign * np.maximum(size, 0) + 0.0  # no -0.0


@_measure
def percent_diff(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> Numbers:
    """Return the difference of the rates in percent of the reference rate (Gabrielatos & Marchi 2011).

    NaN where the reference count is 0: no percentage of nothing.

    >>> round(percent_diff(206523, 178174, 959641, 1562358), 1), percent_diff(4, 0, 100, 100)
    (88.7, nan)
    """
    return 100 * (a / c - b / d) / (b / d)


@_measure
def odds_ratio(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> Numbers:
    """Return the odds of the word in the target over its odds in the reference (Pojanapunya & Todd 2016).

    NaN where the reference count is 0, or the target holds nothing but the word.

    >>> round(odds_ratio(16217, 735, 2796938, 2087946), 6), odds_ratio(4, 0, 100, 100)
    (16.561212, nan)
    """
    a, b, others_a, others_b = _cells(a, b, c, d)
    return a * others_b / (b * others_a)


@_measure
def simple_maths(a: Numbers, b: Numbers, c: Numbers, d: Numbers, *, k: float = 1) -> Numbers:
    """Return the ratio of the rates per million, `k` added to each (Kilgarriff 2009).

    `k` takes care of zero counts; the larger it is, the more frequent the words on top.

    >>> round(simple_maths(35, 263, 112289811, 1559717242), 4)
    1.1224
    """
    return (1e6 * a / c + k) / (1e6 * b / d + k)


@_measure
def difference_coefficient(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> Numbers:
    """Return the difference of the rates over their sum, -1 to 1 (Hofland & Johansson 1982); NaN where both are 0.

    >>> round(difference_coefficient(18, 35, 1e6, 1e6), 2), difference_coefficient(0, 0, 1e6, 1e6)
    (-0.32, nan)
    """
    return (a / c - b / d) / (a / c + b / d)


@_measure
def bic(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> Numbers:
    """Return `ll2` less the log of all tokens (Wilson 2013): above 2 there is evidence of a difference, above 10 much.

    Zero counts as in `ll2`: a word in neither side has the most negative value.

    >>> round(bic(100, 50, 10_000, 10_000), 6)
    7.086416
    """
    return ll2(a, b, c, d) - np.log(c + d)


@_measure
def ell(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> Numbers:
    """Return `ll2` as a share of its possible maximum, 0 to 1 (Johnston, Berry & Mielke 2006).

    NaN where the smaller expected count is 1 or less: its logarithm is the divisor.

    >>> round(ell(100, 50, 10_000, 10_000), 9), ell(1, 0, 10_000, 10_000)
    (0.000196757, nan)
    """
    least = np.minimum(c, d) * (a + b) / (c + d)
    return ll2(a, b, c, d) / ((c + d) * np.log(np.where(least > 1, least, np.nan)))


@_measure
def adjust_p(p: Numbers, *, method: str = "bh", tests: int | None = None) -> Numbers:
    """Return p-values corrected for many tests: "bh" (Benjamini & Hochberg 1995), "holm" (1979) or "bonferroni".

    `tests` is the size of the family, by default the number of p-values; a NaN stays NaN and is not counted.

    >>> adjust_p([0.01, 0.04, 0.03, float("nan")])
    array([0.03, 0.04, 0.04,  nan])
    >>> adjust_p(0.01, method="bonferroni", tests=5)
    0.05
    """
    one_of("method", method, ADJUSTMENTS)
    known = int(np.count_nonzero(~np.isnan(p)))
    family = known if tests is None else at_least("tests", tests, known)
    order = np.argsort(p, axis=None, kind="stable")
    rank, ordered = np.arange(1, p.size + 1), p.ravel()[order]
    if method == "bh":
        ordered = np.fmin.accumulate((ordered * family / rank)[::-1])[::-1]
    else:
        ordered = np.maximum.accumulate(ordered * (family + 1 - rank if method == "holm" else family))
    adjusted = np.empty(p.size)
    adjusted[order] = np.minimum(ordered, 1)
    return adjusted.reshape(p.shape)


# --- Collocation: joint count, count of either word, tokens ---


@_measure
def pmi(joint: Numbers, f1: Numbers, f2: Numbers, n: Numbers) -> Numbers:
    """Return the mutual information log2(O/E), E = f1·f2/n (Church & Hanks 1990); NaN where the joint count is 0.

    >>> round(pmi(20, 42, 20, 14307668), 2), pmi(0, 42, 20, 14307668)
    (18.38, nan)
    """
    return np.log2(joint * n / (f1 * f2))


@_measure
def npmi(joint: Numbers, f1: Numbers, f2: Numbers, n: Numbers) -> Numbers:
    """Return `pmi` over -log2(O/n), -1 to 1 (Bouma 2009); -1, its limit, where the joint count is 0.

    NaN where the two words are all there is.

    >>> npmi([10, 1, 0], 10, 10, 100)
    array([ 1.,  0., -1.])
    """
    return np.where((joint == 0) & (f1 * f2 > 0), -1, np.log2(joint * n / (f1 * f2)) / -np.log2(joint / n))


@_measure
def mi3(joint: Numbers, f1: Numbers, f2: Numbers, n: Numbers) -> Numbers:
    """Return log2(O³/E), which favours rare pairs less than `pmi` (Daille 1994); NaN where the joint count is 0.

    >>> round(mi3(20, 42, 20, 14307668), 2), mi3(0, 42, 20, 14307668)
    (27.02, nan)
    """
    return np.log2(joint**3 * n / (f1 * f2))


@_measure
def t_score(joint: Numbers, f1: Numbers, f2: Numbers, n: Numbers) -> Numbers:
    """Return (O - E)/√O (Evert 2009); NaN where the joint count is 0.

    >>> round(t_score(8, 15828, 4675, 14307668), 6), t_score(0, 15828, 4675, 14307668)
    (0.999932, nan)
    """
    return (joint - f1 * f2 / n) / np.sqrt(joint)


@_measure
def z_score(joint: Numbers, f1: Numbers, f2: Numbers, n: Numbers) -> Numbers:
    """Return (O - E)/√E (Evert 2009), negative where the joint count is 0; NaN where a word's count is 0.

    >>> z_score([9, 0], 40, 10, 100), z_score(0, 0, 10, 100)
    (array([ 2.5, -2. ]), nan)
    """
    return (joint - f1 * f2 / n) / np.sqrt(f1 * f2 / n)


@_measure
def dice(joint: Numbers, f1: Numbers, f2: Numbers, n: Numbers) -> Numbers:  # noqa: ARG001 (one signature for all)
    """Return 2O/(f1 + f2), 0 to 1 (Smadja, McKeown & Hatzivassiloglou 1996); NaN where neither word occurs.

    >>> round(dice(130, 3121, 143, 1e6), 2), dice(0, 0, 0, 1e6)
    (0.08, nan)
    """
    return 2 * joint / (f1 + f2)


@_measure
def log_dice(joint: Numbers, f1: Numbers, f2: Numbers, n: Numbers) -> Numbers:
    """Return 14 + log2 of `dice`, at most 14, whatever the corpus size (Rychlý 2008); NaN where the joint count is 0.

    >>> round(log_dice(8, 389, 230, 1e6), 6), log_dice(300, 300, 300, 1e6), log_dice(0, 300, 300, 1e6)
    (8.726204, 14.0, nan)
    """
    return 14 + np.log2(dice(joint, f1, f2, n))


@_measure
def delta_p(joint: Numbers, f1: Numbers, f2: Numbers, n: Numbers) -> tuple[Numbers, Numbers]:
    """Return how much each word raises the chance of the other, (2|1, 1|2) (Gries 2013).

    NaN where the given word occurs never, or everywhere.

    >>> [round(way, 3) for way in delta_p(5610, 174548, 7867, 10409868)]
    [0.032, 0.697]
    """
    return joint / f1 - (f2 - joint) / (n - f1), joint / f2 - (f1 - joint) / (n - f2)


@_measure
def min_sensitivity(joint: Numbers, f1: Numbers, f2: Numbers, n: Numbers) -> Numbers:  # noqa: ARG001 (as dice)
    """Return the smaller of O/f1 and O/f2 (Pedersen & Bruce 1996); NaN where a word's count is 0.

    >>> round(min_sensitivity(17, 257, 1018, 1300000), 6), min_sensitivity(0, 0, 1018, 1300000)
    (0.016699, nan)
    """
    return np.minimum(joint / f1, joint / f2)


@_measure
def phi2(joint: Numbers, f1: Numbers, f2: Numbers, n: Numbers) -> Numbers:
    """Return the squared phi coefficient, chi-square over n (Church & Gale 1991); NaN where a margin is 0.

    >>> round(phi2(31950, 43954, 36743, 897077), 2), phi2(0, 0, 10, 100)
    (0.62, nan)
    """
    return (joint * n - f1 * f2) ** 2 / (f1 * f2 * (n - f1) * (n - f2))


# --- Dispersion: counts by part, tokens of each part; NaN for a word that does not occur ---


def _hits(counts: Numbers, part_sizes: Numbers) -> tuple[Numbers, Numbers, Numbers, Numbers, Numbers]:
    """Return counts and part sizes of the cells that hold a word, all sizes, a sum by word, a way back to cells."""
    if counts.shape[-1] != part_sizes.size:
        raise PastepotError(
            f"counts has {counts.shape[-1]} parts and part_sizes {part_sizes.size}; give one size a part."
        )
    shape, sizes = counts.shape[:-1], part_sizes[part_sizes > 0]
    if hasattr(counts, "tocoo"):
        cells = counts.tocoo()
        word, part, count = cells.row[cells.data != 0], cells.col[cells.data != 0], cells.data[cells.data != 0]
    else:
        counts = counts.reshape(-1, part_sizes.size)
        word, part = np.nonzero(counts)
        count = counts[word, part]

    def add(values: Numbers) -> Numbers:
        return np.bincount(word, values, minlength=int(np.prod(shape))).reshape(shape)

    def back(sums: Numbers) -> Numbers:
        return sums.ravel()[word]

    return count.astype(float), part_sizes[part], sizes, add, back


@_measure
def dp(counts: Numbers, part_sizes: Numbers) -> Numbers:
    """Return ½ Σ|share of the word's hits - share of the tokens| (Gries 2008): 0 even, near 1 all in one small part.

    Sums whole numbers and divides once, so the order of the parts can't change a digit.

    >>> round(dp([1, 2, 3, 4, 5], [9, 10, 10, 10, 11]), 9), dp([0, 0], [9, 10])
    (0.18, nan)
    """
    count, size, sizes, add, back = _hits(counts, part_sizes)
    hits, n = add(count), sizes.sum()
    even = size * back(hits)
    return (add(np.abs(count * n - even) - even) + hits * n) / (2 * hits * n)


@_measure
def dp_norm(counts: Numbers, part_sizes: Numbers) -> Numbers:
    """Return `dp` over its maximum, so that 1 can be reached (Lijffijt & Gries 2012); NaN with a single part.

    >>> dp_norm([2, 1, 0], [4, 4, 4]), dp_norm([2], [4])
    (0.5, nan)
    """
    sizes = part_sizes[part_sizes > 0]
    return dp(counts, part_sizes) * sizes.sum() / (sizes.sum() - sizes.min(initial=np.inf))


@_measure
def juilland_d(counts: Numbers, part_sizes: Numbers) -> Numbers:
    """Return 1 - V/√(parts - 1), V = sd/mean of the rates (Juilland & Chang-Rodríguez 1964): 1 even, 0 all in one part.

    NaN with a single part.

    >>> round(juilland_d([0, 4, 3, 2, 1], [1, 1, 1, 1, 1]), 4), juilland_d([4], [9])
    (0.6464, nan)
    """
    count, size, sizes, add, back = _hits(counts, part_sizes)
    rate, parts = count / size, sizes.size
    mean = add(rate) / parts
    variance = (add((rate - back(mean)) ** 2) + (parts - add(count > 0)) * mean**2) / parts
    return 1 - np.sqrt(variance) / mean / np.sqrt(parts - 1)


@_measure
def carroll_d2(counts: Numbers, part_sizes: Numbers) -> Numbers:
    """Return the entropy of the rates over its maximum (Carroll 1970): 1 even, 0 all in one part.

    NaN with a single part.

    >>> round(carroll_d2([2, 1, 1, 1, 0], [1, 1, 1, 1, 1]), 4), carroll_d2([4], [9])
    (0.8277, nan)
    """
    count, size, sizes, add, back = _hits(counts, part_sizes)
    rate = count / size
    total = add(rate)
    return -add(rate * np.log(rate / back(total))) / total / np.log(sizes.size)


@_measure
def rosengren_s(counts: Numbers, part_sizes: Numbers) -> Numbers:
    """Return (Σ√(share of tokens · count))² over the count (Rosengren 1971): 1 even, the part's share all in one part.

    >>> round(rosengren_s([1, 2, 3, 4, 5], [1, 1, 1, 1, 1]), 3), rosengren_s([0, 0], [9, 10])
    (0.937, nan)
    """
    count, size, sizes, add, _ = _hits(counts, part_sizes)
    return add(np.sqrt(size / sizes.sum() * count)) ** 2 / add(count)


@_measure
def kl_divergence(counts: Numbers, part_sizes: Numbers) -> Numbers:
    """Return Σ v log2(v/s), v the share of hits, s of tokens, in bits (Kullback & Leibler 1951): 0 even, no upper end.

    >>> round(kl_divergence([1, 2, 3, 4, 5], [9, 10, 10, 10, 11]), 3), kl_divergence([0, 0], [9, 10])
    (0.137, nan)
    """
    count, size, sizes, add, back = _hits(counts, part_sizes)
    share = count / back(add(count))
    return add(count * np.log2(share * sizes.sum() / size)) / add(count)


# --- Dispersion by distance: positions of one word among n tokens; NaN for a word that does not occur ---


def _gaps(positions: Numbers, n: Numbers) -> Numbers:
    """Return the distances from hit to hit, the last one wrapping round to the first."""
    places = np.sort(positions)
    return np.diff(places, append=places[:1] + n) if places.size else np.array([np.nan])


@_measure
def arf(positions: Numbers, n: Numbers) -> Numbers:
    """Return the average reduced frequency, 1 to the count (Savický & Hlaváčová 2002): the count if evenly spread.

    >>> arf([0, 5], 10), round(arf([0, 1], 10), 3), arf([], 10)
    (2.0, 1.2, nan)
    """
    even = n / positions.size
    return np.minimum(_gaps(positions, n), even).sum() / even


@_measure
def awt(positions: Numbers, n: Numbers) -> Numbers:
    """Return the average waiting time for the word, in tokens (Savický & Hlaváčová 2002): low = even.

    >>> awt([0, 5], 10), awt([0, 1], 10), awt([], 10)
    (3.0, 4.6, nan)
    """
    return (1 + (_gaps(positions, n) ** 2).sum() / n) / 2


@_measure
def ald(positions: Numbers, n: Numbers) -> Numbers:
    """Return the average log10 distance of the hits (Savický & Hlaváčová 2002): low = even.

    >>> round(ald([0, 5], 10), 3), round(ald([0, 1], 10), 3), ald([], 10)
    (0.699, 0.859, nan)
    """
    gaps = _gaps(positions, n)
    return (gaps * np.log10(gaps)).sum() / n


# --- Diversity: the words of one text, in order; NaN for a text without words ---


def _types(tokens: Words) -> Numbers:
    """Return each token's type as a number, in order of first appearance."""
    if isinstance(tokens, str):
        raise PastepotError("tokens must be a list of words; got one string. Split it into words first.")
    return pd.factorize(pd.Series(tokens), use_na_sentinel=False)[0]


def ttr(tokens: Words) -> float:
    """Return types over tokens (Johnson 1944). It falls with length: compare only texts of one length.

    >>> ttr("the ferry and the port".split()), ttr([])
    (0.8, nan)
    """
    types = _types(tokens)
    return len(np.unique(types)) / len(types) if len(types) else np.nan


def mattr(tokens: Words, window: int) -> float:
    """Return the mean `ttr` of all runs of `window` words (Covington & McFall 2010); a shorter text gives its `ttr`.

    A word is new in the windows that start after its last occurrence, so one pass serves every window.

    >>> round(mattr("one one two one one two one".split(), 2), 6), mattr(["one"], 2)
    (0.833333, 1.0)
    """
    types = _types(tokens)
    n = len(types)
    if n <= at_least("window", window, 1):
        return ttr(types)
    order = np.argsort(types, kind="stable")
    again = types[order[1:]] == types[order[:-1]]
    here, last = np.arange(n), np.full(n, -1)
    last[order[1:][again]] = order[:-1][again]
    starts = np.minimum(here, n - window) - np.maximum(last, here - window)
    return float(np.maximum(starts, 0).sum() / (window * (n - window + 1)))


def msttr(tokens: Words, window: int) -> float:
    """Return the mean `ttr` of stretches of `window` words, the rest dropped (Johnson 1944); a shorter text its `ttr`.

    >>> round(msttr("oil ore oil ore tar tar oil ore".split(), 3), 6), msttr(["oil"], 3)
    (0.666667, 1.0)
    """
    types = _types(tokens)
    stretches = len(types) // at_least("window", window, 1)
    if not stretches:
        return ttr(types)
    whole = types[: stretches * window]
    pairs = np.arange(len(whole)) // window * (types.max() + 1) + whole
    return len(np.unique(pairs)) / len(whole)


@kernel
def _factors(types: Numbers, last: Numbers, threshold: float) -> float:
    """Return how often the type-token ratio falls to `threshold`, the rest in part; `last` holds -1 for each type."""
    factors = 0
    start = 0
    found = 0
    for place in range(len(types)):
        if last[types[place]] < start:
            found += 1
        last[types[place]] = place
        if found / (place + 1 - start) <= threshold:
            factors += 1
            start = place + 1
            found = 0
    rest = len(types) - start
    return factors + (1 - found / rest) / (1 - threshold) if rest else float(factors)


def mtld(tokens: Words, threshold: float = 0.72) -> float:
    """Return the mean length of runs that keep `ttr` above `threshold` (McCarthy & Jarvis 2010), over both directions.

    A run closes when its ratio is at or below the threshold. NaN for a text without a repeated word.

    >>> round(mtld("this is a sentence .".split() * 20), 6), mtld("this is short".split())
    (7.142857, nan)
    """
    types, count = _types(tokens), fit(_factors, len(tokens))
    _share("threshold", threshold)
    runs = [count(way, np.full(len(types), -1), threshold) for way in (types, types[::-1])]
    return sum(len(types) / factors for factors in runs) / 2 if all(runs) else np.nan


def hd_d(tokens: Words, sample: int = 42) -> float:
    """Return the `ttr` to expect of `sample` words drawn from the text (McCarthy & Jarvis 2007); NaN if it is shorter.

    >>> round(hd_d("this is a sentence .".split() * 20), 6), hd_d("this is short".split())
    (0.119047, nan)
    """
    types = _types(tokens)
    n, drawn = len(types), np.arange(at_least("sample", sample, 1))
    if n < sample:
        return np.nan
    counts, words = np.unique(np.bincount(types), return_counts=True)
    missed = np.prod(np.maximum(n - counts[:, None] - drawn, 0) / (n - drawn), axis=1)
    return float((words * (1 - missed)).sum() / sample)


def yule_k(tokens: Words) -> float:
    """Return 10,000 (Σ count² - n)/n², how much words repeat (Yule 1944): 0 never; little moved by length.

    >>> yule_k("a b c d d e e f f f".split()), yule_k([])
    (1000.0, nan)
    """
    counts = np.bincount(_types(tokens)).astype(float)
    n = counts.sum()
    return float(1e4 * ((counts**2).sum() - n) / n**2) if n else np.nan


# --- TF-IDF ---


def tf_idf(counts: Numbers, *, scheme: str = "tidy") -> Numbers:
    """Return the weights of a documents x terms matrix of counts, dense or sparse as it came.

    "tidy" is count/words · ln(N/df), words the sum of the row (Silge & Robinson 2017); "quanteda" is
    count · log10(N/df); "sklearn" is count · (ln((1+N)/(1+df)) + 1), each row then of length 1. A zero stays zero.

    >>> tf_idf([[1, 1, 2, 1, 0], [1, 1, 0, 2, 3]]).round(6)[1]
    array([0.      , 0.      , 0.      , 0.      , 0.297063])
    """
    one_of("scheme", scheme, SCHEMES)
    weights: Numbers = counts.tocsr().astype(float) if hasattr(counts, "tocsr") else np.array(counts, dtype=float)
    if isinstance(weights, np.ndarray):
        row, column = np.nonzero(weights)
        weights[row, column] = _weights(weights[row, column], row, column, len(weights), scheme)
    else:
        weights.sum_duplicates()
        weights.eliminate_zeros()
        row, column = weights.nonzero()
        weights.data = _weights(weights.data, row, column, weights.shape[0], scheme)
    return weights


def _weights(count: Numbers, row: Numbers, column: Numbers, documents: int, scheme: str) -> Numbers:
    """Return the weight of each cell that is not zero."""
    df: Numbers = np.bincount(column)[column]
    if scheme == "tidy":
        return count / np.bincount(row, count)[row] * np.log(documents / df)
    if scheme == "quanteda":
        return count * np.log10(documents / df)
    weight = count * (np.log((1 + documents) / (1 + df)) + 1)
    return weight / np.sqrt(np.bincount(row, weight**2))[row]
