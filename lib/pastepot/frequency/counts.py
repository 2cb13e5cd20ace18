"""Term frequency: how often each term stands, in how many articles and outlets, and how evenly."""

from collections.abc import Iterable
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from pastepot import errors, tables
from pastepot.corpus.corpus import Corpus
from pastepot.corpus.groups import article_groups
from pastepot.text.annotations import in_parts, token_articles, token_store
from pastepot.text.parts import COUNTED_PARTS
from pastepot.text.tokens import terms_of

Whole = npt.NDArray[np.int64]


def terms(
    corpus: Corpus,
    *,
    by: str | None = None,
    parts: str | Iterable[str] = COUNTED_PARTS,
    possessive: Literal["fold", "keep"] = "fold",
    stop: Iterable[str] = (),
    per: int = 1000,
) -> pd.DataFrame:
    """Return the terms of a corpus with their counts, the commonest first, ties by alphabet.

    Parameters
    ----------
    corpus : Corpus
    by : str, optional
        A column of `pastepot.articles` (or ``month``, ``week`` of its date): counts are then made within each group,
        which stands in the first column.
    parts : names of parts, or "all"
        What is counted; the default leaves captions, credits, bios and repeated paragraphs out.
    possessive : {"fold", "keep"}
        Whether *port's* counts as *port*.
    stop : words, optional
        Terms to leave out of the table; the denominators stay. Nothing is left out unless asked.
    per : int
        The rate is per so many counted words.

    Returns
    -------
    DataFrame
        One row a term (in a group): term, count, rate, doc_count, outlets, dp.

    Notes
    -----
    `dp` is Gries's deviation of proportions over the articles of the group: half the sum of the differences between
    each article's share of the words and its share of the hits; 0 is even. In one article it is 0. `outlets` counts
    articles without an outlet as one. Time grows with the number of words.

    References
    ----------
    Gries, S. T. (2008). Dispersions and adjusted frequencies in corpora. International Journal of Corpus
    Linguistics 13(4).

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["The port’s crane. A port.", "A crane."]}))
    >>> terms(corpus)[["term", "count", "rate", "doc_count"]].values.tolist()
    [['a', 2, 285.714286, 2], ['crane', 2, 285.714286, 2], ['port', 2, 285.714286, 1], ['the', 1, 142.857143, 1]]
    >>> terms(corpus, by="desk")
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: by must be a column of articles, 'month' or 'week'; got 'desk'.
    """
    errors.at_least("per", per, 1)
    errors.one_of("possessive", possessive, ("fold", "keep"))
    kept = in_parts(corpus, parts)
    to_term, names = terms_of(token_store(corpus), possessive=possessive)
    ids = np.asarray(to_term, dtype=np.int64)[token_store(corpus).ids[kept]]
    numbers = token_articles(corpus)[kept]
    labels, group = article_groups(corpus, by)
    left_out = {name for word in stop for name in (word.casefold(), word.casefold().replace("’", "'"))}
    shown = np.fromiter((name not in left_out for name in names), dtype=np.bool_, count=len(names))
    frames = [
        _counts(corpus, ids[inside], numbers[inside], per, len(names)).assign(**({by: label} if by else {}))
        for place, label in enumerate(labels)
        for inside in [group[numbers] == place]
    ]
    counted = pd.concat(frames, ignore_index=True)
    counted = counted[shown[counted["term"]]]
    columns = counted.assign(term=[names[place] for place in counted["term"]]).to_dict("list")
    frame = tables.build(
        "terms",
        columns,
        corpus=corpus.name,
        counted=tables.counted(int(kept.sum()), len(kept)),
        total=int(kept.sum()),
        articles=len(corpus),
        settings={"by": by, "possessive": possessive, "stop": len(left_out), "per": per},
        per=per,
    )
    order = [*([by] if by else []), "count", "term"]
    return frame.sort_values(order, ascending=[*([True] if by else []), False, True], kind="stable", ignore_index=True)


def _counts(corpus: Corpus, ids: Whole, numbers: Whole, per: int, size_of_vocabulary: int) -> pd.DataFrame:
    """Return the table's columns for the tokens of one group: `ids` are terms, `numbers` articles."""
    size = len(corpus)
    cells, hits = np.unique(ids * size + numbers, return_counts=True)
    term, article = cells // size, cells % size
    words = np.bincount(numbers, minlength=size)
    total = max(int(words.sum()), 1)
    count = np.bincount(term, weights=hits, minlength=size_of_vocabulary).astype(np.int64)
    expected = words[article] / total
    spread = np.abs(expected - hits / np.maximum(count[term], 1)) - expected
    dp = 0.5 * (np.bincount(term, weights=spread, minlength=size_of_vocabulary) + 1)
    outlet = pd.factorize(np.array([record.outlet for record in corpus.records], dtype=object))[0]
    in_outlets = np.unique(term * size + outlet[article]) // size
    chosen = np.flatnonzero(count)
    return pd.DataFrame(
        {
            "term": chosen,
            "count": count[chosen],
            "rate": tables.numbers(count[chosen] * per / total, 6),
            "doc_count": np.bincount(term, minlength=size_of_vocabulary)[chosen],
            "outlets": np.bincount(in_outlets, minlength=size_of_vocabulary)[chosen],
            "dp": np.maximum(tables.numbers(dp[chosen], 6), 0),
        }
    )
