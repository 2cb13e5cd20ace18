"""Every table of three corpora stays as it is, column by column: tests/cases/snapshot.toml holds their digests.

`python tests/test_snapshot.py > snapshot.toml` prints that file anew. A digest shows that a column changed, not how:
keep a change only with its reason in docs/decisions.md.
"""

import hashlib
import importlib.util
import json
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pytest

import pastepot as pp
from pastepot.frequency.counts import dtm
from pastepot.frequency.diversity import vocabulary_growth

HOUSE = Path(__file__).resolve().parents[1]
SHARED = HOUSE.parent / "shared"
SNAPSHOT = HOUSE / "tests" / "cases" / "snapshot.toml"
OUTLETS = ("North", "South", "East", "West")
"""The planted documents have no outlet, so these are dealt out in turn: some passages cross outlets, some do not."""

Digests = dict[str, dict[str, int | str]]


class Case(NamedTuple):
    """How a corpus is read, and what is asked of it: two words, two targets, how `passages` match."""

    read: Callable[[], pp.Corpus]
    words: tuple[str, str]
    targets: Mapping[str, str]
    matches: tuple[str, ...]


def planted() -> pp.Corpus:
    """Return 500 news articles into which the maker of the benchmark has planted passages and a footer."""
    path = HOUSE / "benchmarks" / "reuse_bench.py"
    spec = importlib.util.spec_from_file_location("reuse_bench", path)
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    with tempfile.TemporaryDirectory() as folder:
        prefix = Path(folder) / "set"
        wanted = ["--n", 500, "--seed", 4, "--boiler", 0.05]
        bench.make_set(SHARED / "bench", SHARED / "data" / "reuters.jsonl.gz", wanted, prefix)
        lines = Path(f"{prefix}.docs.jsonl").read_text(encoding="utf-8").splitlines()
    frame = pd.DataFrame([json.loads(line) for line in lines]).drop(columns="series")
    frame["outlet"] = [OUTLETS[place % len(OUTLETS)] for place in range(len(frame))]
    # Dropped, the footer would leave the table of boilerplate empty.
    return pp.read(frame, label=["boilerplate", "copyright"], name="planted")


CASES = {
    "teaching": Case(
        lambda: pp.read(HOUSE / "seeds" / "teaching"),
        ("ferry", "union"),
        {"Isles Line": "Isles Line", "the union": "union"},
        ("exact", "fuzzy", "ocr"),
    ),
    "articles": Case(
        lambda: pp.read(SHARED / "seeds"),
        ("putin", "wagner"),
        {"Putin": "Putin", "Wagner": "Wagner"},
        ("exact", "fuzzy"),
    ),
    "planted": Case(planted, ("bank", "oil"), {"Japan": "Japan", "the bank": "bank"}, ("exact", "fuzzy")),
}


# --- the tables -----------------------------------------------------------------------


def tables(case: Case) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield each table under the name that it has in the file; an option that changes much has a table of its own."""
    corpus = case.read()
    for name in (
        "articles",
        "ledger",
        "rules",
        "problems",
        "sentences",
        "words",
        "quotations",
        "attributions",
        "sources",
    ):
        yield name, getattr(pp, name)(corpus)
    yield "words_split", pp.words(corpus, clitics="split", hyphens="keep")
    yield from frequency(corpus, case)
    yield from tone(corpus, case)
    yield from reuse(corpus, case)


def frequency(corpus: pp.Corpus, case: Case) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the tables that count words."""
    node, _ = case.words
    outlet = by_size(corpus)[0]
    yield "terms", pp.terms(corpus)
    yield "terms_by", pp.terms(corpus, by="outlet", tf_idf="tidy", stop_lists="function")
    yield "terms_stems", pp.terms(corpus, group="stem", parts="all", reprints="once", passages=pp.passages(corpus))
    yield "dtm", counts(dtm(corpus))
    yield "ngrams", pp.ngrams(corpus, n=[2, 3])
    yield "ngrams_by", pp.ngrams(corpus, by="outlet", within="sentence", min_count=2)
    yield "concordance", pp.concordance(corpus, node)
    yield "concordance_sorted", pp.concordance(corpus, f"{node}*", sort="1R 2R")
    yield "collocates", pp.collocates(corpus, node)
    yield "keyness", pp.keyness(corpus, target={"outlet": outlet})
    yield "diversity", pp.diversity(corpus, by="outlet")
    yield "diversity_by_article", pp.diversity(corpus)
    yield "vocabulary_growth", vocabulary_growth(corpus)
    yield "headline_words", pp.headline_words(corpus)
    if pp.articles(corpus)["date"].notna().any():
        yield "trends", pp.trends(corpus, list(case.words))
        yield "trends_by_week", pp.trends(corpus, period="week")


