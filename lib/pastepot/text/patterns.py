"""Queries: words, wildcards and phrases, and the tokens where they occur.

A query is split into words as a text is, so whatever is no part of a word in a text is refused in a query.
"""

import fnmatch
import itertools
import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

import numpy as np
import regex

from pastepot import errors, wording
from pastepot.text.annotations import ROOM, Annotations, Whole, article_paragraphs, article_sentences
from pastepot.text.tokens import Tokens
from pastepot.text.words import APOSTROPHES, ELISION, IGNORABLE, WORD, exact_form, is_acronym, to_term

QueryCase = Literal["smart", "fold", "exact"]
Within = Literal["sentence", "paragraph", "article"]
_WILDCARDS = regex.compile("[*?]")
_STAND_INS = ("X", "0", "\u0301")
"""What a wildcard can be in a word: a letter in climat*, a digit in 1?,500, a mere accent in U.S*."""
_MEANING = regex.compile(r"[\p{L}\p{N}@#]")
_FOLDED_AMPERSAND = regex.compile(r"&\p{Ll}")
"""In a text an ampersand joins capitals only, but *at&t* is the term that is counted."""
_EDGE = f"[{APOSTROPHES}\u02bc{IGNORABLE}]*+"
_STRAY = regex.compile(
    rf"(?<!w{_EDGE})[-‐‑]|[-‐‑](?!{_EDGE}w)|(?<!w{_EDGE})\.|\.(?!{_EDGE}$)|[^-‐‑.w{APOSTROPHES}\u02bc{IGNORABLE}]"
)
"""Of a text whose words are all w: what neither joins words (a hyphen) nor ends one (a point) nor is an apostrophe."""
_NO_WORD = "a query must contain a letter or digit, as 'port', 'climat*' or 'United Nations'; got"
_FEW_FORMS = 256
"""Up to so many surface forms are looked up one by one; more of them are cheaper to find by reading all tokens."""


class Word(NamedTuple):
    """One word of a query, wildcards included: as a term, or as written where `exact`."""

    text: str
    exact: bool


def parse_query(query: str, case: str = "smart") -> list[Word]:
    """Return the words of a query; ``*`` is any letters of a word, or none, and ``?`` is one.

    With ``case="smart"`` a word whose two or more letters are all capitals matches as written, every other folds.

    >>> parse_query("US  Navy"), parse_query("climat*")
    ([Word(text='US', exact=True), Word(text='navy', exact=False)], [Word(text='climat*', exact=False)])
    >>> parse_query("port|pier")
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: query 'port|pier' has '|' at character 5, which is no part of a word. A query is a
    word or a phrase, with * for any letters and ? for one; several are a list.
    """
    if not isinstance(query, str):
        raise errors.PastepotError(f"a query must be text, as 'port' or 'United Nations'; got {type(query).__name__}.")
    chunks = (_split_chunk(query, *chunk.span()) for chunk in regex.finditer(r"\S++", query))
    forms = [exact_form(piece) for piece in itertools.chain.from_iterable(chunks)]
    if not any(map(_MEANING.search, forms)):
        raise errors.PastepotError(f"{_NO_WORD} {query!r}.")
    exact = [case == "exact" or (case == "smart" and is_acronym(exact_form(form, cut=True))) for form in forms]
    return [Word(form if kept else to_term(form), kept) for form, kept in zip(forms, exact, strict=True)]


def _split_chunk(query: str, start: int, end: int) -> list[str]:
    """Return the words between two spaces of a query, or say which sign is no part of one."""
    if ELISION.sub("", f"{query[start:end]}a") == "a":
        return [query[start:end]]
    place = 0
    for stand_in in _STAND_INS:
        text = _FOLDED_AMPERSAND.sub("&X", _WILDCARDS.sub(stand_in, query[start:end]))
        stray = _STRAY.search(WORD.sub(lambda word: "w" * len(word.group()), text))
        if not stray:
            return [query[start + word.start() : start + word.end()] for word in WORD.finditer(text)]
        place = max(place, start + stray.start())
    raise errors.PastepotError(
        f"query {query!r} has {query[place]!r} at character {place + 1}, which is no part of a word."
        " A query is a word or a phrase, with * for any letters and ? for one; several are a list."
    )


def wildcard(piece: str) -> re.Pattern[str]:
    """Return the regular expression of a piece with ``*`` and ``?``, which reads each word once, whatever the piece.

    >>> bool(wildcard("cl?mat*").fullmatch("climatic")), bool(wildcard("*port").fullmatch("ports"))
    (True, False)
    """
    # A piece has no bracket, the third sign of this language.
    return re.compile(fnmatch.translate(piece))


def surface_forms(tokens: Tokens, word: Word) -> list[int]:
    """Return the numbers of the surface forms that one word of a query matches, possessives included."""
    forms, key = tokens.forms_by_term, to_term(word.text)
    matches, keys = wildcard(key).fullmatch, forms if _WILDCARDS.search(key) else forms.keys() & {key, f"{key}'s"}
    # The term of WHO's is a contraction, so its form is not among those of the term who.
    terms = [term for term in keys if matches(term) or (word.exact and matches(term.removesuffix("'s")))]
    numbers = sorted(set(itertools.chain.from_iterable(forms[term] for term in terms)))
    if not word.exact:
        return numbers
    as_written = wildcard(word.text).fullmatch
    return [n for n in numbers if any(as_written(exact_form(tokens.vocabulary[n], cut=cut)) for cut in (False, True))]


