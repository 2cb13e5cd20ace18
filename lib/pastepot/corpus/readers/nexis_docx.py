"""Nexis Uni exports: many articles in one Word file, each ended by a line ``End of Document``.

All paragraphs have one style, so the structure comes from marker lines alone: ``Body``, ``End of Document``, and labels
followed by a colon and a no-break space.
"""

import re
from collections.abc import Iterator, Sequence

from pastepot.corpus.readers import nexis
from pastepot.corpus.readers.docx import docx_paragraphs
from pastepot.corpus.readers.export_lines import label, value
from pastepot.corpus.readers.members import UnfitError
from pastepot.corpus.records import Found, Problem

_END = "End of Document"
_BODY = "Body"
_TAIL = ("Classification", "Graphic")
_SAYS = re.compile(r"Documents? \((\d{1,7})\)")
_IN_NAME = re.compile(r"Files? ?\((\d{1,7})\)", re.IGNORECASE)
_COPYRIGHT = re.compile(r"copyright|©", re.IGNORECASE)
_BLANKS = " \t\r\n\f\v"


def read_nexis_docx(path: str, data: bytes) -> Iterator[Found]:
    """Yield the articles of a Nexis Uni export; an article's text is its paragraphs, parted by newlines.

    Where the counts in the file disagree, a problem for the whole file comes first and every article that is there
    still comes.

    >>> [found.reason for found in read_nexis_docx("a.docx", b"The ferry sails.")]
    ['not a Word file: it cannot be unpacked: File is not a zip file']
    """
    try:
        paragraphs = docx_paragraphs(data)
    except UnfitError as error:
        yield Problem(path, "", f"not a Word file: {error}")
        return
    found = [line.strip(_BLANKS) for paragraph in paragraphs for line in paragraph.split("\n")]
    if _END not in found:
        yield Problem(path, "", f"not a Nexis Uni export: it has no line {_END!r}; save it as .txt to read it whole")
        return
    blocks = _blocks(found)
    complaint = _miscount(path, found, len(blocks))
    if complaint:
        yield Problem(path, "", complaint)
    for number, block in enumerate(blocks, start=1):
        yield _article(path, block, number)


def _blocks(found: Sequence[str]) -> list[list[str]]:
    """Return the lines of each article; what follows the last end marker is one more if it has a body."""
    blocks: list[list[str]] = [[]]
    for line in found:
        if line == _END:
            blocks.append([])
        else:
            blocks[-1].append(line)
    return blocks if _BODY in blocks[-1] else blocks[:-1]


def _miscount(path: str, found: Sequence[str], blocks: int) -> str:
    """Return how the counts of an export disagree, or an empty string."""
    ends = found.count(_END)
    cover = next((match for match in map(_SAYS.fullmatch, found[:50]) if match), None)
    name = _IN_NAME.search(path.rpartition("/")[2])
    if blocks != ends:
        return f"the file holds {blocks:,} articles, but {ends:,} lines {_END!r}"
    if cover and int(cover[1]) != ends:
        return f"the file holds {ends:,} articles, but its cover says {int(cover[1]):,}"
    if name and int(name[1]) != ends:
        return f"the file holds {ends:,} articles, but its name says {int(name[1]):,}"
    return ""


def _article(path: str, block: Sequence[str], number: int) -> Found:
    """Return one article, or the reason why it was not taken in."""
    if _BODY not in block:
        return Problem(path, f"article {number}", f"it has no line {_BODY!r}, so no text")
    body = block.index(_BODY)
    tail = next((at for at in range(body + 1, len(block)) if _is_tail(block[at])), len(block))
    text = "\n".join(block[body + 1 : tail]).strip(_BLANKS)
    if not text:
        return Problem(path, f"article {number}", "it has no text")
    found = {**_labelled(block[tail:]), **_labelled(block[:body]), **_top(block[:body])}
    return nexis.article(text, path, "nexis docx", number, found)


def _is_tail(line: str) -> bool:
    """Return whether a line begins what the database adds after an article."""
    return line in _TAIL or (":\u00a0" in line and bool(label(line, nexis.CERTAIN | nexis.LIKELY)))


def _labelled(block: Sequence[str]) -> dict[str, str]:
    """Return the values of lines with a label, a colon and a no-break space; lines under `Graphic` are its value."""
    found = {label(line): value(line) for line in block if ":\u00a0" in line and label(line)}
    if "Graphic" in block:
        under = block[block.index("Graphic") + 1 :]
        end = next((at for at, line in enumerate(under) if _is_tail(line)), len(under))
        found["graphic"] = " ".join(line for line in under[:end] if line)
    return found


def _top(block: Sequence[str]) -> dict[str, str]:
    """Return title, outlet and date: the date is the last line that is one, above it the outlet, above that the title.

    The search stops at the first label or copyright line, and goes up no further than to a blank line, so that
    neither a number in a headline nor the list of contents is taken.
    """
    stop = next((at for at, line in enumerate(block) if _starts_head(line)), len(block))
    dates = [at for at in range(stop) if nexis.date_line(block[at])]
    if not dates:
        full = [line for line in block[:stop] if line]
        return {"title": full[-2] if len(full) > 1 else "", "outlet": full[-1] if full else ""}
    at = dates[-1]
    above: list[str] = []
    for line in reversed(block[:at]):
        if not line and above:
            break
        above += [line] if line else []
    found = {"date": nexis.date_line(block[at]), "outlet": above[0] if above else "", "title": " ".join(above[:0:-1])}
    notice = next((line for line in block[at:] if _COPYRIGHT.match(line)), "")
    return {**found, "copyright": notice}


def _starts_head(line: str) -> bool:
    """Return whether a line is the first of an article's labels or its copyright notice."""
    return bool(_COPYRIGHT.match(line)) or (":\u00a0" in line and bool(label(line, nexis.HEAD)))
