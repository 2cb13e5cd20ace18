"""What is scored: the part and the voice asked for, each group by itself, nothing that has no score."""

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd
import pytest

import pastepot as pp
from pastepot.sentiment_analysis.news_features import read_sentences
from pastepot.sentiment_analysis.news_model import linear_scores, load
from pastepot.sentiment_analysis.reliability import alpha_interval
from pastepot.sentiment_analysis.scores import group_means
from pastepot.text.words import find_words

TITLES = ("Brave crews praised by the company", "Fraud and lies at the company")
BODIES = ("The company was accused of fraud. A great crew waited.", "Nobody praised the company. The crews were happy.")
NAMES = {"firm": "company", "crew": "crew*"}
GERMAN = "Die company hat den Streik im Hafen gestern scharf verurteilt und die Leute nach Hause geschickt. " * 4

TABLES: dict[str, Callable[..., pd.DataFrame]] = {
    "sentiment": pp.sentiment,
    "sentiment_by": pp.sentiment_by,
    "targets": partial(pp.targets, names=NAMES),
    "targets_by": partial(pp.targets_by, names=NAMES),
    "coding_sheet": pp.coding_sheet,
    "word_shift": pp.word_shift,
}


def read(*texts: str, outlet: object = ("Gazette", "Post"), **options: str):
    return pp.read(pd.DataFrame({"text": texts, "outlet": outlet}), **options)


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("part", ["title", "body"])
def test_the_table_of_one_part_is_that_of_articles_of_nothing_else(name: str, part: str):
    alone = {"title": TITLES, "body": BODIES}[part]
    whole = read(*map("\n".join, zip(TITLES, BODIES, strict=True)))
    place = ["start", "end", "sentence", "part"]  # these differ by the title in front
    found = TABLES[name](whole, parts=part).drop(columns=place, errors="ignore")
    expected = TABLES[name](read(*alone, clean="none")).drop(columns=place, errors="ignore")
    assert len(expected)
    if name == "coding_sheet":  # the draw goes by row, of which the whole has more
        found, expected = (sheet.sort_values(["doc_id", "text"], ignore_index=True) for sheet in (found, expected))
    pd.testing.assert_frame_equal(found, expected)


def test_a_sentence_in_one_voice_holds_all_its_words_of_that_voice_and_no_other():
    corpus = read(
        "Mara Quill said “we will not sail before May” and left, but “nobody on the quay will” was all she got. Rain!",
        "“We are proud of the crews,” she said. “We are sorry for the town.” It rained.",
    )
    words = pp.words(corpus)
    for voice in ("reporter", "quoted"):
        scored = pp.sentiment(corpus, voice=voice)
        rows = words[words["voice"] == voice].groupby(["doc_id", "sentence"])["token"].agg(list)
        assert rows.index.to_list() == list(zip(scored["doc_id"], scored["sentence"], strict=True))
        assert rows.to_list() == [[text[a:b] for a, b in find_words(text)] for text in scored["text"]]
        means = pp.sentiment_by(corpus, voice=voice)
        assert means["sentences"].tolist() == np.repeat(scored.groupby("doc_id").size(), 3).tolist()
        vader = means.loc[means["tool"] == "vader", "mean"].tolist()
        assert vader == pytest.approx(scored.groupby("doc_id")["vader"].mean().tolist(), abs=1e-6)
    first = pp.sentiment(corpus, voice="reporter")["text"].iloc[0]
    assert first == "Mara Quill said and left, but was all she got."


def test_the_tools_of_a_group_follow_each_other_and_the_groups_the_alphabet():
    table = pp.sentiment_by(read(*BODIES, outlet=["Post", "Gazette"]), by="outlet")
    tools = ["vader", "textblob", "news_model"]
    assert table[["group", "tool"]].to_numpy().tolist() == [[g, t] for g in ("Gazette", "Post") for t in tools]


def test_a_sentence_without_a_score_has_no_known_word_and_no_sign():
    row = pp.sentiment(read(GERMAN, "A good day.")).iloc[0]
    assert (row["known_words"], row["signs"], row["vader"]) == (0, "", pytest.approx(np.nan, nan_ok=True))


def test_a_group_without_a_score_lists_each_reason_once_by_alphabet():
    rows = pd.DataFrame({"vader": [np.nan] * 3, "reason": ["no word", "language", "no word"]})
    means = group_means(rows, "vader", np.arange(3), np.zeros(3, dtype=int), 1, otherwise="no sentence")
    assert means["reason"].tolist() == ["language; no word"]


