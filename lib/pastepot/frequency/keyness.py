"""Keyness: the words that set one side of a corpus apart from the other, and how far one may trust that."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pastepot import errors, formulas, tables
from pastepot.corpus.corpus import Corpus
from pastepot.formulas import FEWEST_ARTICLES
from pastepot.frequency.cells import Cut, TermCounts, count_terms, select_tokens
from pastepot.frequency.rank_test import mann_whitney_p
from pastepot.frequency.sides import NEITHER, REFERENCE, TARGET, Selector, describe_selector, split_sides
from pastepot.frequency.vocabulary import Case, Possessive, spelling
from pastepot.kernels import fit, kernel
from pastepot.text.annotations import Whole
from pastepot.text.parts import COUNTED_PARTS

Floats = npt.NDArray[np.float64]


class Contrast(NamedTuple):
    """Two sides: each term's number, hits in target and reference, unevenness and G2; tokens and articles.

    `tested` says whether both sides have articles enough to stand for others; G2 is missing where they have not.
    """

    term: Whole
    a: Whole
    b: Whole
    dp: Floats
    g2: Floats
    tokens: tuple[int, int]
    articles: tuple[int, int]
    tested: bool


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
    side = split_sides(corpus, target, reference)
    within = select_tokens(corpus, parts, repeats, passages)
    counts = count_terms(corpus, within, how)
    found = _ranked(_contrast(counts, side, min_count, min_docs))
    tests = _tests(found)
    columns = {
        "term": tables.texts(counts.lexicon.terms[found.term]),
        **_rates(found, per),
        **tests,
        "doc_p": _doc_p(counts, side, found, wanted=per_article),
        "dp": found.dp,
        "note": tables.texts(_notes(found, tests["log_ratio"])),
        **({"lrc": _lrc(found)} if lrc else {}),
    }
    asked = {"min_count": min_count, "min_docs": min_docs, "repeats": repeats, "per": per}
    return tables.build(
        "keyness",
        pd.DataFrame(columns, copy=False),
        corpus=corpus.name,
        counted=within.counted,
        method=_method(found, target, reference),
        note=within.notes(len(found.term), _caution(found)),
        family=len(found.term) if found.tested else 0,
        settings={"target": dict(target), "reference": dict(reference or {}), **how.settings(), **asked},
        per=per,
    )


def _contrast(counts: TermCounts, side: Whole, min_count: int, min_docs: int) -> Contrast:
    """Return the counts of both sides, of the terms that are frequent enough."""
    size, words = len(counts.lexicon.terms), [counts.words[side == one] for one in (TARGET, REFERENCE)]
    tokens = int(words[0].sum()), int(words[1].sum())
    articles = int(np.count_nonzero(words[0])), int(np.count_nonzero(words[1]))
    hits, spread = np.zeros((2, size), dtype=np.int64), np.zeros(size, dtype=np.int64)
    fit(add_sides, len(counts.terms))(*counts[:4], side, np.int64(sum(tokens)), hits, spread)
    chosen = hits.sum(axis=0) >= min_count
    if min_docs > 1:
        chosen &= np.bincount(counts.terms[side[counts.articles] != NEITHER], minlength=size) >= min_docs
    term = np.flatnonzero(chosen)
    a, b = hits[:, term]
    whole = 2 * (a + b) * float(sum(tokens))
    dp = np.maximum(tables.numbers((spread[term] + whole / 2) / np.maximum(whole, 1), 6), 0)
    tested = min(articles) >= FEWEST_ARTICLES
    g2 = formulas.g2(a, b, *tokens) if tested else np.full(len(term), np.nan)
    return Contrast(term, a, b, dp, g2, tokens, articles, tested)


@kernel
def add_sides(  # noqa: PLR0917 (a kernel takes arrays, by position)
    bounds: Whole,
    terms: npt.NDArray[np.int32],
    cell_hits: npt.NDArray[np.int32],
    words: Whole,
    side: Whole,
    total: np.int64,
    hits: npt.NDArray[np.int64],
    spread: Whole,
) -> None:
    """Add up each term's hits, a row of `hits` a side, and its distance from an even spread, in whole numbers."""
    for article in range(len(side)):
        if side[article] != NEITHER:
            for cell in range(bounds[article], bounds[article + 1]):
                hits[side[article], terms[cell]] += cell_hits[cell]
    for article in range(len(side)):
        if side[article] != NEITHER:
            for cell in range(bounds[article], bounds[article + 1]):
                even = words[article] * (hits[TARGET, terms[cell]] + hits[REFERENCE, terms[cell]])
                spread[terms[cell]] += abs(cell_hits[cell] * total - even) - even


