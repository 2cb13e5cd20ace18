"""Clusters: one passage with all its copies; who shares words with whom; repeats in one article; and boilerplate."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pastepot import errors, tables
from pastepot.corpus.corpus import NO_GROUP, Corpus, article_dates, article_groups
from pastepot.corpus.ledger import CleanText
from pastepot.reuse.passages import Match, choose_match, passages, reuse_of_tokens
from pastepot.reuse.shingles import Ints
from pastepot.text.annotations import PARTS, annotations, find_tokens, one_line
from pastepot.wording import list_words

NEEDED = ("doc_a", "start_a", "end_a", "doc_b", "start_b", "end_b", "cluster")
REPEATS = (("title", "headline echo"), ("caption", "caption echo"))
"""What a repeat is called if one of its sides begins in this part; the first that fits, else repeated."""


def check_passages(corpus: Corpus, table: pd.DataFrame | None) -> pd.DataFrame:
    """Return a table of passages that has the columns needed, made with its defaults if none is given."""
    checked = passages(corpus) if table is None else table
    errors.has_columns("table", checked, NEEDED, made_by="pastepot.passages(corpus)")
    return checked


def span_texts(views: Sequence[CleanText], articles: Ints, starts: Ints, ends: Ints) -> list[str]:
    """Return the clean text of raw spans, each on one line."""
    rows = zip(articles.tolist(), starts.tolist(), ends.tolist(), strict=True)
    return [
        one_line(views[number].text[views[number].clean_position(start) : views[number].clean_position(end)])
        for number, start, end in rows
    ]


def article_numbers(corpus: Corpus, doc_ids: pd.Series) -> Ints:
    """Return the number of each article in the corpus."""
    codes, names = pd.factorize(doc_ids)
    return np.array([corpus.number(name) for name in names], dtype=np.int64)[codes]


def copies(corpus: Corpus, table: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the copies of each cluster: one span a row, by cluster, date and place.

    Parameters
    ----------
    corpus : Corpus
    table : table of passages, optional
        As `pastepot.passages` makes it, perhaps filtered; made with its defaults if not given.

    Notes
    -----
    Spans of one cluster that overlap in one article are one copy. `is_first` marks the copy with the earliest stated
    date, if it alone has it: the first that was published, which need not be the source.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["the ferry stays in port until the strike ends"] * 3}))
    >>> copies(corpus)[["cluster", "doc_id", "start", "end", "is_first"]].values.tolist()
    [[0, 'row 1', 0, 45, False], [0, 'row 2', 0, 45, False], [0, 'row 3', 0, 45, False]]
    """
    pairs = check_passages(corpus, table)
    names = ["cluster", "doc_id", "start", "end"]
    sides = [pairs[["cluster", f"doc_{side}", f"start_{side}", f"end_{side}"]].set_axis(names, axis=1) for side in "ab"]
    spans = merge_spans(pd.concat(sides, ignore_index=True))
    article = article_numbers(corpus, spans["doc_id"])
    spans["date"] = article_dates(corpus).to_numpy()[article]
    spans["outlet"] = np.array([record.outlet for record in corpus.records], dtype=object)[article]
    # The copy that alone has the earliest date of its cluster, where every copy has one.
    cluster = spans["cluster"]
    dated = spans["date"].notna().groupby(cluster).transform("all")
    earliest = spans["date"] == spans.groupby("cluster")["date"].transform("min")
    spans["is_first"] = dated & earliest & (earliest.groupby(cluster).transform("sum") == 1)
    ordered = spans.sort_values(["cluster", "date", "doc_id", "start"], kind="stable")
    return tables.build("copies", ordered, corpus=corpus.name)


def merge_spans(spans: pd.DataFrame) -> pd.DataFrame:
    """Return spans of one cluster and article joined where they overlap."""
    ordered = spans.drop_duplicates().sort_values(["cluster", "doc_id", "start", "end"], ignore_index=True)
    keys = [ordered["cluster"], ordered["doc_id"]]
    # A span begins a new copy where it starts behind all that came before it in its article.
    reached = ordered.groupby(keys)["end"].cummax().groupby(keys).shift(fill_value=-1)
    copy = (ordered["start"] >= reached).cumsum().rename("copy")
    merged = ordered.groupby([*keys, copy], sort=False).agg(start=("start", "min"), end=("end", "max"))
    return merged.reset_index().drop(columns="copy")


