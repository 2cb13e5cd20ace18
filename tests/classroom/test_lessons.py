"""The lessons' data: every number that is counted is asked about or a slip, and amounts are plain arithmetic."""

import collections

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom import lesson_comparisons, lesson_counts
from classroom.gold import teaching_folder
from classroom.lessons import EXERCISES, GIVEN, evaluate_formula
from pastepot.corpus.read import read


def asked():
    """Return, by the way of counting, the names that the exercises use."""
    used = collections.defaultdict(set)
    for one in EXERCISES.values():
        for written in [one["right"], *(slip for slip, _ in one["slips"])] if "right" in one else []:
            used[one["counts"]] |= {word for word in written.split() if word.isidentifier()}
    return used


@pytest.fixture(scope="module")
def corpus():
    return read(teaching_folder())


@pytest.mark.parametrize("way", sorted(asked()))
def test_nothing_is_counted_that_no_exercise_asks_about(way, corpus):
    [count] = [getattr(module, way) for module in (lesson_counts, lesson_comparisons) if hasattr(module, way)]
    assert set(count(corpus)) == asked()[way]


@pytest.mark.parametrize("name", EXERCISES)
def test_an_exercise_has_all_its_words_or_only_its_praise(name):
    words = {"counts", "right", "slips", "hint", "way", "praise"}
    assert set(EXERCISES[name]) - {"within"} == (words if "right" in EXERCISES[name] else {"praise"})


def test_every_lesson_is_given_something_and_asks_something():
    assert [*GIVEN] == [*dict.fromkeys(name.split(".")[0] for name in EXERCISES)]


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(1, 1000))
def test_an_amount_is_worked_out_from_left_to_right(part, whole, factor):
    counts = {"part": part, "whole": whole}
    assert evaluate_formula(f"{factor} * part / whole", counts) == factor * part / whole
    assert evaluate_formula("part / whole", counts) == part / whole
    assert evaluate_formula("part", counts) == part
    assert evaluate_formula(f"{factor}", counts) == factor


def test_a_name_that_is_not_counted_is_an_error():
    with pytest.raises(KeyError, match="hole"):
        evaluate_formula("part / hole", {"part": 1, "whole": 2})
