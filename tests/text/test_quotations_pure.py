"""The quotation finder by itself: cases, properties, hostile text, and its scores on gold speech where that lies."""

import gzip
import json
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pastepot.text.quotations import Quotation, find_quotations, quoted_spans

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "quotations.toml").read_text(encoding="utf-8"))

FLAGS = {"ok", "continues", "repaired_open", "displaced_close", "unclosed", "stray"}

# Few words and many marks, so that marks, blanks, stops and line ends meet in every order.
PIECES = st.sampled_from(
    [
        *"\"“”„«»'‘’‚‹›`,.?!:;-—()=\n \u00a0",
        *(
            "''",
            "``",
            "\n\n",
            "\r\n",
            " said ",
            " Ann ",
            "he ",
            "crews",
            "s’ ",
            "6'3\"",
            "A: ",
            "’90s",
            " — ",
            ". ",
            ", ",
        ),
    ]
)
ARTICLES = st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join))

STYLES = ["“”", '""', "„“", "»«", "«»", "‘’", "‚‘", "''"]
SPEECH = st.sampled_from(["The boats sail at noon", "No", "It was the last ferry of the year", "We don’t know"])
REPORT = st.sampled_from(["The harbour master left.", "Rain fell on the quay.", "The crews voted."])


@st.composite
def well_formed(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Return an article with every mark in its place, and its quotations."""
    style = draw(st.sampled_from(STYLES))
    paragraphs, quoted = [], []
    for _ in range(draw(st.integers(0, 4))):
        sentences = []
        for _ in range(draw(st.integers(1, 3))):
            quotation = f"{style[0]}{draw(SPEECH)}{draw(st.sampled_from([',', '?', '…']))}{style[1]}"
            quoted.append(quotation)
            sentences.append(f"{quotation} {draw(st.sampled_from(['he said.', 'said Ann Lee.']))} {draw(REPORT)}")
        paragraphs.append(" ".join(sentences))
    return draw(st.sampled_from(["\n", "\n\n"])).join(paragraphs), quoted


def cases(*kinds: str) -> list[object]:
    return [pytest.param(case["text"], case["quotations"], id=case["label"]) for kind in kinds for case in CASES[kind]]


def found(text: str) -> list[list[str]]:
    return [[q.flag, q.quote_marks, text[q.start : q.end], q.speaker] for q in find_quotations(text)]


@pytest.mark.parametrize(("text", "expected"), cases("in_the_wild", "negative", "synthetic"))
def test_case_has_these_quotations(text: str, expected: list[list[str]]):
    assert found(text) == expected


@pytest.mark.parametrize(("text", "expected"), cases("known_failures"))
@pytest.mark.xfail(strict=True, reason="a limit of the rules; when it passes, move the case up")
def test_known_failure_has_these_quotations(text: str, expected: list[list[str]]):
    assert found(text) == expected


def test_every_flag_has_a_case():
    assert {row[0] for kind in CASES.values() for case in kind for row in case["quotations"]} == FLAGS


@pytest.mark.parametrize("text", ["", " ", "\n", "No mark at all.", "\ud800", "\x00"])
def test_text_without_marks_has_no_quotation(text: str):
    assert find_quotations(text) == []


@given(well_formed())
def test_well_formed_quotations_come_back_exactly(article: tuple[str, list[str]]):
    text, quoted = article
    rows = find_quotations(text)
    assert [text[row.start : row.end] for row in rows] == quoted
    assert {row.flag for row in rows} <= {"ok"}
    assert all(row.speaker in {"he", "Ann Lee"} for row in rows)


@given(ARTICLES)
def test_quotations_are_in_order_without_overlap_and_inside_the_text(text: str):
    reached = 0
    for row in find_quotations(text):
        assert reached <= row.start < row.end <= len(text)
        assert row.flag in FLAGS
        reached = row.end


@given(ARTICLES)
def test_the_speaker_stands_at_its_offsets(text: str):
    for row in find_quotations(text):
        if row.speaker:
            assert text[row.speaker_start : row.speaker_end] == row.speaker
            assert row.cue
        else:
            assert (row.speaker_start, row.speaker_end, row.cue) == (None, None, "")


@given(ARTICLES)
def test_only_strays_are_without_words_and_speakerless_by_rule(text: str):
    for row in find_quotations(text):
        assert (row.words == 0) == (row.flag == "stray")
        assert row.flag != "stray" or not row.speaker


@given(ARTICLES)
def test_a_no_break_space_counts_as_a_space(text: str):
    spans = [row[:4] for row in find_quotations(text)]
    assert [row[:4] for row in find_quotations(text.replace("\u00a0", " "))] == spans


@given(ARTICLES)
def test_a_paragraph_before_the_article_shifts_it_and_changes_nothing(text: str):
    lead = "The harbour lay quiet in the rain, and nobody was about on the quay that day.\n\n\n"
    shifted = [(*row[2:4], row.start - len(lead), row.end - len(lead)) for row in find_quotations(lead + text)]
    assert shifted == [(*row[2:4], *row[:2]) for row in find_quotations(text)]


def test_quoted_spans_leave_out_strays_and_short_quotations():
    rows = [
        Quotation(0, 9, "ok", "double", words=4),
        Quotation(9, 30, "unclosed", "double", words=5),
        Quotation(40, 50, "ok", "single", words=3),
        Quotation(60, 61, "stray", "single"),
        Quotation(70, 99, "continues", "double", words=8),
    ]
    assert quoted_spans(reversed(rows)) == [(0, 30), (70, 99)]
    assert quoted_spans(rows, min_words=3) == [(0, 30), (40, 50), (70, 99)]
    assert quoted_spans([]) == []


HOSTILE = [
    *"\"“”„«»'‘’‚‹›` \n.,(=sA",
    *('"a ', 'a" ', "‘a ", "a,’ ", "'a ", "s’ b ", "“a” said ", '"\n', '" a\n', "“a\n\n", "“A” — A ", "6'3\"", "Mr. "),
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_repeated_marks_do_not_hang(piece: str):
    started = time.process_time()
    find_quotations((piece * 100_000)[:100_000])
    assert time.process_time() - started < 20


@pytest.mark.parametrize(
    ("text", "rows"),
    [('"' + "a" * 200_000, 1), ("a" * 1_000_000, 0), ('"a' + " " * 50_000 + '"', 1), ('"a' + "\n" * 20_000 + "b", 1)],
    ids=["letters after a mark", "one long word", "blanks inside a quotation", "blank lines"],
)
def test_long_runs_do_not_hang(text: str, rows: int):
    started = time.process_time()
    assert len(find_quotations(text)) == rows
    assert time.process_time() - started < 20


@pytest.mark.parametrize("blank", ["\u00a0", " "])
def test_the_first_real_article_has_its_quotations(shared: Path, blank: str):
    rows = find_quotations(real_article(shared, "000_*.txt").replace("\u00a0", blank))
    assert [
        sum((row.flag, row.quote_marks) == kind for row in rows) for kind in (("ok", "single"), ("ok", "double"))
    ] == [27, 1]
    assert [row[:4] for row in rows if row.flag != "ok"] == [
        (1315, 1399, "repaired_open", "double"),
        (2607, 2608, "stray", "single"),
        (5047, 5241, "repaired_open", "single"),
        (6144, 6338, "repaired_open", "single"),
    ]


@pytest.mark.parametrize("blank", ["\u00a0", " "])
def test_the_second_real_article_has_its_quotations(shared: Path, blank: str):
    rows = find_quotations(real_article(shared, "002_*.txt").replace("\u00a0", blank))
    assert [row.flag for row in rows] == ["ok", "ok", "displaced_close", "ok", "ok", "ok"]
    assert (rows[2].start, rows[2].end) == (3761, 3858)


def real_article(shared: Path, name: str) -> str:
    return next((shared / "seeds").glob(name)).read_bytes().decode()


def test_scores_on_gold_speech_hold(shared: Path, tmp_path: Path):
    gold, predicted = shared / "data" / "polnear_dev.jsonl.gz", tmp_path / "predicted.jsonl"
    articles = [json.loads(line) for line in gzip.decompress(gold.read_bytes()).splitlines()]
    lines = [
        json.dumps({"doc_id": article["doc_id"], **row._asdict()})
        for article in articles
        for row in find_quotations(article["text"])
        if row.flag != "stray" and row.quote_marks == "double"
    ]
    predicted.write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, shared / "bench" / "score_quotes.py", gold, predicted, "--json"]
    score = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    assert score["direct"]["recall"] >= 0.99
    assert score["begun"]["recall"] >= 0.985
    assert score["precision"]["7+"]["precision"] >= 0.98
    assert score["precision"]["7+"]["inside"] >= 605
    assert score["speaker"]["precision"] >= 0.93
    assert score["speaker"]["recall"] >= 0.75
