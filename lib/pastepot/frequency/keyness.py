"""Keyness: the words that set a target apart from a reference, and how far they can be trusted."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pastepot import errors, formulas, tables, wording
from pastepot.corpus.corpus import Corpus, article_groups
from pastepot.formulas import FEWEST_ARTICLES
from pastepot.frequency.selection import Reprints, TokenSelection, select_tokens
from pastepot.frequency.vocabulary import Case, Group, Possessive, choose_folding
from pastepot.text.annotations import Whole, annotations
from pastepot.text.parts import COUNTED_PARTS

if TYPE_CHECKING:
    from scipy.sparse import csc_array

Floats = npt.NDArray[np.float64]
Selector = Mapping[str, str | list[str]]
TARGET, REFERENCE, NEITHER = 0, 1, -1


class Contrast(NamedTuple):
    """Target and reference: each term's number, count in target and reference, dp and G2; tokens and articles of both.

    `tested` says whether both have enough articles to represent others; G2 is missing where they have not.
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
    group: Group = None,
    stop: Iterable[str] = (),
    stop_lists: str | Iterable[str] = (),
    min_count: int = 1,
    min_docs: int = 1,
    lrc: bool = False,
    per_article: bool = True,
    reprints: Reprints = "all",
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
    parts, case, possessive, group, stop, stop_lists, reprints, passages, per
        As for `pastepot.terms`.
    min_count, min_docs : int
        Leave out terms with fewer hits, or in fewer articles, on both sides together. They are then not tested.
    lrc : bool
        Add Evert's conservative log ratio in a last column, its interval corrected for the size of the family.
    per_article : bool
        Whether to test the articles' rates as well, for `p_by_article`.

    Returns
    -------
    DataFrame
        One row a term: term, count_target, count_reference, rate_target, rate_reference, g2, p_adjusted, log_ratio,
        low, high, p_by_article, dp, note. Within each side by g2, then count, then alphabet; without a test by the
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
    The interval, `low` to `high`, takes every word for an independent draw, which words are not; `p_by_article` (Mann
    and Whitney, not adjusted) takes articles instead. `dp` is the unevenness over the articles of both: near 1 the
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
    >>> keys = keyness(corpus, target={"outlet": "Gazette"})
    >>> keys[["term", "count_target", "count_reference", "log_ratio"]].values.tolist()
    [['strike', 2, 0, 2.0], ['a', 1, 1, 0.0], ['the', 1, 1, 0.0], ['crane', 0, 1, -1.0], ['ferry', 0, 1, -1.0]]
    >>> keys["note"][0]
    '1 and 1 articles: too few for a test or an interval (10 a side); not in the reference, 0 counted as 0.5'
    >>> keyness(corpus, target={"outlet": "Wire"})
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: target has no article with outlet 'Wire'; articles have 'Gazette' and 'Post'.
    """
    for name, least in {"per": per, "min_count": min_count, "min_docs": min_docs}.items():
        errors.at_least(name, least, 1)
    folding = choose_folding(case, possessive, group, stop, stop_lists)
    side = split_sides(corpus, target, reference)
    selection = select_tokens(annotations(corpus), folding, parts=parts, reprints=reprints, passages=passages)
    counts, sizes, side = _drop_others(selection, side)
    contrast = _rank_terms(_compare_sides(counts, sizes, side, min_count, min_docs))
    tests = _test_terms(contrast)
    columns = {
        "term": tables.texts(selection.vocabulary.terms[contrast.term]),
        **_rate_terms(contrast, per),
        **tests,
        "p_by_article": _test_by_article(counts, sizes, side, contrast) if per_article and contrast.tested else np.nan,
        "dp": contrast.dp,
        "note": tables.texts(_note_rows(contrast, tests["log_ratio"])),
        **({"lrc": _bound_ratio(contrast)} if lrc else {}),
    }
    asked = {"min_count": min_count, "min_docs": min_docs, "reprints": reprints, "per": per}
    return tables.build(
        "keyness",
        pd.DataFrame(columns, copy=False),
        corpus=corpus.name,
        counted=selection.counted,
        method=_describe_method(contrast, target, reference),
        note=selection.explain(len(contrast.term), _caution(contrast)),
        family=len(contrast.term) if contrast.tested else 0,
        settings={"target": dict(target), "reference": dict(reference or {}), **folding.settings, **asked},
        per=per,
    )


def split_sides(corpus: Corpus, target: Selector, reference: Selector | None) -> Whole:
    """Return the side of each article: 0 target, 1 reference, -1 neither; without a reference it is the rest.

    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["A port.", "A pier.", "A dock."], "outlet": ["Gazette", "Post", "Wire"]}))
    >>> split_sides(corpus, {"outlet": "Gazette"}, None).tolist()
    [0, 1, 1]
    >>> split_sides(corpus, {"outlet": "Gazette"}, {"outlet": ["Wire"]}).tolist()
    [0, -1, 1]
    >>> split_sides(corpus, {"outlet": "Gazete"}, None)
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: target has no article with outlet 'Gazete'; articles have 'Gazette', 'Post' and
    'Wire'. Did you mean 'Gazette'?
    """
    inside = select_articles(corpus, "target", target)
    other = ~inside if reference is None else select_articles(corpus, "reference", reference)
    if not other.any():
        raise errors.PastepotError("reference has no article: the target is the whole corpus. Choose a smaller target.")
    if shared := int(np.count_nonzero(inside & other)):
        both = wording.count_noun(shared, "article is", "articles are")
        raise errors.PastepotError(f"target and reference must not share articles; {both} in both.")
    return np.where(inside, TARGET, np.where(other, REFERENCE, NEITHER))


def select_articles(corpus: Corpus, name: str, selector: Selector) -> npt.NDArray[np.bool_]:
    """Return which articles have, in every column of a selector, one of its values."""
    if not isinstance(selector, Mapping) or not selector:
        raise errors.PastepotError(
            f"{name} must be columns of articles and their values, as {{'outlet': 'A'}}; got {selector!r}."
        )
    chosen = np.ones(len(corpus), dtype=np.bool_)
    for column, wanted in selector.items():
        labels, group = article_groups(corpus, column)
        values = [wanted] if isinstance(wanted, str) else list(wanted)
        for value in values:
            if value not in labels:
                listed = wording.list_words(map(repr, labels), most=8)
                raise errors.PastepotError(
                    f"{name} has no article with {column} {value!r}; articles have {listed}."
                    f"{errors.did_you_mean(value, labels)}"
                )
        chosen &= np.isin(group, [labels.index(value) for value in values])
    if not chosen.any():
        raise errors.PastepotError(f"{name} has no article that meets all of {dict(selector)!r}.")
    return chosen


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


def _drop_others(selection: TokenSelection, side: Whole) -> tuple["csc_array", Whole, Whole]:
    """Return the counts, sizes and sides of the articles that are on a side."""
    compared = side != NEITHER
    if compared.all():
        return selection.counts, selection.article_sizes, side
    return selection.counts[compared], selection.article_sizes[compared], side[compared]


def _compare_sides(counts: "csc_array", sizes: Whole, side: Whole, min_count: int, min_docs: int) -> Contrast:
    """Return the counts of both sides, of the terms that are frequent enough; every article is on a side."""
    words = [sizes[side == number] for number in (TARGET, REFERENCE)]
    tokens = int(words[0].sum()), int(words[1].sum())
    articles = int(np.count_nonzero(words[0])), int(np.count_nonzero(words[1]))
    both, a = counts.sum(axis=0, dtype=np.int64), counts.T @ (side == TARGET).astype(np.int64)
    term = np.flatnonzero((both >= min_count) & (np.diff(counts.indptr) >= min_docs))
    cells = counts.tocoo()
    dp = tables.numbers(formulas.dp(cells.col, cells.data, sizes[cells.row], np.full(len(both), sum(tokens))), 6)
    a, b = a[term], (both - a)[term]
    tested = min(articles) >= FEWEST_ARTICLES
    g2 = formulas.g2(a, b, *tokens) if tested else np.full(len(term), np.nan)
    return Contrast(term, a, b, dp[term], g2, tokens, articles, tested)


def _rank_terms(contrast: Contrast) -> Contrast:
    """Return the terms, which come in alphabetical order, in that of the table: the target's words first."""
    difference = contrast.a * max(contrast.tokens[1], 1) - contrast.b * max(contrast.tokens[0], 1)
    strength = tables.numbers(contrast.g2, 6) if contrast.tested else np.abs(difference)
    order = np.lexsort((-(contrast.a + contrast.b), -strength, -np.sign(difference)))
    return contrast._replace(**{name: getattr(contrast, name)[order] for name in ("term", "a", "b", "dp", "g2")})


