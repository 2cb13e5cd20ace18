"""Duplicate passages: stretches of words that stand in two articles, or twice in one."""

from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from pastepot import errors, tables
from pastepot.corpus.corpus import Corpus, article_dates
from pastepot.reuse.detect import LEVELS, Reuse, find_reuse
from pastepot.reuse.kin import cluster_spans
from pastepot.reuse.rows import Table
from pastepot.text.annotations import corpus_tokens, token_raw_offsets
from pastepot.text.tokens import terms_of

Whole = npt.NDArray[np.int64]
Level = Literal["quote", "passage", "noisy"]
FROM_ARTICLES = 50
"""Articles from which passages may be edited by default; below, a quotation of eight words can be checked by eye."""
KINDS = ((1.0, "verbatim"), (0.9, "light"), (0.7, "edited"), (0.0, "heavy"))
"""From which share of equal words on a pair is called what."""
NOTHING = "Nothing shared is long enough to stand out among so many words; level 'quote' tells each run of eight words."
METHODS = {
    "quote": "Runs of equal words",
    "passage": "Runs of words, some of them changed, dropped or put in",
    "noisy": "Runs of words in scanned text, letters mistaken for others included",
}


def passages(
    corpus: Corpus, *, level: Level | None = None, min_words: int | None = None, max_gap: int | None = None
) -> pd.DataFrame:
    """Return the passages that two articles share, or that one holds twice: one pair of spans a row.

    Parameters
    ----------
    corpus : Corpus
    level : {"quote", "passage", "noisy"}, optional
        ``quote``: eight or more equal words in a row, the default below 50 articles. ``passage``: words may be
        changed, dropped or put in, the default from 50 articles on. ``noisy``: the same for scanned text.
    min_words : int, optional
        Fewest words alike.
    max_gap : int, optional
        Most words in a row that may differ inside a passage.

    Notes
    -----
    All parts of an article are compared. Case, quotation marks, soft hyphens and line breaks don't matter; spans are
    raw offsets that end with their last word. `kind` goes by the share of words alike: verbatim all, light from .9,
    edited from .7, heavy below. `order` compares the dates that the sources state; who took from whom it does not
    say. A repeat inside one article is likely an assembly or scraping fault: ask the publisher. Blocks that stand in
    a great share of articles are in `pastepot.boilerplate`. Of a family of more than 100 copies each is paired with
    the first only, and `describe` says so.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> text = "The ferry company said on Monday that no crossing would run before Thursday."
    >>> corpus = read(pd.DataFrame({"text": [text, "Breaking: " + text.upper()], "doc_id": ["a", "b"]}))
    >>> passages(corpus)[["doc_a", "start_a", "end_a", "doc_b", "start_b", "words", "kind"]].values.tolist()
    [['a', 0, 75, 'b', 10, 13, 'verbatim']]
    >>> passages(corpus, level="verse")
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: level must be one of 'quote', 'passage', 'noisy'; got 'verse'.
    """
    chosen, found = reuse(corpus, level=level, min_words=min_words, max_gap=max_gap)
    rows = found.passages
    frame = tables.build(
        "passages",
        {
            **_places(corpus, rows),
            "words": rows["words"],
            "matched": rows["matched"],
            "identity": tables.numbers(rows["identity"], 6),
            "strength": tables.numbers(rows["strength"], 3),
            "kind": kind_of(rows["identity"]),
            "family": cluster_spans(rows),
        },
        corpus=corpus.name,
        method=f"{METHODS[chosen]}, between articles and inside them; all parts compared.",
        note=_note(found, chosen),
        settings={"level": chosen, "min_words": min_words or LEVELS[chosen].min_words, "max_gap": max_gap},
    )
    return frame.sort_values(["doc_a", "start_a", "doc_b", "start_b"], kind="stable", ignore_index=True)


def _note(found: Reuse, level: str) -> str:
    """Return what a reader must know of what the table leaves out."""
    blocks = len(np.unique(found.boilerplate["block"]))
    notes = ["Families of more than 100 copies: each copy with the first."] if found.limited else []
    notes += [f"{blocks} blocks that stand in many articles are not here but in boilerplate."] if blocks else []
    notes += [NOTHING] if level != "quote" and not len(found.passages["words"]) else []
    return " ".join(notes)


def reuse(
    corpus: Corpus, *, level: Level | None = None, min_words: int | None = None, max_gap: int | None = None
) -> tuple[str, Reuse]:
    """Return the level that was chosen, and what is reused, in token numbers of the store."""
    chosen = level or ("quote" if len(corpus) < FROM_ARTICLES else "passage")
    errors.one_of("level", chosen, LEVELS)
    tokens = corpus_tokens(corpus)
    to_term, names = terms_of(tokens, possessive="keep")
    terms = to_term[tokens.ids]
    return chosen, find_reuse(
        terms, tokens.bounds, level=chosen, min_words=min_words, max_gap=max_gap, vocabulary=names
    )


def kind_of(identity: npt.NDArray[np.float64]) -> npt.NDArray[np.object_]:
    """Return what each share of equal words is called.

    >>> kind_of(np.array([1.0, 0.95, 0.5])).tolist()
    ['verbatim', 'light', 'heavy']
    """
    names = [name for _, name in KINDS]
    return np.select([identity >= least for least, _ in KINDS], names, names[-1]).astype(object)


def _places(corpus: Corpus, rows: Table) -> dict[str, object]:
    """Return where both sides of each pair stand, and how their articles are ordered by date."""
    tokens = corpus_tokens(corpus)
    as_read = not any(corpus.decisions)
    starts, ends = (tokens.starts, tokens.ends) if as_read else token_raw_offsets(corpus)
    names = np.array(corpus.doc_ids, dtype=object)
    order, lag = _by_date(corpus, rows["doc_a"], rows["doc_b"])
    return {
        "doc_a": names[rows["doc_a"]],
        "start_a": starts[rows["first_a"]],
        "end_a": ends[rows["last_a"] - 1],
        "doc_b": names[rows["doc_b"]],
        "start_b": starts[rows["first_b"]],
        "end_b": ends[rows["last_b"] - 1],
        "order": order,
        "lag_days": lag,
    }


def _by_date(corpus: Corpus, doc_a: Whole, doc_b: Whole) -> tuple[list[str], pd.Series]:
    """Return how the first article stands to the second by date, and the days between; never guessed."""
    days = article_dates(corpus)
    first, second = days.iloc[doc_a].reset_index(drop=True), days.iloc[doc_b].reset_index(drop=True)
    lag = (second - first).dt.days
    order = np.select([lag.isna(), lag > 0, lag < 0], ["undated", "earlier", "later"], "same day")
    return order.tolist(), lag.abs().astype("Int64")


def longest_match(corpus: Corpus) -> pd.DataFrame:
    """Return the longest runs of words that two different articles share, as rows of `passages`.

    The honest answer where no passage was found: it may be a phrase of three or four words that says nothing.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["The ferry sails at noon.", "Now the ferry sails late."]}))
    >>> longest_match(corpus)["words"].tolist()
    [3]
    """
    for least in (8, 5, 3, 2):
        between = passages(corpus, level="quote", min_words=least).query("doc_a != doc_b")
        if len(between):
            longest: pd.DataFrame = between[between["words"] == between["words"].max()].reset_index(drop=True)
            longest.attrs["note"] = f"The longest run that two articles share has {longest['words'].iloc[0]} words."
            return longest
    empty = tables.empty("passages", corpus=corpus.name)
    empty.attrs["note"] = "No two articles share two words in a row."
    return empty
