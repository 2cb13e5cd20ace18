"""Words, sentences, quotations of a corpus: raw offsets, parts and voices agree with each other."""

import pandas as pd
import pytest

import pastepot as pp
from pastepot.errors import PastepotError

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
    with pytest.raises(pp.PastepotError) as refusal:
        pp.quotations(corpus, quote_marks="singel")
    message = "quote_marks must be one of 'all', 'double', 'single'; got 'singel'. Did you mean 'single'?"
    assert str(refusal.value) == message


def test_double_and_single_marks_part_all_quotations():
    texts = ["“Sail,” she said. ‘Wait.’ He said: “No ‘ifs’ today.”", "'None', he said, \"or both\"."]
    corpus = pp.read(pd.DataFrame({"text": texts}))
    parts = [pp.quotations(corpus, quote_marks=marks) for marks in ("double", "single")]
    assert all(map(len, parts))
    together = pd.concat(parts).sort_values(["doc_id", "start"], ignore_index=True)
    pd.testing.assert_frame_equal(together, pp.quotations(corpus), check_dtype=False)


FRENCH = "L’homme d’ici dit qu’il aime l'été. Il parle d'Artagnan aujourd’hui."
ENGLISH = "The coup d'état of the crew; d'Artagnan and the man of l'Oréal."


def test_french_articles_have_elided_words_in_every_table_and_english_ones_none():
    corpus = pp.read(pd.DataFrame({"text": [FRENCH, ENGLISH]}))
    found = pp.words(corpus)
    assert found["token"].tolist()[:8] == ["L’", "homme", "d’", "ici", "dit", "qu’", "il", "aime"]
    assert found["token"].tolist()[15:18] == ["The", "coup", "d'état"]
    assert all(FRENCH[row.start : row.end] == row.token for row in found.head(15).itertuples())
    counts = pp.terms(corpus).set_index("term")["count"]
    assert counts[["l'", "d'", "homme", "d'artagnan", "artagnan", "aujourd'hui"]].tolist() == [2, 2, 1, 1, 1, 1]
    assert "l'homme" not in counts.index
    assert counts.sum() == len(found) == pp.diversity(corpus)["tokens"].sum()


@pytest.mark.parametrize(
    ("query", "nodes"),
    [("homme", ["homme"]), ("l'homme", ["L’homme"]), ("l’", ["L’", "l'"]), ("l’*", ["L’", "l'", "l'Oréal"])],
)
def test_a_query_finds_elided_words_as_two_and_as_one(query: str, nodes: list[str]):
    corpus = pp.read(pd.DataFrame({"text": [FRENCH, ENGLISH]}))
    assert pp.concordance(corpus, query)["node"].tolist() == nodes
    assert pp.concordance(corpus, "d'Artagnan")["node"].tolist() == ["d'Artagnan", "d'Artagnan"]


def test_elision_is_kept_or_split_where_asked():
    corpus = pp.read(pd.DataFrame({"text": [FRENCH, ENGLISH]}))
    kept, split = (pp.words(corpus, elision=way)["token"].tolist() for way in ("keep", "split"))
    assert (kept[0], split[:2], "d'Artagnan" in split) == ("L’homme", ["L’", "homme"], False)
    assert pp.words(corpus, elision="auto", hyphens="keep")["token"].tolist() == pp.words(corpus)["token"].tolist()
    with pytest.raises(PastepotError) as caught:
        pp.words(corpus, elision="french")  # type: ignore[arg-type]
    assert str(caught.value) == "elision must be one of 'auto', 'keep', 'split'; got 'french'."


@pytest.mark.parametrize(("lang", "token"), [("fr-CA", "L’"), ("en", "L’homme"), ("", "L’")])
def test_the_stated_language_says_whether_words_are_elided(lang: str, token: str):
    assert pp.words(pp.read(pd.DataFrame({"text": [FRENCH], "lang": [lang]})))["token"].iloc[0] == token


def test_words_of_a_french_title_field_are_those_of_its_body():
    frame = pd.DataFrame({"title": ["L’Oréal aime l’homme"], "text": ["C’est l’homme que L’Oréal cherche, dit-il."]})
    found = pp.headline_words(pp.read(frame)).set_index("term")["count_body"]
    assert found[["oréal", "homme"]].tolist() == [1, 1]
