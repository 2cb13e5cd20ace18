"""Patterns: words, wildcards and phrases to the places in the token store where they stand."""

import re
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import regex

from pastepot import errors
from pastepot.corpus.corpus import Corpus, once
from pastepot.kernels import fit, kernel
from pastepot.text.annotations import token_store
from pastepot.text.tokens import terms_of_surfaces
from pastepot.text.words import fold_possessive, term_of

Whole = npt.NDArray[np.int64]
_PIECE = regex.compile(r"[\p{L}\p{N}\p{M}*?'’.&@#_,:]+")
_EDGES = ".,:"
_MARKS = _EDGES + "'’&@#_"
_FEW_FORMS = 256
"""Up to so many surface forms are looked up one by one; more of them are cheaper to find by walking all tokens."""


def pieces(pattern: str) -> list[str]:
    """Return the words of a pattern; ``*`` stands for any characters of a word, ``?`` for one.

    >>> pieces("United  Nations"), pieces("climat*")
    (['united', 'nations'], ['climat*'])
    >>> pieces("…")
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: node must hold a word, as 'port', 'climat*' or 'United Nations'; got '…'.
    """
    if not isinstance(pattern, str):
        raise errors.PastepotError(f"node must be text, as 'port' or 'United Nations'; got {type(pattern).__name__}.")
    found = [term_of(piece) for piece in _PIECE.findall(pattern) if piece.strip(_MARKS)]
    if not found:
        raise errors.PastepotError(f"node must hold a word, as 'port', 'climat*' or 'United Nations'; got {pattern!r}.")
    return found


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


@once
def vocabulary_terms(corpus: Corpus) -> list[str]:
    """Return the term of each surface form in the token store's vocabulary."""
    return terms_of_surfaces(token_store(corpus).vocabulary)


@once
def forms_by_term(corpus: Corpus) -> dict[str, list[int]]:
    """Return the numbers of the surface forms of each term; a possessive stands under its base, too."""
    forms: dict[str, list[int]] = {}
    for number, term in enumerate(vocabulary_terms(corpus)):
        forms.setdefault(term, []).append(number)
        base = fold_possessive(term)
        if base is not term:
            forms.setdefault(base, []).append(number)
    return forms


@once
def postings(corpus: Corpus) -> tuple[Whole, npt.NDArray[np.int32]]:
    """Return all tokens by surface form, in order: those of form f are ``order[bounds[f]:bounds[f + 1]]``."""
    tokens = token_store(corpus)
    counts = np.bincount(tokens.ids, minlength=len(tokens.vocabulary))
    bounds = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    order = np.empty(len(tokens.ids), dtype=np.int32)
    fit(put_in_order, len(order))(tokens.ids, bounds[:-1].copy(), order)
    return bounds, order


@kernel
def put_in_order(ids: npt.NDArray[np.int32], free: Whole, order: npt.NDArray[np.int32]) -> None:
    """Write the places of each number one after the other; `free` holds each number's next free cell."""
    for place in range(len(ids)):
        order[free[ids[place]]] = place
        free[ids[place]] += 1


def surface_forms(corpus: Corpus, piece: str) -> list[int]:
    """Return the numbers of the surface forms that a piece of a pattern means, possessives included."""
    forms = forms_by_term(corpus)
    if "*" in piece or "?" in piece:
        fits = wildcard(piece).fullmatch
        found = [forms[term] for term in forms if fits(term)]
    else:
        found = [forms[term] for term in dict.fromkeys((piece, piece.strip(_EDGES))) if term in forms]
    return sorted({number for numbers in found for number in numbers})


def tokens_of(corpus: Corpus, forms: Sequence[int]) -> Whole:
    """Return the places of all tokens that have one of the surface forms, in order."""
    if len(forms) > _FEW_FORMS:
        return np.flatnonzero(_among(corpus, forms)[token_store(corpus).ids])
    bounds, order = postings(corpus)
    found = [order[bounds[form] : bounds[form + 1]] for form in forms]
    return np.sort(np.concatenate(found)).astype(np.int64) if found else np.empty(0, dtype=np.int64)


def _among(corpus: Corpus, forms: Sequence[int]) -> npt.NDArray[np.bool_]:
    """Return which surface forms of the vocabulary are among `forms`."""
    chosen = np.zeros(len(token_store(corpus).vocabulary), dtype=np.bool_)
    chosen[list(forms)] = True
    return chosen


def places(corpus: Corpus, pattern: str) -> tuple[Whole, int]:
    """Return the first token of each place where a pattern stands, in order, and how many tokens it spans.

    A phrase never runs over the end of an article. Matching folds case, apostrophes and possessives, so that a term
    of `pastepot.terms` and its hits agree.

    >>> import pandas as pd
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["The port’s crane. A crane in the Port."]}))
    >>> places(corpus, "port")[0].tolist(), places(corpus, "the port")[0].tolist()
    ([1, 7], [0, 6])
    """
    tokens = token_store(corpus)
    forms = [surface_forms(corpus, piece) for piece in pieces(pattern)]
    bounds, _ = postings(corpus)
    sizes = [int((bounds[np.add(one, 1)] - bounds[one]).sum()) if one else 0 for one in forms]
    rarest = sizes.index(min(sizes))
    first = tokens_of(corpus, forms[rarest]) - rarest
    article = np.searchsorted(tokens.bounds, first + rarest, side="right") - 1
    inside = (first >= tokens.bounds[article]) & (first + len(forms) <= tokens.bounds[article + 1])
    first = first[inside]
    for shift, one in enumerate(forms):
        if shift != rarest:
            first = first[_among(corpus, one)[tokens.ids[first + shift]]]
    return first, len(forms)


def node_places(corpus: Corpus, node: str | Iterable[str]) -> tuple[Whole, Whole]:
    """Return first and last token of each place where any pattern of a node stands; where two start, the longer.

    >>> import pandas as pd
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["The port authority left the harbour."]}))
    >>> [ends.tolist() for ends in node_places(corpus, ["port", "port authority", "harbour"])]
    [[1, 5], [2, 5]]
    """
    patterns = [node] if isinstance(node, str) or not isinstance(node, Iterable) else list(node)
    if not patterns:
        raise errors.PastepotError("node must hold a word, as 'port', 'climat*' or 'United Nations'; got none.")
    found = [places(corpus, pattern) for pattern in patterns]
    first = np.concatenate([start for start, _ in found])
    last = np.concatenate([start + length - 1 for start, length in found])
    order = np.lexsort((-last, first))
    first, last = first[order], last[order]
    new = np.concatenate([[True], first[1:] != first[:-1]])[: len(first)]
    return first[new], last[new]
