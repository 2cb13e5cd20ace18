"""Counts of terms against oracles that share no code with them."""

import math
import re
import tomllib
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from harbour import TOWN, corpus_of, town
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

import pastepot as pp
from pastepot import formulas, tables
from pastepot.corpus.read import read
from pastepot.errors import PastepotError
from pastepot.frequency.counts import dtm, terms
from pastepot.frequency.keyness import keyness
from pastepot.frequency.ngrams import ngrams
from pastepot.frequency.selection import select_tokens
from pastepot.frequency.vocabulary import choose_folding
from pastepot.text.annotations import annotations, words

UNICODE = tomllib.loads((Path(__file__).parents[1] / "cases" / "terms_unicode.toml").read_text("utf-8"))["case"]
PLAIN = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
WORDS = st.sampled_from(["port", "Port", "PORT", "port’s", "ferry", "Ferry’s", "it’s", "us", "US", "a", "strike"])
ARTICLES = st.lists(st.lists(WORDS, max_size=12).map(", ".join), min_size=1, max_size=6)


def plain_counts(text: str) -> Counter[str]:
    """Count words by a pattern of this test, possessives under their base."""
    found = (word.lower().replace("’", "'") for word in PLAIN.findall(text))
    return Counter(word if word == "it's" else word.removesuffix("'s") for word in found)


@given(ARTICLES)
@settings(max_examples=min(150, settings().max_examples))
def test_counts_are_those_of_a_plain_pattern(articles: list[str]):
    found = terms(corpus_of(articles))
    assert dict(zip(found["term"], found["count"], strict=True)) == sum(map(plain_counts, articles), Counter())


@given(ARTICLES, st.randoms(use_true_random=False))
@settings(max_examples=min(60, settings().max_examples))
def test_article_order_does_not_matter(articles: list[str], chance):
    shuffled = list(articles)
    chance.shuffle(shuffled)
    pd.testing.assert_frame_equal(terms(corpus_of(articles)), terms(corpus_of(shuffled)))


def test_counts_by_article_add_up_to_those_of_the_corpus():
    corpus = town()
    whole, parts = terms(corpus), terms(corpus, by="doc_id")
    assert parts.groupby("term")["count"].sum().to_dict() == dict(zip(whole["term"], whole["count"], strict=True))
    assert set(parts["doc_id"]) == {"a0", "a1", "a2", "a4"}
    assert "No counted words in a3." in tables.describe_table(parts)


def test_every_column_by_hand():
    row = terms(town()).set_index("term").loc["ferry"]
    assert row["count"] == 5
    sizes = [len(PLAIN.findall(text.replace("No. 7", "No seven").replace("6.30 p.m", "six pm"))) for text in TOWN]
    total = sum(sizes)
    assert row["rate"] == pytest.approx(5000 / total, abs=1e-6)
    assert (row["doc_count"], row["outlets"]) == (3, 3)
    expected = sum(abs(size / total - hits / 5) for size, hits in zip(sizes, [2, 0, 2, 0, 1], strict=True)) / 2
    assert row["dp"] == pytest.approx(expected, abs=1e-6)


@given(ARTICLES)
@settings(max_examples=min(60, settings().max_examples))
def test_unevenness_is_that_of_the_formula(articles: list[str]):
    corpus = corpus_of(articles)
    found = terms(corpus).sort_values("term")
    matrix = dtm(corpus)
    if len(found):
        counts = matrix.matrix.toarray().T
        of_tokens = counts.sum(axis=0) / counts.sum()
        of_term = counts / counts.sum(axis=1, keepdims=True)
        assert np.allclose(found["dp"], np.abs(of_term - of_tokens).sum(axis=1) / 2, atol=1e-6)


@given(ARTICLES, st.sampled_from([(), ("function",)]))
@settings(derandomize=True, deadline=None)
def test_the_matrix_counts_the_terms_of_each_article(articles: list[str], stop_lists: tuple[str, ...]):
    known = annotations(corpus_of(articles))
    selection = select_tokens(known, choose_folding("fold", "fold", None, ["port"], stop_lists))
    counts = selection.counts.toarray()
    names = [selection.vocabulary.terms[term] if term >= 0 else "" for term in selection.terms]
    for number, row in enumerate(counts):
        here = Counter(filter(None, names[selection.bounds[number] : selection.bounds[number + 1]]))
        assert {selection.vocabulary.terms[term]: row[term] for term in np.flatnonzero(row)} == here
        assert "port" not in here


