"""Targets: every mention once, where it stands, with the tone towards it."""

import random
import re

import numpy as np
import pandas as pd
import pytest

import pastepot as pp
from pastepot.errors import PastepotError
from pastepot.sentiment_analysis.news_model import score_targets

TEXT = (
    "Strike at the quay\n\n"
    "The harbour company’s managers lied, said Mara Quill. “The company is a disgrace to the town,” she said.\n\n"
    "The Harbour Company thanked its crews."
)


def corpus_of(*texts, **columns):
    return pp.read(pd.DataFrame({"text": texts, **columns}), clean="none")


def test_every_mention_stands_where_the_table_says():
    corpus = corpus_of(TEXT)
    found = pp.targets(corpus, {"firm": ["company"], "Quill": "Mara Quill", "crews": ["crew*"]})
    assert found["target"].tolist() == ["firm", "Quill", "firm", "firm", "crews"]
    spans = [corpus.cite(row.doc_id, row.start, row.end).raw for row in found.itertuples()]
    assert spans == ["company’s", "Mara Quill", "company", "Company", "crews"]
    cuts = pp.sentences(corpus).set_index("sentence")
    for row in found.itertuples():
        assert cuts.loc[row.sentence, "start"] <= row.start < row.end <= cuts.loc[row.sentence, "end"]


def test_offsets_are_raw_where_cleaning_moved_the_text():
    corpus = pp.read(pd.DataFrame({"text": ["The\u00a0ferry \u200bcompany  lied."]}))
    row = pp.targets(corpus, {"firm": "ferry company"}).iloc[0]
    assert corpus.cite(row.doc_id, row.start, row.end).raw.replace("\u200b", "") == "ferry company"


def test_scores_are_those_of_the_sentence_alone():
    corpus = corpus_of(TEXT)
    found = pp.targets(corpus, {"firm": "company"})
    texts = pp.sentences(corpus).set_index("sentence")
    rows = pd.DataFrame(
        {
            "text": [texts.loc[number, "text"] for number in found["sentence"]],
            "start": found["start"].to_numpy() - texts.loc[found["sentence"], "start"].to_numpy(),
            "end": found["end"].to_numpy() - texts.loc[found["sentence"], "start"].to_numpy(),
        }
    )
    assert found["score"].to_numpy() == pytest.approx(score_targets(rows)["score"].to_numpy(), abs=1e-6)
    assert found["label"].tolist() == score_targets(rows)["label"].tolist()


def test_names_that_can_be_read_once_only_are_targets_too():
    table = pp.targets_by(corpus_of(TEXT, outlet=["Post"]), zip(["firm", "port"], ["company", "quay"], strict=True))
    assert table[["target", "count"]].to_numpy().tolist() == [["firm", 3], ["port", 1]]


def test_a_place_counts_once_and_the_longest_name_wins():
    corpus = corpus_of("The harbour company lied.")
    one = pp.targets(corpus, {"firm": ["company", "harbour company", "the harbour company"]})
    assert one[["start", "end"]].to_numpy().tolist() == [[0, 19]]
    for names in ({"firm": "harbour company", "port": "harbour"}, {"port": "harbour", "firm": "harbour company"}):
        assert pp.targets(corpus, names)["target"].tolist() == ["firm"]
    assert pp.targets(corpus, {"b": "company", "a": ["the", "company"]})["target"].tolist() == ["a", "b"]


def test_a_longer_name_that_is_no_mention_keeps_no_shorter_one_out():
    corpus = corpus_of("They met the harbour. Company men waited there all day.")
    assert len(pp.targets(corpus, {"firm": ["harbour company", "harbour"]})) == 1


def longest_first(texts, names):
    """Return every mention by brute force over strings: the longest first, none over another."""
    chosen = []
    for number, text in enumerate(texts):
        spans = [
            (match.start() - match.end(), match.start(), order, match.end(), target)
            for order, (target, patterns) in enumerate(names.items())
            for pattern in patterns
            for match in re.finditer(rf"(?=\b{pattern}\b)", text)
            for match in [re.compile(pattern).match(text, match.start())]
        ]
        taken = set()
        for _, start, _, end, target in sorted(spans):
            if taken.isdisjoint(range(start, end)):
                taken |= {*range(start, end)}
                chosen.append((f"row {number + 1}", start, end, target))
    return sorted(chosen)


