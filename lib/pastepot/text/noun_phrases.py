"""Noun phrases around an English verb, read off the words without a tagger: closed word lists and capitals."""

import functools
import itertools
import re
from collections.abc import Sequence
from typing import Final

from pastepot import files
from pastepot.corpus.repairs import uncurl_quotes
from pastepot.text.sentences import is_abbreviation

# Coarser than the words of words.py: a mark is a token too, and "Mr.", "$5" and "harbour-master" are one each.
WORD_OR_MARK: Final = re.compile(r"@?[\w'’&$/-]+(?:\.\w+)*\.?|\S")
NAME_WORDS: Final = 8
TITLE_WORDS: Final = 4
KEPT: Final = 1 << 16

_LISTS: Final = {name: frozenset(words.split()) for name, words in files.data("text/speech.toml").items()}
PRONOUNS, RELATIVE, DETERMINERS, LONE, BE, ADVERBS, BINDING, DASHES = (
    _LISTS[name] for name in ("pronouns", "relative", "determiners", "lone", "be", "adverbs", "binding", "dashes")
)
AUXILIARIES: Final = BE | _LISTS["auxiliaries"]
ASIDES: Final = AUXILIARIES | ADVERBS | _LISTS["times"]
PASTS: Final = _LISTS["pasts"]
STOPS: Final = _LISTS["stops"] | AUXILIARIES | RELATIVE | PASTS
NEGATIONS: Final = _LISTS["negations"]
NO_ASIDES: Final = AUXILIARIES | {"in", "on"}
UNBOUND: Final = STOPS | _LISTS["times"]

# Tokens are matches of `WORD_OR_MARK`, so that each has its offsets; a phrase is its first and last token.
Tokens = list[re.Match[str]]
Phrase = tuple[int, int]


def split_tokens(text: str, start: int, end: int) -> Tokens:
    """Return the words and marks of a stretch of text.

    >>> [token[0] for token in split_tokens("Ms. Marn, 61, said", 0, 18)]
    ['Ms.', 'Marn', ',', '61', ',', 'said']
    """
    return list(WORD_OR_MARK.finditer(text, start, end))


def find_phrase_before(tokens: Tokens) -> Phrase | None:
    """Return the noun phrase that governs a verb right after `tokens`.

    Asides, times, a parenthesis and an apposition may come between the two.

    >>> tokens = split_tokens("Odile Marn, who runs the ferry, also", 0, 36)
    >>> find_phrase_before(tokens)
    (0, 1)
    >>> find_phrase_before(split_tokens("It was cold and", 0, 15)) is None
    True
    """
    last = _skip_parenthesis(tokens, _skip_asides(tokens))
    if last >= 0 and (tokens[last][0] == "," or tokens[last][0] in DASHES):
        closing, last = last, _skip_parenthesis(tokens, _find_before(tokens, last, DASHES | {","}))
        opening = _find_before(tokens, last + 1, {","})
        named = _find_phrase_ending(tokens, opening) if opening > 0 and tokens[last][0][0].islower() else None
        if named and is_bare_name(tokens[named[0] : opening + 1]) and not named[0]:
            return named  # Ann Lee, the editor of the town's paper, the Herald, said
        if is_bare_name(tokens[last + 2 : closing]) and last >= 0 and tokens[last][0][0].islower():
            return last + 2, closing - 1  # the chairman, Ann Lee, said
        if last > 1 and tokens[last][0].isdigit() and tokens[last - 1][0] == ",":
            last -= 2  # Ann Lee, 58, who sails, said
    elif last >= 0 and fold_token(tokens[last]) in RELATIVE:
        last -= 2 if last and tokens[last - 1][0] == "," else 1
    return _find_phrase_ending(tokens, last) if last >= 0 else None


