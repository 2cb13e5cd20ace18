"""N-grams: words in a row, never over the end of an article, and never over a word that is not counted."""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pastepot import errors, tables
from pastepot.corpus.corpus import Corpus, article_groups
from pastepot.frequency.cells import Cut, TokenSelection, chosen_vocabulary, select_tokens
from pastepot.frequency.collocation import WITHIN
from pastepot.frequency.vocabulary import Case, Possessive, Vocabulary, spelling
from pastepot.text.annotations import Whole, corpus_tokens, token_articles, token_sentences
from pastepot.text.parts import COUNTED_PARTS

LONGEST = 5
_LARGEST_KEY = 2**62


class Grams(NamedTuple):
    """Distinct n-grams of each group in alphabetical order: group, words as numbers (a column each), hits, articles."""

    group: Whole
    words: Sequence[Whole]
    hits: Whole
    articles: Whole


def ngrams(
    corpus: Corpus,
    *,
    n: int | Iterable[int] = 2,
    by: str | None = None,
    within: Literal["article", "sentence"] = "article",
    parts: str | Iterable[str] = COUNTED_PARTS,
    case: Case = "fold",
    possessive: Possessive = "fold",
    stop: Iterable[str] = (),
    stop_lists: str | Iterable[str] = (),
    min_count: int = 1,
    min_docs: int = 1,
    repeats: Cut = "all",
    passages: pd.DataFrame | None = None,
    per: int = 1000,
) -> pd.DataFrame:
    """Return the runs of `n` words with their counts, the commonest first, ties by alphabet.

    Parameters
    ----------
    corpus : Corpus
    n : int, or several
        Words in a row, 1 to 5.
    by : str, optional
        A column of `pastepot.articles`, ``month`` or ``week`` to group by.
    within : {"article", "sentence"}
        What a run never leaves. Inside an article it may run over a full stop; punctuation is no word.
    parts, case, possessive, repeats, passages, per
        As for `pastepot.terms`. A run never bridges words that are not counted.
    stop, stop_lists
        As for `pastepot.terms`: runs that hold such a word are left out, never closed up over it.
    min_count, min_docs : int
        Leave out runs with fewer hits, or in fewer articles.

    Returns
    -------
    DataFrame
        One row an n-gram: [group], ngram, n, count, rate (per counted words, as for terms), doc_count.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["The old port. The old pier.", "Old port"]}))
    >>> ngrams(corpus, min_count=2)[["ngram", "n", "count", "doc_count"]].values.tolist()
    [['old port', 2, 2, 2], ['the old', 2, 2, 1]]
    >>> len(ngrams(corpus, n=3, within="sentence"))
    2
    >>> ngrams(corpus, n=6)
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: n must be whole numbers from 1 to 5; got 6.
    """
    for name, least in {"per": per, "min_count": min_count, "min_docs": min_docs}.items():
        errors.at_least(name, least, 1)
    errors.one_of("within", within, WITHIN)
    lengths = _lengths(n)
    how = spelling(case, possessive, None, stop, stop_lists)
    counted = select_tokens(corpus, parts, repeats, passages)
    words = chosen_vocabulary(corpus, counted, how)
    labels, group_of = article_groups(corpus, by)
    found = [gram_counts(corpus, counted, words, group_of, length=length, within=within) for length in lengths]
    chosen = [_chosen(grams, min_count, min_docs) for grams in found]
    totals = np.bincount(group_of[token_articles(corpus)[counted.kept]], minlength=len(labels)).astype(np.int64)
    rows = _merged([_rows(grams, words, totals, per) for grams in chosen])
    group = tables.texts(labels)[rows.pop("group").to_numpy()]
    asked = {"min_count": min_count, "min_docs": min_docs, "repeats": repeats, "per": per}
    return tables.build(
        "ngrams",
        {**({by: group} if by else {}), **{str(name): values for name, values in rows.items()}},
        corpus=corpus.name,
        counted=counted.counted,
        total=counted.total,
        note=counted.notes(len(rows)),
        settings={"n": lengths, "by": by, "within": within, **how.settings(), **asked},
        per=per,
    )


def _lengths(n: int | Iterable[int]) -> tuple[int, ...]:
    """Return the lengths asked for, checked, each once."""
    lengths = tuple(dict.fromkeys(n)) if isinstance(n, Iterable) else (n,)
    if not lengths or not all(isinstance(one, int) and 1 <= one <= LONGEST for one in lengths):
        raise errors.PastepotError(f"n must be whole numbers from 1 to {LONGEST}; got {n!r}.")
    return lengths


