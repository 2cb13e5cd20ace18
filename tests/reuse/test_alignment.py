"""Growing an alignment, against a full table of scores."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pastepot.reuse.alignment import COST, Text, allocate_lanes, grow_both, word_bits
from pastepot.reuse.shingles import articles_of, fold_ocr_confusions, map_ocr_variants


def text_of(one, other):
    terms = np.array([*one, *other], dtype=np.int32)
    bounds = np.array([0, len(one), len(terms)])
    return Text(terms, bounds, articles_of(bounds), word_bits(terms), terms)


def best_growth(one, other, bits):
    """Return the best score of an alignment of a beginning of `one` with one of `other` that ends on equal words."""
    table = np.full((len(one) + 1, len(other) + 1), 0)
    best = 0
    for i in range(len(one) + 1):
        for j in range(len(other) + 1):
            ways = [table[i - 1, j] - COST] * (i > 0) + [table[i, j - 1] - COST] * (j > 0)
            if i and j and one[i - 1] == other[j - 1]:
                ways.append(table[i - 1, j - 1] + bits[one[i - 1]])
                best = max(best, ways[-1])
            elif i and j:
                ways.append(table[i - 1, j - 1] - COST)
            table[i, j] = max(ways, default=0)
    return best


words = st.lists(st.integers(0, 3), max_size=12)


@given(words, words, words, words)
def test_growing_without_limit_finds_the_best_score_both_ways(before_a, before_b, after_a, after_b):
    one, other = [*before_a, 9, *after_a], [*before_b, 9, *after_b]
    text = text_of(one, other)
    row = np.empty(9, dtype=np.int64)
    seed = (len(before_a), len(one) + len(before_b), 1, 0, len(one), len(one), len(one) + len(other))
    grow_both(text, seed, 1000, allocate_lanes(text.bounds), row)
    forwards = best_growth(after_a, after_b, text.bits)
    assert row[4] == forwards + best_growth(before_a[::-1], before_b[::-1], text.bits)
    assert text.terms[row[0]] == text.terms[row[2]]
    assert text.terms[row[1] - 1] == text.terms[row[3] - 1]


@given(words, words)
def test_the_sides_can_be_swapped(after_a, after_b):
    scores = []
    for one, other in ((after_a, after_b), (after_b, after_a)):
        text = text_of([9, *one], [9, *other])
        row = np.empty(9, dtype=np.int64)
        seed = (0, len(one) + 1, 1, 0, len(one) + 1, len(one) + 1, len(one) + len(other) + 2)
        grow_both(text, seed, 3, allocate_lanes(text.bounds), row)
        scores.append((row[4], row[5]))
    assert scores[0] == scores[1]


@pytest.mark.parametrize(("terms", "bits"), [([0, 1], [100, 100]), ([0] * 4, [0]), ([], []), ([0, 2], [100, 100, 100])])
def test_a_word_scores_its_share_of_all_words(terms, bits):
    assert word_bits(np.array(terms, dtype=np.int32)).tolist() == bits


def test_a_rare_word_scores_no_more_than_nine_bits():
    assert word_bits(np.arange(5000, dtype=np.int32)).max() == 900


@pytest.mark.parametrize(
    ("one", "other"), [("modern", "modem"), ("clear", "dear"), ("walk", "vva1k"), ("ship", "5hip")]
)
def test_words_that_a_scanner_confuses_become_equal(one, other):
    assert len(set(fold_ocr_confusions([one, other]))) == 1


@pytest.mark.parametrize(("one", "other"), [("ferry", "strike"), ("cat", "oat"), ("1987", "1967"), ("port", "part x")])
def test_other_words_stay_different(one, other):
    assert len(set(fold_ocr_confusions([one, other]))) == 2


def test_folding_keeps_the_number_of_words():
    assert map_ocr_variants(np.array([], dtype=np.int32), []).tolist() == []
    assert fold_ocr_confusions(["", "a", "harbour"]) == ["", "a", fold_ocr_confusions(["harbour"])[0]]
