"""Character repairs: each is a `replace` decision, so that the raw characters stay and every mend can be seen.

Quotation marks are never touched: ‘ and ’ are evidence of who speaks.
"""

import unicodedata
from collections.abc import Iterable, Iterator

import regex

from pastepot.corpus.ledger import Decision, View, view

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
RULES = tuple(_EVIDENCE)
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
        again = [_in_raw(seen, one) for one in _single_characters(seen.text)]
        decisions = _without_overlaps(again, decisions)
    return sorted(decisions)


def _in_raw(seen: View, decision: Decision) -> Decision:
    """Return a decision about a clean text as one about its raw text."""
    start, end = seen.raw_span(decision.start, decision.end)
    return decision._replace(start=start, end=end)


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
            for first, last, text in _decoded_again(body):
                yield Decision(start + first, start + last, "mojibake", "replace", text, _EVIDENCE["mojibake"])
        start += len(line)


def _decoded_again(line: str) -> Iterator[tuple[int, int, str]]:
    """Yield the stretches of a line that ftfy can decode again, each with what stands there then."""
    import ftfy  # noqa: PLC0415 (needed by few texts)

    fixed, plan = ftfy.fix_encoding_and_explain(line)
    if fixed == line:
        return
    found = _BEYOND_ASCII.finditer(line)
    runs = [(run.start(), run.end(), ftfy.apply_plan(run[0], plan or [])) for run in found]  # type: ignore[arg-type]
    for first, last, text in runs if _applied(line, runs) == fixed else [_changed_middle(line, fixed)]:
        if text != line[first:last]:
            yield first, last, text


def _applied(line: str, runs: list[tuple[int, int, str]]) -> str:
    """Return a line with some stretches replaced."""
    done, pieces = 0, []
    for first, last, text in runs:
        pieces += [line[done:first], text]
        done = last
    return "".join([*pieces, line[done:]])


def _changed_middle(before: str, after: str) -> tuple[int, int, str]:
    """Return the one stretch in which two versions of a line differ, and what stands there in the second."""
    head = 0
    while head < min(len(before), len(after)) and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < min(len(before), len(after)) - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return head, len(before) - tail, after[head : len(after) - tail]
