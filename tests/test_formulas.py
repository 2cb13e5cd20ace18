"""Every formula gives its published value, agrees with other implementations, and says NaN where it has no value."""

import inspect
import math
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.metrics import BigramAssocMeasures
from scipy import sparse, stats
from sklearn.feature_extraction.text import TfidfTransformer

from pastepot import formulas, kernels
from pastepot.errors import PastepotError

CASES = tomllib.loads((Path(__file__).parent / "cases/formulas.toml").read_text(encoding="utf-8"))["case"]
RATIOS = ["log_ratio", "lrc", "percent_diff", "odds_ratio", "simple_maths", "difference_coefficient"]
KEYNESS = ["g2", "ll2", "chi2", "fisher", "bic", "ell", *RATIOS]
COLLOCATION = ["pmi", "npmi", "mi3", "t_score", "z_score", "log_dice", "dice", "min_sensitivity", "phi2"]
PARTS = ["dp", "dp_norm", "juilland_d", "carroll_d2", "rosengren_s", "kl_divergence"]
OPEN = {"mi3", "z_score", "bic", "ell", "adjust_p"}

tables = st.tuples(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(0, 10**7), st.integers(0, 10**7)).map(
    lambda cells: (cells[0], cells[1], cells[0] + cells[2] + 1, cells[1] + cells[3] + 1)
)
pairs = st.tuples(st.integers(1, 1000), st.integers(0, 10**5), st.integers(0, 10**5), st.integers(1, 10**7)).map(
    lambda cells: (cells[0], cells[0] + cells[1], cells[0] + cells[2], sum(cells))
)
texts = st.lists(st.sampled_from("abcdefgh"), max_size=120)
spread = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 500)), min_size=2, max_size=12).filter(
    lambda parts: any(count for count, _ in parts)
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['formula']}-{case['source'][:24]}")
def test_the_published_value_is_met_to_its_last_digit(case: dict[str, Any]):
    result = getattr(formulas, case["formula"])(*case["of"], **case.get("options", {}))
    result = result[case["row"]] if "row" in case else result
    assert np.asarray(result) == pytest.approx(np.asarray(case["gives"]), abs=0.500001 * 10.0 ** -case["digits"], rel=0)


def test_every_formula_has_a_published_value_or_another_oracle():
    own = {
        name
        for name, value in vars(formulas).items()
        if inspect.isfunction(value) and not name.startswith("_") and value.__module__ == formulas.__name__
    }
    assert own == {case["formula"] for case in CASES} | OPEN | {"log_ratio_ci"}


@given(tables)
def test_keyness_agrees_with_scipy(table: tuple[int, ...]):
    a, b, c, d = table
    cells = [[a, b], [c - a, d - b]]
    g2 = stats.chi2_contingency(cells, correction=False, lambda_="log-likelihood").statistic
    plain, yates = (stats.chi2_contingency(cells, correction=yates).statistic for yates in (False, True))
    assert formulas.g2(*table) == pytest.approx(g2, rel=1e-9, abs=1e-7)
    assert formulas.chi2(*table) == pytest.approx(plain, rel=1e-9, abs=1e-9)
    assert formulas.chi2(*table, yates=True) == pytest.approx(yates, rel=1e-9, abs=1e-9)
    assert formulas.p_value(plain) == pytest.approx(stats.chi2.sf(plain, 1), rel=1e-9, abs=1e-300)
    assert formulas.odds_ratio(*table) == pytest.approx(stats.contingency.odds_ratio(cells, kind="sample").statistic)
    ratio = stats.contingency.relative_risk(a, c, b, d)
    interval = ratio.confidence_interval(0.9)
    assert formulas.log_ratio(*table) == pytest.approx(math.log2(ratio.relative_risk), rel=1e-9, abs=1e-9)
    ends = [math.log2(interval.low), math.log2(interval.high)]
    assert formulas.log_ratio_ci(*table, conf=0.9) == pytest.approx(ends, rel=1e-9, abs=1e-9)


@given(st.tuples(*[st.integers(0, 30)] * 2, *[st.integers(30, 90)] * 2))
@settings(max_examples=min(100, settings().max_examples))
def test_fisher_agrees_with_adding_up_every_table(table: tuple[int, ...]):
    a, b, c, d = table
    chances = stats.hypergeom.pmf(np.arange(a + b + 1), c + d, a + b, c)
    assert formulas.fisher(*table) == pytest.approx(chances[chances <= chances[a] * (1 + 1e-7)].sum(), abs=1e-9)