def _rate_terms(contrast: Contrast, per: int) -> dict[str, npt.NDArray[np.generic]]:
    """Return counts and rates; a side without words has the rate 0."""
    target, reference = (max(tokens, 1) for tokens in contrast.tokens)
    return {
        "count_target": contrast.a,
        "count_reference": contrast.b,
        "rate_target": tables.numbers(contrast.a * per / target, 6),
        "rate_reference": tables.numbers(contrast.b * per / reference, 6),
    }


def _test_terms(contrast: Contrast) -> dict[str, Floats]:
    """Return test and effect size; all but the effect size are missing where a side has too few articles."""
    four = (contrast.a, contrast.b, *contrast.tokens)
    ratio = np.atleast_1d(formulas.log_ratio(*four))
    difference = contrast.a * contrast.tokens[1] - contrast.b * contrast.tokens[0]
    ratio = np.where(np.sign(ratio) * np.sign(difference) < 0, np.nan, ratio)
    columns = {"g2": tables.numbers(contrast.g2, 6), "log_ratio": tables.numbers(ratio, 6) + 0.0}
    if not contrast.tested:
        return {**columns, **dict.fromkeys(("p_adjusted", "low", "high"), contrast.g2)}
    low, high = (np.where(np.isnan(ratio), np.nan, end) for end in formulas.log_ratio_ci(*four))
    adjusted = formulas.adjust_p(formulas.p_value(contrast.g2))
    return {**columns, "p_adjusted": adjusted, "low": tables.numbers(low, 6), "high": tables.numbers(high, 6)}


