"""Reading: a source in any known form to a cleaned Corpus; every file ends in `articles` or in `problems`."""

import itertools
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from pastepot import errors, files, tables
from pastepot.corpus import catalogue
from pastepot.corpus.boilerplate import find_repeated_lines
from pastepot.corpus.corpus import Corpus
from pastepot.corpus.folders import find_files
from pastepot.corpus.furniture import actions_for, furniture_decisions
from pastepot.corpus.language import WORDS_NOT_FOUND, without_spaces
from pastepot.corpus.ledger import Decision, apply_decisions, resolve_overlaps
from pastepot.corpus.metadata import printable
from pastepot.corpus.paragraphs import paragraphs
from pastepot.corpus.readers.frame import read_frame
from pastepot.corpus.readers.jsonl import read_jsonl
from pastepot.corpus.records import Found, Problem, Record
from pastepot.corpus.repairs import character_decisions
from pastepot.corpus.store import is_saved, open_corpus

CLEANINGS = ("news", "none")


def read(
    source: str | Path | pd.DataFrame,
    *,
    clean: str | None = None,
    drop: Iterable[str] = (),
    label: Iterable[str] = (),
    off: Iterable[str] = (),
    name: str = "",
) -> Corpus:
    r"""Return the corpus that `source` holds, its articles in order of `doc_id`, cleaned so that nothing is lost.

    Parameters
    ----------
    source : path or data frame
        A folder (also its subfolders), a .txt, .jsonl or .jsonl.gz file, ``-`` for JSON lines on standard input, a
        folder from `pastepot.save`, or a data frame with a column `text` and, if known, `doc_id`, `title`, `outlet`,
        `date`, `author`.
    clean : {"news", "none"}, optional
        ``news`` (the default) mends characters and finds furniture by named rules; ``none`` leaves every character.
        A saved corpus stays as it was cleaned when it was saved.
    drop, label, off : rule names
        Change what a furniture rule does; see `pastepot.ledger` for the rules that acted.
    name : str
        What tables and figures call the corpus; the source's own name if empty.

    Raises
    ------
    PastepotError
        If the source is missing or holds no article that can be read, or if a `doc_id` stands twice.

    Notes
    -----
    Text files are UTF-8, else Windows-1252; `articles` says which. A file that cannot be read is a row of
    `pastepot.problems`. Time and memory grow with the number of characters; some 5 MB a second.

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
    if clean is not None:
        errors.one_of("clean", clean, CLEANINGS)
    if isinstance(source, str) and not source.strip():
        raise errors.PastepotError(
            f"source must be a path or a data frame; got {source!r}. Pass your folder of articles, or '.' for this one."
        )
    if isinstance(source, str | Path) and is_saved(Path(source)):
        return _unchanged(open_corpus(Path(source), name=name), clean, [*drop, *label, *off])
    clean = clean or "news"
    actions = actions_for(drop=drop, label=label, off=off) if clean == "news" else {}
    found = list(_found(source))
    unread = [one for one in found if isinstance(one, Problem)]
    records = _identified([one for one in found if isinstance(one, Record)])
    called = name or _name(source)
    unread += _hidden_columns(called, records)
    if not records:
        raise errors.PastepotError(_nothing_read(called, unread))
    records = catalogue.add_known_metadata(records, _catalogue_folders(source))
    decisions, remarks = plan_all_cleaning(records, clean, actions)
    records = [_titled(record, made) for record, made in zip(records, decisions, strict=True)]
    return Corpus(called, tuple(records), tuple(decisions), tuple(unread), clean, actions, remarks)


def _unchanged(corpus: Corpus, clean: str | None, rules: list[str]) -> Corpus:
    """Return a corpus opened from disk, if no other cleaning is asked for."""
    if rules or clean not in (None, corpus.clean):
        raise errors.PastepotError(
            f"clean, drop, label and off must be left out for a saved corpus; {corpus.name} was saved with "
            f"clean={corpus.clean!r}. Read its source again."
        )
    return corpus


def plan_all_cleaning(
    records: Sequence[Record], clean: str, actions: Mapping[str, str]
) -> tuple[list[tuple[Decision, ...]], tuple[str, ...]]:
    """Return the decisions for each article, what all articles of an outlet tell together included, and remarks."""
    decisions = [plan_cleaning(record, clean, actions) for record in records]
    if "boilerplate" not in actions:
        return decisions, ()
    found, remark = find_repeated_lines(records, actions["boilerplate"])
    for number, notes in found.items():
        decisions[number] = resolve_overlaps([*decisions[number], *notes])
    return decisions, (remark,) if remark else ()


def plan_cleaning(record: Record, clean: str, actions: Mapping[str, str]) -> tuple[Decision, ...]:
    r"""Return the settled cleaning decisions for one article, in raw offsets.

    >>> plan_cleaning(Record("The ferry\u00a0sails.", "a.txt", "txt"), "none", {})
    ()
    """
    if clean == "none":
        return ()
    mends = character_decisions(record.text)
    mended = apply_decisions(record.text, mends) if mends else None
    text = mended.text if mended else record.text
    furniture = furniture_decisions(text, paragraphs(text), title=record.title, author=record.author, actions=actions)
    if mended:
        furniture = [mended.in_raw(one) for one in furniture]
    return resolve_overlaps([*mends, *furniture])


def _found(source: str | Path | pd.DataFrame) -> Iterator[Found]:
    """Yield what a source holds."""
    if isinstance(source, pd.DataFrame):
        return read_frame(source)
    if str(source) == "-":
        return read_jsonl("(standard input)", sys.stdin.buffer.read())
    if not isinstance(source, str | Path):
        raise errors.PastepotError(f"source must be a path or a data frame; got {type(source).__name__}.")
    return find_files(Path(source))


def _identified(records: list[Record]) -> list[Record]:
    """Return the records in order of their `doc_id`, made from file and place where the source gives none."""
    per_file = Counter(record.path for record in records)
    places = {path: itertools.count(1) for path in per_file}
    result = [
        record
        if record.doc_id
        else record._replace(doc_id=_made_id(record, next(places[record.path]), per_file[record.path]))
        for record in records
    ]
    twice = [doc_id for doc_id, count in Counter(record.doc_id for record in result).items() if count > 1]
    if twice:
        found_at = [f"{one.path} {one.where}".strip() for one in result if one.doc_id == twice[0]]
        more = f", and {len(twice) - 1:,} others stand twice" if len(twice) > 1 else ""
        raise errors.PastepotError(
            f"doc_id must be unique; {twice[0]!r} stands in {' and in '.join(found_at[:2])}{more}. "
            "Rename them, or leave that column out: articles are then named by file and row."
        )
    return sorted(result, key=lambda record: record.doc_id)


def _hidden_columns(name: str, records: list[Record]) -> list[Problem]:
    """Return a problem for each column of a source that `articles` cannot show, since one of its own has the name."""
    taken = tables.TABLES["articles"].columns
    hidden = sorted({column for record in records for column in record.fields if column in taken})
    reason = "not shown, since articles has a column of that name of its own; rename it to keep it"
    return [Problem(name, f"column {column}", reason) for column in hidden]


def _made_id(record: Record, place: int, in_file: int) -> str:
    """Return the name of an article that its source gives none: its file, and its row where a file may hold several."""
    if record.reader == "txt" and in_file == 1:
        return record.path
    base = "" if record.path.startswith("(") else record.path
    return f"{base} {record.where or f'row {place}'}".strip()


def _titled(record: Record, decisions: tuple[Decision, ...]) -> Record:
    """Return a record with the title that stands in its text, and with a note if its words can't be found."""
    if without_spaces(record.text):
        record = record._replace(notes=(*record.notes, WORDS_NOT_FOUND))
    if record.title:
        return record
    for decision in decisions:
        if decision.rule == "title":
            return record._replace(title=" ".join(record.text[decision.start : decision.end].split()))
    return record


def _name(source: str | Path | pd.DataFrame) -> str:
    """Return what a source is called: the last part of its path."""
    if isinstance(source, pd.DataFrame):
        return "data frame"
    return "standard input" if str(source) == "-" else printable(Path(source).resolve().name)


def _nothing_read(name: str, unread: list[Problem]) -> str:
    """Return the sentence for a source without a single article."""
    if not unread:
        return f"source must hold articles; {name} holds none."
    first = unread[0]
    where = f"{first.path}, {first.where}" if first.where else first.path
    more = f" ({len(unread) - 1:,} more like it)" if len(unread) > 1 else ""
    inside = "" if first.path == name else f"in {name}: "
    return f"source must hold an article that can be read; {inside}{where}: {first.reason}{more}."


def _catalogue_folders(source: str | Path | pd.DataFrame) -> list[Path]:
    """Return where a catalogue may lie: in the source's folder, above it, and among the project's seeds."""
    folders = []
    if isinstance(source, str | Path) and str(source) != "-":
        folder = Path(source) if Path(source).is_dir() else Path(source).parent
        folders += [folder, folder / ".."]
    project = files.checkout()
    return [*folders, project / "seeds"] if project else folders
