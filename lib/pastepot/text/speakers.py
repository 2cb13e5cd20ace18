"""Who is speaking: the name, noun or pronoun next to a quotation, by word order and a closed list of cue verbs."""

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from pastepot import files
from pastepot.corpus.repairs import uncurl_quotes
from pastepot.text import noun_phrases as phrases
from pastepot.text.cues import CUES
from pastepot.text.noun_phrases import Phrase, Sentence, Tokens
from pastepot.text.sentences import is_abbreviation, sentence_starts
from pastepot.text.statements import find_main_subject, find_statements

_FIRST: Final = frozenset(files.data("text/speech.toml")["cue_verbs"].replace("/", " ").split())
_OTHERS: Final = {form for form, cue in CUES.items() if cue.form != "base"} - _FIRST
_PHRASES: Final = "put it|puts it|points? out|pointed out|went on|goes on|Said|Says|[Aa]ccording to|in the words of"
CUE: Final = re.compile(rf"\b(?:{'|'.join(sorted(_FIRST))}|{_PHRASES})\b")
OTHER_CUE: Final = re.compile(rf"\b(?:{'|'.join(sorted(_OTHERS))})\b")
"""Verbs that are asked only where none of the first finds a speaker: they attribute less often."""

GESTURE: Final = re.compile(rf"\b(?:{'|'.join(files.data('text/speech.toml')['gestures'].split())})\b")
"""Ada Quay smiled. "We sail at noon." """

# How far from a quotation its source may be, and how far from the one before to share its source, in characters.
REACH_AFTER: Final = 160
REACH_BEFORE: Final = 200
CARRIED: Final = 120
CARRIED_SENTENCE: Final = 400
CARRIED_LINES: Final = 2
# A shorter quotation does not end the clause around the next one: the “Tug” in Tobias “Tug” Weller.
CLAUSE_WORDS: Final = 3

