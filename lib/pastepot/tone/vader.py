"""VADER's compound score, equal to vaderSentiment to the last bit, several times as fast.

vaderSentiment looks at every word of a text and, at each word of its lexicon, lower-cases the whole text again. Here
what a word is to the rules is looked up once per distinct word, and only the lexicon's words are visited. Lexicon,
word lists and constants are read from the installed package; if they are not where they are expected, or a few
probes come out unequal, the package itself does the work.
"""

import functools
import heapq
import importlib
import re
import string
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pastepot.tone.memory import Memory

BEYOND = "\U00010000"
"""The first character beyond the basic plane; one range of them all is quicker searched than a thousand marks."""

PROBES = (
    "The new ferry is good, quiet and very safe!",
    "Not a GOOD day; the harbour was never so calm, though it isn't pretty???",
    "No help came, but no harm was done, and without doubt they liked it",
    "The least happy crew is kind of nice, sort of great, just enough fun! ! !",
    "It was the bomb, to die for, yeah right, a kiss of death at the bus stop ??",
    "REALLY bad luck 😀 and hardly any joy :) !!!!! ?????",
)
"""Sentences of our own that touch each rule: if one scores otherwise than the package, the package does the work."""


@dataclass(frozen=True, slots=True)
class _Word:
    """What one word is to the rules; words that are nothing to them share one object."""

    lower: str = ""
    known: bool = False  # in the lexicon
    counts: bool = False  # in the lexicon, and not passed over as an intensifier
    value: float = 0.0  # its valence there
    scalar: float = 0.0
    upper: bool = False
    negates: bool = False
    phrase: bool = False  # the longest word of a fixed phrase


_PLAIN = _Word()
_EDGE = _Word(known=True)  # before the first word: like a lexicon word it changes nothing


@dataclass(frozen=True, slots=True)
class _Rules:
    """The installed package's tables, in the form the fast path uses."""

    normalise: Callable[[float], float]
    negation: float
    capitals: float
    emojis: dict[str, str]
    emoji: re.Pattern[str]  # a single-character emoji, or any other character beyond the basic plane
    special: dict[tuple[str, ...], float]
    degree: dict[tuple[str, ...], float]
    words: Memory[_Word]