def test_terms_agree_with_the_table_of_words():
    corpus = town()
    listed = words(corpus).groupby("term").size()
    kept = terms(corpus, possessive="keep")
    assert dict(zip(kept["term"], kept["count"], strict=True)) == listed.to_dict()


def test_exact_case_keeps_forms_apart_and_a_label_is_the_commonest():
    corpus = corpus_of(["NATO met. Nato left. NATO’s ship: NATO."])
    assert terms(corpus, case="exact")[["term", "count"]].to_numpy().tolist()[0] == ["NATO", 3]
    assert terms(corpus, case="label")[["term", "count"]].to_numpy().tolist()[0] == ["NATO", 4]
    assert terms(corpus)[["term", "count"]].to_numpy().tolist()[0] == ["nato", 4]
    assert terms(corpus, case="exact", possessive="keep")["term"].tolist() == [
        "NATO",
        "NATO's",
        "Nato",
        "left",
        "met",
        "ship",
    ]


def test_the_country_is_not_the_pronoun():
    corpus = corpus_of(["They told us that the US left. Us too."])
    found = terms(corpus, stop_lists="pronouns").set_index("term")["count"]
    assert found["us"] == 2
    assert "they" not in found.index
    assert terms(corpus, stop_lists="pronouns", case="exact")["term"].tolist().count("US") == 1


def test_nothing_is_left_out_unless_asked_and_the_settings_say_what_was():
    corpus = town()
    assert terms(corpus)["count"].sum() == len(annotations(corpus).tokens.ids)
    found = terms(corpus, stop_lists=("function", "negations"), stop=["Ferry"])
    assert not {"the", "no", "ferry"} & set(found["term"])
    assert "it's" in set(found["term"])
    assert found.attrs["total"] == len(annotations(corpus).tokens.ids)
    assert "stop_lists=['function', 'negations']" in tables.describe_table(found)
    assert "stop=['Ferry']" in tables.describe_table(found)


def test_a_corpus_of_stop_words_gives_an_empty_table_with_its_columns():
    found = terms(corpus_of(["the and of", "to"]), stop_lists="function")
    assert found.empty
    assert tuple(found.columns) == tables.TABLES["terms"].columns


@pytest.mark.parametrize("articles", [[""], ["…", ""], ["port"]])
def test_small_corpora_give_tables_without_infinity(articles: list[str]):
    found = terms(corpus_of(articles), by="doc_id")
    assert np.isfinite(found[["rate", "dp"]].to_numpy(dtype=float)).all()


def test_stems_list_their_members_under_the_commonest():
    found = terms(corpus_of(["strikes strike striking strikes port"]), group="stem")
    assert found[["term", "count", "members"]].to_numpy().tolist() == [
        ["strikes", 4, "strikes, strike, striking"],
        ["port", 1, "port"],
    ]


def test_guards_leave_rare_terms_out():
    assert set(terms(town(), min_docs=3)["term"]) == {"ferry", "said", "strike", "the"} - {"said", "strike"}
    assert terms(town(), min_outlets=3)["term"].tolist() == ["the", "ferry"]


@pytest.mark.parametrize(("scheme", "expected"), [("tidy", 3 / 7 * math.log(2)), ("quanteda", 3 * math.log10(2))])
def test_tf_idf_is_the_published_example(scheme, expected: float):
    corpus = corpus_of(["this is a a sample", "this is another another example example example"])
    found = terms(corpus, by="doc_id", tf_idf=scheme).set_index(["doc_id", "term"])["tf_idf"]
    assert found["row 2", "example"] == pytest.approx(expected, abs=1e-9)
    assert found["row 1", "this"] == 0


@pytest.mark.parametrize("outlets", [["A", "B", "C"], ["B", "C", "A"]])
def test_a_group_without_words_counts_as_a_group_wherever_its_name_stands(outlets: list[str]):
    corpus = read(pd.DataFrame({"text": ["port ferry", "ferry crane", "…"], "outlet": outlets}))
    found = terms(corpus, by="outlet", tf_idf="tidy").set_index("term")["tf_idf"]
    assert found["port"] == pytest.approx(math.log(3) / 2, abs=1e-9)
    assert found["ferry"].tolist() == pytest.approx([math.log(3 / 2) / 2] * 2, abs=1e-9)
    assert terms(corpus_of(["…", "!"]), by="doc_id", tf_idf="tidy").empty


