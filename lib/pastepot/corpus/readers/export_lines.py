"""Database exports as text: the lines of a file, the labels that some start with, and the articles that they make."""

import itertools
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from pastepot.corpus.metadata import parse_date
from pastepot.corpus.records import BLANKS, Found, Problem, Record, UnreadableError

Part = TypeVar("Part")

_LABEL = re.compile(r"([^\W\d_][\w /&-]{1,39}):")
_SENTENCE = re.compile(r"^[^:]+:(?!\u00a0).*[.!?]$")
_NO_BREAK_EDGE = re.compile(r"^[ \t\u00a0]+|(?<![: \t\u00a0])[ \t\u00a0]+$", re.MULTILINE)


class Line(NamedTuple):
    """Line `number` (from 1) without the white space around it, where what is left is in the file, and its label."""

    number: int
    start: int
    end: int
    text: str
    label: str = ""

    @property
    def value(self) -> str:
        """What follows the line's label."""
        return self.text.partition(":")[2].strip(BLANKS + "\u00a0")


Block = Sequence[Line]


class Layout(NamedTuple):
    """A layout of exports of one `database`: what shows it, how its lines divide, what those of an article say.

    A text that has all `marks` is such an export. `divide` takes the file's path and lines, and returns the lines of
    each article and how the counts in the file disagree. `read` returns the values of an article's labels and the lines
    of its text, or its text where that is no stretch of the file. `dated` says where the date stands, `names` which
    columns the labels fill (see `fill_record`).
    """

    database: str
    marks: Sequence[re.Pattern[str]]
    divide: Callable[[str, Block], tuple[Sequence[Block], str]]
    read: Callable[[Block], tuple[Mapping[str, str], Block | str]]
    dated: str
    names: Mapping[str, str] = {}
    unit: str = "article"


def whole_line(pattern: str) -> re.Pattern[str]:
    """Return the pattern of a line of a text as `plain_lines` gives it that has `pattern` and nothing else."""
    return re.compile(rf"^[ \t]*(?:{pattern})[ \t]*$", re.MULTILINE)


def read_layout(source: Record, layout: Layout) -> Iterator[Found]:
    """Yield the articles of an export, each the part of the text that is its body; of a text file it has its place.

    Where the counts in the file disagree, a problem for the whole file comes first and every article that is there
    still comes.
    """
    blocks, complaint = layout.divide(source.path, split_lines(source.text))
    if complaint:
        yield Problem(source.path, "", complaint)

    def read_one(block: Block, where: str) -> Record:
        labels, body = layout.read(block)
        full = [line for line in body if isinstance(line, Line) and line.text]
        text = source.text[full[0].start : full[-1].end] if full else body if isinstance(body, str) else ""
        start, line = (full[0].start, full[0].number) if full and source.reader == "txt" else (0, 0)
        name = f"{layout.database} {source.reader}"
        article = source._replace(text=text, reader=name, where=where, file_start=start, line=line)
        return fill_record(article, labels, names=layout.names, dated=layout.dated)

    yield from read_articles(source.path, layout.unit, blocks, read_one)


def plain_lines(text: str) -> str:
    r"""Return a text of as many characters in which each line ends in a newline and has no other space at its edges.

    A no-break space behind a colon stays: databases put it after a label.

    >>> plain_lines("\ufeffBody\u00a0\r\n\fNotes:\u00a0\rEnd")
    ' Body  \n Notes:\xa0\nEnd'
    """
    for sign, plain in (("\r\n", " \n"), ("\r", "\n"), ("\f", " "), ("\v", " "), ("\ufeff", " ")):
        text = text.replace(sign, plain)
    return _NO_BREAK_EDGE.sub(lambda edge: " " * len(edge[0]), text) if "\u00a0" in text else text


def split_lines(text: str) -> list[Line]:
    r"""Return the lines of a text, blank ones too; a label is in small letters, and any words before a colon are one.

    >>> split_lines(" A\u00a0b \r\nBY_LINE:\u00a0C")
    [Line(number=1, start=1, end=4, text='A\xa0b', label=''),
    Line(number=2, start=7, end=17, text='BY_LINE:\xa0C', label='by-line')]
    """
    lines, end = [], 0
    for number, line in enumerate(plain_lines(text).split("\n"), start=1):
        bare = line.strip(BLANKS)
        first, label = end + line.find(bare), _LABEL.match(bare)
        name = label[1].casefold().replace("_", "-") if label else ""
        lines.append(Line(number, first, first + len(bare), bare, name))
        end += len(line) + 1
    return lines if lines[-1].text else lines[:-1]


def split_at(lines: Block, is_mark: Callable[[str], object]) -> list[Block]:
    """Return the lines before, between and after those that are marks: one block more than there are marks."""
    marks = [index for index, line in enumerate(lines) if is_mark(line.text)]
    return [lines[before + 1 : mark] for before, mark in itertools.pairwise([-1, *marks, len(lines)])]


def read_labelled_lines(block: Block, known: Collection[str]) -> dict[str, str]:
    """Return the values of known labels, each with the lines that continue it up to a blank line or label.

    Blank lines between a label and its value do not end it.
    """
    values: dict[str, list[str]] = {}
    current = ""
    for line in block:
        if line.label in known:
            current = line.label
            values.setdefault(current, []).append(line.value)
        elif current and line.text:
            values[current].append(line.text)
        elif any(values.get(current, ())):
            current = ""
    return {label: " ".join(filter(None, lines)) for label, lines in values.items()}


def find_tail(block: Block, certain: Collection[str], likely: Collection[str]) -> int:
    """Return the index of the line with which an article's closing labels begin, its length if it has none.

    That is the first line with a label of `certain` that is no sentence, then back over the blocks before it that start
    with one of `likely`, which may also start a line of the article itself.
    """
    tail = next((n for n, line in enumerate(block) if line.label in certain and not _SENTENCE.search(line.text)), None)
    if tail is None:
        return len(block)
    upwards = (index for index in range(tail - 1, -1, -1) if starts_paragraph(block, index))
    return min(itertools.takewhile(lambda index: block[index].label in likely, upwards), default=tail)


def starts_paragraph(block: Block, index: int) -> bool:
    """Return whether a line is not blank, and first or after a blank one."""
    return bool(block[index].text) and (index == 0 or not block[index - 1].text)


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
    return record._replace(**known, fields=fields, date_source=source)


def read_articles(
    path: str, unit: str, blocks: Iterable[Part], read_one: Callable[[Part, str], Record]
) -> Iterator[Found]:
    """Yield the record that `read_one` gives for each part of an export, or a problem where it finds none.

    `read_one` takes a part and what it is called: its `unit` and number, as ``article 3``.
    """
    for number, part in enumerate(blocks, start=1):
        where = f"{unit} {number}"
        try:
            yield read_one(part, where)
        except UnreadableError as error:
            yield Problem(path, where, str(error))
