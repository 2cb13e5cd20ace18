"""The test by article: plain loops give the same statistic, p and interval; its limits; and its error rate."""

import importlib.util
import math
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csc_array
from scipy.stats import f

from pastepot.frequency import permutation
from pastepot.frequency.permutation import compare_by_article

COLUMNS = ["p", "p_adjusted", "low", "high"]
SIMULATION = Path(__file__).resolve().parents[2] / "benchmarks" / "keyness_simulation.py"
CELLS = ("article:10:5", "article:30:3", "day:30", "reprint:10", "shared:11")


def corpus(articles=26, terms=5, *, seed=5, copies=True):
    """Return counts, words, side and unit of articles of uneven words; some copies are on both sides."""
    rng = np.random.default_rng(seed)
    sizes, in_target = rng.integers(40, 400, articles), np.arange(articles) % 2 == 0
    unit = np.append(np.arange(articles - 6), [3, 3, 7, 12, 12, articles - 7]) if copies else np.arange(articles)
    bursts = rng.gamma(0.7, 1 / 0.7, (articles, terms))
    counts = rng.poisson(sizes[:, None] * rng.uniform(0.01, 0.04, (1, terms)) * bursts)
    counts[:, -1] = np.where(in_target, counts[:, -1], 0)
    return csc_array(counts), sizes, in_target, unit


# --- plain loops ----------------------------------------------------------------------


def statistic(pieces):
    """Return G2 over the design effect, and the design effect, of (count, words) on both sides of each unit."""
    a, c, b, d = (sum(piece[place] for piece in pieces) for place in range(4))
    expected = (a + b) * c / (c + d), (a + b) * d / (c + d)
    g2 = 2 * sum(o * math.log(o / e) for o, e in zip((a, b), expected, strict=True) if o > 0)
    spread = sum(((x - a / c * n) - (y - b / d * m)) ** 2 for x, n, y, m in pieces)
    effect = max(spread * len(pieces) / (len(pieces) - 2) / (a + b), 1)
    return g2 / effect, effect


def pieces_of(counts, sizes, in_target, unit):
    """Return (count, words, count, words) of each unit, and of how many articles it is."""
    rows = []
    for number in np.unique(unit):
        sides = [(unit == number) & side for side in (in_target, ~in_target)]
        rows.append([value for side in sides for value in (int(counts[side].sum()), int(sizes[side].sum()))])
    return rows, [int((unit == number).sum()) for number in np.unique(unit)]


def permuted(pieces, articles, draws):
    """Return the statistic of so many arrangements, one after the other."""
    shares = np.array([n / (n + m) for _, n, _, m in pieces])
    single = np.array(articles) == 1
    rng, values = np.random.default_rng(9), []
    for _ in range(draws):
        shares[single], shares[~single] = rng.permutation(shares[single]), rng.permutation(shares[~single])
        both = [(x + y, n + m) for x, n, y, m in pieces]
        dealt = [(x * s, n * s, x * (1 - s), n * (1 - s)) for (x, n), s in zip(both, shares, strict=True)]
        values.append(statistic(dealt)[0])
    return np.array(values)


@pytest.mark.parametrize("copies", [True, False])
def test_plain_loops_give_the_same_p_and_the_interval_ends_where_they_reject(copies: bool):  # noqa: FBT001 (a case)
    counts, sizes, in_target, unit = corpus(copies=copies)
    result = compare_by_article(counts, sizes, in_target, unit, draws=1999, seed=1)
    for term, row in enumerate(result.itertuples()):
        column = counts.toarray()[:, term]
        pieces, articles = pieces_of(column, sizes, in_target, unit)
        observed, effect = statistic(pieces)
        null, freedom = permuted(pieces, articles, 1999), len(pieces) - 2
        expected = max((1 + (null >= observed - 1e-9).sum()) / 2000, f.sf(observed, 1, freedom))
        assert row.p == pytest.approx(expected, abs=4 * math.sqrt(expected / 2000) + 1e-9)
        limit = max(np.quantile(null, 0.95, method="higher"), f.isf(0.05, 1, freedom))
        (a, c, b, d) = (sum(piece[place] for piece in pieces) for place in range(4))
        for end, side in ((row.low, a), (row.high, b)):
            assert math.isnan(end) is (side == 0)
            share = c * 2 ** (end if side else 0) / (c * 2 ** (end if side else 0) + d)
            away = sum(o * math.log(o / (a + b) / e) for o, e in ((a, share), (b, 1 - share)) if o > 0)
            assert side == 0 or 2 * away / effect == pytest.approx(limit, rel=0.15)


