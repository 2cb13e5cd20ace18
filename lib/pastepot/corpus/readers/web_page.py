"""Saved web pages: the articles of a database export, else the one that trafilatura takes out of a page."""

import codecs
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pastepot import files
from pastepot.corpus import encoding
from pastepot.corpus.metadata import parse_date
from pastepot.corpus.readers import export_lines
from pastepot.corpus.readers.markup import page_text
from pastepot.corpus.readers.nexis import parse_date_line
from pastepot.corpus.readers.plain_text import read_export
from pastepot.corpus.records import Found, Problem, Record, UnreadableError, explain_errors, reader
from pastepot.wording import count_noun

_MOST_BYTES = 5_000_000
_MOST_OF_EXPORT = 100_000_000
_MOST_ELEMENTS = 50_000
_EMBEDDED = re.compile(rb"data:[\w.+-]{1,40}/[\w.+-]{1,80};base64,[A-Za-z0-9+/=]*")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset=[\"']?([\w-]{1,30})", re.IGNORECASE)
_PUBLISHED = re.compile(r'"datePublished"\s{0,9}:\s{0,9}"([^"]{4,40})"')
_LABELS = files.data("corpus/readers/labels.toml")
_META = frozenset(_LABELS["html"]["dates"])
_EUROPRESSE: Mapping[str, Sequence[str]] = _LABELS["europresse"]
_DATED = re.compile(r"\d{1,2}(?:er)? [^\W\d]{3,12} \d{4}|[^\W\d]{3,12} \d{1,2}, \d{4}")
_FEWEST_CHARACTERS = 60
_DAYS = re.compile(_LABELS["html"]["days"], re.IGNORECASE)
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
    too_large = f"the page has {len(data):,} bytes without its pictures; the most are {_MOST_BYTES:,}"
    if len(data) > _MOST_OF_EXPORT:
        raise UnreadableError(too_large)
    missing = "web pages need trafilatura, which this Python lacks; save the text as .txt"
    with explain_errors("the page could not be taken apart ({})", missing=missing):
        decoded = _decode(data)
        page = _parse(decoded.text)
        found = _read_export(path, page, decoded.encoding)
        if found is None and len(data) > _MOST_BYTES:
            raise UnreadableError(too_large)
        yield from found or [_extract(path, page, decoded.encoding)]


def _read_export(path: str, page: Any, encoding: str) -> list[Found] | None:  # noqa: ANN401 (lxml has no types)
    """Return the articles of a page that is a database export, None if it is a page of one article.

    Raises
    ------
    UnreadableError
        If the page has several articles, but fits no database that is known.
    """
    articles = [one for one in page.iter("article") if next(one.iterancestors("article"), None) is None]
    if outlets := [one for one in articles if _select(one, "outlet")]:
        return _read_europresse(path, page, outlets)
    if found := read_export(Record(page_text(page), path, "html", encoding)):
        return list(found)
    whole = sum(sum(len(p.text_content()) >= _FEWEST_CHARACTERS for p in one.iter("p")) > 1 for one in articles)
    if whole > 1:
        raise UnreadableError(
            f"the page has {count_noun(whole, 'article')}, in a form that is not known; save each as a page of its own"
        )
    return None


def _read_europresse(path: str, page: Any, articles: Sequence[Any]) -> list[Found]:  # noqa: ANN401 (lxml has no types)
    """Return the articles of a Europresse export, after a problem where it numbers more or fewer of them."""
    numbers = len(_select(page, "number"))
    reason = f"the file has {count_noun(len(articles), 'article')}, but {count_noun(numbers, 'number')} of documents"
    found = export_lines.read_articles(path, "article", articles, lambda one, where: _europresse(path, one, where))
    return [*([Problem(path, "", reason)] if numbers not in (0, len(articles)) else []), *found]


def _europresse(path: str, article: Any, where: str) -> Record:  # noqa: ANN401 (lxml has no types)
    """Return one article of a Europresse export."""
    values = {name: next(map(page_text, _select(article, name)), "") for name in _EUROPRESSE}
    dated = _DATED.search(values["date"])
    section = values["date"].partition(",")[0] if dated and "," in values["date"][: dated.start()] else ""
    labels = {name: " ".join(values[name].split()) for name in ("title", "author", "number")}
    labels |= {"outlet": values["outlet"].partition("\n")[0], "section": "" if _DAYS.fullmatch(section) else section}
    labels["date"] = parse_date_line(re.sub(r"(?<=\d)er ", " ", dated[0])) if dated else ""
    record = Record(values["text"], path, "europresse html", where=where)
    return export_lines.fill_record(record, labels, names={}, dated="document header")


def _select(element: Any, name: str) -> list[Any]:  # noqa: ANN401 (lxml has no types)
    """Return the elements below one that have the first of the classes for a column of Europresse which is there."""
    found = (element.xpath(f".//*[contains(concat(' ', @class, ' '), ' {one} ')]") for one in _EUROPRESSE[name])
    return next(filter(None, found), [])


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


def _extract(path: str, page: Any, name: str) -> Record:  # noqa: ANN401 (lxml has no types)
    """Return the record of a page's article."""
    import trafilatura  # noqa: PLC0415 (an extra, and slow to import)

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # a refusal is a problem row, not a print
    if sum(1 for _ in page.iter()) > _MOST_ELEMENTS:
        raise UnreadableError(f"the page has more than {_MOST_ELEMENTS:,} elements; its text was not taken")
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
    if name != "utf-8":
        notes.append(f"the page was read as {name}")
    text = encoding.replace_surrogates(text)[0]
    named = {"title": article.title, "outlet": article.sitename, "author": article.author, "date": date}
    lines = {name: " ".join((value or "").split()) for name, value in named.items()}
    about: dict[str, Any] = {name: encoding.replace_surrogates(line)[0] for name, line in lines.items()}
    return Record(text, path, "html", notes=tuple(notes), date_source=source, **about)


def _parse(text: str) -> Any:  # noqa: ANN401 (lxml has no types)
    """Return the tree of a page, without its comments; one that is too deep or too large is refused."""
    from lxml import html  # noqa: PLC0415 (comes with trafilatura)

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, default_doctype=False)
    page = html.document_fromstring(text.lstrip("\ufeff").encode("utf-8", "replace"), parser=parser)
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise UnreadableError("the page nests its elements deeper than a page does; its text was not taken")
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
    day = parse_date(value or "")
    return day.isoformat() if day else ""
