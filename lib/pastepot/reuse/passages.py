"""Duplicate passages: spans of words that occur in two articles, or twice in one."""

from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from pastepot import tables
from pastepot.corpus.boilerplate import connect_labels
from pastepot.corpus.corpus import Corpus, article_dates
from pastepot.reuse.detect import MATCHES, Reuse, find_reuse
from pastepot.reuse.shingles import Ints, number_rows
from pastepot.text.annotations import annotations
from pastepot.text.tokens import Tokens, number_terms
from pastepot.wording import count_noun

Match = Literal["exact", "fuzzy", "ocr"]
FROM_ARTICLES = 50
"""Articles from which passages may be edited by default; below, a quotation of eight words can be checked by eye."""
EDIT_KINDS = ((1.0, "verbatim"), (0.9, "light"), (0.7, "edited"), (0.0, "heavy"))
"""From which share of equal words on a pair is called what."""
NO_MATCH = "No two articles share two words in a row."
NOTHING = "No shared passage is strong enough to be listed; match='exact' lists each sequence of eight equal words."
METHODS = {
    "exact": "Sequences of equal words",
    "fuzzy": "Sequences of words, some of them changed, dropped or put in",
    "ocr": "Sequences of words in scanned text, letters mistaken for others included",
}
MOST_PAIRS = 1 << 22
"""Pairs of spans that are compared at a time, so that one word repeated thousands of times does not fill the memory."""


def passages(
    corpus: Corpus, *, match: Match | None = None, min_words: int | None = None, max_gap: int | None = None
) -> pd.DataFrame:
    """Return the passages that two articles share, or that one contains twice: one pair of spans a row.

    Parameters
    ----------
    corpus : Corpus
    match : {"exact", "fuzzy", "ocr"}, optional
        ``exact``: eight or more equal words in a row, the default below 50 articles. ``fuzzy``: words may be changed,
        dropped or put in, the default from 50 articles on. ``ocr``: the same for scanned text.
    min_words : int, optional
        Fewest equal words.
    max_gap : int, optional
        Most words in a row that may differ inside a passage.

    Notes
    -----
    All parts of an article are compared. Case, quotation marks, soft hyphens and line breaks don't matter; spans are
    raw offsets that end with their last word. `edit_kind` goes by the share of equal words: verbatim all, light from
    .9, edited from .7, heavy below. `date_order` compares the dates that the sources state; who took from whom it does
    not say. A repeat inside one article is likely an assembly or scraping fault: ask the publisher. Blocks that many
    articles contain are in `pastepot.boilerplate`. Of a cluster of more than 100 copies each is paired with the first
    only, and `describe_table` says so.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> text = "The ferry company said on Monday that no crossing would run before Thursday."
    >>> corpus = read(pd.DataFrame({"text": [text, "Breaking: " + text.upper()], "doc_id": ["a", "b"]}))
    >>> passages(corpus)[["doc_a", "start_a", "end_a", "doc_b", "start_b", "words", "edit_kind"]].values.tolist()
    [['a', 0, 75, 'b', 10, 13, 'verbatim']]
    >>> passages(corpus, match="verse")
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: match must be one of 'exact', 'fuzzy', 'ocr'; got 'verse'.
    """
    known = annotations(corpus)
    chosen = choose_match(match, len(corpus))
    reuse = reuse_of_tokens(known.tokens, chosen, min_words=min_words, max_gap=max_gap)
    rows = reuse.passages
    starts, ends = known.token_raw_offsets
    names = np.array(corpus.doc_ids, dtype=object)
    columns: dict[str, object] = {}
    for side in "ab":
        columns[f"doc_{side}"] = names[rows[f"doc_{side}"]]
        columns[f"start_{side}"] = starts[rows[f"first_{side}"]]
        columns[f"end_{side}"] = ends[rows[f"last_{side}"] - 1]
    columns["date_order"], columns["lag_days"] = compare_dates(article_dates(corpus), rows["doc_a"], rows["doc_b"])
    columns |= {"words": rows["words"], "matched": rows["matched"]}
    columns |= {"identity": tables.numbers(rows["identity"], 6), "strength": tables.numbers(rows["strength"], 3)}
    columns |= {"edit_kind": name_edit_kinds(rows["identity"]), "cluster": cluster_spans(rows)}
    frame = tables.build(
        "passages",
        columns,
        corpus=corpus.name,
        method=f"{METHODS[chosen]}, between articles and inside them; all parts compared.",
        note=describe_omissions(reuse, chosen),
        settings={"match": chosen, "min_words": min_words or MATCHES[chosen].min_words, "max_gap": max_gap},
    )
    return frame.sort_values(["doc_a", "start_a", "doc_b", "start_b"], kind="stable", ignore_index=True)


def choose_match(match: str | None, articles: int) -> str:
    """Return how to match: as asked for, else by the number of articles."""
    return match or ("exact" if articles < FROM_ARTICLES else "fuzzy")


