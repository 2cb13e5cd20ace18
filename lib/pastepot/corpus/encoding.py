"""Bytes to text: which encoding, what kind of file it is when it is not text, and what could not be decoded."""

import codecs
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

import regex

from pastepot import errors, files
from pastepot.corpus.records import BLANKS, Problem, UnreadableError
from pastepot.wording import count_noun

# In this order: the mark of UTF-32 begins with that of UTF-16.
_MARKED = ("utf-8", "utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_BYTE_ORDER_MARKS = {"\ufeff".encode(encoding): encoding for encoding in _MARKED}
_SIGNATURES: Mapping[tuple[bytes, ...], str] = {
    tuple(start.encode("latin-1") for start in starts): kind
    for kind, starts in files.data("corpus/unread.toml")["signatures"].items()
}
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HTML = re.compile(rb"\s*(?:<!--.{0,500}-->\s*)?<(?:!doctype html|html)\b", re.IGNORECASE | re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")
_ODD = regex.compile(
    r"(?<=\p{Ll})(?=[^\x00-\x7f])\p{Lu}|(?<=\p{L})[^\w\s\x00-\x7f’‘“”–—…·\xad](?=\p{L})"
    r"|(?<!\p{L})(?:(?=[^\x00-\x7f])\p{L}){4,}(?!\p{L})"
)
_ASCII_LETTER = re.compile(r"[A-Za-z]")
_FEWEST_LETTERS = 8
_LOOKED_AT = 8192
_CONTROL_SHARE = 0.05


class Decoded(NamedTuple):
    """A text, the encoding that gave it, and how many characters could not be decoded (each is shown as U+FFFD)."""

    text: str
    encoding: str
    replaced: int


def detect_binary(data: bytes) -> str:
    r"""Return what kind of file these bytes are if they are no text, else an empty string.

    >>> detect_binary(b"\x89PNG\r\n")
    'a PNG picture'
    >>> detect_binary("Grüße".encode("cp1252"))
    ''
    """
    for starts, kind in _SIGNATURES.items():
        if data.startswith(starts):
            return kind
    if data.startswith(tuple(_BYTE_ORDER_MARKS)):
        return ""
    head = data[:_LOOKED_AT]
    if len(_CONTROL.findall(head)) > _CONTROL_SHARE * len(head):
        return "a binary file"
    return "an HTML page; name it .html so that its article is taken out" if _HTML.match(head) else ""


def check_name(name: str) -> str:
    """Return the name of an encoding as Python spells it, or raise if it is none of text.

    >>> check_name("Windows-1251"), check_name("UTF-16")
    ('cp1251', 'utf-16-le')
    """
    try:
        known = codecs.lookup(name).name.removesuffix("-sig")
        b"text".decode(known, errors="replace")  # base64 and its like are known, too, but encode no text
    except LookupError as error:
        raise errors.PastepotError(
            f"encoding must be one that Python knows, such as 'cp1251'; got {name!r}."
        ) from error
    return f"{known}-le" if known in ("utf-16", "utf-32") else known  # with a mark at its start a file says it itself


def decode(data: bytes, stated: str = "") -> Decoded:
    r"""Return the text of `data`; a byte order mark stays, so that encoding the text gives the bytes again.

    UTF-8, else (with a mark) UTF-16 or UTF-32, else Windows-1252. Text that is UTF-8 but for a few stray bytes stays
    UTF-8, with those bytes replaced and counted.

    >>> decode("don’t".encode("cp1252"))
    Decoded(text='don’t', encoding='cp1252', replaced=0)
    >>> decode(b"\xff\xfea\x00").encoding
    'utf-16-le'
    """
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return _forced(data, encoding)
    if stated:
        return _forced(data, stated)
    as_utf8 = _forced(data, "utf-8")
    if not as_utf8.replaced:
        return as_utf8
    beyond_ascii = sum(character > "\x7f" for character in as_utf8.text)
    return as_utf8 if as_utf8.replaced * 10 < beyond_ascii else _forced(data, "cp1252")


def recognise(data: bytes) -> Decoded:
    """Return the text of `data` as `decode` does; where it would be Windows-1252, in the encoding that it looks like.

    Windows-1252 and Mac Roman are what gives Western words, others what gives small Cyrillic letters, kana or the
    Chinese characters of the first level of GB 2312.

    Raises
    ------
    UnreadableError
        If the text is in none of these as it should be.

    Examples
    --------
    >>> [recognise("Паром остаётся".encode(name)).encoding for name in ("cp1251", "koi8_r")]
    ['cp1251', 'koi8_r']
    >>> recognise("Der Rat beschloß es".encode("cp1252")).text
    'Der Rat beschloß es'
    """
    decoded = decode(data)
    if decoded.encoding != "cp1252" or _looks_western(decoded.text):
        return decoded
    for encoding, looks_right in _LOOKS.items():
        other = _forced(data, encoding)
        if not other.replaced and looks_right(other.text):
            return other
    raise UnreadableError(
        'its encoding is not certain; name it, as in pp.read(..., encoding="cp1251") or --encoding cp1251'
    )


def _looks_western(text: str) -> bool:
    """Return whether most letters are ASCII, and at most a tenth of the other characters are where words have none.

    Odd are a capital after a small letter, a symbol inside a word, four letters in a row of which none is ASCII.
    """
    beyond = [character for character in text if character > "\x7f"]
    odd = sum(len(match[0]) for match in _ODD.finditer(text))
    return 10 * odd <= len(beyond) and sum(map(str.isalpha, beyond)) <= 2 * len(_ASCII_LETTER.findall(text))


def _looks_like(pattern: str, least: float, text: str) -> bool:
    """Return whether letters beyond ASCII prevail, enough fit a pattern, and hardly one is a capital inside a word."""
    letters = [character for character in text if character > "\x7f" and character.isalpha()]
    fitting, inner = len(regex.findall(pattern, text)), len(regex.findall(r"\p{Ll}\p{Lu}", text))
    prevail = len(letters) >= max(_FEWEST_LETTERS, len(_ASCII_LETTER.findall(text)))
    return prevail and fitting >= least * len(letters) and 50 * inner <= len(letters)


def _looks_chinese(text: str) -> bool:
    """Return whether nearly all letters beyond ASCII are common in Chinese, with hardly a space, as Korean has."""
    common = [one for one in text if b"\xb0" <= one.encode("gb2312", "ignore")[:1] <= b"\xd7"]
    return text.count(" ") * 20 < len(text) and _looks_like(f"[{''.join(set(common))}]", 0.9, text) if common else False


_LOOKS: Mapping[str, Callable[[str], bool]] = {
    "cp1251": partial(_looks_like, r"[а-яёїієґў]", 0.8),
    "koi8_r": partial(_looks_like, r"[а-яё]", 0.8),
    "cp932": partial(_looks_like, r"[ぁ-ゖァ-ヺー]", 0.2),
    "euc_jp": partial(_looks_like, r"[ぁ-ゖァ-ヺー]", 0.2),
    "gb18030": _looks_chinese,
    "mac_roman": _looks_western,
}


def _forced(data: bytes, encoding: str) -> Decoded:
    """Return `data` in `encoding`, with what cannot be decoded replaced and counted."""
    text = data.decode(encoding, errors="replace")
    whole = "\ufffd" not in text or text.encode(encoding, errors="replace") == data
    return Decoded(text, encoding, 0 if whole else text.count("\ufffd"))


def decode_file(path: str, data: bytes, expected: str) -> tuple[str, str, list[Problem]]:
    """Return the text of a file, its encoding, and a problem if some of it could not be decoded.

    Raises
    ------
    UnreadableError
        If the file is empty or no text; the message says that it is not what was `expected`.
    """
    if kind := detect_binary(data):
        raise UnreadableError(f"not {expected}: it is {kind}")
    text, encoding, _ = decoded = recognise(data)
    if not text.strip("\ufeff" + BLANKS):
        raise UnreadableError("the file is empty")
    return text, encoding, find_problems(path, decoded)


def find_problems(path: str, decoded: Decoded) -> list[Problem]:
    """Return a problem if some characters of a file could not be decoded."""
    lost = count_noun(decoded.replaced, "character")
    reason = f"taken in, but {lost} could not be decoded as {decoded.encoding} and became U+FFFD"
    return [Problem(path, "", reason)] if decoded.replaced else []


def replace_surrogates(text: str) -> tuple[str, int]:
    r"""Return `text` with lone surrogates, which no file can hold, as U+FFFD, and how many there were.

    >>> replace_surrogates("a\ud800b")
    ('a\ufffdb', 1)
    """
    return (text, 0) if text.isascii() else _SURROGATE.subn("\ufffd", text)
