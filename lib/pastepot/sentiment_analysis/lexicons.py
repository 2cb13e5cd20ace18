"""The calls of VADER and TextBlob, for sentences and single words, and the word values learnt from VADER's list.

The learnt values are our own: `benchmarks/train_words.py` learns from VADER's words what word vectors say of a value,
and `word_values.json.gz` holds the values of the most frequent English words.
"""

import copy
import functools
import gzip
import importlib
import json
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Scores: TypeAlias = tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]

VALUES = Path(__file__).with_name("word_values.json.gz")
HUNDREDTH = 0.01
"""Learnt values are whole numbers of this size in the file."""

CHANGING = frozenset({"no", "not", "n't", "never", "!"})
"""What TextBlob lists among assessed words because it changes the score of another word."""


def vader_scores(texts: Sequence[str]) -> Scores:
    """Return VADER's compound score of each sentence, and how many of its words VADER's list knows.

    Parameters
    ----------
    texts : Sequence[str]
        Sentences. Uncurl their quotes first (`pastepot.corpus.repairs.uncurl_quotes`): VADER knows no others.

    Returns
    -------
    compound : numpy.ndarray of float64
        From -1 to 1, as ``SentimentIntensityAnalyzer().polarity_scores(text)["compound"]``.
    known_words : numpy.ndarray of int64
        Words that VADER looks up in its list and finds, emoji spelt out. A repeated word counts each time. Intensifiers
        ("very") and the "kind" of "kind of" do not count, since VADER passes them over.

    Notes
    -----
    A score of 0 with no known word says that VADER knew nothing, not that the sentence is neutral. VADER saturates with
    length and its time grows with the square of it: score sentences, never whole articles. Each distinct sentence is
    scored once.

    References
    ----------
    C. J. Hutto and Eric Gilbert, "VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media
    Text", Eighth International Conference on Weblogs and Social Media (ICWSM-14), 2014.

    Examples
    --------
    >>> compound, known_words = vader_scores(["The crossing was not good.", "The crossing takes an hour."])
    >>> compound.tolist(), known_words.tolist()
    ([-0.3412, 0.0], [1, 0])
    """
    analyzer = copy.copy(load_vader())  # its counter belongs to this call

    def score(text: str) -> tuple[float, int]:
        analyzer.known_words = 0
        compound = analyzer.polarity_scores(text)["compound"]
        return compound, analyzer.known_words

    return score_distinct(texts, score)


def textblob_scores(texts: Sequence[str]) -> Scores:
    """Return TextBlob's polarity of each sentence, and how many of its words TextBlob's list knows.

    Parameters
    ----------
    texts : Sequence[str]
        Sentences.

    Returns
    -------
    polarity : numpy.ndarray of float64
        From -1 to 1, as ``TextBlob(text).sentiment.polarity``.
    known_words : numpy.ndarray of int64
        Words that TextBlob assesses, each time they occur, emoticons and a sarcastic "(!)" included; not the negations
        and exclamation marks that only change the score of another word.

    Notes
    -----
    A score of 0 with no known word says that TextBlob knew nothing, not that the sentence is neutral. TextBlob does not
    see a negation in "isn't": it cuts the word at its apostrophe. It scores function-like words too ("more" .5, "first"
    .25). Each distinct sentence is scored once, by the analyser itself: a `TextBlob` object takes twice the time.

    References
    ----------
    Tom De Smedt and Walter Daelemans, "Pattern for Python", Journal of Machine Learning Research 13, 2012, from
    whose analyser TextBlob's is adapted.

    Examples
    --------
    >>> polarity, known_words = textblob_scores(["A very good ferry.", "The crossing takes an hour."])
    >>> polarity.round(2).tolist(), known_words.tolist()
    ([0.91, 0.0], [2, 0])
    """
    analyse = importlib.import_module("textblob.en").sentiment

    def score(text: str) -> tuple[float, int]:
        polarity_and_subjectivity = analyse(text)
        assessed = (word for words, *_ in polarity_and_subjectivity.assessments for word in words)
        return polarity_and_subjectivity[0], sum(word not in CHANGING for word in assessed)

    return score_distinct(texts, score)


def score_distinct(texts: Sequence[str], score: Callable[[str], tuple[float, int]]) -> Scores:
    """Return scores and counts of texts; `score` is called once for each distinct one.

    >>> score_distinct(["a", "bb", "a"], lambda text: (0.5, len(text)))
    (array([0.5, 0.5, 0.5]), array([1, 2, 1]))
    """
    known = {text: score(text) for text in dict.fromkeys(texts)}
    scores, counts = zip(*(known[text] for text in texts), strict=True) if texts else ((), ())
    return np.array(scores, dtype=np.float64), np.array(counts, dtype=np.int64)


@functools.cache
def load_vader() -> Any:  # noqa: ANN401 (the package has no types)
    """Return VADER's analyzer, which counts in `known_words` the words that it finds in its list."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # noqa: PLC0415 (only who scores pays)

    class CountingAnalyzer(SentimentIntensityAnalyzer):  # type: ignore[misc]
        known_words = 0

        def sentiment_valence(self, valence: float, text: object, word: str, *rest: object) -> Any:  # noqa: ANN401
            self.known_words += word.lower() in self.lexicon
            return super().sentiment_valence(valence, text, word, *rest)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return CountingAnalyzer()


@functools.cache
def vader_valences() -> Mapping[str, float]:
    """Return the valence of each word in vaderSentiment's lexicon, from -1 to 1 (a quarter of the package's scale).

    >>> vader_valences()["good"], "harbour" in vader_valences()
    (0.475, False)
    """
    return {str(word): float(value) / 4 for word, value in load_vader().lexicon.items()}


@functools.cache
def textblob_polarities() -> Mapping[str, float]:
    """Return the polarity of each word in TextBlob's lexicon, from -1 to 1.

    >>> textblob_polarities()["good"], "harbour" in textblob_polarities()
    (0.7, False)
    """
    lexicon = importlib.import_module("textblob.en").sentiment
    lexicon.get("good")  # it loads itself at the first question
    return {str(word): float(entry[None][0]) for word, entry in lexicon.items() if None in entry}


@functools.cache
def learnt_values() -> Mapping[str, float]:
    """Return the value of each word as learnt from the words it keeps company with, from about -1 to 1.

    >>> learnt_values()["senseless"], learnt_values()["teamwork"], "harbour" in learnt_values()
    (-0.85, 0.55, False)
    """
    stored = json.loads(gzip.decompress(VALUES.read_bytes()))
    return {word: value * HUNDREDTH for word, value in zip(stored["words"].split(), stored["values"], strict=True)}
