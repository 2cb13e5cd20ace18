"""The Corpus: raw texts, the decisions that clean them, and the tables that say what was read and what was removed."""

import functools
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from pastepot import errors, tables, wording
from pastepot.corpus import ledger as ledgers
from pastepot.corpus.metadata import identify_language, infer_date, parse_date
from pastepot.corpus.records import Problem, Record, count_line_ends

Value = TypeVar("Value")
_PERIODS = {"month": "%Y-%m", "week": "%G-W%V"}
NO_GROUP = "(none)"
_OF_RECORDS = ("doc_id", "title", "outlet", "author", "path", "encoding", "file_start", "reader")


def cache_on_corpus(compute: Callable[["Corpus"], Value]) -> Callable[["Corpus"], Value]:
    """Return `compute` so that it runs at most once for a corpus, which keeps the result."""

    @functools.wraps(compute)
    def cached(corpus: "Corpus") -> Value:
        if compute not in corpus.cache:
            corpus.cache[compute] = compute(corpus)
        return cast("Value", corpus.cache[compute])

    return cached


class Citation(NamedTuple):
    """Characters of a source, and where a person finds them.

    `raw` is the raw text of a span, `path` its file (a member of an archive below the archive's name), `where` the
    sheet and row, or the article, in that file. `row` is as a spreadsheet counts, the line of names included; in
    Parquet and in a data frame, whose `where` has the index too, the first row is 1; in JSON lines it is the file's
    line. `field` is the column or key, empty where the article is no row. `start` and `end` count the characters of
    the field; of the file, where `line` has the line of the file (from 1); else of the text taken out of the file.
    """

    raw: str
    path: str
    where: str
    row: int | None
    field: str
    start: int
    end: int
    line: int | None

    @property
    def place(self) -> str:
        """The file, and the part of it in which the characters are counted, in words."""
        part = f"field {self.field}" if self.field else "" if self.line else "extracted text"
        return ", ".join(filter(None, [self.path, self.where, part]))

    @property
    def address(self) -> str:
        """All of the place in words, for a sentence."""
        line = f", line {self.line}" if self.line else ""
        return f"{self.place}{line}, characters {self.start}-{self.end}"


@dataclass(frozen=True, eq=False)
class Corpus:
    """Articles as they were read, with the decisions that clean them; made by `pastepot.read`, never changed.

    `name` is the source's name, `records` the articles in order of `doc_id`, `decisions` the settled ledger of each,
    `unread` what was not taken in, `clean` the name of the cleaning, `actions` what each of its rules did, `remarks`
    what it could not do, in words. A corpus opened from disk has its tables in `stored`, by their names.
    """

    name: str
    records: Sequence[Record]
    decisions: Sequence[tuple[ledgers.Decision, ...]]
    unread: Sequence[Problem]
    clean: str
    actions: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    stored: Callable[[str], pd.DataFrame] | None = field(default=None, repr=False)
    cache: dict[object, object] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.records)

    def __repr__(self) -> str:
        """Return the corpus in one line."""
        return f"<Corpus {errors.show_value(self.name)}: {wording.count_noun(len(self), 'article')}>"

    @property
    def doc_ids(self) -> list[str]:
        """The names of the articles, in order."""
        return [record.doc_id for record in self.records]

    def view(self, number: int) -> ledgers.CleanText:
        """Return the clean view of article `number` (from 0)."""
        return self.views[number]

    @functools.cached_property
    def views(self) -> Sequence[ledgers.CleanText]:
        """The clean view of each article, in order; one without edits holds its raw text itself, not a copy."""
        pairs = zip(self.records, self.decisions, strict=True)
        return [ledgers.apply_decisions(record.text, decisions) for record, decisions in pairs]

    @functools.cached_property
    def _numbers(self) -> Mapping[str, int]:
        """The number of each article by its name."""
        return {record.doc_id: number for number, record in enumerate(self.records)}

    def number(self, doc_id: str) -> int:
        """Return the number of an article in the corpus, from 0.

        Raises
        ------
        PastepotError
            If no article has that name; the message names the likeliest.
        """
        if doc_id not in self._numbers:
            likely = errors.did_you_mean(doc_id, self._numbers)
            raise errors.PastepotError(f"doc_id must be an article of {self.name}; got {doc_id!r}.{likely}")
        return self._numbers[doc_id]

    def cite(self, doc_id: str, start: int, end: int) -> Citation:
        r"""Return the raw characters of a span, and where they are: file, row and field, characters, line.

        Raises
        ------
        PastepotError
            If there is no such article, or the span is not inside its raw text.

        Examples
        --------
        >>> from pastepot.corpus.read import read
        >>> read(pd.DataFrame({"text": ["The ferry sails.\nThe crew waits."]})).cite("row 1", 17, 25).address
        '(data frame), row 1 (index 0), field text, characters 17-25'
        """
        record = self.records[self.number(doc_id)]
        if not 0 <= start <= end <= len(record.text):
            raise errors.PastepotError(
                f"start and end must lie inside {doc_id!r}, 0 to {len(record.text)}; got {start} and {end}."
            )
        number = record.where.rpartition("row ")[2]
        row = int(number) if number.isdecimal() else None
        line = record.line + count_line_ends(record.text, 0, start) if record.line else None
        places = (record.file_start + start, record.file_start + end, line)
        where = f"{record.where} (index {record.label})" if record.label else record.where
        return Citation(record.text[start:end], record.path, where, row, record.field, *places)


