r"""Nexis exports: many articles in one text, as Nexis Uni writes them (Word, RTF, PDF) or old Nexis (text, pages).

Nexis Uni marks its structure by lines alone: ``Body``, ``End of Document``, and labels followed by a colon and, but for
plain text, a no-break space. In an old export each article follows a line ``n of N DOCUMENTS``. Lines, labels and
counts are read before any repair of characters.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import partial

from pastepot import files
from pastepot.corpus.metadata import parse_date
from pastepot.corpus.readers import export_lines
from pastepot.corpus.records import Found, Problem, Record, UnreadableError
from pastepot.wording import count_noun

_LABELS = files.data("corpus/readers/labels.toml")["nexis"]
_LENGTHS = frozenset(_LABELS["lengths"])
_HEAD, _CERTAIN = _LENGTHS.union(_LABELS["head"]), frozenset(_LABELS["certain"])
_TAIL = _CERTAIN.union(_LABELS["likely"])
_MONTH = {name: number for number, names in enumerate(_LABELS["months"], start=1) for name in names.split()}
_DATE = re.compile(
    r"(?:[^\W\d]{3,12},? )?"
    r"(?:(?P<month>[^\W\d]{3,12}) (?:(?P<day>\d{1,2}), ?)?|(?P<first>\d{1,2})\.? (?P<second>[^\W\d]{3,12}),? )"
    r"(?P<year>(?:1[5-9]|2\d)\d\d)(?P<rest>[,;]? .{0,60})?"
)
_SENTENCE_END = re.compile(r"[.!?:]\s|[.!?]$")
_COPYRIGHT = re.compile(r"copyright|©|all rights reserved", re.IGNORECASE)
_END = "End of Document"

_BODY = "Body"
_TAIL_HEADINGS = ("Classification", "Graphic")
_COVER_COUNT = re.compile(r"Documents? \((\d{1,7})\)")
_NAME_COUNT = re.compile(r"Files? ?\((\d{1,7})\)", re.IGNORECASE)

_MARKER = re.compile(
    r"^[ \t]*(?:FOCUS - )?"
    r"(?:(\d{1,7}) of (\d{1,7}) DOCUMENTS?|Dokument (\d{1,7}) von (\d{1,7})|Document (\d{1,7}) de (\d{1,7}))"
    r"[ \t]*\r?$",
    re.MULTILINE,
)
_END_LINE = re.compile(rf"^[ \t]*{_END}[ \t]*\r?$", re.MULTILINE)
_CORRECTION = re.compile(r"corrections? appended", re.IGNORECASE)
_LOOKED_AT = 20_000
_EDITION = re.compile(r"(?:.{1,60} - )?(?=.{0,60}(?:edition|ausgabe|édition)\b)[^.!?]{3,60}", re.IGNORECASE)


def parse_date_line(line: str) -> str:
    """Return the day that a line states as YYYY-MM-DD, the line itself if it states only a month, else nothing.

    >>> parse_date_line("July 1, 2031 Tuesday 9:20 AM GMT"), parse_date_line("14. Januar 2031 Dienstag")
    ('2031-07-01', '2031-01-14')
    >>> [parse_date_line(line) for line in ("March 2031", "In June 2031 the ferry was sold.", "Quay 7, 2031 Edition")]
    ['March 2031', '', '']
    """
    match = _DATE.fullmatch(line)
    if not match or _SENTENCE_END.search(match["rest"] or ""):
        return ""
    month = _MONTH.get((match["month"] or match["second"]).casefold())
    day = match["day"] or match["first"]
    if month is None:
        return ""
    if day is None:
        return line if not match["rest"] else ""
    iso = f"{match['year']}-{month:02}-{int(day):02}"
    return iso if parse_date(iso) else ""


# --- Nexis Uni ------------------------------------------------------------------------


def is_nexis_uni(text: str) -> bool:
    r"""Return whether a text looks like a Nexis Uni export.

    >>> is_nexis_uni("Body\n\nThe ferry sails.\n\nEnd of Document\n"), is_nexis_uni("The end.\nEnd of Document")
    (True, False)
    """
    ends = len(_END_LINE.findall(text))
    return ends > 1 or bool(ends and re.search(rf"^[ \t]*{_BODY}[ \t]*\r?$", text, re.MULTILINE))


def read_nexis_uni(source: Record) -> Iterator[Found]:
    """Yield the articles of a Nexis Uni export, each the part of the text that is its body.

    Where the counts in the file disagree, a problem for the whole file comes first and every article that is there
    still comes.
    """
    lines = export_lines.split_lines(source.text)
    ends = [index for index, line in enumerate(lines) if line.text == _END]
    blocks = [lines[before + 1 : end] for before, end in itertools.pairwise([-1, *ends, len(lines)])]
    if not any(line.text == _BODY for line in blocks[-1]):
        blocks.pop()
    if complaint := _uni_miscount(source.path, [line.text for line in lines[:50]], len(blocks), len(ends)):
        yield Problem(source.path, "", complaint)
    yield from export_lines.read_articles(source.path, "article", blocks, partial(_uni_article, source))


def _uni_miscount(path: str, cover_lines: Sequence[str], blocks: int, ends: int) -> str:
    """Return how the counts of an export disagree, or an empty string."""
    has = f"the file has {count_noun(blocks, 'article')}"
    if blocks != ends:
        return f"{has}, but {count_noun(ends, 'line')} {_END!r}"
    cover = next((match for match in map(_COVER_COUNT.fullmatch, cover_lines) if match), None)
    name = _NAME_COUNT.search(path.rpartition("/")[2])
    stated = {source: int(count[1]) for source, count in (("cover", cover), ("name", name)) if count}
    return next((f"{has}, but its {source} says {count:,}" for source, count in stated.items() if count != ends), "")


def _uni_article(source: Record, block: Sequence[export_lines.Line], where: str) -> Record:
    """Return one article; where a label of it has a no-break space, only lines with one are labels."""
    lines = [line.text for line in block]
    if _BODY not in lines:
        raise UnreadableError(f"it has no line {_BODY!r}, so no text")
    body = lines.index(_BODY)
    colon = ":\u00a0" if any(":\u00a0" in line for line in lines) else ":"
    tail = next((index for index in range(body + 1, len(block)) if _starts_tail(lines[index], colon)), len(block))
    if colon == ":":
        tail = min(tail, body + 1 + export_lines.find_tail(block[body + 1 :], _CERTAIN, _TAIL))
    labels = {**_uni_labels(lines[tail:], colon), **_uni_labels(lines[:body], colon), **_uni_top(lines[:body], colon)}
    article = export_lines.take_out(source, "nexis", block[body + 1 : tail], where)
    return export_lines.fill_record(article, labels, names=_LABELS["names"], dated="date line")


def _uni_label(line: str, colon: str, known: frozenset[str] = frozenset()) -> str:
    """Return a line's label: any whose `colon` has a no-break space, as in no sentence, else one of those known."""
    return export_lines.line_label(line, known or (_HEAD | _TAIL if colon == ":" else ())) if colon in line else ""


