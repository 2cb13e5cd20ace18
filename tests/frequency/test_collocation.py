"""Collocation against windows walked by hand, and NLTK's measures."""

from collections import Counter

import numpy as np
import pytest
from harbour import corpus_of, town
from hypothesis import example, given
from hypothesis import strategies as st
from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder

import pastepot as pp
from pastepot import tables
from pastepot.errors import PastepotError
from pastepot.frequency.collocation import collocates

ARTICLES = st.lists(st.lists(st.sampled_from("abcde"), min_size=1, max_size=10), min_size=1, max_size=4)
WINDOWS = st.tuples(st.integers(0, 3), st.integers(0, 3)).filter(any)


def windows_by_hand(articles: list[list[str]], nodes: set[str], window: tuple[int, int]) -> dict[str, int]:
    """Count places near any node, each once, by walking every place."""
    joint: dict[str, int] = {}
    for words in articles:
        for place, word in enumerate(words):
            near = words[max(place - window[1], 0) : place] + words[place + 1 : place + 1 + window[0]]
            if word not in nodes and nodes & set(near):
                joint[word] = joint.get(word, 0) + 1
    return joint


@given(ARTICLES, st.sets(st.sampled_from("abc"), min_size=1), WINDOWS)
def test_each_place_near_a_node_set_counts_once(articles: list[list[str]], nodes: set[str], window: tuple[int, int]):
    corpus = corpus_of([" ".join(words) for words in articles])
    found = collocates(corpus, sorted(nodes), window=window)
    assert dict(zip(found["collocate"], found["joint"], strict=True)) == windows_by_hand(articles, nodes, window)
    assert (found["joint"] <= found["count"]).all()
    assert (found["log_dice"] <= 14).all()
    assert not np.isinf(found[["g2", "mi", "delta_p_2_1", "delta_p_1_2"]].to_numpy(dtype=float)).any()


@given(st.lists(st.lists(st.sampled_from("abc"), min_size=2, max_size=12), min_size=1, max_size=3), WINDOWS)
@example([list("abcab"), list("bacba")], (1, 2))
def test_the_window_of_a_phrase_is_before_its_first_word_and_after_its_last(
    articles: list[list[str]], window: tuple[int, int]
):
    joint: Counter[str] = Counter()
    outside: Counter[str] = Counter()
    for words in articles:
        starts = [place for place in range(len(words) - 1) if words[place : place + 2] == ["a", "b"]]
        own = {start + step for start in starts for step in (0, 1)}
        around = {place for start in starts for place in range(start - window[0], start + 2 + window[1])}
        joint.update(words[place] for place in around - own if 0 <= place < len(words))
        outside.update(word for place, word in enumerate(words) if place not in own)
    found = collocates(corpus_of([" ".join(words) for words in articles]), "a b", window=window)
    rows = zip(found["collocate"], zip(found["joint"], found["count"], strict=True), strict=True)
    assert dict(rows) == {word: (joint[word], outside[word]) for word in joint}


def test_measures_of_the_next_word_are_those_of_nltk():
    words = list("abacabdabcbaddabac")
    finder = BigramCollocationFinder.from_words([*words[:-1], "end"])
    corpus = corpus_of([" ".join([*words[:-1], "end"])])
    measures = BigramAssocMeasures()
    found = collocates(corpus, "a", window=(0, 1)).set_index("collocate")
    n = len(words) - words.count("a")  # our table leaves the node's own places out
    near = sum(1 for one in range(len(words) - 1) if words[one] == "a")
    for other in ("b", "c"):
        joint = finder.ngram_fd["a", other]
        margins = (joint, (near, words[:-1].count(other)), n)
        assert found.loc[other, "joint"] == joint
        assert found.loc[other, "mi"] == pytest.approx(measures.pmi(*margins), abs=1e-6)
        assert found.loc[other, "g2"] == pytest.approx(measures.likelihood_ratio(*margins), abs=1e-6)


def test_columns_by_hand():
    row = collocates(corpus_of(["old port, old port, new pier, old inn"]), "port", window=(1, 0)).iloc[0]
    assert row[["collocate", "count", "node_count", "joint"]].tolist() == ["old", 3, 2, 2]
    assert row["log_dice"] == pytest.approx(14 + np.log2(4 / 5), abs=1e-6)
    assert row["mi"] == pytest.approx(np.log2(2 * 6 / (2 * 3)), abs=1e-6)
    assert row["delta_p_2_1"] == pytest.approx(2 / 2 - 1 / 4, abs=1e-6)
    assert row["delta_p_1_2"] == pytest.approx(2 / 3 - 0 / 3, abs=1e-6)


