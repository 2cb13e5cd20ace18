"""The one error of Pastepot, and the checkers that word its messages.

A message names the argument, the value given, what is allowed and what to do.
"""

from collections.abc import Collection, Iterable
from difflib import get_close_matches

import pandas as pd


class PastepotError(ValueError):
    """Something that the caller can correct; the message is one or two clear sentences."""


def one_of(name: str, value: object, allowed: Collection[str]) -> str:
    """Return `value` if it is one of `allowed`, else say which values are.

    >>> one_of("order", "count", ["count", "term"])
    'count'
    >>> one_of("measure", "logdyce", ["log_dice", "g2"])
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: measure must be one of 'log_dice', 'g2'; got 'logdyce'. Did you mean 'log_dice'?
    """
    if isinstance(value, str) and value in allowed:
        return value
    listed = ", ".join(repr(choice) for choice in allowed)
    message = f"{name} must be one of {listed}; got {value!r}."
    raise PastepotError(message + did_you_mean(value, allowed))


def did_you_mean(value: object, allowed: Iterable[str]) -> str:
    """Return `` Did you mean 'x'?`` for the likeliest of `allowed`, or an empty string."""
    close = get_close_matches(str(value), list(allowed), n=1)
    return f" Did you mean {close[0]!r}?" if close else ""


def some_of(name: str, values: str | Iterable[str], allowed: Collection[str]) -> tuple[str, ...]:
    """Return `values` as a tuple, each checked by `one_of`; ``"all"`` means all of `allowed`.

    >>> some_of("parts", ["body", "title"], ["body", "title", "caption"])
    ('body', 'title')
    >>> some_of("parts", "all", ["body", "title"])
    ('body', 'title')
    """
    if isinstance(values, str):
        return tuple(allowed) if values == "all" else (one_of(name, values, [*allowed, "all"]),)
    return tuple(one_of(name, value, allowed) for value in values)


def at_least(name: str, value: object, least: int) -> int:
    """Return `value` if it is a whole number of `least` or more.

    >>> at_least("top", 0, 1)
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: top must be a whole number of 1 or more; got 0.
    """
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise PastepotError(f"{name} must be a whole number of {least} or more; got {value!r}.")
    return value


def has_columns(name: str, frame: pd.DataFrame, columns: Iterable[str], *, made_by: str) -> None:
    """Do nothing if `frame` has `columns`, else name the first that is missing and how to make the table.

    >>> has_columns("words", pd.DataFrame({"doc_id": []}), ["term"], made_by="pastepot.words(corpus)")
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: words lacks column 'term'; it has ['doc_id']. Make it with pastepot.words(corpus).
    """
    for column in columns:
        if column not in frame.columns:
            has = [str(have) for have in frame.columns]
            raise PastepotError(f"{name} lacks column {column!r}; it has {has}. Make it with {made_by}.")
