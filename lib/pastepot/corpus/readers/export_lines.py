"""Lines of a database export: where each is, which start with a known label, and where the article ends."""

import itertools
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from pastepot.corpus.metadata import parse_date
from pastepot.corpus.records import BLANKS, Found, Problem, Record, UnreadableError

Block = TypeVar("Block")

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_LABEL = re.compile(r"([^\W\d_][\w /&-]{1,39}):[ \u00a0]?")


class Line(NamedTuple):
    """One line without the white space around it, and where what is left starts and ends in the file."""

    start: int
    end: int
    text: str


def split_lines(text: str, start: int = 0, end: int | None = None) -> list[Line]:
    r"""Return the lines of part of a text, blank ones too.

    >>> split_lines(" A\u00a0b \r\n\nc")
    [Line(start=1, end=4, text='A\xa0b'), Line(start=7, end=7, text=''), Line(start=8, end=9, text='c')]
    """
    lines = []
    for match in _LINE.finditer(text, start, len(text) if end is None else end):
        bare = match[0].strip(BLANKS)
        first = match.start() + match[0].find(bare)
        lines.append(Line(first, first + len(bare), bare))
    return lines


def line_label(line: str, known: Collection[str] = ()) -> str:
    r"""Return the label that a line starts with, in small letters; empty if none, or none of `known`.

    >>> line_label("LENGTH:\u00a0355 words"), line_label("The mayor: no."), line_label("Rain. Wind: none")
    ('length', 'the mayor', '')
    >>> line_label("The mayor: no.", {"length"})
    ''
    """
    match = _LABEL.match(line)
    name = match[1].casefold().replace("_", "-") if match else ""
    return name if not known or name in known else ""


def label_value(line: str) -> str:
    """Return what follows a line's label."""
    return line.partition(":")[2].strip(BLANKS + "\u00a0")


def read_labelled_lines(block: Sequence[Line], known: Collection[str]) -> dict[str, str]:
    """Return the values of known labels, each with the lines that continue it up to a blank line or label."""
    values: dict[str, list[str]] = {}
    current = ""
    for line in block:
        label = line_label(line.text, known)
        if label:
            current = label
            values.setdefault(label, []).append(label_value(line.text))
        elif current and line.text:
            values[current].append(line.text)
        else:
            current = ""
    return {label: " ".join(filter(None, lines)) for label, lines in values.items()}


def find_tail(block: Sequence[Line], certain: Collection[str], likely: Collection[str]) -> int:
    """Return the index of the line with which an article's closing labels begin, its length if it has none.

    That is the first line with a label of `certain`, then back over the blocks before it that start with one of
    `likely`, which may also start a line of the article itself.
    """
    tail = next((index for index, line in enumerate(block) if line_label(line.text, certain)), None)
    if tail is None:
        return len(block)
    upwards = (index for index in range(tail - 1, -1, -1) if starts_paragraph(block, index))
    return min(itertools.takewhile(lambda index: line_label(block[index].text, likely), upwards), default=tail)


def starts_paragraph(block: Sequence[Line], index: int) -> bool:
    """Return whether a line is not blank, and first or after a blank one."""
    return bool(block[index].text) and (index == 0 or not block[index - 1].text)


def take_out(source: Record, database: str, block: Sequence[Line], where: str) -> Record:
    """Return the article that lines of an export's text make, from the first that is not blank to the last one."""
    full = [line for line in block if line.text]
    start, end = (full[0].start, full[-1].end) if full else (0, 0)
    name = f"{database} {source.reader}"
    return source._replace(text=source.text[start:end], reader=name, file_start=start, where=where)


def fill_record(record: Record, labels: Mapping[str, str], *, names: Mapping[str, str], dated: str) -> Record:
    """Return the `record` of one article of an export with what its `labels` say; `dated` tells which gave the date.

    A label fills the column that `names` translates it to, else the one of its own name in one word.

    Raises
    ------
    UnreadableError
        If there is no text.
    """
    if not record.text:
        raise UnreadableError("it has no text")
    fields = {names.get(label, re.sub(r"\W+", "_", label)): value for label, value in labels.items() if value}
    known: dict[str, Any] = {name: fields.pop(name, "") for name in ("title", "outlet", "date", "author")}
    source = f"{record.reader}: {dated}" if parse_date(known["date"]) else ""
    return record._replace(**known, doc_id=f"{record.path} {record.where}", fields=fields, date_source=source)


def read_articles(
    path: str, unit: str, blocks: Iterable[Block], read_one: Callable[[Block, str], Record]
) -> Iterator[Found]:
    """Yield the record that `read_one` gives for each block of an export, or a problem where it finds none.

    `read_one` takes a block and what it is called: its `unit` and number, as ``article 3``.
    """
    for number, block in enumerate(blocks, start=1):
        where = f"{unit} {number}"
        try:
            yield read_one(block, where)
        except UnreadableError as error:
            yield Problem(path, where, str(error))
