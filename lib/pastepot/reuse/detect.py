"""Reused passages among token numbers, from copies of whole articles to the choice of alignments.

Copies of whole articles are found first, and one of each stands for all. Then: repeated n-grams, boilerplate masked,
sequences of equal words, alignments, the choice among them, and rows for all copies. What a token is, the text room
knows.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from pastepot.corpus.boilerplate import hash_spans
from pastepot.errors import PastepotError, at_least, one_of
from pastepot.reuse import alignment
from pastepot.reuse.alignment import Alignments, Runs, Text
from pastepot.reuse.boilerplate import find_boilerplate_blocks
from pastepot.reuse.candidates import LIMIT, align_transitive, equal_runs, place_pairs
from pastepot.reuse.shingles import Ints, Terms, articles_of, drop_places, gram_starts, map_ocr_variants, repeated_grams
from pastepot.text.annotations import mark_covered


class Setting(NamedTuple):
    """How passages are found: words in an n-gram, fewest matched words, longest gap."""

    gram: int
    min_words: int
    max_gap: int


MATCHES = {"exact": Setting(8, 8, 0), "fuzzy": Setting(4, 6, 10), "ocr": Setting(3, 6, 10)}
TRANSITIVE_SHARE = 0.4
"""Share of the threshold that is enough where a third article has the same words."""
SIDES = ["doc_a", "first_a", "last_a", "doc_b", "first_b", "last_b"]


class Reuse(NamedTuple):
    """What is reused: `passages` and `boilerplate` as tables, and whether some cluster is paired with one copy only."""

    passages: pd.DataFrame
    boilerplate: pd.DataFrame
    limited: bool


def find_reuse(
    terms: Terms,
    bounds: Ints,
    *,
    match: str = "fuzzy",
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
    match
        ``"exact"``: sequences of equal words, each as long as it goes, all of them. ``"fuzzy"``: words may be changed,
        dropped or put in between. ``"ocr"``: the same for scanned text, where letters are taken for others.
    min_words
        Fewest matched words of a passage; by default 8 for exact matches, 6 else.
    max_gap
        Most words in a row that may differ inside a passage, 10 by default. Of no use to exact matches.
    vocabulary
        The word of each term number. With it, words that a scanner confuses count as one in passages; ``"ocr"`` needs
        it, ``"exact"`` never uses it.

    Returns
    -------
    Reuse
        ``passages``, with columns ``doc_a, first_a, last_a, doc_b, first_b, last_b`` (article number, first token and
        the one after the last, counted over the corpus), ``words`` (of the longer side), ``matched`` (equal words),
        ``identity`` (matched of words) and ``strength``. Article a comes before b; inside one article side a does. By
        place of a, then b. ``boilerplate``: ``block, doc, first, last, articles, rule``, by place. ``limited`` says
        that some text occurred in more than 100 places, whose copies are each paired with the first copy only.

    Notes
    -----
    *Strength* is in bits: -log2 of each matched word's share of the corpus, 9 at most, less 4 for each word changed,
    dropped or put in. A passage needs evidence, its strength and 4 bits for each word of its longest unbroken run, of
    90 bits and 2 for each doubling of the tokens; less next to another passage of the same articles, or if a third
    article has the same words. A strong passage is no proof of copying: both may quote one source, and set phrases of
    a trade grow long.

    Where one article contains a text twice and another once, both pairs are rows. Two sides never overlap.

    Cost is about linear in tokens; a story in k copies costs k squared up to 100 copies and k above. Word-for-word
    copies of whole articles cost nothing.

    References
    ----------
    T. F. Smith, M. S. Waterman (1981): Identification of common molecular subsequences. Journal of Molecular Biology
    147(1), 195-197: local alignment, whose ends are where the score is best.

    Examples
    --------
    >>> line = "the ferry stays in port until the strike ends"
    >>> words = f"{line} said the board and {line}"
    >>> vocabulary = sorted(set(words.split()))
    >>> terms = np.array([vocabulary.index(word) for word in words.split()], dtype=np.int32)
    >>> bounds = np.array([0, len(terms)])
    >>> find_reuse(terms, bounds, match="exact").passages[SIDES].values.tolist()
    [[0, 0, 9, 0, 13, 22]]

    Nine words are no passage of ten:

    >>> len(find_reuse(terms, bounds, match="exact", min_words=10).passages)
    0
    """
    setting = choose_setting(match, min_words, max_gap, vocabulary)
    terms, bounds = np.asarray(terms, dtype=np.int32), np.asarray(bounds, dtype=np.int64)
    own = first_duplicates(terms, bounds, least=LIMIT + 1 if match == "exact" else 2)
    single, inner, kept = drop_duplicates(terms, bounds, own)
    folded = single if vocabulary is None or match == "exact" else map_ocr_variants(single, vocabulary)
    text, runs, blocks = find_runs(folded, inner, single, setting.gram)
    needed = 0 if match == "exact" else alignment.needed_evidence(len(single))
    aligned = exact_alignments(runs) if match == "exact" else fuzzy_alignments(text, runs, needed, setting.max_gap)
    aligned = aligned.take(aligned.matched >= setting.min_words)
    rows = expand_duplicates(alignment_rows(aligned, text, kept), own)
    whole = whole_article_rows(text, np.searchsorted(kept, own), own, needed, setting.min_words)
    return Reuse(
        passages=passage_columns(pd.concat([rows, whole], ignore_index=True), bounds),
        boilerplate=boilerplate_columns(blocks, inner, kept, own, bounds),
        limited=bool(max_overlap_depth(aligned) >= LIMIT or (np.bincount(own, minlength=1) > LIMIT).any()),
    )