def token_positions(tokens: Tokens, forms: Sequence[int]) -> Whole:
    """Return the numbers of all tokens that have one of the surface forms, in order."""
    if len(forms) > _FEW_FORMS:
        return np.flatnonzero(np.isin(tokens.ids, forms))
    bounds, order = tokens.postings
    runs = [order[bounds[form] : bounds[form + 1]] for form in forms]
    return np.sort(np.concatenate(runs)).astype(np.int64) if runs else np.empty(0, dtype=np.int64)


def find_pattern(tokens: Tokens, query: str, case: str = "smart", *, elided: bool = False) -> tuple[Whole, int]:
    """Return the first token of each occurrence of a query, in order, and how many tokens it spans.

    A phrase never crosses the end of an article. What folds, folds case, apostrophes and possessives, so that a term
    of `pastepot.terms` and its occurrences agree. With `elided` l'homme is two words.

    >>> from pastepot.text.tokens import tokenize
    >>> tokens = tokenize(["The port’s crane. A crane in the Port."])
    >>> find_pattern(tokens, "port")[0].tolist(), find_pattern(tokens, "the port")[0].tolist()
    ([1, 7], [0, 6])
    """
    parsed = parse_query(query, case)
    if elided:
        parsed = [Word(part, word.exact) for word in parsed for part in ELISION.sub(r"\1 ", word.text).split(" ")]
    words = [surface_forms(tokens, word) for word in parsed]
    counts = np.diff(tokens.postings[0])
    # The rarest word of a phrase is looked up, the others only have to fit around it.
    rarest = int(np.argmin([counts[forms].sum() for forms in words]))
    first = token_positions(tokens, words[rarest]) - rarest
    article = np.searchsorted(tokens.bounds, first + rarest, side="right") - 1
    inside = (first >= tokens.bounds[article]) & (first + len(words) <= tokens.bounds[article + 1])
    first = first[inside]
    for shift, forms in enumerate(words):
        if shift != rarest:
            first = first[np.isin(tokens.ids[first + shift], forms)]
    return first, len(words)


def find_node(
    known: Annotations, node: str | Iterable[str], *, case: str = "smart", within: str = "sentence"
) -> tuple[Whole, Whole]:
    """Return first and last token of each occurrence of any query of a node; where two start, the longer.

    >>> import pandas as pd
    >>> from pastepot.corpus.read import read
    >>> from pastepot.text.annotations import annotations
    >>> known = annotations(read(pd.DataFrame({"text": ["The port authority left the harbour."]})))
    >>> [ends.tolist() for ends in find_node(known, ["port", "port authority", "harbour"])]
    [[1, 5], [2, 5]]
    """
    # In a French article l'homme is two words, in others one.
    ways = (False, True) if known.tokens.elided else (False,)
    hits = [find_pattern(known.tokens, query, case, elided=way) for query in list_queries(node) for way in ways]
    first = np.concatenate([start for start, _ in hits])
    last = np.concatenate([start + length - 1 for start, length in hits])
    order = np.lexsort((-last, first))
    first, last = first[order], last[order]
    # Sentences are split for phrases only, and only where one occurs.
    phrase = np.flatnonzero(first < last)
    unit = number_units(known, np.array([first, last])[:, phrase], within)
    first, last = np.delete([first, last], phrase[unit[0] != unit[1]], axis=1)
    new = np.diff(first, prepend=-1) != 0
    return first[new], last[new]


def number_units(known: Annotations, tokens: Whole, within: str) -> Whole:
    """Return the number of the sentence, paragraph or article of each token; only articles of `tokens` are split."""
    article = known.token_articles[tokens]
    if within == "article":
        return article
    if within == "sentence" and (tokens.size >= len(known.tokens.ids) or "sentence_spans" in vars(known)):
        return known.token_sentences[tokens]
    split = article_sentences if within == "sentence" else article_paragraphs
    spans = [(n, split(known.texts[n], known.labels[n])) for n in np.unique(article).tolist()]
    starts = [n * ROOM + start for n, units in spans for start, _ in units]
    return np.searchsorted(starts, article * ROOM + known.tokens.starts[tokens], side="right")


def list_queries(node: str | Iterable[str]) -> list[str]:
    """Return the queries of a node, at least one.

    >>> list_queries("port"), list_queries(("port", "pier"))
    (['port'], ['port', 'pier'])
    """
    queries = [node] if isinstance(node, str) else list(node)
    if not queries:
        raise errors.PastepotError(f"{_NO_WORD} none.")
    return queries


def describe_query(queries: Iterable[str], case: str = "smart", within: str = "sentence") -> str:
    """Return in words how queries were matched.

    >>> describe_query(["US navy"])
    'Matched as written: US; other words in upper or lower case. A phrase is inside one sentence.'
    >>> describe_query(["port"])
    'Matched in upper or lower case.'
    """
    parsed = [parse_query(query, case) for query in queries]
    words = dict.fromkeys(itertools.chain.from_iterable(parsed))
    exact = [word.text for word in words if word.exact]
    said = f"Matched as written: {wording.list_words(exact)}" if exact else "Matched in upper or lower case"
    said += "; other words in upper or lower case." if 0 < len(exact) < len(words) else "."
    return f"{said} A phrase is inside one {within}." if any(len(query) > 1 for query in parsed) else said
