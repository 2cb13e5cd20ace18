"""Families and copies: what is told of a passage in all its places, counted by hand."""

import pandas as pd
import pytest

import pastepot as pp

STORY = "the ferry company said on monday that no crossing would run before thursday"
OTHER = "a winter storm tore the roof off the old customs house at dawn"


def read(texts, **columns):
    return pp.read(pd.DataFrame({"text": texts, **columns}), clean="none")


def pairs(*rows):
    names = ["doc_a", "start_a", "end_a", "doc_b", "start_b", "end_b", "cluster"]
    return pd.DataFrame(rows, columns=names)


def test_three_copies_in_two_outlets_are_one_cluster_with_its_dates():
    days = ["2031-01-16", "2031-01-14", "2031-01-15"]
    corpus = read([STORY, "Now: " + STORY, STORY + " late"], outlet=["Gull", "Gazette", "Gull"], date=days)
    row = pp.clusters(corpus).iloc[0]
    assert (row["copies"], row["outlets"], row["words"], row["text"]) == (3, 2, 13, STORY)
    assert [f"{row[name]:%d}" for name in ("first_date", "last_date")] == ["14", "16"]
    assert pp.copies(corpus)[["doc_id", "start", "end", "is_first"]].to_numpy().tolist() == [
        ["row 2", 5, 5 + len(STORY), True],
        ["row 3", 0, len(STORY), False],
        ["row 1", 0, len(STORY), False],
    ]


@pytest.mark.parametrize(
    "days",
    [["2031-01-14", "2031-01-14"], ["2031-01-14", ""], ["", ""]],
    ids=["equal dates", "one undated", "none dated"],
)
def test_no_copy_is_first_unless_it_alone_has_the_earliest_date_and_all_are_dated(days):
    assert not pp.copies(read([STORY] * 2, date=days))["is_first"].any()


def test_undated_copies_stand_last_and_a_cluster_without_dates_has_none():
    assert pp.copies(read([STORY] * 2, date=["", "2031-01-14"]))["doc_id"].tolist() == ["row 2", "row 1"]
    assert pp.clusters(read([STORY] * 2))[["first_date", "last_date"]].isna().all(axis=None)


def test_a_repeat_inside_one_article_is_two_copies_in_one_outlet():
    row = pp.clusters(read([f"{STORY}. {STORY}."], outlet=["Gull"])).iloc[0]
    assert (row["copies"], row["outlets"], row["words"]) == (2, 1, 13)


def test_outlets_that_are_not_known_are_not_counted():
    assert pp.clusters(read([STORY] * 2))["outlets"].tolist() == [0]


def test_spans_of_a_cluster_that_overlap_are_one_copy_and_those_that_only_touch_are_two():
    corpus = read([STORY, STORY, STORY])
    found = pairs(
        ("row 1", 0, 30, "row 2", 0, 30, 0), ("row 1", 20, 50, "row 3", 0, 30, 0), ("row 1", 50, 60, "row 3", 40, 50, 0)
    )
    spans = pp.copies(corpus, found)
    assert spans[["doc_id", "start", "end"]].to_numpy().tolist() == [
        ["row 1", 0, 50], ["row 1", 50, 60], ["row 2", 0, 30], ["row 3", 0, 30], ["row 3", 40, 50],
    ]  # fmt: skip


def test_the_cluster_with_most_copies_comes_first_then_the_longer_one():
    corpus = read([f"{STORY} x {OTHER}", f"{STORY} y {OTHER}", f"{OTHER} z"])
    assert pp.clusters(corpus)[["copies", "text"]].to_numpy().tolist() == [[3, OTHER], [2, STORY]]


def test_the_text_is_that_of_the_longest_copy():
    corpus = read([STORY, STORY])
    found = pairs(("row 1", 0, 9, "row 2", 0, 17, 4))
    assert pp.clusters(corpus, found)[["cluster", "words", "text"]].to_numpy().tolist() == [[4, 3, "the ferry company"]]


def test_a_filtered_table_is_taken_as_it_is_and_left_alone():
    corpus = read([f"{STORY} x {OTHER}", f"{STORY} y {OTHER}"])
    found = pp.passages(corpus)
    kept = found.query("start_a > 0")
    before = kept.copy()
    assert len(found) == 2
    assert pp.clusters(corpus, kept)["text"].tolist() == [OTHER]
    assert kept.equals(before)


