"""One passage in both its places, beside each other, with the words that differ marked."""

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from pastepot import errors, files, marks
from pastepot.corpus.corpus import Corpus, article_dates
from pastepot.reuse.families import checked_passages, words_between
from pastepot.text.annotations import token_raw_offsets, token_store
from pastepot.text.tokens import terms_of

PAIR_MIME = "application/vnd.pastepot.pair+json"
SIDES = ("doc_a", "start_a", "end_a", "doc_b", "start_b", "end_b")
LONGEST = 2000
"""Words of a side that are compared; of a longer passage the rest is left out, and that is said."""

MOST_AROUND = 400
"""Characters shown before and after a passage, however long the words there are."""

LEGEND = (
    "Struck through: words only in the first. Underlined: words only in the second. Grey: what stands around. "
    "Case, punctuation and line breaks are not compared."
)
Piece = tuple[str, str]
"""What a stretch of text is (same, only), and the text."""


class Side(NamedTuple):
    """One place of a passage: its article, where it stands, and the text in pieces, with what stands around."""

    doc_id: str
    where: str
    before: str
    pieces: Sequence[Piece]
    after: str


class SideBySide:
    """A passage in both its places, as a notebook and the report show it; made by `side_by_side`."""

    def __init__(self, sides: Sequence[Side]) -> None:
        self.sides = sides

    def __repr__(self) -> str:
        return marks.visible("\n\n".join(_as_plain(side, mark) for side, mark in zip(self.sides, "-+", strict=True)))

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Mapping[str, object]:  # noqa: ARG002
        """Return the pair as plain text, as HTML, and as the data that the report reads."""
        return {
            "text/plain": repr(self),
            "text/html": f"<style>{style()}</style>{pair_markup(self.sides)}",
            PAIR_MIME: {
                "sides": [[*side[:3], [list(piece) for piece in side.pieces], side.after] for side in self.sides]
            },
        }

    def save(self, path: str | Path) -> Path:
        """Return the path of one self-contained page that shows the pair; nothing on it is live or fetched."""
        digest = base64.b64encode(hashlib.sha256(style(alone=True).encode("utf-8")).digest()).decode("ascii")
        policy = f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        title = marks.page(" and ".join(dict.fromkeys(side.doc_id for side in self.sides)))
        return files.write(
            Path(path),
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f'<title>{title}</title>\n<link rel="icon" href="data:,">\n<style>{style(alone=True)}</style>\n</head>\n'
            f"<body>\n<main>\n<h1>One passage, two places</h1>\n{pair_markup(self.sides)}\n</main>\n</body>\n</html>\n",
        )


def side_by_side(
    corpus: Corpus,
    passage: int | pd.Series | Mapping[str, Any],
    found: pd.DataFrame | None = None,
    *,
    context: int = 12,
) -> SideBySide:
    """Return both places of a passage beside each other, the words that differ struck through or underlined.

    Parameters
    ----------
    corpus : Corpus
    passage : int, or a row of a table of passages
        The number of a row of `found`, or the row itself.
    found : table of passages, optional
        As `pastepot.passages` makes it, perhaps filtered; made with its defaults if not given and needed.
    context : int
        Words to show before and after the passage.

    Notes
    -----
    The text is the raw one. Which side is the first says nothing of who wrote it first. ``.save(path)`` writes a page.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> text = ["Now: the ferry stays in port until the strike ends.", "The ferry stays in port till the STRIKE ends"]
    >>> corpus = read(pd.DataFrame({"text": text, "doc_id": ["a", "b"]}))
    >>> places = {"doc_a": "a", "start_a": 5, "end_a": 50, "doc_b": "b", "start_b": 0, "end_b": 44}
    >>> side_by_side(corpus, places)
    a, undated, characters 5-50
    Now: | the ferry stays in port [-until-] the strike ends
    <BLANKLINE>
    b, undated, characters 0-44
    The ferry stays in port [+till+] the STRIKE ends
    >>> side_by_side(corpus, 0)
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: passage must be the number of one of 0 rows; got 0.
    """
    row = passage if isinstance(passage, pd.Series | Mapping) else _row(checked_passages(corpus, found), passage)
    missing = [name for name in SIDES if name not in row]
    if missing:
        raise errors.PastepotError(f"passage lacks {missing[0]!r}; give a row of pastepot.passages(corpus).")
    first, second = ((str(row[f"doc_{side}"]), int(row[f"start_{side}"]), int(row[f"end_{side}"])) for side in "ab")
    ranges = [_tokens(corpus, *place) for place in (first, second)]
    flags = _differing(*[_terms(corpus, tokens) for tokens in ranges])
    pairs = zip((first, second), ranges, flags, strict=True)
    return SideBySide([_side(corpus, place, tokens, flag, context) for place, tokens, flag in pairs])


def _row(found: pd.DataFrame, number: int) -> pd.Series:
    """Return one row of a table by its number."""
    if isinstance(number, bool) or not 0 <= int(number) < len(found):
        raise errors.PastepotError(f"passage must be the number of one of {len(found)} rows; got {number!r}.")
    return found.iloc[int(number)]


