"""Checks for students: likely slips are named, nothing raises, no reply to a wrong answer gives the right one."""

import math
import re
import tomllib
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from classroom import exercises
from classroom.answers import NOTED, RIGHT, UNTOUCHED, WRONG, as_number, grade_answer
from pastepot.reporting.templates import mime

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "exercises.toml").read_text(encoding="utf-8"))["case"]
JUDGED = sorted(name for name in exercises.EXERCISES if not name.endswith(".guess"))
PREDICTIONS = sorted(set(exercises.EXERCISES) - set(JUDGED))


class Rude:
    """An object that fails whatever one asks of it."""

    def __getattribute__(self, name) -> object:
        raise RuntimeError("no")

    def __eq__(self, other) -> bool:
        raise RuntimeError("no")

    __hash__ = None

    def __float__(self) -> float:
        raise RuntimeError("no")


NO_ANSWER = [
    None,
    "",
    "forty",
    "\x00\u202e<script>$x$",
    [],
    [1, 2],
    {},
    {"a": 1},
    object(),
    Rude(),
    float("nan"),
    math.inf,
    10**400,
    1j,
    True,
    b"4",
    print,
    "x" * 1_000_000,
    list(range(100_000)),
    np.array([1.0, 2.0]),
    np.float64("nan"),
    pd.NA,
    pd.NaT,
    pd.Series([1]),
    pd.DataFrame({"a": [1]}),
    Fraction(1, 10**9),
]


@pytest.fixture(autouse=True)
def first_try():
    exercises.WRONG_TRIES.clear()


def written(right):
    """Return every way in which a reply could give the right value away."""
    if isinstance(right, str):
        return [right]
    return sorted({f"{right:.{digits}f}" for digits in range(1, 5)} | ({f"{right:.0f}"} if abs(right) > 10 else set()))


def gives_away(words, right):
    return [value for value in written(right) if re.search(rf"(?<![\w.]){re.escape(value)}(?![\w]|\.\d)", words)]


def unlike(key, answer):
    """Say whether an answer differs from the right one by more than rounding."""
    if isinstance(key.right, str):
        return answer != key.right
    return abs(float(answer) - key.right) > key.within


@pytest.mark.parametrize("case", CASES, ids=[case["exercise"] for case in CASES])
def test_slips_by_hand_are_named(case):
    key = exercises.teaching_key(case["exercise"])
    assert grade_answer(key, case["right"]).right or abs(case["right"] - key.right) < 0.01
    assert len(case["wrong"]) >= 5
    for answer, named in case["wrong"]:
        said = grade_answer(key, answer)
        assert said.right is False, answer
        assert named in said.words, (answer, said.words)


@pytest.mark.parametrize("name", JUDGED)
def test_the_right_answer_is_called_right(name):
    assert exercises.check(name, exercises.teaching_key(name).right).startswith(RIGHT)


@pytest.mark.parametrize("name", JUDGED)
def test_five_plausible_wrong_answers_get_a_hint_and_never_the_value(name):
    key = exercises.teaching_key(name)
    near = [] if isinstance(key.right, str) else [key.right + 1, key.right - 1, key.right * 100 + 7, -key.right - 3]
    wrong = [answer for answer in [*key.slips, *near] if unlike(key, answer)]
    assert len(wrong) >= 5
    for answer in wrong:
        said = exercises.check(name, answer)
        assert said.startswith(WRONG)
        assert key.hint in said
        assert gives_away(said, key.right) == [], said


@pytest.mark.parametrize("name", JUDGED)
def test_a_slip_is_named_as_such(name):
    key = exercises.teaching_key(name)
    first = {}
    for slip, reason in key.slips.items():
        first.setdefault(slip if isinstance(slip, str) else round(float(slip), 6), reason)
    named = [reason for slip, reason in first.items() if unlike(key, slip) and reason in grade_answer(key, slip).words]
    assert len(named) >= (1 if name == "corpus.ferry" else 3)


@pytest.mark.parametrize("name", [JUDGED[0], "outlets.key_word", PREDICTIONS[0]])
@pytest.mark.parametrize("place", range(len(NO_ANSWER)))
def test_no_object_brings_a_check_down(name, place):
    said = exercises.check(name, NO_ANSWER[place])
    assert not said.startswith(RIGHT)
    assert said.startswith((WRONG, NOTED))
    assert len(said) < 500


