"""Stop lists: printed, named, apart, and never more than asked for."""

import itertools

import pytest

from pastepot.errors import PastepotError
from pastepot.text.words import STOP_LISTS, find_stopwords, fold_possessive, is_stopword, stopwords, to_term


@pytest.mark.parametrize("name", STOP_LISTS)
def test_a_list_holds_each_term_once_and_folded(name: str):
    words = STOP_LISTS[name]
    assert len(set(words)) == len(words)
    assert all(to_term(word) == word and fold_possessive(word) == word for word in words)


def test_no_word_stands_in_two_lists():
    for one, other in itertools.combinations(STOP_LISTS, 2):
        assert not set(STOP_LISTS[one]) & set(STOP_LISTS[other]), (one, other)


def test_all_lists_together_are_what_no_name_gives():
    assert set(stopwords()) == set(itertools.chain.from_iterable(STOP_LISTS.values()))


@pytest.mark.parametrize("word", ["ferry", "strike", "port", "war", "week", "people", "new", "government"])
def test_content_is_on_no_list(word: str):
    assert word not in stopwords()


@pytest.mark.parametrize(
    ("surface", "stopped"), [("us", True), ("US", False), ("Us", False), ("We", True), ("WE", True)]
)
def test_only_the_lower_case_word_is_the_pronoun(surface: str, stopped: bool):  # noqa: FBT001 (a case, not an option)
    assert is_stopword(surface, to_term(surface), find_stopwords((), "pronouns")) is stopped


def test_nothing_asked_for_is_nothing():
    assert find_stopwords((), ()) == frozenset()


def test_an_unknown_list_is_named():
    with pytest.raises(PastepotError) as caught:
        find_stopwords((), ["functions"])
    assert str(caught.value) == (
        "stop_lists must be one of 'function', 'pronouns', 'negations', 'news'; got 'functions'. "
        "Did you mean 'function'?"
    )
