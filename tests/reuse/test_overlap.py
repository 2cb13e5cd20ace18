"""Coverage: how much of one stands in another, counted by hand; each word once, each way on its own."""

import pandas as pd
import pytest

import pastepot as pp

LINE = "the ferry stays in port until the strike ends"
MORE = "a winter storm tore the roof off the customs house at dawn"


def read(texts, **columns):
    return pp.read(pd.DataFrame({"text": texts, **columns}), clean="none")


def rows(table):
    return table.to_numpy().tolist()


def test_a_short_article_may_stand_whole_in_a_long_one():
    assert rows(pp.overlap(read([LINE, f"{LINE} and so on it went for days and"]))) == [
        ["row 1", "row 2", 9, 1.0],
        ["row 2", "row 1", 9, round(9 / 17, 6)],
    ]


def test_overlapping_passages_of_a_pair_count_each_word_once():
    corpus = read([LINE, LINE])
    names = ["doc_a", "start_a", "end_a", "doc_b", "start_b", "end_b", "cluster"]
    first, second = LINE.index("port") + 4, LINE.index("stays")
    found = pd.DataFrame(
        [["row 1", 0, first, "row 2", 0, first, 0], ["row 1", second, len(LINE), "row 2", 0, first, 0]], columns=names
    )
    assert rows(pp.overlap(corpus, found)) == [["row 1", "row 2", 9, 1.0], ["row 2", "row 1", 5, round(5 / 9, 6)]]


def test_two_passages_of_a_pair_add_up_and_other_pairs_stand_apart():
    corpus = read([f"{LINE} x {MORE}", f"{MORE} y {LINE}", LINE])
    assert rows(pp.overlap(corpus))[:2] == [
        ["row 1", "row 2", 21, round(21 / 22, 6)],
        ["row 1", "row 3", 9, round(9 / 22, 6)],
    ]


def test_a_repeat_inside_one_article_is_no_share_of_another():
    assert len(pp.overlap(read([f"{LINE}. {LINE}."]))) == 0


def test_a_passage_held_twice_counts_both_places_on_its_side_only():
    assert rows(pp.overlap(read([f"{LINE}. {LINE}.", LINE]))) == [
        ["row 1", "row 2", 18, 1.0],
        ["row 2", "row 1", 9, 1.0],
    ]


def test_outlets_take_all_their_articles_together_and_what_stands_inside_one_does_not_count():
    corpus = read([LINE, LINE, f"{LINE} said the Gazette"], outlet=["Gull", "Gull", "Gazette"])
    assert rows(pp.overlap(corpus, by="outlet")) == [["Gazette", "Gull", 9, 0.75], ["Gull", "Gazette", 18, 1.0]]


def test_articles_without_an_outlet_are_one_group():
    corpus = read([LINE, LINE, LINE], outlet=["Gull", "", ""])
    assert rows(pp.overlap(corpus, by="outlet"))[0][:2] == ["(none)", "Gull"]


@pytest.mark.parametrize("day", ["", "2031-01-14"])
def test_undated_or_of_one_day_a_share_is_the_same(day):
    assert rows(pp.overlap(read([LINE, LINE], date=[day, day])))[0] == ["row 1", "row 2", 9, 1.0]


def test_the_order_of_the_passages_does_not_matter():
    corpus = read([f"{LINE} x {MORE}", f"{MORE} y {LINE}", LINE])
    found = pp.passages(corpus)
    assert pp.overlap(corpus, found).equals(pp.overlap(corpus, found.iloc[::-1]))


def test_an_unknown_group_is_named():
    with pytest.raises(pp.PastepotError, match="by must be a column of articles, 'month' or 'week'; got 'outlte'"):
        pp.overlap(read([LINE]), by="outlte")


def test_what_the_passages_leave_out_is_said_of_their_overlap_too():
    corpus = read([LINE, LINE])
    found = pp.passages(corpus)
    found.attrs["note"] = "Some passages were left out."
    assert pp.overlap(corpus, found).attrs["note"] == "Some passages were left out."
