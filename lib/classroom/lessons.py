"""The lessons' exercises as ``lessons.toml`` has them: their words, and what they ask about."""

import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from pastepot.text.words import find_words

Counts = Mapping[str, Any]
"""Numbers, words or lists of words by name."""


_LESSONS = tomllib.loads((Path(__file__).parent / "lessons.toml").read_text(encoding="utf-8"))
GIVEN: Mapping[str, Any] = _LESSONS["given"]
"""Sentences, words and names that the lessons ask about, by lesson."""

EXERCISES: Mapping[str, Mapping[str, Any]] = _LESSONS["exercise"]
"""The words of each exercise by its name, and which of its numbers is right."""


def term_value(table: pd.DataFrame, term: str, column: str) -> float:
    """Return what a table of terms says of one term in one column; zero if the term is not there."""
    return float(table.loc[table["term"] == term, column].sum())


def lower_words(text: str) -> list[str]:
    """Return the words of a text in lower case.

    >>> lower_words("A half-empty port.")
    ['a', 'half', 'empty', 'port']
    """
    return [text[start:end].lower() for start, end in find_words(text)]


def recall_counts(both: int, true: Collection[Any], found: Collection[Any]) -> dict[str, int]:
    """Return the numbers that recall and precision are made of."""
    return {"both": both, "true": len(true), "found": len(found), "missed": len(true) - both}


def evaluate_formula(written: str, counts: Counts) -> Any:  # noqa: ANN401 (a number, a word or a list of words)
    """Return what a line of ``lessons.toml`` comes to: names and numbers, multiplied and divided from left to right.

    >>> counts = {"gone": 1, "whole": 8, "outlet": "Daily Gull"}
    >>> evaluate_formula("100 * gone / whole", counts), evaluate_formula("outlet", counts)
    (12.5, 'Daily Gull')
    """
    first, *rest = written.split()
    value = _named(first, counts)
    for sign, name in zip(rest[::2], rest[1::2], strict=True):
        value = value * _named(name, counts) if sign == "*" else value / _named(name, counts)
    return value


def _named(name: str, counts: Counts) -> Any:  # noqa: ANN401 (as above)
    """Return a number that is written out, or what is counted under a name."""
    return int(name) if name.isdecimal() else counts[name]
