"""Train the news model and write its weights file.

    python benchmarks/train_news.py [FOLDER] [--check]

FOLDER holds newsmtsc_train and newsmtsc_dev_* (default: ``../shared/data`` beside the checkout); no other labelled
file is read. `train_words.py` comes first. --check prints macro-F1 by cross-validation over articles, without writing.
Single words and 2-grams are kept that stand in at least 3 articles; names are left out, so that nobody is scored for
who he is.
"""

import argparse
import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import scipy.sparse
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from threadpoolctl import threadpool_limits

from pastepot import files
from pastepot.corpus.repairs import uncurl_quotes
from pastepot.sentiment_analysis import news_features
from pastepot.sentiment_analysis.lexicons import VALUES, textblob_polarities, vader_valences
from pastepot.sentiment_analysis.news_features import DENSE, SLOTS, FeatureIndex, Reading
from pastepot.sentiment_analysis.news_model import UNIT, WEIGHTS

TRAIN, *DEV = NAMES = ("newsmtsc_train", "newsmtsc_dev_rw", "newsmtsc_dev_mt")
FEWEST_ARTICLES = 3
NAME_SHARE = 0.75
PRONOUNS = frozenset({"i", "i'm", "i've", "i'd", "i'll"})
FOLDS = 5
SETTINGS: dict[str, dict[str, Any]] = {
    "sentence": {"idf_scale": 5.0, "dense_scale": 0.3, "C": 0.15, "class_weight": None},
    "target": {"idf_scale": 3.0, "dense_scale": 0.15, "C": 0.15, "class_weight": "balanced"},
}
"""Chosen by cross-validation over articles (target) and on the even-numbered NYT editorials (sentence)."""

ZONES = np.arange(0, 0.4, 0.01)
NARROWER, SHARE = 0.035, 0.5
"""The neutral zone is the narrowest whose macro-F1 is at most so much below the best, and the centre moves by so much
of the middle of neutral rows: neutral towards a target may still be bad news. Chosen on the even-numbered NYT
editorials, where a wider zone and a whole step lose more of the order of sentences than they gain in labels."""

TESTED = {
    "date": "2026-11-30",
    "newsmtsc_test_rw macro_f1, articles not in train": 0.697,
    "newsmtsc_test_mt macro_f1, articles not in train": 0.673,
    "nyt_editorials odd articles, r of sentences": 0.587,
    "nyt_editorials odd articles, r of articles": 0.668,
    "nyt_editorials even articles (chosen on), r of sentences": 0.614,
    "nyt_editorials even articles (chosen on), r of articles": 0.794,
    "nyt_editorials even articles (chosen on), macro_f1 by sign": 0.560,
    "newsmtsc_dev_rw macro_f1 by sign, model of train alone": 0.575,
    "newsmtsc_dev_mt macro_f1 by sign, model of train alone": 0.546,
}
"""What benchmarks/tone_bench.py found of these settings, once; new settings need new figures."""

Row = dict[str, Any]


class Fitted(NamedTuple):
    """An index of features and the weights of its columns for negative, neutral, positive; zero where none is kept."""

    features: FeatureIndex
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
        return news_features.read_sentences(texts)
    return news_features.read_targets(texts, [row["target_start"] for row in rows], [row["target_end"] for row in rows])


def article_numbers(rows: Sequence[Row]) -> np.ndarray:
    """Return each row's article as a number."""
    return np.unique([row["article"] for row in rows], return_inverse=True)[1]


def names(rows: Sequence[Row]) -> set[str]:
    """Return the keys of words that mostly stand with a capital inside sentences: people, places, parties, days."""
    small, capital = Counter(), Counter()
    for text in sorted({uncurl_quotes(row["text"]) for row in rows}):
        first = True
        for token in news_features.TOKEN.findall(text):
            if not first and token.lower() not in PRONOUNS:
                (capital if token[0].isupper() else small)[news_features.key_of(token.lower())] += 1
            first = bool(set(token) & set('.!?"'))
    valued = {news_features.key_of(word) for word in (*vader_valences(), *textblob_polarities())}
    return {key for key in capital if capital[key] >= NAME_SHARE * (capital[key] + small[key]) and key not in valued}


