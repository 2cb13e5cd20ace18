"""Statements in indirect speech: who is said to have said, claimed or asked what, by word order and a list of cues.

A sentence is read as tokens, and each cue in it, unless it is quoted or a noun, asks three things:

    The mayor , who resigned , said on Friday that the pier was safe .
    source ‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾ cue            content ‾‾‾‾‾‾‾‾‾‾‾‾
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from pastepot import files
from pastepot.text import noun_phrases as phrases
from pastepot.text.cues import CUES, NOUNS, Cue
from pastepot.text.noun_phrases import Phrase, Sentence
from pastepot.text.sentences import is_abbreviation

Span = tuple[int, int]
(CONJUNCTIONS, QUESTION_WORDS, CLAUSE_PRONOUNS, PREPOSITIONS, HEADINGS, HEARSAY, SOFTENERS, LISTENERS) = (
    frozenset(words.split()) for words in files.data("text/cues.toml")["words"].values()
)
HEDGES: Final = HEARSAY | SOFTENERS
NO_NOUNS: Final = phrases.STOPS | PREPOSITIONS
SOURCE_PHRASES: Final = {"according": "to", "words": "of"}
"""The last two words of *according to* and *in the words of*."""
CANDIDATES: Final = frozenset([*CUES, *HEARSAY, *SOURCE_PHRASES])
GAPS: Final = frozenset(["which", "what", "that", "who"])
FEWEST_WORDS: Final = 3
"""What stands before a cue is a clause, not an adverbial, from so many words on."""
LONGEST_ASIDE: Final = 12
"""Tokens between a verb and its *that*: said in a letter to the board that ..."""
LONGEST_NAME: Final = 5
"""Tokens up to the colon of *Ada Quay: The pier is safe*."""


class Statement(NamedTuple):
    """One statement in indirect speech; offsets are those of the text, the end exclusive.

    Attributes
    ----------
    start, end
        What is said.
    source
        The words that name who says it, next to the cue, so that *she* stays *she*; None where nobody is named.
    cue_start, cue_end, verb, cue_class
        The word that ties the two, its base form, and what it implies (see `pastepot.text.cues.IMPLIES`).
    negated, hedged
        Whether it is said not to have been said, thought or wanted; whether the cue is softened: may have said.
    """

    start: int
    end: int
    source: Span | None
    cue_start: int
    cue_end: int
    verb: str
    cue_class: str
    negated: bool
    hedged: bool


class Reading(NamedTuple):
    """How one cue of a sentence is read, in tokens: the last of the content is included."""

    cue: int
    verb: str
    cue_class: str
    source: Phrase | None
    first: int
    last: int
    behind: bool


def find_statements(text: str, sentences: Iterable[Span], quoted: Sequence[Span]) -> list[Statement]:
    """Return the statements in indirect speech of the sentences given.

    Parameters
    ----------
    text : str
        An article.
    sentences : iterable of (int, int)
        The sentences to look at.
    quoted : sequence of (int, int)
        Its quotations: a cue inside one belongs to its speaker, a statement that is all quoted is no row.

    Returns
    -------
    list of Statement
        By place of the cue. A statement inside another is no row of its own.

    Examples
    --------
    >>> text = "The mayor, who resigned, said on Friday that the pier was safe. It had failed, according to Ada Quay."
    >>> found = find_statements(text, [(0, 63), (64, len(text))], [])
    >>> [(text[slice(*row.source)], row.verb, text[row.start : row.end]) for row in found]
    [('The mayor', 'say', 'that the pier was safe'), ('Ada Quay', 'according', 'It had failed')]
    """
    rows: list[Statement] = []
    for start, end in sentences:
        sentence = Sentence(text, start, end, quoted)
        readings = list(_read_sentence(sentence))
        readings = [_cut_before_next(sentence, reading, readings) for reading in readings]
        rows += [_place(sentence, reading) for reading in readings if not _lies_within_another(reading, readings)]
    return rows


def _read_sentence(sentence: Sentence) -> Iterator[Reading]:
    """Yield the reading of each cue of a sentence that has one."""
    subject: Phrase | None = None
    colon = _read_colon(sentence)
    if colon:
        yield colon
    for number in [at for at, word in enumerate(sentence.words) if word in CANDIDATES and not sentence.quoted[at]]:
        word = sentence.words[number]
        if sentence.word(number + 1) == SOURCE_PHRASES.get(word, " "):
            reading = _read_source_phrase(sentence, number)
        elif word in HEARSAY:
            reading = Reading(number, word, "claimed", None, 0, sentence.end - 1, behind=False)
        elif word in CUES and (number or word != "said") and not _is_noun(sentence, number, CUES[word]):
            manner = _find_manner(sentence, number, CUES[word])
            source = _find_source(sentence, number, manner, subject)
            if source and sentence.word(source[0] - 1) == "no":
                continue  # no one doubts
            subject = source if manner == "active" and source else subject
            told = manner == "passive" and CUES[word].first_class != "asked" and CUES[word].verb not in LISTENERS
            reading = _read_cue(sentence, number, CUES[word], manner, source) if source or told else None
        else:
            continue
        if reading and reading.first <= reading.last < sentence.end and not sentence.quoted[reading.first]:
            yield reading


def _read_source_phrase(sentence: Sentence, number: int) -> Reading | None:
    """Return the reading of *according to* or *in the words of*: what is said is before or, after a comma, behind."""
    source = phrases.find_phrase_from(sentence.tokens, number + 2) or _find_any_phrase(sentence, number + 2)
    before = number - 1 if sentence.words[number] == "according" else number - 3
    if source is None or (before == number - 3 and sentence.word(number - 2) != "in"):
        return None
    while before > 0 and not phrases.is_word(sentence.words[before]):
        before -= 1
    if before + 1 >= FEWEST_WORDS:
        return Reading(number, sentence.words[number], "said", source, 0, before, behind=False)
    first = next((at + 1 for at in range(source[1], sentence.end) if sentence.words[at] == ","), sentence.end)
    if sentence.end - first < FEWEST_WORDS - 1:
        return None
    return Reading(number, sentence.words[number], "said", source, first, sentence.end - 1, behind=True)


def _find_any_phrase(sentence: Sentence, first: int) -> Phrase | None:
    """Return the words from `first` on that may be a noun phrase, with neither name nor determiner: exit polls."""
    last = first
    while last < sentence.end and phrases.may_belong(sentence.tokens[last]):
        last += 1
    return (first, last - 1) if last > first else None


def _read_colon(sentence: Sentence) -> Reading | None:
    """Return the reading of a name, a colon and what is said, as headlines have it."""
    if ":" not in sentence.words[1:LONGEST_NAME] or sentence.words[0] == "said":
        return None
    colon = sentence.words.index(":", 1)
    names = [token[0] for token in sentence.tokens[:colon]]
    short = sentence.end - colon - 1 < FEWEST_WORDS or sentence.quoted[colon] or len(names[-1]) == 1
    kicker = " ".join(names).isupper() or names[-1].lower() in HEADINGS  # FERRY FURY: the pier is closed
    if short or kicker or not all(name[0].isupper() for name in names):
        return None
    return Reading(colon, ":", "said", (0, colon - 1), colon + 1, sentence.end - 1, behind=True)


def _is_noun(sentence: Sentence, number: int, cue: Cue) -> bool:
    """Return whether a word that looks like a cue is a noun, a name or a bare form without a subject."""
    before, token = sentence.word(number - 1), sentence.tokens[number]
    if number and token[0][0].isupper() and not sentence.tokens[number - 1][0][0].isupper():
        return True
    if before.endswith(("'s", "s'")) and before[:-2] not in phrases.PRONOUNS:
        return True
    singular = cue.form == "third" and before not in {"one", "another"}  # some estimates
    if before in phrases.DETERMINERS and (before not in phrases.LONE or cue.form == "participle" or singular):
        return True
    lead = sentence.skip_asides(number - 1, -1)
    word = sentence.word(lead)
    named = word in phrases.PRONOUNS | phrases.RELATIVE or (lead >= 0 and sentence.tokens[lead][0][0].isupper())
    if cue.form == "base":
        plural = word in phrases.LONE | CONJUNCTIONS | {"people", "to", "percent", ","} or word.endswith("s")
        return not (named or plural or word in phrases.AUXILIARIES)
    behind, word = sentence.word(number + 1), sentence.words[number]
    if cue.form == "third" and not named and (word in NOUNS or behind in NO_NOUNS):
        return behind not in {"that", "to"}
    return before in PREPOSITIONS and cue.form != "participle"


def _find_manner(sentence: Sentence, number: int, cue: Cue) -> str:
    """Return how a cue is used: active, passive, participle or infinitive."""
    lead = sentence.word(sentence.skip_asides(number - 1, -1))
    if cue.form == "base" and lead == "to":
        return "infinitive"
    if cue.form == "participle":
        return "active" if lead in phrases.BE else "participle"
    if cue.form == "past" and (lead in phrases.BE or lead in {"", "when", "if", "as"}):
        return "passive"
    return "active"


def _find_source(sentence: Sentence, number: int, manner: str, subject: Phrase | None) -> Phrase | None:
    """Return who governs a cue; the subject of the verb before it where it has none of its own."""
    if manner == "passive":
        return None
    before = number - 1
    while before >= 0 and (sentence.is_aside(before) or sentence.words[before] in phrases.AUXILIARIES):
        before -= 1
    if sentence.word(before) in {"who", "which"}:  # the words that name the source go on to the pronoun
        phrase = phrases.find_phrase_before(sentence.tokens[:number])
        return (phrase[0], before) if phrase else (before, before)
    if manner == "active" and sentence.word(before) not in CONJUNCTIONS | {",", ""}:
        return phrases.find_phrase_before(sentence.tokens[:number])
    own = None
    if manner == "active" or (manner == "participle" and sentence.word(number - 1) != ","):
        own = phrases.find_phrase_before(sentence.tokens[:number])
        if manner == "participle" and own and not phrases.is_name(sentence.tokens, own):
            own = None  # sent a letter urging ...
    return own or subject or find_main_subject(sentence, number)


def find_main_subject(sentence: Sentence, number: int) -> Phrase | None:
    """Return the subject of the first finite verb before a cue, else the noun phrase that opens the sentence."""
    for verb in range(1, number):
        if is_finite(sentence.words[verb]) and not sentence.quoted[verb]:
            subject = phrases.find_phrase_before(sentence.tokens[:verb])
            if subject:
                return subject
    return phrases.find_subject(sentence.tokens[:number])


def _read_cue(sentence: Sentence, number: int, cue: Cue, manner: str, source: Phrase | None) -> Reading | None:
    """Return the reading of a cue by what stands behind it or, if that is no statement, before it."""

    def read(kind: str, first: int, last: int, source: Phrase | None = source) -> Reading:
        return Reading(number, cue.verb, cue.classes[kind], source, first, last, kind != "before")

    last = sentence.end - 1
    kind, first = _find_complement(sentence, number, cue)
    negated = first > number + 1 and sentence.words[first - 1] in phrases.NEGATIONS
    first = first - 1 if negated else first  # threatened not to go
    gap = source and source[0] < number and sentence.word(source[0] - 1) in GAPS
    if gap and "clause" in cue.classes and is_finite(sentence.word(number + 1)):
        return read("clause", number + 1, last)  # which he said had failed
    if kind == "infinitive" and "to" in cue.classes:
        kind, first = "to", first + 1
    if manner == "passive" and kind == "infinitive" and "clause" in cue.classes:
        kind = "clause"  # is said to be
    if kind in {"clause", "question", "infinitive"} and kind in cue.classes:
        return read(kind, first, last)
    if "before" in cue.classes and manner == "active":
        found = _find_statement_before(sentence, number, source)
        if found:
            return read("before", 0, found[1], found[0])
        goes_on = sentence.word(number + 1) == "," and not sentence.word(number + 2).endswith("ing")
        if goes_on and source and sentence.word(source[0] - 1) in {",", "as", ""}:
            return read("clause", number + 2, last)
    apposed = source and source[1] < number - 2  # Ann Lee, the mayor, said
    if kind == "object" and cue.verb == "say" and (sentence.word(number - 1) != "," or apposed):
        return read("clause", first, last)
    return read(kind, first, _find_object_end(sentence, first)) if kind in cue.classes else None


def _find_complement(sentence: Sentence, number: int, cue: Cue) -> tuple[str, int]:
    """Return what stands behind a cue, as `Cue.classes` calls it, and its first token."""
    first = sentence.skip_asides(number + 1, 1)
    if first >= sentence.end:
        return "", first
    word = sentence.words[first]
    if cue.verb in LISTENERS and phrases.is_word(word):
        listener = phrases.find_phrase_from(sentence.tokens, first) or _find_any_phrase(sentence, first)
        behind = sentence.skip_asides(listener[1] + 1, 1) if listener else first
        kind = _name_complement(sentence, behind) if listener and behind < sentence.end else ""
        if kind in {"clause", "question", "infinitive"}:
            return kind, behind
        that = _find_that(sentence, behind) if listener and not kind else None
        if that:
            return "clause", that
    kind = _name_complement(sentence, first)
    if kind == "":  # a preposition: its phrase is the statement, unless a *that* follows
        that = _find_that(sentence, first)
        return ("clause", that) if that else (word if word in PREPOSITIONS | {"out", "as"} else "", first + 1)
    return kind, first


def _find_that(sentence: Sentence, first: int) -> int | None:
    """Return the *that* which opens a statement a few words on: told them in a letter that ..."""
    for number in range(first, min(first + LONGEST_ASIDE, sentence.end)):
        pronoun = sentence.words[number] in CLAUSE_PRONOUNS and is_finite(sentence.word(number + 1))
        if sentence.words[number] == "that" or pronoun:
            return number
        if not phrases.is_word(sentence.words[number]):
            return None
    return None


def _name_complement(sentence: Sentence, first: int) -> str:
    """Return the kind of complement that starts with a token, empty for a preposition or mark."""
    word = sentence.words[first]
    if word == "that" or word.partition("'")[0] in CLAUSE_PRONOUNS:
        return "clause"
    if word in QUESTION_WORDS:
        return "question"
    if word == "to":
        return "infinitive" if sentence.word(first + 1).isalpha() else ""
    if not phrases.is_word(word) or word in NO_NOUNS:
        return ""
    return "clause" if _has_verb_behind_phrase(sentence, first) else "object"


def _has_verb_behind_phrase(sentence: Sentence, first: int) -> bool:
    """Return whether a noun phrase is followed by a finite verb, so that it opens a clause."""
    phrase = phrases.find_phrase_from(sentence.tokens, first) or _find_any_phrase(sentence, first)
    if phrase is None:
        return False
    behind = sentence.skip_asides(phrase[1] + 1, 1)
    return is_finite(sentence.word(behind)) or any(
        is_finite(word) for word in sentence.words[first + 1 : phrase[1] + 1]
    )


def is_finite(word: str) -> bool:
    """Return whether a word looks like a finite verb: an auxiliary, a past or a third person of a cue."""
    known = word in phrases.AUXILIARIES or word in phrases.PASTS or word.endswith("ed")
    return known or (word in CUES and CUES[word].form in {"past", "third"})


def _find_statement_before(sentence: Sentence, number: int, source: Phrase | None) -> tuple[Phrase, int] | None:
    """Return the source and the last token of a statement that stands before its cue: it was late, she said."""
    edge = source[0] if source else number
    if sentence.word(number - 1) in {",", "?", "!"}:
        edge, source = number, phrases.find_phrase_from(sentence.tokens, number + 1)
    last = edge - 1
    if source is None or last < FEWEST_WORDS or phrases.is_word(sentence.words[last]):
        return None
    while last > 0 and not phrases.is_word(sentence.words[last]):
        last -= 1
    finite = number + 1 >= sentence.end or any(map(is_finite, sentence.words[: last + 1]))
    return (source, last) if finite and last + 1 >= FEWEST_WORDS and not sentence.quoted[last] else None


def _find_object_end(sentence: Sentence, first: int) -> int:
    """Return the last token of an object with all that hangs on it, up to a mark or the next verb."""
    last = first
    while last + 1 < sentence.end and (phrases.is_word(sentence.words[last + 1]) or sentence.quoted[last + 1]):
        if sentence.words[last + 1] in CONJUNCTIONS and sentence.word(last + 2) in CUES:
            break
        last += 1
    return last


def _cut_before_next(sentence: Sentence, reading: Reading, readings: Sequence[Reading]) -> Reading:
    """Return a reading whose content ends before the next cue that is joined to it: said it was late and asked why."""
    last = reading.last
    for other in readings:
        if reading.behind and reading.first < other.cue <= last:
            edge = other.source[0] if other.source and reading.cue < other.source[0] < other.cue else other.cue
            cut = edge - 1
            own = edge < other.cue  # the crews and the board said
            whole = not own or any(map(is_finite, sentence.words[reading.first : cut + 1]))
            if sentence.words[cut] in CONJUNCTIONS | {","} and whole:
                while cut > reading.first and (
                    sentence.words[cut] in CONJUNCTIONS or not phrases.is_word(sentence.words[cut])
                ):
                    cut -= 1
                last = min(last, cut)
    return reading._replace(last=last)


def _lies_within_another(reading: Reading, readings: Sequence[Reading]) -> bool:
    """Return whether a statement is part of another that is longer."""
    span = (reading.first, reading.last)
    return any(
        other.first <= span[0] and span[1] <= other.last and (other.first, other.last) != span for other in readings
    )


def _place(sentence: Sentence, reading: Reading) -> Statement:
    """Return a statement with its offsets in the text."""
    tokens = sentence.tokens
    source = (tokens[reading.source[0]].start(), _find_end(tokens[reading.source[1]])) if reading.source else None
    lead = sentence.words[max(0, reading.cue - 3) : reading.cue]
    negated = any(word in phrases.NEGATIONS or word.endswith("n't") for word in lead)
    hedged = not HEDGES.isdisjoint([*lead, sentence.words[reading.cue]])
    place = (tokens[reading.first].start(), _find_end(tokens[reading.last]))
    cue = tokens[reading.cue].start(), _find_end(tokens[reading.cue])
    return Statement(*place, source, *cue, reading.verb, reading.cue_class, negated, hedged)


def _find_end(token: re.Match[str]) -> int:
    """Return where a token ends, without the stop of its sentence."""
    stop = token[0].endswith(".") and not is_abbreviation(token[0][:-1])
    return token.end() - stop