# ― Ann Lee, at the end of a line: the signature under a letter
SIGNATURE: Final = re.compile(
    r"\s?(?:[—–―]|--|(?<=\s)-(?=\s))\s?([A-Z][\w'’.-]*(?:[ \xa0][A-Z][\w'’.-]*){0,4})"
    r"(?:,\s[^\n\r“”\x22]{2,60})?\s*(?:[\n\r]|$)"
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
    """The source of a quotation, its offsets, and the cue that ties the two."""

    speaker: str = ""
    start: int | None = None
    end: int | None = None
    cue: str = ""
    cue_start: int | None = None


# ... late." Ann Lee said.
CREDIT: Final = re.compile(r"\s?(?:[A-Z][\w'’.-]*\s){1,4}(?:said|says|wrote|added|tweeted)[.,]")
# The words between a name and what is said of it: Ann Lee, who said
RELATIVE: Final = re.compile(r"(?:,|\s?(?:--?|[—–]))?\s(?:who|which|that)\b")
# A word or two that go on with the same speaker: "Not one." But, "perhaps two."
LEAD: Final = re.compile(r"(?:And|But|Then|Still|Yet|Adding|And then|But then)[,:]?")
COLON: Final = re.compile(":")
CLOSING: Final = "\"'“”‘’«»›‹ \n\xa0"
NO_NAMES: Final = frozenset({"BREAKING", "EXCLUSIVE", "NOTE", "UPDATE", "WARNING", "WATCH"})
NOBODY: Final = Attribution()
_LANGUAGES: Final = files.data("text/languages.toml")
LANGUAGE_NAMES: Final = _LANGUAGES["names"]
LANGUAGES: Final = {code: lists for code, lists in _LANGUAGES.items() if code != "names"}
"""The verbs of speech of other languages, and the small words beside them."""
FOREIGN_WORD: Final = r"[\w'’&-]+(?![\w'’&-])(?:\.(?=\s[A-ZÀ-Þ]))?"
FOREIGN_NAME: Final = (
    r"[A-ZÀ-Þ][\w.'’-]*(?:\s(?:(?:von|van|de|du|del|di|zu)\s(?:(?:der|den|la|los)\s)?)?[A-ZÀ-Þ][\w.'’-]*)*"
)


def attribute_speakers(text: str, spans: Sequence[Span]) -> list[Attribution]:
    """Return the source of each span, `NOBODY` where the text around it names none.

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
    [Attribution(speaker='Odile Marn', start=23, end=33, cue='said', cue_start=18),
     Attribution(speaker='Odile Marn', start=23, end=33, cue='said', cue_start=18)]

    A quotation that nobody is said to have spoken has no speaker:

    >>> attribute_speakers('The "Grey Heron" sailed at noon.', [Span(4, 16, "ok")])
    [Attribution(speaker='', start=None, end=None, cue='', cue_start=None)]
    """
    rooms = [_find_room(text, spans, number) for number in range(len(spans))]
    sources = [_find_source(text, span, *room) for span, room in zip(spans, rooms, strict=True)]
    for number in range(len(spans) - 2, -1, -1):
        following = sources[number + 1]
        if following and sources[number] is None and spans[number].flag == "continues":
            # A label names who speaks in its own paragraph only.
            labelled = (following.start or 0) in range(*spans[number + 1][:2])
            sources[number] = None if labelled else following
    before, last = Span(0, 0, "stray"), NOBODY
    carried: list[Attribution] = []
    for number, (span, source) in enumerate(zip(spans, sources, strict=True)):
        if span.flag != "stray":
            near = source is None and (before.flag == "continues" or _is_near(text, before.end, span.start))
            last = last if near else source or _find_last_resort(text, span, rooms[number])
            before = span
        carried.append(last if span.flag != "stray" else NOBODY)
    return carried


def _find_room(text: str, spans: Sequence[Span], number: int) -> tuple[int, int]:
    """Return how far the text around a span is its own: to its neighbours, or past short ones to the next."""
    before, behind = number - 1, number + 1
    if before >= 0 and spans[before].words < CLAUSE_WORDS:
        before -= 1
    if behind < len(spans) and spans[behind].words < CLAUSE_WORDS:
        behind += 1
    return spans[before].end if before >= 0 else 0, spans[behind].start if behind < len(spans) else len(text)


def _is_near(text: str, last_end: int, start: int) -> bool:
    """Return whether a quotation may share the speaker of the one before."""
    if text.count("\n", last_end, start) > CARRIED_LINES:
        return False
    breaks = list(sentence_starts(text, last_end, min(start, last_end + CARRIED_SENTENCE)))
    if start - last_end >= CARRIED:
        return breaks == [start]
    between = text[breaks[-1] if breaks else last_end : start].strip()
    between = "" if LEAD.fullmatch(between) else between
    ended = _find_last_character(text, last_end - 4, last_end) == "."
    return not between or not (breaks or (ended and between[0].isupper()))


def _find_last_character(text: str, start: int, end: int) -> str:
    """Return the last character of a quotation before its closing marks."""
    return text[max(0, start) : end].rstrip(CLOSING)[-1:]


def _find_source(text: str, span: Span, left: int, right: int, cues: re.Pattern[str] = CUE) -> Attribution | None:
    """Return the source next to a span; how its speech ends says on which side to look first."""
    if span.flag == "stray":
        return None
    label = LABEL.match(text, span.start, span.end)
    if label and label[1] not in NO_NAMES and text[span.start - 1 : span.start] in {"", "\n", "\r"}:
        return Attribution(label[1], *label.span(1), ":", label.end(1))
    signature = SIGNATURE.match(text, span.end)
    if signature:
        cue = text[span.end : signature.start(1)].strip()
        return Attribution(signature[1], *signature.span(1), cue, text.index(cue, span.end))
    final = "," if text.startswith(",", span.end) else _find_last_character(text, span.end - 4, span.end)
    if final == ".":
        before = _find_source_before(text, left, span.start, cues)
        return before or (
            _find_source_after(text, span.end, right, cues) if CREDIT.match(text, span.end, right) else None
        )
    if final and final in ",?!…-—–":
        return _find_source_after(text, span.end, right, cues) or _find_source_before(text, left, span.start, cues)
    source = _find_source_before(text, left, span.start, cues)
    # a word or two before a name is a nickname or a title
    return source or (_find_source_after(text, span.end, right, cues) if span.words >= CLAUSE_WORDS else None)


def _find_last_resort(text: str, span: Span, room: tuple[int, int]) -> Attribution:
    """Return the source of the statement around a span, or the subject of another verb next to it."""
    if span.words < CLAUSE_WORDS:
        return NOBODY
    return _find_source_around(text, span) or _find_source(text, span, *room, OTHER_CUE) or NOBODY


def _find_source_around(text: str, span: Span) -> Attribution | None:
    """Return the source of a statement in indirect speech that a span is a part of: promised a “new era” for all."""
    low, high = max(0, span.start - REACH_BEFORE), min(len(text), span.end + REACH_AFTER)
    low = max(sentence_starts(text, low, span.start), default=low)
    high = next(sentence_starts(text, span.end, high), high)
    for row in find_statements(text, [(low, high)], [span[:2]]):
        if row.source and row.start <= span.start < row.end:
            return Attribution(text[slice(*row.source)], *row.source, text[row.cue_start : row.cue_end], row.cue_start)
    return None


def _find_source_after(text: str, end: int, right: int, cues: re.Pattern[str]) -> Attribution | None:
    """Return the source in the clause after a quotation: "Ann Lee said", "said Ann Lee"."""
    stop = min(right, end + REACH_AFTER)
    stop = next(sentence_starts(text, end, stop), stop)
    cue = next(_find_cues(text, end, stop, cues), None)
    if cue is None:
        return None
    tokens = phrases.split_tokens(text, end, cue.start())
    while tokens and (tokens[0][0] in phrases.DASHES or tokens[0][0] in {",", "as"}):
        del tokens[0]
    if not tokens or cue[0].endswith((" to", " of")):
        return _read_source_after_cue(text, cue, stop)
    phrase = phrases.find_phrase_from(tokens, 0)
    if phrase and phrases.has_only_asides(tokens[phrase[1] + 1 :]):
        aside = phrase[1] + 2, len(tokens) - 2
        within = tokens[aside[0] : aside[1] + 1]
        apposed = bool(within) and tokens[phrase[1] + 1][0] == tokens[-1][0] == "," and phrases.is_bare_name(within)
        named = apposed and tokens[phrase[1]][0][0].islower()
        return _attribute(tokens, aside if named else phrase, cue)
    phrase = phrases.find_phrase_before(tokens)
    if phrase and (phrase[0] == 0 or tokens[phrase[0] - 1][0] == ","):
        return _attribute(tokens, phrase, cue)
    return None


def _find_source_before(text: str, left: int, start: int, cues: re.Pattern[str]) -> Attribution | None:
    """Return the source in the sentence that leads to a quotation: "Ann Lee said the plan was ...".

    The verb nearest to the quotation decides, but participles and relative clauses come second.
    """
    # The words before a quotation end in the line above if that leads on.
    stop = left + len(text[left:start].rstrip())
    stop = stop if stop > left and text[stop - 1] in ":," else start
    low = max(left, stop - REACH_BEFORE)
    low = max(sentence_starts(text, low, stop), default=low)
    if low > left and not text[low:stop].strip():
        return _find_source_above(text, left, low)
    second = None
    for cue in reversed(list(_find_cues(text, low, stop, cues))):
        tokens = phrases.split_tokens(text, low, cue.start())
        if not tokens or cue[0].endswith((" to", " of")):
            source = _read_source_after_cue(text, cue, stop)
        elif cue[0].endswith("ing") and not any(phrases.fold_token(token) in phrases.BE for token in tokens[-2:]):
            second = second or _attribute(tokens, _find_participle_subject(tokens), cue)
            continue
        else:
            source = _attribute(tokens, phrases.find_phrase_before(tokens), cue)
            second = second or source or _attribute(tokens, phrases.find_subject(tokens), cue)
            if any(phrases.fold_token(token) in phrases.RELATIVE for token in tokens[-2:]):
                continue
        if source:
            return source
    if second is None and text[low:stop].endswith(":"):
        sentence = Sentence(text, low, stop, [])
        subject = find_main_subject(sentence, len(sentence.words))
        named = subject and phrases.is_name(sentence.tokens, subject) and sentence.word(subject[1] + 1) != ","
        colon = COLON.search(text, stop - 1)
        return _attribute(sentence.tokens, subject, colon) if named and colon else None
    return second


def _find_source_above(text: str, left: int, stop: int) -> Attribution | None:
    """Return the source of a sentence that ends in its attribution: "It was late, Ann Lee said."."""
    low = max(left, stop - REACH_BEFORE)
    low = max((at for at in sentence_starts(text, low, stop) if at < stop), default=low)
    cue = max(_find_cues(text, low, stop, CUE), key=re.Match.start, default=None)
    ends = cue and text[cue.end() : stop].rstrip(" \xa0") == "."
    gesture = None if ends else GESTURE.search(text, low, stop)
    cue = cue if ends else gesture
    if cue is None or (gesture and "\n" in text[low:stop]):
        return None
    tokens = phrases.split_tokens(text, low, cue.start())
    phrase = phrases.find_phrase_before(tokens) if tokens else None
    known = phrase and (ends or (phrase[0] == 0 and phrases.is_name(tokens, phrase)))
    return _attribute(tokens, phrase, cue) if known else None


def _read_source_after_cue(text: str, cue: re.Match[str], stop: int) -> Attribution | None:
    """Return the source that follows its cue: "said Ann Lee", "according to the union"."""
    tokens = phrases.split_tokens(text, cue.end(), stop)
    phrase = phrases.find_phrase_from(tokens, 0)
    if phrase and tokens[phrase[1]][0][0].islower() and [token[0] for token in tokens[phrase[1] + 1 :][:1]] == [","]:
        first = phrase[1] + 2  # warned her brother, Ann Lee
        name = list(itertools.takewhile(lambda token: token[0][0].isupper(), tokens[first:]))
        if 1 < len(name) <= phrases.TITLE_WORDS and not any(map(phrases.is_aside, name)):
            phrase = first, first + len(name) - 1
    return _attribute(tokens, phrase, cue)


def _find_participle_subject(tokens: Tokens) -> Phrase | None:
    """Return who is meant in "Ann Lee left, saying" and in "we heard Ann Lee saying"."""
    phrase = None if tokens[-1][0] == "," else phrases.find_phrase_before(tokens)
    return phrase if phrase and phrases.is_name(tokens, phrase) else phrases.find_subject(tokens)


def _find_cues(text: str, start: int, end: int, cues: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Yield the cue verbs of a stretch, not passives nor the nouns that look like them."""
    for cue in cues.finditer(text, start, end):
        lead = uncurl_quotes(text[max(start, cue.start() - 24) : cue.start()]).lower().split()
        word = lead[-1] if lead else ""
        possessive = word.endswith(("'s", "s'")) and word[:-2] not in phrases.PRONOUNS
        last = lead[-2:] if word in phrases.ADVERBS or word.endswith("ly") else lead[-1:]
        passive = not cue[0].endswith(("ing", "to")) and not phrases.BE.isdisjoint(last)
        noun = word in phrases.DETERMINERS and (word not in phrases.LONE or cue[0].endswith("s"))
        if not (possessive or passive or noun or word.endswith("-")):
            yield cue


def _attribute(tokens: Tokens, phrase: Phrase | None, cue: re.Match[str]) -> Attribution | None:
    """Return the source that a noun phrase names; its span goes on to the *who* between it and the cue."""
    if phrase is None:
        return None
    start, end = tokens[phrase[0]].start(), tokens[phrase[1]].end()
    speaker = cue.string[start:end]
    if speaker.endswith(".") and not is_abbreviation(speaker[:-1].rpartition(" ")[2]):
        speaker = speaker[:-1]
    head = uncurl_quotes(speaker).partition("'")[0]
    if head.lower() in phrases.PRONOUNS:
        speaker = head
    relative = RELATIVE.match(cue.string, end, cue.start())
    return Attribution(speaker, start, relative.end() if relative else start + len(speaker), cue[0], cue.start())


def attribute_in_language(text: str, spans: Sequence[Span], language: str) -> list[Attribution]:
    """Return the source of each span by the verbs of speech of German, French or Spanish, `NOBODY` where none is near.

    Examples
    --------
    >>> text = "« Nous ne fermerons pas cette école », a répondu le maire, Paul Giraud."
    >>> attribute_in_language(text, [Span(0, 37, "ok", 6)], "fr")[0][:4]
    ('Paul Giraud', 59, 70, 'répondu')
    """
    behind, ahead, names = _language_patterns(language)
    rows = []
    for number, span in enumerate(spans):
        left, right = _find_room(text, spans, number)
        stop = min(right, span.end + REACH_AFTER)
        stop = next(sentence_starts(text, span.end, stop), stop)
        low = max(left, span.start - REACH_BEFORE, text.rfind("\n", 0, len(text[: span.start].rstrip())) + 1)
        low = max((at for at in sentence_starts(text, low, span.start) if at < span.start), default=low)
        matches = [order.match(text, span.end, stop) for order in behind]
        matches += [order.match(text, low, span.start) for order in ahead]
        found = (
            Attribution(name[1], at + name.start(1), at + name.end(1), match["cue"], match.start("cue"))
            for match, at in ((match, match.start("who")) for match in matches if match and span.flag != "stray")
            for kind in names
            if (name := kind.search(match["who"]))
        )
        rows.append(next(found, NOBODY))
    return rows


@functools.cache
def _language_patterns(language: str) -> list[list[re.Pattern[str]]]:
    """Return the word orders of a language behind and in front of a quotation, and how a name stands in a phrase."""
    lists = {name: "|".join(map(re.escape, words.split())) for name, words in LANGUAGES[language].items()}
    verb, skip = rf"(?P<cue>{lists['verbs']})\b", rf"(?:(?:{lists['aside']}),?\s)*"
    word = rf"(?!(?i:{lists['stops']}|{lists['aside']}|{lists['verbs']})\b){FOREIGN_WORD}"
    words, clitic = rf"{word}(?:\s{word}){{0,7}}", rf"-(?:t-)?(?P<who>{lists['pronouns']})\b"
    phrase, titles = rf"(?P<who>{words}(?:,\s{words})?)", rf"(?i:{lists['titles']}|\w*(?:{lists['roles']})(?:in)?)"
    lead, small = r"(?:[^\n]*[\s,;])??", rf"(?:{lists['articles']}|{lists['binding']})"
    behind = [
        rf"\W*(?:{lists['aside']}){clitic}\s{skip}{verb}",
        rf"\W*{verb}{clitic}",
        rf"\W*{skip}(?P<cue>{lists['verbs']}|{lists['before']})\s{skip}{phrase}",
        rf"\W*{skip}{phrase},?\s?{skip}{verb}",
    ]
    ahead = [
        rf"{lead}{phrase},?\s?{skip}{verb}",
        rf"{lead}{verb}\s{skip}{phrase}",
        rf"(?P<who>{FOREIGN_NAME})\s?(?P<cue>:)\s*$",
    ]
    names = [
        rf",\s({FOREIGN_NAME})$",
        rf"\b(?:{titles}\s)+({FOREIGN_NAME})",
        rf"^(?!(?i:{small})\b)({FOREIGN_NAME})",
        rf"\b(?!{small}\s)[a-zß-ÿ][\w'’-]*\s({FOREIGN_NAME})$",
        rf"^((?i:{lists['articles']}|{lists['pronouns']})\b[^,]*)",
    ]
    return [[re.compile(order) for order in kind] for kind in (behind, ahead, names)]
