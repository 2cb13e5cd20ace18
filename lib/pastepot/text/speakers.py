"""Who is speaking: the name, noun or pronoun beside a quotation, by word order and a closed list of cue verbs."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from pastepot import files
from pastepot.text.noun_phrases import (
    ADVERBS,
    BE,
    DASHES,
    DETERMINERS,
    LONE,
    PRONOUNS,
    RELATIVE,
    Phrase,
    Tokens,
    is_name,
    key,
    only_asides,
    phrase_before_verb,
    phrase_from,
    split_tokens,
    subject_of,
)
from pastepot.text.sentences import is_abbreviation, sentence_starts

CUE_VERBS: Final = files.data("text/speech.toml")["cue_verbs"]
_FORMS: Final = "|".join(sorted(set(CUE_VERBS.replace("/", " ").split())))
CUE: Final = re.compile(rf"\b(?:{_FORMS}|put it|puts it|points? out|pointed out|Said|Says|[Aa]ccording to)\b")
LEADING_CUE: Final = re.compile(rf"[\s,;—–-]*(?:{_FORMS}|according to)\b", re.IGNORECASE)

# How far from a quotation its source may stand, in characters.
REACH_AFTER: Final = 160
REACH_BEFORE: Final = 200
CARRIED: Final = 120
SENTENCE_CARRIED: Final = 400
LINE_BREAKS_CARRIED: Final = 2
# A shorter quotation does not end the clause around the next one: the “Tug” in Tobias “Tug” Weller.
CLAUSE_WORDS: Final = 3

# ― Ann Lee, at the end of a line: the signature under a letter
SIGNATURE: Final = re.compile(
    r"\s?(?:[—–―]|--|(?<=\s)-(?=\s))\s?([A-Z][\w'’.-]*(?:[ \xa0][A-Z][\w'’.-]*){0,4})\s*(?:[\n\r]|$)"
)
# MARN: in front of what is said, the way transcripts have it
LABEL: Final = re.compile(r"[^\w\s]{0,2}([A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]*){0,3}):\s")


class Span(NamedTuple):
    """One quoted span whose speaker is looked for."""

    start: int
    end: int
    flag: str
    words: int = 0


class Attribution(NamedTuple):
    """The source beside a quotation, where it stands, and the cue that ties the two."""

    speaker: str = ""
    start: int | None = None
    end: int | None = None
    cue: str = ""


CLOSING: Final = "\"'“”‘’«»›‹ \n\xa0"
NO_NAMES: Final = frozenset({"BREAKING", "EXCLUSIVE", "NOTE", "UPDATE", "WARNING", "WATCH"})
NOBODY: Final = Attribution()


def attribute_speakers(text: str, spans: Sequence[Span]) -> list[Attribution]:
    """Return the source of each span, `NOBODY` where none stands beside it.

    Parameters
    ----------
    text : str
        The article.
    spans : sequence of Span
        Its quotations in order, without overlap; strays have no source.

    Returns
    -------
    list of Attribution
        One a span. A quotation without a source of its own takes the one before it if they lie close
        together, and one that continues in the next paragraph shares the source of the next.

    Examples
    --------
    >>> text = '"No boat leaves," said Odile Marn, the harbour master. "Not one."'
    >>> attribute_speakers(text, [Span(0, 17, "ok"), Span(54, 64, "ok")])
    [Attribution(speaker='Odile Marn', start=23, end=33, cue='said'),
     Attribution(speaker='Odile Marn', start=23, end=33, cue='said')]

    A quotation that nobody is said to have spoken has no speaker:

    >>> attribute_speakers('The "Grey Heron" sailed at noon.', [Span(4, 16, "ok")])
    [Attribution(speaker='', start=None, end=None, cue='')]
    """
    speeches: list[Attribution] = []
    own: list[bool] = []
    before, last = Span(0, 0, "stray"), NOBODY
    for number, span in enumerate(spans):
        if span.flag == "stray":
            speeches.append(NOBODY)
            own.append(False)
            continue
        found = _beside(text, span, *_room(text, spans, number))
        own.append(found is not None)
        if found is None and (before.flag == "continues" or _near(text, before.end, span.start)):
            found = last
        last, before = found or NOBODY, span
        speeches.append(last)
    return _shared(spans, speeches, own)


def _shared(spans: Sequence[Span], speeches: list[Attribution], own: list[bool]) -> list[Attribution]:
    """Return the sources once paragraphs that continue have taken the one of the next, unless it has a label."""
    speeches, own = list(speeches), list(own)
    for number in range(len(spans) - 2, -1, -1):
        labelled = (speeches[number + 1].start or 0) in range(*spans[number + 1][:2])
        if spans[number].flag == "continues" and own[number + 1] and not own[number] and not labelled:
            speeches[number], own[number] = speeches[number + 1], True
    return speeches


def _room(text: str, spans: Sequence[Span], number: int) -> tuple[int, int]:
    """Return how far the text around a span is its own: to its neighbours, or past short ones to the next."""
    before, behind = number - 1, number + 1
    if before >= 0 and spans[before].words < CLAUSE_WORDS:
        before -= 1
    if behind < len(spans) and spans[behind].words < CLAUSE_WORDS:
        behind += 1
    return spans[before].end if before >= 0 else 0, spans[behind].start if behind < len(spans) else len(text)


def _near(text: str, last_end: int, start: int) -> bool:
    """Return whether a quotation may share the speaker of the one before."""
    if text.count("\n", last_end, start) > LINE_BREAKS_CARRIED:
        return False
    breaks = list(sentence_starts(text, last_end, min(start, last_end + SENTENCE_CARRIED)))
    if start - last_end >= CARRIED:
        return breaks == [start]
    between = text[breaks[-1] if breaks else last_end : start].strip()
    ended = _last_character(text, last_end - 4, last_end) == "."
    return not between or not (breaks or (ended and between[0].isupper()))


def _last_character(text: str, start: int, end: int) -> str:
    """Return the last character of a quotation before its closing marks."""
    return text[max(0, start) : end].rstrip(CLOSING)[-1:]


def _beside(text: str, span: Span, left: int, right: int) -> Attribution | None:
    """Return the source beside a span; how its speech ends says on which side to look first."""
    label = LABEL.match(text, span.start, span.end)
    if label and label[1] not in NO_NAMES and text[span.start - 1 : span.start] in {"", "\n", "\r"}:
        return Attribution(label[1], *label.span(1), ":")
    signature = SIGNATURE.match(text, span.end)
    if signature:
        cue = text[span.end : signature.start(1)].strip()
        return Attribution(signature[1], *signature.span(1), cue)
    final = "," if text.startswith(",", span.end) else _last_character(text, span.end - 4, span.end)
    if final == ".":
        return _before(text, left, span.start)
    if final and final in ",?!…-—–":
        return _after(text, span.end, right) or _before(text, left, span.start)
    found = _before(text, left, span.start)
    # a word or two before a name is a nickname or a title
    return found or (_after(text, span.end, right) if span.words >= CLAUSE_WORDS else None)


def _after(text: str, end: int, right: int) -> Attribution | None:
    """Return the source in the clause behind a quotation: "Ann Lee said", "said Ann Lee"."""
    stop = min(right, end + REACH_AFTER)
    stop = next(sentence_starts(text, end, stop), stop)
    cue = next(_cues(text, end, stop), None)
    if cue is None:
        return None
    tokens = split_tokens(text, end, cue.start())
    while tokens and (tokens[0][0] in DASHES or tokens[0][0] in {",", "as"}):
        del tokens[0]
    if not tokens or cue[0].endswith("to"):
        return _behind(text, cue, stop)
    phrase = phrase_from(tokens, 0)
    if phrase and only_asides(tokens[phrase[1] + 1 :]):
        return _speech(tokens, phrase, cue)
    phrase = phrase_before_verb(tokens)
    if phrase and (phrase[0] == 0 or tokens[phrase[0] - 1][0] == ","):
        return _speech(tokens, phrase, cue)
    return None


def _before(text: str, left: int, start: int) -> Attribution | None:
    """Return the source in the sentence that leads to a quotation: "Ann Lee said the plan was ...".

    The verb nearest to the quotation decides, but participles and relative clauses come second.
    """
    stop = _line_above(text, left, start)
    low = max(left, stop - REACH_BEFORE)
    low = max(sentence_starts(text, low, stop), default=low)
    if low > left and not text[low:stop].strip():
        return _sentence_above(text, left, low)
    second = None
    for cue in reversed(list(_cues(text, low, stop))):
        tokens = split_tokens(text, low, cue.start())
        if not tokens or cue[0].endswith("to"):
            found = _behind(text, cue, stop)
        elif cue[0].endswith("ing") and not any(key(token) in BE for token in tokens[-2:]):
            second = second or _speech(tokens, _participle_subject(tokens), cue)
            continue
        else:
            found = _speech(tokens, phrase_before_verb(tokens), cue)
            second = second or found or _speech(tokens, subject_of(tokens), cue)
            if any(key(token) in RELATIVE for token in tokens[-2:]):
                continue
        if found:
            return found
    return second


def _sentence_above(text: str, left: int, stop: int) -> Attribution | None:
    """Return the source of a sentence that ends in its attribution: "It was late, Ann Lee said."."""
    low = max(left, stop - REACH_BEFORE)
    low = max((at for at in sentence_starts(text, low, stop) if at < stop), default=low)
    cue = max(_cues(text, low, stop), key=re.Match.start, default=None)
    if cue is None or text[cue.end() : stop].rstrip(" \xa0") != ".":
        return None
    tokens = split_tokens(text, low, cue.start())
    return _speech(tokens, phrase_before_verb(tokens), cue) if tokens else None


def _behind(text: str, cue: re.Match[str], stop: int) -> Attribution | None:
    """Return the source that follows its cue: "said Ann Lee", "according to the union"."""
    tokens = split_tokens(text, cue.end(), stop)
    return _speech(tokens, phrase_from(tokens, 0), cue)


def _participle_subject(tokens: Tokens) -> Phrase | None:
    """Return who is meant in "Ann Lee left, saying" and in "we heard Ann Lee saying"."""
    phrase = None if tokens[-1][0] == "," else phrase_before_verb(tokens)
    return phrase if phrase and is_name(tokens, phrase) else subject_of(tokens)


def _line_above(text: str, left: int, start: int) -> int:
    """Return where the words before a quotation end: in the line above if that leads on."""
    stop = left + len(text[left:start].rstrip())
    return stop if stop > left and text[stop - 1] in ":," else start


def _cues(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the cue verbs of a stretch, not passives nor the nouns that look like them."""
    for cue in CUE.finditer(text, start, end):
        lead = text[max(start, cue.start() - 24) : cue.start()].lower().replace("’", "'").split()
        word = lead[-1] if lead else ""
        possessive = word.endswith(("'s", "s'")) and word[:-2] not in PRONOUNS
        passive = not cue[0].endswith(("ing", "to")) and not BE.isdisjoint(lead[-2:] if word in ADVERBS else lead[-1:])
        noun = word in DETERMINERS and (word not in LONE or cue[0].endswith("s"))
        if not (possessive or passive or noun or word.endswith("-")):
            yield cue


def _speech(tokens: Tokens, phrase: Phrase | None, cue: re.Match[str]) -> Attribution | None:
    """Return the source that a noun phrase names."""
    if phrase is None:
        return None
    start = tokens[phrase[0]].start()
    speaker = cue.string[start : tokens[phrase[1]].end()]
    if speaker.endswith(".") and not is_abbreviation(speaker[:-1].rpartition(" ")[2]):
        speaker = speaker[:-1]
    head = speaker.replace("’", "'").partition("'")[0]
    if head.lower() in PRONOUNS:
        speaker = head
    return Attribution(speaker, start, start + len(speaker), cue[0])
