"""Attributions: what each sentence of the cases says, by hand; order, spans and the edges of the table."""

import tomllib
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import pastepot as pp
from pastepot.text.cues import CUES, IMPLIES, inflect

CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "attributions.toml").read_text(encoding="utf-8"))
COLUMNS = ["kind", "source", "source_kind", "cue_class", "text"]
WORDS = [
    "Ada Quay",
    "said",
    "that",
    "the pier",
    "was safe",
    ",",
    "according to",
    "the union",
    "warned",
    "who",
    ".",
    "she",
]


def attributions(*texts: str) -> pd.DataFrame:
    return pp.attributions(pp.read(pd.DataFrame({"text": texts}), clean="none"))


@pytest.mark.parametrize("case", CASES["case"], ids=[case["text"][:60] for case in CASES["case"]])
def test_a_sentence_has_the_statements_that_a_reader_finds(case):
    assert attributions(case["text"])[COLUMNS].to_numpy().tolist() == case["rows"]


@given(st.lists(st.sampled_from(WORDS), max_size=14))
def test_spans_lie_in_the_text_and_hold_what_the_row_says(words: list[str]):
    text = " ".join(words)
    if not text.strip(" .,"):
        return
    for row in attributions(text).itertuples():
        assert 0 <= row.start < row.end <= len(text)
        assert text[row.start : row.end] == row.text
        assert row.cue == (text[row.cue_start : row.cue_end] if row.cue else "")
        assert row.cue_class in IMPLIES
        if not pd.isna(row.source_start):
            assert 0 <= row.source_start < row.source_end <= len(text)
        assert (row.source == "") == (row.reason != "")


def test_rows_come_by_article_and_place():
    rows = attributions("Ada Quay said it sank. Ann Lee said it swam.", "No word.", "Tom Orr said it burned.")
    assert rows["doc_id"].nunique() == 2
    assert rows["source"].tolist() == ["Ada Quay", "Ann Lee", "Tom Orr"]


def test_no_statement_is_an_empty_table_with_its_columns():
    rows = attributions("The pier is long.")
    assert rows.empty
    assert {*COLUMNS, "start", "negated", "hedged", "anonymity", "reason"} <= {*rows.columns}


def test_offsets_are_of_the_raw_text_where_cleaning_took_lines_out():
    text = "Advertisement\nThe board met\nAda Quay, who sails, said on Monday that the pier was safe.\nIt rained."
    corpus = pp.read(pd.DataFrame({"text": [text]}))
    row = pp.attributions(corpus).iloc[0]
    cited = [
        corpus.cite(row.doc_id, int(row[f"{name}start"]), int(row[f"{name}end"])).raw
        for name in ("", "source_", "cue_")
    ]
    assert cited == ["that the pier was safe", "Ada Quay", "said"]


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("say", "say says said saying"),
        ("deny", "deny denies denied denying"),
        ("agree", "agree agrees agreed agreeing"),
        ("write", "write writes wrote written writing"),
        ("stress", "stress stresses stressed stressing"),
    ],
)
def test_a_verb_is_known_in_all_its_forms(verb: str, forms: str):
    assert set(inflect(verb)) == set(forms.split())
    assert {CUES[form].verb for form in forms.split()} == {verb}
