"""The registry of tables: each table's columns, types, meaning, order, headings in plain words, and what is shown.

Its data is ``tables.toml``. One word means one thing: a column is described once, in `COLUMNS`, whichever tables have
it. Functions, the command line, the documentation and the display all read this registry.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pastepot import errors, files, wording


class Column(NamedTuple):
    """What one column contains: its type in pandas, its heading in plain words, and its meaning with unit."""

    dtype: str
    heading: str
    meaning: str


class Table(NamedTuple):
    """What one table is: a row in words, its caption, its columns, the (at most six) shown, those an option adds."""

    row: str
    caption: str
    columns: tuple[str, ...]
    shown: tuple[str, ...]
    optional: tuple[str, ...] = ()


_DATA = files.data("tables.toml")
COLUMNS = {name: Column(*described) for name, described in _DATA["columns"].items()}
_LISTS = ("columns", "shown", "optional")
TABLES = {
    name: Table(table["row"], table["caption"], *(tuple(table.get(key, "").split()) for key in _LISTS))
    for name, table in _DATA["tables"].items()
}
FINGERPRINT = 40
"""First rows of a table that are known again."""


def build(name: str, columns: Mapping[str, object] | pd.DataFrame, **attrs: object) -> pd.DataFrame:
    """Return table `name` with its columns in order and its types, a plain index, and `attrs` on it.

    Columns that the registry does not list come first, in the order given: they are the groups of ``by=``.

    >>> build("problems", {"reason": ["empty"], "path": ["a.txt"], "where": [""]}).columns.tolist()
    ['path', 'where', 'reason']
    >>> build("problems", {"path": ["a.txt"]})
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: problems lacks column 'where', it has 'path': make it with pastepot.tables.build.
    """
    listed = TABLES[name].columns
    frame = pd.DataFrame(columns)
    errors.has_columns(name, frame, listed, made_by="pastepot.tables.build")
    groups = [column for column in frame.columns if column not in (*listed, *TABLES[name].optional)]
    added = [column for column in TABLES[name].optional if column in frame.columns]
    frame = frame[[*groups, *listed, *added]].reset_index(drop=True)
    frame = frame.astype({column: COLUMNS[column].dtype for column in (*listed, *added)})
    made = {str(column): _digest(frame[column]) for column in frame.columns}
    frame.attrs.update(attrs, table=name, made=made, rows=len(frame))
    return frame


def _digest(column: pd.Series) -> str:
    """Return a few characters for each of a column's first rows; none for numbers that somebody may round."""
    if pd.api.types.is_float_dtype(column):
        return ""
    return pd.util.hash_pandas_object(column.head(FINGERPRINT), index=False).astype("uint32").to_numpy().tobytes().hex()


def relation(frame: pd.DataFrame) -> str:
    """Return what a table is of the one that its function made: ``all`` rows, the ``first``, ``some``, or ``other``.

    Rows are known by the whole numbers of their index, the first ones by what they contain as well; columns may be
    added, dropped or renamed. What was grouped, merged or turned is ``other``.

    >>> made = build("problems", {"path": ["a.txt", "b.txt"], "where": [""] * 2, "reason": ["empty"] * 2})
    >>> [relation(table) for table in (made, made.head(1), made.tail(1), made.set_index("path"), made.T)]
    ['all', 'first', 'some', 'other', 'other']
    """
    made, rows, index = frame.attrs.get("made", {}), frame.attrs.get("rows", len(frame)), frame.index
    known = [name for name in made if name in frame.columns]
    plain = index.name is None and pd.api.types.is_integer_dtype(index) and index.is_unique and frame.columns.is_unique
    if not (plain and (known or not made) and (frame.empty or 0 <= index.min() <= index.max() < rows)):
        return "other"
    if len(frame) == rows or not index.equals(pd.RangeIndex(len(frame))):
        return "all" if len(frame) == rows else "some"
    same = all(made[name].startswith(_digest(frame[name])) for name in known)
    return "first" if same and any(map(made.get, known)) else "other"


def describe_extent(frame: pd.DataFrame, shown: int | None = None) -> str:
    """Return how many rows a table has, of how many that its function made, and how many of them are shown.

    >>> made = build("problems", {"path": list("abc"), "where": [""] * 3, "reason": ["empty"] * 3})
    >>> describe_extent(made), describe_extent(made.head(2)), describe_extent(made.tail(2)), describe_extent(made, 2)
    ('3 rows', 'first 2 of 3 rows', '2 of 3 rows', '2 of 3 rows')
    >>> describe_extent(made.head(0)), describe_extent(made.head(1)), describe_extent(made.head(2), 1)
    ('none of 3 rows', 'first of 3 rows', '1 of 2 rows, chosen from 3')
    """
    kind, count, rows = relation(frame), len(frame), frame.attrs.get("rows", len(frame))
    limit = f"{shown:,} of " if shown is not None and shown < count else ""
    if limit or kind in ("all", "other"):
        chosen = f", chosen from {rows:,}" * (kind in ("first", "some"))
        return f"{limit}{wording.count_noun(count, 'row')}{chosen}"
    part = "none" if not count else f"{count:,}" if kind == "some" else f"first {count:,}".removesuffix(" 1")
    return f"{part} of {wording.count_noun(rows, 'row')}"