def test_windows_stay_in_the_sentence_if_asked():
    corpus = corpus_of(["The port slept. Gulls cried over the pier."])
    assert set(collocates(corpus, "port", within="sentence")["collocate"]) == {"the", "slept"}
    assert "gulls" in set(collocates(corpus, "port")["collocate"])


def test_a_phrase_stays_in_its_sentence_and_a_window_in_its_article_unless_asked():
    corpus = corpus_of(["He left town. Hall meetings stopped.\nGulls cried."])
    assert collocates(corpus, "town hall").empty
    assert set(collocates(corpus, "town hall", within="paragraph")["collocate"]) == {
        "he",
        "left",
        "meetings",
        "stopped",
    }
    assert "gulls" in set(collocates(corpus, "town hall", within="article")["collocate"])
    assert set(collocates(corpus, "meetings", within="paragraph")["collocate"]) == {
        "he", "left", "town", "hall", "stopped",
    }  # fmt: skip
    assert set(collocates(corpus, "stopped", within="sentence")["collocate"]) == {"hall", "meetings"}
    with pytest.raises(PastepotError, match="within must be one of 'sentence', 'paragraph', 'article'; got 'page'"):
        pp.collocates(corpus, "town", within="page")


def test_case_smart_matches_the_node_of_capitals_as_written_and_folds_collocates():
    corpus = corpus_of(["The US Navy told us. the navy"])
    found = collocates(corpus, "US", window=(1, 1))
    assert found[["collocate", "count", "node_count", "joint"]].to_numpy().tolist() == [
        ["navy", 2, 1, 1],
        ["the", 2, 1, 1],
    ]
    assert collocates(corpus, "US", window=(1, 1), case="fold")["node_count"].tolist() == [2, 2, 2]
    assert set(collocates(corpus, "US", window=(1, 1), case="exact")["collocate"]) == {"The", "Navy"}
    assert set(collocates(corpus, "us", window=(1, 0), case="exact")["collocate"]) == {"told"}
    with pytest.raises(PastepotError, match="case must be one of 'smart', 'fold', 'label', 'exact'; got 'lower'"):
        pp.collocates(corpus, "US", case="lower")


def test_windows_never_cross_articles():
    assert collocates(corpus_of(["one port", "two"]), "port")["collocate"].tolist() == ["one"]


def test_measures_order_the_table():
    for measure in ("log_dice", "g2", "mi", "joint", "delta_p_2_1", "delta_p_1_2"):
        assert collocates(town(), "ferry", measure=measure)[measure].is_monotonic_decreasing


def test_a_node_that_stands_nowhere_gives_an_empty_table_and_says_so():
    found = collocates(town(), "lighthouse")
    assert found.empty
    assert tuple(found.columns) == tables.TABLES["collocates"].columns
    assert "The node occurs nowhere" in tables.describe_table(found)


def test_a_window_over_everything_says_why_a_number_is_missing():
    found = collocates(corpus_of(["old port"]), "port")
    assert np.isnan(found["delta_p_2_1"][0])
    assert "no delta P" in tables.describe_table(found)


@pytest.mark.parametrize("window", [(0, 0), (1,), 5])
def test_a_window_of_nothing_is_refused(window: object):
    with pytest.raises(PastepotError) as caught:
        collocates(town(), "ferry", window=window)
    assert str(caught.value) == f"window must be words before and after, as (5, 5), not both 0; got {window!r}."


def test_of_equally_strong_collocates_the_more_frequent_comes_first_then_the_alphabet():
    corpus = corpus_of(["big port cold port old port rope old old"])
    found = collocates(corpus, "port", window=(1, 0), measure="joint", min_joint=1)
    assert found[["collocate", "joint", "count"]].to_numpy().tolist() == [["old", 1, 3], ["big", 1, 1], ["cold", 1, 1]]


@pytest.mark.parametrize(("min_joint", "shown"), [(1, ["old", "big"]), (2, ["old"]), (3, [])])
def test_a_collocate_needs_the_least_number_of_places_near_the_node(min_joint, shown):
    corpus = corpus_of(["old port big port old port"])
    assert collocates(corpus, "port", window=(1, 0), min_joint=min_joint)["collocate"].tolist() == shown
