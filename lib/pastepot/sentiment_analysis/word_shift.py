"""Word shift: which words make one group's mean score higher than another's, to the last fraction."""

import numpy as np
import pandas as pd

from pastepot import errors, tables, wording
from pastepot.corpus.corpus import Corpus, article_groups
from pastepot.sentiment_analysis.news_features import read_sentences
from pastepot.sentiment_analysis.news_model import BATCH, load, word_contributions
from pastepot.sentiment_analysis.scores import english_sentences
from pastepot.text.annotations import COUNTED_PARTS, Parts

PUNCTUATION = "(punctuation)"
MARK = r"""[;:,.!?—–()"]"""
"""The marks that are tokens of the news model."""


def word_shift(
    corpus: Corpus, *, by: str = "outlet", a: str | None = None, b: str | None = None, parts: Parts = COUNTED_PARTS
) -> pd.DataFrame:
    """Return the words that make up the difference in mean score of two groups of articles, the heaviest first.

    Parameters
    ----------
    corpus : Corpus
    by : str
        Column of `pastepot.articles`, ``month`` or ``week``.
    a, b : str, optional
        Two of its groups; without them the only two there are.
    parts : names of parts, or "all"

    Returns
    -------
    DataFrame
        word (or two neighbours), weight (what one occurrence adds, on average), freq_a, freq_b (occurrences per
        sentence), contribution. Contributions sum to the mean linear score of a's sentences less that of b's. The last
        row, `(punctuation)`, is the sum of all marks and of the pairs that contain one.

    Raises
    ------
    PastepotError
        If a group has no sentence that the model can score.

    Notes
    -----
    The linear score is the log odds that the news model gives positive against negative; the column `news_model` is a
    difference of chances, and 0 in its neutral zone, so the difference of its means is another. A word's weight depends
    on negation and on the length of its sentence, so contribution is weight times the difference of frequencies only
    nearly. Sentences in other languages are left out. Two groups of few articles describe themselves.

    References
    ----------
    Gallagher, R. J. et al. (2021). Generalized word shift graphs: a method for visualizing and explaining pairwise
    comparisons between texts. EPJ Data Science 10, 4.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> texts = ["The crew was accused of fraud.", "The crew was praised."]
    >>> table = word_shift(read(pd.DataFrame({"text": texts, "outlet": ["Gazette", "Post"]})), a="Gazette", b="Post")
    >>> sorted(table["word"].head(2)), bool((table["contribution"].head(2) < 0).all())
    (['fraud', 'praised'], True)
    """
    groups = _choose_groups(corpus, by, a, b)
    texts = english_sentences(corpus, by=by, parts=parts).groupby("group")["text"].agg(list)
    if silent := [group for group in groups if group not in texts]:
        raise errors.PastepotError(f"{silent[0]!r} has no sentence that the model can score; choose another group.")
    counts = [len(texts[group]) for group in groups]
    totals = pd.concat([word_totals(texts[group]) for group in groups], axis=1, keys=["a", "b"]).fillna(0.0)
    both, a_mean, b_mean = totals["a"] + totals["b"], totals["a"] / counts[0], totals["b"] / counts[1]
    words = {
        "weight": both["contribution"] / both["count"],
        "freq_a": a_mean["count"],
        "freq_b": b_mean["count"],
        "contribution": a_mean["contribution"] - b_mean["contribution"],
    }
    frame = pd.DataFrame(words).rename_axis("word").reset_index()
    base = float(np.diff(load("sentence").base)[0])
    means = (wording.write_number(base + side["contribution"].sum(), 3) for side in (a_mean, b_mean))
    return tables.build(
        "word_shift",
        frame.iloc[np.lexsort((frame["word"], -frame["contribution"].abs(), frame["word"] == PUNCTUATION))],
        corpus=corpus.name,
        counted=f"{wording.count_noun(counts[0], 'sentence')} of {groups[0]} against {counts[1]:,} of {groups[1]}.",
        method=f"Mean linear scores {' and '.join(means)}; contributions sum to the difference. Linear scores are log"
        " odds: means of news_model, a difference of chances, differ otherwise.",
        settings={"by": by, "a": groups[0], "b": groups[1]},
    )


def word_totals(sentences_of_group: list[str]) -> pd.DataFrame:
    """Return what each word adds over some sentences, and how often it occurs there; the index is the word.

    What contains a mark of punctuation is pooled, since it is no word.

    >>> word_totals(["The crew was praised.", "The crew was praised."])["count"].loc["praised"].item()
    2.0
    """
    part, batches = load("sentence"), [pd.DataFrame({"contribution": [], "count": []})]
    for start in range(0, len(sentences_of_group), BATCH):
        rows, _ = word_contributions(read_sentences(sentences_of_group[start : start + BATCH]), part)
        rows["word"] = rows["word"].mask(rows["word"].str.contains(MARK, regex=True), PUNCTUATION)
        words = rows.groupby("word", sort=True)["contribution"]
        batches.append(pd.DataFrame({"contribution": words.sum(), "count": words.size()}))
    return pd.concat(batches).groupby(level=0, sort=True).sum().astype(float)


def _choose_groups(corpus: Corpus, by: str, a: str | None, b: str | None) -> tuple[str, str]:
    """Return the two groups to compare, or say which there are."""
    labels, _ = article_groups(corpus, by)
    if a is None and b is None and len(labels) == 2:
        return labels[0], labels[1]
    for name, value in (("a", a), ("b", b)):
        if value is None:
            raise errors.PastepotError(f"{name} must name a group of {by}; it has {len(labels)}. Give a and b.")
        errors.one_of(name, value, labels)
    if a == b:
        raise errors.PastepotError(f"a and b must be two groups; got {a!r} twice.")
    return str(a), str(b)