@given(st.tuples(st.integers(0, 400), st.integers(0, 400), st.just(10_000), st.integers(500, 10**6)))
def test_lrc_agrees_with_the_clopper_pearson_interval(table: tuple[int, ...]):
    a, b, c, d = table
    if a + b == 0:
        assert math.isnan(formulas.lrc(*table))
        return
    exact = stats.binomtest(a, a + b).proportion_ci(1 - 0.05 / 20, method="exact")
    with np.errstate(divide="ignore"):
        low, high = (np.log2(d / c) + np.log2(np.divide(share, 1 - share)) for share in exact)
    expected = max(low, 0) if a * d > b * c else min(high, 0)
    assert formulas.lrc(*table, tests=20) == pytest.approx(expected, rel=1e-6, abs=1e-9)


@given(tables)
def test_ll2_bic_and_ell_agree_with_sums_by_hand(table: tuple[int, ...]):
    a, b, c, d = table
    in_target, in_reference = c * (a + b) / (c + d), d * (a + b) / (c + d)
    ll2 = 2 * (a * math.log(a / in_target) + b * math.log(b / in_reference))
    assert formulas.ll2(*table) == pytest.approx(ll2, rel=1e-9, abs=1e-7)
    assert formulas.bic(*table) == pytest.approx(ll2 - math.log(c + d), rel=1e-9, abs=1e-7)
    least = min(in_target, in_reference)
    if least > 1.001:
        expected = ll2 / ((c + d) * math.log(least))
        assert formulas.ell(*table) == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(tables)
def test_swapping_the_sides_turns_the_sign_and_nothing_else(table: tuple[int, ...]):
    a, b, c, d = table
    for name in ("log_ratio", "lrc", "difference_coefficient"):
        formula = getattr(formulas, name)
        assert formula(b, a, d, c) == pytest.approx(-formula(*table), rel=1e-9, abs=1e-12)
    for name in ("g2", "ll2", "chi2", "ell"):
        formula = getattr(formulas, name)
        assert formula(b, a, d, c) == pytest.approx(formula(*table), rel=1e-9, abs=1e-6, nan_ok=True)


@given(pairs)
def test_collocation_agrees_with_nltk(pair: tuple[int, ...]):
    joint, f1, f2, n = pair
    margins = (joint, (f1, f2), n)
    assert formulas.pmi(*pair) == pytest.approx(BigramAssocMeasures.pmi(*margins), rel=1e-9, abs=1e-9)
    mi3 = math.log2(BigramAssocMeasures.mi_like(*margins) * n)
    assert formulas.mi3(*pair) == pytest.approx(mi3, rel=1e-9, abs=1e-9)
    assert formulas.t_score(*pair) == pytest.approx(BigramAssocMeasures.student_t(*margins), rel=1e-9, abs=1e-9)
    assert formulas.dice(*pair) == pytest.approx(BigramAssocMeasures.dice(*margins), rel=1e-9)
    assert formulas.log_dice(*pair) == pytest.approx(14 + math.log2(BigramAssocMeasures.dice(*margins)), rel=1e-9)
    if f1 < n and f2 < n:
        assert formulas.phi2(*pair) == pytest.approx(BigramAssocMeasures.phi_sq(*margins), rel=1e-9, abs=1e-12)
        chi2 = BigramAssocMeasures.chi_sq(*margins)
        assert formulas.chi2(joint, f2 - joint, f1, n - f1) == pytest.approx(chi2, rel=1e-9, abs=1e-6)
    expected = f1 * f2 / n
    assert formulas.z_score(*pair) == pytest.approx((joint - expected) / math.sqrt(expected), rel=1e-9, abs=1e-9)


def test_g2_of_a_pair_is_nltk_s_likelihood_ratio():
    for pair in [(110, 2552, 221, 31777), (8, 13, 32, 31777), (5, 9, 7, 1000)]:
        joint, f1, f2, n = pair
        expected = BigramAssocMeasures.likelihood_ratio(joint, (f1, f2), n)
        assert formulas.g2(joint, f2 - joint, f1, n - f1) == pytest.approx(expected, rel=1e-9)


@given(pairs)
def test_log_dice_stays_at_or_below_14_and_npmi_between_minus_1_and_1(pair: tuple[int, ...]):
    assert formulas.log_dice(*pair) <= 14
    assert abs(formulas.npmi(*pair)) <= 1 + 1e-9


