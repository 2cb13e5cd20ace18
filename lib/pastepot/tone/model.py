"""The news model: the tone of a sentence, or towards a target in it, as a sum that can be taken apart into words.

It is linear: each word adds its weight. The weights are our own, learnt from labelled news by
``benchmarks/train_news.py``; ``news_weights.json.gz`` holds them with where they come from, and `model_card` says it.
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
from pastepot.tone.features import (
    DENSE,
    SLOTS,
    TARGET,
    TOKEN,
    Floats,
    Occurrences,
    Reading,
    Vocabulary,
    Whole,
    key_of,
    occurrences,
    read_sentences,
    read_targets,
)
from pastepot.tone.normalise import straight_quotes

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

    vocabulary: Vocabulary
    weights: Floats  # by column: negative, positive
    base: Floats


def news_scores(sentences: Sequence[str]) -> Floats:
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
    people, places and parties have no weight. Time grows linearly with the number of tokens.

    Examples
    --------
    >>> scores = news_scores(["The town praised a great success.", "The crew was accused of fraud.", ""])
    >>> bool(scores[0] > 0.3), bool(scores[1] < -0.3), float(scores[2])
    (True, True, 0.0)
    """
    batches = [sentences[start : start + BATCH] for start in range(0, len(sentences), BATCH)]
    scores = [_balance(_linear(read_sentences(batch), load("sentence"))) for batch in batches]
    empty = np.array([not TOKEN.search(straight_quotes(text)) for text in sentences], dtype=bool)
    return np.where(empty, 0.0, np.concatenate([np.empty(0), *scores]))


def news_linear(sentences: Sequence[str]) -> Floats:
    """Return the linear score of each sentence, what `explain_news` takes apart: log odds of positive to negative.

    >>> text = "The town praised a great success."
    >>> abs(float(news_linear([text])[0] - explain_news(text)["contribution"].sum())) < 1e-9
    True
    """
    batches = [sentences[start : start + BATCH] for start in range(0, len(sentences), BATCH)]
    linear = [_linear(read_sentences(batch), load("sentence")) for batch in batches]
    return np.concatenate([np.empty(0), *(each[:, 1] - each[:, 0] for each in linear)])


def target_scores(frame: pd.DataFrame) -> pd.DataFrame:
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
    >>> target_scores(rows)["label"].tolist()
    [0, -1]
    """
    errors.has_columns("frame", frame, ("text", "start", "end"), made_by="columns text, start and end of your own")
    texts, starts, ends = (frame[column].tolist() for column in ("text", "start", "end"))
    for row, (text, start, end) in enumerate(zip(texts, starts, ends, strict=True)):
        if not 0 <= start < end <= len(text):
            raise errors.PastepotError(
                f"start and end must be a span of text; row {row} has {start} to {end} of {len(text)} characters."
            )
    slices = [slice(start, start + BATCH) for start in range(0, len(frame), BATCH)]
    readings = (read_targets(texts[here], starts[here], ends[here]) for here in slices)
    linear = np.concatenate([np.empty((0, 2)), *(_linear(reading, load("target")) for reading in readings)])
    return frame.assign(score=_balance(linear), label=_likeliest(linear))


def explain_news(text: str, *, start: int | None = None, end: int | None = None) -> pd.DataFrame:
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
    >>> explain_news("The crew was accused of fraud.")[["word", "start", "end"]].head(2).values.tolist()
    [['fraud', 24, 29], ['accused', 13, 20]]
    """
    reading, spans = _read_one(text, start, end)
    part = load("sentence" if start is None else "target")
    found = occurrences(reading, part.vocabulary)
    frame = contributions(reading, found, part)
    named = frame["token"] >= 0
    first = frame["token"].clip(lower=0).to_numpy()
    last = first + frame["pair"].to_numpy()
    spans = spans if len(spans) else np.zeros((1, 2), dtype=np.int64)
    places = {
        "start": pd.Series(spans[first, 0], dtype="Int64").where(named),
        "end": pd.Series(spans[last, 1], dtype="Int64").where(named),
    }
    base = {"word": [BASE], "start": [pd.NA], "end": [pd.NA], "contribution": [float(part.base[1] - part.base[0])]}
    rows = pd.concat(
        [frame.assign(**places)[list(base)], pd.DataFrame(base).astype({"start": "Int64", "end": "Int64"})]
    )
    order = np.lexsort((rows["word"], rows["start"].fillna(-1).astype(int), -rows["contribution"].abs()))
    return rows.iloc[order].reset_index(drop=True)


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
    named: pd.DataFrame = summed.assign(word=_spelt(reading, summed))
    return named


def _spelt(reading: Reading, rows: pd.DataFrame) -> list[str]:
    """Return the words of rows of contributions."""
    words, codes = reading.words, np.append(reading.codes, 0)
    one = [words[code] for code in codes[rows["token"]]] if words else []
    two = [words[code] for code in codes[rows["token"] + 1]] if words else []
    rest = zip(one, two, rows["token"].tolist(), rows["pair"].tolist(), strict=True)
    return [LENGTHS if token < 0 else f"{first} {second}" if pair else first for first, second, token, pair in rest]


def _read_one(text: str, start: int | None, end: int | None) -> tuple[Reading, Whole]:
    """Return the tokens of one text and where they stand in it."""
    straight = straight_quotes(text)
    if start is None or end is None:
        if (start is None) != (end is None):
            raise errors.PastepotError("start and end must be given together, or neither.")
        spans = [match.span() for match in TOKEN.finditer(straight)]
        return read_sentences([text]), np.array(spans, dtype=np.int64).reshape(-1, 2)
    if not 0 <= start < end <= len(text):
        raise errors.PastepotError(f"start and end must be a span of text; got {start} to {end} of {len(text)}.")
    before = [match.span() for match in TOKEN.finditer(straight[:start])]
    after = [(match.start() + end, match.end() + end) for match in TOKEN.finditer(straight[end:])]
    return read_targets([text], [start], [end]), np.array([*before, (start, end), *after], dtype=np.int64)


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
    highest = linear.max(axis=1, initial=-np.inf)
    return np.where(highest <= 0, 0, np.where(linear[:, 1] >= linear[:, 0], 1, -1))


def model_card() -> Mapping[str, Any]:
    """Return where the weights come from: data and its digest, settings, figures, licence, and what is in the file.

    >>> sorted(model_card())
    ['data', 'figures', 'licence', 'made_by', 'settings', 'what', 'words']
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
    vocabulary = Vocabulary(keys, codes[order])
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


__all__ = ["TARGET", "explain_news", "model_card", "news_linear", "news_scores", "target_scores"]
