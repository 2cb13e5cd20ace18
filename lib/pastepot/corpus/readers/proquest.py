"""ProQuest text exports: records parted by a line of sixty underscores, each of ``Key: value`` lines."""

import itertools
import re
from collections.abc import Iterator, Sequence

from pastepot import files
from pastepot.corpus import encoding
from pastepot.corpus.readers.export_lines import Line, label, lines, read_labelled_lines, record, span, tail_start
from pastepot.corpus.records import Found, Problem

_PART = re.compile(r"^_{60}[ \t]*\r?$", re.MULTILINE)
_COUNT = re.compile(r"^Document \d{1,7} of (\d{1,7})[ \t]*\r?$", re.MULTILINE)
_FULL = "full text"
_LABELS = files.data("corpus/readers/labels.toml")["proquest"]
_CERTAIN, _LIKELY = frozenset(_LABELS["certain"]), frozenset(_LABELS["likely"])
_NAMES = {"publication title": "outlet", "publication date": "date"}
_LOOKED_AT = 20_000


def is_proquest(text: str) -> bool:
    """Return whether a text looks like a ProQuest export.

    >>> is_proquest("_" * 60 + chr(10) + "Title: Ferry late" + chr(10)), is_proquest("_" * 60)
    (True, False)
    """
    head = text[:_LOOKED_AT]
    return bool(_PART.search(head)) and ("ProQuest" in head or "\nFull text:" in head or "\nTitle:" in head)


def read_proquest(path: str, data: bytes) -> Iterator[Found]:
    """Yield the articles of a ProQuest text export, each the stretch of the file after ``Full text:``.

    A record without full text is a problem; so is a file that holds fewer or more records than it says.
    """
    text, name, replaced = encoding.decode(data)
    yield from encoding.undecoded_problem(path, replaced, name)
    parts = [match.span() for match in _PART.finditer(text)]
    bounds = itertools.pairwise([(0, 0), *parts, (len(text), len(text))])
    blocks = [lines(text, before[1], after[0]) for before, after in bounds]
    records = [block for block in blocks if any(label(line.text, _CERTAIN | {_FULL}) for line in block)]
    says = {int(count) for count in _COUNT.findall(text)}
    if says and says != {len(records)}:
        yield Problem(path, "", f"the file holds {len(records):,} records, but says {max(says):,}")
    if not records:
        yield Problem(path, "", "a ProQuest export without a record")
    for number, block in enumerate(records, start=1):
        yield _article(path, text, block, number, name)


def _article(path: str, text: str, block: Sequence[Line], number: int, name: str) -> Found:
    """Return one article, or the reason why it was not taken in."""
    at = next((place for place, line in enumerate(block) if label(line.text, {_FULL})), None)
    if at is None:
        return Problem(path, f"record {number}", "it has no full text; export it with its full text")
    body = block[at]
    first = body._replace(start=body.start + len("full text:"), text=body.text[len("full text:") :])
    first = first._replace(start=first.end - len(first.text.lstrip(" \u00a0")), text=first.text.strip(" \u00a0"))
    rest = [first, *block[at + 1 :]]
    tail = tail_start(rest, _CERTAIN, _LIKELY)
    start, end = span(rest[:tail])
    if start == end:
        return Problem(path, f"record {number}", "it has no text")
    found = {
        "title": _first(block[:at]),
        **read_labelled_lines(block[:at], _CERTAIN | _LIKELY),
        **read_labelled_lines(rest[tail:], _CERTAIN | _LIKELY),
    }
    made = record(text[start:end], path, "proquest", found, _NAMES, dated="publication date")
    return made._replace(doc_id=f"{path} record {number}", encoding=name, file_start=start)


def _first(block: Sequence[Line]) -> str:
    """Return a record's first line, its headline, if it has no label."""
    full = [line.text for line in block if line.text and not _COUNT.match(line.text)]
    return full[0] if full and not label(full[0], _CERTAIN | _LIKELY) else ""
