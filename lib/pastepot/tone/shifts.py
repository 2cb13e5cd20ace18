"""Word shift: which words make one group's sentences sound brighter than another's, to the last fraction."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from pastepot import errors, tables
from pastepot.corpus.corpus import Corpus, articles
from pastepot.corpus.groups import article_groups
from pastepot.corpus.language import is_english
from pastepot.text.annotations import sentences
from pastepot.text.parts import COUNTED_PARTS, chosen_parts
from pastepot.tone.features import occurrences, read_sentences
from pastepot.tone.model import BATCH, contributions, load, news_linear


def shift(
    corpus: Corpus,
    *,
    by: str = "outlet",
    a: str | None = None,
    b: str | None = None,
    parts: str | Iterable[str] = COUNTED_PARTS,
) -> pd.DataFrame:
    """Return the words that part the mean tone of two groups of articles, the heaviest first.

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
        sentence), contribution. Contributions sum to the mean linear score of a's sentences less that of b's.

    Notes
    -----
    The linear score is the log odds that the news model gives positive against negative; the column `news` is a
    difference of chances, so a shift explains its direction, not its size. A word's weight depends on negation and on
    the length of its sentence, so contribution is weight times the difference of frequencies only nearly. Sentences in
    other languages are left out. Two groups of few articles describe themselves.

    References
    ----------
    Gallagher, R. J. et al. (2021). Generalized word shift graphs: a method for visualizing and explaining pairwise
    comparisons between texts. EPJ Data Science 10, 4.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> texts = ["The crew was accused of fraud.", "The crew was praised."]
    >>> found = shift(read(pd.DataFrame({"text": texts, "outlet": ["Gazette", "Post"]})), a="Gazette", b="Post")
    >>> found["word"].head(2).tolist(), bool((found["contribution"].head(2) < 0).all())
    (['fraud', 'praised'], True)
    """
    groups = _two(corpus, by, a, b)
    found = [word_totals(texts) for texts in _texts(corpus, by, groups, parts)]
    joined = pd.concat(found, axis=1, keys=["a", "b"]).fillna(0.0)
    counts = [max(table.attrs["sentences"], 1) for table in found]
    total = joined["a", "contribution"] + joined["b", "contribution"]
    occurred = joined["a", "count"] + joined["b", "count"]
    frame = pd.DataFrame(
        {
            "word": joined.index,
            "weight": (total / occurred).to_numpy(),
            "freq_a": (joined["a", "count"] / counts[0]).to_numpy(),
            "freq_b": (joined["b", "count"] / counts[1]).to_numpy(),
            "contribution": (
                joined["a", "contribution"] / counts[0] - joined["b", "contribution"] / counts[1]
            ).to_numpy(),
        }
    )
    order = np.lexsort((frame["word"], -frame["contribution"].abs()))
    means = [table.attrs["mean"] for table in found]
    return tables.build(
        "shift",
        frame.iloc[order],
        corpus=corpus.name,
        counted=f"{counts[0]:,} sentences of {groups[0]} against {counts[1]:,} of {groups[1]}.",
        method=f"Mean linear scores {means[0]:.3f} and {means[1]:.3f}; contributions sum to the difference.",
        settings={"by": by, "a": groups[0], "b": groups[1]},
    )


def word_totals(sentences_of_group: list[str]) -> pd.DataFrame:
    """Return what each word adds over some sentences, and how often it stands there; the index is the word.

    >>> word_totals(["The crew was praised.", "The crew was praised."])["count"].loc["praised"].item()
    2.0
    """
    part, batches = load("sentence"), []
    for start in range(0, len(sentences_of_group), BATCH):
        reading = read_sentences(sentences_of_group[start : start + BATCH])
        rows = contributions(reading, occurrences(reading, part.vocabulary), part)
        batches.append(rows.groupby("word", sort=True)["contribution"].agg(["sum", "size"]))
    whole = pd.concat(batches) if batches else pd.DataFrame({"sum": [], "size": []})
    totals = whole.groupby(level=0, sort=True).sum().set_axis(["contribution", "count"], axis=1).astype(float)
    linear = news_linear(sentences_of_group)
    totals.attrs = {"sentences": len(linear), "mean": float(linear.mean()) if len(linear) else float("nan")}
    return totals


def _two(corpus: Corpus, by: str, a: str | None, b: str | None) -> tuple[str, str]:
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


def _texts(corpus: Corpus, by: str, groups: tuple[str, str], parts: str | Iterable[str]) -> list[list[str]]:
    """Return the English sentences of each of two groups."""
    labels, group = article_groups(corpus, by)
    frame = sentences(corpus)
    article = np.array([corpus.number(doc_id) for doc_id in frame["doc_id"]], dtype=np.int64)
    english = np.array([is_english(code) for code in articles(corpus)["lang"]], dtype=bool)
    kept = frame["part"].isin(chosen_parts(parts)).to_numpy() & english[article]
    return [frame["text"][kept & (group[article] == labels.index(label))].tolist() for label in groups]
