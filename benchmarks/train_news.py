"""Train the `news` model and write its weights file.

    python benchmarks/train_news.py [FOLDER] [--check]

FOLDER holds newsmtsc_train and newsmtsc_dev_* (default: ``../shared/data`` beside the checkout); no other file is
read. --check prints macro-F1 by cross-validation over articles, without writing. Single words and 2-grams are kept
that stand in at least 3 articles; names are left out, so that nobody is scored for who he is.
"""

import argparse
import gzip
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import scipy.sparse
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from pastepot import files
from pastepot.tone import features
from pastepot.tone.features import DENSE, SLOTS, TARGET, Reading, Vocabulary
from pastepot.tone.lexicons import textblob_polarities, vader_valences
FORMAT, WEIGHTS = 1, None
from pastepot.tone.normalise import straight_quotes

NAMES = ("newsmtsc_train", "newsmtsc_dev_rw", "newsmtsc_dev_mt")
FEWEST_ARTICLES = 3
NAME_SHARE = 0.75
PRONOUNS = frozenset({"i", "i'm", "i've", "i'd", "i'll"})
FOLDS = 5
DENSE_SCALE = 0.15
IDF_SCALE = 5.0
SETTINGS = {"sentence": {"C": 0.2, "class_weight": None}, "target": {"C": 0.2, "class_weight": "balanced"}}

Row = dict[str, Any]


class Fitted(NamedTuple):
    """A vocabulary and the weights of its columns for negative, neutral, positive; zero where a column is not kept."""

    vocabulary: Vocabulary
    weights: np.ndarray
    base: np.ndarray
    articles: np.ndarray  # by column


def read_rows(folder: Path, name: str) -> list[Row]:
    """Return the rows of one file."""
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def reading_of(rows: Sequence[Row], kind: str) -> Reading:
    """Return the tokens of rows, around their targets or of the whole sentence."""
    texts = [row["text"] for row in rows]
    if kind == "sentence":
        return features.read_sentences(texts)
    return features.read_targets(texts, [row["target_start"] for row in rows], [row["target_end"] for row in rows])


def article_numbers(rows: Sequence[Row]) -> np.ndarray:
    """Return each row's article as a number."""
    return np.unique([row["article"] for row in rows], return_inverse=True)[1]


def names(rows: Sequence[Row]) -> set[str]:
    """Return the keys of words that mostly stand with a capital inside sentences: people, places, parties, days."""
    small, capital = Counter(), Counter()
    for text in sorted({straight_quotes(row["text"]) for row in rows}):
        first = True
        for token in features.TOKEN.findall(text):
            if not first and token.lower() not in PRONOUNS:
                (capital if token[0].isupper() else small)[features.key_of(token.lower())] += 1
            first = token in '.!?"'
    valued = {features.key_of(word) for word in (*vader_valences(), *textblob_polarities())}
    return {
        key for key in capital if capital[key] >= NAME_SHARE * (capital[key] + small[key]) and key not in valued
    }


def vocabulary_of(rows: Sequence[Row], reading: Reading) -> Vocabulary:
    """Return the keys and pairs of keys that stand in enough articles and are no names."""
    left_out = names(rows)
    of_word = [features.key_of(word) for word in reading.words]
    keys, key = np.unique(of_word, return_inverse=True)
    token_key = key[reading.codes]
    row = np.repeat(np.arange(len(rows)), np.diff(reading.bounds))
    article = article_numbers(rows)[row]
    enough = articles_of(token_key, article) >= FEWEST_ARTICLES
    kept = [text for text, ok in zip(keys, enough, strict=True) if ok and text not in left_out]
    place = {text: number for number, text in enumerate(kept)}
    number = np.array([place.get(text, -1) for text in keys])[token_key]
    joined = (number[:-1] >= 0) & (number[1:] >= 0) & (row[:-1] == row[1:])
    pair = number[:-1][joined] * len(kept) + number[1:][joined]
    pairs, which = np.unique(pair, return_inverse=True)
    return Vocabulary(place, pairs[articles_of(which, article[:-1][joined]) >= FEWEST_ARTICLES])


def articles_of(item: np.ndarray, article: np.ndarray) -> np.ndarray:
    """Return in how many articles each item stands."""
    both = np.unique(item * (int(article.max()) + 1) + article)
    return np.bincount(both // (int(article.max()) + 1), minlength=int(item.max()) + 1)


def matrix(reading: Reading, vocabulary: Vocabulary) -> scipy.sparse.csr_matrix:
    """Return rows by columns."""
    found = features.occurrences(reading, vocabulary)
    shape = (len(reading.bounds) - 1, vocabulary.columns)
    return scipy.sparse.csr_matrix((found.value, (found.row, found.column)), shape=shape)


def fit(rows: Sequence[Row], kind: str, **settings: Any) -> Fitted:
    """Return the model of `rows`; a column is scaled while it is learnt, and its weight scaled back."""
    reading = reading_of(rows, kind)
    vocabulary = vocabulary_of(rows, reading)
    table = matrix(reading, vocabulary)
    present = (table != 0).tocoo()
    article = article_numbers(rows)
    by_column = scipy.sparse.csr_matrix((np.ones(present.nnz), (article[present.row], present.col)))
    by_column.data[:] = 1
    count = np.zeros(vocabulary.columns)
    count[: by_column.shape[1]] = np.asarray((by_column > 0).sum(axis=0)).ravel()
    rows_with = np.bincount(present.col, minlength=vocabulary.columns)
    scale = (np.log((1 + len(rows)) / (1 + rows_with)) + 1) / IDF_SCALE
    scale[count < FEWEST_ARTICLES] = 0
    dense = slice(vocabulary.columns - len(DENSE), None)
    tail = table[:, dense].toarray()
    scale[dense] = DENSE_SCALE / np.maximum(tail.std(axis=0), 1e-9) * (tail.std(axis=0) > 0)
    model = LogisticRegression(max_iter=1000, tol=1e-4, **settings)
    model.fit((table @ scipy.sparse.diags(scale)).tocsr(), [row["label"] for row in rows])
    return Fitted(vocabulary, (model.coef_ * scale).T, model.intercept_, count)


def probabilities(model: Fitted, rows: Sequence[Row], kind: str) -> np.ndarray:
    """Return the chances of negative, neutral, positive."""
    linear = matrix(reading_of(rows, kind), model.vocabulary) @ model.weights + model.base
    raised = np.exp(linear - linear.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def fold_of(row: Row) -> int:
    """Return which fold an article belongs to, by a digest of its name."""
    return int(hashlib.sha256(row["article"].encode()).hexdigest(), 16) % FOLDS


def crossed(rows: Sequence[Row], kind: str, **settings: Any) -> float:
    """Return macro-F1 where each article is judged by a model that has not seen it."""
    fold = np.array([fold_of(row) for row in rows])
    guess = np.zeros(len(rows), dtype=int)
    for number in range(FOLDS):
        seen = [row for row, at in zip(rows, fold, strict=True) if at != number]
        unseen = [row for row, at in zip(rows, fold, strict=True) if at == number]
        guess[fold == number] = probabilities(fit(seen, kind, **settings), unseen, kind).argmax(axis=1) - 1
    return float(f1_score([row["label"] for row in rows], guess, average="macro"))