def clusters(corpus: Corpus, table: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the clusters: one passage with all its copies a row, the most copies first.

    Parameters
    ----------
    corpus, table
        As for `pastepot.copies`.

    Notes
    -----
    `words` and `text` are those of the longest copy, of the earliest among equals. Dates are those that sources state.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["the ferry stays in port until the strike ends"] * 3}))
    >>> clusters(corpus)[["cluster", "copies", "words", "text"]].values.tolist()
    [[0, 3, 9, 'the ferry stays in port until the strike ends']]
    """
    spans = copies(corpus, table)
    length = spans["end"] - spans["start"]
    longest = spans.loc[length.groupby(spans["cluster"]).idxmax()]
    article = article_numbers(corpus, longest["doc_id"])
    start, end = longest["start"].to_numpy(), longest["end"].to_numpy()
    first, last = (find_tokens(annotations(corpus), article, edge) for edge in (start, end))
    named = spans.assign(outlet=spans["outlet"].where(spans["outlet"] != ""))
    frame = named.groupby("cluster", as_index=False).agg(
        copies=("start", "size"), outlets=("outlet", "nunique"), first_date=("date", "min"), last_date=("date", "max")
    )
    frame = frame.assign(words=last - first, text=span_texts(corpus.views, article, start, end))
    frame = frame.sort_values(["copies", "words", "cluster"], ascending=[False, False, True], kind="stable")
    return tables.build("clusters", frame, corpus=corpus.name)


def overlap(corpus: Corpus, table: pd.DataFrame | None = None, *, by: str = "doc_id") -> pd.DataFrame:
    """Return how much of each article occurs in each other one: an ordered pair a row, only pairs that share words.

    The share is the field's *containment*, which has a direction.

    Parameters
    ----------
    corpus : Corpus
    table : table of passages, optional
        As `pastepot.passages` makes it; made with its defaults if not given.
    by : str
        ``doc_id``, ``outlet``, or another column of `pastepot.articles` (or ``month``, ``week``): then a and b are
        groups of articles, and passages inside a group don't count.

    Returns
    -------
    DataFrame
        group_a, group_b, words_shared, share_of_a. The table is not symmetric: a long article may contain a short one
        whole. One minus the share of an article in all others is not its share of original work: others may have
        taken it.

    References
    ----------
    A. Z. Broder (1997): On the resemblance and containment of documents. Compression and Complexity of Sequences.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> line = "the ferry stays in port until the strike ends"
    >>> overlap(read(pd.DataFrame({"text": [line, line + " said the board that day again"]}))).values.tolist()
    [['row 1', 'row 2', 9, 1.0], ['row 2', 'row 1', 9, 0.6]]
    """
    known, passed = annotations(corpus), check_passages(corpus, table)
    labels, group = article_groups(corpus, by)
    words = np.bincount(group, weights=np.diff(known.tokens.bounds), minlength=len(labels))
    article = {side: article_numbers(corpus, passed[f"doc_{side}"]) for side in "ab"}
    sides = []
    for one, other in ("ab", "ba"):
        first, last = (find_tokens(known, article[one], passed[f"{edge}_{one}"]) for edge in ("start", "end"))
        sides.append(pd.DataFrame({"a": group[article[one]], "b": group[article[other]], "start": first, "end": last}))
    spans = pd.concat(sides, ignore_index=True).query("a != b").sort_values(["a", "b", "start", "end"])
    # Each word of a counts once: a span adds only what lies behind the spans before it.
    keys = [spans["a"], spans["b"]]
    reached = spans.groupby(keys)["end"].cummax().groupby(keys).shift(fill_value=0)
    spans["words_shared"] = (spans["end"] - np.maximum(spans["start"], reached)).clip(lower=0)
    shared = spans.groupby(["a", "b"], as_index=False)["words_shared"].sum()
    shared["share_of_a"] = tables.numbers(shared["words_shared"] / np.maximum(words[shared["a"]], 1), 6)
    names = np.array(labels, dtype=object)
    frame = shared.assign(group_a=names[shared["a"]], group_b=names[shared["b"]]).drop(columns=["a", "b"])
    apart = pd.Series(labels, dtype=object).drop(shared["a"].unique()).replace(NO_GROUP, f"articles without {by}")
    matched = " ".join(["no", *filter(None, [passed.attrs.get("settings", {}).get("match")]), "passage"])
    alone = f"Sharing {matched} with another: {list_words(apart)}." if len(apart) else ""
    note = " ".join(filter(None, [str(passed.attrs.get("note", "")), alone]))
    return tables.build("overlap", frame, corpus=corpus.name, note=note, settings={"by": by})


def internal_repeats(corpus: Corpus, table: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the passages that one article contains twice, as rows of `pastepot.passages` under a name.

    Parameters
    ----------
    corpus, table
        As for `pastepot.overlap`.

    Returns
    -------
    DataFrame
        `repeat` is ``headline echo`` or ``caption echo`` if one side begins in a title or caption, else
        ``repeated``: a long one may be an assembly or scraping fault; ask the publisher. Then the columns of
        `passages`.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> line = "The ferry stays in port until the strike ends, said the board."
    >>> corpus = read(pd.DataFrame({"text": [f"{line} {line}", line]}))
    >>> internal_repeats(corpus)[["repeat", "start_a", "start_b"]].values.tolist()
    [['repeated', 0, 63]]
    >>> len(internal_repeats(read(pd.DataFrame({"text": [line, line]}))))
    0
    """
    known, passed = annotations(corpus), check_passages(corpus, table)
    rows = passed[passed["doc_a"] == passed["doc_b"]].reset_index(drop=True)
    article = article_numbers(corpus, rows["doc_a"])
    # One part more, for a place behind the last token.
    parts = np.array([*PARTS, ""])[np.append(known.token_parts, len(PARTS))]
    begins = [parts[find_tokens(known, article, rows[f"start_{side}"])] for side in "ab"]
    in_part = [(begins[0] == part) | (begins[1] == part) for part, _ in REPEATS]
    named = np.select(in_part, [name for _, name in REPEATS], "repeated")
    attrs = {str(key): value for key, value in passed.attrs.items()} | {"caption": ""}
    return tables.build("internal_repeats", rows.assign(repeat=named), **attrs)


