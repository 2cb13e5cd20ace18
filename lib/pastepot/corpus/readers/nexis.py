"""What the two Nexis exports have in common: their labels, their dates, and a record from what was found."""

import re
from collections.abc import Mapping

from pastepot import files
from pastepot.corpus.dates import parse_date
from pastepot.corpus.readers.export_lines import record
from pastepot.corpus.records import Record

_LABELS = files.data("corpus/readers/labels.toml")["nexis"]
LENGTHS = frozenset(_LABELS["lengths"])
HEAD, CERTAIN, LIKELY = LENGTHS.union(_LABELS["head"]), frozenset(_LABELS["certain"]), frozenset(_LABELS["likely"])
_MONTH = {name: number for number, names in enumerate(_LABELS["months"], start=1) for name in names.split()}
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
    return iso if parse_date(iso) else ""


def article(text: str, path: str, reader: str, number: int, found: Mapping[str, str]) -> Record:
    """Return the record of article `number` of a file, from its body and what was `found` about it by label."""
    made = record(text, path, reader, found, _LABELS["names"], dated="date line")
    return made._replace(doc_id=f"{path} article {number}")
