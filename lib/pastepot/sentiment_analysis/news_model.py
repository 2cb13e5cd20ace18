"""The news model: the tone of a sentence, or towards a target in it, as a sum that can be taken apart into words.

It is linear: each word adds its weight. The weights are our own, learnt from labelled news by
``benchmarks/train_news.py``; ``news_weights.json.gz`` holds them with where they come from, and `model_card` says it.
A word that this news never had is worth what its neighbours in meaning are (`lexicons.learnt_values`).
It is experimental until unseen news has judged it.
"""

import functools
import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from pastepot import errors
from pastepot.corpus.repairs import uncurl_quotes
from pastepot.sentiment_analysis.news_features import (
    DENSE,
    SLOTS,
    TARGET,
    TOKEN,
    FeatureIndex,
    Floats,
    Occurrences,
    Reading,
    Whole,
    key_of,
    occurrences,
    read_sentences,
    read_targets,
)

WEIGHTS = Path(__file__).with_name("news_weights.json.gz")
UNIT = 1e-4
"""Weights stand in the file as whole numbers of this size."""

BATCH = 10_000
"""Sentences scored at a time, so that memory stays small."""

LENGTH = ("token before", "token after")
BASE = "(base)"
LENGTHS = "(length)"


class Part(NamedTuple):
    """The model of sentences or of targets: weights for negative and positive, both against neutral."""

    vocabulary: FeatureIndex
    weights: Floats  # by column: negative, positive
    base: Floats


def score_sentences(sentences: Sequence[str]) -> Floats:
    """Return the general tone of each sentence: the chance that it is positive less the chance that it is negative.

    Parameters
    ----------
    sentences : Sequence[str]

    Returns
    -------
    numpy.ndarray of float64
        From -1 to 1; 0 for a sentence without a token.

    Notes
    -----
    Learnt from political news of US outlets, in English; for other news, and other times, label a sample first
    (`pastepot.coding_sheet`). It scores words, not stance: news of a war is negative whoever writes it. Names of
    people, places and parties have no weight; so a word with a capital has only what labelled news or one of the two
    lists gives it. Time grows linearly with the number of tokens.

    Examples
    --------
    >>> scores = score_sentences(["The town praised a great success.", "The crew was accused of fraud.", ""])
    >>> bool(scores[0] > 0.3), bool(scores[1] < -0.3), float(scores[2])
    (True, True, 0.0)
    """
    empty = np.array([not TOKEN.search(uncurl_quotes(text)) for text in sentences], dtype=bool)
    return np.where(empty, 0.0, _balance(_sentences_linear(sentences)))


def news_linear(sentences: Sequence[str]) -> Floats:
    """Return the linear score of each sentence, what `explain_score` takes apart: log odds of positive to negative.

    >>> text = "The town praised a great success."
    >>> abs(float(news_linear([text])[0] - explain_score(text)["contribution"].sum())) < 1e-9
    True
    """
    linear = _sentences_linear(sentences)
    return np.asarray(linear[:, 1] - linear[:, 0])


