"""The chapter on the two articles: its sentences hold the figures that were counted by hand."""

import tomllib
from pathlib import Path

import pytest

from pastepot.reporting.fact_check import COLUMNS, fact_check
from pastepot.reporting.notebooks import execute

PROJECT = Path(__file__).parents[1]
NOTEBOOK = PROJECT / "notebooks" / "00_two_articles.ipynb"
FIGURES = tomllib.loads((PROJECT / "tests" / "cases" / "two_articles.toml").read_text(encoding="utf-8"))["figure"]


@pytest.fixture(scope="module")
def chapter(shared):
    return execute(NOTEBOOK, str((shared / "seeds").resolve()))


@pytest.fixture(scope="module")
def said(chapter):
    outputs = [output for cell in chapter.cells for output in cell.get("outputs", [])]
    found = [output.data.get("application/vnd.pastepot.say+json") for output in outputs if "data" in output]
    return [one for one in found if one]


@pytest.mark.parametrize("figure", FIGURES, ids=[figure["holds"][:40] for figure in FIGURES])
def test_the_chapter_says_what_was_counted_by_hand(said, figure):
    assert [one for one in said if figure["holds"] in one["text"]]


def test_every_sentence_with_a_number_names_its_evidence(said):
    assert [one["text"] for one in said if any(map(str.isdigit, one["text"])) and not one["evidence"]] == []


def test_the_fact_check_sheet_lists_each_number_with_a_place(chapter):
    lines = fact_check({"00": chapter}).splitlines()
    assert lines[0] == ",".join(COLUMNS)
    assert len(lines) > 40
    assert all(line.endswith(",") for line in lines[1:])


def test_the_method_is_told_in_at_most_120_words():
    text = NOTEBOOK.read_text(encoding="utf-8")
    start = text.index("**How we did this.**")
    assert len(text[start : text.index('"', start)].split()) <= 120
