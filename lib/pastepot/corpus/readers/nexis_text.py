"""Old Nexis text exports: many articles in one .txt file, each after a line ``n of N DOCUMENTS``.

Lines, labels and counts are read from the text as it stands: some exports put a no-break space after a label's colon.
"""

import itertools
import re
from collections.abc import Iterator, Sequence

from pastepot.corpus import encoding
from pastepot.corpus.readers import nexis
from pastepot.corpus.readers.export_lines import Line, label, lines, read_labelled_lines, span, tail_start
from pastepot.corpus.records import Found, Problem

_MARKER = re.compile(
    r"^[ \t]*(?:FOCUS - )?"
    r"(?:(\d{1,7}) of (\d{1,7}) DOCUMENTS?|Dokument (\d{1,7}) von (\d{1,7})|Document (\d{1,7}) de (\d{1,7}))"
    r"[ \t]*\r?$",
    re.MULTILINE,
)
_END = re.compile(r"^[ \t]*End of Document[ \t]*\r?$", re.MULTILINE)
_COPYRIGHT = re.compile(r"(?:copyright|©|all rights reserved)", re.IGNORECASE)
_CORRECTION = re.compile(r"corrections? appended", re.IGNORECASE)
_LOOKED_AT = 20_000


def is_nexis(text: str) -> bool:
    r"""Return whether a text looks like an old Nexis export.

    >>> is_nexis("\n   1 of 2 DOCUMENTS\n\n  Gazette\n"), is_nexis("Only 1 of 2 DOCUMENTS was signed.")
    (True, False)
    """
    return bool(_MARKER.search(text, 0, _LOOKED_AT))


def read_nexis_text(path: str, data: bytes) -> Iterator[Found]:
    """Yield the articles of an old Nexis text export, each the stretch of the file that is its body.

    Where the counts in the file disagree, a problem for the whole file comes first and every article that is there
    still comes.
    """
    text, name, replaced = encoding.decode(data)
    yield from encoding.undecoded_problem(path, replaced, name)
    markers = list(_MARKER.finditer(text))
    complaint = _miscount(markers, len(_END.findall(text)))
    if complaint:
        yield Problem(path, "", complaint)
    bounds = [*markers, None]
    for number, (marker, following) in enumerate(itertools.pairwise(bounds), start=1):
        end = following.start() if following else len(text)
        yield _article(path, text, lines(text, marker.end() if marker else 0, end), number, name)


def _miscount(markers: Sequence[re.Match[str]], ends: int) -> str:
    """Return how the counts of an export disagree, or an empty string."""
    count = len(markers)
    for place, marker in enumerate(markers, start=1):
        number, of = (int(digits) for digits in marker.groups() if digits)
        if (number, of) != (place, count):
            return f"the file holds {count:,} articles, but the line before number {place:,} says {number:,} of {of:,}"
    if ends not in (0, count):
        return f"the file holds {count:,} articles, but {ends:,} lines 'End of Document'"
    return ""


def _article(path: str, text: str, block: Sequence[Line], number: int, name: str) -> Found:
    """Return one article, or the reason why it was not taken in."""
    if not any(label(line.text, nexis.LENGTHS) for line in block):
        return Problem(path, f"article {number}", "it has no line 'LENGTH:', so its text cannot be told from its head")
    first = next(place for place, line in enumerate(block) if label(line.text, nexis.HEAD))
    body = _body_from(block, first)
    tail = body + tail_start(block[body:], nexis.CERTAIN, nexis.LIKELY)
    start, end = span(_without_wrapper(block[body:tail]))
    if start == end:
        return Problem(path, f"article {number}", "it has no text")
    found = {
        **read_labelled_lines(block[tail:], nexis.CERTAIN | nexis.LIKELY),
        **read_labelled_lines(block[first:body], nexis.HEAD),
        **_top(block[:first]),
    }
    made = nexis.article(text[start:end], path, "nexis txt", number, found)
    return made._replace(file_start=start, encoding=name)


def _body_from(block: Sequence[Line], first: int) -> int:
    """Return the index of the first line after the labels at an article's head."""
    inside = False
    for place in range(first, len(block)):
        line = block[place]
        if label(line.text, nexis.HEAD):
            inside = True
        elif line.text and not inside:
            return place
        elif not line.text:
            inside = False
    return len(block)


def _without_wrapper(block: Sequence[Line]) -> Sequence[Line]:
    """Return the lines of a body without the copyright and end lines that follow it."""
    last = len(block)
    while last and (not block[last - 1].text or _is_wrapper(block[last - 1].text)):
        last -= 1
    return block[:last]


def _is_wrapper(line: str) -> bool:
    """Return whether a line is the database's and not the article's."""
    return bool(_COPYRIGHT.match(line)) or line == "End of Document"


def _top(block: Sequence[Line]) -> dict[str, str]:
    """Return outlet, date, edition and title from the lines above an article's first label."""
    kept = [line for line in block if not _COPYRIGHT.match(line.text)]
    at = next((place for place, line in enumerate(kept) if nexis.date_line(line.text)), None)
    if at is None:
        full = [line.text for line in kept if line.text]
        return {"outlet": full[0] if full else "", "title": " ".join(full[1:])}
    above = [line.text for line in kept[:at] if line.text]
    edition = list(itertools.takewhile(bool, (line.text for line in kept[at + 1 :])))
    below = [line.text for line in kept[at + 1 + len(edition) :] if line.text]
    return {
        "outlet": above[-1] if above else "",
        "date": nexis.date_line(kept[at].text),
        "edition": " ".join(line for line in edition if not _CORRECTION.fullmatch(line)),
        "title": " ".join(line for line in below if not _CORRECTION.fullmatch(line)),
    }
