"""The validity panel: a sheet out, labels in, agreement with its interval."""

import math

import numpy as np
import pandas as pd
import pytest

import pastepot as pp
from pastepot.errors import PastepotError
from pastepot.sentiment_analysis.reliability import krippendorff_alpha


def corpus_of(articles=12, sentences=5):
    texts = [" ".join(f"Crew {one} met at quay {other}." for other in range(sentences)) for one in range(articles)]
    outlets = ["Gazette"] * (articles - 2) + ["Post"] * 2
    return pp.read(
        pd.DataFrame({"doc_id": [f"a{one:02}" for one in range(articles)], "text": texts, "outlet": outlets})
    )


def test_a_sheet_is_the_same_for_the_same_seed_and_another_for_another():
    corpus = corpus_of()
    one, again, other = (pp.coding_sheet(corpus, size=20, seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(one, again)
    assert not one.equals(other)


def test_no_sentence_is_drawn_twice_and_each_group_gets_its_share():
    corpus = corpus_of()
    sheet = pp.coding_sheet(corpus, size=18)
    assert len(sheet) == 18
    assert not sheet.duplicated(["doc_id", "sentence"]).any()
    outlet = sheet["doc_id"].map(pp.articles(corpus).set_index("doc_id")["outlet"])
    assert outlet.value_counts().to_dict() == {"Gazette": 15, "Post": 3}


@pytest.mark.parametrize("size", [1, 2, 59, 60, 61, 500])
def test_a_sheet_is_as_long_as_asked_for_or_as_there_is(size):
    assert len(pp.coding_sheet(corpus_of(), size=size)) == min(size, 60)


def test_many_small_groups_still_fill_the_sheet():
    assert len(pp.coding_sheet(corpus_of(), size=55, by="doc_id")) == 55


def test_a_size_that_is_none_is_refused():
    with pytest.raises(PastepotError, match="size must be a whole number of 1 or more; got 0"):
        pp.coding_sheet(corpus_of(), size=0)


def test_a_sheet_goes_out_to_a_file_and_its_labels_come_back(tmp_path):
    sheet = pp.coding_sheet(corpus_of(), size=10)
    sheet["label"] = [-1, 0, 1, None, -1, 0, 1, None, 0, 0]
    sheet.to_csv(tmp_path / "mara.csv", index=False)
    sheet.to_csv(tmp_path / "jon.csv", index=False, sep=";", encoding="utf-8-sig")
    coded = pp.read_coding_sheets({"Mara": tmp_path / "mara.csv", "Jon": str(tmp_path / "jon.csv")})
    assert coded["coder"].value_counts().to_dict() == {"Mara": 8, "Jon": 8}
    assert coded.query("coder == 'Mara'")["label"].tolist() == coded.query("coder == 'Jon'")["label"].tolist()
    assert coded[["sentence", "label"]].dtypes.astype(str).tolist() == ["int64", "int64"]


@pytest.mark.parametrize(
    ("written", "label"),
    [("-1", -1), (-1, -1), (1.0, 1), ("+1", 1), (" Positive ", 1), ("NEGATIVE", -1), ("neutral", 0), ("−1", -1)],
)
def test_labels_are_read_as_people_write_them(written, label):
    sheet = pd.DataFrame({"doc_id": ["a"], "sentence": [0], "label": [written]})
    assert pp.read_coding_sheets(sheet)["label"].tolist() == [label]


@pytest.mark.parametrize(
    ("sheet", "message"),
    [
        (
            {"doc_id": ["a"], "sentence": [0], "label": ["good"]},
            "label must be -1, 0, 1, negative, neutral, positive or empty; row 0 of the sheet of coder has 'good'.",
        ),
        (
            {"doc_id": ["a", "a"], "sentence": [0, 0], "label": [1, 1]},
            "the sheet of coder labels sentence 0 of 'a' twice; keep one row.",
        ),
        (
            {"doc_id": ["a"], "label": [1]},
            (
                "the sheet of coder lacks column 'sentence', it has 'doc_id' and 'label':"
                " make it with pastepot.coding_sheet(corpus)."
            ),
        ),
    ],
)
def test_a_sheet_that_cannot_be_read_says_why(sheet, message):
    with pytest.raises(PastepotError) as error:
        pp.read_coding_sheets(pd.DataFrame(sheet))
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("cell", "came"),
    [
        ("two", "two"),
        ("", ""),
        (None, ""),
        (math.nan, ""),
        ("1.5", "1.5"),
        (-1, "-1"),
        (math.inf, "inf"),
        (pd.Timestamp("2031-01-14"), "2031-01-14 00:00:00"),
    ],
)
def test_a_sentence_that_is_no_whole_number_is_named_by_its_row(cell, came):
    sheet = pd.DataFrame({"doc_id": "a", "sentence": pd.Series([0, cell], dtype=object), "label": [1, 0]})
    with pytest.raises(PastepotError) as error:
        pp.read_coding_sheets({"Mara": sheet})
    assert str(error.value) == (
        "sentence must be a whole number of 0 or more, as pastepot.coding_sheet gives it;"
        f" row 1 of the sheet of Mara has {came!r}."
    )


def test_a_sentence_cell_of_a_file_is_checked_as_well(tmp_path):
    (tmp_path / "mara.csv").write_text("doc_id,sentence,label\na,0,1\na,first,0\n", encoding="utf-8")
    with pytest.raises(PastepotError, match=r"row 1 of the sheet of Mara has 'first'\."):
        pp.read_coding_sheets({"Mara": tmp_path / "mara.csv"})


@pytest.mark.parametrize("cells", [[0, 12], ["0", " 12 "], ["0.0", "12.0"], [0.0, 12.0]])
def test_a_sentence_is_read_as_spreadsheets_write_it(cells):
    sheet = pd.DataFrame({"doc_id": "a", "sentence": cells, "label": [1, 0]})
    assert pp.read_coding_sheets(sheet)["sentence"].tolist() == [0, 12]


@pytest.mark.parametrize("dtype", ["Int64", "float64", "object"])
def test_a_row_without_a_label_needs_no_sentence(dtype):
    sheet = pd.DataFrame({"doc_id": "a", "sentence": pd.Series([0, None], dtype=dtype), "label": [1, None]})
    assert pp.read_coding_sheets(sheet).to_numpy().tolist() == [["a", 0, "coder", 1]]


def test_one_sentence_written_in_two_ways_stands_twice():
    sheet = pd.DataFrame({"doc_id": "a", "sentence": ["1", "1.0"], "label": [1, 0]})
    with pytest.raises(PastepotError, match="labels sentence 1 of 'a' twice; keep one row"):
        pp.read_coding_sheets(sheet)


def test_a_file_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(PastepotError, match=r"cannot be read: .*\. Save it as CSV in UTF-8\."):
        pp.read_coding_sheets(tmp_path / "none.csv")


def coded_by(**coders):
    rows = [
        {"doc_id": f"a{place // 2:02}", "sentence": place, "coder": coder, "label": label}
        for coder, labels in coders.items()
        for place, label in enumerate(labels)
        if label is not None
    ]
    return pd.DataFrame(rows)


MARA, JON = [-1, 0, 1, 0, -1, 1] * 4, [-1, 0, 1, 1, 0, 1] * 4


def test_alpha_between_coders_is_that_of_their_labels():
    found = pp.agreement(coded_by(Mara=MARA, Jon=JON))
    assert found[["a", "b"]].drop_duplicates().to_numpy().tolist() == [["coders", "coders"]]
    for row in found.itertuples():
        assert row.alpha == pytest.approx(krippendorff_alpha([MARA, JON], level=row.level), abs=1e-6)
        assert row.low < row.alpha < row.high
    assert found["articles"].tolist() == [12] * 3


def test_three_coders_are_compared_together_and_in_pairs():
    found = pp.agreement(coded_by(Mara=MARA, Jon=JON, Ada=[0] * 23 + [None]))
    assert found[["a", "b"]].drop_duplicates().to_numpy().tolist() == [
        ["coders", "coders"],
        ["Ada", "Jon"],
        ["Ada", "Mara"],
        ["Jon", "Mara"],
    ]


def test_few_articles_give_alpha_without_an_interval():
    found = pp.agreement(coded_by(Mara=MARA[:18], Jon=JON[:18]))
    assert np.isnan(found["low"]).all()
    assert set(found["reason"]) == {"9 articles, fewer than 10: no interval"}


def test_labels_that_are_all_the_same_give_no_alpha_and_say_so():
    found = pp.agreement(coded_by(Mara=[0] * 24, Jon=[0] * 24))
    assert found["alpha"].isna().all()
    assert set(found["reason"]) == {"fewer than two different labels"}


def test_a_lone_coder_without_scores_has_nobody_to_agree_with():
    assert pp.agreement(coded_by(Mara=MARA)).empty


def test_scores_of_a_corpus_fit_the_labels_of_its_sheet():
    corpus = corpus_of()
    sheet = pp.coding_sheet(corpus, size=30).assign(label=[-1, 0, 1] * 10)
    found = pp.agreement(pp.read_coding_sheets(sheet), pp.sentiment(corpus), tools=["vader", "textblob"])
    assert found["sentences"].tolist() == [30] * 6


def test_a_tool_is_held_against_the_middle_label():
    coded = coded_by(Mara=MARA, Jon=MARA, Ada=[0] * 24)
    scores = pd.DataFrame(
        {
            "doc_id": [f"a{place // 2:02}" for place in range(24)],
            "sentence": range(24),
            "news_model": [label * 0.3 for label in MARA],
            "vader": [0.04] * 23 + [math.nan],
        }
    )
    found = pp.agreement(coded, scores)
    news = found[found["b"] == "news_model"]
    assert news["alpha"].tolist() == [1.0] * 3
    assert news["macro_f1"].tolist() == [1.0] * 3
    vader = found[found["b"] == "vader"]
    assert vader["sentences"].tolist() == [23] * 3
    assert (vader["alpha"] < 0.05).all()


def test_two_coders_who_differ_by_one_make_a_neutral_label():
    labels = {"Mara": [0, 1, -1], "Jon": [1, 1, -1]}
    scores = pd.DataFrame({"doc_id": ["a00", "a00", "a01"], "sentence": range(3), "news_model": [0.0, 0.5, -0.5]})
    table = pp.agreement(coded_by(**labels), scores)
    assert table.loc[table["b"] == "news_model", "alpha"].tolist() == [1.0] * 3


@pytest.mark.parametrize(
    ("score", "label"), [(0.0499, 0), (0.05, 0), (0.0501, 1), (-0.0499, 0), (-0.05, 0), (-0.0501, -1)]
)
def test_a_score_at_the_cut_is_neutral_and_one_beyond_it_is_not(score, label):
    others = [-1, 0, 1]
    coded = pd.DataFrame({"doc_id": "a", "sentence": range(4), "coder": "Mara", "label": [*others, label]})
    scores = pd.DataFrame({"doc_id": "a", "sentence": range(4), "vader": [*map(float, others), score]})
    assert pp.agreement(coded, scores)[["alpha", "macro_f1"]].to_numpy().tolist() == [[1.0, 1.0]] * 3
