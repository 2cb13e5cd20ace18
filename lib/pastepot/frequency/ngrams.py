"""N-grams: sequences of words that never cross the end of an article, nor a word that is not counted."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from pastepot import errors, tables
from pastepot.corpus.corpus import Corpus, article_groups
from pastepot.frequency.selection import Reprints, TokenSelection, select_tokens
from pastepot.frequency.vocabulary import LEFT_OUT, Case, Possessive, choose_folding
from pastepot.text.annotations import COUNTED_PARTS, Parts, Whole, annotations
from pastepot.text.patterns import Within, number_units

LONGEST = 5
_LARGEST_KEY = 2**62


def ngrams(
    corpus: Corpus,
    *,
    n: int | Iterable[int] = 2,
    by: str | None = None,
    within: Within = "article",
    parts: Parts = COUNTED_PARTS,
    case: Case = "fold",
    possessive: Possessive = "fold",
    stop: Iterable[str] = (),
    stop_lists: str | Iterable[str] = (),
    min_count: errors.Positive = 1,
    min_docs: errors.Positive = 1,
    reprints: Reprints = "all",
    passages: pd.DataFrame | None = None,
    per: errors.Positive = 1000,
) -> pd.DataFrame:
    """Return the sequences of `n` words with their counts, the most frequent first, ties by alphabet.

    Parameters
    ----------
    corpus : Corpus
    n : int, or several
        Words in a row, 1 to 5.
    by : str, optional
        A column of `pastepot.articles`, ``month`` or ``week`` to group by.
    within : {"article", "paragraph", "sentence"}
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
    lengths = _check_lengths(n)
    folding = choose_folding(case, possessive, None, stop, stop_lists)
    selection = select_tokens(annotations(corpus), folding, parts=parts, reprints=reprints, passages=passages)
    labels, group_of = article_groups(corpus, by)
    frames = []
    for length in lengths:
        grams = count_ngrams(selection, group_of, length=length, within=within)
        frequent = (grams["count"] >= min_count) & (grams["doc_count"] >= min_docs)
        frames.append(_name_rows(selection, grams[frequent], length))
    rows = frames[0]
    if len(frames) > 1:
        rows = pd.concat(frames).sort_values(["group", "count", "ngram"], ascending=[True, False, True], kind="stable")
    group = rows.pop("group").to_numpy()
    totals = np.bincount(group_of, weights=selection.article_sizes, minlength=len(labels))
    rows["rate"] = tables.numbers(rows["count"] * per / np.maximum(totals[group], 1), 6)
    asked = {"min_count": min_count, "min_docs": min_docs, "reprints": reprints, "per": per}
    return tables.build(
        "ngrams",
        {**({by: tables.texts(labels)[group]} if by else {}), **rows},
        **selection.attrs,
        note=selection.explain(len(rows), passages=passages),
        settings={"n": lengths, "by": by, "within": within, **folding.settings, **asked},
        per=per,
    )


def _check_lengths(n: int | Iterable[int]) -> tuple[int, ...]:
    """Return the lengths, checked, each once."""
    lengths = tuple(dict.fromkeys(n)) if isinstance(n, Iterable) else (n,)
    if not lengths or not all(isinstance(length, int) and 1 <= length <= LONGEST for length in lengths):
        raise errors.PastepotError(f"n must be whole numbers from 1 to {LONGEST}; got {n!r}.")
    return lengths


def count_ngrams(selection: TokenSelection, group_of: Whole, *, length: int, within: str = "article") -> pd.DataFrame:
    """Return the distinct n-grams of `length` words in each group, with their counts.

    Columns are the first token of one occurrence, the group and words packed into a number, in whose order they come by
    group and alphabet, group, count and doc_count.
    """
    from scipy.sparse import csr_array  # noqa: PLC0415 (a fifth of a second that only counting needs)

    known, size = selection.known, max(len(selection.vocabulary.terms), 1)
    term = np.where(selection.mask, selection.vocabulary.numbers[known.tokens.ids], LEFT_OUT).astype(np.int64)
    stretch = number_units(known, np.arange(len(term)), within)
    last = max(len(term) - length + 1, 0)
    valid = stretch[:last] == stretch[length - 1 :][:last]
    for shift in range(length):
        valid &= term[shift : shift + last] != LEFT_OUT
    token = np.flatnonzero(valid)
    gram = group_of[known.token_articles[token]]
    for shift in range(length):
        if gram.max(initial=0) >= _LARGEST_KEY // size:
            # The next word would not fit into the number: what has been packed so far is numbered again.
            gram = pd.factorize(gram, sort=True)[0]
        gram = gram * size + term[token + shift]
    gram, distinct = pd.factorize(gram)
    occurrence = np.empty(len(distinct), dtype=np.int64)
    occurrence[gram] = token
    bounds = np.searchsorted(token, known.tokens.bounds)
    cells = csr_array((np.ones_like(gram), gram, bounds), shape=(len(known), len(distinct))).tocsc()
    cells.sum_duplicates()
    columns = {
        "token": occurrence,
        "packed": distinct,
        "group": group_of[known.token_articles[occurrence]],
        "count": np.bincount(gram, minlength=len(distinct)),
        "doc_count": np.diff(cells.indptr),
    }
    return pd.DataFrame(columns, copy=False)


def _name_rows(selection: TokenSelection, grams: pd.DataFrame, length: int) -> pd.DataFrame:
    """Return the n-grams of one length by group, the most frequent first, ties by alphabet, with their names."""
    ids, words = selection.known.tokens.ids, selection.vocabulary
    names = words.terms[words.numbers]
    token, packed, group, count, doc_count = (values.to_numpy() for _, values in grams.items())
    order = np.argsort(packed)
    order = order[np.argsort((group * (count.max(initial=0) + 1) - count)[order], kind="stable")]
    words_at = [names[ids[token[order] + shift]].tolist() for shift in range(length)]
    joined = tables.texts(list(map(" ".join, zip(*words_at, strict=True))))
    columns: dict[str, object] = {"group": group[order], "ngram": joined, "n": length, "count": count[order]}
    return pd.DataFrame({**columns, "doc_count": doc_count[order]}, copy=False)
