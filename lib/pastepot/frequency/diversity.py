"""Lexical diversity: how varied the words of an article or group are, by five measures, and how the variety grows."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from pastepot import errors, tables
from pastepot.corpus.corpus import Corpus, article_groups
from pastepot.formulas import Floats
from pastepot.frequency.selection import Reprints, select_tokens
from pastepot.frequency.vocabulary import Case, Possessive, choose_folding
from pastepot.kernels import fit, kernel
from pastepot.text.annotations import COUNTED_PARTS, Parts, Whole, annotations

DRAWN = 42
"""Words drawn for HD-D, as in vocd-D."""
THRESHOLD = 0.72
"""The type-token ratio at which a run of MTLD closes."""


def diversity(
    corpus: Corpus,
    *,
    by: str | None = "doc_id",
    window: errors.Positive = 100,
    parts: Parts = COUNTED_PARTS,
    case: Case = "fold",
    possessive: Possessive = "fold",
    reprints: Reprints = "all",
    passages: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return how varied the words of each article or group are, one a row, in order of the group.

    Parameters
    ----------
    corpus : Corpus
    by : str, optional
        A column of `pastepot.articles`, ``month`` or ``week``; each article by default, all together if None.
    window : int
        Words of the sliding window of MATTR.
    parts, case, possessive, reprints, passages
        As for `pastepot.terms`.

    Returns
    -------
    DataFrame
        group, tokens, types, ttr, mattr, hd_d, mtld, yule_k, note.

    Notes
    -----
    `ttr` is types over tokens and falls with length: compare by it only texts of one length; the others depend on
    length less. `mattr` is its mean over all windows, `hd_d` the ratio to expect of 42 words drawn from the text,
    `mtld` the mean length of sequences whose ratio stays above 0.72, read in both directions, `yule_k` 10,000 times
    (sum of squared counts - tokens) / squared tokens, how much words repeat. A group's articles are read one after the
    other. Where a text is too short for a measure, the note says so.

    References
    ----------
    Covington, M. A., & McFall, J. D. (2010). Cutting the Gordian knot: the moving-average type-token ratio (MATTR).
    Journal of Quantitative Linguistics 17(2). McCarthy, P. M., & Jarvis, S. (2010). MTLD, vocd-D, and HD-D: a
    validation study of sophisticated approaches to lexical diversity assessment. Behavior Research Methods 42(2).

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["The ferry and the port and the crane.", "…"]}))
    >>> diversity(corpus)[["group", "tokens", "types", "ttr", "note"]].values.tolist()
    [['row 1', 8, 5, 0.625, 'under 100 words: MATTR is the plain ratio; under 42 words: no HD-D'],
     ['row 2', 0, 0, nan, 'no counted words']]
    """
    folding = choose_folding(case, possessive, None, (), ())
    selection = select_tokens(annotations(corpus), folding, parts=parts, reprints=reprints, passages=passages)
    labels, group_of = article_groups(corpus, by)
    group = np.repeat(group_of, selection.article_sizes)
    order = np.argsort(group, kind="stable")
    lengths = np.bincount(group, minlength=len(labels))
    columns = _measure_groups(group[order], selection.terms[order].astype(np.int64), lengths, window)
    rows = zip(lengths.tolist(), np.isnan(columns["mtld"]).tolist(), strict=True)
    columns["group"] = tables.texts([label or corpus.name for label in labels])
    columns["note"] = tables.texts([_note_group(length, window, no_factor=no_factor) for length, no_factor in rows])
    settings = {"by": by, "window": window, "case": case, "possessive": possessive, "reprints": reprints}
    return tables.build("diversity", columns, **selection.attrs, note=selection.note, settings=settings)


def vocabulary_growth(corpus: Corpus, *, points: int = 20, parts: Parts = COUNTED_PARTS) -> pd.DataFrame:
    """Return how the number of different terms grows with the words read, as a diversity table of longer beginnings.

    Parameters
    ----------
    corpus : Corpus
    points : int
        Beginnings to measure, of equal steps.
    parts : names of parts, or "all"
        What is counted.

    Notes
    -----
    Articles are read in order of `doc_id`, so the curve's shape, though not its end, depends on their names. Only
    tokens, types and ttr are filled. A curve that still climbs says that more articles would bring more new words.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["The ferry and the port.", "The port and the ferry."]}))
    >>> vocabulary_growth(corpus, points=2)[["group", "tokens", "types"]].values.tolist()
    [['first 5 words', 5, 4], ['first 10 words', 10, 4]]
    """
    errors.at_least("points", points, 1)
    selection = select_tokens(annotations(corpus), parts=parts)
    new = ~pd.Series(selection.terms).duplicated().to_numpy()
    read = np.unique(np.linspace(0, len(new), points + 1).round().astype(np.int64))[1:]
    types = np.cumsum(new)[read - 1]
    columns = {
        "group": tables.texts([f"first {number:,} words" for number in read.tolist()]),
        "tokens": read,
        "types": types,
        "ttr": tables.numbers(types / np.maximum(read, 1), 6),
        **dict.fromkeys(("mattr", "hd_d", "mtld", "yule_k"), np.full(len(read), np.nan)),
        "note": tables.texts(["growth curve: tokens and types only"] * len(read)),
    }
    return tables.build("diversity", columns, **selection.attrs, settings={"points": points})


