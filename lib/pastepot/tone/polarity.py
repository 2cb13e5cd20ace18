"""TextBlob's polarity and subjectivity, equal to TextBlob to the last bit, several times as fast.

TextBlob cuts a text with regular expressions and asks a lazily loaded dictionary about every word, several times.
Here each distinct stretch between white space is cut once, and what its words do is kept. Where an emoticon or a
sarcastic "(!)" could be put together from two stretches, TextBlob's own tokeniser cuts the whole text. Lexicon and
emoticons are read from the installed package; if they are not where they are expected, or a few probes come out
unequal, the package itself does the work.
"""

import functools
import importlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pastepot.tone.memory import Memory

PROBES = (
    "The new ferry is not a very good one, and that's really not bad!",
    "An utterly hopeless, extremely cheap harbour (!) :-) isn't never great. Mr. Quay etc. ...",
    "Rain: D and a fine old pier (1968) o_O <3 \n\n not really the worst!!! :-/ X-D",
    "Never a truly happy crew ?! (very ugly). ;) 'no' good! \"so\" nice",
)
"""Sentences of our own that touch each rule: if one scores otherwise than TextBlob, TextBlob does the work."""

SARCASM = "(!)"

NO_HITS = frozenset({"no", "not", "n't", "never", "!"})
"""Words that stand in TextBlob's assessments for what they do to others."""

USUAL = re.compile(
    r"""(["'“”‘’]?)([^\W_](?:[^\s"'“”‘’]*[^\W_])?)(?:(['’])([^\W_]+))?([.,;:!?]?)(["'“”‘’]?)""",
)
"""A word, perhaps with an ending after an apostrophe, one mark after it, and a quotation mark on either side."""

Cut = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class _Word:
    """What one word does to the assessment of the text."""

    known: bool
    polarity: float = 0.0
    subjectivity: float = 0.0
    intensity: float = 1.0
    modifies: bool = False
    is_ly: bool = False
    negates: bool = False
    ends_negation: bool = False
    ends_modifier: bool = False
    exclaims: bool = False
    mood: float | None = None  # the polarity of an emoticon, 0 for "(!)"


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The words of one stretch between white space."""

    words: tuple[_Word, ...]
    tells: bool  # it does something even where no negation and no modifier is open
    joins: bool = False  # it could be the end of an emoticon begun before it


_PLAIN = _Stretch(words=(), tells=False)
"""The commonest stretch: it only ends an open negation and an open modifier."""


@dataclass(slots=True)
class _Assessed:
    """One assessed word or run of words; later words may still change it."""

    polarity: float
    subjectivity: float
    intensity: float = 1.0
    negated: bool = False


@dataclass(slots=True)
class _Reading:
    """What has been read of a text so far."""

    found: list[_Assessed] = field(default_factory=list)
    hits: int = 0
    modifier: _Word | None = None
    negation: bool = False


@dataclass(frozen=True, slots=True)
class _Rules:
    """TextBlob's tables, in the form the fast path uses."""

    cut: Cut
    begun: tuple[str, ...]
    word: Memory[_Word]
    stretches: Memory[_Stretch]