def articles(corpus: Corpus) -> pd.DataFrame:
    """Return the articles of a corpus, one a row, in order of `doc_id`; further columns of the source come last.

    Notes
    -----
    `date` holds only what the source states. `date_hint` is inferred from the text and used in no trend. `words`
    counts the strings between spaces in the clean text; measures count with `pastepot.words`.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["The ferry sails."], "outlet": ["Gazette"], "desk": ["local"]}))
    >>> articles(corpus)[["doc_id", "outlet", "words", "desk"]].values.tolist()
    [['row 1', 'Gazette', 3, 'local']]
    """
    return _articles(corpus).copy()


@cache_on_corpus
def article_dates(corpus: Corpus) -> "pd.Series[pd.Timestamp]":
    """Return the day that each article's source states, in order of the articles; missing where it states none."""
    dates = ["" if record.has_guessed_date else record.date for record in corpus.records]
    days = map(functools.cache(parse_date), dates)
    return pd.to_datetime(pd.Series(days, dtype="object")).astype("datetime64[s]")


@cache_on_corpus
def _articles(corpus: Corpus) -> pd.DataFrame:
    """Return the table of articles, further columns of the source last, in order of their names."""
    columns = corpus.stored("articles") if corpus.stored else _article_columns(corpus)
    frame, table = tables.build("articles", columns, corpus=corpus.name), tables.TABLES["articles"]
    listed = [*table.columns, *(name for name in table.optional if name in frame)]
    return frame[[*listed, *frame.columns.difference(listed)]]


def _article_columns(corpus: Corpus) -> dict[str, object]:
    """Return the columns of the table of articles; one of the source gives way to one of the same name."""
    records = corpus.records
    pairs = zip(records, corpus.decisions, strict=True)
    cleaned = (ledgers.apply_decisions(record.text, decisions).text for record, decisions in pairs)
    langs, words = zip(*((identify_language(text), len(text.split())) for text in cleaned), strict=True)
    days, where = article_dates(corpus), [record.where for record in records]
    further = {name for record in records for name in record.fields}
    return {
        **{name: [record.fields.get(name, "") for record in records] for name in further},
        **{name: [getattr(record, name) for record in records] for name in _OF_RECORDS},
        # A data frame is at hand, and its articles are named by their rows.
        **({"where": where} if any(where) and records[0].reader != "frame" else {}),
        "date": days,
        "date_source": [_date_source(record, day) for record, day in zip(records, days, strict=True)],
        "date_hint": [_hint(record) for record in records],
        "lang": langs,
        "translated": [any(decision.rule == "translation_credit" for decision in row) for row in corpus.decisions],
        "sha256": [hashlib.sha256(record.text.encode(record.encoding, "replace")).hexdigest() for record in records],
        "chars": [len(record.text) for record in records],
        "words": words,
    }


def _hint(record: Record) -> str:
    """Return what a record's text, or a reader's guess, suggests about its date."""
    guess = f"{record.date_source}: {record.date}" if record.has_guessed_date else ""
    return "; ".join(filter(None, [guess, infer_date(record.text)]))


def _date_source(record: Record, day: pd.Timestamp) -> str:
    """Return where a date was found, or why none is given."""
    if not pd.isna(day):
        return record.date_source or f"{record.reader}: date field"
    return f"not understood: {record.date}" if record.date and not record.has_guessed_date else "none"


