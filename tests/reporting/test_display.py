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
        "Term term", "Count count", "Rate per 1,000 words rate", "In articles doc_count", "Outlets outlets",
        "Unevenness (DP) dp",
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
    frame = articles(desk=["local"])[[*tables.TABLES["articles"].columns, "desk"]]
    assert display.shown_columns(frame) == ["doc_id", "title", "outlet", "date", "words"]


def test_columns_that_a_reader_chose_are_shown_as_chosen(terms):
    assert display.shown_columns(terms()[["dp", "term"]]) == ["dp", "term"]


def test_all_added_columns_are_shown_under_their_names(terms):
    frame = terms().assign(**{f"mine_{n}": n for n in range(5)})
    assert display.shown_columns(frame) == [*tables.TABLES["terms"].shown, *(f"mine_{n}" for n in range(5))]
    assert display.table_data(frame)["columns"][-1] == {"name": "mine_4", "heading": "mine 4", "look": "n"}


WORDS = [f"t{n:02}" for n in range(30)]
SAME = {
    "as made": (lambda df: df, "30 rows"),
    "head": (lambda df: df.head(7), "first 7 of 30 rows"),
    "head of one": (lambda df: df.head(1), "first of 30 rows"),
    "head of none": (lambda df: df.head(0), "none of 30 rows"),
    "tail": (lambda df: df.tail(4), "4 of 30 rows"),
    "query": (lambda df: df.query("count > 20"), "10 of 30 rows"),
    "filter": (lambda df: df[df["count"] == 3], "1 of 30 rows"),
    "a filter that keeps the first": (lambda df: df[df["count"] <= 3], "first 3 of 30 rows"),
    "sort": (lambda df: df.sort_values("count", ascending=False), "30 rows"),
    "sort and head": (lambda df: df.sort_values("count", ascending=False).head(3), "3 of 30 rows"),
    "sample": (lambda df: df.sample(9, random_state=1), "9 of 30 rows"),
    "drop rows": (lambda df: df.drop(index=[0]), "29 of 30 rows"),
    "assign": (lambda df: df.assign(twice=df["count"] * 2), "30 rows"),
    "rename": (lambda df: df.rename(columns={"count": "mine"}), "30 rows"),
    "choose columns": (lambda df: df[["term", "count"]], "30 rows"),
    "choose columns and head": (lambda df: df[["term", "count"]].head(15), "first 15 of 30 rows"),
    "round": (lambda df: df.head(5).round(1), "first 5 of 30 rows"),
    "concat of parts": (lambda df: pd.concat([df.head(1), df.tail(1)]), "2 of 30 rows"),
}
OTHER = {
    "set_index": (lambda df: df.set_index("term"), ["term", "count"]),
    "group, size": (lambda df: df.groupby("outlets", as_index=False)[["count"]].sum(), ["outlets", "count"]),
    "group by a number": (lambda df: df.groupby("outlets")[["count"]].sum(), ["outlets", "count"]),
    "describe": (lambda df: df[["count", "rate"]].describe(), ["index", "count", "rate"]),
    "pivot": (lambda df: df.pivot_table(index="outlets", columns="doc_count", values="count"), ["outlets", "1"]),
    "turned": (lambda df: df[["term", "count"]].head(2).T, ["index", "0", "1"]),
    "a new numbering": (lambda df: df[df["count"] > 20].reset_index(drop=True), ["term", "count"]),
    "the old numbering as a column": (lambda df: df[df["count"] > 20].reset_index(), ["term", "index"]),
    "merge": (lambda df: df.tail(3).merge(df[["term", "rate"]], on="term"), ["term", "rate_x"]),
    "concat": (lambda df: pd.concat([df, df]), ["term", "count"]),
    "sorted anew": (lambda df: df.sort_values("count", ascending=False, ignore_index=True).head(3), ["term"]),
    "longer": (lambda df: df.melt(id_vars="term"), ["term", "variable", "value"]),
    "two levels": (lambda df: df.set_index(["term", "outlets"])[["count"]], ["term", "outlets", "count"]),
    "columns of two levels": (
        lambda df: df.set_index(["outlets", "term"])[["count"]].unstack(),  # noqa: PD010 (what is tested)
        ["outlets", "count t00", "count t01"],
    ),
    "two turns": (lambda df: df.set_index(["doc_count", "term"])[["count"]].groupby(level=0).sum().T, ["index", "1"]),
}


@pytest.fixture
def thirty(terms):
    """Return a table of thirty terms whose notes name columns."""
    counts = [*range(1, 31)]
    frame = terms(WORDS, count=counts, rate=[n / 7 for n in counts], outlets=[n % 3 for n in counts])
    frame.attrs["note"] = "The column dp needs articles."
    return frame


