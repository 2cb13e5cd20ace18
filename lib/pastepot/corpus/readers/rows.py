"""The rows of a table: what its columns are taken for, and the article that each row gives."""

import itertools
import re
import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd

from pastepot import errors, files, wording
from pastepot.corpus import encoding
from pastepot.corpus.records import BLANKS, Found, Problem, Record, UnreadableError, reader
from pastepot.wording import count_noun

_NAMES: Mapping[str, Sequence[str]] = files.data("corpus/readers/labels.toml")["columns"]
FIELDS = ("text", "doc_id", "title", "outlet", "date", "author")
_ADDRESS = re.compile(
    r"(?=https?:|//|www\.|[\w.-]+\.[a-z]{2,}/)(?:https?:)?(?://)?(?:www\.)?([^\s/?#:]+)\S*", re.IGNORECASE
)


class Columns:
    """What the columns of a source are taken for: what the caller says in `named`, else what their names say.

    `layouts` has each row of names that was met, `used` the names of columns that gave a value.
    """

    def __init__(self, named: Mapping[str, str] | None = None) -> None:
        for field in named or {}:
            errors.one_of("columns", field, FIELDS)
        self.named, self.used = dict(named or {}), set[str]()
        self.layouts: dict[tuple[str, ...], Mapping[str, Sequence[str]]] = {}

    def lay_out(self, names: tuple[str, ...]) -> Mapping[str, Sequence[str]]:
        """Return the columns of each field of an article, the likeliest first, and under ``further`` the others.

        >>> Columns({"title": "Rubrik"}).lay_out(("Rubrik", "Title", "Full Text"))["text"]
        ['Full Text']
        """
        if names not in self.layouts:
            free = [name for name in names if name not in self.named.values()]
            keys = [(name, "".join(filter(str.isalnum, name.casefold()))) for name in free]
            layout = {
                field: [name for word in words for name, key in keys if key == word] for field, words in _NAMES.items()
            }
            layout |= {field: [name] for field, name in self.named.items() if name in names}
            taken = {layout[field][0] for field in FIELDS if layout[field]}
            self.layouts[names] = layout | {"further": [name for name in names if name not in taken]}
        return self.layouts[names]


@reader
def read_rows(
    path: str, header: Sequence[str], rows: Iterable[tuple[Record, Iterable[object], str]], columns: Columns
) -> Iterator[Found]:
    """Yield the articles of a table whose columns `header` names.

    A row is a record that has all but the article (see `read_row`), its cells, and the reason if it can't be read.
    """
    twice = [name for name, count in Counter(header).items() if count > 1 and name]
    if twice:
        raise UnreadableError(f"the column {twice[0]!r} occurs twice")
    has_text, is_empty = bool(columns.lay_out(tuple(filter(None, header)))["text"]), True
    for place, cells, error in rows:
        row = {name: cell for name, cell in itertools.zip_longest(header, cells) if name}
        if not has_text:
            raise UnreadableError(_explain_missing(row))
        yield from [Problem(path, place.where, error)] if error else read_row(row, place, columns)
        is_empty = False
    if is_empty:
        raise UnreadableError("the table has no rows")


def _explain_missing(row: Mapping[str, object]) -> str:
    """Return that no column of a row is known for its text, and how to name the likeliest: that of its longest."""
    has = wording.list_words(map(repr, row), most=8) or "none that can be read"
    likely = max(filter(None, row), key=lambda name: len(_as_text(row[name])), default="")
    call = f'pp.read(..., columns={{"text": "{likely}"}}) or --columns {shlex.quote(f"text={likely}")}'
    return f"no column 'text'; it has {has}" + f"; if {likely!r} is it, read by {call}" * bool(likely)


def read_row(row: Mapping[str, object], place: Record, columns: Columns) -> list[Found]:
    r"""Return the article of one row, after a problem where it was repaired, or the reason why it gives none.

    `place` is a record that has the path, the place and the encoding, and no text yet.

    >>> row = {"Text": "The ferry sails.", "id": 7, "source": {"id": None, "name": "Gazette"}}
    >>> (article,) = read_row(row, Record("", "a.jsonl", "jsonl", where="row 1"), Columns())
    >>> article.outlet, article.field
    ('Gazette', 'Text')
    >>> read_row({"inhalt": "Boats"}, article, Columns())[0].reason
    'no column \'text\'; it has \'inhalt\'; if \'inhalt\' is it, read by pp.read(..., columns={"text": "inhalt"}) or
    --columns text=inhalt'
    """
    layout = columns.lay_out(tuple(row))
    if not layout["text"]:
        return [Problem(place.path, place.where, _explain_missing(row))]
    filled = (name for name in layout["text"] if isinstance(row[name], str) and str(row[name]).strip())
    field = next(filled, layout["text"][0])
    value = row[field]
    if not isinstance(value, str) and _as_text(value):
        return [Problem(place.path, place.where, f"{field!r} must be text; got {type(value).__name__}")]
    text, replaced = encoding.replace_surrogates(value) if isinstance(value, str) else ("", 0)
    if not text.strip("\ufeff" + BLANKS):
        return [Problem(place.path, place.where, "the text is empty")]
    columns.used.add(field)
    known: dict[str, Any] = {name: _first(row, layout[name], columns.used) for name in FIELDS[1:]}
    fields = {name: _as_text(row[name]) for name in layout["further"] if name != field}
    for name in (*layout["outlet"], *layout["address"]):
        if match := _ADDRESS.fullmatch(_as_text(row[name])):
            fields[name] = match[0]
            if not known["outlet"]:
                known["outlet"], fields["outlet_source"] = match[1].lower(), f"site of the address in {name}"
    reason = f"taken in, but {count_noun(replaced, 'lone surrogate')}, which no file can contain, became U+FFFD"
    problems = [Problem(place.path, place.where, reason)] if replaced else []
    return [*problems, place._replace(text=text, fields=fields, field=field, **known)]


def _first(row: Mapping[str, object], names: Sequence[str], used: set[str]) -> str:
    """Return the first value of some fields, as text, that is no address, and note in `used` where it was."""
    for name in names:
        value = _as_text(row[name])
        if value and not _ADDRESS.fullmatch(value):
            used.add(name)
            return value
    return ""


def _as_text(value: object) -> str:
    """Return a field's value as text: a list joined, of an object its name, for a missing value nothing.

    >>> _as_text([" Ada Quay", {"id": 3, "name": "Bo Sand"}, None]), _as_text(date(2031, 1, 14)), _as_text(7)
    ('Ada Quay, Bo Sand', '2031-01-14', '7')
    """
    if isinstance(value, str):
        return (value if value.isascii() else encoding.replace_surrogates(value)[0]).strip()
    if isinstance(value, Mapping):
        return _as_text(value.get("name") or value.get("title"))
    if pd.api.types.is_list_like(value):
        return ", ".join(filter(None, map(_as_text, value)))  # type: ignore[call-overload]  # a list by then
    if pd.isna(value):  # type: ignore[call-overload]  # a scalar by then
        return ""
    return value.isoformat() if isinstance(value, datetime | date) else str(value)
