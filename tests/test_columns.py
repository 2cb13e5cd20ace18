"""What the registry says of each column is true with no, one and many rows, and without outlets, dates and word lists.

Read as data, a meaning promises: a range ("0 to 1"), a list of values, and whether a cell may be empty or missing.
"""

import contextlib
import re

import pandas as pd
import pytest
from odd_corpora import write

import pastepot as pp
from pastepot import tables
from pastepot.errors import PastepotError

HARBOUR = ("The ferry sails at noon.", "The ferry stays in port until the strike ends, said Mara Penn.")
COPIED = "the ferry stays in port until the strike ends"
FRAMES = {
    "few words": pd.DataFrame({"text": HARBOUR}),
    "one date": pd.DataFrame({"text": [COPIED] * 3, "date": ["2030-01-01", "", ""], "outlet": ["Gull", "", ""]}),
}
NAMES = (
    "one article",
    "an empty file",
    "two articles",
    "an outlet alone",
    "nothing left",
    "no word lists",
    "ten a side",
)

UNIT, SIGNED, FROM_0 = r"(?<!-)\b0 to 1\b", r"−1 to 1\b", r"from 0$"
LISTED = {
    "action": "drop|replace|label",
    "heading_part": "title|subheading",
    "part": "body|title|subheading|caption|credit|bio|turn_label|repeat",
    "voice": "reporter|quoted|mixed",
    "flag": "ok|continues|repaired_open|displaced_close|unclosed|stray",
    "quote_marks": "double|single",
    "signs": "same|both zero|one zero|opposite|no known word",
    "edit_kind": "verbatim|light|edited|heavy",
    "source_kind": "named|group|unnamed",
    "date_order": "earlier|later|same day|undated",
}


def all_tables(corpus):
    """Yield every table of a corpus that can be made, by its name in the registry."""
    found = {match: pp.passages(corpus, match=match) for match in ("exact", "fuzzy")}
    makers = [
        *(lambda maker=maker: maker(corpus) for maker in (
            pp.articles, pp.ledger, pp.rules, pp.problems, pp.sentences, pp.words, pp.quotations, pp.sources, pp.terms,
            pp.ngrams, pp.diversity, pp.headline_words, pp.sentiment, pp.sentiment_by, pp.boilerplate, pp.longest_match,
        )),
        *(lambda maker=maker, by=by: maker(corpus, by=by) for by in ("outlet", "month") for maker in (
            pp.terms, pp.ngrams, pp.diversity, pp.sentiment_by, pp.overlap,
        )),
        *(lambda maker=maker, rows=rows: maker(corpus, rows) for rows in found.values() for maker in (
            pp.clusters, pp.copies, pp.overlap, pp.internal_repeats,
        )),
        *(lambda rows=rows: rows for rows in found.values()),
        lambda: pp.concordance(corpus, "the"),
        lambda: pp.collocates(corpus, "the", min_joint=1),
        lambda: pp.targets(corpus, {"ferry": ["ferry"], "zeppelin": ["zeppelin"]}),
        lambda: pp.targets_by(corpus, {"ferry": ["ferry"], "zeppelin": ["zeppelin"]}, by="outlet"),
    ]  # fmt: skip
    refusing = [
        lambda: pp.trends(corpus, ["the", "zeppelin"]),
        *(lambda target=target: pp.keyness(corpus, target=target) for target in (
            {"doc_id": corpus.doc_ids[0]}, {"outlet": "Gazette"},
        )),
    ]  # fmt: skip
    yield from (make() for make in makers)
    for make in refusing:  # without dates there is no trend, and without a second side no comparison
        with contextlib.suppress(PastepotError):
            yield make()


def broken_promises(frame):
    """Return the columns of a table of which the registry's meaning is not so, each with the reason."""
    found = []
    for name in set(tables.COLUMNS).intersection(frame.columns):
        column, meaning = frame[name], tables.COLUMNS[name].meaning
        blank = column.isna() | column.eq("")
        values = column[~blank]
        if blank.any() and not re.search(r"\b(?:empty|missing)\b", meaning):
            found.append((name, "has blank cells"))
        numbers = values if pd.api.types.is_numeric_dtype(values) else values.head(0)
        for low, pattern in ((-1, SIGNED), (0, UNIT)):
            if re.search(pattern, meaning) and not numbers.between(low, 1).all():
                found.append((name, f"is not within {low} and 1"))
        if re.search(FROM_0, meaning) and (numbers < 0).any():
            found.append((name, "is below 0"))
        if name in LISTED and not set(values) <= set(LISTED[name].split("|")):
            found.append((name, f"has other values: {sorted(set(values))}"))
        why = re.search(r"missing where the ((?:note|reason)(?: or (?:note|reason))?) says why", meaning)
        columns = [part for part in why[1].split(" or ") if part in frame.columns] if why else []
        if columns and frame.loc[blank, columns].eq("").all(axis=1).any():
            found.append((name, "is missing without a word"))
    return found


@pytest.fixture(scope="module", params=[*NAMES, *FRAMES])
def made(request, tmp_path_factory):
    """Return every table of one corpus."""
    name = request.param
    source = FRAMES[name] if name in FRAMES else write(name, tmp_path_factory.mktemp("columns"))
    return list(all_tables(pp.read(source)))


def test_every_column_is_as_the_registry_says(made):
    assert [(frame.attrs["table"], *found) for frame in made for found in broken_promises(frame)] == []


def test_the_lists_of_values_are_those_of_the_registry():
    for name, values in LISTED.items():
        assert all(value in tables.COLUMNS[name].meaning for value in values.split("|")), name


def test_each_copy_is_first_only_where_all_are_dated_and_it_alone_is_earliest(made):
    for frame in made:
        if frame.attrs["table"] == "copies":
            for _, rows in frame.groupby("cluster"):
                alone = rows["date"].notna().all() and (rows["date"] == rows["date"].min()).sum() == 1
                assert rows["is_first"].tolist() == [alone and day == rows["date"].min() for day in rows["date"]]


@pytest.mark.parametrize(
    ("table", "column", "value", "reason"),
    [
        ("overlap", "share_of_a", 1.5, "is not within 0 and 1"),
        ("overlap", "group_a", "", "has blank cells"),
        ("passages", "edit_kind", "free", "has other values: ['free']"),
        ("sentiment", "vader", -2.0, "is not within -1 and 1"),
        ("sentiment", "vader", None, "is missing without a word"),
    ],
)
def test_a_broken_promise_is_seen(table, column, value, reason):
    corpus = pp.read(FRAMES["one date"])
    frame = {"overlap": pp.overlap, "passages": pp.passages, "sentiment": pp.sentiment}[table](corpus)
    assert broken_promises(frame) == []
    assert (column, reason) in broken_promises(frame.assign(**{column: value}))
