"""Page furniture by the rules of ``furniture.toml``: captions, credits, sub-headings, adverts, forms and the like.

A rule of high precision drops, the others label. Line rules look at one whole paragraph; a few rules look inside one.
Each finding says why, and `pastepot.read(..., drop=, label=, off=)` changes what any rule does.
"""

import functools
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pastepot import files
from pastepot.corpus.ledger import CleanText, Decision
from pastepot.corpus.repairs import fold_words
from pastepot.corpus.turns import find_turns
from pastepot.errors import PastepotError, some_of

Span = tuple[int, int]
Finding = tuple[int, int, str, str]
Actions = Mapping[str, str]


class Rule(NamedTuple):
    """What a rule does by default, the part that its labelled text then counts as, and its evidence in words."""

    action: str
    part: str
    evidence: str


_DATA = files.data("corpus/furniture.toml")
RULES: Mapping[str, Rule] = {name: Rule(**rule) for name, rule in _DATA["rules"].items()}
PARTS = ("body", "title", "subheading", "caption", "credit", "bio", "turn_label", "repeat")
COUNTED_PARTS = ("body", "title", "subheading")

_HINTS = {rule: hints.split("|") for rule, hints in _DATA["hints"].items()}
_FIRST = {rule: frozenset("".join(words).split()) for rule, words in _DATA["starts"].items()}
_STARTS = {word: [rule for rule in _FIRST if word in _FIRST[rule]] for word in itertools.chain(*_FIRST.values())}
_SHORT, _SHORT_AT_MOST = _DATA["short"]["rules"], _DATA["short"]["characters"]
_NEAR_AN_END: Mapping[str, int] = _DATA["near_an_end"]
_NOT_FIRST: Sequence[str] = _DATA["not_first"]["rules"]
_TITLE_WORDS = 30
_SUBHEADING_WORDS = 12
_LABEL_WORDS = 7
_STOPPED_WORDS, _CAPITALISED_WORDS = 12, 20
"""Words of a headline with a closing stop, and of one whose words have capitals."""
_REPEAT_WORDS = 12


@functools.cache
def pattern(place: str, rule: str) -> re.Pattern[str]:
    """Return the pattern of a rule for whole lines (`lines`) or `inside` them, made when a text first needs it."""
    text = "".join(_DATA[place][rule])
    for name, piece in _DATA["pieces"].items():
        text = text.replace(f"<{name}>", piece)
    return re.compile(text)


_SENTENCE_END = re.compile(r"(?<=[.!?”’\"'])[ \n]+(?=[^\sa-zß-ÿ])")
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_LINE_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_LETTERS = re.compile(r"\b[^\W\d_]\w*(?:['’]\w+)*")
_GOES_ON = re.compile(r"\s+[a-zß-ÿ]")
_TWO_WORDS = re.compile(r"\W{0,20}(\w+)\W{1,20}(\w+)")
_NO_HEADING = re.compile(
    r"\d\S* (?:[\w.]+ )?\d|^[^a-z]*\d[^a-z]*$|-$|\b(?:vs|nil|unch)\b|^(?:It|They|He|She) |\b(?:said|was|were)\b"
)
"""Rows of a table, and sentences that lost their full stop."""

# A headline leaves articles out, and tells nothing as past; a sentence that begins an article does both.
_PROSE = re.compile(r"(?i)\b(?:the|an?|ha[sd]|have|been|he|she|it|they|we|i|there|this|that|which)\b")
_TOLD = re.compile(
    r"(?i)\b(?:said|was|were|had|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
    r"|^\W{0,2}(?:the|an?|it|he|she|they|we|i|there|this)\b[^:]*$"
)