def find_phrase_from(tokens: Tokens, first: int) -> Phrase | None:
    """Return the noun phrase that starts with token `first`.

    >>> find_phrase_from(split_tokens("the head of the union in Marlow", 0, 31), 0)
    (0, 4)
    >>> find_phrase_from(split_tokens("when the union met", 0, 18), 0) is None
    True
    """
    if first >= len(tokens):
        return None
    if _is_pronoun(tokens[first]):
        return first, first
    if not may_belong(tokens[first]) or not (fold_token(tokens[first]) in DETERMINERS or _has_name(tokens, first)):
        return None
    last, reach = first, first + NAME_WORDS
    for number in range(first + 1, min(len(tokens), reach + NAME_WORDS)):
        joins = fold_token(tokens[number]) == "and" and tokens[last][0][0].islower() and _has_name(tokens, number + 1)
        if joins and last + 1 == number:
            reach += NAME_WORDS  # deputy treasurer and current spokesman Ann Lee
            continue
        ends = number >= reach or is_aside(tokens[number]) or _is_pronoun(tokens[number])
        if ends or not may_belong(tokens[number]):
            break
        if fold_token(tokens[number]) not in BINDING:
            last = number
    return first, last


def find_subject(tokens: Tokens) -> Phrase | None:
    """Return the noun phrase that opens a sentence or, after a leading adverbial, its next part.

    >>> find_subject(split_tokens("After the vote, Odile Marn left, saying", 0, 39))
    (4, 5)
    """
    starts = [0, *(number + 1 for number, token in enumerate(tokens) if token[0] == ",")]
    for first in starts:
        if first < len(tokens) and not (
            is_aside(tokens[first]) or fold_token(tokens[first]).endswith(("while", "ing"))
        ):
            phrase = find_phrase_from(tokens, first)
            if phrase:
                return first, _find_subject_end(tokens, *phrase)
    return None


class Sentence:
    """The tokens of one sentence, their folded words, which of them are quoted, and its last word."""

    def __init__(self, text: str, start: int, end: int, quoted: Sequence[tuple[int, int]]) -> None:
        self.tokens: Tokens = split_tokens(text, start, end)
        self.words = WORD_OR_MARK.findall(uncurl_quotes(text[start:end]).lower())
        if len(self.words) != len(self.tokens):  # a letter whose small form is two
            self.words = [fold_word(token[0]) for token in self.tokens]
        here = [span for span in quoted if span[0] < end and span[1] > start]
        self.quoted = [any(first <= token.start() < last for first, last in here) for token in self.tokens if here]
        self.quoted = self.quoted or [False] * len(self.tokens)
        self.end = len(self.words)
        while self.end and not is_word(self.words[self.end - 1]):
            self.end -= 1
        if self.end and not is_abbreviation(self.words[self.end - 1].rstrip(".")):
            self.words[self.end - 1] = self.words[self.end - 1].rstrip(".")

    def word(self, number: int) -> str:
        """Return a word, empty outside the sentence."""
        return self.words[number] if 0 <= number < len(self.words) else ""

    def skip_asides(self, number: int, step: int) -> int:
        """Return the next token in a direction, from `number` on, that is no adverb, time or negation."""
        while 0 <= number < len(self.words) and self.is_aside(number):
            number += step
        return number

    def is_aside(self, number: int) -> bool:
        """Return whether a token may stand between a verb and its subject or object, an auxiliary apart."""
        word = self.words[number]
        subject = word == "this" and self.word(number + 1) in AUXILIARIES
        day = word == "on" and self.word(number + 1).endswith("day")
        known = day or (word not in NO_ASIDES and not subject and is_aside(self.tokens[number]))
        return known or word in NEGATIONS


def is_word(word: str) -> bool:
    """Return whether a token is a word or figure, no mark.

    >>> is_word("pier"), is_word("$5"), is_word(",")
    (True, True, False)
    """
    return word[:1].isalnum() or word[:1] == "$"


def fold_token(token: re.Match[str]) -> str:
    """Return a token as the word lists spell it."""
    return fold_word(token[0])


@functools.lru_cache(maxsize=KEPT)
def fold_word(word: str) -> str:
    """Return a word in lower case with straight apostrophes; words recur, so the last ones asked for are kept."""
    return uncurl_quotes(word).lower()


def is_name(tokens: Tokens, phrase: Phrase) -> bool:
    """Return whether a phrase ends in a capitalised word or is a pronoun."""
    return tokens[phrase[1]][0][0].isupper() or _is_pronoun(tokens[phrase[1]])


def is_aside(token: re.Match[str]) -> bool:
    """Return whether a token may come between a subject and its verb."""
    word = fold_token(token)
    return word in ASIDES or (len(word) > 3 and word.endswith("ly") and token[0].islower())


