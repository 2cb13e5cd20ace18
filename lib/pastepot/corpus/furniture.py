"""Furniture: the lines and phrases of a scraped file that are not the article, found by `furniture_rules`.

A rule of high precision drops, the others label. Line rules look at one whole paragraph; a few rules look inside one.
Each finding says why, and `pastepot.read(..., drop=, label=, off=)` changes what any rule does.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pastepot import errors
from pastepot.corpus.furniture_rules import (
    CAPTION_HINTS,
    END_LINES,
    HINTS,
    INSIDE,
    LINES,
    NEAR_AN_END,
    OTHER_LINES,
    RULES,
)
from pastepot.corpus.ledger import Decision
from pastepot.corpus.repairs import fold_words

Span = tuple[int, int]
Finding = tuple[int, int, str, str]

_TITLE_WORDS = 30
_SUBHEADING_WORDS = 12
_LABEL_WORDS = 7
_REPEAT_WORDS = 12
_FARTHEST = max(NEAR_AN_END.values())
_SENTENCE_END = re.compile(r"(?<=[.!?”’\"'])[ \n]+(?=[^\sa-zß-ÿ])")
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_LONGER = re.compile(rf"(?:\W*+\w++(?:['’]\w++)*+){{{_SUBHEADING_WORDS + 1}}}")
_TWO_WORDS = re.compile(r"\W{0,20}(\w+)\W{1,20}(\w+)")
_STOPS = ".!?…:;,"
_CLOSERS = "\"'”’»)"
_OPENERS = "\"“‘'«„"


def furniture_decisions(
    text: str,
    paragraphs: Sequence[Span],
    *,
    title: str = "",
    author: str = "",
    actions: Mapping[str, str] | None = None,
) -> list[Decision]:
    r"""Return the furniture of a mended text: one decision a finding, in order.

    Parameters
    ----------
    text : str
        An article with its characters mended.
    paragraphs : sequence of (start, end)
        Its paragraphs, from `pastepot.corpus.paragraphs.paragraphs`.
    title, author : str
        What metadata says: a first line that is the title is labelled so, a short line with the name is a byline.
    actions : mapping of rule to action, optional
        From `actions_for`; rules that are missing are off.

    Examples
    --------
    >>> text = "Ferry crews vote\nThe crews voted on Monday.\nLeave a Reply"
    >>> from pastepot.corpus.paragraphs import paragraphs
    >>> [(one.rule, one.action) for one in furniture_decisions(text, paragraphs(text))]
    [('title', 'label'), ('comment_form', 'drop')]
    """
    chosen = actions_for() if actions is None else actions
    whole = _whole_paragraphs(text, paragraphs, title, author)
    found = [(start, end, rule, RULES[rule].evidence) for (start, end), rule in whole.items()]
    rest = [span for span in paragraphs if span not in whole]
    found += _repeats(text, rest)
    repeated = {(start, end) for start, end, _, _ in found}
    found += _inside(text, [span for span in rest if span not in repeated])
    active = [finding for finding in found if finding[2] in chosen]
    return sorted(Decision(start, end, rule, chosen[rule], "", why) for start, end, rule, why in active)


def actions_for(*, drop: Iterable[str] = (), label: Iterable[str] = (), off: Iterable[str] = ()) -> Mapping[str, str]:
    """Return what each rule does: its default, unless named here; rules named `off` are missing.

    >>> actions_for(label=["copyright"], off=["caption"])["copyright"]
    'label'
    >>> actions_for(drop=["caption"], label=["caption"])
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: drop, label and off must not share a rule; 'caption' is named twice. Name it once.
    """
    named = {"drop": errors.some_of("drop", drop, RULES), "label": errors.some_of("label", label, RULES)}
    silent = errors.some_of("off", off, RULES)
    every = [*named["drop"], *named["label"], *silent]
    twice = next((rule for rule in every if every.count(rule) > 1), None)
    if twice:
        raise errors.PastepotError(
            f"drop, label and off must not share a rule; {twice!r} is named twice. Name it once."
        )
    actions = {rule: known.action for rule, known in RULES.items()}
    for action, rules in named.items():
        actions.update(dict.fromkeys(rules, action))
    return {rule: action for rule, action in actions.items() if rule not in silent}


def _whole_paragraphs(text: str, paragraphs: Sequence[Span], title: str, author: str) -> dict[Span, str]:
    """Return the paragraphs that are furniture as a whole, each with its rule."""
    found: dict[Span, str] = {}
    folded, total = text.casefold(), len(paragraphs)
    pictured, hinted = _has_one(folded, CAPTION_HINTS), _has_one(folded, HINTS)
    for number, span in enumerate(paragraphs):
        line = text[span[0] : span[1]]
        near = number < _FARTHEST or number >= total - _FARTHEST
        promising = OTHER_LINES.fullmatch(line) or (near and (END_LINES.fullmatch(line) or (author and author in line)))
        if promising or hinted or (pictured and _has_one(line.casefold(), CAPTION_HINTS)):
            found[span] = _line_rule(line, number, total, author)
    found = {span: rule for span, rule in found.items() if rule}
    heading = _title(text, [span for span in paragraphs if span not in found], title)
    if heading:
        found.update(dict.fromkeys(_beside_title(text, paragraphs, heading, found), "section_label"))
        found[heading] = "title"
    rest = [span for span in paragraphs if span not in found]
    found.update(dict.fromkeys(_subheadings(text, paragraphs, rest), "subheading"))
    return found


def _has_one(folded: str, hints: Iterable[str]) -> bool:
    """Say whether a text in lower case holds one of the hints."""
    return any(map(folded.__contains__, hints))


def _line_rule(line: str, number: int, total: int, author: str) -> str:
    """Return the rule whose pattern a whole paragraph fits, or an empty string."""
    from_an_end = min(number, total - 1 - number)
    for rule, pattern in LINES.items():
        near = from_an_end < NEAR_AN_END.get(rule, total)
        if near and pattern.fullmatch(line) and not (number == 0 and rule == "byline"):
            return rule
    if not author or not number or from_an_end >= NEAR_AN_END["byline"] or author not in line or line.endswith("."):
        return ""
    return "byline" if len(_WORD.findall(line[:400])) <= _LABEL_WORDS + len(_WORD.findall(author)) else ""


def _title(text: str, candidates: Sequence[Span], title: str) -> Span | None:
    """Return the span of the headline: the line that metadata names, else a short first line without a full stop."""
    wanted = fold_words(title)
    for span in candidates[:3]:
        if wanted and span[1] - span[0] < 2 * len(title) + _TITLE_WORDS and fold_words(text[slice(*span)]) == wanted:
            return span
    if wanted or len(candidates) < 2:
        return None
    first, second = candidates[0], candidates[1]
    if text[first[0] : first[1]].isupper() and _length(text, first) <= 3 and len(candidates) > 2:
        first, second = second, candidates[2]
    bare = text[first[0] : first[1]].rstrip(_CLOSERS)
    longer = second[1] - second[0] > first[1] - first[0]
    short = 0 < _length(text, first) <= _TITLE_WORDS
    return first if short and longer and not bare.endswith((".", ",", ";")) else None


def _beside_title(text: str, paragraphs: Sequence[Span], heading: Span, found: Mapping[Span, str]) -> Iterator[Span]:
    """Yield the short lines above the title, and between it and the first longer paragraph."""
    place = paragraphs.index(heading)
    below = itertools.takewhile(lambda span: span in found or _is_label(text, span), paragraphs[place + 1 :])
    above = (span for span in paragraphs[:place] if _is_label(text, span))
    if len(paragraphs) > place + 2:
        yield from (span for span in itertools.chain(above, below) if span not in found)


def _is_label(text: str, span: Span) -> bool:
    """Say whether a line is a few words without a closing stop."""
    return 0 < _length(text, span) <= _LABEL_WORDS and text[span[1] - 1] not in _STOPS + _CLOSERS


def _length(text: str, span: Span) -> int:
    """Return the number of words in a span."""
    return len(_WORD.findall(text, *span))


def _subheadings(text: str, paragraphs: Sequence[Span], rest: Sequence[Span]) -> Iterator[Span]:
    """Yield short lines without closing punctuation that have a longer paragraph before and after them."""
    short = [span for span in rest if text[span[1] - 1] not in _STOPS and _is_subheading(text[span[0] : span[1]])]
    if not short:
        return
    places = {span: number for number, span in enumerate(paragraphs)}
    first, last = (
        next((places[span] for span in spans if _LONGER.match(text, *span)), 0) for spans in (rest, reversed(rest))
    )
    yield from (span for span in short if first < places[span] < last)


def _is_subheading(line: str) -> bool:
    """Say whether a line reads like a sub-heading: short, no closing stop, a capital first; it may be quoted whole."""
    quoted = line[0] in _OPENERS and line[-1] in _CLOSERS
    bare = line.strip(_OPENERS + _CLOSERS) if quoted else line
    begins = bool(bare) and not bare[0].islower() and bare[0] not in _OPENERS + "-–—•*"
    ends = begins and bare[-1] not in _STOPS + _CLOSERS
    return ends and 0 < len(_WORD.findall(line[:400])) <= _SUBHEADING_WORDS


def _repeats(text: str, paragraphs: Sequence[Span]) -> Iterator[Finding]:
    """Yield each paragraph that stands word for word earlier in the article, with a pointer to the first."""
    heads = [
        match and (match[1] + match[2]).casefold() for match in (_TWO_WORDS.match(text, *span) for span in paragraphs)
    ]
    if len(set(heads)) == len(heads):
        return
    alike = {head for head, count in Counter(heads).items() if count > 1}
    first: dict[str, int] = {}
    for start, end in itertools.compress(paragraphs, map(alike.__contains__, heads)):
        if _length(text, (start, end)) < _REPEAT_WORDS:
            continue
        earlier = first.setdefault(fold_words(text[start:end]), start)
        if earlier != start:
            yield start, end, "repeat", f"the same paragraph stands first at {earlier}"


def _inside(text: str, paragraphs: Sequence[Span]) -> Iterator[Finding]:
    """Yield the furniture that stands inside paragraphs: photo marks, datelines, translation credits and bios."""
    translated = "translat" in text.casefold()
    bracketed = "(" in text or "[" in text
    for number, (start, end) in enumerate(paragraphs):
        for match in INSIDE["photo_mark"].finditer(text, start, end) if bracketed else ():
            blank = match.start() > start and text[match.start() - 1] == " "
            yield match.start() - blank, match.end(), "photo_mark", RULES["photo_mark"].evidence
        dateline = INSIDE["dateline"].match(text, start, end) if number < 3 else None
        if dateline:
            yield start, dateline.end(), "dateline", RULES["dateline"].evidence
        if translated and (number < 4 or number >= len(paragraphs) - 2):
            yield from _credits(text, start, end)
    if paragraphs:
        yield from _bio(text, *paragraphs[-1])


def _credits(text: str, start: int, end: int) -> Iterator[Finding]:
    """Yield the sentence of a paragraph that says the article is a translation."""
    match = INSIDE["translation_credit"].search(text, start, end)
    if not match:
        return
    breaks = [start, *(found.end() for found in _SENTENCE_END.finditer(text, start, end)), end]
    first = max(place for place in breaks if place <= match.start())
    last = min(place for place in breaks if place > match.start())
    yield first, first + len(text[first:last].rstrip()), "translation_credit", RULES["translation_credit"].evidence


def _bio(text: str, start: int, end: int) -> Iterator[Finding]:
    """Yield the author's note at the very end of an article, also where it is glued to the last paragraph."""
    breaks = [start, *(found.end() for found in _SENTENCE_END.finditer(text, start, end))]
    for place in breaks[-3:]:
        match = INSIDE["bio"].fullmatch(text, place, end)
        if match:
            yield place, end, "bio", f"{RULES['bio'].evidence}: {match['name']}"
            return
