"""Lines of a database export: where each stands, which start with a known label, and where the article ends."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from pastepot.corpus.dates import parse_date
from pastepot.corpus.records import Record

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_LABEL = re.compile(r"([^\W\d_][\w /&-]{1,39}):[ \u00a0]?")
_BLANKS = " \t\r\n\f\v"


class Line(NamedTuple):
    """One line without the blanks around it, with the place of what is left; a no-break space is no blank here."""

    start: int
    end: int
    text: str


def lines(text: str, start: int = 0, end: int | None = None) -> list[Line]:
    r"""Return the lines of a stretch of text, blank ones too.

    >>> lines(" A\u00a0b \r\n\nc")
    [Line(start=1, end=4, text='A\xa0b'), Line(start=7, end=7, text=''), Line(start=8, end=9, text='c')]
    """
    stop = len(text) if end is None else end
    found = []
    for match in _LINE.finditer(text, start, stop):
        whole = match[0]
        kept = whole.strip(_BLANKS)
        first = match.start() + (len(whole) - len(whole.lstrip(_BLANKS)) if kept else 0)
        if kept or match.end() > match.start():
            found.append(Line(first, first + len(kept), kept))
    return found


def label(line: str, known: Collection[str] = ()) -> str:
    r"""Return the label that a line starts with, in small letters; empty if none, or none of `known`.

    >>> label("LENGTH:\u00a0355 words"), label("The mayor: no."), label("Rain. Wind: none")
    ('length', 'the mayor', '')
    >>> label("The mayor: no.", {"length"})
    ''
    """
    match = _LABEL.match(line)
    name = match[1].casefold().replace("_", "-") if match else ""
    return name if not known or name in known else ""


def value(line: str) -> str:
    """Return what stands after a line's label."""
    return line.partition(":")[2].strip(_BLANKS + "\u00a0")


def read_labelled_lines(block: Sequence[Line], known: Collection[str]) -> dict[str, str]:
    """Return the values of known labels, each with the lines that go on with it up to a blank line or label."""
    found: dict[str, list[str]] = {}
    current = ""
    for line in block:
        name = label(line.text, known)
        if name:
            current = name
            found.setdefault(name, []).append(value(line.text))
        elif current and line.text:
            found[current].append(line.text)
        else:
            current = ""
    return {name: " ".join(filter(None, pieces)) for name, pieces in found.items()}


def tail_start(block: Sequence[Line], certain: Collection[str], likely: Collection[str]) -> int:
    """Return the index of the line with which an article's closing labels begin, its length if it has none.

    That is the first line with a label of `certain`, then back over the blocks before it that start with one of
    `likely`, which may also start a line of the article itself.
    """
    at = next((place for place, line in enumerate(block) if label(line.text, certain)), len(block))
    if at == len(block):
        return at
    for first in _block_starts(block[:at]):
        if not label(block[first].text, likely):
            break
        at = first
    return at


def _block_starts(block: Sequence[Line]) -> Iterator[int]:
    """Yield where the runs of lines without a blank one start, the last first."""
    for place in range(len(block) - 1, -1, -1):
        if block[place].text and (place == 0 or not block[place - 1].text):
            yield place


def span(block: Sequence[Line]) -> tuple[int, int]:
    """Return where the first line that holds anything starts and the last one ends; an empty span if none does."""
    full = [line for line in block if line.text]
    return (full[0].start, full[-1].end) if full else (0, 0)


def record(
    text: str, path: str, reader: str, found: Mapping[str, str], names: Mapping[str, str], *, dated: str
) -> Record:
    """Return the record of an article, from its body and what was `found` about it by label; `dated` says by which.

    A label fills the column that `names` translates it to, else the one of its own name in one word.
    """
    known = {names.get(label, re.sub(r"\W+", "_", label)): one for label, one in found.items() if one}
    title, outlet, date, author = (known.pop(name, "") for name in ("title", "outlet", "date", "author"))
    source = f"{reader}: {dated}" if parse_date(date) else ""
    return Record(
        text, path, reader, title=title, outlet=outlet, date=date, author=author, fields=known, date_source=source
    )
