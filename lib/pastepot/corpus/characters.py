"""Character repairs: each is a `replace` decision, so that the raw characters stay and every mend can be seen.

Quotation marks are never touched: ‘ and ’ are evidence of who speaks.
"""

import unicodedata
from collections.abc import Iterable, Iterator

import regex

from pastepot.corpus.ledger import Decision, view

_SUSPECT = regex.compile(
    r"(?P<line_end>\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029])"
    r"|(?P<no_break_space>[\u00a0\u2007\u202f])"
    r"|(?P<soft_hyphen>\u00ad)"
    r"|(?P<zero_width>[\u200b\u2060\ufeff])"
    r"|(?P<control>[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f])"
    r"|(?P<combining>\P{M}\p{M}++)"
)
_REPLACEMENT = {"line_end": "\n", "no_break_space": " ", "soft_hyphen": "", "zero_width": "", "control": ""}
_EVIDENCE = {
    "line_end": "another line end than a line feed",
    "no_break_space": "a no-break space",
    "soft_hyphen": "a soft hyphen",
    "zero_width": "a zero-width character",
    "control": "a control character",
    "combining": "a letter and its mark have one composed form",
    "mojibake": "UTF-8 that was read as another encoding",
}
_BEYOND_ASCII = regex.compile(r"[^\x00-\x7f]+")
_MOJIBAKE = regex.compile(r"[ÂÃâãäåæçðñìíîïÐÑ][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")


def character_decisions(raw: str) -> list[Decision]:
    r"""Return the character repairs of a raw text, in order.

    Notes
    -----
    Line ends become line feeds, no-break spaces spaces; soft hyphens, zero-width and control characters go;
    a letter with combining marks takes its composed form (NFC, one cluster at a time); mojibake is undone by ftfy
    where it is sure. What a mend brings together is mended again, so that cleaning twice is cleaning once. Joiners
    that carry meaning (U+200C, U+200D) stay, as do ½, ™ and full-width letters.

    Examples
    --------
    >>> [(one.start, one.rule, one.replacement) for one in character_decisions("a\u00a0b\r\nc")]
    [(1, 'no_break_space', ' '), (3, 'line_end', '\n')]
    >>> character_decisions("“nothing” to mend")
    []
    """
    if raw.isascii() and raw.replace("\n", "").replace("\t", "").isprintable():
        return []
    mended = list(_mojibake(raw))
    decisions = _without_overlaps(mended, _single_characters(raw))
    again = decisions
    while again:
        seen = view(raw, decisions)
        again = [seen.in_raw(one) for one in _single_characters(seen.text)]
        decisions = _without_overlaps(again, decisions)
    return sorted(decisions)


def _without_overlaps(first: list[Decision], others: Iterable[Decision]) -> list[Decision]:
    """Return the first decisions and those of the others that touch none of them."""
    if not first:
        return list(others)
    return first + [one for one in others if not any(a.start < one.end and one.start < a.end for a in first)]


def _single_characters(raw: str) -> Iterator[Decision]:
    """Yield the repairs of single characters and of letters with their marks."""
    for match in _SUSPECT.finditer(raw):
        rule = match.lastgroup
        found = match[0]
        replacement = unicodedata.normalize("NFC", found) if rule == "combining" else _REPLACEMENT[rule]
        if replacement != found:
            yield Decision(match.start(), match.end(), rule, "replace", replacement, _EVIDENCE[rule])


def _mojibake(raw: str) -> Iterator[Decision]:
    """Yield a repair for each stretch beyond ASCII of the lines that ftfy can decode again."""
    if not _MOJIBAKE.search(raw):
        return
    start = 0
    for line in raw.splitlines(keepends=True):
        body = line.rstrip("\r\n")
        if _MOJIBAKE.search(body):
            yield from (one._replace(start=start + one.start, end=start + one.end) for one in _decoded_again(body))
        start += len(line)


def _decoded_again(line: str) -> list[Decision]:
    """Return a repair for each stretch of a line that ftfy can decode again."""
    import ftfy  # noqa: PLC0415 (needed by few texts)

    fixed, plan = ftfy.fix_encoding_and_explain(line)
    runs = [
        _repair(run.start(), run.end(), ftfy.apply_plan(run[0], plan or []))  # type: ignore[arg-type]
        for run in _BEYOND_ASCII.finditer(line)
    ]
    if view(line, runs).text != fixed:
        head = _shared(line, fixed)
        tail = _shared(line[head:][::-1], fixed[head:][::-1])
        runs = [_repair(head, len(line) - tail, fixed[head : len(fixed) - tail])]
    return [one for one in runs if one.replacement != line[one.start : one.end]]


def _shared(one: str, other: str) -> int:
    """Return with how many equal characters two texts begin."""
    unequal = (place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1])
    return next(unequal, min(len(one), len(other)))


def _repair(start: int, end: int, text: str) -> Decision:
    """Return the decision that puts `text` in place of mojibake."""
    return Decision(start, end, "mojibake", "replace", text, _EVIDENCE["mojibake"])
