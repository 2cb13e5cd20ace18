"""N-grams against a walk in plain Python."""

from collections import Counter

import pytest
from harbour import corpus_of, town
from hypothesis import given
from hypothesis import strategies as st

from pastepot import tables
from pastepot.errors import PastepotError
from pastepot.frequency import ngrams as module
from pastepot.frequency.counts import terms
from pastepot.frequency.ngrams import ngrams

ARTICLES = st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=9), min_size=1, max_size=4)


def walked(articles: list[list[str]], n: int) -> dict[str, tuple[int, int]]:
    """Return count and articles of each n-gram."""
    each = [Counter(" ".join(words[i : i + n]) for i in range(len(words) - n + 1)) for words in articles]
    return {gram: (sum(one[gram] for one in each), sum(gram in one for one in each)) for gram in sum(each, Counter())}


@given(ARTICLES, st.integers(1, 5), st.booleans())
def test_runs_are_those_of_a_plain_walk(articles: list[list[str]], n: int, cramped: bool):  # noqa: FBT001 (drawn)
    with pytest.MonkeyPatch.context() as patch:
        if cramped:  # forces the numbering that only a huge vocabulary needs
            patch.setattr(module, "_LARGEST_KEY", 3)
        found = ngrams(corpus_of([" ".join(words) for words in articles]), n=n)
    rows = zip(found["ngram"], zip(found["count"], found["doc_count"], strict=True), strict=True)
    assert dict(rows) == walked(articles, n)
    keys = [(-count, gram) for gram, count in zip(found["ngram"], found["count"], strict=True)]
    assert keys == sorted(keys)


def test_single_words_are_the_terms():
    ones, counted = ngrams(town(), n=1), terms(town())
    assert ones[["ngram", "count", "rate", "doc_count"]].to_numpy().tolist() == (
        counted[["term", "count", "rate", "doc_count"]].to_numpy().tolist()
    )


def test_no_run_crosses_an_article_or_bridges_a_word_left_out():
    assert ngrams(corpus_of(["old port", "port authority"]))["ngram"].tolist() == ["old port", "port authority"]
    assert ngrams(corpus_of(["port of call"]), stop_lists="function").empty


def test_sentences_bound_runs_if_asked():
    corpus = corpus_of(["The port slept. Gulls cried."])
    assert "slept gulls" in set(ngrams(corpus)["ngram"])
    assert "slept gulls" not in set(ngrams(corpus, within="sentence")["ngram"])


def test_groups_count_by_themselves():
    found = ngrams(town(), by="outlet")
    assert found.columns[0] == "outlet"
    row = found.set_index(["outlet", "ngram"]).loc[("Post", "the ferry")]
    assert (row["count"], row["doc_count"]) == (2, 1)
    assert found["outlet"].is_monotonic_increasing


def test_several_lengths_stand_in_one_order():
    found = ngrams(corpus_of(["a b a b"]), n=(2, 3))
    assert found[["ngram", "n", "count"]].to_numpy().tolist() == [
        ["a b", 2, 2],
        ["a b a", 3, 1],
        ["b a", 2, 1],
        ["b a b", 3, 1],
    ]


@pytest.mark.parametrize("article", ["port", "…"])
def test_articles_shorter_than_a_run_have_none(article: str):
    found = ngrams(corpus_of([article]), n=3)
    assert found.empty
    assert tuple(found.columns) == tables.TABLES["ngrams"].columns


@pytest.mark.parametrize("n", [0, 6, (), (2, 9), "2"])
def test_a_wrong_length_is_named(n: object):
    with pytest.raises(PastepotError) as caught:
        ngrams(town(), n=n)
    assert str(caught.value) == f"n must be whole numbers from 1 to 5; got {n!r}."
