"""Krippendorff's alpha against published examples and a second, slower computation."""

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import pastepot as pp
from pastepot.errors import PastepotError
from pastepot.sentiment_analysis.reliability import alpha_interval, krippendorff_alpha

NO = math.nan
LETTERS = [[ord(letter) for letter in row] for row in ("aabbdcccedda", "babbbcccedddd"[:12])]
FOUR = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NO, NO, NO],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NO, 3],
    [NO, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NO],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NO],
]
RATINGS = st.lists(
    st.lists(st.sampled_from([-1.0, 0.0, 1.0, NO]), min_size=3, max_size=3), min_size=1, max_size=12
).map(lambda units: np.array(units).T)


def test_two_observers_binary_as_published():
    """Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section A."""
    assert round(krippendorff_alpha([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]), 3) == 0.095


def test_two_observers_nominal_as_published():
    """The same, section B."""
    assert round(krippendorff_alpha(LETTERS), 3) == 0.692


@pytest.mark.parametrize(("level", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_any_number_of_observers_missing_data_as_published(level, published):
    """The same, sections C and D."""
    assert round(krippendorff_alpha(FOUR, level=level), 3) == published


def brute(ratings, level):
    """Return alpha from all ordered pairs of values, pair by pair."""
    units = [[value for value in unit if not math.isnan(value)] for unit in np.array(ratings).T]
    units = [unit for unit in units if len(unit) > 1]
    values = sorted(value for unit in units for value in unit)

    def distance(one, other):
        if level == "ordinal":
            low, high = sorted([one, other])
            between = sum(low <= value <= high for value in values)
            return (between - (values.count(one) + values.count(other)) / 2) ** 2
        return (one != other) if level == "nominal" else (one - other) ** 2

    expected = sum(distance(one, other) for one, other in permutations(values, 2))
    if not expected:
        return NO
    observed = sum(distance(a, b) / (len(unit) - 1) for unit in units for a, b in permutations(unit, 2))
    return 1 - (len(values) - 1) * observed / expected


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval"])
@given(ratings=RATINGS)
def test_equals_the_sum_over_all_pairs(ratings, level):
    assert krippendorff_alpha(ratings, level=level) == pytest.approx(brute(ratings, level), abs=1e-9, nan_ok=True)


@given(RATINGS, st.permutations([0, 1, 2]))
def test_the_order_of_coders_does_not_matter(ratings, order):
    assert krippendorff_alpha(ratings[order]) == pytest.approx(krippendorff_alpha(ratings), abs=1e-12, nan_ok=True)


@pytest.mark.parametrize("ratings", [[[1], [NO]], [[1, 1], [1, 1]], [[NO, NO], [NO, NO]]])
def test_nothing_to_compare_is_not_a_number(ratings):
    assert math.isnan(krippendorff_alpha(ratings))


def test_an_unknown_level_is_refused():
    with pytest.raises(PastepotError, match="level must be one of 'nominal', 'ordinal', 'interval'; got 'ordnal'"):
        pp.krippendorff_alpha(FOUR, level="ordnal")


def sample(count, seed=1):
    rng = np.random.default_rng(seed)
    truth = rng.integers(-1, 2, count)
    coders = [np.where(rng.random(count) < 0.75, truth, rng.integers(-1, 2, count)) for _ in range(2)]
    return np.array(coders, dtype=float), np.repeat(np.arange(count // 4), 4)


def test_the_interval_holds_alpha_and_narrows_with_more_articles():
    ends = []
    for count in (80, 800):
        ratings, articles = sample(count)
        low, high = alpha_interval(ratings, articles)
        assert low < krippendorff_alpha(ratings) < high
        ends.append(high - low)
    assert ends[1] < ends[0] / 2


def test_the_interval_holds_the_truth_about_as_often_as_it_says():
    truth = krippendorff_alpha(sample(200_000, seed=99)[0])
    held = [low < truth < high for low, high in (alpha_interval(*sample(160, seed), draws=300) for seed in range(200))]
    assert 0.9 <= np.mean(held) <= 0.99


def test_below_ten_articles_there_is_no_interval():
    ratings, _ = sample(36)
    assert np.isnan(alpha_interval(ratings, np.repeat(np.arange(9), 4))).all()
    assert not np.isnan(alpha_interval(ratings, np.arange(36))).any()


def test_the_same_seed_gives_the_same_interval_whatever_the_articles_are_called():
    ratings, articles = sample(80)
    assert alpha_interval(ratings, articles, seed=3) == alpha_interval(ratings, articles, seed=3)


def test_units_without_an_article_are_refused():
    with pytest.raises(PastepotError, match="articles has 2 units and ratings 12"):
        alpha_interval(FOUR, ["a", "b"])


def test_where_many_draws_miss_the_only_other_label_there_is_no_interval():
    rare, common = [*[0] * 9, 1], [0, 1] * 5
    assert np.isnan(alpha_interval([rare, rare], np.arange(10))).all()
    assert alpha_interval([common, common], np.arange(10)) == (1.0, 1.0)
