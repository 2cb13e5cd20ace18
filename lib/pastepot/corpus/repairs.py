"""Character repairs: each is a `replace` decision, so that the raw characters stay and every repair can be seen.

Quotation marks are never repaired: ‘ and ’ are evidence of who speaks. Where texts are only compared, `uncurl_quotes`
and `fold_words` take the differences out that do not matter.
"""

import functools
import html
import importlib.util
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from os.path import commonprefix
from pathlib import Path

import regex

from pastepot.corpus.ledger import CleanText, Decision, apply_decisions

_RULES = {
    "line_end": (r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", "\n", "another line end than a line feed"),
    "no_break_space": (r"[\u00a0\u2007\u202f]", " ", "a no-break space"),
    "soft_hyphen": (r"\u00ad", "", "a soft hyphen"),
    "zero_width": (r"[\u200b\u2060\ufeff]", "", "a zero-width character"),
    "control": (r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]", "", "a control character"),
    "combining": (r"(?<=[^\p{M}\p{C}\p{Z}])\p{M}++", "", "a letter and its mark have one composed form"),
}
"""The pattern of single characters that are repaired, what replaces them, and the evidence."""
_SUSPECT = regex.compile("|".join(f"(?P<{rule}>{characters})" for rule, (characters, *_) in _RULES.items()))
_STRAIGHT = dict.fromkeys("‘’‚‛ʼ‹›＇", "'") | dict.fromkeys("“”„‟«»〝〞〟＂", '"')
_MOJIBAKE_EVIDENCE = "UTF-8 that was read as another encoding"
_WORD = re.compile(r"\w+")
_BEYOND_ASCII = regex.compile(r"[^\x00-\x7f]+")
# What begins two or more bytes of UTF-8 in another encoding, and what follows: ftfy looks only at lines that have both.
_MOJIBAKE = regex.compile(r"[Â-ôĂĐĹŃРС√][^\x00-\x7fà-ÿа-яё]|‚Ä")
_LOST_BYTE = regex.compile(r"â€(?=[\x00-\x7f]|$)")

# Marks are looked for as they are written today; where one is closed, any that HTML knows. Stock codes stand in <> too.
_OF_BLOCKS = r"(?:article|blockquote|br|div|figure|h[1-6]|hr|iframe|img|li|ol|p|section|table|t[dhr]|ul)"
_OF_WORDS = r"(?:a|b|cite|del|em|font|i|ins|mark|q|s|small|span|strike|strong|su[bp]|u)"
_TAG = r"/?{0}(?:\s[^<>]{{0,400}}=[^<>]{{0,400}})?\s?/?>(?! ?(?:tag|element)s?\b)"
_HIDDEN = r"!--.{0,5000}?-->|(?:script|style)\b[^<]{0,5000}</(?:script|style)>"
_ENTITY = r"[&<](?:(?<=&)(?:amp;){0,9}(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});|(?<=<)"
_TAGS = "(?:{0})(?:<(?:{0}))*"
_MARKUP = re.compile(f"{_ENTITY}{_TAGS.format(_TAG.format(_OF_BLOCKS))})")
_CLOSED_MARKUP = re.compile(
    f"{_ENTITY}(?si:{_TAGS.format(_TAG.format(f'(?:{_OF_BLOCKS}|{_OF_WORDS})') + '|' + _HIDDEN)}))"
)
_BLOCK = re.compile(rf"(?i)</?{_OF_BLOCKS}\b")

_HYPHENS = "-\u2010"
_BREAKS = ("-\r", "\u2010", "\u00ad", "¬")
_HYPHENATED = regex.compile(r"\p{L}++(?:[-\u2010]\p{L}++)*+")
_BROKEN_WORD = regex.compile(
    r"(?<=\p{L})(?:¬\s{0,9}|\u00ad\s{1,9}|[-\u2010][ \t]{0,9}(?:\r\n?|\n)[ \t]{0,9})(?=\p{Ll})"
)


def find_repairs(raw: str) -> list[Decision]:
    r"""Return the character repairs of a raw text, in order.

    Notes
    -----
    Line ends become line feeds, no-break spaces spaces; soft hyphens, zero-width and control characters go;
    a letter with combining marks takes its composed form (NFC, one cluster at a time); mojibake is undone by ftfy
    where it is sure. Characters spelt out for web pages (``&amp;``) become what they mean; marks of web pages go,
    those of blocks leave a line end. A word that a line end broke is joined at a soft hyphen and at ¬; at a hyphen
    only if the whole word stands in the text or in TextBlob's English list, and its hyphenated form not in the text.
    What a repair brings together is repaired again, so that cleaning twice is cleaning once. Joiners
    that carry meaning (U+200C, U+200D) stay, as do ½, ™ and full-width letters.

    Examples
    --------
    >>> [(repair.start, repair.rule, repair.replacement) for repair in find_repairs("a\u00a0b\r\nc")]
    [(1, 'no_break_space', ' '), (3, 'line_end', '\n')]
    >>> find_repairs("“nothing” to repair")
    []
    """
    repairs = new = _add_untouched(list(_mojibake(raw)), _mend(raw))
    while new:
        seen = apply_decisions(raw, repairs)
        new = [_in_raw(seen, repair) for repair in _mend(seen.text)]
        repairs = _add_untouched(new, repairs)
    return sorted(repairs)


def _in_raw(seen: CleanText, repair: Decision) -> Decision:
    """Return a repair of repaired text as one of the raw text, with all else that an earlier repair put there."""
    start, end = seen.raw_span(repair.start, repair.end)
    before = seen.text[seen.clean_position(start) : repair.start]
    after = seen.text[repair.end : seen.clean_position(end)]
    return repair._replace(start=start, end=end, replacement=before + repair.replacement + after)


def _add_untouched(first: list[Decision], others: Iterable[Decision]) -> list[Decision]:
    """Return the first decisions, of which none touch, and those of the others that touch none of them."""
    if not first:
        return list(others)
    starts, ends = sorted(one.start for one in first), sorted(one.end for one in first)
    return first + [one for one in others if bisect_left(starts, one.end) == bisect_right(ends, one.start)]


def _mend(text: str) -> list[Decision]:
    """Return the repairs of a text that need no other repair first: of marks, broken words and characters."""
    found: list[Decision] = []
    is_plain = text.isascii() and text.replace("\n", "").replace("\t", "").isprintable()
    if "&" in text or "<" in text:
        found += _replace_markup(text)
    if "-\n" in text or (not is_plain and any(map(text.__contains__, _BREAKS))):
        found = _add_untouched(found, _join_words(text))
    return found if is_plain else _add_untouched(found, _single_characters(text))


def _single_characters(text: str) -> Iterator[Decision]:
    """Yield the repairs of single characters and of letters with their marks."""
    for match in _SUSPECT.finditer(text):
        rule, (start, end) = match.lastgroup, match.span()
        _, replacement, evidence = _RULES[rule]
        if rule == "combining":  # of a letter before its marks: to look for the marks alone is ten times as fast
            start -= 1
            replacement = unicodedata.normalize("NFC", text[start:end])
        if replacement != text[start:end]:
            yield Decision(start, end, rule, "replace", replacement, evidence)


def _replace_markup(text: str) -> Iterator[Decision]:
    """Yield the repairs of what is spelt out or marked for web pages."""
    for match in (_CLOSED_MARKUP if "</" in text or "<!--" in text else _MARKUP).finditer(text):
        start, end = match.span()
        if match[0][0] == "<":
            beside = {text[max(start - 1, 0) : start], text[end : end + 1]}
            line_end = "\n" if _BLOCK.search(match[0]) and not beside & {"", "\n", "\r"} else ""
            yield Decision(start, end, "tag", "replace", line_end, "a mark of web pages")
        elif (plain := _unescape(match[0])) != match[0]:
            yield Decision(start, end, "entity", "replace", plain, "a character that is spelt out for web pages")


def _unescape(entity: str) -> str:
    """Return the character behind ``&name;``, also if its ampersand is spelt out; what HTML does not know stays."""
    text = entity
    while (plain := html.unescape(text)) != text:
        text = plain
    return entity if text.endswith(";") else text


def _join_words(text: str) -> Iterator[Decision]:
    """Yield a repair for each word that a line end broke: behind a hyphen only where the whole word is known."""
    words: set[str] = set()
    for match in _BROKEN_WORD.finditer(text):
        evidence = "a word that a line end broke"
        if match[0][0] in _HYPHENS:
            before = _HYPHENATED.findall(text, max(match.start() - 40, 0), match.start())[-1].casefold()
            after = _HYPHENATED.match(text, match.end())[0].casefold()
            words = words or {word.casefold() for word in _HYPHENATED.findall(text)}
            if f"{before}-{after}" in words or not ({before + after} & words or before + after in _english_words()):
                continue
            evidence += ", known from the text or a list of English words"
        yield Decision(match.start(), match.end(), "broken_word", "replace", "", evidence)


@functools.cache
def _english_words() -> frozenset[str]:
    """Return the words of TextBlob's list for spelling: some 29,000 from books and the British National Corpus."""
    place = Path(str(importlib.util.find_spec("textblob").origin))  # type: ignore[union-attr]  # it is a dependency
    lines = (place.with_name("en") / "en-spelling.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.split()[0] for line in lines if line and not line.startswith(";"))


def _mojibake(raw: str) -> Iterator[Decision]:
    """Yield a repair for each run beyond ASCII of the lines that ftfy can decode again."""
    start = 0
    for line in () if raw.isascii() else raw.splitlines(keepends=True):
        body = line.rstrip("\r\n")
        if _MOJIBAKE.search(body):
            for first, last, text in _decode_again(body):
                yield Decision(start + first, start + last, "mojibake", "replace", text, _MOJIBAKE_EVIDENCE)
        start += len(line)


def _decode_again(line: str) -> list[tuple[int, int, str]]:
    """Return start, end and right text of each run of a line that ftfy can decode again."""
    import ftfy  # noqa: PLC0415 (needed by few texts)

    def decode(run: regex.Match[str]) -> str:
        try:
            # The last byte of ” has no character in Windows-1252 and is the one that gets lost.
            return ftfy.apply_plan(_LOST_BYTE.sub("â€\x9d", run[0]), plan)  # type: ignore[arg-type]  # two strings each
        except Exception:  # noqa: BLE001 (no text may stop a corpus; or it is mojibake only with the spaces around it)
            return str(run[0])

    try:
        fixed, plan = ftfy.fix_encoding_and_explain(_LOST_BYTE.sub("â€\x9d", line))
    except Exception:  # noqa: BLE001 (as above)
        return []
    plan = plan or []
    runs = [(*run.span(), decode(run)) for run in _BEYOND_ASCII.finditer(line)]
    if _BEYOND_ASCII.sub(decode, line) != fixed:
        # ftfy changed more than the runs one by one: then the changed middle of the line is one repair.
        head = len(commonprefix([line, fixed]))  # noqa: RUF071 (characters are compared, not folders)
        tail = len(commonprefix([line[head:][::-1], fixed[head:][::-1]]))  # noqa: RUF071 (as above)
        runs = [(head, len(line) - tail, fixed[head : len(fixed) - tail])]
    return [(first, last, text) for first, last, text in runs if text != line[first:last]]


def uncurl_quotes(text: str) -> str:
    r"""Return `text` with every curly or other typographic quotation mark and apostrophe as ``'`` or ``"``.

    One character stands for one, so the result is as long as `text` and offsets into it hold.

    Notes
    -----
    For comparing texts, and for tools that know straight marks only: VADER takes "isn’t great" for praise. Not for
    display: the author's marks are gone, and ‹ › « » lose their direction. Primes (5′ 11″), accents and backticks are
    no quotation marks and stay.

    Examples
    --------
    >>> uncurl_quotes("The ferry isn’t “late”.")
    'The ferry isn\'t "late".'
    >>> uncurl_quotes("a quay of 40′, and nothing to uncurl")
    'a quay of 40′, and nothing to uncurl'
    """
    if text.isascii():
        return text
    # Eighteen searches are far quicker than `str.translate`, which looks each character up.
    for curly, straight in _STRAIGHT.items():
        text = text.replace(curly, straight)
    return text


def fold_words(text: str) -> str:
    r"""Return the words of a text in lower case with one space between, for comparing: punctuation does not matter.

    >>> fold_words("The Ferry’s\nlate!") == fold_words("the ferry's late")
    True
    """
    return " ".join(_WORD.findall(text.casefold()))
