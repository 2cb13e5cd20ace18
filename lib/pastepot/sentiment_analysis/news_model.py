"""The news model: the sentiment of a sentence, or towards a target in it, as a sum that can be traced to words.

It is linear: each word adds its weight. The weights are our own, learnt from labelled news by
``benchmarks/train_news.py``; ``news_weights.json.gz`` contains them and where they come from, as `model_card` says.
A word that this news never had is worth what its neighbours in meaning are (`lexicons.learnt_values`).
Its scores of sentences are relative: they compare sentences, and their 0 was learnt from US political news.
"""

import functools
import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from pastepot.corpus.repairs import uncurl_quotes
from pastepot.errors import PastepotError, has_columns
from pastepot.formulas import Floats
from pastepot.sentiment_analysis import news_features
from pastepot.sentiment_analysis.news_features import DENSE, SLOTS, TOKEN, FeatureIndex, Reading

WEIGHTS = Path(__file__).with_name("news_weights.json.gz")
UNIT = 1e-4
"""Weights are whole numbers of this size in the file."""

BATCH = 10_000
"""Sentences scored at a time, so that memory stays small."""

LENGTH = ("token before", "token after")
BASE = "(base)"
LENGTHS = "(length)"


class Part(NamedTuple):
    """The model of sentences or of targets: weights for negative and positive, both against neutral."""

    features: FeatureIndex
    weights: Floats  # by column: negative, positive
    base: Floats
    neutral: float = 0.0  # a balance of a sentence this small is 0


def score_sentences(sentences: Sequence[str]) -> Floats:
    """Return the sentiment of each sentence: the chance that it is positive less the chance that it is negative.

    Parameters
    ----------
    sentences : Sequence[str]

    Returns
    -------
    numpy.ndarray of float64
        From -1 to 1; 0 for a sentence without a token, and for one so near to 0 that the sign would say nothing (the
        neutral zone; its half width is in `model_card`).

    Notes
    -----
    Learnt from political news of US outlets, in English; for other news, and other times, label a sample first
    (`pastepot.coding_sheet`). The score is relative: where its 0 lies was learnt from that news, so compare sentences
    by it. A negation changes what the words after it in its clause are worth: no problems are no bad news. It sees no
    other denial ("free of crime"), and no bad word that neither list nor the labelled news has. It scores words, not
    stance: news of a war is negative whoever writes it. Names of people, places and parties have no weight; so a word
    with a capital has only what labelled news or one of the two lists gives it. Time grows linearly with the number of
    tokens.

    Examples
    --------
    >>> scores = score_sentences(["The town praised a great success.", "The crew was accused of fraud.", ""])
    >>> bool(scores[0] > 0.3), bool(scores[1] < -0.3), float(scores[2])
    (True, True, 0.0)
    """
    batches = (sentences[start : start + BATCH] for start in range(0, len(sentences), BATCH))
    return np.concatenate([np.empty(0), *(_score(news_features.read_sentences(batch)) for batch in batches)])


def _score(reading: Reading) -> Floats:
    """Return each sentence's chance of positive less that of negative, 0 in the neutral zone and without a token."""
    part = load("sentence")
    balance = _balance(linear_scores(reading, part))
    return np.where((np.diff(reading.bounds) > 0) & (np.abs(balance) > part.neutral), balance, 0.0)