def reuse_of_tokens(tokens: Tokens, match: str, *, min_words: int | None = None, max_gap: int | None = None) -> Reuse:
    """Return what is reused, in token numbers."""
    numbers, names = number_terms(tokens.terms)
    terms, vocabulary = numbers[tokens.ids], names.tolist()
    return find_reuse(terms, tokens.bounds, match=match, min_words=min_words, max_gap=max_gap, vocabulary=vocabulary)


def describe_omissions(reuse: Reuse, match: str) -> str:
    """Return what a reader must know of what the table leaves out."""
    blocks = reuse.boilerplate["block"].nunique()
    notes = ["Clusters of more than 100 copies: each copy with the first."] if reuse.limited else []
    if blocks:
        found = count_noun(blocks, "block that many articles contain is", "blocks that many articles contain are")
        notes.append(f"{found} in boilerplate, not here.")
    if match != "exact" and not len(reuse.passages):
        notes.append(NOTHING)
    return " ".join(notes)


def name_edit_kinds(identity: npt.ArrayLike) -> npt.NDArray[np.object_]:
    """Return what each share of equal words is called.

    >>> name_edit_kinds([1.0, 0.95, 0.5]).tolist()
    ['verbatim', 'light', 'heavy']
    """
    names = [name for _, name in EDIT_KINDS]
    return np.select([np.asarray(identity) >= least for least, _ in EDIT_KINDS], names, names[-1]).astype(object)


def compare_dates(days: pd.Series, doc_a: pd.Series, doc_b: pd.Series) -> tuple[list[str], pd.Series]:
    """Return whether the first article is earlier or later than the second, and the days between; never guessed."""
    first, second = (days.iloc[numbers].reset_index(drop=True) for numbers in (doc_a, doc_b))
    lag = (second - first).dt.days
    order = np.select([lag.isna(), lag > 0, lag < 0], ["undated", "earlier", "later"], "same day")
    return order.tolist(), lag.abs().astype("Int64")


# --- clusters -------------------------------------------------------------------------


def cluster_spans(rows: pd.DataFrame) -> Ints:
    """Return the cluster of each pair, numbered by first appearance.

    Spans that overlap by half or more of the longer one are copies of one passage; less would chain passages that
    merely lie side by side. All pairs belong together that share a copy, directly or through others.

    >>> pairs = [[0, 10, 50, 60], [20, 30, 70, 80], [51, 60, 90, 99]]
    >>> cluster_spans(pd.DataFrame(pairs, columns=["first_a", "last_a", "first_b", "last_b"])).tolist()
    [0, 1, 0]
    """
    pairs = len(rows)
    starts, ends = (np.concatenate([rows[f"{edge}_a"], rows[f"{edge}_b"]]) for edge in ("first", "last"))
    # Equal spans get one number: span[k] is that of side a of pair k, span[pairs + k] that of its side b.
    size = ends.max(initial=0) + 1
    distinct, span = np.unique(starts * size + ends, return_inverse=True)
    labels = connect_labels(np.arange(len(distinct)), span[:pairs], span[pairs:])
    return pd.factorize(connect_overlapping(labels, *np.divmod(distinct, size))[span[:pairs]])[0]


def connect_overlapping(labels: Ints, starts: Ints, ends: Ints) -> Ints:
    """Return the labels of spans, ordered by start, made equal where two share half or more of the longer one.

    >>> connect_overlapping(np.arange(4), np.array([0, 4, 5, 6]), np.array([10, 14, 8, 10])).tolist()
    [0, 0, 1, 1]
    """
    lengths = ends - starts
    # A partner begins before the middle of its span, so the partners of a span follow it closely: so many of them.
    counts = np.searchsorted(starts, starts + lengths // 2, side="right") - np.arange(len(starts)) - 1
    compared = np.cumsum(counts) // MOST_PAIRS
    for block in np.split(np.arange(len(starts)), np.flatnonzero(np.diff(compared)) + 1):
        row, step = number_rows(counts[block])
        one = block[row]
        other = one + 1 + step
        shared = np.minimum(ends[one], ends[other]) - starts[other]
        same = 2 * shared >= np.maximum(lengths[one], lengths[other])
        labels = connect_labels(labels, one[same], other[same])
    return labels


def longest_match(corpus: Corpus) -> pd.DataFrame:
    """Return the longest sequences of words that two different articles share, as rows of `passages`.

    The honest answer where no passage was found: it may be a phrase of three or four words that says nothing.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["The ferry sails at noon.", "Now the ferry sails late."]}))
    >>> longest_match(corpus)["words"].tolist()
    [3]
    """
    for least in (8, 5, 3, 2):
        between = passages(corpus, match="exact", min_words=least).query("doc_a != doc_b")
        if len(between):
            break
    longest = between[between["words"] == between["words"].max()]
    words, several = longest["words"].max(), len(longest) > 1
    shared = "sequences that two articles share have" if several else "sequence that two articles share has"
    note = f"The longest {shared} {words:,} words." if len(longest) else NO_MATCH
    attrs = {str(key): value for key, value in between.attrs.items()} | {"note": note}
    return tables.build("passages", longest, **attrs, caption="Longest sequences that two articles share")