@pytest.mark.parametrize("name", SAME)
def test_rows_of_a_table_say_of_how_many_they_are(thirty, name):
    change, extent = SAME[name]
    data = display.table_data(change(thirty), limit=40)
    assert (data["caption"], data["extent"]) == ("Terms by frequency", extent)
    assert data["note"].startswith(f"Terms by frequency: {extent}. Each row is one term. Corpus: harbour.")
    assert ("Of the whole table: Counted" in data["note"]) == (len(change(thirty)) < 30)
    assert ("column dp" in data["note"]) == ("dp" in change(thirty))


@pytest.mark.parametrize("name", OTHER)
def test_a_table_made_into_another_says_nothing_of_the_first_ones_rows(thirty, name):
    change, first = OTHER[name]
    changed = change(thirty)
    data = display.table_data(changed, limit=999)
    assert data["caption"] == "Made from “Terms by frequency” (30 rows)"
    assert data["extent"] == f"{len(changed)} row{'s' * (len(changed) > 1)}"
    assert data["note"] == f"{data['caption']}: {data['extent']}. Corpus: harbour."
    names = [column["name"] for column in data["columns"]]
    assert [name for name in names if name in first] == first
    assert [column["heading"] for column in data["columns"]] == names
    assert len(data["rows"]) == len(changed)


def test_an_index_that_says_something_is_shown(thirty):
    assert display.table_data(thirty.set_index("term").head(1))["rows"][0][:2] == ["t00", "1"]
    assert [row[0] for row in display.table_data(thirty[["count"]].describe())["rows"]][:2] == ["count", "mean"]
    assert display.table_data(thirty[["term"]].head(1).T)["rows"] == [["term", "t00"]]


@pytest.mark.parametrize(
    ("change", "extent"),
    [
        (lambda df: df.head(25), "20 of 25 rows, chosen from 30"),
        (lambda df: df.tail(25), "20 of 25 rows, chosen from 30"),
        (lambda df: df, "20 of 30 rows"),
        (lambda df: df.set_index("term"), "20 of 30 rows"),
    ],
)
def test_what_is_not_shown_of_a_part_is_said_too(thirty, change, extent):
    assert display.table_data(change(thirty))["extent"] == extent


def test_what_one_reads_in_a_heading_can_be_typed(thirty):
    for frame in (thirty, thirty.assign(mine=1), thirty.set_index("term").reset_index()):
        heads = re.findall(r"<th scope=\"col\"[^>]*>(.*?)</th>", display.table_html(frame))
        typed = [re.findall("<code>(.*)</code>", head) or [head] for head in heads]
        assert [frame[html.unescape(name)].name for (name,) in typed] == [name for (name,) in typed]


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
    assert facts["Removed"].endswith(f"%): newsletter {len(lines[1])} and comment_form {len(lines[2])}")


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
    words = "Words after cleaning, split at spaces"
    assert [facts[name] for name in ("Articles", "Dates", words, "Problems in reading")] == [
        "1",
        "2031-01-07",
        "3",
        "2",
    ]


@pytest.mark.parametrize(
    ("count", "named"), [(4, "a 40, b 30, c 20 and d 10"), (5, "a 40, b 30, c 20, d 10 and 1 more")]
)
def test_four_rules_are_named_and_the_others_counted(count, named, monkeypatch):
    sizes = [40, 30, 20, 10, 1, 1][:count]
    acted = {"rule": ["title", *"abcdef"[:count]], "action": ["label", *["drop"] * count], "chars": [50, *sizes]}
    monkeypatch.setattr(display, "rules", lambda _: pd.DataFrame(acted))
    facts = dict(display.corpus_facts(read(pd.DataFrame({"text": ["x" * 1000]}), clean="none"))["facts"])
    assert facts["Removed"] == f"{sum(sizes)} of 1,000 characters ({sum(sizes) / 1000:.0%}): {named}"


def test_each_number_of_a_description_has_digits_of_its_own():
    unread = tables.build("problems", {"path": ["a", "b"], "where": ["", ""], "reason": ["", ""]})
    rows = display.table_data(unread.assign(size=[1000.0, 0.5]).describe())["rows"]
    assert rows[:2] + rows[3:4] == [["count", "2.00"], ["mean", "500"], ["min", "0.50"]]


def test_a_contribution_can_be_computed_again_from_the_cells_shown():
    freq = {"freq_a": [0.0, 1.232877, 0.004566], "freq_b": [0.018868, 0.830189, 0.006289]}
    weight = [1.194768, 0.04514, -2.803122]
    exact = [w * (a - b) for w, a, b in zip(weight, freq["freq_a"], freq["freq_b"], strict=True)]
    made = {"word": ["better", "the", "sick"], "weight": weight, **freq, "contribution": exact}
    rows = display.table_data(tables.build("word_shift", made))["rows"]
    for _, *cells in rows:
        w, a, b, contribution = (float(cell.replace("−", "-")) for cell in cells)
        assert w * (a - b) == pytest.approx(contribution, abs=0.0001)
