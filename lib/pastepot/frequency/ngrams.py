"""N-grams: sequences of words that never cross the end of an article, nor a word that is not counted."""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pastepot import errors, tables
from pastepot.corpus.corpus import Corpus, article_groups
from pastepot.frequency.collocation import WITHIN
from pastepot.frequency.selection import Reprints, TokenSelection, select_tokens
from pastepot.frequency.vocabulary import LEFT_OUT, Case, Possessive, Vocabulary, choose_folding
from pastepot.text.annotations import COUNTED_PARTS, Whole, annotations

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
    reprints: Reprints = "all",
    passages: pd.DataFrame | None = None,
    per: int = 1000,
) -> pd.DataFrame:
    """Return the sequences of `n` words with their counts, the most frequent first, ties by alphabet.

    Parameters
    ----------
    corpus : Corpus
    n : int, or several
        Words in a row, 1 to 5.
    by : str, optional
        A column of `pastepot.articles`, ``month`` or ``week`` to group by.
    within : {"article", "sentence"}
        What an n-gram never leaves. Inside an article it may cross a full stop; punctuation is no word.
    parts, case, possessive, reprints, passages, per
        As for `pastepot.terms`. An n-gram never bridges words that are not counted.
    stop, stop_lists
        As for `pastepot.terms`: n-grams with such a word are left out, never closed up over it.
    min_count, min_docs : int
        Leave out n-grams with fewer hits, or in fewer articles.

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
    lengths = _check_lengths(n)
    folding = choose_folding(case, possessive, None, stop, stop_lists)
    selection = select_tokens(annotations(corpus), folding, parts=parts, reprints=reprints, passages=passages)
    labels, group_of = article_groups(corpus, by)
    totals = np.bincount(group_of, weights=selection.article_sizes, minlength=len(labels))
    frames = [
        _name_rows(_choose(grams, min_count, min_docs), selection.vocabulary, totals, per)
        for grams in (count_ngrams(selection, group_of, length=length, within=within) for length in lengths)
    ]
    rows = _merge(frames)
    group = tables.texts(labels)[rows.pop("group").to_numpy()]
    asked = {"min_count": min_count, "min_docs": min_docs, "reprints": reprints, "per": per}
    return tables.build(
        "ngrams",
        {**({by: group} if by else {}), **{str(name): values for name, values in rows.items()}},
        **selection.attrs,
        note=selection.explain(len(rows)),
        settings={"n": lengths, "by": by, "within": within, **folding.settings, **asked},
        per=per,
    )


def _check_lengths(n: int | Iterable[int]) -> tuple[int, ...]:
    """Return the lengths, checked, each once."""
    lengths = tuple(dict.fromkeys(n)) if isinstance(n, Iterable) else (n,)
    if not lengths or not all(isinstance(length, int) and 1 <= length <= LONGEST for length in lengths):
        raise errors.PastepotError(f"n must be whole numbers from 1 to {LONGEST}; got {n!r}.")
    return lengths


def count_ngrams(selection: TokenSelection, group_of: Whole, *, length: int, within: str = "article") -> Grams:
    """Return the distinct n-grams of `length` words in each group, with their counts."""
    known, words = selection.known, selection.vocabulary
    term = np.where(selection.mask, words.numbers[known.tokens.ids], LEFT_OUT).astype(np.int64)
    last = max(len(term) - length + 1, 0)
    stretch = known.token_articles if within == "article" else known.token_sentences
    valid = stretch[:last] == stretch[length - 1 :][:last]
    if term.min(initial=0) == LEFT_OUT:
        for shift in range(length):
            valid &= term[shift : shift + last] != LEFT_OUT
    columns = [term[shift : shift + last][valid] for shift in range(length)]
    return _count_rows(group_of, known.token_articles[:last][valid], columns, len(words.terms))


def _count_rows(group_of: Whole, article: Whole, columns: Sequence[Whole], size: int) -> Grams:
    """Return the distinct rows of group and words, how often each occurs, and in how many articles.

    All is packed into one number a row, group first and article last, so that one sort does the work; where that
    would not fit, what has been packed so far is numbered again.
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
    """Return keys and their range, numbered again (with the old ones by number) if what is needed would not fit."""
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


def _choose(grams: Grams, min_count: int, min_docs: int) -> Grams:
    """Return the n-grams that are frequent enough, by group, the most frequent first, ties by alphabet."""
    kept = np.flatnonzero((grams.hits >= min_count) & (grams.articles >= min_docs))
    most = int(grams.hits.max(initial=0)) + 1
    rank = grams.group[kept] * most + (most - 1 - grams.hits[kept])
    order = kept[np.argsort(rank, kind="stable")]
    return Grams(grams.group[order], [word[order] for word in grams.words], grams.hits[order], grams.articles[order])


def _name_rows(grams: Grams, words: Vocabulary, totals: Whole, per: int) -> pd.DataFrame:
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


def _merge(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return the n-grams of several lengths in one order."""
    if len(frames) == 1:
        return frames[0]
    rows = pd.concat(frames, ignore_index=True)
    return rows.sort_values(["group", "count", "ngram"], ascending=[True, False, True], kind="stable")
