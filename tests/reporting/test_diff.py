"""Both copies of a passage come from the raw text, differing words are marked, nothing hostile gets out."""

import difflib
import json

import pandas as pd
import pytest
from by_hand import Seen
from hypothesis import given, settings
from hypothesis import strategies as st

import pastepot as pp
from pastepot.corpus.ledger import Decision
from pastepot.reporting.diff import LONGEST, Diff, _lines, _stretches
from pastepot.reporting.page import _output
from pastepot.reporting.templates import mime, piece

FIRST = "Lead. The ferry company said on Monday that no crossing would run before Thursday. Tail <b>x</b>"
SECOND = "Once more: the ferry company said on Tuesday that no single crossing would run before Thursday"

PLACE = {"doc_a": "row 1", "start_a": 0, "end_a": 20, "doc_b": "row 2", "start_b": 0, "end_b": 20}


def read(texts, **columns):
    return pp.read(pd.DataFrame({"text": texts, **columns}), clean="none")


def row(corpus, last_of_a, last_of_b):
    starts = [corpus.records[place].text.casefold().index("the ferry") for place in (0, 1)]
    ends = [corpus.records[place].text.index(word) + len(word) for place, word in enumerate((last_of_a, last_of_b))]
    names = corpus.doc_ids
    return {"doc_a": names[0], "start_a": starts[0], "end_a": ends[0], "doc_b": names[1]} | {
        "start_b": starts[1],
        "end_b": ends[1],
    }


@pytest.fixture
def pair():
    corpus = read([FIRST, SECOND], outlet=["Gull", ""], date=["2031-01-14", ""])
    return pp.side_by_side(corpus, row(corpus, "Thursday", "Thursday"), context=3)


def test_words_that_differ_are_marked_and_equal_ones_are_not(pair):
    only = [[text for kind, text in side.pieces if kind == "only"] for side in pair.sides]
    assert only == [["Monday"], ["Tuesday", "single"]]


def test_the_segments_add_up_to_the_raw_span_and_the_context_to_the_text_around_it(pair):
    assert ["".join(text for _, text in side.pieces) for side in pair.sides] == [FIRST[6:81], SECOND[11:]]
    assert [(side.before, side.after) for side in pair.sides] == [("Lead. ", ". Tail <b>x"), ("Once more: ", "")]


def test_each_copy_names_article_outlet_date_and_characters(pair):
    names = [(side.doc_id, side.where) for side in pair.sides]
    assert names == [
        ("row 1", "Gull, 2031-01-14, (data frame), row 1 (index 0), field text, characters 6-81"),
        ("row 2", "undated, (data frame), row 2 (index 1), field text, characters 11-94"),
    ]


def test_the_page_strikes_underlines_escapes_and_asks_for_nothing(pair, tmp_path):
    page = pair.save(tmp_path / "pair.html").read_text(encoding="utf-8")
    seen = Seen(page)
    assert [tag for tag, _ in seen.tags if tag in {"del", "ins", "b", "script", "img"}] == [
        "b",
        "del",
        "b",
        "ins",
        "ins",
    ]
    assert "Tail <b>x" in seen.text
    assert not [attrs for _, attrs in seen.tags if "src" in attrs]
    assert "default-src 'none'" in seen.all("meta")[1]["content"]
    assert "line-through" in page
    assert "underline" in page
    assert list(tmp_path.iterdir()) == [tmp_path / "pair.html"]


def test_the_report_makes_the_same_markup_from_data_and_leaves_it_out_of_short_excerpts(pair):
    data = json.loads(json.dumps(pair._repr_mimebundle_()))
    output = {"output_type": "execute_result", "data": data | {"text/html": "<script>"}}
    [block] = _output(output, {}, "full")
    assert str(piece(block.kind, block.content)) in pair._repr_mimebundle_()["text/html"]
    [block] = _output(output, {}, "short")
    assert "left out" in block.content
    assert "ferry" not in block.content
    assert set(data) == {"text/plain", "text/html", mime("pair")}


def test_a_row_an_index_and_a_table_give_the_same():
    corpus = read([FIRST, FIRST])
    passages = pp.passages(corpus)
    texts = {repr(shown) for shown in (pp.side_by_side(corpus, 0), pp.side_by_side(corpus, 0, passages))}
    assert texts == {repr(pp.side_by_side(corpus, passages.iloc[0]))}


