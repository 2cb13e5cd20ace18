"""The accuracy of duplicate passages on planted news stays as it is: tests/cases/reuse_gate.toml holds the figures."""

import hashlib
import importlib.util
import itertools
import tomllib
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
GATE = tomllib.loads((HOUSE / "tests" / "cases" / "reuse_gate.toml").read_text(encoding="utf-8"))["set"]
MEASURES = ("plagdet", "precision", "recall", "granularity")
HAIR = 0.0002
"""More or less than that is a change, which the file must own up to."""


@pytest.fixture(scope="module")
def bench():
    spec = importlib.util.spec_from_file_location("reuse_bench", HOUSE / "benchmarks" / "reuse_bench.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def name(case):
    return f"{case['documents']} documents, seed {case['seed']}, footer {case['boiler']}"


@pytest.mark.parametrize("case", GATE, ids=name)
def test_the_figures_are_those_on_file(case, bench, shared, tmp_path):
    prefix = tmp_path / "set"
    wanted = ["--n", case["documents"], "--seed", case["seed"], "--boiler", case["boiler"]]
    bench.make_set(shared / "bench", shared / "data" / "reuters.jsonl.gz", wanted, prefix)
    gold = Path(f"{prefix}.gold.jsonl").read_bytes()
    assert hashlib.sha256(gold).hexdigest() == case["gold"], "another gold: the figures on file do not apply"
    bench.cost(prefix, "fuzzy")
    found = bench.score(shared / "bench", prefix)
    measured = {measure: round(found[measure], 4) for measure in MEASURES}
    on_file = {measure: case["figures"][-1][measure] for measure in MEASURES}
    assert measured == pytest.approx(on_file, abs=HAIR), f"{name(case)}: now {measured}"


@pytest.mark.parametrize("case", GATE, ids=name)
def test_a_lower_figure_gives_its_reason(case):
    for before, after in itertools.pairwise(case["figures"]):
        assert after["date"] >= before["date"]
        fell = after["plagdet"] < before["plagdet"] or after["granularity"] > before["granularity"]
        assert after.get("reason") or not fell


@pytest.mark.parametrize("case", GATE, ids=name)
def test_the_figures_on_file_reach_the_goals(case):
    latest = case["figures"][-1]
    assert latest["plagdet"] >= 0.96
    assert latest["precision"] >= 0.97
    assert latest["recall"] >= 0.95
    assert latest["granularity"] <= 1.01
