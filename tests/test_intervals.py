"""An interval holds the truth about as often as it says, and there is none where articles are too few."""

import math

import numpy as np
import pytest

from pastepot.errors import PastepotError
from pastepot.formulas import FEWEST_ARTICLES, MOST_UNITS, bootstrap_mean

NORMAL_95 = 1.959964


def sentiment(rng: np.random.Generator, articles: int) -> tuple[np.ndarray, np.ndarray, float]:
    """Return sums of sentence scores, numbers of sentences, and the true mean."""
    sentences = np.maximum(1, rng.lognormal(3, 0.6, articles).round())
    scores = sentences * rng.normal(0.1, 0.2, articles) + rng.normal(0, 0.35, articles) * np.sqrt(sentences)
    return scores, sentences, 0.1


def rate(rng: np.random.Generator, articles: int) -> tuple[np.ndarray, np.ndarray, float]:
    """Return clumped hits (about 2 an article, as many articles without as with 3 and more), tokens, the true rate."""
    tokens = rng.lognormal(6, 0.6, articles).round()
    return rng.poisson(rng.exponential(1, articles) * tokens / 240), tokens, 1 / 240


def share_that_holds(draw, articles: int, *, rounds: int) -> float:
    """Return how often the interval holds the truth, among the times that one is given."""
    rng, held = np.random.default_rng(articles), []
    for _ in range(rounds):
        sums, weights, truth = draw(rng, articles)
        low, high = bootstrap_mean(sums, weights, draws=1000)
        if not math.isnan(low):
            held.append(low <= truth <= high)
    return float(np.mean(held))


@pytest.mark.parametrize("draw", [sentiment, rate])
@pytest.mark.parametrize("articles", [pytest.param(10, marks=pytest.mark.slow), 15, 30])
def test_95_of_100_intervals_hold_the_truth(draw, articles):
    assert 0.92 <= share_that_holds(draw, articles, rounds=20_000 // articles) <= 0.97


def test_many_articles_give_the_normal_interval():
    rng = np.random.default_rng(1)
    sums, weights = rng.normal(5, 2, 1500), np.ones(1500)
    reach = NORMAL_95 * sums.std(ddof=1) / math.sqrt(1500)
    assert bootstrap_mean(sums, weights) == pytest.approx((sums.mean() - reach, sums.mean() + reach), abs=reach / 10)


def test_joining_many_articles_keeps_the_width():
    rng = np.random.default_rng(2)
    articles = 20 * MOST_UNITS
    tokens = rng.integers(100, 900, articles)
    hits = rng.poisson(tokens / 200)
    off = hits - hits.sum() / tokens.sum() * tokens
    reach = NORMAL_95 * math.sqrt((off**2).sum()) / tokens.sum()
    low, high = bootstrap_mean(hits, tokens)
    assert (high - low) / 2 == pytest.approx(reach, rel=0.08)
    assert low < hits.sum() / tokens.sum() < high


def test_same_input_same_interval_in_any_order_of_articles():
    rng = np.random.default_rng(4)
    for articles in (12, MOST_UNITS + 500):
        hits, tokens = rng.poisson(4, articles), rng.integers(100, 900, articles)
        order = rng.permutation(articles)
        assert bootstrap_mean(hits, tokens) == bootstrap_mean(hits[order], tokens[order])


def test_another_seed_moves_the_ends_a_little_and_the_seed_alone():
    hits, tokens = np.arange(30) % 7, np.full(30, 300)
    first, second = bootstrap_mean(hits, tokens, seed=1), bootstrap_mean(hits, tokens, seed=2)
    assert first != second
    assert first == pytest.approx(second, rel=0.1)


def test_a_rate_is_never_below_zero_and_a_score_may_be():
    tokens = np.full(12, 300)
    assert bootstrap_mean([0, 0, 0, 0, 0, 9, 0, 1, 1, 2, 1, 1], tokens)[0] >= 0
    assert bootstrap_mean([-1, 1] * 6, tokens)[0] < 0


def test_a_multiple_of_the_sums_is_a_multiple_of_the_ends():
    hits, tokens = np.arange(30) % 7, np.arange(30) + 300
    ends = np.array(bootstrap_mean(hits, tokens))
    assert bootstrap_mean(1000 * hits, tokens) == pytest.approx(1000 * ends)


@pytest.mark.parametrize(
    ("sums", "weights"),
    [
        ([], []),
        ([1], [10]),
        (list(range(FEWEST_ARTICLES - 1)), [10] * (FEWEST_ARTICLES - 1)),
        (list(range(FEWEST_ARTICLES)), [10] * (FEWEST_ARTICLES - 1) + [0]),
        ([0.0] * 30, [10] * 30),
        ([0.3 * sentences for sentences in range(1, 31)], list(range(1, 31))),
        ([0] * 28 + [1, 2], [10] * 30),
        ([math.nan] + [1, 2] * 10, [10] * 21),
    ],
    ids=["none", "one", "nine", "nine that count", "all zero", "all equal", "two that hold it", "a score is missing"],
)
def test_no_interval_where_the_articles_say_too_little(sums: list[float], weights: list[float]):
    assert all(math.isnan(end) for end in bootstrap_mean(sums, weights))


def test_ten_articles_are_enough():
    assert FEWEST_ARTICLES == 10
    low, high = bootstrap_mean(range(10), [10] * 10)
    assert low < 0.45 < high


def test_articles_without_weight_are_left_out():
    hits, tokens = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3], [300] * 10
    assert bootstrap_mean([*hits, 0], [*tokens, 0]) == bootstrap_mean(hits, tokens)


def test_input_is_left_alone():
    sums, weights = np.arange(12.0)[::-1].copy(), np.full(12, 5.0)
    bootstrap_mean(sums, weights)
    np.testing.assert_array_equal(sums, np.arange(12.0)[::-1])


def test_what_cannot_be_computed_is_refused_in_words():
    with pytest.raises(PastepotError) as caught:
        bootstrap_mean([1] * 12, [1] * 11)
    assert str(caught.value) == "sums has 12 articles and weights 11; give one of each an article."
    with pytest.raises(PastepotError) as caught:
        bootstrap_mean(range(12), [1] * 12, draws=0)
    assert str(caught.value) == "draws must be a whole number of 1 or more; got 0."