def choose_setting(match: str, min_words: int | None, max_gap: int | None, vocabulary: Sequence[str] | None) -> Setting:
    """Return how to match, with the caller's options, or say which option makes no sense."""
    setting = MATCHES[one_of("match", match, MATCHES)]
    if max_gap is not None and match == "exact":
        raise PastepotError("max_gap is for match 'fuzzy' and 'ocr'; an exact match has no gaps. Leave max_gap out.")
    if vocabulary is None and match == "ocr":
        raise PastepotError("match 'ocr' needs vocabulary, the word of each term; got None. Pass it, or use 'fuzzy'.")
    if min_words is not None:
        setting = setting._replace(min_words=at_least("min_words", min_words, 2))
        setting = setting._replace(gram=min_words if match == "exact" else setting.gram)
    return setting if max_gap is None else setting._replace(max_gap=at_least("max_gap", max_gap, 0))


# --- alignments -----------------------------------------------------------------------


def find_runs(terms: Terms, bounds: Ints, words: Terms, n: int) -> tuple[Text, Runs, pd.DataFrame]:
    """Return the articles with their boilerplate masked, the runs of `n` or more equal words, and the boilerplate.

    No run reaches into boilerplate. For alignments each word of it has a second term that scores nothing: a passage
    may run through boilerplate, never end in it.
    """
    postings = repeated_grams(terms, gram_starts(bounds, n), n)
    blocks = find_boilerplate_blocks(terms, bounds, postings, n)
    articles, bits = articles_of(bounds), alignment.word_bits(terms)
    first, last = (blocks[edge].to_numpy() for edge in ("first", "last"))
    masked = mark_covered(len(terms), first, last - 1)
    # An n-gram that begins up to n - 1 words before boilerplate reaches into it.
    postings = drop_places(postings, mark_covered(len(terms), np.maximum(first - n + 1, 0), last - 1))
    # In `distinct` a masked word is equal to no other one, not even to itself elsewhere.
    distinct = np.where(masked, -1 - np.arange(len(terms), dtype=np.int32), terms)
    terms = np.where(masked, terms + np.int32(len(bits)), terms)
    bits = np.concatenate([bits, np.zeros_like(bits)])
    runs = equal_runs(distinct, bounds, place_pairs(distinct, articles, postings, n), bits, least=n)
    return Text(terms, bounds, articles, bits, words), runs, blocks


def exact_alignments(runs: Runs) -> Alignments:
    """Return each run as an alignment of its own."""
    last_a, last_b = runs.a + runs.length, runs.b + runs.length
    return Alignments(runs.a, last_a, runs.b, last_b, runs.gain, runs.length, runs.length)


