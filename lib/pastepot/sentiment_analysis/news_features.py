"""What the news model sees of a sentence: words and neighbours, their place around a target, and three lists of values.

All of it is one sparse matrix: the value that each token adds to each column; a pair belongs to its first token. A
score is that matrix times weights, summed over the tokens of a sentence, so it can be traced to its words; training
uses the same matrix.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import pandas as pd

from pastepot import files
from pastepot.corpus.repairs import uncurl_quotes
from pastepot.formulas import Floats
from pastepot.sentiment_analysis.lexicons import learnt_values, textblob_polarities, vader_valences
from pastepot.text.annotations import Flags, Whole

Feature: TypeAlias = tuple[Whole | int, Flags, Floats | float]
"""Columns, one a token or one for all; which tokens add to them; and what they add."""

TARGET = "<target>"
"""The token that replaces the target in its sentence; no text gives it."""

TOKEN = re.compile(r"""[^\W_]+(?:'[^\W_]+)*|[;:,.!?—–()"]""")
"""Letters or digits with inner apostrophes, or one mark: no word of words.py, as the weights were learnt on these."""

_LISTS = files.data("sentiment_analysis/word_lists.toml")
NEGATIONS = frozenset(_LISTS["negations"])
CUTS = frozenset(_LISTS["clause_edges"])
ENDINGS = tuple(_LISTS["endings"])
SHORTEST = 4
"""Letters that a word must keep without its ending."""

CLAUSE_NEGATIONS = frozenset(_LISTS["clause_negations"])
NEGATED_GOOD, NEGATED_BAD, REACH = -0.3, -0.5, 4
"""What a negation before it multiplies a lexicon value by, and how many tokens ahead one reaches in its clause."""

SIDES = ("word", "before", "after", "just before", "just after", "clause before", "clause after")
STEPS = ("3 before", "2 before", "1 before", "1 after", "2 after", "3 after")
SLOTS = (*SIDES, *STEPS)
"""Where a word can be; outside target scores there is only `word`."""

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
    """The tokens of some sentences: those of sentence n are ``bounds[n]`` to ``bounds[n + 1]``."""

    bounds: Whole
    words: list[str]  # distinct, in lower case
    codes: Whole  # of each token, its index in `words`
    lower: Flags  # is the token without a capital? A name is not
    targets: Whole = np.empty(0, dtype=np.int64)  # the token that replaces the target of each sentence, if there is one

    @property
    def rows(self) -> Whole:
        """The number of each token's sentence."""
        return np.repeat(np.arange(len(self.bounds) - 1), np.diff(self.bounds))


class FeatureIndex(NamedTuple):
    """The keys of words, and the pairs of keys, that have columns of their own."""

    keys: Mapping[str, int]
    pairs: Whole  # ``first * len(keys) + second``, ascending

    @property
    def first_pair(self) -> int:
        """The first column of a pair; keys by slot come before."""
        return len(self.keys) * len(SLOTS)

    @property
    def first_dense(self) -> int:
        """The first column that is no word; they come last, as in `DENSE`."""
        return self.first_pair + len(self.pairs)

    @property
    def columns(self) -> int:
        """The number of columns."""
        return self.first_dense + len(DENSE)


class _Tokens(NamedTuple):
    """What is known of each token of a reading."""

    row: Whole
    length: Floats  # square root of the tokens of its sentence
    key: Whole  # -1 without columns of its own
    values: Floats  # by lexicon
    negates: Flags  # not words worth less than 0
    quotes: Flags
    targeted: bool
    distance: Whole  # tokens from the target, negative before it; 0 where there is no target
    clause: Flags  # no edge of a clause between it and the target; False where there is no target


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
    return _number_tokens([TOKEN.findall(uncurl_quotes(text)) for text in texts])


def read_targets(texts: Iterable[str], starts: Sequence[int], ends: Sequence[int]) -> Reading:
    """Return the tokens of sentences, each with one token in place of its target.

    >>> reading = read_targets(["Praise for the port grew."], [11], [19])
    >>> [reading.words[code] for code in reading.codes], reading.targets.tolist()
    (['praise', 'for', '<target>', 'grew', '.'], [2])
    """
    sentences, before = [], []
    for text, start, end in zip(map(uncurl_quotes, texts), starts, ends, strict=True):
        left = TOKEN.findall(text[:start])
        before.append(len(left))
        sentences.append([*left, TARGET, *TOKEN.findall(text[end:])])
    reading = _number_tokens(sentences)
    return reading._replace(targets=reading.bounds[:-1] + np.array(before, dtype=np.int64))


def _number_tokens(sentences: list[list[str]]) -> Reading:
    """Return the tokens of sentences, each distinct one lower-cased once."""
    bounds = np.concatenate([[0], np.cumsum([len(tokens) for tokens in sentences])]).astype(np.int64)
    codes, distinct = pd.factorize(np.array([token for tokens in sentences for token in tokens], dtype=object))
    small = np.array([word.lower() for word in distinct], dtype=object)
    codes_of_small, words = pd.factorize(small)
    lower = np.equal(small, distinct).astype(bool)[codes]
    return Reading(bounds, words.tolist(), codes_of_small[codes].astype(np.int64), lower)


def token_features(reading: Reading, index: FeatureIndex) -> Any:  # noqa: ANN401 (scipy is loaded when used)
    """Return the matrix of what each token adds to each column, as `scipy.sparse.coo_array`.

    >>> index = FeatureIndex({"port": 0, "crew": 1}, np.array([1]))  # the pair is port crew
    >>> matrix = token_features(read_sentences(["The port crew"]), index)
    >>> matrix.row.tolist(), matrix.col.tolist(), index.first_pair
    ([1, 2, 1], [0, 1, 26], 26)
    """
    from scipy.sparse import coo_array  # noqa: PLC0415 (a fifth of a second that only scoring needs)

    tokens = _describe_tokens(reading, index)
    keys, has_key = len(index.keys), tokens.key >= 0
    slots = enumerate(_slots(tokens))
    features: list[Feature] = [(n * keys + tokens.key, here & has_key, value) for n, (here, value) in slots]
    features.append(_pair_feature(tokens, index))
    features += [(index.first_dense + DENSE.index(name), here, value) for name, here, value in _dense_features(tokens)]
    count = len(tokens.row)
    token = [np.flatnonzero(here) for _, here, _ in features]
    column, value = (
        np.concatenate([np.broadcast_to(side, count)[at] for side, at in zip(sides, token, strict=True)])
        for sides in zip(*((columns, values) for columns, _, values in features), strict=True)
    )
    return coo_array((value, (np.concatenate(token), column)), shape=(count, index.columns))


def _describe_tokens(reading: Reading, index: FeatureIndex) -> _Tokens:
    """Return what is known of each token, worked out once for each distinct word."""
    words, codes, row = reading.words, reading.codes, reading.rows
    negates = np.array([word in NEGATIONS or word.endswith("n't") for word in words], dtype=bool)[codes]
    listed = (CUTS, CLAUSE_NEGATIONS, {'"'})
    cuts, throughout, quotes = (np.array([word in of for word in words], dtype=bool)[codes] for of in listed)
    reaches = ((negates, REACH), (throughout, len(codes)))
    negation = np.maximum(*(_find_negation(row, cuts, negators, reach) for negators, reach in reaches))
    negated = negation >= 0
    lists = (vader_valences(), textblob_polarities(), learnt_values())
    values = np.array([[known.get(word, 0.0) for word in words] for known in lists], dtype=np.float64)[:, codes]
    values[LEXICONS.index("learnt"), ~reading.lower] = 0
    # A negation of bad words is no bad news itself: it only changes what they are worth.
    ahead = np.bincount(negation[negated], weights=values[:, negated].sum(axis=0), minlength=len(codes))
    keys = np.array([index.keys.get(key_of(word), -1) for word in words], dtype=np.int64)[codes]
    targeted = len(reading.targets) > 0
    distance = np.arange(len(codes)) - reading.targets[row] if targeted else np.zeros(len(codes), dtype=np.int64)
    return _Tokens(
        row=row,
        length=np.sqrt(np.diff(reading.bounds).astype(np.float64))[row],
        key=np.where(ahead < 0, -1, keys),
        values=values * np.where(negated, np.where(values < 0, NEGATED_BAD, NEGATED_GOOD), 1.0),
        negates=negates & (ahead >= 0),
        quotes=quotes,
        targeted=targeted,
        distance=distance,
        clause=_in_clause(cuts, distance, reading.targets[row]) if targeted else np.zeros_like(cuts),
    )


def _find_negation(row: Whole, cuts: Flags, negates: Flags, reach: int) -> Whole:
    """Return the last negation at most `reach` tokens before each token in its clause, -1 for none."""
    place = np.arange(len(row))
    clause_start = np.maximum.accumulate(np.where(cuts | (np.diff(row, prepend=-1) > 0), place, 0))
    last = np.maximum.accumulate(np.where(negates, place, -1))
    before = np.append(-1, last)[:-1]
    return np.where((before >= clause_start) & (place - before <= reach), before, -1)


def _in_clause(cuts: Flags, distance: Whole, target: Whole) -> Flags:
    """Return which tokens no edge of a clause separates from the target of their sentence."""
    # Edges so far, e.g. for "He lied , but TARGET sails": 0 0 1 2 2 2; equal numbers are one clause.
    edges = np.cumsum(cuts)
    between: Whole = np.where(distance < 0, edges[target] - edges + cuts, edges - edges[target])
    return np.equal(between, 0)


def _slots(tokens: _Tokens) -> Iterator[tuple[Flags, Floats | float]]:
    """Yield for each slot which tokens are in it, and what one is worth: less where a slot has many of them."""
    distance, equal = tokens.distance, 1 / tokens.length
    if not tokens.targeted:
        yield np.ones(len(distance), dtype=bool), equal
        return
    yield distance != 0, equal
    near, sides = np.abs(distance) <= NEAR, (distance < 0, distance > 0)
    in_clause = np.bincount(tokens.row, weights=tokens.clause)[tokens.row]
    yield from ((side, equal) for side in sides)
    yield from ((side & near, (2 * NEAR) ** -0.5) for side in sides)
    yield from ((side & tokens.clause, 1 / np.sqrt(np.maximum(in_clause, 1))) for side in sides)
    yield from ((distance == step, len(STEPS) ** -0.5) for step in (-3, -2, -1, 1, 2, 3))


def _pair_feature(tokens: _Tokens, index: FeatureIndex) -> Feature:
    """Return the pairs of neighbours that have a column."""
    key, follower = tokens.key, np.append(tokens.key[1:], -1)
    joined = (key >= 0) & (follower >= 0) & (tokens.row == np.append(tokens.row[1:], -1))
    pair = key * len(index.keys) + follower
    place = np.searchsorted(index.pairs, pair)
    known = np.append(index.pairs, -1)[place] == pair
    return index.first_pair + place, joined & known, 1 / tokens.length


def _dense_features(tokens: _Tokens) -> Iterator[tuple[str, Flags, Floats | float]]:
    """Yield the columns that are not words, by name."""
    before, after = tokens.distance < 0, tokens.distance > 0
    bins = np.searchsorted(BIN_EDGES, np.abs(tokens.distance), side="right")
    for lexicon, values in zip(LEXICONS, tokens.values, strict=True):
        for here, name in ((values > 0, "positive"), (values < 0, "negative")):
            yield f"{lexicon} {name}", here, values
            yield f"{lexicon} {name} by length", here, values / tokens.length
            yield f"{lexicon} {name} words", here, 1
        for side, here in (("before", before), ("after", after)):
            for number in range(len(BIN_EDGES) + 1):
                yield f"{lexicon} {side} {number}", here & (bins == number) & (values != 0), values
        yield f"{lexicon} clause", tokens.clause & (values != 0), values
    yield "quotation mark", tokens.quotes, 1
    yield "negation before", tokens.negates & ~after, 1
    yield "negation after", tokens.negates & after, 1
    yield "token before", before, 1
    yield "token after", after, 1
    opened = np.bincount(tokens.row, weights=tokens.quotes & before) % 2 == 1
    yield "inside quotation marks", opened[tokens.row] & (tokens.distance == 0), 1
