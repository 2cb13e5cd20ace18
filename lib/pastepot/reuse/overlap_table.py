"""Coverage: how much of one article, or of all of one outlet's articles, stands in another."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from pastepot import tables
from pastepot.corpus.corpus import Corpus, article_groups
from pastepot.reuse.clusters import checked_passages, words_between
from pastepot.text.annotations import corpus_tokens

Whole = npt.NDArray[np.int64]


def overlap(corpus: Corpus, found: pd.DataFrame | None = None, *, by: str = "doc_id") -> pd.DataFrame:
    """Return how much of each article stands in each other one: an ordered pair a row, only pairs that share words.

    Parameters
    ----------
    corpus : Corpus
    found : table of passages, optional
        As `pastepot.passages` makes it; made with its defaults if not given.
    by : str
        ``doc_id``, ``outlet``, or another column of `pastepot.articles` (or ``month``, ``week``): then a and b are
        groups of articles, and passages inside a group don't count.

    Returns
    -------
    DataFrame
        a, b, words_shared, share_of_a. The table is not symmetric: a short article may stand whole in a long one.
        One minus the share of an article in all others is not its share of original work: others may have taken it.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> line = "the ferry stays in port until the strike ends"
    >>> overlap(read(pd.DataFrame({"text": [line, line + " said the board that day again"]}))).values.tolist()
    [['row 1', 'row 2', 9, 1.0], ['row 2', 'row 1', 9, 0.6]]
    """
    table = checked_passages(corpus, found)
    labels, group = article_groups(corpus, by)
    bounds = corpus_tokens(corpus).bounds
    words = np.bincount(group, weights=np.diff(bounds), minlength=len(labels))
    spans = [_spans(corpus, table, group, *sides) for sides in (("a", "b"), ("b", "a"))]
    pairs = pd.DataFrame(np.concatenate(spans), columns=["a", "b", "start", "end"])
    pairs = pairs[pairs["a"] != pairs["b"]].sort_values(["a", "b", "start", "end"], ignore_index=True)
    reached = pairs.groupby(["a", "b"])["end"].cummax().groupby([pairs["a"], pairs["b"]]).shift(fill_value=0)
    pairs["words_shared"] = (pairs["end"] - np.maximum(pairs["start"], reached)).clip(lower=0)
    shared = pairs.groupby(["a", "b"], as_index=False)["words_shared"].sum()
    shared["share_of_a"] = tables.numbers(shared["words_shared"] / np.maximum(words[shared["a"]], 1), 6)
    named = np.array(labels, dtype=object)
    frame = shared.assign(a=named[shared["a"]], b=named[shared["b"]])
    note = str(table.attrs.get("note", ""))
    return tables.build("overlap", frame, corpus=corpus.name, note=note, settings={"by": by})


def _spans(corpus: Corpus, table: pd.DataFrame, group: Whole, one: str, other: str) -> Whole:
    """Return, for each passage, the groups of both sides and the tokens of the first side."""
    rows = table[[f"doc_{one}", f"start_{one}", f"end_{one}", f"doc_{other}"]].itertuples(index=False, name=None)
    found = [
        (group[corpus.number(a)], group[corpus.number(b)], *words_between(corpus, a, start, end))
        for a, start, end, b in rows
    ]
    return np.array(found, dtype=np.int64).reshape(-1, 4)
