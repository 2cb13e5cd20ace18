"""Text files: one article, perhaps under header lines, or a database export of many."""

from collections.abc import Iterator

from pastepot.corpus import encoding
from pastepot.corpus.readers.header import split_header
from pastepot.corpus.readers.nexis_text import is_nexis, read_nexis_text
from pastepot.corpus.readers.plain_text import read_plain
from pastepot.corpus.readers.proquest import is_proquest, read_proquest
from pastepot.corpus.records import Found, Problem, Record

_LOOKED_AT = 80_000
_MARKUP = ("<?xml", "<rss", "<feed")


def read_text(path: str, data: bytes) -> Iterator[Found]:
    r"""Yield the articles of a .txt file: those of an old Nexis or a ProQuest export, else the one that it is.

    >>> [found.title for found in read_text("a.txt", b"Title: Ferry late\nBy: Ada Quay\n\nThe ferry sails.")]
    ['Ferry late']
    """
    if not encoding.detect_binary(data):
        head = encoding.decode(data[:_LOOKED_AT]).text
        if head.lstrip("\ufeff \t\r\n")[:5].lower().startswith(_MARKUP):
            yield Problem(path, "", "not text: it is XML (a feed?); save each article as .txt or .html")
            return
        if is_nexis(head):
            yield from read_nexis_text(path, data)
            return
        if is_proquest(head):
            yield from read_proquest(path, data)
            return
    for found in read_plain(path, data):
        yield split_header(found) if isinstance(found, Record) else found
