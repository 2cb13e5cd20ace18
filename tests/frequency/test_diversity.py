"""Diversity by group against its definitions, text by text."""

import math
import tomllib
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from harbour import corpus_of, town
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom

from pastepot import tables
from pastepot.frequency.diversity import DRAWN, THRESHOLD, count_factors, diversity, vocabulary_growth
from pastepot.kernels import compile_kernel

ARTICLES = st.lists(st.lists(st.sampled_from("abcdefghij"), min_size=1, max_size=90), min_size=1, max_size=4)


def close(one: float, other: float) -> bool:
    return (math.isnan(one) and math.isnan(other)) or one == pytest.approx(other, abs=1e-6)


def one_way(text: list[str]) -> float:
    """Return MTLD in one direction, each ratio counted again."""
    factors, run = 0.0, []
    for word in text:
        run.append(word)
        if len(set(run)) / len(run) <= THRESHOLD:
            factors, run = factors + 1, []
    factors += (1 - len(set(run)) / len(run)) / (1 - THRESHOLD) if run else 0
    return len(text) / factors if factors else math.nan


def drawn(text: list[str]) -> float:
    """Return HD-D by the hypergeometric distribution."""
    if len(text) < DRAWN:
        return math.nan
    missed = [hypergeom.pmf(0, len(text), count, DRAWN) for count in Counter(text).values()]
    return sum(1 - chance for chance in missed) / DRAWN


@given(ARTICLES, st.integers(1, 30))
def test_each_article_s_measures_are_those_of_their_definitions(articles: list[list[str]], window: int):
    found = diversity(corpus_of([" ".join(words) for words in articles]), window=window)
    by_name = dict(zip(found["group"], found.itertuples(), strict=True))
    for number, words in enumerate(articles, start=1):
        row, n = by_name[f"row {number:0{len(str(len(articles)))}}"], len(words)
        windows = [words[start : start + window] for start in range(n - window + 1)] or [words]
        assert (row.tokens, row.types) == (n, len(set(words)))
        assert close(row.ttr, len(set(words)) / n)
        assert close(row.mattr, np.mean([len(set(each)) / len(each) for each in windows]))
        assert close(row.hd_d, drawn(words))
        assert close(row.mtld, (one_way(words) + one_way(words[::-1])) / 2)
        assert close(row.yule_k, 1e4 * (sum(count**2 for count in Counter(words).values()) - n) / n**2)


def test_groups_read_their_articles_one_after_the_other():
    found = diversity(corpus_of(["a b", "c", "a"], outlet=["x", "y", "x"]), by="outlet").set_index("group")
    assert found.loc["x", ["tokens", "types"]].tolist() == [3, 2]
    whole = diversity(town(), by=None)
    assert whole["group"].tolist() == ["data frame"]


def test_published_values_hold():
    cases = tomllib.loads((Path(__file__).parents[1] / "cases" / "terms_diversity.toml").read_text("utf-8"))["case"]
    for case in cases:
        row = diversity(corpus_of([case["text"]]), window=case.get("window", 100)).iloc[0]
        assert row[case["measure"]] == pytest.approx(case["expected"], abs=1e-6), case["label"]


def test_what_is_missing_has_a_reason():
    found = diversity(corpus_of(["…", "port", "a " * 50]))
    assert found["note"].tolist() == [
        "no counted words",
        "under 100 words: MATTR is the plain ratio; under 42 words: no HD-D; no word is repeated: no MTLD",
        "under 100 words: MATTR is the plain ratio",
    ]
    assert not np.isinf(found.select_dtypes("number").to_numpy(dtype=float)).any()


def test_the_compiled_kernel_is_the_plain_one():
    bounds = np.array([0, 0, 100, 399, 400])
    codes = np.random.default_rng(5).integers(0, 9, 400) + 9 * np.repeat(np.arange(4), np.diff(bounds))
    results = []
    for function in (count_factors, compile_kernel(count_factors)):
        factors = np.zeros(4)
        function(codes, bounds, np.full(36, -1), 0.72, factors)
        results.append(factors.tolist())
    assert results[0] == results[1]


def test_growth_counts_new_words_as_they_come():
    found = vocabulary_growth(corpus_of(["a b a", "c a d"]), points=3)
    assert found[["tokens", "types"]].to_numpy().tolist() == [[2, 2], [4, 3], [6, 4]]
    assert tuple(found.columns) == tables.TABLES["diversity"].columns


def test_growth_of_few_words_has_few_points_and_of_none_none():
    assert vocabulary_growth(corpus_of(["a"]), points=9)["tokens"].tolist() == [1]
    assert vocabulary_growth(corpus_of(["…"])).empty


@pytest.mark.parametrize(
    ("length", "note"),
    [(DRAWN - 1, "under 42 words: MATTR is the plain ratio; under 42 words: no HD-D"), (DRAWN, ""), (DRAWN + 1, "")],
)
def test_a_text_just_as_long_as_a_window_or_a_draw_is_long_enough(length: int, note: str):
    row = diversity(corpus_of(["a b " * (length // 2) + "a " * (length % 2)]), window=DRAWN).iloc[0]
    assert (row["tokens"], row["note"], math.isnan(row["hd_d"])) == (length, note, length < DRAWN)
