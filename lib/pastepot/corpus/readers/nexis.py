r"""Nexis exports: many articles in one file, as Word (Nexis Uni) or as text (old Nexis).

All paragraphs of a Word export have one style, so the structure comes from marker lines alone: ``Body``, ``End of
Document``, and labels followed by a colon and a no-break space. In a text export each article follows a line ``n of N
DOCUMENTS``. Lines, labels and counts are read before any repair of characters.
"""

import io
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from xml.etree import ElementTree as ET

from pastepot import files
from pastepot.corpus.metadata import parse_date
from pastepot.corpus.readers import export_lines
from pastepot.corpus.readers.archive import read_part
from pastepot.corpus.records import BLANKS, Found, Problem, Record, UnreadableError, reader
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

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _TEXT, _BREAK, _BREAK_TYPE = (f"{_WORD}{name}" for name in ("p", "t", "br", "type"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_STANDS_FOR = {f"{_WORD}tab": "\t", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-"}
_IN_RUN = {_TEXT, _BREAK, *_STANDS_FOR}


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


# --- Nexis Uni: Word files ------------------------------------------------------------


@reader
def read_nexis_docx(path: str, data: bytes) -> Iterator[Found]:
    """Yield the articles of a Nexis Uni export; an article's text is its paragraphs, joined by newlines.

    Where the counts in the file disagree, a problem for the whole file comes first and every article that is there
    still comes.

    >>> [found.reason for found in read_nexis_docx("a.docx", b"The ferry sails.")]
    ['not a Word file: it cannot be unpacked: File is not a zip file']
    """
    try:
        paragraphs = read_paragraphs(data)
    except UnreadableError as error:
        raise UnreadableError(f"not a Word file: {error}") from error
    lines = [line.strip(BLANKS) for paragraph in paragraphs for line in paragraph.split("\n")]
    ends = [index for index, line in enumerate(lines) if line == _END]
    if not ends:
        raise UnreadableError(f"not a Nexis Uni export: it has no line {_END!r}; save it as .txt to read it whole")
    blocks = [lines[before + 1 : end] for before, end in itertools.pairwise([-1, *ends, len(lines)])]
    if _BODY not in blocks[-1]:
        blocks.pop()
    if complaint := _docx_miscount(path, lines, len(blocks), len(ends)):
        yield Problem(path, "", complaint)
    yield from export_lines.read_articles(path, "article", blocks, partial(_docx_article, path))


def read_paragraphs(data: bytes) -> list[str]:
    """Return the text of each paragraph of a Word file, tables included, in order; a line break is a newline.

    Raises
    ------
    UnreadableError
        If the file is no Word file, is damaged, or goes beyond the limits of a document.

    Examples
    --------
    >>> read_paragraphs(b"The ferry sails.")
    Traceback (most recent call last):
    ...
    pastepot.corpus.records.UnreadableError: it cannot be unpacked: File is not a zip file
    """
    xml = read_part(data, "word/document.xml")
    if b"<!DOCTYPE" in xml:
        raise UnreadableError("it declares entities, as no Word file does")
    try:
        return _ended_paragraphs(ET.iterparse(io.BytesIO(xml), ("start", "end")))  # noqa: S314 (entities are refused)
    except (ET.ParseError, LookupError, ValueError) as error:  # the last two at an encoding that is none
        raise UnreadableError(f"its text is damaged: {error}") from error


def _ended_paragraphs(elements: Iterable[tuple[str, ET.Element]]) -> list[str]:
    """Return the text of each paragraph, in the order in which they end: one in a text box comes before its outer one.

    A fallback repeats what is there already, so nothing in it is taken.
    """
    ended: list[str] = []
    open_paragraphs: list[list[str]] = [[]]  # the first takes what is in none
    fallbacks = 0
    for event, element in elements:
        tag = element.tag
        if tag == _PARAGRAPH and event == "start":
            open_paragraphs.append([])
        elif tag == _PARAGRAPH:
            text = "".join(open_paragraphs.pop())
            ended += [] if fallbacks else [text]
            element.clear()  # so that memory stays small
        elif tag == _FALLBACK:
            fallbacks += 1 if event == "start" else -1
        elif event == "end" and not fallbacks and tag in _IN_RUN:
            open_paragraphs[-1].append(_run_text(element))
    return ended


def _run_text(element: ET.Element) -> str:
    """Return the characters that an element of a run stands for; a page break stands for none."""
    if element.tag == _TEXT:
        return element.text or ""
    if element.tag == _BREAK:
        return "\n" if element.get(_BREAK_TYPE, "textWrapping") == "textWrapping" else ""
    return _STANDS_FOR[element.tag]


def _docx_miscount(path: str, lines: Sequence[str], blocks: int, ends: int) -> str:
    """Return how the counts of an export disagree, or an empty string."""
    has = f"the file has {count_noun(blocks, 'article')}"
    if blocks != ends:
        return f"{has}, but {count_noun(ends, 'line')} {_END!r}"
    cover = next((match for match in map(_COVER_COUNT.fullmatch, lines[:50]) if match), None)
    name = _NAME_COUNT.search(path.rpartition("/")[2])
    stated = {source: int(count[1]) for source, count in (("cover", cover), ("name", name)) if count}
    return next((f"{has}, but its {source} says {count:,}" for source, count in stated.items() if count != ends), "")


def _docx_article(path: str, block: Sequence[str], where: str) -> Record:
    """Return one article."""
    if _BODY not in block:
        raise UnreadableError(f"it has no line {_BODY!r}, so no text")
    body = block.index(_BODY)
    tail = next((index for index in range(body + 1, len(block)) if _starts_tail(block[index])), len(block))
    text = "\n".join(block[body + 1 : tail]).strip(BLANKS)
    labels = {**_docx_labels(block[tail:]), **_docx_labels(block[:body]), **_docx_top(block[:body])}
    article = Record(text, path, "nexis docx", where=where)
    return export_lines.fill_record(article, labels, names=_LABELS["names"], dated="date line")


def _docx_label(line: str, known: frozenset[str] = frozenset()) -> str:
    """Return a line's label if a no-break space follows its colon, as it does in no sentence of an article."""
    return export_lines.line_label(line, known) if ":\u00a0" in line else ""


def _starts_tail(line: str) -> bool:
    """Return whether a line begins what the database adds after an article."""
    return line in _TAIL_HEADINGS or bool(_docx_label(line, _TAIL))


def _docx_labels(block: Sequence[str]) -> dict[str, str]:
    """Return the values of lines with a label; lines under `Graphic` are its value."""
    values = {_docx_label(line): export_lines.label_value(line) for line in block if _docx_label(line)}
    if "Graphic" in block:
        below = filter(None, block[block.index("Graphic") + 1 :])
        values["graphic"] = " ".join(itertools.takewhile(lambda line: not _starts_tail(line), below))
    return values


def _docx_top(block: Sequence[str]) -> dict[str, str]:
    """Return title, outlet and date: the date is the last line that is one, above it the outlet, above that the title.

    The search stops at the first label or copyright line, and goes up no further than to a blank line, so that
    neither a number in a headline nor the list of contents is taken.
    """
    above = [*itertools.takewhile(lambda line: not _COPYRIGHT.match(line) and not _docx_label(line, _HEAD), block)]
    dates = [index for index, line in enumerate(above) if parse_date_line(line)]
    if not dates:
        *_, title, outlet = ["", "", *filter(None, above)]
        return {"title": title, "outlet": outlet}
    upwards = itertools.dropwhile(lambda line: not line, reversed(block[: dates[-1]]))
    outlet, *title_lines = [*itertools.takewhile(bool, upwards)] or [""]
    return {
        "date": parse_date_line(block[dates[-1]]),
        "outlet": outlet,
        "title": " ".join(reversed(title_lines)),
        "copyright": next((line for line in block[dates[-1] :] if _COPYRIGHT.match(line)), ""),
    }


# --- old Nexis: text files ------------------------------------------------------------


def is_nexis(text: str) -> bool:
    r"""Return whether a text looks like an old Nexis export.

    >>> is_nexis("\n   1 of 2 DOCUMENTS\n\n  Gazette\n"), is_nexis("Only 1 of 2 DOCUMENTS was signed.")
    (True, False)
    """
    return bool(_MARKER.search(text, 0, _LOOKED_AT))


def read_nexis_text(path: str, text: str, encoding: str) -> Iterator[Found]:
    """Yield the articles of the text of an old Nexis export, each the part of the file that is its body.

    Where the counts in the file disagree, a problem for the whole file comes first and every article that is there
    still comes.
    """
    markers = list(_MARKER.finditer(text))
    if complaint := _text_miscount(markers, len(_END_LINE.findall(text))):
        yield Problem(path, "", complaint)
    edges = [*(marker.start() for marker in markers), len(text)]
    blocks = [export_lines.split_lines(text, marker.end(), end) for marker, end in zip(markers, edges[1:], strict=True)]
    yield from export_lines.read_articles(path, "article", blocks, partial(_text_article, path, text, encoding))


def _text_miscount(markers: Sequence[re.Match[str]], ends: int) -> str:
    """Return how the counts of an export disagree, or an empty string."""
    has = f"the file has {count_noun(len(markers), 'article')}"
    for expected, marker in enumerate(markers, start=1):
        number, of = (int(digits) for digits in marker.groups() if digits)
        if (number, of) != (expected, len(markers)):
            return f"{has}, but the line before number {expected} says {number} of {of}"
    return f"{has}, but {count_noun(ends, 'line')} {_END!r}" if ends not in (0, len(markers)) else ""


def _text_article(path: str, text: str, encoding: str, block: Sequence[export_lines.Line], where: str) -> Record:
    """Return one article."""
    if not any(export_lines.line_label(line.text, _LENGTHS) for line in block):
        raise UnreadableError("it has no line 'LENGTH:', so its text cannot be separated from its head")
    first = next(index for index, line in enumerate(block) if export_lines.line_label(line.text, _HEAD))
    body = _body_start(block, first)
    tail = body + export_lines.find_tail(block[body:], _CERTAIN, _TAIL)
    upwards = reversed(block[body:tail])
    kept = [*itertools.dropwhile(lambda line: line.text in {"", _END} or _COPYRIGHT.match(line.text), upwards)]
    start, end = export_lines.text_span(kept[::-1])
    labels = {
        **export_lines.read_labelled_lines(block[tail:], _TAIL),
        **export_lines.read_labelled_lines(block[first:body], _HEAD),
        **_text_top(block[:first]),
    }
    article = Record(text[start:end], path, "nexis txt", encoding, start, where=where)
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
    below = lines[date + 1 + len(edition) :]
    return {
        "outlet": next(filter(None, reversed(lines[:date])), ""),
        "date": parse_date_line(lines[date]),
        "edition": " ".join(line for line in edition if not _CORRECTION.fullmatch(line)),
        "title": " ".join(line for line in below if line and not _CORRECTION.fullmatch(line)),
    }