def score_targets(frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` with the sentiment of each row's text towards its target, in two more columns.

    Parameters
    ----------
    frame : DataFrame
        `text`, and `start`, `end` of the target in it, in code points, end exclusive. One sentence a row.

    Returns
    -------
    DataFrame
        A copy with `score`, the chance of positive less that of negative, and `label`, the likeliest of -1, 0 and 1.

    Notes
    -----
    The label is the likeliest class, not a cut through the score. The words of the target itself have no weight.

    Raises
    ------
    PastepotError
        If a column is missing, or a span does not lie inside its text.

    Examples
    --------
    >>> rows = pd.DataFrame({"text": ["Critics said the mayor lied."] * 2, "start": [0, 17], "end": [7, 22]})
    >>> score_targets(rows)["label"].tolist()
    [0, -1]
    """
    has_columns("frame", frame, ("text", "start", "end"), made_by="columns text, start and end of your own")
    texts, starts, ends = (frame[column].convert_dtypes().tolist() for column in ("text", "start", "end"))
    for row, (text, start, end) in enumerate(zip(texts, starts, ends, strict=True)):
        _check_span(f"row {row}", text, start, end)
    slices = [slice(start, start + BATCH) for start in range(0, len(frame), BATCH)]
    readings = (news_features.read_targets(texts[here], starts[here], ends[here]) for here in slices)
    linear = np.concatenate([np.empty((0, 2)), *(linear_scores(reading, load("target")) for reading in readings)])
    # The likeliest class; neutral, the first, where it ties.
    likeliest = np.column_stack([np.zeros(len(linear)), linear[:, 1], linear[:, 0]]).argmax(axis=1)
    return frame.assign(score=_balance(linear), label=np.array([0, 1, -1])[likeliest])


def explain_score(text: str, *, start: int | None = None, end: int | None = None) -> pd.DataFrame:
    """Return the words that made a sentence's linear score, the heaviest first.

    Parameters
    ----------
    text : str
        One sentence.
    start, end : int, optional
        A target in it; without one, the sentence is explained.

    Returns
    -------
    DataFrame
        word, start, end, contribution. A word or two neighbouring words a row, with their place in `text`; `(base)` is
        what a sentence without any known word has, `(length)` what the number of words around a target adds.
        Contributions sum to the linear score, the log odds of positive to negative.

    Examples
    --------
    >>> explain_score("The crew was accused of fraud.")[["word", "start", "end"]].head(2).values.tolist()
    [['fraud', 24, 29], ['accused', 13, 20]]
    """
    reading, token_spans = _read_one(text, start, end)
    spans = np.array(token_spans, dtype=np.int64).reshape(-1, 2)
    part = load("sentence" if start is None else "target")
    words, length = word_contributions(reading, part)
    first, last = words["token"], words["token"] + words["pair"]
    rows = pd.DataFrame(
        {
            "word": [*words["word"], LENGTHS, BASE],
            "start": pd.array([*spans[first, 0], None, None], dtype="Int64"),
            "end": pd.array([*spans[last, 1], None, None], dtype="Int64"),
            "contribution": [*words["contribution"], length.sum(), part.base[1] - part.base[0]],
        }
    )
    rows = rows[(rows["contribution"] != 0) | (rows["word"] == BASE)]
    order = np.lexsort((rows["word"], rows["start"].fillna(-1), -rows["contribution"].abs()))
    return rows.iloc[order].reset_index(drop=True)


def word_contributions(reading: Reading, part: Part) -> tuple[pd.DataFrame, Floats]:
    """Return what each word or pair of words adds to its sentence's linear score, and what each token's length adds.

    token, pair, word, contribution; in order of tokens. The base is left out.
    """
    index, difference = part.features, part.weights[:, 1] - part.weights[:, 0]
    kinds = np.zeros((index.columns, 3))  # one column each for single words and their values, pairs, lengths
    kinds[:, 0] = 1
    kinds[index.first_pair : index.first_dense] = (0, 1, 0)
    kinds[[index.first_dense + DENSE.index(name) for name in LENGTH]] = (0, 0, 1)
    added = news_features.token_features(reading, index) @ (difference[:, None] * kinds)
    token, pair = np.nonzero(added[:, :2])
    first, second = (np.array(reading.words, dtype=object)[reading.codes[token + step * pair]] for step in (0, 1))
    words = pd.DataFrame({"token": token, "pair": pair, "word": np.where(pair == 1, first + " " + second, first)})
    return words.assign(contribution=added[token, pair]), added[:, 2]


def _read_one(text: str, start: int | None, end: int | None) -> tuple[Reading, list[tuple[int, int]]]:
    """Return the tokens of one text and their spans in it."""
    straight = uncurl_quotes(text)
    spans = [match.span() for match in TOKEN.finditer(straight[:start])]
    if start is None and end is None:
        return news_features.read_sentences([text]), spans
    if start is None or end is None:
        raise PastepotError("start and end must be given together, or neither.")
    _check_span("it", text, start, end)
    after = [(match.start() + end, match.end() + end) for match in TOKEN.finditer(straight[end:])]
    return news_features.read_targets([text], [start], [end]), [*spans, (start, end), *after]


def _check_span(what: str, text: object, start: object, end: object) -> None:
    """Say what is wrong with a target that is no span of its text."""
    size = len(text) if isinstance(text, str) else 0
    if not (isinstance(start, int | np.integer) and isinstance(end, int | np.integer) and 0 <= start < end <= size):
        raise PastepotError(f"start and end must be a span of text; {what} has {start} to {end} of {size} characters.")


def linear_scores(reading: Reading, part: Part) -> Floats:
    """Return the linear scores of negative and positive, both against neutral, of each sentence."""
    added = news_features.token_features(reading, part.features) @ part.weights
    sums = [np.bincount(reading.rows, side, minlength=len(reading.bounds) - 1) for side in added.T]
    return np.stack(sums, axis=1) + part.base


def _balance(linear: Floats) -> Floats:
    """Return the chance of positive less that of negative."""
    whole = np.concatenate([linear, np.zeros((len(linear), 1))], axis=1)
    raised = np.exp(whole - whole.max(axis=1, keepdims=True))
    return np.asarray((raised[:, 1] - raised[:, 0]) / raised.sum(axis=1))


def model_card() -> Mapping[str, Any]:
    """Return where the weights come from: data and its digest, settings, figures, licence, and what is in the file.

    >>> sorted(model_card())
    ['data', 'figures', 'licence', 'made_by', 'settings', 'what', 'word_values', 'words', 'zero']
    """
    card: Mapping[str, Any] = _file()["card"]
    return card


@functools.cache
def _file() -> Mapping[str, Any]:
    """Return what the weights file contains."""
    stored: Mapping[str, Any] = json.loads(gzip.decompress(WEIGHTS.read_bytes()))
    return stored


@functools.cache
def load(name: str) -> Part:
    """Return the model of sentences or of targets.

    >>> load("sentence").weights.shape[1]
    2
    """
    stored = _file()[name]
    words_by_slot = {slot: held["words"].split() for slot, held in stored["words"].items()}
    pairs = [pair.split(" ") for pair in stored["pairs"]["words"].split("|") if pair]
    key = {word: news_features.key_of(word) for words in (*words_by_slot.values(), *pairs) for word in words}
    keys = {text: number for number, text in enumerate(sorted(set(key.values())))}
    number = {word: keys[text] for word, text in key.items()}
    codes = np.array([number[first] * len(keys) + number[second] for first, second in pairs], dtype=np.int64)
    order = np.argsort(codes)
    index = FeatureIndex(keys, codes[order])
    weights = np.zeros((index.columns, 2))
    for slot, words in words_by_slot.items():
        weights[[SLOTS.index(slot) * len(keys) + number[word] for word in words]] = _unpack(stored["words"][slot])
    weights[index.first_pair : index.first_dense] = _unpack(stored["pairs"])[order]
    weights[index.first_dense :] = [stored["dense"][name] for name in DENSE]
    return Part(index, weights, np.array(stored["base"]), stored.get("neutral_zone", 0.0))


def _unpack(stored: Mapping[str, Any]) -> Floats:
    """Return stored weights of negative and positive as numbers."""
    return np.stack([np.array(stored[side], dtype=np.float64) for side in ("negative", "positive")], axis=1) * UNIT