def caption(frame: pd.DataFrame) -> str:
    """Return a table's caption, its own or that of its kind; of one that is made from another, which that was."""
    known = TABLES.get(str(frame.attrs.get("table")))
    own = str(frame.attrs.get("caption") or (known.caption if known else "Table"))
    if known is None or relation(frame) != "other":
        return own
    return f"Made from “{own}” ({wording.count_noun(frame.attrs.get('rows', len(frame)), 'row')})"


def empty(name: str, **attrs: object) -> pd.DataFrame:
    """Return table `name` without rows, with all its columns and types.

    >>> empty("problems").shape
    (0, 3)
    """
    return build(name, {column: [] for column in TABLES[name].columns}, **attrs)


def describe_table(frame: pd.DataFrame) -> str:
    """Return in words how a table was made: its rows, the corpus, what was counted, and each setting.

    >>> describe_table(build("problems", {"path": [], "where": [], "reason": []}, corpus="port"))
    'Problems in reading: no rows. Each row is one file or row that was not read, or read with a repair. Corpus: port.'
    >>> describe_table(pd.DataFrame())
    'A table that Pastepot did not make.'
    """
    attrs, kind = frame.attrs, relation(frame)
    if attrs.get("table") not in TABLES:
        return "A table that Pastepot did not make."
    parts = [f"{caption(frame)}: {describe_extent(frame)}."]
    by = attrs.get("settings", {}).get("by")
    group = f" in one {column_heading(by).lower()}" if by in attrs.get("made", {}) else ""
    parts += [f"Each row is {TABLES[attrs['table']].row}{group}."] if kind != "other" else []
    parts += [f"Corpus: {attrs['corpus']}."] if "corpus" in attrs else []
    if kind == "other":
        return " ".join(parts)
    lacking = set(attrs.get("made", {})).difference(frame.columns)
    notes = [str(attrs[key]) for key in ("counted", "method", "note") if attrs.get(key)]
    notes = [note for note in notes if lacking.isdisjoint(re.findall(r"\w+", note))]
    parts += ["Of the whole table:"] * bool(notes and kind != "all") + notes
    settings = attrs.get("settings", {}).items()
    chosen = ", ".join(f"{key}={value!r}" for key, value in settings if value not in (None, [], ()))
    parts += [f"Settings: {chosen}."] if chosen else []
    return " ".join(parts)


def describe_count(kept: int, total: int, unit: str = "words", *, rest: str = "in parts that are not counted") -> str:
    """Return the sentence that says how much of a corpus a table counts, and where the `rest` is.

    >>> describe_count(1426, 1682)
    'Counted 1,426 of 1,682 words; the other 256 are in parts that are not counted.'
    >>> describe_count(10, 10), describe_count(9, 10)
    ('Counted all 10 words.', 'Counted 9 of 10 words; the other 1 is in parts that are not counted.')
    >>> describe_count(0, 0), describe_count(0, 10)
    ('Counted no word.', 'Counted no word; all 10 words are in parts that are not counted.')
    """
    noun, left = unit.removesuffix("s"), total - kept
    others = wording.count_part(left, left, noun) if not kept else f"the other {left:,}"
    without = f"; {others} {'is' if left == 1 else 'are'} {rest}" if left else ""
    return f"Counted {wording.count_part(kept, total, noun)}{without}."


def texts(values: npt.ArrayLike) -> pd.Index:
    """Return strings as a column of objects: pandas would turn an array of strings into its string type and back.

    >>> pd.DataFrame({"term": texts(["ferry"])})["term"].dtype
    dtype('O')
    """
    column: pd.Index = pd.Index(np.asarray(values, dtype=object), dtype=object)
    return column


def numbers(values: npt.ArrayLike, digits: int) -> npt.NDArray[np.float64]:
    """Return `values` rounded so that the same input prints the same digits on every machine."""
    return np.asarray(values, dtype=np.float64).round(digits)


def column_heading(name: object) -> str:
    """Return what a column, or the tool that fills it, is called in plain words.

    >>> column_heading("vader"), column_heading("first_seen")
    ('VADER', 'first seen')
    """
    return COLUMNS[str(name)].heading if str(name) in COLUMNS else str(name).replace("_", " ")
