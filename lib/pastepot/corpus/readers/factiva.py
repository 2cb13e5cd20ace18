"""Factiva exports: many articles in one text, each under a head without labels or under tags, and above its number."""

import itertools
import re
from collections.abc import Mapping, Sequence

from pastepot import files
from pastepot.corpus.readers.export_lines import Block, Layout, Line, split_at, whole_line
from pastepot.corpus.readers.nexis import parse_date_line
from pastepot.wording import count_noun

_LABELS = files.data("corpus/readers/labels.toml")["factiva"]
_TAGS: Mapping[str, str] = _LABELS["tags"]
_RANK = {tag: rank for rank, tag in enumerate(_TAGS)}
_IN_TEXT = ("LP", "TD")
_TAG = re.compile(rf"({'|'.join(_TAGS)})(?:[ ]*[\t\u00a0|]+[ ]*|[ ]{{2,}}|$)")
_NARROW_TAG = re.compile(rf"({'|'.join(_TAGS)})(?:[ \t\u00a0|]+|$)")
_NEEDS_CODES = frozenset(_LABELS["with_codes"])
_END = re.compile(r"(?:AN[ \t\u00a0|]+|PUB[ \t]+)?\w{2,12}[ \u00a0][A-Z][A-Z0-9]{2,11}\d{8}[a-z][a-z0-9]{7,9}[ |]*")
_LENGTH = re.compile(rf"(?:WC[ \t\u00a0|]+)?(\d[\d.,\u00a0\u202f]{{0,9}} ?(?:{'|'.join(_LABELS['lengths'])}))[ |]*")
_HEADLINE = re.compile(r"HD(?:[ ]*[\t\u00a0|]|[ ]{2}).*")
_LANGUAGES = frozenset(_LABELS["languages"])
_RIGHTS = re.compile(
    r"copyright|©|\(c\)|all rights reserved|alle rechte|tous droits|.{0,80}\b\d{4}[^.!?]{0,40}\.?$", re.IGNORECASE
)
_NAME = re.compile(
    r"(?:(?:By|BY|Von|Par|Por|Di) )?(?:[^\W\d_a-z][\w’'.-]*,? (?:(?:and|de|von|van|und|et) )?){1,5}"
    r"[^\W\d_a-z][\w’'.-]+"
)
_HEAD_LINES = 14


def _divide(_: str, lines: Block) -> tuple[Sequence[Block], str]:
    """Return the lines of each article, and how their heads disagree with the numbers at their ends."""
    has_lengths = any(_LENGTH.fullmatch(line.text) for line in lines)
    is_head, what = (_LENGTH.fullmatch, "a number of words") if has_lengths else (_HEADLINE.fullmatch, "a tag HD")
    blocks = split_at(lines, _END.fullmatch)
    ends, heads = len(blocks) - 1, [sum(is_head(line.text) is not None for line in block) for block in blocks]
    has = f"the file has {count_noun(sum(heads), 'line')} with {what}"
    complaint = f"{has}, but {count_noun(ends, 'line')} 'Document …'" if sum(heads) != ends else ""
    return blocks if heads[-1] else blocks[:-1], complaint


def _read(block: Block) -> tuple[Mapping[str, str], Block | str]:
    """Return labels and text of an article: what is under its tags LP and TD, else what stands below its head."""
    tags = _find_tags(block)
    edges = [*(index for index, _ in tags.values()), len(block)]
    parts = {
        tag: [one.text.strip(" |\t") for one in [line, *block[start + 1 : end]]]
        for (tag, (start, line)), end in zip(tags.items(), edges[1:], strict=True)
    }
    # Without a tag for the length, the lines of a head stand below the tag of the author, each after a blank one.
    is_whole = "WC" in tags
    taken = {tag: part if is_whole else itertools.takewhile(bool, part) for tag, part in parts.items()}
    labels = {_TAGS[tag]: " ".join(filter(None, part)) for tag, part in taken.items() if tag not in _IN_TEXT}
    texts = ["\n".join(parts[tag]) for tag in _IN_TEXT if tag in parts]
    between = "\n\n" if any("\n\n" in text for text in texts) else "\n"
    body: Block | str = between.join(map(str.strip, texts))
    if not is_whole:
        first = next((tags[tag][0] for tag in _IN_TEXT if tag in tags), len(block))
        head, below = _read_head(block[:first])
        section = head.get("title", "") if "HD" in tags else head.get("section", "")
        labels = {**head, "section": section, **labels}
        if not body:
            body, labels["publisher"] = _split_publisher(block[below:])
    return {**labels, "date": parse_date_line(labels.get("date", "")) or labels.get("date", "")}, body


