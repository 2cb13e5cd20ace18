"""Words, sentences, quotations of a corpus: raw offsets, parts and voices agree with each other."""

import pandas as pd
import pytest

import pastepot as pp

TEXT = (
    "Ferry crews vote\n"
    "The crews met at dawn. “We will not sail before the new year begins,” Mara Quill said. Nobody clapped.\n"
    "Leave a Reply\n"
    "The com\u00adpany’s an\u00a0swer came late, and it was short. The “plan” stands."
)


@pytest.fixture(scope="module")
def corpus():
    return pp.read(pd.DataFrame({"text": [TEXT, "One.", "…"], "doc_id": ["a", "b", "c"]}))


def test_each_span_holds_in_the_raw_text_what_its_row_says(corpus):
    for row in pp.words(corpus).itertuples():
        raw = corpus.cite(row.doc_id, row.start, row.end).raw
        assert raw.replace("\u00ad", "") == row.token


def test_sentences_cover_every_word_and_never_overlap(corpus):
    sentences, words = pp.sentences(corpus), pp.words(corpus)
    for row in words.itertuples():
        owner = sentences.query("doc_id == @row.doc_id and sentence == @row.sentence").iloc[0]
        assert owner["start"] <= row.start < row.end <= owner["end"]
    for _, rows in sentences.groupby("doc_id"):
        assert (rows["start"].to_numpy()[1:] >= rows["end"].to_numpy()[:-1]).all()


def test_a_heading_never_joins_the_sentence_behind_it(corpus):
    first = pp.sentences(corpus).iloc[0]
    assert (first["text"], first["part"]) == ("Ferry crews vote", "title")


def test_dropped_text_has_no_words(corpus):
    assert "reply" not in set(pp.words(corpus)["term"])


def test_a_quotation_of_four_words_or_more_is_the_speakers_voice(corpus):
    words = pp.words(corpus)
    quoted = words.loc[words["voice"] == "quoted", "token"].tolist()
    assert quoted == ["We", "will", "not", "sail", "before", "the", "new", "year", "begins"]


def test_a_sentence_that_holds_both_voices_is_mixed(corpus):
    voices = pp.sentences(corpus).set_index("text")["voice"]
    assert voices["“We will not sail before the new year begins,” Mara Quill said."] == "mixed"
    assert voices["Nobody clapped."] == "reporter"


def test_positions_count_from_nought_in_each_sentence(corpus):
    for _, rows in pp.words(corpus).groupby(["doc_id", "sentence"]):
        assert rows["position"].tolist() == list(range(len(rows)))


def test_the_options_of_words_split_what_they_name():
    corpus = pp.read(pd.DataFrame({"text": ["The well-known crew didn’t wait."]}))
    assert pp.words(corpus)["token"].tolist() == ["The", "well", "known", "crew", "didn’t", "wait"]
    split = pp.words(corpus, clitics="split", hyphens="keep")
    assert split["token"].tolist() == ["The", "well-known", "crew", "did", "n’t", "wait"]


def test_an_article_without_words_gives_no_row_and_no_error(corpus):
    assert "c" not in set(pp.words(corpus)["doc_id"])
    assert pp.terms(corpus.__class__("none", corpus.records[2:], corpus.decisions[2:], (), "news")).empty


def test_marks_chooses_among_quotation_marks(corpus):
    assert len(pp.quotations(corpus, quote_marks="double")) == 2
    assert len(pp.quotations(corpus, quote_marks="single")) == 0