def gram_counts(
    corpus: Corpus, counted: TokenSelection, words: Vocabulary, group_of: Whole, *, length: int, within: str = "article"
) -> Grams:
    """Return the distinct runs of `length` words in each group, with their counts."""
    tokens, article = corpus_tokens(corpus), token_articles(corpus)
    term = words.numbers[tokens.ids].astype(np.int64)
    if not counted.kept.all():
        term[~counted.kept] = -1
    last = max(len(term) - length + 1, 0)
    stretch = article if within == "article" else token_sentences(corpus)
    valid = stretch[:last] == stretch[length - 1 :][:last]
    if term.min(initial=0) < 0:
        for shift in range(length):
            valid &= term[shift : shift + last] >= 0
    columns = [term[shift : shift + last][valid] for shift in range(length)]
    return _distinct_runs(group_of, article[:last][valid], columns, len(words.terms))


def _distinct_runs(group_of: Whole, article: Whole, columns: Sequence[Whole], size: int) -> Grams:
    """Return the distinct rows of group and words, how often each stands, and in how many articles.

    All is packed into one number a row, group first and article last, so that one sort does the work; where that
    would not fit, what has been packed so far is numbered anew.
    """
    articles, size = len(group_of), max(size, 1)
    key, room = group_of[article], int(group_of.max(initial=0)) + 1
    steps: list[Whole | None] = []
    for column in columns:
        key, room, step = _compact(key, room, room * size * articles)
        key *= size
        key += column
        room *= size
        steps.append(step)
    key, _, step = _compact(key, room, room * articles)
    steps.append(step)
    cells = key * articles
    cells += article
    cells.sort()
    run = cells // articles
    start, new_cell = np.flatnonzero(_changes(run)), _changes(cells)
    group, words = _unpacked(run[start], steps, size)
    spread = np.add.reduceat(new_cell, start, dtype=np.int64) if len(start) else start
    return Grams(group, words, np.diff(np.append(start, len(run))), spread)


def _compact(key: Whole, room: int, needed: int) -> tuple[Whole, int, Whole | None]:
    """Return keys and their range, numbered anew (with the old ones by number) if what is needed would not fit."""
    if needed <= _LARGEST_KEY:
        return key, room, None
    known, numbers = np.unique(key, return_inverse=True)
    return numbers.astype(np.int64), len(known), known


def _changes(values: Whole) -> npt.NDArray[np.bool_]:
    """Return where a value differs from the one before it; the first one does."""
    return np.concatenate([[True], values[1:] != values[:-1]])[: len(values)]


def _unpacked(key: Whole, steps: Sequence[Whole | None], size: int) -> tuple[Whole, list[Whole]]:
    """Return group and words of packed rows."""
    words: list[Whole] = []
    for place, step in enumerate(reversed(steps)):
        if place:
            key, word = np.divmod(key, size)
            words.append(word)
        if step is not None:
            key = step[key]
    return key, words[::-1]


def _chosen(grams: Grams, min_count: int, min_docs: int) -> Grams:
    """Return the n-grams that are frequent enough, by group, the commonest first, in alphabetical order if equal."""
    kept = np.flatnonzero((grams.hits >= min_count) & (grams.articles >= min_docs))
    most = int(grams.hits.max(initial=0)) + 1
    rank = grams.group[kept] * most + (most - 1 - grams.hits[kept])
    order = kept[np.argsort(rank, kind="stable")]
    return Grams(grams.group[order], [word[order] for word in grams.words], grams.hits[order], grams.articles[order])


def _rows(grams: Grams, words: Vocabulary, totals: Whole, per: int) -> pd.DataFrame:
    """Return the n-grams of one length with their columns."""
    names = np.array([*words.terms, ""], dtype=object)
    spaced = names + " "
    joined = names[grams.words[-1]]
    for word in reversed(grams.words[:-1]):
        joined = spaced[word] + joined
    columns = {
        "group": grams.group,
        "ngram": tables.texts(joined),
        "n": np.full(len(grams.hits), len(grams.words)),
        "count": grams.hits,
        "rate": tables.numbers(grams.hits * per / np.maximum(totals[grams.group], 1), 6),
        "doc_count": grams.articles,
    }
    return pd.DataFrame(columns, copy=False)


def _merged(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return the n-grams of several lengths in one order."""
    if len(frames) == 1:
        return frames[0]
    rows = pd.concat(frames, ignore_index=True)
    return rows.sort_values(["group", "count", "ngram"], ascending=[True, False, True], kind="stable")
