"""Patterns: words, wildcards and phrases, and the tokens where they occur."""

import itertools
import re
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import regex

from pastepot import errors
from pastepot.text.tokens import Tokens
from pastepot.text.words import to_term

_PIECE = regex.compile(r"[\p{L}\p{N}\p{M}*?'’.&@#_,:]+")
Whole = npt.NDArray[np.int64]
_EDGES = ".,:"
_MARKS = _EDGES + "'’&@#_"
_FEW_FORMS = 256
"""Up to so many surface forms are looked up one by one; more of them are cheaper to find by reading all tokens."""


def split_pattern(pattern: str) -> list[str]:
    """Return the words of a pattern; ``*`` stands for any characters of a word, ``?`` for one.

    >>> split_pattern("United  Nations"), split_pattern("climat*")
    (['united', 'nations'], ['climat*'])
    >>> split_pattern("…")
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: node must hold a word, as 'port', 'climat*' or 'United Nations'; got '…'.
    """
    if not isinstance(pattern, str):
        raise errors.PastepotError(f"node must be text, as 'port' or 'United Nations'; got {type(pattern).__name__}.")
    words = [to_term(piece) for piece in _PIECE.findall(pattern) if piece.strip(_MARKS)]
    if not words:
        raise errors.PastepotError(f"node must hold a word, as 'port', 'climat*' or 'United Nations'; got {pattern!r}.")
    return words


def wildcard(piece: str) -> re.Pattern[str]:
    """Return the regular expression of a piece with ``*`` and ``?``, which reads each word once, whatever the piece.

    >>> bool(wildcard("cl?mat*").fullmatch("climatic")), bool(wildcard("*port").fullmatch("ports"))
    (True, False)
    """
    head, *stretches = [re.escape(part).replace(r"\?", ".") for part in re.sub(r"\*+", "*", piece).split("*")]
    if not stretches:
        return re.compile(head, re.DOTALL)
    *middle, tail = stretches
    return re.compile(head + "".join(f"(?>.*?{part})" for part in middle) + f".*{tail}", re.DOTALL)


def surface_forms(tokens: Tokens, piece: str) -> list[int]:
    """Return the numbers of the surface forms that one word of a pattern matches, possessives included."""
    forms = tokens.forms_by_term
    if "*" in piece or "?" in piece:
        matches = wildcard(piece).fullmatch
        numbers = [forms[term] for term in forms if matches(term)]
    else:
        numbers = [forms[term] for term in dict.fromkeys((piece, piece.strip(_EDGES))) if term in forms]
    return sorted(set(itertools.chain.from_iterable(numbers)))


def token_positions(tokens: Tokens, forms: Sequence[int]) -> Whole:
    """Return the numbers of all tokens that have one of the surface forms, in order."""
    if len(forms) > _FEW_FORMS:
        return np.flatnonzero(_mark_forms(tokens, forms)[tokens.ids])
    bounds, order = tokens.postings
    runs = [order[bounds[form] : bounds[form + 1]] for form in forms]
    return np.sort(np.concatenate(runs)).astype(np.int64) if runs else np.empty(0, dtype=np.int64)


def _mark_forms(tokens: Tokens, forms: Sequence[int]) -> npt.NDArray[np.bool_]:
    """Return which surface forms of the vocabulary are among `forms`."""
    marked = np.zeros(len(tokens.vocabulary), dtype=np.bool_)
    marked[list(forms)] = True
    return marked


def find_pattern(tokens: Tokens, pattern: str) -> tuple[Whole, int]:
    """Return the first token of each occurrence of a pattern, in order, and how many tokens it spans.

    A phrase never crosses the end of an article. Matching folds case, apostrophes and possessives, so that a term
    of `pastepot.terms` and its occurrences agree.

    >>> from pastepot.text.tokens import tokenize
    >>> tokens = tokenize(["The port’s crane. A crane in the Port."])
    >>> find_pattern(tokens, "port")[0].tolist(), find_pattern(tokens, "the port")[0].tolist()
    ([1, 7], [0, 6])
    """
    words = [surface_forms(tokens, piece) for piece in split_pattern(pattern)]
    counts = np.diff(tokens.postings[0])
    # The rarest word of a phrase is looked up, the others only have to fit around it.
    rarest = int(np.argmin([counts[forms].sum() for forms in words]))
    first = token_positions(tokens, words[rarest]) - rarest
    article = np.searchsorted(tokens.bounds, first + rarest, side="right") - 1
    inside = (first >= tokens.bounds[article]) & (first + len(words) <= tokens.bounds[article + 1])
    first = first[inside]
    for shift, forms in enumerate(words):
        if shift != rarest:
            first = first[_mark_forms(tokens, forms)[tokens.ids[first + shift]]]
    return first, len(words)


def find_node(tokens: Tokens, node: str | Iterable[str]) -> tuple[Whole, Whole]:
    """Return first and last token of each occurrence of any pattern of a node; where two start, the longer.

    >>> from pastepot.text.tokens import tokenize
    >>> tokens = tokenize(["The port authority left the harbour."])
    >>> [ends.tolist() for ends in find_node(tokens, ["port", "port authority", "harbour"])]
    [[1, 5], [2, 5]]
    """
    patterns = [node] if isinstance(node, str) or not isinstance(node, Iterable) else list(node)
    if not patterns:
        raise errors.PastepotError("node must hold a word, as 'port', 'climat*' or 'United Nations'; got none.")
    hits = [find_pattern(tokens, pattern) for pattern in patterns]
    first = np.concatenate([start for start, _ in hits])
    last = np.concatenate([start + length - 1 for start, length in hits])
    order = np.lexsort((-last, first))
    first, last = first[order], last[order]
    new = np.diff(first, prepend=-1) != 0
    return first[new], last[new]
