"""Every formula gives its published value, agrees with other implementations, and says NaN where it has no value."""

import inspect
import math
import subprocess
import sys
import tomllib
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics import BigramAssocMeasures
from scipy import stats
from sklearn.feature_extraction.text import TfidfTransformer

from pastepot import formulas
from pastepot.errors import PastepotError

CASES = tomllib.loads((Path(__file__).parent / "cases/formulas.toml").read_text(encoding="utf-8"))["case"]
KEYNESS = ["g2", "log_ratio"]
COLLOCATION = ["pmi", "log_dice"]

tables = st.tuples(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(0, 10**7), st.integers(0, 10**7)).map(
    lambda cells: (cells[0], cells[1], cells[0] + cells[2] + 1, cells[1] + cells[3] + 1)
)
pairs = st.tuples(st.integers(1, 1000), st.integers(0, 10**5), st.integers(0, 10**5), st.integers(1, 10**7)).map(
    lambda cells: (cells[0], cells[0] + cells[1], cells[0] + cells[2], sum(cells))
)
spread = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 500)), min_size=2, max_size=12).filter(
    lambda parts: any(count for count, _ in parts)
)


def weigh_matrix(counts: list[list[int]], scheme: str) -> np.ndarray:
    """Return a matrix of documents by terms with the weight of each cell in place of its count."""
    weights = np.array(counts, dtype=float)
    row, column = np.nonzero(weights)
    weights[row, column] = formulas.tf_idf(row, column, weights[row, column], len(counts), scheme=scheme)
    return weights


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['formula']}-{case['source'][:24]}")
def test_the_published_value_is_met_to_its_last_digit(case: dict[str, Any]):
    formula = weigh_matrix if case["formula"] == "tf_idf" else getattr(formulas, case["formula"])
    result = formula(*case["of"], **case.get("options", {}))
    result = result[case["row"]] if "row" in case else result
    assert np.asarray(result) == pytest.approx(np.asarray(case["gives"]), abs=0.500001 * 10.0 ** -case["digits"], rel=0)


def test_every_formula_has_a_published_value_or_another_oracle():
    """The interval's oracle is how often it covers the truth: tests/test_intervals.py."""
    own = {
        name
        for name, value in vars(formulas).items()
        if inspect.isfunction(value) and not name.startswith("_") and value.__module__ == formulas.__name__
    }
    assert own == {case["formula"] for case in CASES} | {"bootstrap_mean"}


@given(tables)
def test_keyness_agrees_with_scipy(table: tuple[int, ...]):
    a, b, c, d = table
    cells = [[a, b], [c - a, d - b]]
    g2 = stats.chi2_contingency(cells, correction=False, lambda_="log-likelihood").statistic
    assert formulas.g2(*table) == pytest.approx(g2, rel=1e-9, abs=1e-7)
    ratio = stats.contingency.relative_risk(a, c, b, d).relative_risk
    assert formulas.log_ratio(*table) == pytest.approx(math.log2(ratio), rel=1e-9, abs=1e-9)


@given(tables)
def test_swapping_the_sides_turns_the_sign_and_nothing_else(table: tuple[int, ...]):
    a, b, c, d = table
    assert formulas.log_ratio(b, a, d, c) == pytest.approx(-formulas.log_ratio(*table), rel=1e-9, abs=1e-12)
    assert formulas.g2(b, a, d, c) == pytest.approx(formulas.g2(*table), rel=1e-9, abs=1e-6)


@given(pairs)
def test_collocation_agrees_with_nltk(pair: tuple[int, ...]):
    joint, f1, f2, n = pair
    margins = (joint, (f1, f2), n)
    assert formulas.pmi(*pair) == pytest.approx(BigramAssocMeasures.pmi(*margins), rel=1e-9, abs=1e-9)
    assert formulas.log_dice(*pair) == pytest.approx(14 + math.log2(BigramAssocMeasures.dice(*margins)), rel=1e-9)
    assert formulas.log_dice(*pair) <= 14


def test_g2_of_a_pair_is_nltk_s_likelihood_ratio():
    for pair in [(110, 2552, 221, 31777), (8, 13, 32, 31777), (5, 9, 7, 1000)]:
        joint, f1, f2, n = pair
        expected = BigramAssocMeasures.likelihood_ratio(joint, (f1, f2), n)
        assert formulas.g2(joint, f2 - joint, f1, n - f1) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("name", KEYNESS)
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


@pytest.mark.parametrize("name", [*KEYNESS, *COLLOCATION, "delta_p"])
def test_no_table_of_small_counts_gives_an_infinite_number_or_a_warning(name: str):
    grid = [axis.ravel() for axis in np.meshgrid(*[[0, 1, 2, 5]] * 4)]
    assert not np.isinf(np.array(getattr(formulas, name)(*grid))).any()


