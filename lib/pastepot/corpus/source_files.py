"""From a source to its files, and from a file to its reader."""

import functools
import glob
import inspect
import itertools
import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple, TypeVar

import pandas as pd

from pastepot import errors, files, wording
from pastepot.corpus import encoding, metadata
from pastepot.corpus.readers import archive, documents, markup, plain_text, tabular, web_page
from pastepot.corpus.readers.rows import Columns
from pastepot.corpus.records import Found, Record, UnreadableError, reader

Value = TypeVar("Value")
_BY_READER: Mapping[Callable[..., Iterator[Found]], str] = {
    plain_text.read_text: ".txt",
    web_page.read_html: ".html .htm",
    tabular.read_delimited: ".csv .tsv",
    tabular.read_excel: ".xlsx",
    tabular.read_json: ".json",
    tabular.read_jsonl: ".ndjson .jsonl .jsonl.gz",
    tabular.read_parquet: ".parquet",
    documents.read_docx: ".docx",
    documents.read_rtf: ".rtf",
    documents.read_pdf: ".pdf",
    markup.read_xml: ".xml .rss .atom",
    archive.read_zip: ".zip",
}
READERS = {ending: read for read, endings in _BY_READER.items() for ending in endings.split()}
_TAKEN = {read: inspect.signature(read).parameters for read in _BY_READER}
_BINARY = (".xlsx", ".jsonl.gz", ".parquet", ".docx", ".rtf", ".pdf", ".xml", ".rss", ".atom", ".zip")
_WAYS_OUT: Mapping[str, str] = files.data("corpus/unread.toml")["ways_out"]
_ENDING = re.compile(r"\.\w*[^\W\d]\w*$")
_SIDECARS = ("metadata.csv", "articles.toml", "README", "README.md", "README.txt", "LICENSE", "gold", ".gitkeep")
"""What may lie beside articles without being one: metadata, notes, a folder of gold labels."""
_TEMPORARY = re.compile(
    r"(?i)\.(?!\.?$).*|~\$.*|.*~|.*\.(?:tmp|temp|part|partial|crdownload)|__MACOSX|(?:Thumbs|ehthumbs)\.db|desktop\.ini"
)
"""Names of what systems, browsers and word processors leave beside files: hidden, or not whole."""


class Options(NamedTuple):
    """How the files of a source are read: what its columns are, the encoding of its texts; and what was passed over."""

    columns: Columns
    encoding: str
    passed_over: list[str]


def open_source(source: Any, options: Options) -> tuple[str, Iterator[Found], list[Path]]:  # noqa: ANN401 (see `read`)
    """Return what a source is called, what it holds, and the folders where a catalogue of its articles may lie."""
    seeds = [project / "seeds"] if (project := files.checkout()) else []
    if isinstance(source, pd.DataFrame | tabular.ArrowTable):
        return "data frame", tabular.read_frame(source, options.columns), seeds
    if str(source) == "-":
        data = sys.stdin.buffer.read()
        data = encoding.decode(data, options.encoding).text.encode() if options.encoding else data
        return "standard input", tabular.read_jsonl("(standard input)", data, options.columns), seeds
    paths = _find_paths(source)
    files.SOURCES.update(path.resolve() for path in paths)
    folder = _common_folder(paths)
    named = paths[0] if len(paths) == 1 else folder
    return metadata.printable_name(named.resolve().name), read_files(paths, options), [folder, folder / "..", *seeds]


def _find_paths(source: str | Path | Iterable[str] | Iterable[Path]) -> list[Path]:
    """Return the files and folders that a path, a pattern or several of them name.

    Raises
    ------
    PastepotError
        If there is no such file or folder.
    """
    listed = map(str, [source] if isinstance(source, str | Path) else source)
    found = ([path] if os.path.lexists(path) else glob.glob(path, recursive=True) or [path] for path in listed)  # noqa: PTH207 (its pattern may begin at the root)
    paths = sorted({Path(path) for path in itertools.chain.from_iterable(found)})
    for path in paths:
        if not path.exists():
            raise errors.PastepotError(f"source must be a file or folder that exists; there is no {path}.")
        if not (path.is_dir() or path.is_file()):
            raise errors.PastepotError(f"source must be a file or folder; {path} is neither.")
    if not paths:
        raise errors.PastepotError("source must name a file or folder; the list is empty.")
    return paths


def _common_folder(paths: Sequence[Path]) -> Path:
    """Return the deepest folder that holds all of some files and folders; of one folder, that itself."""
    folders = [path if path.is_dir() else path.parent for path in paths]
    return folders[0] if len(set(folders)) == 1 else Path(os.path.commonpath([folder.absolute() for folder in folders]))


def read_files(source: Path | Sequence[Path], options: Options | None = None) -> Iterator[Found]:
    """Yield what files and folders hold, file by file in order of their paths.

    Raises
    ------
    PastepotError
        If they hold no file at all.
    """
    options = options or Options(Columns(), "", [])
    sources = [source] if isinstance(source, Path) else [Path(os.path.abspath(path)) for path in source]  # noqa: PTH100 (leaves links alone)
    folder = _common_folder(sources)
    listed = (_list_files(one, options.passed_over) if one.is_dir() else [one] for one in sources)
    names = {path.relative_to(folder).as_posix(): path for path in itertools.chain.from_iterable(listed)}
    if not names:
        raise errors.PastepotError(f"source must hold articles; the folder {folder} is empty. Put .txt files into it.")
    known, complaints = metadata.collect_metadata(
        names, lambda name: _content(folder / name) if os.path.lexists(folder / name) else None
    )
    # A metadata row for another file is no complaint where only some files were asked for.
    yield from (problem for problem in complaints if folder in sources or not problem.where)
    seen: set[str] = set()
    for own_name, path in sorted(names.items()):
        name = metadata.printable_name(own_name)
        for found in _read_file(name, path, seen, options):
            yield metadata.add_metadata(found, known.get(own_name, {}))