_ABOVE = re.compile(
    r"(?:(?i:by|von|par|por) [A-ZÀ-Þ][\w.’'-]*(?:,?(?: and| und| et| y|) [A-ZÀ-Þ][\w.’'-]*){0,6}"
    r"|(?:\w{3,6}day,? )?(?:[A-ZÀ-Þ][\w.]{2,9} \d{1,2}|\d{1,2}\.? [A-ZÀ-Þ][\w.]{2,9}),? ?(?:\d{4})?"
    r"|[A-ZÀ-Þ][A-ZÀ-Þ .'’-]+(?:, .{1,30})?(?: \([\w ]{2,30}\))? ?(?:--|[–—-]|, \w+ \d{1,2}))\.?"
)
"""A byline, a date or a dateline alone, which may stand above a headline."""
_HEADLINE_AT_MOST, _TWO_LINES = 250, 160
_SMALL = {"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "over", "the", "to", "with"}
_NAME_BEFORE = re.compile(r"\b[A-ZÀ-Þ][\w.’'-]* $")
_STOPS = ".!?…:;,"
_CLOSERS = "\"'”’»)"
_ENDS = ".!?…:\"'”’"
_OPENERS = "\"“‘'«„"


INLINE = ("photo_mark",)
"""Rules whose labels are inside a sentence and don't end it."""


class LabelledSpan(NamedTuple):
    """A labelled span of clean text, its part, and whether it is inside a sentence."""

    start: int
    end: int
    part: str
    inline: bool


def labelled_spans(view: CleanText) -> list[LabelledSpan]:
    r"""Return the labelled spans of a clean text, a repeat last, so that it wins where they are painted in order.

    >>> from pastepot.corpus.ledger import Decision, apply_decisions
    >>> labelled_spans(apply_decisions("Title\nText", [Decision(0, 5, "title", "label")]))
    [LabelledSpan(start=0, end=5, part='title', inline=False)]
    """
    spans = []
    for label in view.labels:
        start, end = view.clean_position(label.start), view.clean_position(label.end)
        spans.append(LabelledSpan(start, end, RULES[label.rule].part, label.rule in INLINE))
    return sorted(spans, key=lambda span: (span.part == "repeat", span.start))


def find_furniture(
    text: str, paragraphs: Sequence[Span], *, title: str = "", author: str = "", actions: Actions | None = None
) -> list[Decision]:
    r"""Return the furniture of a repaired text: one decision a finding, in order.

    Parameters
    ----------
    text : str
        An article with its characters repaired.
    paragraphs : sequence of (start, end)
        Its paragraphs, from `pastepot.corpus.ledger.split_paragraphs`.
    title, author : str
        What metadata says: a first line that is the title is labelled so, a short line with the name is a byline.
    actions : mapping of rule to action, optional
        From `choose_actions`; rules that are missing are off.

    Examples
    --------
    >>> text = "Ferry crews vote\nThe crews voted on Monday.\nLeave a Reply"
    >>> from pastepot.corpus.ledger import split_paragraphs
    >>> [(decision.rule, decision.action) for decision in find_furniture(text, split_paragraphs(text))]
    [('title', 'label'), ('comment_form', 'drop')]
    """
    chosen = choose_actions() if actions is None else actions
    turns = find_turns(text) if "turn_label" in chosen else []
    spoken = [span for span in paragraphs if any(span[0] <= label[0] < span[1] for label in turns)]
    whole = _whole_paragraphs(text, paragraphs, title, author, spoken)
    rest = [span for span in paragraphs if span not in whole]
    repeats = dict(_repeats(text, rest))
    findings = [(*span, rule, "") for span, rule in whole.items()] + [(*span, "turn_label", "") for span in turns]
    findings += [(*span, "repeat", f"the same paragraph occurs first at {first}") for span, first in repeats.items()]
    findings += _inside(text, [span for span in rest if span not in repeats and span not in spoken])
    wanted = (finding for finding in findings if finding[2] in chosen)
    return sorted(Decision(a, b, rule, chosen[rule], "", why or RULES[rule].evidence) for a, b, rule, why in wanted)


def choose_actions(*, drop: Iterable[str] = (), label: Iterable[str] = (), off: Iterable[str] = ()) -> Actions:
    """Return what each rule does: its default, unless named here; rules named `off` are missing.

    >>> choose_actions(label=["copyright"], off=["caption"])["copyright"]
    'label'
    >>> choose_actions(drop=["caption"], label=["caption"])
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: drop, label and off must not share a rule; 'caption' is named twice. Name it once.
    """
    options = {"drop": drop, "label": label, "off": off}
    named = [(rule, action) for action, rules in options.items() for rule in some_of(action, rules, RULES)]
    if twice := [rule for rule, count in Counter(rule for rule, _ in named).items() if count > 1]:
        raise PastepotError(f"drop, label and off must not share a rule; {twice[0]!r} is named twice. Name it once.")
    actions = {name: rule.action for name, rule in RULES.items()} | dict(named)
    return {rule: action for rule, action in actions.items() if action != "off"}


def _whole_paragraphs(
    text: str, paragraphs: Sequence[Span], title: str, author: str, spoken: Sequence[Span] = ()
) -> dict[Span, str]:
    """Return the paragraphs that are furniture as a whole, each with its rule; those with a turn are not."""
    rules = _ruled_lines(text, paragraphs, author)
    heading = _title(text, [span for span in paragraphs if span not in rules], title)
    if heading:
        lines = [span for span in paragraphs if heading[0] <= span[0] < heading[1]]
        rules.update(dict.fromkeys(lines, "title"))
        rules.update(dict.fromkeys(_beside_title(text, paragraphs, lines[-1], rules), "section_label"))
    rest = [span for span in paragraphs if span not in rules]
    rules.update(dict.fromkeys(_subheadings(text, rest), "subheading"))
    below = {span for span, rule in rules.items() if rule == "title" and spoken and span > spoken[0]}
    return {span: rule for span, rule in rules.items() if span not in spoken and span not in below}


def _ruled_lines(text: str, paragraphs: Sequence[Span], author: str) -> dict[Span, str]:
    """Return the paragraphs that fit the pattern of a rule, each with the rule."""
    rules: dict[Span, str] = {}
    folded, last = text.casefold(), len(paragraphs) - 1
    hinted = _hinted(folded, _HINTS)
    for number, span in enumerate(paragraphs):
        line, near = text[slice(*span)], min(number, last - number)
        here = [*_STARTS.get(_first_word(line), ()), *(_SHORT if len(line) <= _SHORT_AT_MOST else ())]
        here += _hinted(line.casefold(), hinted) if hinted else []
        if not here:
            continue
        here = [rule for rule in here if near < _NEAR_AN_END.get(rule, last + 1) and (number or rule not in _NOT_FIRST)]
        rule = next((rule for rule in here if pattern("lines", rule).fullmatch(line)), "")
        if rule or (author and "byline" in here and _is_byline(line, author)):
            rules[span] = rule or "byline"
    return rules


def _hinted(folded: str, rules: Iterable[str]) -> list[str]:
    """Return the rules that have a hint in a text in lower case."""
    return [rule for rule in rules if any(map(folded.__contains__, _HINTS[rule]))]


def _first_word(line: str) -> str:
    """Return the first word of a line as the data spell it: in lower case, 0 for a digit, # for another sign."""
    word = _LINE_WORD.match(line)
    return word[0].casefold() if word else "0" if line[0].isdecimal() else "#"


def _is_byline(line: str, author: str) -> bool:
    """Return whether a line is little more than the author's name."""
    named = author in line and not line.endswith(".")
    return named and _count_words(line[:400]) <= _LABEL_WORDS + _count_words(author)


def _title(text: str, candidates: Sequence[Span], title: str) -> Span | None:
    """Return the span of the headline: the line that metadata names, else a first line that reads like one."""
    wanted = fold_words(title)
    for start, end in candidates[:3]:
        if wanted and end - start < 2 * len(title) + _TITLE_WORDS and fold_words(text[start:end]) == wanted:
            return start, end
    if wanted or not candidates or candidates[0][1] - candidates[0][0] > _HEADLINE_AT_MOST:
        return None
    candidates = _join_headline(text, candidates)
    places = (number for number, span in enumerate(candidates[:3]) if not _ABOVE.fullmatch(text, *span))
    first = next((number for number in places), 0)
    if not _is_headline(text, candidates[first : first + 4]):
        return None
    is_label = text[slice(*candidates[first])].isupper() and _count_words(text, *candidates[first]) <= 3
    fit = (number for number in places if is_label and _is_headline(text, candidates[number : number + 4]))
    return candidates[next(fit, first)]


def _is_headline(text: str, spans: Sequence[Span]) -> bool:
    """Return whether the first of some lines reads like the headline of the others."""
    (start, end), *below = spans
    line, count = text[start:end], _count_words(text, start, min(end, start + _HEADLINE_AT_MOST))
    stop = line.rstrip(_CLOSERS)[-1:]
    if not 0 < count <= (_CAPITALISED_WORDS if stop in ".,;" else _TITLE_WORDS) or line[-1] == ":":
        return False
    longer = (span for span in below if span[1] - span[0] > end - start)
    is_wire = line.isupper() and count > 3 and any(not text[slice(*span)].isupper() for span in below[:1])
    ends = (text[b - 1] in _STOPS + _CLOSERS or _count_words(text, a, b) > _SUBHEADING_WORDS for a, b in longer)
    if not (is_wire or any(ends)) or (pattern("inside", "dateline").match(line) and not line.isupper()):
        return False
    long = [word for word in _WORD.findall(line)[1:] if len(word) > 3]
    if stop not in ".," or (long and sum(not word[0].islower() for word in long) >= 0.75 * len(long)):
        return True
    return stop == "." and count <= _STOPPED_WORDS and len(_PROSE.findall(line)) <= 1 and not _TOLD.search(line)


def _join_headline(text: str, lines: Sequence[Span]) -> Sequence[Span]:
    """Return the lines, the first two as one where a headline goes on in the line right below."""
    if len(lines) < 3 or lines[1][1] - lines[0][0] > _TWO_LINES or text.count("\n", lines[0][1], lines[1][0]) != 1:
        return lines
    above, below = text[slice(*lines[0])], text[slice(*lines[1])]
    in_capitals = above.isupper() and below.isupper() and _count_words(above) > 3
    goes_on = in_capitals or below[0].islower() or above[-1] in ",;:" or above.split()[-1].casefold() in _SMALL
    joined = [(lines[0][0], lines[1][1]), *lines[2:]]
    return joined if goes_on and _is_headline(text, joined[:4]) else lines


def _beside_title(text: str, paragraphs: Sequence[Span], heading: Span, rules: Mapping[Span, str]) -> Iterator[Span]:
    """Yield the short lines above the title, and between it and the first longer paragraph."""
    number = paragraphs.index(heading)
    below = itertools.takewhile(lambda span: span in rules or _is_label(text, span), paragraphs[number + 1 :])
    above = (span for span in paragraphs[:number] if _is_label(text, span))
    if len(paragraphs) > number + 2:
        yield from (span for span in itertools.chain(above, below) if span not in rules)


def _is_label(text: str, span: Span) -> bool:
    """Return whether a line is a few words without a closing stop that don't go on in the next line."""
    ends = text[span[1] - 1] not in _STOPS + _CLOSERS + "-" and not _GOES_ON.match(text, span[1])
    return ends and 0 < _count_words(text, *span) <= _LABEL_WORDS


def _count_words(text: str, start: int = 0, end: int | None = None) -> int:
    """Return the number of words in a span; a contraction is one."""
    return len(_WORD.findall(text, start, len(text) if end is None else end))


def _subheadings(text: str, rest: Sequence[Span]) -> list[Span]:
    """Return short lines without closing punctuation that have a longer paragraph before and after them."""
    short = [span for span in rest if text[span[1] - 1] not in _STOPS and _is_subheading(text[slice(*span)])]
    longer = [span for span in rest if short and _count_words(text, *span) > _SUBHEADING_WORDS]
    heads = [span for span in short if longer and longer[0] < span < longer[-1]]
    # Rows of a table and items of a list have others like them below, a heading has a sentence.
    below = {span: rest[rest.index(span) + 1 :][:2] for span in heads}
    return [span for span in heads if any(text[end - 1] in _ENDS for _, end in below[span])]


def _is_subheading(line: str) -> bool:
    """Return whether a line reads like a sub-heading: short, no closing stop, a capital first; it may be all quoted."""
    quoted = line[0] in _OPENERS and line[-1] in _CLOSERS
    bare = line.strip(_OPENERS + _CLOSERS) if quoted else line
    begins = bare[:1].isalnum() and not bare[0].islower()
    ends = begins and bare[-1] not in _STOPS + _CLOSERS
    return ends and 0 < _count_words(line[:400]) <= _SUBHEADING_WORDS and not _NO_HEADING.search(line)


def _repeats(text: str, paragraphs: Sequence[Span]) -> Iterator[tuple[Span, int]]:
    """Yield each paragraph that occurs word for word earlier in the article, and where the first starts."""
    # Few paragraphs share their first two words with another, so only those are compared whole.
    starts = (_TWO_WORDS.match(text, *span) for span in paragraphs)
    heads = [match and (match[1] + match[2]).casefold() for match in starts]
    counts = Counter(heads)
    first: dict[str, int] = {}
    for (start, end), head in zip(paragraphs, heads, strict=True):
        if counts[head] > 1 and len(_LETTERS.findall(text, start, end)) >= _REPEAT_WORDS:
            earlier = first.setdefault(fold_words(text[start:end]), start)
            if earlier != start:
                yield (start, end), earlier


def _inside(text: str, paragraphs: Sequence[Span]) -> Iterator[Finding]:
    """Yield the furniture inside paragraphs: photo marks, datelines, translation credits and bios."""
    photo_mark, dateline, cue = (pattern("inside", rule) for rule in ("photo_mark", "dateline", "cue"))
    for start, end in paragraphs if photo_mark.search(text) else ():
        marks = list(photo_mark.finditer(text, start, end))
        # “(left)” alone may be a party or a way to go: it is a mark where two of them stand behind names.
        named = [mark for mark in marks if mark["sure"] or _NAME_BEFORE.search(text, start, mark.start())]
        for mark in named if len(named) > 1 else (mark for mark in marks if mark["sure"]):
            blank = mark.start() > start and text[mark.start() - 1] == " "
            yield mark.start() - blank, mark.end(), "photo_mark", ""
    for start, end in paragraphs[:3]:
        if place := dateline.match(text, start, end):
            yield start, place.end(), "dateline", ""
    for start, end in paragraphs:
        if glued := cue.match(text, start, end):
            yield start, glued.end(), str(glued.lastgroup), ""
    translated, bio = pattern("inside", "translation_credit"), pattern("inside", "bio")
    for paragraph in {*paragraphs[:4], *paragraphs[-2:]} if "translat" in text.casefold() else ():
        credits_in = (span for span in _sentences(text, *paragraph) if translated.match(text, *span))
        yield from ((*span, "translation_credit", "") for span in itertools.islice(credits_in, 1))
    # The author's note is at the very end of an article, also glued to the last paragraph.
    for start, end in paragraphs[-1:]:
        notes = (bio.fullmatch(text, first, end) for first, _ in _sentences(text, start, end)[-3:])
        for note in itertools.islice(filter(None, notes), 1):
            yield note.start(), end, "bio", f"{RULES['bio'].evidence}: {note['name']}"


def _sentences(text: str, start: int, end: int) -> list[Span]:
    """Return the sentences of a paragraph, roughly: enough to cut a credit or a note on the author out of it."""
    ends = [match.span() for match in _SENTENCE_END.finditer(text, start, end)]
    return list(zip([start, *(after for _, after in ends)], [*(before for before, _ in ends), end], strict=True))