@pytest.mark.parametrize("copies", [True, False])
def test_without_permutations_p_and_interval_are_those_of_plain_loops_to_the_last_digits(copies, monkeypatch):
    monkeypatch.setattr(permutation, "MOST_PERMUTED", 0)
    counts, sizes, in_target, unit = corpus(copies=copies)
    for column, row in zip(counts.toarray().T, compare_by_article(*corpus(copies=copies)).itertuples(), strict=True):
        pieces, _ = pieces_of(column, sizes, in_target, unit)
        observed, effect = statistic(pieces)
        assert row.p == pytest.approx(f.sf(observed, 1, len(pieces) - 2), rel=1e-9)
        (a, c, b, d) = (sum(piece[place] for piece in pieces) for place in range(4))
        for end, side in ((row.low, a), (row.high, b)):
            share = c * 2**end / (c * 2**end + d) if side else math.nan
            away = sum(o * math.log(o / (a + b) / e) for o, e in ((a, share), (b, 1 - share)) if o > 0)
            assert not side or 2 * away / effect == pytest.approx(f.isf(0.05, 1, len(pieces) - 2), rel=1e-6)


@pytest.mark.parametrize("seed", range(4))
def test_the_interval_holds_0_exactly_where_p_is_above_the_level(seed: int):
    result = compare_by_article(*corpus(40, 60, seed=seed), draws=199).dropna(subset="p")
    assert len(result) > 40
    holds = ~(result["low"] > 0) & ~(result["high"] < 0)
    assert holds.equals(result["p"] > 0.05)


def test_p_adjusted_is_the_share_of_arrangements_in_which_any_term_not_above_reaches_it():
    null = np.array([[1.0, 5, 2, 9], [3, 1, 7, 4], [2, 2, 2, 2]])
    alone, adjusted = permutation._share_reaching(null, np.array([4.0, 6.0, 0.5]))  # noqa: SLF001 (its oracle)
    assert alone.tolist() == [(1 + 2) / 5, (1 + 1) / 5, 1]
    assert adjusted.tolist() == [(1 + 2) / 5, (1 + 2) / 5, 1]


# --- limits ---------------------------------------------------------------------------


@pytest.mark.parametrize(("target", "reference", "tested"), [(9, 12, False), (10, 10, True), (12, 9, False)])
def test_a_side_of_fewer_than_ten_articles_is_not_tested(target: int, reference: int, tested: bool):  # noqa: FBT001 (a case)
    articles = target + reference
    counts = csc_array(np.random.default_rng(1).integers(1, 9, (articles, 3)))
    sides = np.arange(articles) < target
    result = compare_by_article(counts, np.full(articles, 90), sides, np.arange(articles))
    assert bool(result.notna().all().all()) is bool(result.notna().any().any()) is tested


def test_articles_without_words_and_copies_do_not_help_over_the_limit():
    counts = csc_array(np.random.default_rng(1).integers(1, 9, (22, 3)))
    sizes, sides = np.full(22, 90), np.arange(22) < 11
    assert compare_by_article(counts, sizes, sides, np.arange(22)).notna().all().all()
    assert compare_by_article(counts, np.where(np.arange(22) < 2, 0, sizes), sides, np.arange(22)).isna().all().all()
    assert compare_by_article(counts, sizes, sides, np.maximum(np.arange(22), 2)).isna().all().all()


def test_no_term_and_no_article_give_an_empty_table():
    nothing = compare_by_article(csc_array((24, 0)), np.full(24, 9), np.arange(24) < 12, np.arange(24))
    assert nothing.shape == (0, 4)
    assert list(nothing) == COLUMNS


