"""Markup: articles in NITF, the items of feeds (RSS and Atom), and the text of a page; entities are never followed."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pastepot import files
from pastepot.corpus import encoding
from pastepot.corpus.metadata import parse_date
from pastepot.corpus.records import Found, Problem, Record, UnreadableError, explain_errors, reader

_LABELS = files.data("corpus/readers/labels.toml")
_KINDS: Mapping[str, Mapping[str, Any]] = _LABELS["xml"]
_BLOCKS, _UNSEEN = frozenset(_LABELS["html"]["blocks"]), frozenset(_LABELS["html"]["unseen"])
_MARKUP = re.compile(r"<[a-zA-Z/!]|&\w{2,8};")


@reader
def read_xml(path: str, data: bytes) -> Iterator[Found]:
    """Yield the article of an NITF file or the items of a feed, each with the text that it carries.

    >>> [found.text for found in read_xml("a.xml", b"<rss><item><description>It sails.</description></item></rss>")]
    ['It sails.']
    """
    if b"<!ENTITY" in data:
        raise UnreadableError("the XML declares entities, which are never followed; save each article as .html or .txt")
    with explain_errors("the XML is damaged ({})", missing="XML needs defusedxml, which this Python lacks"):
        from defusedxml.ElementTree import fromstring  # noqa: PLC0415 (for XML alone)

        root = fromstring(data.lstrip(b"\xef\xbb\xbf \t\r\n"))
        for element in root.iter():
            element.tag = _local(element.tag)
    name = next((name for name, kind in _KINDS.items() if root.tag in kind["roots"]), None)
    if name is None:
        raise UnreadableError(
            f"XML of the kind {root.tag!r} is not read, only NITF, RSS and Atom; save each article as .html or .txt"
        )
    kind = _KINDS[name]
    items = [root] if root.tag == kind["item"] else list(root.iter(kind["item"]))
    if not items:
        raise UnreadableError("the feed holds no item")
    about: dict[str, Any] = {field: _first(root, paths) for field, paths in kind.get("source", {}).items()}
    for number, item in enumerate(items, start=1):
        where = f"item {number}" if name != "nitf" else ""
        article = _article(Record("", path, name, where=where, **about), item, kind)
        yield article if article.text else Problem(path, where, "it has no text")


def _local(tag: object) -> str:
    """Return the name of an element without its namespace, whose prefix it keeps where it tells two apart."""
    space, _, name = str(tag).rpartition("}")
    return f"{'dc' if 'purl.org/dc' in space else 'media' if 'mrss' in space else ''}{name}"


def _article(record: Record, item: Any, kind: Mapping[str, Any]) -> Record:  # noqa: ANN401 (ElementTree is untyped here)
    """Return the record of one item."""
    texts: list[Any] = next((found for found in map(item.findall, kind["text"]) if any(map(_plain, found))), [])
    known: dict[str, Any] = {field: value for field, paths in kind["fields"].items() if (value := _first(item, paths))}
    if "date" in known:
        day = parse_date(known["date"])
        known |= {"date": day.isoformat() if day else known["date"], "date_source": f"{record.reader}: {kind['dated']}"}
    fields = {str(field): known.pop(field) for field in ("link", "section") if field in known}
    is_summary = bool(texts) and texts[0].tag in {"description", "summary"}
    notes = ("the feed gives a summary or an extract; the page may say more",) if is_summary else ()
    text = "\n".join(filter(None, map(_plain, texts)))
    return record._replace(text=text, notes=notes, fields=fields, **known)


def _first(element: Any, paths: list[str]) -> str:  # noqa: ANN401
    """Return the first value that one of several paths leads to, an attribute after an @, on one line."""
    for path in paths:
        way, _, attribute = path.partition("@")
        for found in element.findall(way):
            value = found.get(attribute, "") if attribute else _plain(found)
            if value.strip():
                return " ".join(value.split())
    return ""


def _plain(element: Any) -> str:  # noqa: ANN401
    """Return the text of an element, of a page in it only what it shows."""
    text = "".join(element.itertext()).strip()
    if not _MARKUP.search(text):
        return text if element.tag in {"encoded", "content", "description", "summary"} else " ".join(text.split())
    from lxml import html  # noqa: PLC0415 (slow to import)

    return page_text(html.fragment_fromstring(text, create_parent="div"))


def page_text(page: Any) -> str:  # noqa: ANN401 (lxml has no types)
    r"""Return the text of a page that is seen, a blank line between blocks; the cells of a row are parted by tabs.

    In a Factiva page, whose classes tell headline, author and text, each is given its tag, as in the other layout.

    >>> from lxml import html
    >>> page_text(html.fragment_fromstring("<div><p>The <b>ferry</b>\n sails.</p>Late<br>again</div>"))
    'The ferry sails.\n\nLate\nagain'
    """
    from lxml import etree  # noqa: PLC0415 (comes with trafilatura)

    parts: list[str] = []
    is_marked, as_typed = False, 0
    walk = etree.iterwalk(page, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        edge = "\n\n" if tag in _BLOCKS else "\n" if tag == "br" and event == "start" else ""
        if event == "start":
            mark = _factiva_mark(element, is_marked=is_marked)
            is_marked = mark == "LP\t" or (is_marked and "article" not in element.get("class", "").split())
            if tag in _UNSEEN or not isinstance(tag, str):
                walk.skip_subtree()
            else:
                as_typed += tag == "pre"
                parts += [edge, mark, _spaced(element.text, as_typed)]
        else:
            as_typed -= tag == "pre"
            parts.append(edge or ("\t" if tag in {"td", "th"} else ""))
            parts.append(_spaced(element.tail, as_typed) if element is not page else "")
    lines = re.sub(r"[ \t]*\n[ \t]*", "\n", "".join(parts).replace("\t ", "\t"))
    return encoding.replace_surrogates(re.sub(r"\n{3,}", "\n\n", re.sub(r" {2,}", " ", lines)).strip())[0]


def _factiva_mark(element: Any, *, is_marked: bool) -> str:  # noqa: ANN401 (lxml has no types)
    """Return the tag that an element of a Factiva page without tags stands for; LP once, at the start of the text."""
    names = element.get("class", "").split()
    if "articleParagraph" in names and next(element.iterancestors("td"), None) is None:
        return "" if is_marked else "LP\t"
    if element.tag == "div" and "article" in next(element.iterancestors(), element).get("class", "").split():
        return "HD\t" if element.get("id") == "hd" else "BY\t" if "author" in names else ""
    return "PUB\t" if element.tag == "p" and is_marked and not names else ""


def _spaced(text: str | None, as_typed: int) -> str:
    """Return text with each run of white space as one space, unless it is shown as typed; a no-break space stays."""
    return (text or "") if as_typed else re.sub(r"[ \t\r\n\f\v]+", " ", text or "")
