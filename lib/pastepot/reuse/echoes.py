"""Repeats inside one article, named by the part they stand in: a block, a caption or a headline."""

import pandas as pd

from pastepot import tables
from pastepot.corpus.corpus import Corpus
from pastepot.reuse.clusters import checked_passages
from pastepot.text.annotations import words

NAMES = (("title", "headline echo"), ("caption", "caption echo"))
"""What a repeat is called if one of its sides begins in this part; the first that fits."""
OTHER = "block repeated"


def internal_repeats(corpus: Corpus, found: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the passages that stand twice in one article, as rows of `pastepot.passages` under a name.

    Parameters
    ----------
    corpus : Corpus
    found : table of passages, optional
        As `pastepot.passages` makes it; made with its defaults if not given.

    Returns
    -------
    DataFrame
        `repeat` is ``headline echo`` or ``caption echo`` if one side begins in a title or caption, else
        ``block repeated``: likely an assembly or scraping fault; ask the publisher. Then the columns of `passages`.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> line = "The ferry stays in port until the strike ends, said the board."
    >>> corpus = read(pd.DataFrame({"text": [f"{line} {line}", line]}))
    >>> internal_repeats(corpus)[["repeat", "start_a", "start_b"]].values.tolist()
    [['block repeated', 0, 63]]
    >>> len(internal_repeats(read(pd.DataFrame({"text": [line, line]}))))
    0
    """
    table = checked_passages(corpus, found)
    rows = table[table["doc_a"] == table["doc_b"]].reset_index(drop=True)
    every = words(corpus)
    every = every[every["doc_id"].isin(set(rows["doc_a"]))]
    part = dict(zip(zip(every["doc_id"], every["start"], strict=True), every["part"], strict=True))
    sides = [{part.get((row.doc_a, start)) for start in (row.start_a, row.start_b)} for row in rows.itertuples()]
    named = [next((name for place, name in NAMES if place in side), OTHER) for side in sides]
    attrs = {str(key): value for key, value in table.attrs.items()}
    return tables.build("passages", rows.assign(repeat=named), **attrs)
