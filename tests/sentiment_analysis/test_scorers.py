"""A scorer of one's own: what it gives is checked before it stands in a table."""

import numpy as np
import pytest

from pastepot.errors import PastepotError
from pastepot.sentiment_analysis.scores import check_scorer

WORDS = {"calm": 0.5, "storm": -0.5}


def stand_in(sentences):
    """Score sentences as a model of one's own would: by batch, on its own scale, none for an empty one."""
    known = [[WORDS[word] for word in text.lower().strip(".").split() if word in WORDS] for text in sentences]
    return [sum(values) if text else float("nan") for text, values in zip(sentences, known, strict=True)]


def test_a_scorers_numbers_come_through_in_order():
    scored = check_scorer("mine", stand_in)(["A calm day.", "The storm.", ""])
    assert scored.dtype == np.float64
    assert scored[:2].tolist() == [0.5, -0.5]
    assert np.isnan(scored[2])


@pytest.mark.parametrize("given", [np.array([1, 2], dtype=np.int8), (1, 2), [True, 2.0], np.float32([1, 2])])
def test_lists_tuples_and_arrays_of_numbers_will_do(given):
    assert check_scorer("mine", lambda _: given)(["One.", "Two."]).tolist() == [1.0, 2.0]


def test_it_is_called_once_with_a_list_and_never_with_an_empty_one():
    seen = []

    def recorded(sentences):
        seen.append(sentences)
        return [0] * len(sentences)

    scorer = check_scorer("mine", recorded)
    assert scorer([]).tolist() == []
    scorer(("One.", "Two."))
    assert seen == [["One.", "Two."]]


def test_what_it_does_to_its_list_changes_nothing():
    sentences = ["One.", "Two."]
    check_scorer("mine", lambda texts: [texts.pop() and 1.0, 2.0])(sentences)
    assert sentences == ["One.", "Two."]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([0.5], "scorer 'mine' must return one number a sentence; it got 2 sentences and returned 1."),
        ([1, 2, 3], "scorer 'mine' must return one number a sentence; it got 2 sentences and returned 3."),
        (
            [[1, 2], [3, 4]],
            (
                "scorer 'mine' must return one number a sentence; it got 2 sentences and returned an array of shape"
                " (2, 2)."
            ),
        ),
        (
            0.5,
            "scorer 'mine' must return one number a sentence; it got 2 sentences and returned an array of shape ().",
        ),
        (["good", "bad"], "scorer 'mine' must return numbers; it returned list that holds something else."),
        (
            [1, float("inf")],
            "scorer 'mine' must return finite numbers, or NaN for none; sentence 1 got an infinite one.",
        ),
        ([{"label": "pos"}] * 2, "scorer 'mine' must return numbers; it returned list that holds something else."),
    ],
)
def test_what_is_wrong_is_said(given, message):
    with pytest.raises(PastepotError) as error:
        check_scorer("mine", lambda _: given)(["One.", "Two."])
    assert str(error.value) == message


@pytest.mark.parametrize("name", ["", "my scorer", "vader", "doc_id", "1st", None])
def test_a_name_that_cannot_be_a_new_column_is_refused(name):
    with pytest.raises(PastepotError) as error:
        check_scorer(name, stand_in)
    assert str(error.value) == (
        f"a scorer's name must be letters, digits or underscores and no column that tables have; got {name!r}."
    )


def test_what_is_no_function_is_refused():
    with pytest.raises(PastepotError) as error:
        check_scorer("mine", 3)
    assert str(error.value) == "scorer 'mine' must be a function from sentences to numbers; got 3."
