"""What the news model sees of a sentence: words and neighbours, their place around a target, and three lists of values.

Everything is an occurrence: a token (with the one after it for a pair) that adds a value to a column. A score is the
sum of values times weights, so it can be taken apart into its tokens; training builds its matrix from the same rows.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pastepot.corpus.repairs import uncurl_quotes
from pastepot.sentiment_analysis.lexicons import learnt_values, textblob_polarities, vader_valences

Whole = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

TARGET = "<target>"
"""What stands for the target in its sentence; no text gives this token."""

TOKEN = re.compile(r"""[^\W_]+(?:'[^\W_]+)*|[;:,.!?—–()"]""")
"""A word with inner apostrophes, or one mark."""

NEGATIONS = frozenset(
    (
        *("not", "no", "never", "without", "neither", "nor", "cannot", "hardly", "scarcely", "barely", "nobody"),
        *("nothing", "none", "lack", "lacks", "lacked", "lacking", "fail", "fails", "failed", "failing"),
        *("deny", "denies", "denied", "denying", "reject", "rejects", "rejected", "rejecting"),
    )
)
CUTS = frozenset(
    (
        *("but", "while", "although", "though", "whereas", "because", "after", "when", "if"),
        *("who", "which", "that", "as", "and", *';:,—–()"'),
    )
)
"""Words and marks taken for the edge of a clause."""

ENDINGS = (
    *("ingly", "edly", "ations", "ation", "ments", "ment", "ings", "ing", "ers", "ies", "ied", "ily", "ful"),
    *("ed", "er", "es", "ly", "s", "e", "y"),
)
SHORTEST = 4
"""Letters that must be left of a word without its ending."""

TURNED = -0.7
"""What a negation among the three tokens before it makes of a lexicon value."""

SIDES = ("word", "before", "after", "just before", "just after", "clause before", "clause after")
STEPS = ("3 before", "2 before", "1 before", "1 after", "2 after", "3 after")
SLOTS = (*SIDES, *STEPS)
"""Where a word can stand; outside target scores there is only `word`."""

NEAR = 6
BIN_EDGES = (3, 5, 8, 12, 17, 26)
"""Distances, in tokens from the target, at which a new bin begins."""

LEXICONS = ("vader", "textblob", "learnt")
"""The last gives no value to a word with a capital, which may be a name."""
SUMS = ("positive", "negative", "positive by length", "negative by length", "positive words", "negative words")
BINS = tuple(f"{side} {place}" for side in ("before", "after") for place in range(len(BIN_EDGES) + 1))
MEASURES = (*(f"{lexicon} {name}" for lexicon in LEXICONS for name in (*SUMS, *BINS, "clause")),)
MARKS = ("quotation mark", "negation before", "negation after", "inside quotation marks", "token before", "token after")
DENSE = (*MEASURES, *MARKS)
"""The columns that are not words."""


class Reading(NamedTuple):
    """The tokens of some sentences: those of row n are ``bounds[n]`` to ``bounds[n + 1]``."""

    bounds: Whole
    words: list[str]  # distinct, in lower case
    codes: Whole  # each token's place in `words`
    lower: Flags  # is the token without a capital? A name is not
    targets: Whole = np.empty(0, dtype=np.int64)  # the token that stands for the target in each row, if there is one


class Occurrences(NamedTuple):
    """Values of columns: a token of a row adds `value` to `column`; `pair` says that the next token belongs to it."""

    row: Whole
    token: Whole
    column: Whole
    value: Floats
    pair: Flags


class FeatureIndex(NamedTuple):
    """The keys of words, and the pairs of keys, that have columns of their own."""

    keys: Mapping[str, int]
    pairs: Whole  # ``first * len(keys) + second``, ascending

    @property
    def columns(self) -> int:
        """The number of columns: keys by slot, then pairs, then the dense ones."""
        return len(self.keys) * len(SLOTS) + len(self.pairs) + len(DENSE)


def key_of(word: str) -> str:
    """Return what the forms of a word have in common: `word` without its ending, if enough is left.

    >>> key_of("praised"), key_of("praises"), key_of("bus")
    ('prais', 'prais', 'bus')
    """
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word[: -len(ending)]
    return word


def read_sentences(texts: Iterable[str]) -> Reading:
    """Return the tokens of sentences.

    >>> reading = read_sentences(["The ferry won’t sail.", ""])
    >>> [reading.words[code] for code in reading.codes], reading.bounds.tolist()
    (['the', 'ferry', "won't", 'sail', '.'], [0, 5, 5])
    """
    return _reading([TOKEN.findall(uncurl_quotes(text)) for text in texts])


def read_targets(texts: Iterable[str], starts: Sequence[int], ends: Sequence[int]) -> Reading:
    """Return the tokens of sentences, each with one token in place of its target.

    >>> reading = read_targets(["Praise for the port grew."], [11], [19])
    >>> [reading.words[code] for code in reading.codes], reading.targets.tolist()
    (['praise', 'for', '<target>', 'grew', '.'], [2])
    """
    rows, before = [], []
    for text, start, end in zip(texts, starts, ends, strict=True):
        straight = uncurl_quotes(text)
        left = TOKEN.findall(straight[:start])
        before.append(len(left))
        rows.append([*left, TARGET, *TOKEN.findall(straight[end:])])
    reading = _reading(rows)
    return reading._replace(targets=reading.bounds[:-1] + np.array(before, dtype=np.int64))


def _reading(rows: list[list[str]]) -> Reading:
    """Return the tokens of rows, each distinct one lower-cased once."""
    bounds = np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64)
    flat = np.array([token for row in rows for token in row], dtype=object)
    codes, distinct = pd.factorize(flat)
    small = np.array([word.lower() for word in distinct], dtype=object)
    lowered, words = pd.factorize(small)
    return Reading(bounds, words.tolist(), lowered[codes].astype(np.int64), (small == distinct)[codes])


