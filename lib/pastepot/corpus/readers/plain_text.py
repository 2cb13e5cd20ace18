"""Plain text files: one article a file."""

from collections.abc import Iterator

from pastepot.corpus import encoding
from pastepot.corpus.records import Found, Problem, Record


def read_plain(path: str, data: bytes) -> Iterator[Found]:
    r"""Yield the article of a .txt file, or the reason why it holds none.

    >>> [found.text for found in read_plain("a.txt", b"The ferry sails.")]
    ['The ferry sails.']
    >>> list(read_plain("b.txt", b" \n"))
    [Problem(path='b.txt', where='', reason='the file is empty')]
    """
    kind = encoding.detect_binary(data)
    if kind:
        yield Problem(path, "", f"not text: it is {kind}")
        return
    text, name, replaced = encoding.decode(data)
    if not text.strip("\ufeff \t\r\n\f\v"):
        yield Problem(path, "", "the file is empty")
        return
    notes = ("not UTF-8; read as Windows-1252 (cp1252)",) if name == "cp1252" else ()
    yield from encoding.undecoded_problem(path, replaced, name)
    yield Record(text, path, "txt", name, notes=notes)
