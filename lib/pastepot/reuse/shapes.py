"""Shapes: words that a scanner confuses made equal.

Text recognition takes e for c, m for rn, 1 for l. A word's shape has one letter for each set of confusable ones, so
*modern*, *modem* and *moclern* share it. Only longer words are folded: among short ones too many honest words would
meet.
"""

from collections.abc import Sequence

import numpy as np

from pastepot.reuse.shingles import Terms

FOLDED_FROM = 4
"""Letters from which a word is folded."""
PAIRS = (("rn", "m"), ("cl", "d"), ("vv", "w"), ("ii", "n"), ("nn", "m"))
SETS = ("ceoa0", "il1tfj", "nuvr", "hb8", "s5", "gq9")
SINGLE = str.maketrans({letter: letters[0] for letters in SETS for letter in letters})


def fold_ocr_confusions(words: Sequence[str]) -> list[str]:
    """Return the words with confusable letters made equal.

    >>> fold_ocr_confusions(["modern", "modem", "rnoclern"])
    ['mcdcm', 'mcdcm', 'mcdcm']
    >>> fold_ocr_confusions(["strike", "5trikc"])
    ['sinikc', 'sinikc']

    Short words stay as they are:

    >>> fold_ocr_confusions(["cat", "oat"])
    ['cat', 'oat']
    """
    folded = "\n".join(words)
    for pair, letter in PAIRS:
        folded = folded.replace(pair, letter)
    lines = folded.translate(SINGLE).split("\n") if words else []
    return [line if len(word) >= FOLDED_FROM else word for word, line in zip(words, lines, strict=True)]


def map_ocr_variants(terms: Terms, vocabulary: Sequence[str]) -> Terms:
    """Return the tokens' terms with one number for all words of one shape.

    >>> map_ocr_variants(np.array([0, 1, 2, 1], dtype=np.int32), ["harbour", "strike", "harhonr"]).tolist()
    [0, 1, 0, 1]
    """
    folded = fold_ocr_confusions(vocabulary)
    number = {shape: place for place, shape in enumerate(dict.fromkeys(folded))}
    return np.fromiter(map(number.__getitem__, folded), dtype=np.int32, count=len(folded))[terms]
