"""Keyness: published values, SciPy's test by article, and silence where articles are too few."""

import random

import numpy as np
import pytest
from harbour import corpus_of, town
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control, mannwhitneyu

from pastepot import formulas, tables
from pastepot.errors import PastepotError
from pastepot.frequency.counts import dtm, terms
from pastepot.frequency.keyness import keyness, mann_whitney_p

WORDS = ["ferry", "port", "strike", "crane", "union", "gull", "pier", "the", "a"]


def two_outlets(articles: int = 12):
    """Return a corpus of so many articles an outlet, one of which loves the strike."""
    chance = random.Random(7)  # noqa: S311 (a fixture, not a secret)
    texts = []
    for number in range(2 * articles):
        weights = [3, 3, 6 if number < articles else 1, 1, 2, 1, 1, 9, 6]
        texts.append(" ".join(chance.choices(WORDS, weights, k=chance.randrange(20, 60))))
    texts[0] += " bollard"
    texts[-1] += " capstan capstan"
    return corpus_of(texts, outlet=["Gazette"] * articles + ["Post"] * articles)


def test_numbers_are_those_of_the_formulas_and_of_scipy():
    corpus = two_outlets()
    found = keyness(corpus, target={"outlet": "Gazette"}, lrc=True)
    counts = terms(corpus, by="outlet").pivot_table(index="term", columns="outlet", values="count", fill_value=0)
    c, d = counts.sum()
    a, b = (counts.loc[found["term"], outlet].to_numpy() for outlet in ("Gazette", "Post"))
    assert found["count_target"].tolist() == a.tolist()
    assert np.allclose(found["rate_reference"], b * 1000 / d, atol=1e-6)
    assert np.allclose(found["g2"], formulas.g2(a, b, c, d), atol=1e-6)
    assert np.allclose(found["log_ratio"], formulas.log_ratio(a, b, c, d), atol=1e-6)
    assert np.allclose(found[["low", "high"]], np.transpose(formulas.log_ratio_ci(a, b, c, d)), atol=1e-6)
    assert np.allclose(found["p_adjusted"], false_discovery_control(formulas.p_value(formulas.g2(a, b, c, d))))
    assert np.allclose(found["lrc"], formulas.lrc(a, b, c, d, tests=len(found)), atol=1e-6)
    assert found.attrs["family"] == len(found)
    assert f"a family of {len(found)} terms" in tables.describe_table(found)


def test_the_test_by_article_is_scipy_s():
    corpus = two_outlets()
    matrix = dtm(corpus)
    rates = matrix.matrix.toarray() / matrix.matrix.toarray().sum(axis=1, keepdims=True)
    target = np.array([record.outlet == "Gazette" for record in corpus.records])
    for row in keyness(corpus, target={"outlet": "Gazette"}).itertuples():
        rate = rates[:, matrix.terms.index(row.term)]
        expected = mannwhitneyu(rate[target], rate[~target], method="asymptotic").pvalue
        assert row.p_by_article == pytest.approx(expected, abs=1e-9), row.term


def test_unevenness_is_that_of_all_articles_of_both_sides():
    corpus = two_outlets()
    spread = terms(corpus).set_index("term")["dp"]
    found = keyness(corpus, target={"outlet": "Post"}).set_index("term")["dp"]
    assert np.allclose(found, spread[found.index], atol=1e-6)


def test_words_of_the_reference_alone_come_with_a_negative_sign():
    found = keyness(two_outlets(), target={"outlet": "Gazette"}).set_index("term")
    assert found.loc["capstan", "log_ratio"] < 0 < found.loc["bollard", "log_ratio"]
    assert found.loc["capstan", "note"] == "not in the target, 0 counted as 0.5"
    assert found.loc["bollard", "note"] == "not in the reference, 0 counted as 0.5"
    assert (np.diff(np.sign(found["log_ratio"])) <= 0).all()


def test_swapping_the_sides_turns_the_signs():
    corpus = two_outlets()
    one = keyness(corpus, target={"outlet": "Gazette"}).set_index("term")
    other = keyness(corpus, target={"outlet": "Post"}, reference={"outlet": "Gazette"}).set_index("term").loc[one.index]
    assert np.allclose(one["log_ratio"], -other["log_ratio"])
    assert np.allclose(one[["g2", "p_by_article", "p_adjusted"]], other[["g2", "p_by_article", "p_adjusted"]])


@pytest.mark.parametrize(("articles", "tested"), [(9, False), (10, True)])
def test_below_ten_articles_a_side_there_are_counts_rates_and_differences_only(articles: int, tested: bool):  # noqa: FBT001 (a case)
    found = keyness(two_outlets(articles), target={"outlet": "Gazette"}, lrc=True)
    silent = ["g2", "p_adjusted", "low", "high", "p_by_article", "lrc"]
    assert bool(found[silent].notna().any().any()) is tested
    assert found[["count_target", "rate_target", "log_ratio", "dp"]].notna().all().all()
    assert found["note"].str.startswith("9 and 9 articles: too few for a test").all() is not tested or tested
    assert ("they don't sample outlets" in tables.describe_table(found)) is not tested