def boilerplate(corpus: Corpus, *, match: Match | None = None) -> pd.DataFrame:
    """Return the blocks that so many articles contain that they are no story: one place of a block a row.

    Notes
    -----
    After copies of whole articles are taken as one, a block is boilerplate if it occurs in at least ten articles and
    two in a hundred, makes up under half of the words of most of them, and keeps its place, is short, or occurs in more
    than a tenth of a large corpus. `rule` says which. Such blocks are not in `pastepot.passages`.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> len(boilerplate(read(pd.DataFrame({"text": ["The ferry sails."]}))))
    0
    """
    known = annotations(corpus)
    rows = reuse_of_tokens(known.tokens, choose_match(match or "fuzzy", len(corpus))).boilerplate
    starts, ends = known.token_raw_offsets
    article, start, end = rows["doc"].to_numpy(), starts[rows["first"]], ends[rows["last"] - 1]
    outlet = pd.Series(np.array([record.outlet for record in corpus.records], dtype=object)[article])
    outlets = outlet.where(outlet != "").groupby(rows["block"]).nunique()
    frame = {
        "text": span_texts(corpus.views, article, start, end),
        "words": rows["last"] - rows["first"],
        "articles": rows["articles"],
        "outlets": outlets.reindex(rows["block"]).to_numpy(),
        "doc_id": np.array(corpus.doc_ids, dtype=object)[article],
        "start": start,
        "end": end,
        "rule": rows["rule"],
    }
    return tables.build("boilerplate", frame, corpus=corpus.name)
