"""The page on sources: every example is run, every class of cues is on it, its figures are those of the benchmarks."""

import re

import pytest
from sources_page import EXAMPLES, FOUND, GOLD, MISSED, MISSES, ROOT, page_text, read_statements

from pastepot.text.cues import CUES, IMPLIES

PAGE = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
# What the examples must give, written apart from what is computed: kind, source, class of the cue, negated.
EXPECTED = [
    [("indirect", "Ada Quay", "said", False)],
    [("indirect", "a report", "said", False)],
    [("direct", "Mara Quill", "said", False), ("indirect", "Mara Quill", "said", False)],
    [("indirect", "Ada Quay", "said", False)],
    [("indirect", "", "said", False)],
    [("mixed", "Bo Lund", "said", False)],
    [("indirect", "A senior official", "said", False)],
    [("indirect", "Some experts", "warned", False)],
    [("indirect", "", "warned", False)],
    [("indirect", "Ada Quay", "said", True)],
]
REMARKS = {4: ("reason", "“she” fits Ada Quay and Nora Lund"), 6: ("anonymity", "withheld")}
REMARKS |= {7: ("anonymity", "collective"), 8: ("anonymity", "not attributed")}


def test_the_page_is_what_its_examples_and_the_list_of_cues_give():
    assert page_text() == PAGE, "python3 tests/sources_page.py writes docs/sources.md anew"


@pytest.mark.parametrize("number", range(10))
def test_each_example_gives_the_rows_that_a_reader_expects(number):
    rows = read_statements(EXAMPLES[number][0])
    assert list(rows[["kind", "source", "cue_class", "negated"]].itertuples(index=False, name=None)) == EXPECTED[number]
    if number in REMARKS:
        column, value = REMARKS[number]
        assert rows[column].tolist() == [value]
        assert f"`{column}`" in EXAMPLES[number][1]


def test_there_are_ten_examples():
    assert len(EXAMPLES) == len(EXPECTED) == 10


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, _, text in MISSES])
def test_each_sentence_that_is_said_to_be_missed_has_no_row(kind, text):
    assert len(read_statements(text)) == 0, f"found now; choose another sentence for: {kind}"


def test_the_sample_of_what_is_missed_adds_up_and_the_largest_kind_comes_first():
    counts = [count for _, count, _ in MISSES]
    assert sum(counts) == 100
    assert counts == sorted(counts, reverse=True)
    assert FOUND + MISSED == GOLD


MEASURED = {
    "statements in indirect speech": "statements in indirect speech, PolNeAR dev, precision / recall",
    "their sources": "their sources, precision / recall",
    "speakers of quotations": "speakers, precision / recall",
}
"""The rows of the page and of the benchmarks that give the same figures."""


@pytest.mark.parametrize(("row", "name"), MEASURED.items())
def test_the_figures_are_those_of_the_benchmarks(row, name):
    known = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    precision, recall = re.search(rf"^\| {row} \| (\.\d+)[^|]*\| (\.\d+)", PAGE, re.MULTILINE).groups()
    assert f"| {name} | {precision} / {recall} " in known


def test_every_class_is_there_with_what_it_implies_and_every_verb():
    rows = dict(re.findall(r"^\| (\w+) \| (.+ \| .+) \|$", PAGE, re.MULTILINE))
    assert [name for name in rows if name in IMPLIES] == list(IMPLIES)
    for name, implies in IMPLIES.items():
        said, verbs = rows[name].split(" | ")
        assert said == implies
        assert set(verbs.split(", ")) == {cue.verb for cue in CUES.values() if name in cue.classes.values()}