@pytest.mark.parametrize(
    ("passage", "message"),
    [
        (3, "passage must be the number of one of 1 rows; got 3."),
        (-1, "passage must be the number of one of 1 rows; got -1."),
        (True, "passage must be a whole number or a row or a dict; got True."),
        (0.5, "passage must be a whole number or a row or a dict; got 0.5."),
        ("first", "passage must be a whole number or a row or a dict; got 'first'."),
        (None, "passage must be a whole number or a row or a dict; got None."),
        ({"doc_a": "row 1"}, "passage lacks 'start_a'; give a row of pastepot.passages(corpus)."),
        (PLACE | {"doc_b": "row 3"}, "doc_id must be an article of data frame; got 'row 3'. Did you mean 'row 2'?"),
        (PLACE | {"end_b": 9999}, "start and end must lie inside 'row 2', 0 to 96; got 0 and 9999."),
        (PLACE | {"start_a": -1}, "start and end must lie inside 'row 1', 0 to 96; got -1 and 20."),
        (PLACE | {"start_a": "0"}, "start_a and end_a must be whole numbers; got '0' and 20."),
        (PLACE | {"end_a": float("nan")}, "start_a and end_a must be whole numbers; got 0 and nan."),
        (PLACE | {"end_a": 0}, "passage has no word in 'row 1' from 0 to 0; give a longer one."),
    ],
)
def test_what_is_no_passage_is_refused(passage, message):
    with pytest.raises(pp.PastepotError) as caught:
        pp.side_by_side(read([FIRST, FIRST]), passage)
    assert str(caught.value) == message


def test_a_table_or_a_context_of_another_kind_is_refused():
    corpus = read([FIRST, FIRST])
    with pytest.raises(pp.PastepotError, match=r"table must be a table or None; got \[\], so make it first: table = "):
        pp.side_by_side(corpus, 0, [])
    for context in (-1, 1.5, "12", None):
        with pytest.raises(pp.PastepotError, match="context must be a whole number"):
            pp.side_by_side(corpus, 0, context=context)
    assert [side.before + side.after for side in pp.side_by_side(corpus, 0, context=0).sides] == ["", ""]


def test_a_repeat_inside_one_article_has_both_its_places():
    text = "the ferry stays in port until the strike ends"
    sides = pp.side_by_side(read([f"{text}. {text}."]), 0).sides
    assert [side.where for side in sides] == [
        "undated, (data frame), row 1 (index 0), field text, characters 0-45",
        "undated, (data frame), row 1 (index 0), field text, characters 47-92",
    ]


def test_a_copy_under_header_lines_has_the_line_and_the_characters_of_its_file(tmp_path):
    text = "the ferry stays in port until the strike ends"
    (tmp_path / "a.txt").write_text(f"Title: Late\nSource: Gull\n\nNow.\n{text}", encoding="utf-8")
    (tmp_path / "b.csv").write_text(f"id,text\nx,\ny,{text}\n", encoding="utf-8")
    sides = pp.side_by_side(pp.read(tmp_path), 0).sides
    assert [side.where for side in sides] == [
        "Gull, undated, line 5, characters 31-76",
        "undated, b.csv, row 3, field text, characters 0-45",
    ]


def test_a_very_long_passage_is_cut_and_that_is_said():
    text = " ".join(f"word{number}" for number in range(LONGEST + 5))
    side = pp.side_by_side(read([text, text]), 0).sides[0]
    assert side.where.endswith(f", the first {LONGEST:,} words shown")
    assert "".join(piece for _, piece in side.pieces).split()[-1] == f"word{LONGEST - 1}"


words = st.lists(st.sampled_from(["ferry", "port", "crew", "late", "quay"]), min_size=1, max_size=12)


@settings(max_examples=min(100, settings().max_examples))
@given(first=words, second=words)
def test_marked_words_are_those_a_plain_comparison_of_lists_marks(first, second):
    corpus = read([" ".join(first), " ".join(second)])
    ends = [len(record.text) for record in corpus.records]
    place = {"doc_a": "row 1", "start_a": 0, "end_a": ends[0], "doc_b": "row 2", "start_b": 0, "end_b": ends[1]}
    sides = pp.side_by_side(corpus, place).sides
    plain = [[], []]
    for tag, a0, a1, b0, b1 in difflib.SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if tag != "equal":
            plain[0] += first[a0:a1]
            plain[1] += second[b0:b1]
    assert [" ".join(text for kind, text in side.pieces if kind == "only").split() for side in sides] == plain


def test_of_long_words_the_400_characters_next_to_the_passage_are_shown():
    text = f"{'a' * 300} {'b' * 300} the ferry {'c' * 300} {'d' * 300}"
    place = {"doc_a": "row 1", "start_a": 602, "end_a": 611, "doc_b": "row 1", "start_b": 602, "end_b": 611}
    side = pp.side_by_side(read([text]), place).sides[0]
    assert (side.before, side.after) == (f"{'a' * 98} {'b' * 300} ", f" {'c' * 300} {'d' * 98}")


def test_line_breaks_of_any_system_are_shown_as_line_feeds():
    assert [_lines(text) for text in ("ferry\r\nquay", "ferry\rquay", "ferry\nquay")] == ["ferry\nquay"] * 3


def test_a_decision_inside_another_is_not_shown_twice():
    raw = "Port news. Subscribe now. End"
    decisions = (
        Decision(0, 25, "title", "label"),
        Decision(11, 25, "newsletter", "drop"),
        Decision(26, 29, "x", "drop"),
    )
    assert repr(Diff("a", list(_stretches(raw, decisions)))) == "{title: Port news. Subscribe now.} [-End-]{x}"
