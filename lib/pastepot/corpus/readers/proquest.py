"""Text exports of ProQuest and NewsBank.

ProQuest parts its records, each of ``Key: value`` lines, by sixty underscores; in NewsBank's export an article stands
below the other, each with a record number or its rights at its end.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import partial

from pastepot import files
from pastepot.corpus.readers import export_lines
from pastepot.corpus.readers.nexis import parse_date_line
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

_NEWSBANK = files.data("corpus/readers/labels.toml")["newsbank"]
_KNOWN = frozenset(_NEWSBANK["head"])
_NUMBER = "record number"
_TAIL = re.compile(
    r"record number:|copyright\b|©|\(c\)|openurl link|citation|provided by|to bookmark|https?://", re.IGNORECASE
)
_NAMED = re.compile(r"^.*(?:NewsBank|Access World News|OpenURL Link)|^[ \t]*Record Number:", re.MULTILINE)
_ENDS = re.compile(r"^[ \t]*(?:(?:Record Number|RECORD NUMBER):|(?:Copyright|COPYRIGHT|©).*\d{4})", re.MULTILINE)
_PLACE = re.compile(r" \([^()]{2,60}\)$")
_OUTLETS = ("outlet", "paper", "source")
_HEAD_LINES = 12


def is_proquest(text: str) -> bool:
    """Return whether a text looks like a ProQuest export.

    >>> is_proquest("_" * 60 + chr(10) + "Title: Ferry late" + chr(10)), is_proquest("_" * 60)
    (True, False)
    """
    head = text[:_LOOKED_AT]
    return bool(_BREAK.search(head)) and ("ProQuest" in head or "\nFull text:" in head or "\nTitle:" in head)


def read_proquest(source: Record) -> Iterator[Found]:
    """Yield the articles of a ProQuest export, each the part of the text after ``Full text:``.

    A record without full text is a problem; so is a file that has fewer or more records than it says.
    """
    path, text = source.path, source.text
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
    yield from export_lines.read_articles(path, "record", records, partial(_article, source))


def _article(source: Record, block: Sequence[export_lines.Line], where: str) -> Record:
    """Return one article."""
    full = next((index for index, line in enumerate(block) if export_lines.line_label(line.text, {_FULL})), None)
    if full is None:
        raise UnreadableError("it has no full text; export it with its full text")
    line = block[full]
    bare = line.text[len("full text:") :].strip(" \u00a0")
    rest = [export_lines.Line(line.end - len(bare), line.end, bare), *block[full + 1 :]]
    tail = export_lines.find_tail(rest, _CERTAIN, _ALL)
    labels = {
        "title": _first_line(block[:full]),
        **export_lines.read_labelled_lines(block[:full], _ALL),
        **export_lines.read_labelled_lines(rest[tail:], _ALL),
    }
    article = export_lines.take_out(source, "proquest", rest[:tail], where)
    return export_lines.fill_record(article, labels, names=_NAMES, dated="publication date")


def _first_line(block: Sequence[export_lines.Line]) -> str:
    """Return a record's first line, its headline, if it has no label."""
    full = [line.text for line in block if line.text and not _COUNT.match(line.text)]
    return full[0] if full and not export_lines.line_label(full[0], _ALL) else ""


# --- NewsBank -------------------------------------------------------------------------


def is_newsbank(text: str) -> bool:
    r"""Return whether a text looks like a NewsBank export.

    >>> is_newsbank("Ferry late\nGazette (Quay)\nMay 5, 2031\n\nIt sails.\n\nRecord Number: 31A\n")
    True
    """
    return bool(_ENDS.search(text) and _NAMED.search(text) and "proquest" not in text[:20_000].casefold())


def read_newsbank(source: Record) -> Iterator[Found]:
    """Yield the articles of a NewsBank export, after a problem where its heads and ends differ in number."""
    lines = export_lines.split_lines(source.text)
    numbered = any(export_lines.line_label(line.text, {_NUMBER}) for line in lines)
    is_end = [_TAIL.match(line.text) is not None for line in lines]
    blocks: list[list[export_lines.Line]] = [[]]
    closed = False
    for line, ends in zip(lines, is_end, strict=True):
        if closed and line.text and not ends:
            blocks.append([])
            closed = False
        blocks[-1].append(line)
        is_last = not numbered or export_lines.line_label(line.text, {_NUMBER})
        closed = closed or bool(ends and is_last and _ENDS.match(line.text))
    dates = sum(bool(_date(line.text)) for block in blocks for line in [one for one in block if one.text][:_HEAD_LINES])
    if dates != len(blocks):
        has = f"the file has {count_noun(len(blocks), 'article')} by its ends"
        yield Problem(source.path, "", f"{has}, but {count_noun(dates, 'line')} with a date of publication")
    yield from export_lines.read_articles(source.path, "article", blocks, partial(_newsbank_article, source))


def _date(line: str) -> str:
    """Return the day that a line of a head states, alone, after its label, or between bars."""
    value = export_lines.label_value(line) if export_lines.line_label(line, {"date"}) else line
    return next(filter(None, map(parse_date_line, map(str.strip, value.split("|")))), "")


def _is_head(line: str) -> bool:
    """Return whether a line of an article's head shows itself as one."""
    return bool(_date(line) or export_lines.line_label(line, _KNOWN) or " | " in line or _TAIL.match(line))


def _newsbank_article(source: Record, block: Sequence[export_lines.Line], where: str) -> Record:
    """Return one article."""
    full = [index for index, line in enumerate(block) if line.text]
    is_head = [_is_head(block[index].text) for index in full[:_HEAD_LINES]]
    heads = [*itertools.takewhile(lambda n: n < 3 or is_head[n], range(len(is_head)))]
    last = max((n for n in heads if is_head[n]), default=0)
    top = [block[index].text for index in full[: last + 1]]
    body = full[last] + 1 if full else 0
    tail = body + next((n for n, line in enumerate(block[body:]) if _TAIL.match(line.text)), len(block) - body)
    labels = _read_top(top) | export_lines.read_labelled_lines(block[tail:], {_NUMBER})
    article = export_lines.take_out(source, "newsbank", block[body:tail], where)
    return export_lines.fill_record(article, labels, names=_NEWSBANK["names"], dated="date line")


def _read_top(top: Sequence[str]) -> dict[str, str]:
    """Return what the lines of a head say: by their labels, the first of the others the headline, one the outlet."""
    parts = [part.strip() for line in top for part in line.split(" | ")]
    labels = {
        label: export_lines.label_value(part) for part in parts if (label := export_lines.line_label(part, _KNOWN))
    }
    free = [part for part in parts if part and not export_lines.line_label(part, _KNOWN) and not _TAIL.match(part)]
    lengths = [part for part in free if re.fullmatch(r"[\d,]+ [Ww]ords", part)]
    free = [part for part in free if not _date(part) and part not in lengths]
    at = "title" if "title" not in labels and "headline" not in labels else ""
    title = free.pop(0) if at and free else ""
    outlet = free.pop(0) if free else ""
    date = next(filter(None, map(_date, top)), "")
    said = {"title": title, "outlet": outlet, "date": date, "length": "".join(lengths)}
    labels |= {label: value for label, value in said.items() if value}
    return {label: _PLACE.sub("", value) if label in _OUTLETS else value for label, value in labels.items()}
