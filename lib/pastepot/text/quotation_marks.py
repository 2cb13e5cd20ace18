"""Quotation marks put into pairs, by the characters around each mark.

Double and single marks are paired alike: the marks of a paragraph first, then those carried over its end, then those
that lack a partner.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from typing import Final, NamedTuple

from pastepot.text.sentences import sentence_starts
from pastepot.text.speakers import Span

# What a mark does: WEAK and MIDDLE close a single quotation too, but may be apostrophes (the workers’ vote).
OPEN, CLOSE, EITHER, MIDDLE, WEAK = range(5)
ORPHAN: Final = "orphan"

OPENING_SHAPES: Final = frozenset("“„‟«‘‚‛‹`")
CLOSING_SHAPES: Final = frozenset("”»’›")
QUOTE_CHARACTERS: Final = frozenset("\"“”„‟«»'‘’‚‛‹›`")
BEFORE_OPENING: Final = frozenset("([{<—–―-/=¿¡|*_")
AFTER_CLOSING: Final = frozenset(".,;:!?)]}>—–―-/…|*_")
ENDS_SPEECH: Final = frozenset(".,!?…;:—–-")

LINE: Final = re.compile(r"[^\n\r\u2028\u2029]+")
SOFT_BREAKS: Final = frozenset({"\n", "\r\n"})
DOUBLE: Final = re.compile(r"[\"“”„‟«»]|''|``|‘‘|’’")
# Not the apostrophe between two letters.
SINGLE: Final = re.compile(r"['‘’‚‛‹›](?:(?!\w)|(?<!\w.))")
# 6'3" and 6’ 3”: the last mark is an inch.
INCHES: Final = re.compile(r"\d['’′][ \xa0]?\d{1,2}(?:\.\d)?$")
# ’90s, ’em: the mark stands for letters left out.
ELISION: Final = re.compile(
    r"(?:n|s|re|ve|ll|d|m|t)\b|(?:\d\ds?|em|till?|[Tt]is|[Tt]was|twere|twill|cause|cuz|cos|bout|round|neath|tween)\b(?!['’])"
)
# goin’, o’, ’n’: so does the mark that closes these.
CLIPPED: Final = re.compile(r"(?:in|\bth|\ban|\bo|\bol|\bn)$", re.IGNORECASE)


class _Mark(NamedTuple):
    """One mark and what its surroundings make of it."""

    start: int
    end: int
    role: int
    shape: str


_Bounds = tuple[int, int]
_Pairs = tuple[list[Span], _Mark | None]


def pair_marks(text: str) -> tuple[list[Span], list[Span]]:
    """Return the quotations in double and those in single marks, each in order.

    A single mark inside a double quotation belongs to that; a double quotation may lie in a single one.

    >>> pair_marks("“I said ‘no’ to that,” she said. A ‘no’ it was.")
    ([Span(start=0, end=22, flag='ok', words=0)], [Span(start=35, end=39, flag='ok', words=0)])
    """
    bounds = _find_paragraphs(text)
    doubles = _pair_paragraphs(text, bounds, partial(_find_double_marks, text), _pair_doubles)
    return doubles, _pair_paragraphs(text, bounds, partial(_find_single_marks, text, doubles), _pair_singles)


def _find_paragraphs(text: str) -> list[_Bounds]:
    """Return the bounds of the paragraphs that are not blank, soft line breaks left inside."""
    bounds: list[_Bounds] = []
    for line in LINE.finditer(text):
        start, end = line.span()
        if bounds and text[start].islower() and text[bounds[-1][1] : start] in SOFT_BREAKS:
            bounds[-1] = (bounds[-1][0], end)
        elif not line[0].isspace():
            bounds.append((start, end))
    return bounds


def _find_neighbours(text: str, at: _Bounds, bounds: _Bounds) -> tuple[str, str]:
    """Return the characters before and after a mark, up to two neighbouring marks left out."""
    before, after = at[0] - 1, at[1]
    low, high = max(bounds[0], before - 2), min(bounds[1], after + 2)
    while before >= low and text[before] in QUOTE_CHARACTERS:
        before -= 1
    while after < high and text[after] in QUOTE_CHARACTERS:
        after += 1
    return text[before] if before >= bounds[0] else " ", text[after] if after < bounds[1] else " "


def _find_role(before: str, after: str, shape: str) -> int:
    """Return what a mark does between two characters, by its shape only where they leave it open."""
    if before.isspace() and not after.isspace():
        return OPEN if shape in OPENING_SHAPES or after not in ".,;:!?)]" else EITHER
    if after.isspace() and not before.isspace():
        # French sets a space inside its marks, German turns them round; speech seldom ends in a colon
        return EITHER if shape == "«" or before == ":" else CLOSE
    if after in AFTER_CLOSING and before not in BEFORE_OPENING:
        return CLOSE
    if shape[0] in OPENING_SHAPES:
        return OPEN
    return CLOSE if shape[0] in CLOSING_SHAPES else EITHER


def _find_double_marks(text: str, start: int, end: int) -> list[_Mark]:
    """Return the double marks of a paragraph without inches and left-over markup."""
    marks = []
    attribute = False
    for match in DOUBLE.finditer(text, start, end):
        low, shape = match.start(), match[0]
        if shape in '"”' and low > start:
            if text[low - 1].isdigit() and INCHES.search(text, max(start, low - 6), low):
                continue
            attribute = shape == '"' and (text[low - 1] == "=" or attribute)
            if attribute:
                attribute = text[low - 1] == "="
                continue
        before, after = _find_neighbours(text, match.span(), (start, end))
        marks.append(_Mark(low, match.end(), _find_role(before, after, shape), shape))
    return marks


def _find_single_marks(text: str, doubles: list[Span], start: int, end: int) -> list[_Mark]:
    """Return the single marks of a paragraph that may quote, none from inside a double quotation."""
    marks = []
    for match in SINGLE.finditer(text, start, end):
        low, high = match.span()
        inside = bisect_right(doubles, (low, len(text) + 1)) - 1
        if inside >= 0 and low < doubles[inside].end and doubles[inside].flag != "stray":
            continue
        before, after = _find_neighbours(text, (low, high), (start, end))
        role = _find_role(before, after, match[0])
        if role == OPEN:
            quoting = match[0] in "‚‹" or not (before == "=" or ELISION.match(text, high, end))
        else:
            quoting = match[0] in "‹›" or not (text[high : high + 1].isalnum() or role == EITHER)
            role = _grade_closer(text, low, high, before)
        if quoting:
            marks.append(_Mark(low, high, role, match[0]))
    return marks


def _grade_closer(text: str, low: int, high: int, before: str) -> int:
    """Return how surely a single mark closes a quotation."""
    if before in ENDS_SPEECH or text[low] in "‘‹›":
        return CLOSE
    if before == "s" and text[high : high + 1].isspace() and text[high + 1 : high + 2].islower():
        return WEAK
    return WEAK if CLIPPED.search(text, max(0, low - 3), low) else MIDDLE


def _pair_doubles(marks: list[_Mark]) -> _Pairs:
    """Return the outermost pairs of a paragraph, and the opening mark that nothing closes."""
    spans: list[Span] = []
    inner: list[tuple[_Mark, int]] = []
    waiting: list[_Mark] = []
    for mark in marks:
        if mark.role == OPEN or (mark.role == EITHER and not waiting):
            waiting.append(mark)
        elif not waiting:
            spans.append(Span(mark.start, mark.end, ORPHAN))
        else:
            opener = waiting.pop()
            while inner and inner[-1][0].start > opener.start:
                inner.pop()
            if waiting:
                inner.append((opener, mark.end))
            else:
                spans.append(Span(opener.start, mark.end, "ok"))
    return _pair_unclosed(spans, inner, waiting) if waiting else (spans, None)


def _pair_unclosed(spans: list[Span], inner: list[tuple[_Mark, int]], waiting: list[_Mark]) -> _Pairs:
    """Return the spans and the mark left open, where openers are left over.

    A second opener of the same shape means that the first lost its partner; one of another shape
    starts a quotation inside the quotation.
    """
    items = sorted([*((mark, 0) for mark in waiting), *inner])
    first = items[0][0]
    if len(items) == 1 and first.role == EITHER:
        return [*spans, Span(first.start, first.end, "stray")], None
    if len(items) > 1 and items[1][0].shape != first.shape:
        return spans, first
    for (mark, end), (following, _) in pairwise(items):
        spans.append(Span(mark.start, end or following.start, "ok" if end else "unclosed"))
    last, end = items[-1]
    return ([*spans, Span(last.start, end, "ok")], None) if end else (spans, last)


def _pair_singles(marks: list[_Mark]) -> _Pairs:
    """Return the pairs of a paragraph, and the opening mark that nothing closes."""
    spans: list[Span] = []
    opener = weak = None
    for mark in marks:
        if mark.role == OPEN:
            spans += _close_unsurely(opener, weak, mark.start)
            opener, weak = mark, None
        elif opener is None:
            if mark.role == CLOSE and mark.shape == "’":
                spans.append(Span(mark.start, mark.end, ORPHAN))
        elif mark.role == WEAK:
            weak = weak or mark
        elif mark.role == CLOSE or opener.shape != "’":
            spans.append(Span(opener.start, mark.end, "ok"))
            opener = weak = None
    if opener and (weak or opener.shape not in OPENING_SHAPES):
        return spans + _close_unsurely(opener, weak, opener.end), None
    return spans, opener


def _close_unsurely(opener: _Mark | None, weak: _Mark | None, end: int) -> list[Span]:
    """Return the quotation of an opener that no sure mark closes before `end`."""
    if opener and weak:
        return [Span(opener.start, weak.end, "ok")]
    return [Span(opener.start, end, "unclosed")] if opener and opener.shape in OPENING_SHAPES else []


def _pair_paragraphs(
    text: str, bounds: list[_Bounds], find: Callable[[int, int], list[_Mark]], pair: Callable[[list[_Mark]], _Pairs]
) -> list[Span]:
    """Return the spans of double or of single marks in all paragraphs."""
    spans: list[Span] = []
    waiting: _Mark | None = None
    for number, (start, end) in enumerate(bounds):
        marks = find(start, end)
        low = start
        if waiting:
            span, marks = _carry_over(text, waiting, bounds[number - 1][1], start, marks)
            spans.append(span)
            low = max(start, span.end)
        elif len(marks) > 1 and not text[start : marks[0].start].strip():
            marks[0] = marks[0]._replace(role=OPEN)
        pairs, waiting = pair(marks)
        spans.extend(_repair_spans(text, pairs, low))
    if waiting:
        spans.append(_trim_span(text, waiting.start, bounds[-1][1], "unclosed"))
    return spans


def _carry_over(text: str, opener: _Mark, end: int, start: int, marks: list[_Mark]) -> tuple[Span, list[_Mark]]:
    """Return the span of an opener left open at `end`, and the marks of the next paragraph it leaves."""
    first = marks[0] if marks and not text[start : marks[0].start].strip() else None
    if first is None:
        return _trim_span(text, opener.start, end, "unclosed"), marks
    if first.role == OPEN:
        return _trim_span(text, opener.start, end, "continues"), marks
    return Span(opener.start, first.end, "displaced_close"), marks[1:]


def _repair_spans(text: str, spans: list[Span], low: int) -> Iterator[Span]:
    """Yield the spans of a paragraph, orphan closers with the opener they lack."""
    floor = low
    for span in spans:
        if span.flag == ORPHAN:
            if text[span.start - 1 : span.start].isdigit():
                continue  # 12" is a measure
            repaired = _repair_orphan(text, low, floor, span)
        else:
            repaired = span if span.flag == "ok" else _trim_span(text, *span[:3])
        floor = repaired.end
        yield repaired


def _repair_orphan(text: str, paragraph: int, floor: int, span: Span) -> Span:
    """Return the quotation that an orphan closer ends, from its sentence on, or the mark as stray."""
    stray = span._replace(flag="stray")
    last = span.start - 1
    if last < floor or text[last] not in ENDS_SPEECH:
        return stray
    breaks = [at for at in sentence_starts(text, max(paragraph, floor - 3), span.start) if at >= floor]
    if not breaks and floor > paragraph:
        return stray
    start = breaks[-1] if breaks else floor
    start += len(text[start:last]) - len(text[start:last].lstrip())
    return Span(start, span.end, "repaired_open")


def _trim_span(text: str, start: int, end: int, flag: str) -> Span:
    """Return a span without the spaces at its end."""
    return Span(start, start + len(text[start:end].rstrip()), flag)
