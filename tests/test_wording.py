"""Plurals and lists: none, one, two, many."""

import pytest

from pastepot.wording import count_noun, list_words


@pytest.mark.parametrize(
    ("number", "words"), [(0, "no copies"), (1, "1 copy"), (2, "2 copies"), (999, "999 copies"), (1000, "1,000 copies")]
)
def test_the_noun_follows_its_number(number, words):
    assert count_noun(number, "copy", "copies") == words


@pytest.mark.parametrize(
    ("words", "listed"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        ("abcde", "a, b, c, d and e"),
        ("abcdef", "a, b, c, d, e and 1 more"),
        (range(1, 1236), "1, 2, 3, 4, 5 and 1,230 more"),
    ],
)
def test_a_list_ends_in_and_and_says_how_many_more_there_are(words, listed):
    assert list_words(words) == listed


def test_a_list_may_be_longer_or_shorter():
    assert list_words("abcdef", most=6) == "a, b, c, d, e and f"
    assert list_words("abcdef", most=1) == "a and 5 more"
