"""Two sides to compare: the articles that selectors such as ``{"outlet": "Gazette"}`` choose, and the rest."""

from collections.abc import Mapping
from typing import cast

import numpy as np
import numpy.typing as npt

from pastepot import errors
from pastepot.corpus.corpus import Corpus, article_groups
from pastepot.text.annotations import Whole

Selector = Mapping[str, str | list[str]]
TARGET, REFERENCE, NEITHER = 0, 1, -1


def split_sides(corpus: Corpus, target: Selector, reference: Selector | None) -> Whole:
    """Return the side of each article: 0 target, 1 reference, -1 neither; without a reference it is the rest.

    >>> import pandas as pd
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["A port.", "A pier.", "A dock."], "outlet": ["Gazette", "Post", "Wire"]}))
    >>> split_sides(corpus, {"outlet": "Gazette"}, None).tolist()
    [0, 1, 1]
    >>> split_sides(corpus, {"outlet": "Gazette"}, {"outlet": ["Wire"]}).tolist()
    [0, -1, 1]
    >>> split_sides(corpus, {"outlet": "Gazete"}, None)
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: target has no article with outlet 'Gazete'; articles have 'Gazette', 'Post', 'Wire'.
    Did you mean 'Gazette'?
    """
    inside = select_articles(corpus, "target", target)
    other = ~inside if reference is None else select_articles(corpus, "reference", reference)
    if not other.any():
        raise errors.PastepotError("reference has no article: the target is the whole corpus. Choose a smaller target.")
    if shared := int(np.count_nonzero(inside & other)):
        raise errors.PastepotError(f"target and reference must not share articles; {shared} stand in both.")
    return np.where(inside, TARGET, np.where(other, REFERENCE, NEITHER)).astype(np.int64)


def select_articles(corpus: Corpus, name: str, selector: Selector) -> npt.NDArray[np.bool_]:
    """Return which articles have, in every column of a selector, one of its values."""
    if not isinstance(selector, Mapping) or not selector:
        raise errors.PastepotError(
            f"{name} must be columns of articles and their values, as {{'outlet': 'A'}}; got {selector!r}."
        )
    chosen = np.ones(len(corpus), dtype=np.bool_)
    for column, wanted in selector.items():
        labels, group = _groups(corpus, column)
        values = [wanted] if isinstance(wanted, str) else list(wanted)
        for value in values:
            if value not in labels:
                raise errors.PastepotError(_unknown(name, column, value, labels))
        chosen &= np.isin(group, [labels.index(value) for value in values])
    if not chosen.any():
        raise errors.PastepotError(f"{name} has no article that meets all of {dict(selector)!r}.")
    return chosen


def _groups(corpus: Corpus, column: str) -> tuple[list[str], Whole]:
    """Return the groups that a column of articles makes; they are kept with the corpus."""
    key = (_groups, column)
    if key not in corpus.cache:
        corpus.cache[key] = article_groups(corpus, column)
    return cast("tuple[list[str], Whole]", corpus.cache[key])


def _unknown(name: str, column: str, value: object, labels: list[str]) -> str:
    """Return the complaint about a value that no article has."""
    listed = ", ".join(map(repr, labels[:8])) + (f" and {len(labels) - 8} more" if len(labels) > 8 else "")
    likely = errors.did_you_mean(value, labels)
    return f"{name} has no article with {column} {value!r}; articles have {listed}.{likely}"


def describe_selector(selector: Selector | None) -> str:
    """Return a selector in words.

    >>> describe_selector({"outlet": ["Gazette", "Post"]}), describe_selector(None)
    ('outlet Gazette or Post', 'the rest')
    """
    if selector is None:
        return "the rest"
    return ", ".join(
        f"{column} {wanted if isinstance(wanted, str) else ' or '.join(map(str, wanted))}"
        for column, wanted in selector.items()
    )
