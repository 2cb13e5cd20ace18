"""The concordance: every place where a word or phrase stands, with what stands before and after it."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from pastepot import errors, tables
from pastepot.corpus.corpus import Corpus, articles
from pastepot.text.annotations import (
    VOICES,
    in_parts,
    one_line,
    token_articles,
    token_parts,
    token_raw_offsets,
    token_store,
    token_voices,
)
from pastepot.text.parts import PARTS
from pastepot.text.patterns import places


def concordance(corpus: Corpus, node: str, *, window: int = 8, parts: str | Iterable[str] = "all") -> pd.DataFrame:
    """Return each place where `node` stands, in order of article and place, with `window` words on either side.

    Parameters
    ----------
    corpus : Corpus
    node : str
        A word, a phrase, or a wildcard pattern: ``climat*``, ``United Nations``. Case, curly apostrophes and a final
        possessive don't matter.
    window : int
        Words shown before and after; never over the article's ends.
    parts : names of parts, or "all"
        Where to look. All by default: a concordance is for checking by eye.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["The old port’s crane fell. The port is shut."]}))
    >>> concordance(corpus, "port", window=1)[["left", "node", "right", "start"]].values.tolist()
    [['old', 'port’s', 'crane', 8], ['The', 'port', 'is', 31]]
    >>> len(concordance(corpus, "harbour"))
    0
    """
    errors.at_least("window", window, 0)
    if not isinstance(node, str):
        raise errors.PastepotError(f"node must be text, as 'port' or 'United Nations'; got {type(node).__name__}.")
    first, length = places(corpus, node)
    first = first[in_parts(corpus, parts)[first]]
    article = token_articles(corpus)[first]
    starts, ends = token_raw_offsets(corpus)
    meta = articles(corpus)
    left, middle, right = _contexts(corpus, first, length, window)
    return tables.build(
        "concordance",
        {
            "doc_id": np.array(corpus.doc_ids, dtype=object)[article],
            "date": meta["date"].to_numpy()[article],
            "outlet": meta["outlet"].to_numpy(dtype=object)[article],
            "left": left,
            "node": middle,
            "right": right,
            "start": starts[first],
            "end": ends[first + length - 1],
            "part": np.array(PARTS, dtype=object)[token_parts(corpus)[first]],
            "voice": np.array(VOICES, dtype=object)[token_voices(corpus)[first]],
        },
        corpus=corpus.name,
        settings={"node": node, "window": window},
    )


def _contexts(corpus: Corpus, first: np.ndarray, length: int, window: int) -> tuple[list[str], list[str], list[str]]:
    """Return the clean text before, at and after each hit, each on one line."""
    tokens = token_store(corpus)
    articles_of = token_articles(corpus)
    left, middle, right = [], [], []
    for place in first.tolist():
        number = int(articles_of[place])
        text = corpus.view(number).text
        begin = max(place - window, int(tokens.bounds[number]))
        last = place + length - 1
        stop = min(last + window, int(tokens.bounds[number + 1]) - 1)
        start, end = int(tokens.starts[place]), int(tokens.ends[last])
        left.append(one_line(text[int(tokens.starts[begin]) : start]))
        middle.append(one_line(text[start:end]))
        right.append(one_line(text[end : int(tokens.ends[stop])]))
    return left, middle, right