def textblob_scores(
    texts: Sequence[str],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """Return TextBlob's polarity and subjectivity of each text, and how many of its words TextBlob knows.

    Parameters
    ----------
    texts : Sequence[str]
        Sentences.

    Returns
    -------
    polarity : numpy.ndarray of float64
        From -1 to 1; equal to ``TextBlob(text).sentiment.polarity`` bit for bit.
    subjectivity : numpy.ndarray of float64
        From 0 to 1; equal to ``TextBlob(text).sentiment.subjectivity`` bit for bit.
    hits : numpy.ndarray of int64
        Words of the text, cut and lower-cased as TextBlob does it, that stand in its lexicon, each time they occur,
        and emoticons and a sarcastic "(!)", which it assesses too. Negations and exclamation marks, which only
        change what others count, are no hits.

    Notes
    -----
    0 hits and 0.0 say that TextBlob knew no word, not that the text is neutral. TextBlob does not see a negation in
    "isn't": it cuts the word at its apostrophe. It scores function-like words too ("more" .5, "first" .25). Score
    sentences, never whole articles. Time grows linearly with the length of the text.

    References
    ----------
    Tom De Smedt and Walter Daelemans, "Pattern for Python", Journal of Machine Learning Research 13, 2012, from
    whose analyser TextBlob's is adapted.

    Examples
    --------
    >>> polarity, subjectivity, hits = textblob_scores(["A very good ferry.", "The crossing takes an hour."])
    >>> polarity.round(2).tolist(), subjectivity.round(2).tolist(), hits.tolist()
    ([0.91, 0.0], [0.78, 0.0], [2, 0])
    """
    rules = installed_rules()
    rows = [_score(text, rules) if rules else _original_score(text) for text in texts]
    table = np.array(rows, dtype=np.float64).reshape(-1, 3)
    return table[:, 0].copy(), table[:, 1].copy(), table[:, 2].astype(np.int64)


def textblob_words(text: str) -> list[tuple[list[str], float, float, str | None]]:
    """Return the words that decided TextBlob's scores of `text`.

    Parameters
    ----------
    text : str
        One sentence.

    Returns
    -------
    list of (list of str, float, float, str or None)
        TextBlob's assessments, in order: the words that count as one (a word of its lexicon with what modifies or
        negates it, an emoticon), their polarity, their subjectivity, and a label ("mood" for emoticons, "irony"
        for "(!)", "profanity"), if any. The text's scores are the plain means of the two columns.

    Examples
    --------
    >>> textblob_words("Not a bad ferry.")
    [(['not', 'bad'], 0.3499999999999999, 0.6666666666666666, None)]
    >>> textblob_words("The crossing takes an hour.")
    []
    """
    from textblob import TextBlob  # noqa: PLC0415 (loads nltk)

    return list(TextBlob(text).sentiment_assessments.assessments)


def _score(text: str, rules: _Rules) -> tuple[float, float, int]:
    """Return polarity, subjectivity and hits."""
    reading = _read(_stretches(text, rules))
    if not reading.found:
        return 0.0, 0.0, 0
    polarity = subjectivity = 0.0
    for one in reading.found:  # sum() of newer Pythons would add more exactly than TextBlob does
        polarity += one.polarity * -0.5 if one.negated else one.polarity
        subjectivity += one.subjectivity
    return polarity / len(reading.found), subjectivity / len(reading.found), reading.hits


def _stretches(text: str, rules: _Rules) -> Iterable[_Stretch]:
    """Return the stretches of `text`, cut one by one where that comes to the same as cutting the whole."""
    raw = text.split()
    stretches = list(map(rules.stretches.__getitem__, raw))
    for place, stretch in enumerate(stretches):
        if stretch.joins and place and raw[place - 1].endswith(rules.begun):
            words = tuple(map(rules.word.__getitem__, rules.cut(text)))
            return [_Stretch(words=words, tells=True)]
    return stretches


def _read(stretches: Iterable[_Stretch]) -> _Reading:
    """Return what the words add up to."""
    reading = _Reading()
    open_ended = False
    for stretch in stretches:
        if stretch is _PLAIN:
            if open_ended:
                reading.modifier, reading.negation, open_ended = None, False, False
        elif open_ended or stretch.tells:
            for word in stretch.words:
                (_meet_known if word.known else _meet_other)(word, reading)
            open_ended = reading.negation or reading.modifier is not None
    return reading


def _meet_known(word: _Word, reading: _Reading) -> None:
    """Assess a word of the lexicon, together with the modifier or negation before it."""
    reading.hits += 1
    if reading.modifier is None:
        last = _Assessed(word.polarity, word.subjectivity, word.intensity)
        reading.found.append(last)
    else:
        last = reading.found[-1]
        last.polarity = max(-1.0, min(word.polarity * last.intensity, 1.0))
        last.subjectivity = max(-1.0, min(word.subjectivity * last.intensity, 1.0))
        last.intensity = word.intensity
    if reading.negation:
        last.intensity = 1.0 / last.intensity
        last.negated = True
    reading.modifier = word if word.modifies else None
    reading.negation = word.negates


def _meet_other(word: _Word, reading: _Reading) -> None:
    """Let a word outside the lexicon open or end a negation, end a modifier, exclaim, or set a mood."""
    if word.negates:
        reading.negation = True
    elif word.ends_negation:
        reading.negation = False
    if reading.negation and reading.modifier is not None and reading.modifier.is_ly:
        reading.found[-1].negated = True
        reading.negation = False
    elif word.ends_modifier:
        reading.modifier = None
    if word.exclaims and reading.found:
        last = reading.found[-1]
        last.polarity = max(-1.0, min(last.polarity * 1.25, 1.0))
    if word.mood is not None:
        reading.found.append(_Assessed(word.mood, 1.0))
        reading.hits += 1


def _original_score(text: str) -> tuple[float, float, int]:
    """Return TextBlob's own scores, and the hits counted from its assessments."""
    from textblob import TextBlob  # noqa: PLC0415 (loads nltk)

    polarity, subjectivity = TextBlob(text).sentiment
    hits = sum(word not in NO_HITS for words, *_ in textblob_words(text) for word in words)
    return float(polarity), float(subjectivity), hits


@functools.cache
def installed_rules() -> _Rules | None:
    """Return TextBlob's tables, or None if they are not as expected and TextBlob itself must do the work.

    Examples
    --------
    >>> installed_rules() is None
    False
    """
    try:
        rules = _read_rules()
        equal = all(_score(probe, rules)[:2] == _original_score(probe)[:2] for probe in PROBES)
    except (AttributeError, ImportError, LookupError, TypeError, ValueError):
        return None
    return rules if equal else None


def _read_rules() -> _Rules:
    """Return the tables of the installed package."""
    source = importlib.import_module("textblob._text")
    sentiment = importlib.import_module("textblob.en").sentiment
    whole = [*(face for faces in source.EMOTICONS.values() for face in faces), SARCASM]
    word = Memory(_word_reader(sentiment, source))

    def cut(text: str) -> list[str]:
        return " ".join(sentiment.tokenizer(text)).split()

    return _Rules(
        cut=cut,
        begun=tuple(sorted({face[:size] for face in whole for size in range(1, len(face))} | {source.EOS})),
        word=word,
        stretches=Memory(_stretch_reader(cut, word, whole, source)),
    )


def _word_reader(lexicon: Any, source: ModuleType) -> Callable[[str], _Word]:  # noqa: ANN401 (it has no types)
    """Return the function from a word to what it does."""
    moods = {face.lower(): value for (_, value), faces in reversed(source.EMOTICONS.items()) for face in faces}
    moods = {face: value for face, value in moods.items() if len(face) <= 5 and face not in source.PUNCTUATION}
    moods[SARCASM] = 0.0

    def word(token: str) -> _Word:
        lower = token.lower()
        entry = lexicon.get(lower, {})
        if None in entry:
            polarity, subjectivity, intensity = entry[None]
            return _Word(
                known=True,
                polarity=polarity,
                subjectivity=subjectivity,
                intensity=intensity,
                modifies=any(tag in entry for tag in lexicon.modifiers),
                is_ly=lexicon.modifier(lower),
                negates=lower in lexicon.negations,
            )
        return _Word(
            known=False,
            negates=lower in lexicon.negations,
            ends_negation=len(lower.strip("'")) > 1,
            ends_modifier=len(lower) > 2,
            exclaims=lower == "!",
            mood=None if lower.isalpha() else moods.get(lower),
        )

    return word


def _stretch_reader(cut: Cut, word: Memory[_Word], whole: list[str], source: ModuleType) -> Callable[[str], _Stretch]:
    """Return the function from a stretch to what its words do."""
    inner = {face[start:end] for face in whole for start in range(1, len(face)) for end in range(start + 1, len(face))}
    rest = sorted({" ?".join(map(re.escape, face[start:])) for face in whole for start in range(1, len(face))})
    joining = re.compile(rf"(?:{'|'.join(rest)})(?:\s|$)")
    abbreviated = _abbreviation_finder(source)

    def stretch(raw: str) -> _Stretch:
        tokens = _plainly_cut(raw, abbreviated)
        if tokens is None or raw == source.EOS or source.RE_EMOTICONS.search(" ".join(tokens)):
            tokens = cut(raw)
        spaced = " ".join(tokens)
        joins = "".join(tokens) in inner or bool(joining.match(spaced) or source.RE_EMOTICONS.search(spaced))
        words = tuple(map(word.__getitem__, tokens))
        tells = any(one.known or one.negates or one.exclaims or one.mood is not None for one in words)
        ends = words[:1] and words[0].ends_negation and words[0].ends_modifier
        return _PLAIN if ends and not (joins or tells) else _Stretch(words, tells, joins)

    return stretch


def _abbreviation_finder(source: ModuleType) -> Callable[[str], bool]:
    """Return the test whether TextBlob leaves the full stop at the end of a word."""
    shapes = (source.RE_ABBR1, source.RE_ABBR2, source.RE_ABBR3)
    return lambda word: word in source.ABBREVIATIONS or any(shape.match(word) for shape in shapes)


def _plainly_cut(raw: str, abbreviated: Callable[[str], bool]) -> list[str] | None:
    """Return the tokens of a stretch that is one word with the usual marks, None for any other."""
    match = USUAL.fullmatch(raw)
    if match is None:
        return None
    before, word, apostrophe, ending, mark, after = match.groups("")
    if apostrophe == "'" and word.endswith("n") and ending.startswith("t"):
        return None
    tokens = [before, word, apostrophe, ending, mark, after]
    if mark == "." and abbreviated((ending or word) + mark):
        tokens[3 if ending else 1] += mark
        tokens[4] = ""
    return [token for token in tokens if token]
