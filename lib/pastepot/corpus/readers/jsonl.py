"""JSON lines: one object with a `text` field a line, also compressed by gzip."""

import gzip
import io
import json
import zlib
from collections.abc import Iterator

from pastepot.corpus import encoding
from pastepot.corpus.readers.rows import row_found
from pastepot.corpus.records import Found, Problem

_MOST_BYTES = 4_000_000_000
_DECODER = json.JSONDecoder()


def read_jsonl(path: str, data: bytes) -> Iterator[Found]:
    r"""Yield the articles of a JSON lines file in order, and a problem for each line that is none.

    >>> found = list(read_jsonl("a.jsonl", b'{"text": "The ferry sails."}\n{"text": 3}\nnot json\n'))
    >>> [type(one).__name__ for one in found]
    ['Record', 'Problem', 'Problem']
    >>> list(read_jsonl("b.jsonl", b""))
    [Problem(path='b.jsonl', where='', reason='the file is empty')]
    """
    if data.startswith(b"\x1f\x8b"):
        try:
            data = _unzipped(data)
        except (OSError, EOFError, ValueError, zlib.error) as error:
            yield Problem(path, "", f"the gzip archive cannot be read: {error}")
            return
    kind = encoding.detect_binary(data)
    if kind:
        yield Problem(path, "", f"not JSON lines: it is {kind}")
        return
    if not data or data.isspace():
        yield Problem(path, "", "the file is empty")
        return
    for number, line in enumerate(data.split(b"\n"), start=1):
        if line.strip():
            yield from _line_found(path, f"row {number}", line)


def _unzipped(data: bytes) -> bytes:
    """Return the content of a gzip archive, refusing one of absurd size."""
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as archive:
        content = archive.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise ValueError(f"it unpacks to more than {_MOST_BYTES:,} bytes")
    return content


def _line_found(path: str, where: str, line: bytes) -> list[Found]:
    """Return what one line holds."""
    try:
        row = _DECODER.decode(line.decode("ascii") if line.isascii() else encoding.decode(line).text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        clear = isinstance(error, json.JSONDecodeError)
        reason = str(error) if clear else "it nests too deeply or holds too long a number"
        return [Problem(path, where, f"not a JSON object: {reason}")]
    if not isinstance(row, dict):
        return [Problem(path, where, f"not a JSON object but {type(row).__name__}")]
    return row_found(row, path, where, "jsonl")