def test_a_target_too_short_to_expect_a_hit_has_no_ratio_and_says_why():
    texts = ["ferry pier", " ".join(["crane"] * 5 + ["pier"] * 300)]
    row = keyness(corpus_of(texts, outlet=["A", "B"]), target={"outlet": "A"}).set_index("term").loc["crane"]
    assert np.isnan(row["log_ratio"])
    assert row["note"].endswith("not in the target, which is too short to expect it")


def test_a_side_without_words_gives_a_table_with_notes():
    found = keyness(corpus_of(["…", "a port"], outlet=["A", "B"]), target={"outlet": "A"})
    assert found["note"].str.contains("the target has no counted words").all()
    assert not np.isinf(found.select_dtypes("number").to_numpy(dtype=float)).any()
    assert found["rate_target"].tolist() == [0, 0]


def test_guards_decide_the_family():
    found = keyness(two_outlets(), target={"outlet": "Gazette"}, min_count=3, min_docs=2)
    assert not {"bollard", "capstan"} & set(found["term"])
    assert found.attrs["family"] == len(found) == len(WORDS)


@given(st.integers(2, 12), st.integers(2, 12), st.integers(0, 10_000))
def test_ranks_of_the_articles_with_a_term_give_the_p_of_scipy(first: int, second: int, seed: int):
    chance = np.random.default_rng(seed)
    rates = np.where(chance.random((first + second, 8)) < 0.6, chance.integers(1, 5, (first + second, 8)) / 7, 0)
    article, term = np.nonzero(rates)
    ours = mann_whitney_p(term, rates[article, term], article < first, 8, (first, second))
    with np.errstate(invalid="ignore"):
        theirs = mannwhitneyu(rates[:first], rates[first:], axis=0, method="asymptotic").pvalue
    varied = rates.min(axis=0) < rates.max(axis=0)
    assert np.isnan(ours[~varied]).all()
    np.testing.assert_allclose(ours[varied], theirs[varied], rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"target": {"outlet": "Gazete"}},
            (
                "target has no article with outlet 'Gazete'; articles have '(none)', 'Gazette' and 'Post'. "
                "Did you mean 'Gazette'?"
            ),
        ),
        (
            {"target": {"outlet": "Post"}, "reference": {"month": "2024-04"}},
            "target and reference must not share articles; 1 article is in both.",
        ),
        (
            {"target": {"outlet": ["Gazette", "Post", "(none)"]}},
            "reference has no article: the target is the whole corpus. Choose a smaller target.",
        ),
        (
            {"target": {"outlet": "Post", "month": "2024-03"}},
            "target has no article that meets all of {'outlet': 'Post', 'month': '2024-03'}.",
        ),
        ({"target": "Post"}, "target must be columns of articles and their values, as {'outlet': 'A'}; got 'Post'."),
    ],
)
def test_a_selector_that_cannot_be_met_is_explained(options: dict[str, object], message: str):
    with pytest.raises(PastepotError) as caught:
        keyness(town(), **options)
    assert str(caught.value) == message


@pytest.mark.parametrize(("min_docs", "kept"), [(2, True), (3, True), (4, False)])
def test_articles_of_neither_side_do_not_help_a_term_over_the_least_number_of_articles(min_docs, kept):
    texts = ["a strike", "a strike", "a strike", "a gull", "a strike", "a strike"]
    corpus = corpus_of(texts, outlet=["Gazette", "Gazette", "Post", "Post", "Wire", "Wire"])
    found = keyness(corpus, target={"outlet": "Gazette"}, reference={"outlet": "Post"}, min_docs=min_docs)
    assert ("strike" in found["term"].tolist()) is kept


@pytest.mark.parametrize(("min_count", "kept"), [(3, True), (4, True), (5, False)])
def test_hits_of_neither_side_do_not_help_a_term_over_the_least_count(min_count, kept):
    corpus = corpus_of(["strike strike strike", "a strike", "strike"], outlet=["Gazette", "Post", "Wire"])
    found = keyness(corpus, target={"outlet": "Gazette"}, reference={"outlet": "Post"}, min_count=min_count)
    assert ("strike" in found["term"].tolist()) is kept


def test_unevenness_leaves_articles_of_neither_side_out():
    texts = ["port port", "port pier", "rope rope rope rope"]
    corpus = corpus_of(texts, outlet=["Gazette", "Post", "Wire"])
    found = keyness(corpus, target={"outlet": "Gazette"}, reference={"outlet": "Post"}).set_index("term")["dp"]
    # Each side has half of the words. Of port, one has 2 of 3: (1/6 + 1/6) / 2. Of pier, one has all: (1/2 + 1/2) / 2.
    assert found[["port", "pier"]].tolist() == pytest.approx([1 / 6, 1 / 2], abs=1e-6)
