"""Character repairs: each is a `replace` decision, so that the raw characters stay and every repair can be seen.

Quotation marks are never repaired: ‘ and ’ are evidence of who speaks. Where texts are only compared, `uncurl_quotes`
and `fold_words` take the differences out that do not matter.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from os.path import commonprefix

import regex

from pastepot.corpus.ledger import CleanText, Decision, apply_decisions

_SUSPECT = regex.compile(
    r"(?P<line_end>\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029])"
    r"|(?P<no_break_space>[\u00a0\u2007\u202f])"
    r"|(?P<soft_hyphen>\u00ad)"
    r"|(?P<zero_width>[\u200b\u2060\ufeff])"
    r"|(?P<control>[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f])"
    r"|(?P<combining>\P{M}\p{M}++)"
)
_RULES = {
    "line_end": ("\n", "another line end than a line feed"),
    "no_break_space": (" ", "a no-break space"),
    "soft_hyphen": ("", "a soft hyphen"),
    "zero_width": ("", "a zero-width character"),
    "control": ("", "a control character"),
}
"""What replaces a single character, and the evidence."""
_STRAIGHT = dict.fromkeys("‘’‚‛ʼ‹›＇", "'") | dict.fromkeys("“”„‟«»〝〞〟＂", '"')
_MOJIBAKE_EVIDENCE = "UTF-8 that was read as another encoding"
_WORD = re.compile(r"\w+")
_BEYOND_ASCII = regex.compile(r"[^\x00-\x7f]+")
_MOJIBAKE = regex.compile(r"[ÂÃâãäåæçðñìíîïÐÑ][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")


def find_repairs(raw: str) -> list[Decision]:
    r"""Return the character repairs of a raw text, in order.

    Notes
    -----
    Line ends become line feeds, no-break spaces spaces; soft hyphens, zero-width and control characters go;
    a letter with combining marks takes its composed form (NFC, one cluster at a time); mojibake is undone by ftfy
    where it is sure. What a repair brings together is repaired again, so that cleaning twice is cleaning once. Joiners
    that carry meaning (U+200C, U+200D) stay, as do ½, ™ and full-width letters.

    Examples
    --------
    >>> [(repair.start, repair.rule, repair.replacement) for repair in find_repairs("a\u00a0b\r\nc")]
    [(1, 'no_break_space', ' '), (3, 'line_end', '\n')]
    >>> find_repairs("“nothing” to repair")
    []
    """
    if raw.isascii() and raw.replace("\n", "").replace("\t", "").isprintable():
        return []
    repairs = _add_untouched(list(_mojibake(raw)), _single_characters(raw))
    new = repairs
    while new:
        seen = apply_decisions(raw, repairs)
        new = [_in_raw(seen, repair) for repair in _single_characters(seen.text)]
        repairs = _add_untouched(new, repairs)
    return sorted(repairs)


def _in_raw(seen: CleanText, repair: Decision) -> Decision:
    """Return a repair of repaired text as one of the raw text, with all else that an earlier repair put there."""
    start, end = seen.raw_span(repair.start, repair.end)
    before = seen.text[seen.clean_position(start) : repair.start]
    after = seen.text[repair.end : seen.clean_position(end)]
    return repair._replace(start=start, end=end, replacement=before + repair.replacement + after)


def _add_untouched(first: list[Decision], others: Iterable[Decision]) -> list[Decision]:
    """Return the first decisions and those of the others that touch none of them."""
    return first + [one for one in others if not any(a.start < one.end and one.start < a.end for a in first)]


def _single_characters(raw: str) -> Iterator[Decision]:
    """Yield the repairs of single characters and of letters with their marks."""
    for match in _SUSPECT.finditer(raw):
        rule, characters = match.lastgroup, match[0]
        composed = (unicodedata.normalize("NFC", characters), "a letter and its mark have one composed form")
        replacement, evidence = _RULES.get(rule, composed)
        if replacement != characters:
            yield Decision(match.start(), match.end(), rule, "replace", replacement, evidence)


def _mojibake(raw: str) -> Iterator[Decision]:
    """Yield a repair for each run beyond ASCII of the lines that ftfy can decode again."""
    start = 0
    for line in raw.splitlines(keepends=True):
        body = line.rstrip("\r\n")
        if _MOJIBAKE.search(body):
            for first, last, text in _decode_again(body):
                yield Decision(start + first, start + last, "mojibake", "replace", text, _MOJIBAKE_EVIDENCE)
        start += len(line)


def _decode_again(line: str) -> list[tuple[int, int, str]]:
    """Return start, end and right text of each run of a line that ftfy can decode again."""
    import ftfy  # noqa: PLC0415 (needed by few texts)

    fixed, plan = ftfy.fix_encoding_and_explain(line)

    def decode(run: regex.Match[str]) -> str:
        try:
            return ftfy.apply_plan(run[0], plan or [])  # type: ignore[arg-type]  # a step is a tuple of two strings
        except UnicodeError:  # it is mojibake only together with the spaces around it
            return str(run[0])

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