def test_the_seed_decides_and_the_order_of_articles_with_their_units_does_not():
    counts, sizes, in_target, unit = corpus()
    first, again, other = (compare_by_article(counts, sizes, in_target, unit, seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first, again)
    assert not first["p"].equals(other["p"])
    order = np.random.default_rng(3).permutation(len(sizes))
    shuffled = compare_by_article(counts[order], sizes[order], in_target[order], unit[order], seed=1)
    pd.testing.assert_frame_equal(first, shuffled)


def test_above_the_limit_f_and_the_number_of_tests_stand_in_for_permutations(monkeypatch):
    drawn = corpus(600, 40, copies=False)
    permutations = compare_by_article(*drawn)
    monkeypatch.setattr(permutation, "MOST_PERMUTED", 599)
    normal = compare_by_article(*drawn)
    assert np.allclose(normal["p"], permutations["p"], atol=0.05)
    assert np.allclose(normal["p_adjusted"], (normal["p"] * 40).clip(upper=1))
    assert np.allclose(normal[["low", "high"]], permutations[["low", "high"]], atol=0.1, equal_nan=True)
    assert not normal["p"].equals(permutations["p"])


# --- error rate and power -------------------------------------------------------------


@pytest.mark.parametrize(("side", "times"), [(10, 1), (11, 3), (30, 1), (30, 3)])
def test_words_that_do_not_differ_are_rarely_flagged_and_planted_ones_found(side: int, times: int):
    """Of made-up corpora: words in bursts that depend on the article, articles of one side so many times as long."""
    flagged, held, terms, planted = 0, 0, 0, 0
    in_target, unit = np.arange(2 * side) < side, np.arange(2 * side)
    for run in range(200):
        rng = np.random.default_rng([side, times, run])
        # An article of the target is as many articles of the reference's kind, one after the other.
        parts = np.where(in_target, times, 1)
        sizes = np.array([rng.integers(80, 250, count).sum() for count in parts])
        rates = np.append(rng.uniform(0.002, 0.02, 40), 0.02)
        bursts = rng.gamma(parts[:, None], 1 / parts[:, None], (2 * side, 41))
        bursts[:, -1] = np.where(in_target, 2.5, 1)
        counts = rng.poisson(sizes[:, None] * rates * bursts)
        result = compare_by_article(csc_array(counts), sizes, in_target, unit, draws=199, seed=run)
        null = result.iloc[:-1].dropna(subset="p")
        flagged += (null["p_adjusted"] <= 0.05).any()
        held, terms = held + (~(null["low"] > 0) & ~(null["high"] < 0)).sum(), terms + len(null)
        planted += result["p"].iloc[-1] <= 0.05
    assert flagged <= 200 * 0.065
    assert 0.93 <= held / terms <= 0.985
    assert planted >= 200 * (0.7 if side < 30 else 0.97)


@pytest.fixture(scope="module")
def simulation():
    """Return the module of the simulation."""
    spec = importlib.util.spec_from_file_location("keyness_simulation", SIMULATION)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
def test_on_wire_articles_the_error_rate_is_kept_and_intervals_hold_0(simulation, shared):
    wire = simulation.load_wire(shared / "data" / "reuters.jsonl.gz")
    rows = [simulation.measure_null(wire, cell, 200, 199) for cell in CELLS]
    assert np.mean([row["flagged"] for row in rows]) <= 6.5
    assert max(row["p"] for row in rows) <= 6
    for row, cell in zip(rows, CELLS, strict=True):
        assert min(row["holds"]) >= 93, cell


@pytest.mark.slow
def test_on_wire_articles_planted_words_are_found_at_least_as_often_as_by_other_tests(simulation, shared):
    wire = simulation.load_wire(shared / "data" / "reuters.jsonl.gz")
    shares, covered = simulation.measure_power(wire, "article:30", 40, 199)
    evenly_twice = simulation.PLANTED.index((False, 2.0, 0.005)), simulation.PLANTED.index((False, 2.0, 0.02))
    ours = shares.pop("pastepot")
    for test, theirs in shares.items():
        assert all(ours[place] >= theirs[place] - 2.5 for place in evenly_twice), test
    assert covered.mean() >= 93