def score_targets(frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` with the tone of each row's text towards its target, in two more columns.

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
    errors.has_columns("frame", frame, ("text", "start", "end"), made_by="columns text, start and end of your own")
    texts, starts, ends = (frame[column].convert_dtypes().tolist() for column in ("text", "start", "end"))
    for row, (text, start, end) in enumerate(zip(texts, starts, ends, strict=True)):
        _check_span(f"row {row}", text, start, end)
    slices = [slice(start, start + BATCH) for start in range(0, len(frame), BATCH)]
    readings = (read_targets(texts[here], starts[here], ends[here]) for here in slices)
    linear = np.concatenate([np.empty((0, 2)), *(_linear(reading, load("target")) for reading in readings)])
    return frame.assign(score=_balance(linear), label=_likeliest(linear))


def explain_score(text: str, *, start: int | None = None, end: int | None = None) -> pd.DataFrame:
    """Return the words that made a sentence's linear score, the heaviest first.

    Parameters
    ----------
    text : str
        One sentence.
    start, end : int, optional
        A target in it; without one the general tone is taken apart.

    Returns
    -------
    DataFrame
        word, start, end, contribution. A word or two neighbouring words a row, with their place in `text`; `(base)` is
        what a sentence without any known word has, `(length)` what stands on either side of a target. Contributions
        sum to the linear score, the log odds of positive to negative.

    Examples
    --------
    >>> explain_score("The crew was accused of fraud.")[["word", "start", "end"]].head(2).values.tolist()
    [['fraud', 24, 29], ['accused', 13, 20]]
    """
    reading, spans = _read_one(text, start, end)
    part = load("sentence" if start is None else "target")
    found = contributions(reading, occurrences(reading, part.vocabulary), part)
    places = np.array([*spans, (-1, -1)], dtype=np.int64)  # the last is for what stands nowhere, token -1
    rows = pd.DataFrame(
        {
            "word": [*found["word"], BASE],
            "start": pd.array([*places[found["token"], 0], -1], dtype="Int64"),
            "end": pd.array([*places[found["token"] + found["pair"], 1], -1], dtype="Int64"),
            "contribution": [*found["contribution"], float(part.base[1] - part.base[0])],
        }
    )
    rows = rows.iloc[np.lexsort((rows["word"], rows["start"], -rows["contribution"].abs()))].reset_index(drop=True)
    return rows.assign(**{side: rows[side].mask(rows[side] < 0) for side in ("start", "end")})


def contributions(reading: Reading, found: Occurrences, part: Part) -> pd.DataFrame:
    """Return what each word or pair of words adds to its row's linear score, the base left out.

    row, token (-1 for the length), pair, word, contribution; in order of row and token, single words first.
    """
    weight = (part.weights[:, 1] - part.weights[:, 0])[found.column] * found.value
    dense = part.vocabulary.columns - len(DENSE)
    of_length = np.isin(found.column, [dense + DENSE.index(name) for name in LENGTH])
    token = np.where(of_length, -1, found.token)
    told = weight != 0
    plain = pd.DataFrame({"row": found.row, "token": token, "pair": found.pair, "contribution": weight})[told]
    summed = plain.groupby(["row", "token", "pair"], sort=True)["contribution"].sum().reset_index()
    spelt = np.array([*reading.words, LENGTHS], dtype=object)[np.append(reading.codes, len(reading.words))]
    first, second = spelt[summed["token"]], spelt[summed["token"] + 1]
    named: pd.DataFrame = summed.assign(word=np.where(summed["pair"], first + " " + second, first))
    return named


def _read_one(text: str, start: int | None, end: int | None) -> tuple[Reading, list[tuple[int, int]]]:
    """Return the tokens of one text and where they stand in it."""
    straight = uncurl_quotes(text)
    spans = [match.span() for match in TOKEN.finditer(straight[:start])]
    if start is None and end is None:
        return read_sentences([text]), spans
    if start is None or end is None:
        raise errors.PastepotError("start and end must be given together, or neither.")
    _check_span("it", text, start, end)
    after = [(match.start() + end, match.end() + end) for match in TOKEN.finditer(straight[end:])]
    return read_targets([text], [start], [end]), [*spans, (start, end), *after]


def _check_span(what: str, text: object, start: object, end: object) -> None:
    """Say what is wrong with a target that is no span of its text."""
    size = len(text) if isinstance(text, str) else 0
    if not (isinstance(start, int | np.integer) and isinstance(end, int | np.integer) and 0 <= start < end <= size):
        raise errors.PastepotError(
            f"start and end must be a span of text; {what} has {start} to {end} of {size} characters."
        )


def _sentences_linear(sentences: Sequence[str]) -> Floats:
    """Return the linear scores of negative and positive of each sentence, both against neutral."""
    batches = (sentences[start : start + BATCH] for start in range(0, len(sentences), BATCH))
    return np.concatenate([np.empty((0, 2)), *(_linear(read_sentences(batch), load("sentence")) for batch in batches)])


def _linear(reading: Reading, part: Part) -> Floats:
    """Return the linear scores of negative and positive, both against neutral, by row."""
    found, rows = occurrences(reading, part.vocabulary), len(reading.bounds) - 1
    sums = [np.bincount(found.row, part.weights[found.column, side] * found.value, rows) for side in (0, 1)]
    return np.stack(sums, axis=1) + part.base


def _balance(linear: Floats) -> Floats:
    """Return the chance of positive less that of negative."""
    whole = np.concatenate([linear, np.zeros((len(linear), 1))], axis=1)
    raised = np.exp(whole - whole.max(axis=1, keepdims=True))
    return np.asarray((raised[:, 1] - raised[:, 0]) / raised.sum(axis=1))


def _likeliest(linear: Floats) -> Whole:
    """Return the likeliest class of each row; neutral where it ties."""
    order = np.column_stack([np.zeros(len(linear)), linear[:, 1], linear[:, 0]])
    return np.asarray(np.array([0, 1, -1])[order.argmax(axis=1)])


def model_card() -> Mapping[str, Any]:
    """Return where the weights come from: data and its digest, settings, figures, licence, and what is in the file.

    >>> sorted(model_card())
    ['data', 'figures', 'licence', 'made_by', 'settings', 'what', 'word_values', 'words']
    """
    card: Mapping[str, Any] = _file()["card"]
    return card


@functools.cache
def _file() -> Mapping[str, Any]:
    """Return the weights file as it stands."""
    with gzip.open(WEIGHTS, "rt", encoding="utf-8") as lines:
        found: Mapping[str, Any] = json.load(lines)
    return found


@functools.cache
def load(name: str) -> Part:
    """Return the model of sentences or of targets.

    >>> load("sentence").weights.shape[1]
    2
    """
    stored = _file()[name]
    slots = [stored["words"].get(slot, {"words": "", "negative": [], "positive": []}) for slot in SLOTS]
    spelt = [slot["words"].split() for slot in slots]
    pairs = [tuple(pair.split(" ")) for pair in stored["pairs"]["words"].split("|") if pair]
    distinct = sorted({word for words in (*spelt, *pairs) for word in words})
    key = {word: key_of(word) for word in distinct}
    keys = {text: number for number, text in enumerate(sorted(set(key.values())))}
    number = {word: keys[key[word]] for word in distinct}
    codes = np.array([number[first] * len(keys) + number[second] for first, second in pairs], dtype=np.int64)
    order = np.argsort(codes)
    vocabulary = FeatureIndex(keys, codes[order])
    weights = np.zeros((vocabulary.columns, 2))
    for place, (slot, words) in enumerate(zip(slots, spelt, strict=True)):
        weights[[place * len(keys) + number[word] for word in words]] = _sides(slot)
    first = len(keys) * len(SLOTS)
    weights[first : first + len(pairs)] = _sides(stored["pairs"])[order]
    weights[first + len(pairs) :] = [stored["dense"][name] for name in DENSE]
    return Part(vocabulary, weights, np.array(stored["base"]))


def _sides(stored: Mapping[str, Any]) -> Floats:
    """Return stored weights of negative and positive as numbers."""
    return np.stack([np.array(stored[side], dtype=np.float64) for side in ("negative", "positive")], axis=1) * UNIT


__all__ = ["TARGET", "explain_score", "model_card", "news_linear", "score_sentences", "score_targets"]
