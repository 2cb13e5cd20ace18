"""ProQuest text exports: records split by a line of sixty underscores, each of ``Key: value`` lines."""

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import partial

from pastepot import files
from pastepot.corpus.readers import export_lines
from pastepot.corpus.records import Found, Problem, Record, UnreadableError
from pastepot.wording import count_noun

_BREAK = re.compile(r"^_{60}[ \t]*\r?$", re.MULTILINE)
_COUNT = re.compile(r"^Document \d{1,7} of (\d{1,7})[ \t]*\r?$", re.MULTILINE)
_FULL = "full text"
_LABELS = files.data("corpus/readers/labels.toml")["proquest"]
_CERTAIN = frozenset(_LABELS["certain"])
_ALL = _CERTAIN.union(_LABELS["likely"])
_NAMES = {"publication title": "outlet", "publication date": "date"}
_LOOKED_AT = 20_000


def is_proquest(text: str) -> bool:
    """Return whether a text looks like a ProQuest export.

    >>> is_proquest("_" * 60 + chr(10) + "Title: Ferry late" + chr(10)), is_proquest("_" * 60)
    (True, False)
    """
    head = text[:_LOOKED_AT]
    return bool(_BREAK.search(head)) and ("ProQuest" in head or "\nFull text:" in head or "\nTitle:" in head)


def read_proquest(path: str, text: str, encoding: str) -> Iterator[Found]:
    """Yield the articles of the text of a ProQuest export, each the part of the file after ``Full text:``.

    A record without full text is a problem; so is a file that has fewer or more records than it says.
    """
    breaks = [match.span() for match in _BREAK.finditer(text)]
    bounds = itertools.pairwise([(0, 0), *breaks, (len(text), len(text))])
    blocks = [export_lines.split_lines(text, before[1], after[0]) for before, after in bounds]
    wanted = _CERTAIN | {_FULL}
    records = [block for block in blocks if any(export_lines.line_label(line.text, wanted) for line in block)]
    stated = {int(count) for count in _COUNT.findall(text)}
    if stated and stated != {len(records)}:
        yield Problem(path, "", f"the file has {count_noun(len(records), 'record')}, but says {max(stated):,}")
    if not records:
        yield Problem(path, "", "a ProQuest export without a record")
    yield from export_lines.read_articles(path, "record", records, partial(_article, path, text, encoding))


def _article(path: str, text: str, encoding: str, block: Sequence[export_lines.Line], where: str) -> Record:
    """Return one article."""
    full = next((index for index, line in enumerate(block) if export_lines.line_label(line.text, {_FULL})), None)
    if full is None:
        raise UnreadableError("it has no full text; export it with its full text")
    line = block[full]
    bare = line.text[len("full text:") :].strip(" \u00a0")
    rest = [export_lines.Line(line.end - len(bare), line.end, bare), *block[full + 1 :]]
    tail = export_lines.find_tail(rest, _CERTAIN, _ALL)
    start, end = export_lines.text_span(rest[:tail])
    labels = {
        "title": _first_line(block[:full]),
        **export_lines.read_labelled_lines(block[:full], _ALL),
        **export_lines.read_labelled_lines(rest[tail:], _ALL),
    }
    article = Record(text[start:end], path, "proquest", encoding, start, where=where)
    return export_lines.fill_record(article, labels, names=_NAMES, dated="publication date")


def _first_line(block: Sequence[export_lines.Line]) -> str:
    """Return a record's first line, its headline, if it has no label."""
    full = [line.text for line in block if line.text and not _COUNT.match(line.text)]
    return full[0] if full and not export_lines.line_label(full[0], _ALL) else ""