@pytest.mark.parametrize("name", sorted(exercises.EXERCISES))
def test_an_untouched_stub_is_not_yet(name):
    assert exercises.check(name, ...).startswith(UNTOUCHED)


@pytest.mark.parametrize("name", PREDICTIONS)
@pytest.mark.parametrize("guess", [0, -1, 3.5, 10**9, np.int64(4)])
def test_a_prediction_is_never_wrong(name, guess):
    assert exercises.check(name, guess).startswith(NOTED)


def test_an_unknown_exercise_is_said_in_words():
    for name in ("nothing", "", "corpus.fife", None, 4, [], Rude()):
        assert isinstance(exercises.check(name, 1), str)


def test_the_third_wrong_try_says_the_way_and_a_right_answer_starts_afresh():
    key = exercises.teaching_key("corpus.captions")
    tries = [exercises.check("corpus.captions", 1) for _ in range(3)]
    assert [key.more in said for said in tries] == [False, False, True]
    assert gives_away(tries[2], key.right) == []
    exercises.check("corpus.captions", key.right)
    assert key.more not in exercises.check("corpus.captions", 1)


def test_an_untouched_stub_is_no_try():
    for _ in range(5):
        exercises.check("corpus.captions", ...)
    assert "The way:" not in exercises.check("corpus.captions", 1)


@pytest.mark.parametrize("name", JUDGED)
def test_the_way_never_holds_the_value(name):
    key = exercises.teaching_key(name)
    assert gives_away(f"{key.hint} {key.more} {' '.join(key.slips.values())}", key.right) == []


def other_corpora():
    """Return corpora that lack the gold, the outlets, or nearly everything that lessons ask about."""
    from pastepot.corpus.read import read  # noqa: PLC0415 (only here)

    few = [{"text": "The ferry sails.\n\nLeave a Reply", "outlet": "A"}]
    two = [*few, {"text": "“The strike goes on for ever and ever,” said Ada Moor. It is good.", "outlet": "B"}]
    return [read(pd.DataFrame(rows)) for rows in (few, two)]


OTHER_CORPORA = other_corpora()
NEED_GOLD = {"corpus.recall", "tone.accuracy", "tone.baseline", "passages.found"}


@pytest.mark.parametrize("name", JUDGED)
@pytest.mark.parametrize("number", range(len(OTHER_CORPORA)))
def test_another_corpus_is_asked_its_own_values_or_the_reply_says_that_it_cannot_be_checked(name, number):
    replies = [exercises.check(name, answer, corpus=OTHER_CORPORA[number]) for answer in (1, "Ada")]
    assert not [said for said in replies if "This kind of answer cannot be read" in said]
    unchecked = [said.startswith("This could not be checked. ") for said in replies]
    assert len(set(unchecked)) == 1
    if name in NEED_GOLD:
        assert replies[0].endswith(" It needs a reader's marks, and only the teaching corpus has them.")
    if not all(unchecked):
        right = exercises.answer_key(name, OTHER_CORPORA[number]).right
        assert isinstance(right, str) or math.isfinite(right)
        assert exercises.check(name, right, corpus=OTHER_CORPORA[number]).startswith(RIGHT)


def test_a_part_of_the_teaching_corpus_has_no_gold():
    from pastepot.corpus.read import read  # noqa: PLC0415 (only here)

    folder = exercises.teaching_folder()
    half = read(pd.DataFrame({"text": ["The ferry sails."], "doc_id": [next(folder.glob("*.txt")).name]}))
    assert "only the teaching corpus has them" in exercises.check("tone.accuracy", 1, corpus=half)


def test_a_reply_is_shown_as_prose():
    assert exercises.check("corpus.five", 4)._repr_mimebundle_()[mime("say")]["text"].startswith(RIGHT)


def test_rounding_to_one_decimal_is_right_for_per_cent():
    for name in ("corpus.removed", "corpus.quoted", "tone.no_word", "passages.copied"):
        assert exercises.check(name, round(exercises.teaching_key(name).right, 1)).startswith(RIGHT)


@pytest.mark.parametrize(
    ("answer", "number"), [(4, 4.0), (np.int32(4), 4.0), (Fraction(1, 2), 0.5), (np.array(3), 3.0)]
)
def test_numbers_of_any_make_are_numbers(answer, number):
    assert as_number(answer) == number