def _ranked(found: Contrast) -> Contrast:
    """Return the terms, which come in alphabetical order, in that of the table: the target's words first."""
    difference = found.a * max(found.tokens[1], 1) - found.b * max(found.tokens[0], 1)
    strength = tables.numbers(found.g2, 6) if found.tested else np.abs(difference)
    order = np.lexsort((-(found.a + found.b), -strength, -np.sign(difference)))
    return found._replace(**{name: getattr(found, name)[order] for name in ("term", "a", "b", "dp", "g2")})


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
    difference = found.a * found.tokens[1] - found.b * found.tokens[0]
    ratio = np.where(np.sign(ratio) * np.sign(difference) < 0, np.nan, ratio)
    columns = {"g2": tables.numbers(found.g2, 6), "log_ratio": tables.numbers(ratio, 6) + 0.0}
    if not found.tested:
        return {**columns, **dict.fromkeys(("p_adjusted", "low", "high"), found.g2)}
    low, high = (np.where(np.isnan(ratio), np.nan, end) for end in formulas.log_ratio_ci(*four))
    adjusted = formulas.adjust_p(formulas.p_value(found.g2))
    return {**columns, "p_adjusted": adjusted, "low": tables.numbers(low, 6), "high": tables.numbers(high, 6)}


def _lrc(found: Contrast) -> Floats:
    """Return the conservative log ratio, corrected for all terms of the table."""
    if not found.tested:
        return np.full(len(found.term), np.nan)
    return tables.numbers(formulas.lrc(found.a, found.b, *found.tokens, tests=max(len(found.term), 1)), 6)


def _doc_p(counts: TermCounts, side: Whole, found: Contrast, *, wanted: bool) -> Floats:
    """Return p of the test by article for each term found."""
    if not (found.tested and wanted):
        return np.full(len(found.term), np.nan)
    place = np.full(len(counts.lexicon.terms), -1)
    place[found.term] = np.arange(len(found.term))
    article = counts.articles
    chosen = (side[article] != NEITHER) & (place[counts.terms] >= 0)
    article, term = article[chosen], place[counts.terms[chosen]]
    rate = counts.hits[chosen] / counts.words[article]
    return mann_whitney_p(term, rate, side[article] == TARGET, len(found.term), found.articles)


def _notes(found: Contrast, ratio: Floats) -> npt.NDArray[np.object_]:
    """Return what to know of each row; a term is absent from one side at most."""
    few = "{} and {} articles: too few for a test or an interval ({} a side)".format(*found.articles, FEWEST_ARTICLES)
    notes, said = np.full(len(ratio), "" if found.tested else few, dtype=object), "" if found.tested else f"{few}; "
    for name, count, tokens in zip(("target", "reference"), (found.a, found.b), found.tokens, strict=True):
        if not tokens:
            notes[:] = f"{said}the {name} has no counted words"
            return notes
        notes[count == 0] = f"{said}not in the {name}, 0 counted as 0.5"
        notes[(count == 0) & np.isnan(ratio)] = f"{said}not in the {name}, which is too short to expect it"
    return notes


def _method(found: Contrast, target: Selector, reference: Selector | None) -> str:
    """Return in words what was compared with what, and how."""
    names = f"Target {describe_selector(target)}", f"reference {describe_selector(reference)}"
    sized = [
        f"{name}: {articles:,} article{'s' * (articles != 1)}, {tokens:,} words"
        for name, articles, tokens in zip(names, found.articles, found.tokens, strict=True)
    ]
    tests = f" G2 of four cells; p by Benjamini and Hochberg over a family of {len(found.term):,} terms."
    return "; ".join(sized) + "." + tests * found.tested


def _caution(found: Contrast) -> str:
    """Return why there is no test, if there is none."""
    few = "{} and {} articles".format(*found.articles)
    said = f"Counts, rates and differences only: {few} describe themselves; they don't sample outlets"
    return "" if found.tested else f"{said} (a test needs {FEWEST_ARTICLES} a side)."