@pytest.mark.parametrize("name", [*KEYNESS, "log_ratio_ci"])
def test_keyness_of_a_column_is_that_of_each_row(name: str):
    formula = getattr(formulas, name)
    a, b = [0, 0, 1, 7, 120, 30], [0, 3, 0, 7, 20, 400]
    together = np.array(formula(pd.Series(a), np.array(b), 1000, 2000))
    each = np.array([formula(x, y, 1000, 2000) for x, y in zip(a, b, strict=True)])
    np.testing.assert_allclose(together.T, each, rtol=1e-12)


@pytest.mark.parametrize("name", [*COLLOCATION, "delta_p"])
def test_collocation_of_a_column_is_that_of_each_row(name: str):
    formula = getattr(formulas, name)
    joint, f1, f2 = [0, 1, 5, 9], [4, 1, 9, 9], [7, 3, 5, 9]
    together = np.array(formula(joint, f1, f2, 500))
    each = np.array([formula(*row, 500) for row in zip(joint, f1, f2, strict=True)])
    np.testing.assert_allclose(together.T, each, rtol=1e-12)


@pytest.mark.parametrize("name", [*KEYNESS, "log_ratio_ci", *COLLOCATION, "delta_p"])
def test_no_table_of_small_counts_gives_an_infinite_number_or_a_warning(name: str):
    grid = [axis.ravel() for axis in np.meshgrid(*[[0, 1, 2, 5]] * 4)]
    assert not np.isinf(np.array(getattr(formulas, name)(*grid))).any()


@pytest.mark.parametrize("name", [*KEYNESS, *COLLOCATION])
def test_a_single_number_comes_back_as_a_plain_float(name: str):
    assert type(getattr(formulas, name)(3, 7, 100, 90)) is float


@pytest.mark.parametrize("name", [*KEYNESS, *COLLOCATION])
def test_an_empty_column_gives_an_empty_column(name: str):
    assert getattr(formulas, name)([], [], 10, 10).shape == (0,)


@pytest.mark.parametrize("name", ["g2", "chi2", "fisher", "odds_ratio"])
def test_a_count_above_its_tokens_gives_nan(name: str):
    assert math.isnan(getattr(formulas, name)(11, 1, 10, 10))


def test_whole_numbers_do_not_overflow():
    assert formulas.mi3(np.int32(2_000_000), 3_000_000, 4_000_000, 10**9) == pytest.approx(
        math.log2(2_000_000**3 * 10**9 / (3_000_000 * 4_000_000))
    )


def test_arguments_may_be_named():
    assert formulas.g2(a=[3], b=[7], c=10, d=9) == formulas.g2([3], [7], 10, 9)
    assert formulas.log_dice(joint=8, f1=389, f2=230, n=10**6) == formulas.log_dice(8, 389, 230, 10**6)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_benjamini_hochberg_agrees_with_scipy(p: list[float]):
    np.testing.assert_allclose(formulas.adjust_p(p), stats.false_discovery_control(p), rtol=1e-9)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.integers(0, 50))
def test_corrections_agree_with_their_definitions(p: list[float], more: int):
    tests = len(p) + more
    smaller = [sorted(q for q in p if q <= x) for x in p]
    holm = [min(1, max((tests - rank) * q for rank, q in enumerate(below))) for below in smaller]
    padded = stats.false_discovery_control([*p, *[1.0] * more])[: len(p)]
    np.testing.assert_allclose(formulas.adjust_p(p, method="bh", tests=tests), padded, rtol=1e-9)
    np.testing.assert_allclose(
        formulas.adjust_p(p, method="bonferroni", tests=tests), np.minimum(1, np.array(p) * tests)
    )
    distinct = [index for index, x in enumerate(p) if p.count(x) == 1 or x == 0]
    np.testing.assert_allclose(formulas.adjust_p(p, method="holm", tests=tests)[distinct], np.array(holm)[distinct])


@given(spread)
def test_dispersion_agrees_with_sums_by_hand(parts: list[tuple[int, int]]):
    counts, sizes = zip(*parts, strict=True)
    hits, n = sum(counts), sum(sizes)
    v, s = [count / hits for count in counts], [size / n for size in sizes]
    rates = [count / size for count, size in parts]
    shares = [rate / sum(rates) for rate in rates if rate]
    variation = np.std(rates) / np.mean(rates)
    expected = {
        "dp": sum(abs(x - y) for x, y in zip(v, s, strict=True)) / 2,
        "dp_norm": sum(abs(x - y) for x, y in zip(v, s, strict=True)) / 2 / (1 - min(s)),
        "juilland_d": 1 - variation / math.sqrt(len(parts) - 1),
        "carroll_d2": -sum(x * math.log(x) for x in shares) / math.log(len(parts)),
        "rosengren_s": sum(math.sqrt(x * y) for x, y in zip(counts, s, strict=True)) ** 2 / hits,
        "kl_divergence": sum(x * math.log2(x / y) for x, y in zip(v, s, strict=True) if x),
    }
    for name, value in expected.items():
        assert getattr(formulas, name)(counts, sizes) == pytest.approx(value, rel=1e-9, abs=1e-9), name


