"""Kinds of files: which reader takes a file of which ending, and what to do with those that none takes."""

from collections.abc import Mapping

from pastepot import files
from pastepot.corpus.readers.delimited import read_delimited
from pastepot.corpus.readers.excel import read_excel
from pastepot.corpus.readers.jsonl import read_jsonl
from pastepot.corpus.readers.nexis_docx import read_nexis_docx
from pastepot.corpus.readers.parquet import read_parquet
from pastepot.corpus.readers.text import read_text
from pastepot.corpus.readers.web_page import read_html
from pastepot.corpus.records import Reader

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
}
ARCHIVE = ".zip"
_WAYS_OUT: Mapping[str, str] = files.data("corpus/unread.toml")["ways_out"]


def choose_reader(name: str) -> Reader | None:
    """Return the reader for a file name, or None; zip archives have none, since their members do.

    >>> choose_reader("a.TXT") is read_text, choose_reader("a.png")
    (True, None)
    """
    ending = _ending(name, READERS)
    return READERS[ending] if ending else None


def explain_unread(name: str) -> str:
    """Return why a file of this name has no reader, and the way out.

    >>> explain_unread("a.PDF")
    'PDF is not read; save its text as .txt, for example with pdftotext'
    >>> explain_unread("a.png")
    'no reader for this kind of file; readable are .txt, .html, .htm, .csv, .tsv, .xlsx, .jsonl, .jsonl.gz, .parquet,
    .docx, .zip'
    """
    ending = _ending(name, _WAYS_OUT)
    known = _WAYS_OUT[ending] if ending else ""
    return known or f"no reader for this kind of file; readable are {', '.join([*READERS, ARCHIVE])}"


def _ending(name: str, endings: Mapping[str, object]) -> str:
    """Return the longest of `endings` that a file name has, or an empty string."""
    lower = name.lower()
    return max((ending for ending in endings if lower.endswith(ending)), key=len, default="")