def vader_scores(texts: Sequence[str]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return VADER's compound score of each text, and how many of its words VADER's lexicon knows.

    Parameters
    ----------
    texts : Sequence[str]
        Sentences. Straighten quotes first (`pastepot.tone.normalise.straight_quotes`): VADER knows no others.

    Returns
    -------
    compound : numpy.ndarray of float64
        From -1 to 1; equal to ``SentimentIntensityAnalyzer().polarity_scores(text)["compound"]`` bit for bit.
    hits : numpy.ndarray of int64
        Words of the text, cut at white space, lower-cased and stripped as VADER does it (emoji spelled out), that
        have a valence in its lexicon. A repeated word counts each time. Intensifiers ("very") and the "kind" of
        "kind of" do not count, since VADER passes them over; a word whose valence another rule sets to 0 does.

    Notes
    -----
    0 hits and 0.0 say that VADER knew no word, not that the text is neutral. The score measures the valence of words,
    so news of an accident is negative however sober its wording. It saturates with length: score sentences, never
    whole articles. Time grows linearly with the length of the text.

    References
    ----------
    C. J. Hutto and Eric Gilbert, "VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media
    Text", Eighth International Conference on Weblogs and Social Media (ICWSM-14), 2014.

    Examples
    --------
    >>> compound, hits = vader_scores(["The crossing was not good.", "The crossing takes an hour."])
    >>> compound.tolist(), hits.tolist()
    ([-0.3412, 0.0], [1, 0])
    """
    rules = installed_rules()
    rows = [_score(text, rules) if rules else _original_score(text) for text in texts]
    compound = np.array([row[0] for row in rows], dtype=np.float64)
    return compound, np.array([row[1] for row in rows], dtype=np.int64)


def vader_words(text: str) -> list[tuple[str, float]]:
    """Return the words that decided VADER's score of `text`, each with the valence it had in the end.

    Parameters
    ----------
    text : str
        One sentence.

    Returns
    -------
    list of (str, float)
        Each word VADER's lexicon knows, in order, as VADER saw it (without the punctuation around it), and its
        valence after intensifiers, capitals, negation, fixed phrases and "but". As many as the hits of
        `vader_scores`. Their sum, raised by exclamation and question marks, is what the compound squeezes
        into -1 to 1.

    Examples
    --------
    >>> [(word, round(value, 3)) for word, value in vader_words("A very good ferry, but not a safe one.")]
    [('good', 1.097), ('safe', -2.109)]
    >>> vader_words("The crossing takes an hour.")
    []
    """
    rules = installed_rules()
    if rules is None:
        return _original_words(text)
    tokens = _spelled_out(text, rules).split()
    places, values = _valences(tokens, list(map(rules.words.__getitem__, tokens)), rules)
    return [(_stripped(tokens[place]), float(value)) for place, value in zip(places, values, strict=True)]


def _score(text: str, rules: _Rules) -> tuple[float, int]:
    """Return the compound and the number of hits."""
    text = _spelled_out(text, rules)
    tokens = text.split()
    _, values = _valences(tokens, list(map(rules.words.__getitem__, tokens)), rules)
    total = float(sum(values))
    if total > 0:
        total += _emphasis(text)
    elif total < 0:
        total -= _emphasis(text)
    return round(rules.normalise(total), 4), len(values)


def _emphasis(text: str) -> float:
    """Return what exclamation and question marks add to the size of the sum."""
    asked = text.count("?")
    return min(text.count("!"), 4) * 0.292 + (0 if asked < 2 else asked * 0.18 if asked <= 3 else 0.96)


def _spelled_out(text: str, rules: _Rules) -> str:
    """Return `text` with each emoji as its description, set off from what stands before it, as in the package."""
    if text.isascii() or not rules.emoji.search(text):
        return text

    def described(match: re.Match[str]) -> str:
        mark = match.group()
        return " " + rules.emojis[mark] if mark in rules.emojis else mark

    return rules.emoji.sub(described, text)


def _valences(tokens: list[str], words: list[_Word], rules: _Rules) -> tuple[list[int], list[float]]:
    """Return the places of the lexicon's words and the valence of each, "but" included."""
    telling = [place for place, word in enumerate(words) if word is not _PLAIN]
    places = [place for place in telling if words[place].counts and not _kind_of(place, tokens, words)]
    if not places:
        return [], []
    shouts = any([words[place].upper for place in telling])  # noqa: C419 (a list is quicker here)
    loud = shouts and 0 < sum(map(str.isupper, tokens)) < len(tokens)  # some of all words, but not all
    values = [_valence(place, tokens, words, rules, loud=loud) for place in places]
    but = next((place for place in telling if words[place].lower == "but"), None)
    return places, values if but is None else after_but(places, values, but)


def _kind_of(place: int, tokens: list[str], words: list[_Word]) -> bool:
    """Tell the "kind" of "kind of", which is passed over."""
    return words[place].lower == "kind" and list(map(_stripped_lower, tokens[place + 1 : place + 2])) == ["of"]


def _valence(place: int, tokens: list[str], words: list[_Word], rules: _Rules, *, loud: bool) -> float:
    """Return the valence of the lexicon word at `place` after the rules for the three words before it."""
    word = words[place]
    one = words[place - 1] if place > 0 else _EDGE
    two = words[place - 2] if place > 1 else _EDGE
    three = words[place - 3] if place > 2 else _EDGE
    refused = one.lower == "no" or two.lower == "no" or (three.lower == "no" and one.lower in ("or", "nor"))
    value = word.value * rules.negation if refused else _at_first(place, words)
    if loud and word.upper:
        value = value + rules.capitals if value > 0 else value - rules.capitals
    if one is not _PLAIN and not one.known:
        value += _degree(one, value, rules, loud=loud)
        if one.negates:
            value *= rules.negation
    if two is not _PLAIN and not two.known:
        value += _degree(two, value, rules, loud=loud) * 0.95
        value = _negated_two_back(value, one, two, rules)
    if not three.known:
        if three.scalar:
            value += _degree(three, value, rules, loud=loud) * 0.9
        value = _negated_three_back(value, one, two, three, rules)
        if any([near.phrase for near in words[place - 3 : place + 3]]):  # noqa: C419 (a list is quicker here)
            value = _phrased(value, place, tokens, rules)
    if one.lower == "least" and not one.known and two.lower not in ("at", "very"):
        value *= rules.negation
    return value


def _at_first(place: int, words: list[_Word]) -> float:
    """Return the lexicon's valence of the word at `place`, 0 for a "no" that refuses the lexicon word after it."""
    if words[place].lower == "no" and place + 1 < len(words) and words[place + 1].known:
        return 0.0
    return words[place].value


def _degree(word: _Word, value: float, rules: _Rules, *, loud: bool) -> float:
    """Return what an intensifier or dampener adds to `value`, 0 for any other word."""
    if not word.scalar:
        return 0.0
    scalar = word.scalar * -1 if value < 0 else word.scalar
    if loud and word.upper:
        return scalar + rules.capitals if value > 0 else scalar - rules.capitals
    return scalar


def _negated_two_back(value: float, one: _Word, two: _Word, rules: _Rules) -> float:
    """Return `value` after a negation two words back; "never so" strengthens, "without doubt" does nothing."""
    if two.lower == "never" and one.lower in ("so", "this"):
        return value * 1.25
    if two.lower == "without" and one.lower == "doubt":
        return value
    return value * rules.negation if two.negates else value


def _negated_three_back(value: float, one: _Word, two: _Word, three: _Word, rules: _Rules) -> float:
    """Return `value` after a negation three words back; any so/this just before strengthens, as in the package."""
    if (three.lower == "never" and two.lower in ("so", "this")) or one.lower in ("so", "this"):
        return value * 1.25
    if three.lower == "without" and "doubt" in (two.lower, one.lower):
        return value
    return value * rules.negation if three.negates else value


def _phrased(value: float, place: int, tokens: list[str], rules: _Rules) -> float:
    """Return the valence of a fixed phrase around `place`, if there is one, and what "kind of" and the like add."""
    near = tuple(map(_stripped_lower, tokens[place - 3 : place + 3]))
    backward = (near[2:4], near[1:4], near[1:3], near[0:3], near[0:2])
    value = next((rules.special[phrase] for phrase in backward if phrase in rules.special), value)
    value = rules.special.get(near[3:5], value)
    value = rules.special.get(near[3:6], value)
    for phrase in (near[0:3], near[0:2], near[1:3]):
        if phrase in rules.degree:  # adding 0.0 would turn a whole number into a float, which sum() adds otherwise
            value += rules.degree[phrase]
    return value


def after_but(places: list[int], values: list[float], but: int) -> list[float]:
    """Return `values` halved before and raised after the word at `but`.

    `places` are the words' places, ascending. The package looks each value up by its first occurrence, so a value
    that stands twice changes where it first stands, perhaps twice and on the wrong side. A heap of places for each
    value does the same without walking the list again for each word.

    Examples
    --------
    >>> after_but([0, 2, 5], [2.0, 0.0, 2.0], 3)
    [1.0, 0.0, 3.0]
    >>> after_but([0, 1, 4], [2.0, 1.0, 1.0], 3)
    [0.5, 0.5, 1.0]
    """
    changed = list(values)
    standing: dict[float, list[int]] = {}
    for order, value in enumerate(values):
        standing.setdefault(value, []).append(order)
    for value in values:
        orders = standing[value]
        while changed[orders[0]] != value:
            heapq.heappop(orders)
        first = orders[0]
        if value and places[first] != but:
            changed[first] = value * 0.5 if places[first] < but else value * 1.5
            heapq.heappush(standing.setdefault(changed[first], []), first)
    return changed


def _stripped_lower(token: str) -> str:
    """Return `token` as the rules compare it."""
    return _stripped(token).lower()


def _stripped(token: str) -> str:
    """Return `token` without the punctuation around it, or as it is if at most two characters would be left."""
    bare = token.strip(string.punctuation)
    return token if len(bare) <= 2 else bare


@functools.cache
def _original() -> Any:  # noqa: ANN401 (the package has no types)
    """Return the package's own analyser, built once."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # noqa: PLC0415 (only who scores pays)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return SentimentIntensityAnalyzer()


def _original_score(text: str) -> tuple[float, int]:
    """Return the package's compound, and the hits as far as its lexicon can be read."""
    return float(_original().polarity_scores(text)["compound"]), len(_original_words(text))


def _original_words(text: str) -> list[tuple[str, float]]:
    """Return the lexicon's words with their plain valence, for a package whose rules are unknown here."""
    lexicon = getattr(_original(), "lexicon", {})
    words = map(_stripped, text.split())
    return [(word, float(lexicon[word.lower()])) for word in words if word.lower() in lexicon]


@functools.cache
def installed_rules() -> _Rules | None:
    """Return vaderSentiment's tables, or None if they are not as expected and vaderSentiment itself must do the work.

    Examples
    --------
    >>> installed_rules() is None
    False
    """
    try:
        rules = _read_rules()
        equal = all(_score(probe, rules)[0] == _original_score(probe)[0] for probe in PROBES)
    except (AttributeError, ImportError, LookupError, TypeError, ValueError):
        return None
    return rules if equal else None


def _read_rules() -> _Rules:
    """Return the tables of the installed package."""
    source, analyser = importlib.import_module("vaderSentiment.vaderSentiment"), _original()
    emojis = {mark: described for mark, described in analyser.emojis.items() if len(mark) == 1}
    if any(map(str.isascii, emojis)):
        raise LookupError("text of ASCII characters is taken to hold no emoji")
    special, degree = _phrases(source.SPECIAL_CASES), _phrases(source.BOOSTER_DICT)
    return _Rules(
        normalise=source.normalize,
        negation=source.N_SCALAR,
        capitals=source.C_INCR,
        emojis=emojis,
        emoji=re.compile("[" + "".join(mark for mark in sorted(emojis) if mark < BEYOND) + BEYOND + "-\U0010ffff]"),
        special=special,
        degree=degree,
        words=Memory(_word_finder(source, analyser.lexicon, [*special, *degree])),
    )


def _phrases(table: dict[str, float]) -> dict[tuple[str, ...], float]:
    """Return the entries of several words, cut into words; the package compares no single word with them."""
    return {tuple(entry.split(" ")): value for entry, value in table.items() if " " in entry}


def _word_finder(
    source: ModuleType, lexicon: dict[str, float], phrases: list[tuple[str, ...]]
) -> Callable[[str], _Word]:
    """Return the function from a token to what it is to the rules."""
    negating = frozenset(source.NEGATE)
    longest = frozenset(max(phrase, key=len) for phrase in phrases)
    named = frozenset({"so", "this", "doubt", "least", "at", "very", "or", "nor", "but", "no", "never", "without"})

    def word(token: str) -> _Word:
        lower = _stripped_lower(token)
        known, scalar = lower in lexicon, source.BOOSTER_DICT.get(lower)
        negates = lower in negating or "n't" in lower
        if not (known or negates or scalar or lower in longest or lower in named):
            return _PLAIN
        return _Word(
            lower=lower,
            known=known,
            counts=known and scalar is None,
            value=lexicon.get(lower, 0.0),
            scalar=scalar or 0.0,
            upper=token.isupper(),
            negates=negates,
            phrase=lower in longest,
        )

    return word
