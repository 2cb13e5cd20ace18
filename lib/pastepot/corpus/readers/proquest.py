"""Text exports of ProQuest and NewsBank.

ProQuest parts its records, each of ``Key: value`` lines, by sixty underscores; in NewsBank's export an article stands
below the other, each with a record number or its rights at its end.
"""

import itertools
import re
from collections.abc import Mapping, Sequence

from pastepot import files
from pastepot.corpus.readers import export_lines
from pastepot.corpus.readers.export_lines import Block, Layout, Line, whole_line
from pastepot.corpus.readers.nexis import parse_date_line
from pastepot.corpus.records import UnreadableError
from pastepot.wording import count_noun

_BREAK = "_" * 60
_SHOWN = re.compile(r"ProQuest|^[ \t]*(?:full text|title):", re.IGNORECASE | re.MULTILINE)
_COUNT = re.compile(r"Document \d{1,7} of (\d{1,7})", re.IGNORECASE)
_FULL = "full text"
_NAMES = {"publication title": "outlet", "publication date": "date"}
_LABELS = files.data("corpus/readers/labels.toml")["proquest"]
_CERTAIN = frozenset(_LABELS["certain"])
_ALL = _CERTAIN.union(_LABELS["likely"])

_NEWSBANK = files.data("corpus/readers/labels.toml")["newsbank"]
_KNOWN, _COLUMNS = frozenset(_NEWSBANK["head"]), _NEWSBANK["names"]
_NUMBER = "record number"
_TAIL = re.compile(
    r"record number:|copyright\b|©|\(c\)|openurl link|citation|provided by|to bookmark|https?://", re.IGNORECASE
)
_NAMED = re.compile(
    r"NewsBank|Access World News|OpenURL Link|^[ \t]*(?:Record Number:|[^\W\d]{3,9} \d{1,2}, \d{4} \| .*\))",
    re.MULTILINE | re.IGNORECASE,
)
_NO_PROQUEST = re.compile(r"\A(?!(?s:.{0,20000})proquest)", re.IGNORECASE)
_ENDS = re.compile(r"^[ \t]*(?:Record Number:|(?:Copyright|©).*\d{4})", re.MULTILINE | re.IGNORECASE)
_PLACE = re.compile(r" \([^()]{2,60}\)$")
_OUTLETS = ("outlet", "paper", "source")
_HEAD_LINES = 12


def _divide_proquest(_: str, lines: Block) -> tuple[Sequence[Block], str]:
    """Return the lines of each record, and how they disagree with the count of the file."""
    wanted = _CERTAIN | {_FULL}
    blocks = export_lines.split_at(lines, _BREAK.__eq__)
    records = [block for block in blocks if any(line.label in wanted for line in block)]
    stated = {int(count[1]) for line in lines if (count := _COUNT.fullmatch(line.text))}
    if stated and stated != {len(records)}:
        return records, f"the file has {count_noun(len(records), 'record')}, but says {max(stated):,}"
    return records, "" if records else "a ProQuest export without a record"


def _read_proquest(block: Block) -> tuple[Mapping[str, str], Block]:
    """Return labels and text of a record."""
    full = next((index for index, line in enumerate(block) if line.label == _FULL), None)
    if full is None:
        raise UnreadableError("it has no full text; export it with its full text")
    line = block[full]
    rest = [line._replace(start=line.end - len(line.value), text=line.value, label=""), *block[full + 1 :]]
    tail = export_lines.find_tail(rest, _CERTAIN, _ALL)
    first = next((line for line in block[:full] if line.text and not _COUNT.fullmatch(line.text)), line)
    labels = {"title": "" if first.label in _ALL | {_FULL} else first.text}
    for part in (block[:full], rest[tail:]):
        labels |= export_lines.read_labelled_lines(part, _ALL)
    return labels, rest[:tail]


# --- NewsBank -------------------------------------------------------------------------


def _divide_newsbank(_: str, lines: Block) -> tuple[Sequence[Block], str]:
    """Return the lines of each article, and whether their heads and ends differ in number."""
    numbered = any(line.label == _NUMBER for line in lines)
    below = [bool(line.text) and not _TAIL.match(line.text) for line in lines]
    ends = (n for n, line in enumerate(lines) if _ENDS.match(line.text) and (line.label == _NUMBER or not numbered))
    starts = {next((n for n in range(end, len(lines)) if below[n]), len(lines)) for end in ends}
    edges = sorted(starts | {0, len(lines)})
    blocks = [lines[start:end] for start, end in itertools.pairwise(edges)]
    heads = (line for block in blocks for line in [one for one in block if one.text][:_HEAD_LINES])
    dates = sum(map(bool, map(_date, heads)))
    has = f"the file has {count_noun(len(blocks), 'article')} by its ends"
    differ = f"{has}, but {count_noun(dates, 'line')} with a date of publication"
    return blocks, differ if dates != len(blocks) else ""


def _date(line: Line) -> str:
    """Return the day that a line of a head states, alone, after its label, or between bars."""
    value = line.value if line.label == "date" else line.text
    return next(filter(None, map(parse_date_line, map(str.strip, value.split("|")))), "")


def _is_head(line: Line) -> bool:
    """Return whether a line of an article's head shows itself as one."""
    return bool(_date(line) or line.label in _KNOWN or " | " in line.text or _TAIL.match(line.text))


def _read_newsbank(block: Block) -> tuple[Mapping[str, str], Block]:
    """Return labels and text of an article."""
    full = [index for index, line in enumerate(block) if line.text]
    is_head = [_is_head(block[index]) for index in full[:_HEAD_LINES]]
    heads = [*itertools.takewhile(lambda n: n < 3 or is_head[n], range(len(is_head)))]
    last = max((n for n in heads if is_head[n]), default=0)
    body = full[last] + 1 if full else 0
    tail = body + next((n for n, line in enumerate(block[body:]) if _TAIL.match(line.text)), len(block) - body)
    number = export_lines.read_labelled_lines(block[tail:], {_NUMBER})
    return _read_top(block[:body]) | number, block[body:tail]


def _read_top(top: Block) -> dict[str, str]:
    """Return what the lines of a head say: by their labels, the first of the others the headline, one the outlet."""
    parts = export_lines.split_lines("\n".join(line.text.replace(" | ", "\n") for line in top if line.text))
    labels = {part.label: part.value for part in parts if part.label in _KNOWN}
    free = [part.text for part in parts if part.label not in _KNOWN and not _TAIL.match(part.text) and not _date(part)]
    lengths = [part for part in free if re.fullmatch(r"[\d,]+ [Ww]ords", part)]
    lines = (part for part in free if part not in lengths)
    said = {"length": "".join(lengths), "date": next(filter(None, map(_date, top)), "")}
    said |= {"title": next(lines, "")} if "title" not in labels and "headline" not in labels else {}
    said["outlet"] = next(lines, "")
    labels |= {label: value for label, value in said.items() if value}
    return {label: _PLACE.sub("", value) if label in _OUTLETS else value for label, value in labels.items()}


_MARKS = [whole_line(_BREAK), _SHOWN]
PROQUEST = Layout("proquest", _MARKS, _divide_proquest, _read_proquest, "publication date", _NAMES, "record")
NEWSBANK = Layout("newsbank", [_ENDS, _NAMED, _NO_PROQUEST], _divide_newsbank, _read_newsbank, "date line", _COLUMNS)
