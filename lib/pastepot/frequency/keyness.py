"""Keyness: the words that set one side of a corpus apart from the other, and how far one may trust that."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pastepot import errors, formulas, tables
from pastepot.corpus.corpus import Corpus
from pastepot.frequency.cells import Cells, Cut, cells, scope
from pastepot.frequency.lexicon import Case, Possessive, spelling
from pastepot.frequency.rank_test import rank_p
from pastepot.frequency.sides import NEITHER, REFERENCE, TARGET, Selector, named, sides
from pastepot.intervals import FEWEST_ARTICLES
from pastepot.kernels import fit, kernel
from pastepot.text.annotations import Whole
from pastepot.text.parts import COUNTED_PARTS

Floats = npt.NDArray[np.float64]


class Contrast(NamedTuple):
    """Counts of two sides: each term's number, hits in target and reference and unevenness; tokens and articles."""

    term: Whole
    a: Whole
    b: Whole
    tokens: tuple[int, int]
    articles: tuple[int, int]
    dp: Floats

    @property
    def tested(self) -> bool:
        """Whether both sides have articles enough to stand for others."""
        return min(self.articles) >= FEWEST_ARTICLES


def keyness(
    corpus: Corpus,
    *,
    target: Selector,
    reference: Selector | None = None,
    parts: str | Iterable[str] = COUNTED_PARTS,
    case: Case = "fold",
    possessive: Possessive = "fold",
    group: Literal["stem"] | None = None,
    stop: Iterable[str] = (),
    stop_lists: str | Iterable[str] = (),
    min_count: int = 1,
    min_docs: int = 1,
    lrc: bool = False,
    per_article: bool = True,
    repeats: Cut = "all",
    passages: pd.DataFrame | None = None,
    per: int = 1000,
) -> pd.DataFrame:
    """Return the terms that set a target apart from a reference: the target's own first, then the reference's.

    Parameters
    ----------
    corpus : Corpus
    target : dict
        Which articles: columns of `pastepot.articles` (or ``month``, ``week``) with one value or a list of values, as
        ``{"outlet": "Gazette"}``; several columns must all fit.
    reference : dict, optional
        What to compare with; all other articles if not given.
    parts, case, possessive, group, stop, stop_lists, repeats, passages, per
        As for `pastepot.terms`.
    min_count, min_docs : int
        Leave out terms with fewer hits, or in fewer articles, on both sides together. They are then not tested.
    lrc : bool
        Add Evert's conservative log ratio in a last column, its interval corrected for the size of the family.
    per_article : bool
        Whether to test the articles' rates as well, for `doc_p`.

    Returns
    -------
    DataFrame
        One row a term: term, count_target, count_reference, rate_target, rate_reference, g2, p_adjusted, log_ratio,
        low, high, doc_p, dp, note. Within each side by g2, then count, then alphabet; without a test by the
        difference of the rates.

    Raises
    ------
    PastepotError
        If a selector fits no article, or both sides share one.

    Notes
    -----
    `g2` is Dunning's log-likelihood ratio of all four cells, never negative; the sign of the difference is that of
    `log_ratio`. `p_adjusted` is Benjamini and Hochberg's, over all terms of the table. A count of 0 becomes 0.5 in
    `log_ratio`; where even that would turn the sign, a side is too short to say anything and the ratio is missing.
    The interval, `low` to `high`, takes every word for an independent draw, which words are not; `doc_p` (Mann and
    Whitney, not adjusted) takes articles instead. `dp` is the unevenness over the articles of both sides: near 1 the
    word belongs to one article. Below 10 articles with words on a side there are counts, rates and differences only:
    few articles describe themselves, they don't sample an outlet.

    References
    ----------
    Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence. Computational Linguistics
    19(1). Hardie, A. (2014). Log Ratio: an informal introduction. Evert, S. (2022). Measuring keyness.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> texts = ["The strike. A strike!", "The ferry. A crane."]
    >>> corpus = read(pd.DataFrame({"text": texts, "outlet": ["Gazette", "Post"]}))
    >>> found = keyness(corpus, target={"outlet": "Gazette"})
    >>> found[["term", "count_target", "count_reference", "log_ratio"]].values.tolist()
    [['strike', 2, 0, 2.0], ['a', 1, 1, 0.0], ['the', 1, 1, 0.0], ['crane', 0, 1, -1.0], ['ferry', 0, 1, -1.0]]
    >>> found["note"][0]
    '1 and 1 articles: too few for a test or an interval (10 a side); not in the reference, 0 counted as 0.5'
    >>> keyness(corpus, target={"outlet": "Wire"})
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: target has no article with outlet 'Wire'; articles have 'Gazette', 'Post'.
    """
    for name, least in {"per": per, "min_count": min_count, "min_docs": min_docs}.items():
        errors.at_least(name, least, 1)
    how = spelling(case, possessive, group, stop, stop_lists)
    side = sides(corpus, target, reference)
    within = scope(corpus, parts, repeats, passages)
    counts = cells(corpus, within, how)
    found = _contrast(counts, side, min_count, min_docs)
    columns = {**_rates(found, per), **_tests(found), "doc_p": _doc_p(counts, side, found, wanted=per_article)}
    columns["dp"] = found.dp
    if lrc:
        columns["lrc"] = _lrc(found)
    order, notes = _order(found, columns["g2"]), _notes(found, columns["log_ratio"])
    asked = {"min_count": min_count, "min_docs": min_docs, "repeats": repeats, "per": per}
    return tables.build(
        "keyness",
        {
            "term": tables.texts(counts.lexicon.terms[found.term[order]]),
            **{name: values[order] for name, values in columns.items()},
            "note": tables.texts(notes[order]),
        },
        corpus=corpus.name,
        counted=within.counted,
        method=_method(found, target, reference),
        note=" ".join(filter(None, [within.note, _caution(found)])),
        family=len(found.term) if found.tested else 0,
        settings={"target": dict(target), "reference": dict(reference or {}), **how.settings(), **asked},
        per=per,
    )


