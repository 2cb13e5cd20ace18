"""What differs, shown in the text: an article with its cleaning decisions, and a passage in both its places."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from numbers import Integral
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from pastepot import errors, escape, files
from pastepot.corpus.corpus import Corpus, article_dates
from pastepot.corpus.ledger import Decision
from pastepot.reporting.templates import Bundle, bundle, own_file, piece, whole_page
from pastepot.reuse.clusters import check_passages
from pastepot.text.annotations import Annotations, annotations, find_tokens

SIDES = ("doc_a", "start_a", "end_a", "doc_b", "start_b", "end_b")
LONGEST = 2000
"""Words of a side that are compared; of a longer passage the rest is left out, and that is said."""

MOST_CONTEXT = 400
"""Characters shown before and after a passage, however long the words there are."""

Segment = tuple[str, str]
"""What a segment of text is (same, only), and the text."""
Passage = pd.Series | Mapping[str, Any]
"""A row of a table of passages."""


# --- an article and its cleaning -----------------------------------------


class Stretch(NamedTuple):
    """A stretch of raw text, what was done to it (kept, drop, replace, label), by which rule, and what replaces it."""

    action: str
    text: str
    rule: str = ""
    replacement: str = ""


class Diff(NamedTuple):
    """An article with its decisions, as a notebook shows it: struck through, replaced, labelled."""

    doc_id: str
    stretches: list[Stretch]

    def __repr__(self) -> str:
        return escape.show_controls("".join(_plain_stretch(stretch) for stretch in self.stretches))

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:  # noqa: ARG002 (IPython's)
        """Return the article as IPython shows it."""
        data = {"doc_id": self.doc_id, "stretches": [stretch._asdict() for stretch in self.stretches]}
        return bundle("diff", data, piece("diff", data), repr(self))


def cleaning_diff(corpus: Corpus, doc_id: str) -> Diff:
    r"""Return one article with every cleaning decision shown in its place.

    Raises
    ------
    PastepotError
        If no article has that name.

    Examples
    --------
    >>> import pandas as pd
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["Port news\nThe ferry sails today.\nLeave a Reply"], "doc_id": ["a"]}))
    >>> cleaning_diff(corpus, "a")
    {title: Port news}
    The ferry sails today.
    [-Leave a Reply-]{comment_form}
    """
    number = corpus.number(doc_id)
    stretches = _stretches(corpus.records[number].text, corpus.decisions[number])
    return Diff(doc_id, [stretch for stretch in stretches if stretch.text or stretch.action != "kept"])


def _stretches(raw: str, decisions: tuple[Decision, ...]) -> Iterator[Stretch]:
    """Yield the raw text cut at its decisions; inside a labelled stretch further decisions are not shown."""
    done = 0
    for decision in decisions:
        if decision.start < done:
            continue
        yield Stretch("kept", raw[done : decision.start])
        yield Stretch(decision.action, raw[decision.start : decision.end], decision.rule, decision.replacement)
        done = decision.end
    yield Stretch("kept", raw[done:])


def _plain_stretch(stretch: Stretch) -> str:
    """Return a stretch in plain text."""
    forms = {"drop": "[-{text}-]{{{rule}}}", "replace": "{replacement}", "label": "{{{rule}: {text}}}"}
    return forms.get(stretch.action, "{text}").format_map(stretch._asdict())


# --- a passage in both its places ----------------------------------------


class Side(NamedTuple):
    """One copy of a passage: its article, which characters it has, its text in segments, and the text around it."""

    doc_id: str
    where: str
    before: str
    pieces: Sequence[Segment]
    after: str


class SideBySide(NamedTuple):
    """Both copies of a passage, as a notebook and the report show them; made by `side_by_side`."""

    sides: Sequence[Side]

    def __repr__(self) -> str:
        return escape.show_controls("\n\n".join(map(_plain_side, self.sides, "-+")))

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:  # noqa: ARG002 (IPython's)
        """Return the pair as IPython shows it."""
        html = f"<style>{own_file('side_by_side.css')}</style>{piece('pair', self._data())}"
        return bundle("pair", self._data(), html, repr(self))

    def _data(self) -> Mapping[str, object]:
        """Return both sides as data."""
        return {"sides": [side._asdict() for side in self.sides]}

    def save(self, path: str | Path) -> Path:
        """Return the path of one self-contained page that shows the pair; nothing on it is live or fetched."""
        title = " and ".join(dict.fromkeys(side.doc_id for side in self.sides))
        style = own_file("alone.css") + own_file("side_by_side.css")
        return files.write(Path(path), whole_page("pair.html.jinja", style=style, title=title, data=self._data()))


def side_by_side(
    corpus: Corpus, passage: int | Passage, table: pd.DataFrame | None = None, *, context: errors.NotNegative = 12
) -> SideBySide:
    """Return both copies of a passage side by side, the words that differ struck through or underlined.

    Parameters
    ----------
    corpus : Corpus
    passage : int, or a row of a table of passages
        The number of a row of `table`, or the row itself.
    table : table of passages, optional
        As `pastepot.passages` makes it, perhaps filtered; made with its defaults if not given and needed.
    context : int
        Words to show before and after the passage.

    Raises
    ------
    PastepotError
        If the row or its number is not in the table, a copy is outside its article or contains no word, or `context`
        is not a whole number.

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
    a, undated, (data frame), row 1 (index 0), field text, characters 5-50
    Now: | the ferry stays in port [-until-] the strike ends
    <BLANKLINE>
    b, undated, (data frame), row 2 (index 1), field text, characters 0-44
    The ferry stays in port [+till+] the STRIKE ends
    >>> side_by_side(corpus, 0)
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: passage must be the number of one of 0 rows; got 0.
    """
    row = passage if isinstance(passage, pd.Series | Mapping) else _row(corpus, table, passage)
    if missing := [name for name in SIDES if name not in row]:
        raise errors.PastepotError(f"passage lacks {missing[0]!r}; give a row of pastepot.passages(corpus).")
    known = annotations(corpus)
    copies = [_find_copy(known, row, side) for side in "ab"]
    terms = [[known.tokens.terms[number] for number in known.tokens.ids[tokens]] for *_, tokens in copies]
    pairs = zip(copies, _differing(*terms), strict=True)
    return SideBySide([_side(known, copy, differing, context) for copy, differing in pairs])


def _row(corpus: Corpus, table: pd.DataFrame | None, number: int) -> pd.Series:
    """Return one row of a table of passages by its number."""
    table = check_passages(corpus, table)
    if not 0 <= number < len(table):
        raise errors.PastepotError(f"passage must be the number of one of {len(table)} rows; got {number!r}.")
    return table.iloc[int(number)]


def _find_copy(known: Annotations, row: Passage, side: str) -> tuple[str, int, int, range]:
    """Return article, start, end and compared tokens of one copy, which must be inside its article and have a word."""
    doc_id, start, end = str(row[f"doc_{side}"]), row[f"start_{side}"], row[f"end_{side}"]
    if not (isinstance(start, Integral) and isinstance(end, Integral)):
        raise errors.PastepotError(f"start_{side} and end_{side} must be whole numbers; got {start!r} and {end!r}.")
    known.corpus.cite(doc_id, int(start), int(end))
    first, last = find_tokens(known, [known.corpus.number(doc_id)] * 2, [int(start), int(end)]).tolist()
    if first == last:
        raise errors.PastepotError(f"passage has no word in {doc_id!r} from {start} to {end}; give a longer one.")
    return doc_id, int(start), int(end), range(first, min(last, first + LONGEST))


def _differing(first: Sequence[str], second: Sequence[str]) -> tuple[list[range], list[range]]:
    """Return which words of either copy are not in the other, in order, as ranges.

    >>> _differing("abc", "acd")
    ([range(1, 2)], [range(2, 3)])
    """
    opcodes = SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
    changes = [(range(*code[1:3]), range(*code[3:5])) for code in opcodes if code[0] != "equal"]
    return [a for a, _ in changes if a], [b for _, b in changes if b]


def _side(known: Annotations, copy: tuple[str, int, int, range], differing: list[range], context: int) -> Side:
    """Return one side as data, with so many words around it inside its article."""
    corpus, (doc_id, start, end, tokens) = known.corpus, copy
    number = corpus.number(doc_id)
    record, day = corpus.records[number], article_dates(corpus).iloc[number]
    starts, ends = known.token_raw_offsets
    last = int(ends[tokens[-1]]) if len(tokens) == LONGEST else end
    cut = f", the first {LONGEST:,} words shown" if last < end else ""
    named = [record.outlet, "undated" if pd.isna(day) else f"{day:%Y-%m-%d}"]
    # An article that is a file has the file's name, which stands above.
    address = corpus.cite(doc_id, start, end).address.removeprefix(f"{doc_id}, ")
    where = ", ".join([*filter(None, named), f"{address}{cut}"])
    spans = [(int(starts[tokens[words[0]]]), int(ends[tokens[words[-1]]])) for words in differing]
    lowest, highest = known.tokens.bounds[number : number + 2].tolist()
    left = int(starts[max(lowest, tokens.start - context)])
    right = int(ends[min(highest, tokens.stop + context) - 1])
    before, after = record.text[min(left, start) : start][-MOST_CONTEXT:], record.text[last:right][:MOST_CONTEXT]
    segments = [(kind, _lines(text)) for kind, text in _segments(record.text, start, last, spans)]
    return Side(doc_id, where, _lines(before), segments, _lines(after))


def _lines(text: str) -> str:
    """Return text with its line breaks as line feeds."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _segments(raw: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> Iterator[Segment]:
    """Yield the passage cut at the spans of the words that differ; what is between words is equal."""
    for first, last in spans:
        yield from [("same", raw[start:first])] if first > start else []
        yield "only", raw[first:last]
        start = last
    yield from [("same", raw[start:end])] if end > start else []


def _plain_side(side: Side, sign: str) -> str:
    """Return one side in plain text."""
    body = "".join(f"[{sign}{text}{sign}]" if kind == "only" else text for kind, text in side.pieces)
    before = f"{side.before.strip()} | " if side.before else ""
    after = f" | {side.after.strip()}" if side.after else ""
    return f"{side.doc_id}, {side.where}\n{before}{body}{after}"
