"""The gold of the teaching corpus for furniture, quotations and tone: what is found of it, held by floors."""

import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import pastepot as pp

HERE = Path(__file__).parent
TEACHING = HERE.parent / "seeds" / "teaching"
GATE = tomllib.loads((HERE / "cases" / "teaching_gold.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def corpus():
    return pp.read(TEACHING)


def gold(name):
    return pd.read_csv(TEACHING / "gold" / f"{name}.csv", keep_default_na=False)


def shares(found, marked):
    return {"precision": len(found & marked) / len(found), "recall": len(found & marked) / len(marked)}


def rows(frame, *columns):
    return set(frame[list(columns)].itertuples(index=False, name=None))


def held(name, figures):
    assert {key: value for key, value in figures.items() if value < GATE[name][key]} == {}


def test_furniture_is_found_by_the_right_rule_to_its_last_character(corpus):
    found = pp.ledger(corpus).query("action != 'replace'")
    held("furniture", shares(rows(found, "doc_id", "end", "rule"), rows(gold("furniture"), "file", "end", "rule")))


def test_outermost_quotations_are_found_to_the_character(corpus):
    marked = gold("quotations").sort_values(["file", "start", "end"], ascending=[True, True, False])
    reached = marked.groupby("file")["end"].cummax().groupby(marked["file"]).shift(fill_value=-1)
    outer = marked[marked["end"] > reached]
    held(
        "quotations", shares(rows(pp.quotations(corpus), "doc_id", "start", "end"), rows(outer, "file", "start", "end"))
    )


def test_the_tone_tools_agree_with_the_labels_as_often_as_said(corpus):
    labels = gold("tone")
    table = pp.sentiment(corpus, parts="all").merge(labels, left_on=["doc_id", "start"], right_on=["file", "start"])
    right = {
        tool: float((np.sign(table[tool].where(table[tool].abs() >= cut, 0)) == table["label"]).mean())
        for tool, cut in (("vader", 0.05), ("textblob", 0.05), ("news_model", 0.2))
    }
    assert len(table) >= 0.95 * len(labels)
    held("tone", right)
