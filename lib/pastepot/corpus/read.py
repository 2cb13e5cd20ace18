"""Reading: a source in any known form to a cleaned Corpus; every file ends in `articles` or in `problems`."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal

import pandas as pd

from pastepot import errors, tables
from pastepot.corpus import encoding as encodings
from pastepot.corpus import metadata
from pastepot.corpus.boilerplate import find_repeated_lines
from pastepot.corpus.corpus import Corpus
from pastepot.corpus.furniture import choose_actions, find_furniture, labelled_spans
from pastepot.corpus.ledger import Decision, apply_decisions, resolve_overlaps, split_paragraphs
from pastepot.corpus.readers.rows import FIELDS, Columns
from pastepot.corpus.readers.tabular import ArrowTable
from pastepot.corpus.records import Problem, Record
from pastepot.corpus.repairs import find_repairs
from pastepot.corpus.source_files import Options, add_folders, open_source
from pastepot.corpus.store import is_saved, open_corpus
from pastepot.wording import count_noun, list_words

Cleaning = Literal["news", "none"]


def read(
    source: str | Path | pd.DataFrame | ArrowTable | Iterable[str] | Iterable[Path],
    *,
    clean: Cleaning | None = None,
    drop: Iterable[str] = (),
    label: Iterable[str] = (),
    off: Iterable[str] = (),
    columns: Mapping[str, str] | None = None,
    dates: Literal["day first", "month first"] | None = None,
    encoding: str | None = None,
    outlet: Literal["folder"] | None = None,
    name: str = "",
) -> Corpus:
    r"""Return the corpus that `source` holds, its articles in order of `doc_id`, cleaned so that nothing is lost.

    Parameters
    ----------
    source : path, paths or data frame
        A folder (also its subfolders), a file of any kind in `READERS` or a .zip of them, several of these or a pattern
        such as ``news/*.txt``, ``-`` for JSON lines on standard input, a folder from `pastepot.save`, or a data frame
        (pandas, Polars, Arrow) with a column `text` and, if known, `doc_id`, `title`, `outlet`, `date`, `author`.
    clean : {"news", "none"}, optional
        ``news`` (the default) repairs characters and finds furniture by named rules; ``none`` leaves every character.
        A saved corpus stays as it was cleaned when it was saved.
    drop, label, off : rule names
        Change what a furniture rule does; see `pastepot.ledger` for the rules that acted.
    columns : mapping, optional
        Which column of a table is what, as ``{"text": "inhalt", "date": "datum"}``. Without it the names in
        ``labels.toml`` are known, in any case: *body* or *content* for `text`, *publishedAt* for `date`, and others.
    dates : {"day first", "month first"}, optional
        What 03/04/2031 means. Without it a column's own dates decide, such as 23/04/2031; if they don't, it is missing.
    encoding : str, optional
        The encoding of all files of text, such as ``"cp1251"``.
    outlet : {"folder"}, optional
        Take for the outlet of each article the name of its folder, at the first level at which folders differ.
    name : str
        What tables and figures call the corpus; the source's own name if empty.

    Raises
    ------
    PastepotError
        If the source is missing or holds no article that can be read, or if a `doc_id` occurs twice.

    Notes
    -----
    Text files are UTF-8, else Windows-1252 or, where the bytes leave no doubt, another encoding; `articles` says which,
    and a doubtful file is not read. What cannot be read is a row of `pastepot.problems`, hidden and temporary files are
    passed over. Time and memory grow with the number of characters; some 5 MB a second.

    Examples
    --------
    >>> corpus = read(pd.DataFrame({"text": ["Port news\nThe ferry sails today.\nLeave a Reply"]}))
    >>> corpus.view(0).text
    'Port news\nThe ferry sails today.\n'
    >>> read("no/such/folder")
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: source must be a file or folder that exists; there is no no/such/folder.
    """
    if isinstance(source, str) and not source.strip():
        raise errors.PastepotError(
            f"source must be a path or a data frame; got {source!r}. Pass your folder of articles, or '.' for this one."
        )
    if isinstance(source, str | Path) and is_saved(Path(source)):
        given = [*drop, *label, *off, columns, dates, encoding, outlet]
        return _check_unchanged(open_corpus(Path(source), name=name), clean, any(given))
    clean = clean or "news"
    actions = choose_actions(drop=drop, label=label, off=off) if clean == "news" else {}
    options = Options(Columns(columns), encodings.check_name(encoding) if encoding is not None else "", [])
    source_name, items, folders = open_source(source, options)
    found = list(items)
    problems = [item for item in found if isinstance(item, Problem)]
    records = _identify([item for item in found if isinstance(item, Record)])
    name = name or source_name
    if not records:
        raise errors.PastepotError(_nothing_read(name, problems))
    problems += _column_problems(name, records, options.columns)
    records, undated = metadata.settle_dates(metadata.add_known_metadata(records, folders), dates or "")
    records, notes = add_folders(records, is_wanted=outlet == "folder")
    decisions, remarks = plan_all_cleaning(records, clean, actions)
    records = [_add_title(record, planned) for record, planned in zip(records, decisions, strict=True)]
    passed = count_noun(len(options.passed_over), "hidden or temporary file was", "hidden or temporary files were")
    notes += [f"{passed} passed over: {list_words(sorted(options.passed_over))}."] if options.passed_over else []
    return Corpus(name, tuple(records), tuple(decisions), (*problems, *undated), clean, actions, (*remarks, *notes))


def _check_unchanged(corpus: Corpus, clean: str | None, is_changed: bool) -> Corpus:  # noqa: FBT001 (two ways to ask)
    """Return a corpus opened from disk, if no other reading or cleaning is asked for."""
    if is_changed or clean not in (None, corpus.clean):
        raise errors.PastepotError(
            f"clean, drop, label, off, columns, dates, encoding and outlet must be left out for a saved corpus; "
            f"{corpus.name} was saved with clean={corpus.clean!r}. Read its source again."
        )
    return corpus


def plan_all_cleaning(
    records: Sequence[Record], clean: str, actions: Mapping[str, str]
) -> tuple[list[tuple[Decision, ...]], tuple[str, ...]]:
    """Return the decisions for each article, what an outlet repeats included, and remarks."""
    decisions = [plan_cleaning(record, clean, actions) for record in records]
    if "boilerplate" not in actions:
        return decisions, ()
    repeated, remark = find_repeated_lines(records, actions["boilerplate"])
    for number, lines in repeated.items():
        decisions[number] = resolve_overlaps([*decisions[number], *lines])
    return decisions, (remark,) if remark else ()


def plan_cleaning(record: Record, clean: str, actions: Mapping[str, str]) -> tuple[Decision, ...]:
    r"""Return the cleaning decisions for one article that take effect, in raw offsets.

    >>> plan_cleaning(Record("The ferry\u00a0sails.", "a.txt", "txt"), "none", {})
    ()
    """
    if clean == "none":
        return ()
    repairs = find_repairs(record.text)
    repaired = apply_decisions(record.text, repairs)
    paragraphs = split_paragraphs(repaired.text)
    furniture = find_furniture(repaired.text, paragraphs, title=record.title, author=record.author, actions=actions)
    if repairs:
        furniture = [repaired.in_raw(decision) for decision in furniture]
    return resolve_overlaps([*repairs, *furniture])


def _identify(records: list[Record]) -> list[Record]:
    """Return the records in order of their `doc_id`, made from file and place where the source gives none."""
    named = [record if record.doc_id else _add_id(record) for record in records]
    twice = [doc_id for doc_id, count in Counter(record.doc_id for record in named).items() if count > 1]
    if twice:
        places = [f"{record.path} {record.where}".strip() for record in named if record.doc_id == twice[0]]
        more = f", and {count_noun(len(twice) - 1, 'other occurs', 'others occur')} twice" if len(twice) > 1 else ""
        raise errors.PastepotError(
            f"doc_id must be unique; {twice[0]!r} occurs in {' and in '.join(places[:2])}{more}. "
            "Rename them, or leave that column out: articles are then named by file and row."
        )
    return sorted(named, key=lambda record: record.doc_id)


def _add_id(record: Record) -> Record:
    """Return an article named by its file, and by its row where a file may hold several."""
    base = "" if record.path.startswith("(") else record.path
    return record._replace(doc_id=f"{base} {record.where}".strip())


def _column_problems(name: str, records: list[Record], columns: Columns) -> list[Problem]:
    """Return a problem for each column of a source that `articles` cannot show, or that is known and was not used.

    Raises
    ------
    PastepotError
        If the caller named a column that there is not.
    """
    met = {column for names in columns.layouts for column in names}
    if missing := set(columns.named.values()) - met:
        has = list_words(map(repr, sorted(met)), most=8) or "no columns"
        raise errors.PastepotError(f"columns must name columns of the source; it has {has}, and not {min(missing)!r}.")
    filled = {column for record in records for column, value in record.fields.items() if value}
    others = {column: field for known in columns.layouts.values() for field in FIELDS for column in known[field][1:]}
    unused = sorted(filled.intersection(others) - columns.used)
    reasons = {column: f"not used; columns={{{others[column]!r}: {column!r}}} takes it" for column in unused}
    taken = tables.TABLES["articles"].columns + tables.TABLES["articles"].optional
    hidden = "not shown, since articles has a column of that name of its own; rename it to keep it"
    reasons |= dict.fromkeys(sorted(filled.intersection(taken)), hidden)
    return [Problem(name, f"column {column}", reason) for column, reason in reasons.items()]


def _add_title(record: Record, decisions: tuple[Decision, ...]) -> Record:
    """Return a record with the title that its text contains, and with a note if its words can't be found."""
    if metadata.is_unspaced(record.text):
        record = record._replace(notes=(*record.notes, metadata.WORDS_NOT_FOUND))
    if record.title or not any(decision.rule == "title" for decision in decisions):
        return record
    view = apply_decisions(record.text, decisions)
    lines = [view.text[span.start : span.end] for span in labelled_spans(view) if span.part == "title"]
    return record._replace(title=" ".join(" ".join(lines).split()))


def _nothing_read(name: str, problems: list[Problem]) -> str:
    """Return the sentence for a source without a single article."""
    if not problems:
        return f"source must hold articles; {name} holds none."
    path, where, reason = problems[0]
    place = f"{path}, {where}" if where else path
    more = f" ({len(problems) - 1:,} more like it)" if len(problems) > 1 else ""
    inside = "" if path.strip("()") == name else f"in {name}: "
    return f"source must hold an article that can be read; {inside}{place}: {reason}{more}."