def index_of(rows: Sequence[Row], reading: Reading) -> FeatureIndex:
    """Return the keys and pairs of keys that stand in enough articles and are no names."""
    left_out = names(rows)
    of_word = [news_features.key_of(word) for word in reading.words]
    keys, key = np.unique(of_word, return_inverse=True)
    token_key = key[reading.codes]
    row = reading.rows
    article = article_numbers(rows)[row]
    enough = articles_of(token_key, article) >= FEWEST_ARTICLES
    kept = [text for text, ok in zip(keys, enough, strict=True) if ok and text not in left_out]
    place = {text: number for number, text in enumerate(kept)}
    number = np.array([place.get(text, -1) for text in keys])[token_key]
    joined = (number[:-1] >= 0) & (number[1:] >= 0) & (row[:-1] == row[1:])
    pair = number[:-1][joined] * len(kept) + number[1:][joined]
    pairs, which = np.unique(pair, return_inverse=True)
    return FeatureIndex(place, pairs[articles_of(which, article[:-1][joined]) >= FEWEST_ARTICLES])


def articles_of(item: np.ndarray, article: np.ndarray) -> np.ndarray:
    """Return in how many articles each item stands."""
    both = np.unique(item * (int(article.max()) + 1) + article)
    return np.bincount(both // (int(article.max()) + 1), minlength=int(item.max()) + 1)


def matrix(reading: Reading, index: FeatureIndex) -> scipy.sparse.csr_array:
    """Return rows by columns."""
    tokens, rows = len(reading.codes), len(reading.bounds) - 1
    row_tokens = scipy.sparse.csr_array((np.ones(tokens), np.arange(tokens), reading.bounds), (rows, tokens))
    return row_tokens @ news_features.token_features(reading, index).tocsr()


def fit(rows: Sequence[Row], kind: str) -> Fitted:
    """Return the model of `rows`; a column is scaled while it is learnt, and its weight scaled back."""
    settings = SETTINGS[kind]
    reading = reading_of(rows, kind)
    index = index_of(rows, reading)
    table = matrix(reading, index)
    articles = articles_by_column(table, article_numbers(rows))
    scale = scales(table, settings["idf_scale"], settings["dense_scale"]) * (articles >= FEWEST_ARTICLES)
    model = LogisticRegression(max_iter=1000, C=settings["C"], class_weight=settings["class_weight"])
    with threadpool_limits(1):  # more threads sum in another order, and wait for each other
        model.fit((table @ scipy.sparse.diags_array(scale)).tocsr(), [row["label"] for row in rows])
    return Fitted(index, (model.coef_ * scale).T, model.intercept_, articles)


def articles_by_column(table: scipy.sparse.csr_array, article: np.ndarray) -> np.ndarray:
    """Return in how many articles each column stands."""
    at = table.tocoo()
    pairs = np.unique(at.col.astype(np.int64) * (int(article.max()) + 1) + article[at.row])
    return np.bincount(pairs // (int(article.max()) + 1), minlength=table.shape[1])


def scales(table: scipy.sparse.csr_array, idf_scale: float, dense_scale: float) -> np.ndarray:
    """Return what columns are multiplied by while they are learnt: words by rarity, others to one spread."""
    rows_with = np.bincount(table.tocoo().col, minlength=table.shape[1])
    scale = (np.log((1 + table.shape[0]) / (1 + rows_with)) + 1) / idf_scale
    tail = table[:, -len(DENSE) :].toarray().std(axis=0)
    scale[-len(DENSE) :] = np.where(tail > 0, dense_scale / np.where(tail > 0, tail, 1), 0)
    return scale


def probabilities(model: Fitted, rows: Sequence[Row], kind: str) -> np.ndarray:
    """Return the chances of negative, neutral, positive."""
    linear = matrix(reading_of(rows, kind), model.features) @ model.weights + model.base
    raised = np.exp(linear - linear.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def fold_of(row: Row) -> int:
    """Return which fold an article belongs to, by a digest of its name."""
    return int(hashlib.sha256(row["article"].encode()).hexdigest(), 16) % FOLDS


def crossed_probabilities(rows: Sequence[Row], kind: str) -> np.ndarray:
    """Return the chances where each article is judged by a model that has not seen it."""
    fold = np.array([fold_of(row) for row in rows])
    chances = np.zeros((len(rows), 3))
    for number in range(FOLDS):
        seen = [row for row, at in zip(rows, fold, strict=True) if at != number]
        unseen = [row for row, at in zip(rows, fold, strict=True) if at == number]
        chances[fold == number] = probabilities(fit(seen, kind), unseen, kind)
    return chances


def crossed(rows: Sequence[Row], kind: str) -> float:
    """Return macro-F1 where each article is judged by a model that has not seen it."""
    guess = crossed_probabilities(rows, kind).argmax(axis=1) - 1
    return float(f1_score([row["label"] for row in rows], guess, average="macro"))


def learn_zero(rows: Sequence[Row]) -> dict[str, float]:
    """Return where the scale of sentences has its zero, how far the neutral zone reaches, and the macro-F1 by sign.

    `centre` is `SHARE` of the log odds of positive to negative below which half of the rows labelled neutral are; it is
    taken off. `neutral_zone` is a difference of chances. Both are learnt where each article is judged by a model that
    has not seen it.
    """
    labels, chances = np.array([row["label"] for row in rows]), crossed_probabilities(rows, "sentence")
    centre = round(SHARE * float(np.median(np.log(chances[:, 2] / chances[:, 0])[labels == 0])), 6)
    f1 = np.array([f1_score(labels, signs(chances, centre, zone), average="macro") for zone in ZONES])
    chosen = int(np.argmax(f1 >= f1.max() - NARROWER))
    return {"centre": centre, "neutral_zone": round(float(ZONES[chosen]), 2), "macro_f1": round(float(f1[chosen]), 4)}


def signs(chances: np.ndarray, centre: float, zone: float) -> np.ndarray:
    """Return the sign of each balance of chances once the centre is taken off; 0 in the neutral zone."""
    centred = chances * np.exp(np.array([0.5, 0, -0.5]) * centre)
    balance = (centred[:, 2] - centred[:, 0]) / centred.sum(axis=1)
    return np.sign(balance) * (np.abs(balance) > zone)


def spellings(rows: Sequence[Row], reading: Reading) -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    """Return the commonest form of each key, and of each pair of keys, of those that stand in enough articles."""
    row = reading.rows
    article, codes, count = article_numbers(rows)[row], reading.codes, len(reading.words)
    beside = row[:-1] == row[1:]
    pairs, pair = np.unique(codes[:-1][beside] * count + codes[1:][beside], return_inverse=True)
    one, two = np.bincount(codes, minlength=count), np.bincount(pair)
    one[articles_of(codes, article) < FEWEST_ARTICLES] = 0
    two[articles_of(pair, article[:-1][beside]) < FEWEST_ARTICLES] = 0
    key = [news_features.key_of(word) for word in reading.words]
    of_key = {
        key[at]: reading.words[at] for at in sorted(np.flatnonzero(one), key=lambda at: (one[at], reading.words[at]))
    }
    of_pair = {}
    for at in sorted(np.flatnonzero(two), key=lambda at: (two[at], pairs[at])):
        first, second = divmod(int(pairs[at]), count)
        of_pair[key[first], key[second]] = f"{reading.words[first]} {reading.words[second]}"
    return of_key, of_pair


def stored(model: Fitted, rows: Sequence[Row], kind: str) -> dict[str, Any]:
    """Return a model as the weights file holds it: words, pairs and other columns against neutral."""
    of_key, of_pair = spellings(rows, reading_of(rows, kind))
    against = model.weights[:, [0, 2]] - model.weights[:, [1]]
    whole = np.round(against / UNIT).astype(int)
    kept = (model.articles >= FEWEST_ARTICLES) & (whole != 0).any(axis=1)
    keys = list(model.features.keys)
    words = {
        slot: listed(
            [(of_key[key], at) for at, key in enumerate(keys, place * len(keys)) if kept[at] and key in of_key], whole
        )
        for place, slot in enumerate(SLOTS)
    }
    named = [(keys[pair // len(keys)], keys[pair % len(keys)]) for pair in model.features.pairs.tolist()]
    pairs = [
        (of_pair[name], at) for at, name in enumerate(named, model.features.first_pair) if kept[at] and name in of_pair
    ]
    return {
        "words": {slot: held for slot, held in words.items() if held["words"]},
        "pairs": listed(pairs, whole, between="|"),
        "dense": dict(zip(DENSE, np.round(against[-len(DENSE) :], 6).tolist(), strict=True)),
        "base": np.round(model.base[[0, 2]] - model.base[1], 6).tolist(),
    }


def listed(items: Sequence[tuple[str, int]], whole: np.ndarray, between: str = " ") -> dict[str, Any]:
    """Return the words of some columns and their weights."""
    at = [column for _, column in items]
    return {
        "words": between.join(word for word, _ in items),
        "negative": whole[at, 0].tolist(),
        "positive": whole[at, 1].tolist(),
    }


def card(folder: Path, models: dict[str, dict[str, Any]], zero: dict[str, float], crossed_f1: float) -> dict[str, Any]:
    """Return what the weights file says of itself."""
    digest = {name: hashlib.sha256((folder / f"{name}.jsonl.gz").read_bytes()).hexdigest() for name in NAMES}
    count = {
        kind: {
            "words": sum(len(slot["negative"]) for slot in model["words"].values()),
            "pairs": len(model["pairs"]["negative"]),
        }
        for kind, model in models.items()
    }
    return {
        "what": "Weights of the news model of Pastepot. Its scores of sentences are relative: they compare sentences,"
        " and their 0 was learnt from US political news.",
        "data": {
            "name": "NewsMTSC, train and development rows",
            "source": "github.com/fhamborg/NewsMTSC; Hamborg and Donnay (2021), NewsMTSC, EACL",
            "sha256": digest,
        },
        "word_values": {
            "sha256": hashlib.sha256(VALUES.read_bytes()).hexdigest(),
            **json.loads(gzip.decompress(VALUES.read_bytes()))["card"],
        },
        "licence": "Weights: as the project. The data set is published under an MIT-style licence for its newly made"
        " files; its sentences belong to news publishers and are not here. Kept of them: single words, and 2-grams,"
        f" that stand in at least {FEWEST_ARTICLES} articles, names left out. <target> stands for the target.",
        "made_by": f"benchmarks/train_news.py; scikit-learn {sklearn.__version__}, NumPy {np.__version__}",
        "settings": SETTINGS,
        "zero": {
            "learnt_from": f"{TRAIN}, by cross-validation over articles",
            "narrower": NARROWER,
            "share": SHARE,
            **zero,
        },
        "words": count,
        "figures": {"macro_f1_crossed_over_articles": round(crossed_f1, 4), "folds": FOLDS, **TESTED},
    }


def main() -> None:
    """Train and write, or only check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    parser.add_argument("--check", action="store_true", help="cross-validate only")
    options = parser.parse_args()
    if not options.folder.is_dir():
        parser.error(f"no data at {options.folder}; name the folder that holds newsmtsc_train.jsonl.gz")
    rows = [row for name in NAMES for row in read_rows(options.folder, name)]
    f1 = crossed(rows, "target")
    print(f"target, {FOLDS} folds over articles, {len(rows):,} rows: macro-F1 {f1:.4f}")
    if options.check:
        return
    models = {kind: stored(fit(rows, kind), rows, kind) for kind in SETTINGS}
    sentence, zero = models["sentence"], learn_zero(read_rows(options.folder, TRAIN))
    negative, positive = sentence["base"]
    sentence["base"] = [round(negative + zero["centre"] / 2, 6), round(positive - zero["centre"] / 2, 6)]
    sentence["neutral_zone"] = zero["neutral_zone"]
    text = json.dumps({"card": card(options.folder, models, zero, f1), **models}, ensure_ascii=False, sort_keys=True)
    packed = gzip.compress(text.encode(), mtime=0)
    files.write(WEIGHTS, packed)
    print(f"{WEIGHTS.name}: {len(packed):,} bytes")


if __name__ == "__main__":
    main()
