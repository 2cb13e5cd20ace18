"""Bytes to text: which encoding, what kind of file it is when it is not text, and what could not be decoded."""

import re
from typing import NamedTuple

_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_SIGNATURES = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"PK\x03\x04", "a zip archive (or a Word or Excel file)"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "an RTF document"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
    (b"\x80\x02", "a Python pickle, which is never opened"),
    (b"\x80\x03", "a Python pickle, which is never opened"),
    (b"\x80\x04", "a Python pickle, which is never opened"),
    (b"\x80\x05", "a Python pickle, which is never opened"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HTML = re.compile(rb"\s*(?:<!--.{0,500}-->\s*)?<(?:!doctype html|html)\b", re.IGNORECASE | re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")
_LOOKED_AT = 8192
_CONTROL_SHARE = 0.05


class Decoded(NamedTuple):
    """A text, the encoding that gave it, and how many characters could not be decoded (each stands as U+FFFD)."""

    text: str
    encoding: str
    replaced: int


def not_text(data: bytes) -> str:
    r"""Return what kind of file these bytes are if they are no text, else an empty string.

    >>> not_text(b"\x89PNG\r\n")
    'a PNG picture'
    >>> not_text("Grüße".encode("cp1252"))
    ''
    """
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    if any(data.startswith(mark) for mark, _ in _BYTE_ORDER_MARKS):
        return ""
    head = data[:_LOOKED_AT]
    if len(_CONTROL.findall(head)) > _CONTROL_SHARE * len(head):
        return "a binary file"
    return "an HTML page; name it .html so that its article is taken out" if _HTML.match(head) else ""


def decode(data: bytes) -> Decoded:
    r"""Return the text of `data`; a byte order mark stays, so that encoding the text gives the bytes again.

    UTF-8, else (with a mark) UTF-16 or UTF-32, else Windows-1252. Text that is UTF-8 but for a few stray bytes stays
    UTF-8, with those bytes replaced and counted.

    >>> decode("don’t".encode("cp1252"))
    Decoded(text='don’t', encoding='cp1252', replaced=0)
    >>> decode(b"\xff\xfea\x00").encoding
    'utf-16-le'
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _forced(data, encoding)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", 0)
    except UnicodeDecodeError:
        pass
    as_utf8 = _forced(data, "utf-8")
    beyond_ascii = sum(character > "\x7f" for character in as_utf8.text)
    return as_utf8 if as_utf8.replaced * 10 < beyond_ascii else _forced(data, "cp1252")


def _forced(data: bytes, encoding: str) -> Decoded:
    """Return `data` in `encoding`, with what cannot be decoded replaced and counted."""
    text = data.decode(encoding, errors="replace")
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return Decoded(text, encoding, max(text.count("\ufffd"), 1))
    return Decoded(text, encoding, 0)


def without_surrogates(text: str) -> tuple[str, int]:
    r"""Return `text` with lone surrogates, which no file can hold, as U+FFFD, and how many there were.

    >>> without_surrogates("a\ud800b")
    ('a\ufffdb', 1)
    """
    return _SURROGATE.subn("\ufffd", text)