def _contrast(counts: Cells, side: Whole, min_count: int, min_docs: int) -> Contrast:
    """Return the counts of both sides, of the terms that are frequent enough."""
    size, tokens = len(counts.lexicon.terms), [int(counts.words[side == one].sum()) for one in (TARGET, REFERENCE)]
    hits, spread = np.zeros((2, size), dtype=np.int64), np.zeros(size, dtype=np.int64)
    cells_of = (counts.bounds, counts.terms, counts.hits, counts.words)
    fit(add_sides, len(counts.terms))(*cells_of, side, np.int64(sum(tokens)), hits[0], hits[1], spread)
    chosen = hits.sum(axis=0) >= min_count
    if min_docs > 1:
        chosen &= np.bincount(counts.terms[side[counts.articles] != NEITHER], minlength=size) >= min_docs
    term = np.flatnonzero(chosen)
    a, b = hits[:, term]
    whole = 2 * (a + b) * float(sum(tokens))
    dp = np.maximum(tables.numbers((spread[term] + whole / 2) / np.maximum(whole, 1), 6), 0)
    sizes = [int(np.count_nonzero(counts.words[side == one])) for one in (TARGET, REFERENCE)]
    return Contrast(term, a, b, (tokens[0], tokens[1]), (sizes[0], sizes[1]), dp)


@kernel
def add_sides(  # noqa: PLR0917 (a kernel takes arrays, by position)
    bounds: Whole,
    terms: npt.NDArray[np.int32],
    cell_hits: npt.NDArray[np.int32],
    words: Whole,
    side: Whole,
    total: np.int64,
    target: Whole,
    reference: Whole,
    spread: Whole,
) -> None:
    """Add up each term's hits by side, and then its distance from an even spread, in whole numbers."""
    for article in range(len(side)):
        if side[article] == TARGET:
            for cell in range(bounds[article], bounds[article + 1]):
                target[terms[cell]] += cell_hits[cell]
        elif side[article] == REFERENCE:
            for cell in range(bounds[article], bounds[article + 1]):
                reference[terms[cell]] += cell_hits[cell]
    for article in range(len(side)):
        if side[article] != NEITHER:
            for cell in range(bounds[article], bounds[article + 1]):
                even = words[article] * (target[terms[cell]] + reference[terms[cell]])
                spread[terms[cell]] += abs(cell_hits[cell] * total - even) - even


def _rates(found: Contrast, per: int) -> dict[str, npt.NDArray[np.generic]]:
    """Return counts and rates; a side without words has the rate 0."""
    target, reference = (max(tokens, 1) for tokens in found.tokens)
    return {
        "count_target": found.a,
        "count_reference": found.b,
        "rate_target": tables.numbers(found.a * per / target, 6),
        "rate_reference": tables.numbers(found.b * per / reference, 6),
    }


