"""Doubt: which sentences have no score and why, and how far a mean over articles could lie elsewhere."""

import math
import re
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from pastepot.corpus.corpus import Corpus, articles
from pastepot.corpus.groups import article_groups
from pastepot.corpus.language import is_english
from pastepot.formulas import FEWEST_ARTICLES, bootstrap_mean
from pastepot.text.annotations import Whole, sentence_spans, sentences
from pastepot.text.parts import chosen_parts

LATIN = re.compile("[A-Za-z]")
NO_WORD = "holds no word in Latin letters"
TOO_FEW = f"fewer than {FEWEST_ARTICLES} articles: they describe themselves; no interval"
TOO_ALIKE = "too few articles differ; no interval"


def reasons(corpus: Corpus, article: Whole, texts: Iterable[str]) -> npt.NDArray[np.object_]:
    """Return why the sentences of some articles have no score, or an empty string: the tools know English only."""
    languages = articles(corpus)["lang"].tolist()
    said = ["" if is_english(one) else f"language is {one}, the tools know English" for one in languages]
    pairs = zip(article.tolist(), texts, strict=True)
    found = [said[number] or ("" if LATIN.search(text) else NO_WORD) for number, text in pairs]
    return np.array(found, dtype=object)


def translations(corpus: Corpus) -> str:
    """Return a warning if some articles are translations, whose words were chosen twice."""
    count = int(articles(corpus)["translated"].sum())
    return f"{count} of {len(corpus)} articles are translations: their words were chosen twice." if count else ""


def sentence_articles(corpus: Corpus) -> Whole:
    """Return the number of the article of each sentence."""
    return np.repeat(np.arange(len(corpus)), np.diff(sentence_spans(corpus).bounds))


def english_sentences(corpus: Corpus, *, by: str, parts: str | Iterable[str]) -> pd.DataFrame:
    """Return the sentences of the chosen parts that the tools can score, with the group of their article.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["The ferry sails. 12.30!"], "outlet": ["Gazette"]}))
    >>> english_sentences(corpus, by="outlet", parts="all")[["text", "group"]].values.tolist()
    [['The ferry sails.', 'Gazette']]
    """
    frame, article = sentences(corpus), sentence_articles(corpus)
    labels, group = article_groups(corpus, by)
    frame = frame.assign(group=np.array(labels, dtype=object)[group[article]])
    kept: pd.DataFrame = frame[
        frame["part"].isin(chosen_parts(parts)) & (reasons(corpus, article, frame["text"]) == "")
    ]
    return kept


def doubted_mean(scores: "pd.Series[float]", article: "pd.Series[str]") -> tuple[int, list[float], str]:
    """Return the number of articles, the mean of scores with its interval, and why there is no interval, if so.

    Examples
    --------
    >>> doubted_mean(pd.Series([0.5, 0.0, 0.4]), pd.Series(["a", "a", "b"]))
    (2, [0.3, nan, nan], 'fewer than 10 articles: they describe themselves; no interval')
    """
    by_article = scores.groupby(article.to_numpy(), sort=True).agg(["sum", "size"])
    low, high = bootstrap_mean(by_article["sum"], by_article["size"])
    why = TOO_FEW if len(by_article) < FEWEST_ARTICLES else TOO_ALIKE if math.isnan(low) else ""
    return len(by_article), [float(scores.mean()), low, high], why
