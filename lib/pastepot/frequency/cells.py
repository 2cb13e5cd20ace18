"""The count behind every table: how often each term stands in each article, as rows of cells."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pastepot import errors, tables
from pastepot.corpus.corpus import Corpus
from pastepot.frequency.repeats import MADE_BY, REPEATS, mask_reprints
from pastepot.frequency.vocabulary import Spelling, Vocabulary, build_vocabulary
from pastepot.kernels import fit, kernel
from pastepot.text.annotations import Whole, annotations, corpus_tokens, token_parts
from pastepot.text.parts import PARTS, chosen_parts

Cut = Literal["all", "once"]
BODY = "body"
"""The part of all text without a label."""


class TokenSelection(NamedTuple):
    """Which tokens are counted, and what that leaves out, in words."""

    kept: npt.NDArray[np.bool_]
    parts: tuple[str, ...]
    repeats: Cut
    note: str = ""

    @property
    def counted(self) -> str:
        """How much of the corpus is counted, in words."""
        reprints = "" if self.repeats == "all" else ", or in reprinted passages"
        return tables.counted(self.total, len(self.kept), rest=f"in parts that are not counted{reprints}")

    @property
    def total(self) -> int:
        """The number of tokens that are counted."""
        return int(np.count_nonzero(self.kept))

    def notes(self, rows: int, *further: str) -> str:
        """Return what a reader of a table with so many rows must know."""
        empty = "" if rows or not self.total else "No rows: nothing that was counted meets what was asked for."
        return " ".join(filter(None, [self.note, *further, empty]))


class TermCounts(NamedTuple):
    """Counts by article: article n has ``terms[bounds[n]:bounds[n + 1]]`` with their `hits`, and `words` tokens."""

    bounds: Whole
    terms: npt.NDArray[np.int32]
    hits: npt.NDArray[np.int32]
    words: Whole
    lexicon: Vocabulary

    @property
    def articles(self) -> Whole:
        """The article of each cell."""
        return np.repeat(np.arange(len(self.words)), np.diff(self.bounds))


def select_tokens(
    corpus: Corpus, parts: str | Iterable[str], repeats: str = "all", passages: pd.DataFrame | None = None
) -> TokenSelection:
    """Return which tokens of a corpus are counted: those in the parts, each reprinted passage once if asked."""
    errors.one_of("repeats", repeats, REPEATS)
    chosen = chosen_parts(parts)
    kept = _in_parts(corpus, chosen)
    if repeats == "all":
        return TokenSelection(kept, chosen, "all")
    if passages is None:
        raise errors.PastepotError(
            f"repeats='once' needs the table of passages; got none. Make it with {MADE_BY} and give passages=…."
        )
    again = mask_reprints(corpus, passages) & kept
    told = f"{np.count_nonzero(again):,} words of reprinted passages were counted once, in their first article."
    return TokenSelection(kept & ~again, chosen, "once", told)


def _in_parts(corpus: Corpus, parts: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    """Return which tokens stand in the parts; those of the last request are kept with the corpus."""
    key = _in_parts
    last = corpus.cache.get(key)
    if not (isinstance(last, tuple) and last[0] == parts):
        if any(view.labels for view in corpus.views):
            kept = parts_chosen(parts)[token_parts(corpus)]
        else:
            kept = np.full(len(corpus_tokens(corpus).ids), BODY in parts)
        corpus.cache[key] = last = (parts, kept)
    return last[1]  # type: ignore[no-any-return]


def parts_chosen(parts: str | Iterable[str]) -> npt.NDArray[np.bool_]:
    """Return which of `PARTS`, in their order, an option names."""
    chosen = chosen_parts(parts)
    return np.array([part in chosen for part in PARTS])


def form_counts(corpus: Corpus, kept: npt.NDArray[np.bool_]) -> Whole:
    """Return how often each surface form stands among the tokens kept."""
    everywhere = np.diff(annotations(corpus).postings[0])
    if kept.all():
        return everywhere
    return everywhere - np.bincount(corpus_tokens(corpus).ids[~kept], minlength=len(everywhere))


def chosen_vocabulary(corpus: Corpus, within: TokenSelection, how: Spelling) -> Vocabulary:
    """Return the lexicon of what is counted."""
    return build_vocabulary(corpus, how, lambda: form_counts(corpus, within.kept))


def count_terms(corpus: Corpus, within: TokenSelection, how: Spelling) -> TermCounts:
    """Return the counts by article; those of the last request are kept with the corpus.

    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["A port. A crane.", "A port."]}))
    >>> found = count_terms(corpus, select_tokens(corpus, "all"), Spelling())
    >>> found.lexicon.terms.tolist(), found.bounds.tolist(), found.terms.tolist(), found.hits.tolist()
    (['a', 'crane', 'port'], [0, 3, 5], [0, 2, 1, 0, 2], [2, 1, 1, 1, 1])
    """
    request = (within.parts, how)
    key = count_terms
    last = corpus.cache.get(key)
    if within.repeats == "all" and isinstance(last, tuple) and last[0] == request:
        return last[1]  # type: ignore[no-any-return]
    made = counted_cells(corpus, within, chosen_vocabulary(corpus, within, how))
    if within.repeats == "all":
        corpus.cache[key] = (request, made)
    return made


def counted_cells(corpus: Corpus, within: TokenSelection, words: Vocabulary) -> TermCounts:
    """Return the counts by article under one lexicon."""
    tokens = corpus_tokens(corpus)
    slots = np.full(len(words.terms), -1, dtype=np.int32)
    found = [np.empty(len(tokens.ids), dtype=np.int32) for _ in range(2)]
    bounds = np.zeros(len(tokens.bounds), dtype=np.int64)
    sizes = np.zeros(len(tokens.bounds) - 1, dtype=np.int64)
    count = fit(fill_counts, len(tokens.ids))
    count(tokens.ids, tokens.bounds, within.kept, words.numbers, slots, found[0], found[1], bounds, sizes)
    terms, hits = (array[: bounds[-1]] for array in found)
    return TermCounts(bounds, terms, hits, sizes, words)


@kernel
def fill_counts(  # noqa: PLR0917 (a kernel takes arrays, by position)
    ids: npt.NDArray[np.int32],
    bounds: Whole,
    kept: npt.NDArray[np.bool_],
    numbers: npt.NDArray[np.int32],
    slots: npt.NDArray[np.int32],
    terms: npt.NDArray[np.int32],
    hits: npt.NDArray[np.int32],
    cell_bounds: Whole,
    words: Whole,
) -> None:
    """Write the cells of each article; `slots` holds -1 for each term and then its last cell."""
    cell = 0
    for article in range(len(words)):
        first = cell
        for place in range(bounds[article], bounds[article + 1]):
            if kept[place]:
                words[article] += 1
                term = numbers[ids[place]]
                if term >= 0:
                    if slots[term] >= first:
                        hits[slots[term]] += 1
                    else:
                        slots[term] = cell
                        terms[cell] = term
                        hits[cell] = 1
                        cell += 1
        cell_bounds[article + 1] = cell
