"""What the two Nexis exports have in common: their labels, their dates, and a record from what was found."""

import re
from collections.abc import Mapping

from pastepot.corpus.dates import stated_date
from pastepot.corpus.formats.lines import named
from pastepot.corpus.records import Record

NAMES: Mapping[str, str] = {
    "byline": "author",
    "autor": "author",
    "auteur": "author",
    "länge": "length",
    "longueur": "length",
    "rubrik": "section",
    "rubrique": "section",
    "sprache": "language",
    "langue": "language",
    "grafik": "graphic",
}
LENGTHS = {"length", "länge", "longueur"}
HEAD = LENGTHS | {
    "byline", "autor", "auteur", "section", "rubrik", "rubrique", "dateline", "highlight", "series", "column",
}  # fmt: skip
CERTAIN = {
    "load-date", "language", "sprache", "langue", "publication-type", "journal-code", "journal code", "document-type",
    "zeitungstyp", "pub-type",
}  # fmt: skip
LIKELY = {
    "subject", "graphic", "grafik", "person", "company", "organization", "geographic", "city", "state", "country",
    "url", "industry", "ticker", "notes", "correction", "correction-date", "update", "type", "distribution", "acc-no",
}  # fmt: skip
_MONTHS = (
    ("january", "januar", "janvier"),
    ("february", "februar", "février"),
    ("march", "märz", "mars"),
    ("april", "april", "avril"),
    ("may", "mai", "mai"),
    ("june", "juni", "juin"),
    ("july", "juli", "juillet"),
    ("august", "august", "août"),
    ("september", "september", "septembre"),
    ("october", "oktober", "octobre"),
    ("november", "november", "novembre"),
    ("december", "dezember", "décembre"),
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_DATE = re.compile(
    r"(?:[^\W\d]{3,12},? )?"
    r"(?:(?P<month>[^\W\d]{3,12}) (?:(?P<day>\d{1,2}), ?)?|(?P<first>\d{1,2})\.? (?P<second>[^\W\d]{3,12}),? )"
    r"(?P<year>(?:1[5-9]|2\d)\d\d)(?P<rest>[,;]? .{0,60})?"
)
_SENTENCE_END = re.compile(r"[.!?:]\s|[.!?]$")


def date_line(line: str) -> str:
    """Return the day that a line states as YYYY-MM-DD, the line itself if it states only a month, else nothing.

    >>> date_line("July 1, 2031 Tuesday 9:20 AM GMT"), date_line("14. Januar 2031 Dienstag")
    ('2031-07-01', '2031-01-14')
    >>> date_line("March 2031"), date_line("In June 2031 the ferry was sold."), date_line("Quay 7, 2031 Edition")
    ('March 2031', '', '')
    """
    match = _DATE.fullmatch(line)
    if not match or _SENTENCE_END.search(match["rest"] or ""):
        return ""
    month = _MONTH.get((match["month"] or match["second"]).casefold())
    day = match["day"] or match["first"]
    if month is None:
        return ""
    if day is None:
        return line if not match["rest"] else ""
    iso = f"{match['year']}-{month:02}-{int(day):02}"
    return iso if stated_date(iso) else ""


def record(text: str, path: str, reader: str, number: int, found: Mapping[str, str]) -> Record:
    """Return the record of article `number` of a file, from its body and what was `found` about it by label."""
    known = named({name: one for name, one in found.items() if one}, NAMES)
    title, outlet, date, author = (known.pop(name, "") for name in ("title", "outlet", "date", "author"))
    made = Record(text, path, reader, doc_id=f"{path} article {number}", title=title, outlet=outlet, author=author)
    return made._replace(date=date, date_source=f"{reader}: date line" if stated_date(date) else "", fields=known)