def tone(corpus: pp.Corpus, case: Case) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the tables of tone."""
    largest, second = by_size(corpus)[:2]
    scores = pp.sentiment(corpus)
    sheet = pp.coding_sheet(corpus, size=100, seed=7)
    coders = {name: sheet.assign(label=[(k * step) % 3 - 1 for k in range(len(sheet))]) for name, step in CODERS}
    yield "sentiment", scores
    yield "sentiment_quoted", pp.sentiment(corpus, voice="quoted")
    yield "sentiment_by", pp.sentiment_by(corpus)
    yield "sentiment_by_outlet", pp.sentiment_by(corpus, by="outlet")
    yield "targets", pp.targets(corpus, case.targets)
    yield "targets_by", pp.targets_by(corpus, case.targets)
    yield "word_shift", pp.word_shift(corpus, a=largest, b=second)
    yield "coding_sheet", sheet
    yield "agreement", pp.agreement(pp.read_coding_sheets(coders), scores)


CODERS = (("Mara", 1), ("Teo", 4), ("Ines", 5))
"""Made-up coders: Mara and Teo label alike, Ines otherwise."""


def reuse(corpus: pp.Corpus, case: Case) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the tables of duplicate passages."""
    for match in case.matches:
        yield f"passages_{match}", pp.passages(corpus, match=match)
    for name in ("clusters", "copies", "boilerplate", "overlap", "internal_repeats", "longest_match"):
        yield name, getattr(pp, name)(corpus)
    yield "overlap_by", pp.overlap(corpus, by="outlet")


def counts(dtm: Any) -> pd.DataFrame:  # noqa: ANN401 (its class is not public)
    """Return a document-term matrix as one count a row."""
    cells = dtm.matrix.tocoo()
    names = {"doc_id": pd.Index(dtm.doc_ids)[cells.row], "term": pd.Index(dtm.terms)[cells.col]}
    return pd.DataFrame({**names, "count": cells.data}).sort_values(["doc_id", "term"], kind="stable")


def by_size(corpus: pp.Corpus) -> list[str]:
    """Return the outlets, the one with most words first."""
    words = pp.articles(corpus).groupby("outlet")["words"].sum()
    return list(words.sort_values(ascending=False, kind="stable").index)


# --- their digests --------------------------------------------------------------------


def written(value: Any) -> str:  # noqa: ANN401 (whatever stands in a table)
    """Return a value as it is digested: the same on every machine, whatever type the column has."""
    if isinstance(value, pd.Timestamp):
        return value.isoformat()
    return f"{value + 0.0:.9g}" if isinstance(value, float) else str(value)


def digest(column: "pd.Series[Any]") -> str:
    """Return 16 hex digits that stand for a column's values in their order."""
    values = ["~" if missing else written(value) for value, missing in zip(column, column.isna(), strict=True)]
    return hashlib.sha256("\x1f".join(values).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def digests(case: Case) -> Digests:
    """Return the number of rows and each column's digest, by table."""
    return {
        name: {"rows": len(frame), **{column: digest(frame[column]) for column in frame}}
        for name, frame in tables(case)
    }


def differences(corpus: str, before: Digests, now: Digests) -> list[str]:
    """Return in words what differs, each with its corpus, table and column."""
    return [
        f"{corpus}.{table} {column}: on file {before.get(table, {}).get(column, 'nothing')},"
        f" now {now.get(table, {}).get(column, 'nothing')}"
        for table in sorted({*before, *now})
        for column in sorted({*before.get(table, {}), *now.get(table, {})})
        if before.get(table, {}).get(column) != now.get(table, {}).get(column)
    ]


def main() -> None:
    """Print the file anew."""
    sys.stdout.write("# The tables of three corpora as digests; tests/test_snapshot.py says how they are made.\n")
    for corpus, case in CASES.items():
        for table, found in digests(case).items():
            lines = (f"{column} = {json.dumps(value)}\n" for column, value in found.items())
            sys.stdout.write(f"\n[{corpus}.{table}]\n{''.join(lines)}")


# --- tests ----------------------------------------------------------------------------


@pytest.mark.parametrize("corpus", CASES)
def test_no_table_has_changed(corpus, request):
    if corpus != "teaching":
        request.getfixturevalue("shared")
    on_file = tomllib.loads(SNAPSHOT.read_text(encoding="utf-8"))[corpus]
    changed = differences(corpus, on_file, digests(CASES[corpus]))
    assert not changed, "\n".join(changed)


def test_a_change_is_named_with_its_table_and_column():
    before = {"terms": {"rows": 2, "term": "aa", "count": "bb"}}
    now = {"terms": {"rows": 2, "term": "aa", "hits": "bb"}}
    assert differences("port", before, before) == []
    assert differences("port", before, now) == [
        "port.terms count: on file bb, now nothing",
        "port.terms hits: on file nothing, now bb",
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ([1, 2], [2, 1], False),
        ([0.1 + 0.2], [0.3], True),
        ([0.30000001], [0.3], False),
        ([-0.0], [0], True),
        ([1, None], pd.array([1, None], dtype="Int64"), True),
        ([""], [None], False),
        (["ab", "c"], ["a", "bc"], False),
    ],
)
def test_a_digest_holds_values_and_order_but_not_the_type_or_the_last_bits(one, other, same):
    assert (digest(pd.Series(one)) == digest(pd.Series(other))) is same


if __name__ == "__main__":
    main()