def _starts_tail(line: str, colon: str) -> bool:
    """Return whether a line begins, for certain, what the database adds after an article."""
    return line in _TAIL_HEADINGS or (colon != ":" and bool(_uni_label(line, colon, _TAIL)))


def _uni_labels(block: Sequence[str], colon: str) -> dict[str, str]:
    """Return the values of lines with a label; lines under `Graphic` are its value."""
    values = {label: export_lines.label_value(line) for line in block if (label := _uni_label(line, colon))}
    if "Graphic" in block:
        below = filter(None, block[block.index("Graphic") + 1 :])
        values["graphic"] = " ".join(
            itertools.takewhile(lambda line: not (line in _TAIL_HEADINGS or _uni_label(line, colon)), below)
        )
    return values


def _uni_top(block: Sequence[str], colon: str) -> dict[str, str]:
    """Return title, outlet, edition and date: the date is the last line that is one, above it outlet, then title.

    The search stops at the first label or copyright line. The title ends at a blank line, so that the list of contents
    is not taken, and is one line where it is parted from the outlet.
    """
    end = next((n for n, line in enumerate(block) if _COPYRIGHT.match(line) or _uni_label(line, colon, _HEAD)), None)
    above = ["" if _CORRECTION.fullmatch(line) else line for line in block[:end]]
    dates = [index for index, line in enumerate(above) if parse_date_line(line)]
    upwards = [*itertools.dropwhile(lambda line: not line, reversed(above[: dates[-1]] if dates else above))] or [""]
    title = [*itertools.islice(itertools.takewhile(bool, upwards[1:]), 3)]
    title = title or [*itertools.islice(filter(None, map(str.strip, upwards[1:])), 1)]
    outlet, _, edition = upwards[0].rpartition(" - ") if _EDITION.fullmatch(upwards[0]) else (upwards[0], "", "")
    return {
        "date": parse_date_line(above[dates[-1]]) if dates else "",
        "outlet": outlet or edition,
        "edition": edition if outlet else "",
        "title": " ".join(reversed(title)),
        "copyright": next((line for line in block[dates[-1] if dates else 0 :] if _COPYRIGHT.match(line)), ""),
    }


