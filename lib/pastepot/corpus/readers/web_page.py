"""Saved web pages: the article that trafilatura takes out of a page, with what the page says about it."""

import codecs
import logging
import re
from collections.abc import Iterator
from typing import Any

from pastepot import files
from pastepot.corpus import encoding
from pastepot.corpus.metadata import parse_date
from pastepot.corpus.records import Found, Record, UnreadableError, explain_errors, reader

_MOST_BYTES = 5_000_000
_MOST_ELEMENTS = 50_000
_EMBEDDED = re.compile(rb"data:[\w.+-]{1,40}/[\w.+-]{1,80};base64,[A-Za-z0-9+/=]*")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset=[\"']?([\w-]{1,30})", re.IGNORECASE)
_PUBLISHED = re.compile(r'"datePublished"\s{0,9}:\s{0,9}"([^"]{4,40})"')
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_META = frozenset(files.data("corpus/readers/labels.toml")["html"]["dates"])
_GUESSING = {"original_date": True, "extensive_search": False, "max_date": "2199-12-31"}
"""How htmldate may guess: never from loose text, and with a fixed last day, so that the clock changes no result."""


@reader
def read_html(path: str, data: bytes) -> Iterator[Found]:
    """Yield the article of a saved web page, or the reason why none could be taken out.

    The raw text is the extraction: readers' comments and tables are left out. A date comes from a meta tag, JSON-LD or
    a time element; one found in any other way is called guessed.

    >>> [found.reason for found in read_html("b.html", b"%PDF-1.7")]
    ['not a web page: it is a PDF document']
    """
    kind = encoding.detect_binary(data)
    if kind and "HTML" not in kind:
        raise UnreadableError(f"not a web page: it is {kind}")
    if len(data) > _MOST_BYTES:
        data = _EMBEDDED.sub(b"data:,", data)
    if len(data) > _MOST_BYTES:
        raise UnreadableError(f"the page has {len(data):,} bytes without its pictures; the most are {_MOST_BYTES:,}")
    missing = "web pages need trafilatura, which this Python lacks; save the text as .txt"
    with explain_errors("the page could not be taken apart ({})", missing=missing):
        yield _extract(path, _decode(data))


def _decode(data: bytes) -> encoding.Decoded:
    """Return a page's text, in the encoding that it names where it is not UTF-8."""
    decoded = encoding.decode(data)
    named = _CHARSET.search(data[:4096])
    if decoded.encoding != "cp1252" or not named:
        return decoded
    try:
        name = codecs.lookup(named[1].decode("ascii")).name
        text = data.decode(name, errors="replace")
    except (LookupError, ValueError):
        return decoded
    # Browsers read Latin-1 as Windows-1252, and a page that is not UTF-8 is wrong to say that it is.
    if name in {"ascii", "cp1252", "iso8859-1", "utf-8"}:
        return decoded
    return encoding.Decoded(text, name, text.count("\ufffd"))


def _extract(path: str, decoded: encoding.Decoded) -> Record:
    """Return the record of a page's article."""
    import trafilatura  # noqa: PLC0415 (an extra, and slow to import)

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # a refusal is a problem row, not a print
    page = _parse(decoded.text)
    date, source = _stated_date(page)
    article: Any = trafilatura.bare_extraction(
        page, with_metadata=True, include_comments=False, include_tables=False, date_extraction_params=_GUESSING
    )
    text = (article.text or "").strip() if article else ""
    if not text:
        raise UnreadableError("no article was found in the page; save its text as .txt")
    notes = ["the text is what trafilatura took out of the page"]
    if not date and article.date:
        date, source = str(article.date), "html: guessed"
        notes.append("the date is guessed")
    if decoded.encoding != "utf-8":
        notes.append(f"the page was read as {decoded.encoding}")
    text = encoding.replace_surrogates(text)[0]
    lines = (" ".join((field or "").split()) for field in (article.title, article.sitename, article.author))
    title, outlet, author = (encoding.replace_surrogates(line)[0] for line in lines)
    about = {"title": title, "outlet": outlet, "author": author, "date": date, "date_source": source}
    return Record(text, path, "html", doc_id=path, notes=tuple(notes), **about)  # type: ignore[arg-type]


def _parse(text: str) -> Any:  # noqa: ANN401 (lxml has no types)
    """Return the tree of a page, without its comments; one that is too deep or too large is refused."""
    from lxml import html  # type: ignore[import-untyped]  # noqa: PLC0415 (comes with trafilatura)

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, default_doctype=False)
    page = html.document_fromstring(text.lstrip("\ufeff").encode("utf-8", "replace"), parser=parser)
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise UnreadableError("the page nests its elements deeper than a page does; its text was not taken")
    if sum(1 for _ in page.iter()) > _MOST_ELEMENTS:
        raise UnreadableError(f"the page has more than {_MOST_ELEMENTS:,} elements; its text was not taken")
    return page


def _stated_date(page: Any) -> tuple[str, str]:  # noqa: ANN401 (lxml has no types)
    """Return the date that a page states in a meta tag, in JSON-LD, or in its only time elements, and where."""
    for meta in page.iter("meta"):
        names = {(meta.get(name) or "").lower() for name in ("property", "name", "itemprop", "http-equiv")}
        if names & _META and (day := _day(meta.get("content"))):
            return day, "html: meta tag"
    for script in page.iter("script"):
        match = _PUBLISHED.search(script.text or "") if "ld+json" in (script.get("type") or "") else None
        if match and (day := _day(match[1])):
            return day, "html: JSON-LD"
    days = {_day(element.get("datetime")) for element in page.iter("time")} - {""}
    return (days.pop(), "html: time element") if len(days) == 1 else ("", "")


def _day(value: str | None) -> str:
    """Return the day that a date field states as YYYY-MM-DD; empty if it states none."""
    match = _DAY.match((value or "").strip())
    day = parse_date(match[0] if match else (value or ""))
    return day.isoformat() if day else ""