@pytest.mark.parametrize("name", PARTS)
def test_many_words_dense_or_sparse_are_as_one_by_one(name: str):
    formula, rng = getattr(formulas, name), np.random.default_rng(7)
    counts, sizes = rng.poisson(0.7, (40, 6)), rng.integers(50, 90, 6)
    counts[3] = 0
    each = [formula(row, sizes) for row in counts]
    assert math.isnan(each[3])
    for matrix in (counts, sparse.csr_array(counts), sparse.csc_matrix(counts), sparse.csr_array(counts.T).T):
        np.testing.assert_allclose(formula(matrix, sizes), each, rtol=1e-12)


@pytest.mark.parametrize("name", PARTS)
def test_a_part_without_tokens_changes_nothing(name: str):
    formula = getattr(formulas, name)
    assert formula([2, 0, 5, 0], [10, 0, 30, 20]) == formula([2, 5, 0], [10, 30, 20])


@given(spread, st.randoms(use_true_random=False))
def test_dp_is_the_same_to_the_last_bit_in_any_order_of_parts(parts: list[tuple[int, int]], random: Random):
    mixed = random.sample(parts, len(parts))
    assert formulas.dp(*zip(*parts, strict=True)) == formulas.dp(*zip(*mixed, strict=True))


@pytest.mark.parametrize("name", ["arf", "awt", "ald"])
def test_only_the_gaps_between_hits_matter(name: str):
    formula = getattr(formulas, name)
    assert formula([5, 0, 2], 9) == pytest.approx(formula([8, 5, 3], 9), rel=1e-12)


def test_a_single_hit_has_reduced_frequency_1():
    assert (formulas.arf([3], 9), formulas.awt([3], 9)) == (1, 5)


@given(texts, st.integers(1, 40))
def test_mattr_and_msttr_agree_with_counting_each_window(text: list[str], window: int):
    runs = [text[start : start + window] for start in range(len(text) - window + 1)] or [text]
    expected = np.mean([len(set(run)) / len(run) for run in runs]) if text else np.nan
    assert formulas.mattr(text, window) == pytest.approx(expected, nan_ok=True)
    stretches = runs[::window]
    expected = np.mean([len(set(run)) / len(run) for run in stretches]) if text else np.nan
    assert formulas.msttr(text, window) == pytest.approx(expected, nan_ok=True)


def one_way(text: list[str], threshold: float):
    """Return MTLD in one direction, each ratio counted anew."""
    factors, run = 0.0, []
    for word in text:
        run.append(word)
        if len(set(run)) / len(run) <= threshold:
            factors, run = factors + 1, []
    factors += (1 - len(set(run)) / len(run)) / (1 - threshold) if run else 0
    return len(text) / factors if factors else math.nan


@given(texts, st.floats(0.4, 0.9))
def test_mtld_agrees_with_counting_each_ratio_anew(text: list[str], threshold: float):
    expected = (one_way(text, threshold) + one_way(text[::-1], threshold)) / 2
    assert formulas.mtld(text, threshold) == pytest.approx(expected, nan_ok=True)


def test_mtld_compiled_is_as_uncompiled():
    rng = np.random.default_rng(5)
    types = rng.zipf(1.4, kernels.COMPILE_FROM).clip(0, 999)
    plain = [one_way_kernel(way) for way in (types, types[::-1])]
    assert formulas.mtld(types) == pytest.approx(sum(len(types) / factors for factors in plain) / 2, rel=1e-12)


def one_way_kernel(types: npt.NDArray[np.int64]):
    """Return the kernel's result without the compiler."""
    return formulas._factors(types, np.full(1000, -1), 0.72)  # noqa: SLF001 (the one kernel of the file)


