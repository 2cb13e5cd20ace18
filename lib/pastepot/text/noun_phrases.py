"""Noun phrases around an English verb, read off the words without a tagger: closed word lists and capitals."""

import itertools
import re
from typing import Final

from pastepot import files
from pastepot.corpus.repairs import uncurl_quotes

# Coarser than the words of words.py: a mark is a token too, and "Mr.", "$5" and "harbour-master" are one each.
WORD_OR_MARK: Final = re.compile(r"[\w'’&$/-]+(?:\.\w+)*\.?|\S")
NAME_WORDS: Final = 8
TITLE_WORDS: Final = 4

_LISTS: Final = {name: frozenset(words.split()) for name, words in files.data("text/speech.toml").items()}
PRONOUNS, RELATIVE, DETERMINERS, LONE, BE, ADVERBS, BINDING, DASHES = (
    _LISTS[name] for name in ("pronouns", "relative", "determiners", "lone", "be", "adverbs", "binding", "dashes")
)
AUXILIARIES: Final = BE | _LISTS["auxiliaries"]
ASIDES: Final = AUXILIARIES | ADVERBS | _LISTS["times"]
STOPS: Final = _LISTS["stops"] | AUXILIARIES | RELATIVE

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
        last = _skip_parenthesis(tokens, _find_before(tokens, last, DASHES | {","}))
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
    if not _may_belong(tokens[first]) or not (fold_token(tokens[first]) in DETERMINERS or _has_name(tokens, first)):
        return None
    last = first
    for number in range(first + 1, min(len(tokens), first + NAME_WORDS)):
        if not _may_belong(tokens[number]) or is_aside(tokens[number]):
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
        if first < len(tokens) and not (is_aside(tokens[first]) or fold_token(tokens[first]).endswith("while")):
            phrase = find_phrase_from(tokens, first)
            if phrase:
                return first, _find_subject_end(tokens, *phrase)
    return None


def fold_token(token: re.Match[str]) -> str:
    """Return a token as the word lists spell it."""
    return uncurl_quotes(token[0]).lower()


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


def _is_pronoun(token: re.Match[str]) -> bool:
    """Return whether a token is a pronoun, its verb glued on or not."""
    return fold_token(token).partition("'")[0] in PRONOUNS


def _may_belong(token: re.Match[str]) -> bool:
    """Return whether a token may be part of a noun phrase."""
    word = fold_token(token)
    return word[0].isalnum() and word not in STOPS and word not in _LISTS["times"]


def _has_name(tokens: Tokens, first: int) -> bool:
    """Return whether the first words of a phrase contain a capital, as in "union leader Tom Cole"."""
    start = itertools.takewhile(_may_belong, tokens[first : first + TITLE_WORDS])
    return any(token[0][0].isupper() for token in start)


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
    """Return the noun phrase that ends in token `last`."""
    if _is_pronoun(tokens[last]) or fold_token(tokens[last]) in LONE:
        return last, last
    if not _may_belong(tokens[last]) or fold_token(tokens[last]) in DETERMINERS:
        return None
    first = last
    for number in range(last - 1, max(-1, last - NAME_WORDS), -1):
        word = fold_token(tokens[number])
        if word in DETERMINERS:
            first = number
            if number and fold_token(tokens[number - 1]) == "of":
                continue
            return first, last
        if not word[0].isalnum() or word in STOPS or _is_pronoun(tokens[number]):
            break
        if word not in BINDING:
            first = number
    named = any(token[0][0].isupper() for token in tokens[first : last + 1])
    plural = last - first < 3 and tokens[last][0].endswith("s")
    return (first, last) if named or plural else None
