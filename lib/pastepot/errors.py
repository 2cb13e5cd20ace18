"""The one error of Pastepot, and the checkers that word its messages.

A message names the argument, the value given, what is allowed and what to do.
"""

import functools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from numbers import Integral, Real
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import pandas as pd

from pastepot import wording

Returned = TypeVar("Returned")
Positive = Annotated[int, 1]
NotNegative = Annotated[int, 0]
"""Whole numbers with the least that an argument may be, which `check_arguments` reads."""

_CLASSES: Mapping[object, type] = {int: Integral, float: Real, Any: object}
_WORDS = {str: "string", int: "whole number", float: "number", Mapping: "dict", pd.DataFrame: "table", pd.Series: "row"}
"""What an annotation is called, where not by its own name."""


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
    message = f"{name} must be one of {listed}; got {show_value(value)}."
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
        raise PastepotError(f"{name} must be a whole number of {least} or more; got {show_value(value)}.")
    return value


def has_columns(name: str, frame: pd.DataFrame, columns: Iterable[str], *, made_by: str) -> None:
    """Do nothing if `frame` has `columns`, else name the first that is missing and how to make the table.

    >>> has_columns("df", pd.DataFrame({"doc_id": []}), ["term"], made_by="pastepot.words(corpus)")
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: df lacks column 'term', it has 'doc_id': make it with pastepot.words(corpus).
    """
    for column in columns:
        if column not in frame.columns:
            has = wording.list_words(map(repr, frame.columns)) or "none"
            raise PastepotError(f"{name} lacks column {column!r}, it has {has}: make it with {made_by}.")


def show_value(value: object) -> str:
    """Return a value in few words and on one line.

    >>> show_value("port"), show_value(pd.DataFrame({"term": ["port"]})), show_value("a" * 99)[60:]
    ("'port'", 'a table of 1 row', 'aaaaaaaaaaaaaaaaaa…')
    """
    rows = isinstance(value, pd.DataFrame) and wording.count_noun(len(value), "row")
    shown = f"a table of {rows}" if rows else " ".join(repr(value).split())
    return shown if len(shown) < 80 else f"{shown[:78]}…"


# --- the arguments of the public functions -------------------------------


def check_arguments(function: Callable[..., Returned], ways: Mapping[str, str]) -> Callable[..., Returned]:
    """Return `function` so that it refuses an argument of another kind than its annotation says, in one sentence.

    A word that is none of a closed list (a Literal), and a number below the least, are refused as by `one_of` and
    `at_least`. `ways` has what to do instead, by the argument's name; for `df`, which takes many tables, by the
    function's.

    >>> def count(words: list[str], *, stop: Iterable[str] = (), case: Literal["fold", "exact"] = "fold") -> int:
    ...     return len(words)
    >>> count = check_arguments(count, {"words": "read them first: words = load(path)"})
    >>> count("a.csv")
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: words must be a list of strings; got 'a.csv', so write words=['a.csv'].
    >>> count({})
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: words must be a list of strings; got {}, so read them first: words = load(path).
    >>> count(["port"], case="exakt")
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: case must be one of 'fold', 'exact'; got 'exakt'. Did you mean 'exact'?
    """
    kinds, bounded = get_type_hints(function), get_type_hints(function, include_extras=True)
    del kinds["return"]

    @functools.wraps(function)
    def checked(*args: object, **kwargs: object) -> Returned:
        for name, value in {**dict(zip(kinds, args, strict=False)), **kwargs}.items():
            kind = kinds.get(name, Any)
            if not _is_a(value, kind):
                listed = isinstance(value, str) and _is_a([value], kind)
                way = f"write {name}=[{value!r}]" if listed else ways.get(function.__name__ if name == "df" else name)
                got = f"{show_value(value)}{f', so {way}' if way else ''}"
                raise PastepotError(f"{name} must be {_describe_kind(kind)}; got {got}.")
            for part in (kind, *get_args(kind)):
                if get_origin(part) is Literal and value is not None:
                    one_of(name, value, get_args(part))
            if get_origin(bounded.get(name)) is Annotated:
                at_least(name, value, get_args(bounded[name])[1])
        return function(*args, **kwargs)

    # Without this it could not be pickled by its public name.
    checked.__module__ = "pastepot"
    return checked


def _is_a(value: Any, kind: Any) -> bool:  # noqa: ANN401 (a value of any kind and an annotation)
    """Return whether a value is of an annotation's kind; which word of a closed list it is does not matter here.

    >>> _is_a(["a"], Iterable[str]), _is_a("a", Iterable[str]), _is_a({"a": 1}, Mapping[str, str]), _is_a(True, int)
    (True, False, False, False)
    """
    origin, parts = get_origin(kind) or kind, get_args(kind)
    if origin in (Union, UnionType):
        return any(_is_a(value, part) for part in parts)
    if origin in (list, Sequence, Iterable):
        listed = isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping | pd.DataFrame)
        # What can be read only once is looked at where it is used.
        return listed and (isinstance(value, Iterator) or all(_is_a(item, parts[0]) for item in value))
    if origin is tuple:
        return isinstance(value, tuple | list) and len(value) == len(parts) and all(map(_is_a, value, parts))
    if origin is Mapping:
        return isinstance(value, Mapping) and all(all(map(_is_a, pair, parts)) for pair in value.items())
    if origin is Literal or (isinstance(value, bool) and origin in (int, float)):
        return isinstance(value, str)
    return isinstance(value, _CLASSES.get(origin, origin))


def _describe_kind(kind: Any) -> str:  # noqa: ANN401 (an annotation)
    """Return what an annotation allows, in words.

    >>> _describe_kind(str | Iterable[Iterable[int]] | None), _describe_kind(Mapping[str, str])
    ('a string or a list of lists of whole numbers or None', 'a dict')
    """
    origin, parts = get_origin(kind) or kind, get_args(kind)
    if origin in (Union, UnionType):
        return " or ".join(map(_describe_kind, parts))
    if origin in (list, Sequence, Iterable):
        noun, of, rest = _describe_kind(parts[0]).partition(" ")[2].partition(" of ")
        return f"a list of {noun}s{of}{rest}"
    if origin is Literal:
        return f"one of {', '.join(map(repr, parts))}"
    word = _WORDS.get(origin, origin.__name__)
    return "None" if origin is NoneType else f"a{'n' if word[0] in 'AEIOU' else ''} {word}"