@given(texts, st.integers(1, 50))
def test_hd_d_agrees_with_the_hypergeometric_distribution(text: list[str], sample: int):
    if len(text) < sample:
        assert math.isnan(formulas.hd_d(text, sample))
        return
    missed = [stats.hypergeom.pmf(0, len(text), count, sample) for count in Counter(text).values()]
    assert formulas.hd_d(text, sample) == pytest.approx(sum(1 - p for p in missed) / sample, rel=1e-9)


def test_a_text_of_one_repeated_word_and_one_without_words():
    assert (formulas.ttr(["oar"] * 4), formulas.yule_k(["oar"] * 4)) == (0.25, 7500)
    assert formulas.mtld(["oar"] * 4) == 2
    for name, more in {"ttr": [], "mattr": [5], "msttr": [5], "mtld": [], "hd_d": [], "yule_k": []}.items():
        assert math.isnan(getattr(formulas, name)([], *more))


def test_words_and_their_numbers_have_the_same_diversity():
    words = ["the", "ferry", "left", "the", "quay", "and", "the", "gulls", "left", "the", "ferry"]
    numbers = np.unique(words, return_inverse=True)[1]
    for name, more in {"ttr": [], "mattr": [4], "msttr": [4], "mtld": [], "hd_d": [5], "yule_k": []}.items():
        formula = getattr(formulas, name)
        assert formula(words, *more) == formula(numbers, *more) == formula(pd.Series(words), *more)


def test_a_long_text_takes_linear_time():
    types = np.arange(300_000) % 5000
    assert formulas.mattr(types, 50_000) == pytest.approx(0.1)
    assert formulas.mtld(np.zeros(300_000, dtype=int)) == 2


@pytest.mark.parametrize("scheme", ["tidy", "quanteda", "sklearn"])
def test_tf_idf_is_the_same_dense_and_sparse_and_leaves_its_input_alone(scheme: str):
    counts = np.random.default_rng(2).poisson(0.6, (9, 14))
    counts[4], counts[:, 6] = 0, 0
    before, matrix = counts.copy(), sparse.csr_array(counts)
    weights = formulas.tf_idf(counts, scheme=scheme)
    np.testing.assert_array_equal(formulas.tf_idf(matrix, scheme=scheme).toarray(), weights)
    np.testing.assert_array_equal(formulas.tf_idf(sparse.coo_matrix(counts), scheme=scheme).toarray(), weights)
    np.testing.assert_array_equal(counts, before)
    np.testing.assert_array_equal(matrix.toarray(), before)
    assert np.isfinite(weights).all()


def test_tf_idf_agrees_with_scikit_learn():
    counts = np.random.default_rng(3).poisson(0.6, (30, 40))
    np.testing.assert_allclose(
        formulas.tf_idf(counts, scheme="sklearn"), TfidfTransformer().fit_transform(counts).toarray(), rtol=1e-9
    )


REFUSED = {
    "scheme must be one of 'tidy', 'quanteda', 'sklearn'; got 'tidey'. Did you mean 'tidy'?": (
        lambda: formulas.tf_idf([[1]], scheme="tidey")
    ),
    "method must be one of 'bh', 'holm', 'bonferroni'; got 'holms'. Did you mean 'holm'?": (
        lambda: formulas.adjust_p([0.1], method="holms")
    ),
    "tests must be a whole number of 2 or more; got 1.": lambda: formulas.adjust_p([0.1, 0.2], tests=1),
    "conf must be a number between 0 and 1; got 95.": lambda: formulas.lrc(1, 2, 3, 4, conf=95),
    "window must be a whole number of 1 or more; got 0.": lambda: formulas.mattr(["oar"], 0),
    "threshold must be a number between 0 and 1; got 1.5.": lambda: formulas.mtld(["oar"], 1.5),
    "sample must be a whole number of 1 or more; got 0.": lambda: formulas.hd_d(["oar"], 0),
    "tokens must be a list of words; got one string. Split it into words first.": lambda: formulas.ttr("the oar"),
    "counts has 3 parts and part_sizes 2; give one size a part.": lambda: formulas.dp([1, 2, 3], [4, 5]),
}


@pytest.mark.parametrize("message", REFUSED)
def test_what_cannot_be_computed_is_refused_in_words(message: str):
    with pytest.raises(PastepotError) as caught:
        REFUSED[message]()
    assert str(caught.value) == message


def test_importing_the_formulas_and_the_fast_ones_load_no_scipy():
    code = (
        "import sys; from pastepot import formulas as f; f.g2(3, 7, 10, 9); f.dp([1], [2]); f.log_ratio_ci(1, 2, 3, 4)"
    )
    code += "; sys.exit('scipy' in sys.modules or 'numba' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
