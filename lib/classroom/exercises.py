"""Friendly checks for the lessons: what is right, what is wrong and a hint, never a traceback, never the answer."""

import functools
import math
from collections import Counter

from classroom import lesson_comparisons, lesson_counts
from classroom.answers import EXACTLY, WRONG, AnswerKey, Verdict, grade_answer
from classroom.gold import teaching_folder
from classroom.lessons import EXERCISES, evaluate_formula
from pastepot import errors
from pastepot.corpus.corpus import Corpus
from pastepot.corpus.read import read
from pastepot.reporting.display import Prose, say

PATIENT = 3
"""From this wrong try on a check says more."""

LACKING = "This corpus lacks what the exercise counts."

WRONG_TRIES: Counter[str] = Counter()


def check(name: str, answer: object, *, corpus: Corpus | None = None) -> Prose:
    """Return what a friendly reader says to an answer of a lesson: right, not yet, or what is wrong and a hint.

    Parameters
    ----------
    name : str
        The exercise, as ``"corpus.captions"``.
    answer : object
        Anything at all; ``...`` stands for "not answered yet".
    corpus : Corpus, optional
        The corpus that was asked about; the teaching corpus, cleaned as `pastepot.read` does, if not given.

    Returns
    -------
    Prose
        A str that a notebook shows as prose. It never holds the right answer; from the third wrong try of an
        exercise on it says by which way the answer is found.

    Notes
    -----
    The expected values are computed from the corpus by the library each time a lesson is run; none is typed in. A
    check never raises, whatever it is given.

    Examples
    --------
    >>> check("corpus.five", 4)
    'Right. You count types: different words, whatever their case and the punctuation next to them.'
    >>> check("corpus.five", ...)
    'Not yet: put your answer in the place of the three dots and run the cell again.'
    >>> check("corpus.fife", 4)
    "There is no exercise of this name. Did you mean 'corpus.five'?"
    """
    try:
        if name not in EXERCISES:
            return say(f"There is no exercise of this name.{errors.did_you_mean(name, EXERCISES)}")
        return say(_reply(name, grade_answer(_key(name, corpus), answer), corpus))
    except errors.PastepotError as error:
        return say(f"This could not be checked. {error}")
    except Exception:  # noqa: BLE001 (an answer may be any object, and one that misbehaves must not stop a lesson)
        return say(f"{WRONG} This kind of answer cannot be read. A plain number or a plain word is asked for.")


def _reply(name: str, verdict: Verdict, corpus: Corpus | None) -> str:
    """Return what to say to a verdict; the wrong tries of an exercise are counted until it is right."""
    if verdict.right is None:
        return verdict.words
    WRONG_TRIES[name] = 0 if verdict.right else WRONG_TRIES[name] + 1
    if WRONG_TRIES[name] < PATIENT:
        return verdict.words
    return f"{verdict.words} The way: {_key(name, corpus).more}"


def _key(name: str, corpus: Corpus | None) -> AnswerKey:
    """Return what an exercise expects of a corpus; one that lacks what it counts is an error in words."""
    if corpus is None:
        return teaching_key(name)
    try:
        key = answer_key(name, corpus)
    except errors.PastepotError:
        raise
    except (ArithmeticError, LookupError, ValueError) as error:
        raise errors.PastepotError(LACKING) from error
    if isinstance(key.right, float) and not math.isfinite(key.right):
        raise errors.PastepotError(LACKING)
    return key


@functools.cache
def teaching_key(name: str) -> AnswerKey:
    """Return what an exercise expects of the teaching corpus."""
    return answer_key(name, _teaching())


@functools.cache
def _teaching() -> Corpus:
    """Return the teaching corpus as a lesson reads it."""
    return read(teaching_folder())


def answer_key(name: str, corpus: Corpus) -> AnswerKey:
    """Return what an exercise expects of a corpus, counted again."""
    asked = EXERCISES[name]
    if "right" not in asked:
        return AnswerKey(None, {}, "", "", asked["praise"])
    way = getattr(lesson_counts, asked["counts"], None) or getattr(lesson_comparisons, asked["counts"])
    counts = way(corpus)
    slips: dict[float | str, str] = {}
    for written, reason in asked["slips"]:
        slip = evaluate_formula(written, counts)
        slips |= dict.fromkeys(slip if isinstance(slip, list) else [slip], reason)
    right, within = evaluate_formula(asked["right"], counts), asked.get("within", EXACTLY)
    return AnswerKey(right, slips, asked["hint"], asked["way"], asked["praise"], within)