def _bound_ratio(contrast: Contrast) -> Floats:
    """Return the conservative log ratio, corrected for all terms of the table."""
    if not contrast.tested:
        return np.full(len(contrast.term), np.nan)
    return tables.numbers(formulas.lrc(contrast.a, contrast.b, *contrast.tokens, tests=max(len(contrast.term), 1)), 6)


def _test_by_article(counts: "csc_array", sizes: Whole, side: Whole, contrast: Contrast) -> Floats:
    """Return p of the test by article for each term compared."""
    cells = counts[:, contrast.term].tocoo()
    rate = cells.data / sizes[cells.row]
    in_target, term = side[cells.row] == TARGET, cells.col.astype(np.int64)
    return mann_whitney_p(term, rate, in_target, len(contrast.term), contrast.articles)


def mann_whitney_p(
    term: Whole, rate: Floats, in_target: npt.NDArray[np.bool_], terms: int, sizes: tuple[int, int]
) -> Floats:
    """Return the two-sided p of each term, from the articles that have it; all others have the rate 0.

    The normal approximation with corrections for ties and for continuity (Mann & Whitney 1947, On a test of whether
    one of two random variables is stochastically larger than the other), as `scipy.stats.mannwhitneyu` gives it, which
    sorts every article for every term: two minutes for 18,000 articles. NaN where all rates are equal.

    >>> rates = np.array([1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    >>> mann_whitney_p(np.zeros(10, dtype=int), rates, np.arange(10) >= 5, 1, (5, 5)).round(6).tolist()
    [0.012186]
    """
    articles, product = sum(sizes), sizes[0] * sizes[1]
    holders = np.bincount(term, minlength=terms)
    zeros, before = articles - holders, np.cumsum(holders) - holders
    # Cells in order of term and rate; equal rates of a term share the mean of their ranks, which follow the zeros.
    order = np.lexsort((rate, term))
    term, rate, in_target = term[order], rate[order], in_target[order]
    run = np.cumsum((np.diff(term, prepend=-1) != 0) | (np.diff(rate, prepend=-1) != 0)) - 1
    tied = np.bincount(run)
    rank = (np.cumsum(tied) - (tied - 1) / 2)[run] - before[term] + zeros[term]
    ties = np.bincount(term, weights=tied[run] ** 2.0 - 1, minlength=terms) + zeros**3.0 - zeros
    silent = sizes[0] - np.bincount(term, weights=in_target, minlength=terms)
    ranks = np.bincount(term, weights=rank * in_target, minlength=terms) + silent * (zeros + 1) / 2
    u = ranks - sizes[0] * (sizes[0] + 1) / 2
    variance = product / 12 * (articles + 1 - ties / (articles * (articles - 1)))
    distance = np.maximum(np.abs(u - product / 2) - 0.5, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        squared = np.where(variance > 1e-9 * product, distance**2 / variance, np.nan)
    return np.asarray(formulas.p_value(squared), dtype=np.float64)


def _note_rows(contrast: Contrast, ratio: Floats) -> npt.NDArray[np.object_]:
    """Return what to know of each row; a term is absent from one side at most."""
    few = "{} and {} articles: too few for a test or an interval ({} a side)".format(
        *contrast.articles, FEWEST_ARTICLES
    )
    notes, said = (
        np.full(len(ratio), "" if contrast.tested else few, dtype=object),
        "" if contrast.tested else f"{few}; ",
    )
    for name, count, tokens in zip(("target", "reference"), (contrast.a, contrast.b), contrast.tokens, strict=True):
        if not tokens:
            notes[:] = f"{said}the {name} has no counted words"
            return notes
        notes[count == 0] = f"{said}not in the {name}, 0 counted as 0.5"
        notes[(count == 0) & np.isnan(ratio)] = f"{said}not in the {name}, which is too short to expect it"
    return notes


def _describe_method(contrast: Contrast, target: Selector, reference: Selector | None) -> str:
    """Return in words what was compared with what, and how."""
    names = f"Target {describe_selector(target)}", f"reference {describe_selector(reference)}"
    sized = [
        f"{name}: {wording.count_noun(articles, 'article')}, {wording.count_noun(tokens, 'word')}"
        for name, articles, tokens in zip(names, contrast.articles, contrast.tokens, strict=True)
    ]
    family = wording.count_noun(len(contrast.term), "term")
    tests = f" G2 of four cells; p by Benjamini and Hochberg over a family of {family}."
    return "; ".join(sized) + "." + tests * contrast.tested


def _caution(contrast: Contrast) -> str:
    """Return why there is no test, if there is none."""
    few = "{} and {} articles".format(*contrast.articles)
    said = f"Counts, rates and differences only: {few} describe themselves; they don't sample outlets"
    return "" if contrast.tested else f"{said} (a test needs {FEWEST_ARTICLES} a side)."
