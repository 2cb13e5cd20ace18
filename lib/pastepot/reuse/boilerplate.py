"""Boilerplate: blocks of words that many articles contain and that are no story.

Page footers, notices, newsletter lines and credits are listed with the rule that gave them away, and passages neither
start nor end in them. Not the number of its copies makes a text boilerplate: a story that every outlet prints makes up
most of its articles, a notice does not.
"""

import numpy as np
import pandas as pd

from pastepot.corpus.boilerplate import connect_labels
from pastepot.reuse import shingles
from pastepot.reuse.shingles import Ints, Postings, Terms

LEAST_ARTICLES = 10
ONE_IN = 50
"""A block occurs in at least ten articles, and in one of fifty."""
BLOCK_WORDS = 8
SHORT = 60
LARGE_CORPUS = 1000
TENTH = 10
MOSTLY = 0.8
SAME_FREQUENCY = 0.1
"""Share by which the number of articles may differ from n-gram to n-gram within one block."""
PLACE, BRIEF, FREQUENT = "keeps its place", "short", "in a tenth of all articles"


def least_articles(count: int) -> int:
    """Return in how many of `count` articles a block must occur.

    >>> least_articles(40), least_articles(2000), least_articles(2001)
    (10, 40, 41)
    """
    return max(LEAST_ARTICLES, -(-count // ONE_IN))


def find_boilerplate_blocks(terms: Terms, bounds: Ints, postings: Postings, n: int) -> pd.DataFrame:
    """Return the boilerplate among the repeated n-grams: first and last token, block and rule, one place a row.

    A block is a sequence of `BLOCK_WORDS` words or more of which each n-gram occurs in at least `least_articles`. It
    is boilerplate if it makes up under half of the words of four fifths of its articles, and one of three holds: it
    begins in the first or ends in the last tenth of four fifths of them; it has at most `SHORT` words; it occurs in
    more than a tenth of a corpus of `LARGE_CORPUS` articles or more.
    """
    articles = shingles.articles_of(bounds)
    spans = frequent_spans(terms, articles, postings, n, least_articles(len(bounds) - 1))
    spans["article"] = articles[spans["first"]]
    spans["rule"] = spans["block"].map(choose_rules(spans, bounds))
    spans = spans[spans["rule"] != ""].sort_values(["first", "last"], ignore_index=True)
    return spans.assign(block=pd.factorize(spans["block"])[0])


def document_frequency(postings: Postings, articles: Terms) -> Ints:
    """Return in how many articles each n-gram occurs.

    >>> document_frequency(Postings(np.array([0, 1, 3, 2, 3]), np.array([0, 3, 5])), np.array([0, 0, 1, 1])).tolist()
    [2, 1]
    """
    # Positions rise within a group, so an article is new where it differs from the one before.
    new = np.diff(articles[postings.positions], prepend=-1) != 0
    new[postings.edges[:-1]] = True
    return np.add.reduceat(new, postings.edges[:-1], dtype=np.int64) if len(new) else np.empty(0, dtype=np.int64)


def frequent_spans(terms: Terms, articles: Terms, postings: Postings, n: int, least: int) -> pd.DataFrame:
    """Return the spans of at least `BLOCK_WORDS` words whose n-grams all occur in `least` articles or more."""
    words = max(n, BLOCK_WORDS)
    many = shingles.drop_small_groups(postings, least=least)
    common = np.repeat(document_frequency(many, articles) >= least, np.diff(many.edges))
    places = np.sort(many.positions[common])
    # Where so many neighbouring places are common, a longer n-gram begins that may be common as a whole.
    reach = words - n
    starts = places[: max(0, len(places) - reach)]
    starts = starts[places[reach:] - starts == reach]
    grams = shingles.repeated_grams(terms, starts, words)
    counts = document_frequency(grams, articles)
    by_place = shingles.order_by(grams.positions)
    group = np.repeat(np.arange(len(counts)), np.diff(grams.edges))[by_place]
    kept = counts[group] >= least
    return split_by_frequency(grams.positions[by_place][kept], group[kept], counts, words)


def split_by_frequency(places: Ints, group: Ints, counts: Ints, words: int) -> pd.DataFrame:
    """Return the spans of neighbouring places whose n-grams occur in about the same number of articles.

    A story printed above a footer ends where the footer begins, since that occurs in more articles. What is left of a
    span next to more frequent ones must have `words` words of its own. Spans that share an n-gram are one block.
    """
    count = counts[group]
    touches = np.diff(places, prepend=-2) == 1
    before = np.concatenate([count[:1], count[:-1]])
    alike = touches & (np.abs(count - before) <= SAME_FREQUENCY * np.maximum(count, before))
    edges = np.append(np.flatnonzero(~alike), len(places))
    opening, closing = edges[:-1], edges[1:] - 1
    first, last = places[opening].copy(), places[closing] + words
    # Of two spans that touch, the rarer gives up the words that both contain.
    starts_later = touches[opening[1:]] & (count[opening[1:]] < count[closing[:-1]])
    first[1:][starts_later] = last[:-1][starts_later]
    ends_earlier = touches[opening[1:]] & (count[opening[1:]] > count[closing[:-1]])
    last[:-1][ends_earlier] = places[opening[1:]][ends_earlier]
    long = last - first >= words
    block = link_spans(group, edges, len(counts))
    return pd.DataFrame({"first": first[long], "last": last[long], "block": block[long]})


def link_spans(group: Ints, edges: Ints, count: int) -> Ints:
    """Return a number for each span, the same for spans that share n-grams, directly or through others.

    Span k has the n-grams ``group[edges[k]:edges[k + 1]]``, of `count` in all.

    >>> link_spans(np.array([0, 1, 2, 1]), np.array([0, 2, 3, 4]), 3).tolist()
    [0, 1, 0]
    """
    # A graph of n-grams and spans, the spans numbered behind the n-grams: each n-gram is tied to its spans.
    span = count + np.repeat(np.arange(len(edges) - 1), np.diff(edges))
    labels = connect_labels(np.arange(count + len(edges) - 1), group, span)
    return pd.factorize(labels[count:])[0]


def choose_rules(spans: pd.DataFrame, bounds: Ints) -> pd.Series:
    """Return by its number the rule that makes a block boilerplate, ``""`` for none."""
    article, words, count = spans["article"], spans["last"] - spans["first"], len(bounds) - 1
    size = pd.Series(np.diff(bounds)[article], spans.index)
    block = spans["block"]
    opens = ((spans["first"] - bounds[article]) * TENTH <= size).groupby(block).mean() >= MOSTLY
    closes = ((bounds[article + 1] - spans["last"]) * TENTH <= size).groupby(block).mean() >= MOSTLY
    short = (words <= SHORT).groupby(block).mean() >= 0.5
    held = words.groupby([block, article]).sum()
    of_article = held.index.get_level_values("article").to_numpy(dtype=np.int64)
    homes = (2 * held < np.diff(bounds)[of_article]).groupby(level="block")
    frequent = (homes.size() * TENTH > count) & (count >= LARGE_CORPUS)
    rule = np.select([opens | closes, short, frequent], [PLACE, BRIEF, FREQUENT], "")
    return pd.Series(np.where(homes.mean() >= MOSTLY, rule, ""), opens.index, dtype=object)