# --- old Nexis ------------------------------------------------------------------------


def is_nexis(text: str) -> bool:
    r"""Return whether a text looks like an old Nexis export.

    >>> is_nexis("\n   1 of 2 DOCUMENTS\n\n  Gazette\n"), is_nexis("Only 1 of 2 DOCUMENTS was signed.")
    (True, False)
    """
    return bool(_MARKER.search(text, 0, _LOOKED_AT))


def read_nexis(source: Record) -> Iterator[Found]:
    """Yield the articles of an old Nexis export, each the part of the text that is its body.

    Where the counts in the file disagree, a problem for the whole file comes first and every article that is there
    still comes.
    """
    text = source.text
    markers = list(_MARKER.finditer(text))
    if complaint := _text_miscount(markers, len(_END_LINE.findall(text))):
        yield Problem(source.path, "", complaint)
    edges = [*(marker.start() for marker in markers), len(text)]
    blocks = [export_lines.split_lines(text, marker.end(), end) for marker, end in zip(markers, edges[1:], strict=True)]
    yield from export_lines.read_articles(source.path, "article", blocks, partial(_text_article, source))


def _text_miscount(markers: Sequence[re.Match[str]], ends: int) -> str:
    """Return how the counts of an export disagree, or an empty string."""
    has = f"the file has {count_noun(len(markers), 'article')}"
    for expected, marker in enumerate(markers, start=1):
        number, of = (int(digits) for digits in marker.groups() if digits)
        if (number, of) != (expected, len(markers)):
            return f"{has}, but the line before number {expected} says {number} of {of}"
    return f"{has}, but {count_noun(ends, 'line')} {_END!r}" if ends not in (0, len(markers)) else ""


def _text_article(source: Record, block: Sequence[export_lines.Line], where: str) -> Record:
    """Return one article."""
    if not any(export_lines.line_label(line.text, _LENGTHS) for line in block):
        raise UnreadableError("it has no line 'LENGTH:', so its text cannot be separated from its head")
    first = next(index for index, line in enumerate(block) if export_lines.line_label(line.text, _HEAD))
    body = _body_start(block, first)
    tail = body + export_lines.find_tail(block[body:], _CERTAIN, _TAIL)
    upwards = reversed(block[body:tail])
    kept = [*itertools.dropwhile(lambda line: line.text in {"", _END} or _COPYRIGHT.match(line.text), upwards)]
    labels = {
        **export_lines.read_labelled_lines(block[tail:], _TAIL),
        **export_lines.read_labelled_lines(block[first:body], _HEAD),
        **_text_top(block[:first]),
    }
    article = export_lines.take_out(source, "nexis", kept[::-1], where)
    return export_lines.fill_record(article, labels, names=_LABELS["names"], dated="date line")


def _body_start(block: Sequence[export_lines.Line], first: int) -> int:
    """Return the index of the first line after the labels at an article's head, and the lines that continue them."""
    below = (index for index in range(first + 1, len(block)) if export_lines.starts_paragraph(block, index))
    return next((index for index in below if not export_lines.line_label(block[index].text, _HEAD)), len(block))


def _text_top(block: Sequence[export_lines.Line]) -> dict[str, str]:
    """Return outlet, date, edition and title from the lines above an article's first label."""
    lines = [line.text for line in block if not _COPYRIGHT.match(line.text)]
    date = next((index for index, line in enumerate(lines) if parse_date_line(line)), None)
    if date is None:
        outlet, *title = [*filter(None, lines)] or [""]
        return {"outlet": outlet, "title": " ".join(title)}
    edition = list(itertools.takewhile(bool, lines[date + 1 :]))
    below = [*itertools.dropwhile(lambda line: not line, lines[date + 1 + len(edition) :])]
    if below and _EDITION.fullmatch(below[0]) and any(below[1:]):
        edition.append(below.pop(0))
    return {
        "outlet": next(filter(None, reversed(lines[:date])), ""),
        "date": parse_date_line(lines[date]),
        "edition": " ".join(line for line in edition if not _CORRECTION.fullmatch(line)),
        "title": " ".join(line for line in below if line and not _CORRECTION.fullmatch(line)),
    }
