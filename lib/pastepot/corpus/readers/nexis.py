r"""Nexis exports: many articles in one text, as Nexis Uni writes them (Word, RTF, PDF) or old Nexis (text, pages).

Nexis Uni marks its structure by lines alone: ``Body``, ``End of Document``, and labels followed by a colon and, but for
plain text, a no-break space. In an old export each article follows a line ``n of N DOCUMENTS``. Lines, labels and
counts are read before any repair of characters.
"""

import itertools
import re
from collections.abc import Mapping, Sequence

from pastepot import files
from pastepot.corpus.metadata import parse_date
from pastepot.corpus.readers import export_lines
from pastepot.corpus.readers.export_lines import Block, Layout, whole_line
from pastepot.corpus.records import UnreadableError
from pastepot.wording import count_noun

_LABELS = files.data("corpus/readers/labels.toml")["nexis"]
_LENGTHS = frozenset(_LABELS["lengths"])
_HEAD, _CERTAIN = _LENGTHS.union(_LABELS["head"]), frozenset(_LABELS["certain"])
_TAIL = _CERTAIN.union(_LABELS["likely"])
_BODIES, _ENDS, _TAIL_HEADINGS = (frozenset(_LABELS[name]) for name in ("bodies", "ends", "tail_headings"))
_MONTH = {name: number for number, names in enumerate(_LABELS["months"], start=1) for name in names.split()}
_DATE = re.compile(
    r"(?:[^\W\d]{3,12},? )?"
    r"(?:(?P<month>[^\W\d]{3,12}) (?:(?P<day>\d{1,2}), ?)?|(?P<first>\d{1,2})\.? (?P<second>[^\W\d]{3,12}),? )"
    r"(?P<year>(?:1[5-9]|2\d)\d\d)(?P<rest>[,;]? .{0,60})?"
)
_SENTENCE_END = re.compile(r"[.!?:]\s|[.!?]$")
_COPYRIGHT = re.compile(r"copyright|©|all rights reserved", re.IGNORECASE)
_CORRECTION = re.compile(r"corrections? appended", re.IGNORECASE)
_EDITION = re.compile(r"(?:.{1,60} - )?(?=.{0,60}(?:edition|ausgabe|édition)\b)[^.!?]{3,60}", re.IGNORECASE)

_COVER_COUNT = re.compile(r"Documents? \((\d{1,7})\)")
_NAME_COUNT = re.compile(r"Files? ?\((\d{1,7})\)", re.IGNORECASE)
_MARKER = re.compile(
    r"(?:FOCUS - )?(?:(\d{1,7}) (?:of|van|von|de) (\d{1,7}) do[ck]ument\w*"
    r"|do[ck]ument\w* (\d{1,7}) (?:von|van|de) (\d{1,7}))",
    re.IGNORECASE,
)


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
    month, day = _MONTH.get((match["month"] or match["second"]).casefold()), match["day"] or match["first"]
    if not (month and day):
        return line if month and not match["rest"] else ""
    iso = f"{match['year']}-{month:02}-{int(day):02}"
    return iso if parse_date(iso) else ""


# --- Nexis Uni ------------------------------------------------------------------------


def _divide_uni(path: str, lines: Block) -> tuple[Sequence[Block], str]:
    """Return the lines of each article, and how they disagree with the counts of the file."""
    *blocks, last = export_lines.split_at(lines, _is_end)
    ends = len(blocks)
    blocks += [last] * any(map(_is_body, last))
    has = f"the file has {count_noun(len(blocks), 'article')}"
    if len(blocks) != ends:
        return blocks, f"{has}, but {count_noun(ends, 'line')} 'End of Document'"
    cover = next((match for line in lines[:50] if (match := _COVER_COUNT.fullmatch(line.text))), None)
    name = _NAME_COUNT.search(path.rpartition("/")[2])
    stated = {source: int(count[1]) for source, count in (("cover", cover), ("name", name)) if count}
    wrong = (f"{has}, but its {source} says {count:,}" for source, count in stated.items() if count != ends)
    return blocks, next(wrong, "")


def _is_end(line: str) -> bool:
    """Return whether a line ends an article."""
    return line.casefold() in _ENDS


def _is_body(line: export_lines.Line) -> bool:
    """Return whether the text of an article begins below a line."""
    return line.text.casefold() in _BODIES


def _read_uni(block: Block) -> tuple[Mapping[str, str], Block]:
    """Return labels and text of an article; if a label of it has a no-break space, only lines with one have a label."""
    body = next((index for index, line in enumerate(block) if _is_body(line)), None)
    if body is None:
        raise UnreadableError("it has no line 'Body', so no text")
    is_marked = any(":\u00a0" in line.text for line in block)
    lines = [line if not is_marked or ":\u00a0" in line.text else line._replace(label="") for line in block]
    lines = [line._replace(label=line.text) if line.text in _TAIL_HEADINGS else line for line in lines]
    known = {line.label for line in lines if line.label} if is_marked else _HEAD | _TAIL | _TAIL_HEADINGS
    top, below = lines[:body], lines[body + 1 :]
    tail = export_lines.find_tail(below, _TAIL_HEADINGS | (_TAIL if is_marked else _CERTAIN), _TAIL)
    at_end, at_head = (export_lines.read_labelled_lines(part, known) for part in (below[tail:], top))
    return at_end | at_head | _uni_top(top), below[:tail]


