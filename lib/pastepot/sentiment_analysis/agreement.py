"""Krippendorff's alpha: how far coders agree beyond chance, and how sure a sample of articles makes us of it."""

from typing import Literal

import numpy as np
import numpy.typing as npt

from pastepot.errors import PastepotError, one_of
from pastepot.formulas import FEWEST_ARTICLES, SEED

Floats = npt.NDArray[np.float64]
Level = Literal["nominal", "ordinal", "interval"]
LEVELS = ("nominal", "ordinal", "interval")


def krippendorff_alpha(ratings: npt.ArrayLike, *, level: Level = "nominal") -> float:
    """Return Krippendorff's alpha: 1 for full agreement, 0 for what chance gives, below 0 for worse.

    Parameters
    ----------
    ratings : array of numbers
        One row a coder, one column a unit; NaN where a coder gave nothing. A unit with fewer than two values is left
        out.
    level : {"nominal", "ordinal", "interval"}
        Whether any two labels differ alike, by their ranks, or by the square of their distance.

    Returns
    -------
    float
        NaN where no unit can be compared or all values are the same: then chance is not defined.

    Notes
    -----
    1 less observed over expected disagreement, from the matrix of coincidences: each unit of m values adds its ordered
    pairs of values, divided by m - 1. The cost is units times values squared.

    References
    ----------
    Krippendorff, K. (2011). Computing Krippendorff's Alpha-Reliability. University of Pennsylvania.

    Examples
    --------
    >>> round(krippendorff_alpha([[1, 1, 0, -1, 0], [1, 0, 0, -1, float("nan")]]), 3)
    0.667
    >>> krippendorff_alpha([[1, 1, 1], [1, 1, 1]])
    nan
    """
    one_of("level", level, LEVELS)
    matrices, values = coincidences(np.array(ratings, dtype=np.float64))
    return float(_alphas(matrices.sum(axis=0)[None], values, level)[0])


def alpha_interval(
    ratings: npt.ArrayLike,
    articles: npt.ArrayLike,
    *,
    level: Level = "nominal",
    conf: float = 0.95,
    draws: int = 2000,
    seed: int = SEED,
) -> tuple[float, float]:
    """Return the ends of an interval for alpha, by drawing articles, not units.

    Parameters
    ----------
    ratings, level
        As for `krippendorff_alpha`.
    articles : array
        The article of each unit.
    conf, draws, seed
        How often the interval should hold the truth, how often articles are drawn, and from which start.

    Returns
    -------
    tuple of float
        The quantiles of alpha over the draws; a pair of NaN below ten articles, and where more than a twentieth of the
        draws hold one value only.

    Examples
    --------
    >>> alpha_interval([[1, 0, 1], [1, 0, 0]], ["a", "a", "b"])
    (nan, nan)
    """
    one_of("level", level, LEVELS)
    matrices, values = coincidences(np.array(ratings, dtype=np.float64))
    _, article = np.unique(np.asarray(articles).astype(str), return_inverse=True)
    if len(article) != len(matrices):
        raise PastepotError(f"articles has {len(article)} units and ratings {len(matrices)}; give one article a unit.")
    compared = matrices.any(axis=(1, 2))
    _, article = np.unique(article[compared], return_inverse=True)
    count = int(article.max()) + 1 if len(article) else 0
    if count < FEWEST_ARTICLES:
        return np.nan, np.nan
    summed = np.zeros((count, *matrices.shape[1:]))
    np.add.at(summed, article, matrices[compared])
    times = np.random.default_rng(seed).multinomial(count, np.full(count, 1 / count), size=draws)
    drawn = _alphas(np.tensordot(times.astype(np.float64), summed, axes=1), values, level)
    known = drawn[~np.isnan(drawn)]
    if len(known) < 0.95 * draws:
        return np.nan, np.nan
    low, high = np.quantile(known, [(1 - conf) / 2, (1 + conf) / 2])
    return float(low), float(high)


def coincidences(ratings: Floats) -> tuple[Floats, Floats]:
    """Return each unit's matrix of coincidences, values in ascending order by values, and those values.

    >>> matrices, values = coincidences(np.array([[1.0, 0.0], [0.0, np.nan]]))
    >>> matrices.tolist(), values.tolist()
    ([[[0.0, 1.0], [1.0, 0.0]], [[0.0, 0.0], [0.0, 0.0]]], [0.0, 1.0])
    """
    if ratings.ndim != 2:
        raise PastepotError(f"ratings must have a row a coder and a column a unit; got {ratings.ndim} dimensions.")
    values = np.unique(ratings[~np.isnan(ratings)])
    counts = (ratings[:, :, None] == values).sum(axis=0).astype(np.float64)
    many = counts.sum(axis=1)
    pairs = counts[:, :, None] * counts[:, None, :] - np.eye(len(values)) * counts[:, :, None]
    return pairs / np.maximum(many - 1, 1)[:, None, None], values


def _alphas(matrices: Floats, values: Floats, level: str) -> Floats:
    """Return alpha of each summed matrix of coincidences."""
    counts = matrices.sum(axis=2)
    total = counts.sum(axis=1)
    distance = _distances(counts, values, level)
    observed = (matrices * distance).sum(axis=(1, 2))
    expected = (counts[:, :, None] * counts[:, None, :] * distance).sum(axis=(1, 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        found = 1 - (total - 1) * observed / expected
    return np.where(expected > 0, found, np.nan)


def _distances(counts: Floats, values: Floats, level: str) -> Floats:
    """Return how far each value is from each other, squared, for each matrix."""
    if level == "nominal":
        return np.broadcast_to(1 - np.eye(len(values)), (len(counts), len(values), len(values)))
    if level == "interval":
        return np.broadcast_to(np.subtract.outer(values, values) ** 2, (len(counts), len(values), len(values)))
    middle = np.cumsum(counts, axis=1) - counts / 2
    return np.asarray((middle[:, :, None] - middle[:, None, :]) ** 2)
