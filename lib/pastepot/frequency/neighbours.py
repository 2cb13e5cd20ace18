"""Ways out to neighbours: our tokens as a text of NLTK."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

import numpy as np

from pastepot import errors
from pastepot.corpus.corpus import Corpus
from pastepot.frequency.cells import select_tokens
from pastepot.text.annotations import annotations, corpus_tokens
from pastepot.text.parts import COUNTED_PARTS

if TYPE_CHECKING:
    from nltk.text import Text


def to_nltk(
    corpus: Corpus, *, parts: str | Iterable[str] = COUNTED_PARTS, case: Literal["exact", "fold"] = "exact"
) -> "Text":
    """Return the counted words of a corpus as an `nltk.Text`, article after article; nothing is downloaded.

    Parameters
    ----------
    corpus : Corpus
    parts : names of parts, or "all"
        Which words; by default those that `pastepot.terms` counts.
    case : {"exact", "fold"}
        Words as they stand, or as terms (possessives stay).

    Notes
    -----
    NLTK's own measures look over the ends of articles, and punctuation is gone. Its `count` and `vocab` agree with
    `pastepot.terms` under ``case="exact"`` and ``possessive="keep"`` but for apostrophes.

    Examples
    --------
    >>> import pandas as pd
    >>> from pastepot.corpus.read import read
    >>> text = to_nltk(read(pd.DataFrame({"text": ["The port. The pier.", "A port"]})))
    >>> text.tokens, text.count("port")
    (['The', 'port', 'The', 'pier', 'A', 'port'], 2)
    """
    from nltk.text import Text  # noqa: PLC0415 (a second that only this function needs)

    errors.one_of("case", case, ("exact", "fold"))
    tokens = corpus_tokens(corpus)
    spelt = tokens.vocabulary if case == "exact" else annotations(corpus).vocabulary_terms
    words = np.array([*spelt, ""], dtype=object)[tokens.ids[select_tokens(corpus, parts).kept]]
    return Text(words.tolist(), name=corpus.name)
