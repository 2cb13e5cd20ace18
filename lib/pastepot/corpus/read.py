"""Reading: a source in any known form to a cleaned Corpus; every file ends in `articles` or in `problems`."""

import os
import stat
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Literal, TypeVar

import pandas as pd

from pastepot import errors, files, tables
from pastepot.corpus import metadata
from pastepot.corpus.boilerplate import find_repeated_lines
from pastepot.corpus.corpus import Corpus
from pastepot.corpus.furniture import choose_actions, find_furniture
from pastepot.corpus.ledger import Decision, apply_decisions, resolve_overlaps, split_paragraphs
from pastepot.corpus.readers.archive import read_zip
from pastepot.corpus.readers.nexis import read_nexis_docx
from pastepot.corpus.readers.plain_text import read_text
from pastepot.corpus.readers.tabular import read_delimited, read_excel, read_frame, read_jsonl, read_parquet
from pastepot.corpus.readers.web_page import read_html
from pastepot.corpus.records import Found, Problem, Reader, Record, UnreadableError, reader
from pastepot.corpus.repairs import find_repairs
from pastepot.corpus.store import is_saved, open_corpus
from pastepot.wording import count_noun

Value = TypeVar("Value")
Cleaning = Literal["news", "none"]
READERS: Mapping[str, Reader] = {
    ".txt": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".csv": read_delimited,
    ".tsv": read_delimited,
    ".xlsx": read_excel,
    ".jsonl": read_jsonl,
    ".jsonl.gz": read_jsonl,
    ".parquet": read_parquet,
    ".docx": read_nexis_docx,
    ".zip": lambda path, data: read_zip(path, data, is_skipped=_is_sidecar, read=read_bytes),
}
_WAYS_OUT: Mapping[str, str] = files.data("corpus/unread.toml")["ways_out"]
_SIDECARS = ("metadata.csv", "articles.toml", "README.md", "README.txt", "gold", ".gitkeep", ".DS_Store", "Thumbs.db")
"""What may lie beside articles without being one: metadata, notes, a folder of gold labels."""


def read(
    source: str | Path | pd.DataFrame,
    *,
    clean: Cleaning | None = None,
    drop: Iterable[str] = (),
    label: Iterable[str] = (),
    off: Iterable[str] = (),
    name: str = "",
) -> Corpus:
    r"""Return the corpus that `source` holds, its articles in order of `doc_id`, cleaned so that nothing is lost.

    Parameters
    ----------
    source : path or data frame
        A folder (also its subfolders), a file of any kind in `READERS` or a .zip of them, ``-`` for JSON lines on
        standard input, a folder from `pastepot.save`, or a data frame with a column `text` and, if known, `doc_id`,
        `title`, `outlet`, `date`, `author`.
    clean : {"news", "none"}, optional
        ``news`` (the default) repairs characters and finds furniture by named rules; ``none`` leaves every character.
        A saved corpus stays as it was cleaned when it was saved.
    drop, label, off : rule names
        Change what a furniture rule does; see `pastepot.ledger` for the rules that acted.
    name : str
        What tables and figures call the corpus; the source's own name if empty.

    Raises
    ------
    PastepotError
        If the source is missing or holds no article that can be read, or if a `doc_id` occurs twice.

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
    if isinstance(source, str) and not source.strip():
        raise errors.PastepotError(
            f"source must be a path or a data frame; got {source!r}. Pass your folder of articles, or '.' for this one."
        )
    if isinstance(source, str | Path) and is_saved(Path(source)):
        return _check_unchanged(open_corpus(Path(source), name=name), clean, [*drop, *label, *off])
    clean = clean or "news"
    actions = choose_actions(drop=drop, label=label, off=off) if clean == "news" else {}
    source_name, items, folders = _open_source(source)
    found = list(items)
    problems = [item for item in found if isinstance(item, Problem)]
    records = _identify([item for item in found if isinstance(item, Record)])
    name = name or source_name
    problems += _hidden_columns(name, records)
    if not records:
        raise errors.PastepotError(_nothing_read(name, problems))
    records = metadata.add_known_metadata(records, folders)
    decisions, remarks = plan_all_cleaning(records, clean, actions)
    records = [_add_title(record, planned) for record, planned in zip(records, decisions, strict=True)]
    return Corpus(name, tuple(records), tuple(decisions), tuple(problems), clean, actions, remarks)


def _check_unchanged(corpus: Corpus, clean: str | None, rules: list[str]) -> Corpus:
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


def _hidden_columns(name: str, records: list[Record]) -> list[Problem]:
    """Return a problem for each column of a source that `articles` cannot show, since one of its own has the name."""
    taken = tables.TABLES["articles"].columns + tables.TABLES["articles"].optional
    hidden = sorted({column for record in records for column in record.fields if column in taken})
    reason = "not shown, since articles has a column of that name of its own; rename it to keep it"
    return [Problem(name, f"column {column}", reason) for column in hidden]


def _add_title(record: Record, decisions: tuple[Decision, ...]) -> Record:
    """Return a record with the title that its text contains, and with a note if its words can't be found."""
    if metadata.is_unspaced(record.text):
        record = record._replace(notes=(*record.notes, metadata.WORDS_NOT_FOUND))
    lines = (record.text[decision.start : decision.end] for decision in decisions if decision.rule == "title")
    return record if record.title else record._replace(title=" ".join(" ".join(lines).split()))


