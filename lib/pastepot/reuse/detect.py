"""Reused passages: pairs of spans that share their words, between articles and inside one.

The way: copies of whole articles aside, repeated grams, boilerplate behind walls, runs of equal words, alignments, the
choice among them, and back to all copies. Everything is told in token numbers; what tokens are, the text room knows.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pastepot.errors import PastepotError, at_least, one_of
from pastepot.reuse.alignment import RUN_BONUS, Alignments, Text, align_runs, running_score, word_bits
from pastepot.reuse.blocks import Blocks, covered, find_boilerplate_blocks
from pastepot.reuse.candidates import LIMIT, Runs, equal_runs, place_pairs
from pastepot.reuse.relatives import align_transitive
from pastepot.reuse.rows import Table, block_table, concat_tables, copy_table, passage_table
from pastepot.reuse.selection import NEARBY_SHARE, select_alignments, threshold
from pastepot.reuse.shapes import map_ocr_variants
from pastepot.reuse.shingles import Flags, Ints, Postings, Terms, articles_of, gram_starts, repeated_grams, without
from pastepot.reuse.twins import drop_duplicates, first_duplicates


class Level(NamedTuple):
    """How passages of one level are found: words in a gram, fewest matched words, longest gap."""

    gram: int
    min_words: int
    max_gap: int


LEVELS = {"quote": Level(8, 8, 0), "passage": Level(4, 6, 10), "noisy": Level(3, 6, 10)}
RELATED_SHARE = 0.4
"""Share of the threshold that is enough where a third article vouches for a passage."""


class Reuse(NamedTuple):
    """What is reused: `passages` and `boilerplate` as columns, and whether some family was told by its first copy."""

    passages: Table
    boilerplate: Table
    limited: bool


class Searched(NamedTuple):
    """The articles that are searched, one of each set of copies.

    In `text` each word of boilerplate has a term of its own that scores nothing; `walled` flags it.
    """

    text: Text
    walled: Flags


def find_passages(
    terms: Terms,
    bounds: Ints,
    *,
    level: str = "passage",
    min_words: int | None = None,
    max_gap: int | None = None,
    vocabulary: Sequence[str] | None = None,
) -> Table:
    """Return the reused passages, one pair of spans a row: see `find_reuse`, of which they are a part.

    >>> line = "the ferry stays in port until the strike ends"
    >>> words = f"{line} said the board and {line}"
    >>> vocabulary = sorted(set(words.split()))
    >>> terms = np.array([vocabulary.index(word) for word in words.split()], dtype=np.int32)
    >>> found = find_passages(terms, np.array([0, len(terms)]), level="quote")
    >>> {name: column.tolist() for name, column in found.items() if "_" in name}
    {'doc_a': [0], 'first_a': [0], 'last_a': [9], 'doc_b': [0], 'first_b': [13], 'last_b': [22]}

    Nine words are no passage of ten:

    >>> len(find_passages(terms, np.array([0, len(terms)]), level="quote", min_words=10)["words"])
    0
    """
    return find_reuse(terms, bounds, level=level, min_words=min_words, max_gap=max_gap, vocabulary=vocabulary).passages


def find_reuse(
    terms: Terms,
    bounds: Ints,
    *,
    level: str = "passage",
    min_words: int | None = None,
    max_gap: int | None = None,
    vocabulary: Sequence[str] | None = None,
) -> Reuse:
    """Return the reused passages and the boilerplate of a corpus.

    Parameters
    ----------
    terms
        Term number of each token, article after article: words that count as equal have one number.
    bounds
        First token of each article, and the end of the last one.
    level
        ``"quote"``: runs of equal words, each as long as it goes, all of them. ``"passage"``: runs with words changed,
        dropped or put in between. ``"noisy"``: the same for scanned text, where letters are taken for others.
    min_words
        Fewest matched words of a passage; by default 8 for quotes, 6 else.
    max_gap
        Most words in a row that may differ inside a passage, 10 by default. Of no use to quotes.
    vocabulary
        The word of each term number. With it, words that a scanner confuses count as one in passages; ``"noisy"`` needs
        it, quotes never use it.

    Returns
    -------
    Reuse
        ``passages``, columns by name: ``doc_a, first_a, last_a, doc_b, first_b, last_b`` (article number, first token
        and the one after the last, counted over the corpus), ``words`` (of the longer side), ``matched`` (equal
        words), ``identity`` (matched of words) and ``strength``. Article a comes before b; inside one article side a
        does. By place of a, then b. ``boilerplate``: ``block, doc, first, last, articles, rule``, by place. ``limited``
        says that some text stood in more than 100 places, whose copies are each told with the first copy only.

    Notes
    -----
    *Strength* is in bits: -log2 of each matched word's share of the corpus, 9 at most, less 4 for each word changed,
    dropped or put in. A passage needs evidence, its strength and 4 bits for each word of its longest unbroken run, of
    90 bits and 2 for each doubling of the tokens; less beside another passage of the same articles, or if a third
    article holds the same words. A strong passage is no proof of copying: both may quote one source, and set phrases
    of a trade grow long.

    Where one article holds a text twice and another once, both pairs are told. Two sides never overlap.

    Cost is about linear in tokens; a story in k copies costs k squared up to 100 copies and k above. Word-for-word
    copies of whole articles cost nothing.

    References
    ----------
    T. F. Smith, M. S. Waterman (1981): Identification of common molecular subsequences. Journal of Molecular Biology
    147(1), 195-197: local alignment, whose ends are where the score is best.
    """
    setting = setting_of(level, min_words, max_gap, vocabulary)
    terms, bounds = np.asarray(terms, dtype=np.int32), np.asarray(bounds, dtype=np.int64)
    own = first_duplicates(terms, bounds, least=LIMIT + 1 if level == "quote" else 2)
    single, inner, kept = drop_duplicates(terms, bounds, own)
    folded = single if vocabulary is None or level == "quote" else map_ocr_variants(single, vocabulary)
    corpus, postings, spans = mask_boilerplate(folded, inner, single, setting.gram)
    runs = shared_runs(corpus, postings, setting.gram)
    needed = 0 if level == "quote" else threshold(len(single))
    found = exact_alignments(runs) if level == "quote" else fuzzy_alignments(corpus, runs, needed, setting.max_gap)
    found = found.take(found.matched >= setting.min_words)
    articles = corpus.text.articles
    passages = passage_table(found, articles, inner, kept, outer=bounds, own=own)
    copies = match_whole_texts(corpus, needed, setting.min_words, np.searchsorted(kept, own))
    return Reuse(
        passages=concat_tables(passages, copy_table(*copies, bounds, own)),
        boilerplate=block_table(spans, articles, inner, outer=bounds, own=own),
        limited=bool(max_overlap_depth(found) >= LIMIT or (np.bincount(own, minlength=1) > LIMIT).any()),
    )


def setting_of(level: str, min_words: int | None, max_gap: int | None, vocabulary: Sequence[str] | None) -> Level:
    """Return the level's setting with the caller's wishes, or say which wish makes no sense."""
    setting = LEVELS[one_of("level", level, LEVELS)]
    if max_gap is not None and level == "quote":
        raise PastepotError("max_gap is for levels 'passage' and 'noisy'; a quote has no gaps. Leave max_gap out.")
    if vocabulary is None and level == "noisy":
        raise PastepotError(
            "level 'noisy' needs vocabulary, the word of each term; got None. Pass it, or use 'passage'."
        )
    if min_words is not None:
        setting = setting._replace(min_words=at_least("min_words", min_words, 2))
        setting = setting._replace(gram=min_words if level == "quote" else setting.gram)
    if max_gap is not None:
        setting = setting._replace(max_gap=at_least("max_gap", max_gap, 0))
    return setting


def mask_boilerplate(terms: Terms, bounds: Ints, words: Terms, n: int) -> tuple[Searched, Postings, Blocks]:
    """Return the articles with their boilerplate walled off, the repeated grams outside it, and the boilerplate."""
    postings = repeated_grams(terms, gram_starts(bounds, n), n)
    spans = find_boilerplate_blocks(terms, bounds, postings, n)
    walled, bits = covered(spans, len(terms)), word_bits(terms)
    if walled.any():
        reached = walled.copy()
        for back in range(1, n):
            reached[:-back] |= walled[back:]
        postings = without(postings, reached)
        terms = np.where(walled, terms + np.int32(len(bits)), terms)
        bits = np.concatenate([bits, np.zeros_like(bits)])
    text = Text(terms, bounds, articles_of(bounds), bits, words)
    return Searched(text, walled), postings, spans


def shared_runs(corpus: Searched, postings: Postings, n: int) -> Runs:
    """Return the runs of at least `n` equal words; none reaches into boilerplate."""
    terms, bounds, articles, bits, _ = corpus.text
    if corpus.walled.any():
        terms = np.where(corpus.walled, -1 - np.arange(len(terms), dtype=np.int32), terms)
    pairs = place_pairs(terms, articles, postings, n)
    return equal_runs(terms, bounds, pairs, bits, least=n)


def exact_alignments(runs: Runs) -> Alignments:
    """Return each run as a passage of its own."""
    last_a, last_b = runs.a + runs.length, runs.b + runs.length
    return Alignments(runs.a, last_a, runs.b, last_b, runs.gain, runs.length, runs.length, runs.a, runs.b)


def fuzzy_alignments(corpus: Searched, runs: Runs, needed: int, max_gap: int) -> Alignments:
    """Return the passages that grow from the runs, then those that a third article vouches for."""
    articles = corpus.text.articles
    found = align_runs(corpus.text, runs, max_gap=max_gap)
    found = found.take(select_alignments(found, articles, needed=needed, nearby=round(NEARBY_SHARE * needed)))
    more = align_transitive(corpus.text, found, max_gap=max_gap)
    more = more.take(more.evidence() >= RELATED_SHARE * needed)
    both = Alignments(*(np.concatenate(columns) for columns in zip(found, more, strict=True)))
    return both.take(select_alignments(both, articles, needed=0, nearby=0))


def max_overlap_depth(found: Alignments) -> int:
    """Return the largest number of passage sides that lie on one word."""
    firsts = np.sort(np.concatenate([found.first_a, found.first_b]))
    lasts = np.sort(np.concatenate([found.last_a, found.last_b]))
    begun = np.arange(1, len(firsts) + 1)
    return int((begun - np.searchsorted(lasts, firsts, side="right")).max(initial=0))


def match_whole_texts(corpus: Searched, needed: int, min_words: int, home: Ints) -> tuple[Ints, Flags]:
    """Return the score of each article, and whether a copy of all of it is a passage.

    `home` is the number, among those searched, of the article that stands for each. Where no article has a copy, it
    does not matter, and nothing is counted.
    """
    lengths = np.diff(corpus.text.bounds)
    if len(home) == len(lengths):
        return np.zeros_like(lengths), np.zeros(len(lengths), dtype=bool)
    gains = np.diff(running_score(corpus.text.terms, corpus.text.bits)[corpus.text.bounds])
    enough = (lengths >= min_words) & (gains + RUN_BONUS * lengths >= needed)
    return gains[home], enough[home]
