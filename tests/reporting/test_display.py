"""Tables, corpora and sentences as a notebook shows them: plain words, six columns at most, nothing live."""

import html
import re

import hypothesis.strategies as st
import pandas as pd
import pytest
from hypothesis import given

from pastepot import escape, tables
from pastepot.corpus.read import read
from pastepot.reporting import display
from pastepot.reporting.templates import mime, piece


def articles(**columns):
    made = {name: [""] for name in tables.TABLES["articles"].columns}
    made |= {
        "date": pd.to_datetime(["2031-01-07"]),
        "translated": [True],
        "file_start": [0],
        "chars": [9],
        "words": [2],
    }
    return tables.build("articles", {**made, "doc_id": ["a.txt"], **columns}, corpus="harbour")


def row_texts(markup):
    """Return the text of every cell, row by row."""
    rows = re.findall(r"<tr>(.*?)</tr>", markup, re.DOTALL)
    found = [re.findall(r"<(?:td|th)[^>]*>(.*?)</(?:td|th)>", row, re.DOTALL) for row in rows]
    return [[html.unescape(re.sub("<[^>]*>", "", cell)) for cell in row] for row in found]


def test_a_table_has_a_caption_scopes_and_plain_headings(terms, seen):
    page = seen(display.table_html(terms()))
    assert "Terms by frequency 3 rows" in page.text
    assert [attrs.get("scope") for attrs in page.all("th")] == ["col"] * 6 + ["row"] * 3
    assert row_texts(display.table_html(terms()))[0] == [
        "Term", "Count", "Rate per 1,000 words", "In articles", "Outlets", "Unevenness (DP)",
    ]  # fmt: skip


def test_the_note_says_how_the_table_was_made(terms, seen):
    text = seen(display.table_html(terms())).text
    assert "Corpus: harbour. Counted 400 of 450 words; the other 50 are in parts that are not counted." in text


@pytest.mark.parametrize("name", tables.TABLES)
def test_every_empty_table_says_so_in_words_and_shows_six_columns_at_most(name, seen):
    page = seen(display.table_html(tables.empty(name)))
    assert tables.TABLES[name].caption in page.text
    assert "no rows" in page.text
    assert 1 <= len(page.all("th")) <= 6


def test_groups_stand_first(terms):
    grouped = terms(outlet=["Gull", "Gull", "Gazette"])
    assert display.shown_columns(grouped)[:2] == ["outlet", "term"]
    assert len(display.shown_columns(grouped)) == 6


def test_further_columns_of_a_source_do_not_push_the_usual_ones_out():
    frame = articles()
    frame["desk"] = "local"
    assert display.shown_columns(frame) == ["doc_id", "title", "outlet", "date", "words"]


def test_columns_that_a_reader_chose_are_shown_as_chosen(terms):
    assert display.shown_columns(terms()[["dp", "term"]]) == ["dp", "term"]


def test_only_so_many_rows_are_shown_and_said(terms):
    markup = display.table_html(terms([f"t{n}" for n in range(30)]), limit=4)
    assert "4 of 30 rows" in markup
    assert len(row_texts(markup)) == 1 + 4


def test_values_are_written_for_a_reader(seen):
    frame = articles()[["doc_id", "title", "date", "translated", "chars", "file_start"]]
    frame["chars"], frame["file_start"] = 12345, 12345
    assert row_texts(display.table_html(frame))[1] == ["a.txt", "—", "2031-01-07", "yes", "12,345", "12345"]
    assert [attrs.get("class") for attrs in seen(display.table_html(frame)).all("td")][-2:] == ["n", "n"]


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ([0.123, -0.5], ["0.12", "−0.50"]),
        ([61.27, 5.0], ["61.3", "5.0"]),
        ([10.0, 1.0], ["10.0", "1.0"]),
        ([-61.27, 5.0], ["−61.3", "5.0"]),
        ([1234.5, 1.0], ["1,234", "1"]),
        ([float("nan"), 1.0], ["—", "1.00"]),
        ([float("nan"), float("nan")], ["—", "—"]),
    ],
)
def test_numbers_have_the_digits_that_their_column_needs(terms, values, shown):
    frame = terms(["a", "b"], rate=values)[["term", "rate"]]
    assert [row[1] for row in row_texts(display.table_html(frame))[1:]] == shown


def test_the_unit_of_the_rate_is_the_one_asked_for(terms):
    frame = terms()
    frame.attrs["settings"] = {"per": 1_000_000}
    assert "Rate per 1,000,000 words" in display.table_html(frame)


def test_long_text_is_cut_at_its_far_end():
    frame = pd.DataFrame({"left": ["a " * 400 + "near"], "right": ["near " + "z " * 400]})
    before, after = row_texts(display.table_html(frame))[1]
    assert (before[0], before[-4:]) == ("…", "near")
    assert (after[:4], after[-1]) == ("near", "…")


@given(st.text(max_size=60))
def test_text_is_shown_literally_wherever_it_stands(text):
    frame = tables.build("problems", {"path": [text], "where": ["x"], "reason": [text]}, corpus=text)
    markup = display.table_html(frame, caption=text)
    rows = row_texts(markup)
    shown = escape.show_controls(text) if text else "—"
    assert rows[1][0] == shown
    assert len(rows) == 2
    assert not set(markup) & set("\x00\x1b\u202e\u200b")


def test_no_tag_but_our_own_comes_out(seen):
    hostile = "<img src=x onerror=alert(1)>"
    frame = pd.DataFrame({hostile: [hostile]})
    page = seen(display.table_html(frame, caption=hostile))
    assert {tag for tag, _ in page.tags} <= {"table", "caption", "span", "thead", "tbody", "tr", "th", "bdi", "td", "p"}
    assert page.text.count(hostile) == 3