def _tests(found: Contrast) -> dict[str, Floats]:
    """Return test and effect size; all but the effect size are missing where a side has too few articles."""
    four = (found.a, found.b, *found.tokens)
    ratio = np.atleast_1d(formulas.log_ratio(*four))
    missing = np.full(len(ratio), np.nan)
    difference = found.a * found.tokens[1] - found.b * found.tokens[0]
    ratio = np.where(np.sign(ratio) * np.sign(difference) < 0, np.nan, ratio)
    if not found.tested:
        empty = dict.fromkeys(("g2", "p_adjusted", "low", "high"), missing)
        return {**empty, "log_ratio": tables.numbers(ratio, 6) + 0.0}
    g2 = formulas.g2(*four)
    low, high = (np.where(np.isnan(ratio), np.nan, end) for end in formulas.log_ratio_ci(*four))
    return {
        "g2": tables.numbers(g2, 6),
        "p_adjusted": formulas.adjust_p(formulas.p_value(g2), method="bh"),
        "log_ratio": tables.numbers(ratio, 6) + 0.0,
        "low": tables.numbers(low, 6),
        "high": tables.numbers(high, 6),
    }


def _lrc(found: Contrast) -> Floats:
    """Return the conservative log ratio, corrected for all terms of the table."""
    if not found.tested:
        return np.full(len(found.term), np.nan)
    return tables.numbers(formulas.lrc(found.a, found.b, *found.tokens, tests=max(len(found.term), 1)), 6)


def _doc_p(counts: Cells, side: Whole, found: Contrast, *, wanted: bool) -> Floats:
    """Return p of the test by article for each term found."""
    if not (found.tested and wanted):
        return np.full(len(found.term), np.nan)
    place = np.full(len(counts.lexicon.terms), -1)
    place[found.term] = np.arange(len(found.term))
    article = counts.articles
    chosen = (side[article] != NEITHER) & (place[counts.terms] >= 0)
    article, term = article[chosen], place[counts.terms[chosen]]
    rate = counts.hits[chosen] / counts.words[article]
    return rank_p(term, rate, side[article] == TARGET, len(found.term), found.articles)


def _notes(found: Contrast, ratio: npt.NDArray[np.generic]) -> npt.NDArray[np.object_]:
    """Return what to know of each row; a term is absent from one side at most."""
    target, reference = found.articles
    few = f"{target} and {reference} articles: too few for a test or an interval ({FEWEST_ARTICLES} a side)"
    said = [] if found.tested else [few]
    notes = np.full(len(found.term), "".join(said), dtype=object)
    silent = np.isnan(ratio.astype(float))
    for name, count, tokens in (("target", found.a, found.tokens[0]), ("reference", found.b, found.tokens[1])):
        if not tokens:
            notes[:] = "; ".join([*said, f"the {name} has no counted words"])
            return notes
        notes[(count == 0) & ~silent] = "; ".join([*said, f"not in the {name}, 0 counted as 0.5"])
        notes[(count == 0) & silent] = "; ".join([*said, f"not in the {name}, which is too short to expect it"])
    return notes


def _order(found: Contrast, g2: npt.NDArray[np.generic]) -> Whole:
    """Return the order of the rows: target's words first; terms are in alphabetical order as they come."""
    difference = found.a * max(found.tokens[1], 1) - found.b * max(found.tokens[0], 1)
    strength = g2.astype(float) if found.tested else np.abs(difference)
    return np.lexsort((-(found.a + found.b), -strength, -np.sign(difference)))


def _method(found: Contrast, target: Selector, reference: Selector | None) -> str:
    """Return in words what was compared with what, and how."""
    sized = [
        f"{name}: {articles:,} article{'s' * (articles != 1)}, {tokens:,} words"
        for name, articles, tokens in zip(
            (f"Target {named(target)}", f"reference {named(reference)}"), found.articles, found.tokens, strict=True
        )
    ]
    tests = (
        f" G2 of four cells; p by Benjamini and Hochberg over a family of {len(found.term):,} terms."
        if found.tested
        else ""
    )
    return "; ".join(sized) + "." + tests


def _caution(found: Contrast) -> str:
    """Return why there is no test, if there is none."""
    if found.tested:
        return ""
    few = f"{found.articles[0]} and {found.articles[1]} articles"
    return (
        f"Counts, rates and differences only: {few} describe themselves; they don't sample outlets"
        f" (a test needs {FEWEST_ARTICLES} a side)."
    )