def _find_tags(block: Block) -> dict[str, tuple[int, Line]]:
    """Return where each tag stands, and its line without it, in the order of every export; none without a headline's.

    One space parts a tag from its value only where it does so for the headline, so that a line may begin with TD.
    """
    found: dict[str, tuple[int, Line]] = {}
    is_narrow = any(line.text.startswith("HD ") and not _TAG.match(line.text) for line in block)
    for index, line in enumerate(block):
        match = (_NARROW_TAG if is_narrow else _TAG).match(line.text)
        if not match or _RANK[match[1]] <= max(map(_RANK.__getitem__, found), default=-1):
            continue
        if match[1] not in _NEEDS_CODES or " : " in line.text or _TAG.match(line.text):
            found[match[1]] = index, line._replace(text=line.text[match.end() :])
    return found if "HD" in found else {}


def _read_head(block: Block) -> tuple[dict[str, str], int]:
    """Return what a head without tags says, and the line on which it ends.

    Above the number of words stand section, headline and author, below it date, time, outlet, its code, perhaps a page,
    the language and the rights.
    """
    count = next((index for index, line in enumerate(block) if _LENGTH.fullmatch(line.text)), None)
    if count is None:
        return {}, 0
    above = [line.text for line in block[:count] if line.text and not _TAG.match(line.text)]
    below = [(index, block[index].text) for index in range(count + 1, len(block)) if block[index].text][:_HEAD_LINES]
    author = above.pop() if len(above) > 1 and (block[count - 1].text or _NAME.fullmatch(above[-1])) else ""
    dated = next((n for n, (_, line) in enumerate(below) if parse_date_line(line)), -1)
    after = [line for _, line in below[dated + 1 :] if not re.fullmatch(r"\d\d?:\d\d.{0,10}", line)]
    spoken = next((n for n, (_, line) in enumerate(below) if line.casefold() in _LANGUAGES), None)
    rights = (n for n in range(dated + 1, len(below)) if _RIGHTS.match(below[n][1]))
    last = next(rights, None) if spoken is None else spoken
    while last is not None and last + 1 < len(below) and _RIGHTS.match(below[last + 1][1]):
        last += 1
    body = below[min(dated + 2, len(below) - 1) if last is None else last][0] + 1 if below else count + 1
    labels = {
        "section": above[0] if len(above) > 1 else "",
        "title": above[-1] if above else "",
        "author": re.sub(r"^(?:By|BY) ", "", author),
        "length": block[count].text,
        "date": below[dated][1] if dated >= 0 else "",
        "outlet": after[0] if after else "",
    }
    return labels, body


def _split_publisher(block: Block) -> tuple[Block, str]:
    """Return the lines above the one with which many articles end, that of a publisher, and the publisher."""
    full = [index for index, line in enumerate(block) if line.text]
    last = block[full[-1]].text if len(full) > 1 else ""
    is_name = bool(last) and len(last.split()) <= 8 and last[-1] not in ".!?…”\"'’»)" and not block[full[-1] - 1].text
    return (block[: full[-1]], last) if is_name else (block, "")


_MARKS = [whole_line(_END.pattern), whole_line(f"{_LENGTH.pattern}|{_HEADLINE.pattern}")]
FACTIVA = Layout("factiva", _MARKS, _divide, _read, "publication date")
