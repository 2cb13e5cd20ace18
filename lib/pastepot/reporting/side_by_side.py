"""One passage in both its places, beside each other, with the words that differ marked."""

import itertools
import operator
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from numbers import Integral
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from pastepot import errors, escape, files
from pastepot.corpus.corpus import Corpus, article_dates
from pastepot.reporting.templates import own_file, piece, whole_page
from pastepot.reuse.clusters import check_passages, find_tokens
from pastepot.text.annotations import annotations, corpus_tokens, token_raw_offsets
from pastepot.text.tokens import terms_of

PAIR_MIME = "application/vnd.pastepot.pair+json"
SIDES = ("doc_a", "start_a", "end_a", "doc_b", "start_b", "end_b")
LONGEST = 2000
"""Words of a side that are compared; of a longer passage the rest is left out, and that is said."""

MOST_AROUND = 400
"""Characters shown before and after a passage, however long the words there are."""

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
        return escape.show_controls(
            "\n\n".join(_as_plain(side, mark) for side, mark in zip(self.sides, "-+", strict=True))
        )

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Mapping[str, object]:  # noqa: ARG002
        """Return the pair as plain text, as HTML, and as the data that the report reads."""
        style = own_file("side_by_side.css")
        return {
            "text/plain": repr(self),
            "text/html": f"<style>{style}</style>{piece('pair', self._data())}",
            PAIR_MIME: self._data(),
        }

    def _data(self) -> Mapping[str, object]:
        """Return both sides as data."""
        return {"sides": [side._asdict() for side in self.sides]}

    def save(self, path: str | Path) -> Path:
        """Return the path of one self-contained page that shows the pair; nothing on it is live or fetched."""
        title = " and ".join(dict.fromkeys(side.doc_id for side in self.sides))
        style = own_file("alone.css") + own_file("side_by_side.css")
        return files.write(Path(path), whole_page("pair.html.jinja", style=style, title=title, data=self._data()))


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

    Raises
    ------
    PastepotError
        If the row or its number is none of the table, a place lies outside its article or holds no word, or `context`
        is no whole number.

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
    errors.at_least("context", context, 0)
    row = passage if isinstance(passage, pd.Series | Mapping) else _row(corpus, found, passage)
    missing = [name for name in SIDES if name not in row]
    if missing:
        raise errors.PastepotError(f"passage lacks {missing[0]!r}; give a row of pastepot.passages(corpus).")
    places = [_place(corpus, row, side) for side in "ab"]
    ranges = [_tokens(corpus, *place) for place in places]
    flags = _differing(*[_terms(corpus, tokens) for tokens in ranges])
    pairs = zip(places, ranges, flags, strict=True)
    return SideBySide([_side(corpus, place, tokens, flag, context) for place, tokens, flag in pairs])


def _row(corpus: Corpus, found: pd.DataFrame | None, number: int) -> pd.Series:
    """Return one row of a table of passages by its number."""
    if not (found is None or isinstance(found, pd.DataFrame)):
        raise errors.PastepotError(f"found must be a table of pastepot.passages(corpus); got {type(found).__name__}.")
    table = check_passages(corpus, found)
    if isinstance(number, bool) or not isinstance(number, Integral) or not 0 <= int(number) < len(table):
        raise errors.PastepotError(f"passage must be the number of one of {len(table)} rows; got {number!r}.")
    return table.iloc[int(number)]


def _place(corpus: Corpus, row: pd.Series | Mapping[str, Any], side: str) -> tuple[str, int, int]:
    """Return one place of a passage, after a look that it is inside its article."""
    doc_id, start, end = str(row[f"doc_{side}"]), row[f"start_{side}"], row[f"end_{side}"]
    if not (isinstance(start, Integral) and isinstance(end, Integral)):
        raise errors.PastepotError(f"start_{side} and end_{side} must be whole numbers; got {start!r} and {end!r}.")
    corpus.cite(doc_id, int(start), int(end))
    return doc_id, int(start), int(end)


def _tokens(corpus: Corpus, doc_id: str, start: int, end: int) -> range:
    """Return the tokens of a raw span, as many as are compared."""
    first, last = find_tokens(annotations(corpus), [corpus.number(doc_id)] * 2, [start, end]).tolist()
    if first == last:
        raise errors.PastepotError(f"passage has no word in {doc_id!r} from {start} to {end}; give a longer one.")
    return range(first, min(last, first + LONGEST))


def _terms(corpus: Corpus, tokens: range) -> list[int]:
    """Return the number of the term of each token."""
    store = corpus_tokens(corpus)
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
    lowest, highest = corpus_tokens(corpus).bounds[number : number + 2].tolist()
    starts, ends = token_raw_offsets(corpus)
    first, last = max(lowest, tokens.start - context), min(highest, tokens.stop + context) - 1
    return int(starts[first]), int(ends[last])


def _pieces(raw: str, start: int, end: int, spans: list[list[int]], flags: list[bool]) -> Iterator[Piece]:
    """Yield the passage cut where equal words end and differing ones begin; what stands between words is equal."""
    done = start
    for differs, run in itertools.groupby(zip(flags, spans, strict=True), key=operator.itemgetter(0)):
        if differs:
            words = [span for _, span in run]
            first, last = words[0][0], words[-1][1]
            yield from [("same", raw[done:first])] if first > done else []
            yield "only", raw[first:last]
            done = last
    if end > done:
        yield "same", raw[done:end]


def _as_plain(side: Side, mark: str) -> str:
    """Return one side in plain text."""
    body = "".join(f"[{mark}{text}{mark}]" if kind == "only" else text for kind, text in side.pieces)
    around = [f"{side.before.strip()} | " if side.before else "", f" | {side.after.strip()}" if side.after else ""]
    return f"{side.doc_id}, {side.where}\n{around[0]}{body}{around[1]}"