def ledger(corpus: Corpus) -> pd.DataFrame:
    r"""Return what was removed: one cleaning decision a row, by article and place.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> ledger(read(pd.DataFrame({"text": ["Port\u00a0news"]}))).values.tolist()
    [['row 1', 4, 5, 'no_break_space', 'replace', ' ', 'a no-break space']]
    """
    attrs = {"corpus": corpus.name, "settings": {"clean": corpus.clean}}
    if corpus.stored:
        return tables.build("ledger", corpus.stored("ledger"), **attrs)
    pairs = zip(corpus.records, corpus.decisions, strict=True)
    rows = [(record.doc_id, *decision) for record, decisions in pairs for decision in decisions]
    columns = pd.DataFrame(rows, columns=["doc_id", *ledgers.Decision._fields])
    return tables.build("ledger", columns, **attrs)


def rules(corpus: Corpus) -> pd.DataFrame:
    r"""Return what each cleaning rule did: articles and places it acted in, characters it covered, their share.

    Drops come first, then replacements, then labels; within each the rule with the most characters first.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["Port news\nThe ferry sails today.\nLeave a Reply"]}))
    >>> rules(corpus)[["rule", "action", "count", "chars"]].values.tolist()
    [['comment_form', 'drop', 1, 13], ['title', 'label', 1, 9]]
    """
    table = ledger(corpus)
    rows = table.assign(chars=table["end"] - table["start"], action=pd.Categorical(table["action"], ledgers.ACTIONS))
    lengths = _articles(corpus)["chars"] if corpus.stored else (len(record.text) for record in corpus.records)
    whole = int(sum(lengths))
    grouped = rows.groupby(["rule", "action"], observed=True)
    frame = grouped.agg(articles=("doc_id", "nunique"), count=("doc_id", "size"), chars=("chars", "sum")).reset_index()
    frame["share_chars"] = tables.numbers(frame["chars"] / max(whole, 1), 6)
    ordered = frame.sort_values(["action", "chars", "rule"], ascending=[True, False, True])
    gone = int(frame.loc[frame["action"] == "drop", "chars"].sum())
    part = wording.count_part(gone, whole, "character", "was removed", "were removed", percent=True)
    counted = f"{wording.start_sentence(part)}."
    return tables.build("rules", ordered, corpus=corpus.name, counted=counted, note=" ".join(corpus.remarks))


def problems(corpus: Corpus) -> pd.DataFrame:
    """Return what was not taken in, or only after a repair: one file or row a row, with the reason.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> problems(read(pd.DataFrame({"text": ["The ferry sails.", " "]}))).values.tolist()
    [['(data frame)', 'row 2', 'the text is empty']]
    """
    return tables.build("problems", pd.DataFrame([*corpus.unread], columns=Problem._fields), corpus=corpus.name)


def article_groups(corpus: Corpus, by: str | None) -> tuple[list[str], npt.NDArray[np.int64]]:
    """Return the labels of the groups that a column of articles makes, in order, and each article's group.

    Articles without a value form the group ``(none)``, so that groups add up to the corpus. ``article`` is ``doc_id``,
    each article its own group, unless the source gave a column of that name.

    Raises
    ------
    PastepotError
        If `by` is neither a column of `pastepot.articles` nor a period.
    """
    if by is None:
        return [""], np.zeros(len(corpus), dtype=np.int64)
    # To name the articles needs no table of them, which has their languages.
    frame = pd.DataFrame({"doc_id": corpus.doc_ids}) if by == "doc_id" else _articles(corpus)
    by = "doc_id" if by == "article" and "article" not in frame.columns else by
    if by in _PERIODS:
        values = frame["date"].dt.strftime(_PERIODS[by])
    elif by in frame.columns:
        values = frame[by].dt.strftime("%Y-%m-%d") if by == "date" else frame[by].astype(str)
    else:
        likely = errors.did_you_mean(by, [*map(str, frame.columns), *_PERIODS])
        raise errors.PastepotError(f"by must be a column of articles, 'month' or 'week'; got {by!r}.{likely}")
    filled = values.astype(object).where(values.notna() & (values != ""), NO_GROUP)
    codes, labels = pd.factorize(filled.to_numpy(dtype=object), sort=True)
    return [str(label) for label in labels], codes.astype(np.int64)