def add_folders(records: Sequence[Record], *, is_wanted: bool) -> tuple[list[Record], list[str]]:
    """Return `records` with the folder of each as its outlet, or with a remark where that is not wanted and would do.

    The first level counts at which the folders differ.

    >>> rows = [Record("The ferry.", f"news/{path}", "txt") for path in ("Gull/1.txt", "Gull/2.txt", "Tide/1.txt")]
    >>> [record.outlet for record in add_folders(rows, is_wanted=True)[0]], add_folders(rows, is_wanted=False)[1]
    (['Gull', 'Gull', 'Tide'], ["No article names its outlet; outlet='folder' takes their folders: Gull and Tide."])
    """
    levels = list(itertools.zip_longest(*(record.path.split("/")[:-1] for record in records), fillvalue=""))
    names = next((level for level in levels if len(set(level)) > 1), next(iter(levels), ()))
    if is_wanted and not names:
        raise errors.PastepotError("outlet='folder' needs articles in folders; these are in none. Leave it out.")
    if is_wanted:
        return [record._replace(outlet=name or record.outlet) for record, name in zip(records, names, strict=True)], []
    listed = sorted(set(names))
    is_divided = all(names) and 1 < len(listed) < len(records) and not any(record.outlet for record in records)
    remark = f"No article names its outlet; outlet='folder' takes their folders: {wording.list_words(listed)}."
    return list(records), [remark] * is_divided


def _list_files(folder: Path, passed_over: list[str]) -> Iterator[Path]:
    """Yield the files below a folder that are not sidecars; hidden and temporary ones are noted in `passed_over`."""
    for path in folder.iterdir():
        if _is_passed_over(path.name, passed_over) or _is_saved_with_page(path):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _list_files(path, passed_over)
        else:
            yield path


def _is_saved_with_page(path: Path) -> bool:
    """Return whether a path is the folder of pictures and scripts that a browser saves beside a page."""
    page = path.name.removesuffix("_files")
    return page != path.name and any((path.parent / f"{page}{ending}").is_file() for ending in (".html", ".htm"))


def _is_passed_over(name: str, passed_over: list[str]) -> bool:
    """Return whether a file or member lies beside articles without being one, and note hidden and temporary ones.

    >>> passed_over = []
    >>> [_is_passed_over(name, passed_over) for name in ("a.txt", "README.md", "in/.DS_Store", "~$b.docx", "../a.txt")]
    [False, True, True, True, False]
    >>> passed_over
    ['.DS_Store', '~$b.docx']
    """
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if any(part in _SIDECARS for part in parts):
        return True
    hidden = [part for part in parts if _TEMPORARY.fullmatch(part)]
    passed_over += [parts[-1]] * bool(hidden)
    return bool(hidden)


@reader
def _read_file(name: str, path: Path, seen: set[str], options: Options) -> Iterator[Found]:
    """Yield what one file holds, or why it was not read."""
    if name in seen:
        raise UnreadableError("another file's name, shown as text, is the same; rename one of them")
    seen.add(name)
    yield from read_bytes(name, _content(path, is_needed=_choose_reader(name) is not None), options)


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


def read_bytes(name: str, data: bytes, options: Options) -> Iterator[Found]:
    """Yield what the bytes of a file hold.

    Raises
    ------
    UnreadableError
        If there is no reader for the file's name, or the file is empty.
    """
    read_content = _choose_reader(name)
    if not read_content:
        raise UnreadableError(explain_unread(name))
    if not data or data.isspace():
        raise UnreadableError("the file is empty")
    offered = {
        "columns": options.columns,
        "is_skipped": functools.partial(_is_passed_over, passed_over=options.passed_over),
        "read": functools.partial(read_bytes, options=options),
    }
    settings = {name: value for name, value in offered.items() if name in _TAKEN[read_content]}
    decoded = None
    if options.encoding and not name.lower().endswith(_BINARY):
        decoded = encoding.decode(data, options.encoding)
        yield from encoding.find_problems(name, decoded)
    for found in read_content(name, decoded.text.encode() if decoded else data, **settings):
        yield found._replace(encoding=decoded.encoding) if decoded and isinstance(found, Record) else found


def _choose_reader(name: str) -> Callable[..., Iterator[Found]] | None:
    """Return what reads files of a name; one without an ending may be a text.

    >>> _choose_reader("a.TXT") is _choose_reader("sci.space/60151") is READERS[".txt"], _choose_reader("a.png")
    (True, None)
    """
    return _by_ending(name, READERS) or (None if _ENDING.search(name) else plain_text.read_text)


def explain_unread(name: str) -> str:
    """Return why a file of this name has no reader, and the way out.

    >>> explain_unread("a.MBOX")
    'mail boxes are not read; save each letter as .txt, or all of them as a table with a column text'
    >>> explain_unread("a.png")
    'no reader for this kind of file; readable are .txt, .html, .htm, .csv, .tsv, .xlsx, .json, .ndjson, .jsonl,
    .jsonl.gz, .parquet, .docx, .rtf, .pdf, .xml, .rss, .atom, .zip'
    """
    return _by_ending(name, _WAYS_OUT) or f"no reader for this kind of file; readable are {', '.join(READERS)}"


def _by_ending(name: str, table: Mapping[str, Value]) -> Value | None:
    """Return what a table has for the longest of its endings that a file name has, or None.

    >>> _by_ending("a.TXT", READERS) is READERS[".txt"], _by_ending("a.png", READERS)
    (True, None)
    """
    return table.get(max(filter(name.lower().endswith, table), key=len, default=""))