def test_tf_idf_without_groups_says_what_it_needs():
    with pytest.raises(PastepotError) as caught:
        terms(town(), tf_idf="tidy")
    assert str(caught.value) == "tf_idf weighs groups against each other; give by=…, as by='doc_id'."


def test_the_matrix_is_that_of_scikit_learn():
    vectorizer = CountVectorizer(token_pattern=r"(?u)\b\w+\b")  # noqa: S106 (a pattern, not a password)
    texts = ["port ferry port", "…", "Ferry crane a port"]
    theirs = vectorizer.fit_transform(texts)
    ours = dtm(corpus_of(texts))
    assert ours.terms == vectorizer.get_feature_names_out().tolist()
    assert (ours.matrix != theirs).nnz == 0
    assert ours.matrix.dtype == np.int32
    assert ours.matrix.has_sorted_indices
    cells = ours.matrix.tocoo()
    weights = formulas.tf_idf(cells.row, cells.col, cells.data, 3, scheme="sklearn")
    assert np.allclose(weights, TfidfTransformer().fit_transform(theirs).toarray()[cells.row, cells.col])


def test_asking_for_the_matrix_leaves_the_counts_alone():
    corpus = town()
    before = terms(corpus)
    dtm(corpus).matrix.data[:] = 0
    pd.testing.assert_frame_equal(before, terms(corpus))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"case": "lower"}, "case must be one of 'fold', 'label', 'exact'; got 'lower'."),
        ({"per": 0}, "per must be a whole number of 1 or more; got 0."),
        ({"group": "lemma"}, "group must be one of 'stem', 'acronyms'; got 'lemma'."),
        ({"tf_idf": "bm25", "by": "doc_id"}, "tf_idf must be one of 'tidy', 'quanteda', 'sklearn'; got 'bm25'."),
    ],
)
def test_a_wrong_option_is_named(options: dict[str, object], message: str):
    with pytest.raises(PastepotError) as caught:
        pp.terms(town(), **options)
    assert str(caught.value) == message


def test_counts_of_the_two_real_articles(shared):
    first, second = "000_e198d387b96c4403.txt", "002_790f276c1e38b222.txt"
    found = terms(read(shared / "seeds"), by="doc_id").set_index(["doc_id", "term"])["count"]
    wanted = {"putin": (15, 20), "wagner": (3, 0), "said": (18, 1), "nato": (19, 4)}
    for term, counts in wanted.items():
        assert (found.get((first, term), 0), found.get((second, term), 0)) == counts
    everything = terms(read(shared / "seeds", clean="none"), by="doc_id", parts="all")
    assert everything.set_index(["doc_id", "term"])["count"][first, "putin"] == 19


@pytest.mark.parametrize("name", ["brown_news", "polnear_dev", "nyt_editorials", "newsmtsc_dev_mt"])
def test_counts_of_the_data_are_those_of_its_words(shared, name: str):
    corpus = read(shared / "data" / f"{name}.jsonl.gz", clean="none")
    listed = words(corpus)
    found = terms(corpus, possessive="keep", parts="all")
    assert dict(zip(found["term"], found["count"], strict=True)) == listed.groupby("term").size().to_dict()
    articles = listed.drop_duplicates(["doc_id", "term"]).groupby("term").size()
    assert dict(zip(found["term"], found["doc_count"], strict=True)) == articles.to_dict()


@pytest.mark.parametrize("case", UNICODE, ids=[case["label"] for case in UNICODE])
def test_a_text_counts_as_these_terms(case: dict[str, object]):
    found = terms(corpus_of([str(case["text"])]))
    assert dict(zip(found["term"], found["count"], strict=True)) == case["terms"]


def test_a_corpus_of_stop_words_gives_empty_tables_that_say_why():
    corpus = corpus_of(["the the of", "of the and"], outlet=["A", "B"])
    keys = keyness(corpus, target={"outlet": "A"}, stop_lists="all")
    for found in (terms(corpus, stop_lists="all"), ngrams(corpus, n=1, stop_lists="all"), keys):
        assert found.empty
        assert "No rows: nothing that was counted meets what was asked for." in tables.describe_table(found)
    assert "No rows" not in tables.describe_table(terms(corpus))
