"""Doubt: which sentences have no score and why, and how far a mean over articles could lie elsewhere."""

import re
from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from pastepot import wording
from pastepot.corpus.corpus import Corpus, article_groups, articles
from pastepot.corpus.metadata import is_english
from pastepot.formulas import FEWEST_ARTICLES, bootstrap_mean
from pastepot.text.annotations import Whole, annotations, sentences
from pastepot.text.parts import chosen_parts

LATIN = re.compile("[A-Za-z]")
NO_WORD = "holds no word in Latin letters"
TOO_FEW = f"fewer than {FEWEST_ARTICLES} articles: they describe themselves; no interval"
TOO_ALIKE = "too few articles differ; no interval"


def missing_score_reasons(languages: Iterable[str], article: Whole, texts: Iterable[str]) -> npt.NDArray[np.object_]:
    """Return why each sentence has no score, or an empty string: the tools know English only.

    `languages` has one name an article, `article` and `texts` one entry a sentence.

    >>> missing_score_reasons(["en", "de"], np.array([0, 0, 1]), ["It sails.", "12.30!", "Sie kommt."]).tolist()
    ['', 'holds no word in Latin letters', 'language is de, the tools know English']
    """
    of_article = ["" if is_english(name) else f"language is {name}, the tools know English" for name in languages]
    reason = np.array(of_article, dtype=object)[article]
    wordless = np.array([LATIN.search(text) is None for text in texts], dtype=bool)
    return np.where((reason == "") & wordless, NO_WORD, reason)


def warn_translations(translated: "pd.Series[bool]") -> str:
    """Return a warning if some articles are translations, whose words two people chose."""
    count = int(translated.sum())
    said = "is a translation: its wording" if count == 1 else "are translations: their wording"
    total = wording.count_noun(len(translated), "article")
    return f"{count:,} of {total} {said} is also the translator's." if count else ""


def english_sentences(corpus: Corpus, *, by: str, parts: str | Iterable[str]) -> pd.DataFrame:
    """Return the sentences of the chosen parts that the tools can score, with the group of their article.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["The ferry sails. 12.30!"], "outlet": ["Gazette"]}))
    >>> english_sentences(corpus, by="outlet", parts="all")[["text", "group"]].values.tolist()
    [['The ferry sails.', 'Gazette']]
    """
    frame, article = sentences(corpus), annotations(corpus).sentence_articles
    labels, group = article_groups(corpus, by)
    frame = frame.assign(group=np.array(labels, dtype=object)[group[article]])
    reason = missing_score_reasons(articles(corpus)["lang"], article, frame["text"])
    kept: pd.DataFrame = frame[frame["part"].isin(chosen_parts(parts)) & (reason == "")]
    return kept


def group_means(scores: "pd.Series[float]", article: Whole, group: Whole, groups: int) -> pd.DataFrame:
    """Return the mean score of each of so many groups with its interval, which draws articles; NaN scores do not count.

    articles, count (of scores), mean, low, high, and the reason why there is no interval, if so. Time grows with the
    number of scores, and with that of articles in groups of ten articles or more.

    >>> scores, article = pd.Series([0.5, 0.0, 0.4, np.nan]), np.array([0, 0, 1, 2])
    >>> group_means(scores, article, np.array([0, 0, 0, 1]), 2)[["articles", "count", "mean", "reason"]].values.tolist()
    [[2, 3, 0.3, 'fewer than 10 articles: they describe themselves; no interval'], [0, 0, nan, '']]
    """
    frame = pd.DataFrame({"group": group, "article": article, "score": scores.to_numpy(dtype=np.float64)})
    frame = frame.dropna().sort_values("group", kind="stable")
    by_article = frame.groupby(["group", "article"])["score"].agg(["sum", "size"])
    # Both are in order of groups, so that each group is a slice: scores 0 0 0 1 1 2, its articles 0 0 1 2.
    values, sums, sizes = frame["score"].to_numpy(), by_article["sum"].to_numpy(), by_article["size"].to_numpy()
    numbers = np.arange(groups + 1)
    score_bounds = np.searchsorted(frame["group"], numbers)
    article_bounds = np.searchsorted(by_article.index.get_level_values("group"), numbers)
    rows = pd.DataFrame(index=range(groups), columns=["mean", "low", "high"], dtype=np.float64)
    rows["mean"] = [values[start:end].mean() if end > start else np.nan for start, end in pairwise(score_bounds)]
    count = np.diff(article_bounds)
    for number in np.flatnonzero(count >= FEWEST_ARTICLES):
        here = slice(article_bounds[number], article_bounds[number + 1])
        rows.loc[number, ["low", "high"]] = bootstrap_mean(sums[here], sizes[here])
    cases = [count == 0, count < FEWEST_ARTICLES, rows["low"].isna()]
    reason = np.select(cases, ["", TOO_FEW, TOO_ALIKE], "")
    return rows.assign(articles=count, count=np.diff(score_bounds), reason=reason)


def join_reasons(reason: "pd.Series[str]", group: Whole, groups: int, *, otherwise: str) -> list[str]:
    """Return the distinct reasons of each group, joined, or what to say `otherwise`.

    >>> join_reasons(pd.Series(["b", "a", "b", ""]), np.array([0, 0, 0, 1]), 2, otherwise="none")
    ['a; b', 'none']
    """
    seen: list[set[str]] = [set() for _ in range(groups)]
    for number, text in zip(group.tolist(), reason, strict=True):
        seen[number].add(text)
    return ["; ".join(sorted(texts - {""})) or otherwise for texts in seen]