def fuzzy_alignments(text: Text, runs: Runs, needed: int, max_gap: int) -> Alignments:
    """Return the alignments that grow from the runs, then those that a third article supports."""
    direct = alignment.align_runs(text, runs, max_gap=max_gap)
    nearby = round(alignment.NEARBY_SHARE * needed)
    direct = direct.take(alignment.select_alignments(direct, text.articles, needed=needed, nearby=nearby))
    transitive = align_transitive(text, direct, max_gap=max_gap)
    transitive = transitive.take(transitive.evidence() >= TRANSITIVE_SHARE * needed)
    both = Alignments(*(np.concatenate(columns) for columns in zip(direct, transitive, strict=True)))
    return both.take(alignment.select_alignments(both, text.articles, needed=0, nearby=0))


def max_overlap_depth(aligned: Alignments) -> int:
    """Return the largest number of passage sides that lie on one word."""
    firsts = np.sort(np.concatenate([aligned.first_a, aligned.first_b]))
    lasts = np.sort(np.concatenate([aligned.last_a, aligned.last_b]))
    # At the k-th beginning, k + 1 sides have begun; those that ended by then are counted off.
    begun = np.arange(1, len(firsts) + 1)
    return int((begun - np.searchsorted(lasts, firsts, side="right")).max(initial=0))


# --- copies of whole articles ---------------------------------------------------------


def first_duplicates(terms: Terms, bounds: Ints, *, least: int = 2) -> Ints:
    """Return for each article the first article with the same words, where at least `least` have them.

    >>> terms = np.array([1, 2, 3, 1, 2, 1, 2], dtype=np.int32)
    >>> first_duplicates(terms, np.array([0, 2, 3, 5, 7])).tolist()
    [0, 1, 0, 0]
    >>> first_duplicates(terms, np.array([0, 2, 3, 5, 7]), least=4).tolist()
    [0, 1, 2, 3]

    Articles without words are copies of nothing:

    >>> first_duplicates(terms[:0], np.array([0, 0, 0])).tolist()
    [0, 1]
    """
    lengths, own = np.diff(bounds), np.arange(len(bounds) - 1)
    hashes = hash_spans(terms, bounds[:-1], bounds[1:])
    alike = pd.Series(own).groupby([hashes, lengths])
    first, size = alike.transform("min").to_numpy(), alike.transform("size").to_numpy()
    for copy in np.flatnonzero((first < own) & (size >= least) & (lengths > 0)).tolist():
        # Equal hashes make equal words likely; that they are equal is seen only here.
        words, others = (terms[bounds[number] : bounds[number + 1]] for number in (copy, first[copy]))
        own[copy] = first[copy] if np.array_equal(words, others) else copy
    return own


def drop_duplicates(terms: Terms, bounds: Ints, own: Ints) -> tuple[Terms, Ints, Ints]:
    """Return the words and bounds of the articles that stand for themselves, and which articles these are."""
    single = own == np.arange(len(own))
    kept = np.flatnonzero(single)
    return terms[single[articles_of(bounds)]], np.append(0, np.cumsum(np.diff(bounds)[kept])), kept


def pair_duplicates(own: Ints) -> pd.DataFrame:
    """Return the pairs of copies: all pairs of up to `LIMIT` copies, of more each copy with the first.

    >>> pair_duplicates(np.array([0, 1, 0, 0])).values.tolist()
    [[0, 2], [0, 3], [2, 3]]
    """
    copies = pd.DataFrame({"own": own, "doc": np.arange(len(own))})
    sizes = np.bincount(own, minlength=len(own))[own]
    few, many = copies[(sizes > 1) & (sizes <= LIMIT)], copies[(sizes > LIMIT) & (copies["doc"] != own)]
    pairs = few.merge(few, on="own", suffixes=("_a", "_b"))
    pairs = pairs.loc[pairs["doc_a"] < pairs["doc_b"], ["doc_a", "doc_b"]]
    return pd.concat([pairs, many.set_axis(["doc_a", "doc_b"], axis=1)], ignore_index=True)