class _Tokens(NamedTuple):
    """What the rules know of each token."""

    row: Whole
    length: Floats  # root of the tokens of its row
    keys: Whole  # -1 for none
    values: Floats  # by lexicon, a negation before it included
    negates: Flags
    quotes: Flags
    targeted: bool
    place: Whole  # tokens from the target, negative before it; 0 where there is no target
    clause: Flags  # no edge of a clause parts it from the target


def occurrences(reading: Reading, vocabulary: FeatureIndex) -> Occurrences:
    """Return every occurrence of a column in a reading.

    >>> vocabulary = FeatureIndex({"port": 0, "crew": 1}, np.array([1]))  # the pair is port crew
    >>> found = occurrences(read_sentences(["The port crew"]), vocabulary)
    >>> found.token.tolist(), found.column.tolist(), found.pair.tolist()
    ([1, 2, 1], [0, 1, 26], [False, False, True])
    """
    tokens = _known(reading, vocabulary)
    parts = [*_words(tokens, vocabulary), _pairs(tokens, vocabulary)]
    dense = vocabulary.columns - len(DENSE)
    parts += [(token, np.array(dense + DENSE.index(name)), value) for name, token, value in _dense(tokens)]
    token = np.concatenate([at for at, _, _ in parts])
    column = np.concatenate([np.broadcast_to(columns, len(at)) for at, columns, _ in parts])
    value = np.concatenate([values for _, _, values in parts])
    first = len(vocabulary.keys) * len(SLOTS)
    return Occurrences(tokens.row[token], token, column, value, (column >= first) & (column < dense))


def _known(reading: Reading, vocabulary: FeatureIndex) -> _Tokens:
    """Return what is known of each token, worked out once for each distinct word."""
    words, codes = reading.words, reading.codes
    lengths = np.diff(reading.bounds)
    row = np.repeat(np.arange(len(lengths)), lengths)
    negates = np.array([word in NEGATIONS or word.endswith("n't") for word in words], dtype=bool)[codes]
    turned = np.zeros(len(codes), dtype=bool)
    for step in (1, 2, 3):
        turned[step:] |= negates[:-step] & (row[step:] == row[:-step])
    lists = (vader_valences(), textblob_polarities(), learnt_values())
    values = np.array([[known.get(word, 0.0) for word in words] for known in lists], dtype=np.float64)[:, codes]
    values[LEXICONS.index("learnt"), ~reading.lower] = 0
    cuts = np.array([word in CUTS for word in words], dtype=bool)[codes]
    targeted = len(reading.targets) > 0
    place = np.arange(len(codes)) - reading.targets[row] if targeted else np.zeros(len(codes), dtype=np.int64)
    return _Tokens(
        row=row,
        length=np.sqrt(lengths.astype(np.float64))[row],
        keys=np.array([vocabulary.keys.get(key_of(word), -1) for word in words], dtype=np.int64)[codes],
        values=values * np.where(turned, TURNED, 1.0),
        negates=negates,
        quotes=np.array([word == '"' for word in words], dtype=bool)[codes],
        targeted=targeted,
        place=place,
        clause=_in_clause(cuts, place, reading.targets[row]) if targeted else cuts,
    )


