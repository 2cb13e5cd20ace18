"""Data frames: one article a row."""

from collections.abc import Iterator

import pandas as pd

from pastepot import errors
from pastepot.corpus.readers.rows import misfit, row_found
from pastepot.corpus.records import Found


def read_frame(frame: pd.DataFrame) -> Iterator[Found]:
    """Yield the articles of a data frame with a `text` column, and a problem for each row without text.

    >>> next(read_frame(pd.DataFrame({"text": ["The ferry sails."], "doc_id": ["a"]}))).doc_id
    'a'
    >>> next(read_frame(pd.DataFrame({"body": []})))
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: source lacks column 'text'; it has ['body']. Make it with one article a row.
    """
    errors.has_columns("source", frame, ["text"], made_by="one article a row")
    names = [str(name) for name in frame.columns]
    if wrong := misfit(names):
        raise errors.PastepotError(f"source must name each column once; {wrong}. Rename one of them.")
    for number, values in enumerate(frame.itertuples(index=False, name=None), start=1):
        yield from row_found(dict(zip(names, values, strict=True)), "(data frame)", f"row {number}", "frame")
