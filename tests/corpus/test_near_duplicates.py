"""Copies: what counts as one story, and that a shared footer or a shared length does not."""

import random
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pastepot.corpus.boilerplate import first_near_duplicates, hash_spans, hash_words, sample_grams

WORDS = [f"{first}{last}" for first in ("bol", "car", "dor", "fen", "gul", "har") for last in "aeiou"]


def story(seed, words=120):
    return " ".join(random.Random(seed).choices(WORDS, k=words))  # noqa: S311 (nobody's secret)


def found(texts):
    words = [hash_words(text)[0] for text in texts]
    grams = sample_grams(np.concatenate([np.empty(0, np.uint64), *words]), np.cumsum([0, *map(len, words)]))
    return first_near_duplicates(grams, len(texts)).tolist()


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([], []),
        (["The ferry sails."], [0]),
        (["The ferry sails.", "THE FERRY\nSAILS!"], [0, 0]),
        (["The ferry sails.", "The ferry waits."], [0, 1]),
        (["", "", "?!"], [0, 1, 2]),
        (["Pier 12, 9 am.", "Pier 34, 8 am."], [0, 0]),
        (["The crew’s “no”", 'The crew\'s "no"'], [0, 0]),
    ],
)
def test_small_sets_are_told_by_their_words(texts, expected):
    assert found(texts) == expected


def test_a_story_with_a_new_last_paragraph_is_a_near_copy_of_the_first_that_has_it():
    texts = [story(1), story(2), story(1) + " " + story(3, 20), story(2), story(1) + " " + story(4, 20)]
    assert found(texts) == [0, 1, 0, 1, 0]


@pytest.mark.parametrize(("shared", "head"), [(8, 0), (7, 1)])
def test_near_copies_share_half_of_their_samples(shared, head):
    grams = [gram << 59 for gram in range(16)], [gram << 59 | 1 for gram in range(16 - shared, 32 - shared)]
    assert first_near_duplicates(np.array(grams[0] + grams[1], dtype=np.uint64), 2).tolist() == [0, head]
    # A gram counts once in a text, however often it is there.
    often = [1 << 32] * 40 + [2 << 32, 3 << 32, 4 << 32], [1 << 32 | 1] * 40 + [gram << 32 | 1 for gram in (5, 6, 7)]
    assert first_near_duplicates(np.concatenate(often).astype(np.uint64), 2).tolist() == [0, 1]


def test_a_copy_of_a_copy_stands_for_the_first_though_it_shares_nothing_with_it():
    grams = [gram << 59 | text for text, first in ((0, 0), (1, 8), (2, 16)) for gram in range(first, first + 16)]
    assert first_near_duplicates(np.array(grams, dtype=np.uint64), 3).tolist() == [0, 0, 0]


def test_a_sample_is_taken_by_what_is_written_and_holds_all_of_a_short_text():
    words = np.random.default_rng(1).integers(0, 5_000, 4_000)
    one = sample_grams(words, np.array([0, 4_000]))
    assert 8 <= len(one) <= 26
    both = sample_grams(np.concatenate([words[:40], words, words]), np.array([0, 40, 4_040, 8_040]))
    texts, hashes = both % 2**32, both >> 32
    assert hashes[texts == 1].tolist() == hashes[texts == 2].tolist() == (one >> 32).tolist()
    for size in (1, 7, 8, 9, 23):
        assert len(sample_grams(words[:size], np.array([0, size]))) == max(size - 7, 1)


def test_a_copy_of_a_copy_is_a_copy_of_the_first():
    one, two, three, four = (story(seed, 40) for seed in range(4))
    assert found([one + " " + two + " " + three, two + " " + three + " " + four, story(9)])[2] == 2
    assert (
        found([f"{one} {two} {three}", f"{one} {two} {three} {four[:60]}", f"{two} {three} {four[:60]} {one}"])
        == [0] * 3
    )


def test_stories_that_share_a_footer_are_not_copies():
    footer = story(0, 45)
    assert found([f"{story(seed, 90)}\n{footer}" for seed in range(1, 40)]) == list(range(39))


@given(st.lists(st.text("ab1 .\n", max_size=12), max_size=8))
def test_exact_copies_are_those_with_the_same_words_in_order(texts):
    keys = [text.replace("11", "1").replace("11", "1").replace("11", "1").replace(".", " ").split() for text in texts]
    by_hand = [number if not key else keys.index(key) for number, key in enumerate(keys)]
    assert found(texts) == by_hand


@given(st.lists(st.text(), max_size=6))
def test_any_strings_give_a_first_text_that_stands_for_itself(texts):
    result = found(texts)
    assert all(head <= own and result[head] == head for own, head in enumerate(result))


@given(st.text())
def test_lines_are_counted_as_python_counts_them(text):
    words, bounds = hash_words(text)
    assert len(bounds) - 1 == max(len(text.splitlines()), 1)
    assert bounds[-1] == len(words)


@given(st.lists(st.integers(0, 2), max_size=12), st.data())
def test_spans_have_one_number_where_and_only_where_their_words_are_the_same(words, data):
    places = st.integers(0, len(words))
    spans = [sorted(pair) for pair in data.draw(st.lists(st.tuples(places, places), min_size=1, max_size=8))]
    numbers = hash_spans(np.array(words, np.uint64), *np.array(spans).T)
    for (start, end), number in zip(spans, numbers, strict=True):
        for (other_start, other_end), other in zip(spans, numbers, strict=True):
            assert (number == other) == (words[start:end] == words[other_start:other_end])


def test_a_hostile_line_costs_no_more_than_its_length():
    started = time.process_time()
    for odd in ("a", " ", "\n", "1", "’", "\u00a0"):
        found([odd * 100_000, "a b " * 25_000])
    assert time.process_time() - started < 60
