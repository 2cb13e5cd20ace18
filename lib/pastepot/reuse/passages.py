"""Duplicate passages: stretches of words that stand in two articles, or twice in one."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from pastepot import errors, tables
from pastepot.corpus.corpus import Corpus, articles
from pastepot.reuse.runs import Runs, equal_runs
from pastepot.text.annotations import token_raw_offsets, token_store
from pastepot.text.tokens import terms_of

Whole = npt.NDArray[np.int64]
FEWEST_WORDS = 8


def passages(corpus: Corpus, *, min_words: int = FEWEST_WORDS) -> pd.DataFrame:
    """Return the passages that two articles share, or that one holds twice: one pair of spans a row.

    Parameters
    ----------
    corpus : Corpus
    min_words : int
        Equal words in a row from which a run counts as a passage.

    Notes
    -----
    All parts of an article are compared. Case, quotation marks, soft hyphens and line breaks don't matter; spans are
    raw offsets that end with their last word. `order` compares the dates that the sources state; who took from whom
    it does not say. A repeat inside one article is likely an assembly or scraping fault: ask the publisher.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> text = "The ferry company said on Monday that no crossing would run before Thursday."
    >>> corpus = read(pd.DataFrame({"text": [text, "Breaking: " + text.upper()], "doc_id": ["a", "b"]}))
    >>> passages(corpus)[["doc_a", "start_a", "end_a", "doc_b", "start_b", "words", "kind"]].values.tolist()
    [['a', 0, 75, 'b', 10, 13, 'verbatim']]
    """
    errors.at_least("min_words", min_words, 2)
    tokens = token_store(corpus)
    to_term, _ = terms_of(tokens, possessive="keep")
    terms = to_term[tokens.ids]
    runs = equal_runs(terms, tokens.bounds, min_words)
    frame = tables.build(
        "passages",
        {
            **_places(corpus, runs),
            "words": runs.length,
            "matched": runs.length,
            "identity": np.ones(len(runs.length)),
            "strength": tables.numbers(_strength(terms, runs), 3),
            "kind": "verbatim",
            "family": _families(runs),
        },
        corpus=corpus.name,
        method=f"Runs of {min_words} or more equal words, between articles and inside them; all parts compared.",
        settings={"min_words": min_words},
    )
    return frame.sort_values(["doc_a", "start_a", "doc_b", "start_b"], kind="stable", ignore_index=True)


def _places(corpus: Corpus, runs: Runs) -> dict[str, object]:
    """Return where both sides of each run stand, and how their articles are ordered by date."""
    bounds = token_store(corpus).bounds
    doc_a, doc_b = (np.searchsorted(bounds, place, side="right") - 1 for place in (runs.first, runs.second))
    starts, ends = token_raw_offsets(corpus)
    order, lag = _by_date(corpus, doc_a, doc_b)
    names = np.array(corpus.doc_ids, dtype=object)
    return {
        "doc_a": names[doc_a],
        "start_a": starts[runs.first],
        "end_a": ends[runs.first + runs.length - 1],
        "doc_b": names[doc_b],
        "start_b": starts[runs.second],
        "end_b": ends[runs.second + runs.length - 1],
        "order": order,
        "lag_days": lag,
    }


def _strength(terms: npt.NDArray[np.int32], runs: Runs) -> npt.NDArray[np.float64]:
    """Return the bits of each run: the sum of -log2 of its words' shares of the corpus."""
    bits = -np.log2(np.bincount(terms)[terms] / max(len(terms), 1))
    summed = np.concatenate([[0.0], np.cumsum(bits)])
    strength: npt.NDArray[np.float64] = summed[runs.first + runs.length] - summed[runs.first]
    return strength


def _by_date(corpus: Corpus, doc_a: Whole, doc_b: Whole) -> tuple[list[str], pd.Series]:
    """Return how the first article stands to the second by date, and the days between; never guessed."""
    days = articles(corpus)["date"]
    first, second = days.iloc[doc_a].reset_index(drop=True), days.iloc[doc_b].reset_index(drop=True)
    lag = (second - first).dt.days
    order = np.select([lag.isna(), lag > 0, lag < 0], ["undated", "earlier", "later"], "same day")
    return order.tolist(), lag.abs().astype("Int64")


def _families(runs: Runs) -> Whole:
    """Return the family of each pair: spans that overlap by half or more, both ways, are copies of one passage."""
    starts = np.concatenate([runs.first, runs.second])
    ends = starts + np.concatenate([runs.length, runs.length])
    pairs = len(runs.length)
    from scipy.cluster.hierarchy import DisjointSet  # noqa: PLC0415 (half a second that most tables need not pay)

    families = DisjointSet(range(pairs))
    nearby: list[int] = []
    for place in np.lexsort((ends, starts)).tolist():
        nearby = [one for one in nearby if ends[one] > starts[place]]
        for one in nearby:
            shared = min(ends[one], ends[place]) - starts[place]
            if 2 * shared >= max(ends[place] - starts[place], ends[one] - starts[one]):
                families.merge(one % pairs, place % pairs)
        nearby.append(place)
    return pd.factorize(np.array([families[place] for place in range(pairs)], dtype=np.int64))[0].astype(np.int64)


def longest_shared(corpus: Corpus) -> pd.DataFrame:
    """Return the longest runs of words that two different articles share, as rows of `passages`.

    The honest answer where no passage was found: it may be a phrase of three or four words that says nothing.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["The ferry sails at noon.", "Now the ferry sails late."]}))
    >>> longest_shared(corpus)["words"].tolist()
    [3]
    """
    for least in (FEWEST_WORDS, 5, 3, 2):
        between = passages(corpus, min_words=least).query("doc_a != doc_b")
        if len(between):
            longest: pd.DataFrame = between[between["words"] == between["words"].max()].reset_index(drop=True)
            longest.attrs["note"] = f"The longest run that two articles share has {longest['words'].iloc[0]} words."
            return longest
    empty = tables.empty("passages", corpus=corpus.name)
    empty.attrs["note"] = "No two articles share two words in a row."
    return empty
