"""The compile-or-not switch: both ways give the same, and small input starts no compiler."""

import subprocess
import sys

import numpy as np

from pastepot.kernels import COMPILE_FROM, compiled, fit, kernel


@kernel
def squared(value):
    return value * value


@kernel
def sum_of_squares(values):
    total = 0
    for value in values:
        total += squared(value)
    return total


def test_a_kernel_and_the_kernels_it_calls_give_the_same_compiled():
    values = np.arange(100)
    assert compiled(sum_of_squares)(values) == sum_of_squares(values) == 328350


def test_small_input_runs_the_function_itself():
    assert fit(sum_of_squares, COMPILE_FROM - 1) is sum_of_squares
    assert fit(sum_of_squares, COMPILE_FROM) is not sum_of_squares


def test_two_articles_start_no_compiler():
    code = (
        "import pandas, sys, pastepot as pp\n"
        "corpus = pp.read(pandas.DataFrame({'text': ['The ferry sails. ' * 50] * 2}))\n"
        "pp.terms(corpus), pp.passages(corpus), pp.sentiment(corpus), pp.quotations(corpus)\n"
        "print('numba' in sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "False"