def has_only_asides(tokens: Tokens) -> bool:
    """Return whether only asides, an apposition or a place come between a subject and its verb."""
    last = _skip_asides(tokens)
    if last < 0 or fold_token(tokens[0]) in _LISTS["places"]:
        return True
    opening, closing = tokens[0][0], tokens[last][0]
    opens = opening in DASHES | {"(", ","} or fold_token(tokens[0]) in STOPS
    return opens and closing in DASHES | {")", ","}


def _find_subject_end(tokens: Tokens, first: int, last: int) -> int:
    """Return the last token of a subject whose verb is unknown: a name ends in a capital, others before -ed."""
    if tokens[first][0][0].isupper() and fold_token(tokens[first]) not in DETERMINERS:
        return max(number for number in range(first, last + 1) if tokens[number][0][0].isupper())
    verbs = (number for number in range(first + 2, last + 1) if fold_token(tokens[number]).endswith("ed"))
    return next(verbs, last + 1) - 1


def is_bare_name(tokens: Tokens) -> bool:
    """Return whether tokens are a name and nothing else: Ann Lee."""
    return 0 < len(tokens) <= TITLE_WORDS and all(
        token[0][0].isupper() or fold_token(token) in BINDING for token in tokens
    )


def _is_pronoun(token: re.Match[str]) -> bool:
    """Return whether a token is a pronoun, its verb glued on or not."""
    return fold_token(token).partition("'")[0] in PRONOUNS


def may_belong(token: re.Match[str]) -> bool:
    """Return whether a token may be part of a noun phrase."""
    word = fold_token(token)
    named = token[0] in {"Will", "May"}
    return (word[0].isalnum() or word[0] == "@") and (named or word not in UNBOUND)


def _has_name(tokens: Tokens, first: int) -> bool:
    """Return whether the first words of a phrase contain a capital, as in "union leader and trustee Tom Cole"."""
    words = tokens[first : first + NAME_WORDS + 1]
    joined = [token for token in words if fold_token(token) != "and"]
    start = list(itertools.takewhile(may_belong, joined))[: TITLE_WORDS * (1 + len(words) - len(joined))]
    return any(token[0][0].isupper() or token[0][0] == "@" for token in start)


def _skip_asides(tokens: Tokens) -> int:
    """Return the last token that is no aside, -1 for none."""
    return next((number for number in range(len(tokens) - 1, -1, -1) if not is_aside(tokens[number])), -1)


def _skip_parenthesis(tokens: Tokens, last: int) -> int:
    """Return the token before a parenthesis that ends in token `last`, else `last`."""
    return _find_before(tokens, last, {"("}) if last >= 0 and tokens[last][0] == ")" else last


def _find_before(tokens: Tokens, last: int, marks: frozenset[str] | set[str]) -> int:
    """Return the token before the nearest of `marks` to the left of token `last`; -1 without."""
    return next((number - 1 for number in range(last - 1, -1, -1) if tokens[number][0] in marks), -1)


def _find_phrase_ending(tokens: Tokens, last: int) -> Phrase | None:
    """Return the noun phrase that ends in token `last`, with who is close to it or familiar with it."""
    phrase = _find_core_ending(tokens, last)
    if phrase is None or phrase[0] < 3 or fold_token(tokens[phrase[0] - 2]) not in _LISTS["close"]:
        return phrase
    known = _find_core_ending(tokens, phrase[0] - 3)
    return (known[0], last) if known else phrase


def _find_core_ending(tokens: Tokens, last: int) -> Phrase | None:
    """Return the noun phrase that ends in token `last` by determiners, names or a plural."""
    if _is_pronoun(tokens[last]) or fold_token(tokens[last]) in LONE:
        return last, last
    if not may_belong(tokens[last]) or fold_token(tokens[last]) in DETERMINERS:
        return None
    first = last
    for number in range(last - 1, max(-1, last - NAME_WORDS), -1):
        word = fold_token(tokens[number])
        if word in DETERMINERS:
            first = number
            if number and (fold_token(tokens[number - 1]) == "of" or fold_token(tokens[number - 1]).endswith("'s")):
                continue
            return first, last
        if not word[0].isalnum() or word in STOPS or _is_pronoun(tokens[number]):
            break
        if word not in BINDING:
            first = number
    named = any(token[0][0].isupper() or token[0][0] in "@0123456789" for token in tokens[first : last + 1])
    plural = last - first < 3 and tokens[last][0].endswith("s")
    return (first, last) if named or plural else None