def test_the_frame_is_left_alone(terms):
    frame = terms()
    before = frame.copy()
    display.table_html(frame)
    pd.testing.assert_frame_equal(frame, before)
    assert frame.attrs == before.attrs


def test_a_foreign_frame_keeps_its_own_look(terms):
    assert display.table_bundle(pd.DataFrame({"a": [1]})) is None
    assert set(display.table_bundle(terms())) == {"text/html", mime("table")}


def test_a_sentence_is_a_str_and_shows_its_text_literally():
    said = display.say("*The* <b>ferry</b>\u202e")
    shown = said._repr_mimebundle_()
    assert isinstance(said, str)
    assert shown["text/html"] == "<p>*The* &lt;b&gt;ferry&lt;/b&gt;\\u202e</p>"
    assert shown["text/plain"] == "*The* <b>ferry</b>\\u202e"
    assert shown[mime("say")] == {"text": said, "evidence": []}


def test_a_corpus_says_what_was_read_and_removed(seen):
    frame = {"text": ["Port news\nThe ferry sails today.\nLeave a Reply", "Two boats."], "outlet": ["Gull", "<b>"]}
    corpus = read(pd.DataFrame({**frame, "date": ["2031-01-07", "2031-01-09"]}), name="harbour")
    facts = dict(display.corpus_facts(corpus)["facts"])
    assert facts["Articles"] == "2"
    assert facts["Outlets"] == "2: <b>, Gull"
    assert facts["Dates"] == "2031-01-07 to 2031-01-09"
    assert "comment_form" in facts["Removed"]
    assert facts["Problems in reading"] == "none"
    assert seen(piece("facts", display.corpus_facts(corpus))).all("b") == []


def test_rules_that_removed_most_characters_are_named_first():
    lines = ["The ferry sails today.", "Sign up for our morning newsletter and never miss a sailing", "Leave a Reply"]
    text = "\n".join(["Port news", *lines])
    facts = dict(display.corpus_facts(read(pd.DataFrame({"text": [text]})))["facts"])
    sizes = [len(lines[1]) / len(text), len(lines[2]) / len(text)]
    assert f"(newsletter {sizes[0]:.1%} and comment_form {sizes[1]:.1%})" in facts["Removed"]


def test_a_corpus_without_dates_outlets_or_removals_says_that():
    facts = dict(display.corpus_facts(read(pd.DataFrame({"text": ["Two boats."]}), clean="none"))["facts"])
    assert [facts[name] for name in ("Outlets", "Dates", "Removed")] == [
        "none stated",
        "none stated",
        "nothing dropped",
    ]


def test_an_articles_name_may_break_behind_a_low_line_and_stays_the_same_text():
    frame = pd.DataFrame({"doc_id": ["2031-01-07_isles<b>_01.txt"], "term": ["low_line"]})
    markup = display.table_html(frame)
    assert "2031-01-07_<wbr>isles&lt;b&gt;_<wbr>01.txt" in markup
    assert row_texts(markup)[1] == ["2031-01-07_isles<b>_01.txt", "low_line"]
    assert "low_line" in markup


@pytest.mark.parametrize(("count", "cut"), [(319, False), (320, False), (321, True)])
def test_a_long_context_keeps_the_end_on_the_left_and_the_beginning_on_the_right(count, cut):
    text = "A" + "x" * (count - 2) + "Z"
    frame = pd.DataFrame({"left": [text], "right": [text]})
    ((left, right),) = display.table_data(frame)["rows"]
    assert left == ("…" + "x" * 318 + "Z" if cut else text)
    assert right == ("A" + "x" * 318 + "…" if cut else text)


@pytest.mark.parametrize(("limit", "extent"), [(2, "2 of 3 rows"), (3, "3 rows"), (4, "3 rows")])
def test_a_limit_is_named_only_where_it_leaves_rows_out(terms, limit, extent):
    assert display.table_data(terms(), limit=limit)["extent"] == extent


def test_a_notebook_shows_20_rows_and_a_report_40(terms):
    shown = display.table_bundle(terms([f"t{n}" for n in range(41)]))
    assert "20 of 41 rows" in shown["text/html"]
    assert shown[mime("table")]["extent"] == "40 of 41 rows"
    assert len(shown[mime("table")]["rows"]) == 40


def test_a_corpus_says_its_one_day_its_words_and_how_many_files_were_not_read(tmp_path):
    for name, text in {"2031-01-07_a.txt": "Two boats left.", "b.txt": "", "c.txt": ""}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    facts = dict(display.corpus_facts(read(tmp_path, clean="none"))["facts"])
    assert [facts[name] for name in ("Articles", "Dates", "Words, split at spaces", "Problems in reading")] == [
        "1",
        "2031-01-07",
        "3",
        "2",
    ]


@pytest.mark.parametrize(
    ("count", "named"), [(4, "a 4.0%, b 3.0%, c 2.0% and d 1.0%"), (5, "a 4.0%, b 3.0%, c 2.0%, d 1.0% and 1 more")]
)
def test_four_rules_are_named_and_the_others_counted(count, named, monkeypatch):
    sizes = [40, 30, 20, 10, 1, 1][:count]
    kinds = ["label", *["drop"] * count]
    dropped = {"rule": ["title", *"abcdef"[:count]], "start": 100, "end": [150, *(100 + size for size in sizes)]}
    monkeypatch.setattr(display, "ledger", lambda _: pd.DataFrame({"action": kinds, **dropped}))
    facts = dict(display.corpus_facts(read(pd.DataFrame({"text": ["x" * 1000]}), clean="none"))["facts"])
    assert facts["Removed"] == f"{sum(sizes) / 1000:.1%} of 1,000 characters ({named})"