def expand_duplicates(rows: pd.DataFrame, own: Ints) -> pd.DataFrame:
    """Return the `rows` repeated for every copy of their articles, the earlier article first.

    Rows inside one article are repeated for each copy. Rows of two articles are repeated for all pairs of copies if
    both sides together have up to `LIMIT`, else left as they are: the copies are connected by their whole text.
    """
    copies = pd.DataFrame({"own": own, "copy": np.arange(len(own))})
    sizes = np.bincount(own, minlength=len(own))
    inside = rows["doc_a"] == rows["doc_b"]
    many = ~inside & (sizes[rows["doc_a"]] + sizes[rows["doc_b"]] > LIMIT)
    once = rows[inside].merge(copies, left_on="doc_a", right_on="own")
    once = once.assign(doc_a=once["copy"], doc_b=once["copy"])
    pairs = rows[~inside & ~many].merge(copies, left_on="doc_a", right_on="own")
    pairs = pairs.merge(copies, left_on="doc_b", right_on="own", suffixes=("_a", "_b"))
    pairs = pairs.assign(doc_a=pairs["copy_a"], doc_b=pairs["copy_b"])
    expanded = pd.concat([table[rows.columns] for table in (rows[many], once, pairs)], ignore_index=True)
    swap = expanded["doc_a"] > expanded["doc_b"]
    expanded.loc[swap, SIDES] = expanded.loc[swap, [*SIDES[3:], *SIDES[:3]]].to_numpy()
    return expanded


def whole_article_rows(text: Text, home: Ints, own: Ints, needed: int, min_words: int) -> pd.DataFrame:
    """Return the pairs of copies of whole articles that are passages; `home` numbers in `text` what stands for each."""
    pairs = pair_duplicates(own)
    lengths = np.diff(text.bounds)
    gains = np.diff(np.append(0, np.cumsum(text.bits[text.terms]))[text.bounds])
    enough = (lengths >= min_words) & (gains + alignment.RUN_BONUS * lengths >= needed)
    pairs = pairs.loc[enough[home[pairs["doc_a"]]]]
    words = lengths[home[pairs["doc_a"]]]
    spans = {"first_a": 0, "last_a": words, "first_b": 0, "last_b": words}
    rows: pd.DataFrame = pairs.assign(**spans, matched=words, score=gains[home[pairs["doc_a"]]])
    return rows


# --- rows for all copies --------------------------------------------------------------


def alignment_rows(aligned: Alignments, text: Text, kept: Ints) -> pd.DataFrame:
    """Return the alignments, tokens counted from the start of each article; `kept` numbers these in the corpus."""
    doc_a, doc_b = text.articles[aligned.first_a], text.articles[aligned.first_b]
    sides = (kept[doc_a], aligned.first_a - text.bounds[doc_a], aligned.last_a - text.bounds[doc_a])
    others = (kept[doc_b], aligned.first_b - text.bounds[doc_b], aligned.last_b - text.bounds[doc_b])
    rows = pd.DataFrame(dict(zip(SIDES, (*sides, *others), strict=True)))
    return rows.assign(matched=aligned.matched, score=aligned.score)


def passage_columns(rows: pd.DataFrame, bounds: Ints) -> pd.DataFrame:
    """Return the rows with tokens counted over the corpus, and what is computed from them, by place of a, then b."""
    words = np.maximum(rows["last_a"] - rows["first_a"], rows["last_b"] - rows["first_b"])
    base = {name: bounds[rows[f"doc_{name[-1]}"]] for name in SIDES if not name.startswith("doc")}
    table = rows[SIDES].assign(**{name: rows[name] + start for name, start in base.items()})
    table = table.assign(words=words, matched=rows["matched"], identity=rows["matched"] / np.maximum(words, 1))
    table["strength"] = rows["score"] / alignment.BIT
    return table.sort_values(["first_a", "first_b", "last_a", "last_b"], ignore_index=True)


def boilerplate_columns(blocks: pd.DataFrame, inner: Ints, kept: Ints, own: Ints, bounds: Ints) -> pd.DataFrame:
    """Return the boilerplate for every copy of its articles, with tokens counted over the corpus, by place."""
    copies = pd.DataFrame({"own": own, "doc": np.arange(len(own))})
    table = blocks.assign(own=kept[blocks["article"]]).merge(copies, on="own")
    shift = bounds[table["doc"]] - inner[table["article"]]
    table = table.assign(first=table["first"] + shift, last=table["last"] + shift)
    table["articles"] = table.groupby("block")["doc"].transform("nunique")
    table = table.sort_values(["first", "last"], ignore_index=True)
    return table[["block", "doc", "first", "last", "articles", "rule"]]
