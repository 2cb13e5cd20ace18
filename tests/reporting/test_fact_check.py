"""The fact-check sheet: a row for each number, with places that a reader can tell apart."""

import csv
import re

import pandas as pd
import pytest

import pastepot as pp
from pastepot.reporting.display import say
from pastepot.reporting.fact_check import COLUMNS, evidence_spans, fact_check
from pastepot.reporting.templates import mime


def lines_of(node, *rows):
    frame = pd.DataFrame(list(rows), columns=["doc_id", "start", "end"])
    frame.attrs |= {"table": "concordance", "settings": {"node": node}}
    return frame


def sheet_of(text, evidence, corpus=None):
    data = {mime("say"): say(text, evidence=evidence)._repr_mimebundle_()[mime("say")]}
    rows = fact_check({"01": {"cells": [{"outputs": [{"data": data}]}]}}, corpus)
    return list(csv.DictReader(rows.splitlines()))


def test_each_number_of_a_sentence_gets_a_row():
    rows = sheet_of("quay: 1,204 of 2, or -3.5 and 60%", [lines_of("quay", ("a.txt", 3, 7))])
    assert [row["number"] for row in rows] == ["1,204", "2", "-3.5", "60%"]
    assert tuple(rows[0]) == COLUMNS


def test_numbers_in_words_and_dates_get_rows_and_names_and_quoted_words_do_not():
    text = (
        "Both ferries, three times, never late since 2031-01-07: “two of 8”, in 2031-01-07_gull_02.txt, characters "
        "153-174 and 863–900. No quay, the one pier; 3 both zero, 4 one zero."
    )
    rows = sheet_of(text, [lines_of("quay", ("a.txt", 3, 7))])
    numbers = ["Both", "three", "never", "2031-01-07", "No", "the one", "3", "4"]
    assert [row["number"] for row in rows] == numbers


def test_the_words_around_the_first_places_can_be_read(tmp_path):
    before, after = "The harbour office opened late. " * 9, " and nobody had a key. The gate stayed shut." * 9
    (tmp_path / "a.txt").write_text(f"{before}\nThe ferry sailed{after}", encoding="utf-8")
    corpus = pp.read(tmp_path)
    row = sheet_of("1 ferry, 2 words", [pp.concordance(corpus, "ferry"), pp.concordance(corpus, "gate")], corpus)[0]
    ferry, *gates = row["text"].split(" | ")
    assert (len(gates), 120 <= len(ferry) <= 190) == (2, True)
    assert ferry.startswith("a.txt: “")
    assert "opened late. The ferry sailed and nobody had a key." in ferry
    assert set(re.findall(r"\w+", ferry[8:])) <= set(re.findall(r"\w+", before + "The ferry sailed" + after))


def test_words_of_headings_have_their_place_in_the_heading(tmp_path):
    (tmp_path / "a.txt").write_text("Ferry strike goes on\n\nThe crew stayed at home today.\n", encoding="utf-8")
    corpus = pp.read(tmp_path)
    row = sheet_of("2 words", [pp.headline_words(corpus).query("term == 'strike'")], corpus)[0]
    assert row["places"] == "headline_words of strike: a.txt 6-12"
    assert row["text"].startswith("a.txt: “Ferry strike goes on")


def test_a_minus_sign_belongs_to_its_number():
    assert [row["number"] for row in sheet_of("quay: \u22120.50", [lines_of("quay", ("a.txt", 3, 7))])] == [
        "\u22120.50"
    ]


def test_places_stand_beneath_what_was_asked_and_the_article():
    evidence = [lines_of("quay", ("a.txt", 3, 7), ("b.txt", 0, 4), ("a.txt", 9, 13)), lines_of("tide", ("b.txt", 5, 9))]
    row = sheet_of("quay 3, tide 1", evidence)[0]
    asked = "concordance of quay: a.txt 3-7, 9-13; concordance of quay: b.txt 0-4; concordance of tide: b.txt 5-9"
    assert (row["table"], row["places"]) == ("concordance", asked)


def test_places_are_those_of_the_source(tmp_path):
    (tmp_path / "a.txt").write_text("Title: Late\nSource: Gull\n\nThe ferry sails.", encoding="utf-8")
    (tmp_path / "b.csv").write_text("id,text\nx,The ferry waits.\n", encoding="utf-8")
    corpus = pp.read(tmp_path)
    evidence = [pp.concordance(corpus, "ferry"), lines_of("quay", ("elsewhere.txt", 2, 3), ("x", 4, 99))]
    first = pd.DataFrame({"doc_id": ["a.txt", "x"], "first_start": [4, 0]})
    row = sheet_of("2 ferries", [*evidence, first, pd.DataFrame({"doc_id": ["x"]})], corpus)[0]
    assert row["places"].split("; ") == [
        "concordance of ferry: a.txt 30-35",
        "concordance of ferry: x (b.csv, row 2, field text) 4-9",
        "concordance of quay: elsewhere.txt 2-3",
        "concordance of quay: x 4-99",
        "a.txt 30",
        "x (b.csv, row 2, field text) 0",
    ]


@pytest.mark.parametrize(
    ("columns", "places"),
    [
        ({"doc_id": ["a"], "first_start": [12]}, [("", "a", "12")]),
        ({"doc_id": ["a"]}, [("", "a", "")]),
        (
            {"doc_a": ["a"], "start_a": [1], "end_a": [2], "doc_b": ["b"], "start_b": [3], "end_b": [4]},
            [("", "a", "1-2"), ("", "b", "3-4")],
        ),
        ({"group": ["a"]}, []),
        ({"doc_id": [], "start": [], "end": []}, []),
    ],
)
def test_a_row_is_placed_as_exactly_as_its_table_allows(columns, places):
    assert evidence_spans([pd.DataFrame(columns)]) == places


def test_a_sentence_without_evidence_or_number_has_no_row():
    assert sheet_of("3 ferries", []) == []
    assert sheet_of("the ferry", [lines_of("ferry", ("a.txt", 0, 5))]) == []


def test_of_many_places_the_first_400_are_listed():
    rows = sheet_of("401 hits", [lines_of("quay", *[("a.txt", n, n + 4) for n in range(401)])])
    assert rows[0]["places"].split(", ")[-1] == "399-403"
    assert rows[0]["places"].count("-") == 400