def _in_clause(cuts: Flags, place: Whole, target: Whole) -> Flags:
    """Return which tokens no edge of a clause parts from the target of their row."""
    edges = np.cumsum(cuts)
    between: Whole = np.where(place < 0, edges[target] - edges + cuts, edges - edges[target])
    return np.equal(between, 0)


def _words(tokens: _Tokens, vocabulary: FeatureIndex) -> Iterator[tuple[Whole, Whole, Floats]]:
    """Yield token, column and value of the single words, slot by slot."""
    for slot, (here, value) in enumerate(_slots(tokens)):
        at = np.flatnonzero(here & (tokens.keys >= 0))
        yield at, slot * len(vocabulary.keys) + tokens.keys[at], np.broadcast_to(value, len(here))[at]


def _slots(tokens: _Tokens) -> Iterator[tuple[Flags, Floats | float]]:
    """Yield for each slot which tokens stand in it, and what one is worth: less where many stand."""
    place = tokens.place
    yield (place != 0 if tokens.targeted else np.ones(len(place), dtype=bool)), 1 / tokens.length
    if tokens.targeted:
        near, before, after = np.abs(place) <= NEAR, place < 0, place > 0
        in_clause = np.bincount(tokens.row, weights=tokens.clause)[tokens.row]
        yield from ((side, 1 / tokens.length) for side in (before, after))
        yield from ((side & near, (2 * NEAR) ** -0.5) for side in (before, after))
        yield from ((side & tokens.clause, 1 / np.sqrt(np.maximum(in_clause, 1))) for side in (before, after))
        yield from ((place == step, len(STEPS) ** -0.5) for step in (-3, -2, -1, 1, 2, 3))


def _pairs(tokens: _Tokens, vocabulary: FeatureIndex) -> tuple[Whole, Whole, Floats]:
    """Return token, column and value of the words beside each other."""
    keys, pairs = tokens.keys, vocabulary.pairs
    if not len(pairs) or len(keys) < 2:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), np.empty(0)
    joined = (keys[:-1] >= 0) & (keys[1:] >= 0) & (tokens.row[:-1] == tokens.row[1:])
    at = np.flatnonzero(joined)
    wanted = keys[at] * len(vocabulary.keys) + keys[at + 1]
    found = np.minimum(np.searchsorted(pairs, wanted), len(pairs) - 1)
    known = pairs[found] == wanted
    return at[known], len(vocabulary.keys) * len(SLOTS) + found[known], 1 / tokens.length[at[known]]


def _dense(tokens: _Tokens) -> Iterator[tuple[str, Whole, Floats]]:
    """Yield name, token and value of the columns that are not words."""
    for lexicon, values in zip(LEXICONS, tokens.values, strict=True):
        for sign, name in ((1, "positive"), (-1, "negative")):
            at = np.flatnonzero(values * sign > 0)
            yield f"{lexicon} {name}", at, values[at]
            yield f"{lexicon} {name} by length", at, values[at] / tokens.length[at]
            yield f"{lexicon} {name} words", at, np.ones(len(at))
        if tokens.targeted:
            yield from _placed(f"{lexicon} ", values, tokens)
    yield "quotation mark", np.flatnonzero(tokens.quotes), np.ones(int(tokens.quotes.sum()))
    for side, here in (("before", tokens.place <= 0), ("after", tokens.place > 0)):
        at = np.flatnonzero(tokens.negates & here)
        yield f"negation {side}", at, np.ones(len(at))
    if tokens.targeted:
        yield from _around(tokens)


def _placed(name: str, values: Floats, tokens: _Tokens) -> Iterator[tuple[str, Whole, Floats]]:
    """Yield a lexicon's values by distance from the target, and those of its clause."""
    bins = np.searchsorted(BIN_EDGES, np.abs(tokens.place), side="right")
    for side, here in (("before", tokens.place < 0), ("after", tokens.place > 0)):
        for number in range(len(BIN_EDGES) + 1):
            at = np.flatnonzero(here & (bins == number) & (values != 0))
            yield f"{name}{side} {number}", at, values[at]
    at = np.flatnonzero(tokens.clause & (values != 0))
    yield f"{name}clause", at, values[at]


def _around(tokens: _Tokens) -> Iterator[tuple[str, Whole, Floats]]:
    """Yield how much stands on either side of the target, and whether it stands in quotation marks."""
    for side, here in (("before", tokens.place < 0), ("after", tokens.place > 0)):
        at = np.flatnonzero(here)
        yield f"token {side}", at, np.ones(len(at))
    opened = np.bincount(tokens.row, weights=tokens.quotes & (tokens.place < 0)) % 2 == 1
    at = np.flatnonzero(opened[tokens.row] & (tokens.place == 0))
    yield "inside quotation marks", at, np.ones(len(at))
