"""ProQuest text exports: records parted by a line of sixty underscores, each of ``Key: value`` lines."""

import itertools
import re
from collections.abc import Iterator, Sequence

from pastepot.corpus import encoding
from pastepot.corpus.dates import stated_date
from pastepot.corpus.formats.lines import Line, label, labelled, lines, named, span, tail_start
from pastepot.corpus.records import Found, Problem, Record

_PART = re.compile(r"^_{60}[ \t]*\r?$", re.MULTILINE)
_COUNT = re.compile(r"^Document \d{1,7} of (\d{1,7})[ \t]*\r?$", re.MULTILINE)
_FULL = "full text"
_CERTAIN = {
    "proquest document id", "document url", "publication title", "publication year", "publication date", "source type",
    "language of publication", "last updated", "database", "issn", "e-issn", "publication subject", "document type",
}  # fmt: skip
_LIKELY = {
    "subject", "location", "people", "person", "company / organization", "company", "title", "publisher", "pages",
    "place of publication", "country of publication", "first page", "section", "column", "dateline", "copyright",
    "identifier / keyword", "classification", "business indexing term", "credit", "volume", "issue", "publication",
    "edition", "language", "author", "links", "abstract", "publication info", "illustration",
}  # fmt: skip
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
    if replaced:
        reason = f"taken in, but {replaced:,} characters could not be decoded as {name}; each stands as U+FFFD"
        yield Problem(path, "", reason)
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
    found = {**labelled(block[:at], _CERTAIN | _LIKELY), **labelled(rest[tail:], _CERTAIN | _LIKELY)}
    return _record(text[start:end], path, number, {"title": _first(block[:at]), **found}, name)._replace(
        file_start=start
    )


def _first(block: Sequence[Line]) -> str:
    """Return a record's first line, its headline, if it has no label."""
    full = [line.text for line in block if line.text and not _COUNT.match(line.text)]
    return full[0] if full and not label(full[0], _CERTAIN | _LIKELY) else ""


def _record(body: str, path: str, number: int, found: dict[str, str], name: str) -> Record:
    """Return the record of one article, from its body and what was `found` about it by label."""
    known = named(found, _NAMES)
    title, outlet, date, author = (known.pop(field, "") for field in ("title", "outlet", "date", "author"))
    made = Record(body, path, "proquest", name, doc_id=f"{path} record {number}", title=title, outlet=outlet)
    source = "proquest: publication date" if stated_date(date) else ""
    return made._replace(author=author, date=date, date_source=source, fields=known)