def _measure_groups(group: Whole, term: Whole, n: Whole, window: int) -> dict[str, npt.ArrayLike]:
    """Return all measures of groups of `n` tokens, whose groups and terms come in order of the group."""
    # A code is one term in one group.
    codes, cells = pd.factorize(group * (term.max(initial=0) + 1) + term)
    hits, group_of = np.bincount(codes, minlength=len(cells)), cells // (term.max(initial=0) + 1)
    types = np.bincount(group_of, minlength=len(n))
    squares = np.bincount(group_of, weights=hits.astype(float) ** 2, minlength=len(n))
    with np.errstate(divide="ignore", invalid="ignore"):
        ttr = types / n
        measures = {
            "ttr": ttr,
            "mattr": np.where(n > window, _moving_ratio(group, codes, n, window), ttr),
            "hd_d": _expected_ratio(group_of, hits, n),
            "mtld": _mean_factor_length(codes, n),
            "yule_k": 1e4 * (squares - n) / n.astype(float) ** 2,
        }
    return {"tokens": n, "types": types, **{name: tables.numbers(value, 6) for name, value in measures.items()}}


def _moving_ratio(group: Whole, codes: Whole, n: Whole, window: int) -> Floats:
    """Return the mean type-token ratio of all windows of each group (Covington & McFall 2010).

    A word is new in the windows that start after its last occurrence, so one pass serves every window.
    """
    here = np.arange(len(group)) - (np.cumsum(n) - n)[group]
    last = pd.Series(here).groupby(codes).shift(fill_value=-1).to_numpy()
    starts = np.maximum(np.minimum(here, n[group] - window) - np.maximum(last, here - window), 0)
    sums = np.bincount(group, weights=starts, minlength=len(n))
    return np.asarray(sums / (window * np.maximum(n - window + 1, 1)))


def _expected_ratio(group: Whole, hits: Whole, n: Whole) -> Floats:
    """Return the type-token ratio to expect of `DRAWN` words of each group (McCarthy & Jarvis 2007)."""
    long = n[group] >= DRAWN
    group, hits = group[long], hits[long]
    missed = np.ones(len(hits))
    for drawn in range(DRAWN):
        missed *= np.maximum(n[group] - hits - drawn, 0) / (n[group] - drawn)
    expected = np.bincount(group, weights=1 - missed, minlength=len(n)) / DRAWN
    return np.where(n >= DRAWN, expected, np.nan)


def _mean_factor_length(codes: Whole, n: Whole) -> Floats:
    """Return MTLD of each group, over both directions (McCarthy & Jarvis 2010); NaN where no word is repeated."""
    count = fit(count_factors, len(codes))
    lengths = []
    for step in (1, -1):
        factors, last = np.zeros(len(n)), np.full(codes.max(initial=0) + 1, -1, dtype=np.int64)
        count(codes[::step].copy(), np.append(0, np.cumsum(n[::step])), last, THRESHOLD, factors)
        lengths.append(n / factors[::step])
    mean = (lengths[0] + lengths[1]) / 2
    return np.where(np.isfinite(mean), mean, np.nan)


@kernel
def count_factors(codes: Whole, bounds: Whole, last: Whole, threshold: float, factors: Floats) -> None:
    """Add to `factors` how often each group's type-token ratio falls to `threshold`, the rest in part.

    `last` is -1 for each code, a term of one group, and then the place of its last occurrence.
    """
    for group in range(len(factors)):
        start = bounds[group]
        types = 0
        for place in range(bounds[group], bounds[group + 1]):
            if last[codes[place]] < start:
                types += 1
            last[codes[place]] = place
            if types / (place + 1 - start) <= threshold:
                factors[group] += 1
                start = place + 1
                types = 0
        if start < bounds[group + 1]:
            factors[group] += (1 - types / (bounds[group + 1] - start)) / (1 - threshold)


def _note_group(length: int, window: int, *, no_factor: bool) -> str:
    """Return the note of one text.

    >>> _note_group(50, 100, no_factor=True)
    'under 100 words: MATTR is the plain ratio; no word is repeated: no MTLD'
    """
    if not length:
        return "no counted words"
    said = {
        f"under {window} words: MATTR is the plain ratio": length < window,
        f"under {DRAWN} words: no HD-D": length < DRAWN,
        "no word is repeated: no MTLD": no_factor,
    }
    return "; ".join(words for words, holds in said.items() if holds)
