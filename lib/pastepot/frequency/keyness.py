"""Keyness: the words that set a target apart from a reference, and how far they can be trusted."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pastepot import errors, formulas, tables
from pastepot.corpus.corpus import Corpus, article_groups
from pastepot.formulas import FEWEST_ARTICLES
from pastepot.frequency.permutation import DRAWS, FEWEST_HOLDERS, MOST_PERMUTED, compare_by_article, group_articles
from pastepot.frequency.selection import Reprints, select_tokens
from pastepot.frequency.vocabulary import Case, Group, Possessive, choose_folding
from pastepot.text.annotations import COUNTED_PARTS, Flags, Parts, Whole, annotations
from pastepot.wording import count_noun, list_words, start_sentence

if TYPE_CHECKING:
    from scipy.sparse import csc_array

Selector = Mapping[str, str | list[str]]
TARGET, REFERENCE, NEITHER = 0, 1, -1
NAMES = ("target", "reference")
TESTS = ["p", "p_adjusted", "low", "high"]
UNEQUAL = 1.5
"""From this ratio of the mean lengths of articles on, the note names what the test then assumes."""


class Sides(NamedTuple):
    """Counted words of target and reference, their articles that have any, these with those `alike` taken as one."""

    tokens: Sequence[int]
    articles: Sequence[int]
    units: Sequence[int]
    alike: str

    @property
    def enough(self) -> bool:
        """Whether both have enough articles to represent others."""
        return min(self.units) >= FEWEST_ARTICLES

    @property
    def few(self) -> str:
        """The units of both in words."""
        few = f"{count_noun(self.units[0], 'article')} in the target and {self.units[1]} in the reference"
        return few if self.units == self.articles else f"{few} ({self.alike} as one)"


def keyness(
    corpus: Corpus,
    *,
    target: Selector,
    reference: Selector | None = None,
    parts: Parts = COUNTED_PARTS,
    case: Case = "fold",
    possessive: Possessive = "fold",
    group: Group = None,
    stop: Iterable[str] = (),
    stop_lists: str | Iterable[str] = (),
    min_count: errors.Positive = 1,
    min_docs: errors.Positive = 1,
    per_article: bool = True,
    reprints: Reprints = "all",
    passages: pd.DataFrame | None = None,
    per: errors.Positive = 1000,
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
    per_article : bool
        Whether to test; without it `p`, `p_adjusted`, `low` and `high` are missing and the table is made much faster.

    Returns
    -------
    DataFrame
        One row a term: term, count_target, count_reference, rate_target, rate_reference, articles_target,
        articles_reference, log_ratio, low, high, p, p_adjusted, g2, dp, note. Within each side by g2, then count, then
        alphabet; with few articles by the difference of the rates.

    Raises
    ------
    PastepotError
        If a selector fits no article, or both sides share one.

    Notes
    -----
    `g2` is Dunning's log-likelihood ratio of all four cells, never negative; the sign of the difference is that of
    `log_ratio`. Both measure an effect. A count of 0 becomes 0.5 in `log_ratio`; where even that would turn the sign, a
    side is too short to say anything and the ratio is missing. `dp` is the unevenness over the articles of both: near
    1 the word belongs to one article.

    `p`, `p_adjusted` and the interval from `low` to `high`, which holds the true log ratio about 95 times in 100, take
    articles for the unit, since the words of one article belong together: whole articles change sides, and `p` says
    how often the sides then differ as much (`pastepot.frequency.permutation`). Copies of an article move as one, with
    `passages` also articles that share a passage, and those of one day where no day has articles on both sides and days
    have two or more. `p_adjusted` looks at all terms tested: if no term differed, at most about 1 table in 20 would
    have any at 0.05 or below. The interval has no end towards a side without the term. Terms in fewer than 5 different
    articles are not tested. Below 10 different articles with words on a side there are counts, rates and differences
    only: few articles describe themselves, they don't sample an outlet. Where no dates are known and those of a side
    come from a few days, the news of these days passes for the side's own words.

    References
    ----------
    Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence. Computational Linguistics
    19(1). Hardie, A. (2014). Log Ratio: an informal introduction. Of the test: `pastepot.frequency.permutation`.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> texts = ["The strike. A strike!", "The ferry. A crane."]
    >>> corpus = read(pd.DataFrame({"text": texts, "outlet": ["Gazette", "Post"]}))
    >>> keys = keyness(corpus, target={"outlet": "Gazette"})
    >>> keys[["term", "count_target", "count_reference", "log_ratio"]].values.tolist()
    [['strike', 2, 0, 2.0], ['a', 1, 1, 0.0], ['the', 1, 1, 0.0], ['crane', 0, 1, -1.0], ['ferry', 0, 1, -1.0]]
    >>> keys["note"][1]
    '1 article in the target and 1 in the reference: too few for a test or an interval (10 a side)'
    >>> keyness(corpus, target={"outlet": "Wire"})
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: target has no article with outlet 'Wire'; articles have 'Gazette' and 'Post'.
    """
    folding = choose_folding(case, possessive, group, stop, stop_lists)
    side = split_sides(corpus, target, reference)
    asked = {"min_count": min_count, "min_docs": min_docs, "reprints": reprints, "per": per}
    selection = select_tokens(annotations(corpus), folding, parts=parts, reprints=reprints, passages=passages)
    unit, alike = group_articles(selection.known, side, passages)
    sides = _measure_sides(selection.article_sizes, side, unit, alike)
    compared = slice(None) if (side != NEITHER).all() else side != NEITHER
    counts, sizes = selection.counts[compared], selection.article_sizes[compared]
    rows = _measure_effects(_count_sides(counts, sizes, side[compared], min_count, min_docs), sides, per)
    rows[TESTS] = np.nan
    if per_article and sides.enough:
        chosen = counts[:, rows["term"].to_numpy()]
        rows[TESTS] = compare_by_article(chosen, sizes, side[compared] == TARGET, unit[compared]).round(6)
    rows["note"] = tables.texts(_note_rows(rows, sides, tested=per_article))
    return tables.build(
        "keyness",
        rows.assign(term=tables.texts(selection.vocabulary.terms[rows["term"]])),
        **selection.attrs,
        method=_describe_method(rows, sides, (target, reference)),
        note=selection.explain(len(rows), _caution(sides), passages=passages, chosen=side != NEITHER),
        family=int(rows["p"].notna().sum()),
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
        both = count_noun(shared, "article is", "articles are")
        raise errors.PastepotError(f"target and reference must not share articles; {both} in both.")
    return np.where(inside, TARGET, np.where(other, REFERENCE, NEITHER))


def select_articles(corpus: Corpus, name: str, selector: Selector) -> Flags:
    """Return which articles have, in every column of a selector, one of its values."""
    chosen = np.ones(len(corpus), dtype=np.bool_)
    for column, wanted in selector.items():
        labels, group = article_groups(corpus, column)
        values = [wanted] if isinstance(wanted, str) else list(wanted)
        for value in values:
            if value not in labels:
                listed = list_words(map(repr, labels), most=8)
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
    pairs = [(column, [wanted] if isinstance(wanted, str) else wanted) for column, wanted in (selector or {}).items()]
    return ", ".join(f"{column} {' or '.join(map(str, values))}" for column, values in pairs) or "the rest"


def _measure_sides(sizes: Whole, side: Whole, unit: Whole, alike: list[str]) -> Sides:
    """Return how many words, articles and units the sides have."""
    of_side = [(sizes > 0) & (side == number) for number in (TARGET, REFERENCE)]
    numbers = [(int(sizes[own].sum()), int(np.count_nonzero(own)), len(np.unique(unit[own]))) for own in of_side]
    tokens, articles, units = zip(*numbers, strict=True)
    return Sides(tokens, articles, units, list_words(alike))


def _count_sides(counts: "csc_array", sizes: Whole, side: Whole, min_count: int, min_docs: int) -> pd.DataFrame:
    """Return number, counts, articles and dp of each term that is frequent enough, in alphabetical order."""
    in_target, cells = (side == TARGET).astype(np.int64), counts.tocoo()
    both, holders = counts.sum(axis=0, dtype=np.int64), np.diff(counts.indptr)
    rows = pd.DataFrame({"count_target": counts.T @ in_target, "articles_target": counts.sign().T @ in_target})
    dp = formulas.dp(cells.col, cells.data, sizes[cells.row], np.full(len(both), sizes.sum()))
    rows["dp"] = tables.numbers(dp, 6)
    rows["count_reference"], rows["articles_reference"] = both - rows["count_target"], holders - rows["articles_target"]
    frequent: Flags = (both >= min_count) & (holders >= min_docs)
    return rows[frequent].reset_index(names="term")


def _measure_effects(rows: pd.DataFrame, sides: Sides, per: int) -> pd.DataFrame:
    """Return the rows with rates, log ratio and G2 in the order of the table; they come in alphabetical order.

    A side without words has the rate 0. G2 is missing where a side has too few articles.
    """
    (a, b), (c, d) = (rows[f"count_{name}"].to_numpy() for name in NAMES), sides.tokens
    difference: Whole = a * max(d, 1) - b * max(c, 1)
    ratio = np.atleast_1d(formulas.log_ratio(a, b, c, d))
    # With a count of 0 taken as 0.5, the ratio of a short side may turn against the difference of the rates.
    ratio = tables.numbers(np.where(np.sign(ratio) * np.sign(difference) < 0, np.nan, ratio), 6) + 0.0
    g2 = tables.numbers(formulas.g2(a, b, c, d), 6) if sides.enough else np.full(len(rows), np.nan)
    strength = g2 if sides.enough else np.abs(difference)
    order = np.lexsort((-a - b, -strength, -np.sign(difference)))
    rates = tables.numbers(a * per / max(c, 1), 6), tables.numbers(b * per / max(d, 1), 6)
    rows = rows.assign(rate_target=rates[0], rate_reference=rates[1], log_ratio=ratio, g2=g2)
    return rows.iloc[order].reset_index(drop=True)


def _note_rows(rows: pd.DataFrame, sides: Sides, *, tested: bool) -> npt.NDArray[np.object_]:
    """Return what to know of each row; a term is absent from one side at most."""
    silent = [f"the {name} has no counted words" for name, size in zip(NAMES, sides.tokens, strict=True) if not size]
    notes, known = np.full(len(rows), "".join(silent[:1]), dtype=object), rows["p"].notna().to_numpy()
    for name, end in zip(NAMES, ("lower", "upper"), strict=True) if not silent else ():
        absent = (rows[f"count_{name}"] == 0).to_numpy()
        notes[absent] = f"not in the {name}, 0 counted as 0.5"
        notes[absent & rows["log_ratio"].isna()] = f"not in the {name}, which is too short to expect it"
        notes[absent & known] += f"; the ratio has no {end} end"
    few = f"{sides.few}: too few for a test or an interval ({FEWEST_ARTICLES} a side)"
    reason = f"in fewer than {FEWEST_HOLDERS} different articles: no test" * tested if sides.enough else few
    notes[~known] = [f"{reason}; {note}".strip("; ") for note in notes[~known]]
    return notes


def _describe_method(rows: pd.DataFrame, sides: Sides, selectors: Sequence[Selector | None]) -> str:
    """Return in words what was compared with what, and how."""
    sized = [
        f"{name} {describe_selector(selector)}: {count_noun(articles, 'article')}, {count_noun(tokens, 'word')}"
        for name, selector, articles, tokens in zip(NAMES, selectors, sides.articles, sides.tokens, strict=True)
    ]
    how = "by F" if sum(sides.units) > MOST_PERMUTED else f"whole articles change sides {DRAWS} times"
    tested = int(rows["p"].notna().sum())
    test = (
        f" p and interval by article: {how}, {sides.alike} as one. p_adjusted looks at "
        f"{count_noun(tested, 'tested term')} at once: if no term differed, at most about 1 table in 20 would "
        "have any at 0.05 or below."
    )
    order = "G2 of four cells" if sides.enough else "difference of rates"
    return f"{start_sentence('; '.join(sized))}. Of each side, the largest {order} comes first.{test * (tested > 0)}"


def _caution(sides: Sides) -> str:
    """Return why there is no test, or what makes it say too much."""
    if not sides.enough:
        said = f"Counts, rates and differences only: {sides.few} describe themselves; they don't sample outlets"
        return f"{said} (a test needs {FEWEST_ARTICLES} a side)."
    ratio = sides.tokens[0] / sides.articles[0] * sides.articles[1] / sides.tokens[1]
    (long, short), times = NAMES if ratio > 1 else NAMES[::-1], max(ratio, 1 / ratio)
    said = f"Articles of the {long} are {times:.1f} times as long as those of the {short}: the test finds too much"
    return f"{said} of words that come in bursts more in the {short}." if times > UNEQUAL else ""
