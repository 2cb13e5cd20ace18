"""The two articles that Pastepot was made for: every item to clean is found at its offsets, and nothing else is."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

import pastepot as pp

CASES = tomllib.loads((Path(__file__).parent / "cases" / "real_articles.toml").read_text(encoding="utf-8"))["article"]
FILES = [case["file"] for case in CASES]


@pytest.fixture(scope="module")
def corpus(shared):
    return pp.read(shared / "seeds")


@pytest.mark.parametrize("case", CASES, ids=FILES)
def test_every_item_is_found_at_its_offsets_and_nothing_else(corpus, case):
    rows = pp.ledger(corpus).query("doc_id == @case['file']")
    found = rows[["start", "end", "rule", "action"]].to_numpy().tolist()
    assert found == case["found"]
    assert corpus.cite(case["file"], 0, case["characters"]).raw == corpus.records[corpus.number(case["file"])].text


@pytest.mark.parametrize("case", CASES, ids=FILES)
def test_undoing_the_ledger_gives_the_file_byte_for_byte(corpus, shared, undo_decisions, case):
    number = corpus.number(case["file"])
    record, decisions = corpus.records[number], corpus.decisions[number]
    raw = undo_decisions(corpus.view(number).text, record.text, decisions)
    assert raw.encode(record.encoding) == (shared / "seeds" / case["file"]).read_bytes()


def test_the_repeated_paragraph_points_at_the_first(corpus):
    row = pp.ledger(corpus).query("rule == 'repeat'").iloc[0]
    assert row["evidence"].endswith(str(CASES[0]["repeat_points_at"]))


@pytest.mark.parametrize("case", CASES, ids=FILES)
def test_quotations_have_the_flags_that_their_marks_deserve(corpus, case):
    rows = pp.quotations(corpus).query("doc_id == @case['file']")
    assert Counter(rows["flag"] + "_" + rows["quote_marks"]) == case["quotation_flags"]
    for flag in ("repaired_open", "displaced_close"):
        spans = rows.loc[rows["flag"] == flag, ["start", "end"]].to_numpy().tolist()
        assert spans == case.get(flag, [])
    assert rows.loc[rows["flag"] == "stray", "start"].tolist() == case.get("stray", [])


@pytest.mark.parametrize("case", CASES, ids=FILES)
def test_terms_are_counted_in_the_default_parts(corpus, case):
    table = pp.terms(corpus, by="doc_id").query("doc_id == @case['file']").set_index("term")["count"]
    assert {term: int(table.get(term, 0)) for term in case["terms"]} == case["terms"]


def test_with_all_parts_of_the_raw_text_nothing_is_left_out(shared):
    raw = pp.terms(pp.read(shared / "seeds" / FILES[0], clean="none"), parts="all").set_index("term")["count"]
    assert raw["putin"] == CASES[0]["putin_in_all_parts"]


def test_each_repeat_inside_an_article_is_found_and_nothing_between_them(corpus):
    table = pp.passages(corpus)
    assert table["doc_a"].tolist() == table["doc_b"].tolist() == FILES
    spans = table[["start_a", "end_a", "start_b", "end_b"]].to_numpy().tolist()
    assert spans == [*CASES[0]["passages"], *CASES[1]["passages"]]


def test_the_longest_run_that_the_two_share_has_four_words(corpus):
    longest = pp.longest_match(corpus)
    assert longest["words"].unique().tolist() == [4]
    assert "4 words" in longest.attrs["note"]


def test_the_catalogue_names_both(corpus):
    assert pp.articles(corpus)["outlet"].tolist() == ["Global Defense Corp", "Focus"]
    assert pp.articles(corpus)["translated"].tolist() == [False, True]
