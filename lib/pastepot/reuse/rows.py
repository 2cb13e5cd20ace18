"""Rows: what was found among single articles, told as columns for all their copies."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from pastepot.reuse.alignment import BIT, Alignments
from pastepot.reuse.blocks import RULES, Blocks
from pastepot.reuse.shingles import Flags, Ints, Terms, group_edges, order_by, ramp
from pastepot.reuse.twins import Rows, by_original, expand_duplicates, pair_duplicates

Table = dict[str, NDArray[Any]]
"""Columns by name."""


def passage_table(found: Alignments, articles: Terms, inner: Ints, kept: Ints, *, outer: Ints, own: Ints) -> Table:
    """Return the alignments as columns, told for every copy of their articles.

    `articles` and `inner` are the article of each token and the bounds of the articles that were searched, `kept`
    their numbers in the corpus, `outer` the bounds of the corpus, `own` the article that stands for each.
    """
    doc_a, doc_b = articles[found.first_a], articles[found.first_b]
    base_a, base_b = inner[doc_a], inner[doc_b]
    rows = (kept[doc_a], found.first_a - base_a, found.last_a - base_a)
    others = (kept[doc_b], found.first_b - base_b, found.last_b - base_b)
    told, source = expand_duplicates((*rows, *others), own)
    return columns(told, outer, found.matched[source], found.score[source])


def copy_table(scores: Ints, needed: Flags, outer: Ints, own: Ints) -> Table:
    """Return the pairs of whole copies as columns, of the articles flagged in `needed`, with the articles' `scores`."""
    rows = pair_duplicates(outer, own)
    kept = needed[rows[0]]
    picked = tuple(column[kept] for column in rows)
    doc_a, first_a, last_a, doc_b, first_b, last_b = picked
    return columns((doc_a, first_a, last_a, doc_b, first_b, last_b), outer, last_a, scores[doc_a])


def columns(rows: Rows, bounds: Ints, matched: Ints, scores: Ints) -> Table:
    """Return the rows as named columns, with tokens counted over the corpus."""
    doc_a, first_a, last_a, doc_b, first_b, last_b = rows
    words = np.maximum(last_a - first_a, last_b - first_b)
    return {
        "doc_a": doc_a,
        "first_a": first_a + bounds[doc_a],
        "last_a": last_a + bounds[doc_a],
        "doc_b": doc_b,
        "first_b": first_b + bounds[doc_b],
        "last_b": last_b + bounds[doc_b],
        "words": words,
        "matched": matched,
        "identity": matched / np.maximum(1, words),
        "strength": scores / BIT,
    }


def concat_tables(one: Table, two: Table) -> Table:
    """Return the rows of both tables, by place of a, then of b."""
    table = {name: np.concatenate([one[name], two[name]]) for name in one}
    order = np.lexsort([table[name] for name in ("last_b", "last_a", "first_b", "first_a")])
    return {name: column[order] for name, column in table.items()}


def block_table(spans: Blocks, articles: Terms, inner: Ints, *, outer: Ints, own: Ints) -> Table:
    """Return the boilerplate as columns, told for every copy of its articles, by place."""
    order, edges = by_original(own)
    counts = np.diff(edges)
    home = articles[spans.first]
    source, step = ramp(counts[home])
    doc = order[edges[:-1][home[source]] + step]
    shift = outer[doc] - inner[home[source]]
    table = {
        "block": spans.block[source],
        "doc": doc,
        "first": spans.first[source] + shift,
        "last": spans.last[source] + shift,
        "articles": articles_holding(spans.block[source], doc),
        "rule": np.array(RULES)[spans.rule[source]],
    }
    order = order_by(table["first"], table["last"])
    return {name: column[order] for name, column in table.items()}


def articles_holding(block: Ints, doc: Ints) -> Ints:
    """Return for each row the number of articles that hold its block.

    >>> articles_holding(np.array([0, 0, 0, 1]), np.array([4, 4, 6, 4])).tolist()
    [2, 2, 2, 1]
    """
    order = order_by(block, doc)
    edges = group_edges(block[order], doc[order])
    return np.bincount(block[order[edges[:-1]]], minlength=int(block.max(initial=0)) + 1)[block]