@pytest.mark.parametrize("table", [pp.clusters, pp.copies, pp.overlap, pp.internal_repeats])
def test_no_passage_is_an_empty_table_with_its_columns(table):
    nothing, something = table(read(["The ferry sails."])), table(read([STORY, STORY]))
    assert len(nothing) == 0
    assert nothing.columns.tolist() == something.columns.tolist()


@pytest.mark.parametrize("table", [pp.clusters, pp.copies, pp.overlap, pp.internal_repeats])
def test_a_table_that_lacks_a_column_is_named(table):
    with pytest.raises(pp.PastepotError) as caught:
        table(read([STORY]), pd.DataFrame({"doc_a": []}))
    message = "table lacks column 'start_a', it has 'doc_a': make it with pastepot.passages(corpus)."
    assert str(caught.value) == message


def test_repeats_inside_an_article_are_told_apart_by_the_part_they_stand_in():
    headline = "Ferry Company Says No Crossing Will Run Before Thursday Noon"
    caption = "The old customs house at dawn after the winter storm, seen from the quay. Photo: Ada Lorn"
    text = f"{headline}\n\n{caption}\n\n{OTHER}.\n\nTold anew: {headline}.\n\n{OTHER}.\n\nSeen: {caption}."
    corpus = pp.read(pd.DataFrame({"text": [text, OTHER], "title": [headline, ""]}), clean="news")
    labels = pp.ledger(corpus).query("action == 'label'")["rule"].tolist()
    named = pp.internal_repeats(corpus)["repeat"].tolist()
    assert "repeated" in named
    assert ("headline echo" in named) == ("title" in labels)
    assert ("caption echo" in named) == ("caption" in labels)
    assert {"title", "caption"} <= set(labels)


def test_of_clusters_with_as_many_copies_the_longer_comes_first_then_the_lower_number():
    corpus = read([STORY, STORY])
    found = pairs(*(("row 1", 0, end, "row 2", 0, end, cluster) for cluster, end in enumerate((9, 17, 9))))
    assert pp.clusters(corpus, found)[["cluster", "words"]].to_numpy().tolist() == [[1, 3], [0, 2], [2, 2]]


def test_of_copies_of_one_length_the_earliest_gives_the_text():
    corpus = read(["red ferry", "old ferry", "new ferry"], date=["2031-01-16", "2031-01-14", "2031-01-15"])
    found = pairs(("row 1", 0, 9, "row 2", 0, 9, 0), ("row 1", 0, 9, "row 3", 0, 9, 0))
    assert pp.clusters(corpus, found)["text"].tolist() == ["old ferry"]


def test_a_repeat_is_named_by_the_title_then_by_the_caption_on_either_side():
    headline, caption = "Ferry Company Says No Crossing Will Run", "The customs house at dawn. Photo: Ada Lorn"
    text = f"{headline}\n\n{caption}\n\n{OTHER}.\n\n{STORY}."
    corpus = pp.read(pd.DataFrame({"text": [text], "title": [headline]}))
    title, caption, body = 0, text.index(caption), text.index(OTHER)
    sides = [(title, caption), (caption, title), (body, title), (caption, body), (body, caption), (body, body + 9)]
    found = pairs(*(("row 1", a, a + 5, "row 1", b, b + 5, 0) for a, b in sides))
    found = found.assign(**dict.fromkeys(["words", "matched", "lag_days"], 1), identity=1.0, strength=1.0)
    found = found.assign(date_order="same day", edit_kind="verbatim")
    found.attrs["note"] = "A note of the table."
    repeats = pp.internal_repeats(corpus, found)
    assert repeats["repeat"].tolist() == ["headline echo"] * 3 + ["caption echo"] * 2 + ["repeated"]
    assert repeats.attrs["note"] == "A note of the table."


def test_boilerplate_is_found_after_copies_of_articles_are_taken_as_one_and_says_where_it_occurs():
    footer = "This paper is printed on Quay Street and sold at each pier"
    stories = [" ".join(f"w{number}x{word}" for word in range(40)) for number in range(12)]
    outlets = ["Gull", "Gazette", "", *["Gull"] * 9]
    texts = [f"{story} {footer}" for story in stories[:10]] + stories[10:]
    table = pp.boilerplate(read(texts, outlet=outlets))
    assert table["doc_id"].tolist() == sorted(f"row {number}" for number in range(1, 11))
    assert set(table[["text", "words", "articles", "outlets"]].itertuples(index=False, name=None)) == {
        (footer, 12, 10, 2)
    }
    texts[9] = texts[0]
    assert len(pp.boilerplate(read(texts, outlet=outlets))) == 0
