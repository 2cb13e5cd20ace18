"""Blocks: what stands in many articles and is nobody's story.

Footers, notices, newsletter lines and credits are reported with the rule that gave them away, and passages neither
start nor end in them. Not the number of its copies makes a text boilerplate: a story that every outlet prints makes up
most of its articles, a notice does not.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pastepot.reuse.shingles import (
    Flags,
    Ints,
    Postings,
    Terms,
    articles_of,
    connect,
    order_by,
    repeated_grams,
    shared_only,
)

LEAST_ARTICLES = 10
ONE_IN = 50
"""A block stands in at least ten articles, and in one of fifty."""
BLOCK_WORDS = 8
SHORT = 60
LARGE_CORPUS = 1000
TENTH = 10
MOSTLY = 0.8
SAME_SPREAD = 0.1
"""Share by which the number of articles may differ from gram to gram within one block."""
RULES = ("", "keeps its place", "short", "in a tenth of all articles")


class Blocks(NamedTuple):
    """Boilerplate, one block in one article a row: tokens `first` to before `last`, number of the block, rule."""

    first: Ints
    last: Ints
    block: Ints
    rule: Ints

    def take(self, rows: Ints | Flags) -> "Blocks":
        """Return the `rows` asked for."""
        return Blocks(*(column[rows] for column in self))


def least_articles(count: int) -> int:
    """Return in how many of `count` articles a block must stand.

    >>> least_articles(40), least_articles(2000), least_articles(2001)
    (10, 40, 41)
    """
    return max(LEAST_ARTICLES, -(-count // ONE_IN))


def find_boilerplate_blocks(terms: Terms, bounds: Ints, postings: Postings, n: int) -> Blocks:
    """Return the boilerplate among the repeated grams of `n` words.

    A block is a run of `BLOCK_WORDS` words or more of which each gram stands in at least `least_articles`. It is
    boilerplate if it makes up under half of the words of four fifths of its articles, and one of three holds: it
    begins in the first or ends in the last tenth of four fifths of them; it has at most `SHORT` words; it stands in
    more than a tenth of a corpus of `LARGE_CORPUS` articles or more.
    """
    articles = articles_of(bounds)
    spans = frequent_spans(terms, articles, postings, n, least_articles(len(bounds) - 1))
    if not len(spans.first):
        return spans
    rules = rule_of(spans, articles, bounds)
    spans = spans._replace(rule=rules[spans.block])
    return renumbered(spans.take(spans.rule > 0))


def document_frequency(postings: Postings, articles: Terms) -> Ints:
    """Return in how many articles each gram stands.

    >>> document_frequency(Postings(np.array([0, 1, 3, 2, 3]), np.array([0, 3, 5])), np.array([0, 0, 1, 1])).tolist()
    [2, 1]
    """
    new = np.diff(articles[postings.positions], prepend=-1) != 0
    new[postings.edges[:-1]] = True
    return np.add.reduceat(new, postings.edges[:-1], dtype=np.int64) if len(new) else np.empty(0, dtype=np.int64)


def frequent_spans(terms: Terms, articles: Terms, postings: Postings, n: int, least: int) -> Blocks:
    """Return the stretches of at least `BLOCK_WORDS` words whose grams all stand in `least` articles or more."""
    words = max(n, BLOCK_WORDS)
    many = shared_only(*postings, least=least)
    common = np.repeat(document_frequency(many, articles) >= least, np.diff(many.edges))
    places = np.sort(many.positions[common])
    reach = words - n
    starts = places[: max(0, len(places) - reach)]
    starts = starts[places[reach:] - starts == reach]
    grams = repeated_grams(terms, starts, words)
    counts = document_frequency(grams, articles)
    rows = order_by(grams.positions)
    group = np.repeat(np.arange(len(counts)), np.diff(grams.edges))[rows]
    kept = counts[group] >= least
    return split_by_frequency(grams.positions[rows][kept], group[kept], counts, words)


def split_by_frequency(places: Ints, group: Ints, counts: Ints, words: int) -> Blocks:
    """Return the runs of neighbouring places whose grams stand in about the same number of articles.

    A story printed above a footer ends where the footer begins, since that stands in more articles. What is left of a
    stretch beside more frequent ones must have `words` words of its own. Stretches that share a gram are one block.
    """
    count = counts[group]
    touches = np.diff(places, prepend=-2) == 1
    before = np.concatenate([count[:1], count[:-1]])
    alike = touches & (np.abs(count - before) <= SAME_SPREAD * np.maximum(count, before))
    edges = np.append(np.flatnonzero(~alike), len(places))
    opening, closing = edges[:-1], edges[1:] - 1
    first, last = places[opening].copy(), places[closing] + words
    yields = touches[opening[1:]] & (count[opening[1:]] < count[closing[:-1]])
    first[1:][yields] = last[:-1][yields]
    keeps = touches[opening[1:]] & (count[opening[1:]] > count[closing[:-1]])
    last[:-1][keeps] = places[opening[1:]][keeps]
    own = last - first >= words
    rows = np.repeat(own, np.diff(edges))
    block = link_spans(group[rows], np.concatenate([[0], np.cumsum(np.diff(edges)[own])]), len(counts))
    return Blocks(first[own], last[own], block, np.zeros_like(block))


def link_spans(group: Ints, edges: Ints, count: int) -> Ints:
    """Return a number for each stretch, the same for stretches that share grams, directly or through others."""
    # A graph of grams and stretches, the stretches numbered behind the grams: each gram is tied to its stretches.
    stretches_count = len(edges) - 1
    stretch = count + np.repeat(np.arange(stretches_count), np.diff(edges))
    labels = connect(np.arange(count + stretches_count), group, stretch)
    return pd.factorize(labels[count:])[0]


def rule_of(spans: Blocks, articles: Terms, bounds: Ints) -> NDArray[np.int64]:
    """Return for each block the number of the rule that makes it boilerplate, 0 for none."""
    count = int(spans.block.max()) + 1
    article = articles[spans.first].astype(np.int64)
    sizes, words = np.diff(bounds)[article], spans.last - spans.first
    rows = np.bincount(spans.block, minlength=count)
    pairs, where = np.unique(np.column_stack([spans.block, article]), axis=0, return_inverse=True)
    held = np.bincount(where.ravel(), words)
    homes = np.bincount(pairs[:, 0], minlength=count)
    minor = np.bincount(pairs[:, 0], 2 * held < np.diff(bounds)[pairs[:, 1]], count) >= MOSTLY * homes
    opens = np.bincount(spans.block, (spans.first - bounds[article]) * TENTH <= sizes, count) >= MOSTLY * rows
    closes = np.bincount(spans.block, (bounds[article + 1] - spans.last) * TENTH <= sizes, count) >= MOSTLY * rows
    short = np.bincount(spans.block, words <= SHORT, count) >= rows / 2
    large = (homes * TENTH > len(bounds) - 1) & (len(bounds) - 1 >= LARGE_CORPUS)
    return np.where(minor, np.select([opens | closes, short, large], [1, 2, 3], 0), 0)


def renumbered(spans: Blocks) -> Blocks:
    """Return the spans by place, blocks numbered by first appearance."""
    spans = spans.take(order_by(spans.first, spans.last))
    return spans._replace(block=pd.factorize(spans.block)[0])


def covered(spans: Blocks, tokens: int) -> Flags:
    """Return which tokens lie in one of the spans.

    >>> one = np.array([0])
    >>> covered(Blocks(np.array([1]), np.array([3]), one, one), 4).tolist()
    [False, True, True, False]
    """
    if not len(spans.first):
        return np.zeros(tokens, dtype=bool)
    change = np.zeros(tokens + 1, dtype=np.int64)
    np.add.at(change, spans.first, 1)
    np.add.at(change, spans.last, -1)
    return np.cumsum(change[:-1]) > 0