def test_shares_of_labels_are_of_the_mentions_that_have_one():
    table = pp.targets_by(read("The company was accused of fraud.", GERMAN, outlet="Post"), {"firm": "company"})
    assert table[["count", "negative", "positive"]].to_numpy().tolist() == [[1, 1.0, 0.0]]


def test_of_two_mentions_that_overlap_in_part_the_first_counts():
    found = pp.targets(read("The harbour company men left.", "Rain."), {"firm": ["harbour company", "company men"]})
    assert found[["start", "end"]].to_numpy().tolist() == [[4, 19]]


def test_the_means_of_a_word_shift_are_those_of_the_linear_scores():
    corpus = read(*BODIES)
    table, sentences = pp.word_shift(corpus), pp.sentences(corpus)
    negative, positive = linear_scores(read_sentences(sentences["text"]), load("sentence")).T
    means = (positive - negative).reshape(2, 2).mean(axis=1)
    assert table.attrs["method"].startswith(f"Mean linear scores {means[0]:.3f} and {means[1]:.3f};".replace("-", "−"))


def test_the_smallest_sheet_has_a_sentence_of_each_group():
    texts = [" ".join(f"Crew {one} met at quay {two}." for two in range(9)) for one in range(9)]
    corpus = read(*texts, "A crew left. It rained.", outlet=[*["Gazette"] * 9, "Post"])
    outlet = pp.articles(corpus).set_index("doc_id")["outlet"]
    for seed in range(5):
        assert set(pp.coding_sheet(corpus, size=2, seed=seed)["doc_id"].map(outlet)) == {"Gazette", "Post"}


def coded_by(**coders: list[int | None]) -> pd.DataFrame:
    """Return labels of sentences, two an article, None for none."""
    rows = [
        (f"a{place // 2:02}", place, coder, label)
        for coder, labels in coders.items()
        for place, label in enumerate(labels)
        if label is not None
    ]
    return pd.DataFrame(rows, columns=["doc_id", "sentence", "coder", "label"])


def scored_as(labels: list[float]) -> pd.DataFrame:
    return pd.DataFrame(
        {"doc_id": [f"a{n // 2:02}" for n in range(len(labels))], "sentence": range(len(labels))}
    ).assign(vader=labels)


def test_only_sentences_and_articles_that_two_coders_labelled_are_compared():
    mara = [-1, 0, 1, 0, -1, 1, 1, 0, 0, 1] * 2
    jon = [*mara[:9], 0, *mara[10:18], None, None]
    row = pp.agreement(coded_by(Mara=mara, Jon=jon)).iloc[0]
    assert row[["sentences", "articles", "reason"]].tolist() == [18, 9, "9 articles, fewer than 10: no interval"]
    ratings = np.array([mara, [np.nan if label is None else label for label in jon]], dtype=float)
    assert np.isnan(alpha_interval(ratings, np.arange(20) // 2)).all()


def test_that_all_labels_are_alike_is_the_reason_even_of_few_articles():
    assert set(pp.agreement(coded_by(Mara=[0, 0], Jon=[0, 0]))["reason"]) == {"fewer than two different labels"}


def test_a_label_that_only_the_tool_gives_counts_in_the_mean_of_f1():
    # F1 of -1, 0 and 1: nothing right, two of three marks, all right.
    table = pp.agreement(coded_by(Mara=[0, 0, 1]), scored_as([0.0, -0.5, 0.5]))
    assert table["macro_f1"].tolist() == [pytest.approx((0 + 2 / 3 + 1) / 3, abs=1e-6)] * 3


def test_the_label_of_three_coders_is_the_middle_one_not_the_mean():
    coded = coded_by(Mara=[1, 0, -1], Jon=[1, 0, -1], Ada=[-1, 0, 1])
    table = pp.agreement(coded, scored_as([0.5, 0.0, -0.5]))
    assert table.loc[table["b"] == "vader", "alpha"].tolist() == [1.0] * 3


def test_the_seed_of_an_agreement_is_that_of_its_interval():
    mara, jon = [-1, 0, 1, 0, -1, 1] * 4, [-1, 0, 1, 1, 0, 1, -1, 1] * 3
    lows = []
    for seed in range(4):
        row = pp.agreement(coded_by(Mara=mara, Jon=jon), seed=seed).iloc[0]
        ends = alpha_interval([mara, jon], [f"a{place // 2:02}" for place in range(24)], seed=seed)
        assert [row["low"], row["high"]] == pytest.approx(ends, abs=1e-6)
        lows.append((row["low"], row["high"]))
    assert len(set(lows)) > 1