def _tokens(corpus: Corpus, doc_id: str, start: int, end: int) -> range:
    """Return the tokens of a raw span, as many as are compared."""
    first, last = words_between(corpus, doc_id, start, end)
    return range(first, min(last, first + LONGEST))


def _terms(corpus: Corpus, tokens: range) -> list[int]:
    """Return the number of the term of each token."""
    store = token_store(corpus)
    terms: list[int] = terms_of(store, possessive="keep")[0][store.ids[tokens.start : tokens.stop]].tolist()
    return terms


def _differing(first: list[int], second: list[int]) -> tuple[list[bool], list[bool]]:
    """Return which words of either side have no like in the other, in order.

    >>> _differing([1, 2, 3], [1, 3, 4])
    ([False, True, False], [False, False, True])
    """
    flags = [True] * len(first), [True] * len(second)
    for block in SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks():
        flags[0][block.a : block.a + block.size] = [False] * block.size
        flags[1][block.b : block.b + block.size] = [False] * block.size
    return flags


def _side(corpus: Corpus, place: tuple[str, int, int], tokens: range, flags: list[bool], context: int) -> Side:
    """Return one side as data."""
    doc_id, start, end = place
    number = corpus.number(doc_id)
    record, day = corpus.records[number], article_dates(corpus).iloc[number]
    starts, ends = token_raw_offsets(corpus)
    last = int(ends[tokens[-1]]) if len(tokens) == LONGEST else end
    cut = f", the first {LONGEST:,} words shown" if last < end else ""
    known = [record.outlet, "undated" if pd.isna(day) else f"{day:%Y-%m-%d}"]
    where = ", ".join([*filter(None, known), f"characters {start}-{end}{cut}"])
    spans = np.column_stack([starts[tokens.start : tokens.stop], ends[tokens.start : tokens.stop]]).tolist()
    pieces = _pieces(record.text, start, last, spans, flags)
    left, right = _around(corpus, number, tokens, context)
    before, after = record.text[min(left, start) : start], record.text[last : max(right, last)]
    shown = [(kind, _lines(text)) for kind, text in pieces]
    return Side(doc_id, where, _lines(before[-MOST_AROUND:]), shown, _lines(after[:MOST_AROUND]))


def _lines(text: str) -> str:
    """Return text with its line breaks as line feeds."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _around(corpus: Corpus, number: int, tokens: range, context: int) -> tuple[int, int]:
    """Return where the words before a passage begin and where those after it end, inside its article."""
    lowest, highest = token_store(corpus).bounds[number : number + 2].tolist()
    starts, ends = token_raw_offsets(corpus)
    first, last = max(lowest, tokens.start - context), min(highest, tokens.stop + context) - 1
    return int(starts[first]), int(ends[last])


def _pieces(raw: str, start: int, end: int, spans: list[list[int]], flags: list[bool]) -> Iterator[Piece]:
    """Yield the passage cut where equal words end and differing ones begin; what stands between words is equal."""
    done = start
    for place, ((first, last), differs) in enumerate(zip(spans, flags, strict=True)):
        if differs and not (place and flags[place - 1]):
            if first > done:
                yield "same", raw[done:first]
            done = first
        if differs and not (place + 1 < len(flags) and flags[place + 1]):
            yield "only", raw[done:last]
            done = last
    if end > done:
        yield "same", raw[done:end]


def _as_plain(side: Side, mark: str) -> str:
    """Return one side in plain text."""
    body = "".join(f"[{mark}{text}{mark}]" if kind == "only" else text for kind, text in side.pieces)
    around = [f"{side.before.strip()} | " if side.before else "", f" | {side.after.strip()}" if side.after else ""]
    return f"{side.doc_id}, {side.where}\n{around[0]}{body}{around[1]}"


def style(*, alone: bool = False) -> str:
    """Return the style of a pair; `alone` adds what a page of its own needs."""
    made = resources.files("pastepot.show").joinpath("side_by_side.css").read_text(encoding="utf-8")
    page = (
        "body{margin:0;background:#fdfcf9;color:#1f1e1b;font:1.05rem/1.6 Georgia,serif}"
        "main{max-width:64rem;margin:auto;padding:1rem}"
    )
    return page + made if alone else made


def pair_markup(sides: Sequence[Side]) -> str:
    """Return both sides as HTML: words only in the first in `del`, only in the second in `ins`."""
    shown = "".join(_markup(side, tag) for side, tag in zip(sides, ("del", "ins"), strict=True))
    return f'<div class="pair">{shown}<p class="legend">{LEGEND}</p></div>'


def _markup(side: Side, tag: str) -> str:
    """Return one side as HTML."""
    page = marks.page
    body = "".join(f"<{tag}>{page(text)}</{tag}>" if kind == "only" else page(text) for kind, text in side.pieces)
    around = [f'<span class="around">{page(text)}</span>' if text else "" for text in (side.before, side.after)]
    head = f'<p class="where"><b><bdi>{page(side.doc_id)}</bdi></b><br><bdi>{page(side.where)}</bdi></p>'
    label = page(f"{side.doc_id}, {side.where}")
    return (
        f'<div role="region" tabindex="0" aria-label="{label}">{head}'
        f'<p class="passage"><bdi>{around[0]}{body}{around[1]}</bdi></p></div>'
    )
