"""The plain word values of the two lexicons, read from the packages that are installed; none is copied."""

import functools
import importlib
import warnings
from collections.abc import Mapping


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
