"""Patterns: a word, a wildcard or a phrase to the places in the token store where it stands."""

import numpy as np
import numpy.typing as npt
import regex

from pastepot import errors
from pastepot.corpus.corpus import Corpus, once
from pastepot.text.annotations import token_store
from pastepot.text.words import fold_possessive, term_of

Whole = npt.NDArray[np.int64]
_PIECE = regex.compile(r"[\p{L}\p{N}\p{M}*?'’.&@#_,:]+")


def pieces(pattern: str) -> list[str]:
    """Return the words of a pattern; ``*`` stands for any characters of a word, ``?`` for one.

    >>> pieces("United  Nations"), pieces("climat*")
    (['united', 'nations'], ['climat*'])
    >>> pieces("…")
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: node must hold a word, as 'port', 'climat*' or 'United Nations'; got '…'.
    """
    found = [term_of(piece) for piece in _PIECE.findall(pattern) if piece.strip(".,:'’&@#_")]
    if not found:
        raise errors.PastepotError(f"node must hold a word, as 'port', 'climat*' or 'United Nations'; got {pattern!r}.")
    return found


@once
def vocabulary_terms(corpus: Corpus) -> list[str]:
    """Return the term of each surface form in the token store's vocabulary."""
    return [term_of(surface) for surface in token_store(corpus).vocabulary]


def _known(corpus: Corpus, piece: str) -> npt.NDArray[np.bool_]:
    """Return which surface forms of the vocabulary a piece of a pattern means, possessives included."""
    terms = vocabulary_terms(corpus)
    if "*" in piece or "?" in piece:
        wanted = regex.compile(regex.escape(piece, special_only=True).replace(r"\*", ".*+").replace(r"\?", "."))
        loose = regex.compile(wanted.pattern.replace(".*+", ".*"))
        return np.fromiter((bool(loose.fullmatch(term)) for term in terms), dtype=np.bool_, count=len(terms))
    bare = piece.strip(".,:")
    meant = {piece, bare}
    return np.fromiter(
        (term in meant or fold_possessive(term) in meant for term in terms), dtype=np.bool_, count=len(terms)
    )


def places(corpus: Corpus, pattern: str) -> tuple[Whole, int]:
    """Return the first token of each place where a pattern stands, in order, and how many tokens it spans.

    A phrase never runs over the end of an article. Matching folds case, apostrophes and possessives, so that a term
    of `pastepot.terms` and its hits agree.

    >>> import pandas as pd
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["The port’s crane. A crane in the Port."]}))
    >>> places(corpus, "port")[0].tolist(), places(corpus, "the port")[0].tolist()
    ([1, 6], [0, 5])
    """
    tokens = token_store(corpus)
    wanted = pieces(pattern)
    last = len(tokens.ids) - len(wanted) + 1
    if last <= 0:
        return np.empty(0, dtype=np.int64), len(wanted)
    hit = np.ones(last, dtype=np.bool_)
    for shift, piece in enumerate(wanted):
        hit &= _known(corpus, piece)[tokens.ids[shift : shift + last]]
    first = np.flatnonzero(hit)
    article = np.searchsorted(tokens.bounds, first, side="right") - 1
    return first[first + len(wanted) <= tokens.bounds[article + 1]], len(wanted)