def _uni_top(block: Block) -> dict[str, str]:
    """Return title, outlet, edition and date: the date is the last line that is one, above it outlet, then title.

    The search stops at the first label or copyright line. The title ends at a blank line, so that the list of contents
    is not taken, and is one line where it is parted from the outlet.
    """
    end = next((n for n, line in enumerate(block) if _COPYRIGHT.match(line.text) or line.label in _HEAD), None)
    above = ["" if _CORRECTION.fullmatch(line.text) else line.text for line in block[:end]]
    dates = [index for index, line in enumerate(above) if parse_date_line(line)]
    upwards = [*itertools.dropwhile(lambda line: not line, reversed(above[: dates[-1]] if dates else above))] or [""]
    title = [*itertools.islice(itertools.takewhile(bool, upwards[1:]), 3)]
    title = title or [*itertools.islice(filter(None, upwards[1:]), 1)]
    outlet, _, edition = upwards[0].rpartition(" - ") if _EDITION.fullmatch(upwards[0]) else (upwards[0], "", "")
    about = {"outlet": outlet, "edition": edition} if outlet else {"outlet": edition}
    rights = (line.text for line in block[dates[-1] if dates else 0 :] if _COPYRIGHT.match(line.text))
    about |= {"title": " ".join(reversed(title)), "copyright": next(rights, "")}
    return about | {"date": parse_date_line(above[dates[-1]]) if dates else ""}


# --- old Nexis ------------------------------------------------------------------------


def _divide_old(_: str, lines: Block) -> tuple[Sequence[Block], str]:
    """Return the lines of each article, and how they disagree with the counts of the file."""
    blocks = export_lines.split_at(lines, _MARKER.fullmatch)[1:]
    has = f"the file has {count_noun(len(blocks), 'article')}"
    markers = filter(None, (_MARKER.fullmatch(line.text) for line in lines))
    for expected, marker in enumerate(markers, start=1):
        number, of = (int(digits) for digits in marker.groups() if digits)
        if (number, of) != (expected, len(blocks)):
            return blocks, f"{has}, but the line before number {expected} says {number} of {of}"
    ends = sum(_is_end(line.text) for line in lines)
    return blocks, f"{has}, but {count_noun(ends, 'line')} 'End of Document'" if ends not in (0, len(blocks)) else ""


def _read_old(block: Block) -> tuple[Mapping[str, str], Block]:
    """Return labels and text of an article."""
    if not any(line.label in _LENGTHS for line in block):
        raise UnreadableError("it has no line 'LENGTH:', so its text cannot be separated from its head")
    first = next(index for index, line in enumerate(block) if line.label in _HEAD)
    below = (index for index in range(first + 1, len(block)) if export_lines.starts_paragraph(block, index))
    body = next((index for index in below if block[index].label not in _HEAD), len(block))
    tail = body + export_lines.find_tail(block[body:], _CERTAIN, _TAIL)
    labels = export_lines.read_labelled_lines(block[tail:], _TAIL)
    labels |= export_lines.read_labelled_lines(block[first:body], _HEAD) | _old_top(block[:first])
    is_closing = [not line.text or _is_end(line.text) or _COPYRIGHT.match(line.text) is not None for line in block]
    while tail > body and is_closing[tail - 1]:
        tail -= 1
    return labels, block[body:tail]


def _old_top(block: Block) -> dict[str, str]:
    """Return outlet, date, edition and title from the lines above an article's first label."""
    lines = [line.text for line in block if not (_COPYRIGHT.match(line.text) or _CORRECTION.fullmatch(line.text))]
    date = next((index for index, line in enumerate(lines) if parse_date_line(line)), None)
    if date is None:
        outlet, *title = [*filter(None, lines)] or [""]
        return {"outlet": outlet, "title": " ".join(title)}
    outlet = next(filter(None, reversed(lines[:date])), "")
    edition = [*itertools.takewhile(bool, lines[date + 1 :])]
    title = [*filter(None, lines[date + 1 + len(edition) :])]
    if len(title) > 1 and _EDITION.fullmatch(title[0]):
        edition.append(title.pop(0))
    about = {"outlet": outlet, "date": parse_date_line(lines[date]), "edition": " ".join(edition)}
    return about | {"title": " ".join(title)}


_SHOWN_BY = ([_MARKER.pattern], ["|".join(_ENDS), "|".join(_BODIES)])
_OLD_MARKS, _UNI_MARKS = ([whole_line(f"(?i:{pattern})") for pattern in patterns] for patterns in _SHOWN_BY)
OLD = Layout("nexis", _OLD_MARKS, _divide_old, _read_old, "date line", _LABELS["names"])
UNI = Layout("nexis", _UNI_MARKS, _divide_uni, _read_uni, "date line", _LABELS["names"])
