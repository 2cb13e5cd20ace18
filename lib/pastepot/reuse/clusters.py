"""Families: one passage with all its copies, and the blocks that are nobody's story."""

import numpy as np
import pandas as pd

from pastepot import errors, tables
from pastepot.corpus.corpus import Corpus, article_dates
from pastepot.reuse.passages import Level, passages, reuse
from pastepot.text.annotations import corpus_tokens, one_line, token_raw_offsets

NEEDED = ("doc_a", "start_a", "end_a", "doc_b", "start_b", "end_b", "family")
_MADE_BY = "pastepot.passages(corpus)"


def copies(corpus: Corpus, found: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the copies of each family: one span a row, by family, date and place.

    Parameters
    ----------
    corpus : Corpus
    found : table of passages, optional
        As `pastepot.passages` makes it, perhaps filtered; made with its defaults if not given.

    Notes
    -----
    Spans of one family that overlap in one article are one copy. `first` marks the copy with the earliest stated date,
    if it alone has it: the first that was published, which need not be the source.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> text = ["the ferry stays in port until the strike ends"] * 3
    >>> copies(read(pd.DataFrame({"text": text})))[["family", "doc_id", "start", "end", "first"]].values.tolist()
    [[0, 'row 1', 0, 45, False], [0, 'row 2', 0, 45, False], [0, 'row 3', 0, 45, False]]
    """
    table = checked_passages(corpus, found)
    sides = [table[["family", f"doc_{side}", f"start_{side}", f"end_{side}"]].to_numpy() for side in "ab"]
    spans = pd.DataFrame(np.concatenate(sides), columns=["family", "doc_id", "start", "end"])
    spans = spans.astype({"family": "int64", "start": "int64", "end": "int64"})
    merged = _merged(spans)
    place = [corpus.number(doc_id) for doc_id in merged["doc_id"]]
    merged["date"] = article_dates(corpus).to_numpy()[place]
    merged["outlet"] = [corpus.records[number].outlet for number in place]
    merged["first"] = _first(merged)
    ordered = merged.sort_values(["family", "date", "doc_id", "start"], kind="stable")
    return tables.build("copies", ordered, corpus=corpus.name)


def checked_passages(corpus: Corpus, found: pd.DataFrame | None) -> pd.DataFrame:
    """Return a table of passages that has what is needed."""
    table = passages(corpus) if found is None else found
    errors.has_columns("passages", table, NEEDED, made_by=_MADE_BY)
    return table


def _merged(spans: pd.DataFrame) -> pd.DataFrame:
    """Return spans of one family and article joined where they overlap."""
    ordered = spans.drop_duplicates().sort_values(["family", "doc_id", "start", "end"], ignore_index=True)
    group = ordered.groupby(["family", "doc_id"], sort=False)
    reached = group["end"].cummax().groupby([ordered["family"], ordered["doc_id"]]).shift(fill_value=-1)
    ordered["piece"] = (ordered["start"] >= reached).cumsum()
    return (
        ordered.groupby(["family", "doc_id", "piece"], sort=False)
        .agg(start=("start", "min"), end=("end", "max"))
        .reset_index()
        .drop(columns="piece")
    )


def _first(merged: pd.DataFrame) -> pd.Series:
    """Return which copy alone has the earliest date of its family, where every copy has one."""
    family = merged["family"]
    dated = merged["date"].notna().groupby(family).transform("all")
    earliest = merged["date"] == merged.groupby("family")["date"].transform("min")
    alone = earliest.groupby(family).transform("sum") == 1
    return dated & earliest & alone


def clusters(corpus: Corpus, found: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the families: one passage with all its copies a row, the most copies first.

    Parameters
    ----------
    corpus, found
        As for `pastepot.copies`.

    Notes
    -----
    `words` and `text` are those of the longest copy, of the earliest among equals. Dates are those that sources state.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> text = ["the ferry stays in port until the strike ends"] * 3
    >>> clusters(read(pd.DataFrame({"text": text})))[["family", "copies", "words", "text"]].values.tolist()
    [[0, 3, 9, 'the ferry stays in port until the strike ends']]
    """
    every = copies(corpus, found)
    every["length"] = every["end"] - every["start"]
    longest = every.sort_values(["family", "length"], ascending=[True, False], kind="stable").drop_duplicates("family")
    grouped = every.groupby("family")
    named = every[every["outlet"] != ""].groupby("family")["outlet"].nunique()
    spans = list(zip(longest["doc_id"].tolist(), longest["start"].tolist(), longest["end"].tolist(), strict=True))
    frame = pd.DataFrame(
        {
            "family": longest["family"].to_numpy(),
            "copies": grouped.size().to_numpy(),
            "outlets": named.reindex(longest["family"], fill_value=0).to_numpy(),
            "words": [_words(corpus, *span) for span in spans],
            "first_date": grouped["date"].min().to_numpy(),
            "last_date": grouped["date"].max().to_numpy(),
            "text": [_clean(corpus, *span) for span in spans],
        }
    )
    ordered = frame.sort_values(["copies", "words", "family"], ascending=[False, False, True], kind="stable")
    return tables.build("clusters", ordered, corpus=corpus.name)


def _clean(corpus: Corpus, doc_id: str, start: int, end: int) -> str:
    """Return the clean text of a raw span, on one line."""
    view = corpus.view(corpus.number(doc_id))
    return one_line(view.text[view.clean_position(start) : view.clean_position(end)])


def _words(corpus: Corpus, doc_id: str, start: int, end: int) -> int:
    """Return the number of words that begin inside a raw span."""
    first, last = words_between(corpus, doc_id, start, end)
    return last - first


def words_between(corpus: Corpus, doc_id: str, start: int, end: int) -> tuple[int, int]:
    """Return the first token of a raw span and the one after its last, counted over the corpus."""
    number, bounds = corpus.number(doc_id), corpus_tokens(corpus).bounds
    starts = token_raw_offsets(corpus)[0][bounds[number] : bounds[number + 1]]
    first, last = np.searchsorted(starts, [start, end])
    return int(bounds[number] + first), int(bounds[number] + last)


def boilerplate(corpus: Corpus, *, level: Level | None = None) -> pd.DataFrame:
    """Return the blocks that stand in so many articles that they are nobody's story: one place of a block a row.

    Notes
    -----
    After copies of whole articles are taken as one, a block is boilerplate if it stands in at least ten articles and
    two in a hundred, makes up under half of the words of most of them, and keeps its place, is short, or stands in more
    than a tenth of a large corpus. `rule` says which. Such blocks are not in `pastepot.passages`.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> len(boilerplate(read(pd.DataFrame({"text": ["The ferry sails."]}))))
    0
    """
    _, found = reuse(corpus, level=level or "passage")
    rows = found.boilerplate
    starts, ends = token_raw_offsets(corpus)
    names = np.array(corpus.doc_ids, dtype=object)
    start, end = starts[rows["first"]], ends[rows["last"] - 1]
    doc_ids = names[rows["doc"]]
    outlet = np.array([corpus.records[number].outlet for number in rows["doc"]], dtype=object)
    spans = zip(doc_ids.tolist(), start.tolist(), end.tolist(), strict=True)
    in_block = pd.Series(outlet).where(outlet != "").groupby(rows["block"]).nunique()
    frame = {
        "text": [_clean(corpus, *span) for span in spans],
        "words": rows["last"] - rows["first"],
        "articles": rows["articles"],
        "outlets": in_block.reindex(rows["block"]).to_numpy(),
        "doc_id": doc_ids,
        "start": start,
        "end": end,
        "rule": rows["rule"],
    }
    return tables.build("boilerplate", frame, corpus=corpus.name)
