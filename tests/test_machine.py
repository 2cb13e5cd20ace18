"""Machine code on disk: what it gives is what the function gives, and no file there can make it give another."""

import os
import subprocess
import sys
import textwrap
from collections import namedtuple

import numpy as np
import pytest

from pastepot import machine
from pastepot.kernels import KEPT_ON, compiled, kernel

LINUX = pytest.mark.skipif(sys.platform not in KEPT_ON, reason="machine code is kept on Linux only")
Pair = namedtuple("Pair", "left right")  # noqa: PYI024 (numba wants one without annotations as much as one with)

PORT = """
    import sys
    import numpy as np
    from pastepot.kernels import compiled, kernel

    FERRIES = {ferries}

    @kernel
    def sailing(value):
        return value * FERRIES

    @kernel
    def passengers(values):
        total = 0
        for value in values:
            total += sailing(value)
        return total

    print(compiled(passengers)(np.arange(5)), "numba" in sys.modules)
"""


def port(folder, ferries=2, cache=None):
    """Return what a small program with two kernels prints, run in a process of its own."""
    program = folder / "port.py"
    program.write_text(textwrap.dedent(PORT).format(ferries=ferries), encoding="utf-8")
    return subprocess.run(
        [sys.executable, program],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "NUMBA_CACHE_DIR": str(cache or folder / "kept")},
    ).stdout.strip()


def code_files(folder):
    return sorted((folder / "kept").glob("*.machine"))


@kernel
def weighed(pair, numbers, factor, out):
    for row in range(out.shape[0]):
        for column in range(out.shape[1]):
            out[row, column] = pair.left[row] * factor + pair.right[column] - numbers[0]


@kernel
def sum_of(values):
    total = 0.0
    for value in values:
        total += value
    return total


@kernel
def fresh(size):
    return np.zeros(size).sum()


def both_ways(function, *arguments):
    return function(*arguments), compiled(function)(*arguments)


@pytest.mark.parametrize("order", ["C", "F"])
def test_structures_matrices_and_numbers_arrive_as_they_are(order):
    pair = Pair(np.arange(3), np.arange(8, dtype=np.int32)[::2])
    plain, fast = (np.zeros((3, 4), order=order) for _ in range(2))
    weighed(pair, (7, 2), 0.5, plain)
    compiled(weighed)(pair, (7, 2), 0.5, fast)
    assert np.array_equal(plain, fast)


@pytest.mark.parametrize("kind", [np.uint8, np.int32, np.int64, np.uint64, np.float32, np.float64])
def test_arrays_of_each_kind_strided_empty_or_read_only_arrive_as_they_are(kind):
    values = np.arange(10).astype(kind)
    locked = values.copy()
    locked.setflags(write=False)
    for array in (values, values[::3], values[:0], locked):
        plain, fast = both_ways(sum_of, array)
        assert plain == fast


def test_a_kernel_that_needs_more_than_itself_is_left_to_numba():
    plain, fast = both_ways(fresh, 9)
    assert plain == fast


def test_arguments_of_other_types_are_left_to_numba():
    with pytest.raises(TypeError, match="cannot pass list"):
        list(machine.leaves([[1, 2]]))
    plain, fast = both_ways(sum_of, (np.float32(1), np.float32(2)))
    assert plain == fast == 3


@LINUX
def test_the_second_process_needs_no_numba(tmp_path):
    assert port(tmp_path) == "20 True"
    assert port(tmp_path) == "20 False"


@LINUX
def test_a_change_in_a_called_kernel_is_not_missed(tmp_path):
    assert port(tmp_path, ferries=2) == "20 True"
    assert port(tmp_path, ferries=3) == "30 True"
    assert port(tmp_path, ferries=2) == "20 False"


@LINUX
@pytest.mark.parametrize("damage", [lambda _: b"", lambda code: code[:-9], lambda code: code[:99] + b"?" + code[100:]])
def test_a_damaged_file_is_replaced(tmp_path, damage):
    assert port(tmp_path) == "20 True"
    (path,) = code_files(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    assert machine.kept(path) is None
    assert port(tmp_path) == "20 True"
    assert machine.kept(path) is not None
    assert port(tmp_path) == "20 False"


@LINUX
def test_where_nothing_can_be_written_all_works(tmp_path):
    (tmp_path / "file").touch()
    assert port(tmp_path, cache=tmp_path / "file" / "kept") == "20 True"


@LINUX
def test_code_for_another_processor_or_compiler_has_another_name(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    here = machine.place_of(sum_of, list(machine.leaves([np.zeros(3)])))
    whole_numbers = machine.place_of(sum_of, list(machine.leaves([np.zeros(3, dtype=np.int64)])))
    monkeypatch.setattr(machine, "maker", lambda: "an older processor")
    there = machine.place_of(sum_of, list(machine.leaves([np.zeros(3)])))
    assert len({here, there, whole_numbers}) == 3


@LINUX
def test_two_processes_that_write_at_once_leave_whole_files(tmp_path):
    program = tmp_path / "port.py"
    program.write_text(textwrap.dedent(PORT).format(ferries=2), encoding="utf-8")
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path / "kept")}
    running = [
        subprocess.Popen([sys.executable, program], stdout=subprocess.PIPE, text=True, env=environment)
        for _ in range(2)
    ]
    assert [one.communicate()[0].strip() for one in running] == ["20 True"] * 2
    assert [path.name for path in (tmp_path / "kept").iterdir()] == [path.name for path in code_files(tmp_path)]
    assert port(tmp_path) == "20 False"
