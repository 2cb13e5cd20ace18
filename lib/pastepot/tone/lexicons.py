"""The plain word values of the two lexicons, read from the packages that are installed; and those learnt from them.

The learnt values are our own: `benchmarks/train_words.py` learns from VADER's words what word vectors say of a value,
and `word_values.json.gz` holds what it then finds for the commonest English words.
"""

import functools
import gzip
import importlib
import json
import warnings
from collections.abc import Mapping
from pathlib import Path

VALUES = Path(__file__).with_name("word_values.json.gz")
HUNDREDTH = 0.01
"""Learnt values stand in the file as whole numbers of this size."""


@functools.cache
def vader_valences() -> Mapping[str, float]:
    """Return the valence of each word in vaderSentiment's lexicon, from -1 to 1 (a quarter of the package's scale).

    >>> vader_valences()["good"], "harbour" in vader_valences()
    (0.475, False)
    """
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # noqa: PLC0415 (only who scores pays)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        lexicon = SentimentIntensityAnalyzer().lexicon
    return {str(word): float(value) / 4 for word, value in lexicon.items()}


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
