"""What an exercise expects: the right answer, the likely mistakes by name, and how an answer is graded."""

import math
from collections.abc import Mapping
from numbers import Number
from typing import NamedTuple, SupportsFloat, cast

RIGHT, UNTOUCHED, WRONG, NOTED = "Right.", "Not yet:", "Not quite.", "Noted."
"""How each verdict begins."""

LONGEST_ANSWER = 200
EXACTLY = 1e-6
"""How far a number may be from the right one if an exercise does not say."""

_UNITS = {
    1000.0: "The digits are right, the unit is not: that is a thousand times too large.",
    100.0: "The digits are right, the unit is not: that is a hundred times too large.",
    10.0: "The digits are right, the unit is not: that is ten times too large.",
    0.1: "The digits are right, the unit is not: that is ten times too small.",
    0.01: "The digits are right, the unit is not: that is a hundred times too small.",
    0.001: "The digits are right, the unit is not: that is a thousand times too small.",
    -1.0: "The size is right, the sign is not.",
}


class AnswerKey(NamedTuple):
    """What an exercise expects.

    `right` is the answer (None: a prediction, which cannot be wrong), `slips` maps a likely wrong answer to what went
    wrong, `hint` comes with any other wrong answer, `more` from the third one on: the way, never the value. A number
    is right if it is at most `within` away. `praise` says what a right answer shows.
    """

    right: float | str | None
    slips: Mapping[float | str, str]
    hint: str
    more: str
    praise: str
    within: float = EXACTLY


class Verdict(NamedTuple):
    """Whether an answer is right (None: nothing to judge), and what to say to it."""

    right: bool | None
    words: str


def grade_answer(key: AnswerKey, answer: object) -> Verdict:
    """Return the verdict on one answer.

    Examples
    --------
    >>> key = AnswerKey(4, {5: "Upper case was not folded."}, "Write the words below each other.", "", "You fold case.")
    >>> grade_answer(key, 4).words
    'Right. You fold case.'
    >>> grade_answer(key, 5).words
    'Not quite. Upper case was not folded. Write the words below each other.'
    >>> grade_answer(key, ...).right is None
    True
    """
    if answer is ...:
        return Verdict(
            right=None, words=f"{UNTOUCHED} put your answer in the place of the three dots and run the cell again."
        )
    if isinstance(key.right, str):
        return _judge_word(key, answer)
    return _judge_number(key, answer)


def _judge_number(key: AnswerKey, answer: object) -> Verdict:
    """Return the verdict on an answer that should be a number."""
    value = as_number(answer)
    if isinstance(value, str):
        return Verdict(right=False, words=f"{WRONG} {value}")
    if key.right is None:
        return Verdict(right=None, words=f"{NOTED} {key.praise}")
    right = float(key.right)
    if abs(value - right) <= key.within:
        return Verdict(right=True, words=f"{RIGHT} {key.praise}")
    return Verdict(right=False, words=f"{WRONG} {_reason(key, value, right)} {key.hint}")


def _reason(key: AnswerKey, value: float, right: float) -> str:
    """Return what is wrong with a number: a mistake by name, else a wrong unit, else too large or too small."""
    for slip, reason in key.slips.items():
        if abs(value - float(slip)) <= min(key.within, abs(float(slip)) / 100) + 1e-6:
            return reason
    for factor, reason in _UNITS.items():
        if right and abs(value - right * factor) <= key.within * abs(factor) + 1e-9:
            return reason
    if right == int(right) and abs(value - right) == 1:
        return f"Very near, one too {'many' if value > right else 'few'}: look at the first and the last one counted."
    return f"That is a number, as it should be, but it is too {'large' if value > right else 'small'}."


def as_number(answer: object) -> float | str:
    """Return an answer as a number, or a sentence on why it is not one.

    >>> as_number(4), as_number("4.5 %")
    (4.0, 'That is text. Write the number without quotation marks and without a unit.')
    >>> as_number([4])
    'One number is asked for, and this is a list. Take the one number out of it.'
    """
    if answer is None:
        return "There is no answer yet (None). A cell that ends in a plot or an assignment gives nothing back."
    if isinstance(answer, str):
        return "That is text. Write the number without quotation marks and without a unit."
    if isinstance(answer, bool):
        return "That is True or False. A number is asked for: count how many are true."
    if not isinstance(answer, Number) and not _one_value(answer):
        return f"One number is asked for, and this is a {_kind(answer)}. Take the one number out of it."
    value = float(cast("SupportsFloat", answer))
    if not math.isfinite(value):
        return "That is not a finite number: something is missing, or you divided by zero."
    return value


def _one_value(answer: object) -> bool:
    """Return whether an object is one number, for instance NumPy's: no length, and it converts to a float."""
    return hasattr(answer, "__float__") and getattr(answer, "shape", ()) == ()


def _kind(answer: object) -> str:
    """Return what an object is called in a lesson."""
    name = type(answer).__name__
    return {"DataFrame": "table", "Series": "column", "tuple": "list", "dict": "dictionary"}.get(name, name[:30])


def _judge_word(key: AnswerKey, answer: object) -> Verdict:
    """Return the verdict on an answer that should be a word or a name."""
    if not isinstance(answer, str):
        return Verdict(
            right=False, words=f"{WRONG} A word is asked for, in quotation marks, and this is none. {key.hint}"
        )
    said = " ".join(answer[:LONGEST_ANSWER].split()).casefold()
    if said == str(key.right).casefold():
        return Verdict(right=True, words=f"{RIGHT} {key.praise}")
    for slip, reason in key.slips.items():
        if said == str(slip).casefold():
            return Verdict(right=False, words=f"{WRONG} {reason} {key.hint}")
    return Verdict(right=False, words=f"{WRONG} It is another one. {key.hint}")