def _nothing_read(name: str, problems: list[Problem]) -> str:
    """Return the sentence for a source without a single article."""
    if not problems:
        return f"source must hold articles; {name} holds none."
    path, where, reason = problems[0]
    place = f"{path}, {where}" if where else path
    more = f" ({len(problems) - 1:,} more like it)" if len(problems) > 1 else ""
    inside = "" if path == name else f"in {name}: "
    return f"source must hold an article that can be read; {inside}{place}: {reason}{more}."


# --- from a source to its files, from a file to its reader ----------------------------


def _open_source(source: str | Path | pd.DataFrame) -> tuple[str, Iterator[Found], list[Path]]:
    """Return what a source is called, what it holds, and the folders where a catalogue of its articles may lie."""
    seeds = [project / "seeds"] if (project := files.checkout()) else []
    if isinstance(source, pd.DataFrame):
        return "data frame", read_frame(source), seeds
    if str(source) == "-":
        return "standard input", read_jsonl("(standard input)", sys.stdin.buffer.read()), seeds
    path = Path(source)
    files.SOURCES.add(path.resolve())
    folder = path if path.is_dir() else path.parent
    return metadata.printable_name(path.resolve().name), read_files(path), [folder, folder / "..", *seeds]


def read_files(source: Path) -> Iterator[Found]:
    """Yield what a file or folder holds, file by file in order of their paths.

    Raises
    ------
    PastepotError
        If there is no such file or folder, or the folder holds no file at all.
    """
    if not source.exists():
        raise errors.PastepotError(f"source must be a file or folder that exists; there is no {source}.")
    if not (source.is_dir() or source.is_file()):
        raise errors.PastepotError(f"source must be a file or folder; {source} is neither.")
    folder = source if source.is_dir() else source.parent
    paths = _list_files(source) if source.is_dir() else [source]
    names = {path.relative_to(folder).as_posix(): path for path in paths}
    if not names:
        raise errors.PastepotError(f"source must hold articles; the folder {source} is empty. Put .txt files into it.")
    known, complaints = metadata.collect_metadata(
        names, lambda name: _content(folder / name) if os.path.lexists(folder / name) else None
    )
    # A metadata row for another file is no complaint where only one file was asked for.
    yield from (problem for problem in complaints if source.is_dir() or not problem.where)
    seen: set[str] = set()
    for own_name, path in sorted(names.items()):
        name = metadata.printable_name(own_name)
        for found in _read_file(name, path, seen):
            yield metadata.add_metadata(found, known.get(own_name, {}))


def _list_files(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder that are not sidecars and not hidden."""
    for path in folder.iterdir():
        if path.name in _SIDECARS or path.name.startswith(".") or _is_saved_with_page(path):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _list_files(path)
        else:
            yield path


def _is_saved_with_page(path: Path) -> bool:
    """Return whether a path is the folder of pictures and scripts that a browser saves beside a page."""
    page = path.name.removesuffix("_files")
    return page != path.name and any((path.parent / f"{page}{ending}").is_file() for ending in (".html", ".htm"))


def _is_sidecar(name: str) -> bool:
    """Return whether a member of an archive lies beside articles without being one."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(part in _SIDECARS or part == "__MACOSX" or (part.startswith(".") and part != "..") for part in parts)


@reader
def _read_file(name: str, path: Path, seen: set[str]) -> Iterator[Found]:
    """Yield what one file holds, or why it was not read."""
    if name in seen:
        raise UnreadableError("another file's name, shown as text, is the same; rename one of them")
    seen.add(name)
    yield from read_bytes(name, _content(path, is_needed=_by_ending(name, READERS) is not None))


def _content(path: Path, *, is_needed: bool = True) -> bytes:
    """Return the bytes of a file, none if they are not needed."""
    if path.is_symlink():
        raise UnreadableError("a link; links are not followed")
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnreadableError("not a regular file")
        return path.read_bytes() if is_needed else b""
    except OSError as error:
        raise UnreadableError(f"cannot be opened: {error.strerror}") from error


def read_bytes(name: str, data: bytes) -> Iterator[Found]:
    """Return what the bytes of a file hold.

    Raises
    ------
    UnreadableError
        If there is no reader for the file's name, or the file is empty.
    """
    read_content = _by_ending(name, READERS)
    if not read_content:
        raise UnreadableError(explain_unread(name))
    if not data or data.isspace():
        raise UnreadableError("the file is empty")
    return read_content(name, data)


def explain_unread(name: str) -> str:
    """Return why a file of this name has no reader, and the way out.

    >>> explain_unread("a.PDF")
    'PDF is not read; save its text as .txt, for example with pdftotext'
    >>> explain_unread("a.png")
    'no reader for this kind of file; readable are .txt, .html, .htm, .csv, .tsv, .xlsx, .jsonl, .jsonl.gz, .parquet,
    .docx, .zip'
    """
    return _by_ending(name, _WAYS_OUT) or f"no reader for this kind of file; readable are {', '.join(READERS)}"


def _by_ending(name: str, table: Mapping[str, Value]) -> Value | None:
    """Return what a table has for the longest of its endings that a file name has, or None.

    >>> _by_ending("a.TXT", READERS) is read_text, _by_ending("a.png", READERS)
    (True, None)
    """
    return table.get(max(filter(name.lower().endswith, table), key=len, default=""))