@pytest.mark.parametrize("name", [*KEYNESS, *COLLOCATION])
def test_a_single_number_comes_back_as_a_plain_float(name: str):
    assert type(getattr(formulas, name)(3, 7, 100, 90)) is float


@pytest.mark.parametrize("name", [*KEYNESS, *COLLOCATION])
def test_an_empty_column_gives_an_empty_column(name: str):
    assert getattr(formulas, name)([], [], 10, 10).shape == (0,)


def test_a_count_above_its_tokens_gives_nan():
    assert math.isnan(formulas.g2(11, 1, 10, 10))


def test_whole_numbers_do_not_overflow():
    assert formulas.pmi(np.int32(2_000_000), np.int32(3_000_000), 4_000_000, 10**9) == pytest.approx(
        math.log2(2_000_000 * 10**9 / (3_000_000 * 4_000_000))
    )


def test_arguments_may_be_named():
    assert formulas.g2(a=[3], b=[7], c=10, d=9) == formulas.g2([3], [7], 10, 9)
    assert formulas.log_dice(joint=8, f1=389, f2=230, n=10**6) == formulas.log_dice(8, 389, 230, 10**6)


def dp_of(parts: list[tuple[int, int]]) -> float:
    """Return the dispersion of one word from its count and the tokens of each part."""
    counts, sizes = zip(*parts, strict=True)
    return formulas.dp([0] * len(parts), counts, sizes, [sum(sizes)])[0]


@given(spread)
def test_dispersion_agrees_with_sums_by_hand(parts: list[tuple[int, int]]):
    counts, sizes = zip(*parts, strict=True)
    expected = sum(abs(count / sum(counts) - size / sum(sizes)) for count, size in parts) / 2
    assert dp_of(parts) == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_dispersion_of_many_rows_is_as_one_by_one_and_needs_no_empty_cells():
    rng = np.random.default_rng(7)
    counts, sizes = rng.poisson(0.7, (40, 6)), rng.integers(50, 90, 6)
    counts[3] = 0
    each = [dp_of([*zip(row, sizes, strict=True)]) for row in counts]
    assert math.isnan(each[3])
    row, part = np.nonzero(counts)
    together = formulas.dp(row, counts[row, part], sizes[part], [sizes.sum()] * len(counts))
    np.testing.assert_allclose(together, each, rtol=1e-12)


@given(spread, st.randoms(use_true_random=False))
def test_dp_is_the_same_to_the_last_bit_in_any_order_of_parts(parts: list[tuple[int, int]], random: Random):
    assert dp_of(parts) == dp_of(random.sample(parts, len(parts)))


@pytest.mark.parametrize("scheme", ["tidy", "quanteda", "sklearn"])
def test_tf_idf_is_the_same_in_any_order_of_cells_and_leaves_its_input_alone(scheme: str):
    counts = np.random.default_rng(2).poisson(0.6, (9, 14))
    counts[4], counts[8], counts[:, 6] = 0, 0, 0
    row, column = np.nonzero(counts)
    cells = row, column, counts[row, column]
    before = [cell.copy() for cell in cells]
    weights = formulas.tf_idf(*cells, 9, scheme=scheme)
    order = np.random.default_rng(3).permutation(len(row))
    mixed = formulas.tf_idf(*(cell[order] for cell in cells), 9, scheme=scheme)
    np.testing.assert_allclose(mixed, weights[order], rtol=1e-12)
    np.testing.assert_array_equal(cells, before)
    assert np.isfinite(weights).all()
    assert (weights > 0).all()
    assert formulas.tf_idf([], [], [], 9, scheme=scheme).tolist() == []


def test_tf_idf_agrees_with_scikit_learn():
    counts = np.random.default_rng(3).poisson(0.6, (30, 40))
    counts[29] = 0
    theirs = TfidfTransformer().fit_transform(counts).toarray()
    np.testing.assert_allclose(weigh_matrix(counts, "sklearn"), theirs, rtol=1e-9)


REFUSED = {
    "scheme must be one of 'tidy', 'quanteda', 'sklearn'; got 'tidey'. Did you mean 'tidy'?": (
        lambda: formulas.tf_idf([0], [0], [1], 1, scheme="tidey")
    ),
    "draws must be a whole number of 1 or more; got 0.": lambda: formulas.bootstrap_mean([1] * 12, [2] * 12, draws=0),
}


@pytest.mark.parametrize("message", REFUSED)
def test_what_cannot_be_computed_is_refused_in_words(message: str):
    with pytest.raises(PastepotError) as caught:
        REFUSED[message]()
    assert str(caught.value) == message


def test_importing_the_formulas_and_the_fast_ones_load_no_scipy():
    code = "import sys; from pastepot import formulas as f; f.g2(3, 7, 10, 9); f.dp([0], [1], [2], [2])"
    code += "; f.log_ratio(1, 2, 3, 4); sys.exit('scipy' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
