"""The compile-or-not switch: both ways give the same, small input starts no compiler, and no old code is taken."""

import os
import subprocess
import sys
import types

import numpy as np
import pytest

from pastepot.kernels import COMPILE_FROM, compile_kernel, fit, kernel

FLEET = """
from pastepot.kernels import kernel

@kernel
def sailing(value):
    return value * {ferries}
"""
PORT = """
import numpy
from fleet import sailing
from pastepot.kernels import compile_kernel, kernel

@kernel
def passengers(values):
    total = 0
    for value in values:
        total += sailing(value)
    return total

count = compile_kernel(passengers)
print(count(numpy.arange(5)), sum(count.stats.cache_hits.values()))
"""


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
    assert compile_kernel(sum_of_squares)(values) == sum_of_squares(values) == 328350


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


@pytest.fixture
def port(tmp_path):
    """Return a function that writes two kernels to two files and returns the result and how often it came from disk."""

    def run(ferries):
        (tmp_path / "fleet.py").write_text(FLEET.format(ferries=ferries), encoding="utf-8")
        (tmp_path / "port.py").write_text(PORT, encoding="utf-8")
        environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path / "kept"), "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, tmp_path / "port.py"]
        shown = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
        return tuple(map(int, shown.stdout.split()))

    return run


def test_compiled_code_is_kept_and_a_change_in_a_called_kernel_noticed(port):
    assert port(ferries=2) == (20, 0)
    assert port(ferries=2) == (20, 1)
    assert port(ferries=3) == (30, 0)


def test_a_kernel_without_a_file_is_compiled_and_not_kept():
    cell = types.FunctionType(squared.__code__.replace(co_filename="<cell>"), {})
    assert compile_kernel(kernel(cell))(21) == 441