@pytest.mark.parametrize("seed", range(12))
def test_mentions_are_those_of_a_brute_force_search(seed):
    draw = random.Random(seed)  # noqa: S311 (no secret)
    texts = [" ".join(draw.choices(["bay", "quay", "a", "lighthouse"], k=40)) for _ in range(6)]
    phrases = [" ".join(draw.choices(["bay", "quay", "a", "lighthouse"], k=draw.choice([1, 2, 3]))) for _ in range(7)]
    names = {"one": phrases[:3], "two": phrases[3:5], "three": phrases[5:]}
    found = pp.targets(corpus_of(*texts), names)
    assert sorted(found[["doc_id", "start", "end", "target"]].itertuples(index=False, name=None)) == longest_first(
        texts, names
    )


def test_a_mention_never_runs_over_the_end_of_a_sentence():
    corpus = corpus_of("They met the harbour. Company men waited there all day.")
    assert len(pp.targets(corpus, {"firm": "harbour company"})) == 0


def test_no_mention_is_an_empty_table_with_its_columns():
    found = pp.targets(corpus_of(TEXT), {"rail": "railway"})
    assert found.empty
    assert found.columns.tolist() == ["doc_id", "sentence", "target", "start", "end", "score", "label", "reason"]


def test_another_language_has_no_score_and_a_reason():
    german = "Die Reederei hat den Streik im Hafen gestern scharf verurteilt und die Leute nach Hause geschickt. " * 4
    found = pp.targets(corpus_of(german), {"Reederei": "Reederei"})
    assert found["score"].isna().all()
    assert found["label"].isna().all()
    assert set(found["reason"]) == {"language is de, the tools know English"}


def test_pairs_will_do_for_a_mapping_and_add_up():
    corpus = corpus_of(TEXT)
    pairs = pp.targets(corpus, [("firm", ["company"]), ("firm", ["managers"])])
    pd.testing.assert_frame_equal(pairs, pp.targets(corpus, {"firm": ["company", "managers"]}))


@pytest.mark.parametrize("names", [{}, [], {"EU": []}])
def test_no_names_are_refused(names):
    with pytest.raises(PastepotError) as error:
        pp.targets(corpus_of(TEXT), names)
    assert str(error.value) == (
        f"names must be targets and their mentions, as {{'NATO': ['NATO', 'the alliance']}}; got {names!r}."
    )


def test_row_order_of_articles_does_not_matter():
    texts = {"a": "The company lied.", "b": "The company was praised."}
    one = pp.read(pd.DataFrame({"doc_id": list(texts), "text": list(texts.values())}))
    other = pp.read(pd.DataFrame({"doc_id": ["b", "a"], "text": [texts["b"], texts["a"]]}))
    pd.testing.assert_frame_equal(*(pp.targets(corpus, {"firm": "company"}) for corpus in (one, other)))


def test_groups_hold_the_means_of_their_mentions_and_no_interval_below_ten_articles():
    corpus = corpus_of(TEXT, "The company was praised.", "Nobody came.", outlet=["Gazette", "Gazette", "Post"])
    mentions, found = pp.targets(corpus, {"firm": "company"}), pp.targets_by(corpus, {"firm": "company"})
    first = found.iloc[0]
    assert (first["group"], first["articles"], first["count"]) == ("Gazette", 2, 4)
    assert first["mean"] == pytest.approx(mentions["score"].mean(), abs=1e-6)
    assert first["negative"] == pytest.approx((mentions["label"] == -1).mean(), abs=1e-6)
    assert np.isnan(first["low"])
    assert first["reason"] == "fewer than 10 articles: they describe themselves; no interval"
    assert found.iloc[1][["group", "count", "reason"]].tolist() == ["Post", 0, "no mention"]


def test_from_ten_articles_on_there_is_an_interval():
    said = ["The company lied.", "The company was praised.", "The company sails on Monday."]
    found = pp.targets_by(corpus_of(*(said * 4)[:10], outlet="Gazette"), {"firm": "company"}).iloc[0]
    assert found["low"] < found["mean"] < found["high"]
    assert found["reason"] == ""
