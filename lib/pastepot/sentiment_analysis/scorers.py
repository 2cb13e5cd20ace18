"""A scorer of one's own: any function from sentences to numbers, checked so that its numbers can stand in a table."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from pastepot import errors, tables

Floats: TypeAlias = npt.NDArray[np.float64]
Scorer: TypeAlias = Callable[[list[str]], Sequence[float] | Floats]
"""Takes sentences, gives one number for each, in order; NaN where it has none."""
CheckedScorer: TypeAlias = Callable[[Sequence[str]], Floats]


def check_scorer(name: str, function: Scorer) -> CheckedScorer:
    """Return `function` so that it gives one number a sentence or says what is wrong with what it gave.

    Parameters
    ----------
    name : str
        The column its numbers will stand in: letters, digits and underscores, and no column that tables have.
    function : callable
        Takes a list of sentences, returns as many numbers, on any scale; NaN for a sentence it cannot score. It is
        called once with all sentences, so that a model may batch them as it likes, and never with an empty list.

    Raises
    ------
    PastepotError
        At once for a bad name or for what cannot be called; when it scores, for numbers too many, too few, infinite,
        or none at all.

    Examples
    --------
    >>> shouts = check_scorer("shouts", lambda sentences: [text.count("!") for text in sentences])
    >>> shouts(["The ferry sails!", "At dawn."]).tolist()
    [1.0, 0.0]
    >>> check_scorer("short", lambda sentences: [0.5])(["One.", "Two."])
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: scorer 'short' must return one number a sentence; it got 2 sentences and returned 1.
    """
    if not isinstance(name, str) or not name.isidentifier() or name in tables.COLUMNS:
        raise errors.PastepotError(
            f"a scorer's name must be letters, digits or underscores and no column that tables have; got {name!r}."
        )
    if not callable(function):
        raise errors.PastepotError(f"scorer {name!r} must be a function from sentences to numbers; got {function!r}.")

    def scored(sentences: Sequence[str]) -> Floats:
        if not len(sentences):
            return np.empty(0)
        return _numbers(name, function(list(sentences)), len(sentences))

    return scored


def check_scorers(scorers: Mapping[str, Scorer] | None) -> dict[str, CheckedScorer]:
    """Return each scorer checked, by name; an empty dict for none.

    >>> list(check_scorers({"mine": len, "yours": len})), check_scorers(None)
    (['mine', 'yours'], {})
    """
    return {name: check_scorer(name, function) for name, function in (scorers or {}).items()}


def _numbers(name: str, given: object, count: int) -> Floats:
    """Return what a scorer gave as an array, or say what is wrong with it."""
    try:
        scores: Floats = np.array(given, dtype=np.float64)
    except (TypeError, ValueError):
        raise errors.PastepotError(
            f"scorer {name!r} must return numbers; it returned {type(given).__name__} that holds something else."
        ) from None
    if scores.shape != (count,):
        size = scores.shape[0] if scores.ndim == 1 else f"an array of shape {scores.shape}"
        raise errors.PastepotError(
            f"scorer {name!r} must return one number a sentence; it got {count} sentences and returned {size}."
        )
    if np.isinf(scores).any():
        raise errors.PastepotError(
            f"scorer {name!r} must return finite numbers, or NaN for none; sentence {int(np.isinf(scores).argmax())}"
            " got an infinite one."
        )
    return scores
