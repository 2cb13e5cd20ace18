"""The gold of the teaching corpus: how much of the passages marked by hand is found, and how much found is marked.

A character of a passage counts once for each pair of articles and each side. Recall is the share of the marked
characters that some found passage of the same pair covers on that side; precision is the share of the found characters
that some marked passage covers. A floor may be raised; a lower one needs a reason beside it.
"""

import hashlib
import tomllib
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

import pastepot as pp

HERE = Path(__file__).parent
TEACHING = HERE.parent / "seeds" / "teaching"
GATE = tomllib.loads((HERE / "cases" / "teaching_gate.toml").read_text(encoding="utf-8"))


def characters(rows):
    return {
        (*pair, side, place)
        for row in rows.to_dict("records")
        for pair in [(row["doc_a"], row["doc_b"])]
        for side in "ab"
        for place in range(row[f"start_{side}"], row[f"end_{side}"])
    }


def marked():
    rows = pd.read_csv(TEACHING / "gold" / "passages.csv").rename(columns={"file_a": "doc_a", "file_b": "doc_b"})
    assert (rows["doc_a"] <= rows["doc_b"]).all()
    return rows


@cache
def corpus():
    return pp.read(TEACHING)


@cache
def figures(match):
    found, gold = pp.passages(corpus(), match=match), marked()
    ours, true = characters(found), characters(gold)
    shares = {"precision": len(ours & true) / len(ours), "recall": len(ours & true) / len(true)}
    for kind, rows in gold.groupby("kind"):
        of_kind = characters(rows)
        shares[f"recall.{kind}"] = len(ours & of_kind) / len(of_kind)
    return shares


def test_the_gold_is_the_one_that_the_floors_were_measured_on():
    assert hashlib.sha256((TEACHING / "gold" / "passages.csv").read_bytes()).hexdigest() == GATE["gold"]


@pytest.mark.parametrize("match", ["exact", "fuzzy"])
def test_no_figure_falls_below_its_floor(match):
    below = {name: (figures(match)[name], floor) for name, floor in GATE[match].items() if figures(match)[name] < floor}
    assert below == {}


def test_the_block_repeated_inside_an_article_is_found_exactly_and_fuzzily():
    rows = marked().query("doc_a == doc_b")
    for match in ("exact", "fuzzy"):
        found = characters(pp.passages(corpus(), match=match).query("doc_a == doc_b"))
        assert len(rows) > 0
        assert len(characters(rows) & found) / len(characters(rows)) >= 0.99
