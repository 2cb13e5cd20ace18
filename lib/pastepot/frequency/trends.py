"""Trends: how often terms occur in each period, relative to the words of that period."""

from collections.abc import Iterable
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from pastepot import errors, tables, wording
from pastepot.corpus.corpus import Corpus, article_dates
from pastepot.formulas import FEWEST_ARTICLES, bootstrap_mean
from pastepot.frequency.counts import terms
from pastepot.frequency.selection import Reprints, TokenSelection, select_tokens
from pastepot.text.annotations import COUNTED_PARTS, Parts, Whole, annotations
from pastepot.text.patterns import QueryCase, Within, describe_query, find_node, list_queries

PERIODS = {"year": "%Y", "month": "%Y-%m", "week": "%G-W%V", "day": "%Y-%m-%d"}
MOST_FREQUENT = 10


def trends(
    corpus: Corpus,
    node: str | Iterable[str] | None = None,
    *,
    period: Literal["year", "month", "week", "day"] = "month",
    parts: Parts = COUNTED_PARTS,
    case: QueryCase = "smart",
    within: Within = "sentence",
    reprints: Reprints = "all",
    passages: pd.DataFrame | None = None,
    per: errors.Positive = 1000,
) -> pd.DataFrame:
    """Return how often terms occur in each period, term by term, periods in order.

    Parameters
    ----------
    corpus : Corpus
    node : str, or several, optional
        Words, phrases or wildcard patterns, each counted by itself; the ten most frequent terms if not given.
    period : {"year", "month", "week", "day"}
        Length of a period; weeks are those of ISO 8601.
    case, within
        As for `pastepot.concordance`.
    parts, reprints, passages, per
        As for `pastepot.terms`.

    Returns
    -------
    DataFrame
        One row a term and period: term, period, count, tokens (words of the period), rate, low, high, articles, note.
        A period without articles has no row.

    Raises
    ------
    PastepotError
        If no article states a date. Dates that a text merely suggests are not used.

    Notes
    -----
    `low` and `high` are a 95 % bootstrap interval of the rate, articles being what is drawn; below 10 articles with
    words there is none. A rate that moves may follow a change of outlets: compare outlets by themselves, too.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> rows = {"text": ["The strike.", "A strike! Strike."], "date": ["2024-03-05", "2024-04-01"]}
    >>> rates = trends(read(pd.DataFrame(rows)), "strike")
    >>> rates[["term", "period", "count", "tokens", "rate"]].values.tolist()
    [['strike', '2024-03', 1, 2, 500.0], ['strike', '2024-04', 2, 3, 666.666667]]
    >>> trends(read(pd.DataFrame({"text": ["The strike."]})), "strike")
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: trends needs articles with a date; none of the 1 of data frame states one. Give a
    column 'date', as 2024-03-05.
    """
    labels, period_of = article_periods(corpus, period)
    selection = select_tokens(annotations(corpus), parts=parts, reprints=reprints, passages=passages)
    most_frequent = terms(corpus, parts=parts)["term"].head(MOST_FREQUENT) if node is None else ()
    nodes = list(dict.fromkeys(most_frequent if node is None else list_queries(node)))
    inside, sizes = [(label, period_of == number) for number, label in enumerate(labels)], selection.article_sizes
    found = ((pattern, _count_hits(selection, pattern, case, within)) for pattern in nodes)
    rows = [(term, label, *_rate(hits[here], sizes[here], per)) for term, hits in found for label, here in inside]
    undated = int(np.count_nonzero(period_of < 0))
    verbs = "has no date and is left out", "have no date and are left out"
    left_out = f"{wording.count_part(undated, len(corpus), 'article', *verbs)}." if undated else ""
    return tables.build(
        "trends",
        pd.DataFrame(rows, columns=list(tables.TABLES["trends"].columns)),
        **selection.attrs,
        method=describe_query(nodes, case, within),
        note=selection.explain(len(rows), left_out, passages=passages, chosen=period_of >= 0),
        settings={"node": nodes, "period": period, "case": case, "within": within, "reprints": reprints, "per": per},
        per=per,
    )


def article_periods(corpus: Corpus, period: str) -> tuple[list[str], Whole]:
    """Return the periods in order, and the number of each article's period, -1 without a date."""
    days = article_dates(corpus)
    if days.isna().all():
        raise errors.PastepotError(
            f"trends needs articles with a date; none of the {len(corpus)} of {corpus.name} states one."
            " Give a column 'date', as 2024-03-05."
        )
    label_of = {day: day.strftime(PERIODS[period]) for day in days.dropna().unique()}
    periods, labels = pd.factorize(days.map(label_of), sort=True)
    return labels.tolist(), periods


def _count_hits(selection: TokenSelection, pattern: str, case: str, within: str) -> Whole:
    """Return the hits of a pattern in each article."""
    first, _ = find_node(selection.known, pattern, case=case, within=within)
    articles = selection.known.token_articles[first[selection.mask[first]]]
    return np.bincount(articles, minlength=len(selection.known)).astype(np.int64)


def _rate(hits: Whole, words: Whole, per: int) -> tuple[object, ...]:
    """Return count, tokens, rate, low, high, articles and note of one pattern in one period.

    >>> _rate(np.array([1, 0]), np.array([0, 0]), 1000)[-1]
    'no counted words'
    """
    count, tokens, articles = int(hits.sum()), int(words.sum()), len(hits)
    low, high = bootstrap_mean(hits, words)
    rate = count * per / tokens if tokens else np.nan
    ends: npt.NDArray[np.float64] = tables.numbers(np.array([rate, low * per, high * per]), 6)
    note = _note(tokens, int(np.count_nonzero(words)), has_interval=not np.isnan(low))
    return (count, tokens, *ends.tolist(), articles, note)


def _note(tokens: int, articles: int, *, has_interval: bool) -> str:
    """Return why a number is missing."""
    if not tokens:
        return "no counted words"
    if articles < FEWEST_ARTICLES:
        return f"{wording.count_noun(articles, 'article')}: too few for an interval"
    return "" if has_interval else "too few articles differ for an interval"
