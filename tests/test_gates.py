"""Accuracy that must not fall: figures of the public scorers on evaluation data, pinned with the data's digest."""

import hashlib
import importlib.util
import json
import sys
import tomllib
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
GATES = tomllib.loads((TESTS / "cases" / "gates.toml").read_text(encoding="utf-8"))["gate"]
FLOORS_SHA256 = "647ab5fe332ab8a9649e0ba3ce6f76e66d5d26ae9c8564db7337fe454baca7d6"
"""Digest of every floor: whoever lowers one must also change this line, where a reviewer sees it."""


def benchmark(name):
    spec = importlib.util.spec_from_file_location(name, TESTS.parent / "benchmarks" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def looked_up(figures, path):
    for key in path.split("."):
        figures = figures[key]
    return figures


def test_no_floor_was_changed_unseen():
    listed = json.dumps([(gate["task"], gate["number"], gate["floors"]) for gate in GATES], sort_keys=True)
    assert hashlib.sha256(listed.encode()).hexdigest() == FLOORS_SHA256


@pytest.mark.parametrize("gate", GATES, ids=[f"{gate['task']} {gate['number']}" for gate in GATES])
def test_figures_stay_above_their_floors(gate, shared):
    score = benchmark("score")
    task = score.TASKS[gate["task"]][gate["number"]]
    data = shared / "data" / task.data
    assert hashlib.sha256(data.read_bytes()).hexdigest() == gate["data_sha256"], "other data than the floors are for"
    figures = json.loads(score.score(task._replace(scorer=(*task.scorer, "--json")), shared))
    found = {path: looked_up(figures, path) for path in gate["floors"]}
    assert {path: value for path, value in found.items() if value < gate["floors"][path]} == {}
