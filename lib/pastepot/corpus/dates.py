"""Dates: reading the one a source states, and hinting at the one a text suggests."""

import contextlib
import re
from datetime import date, datetime

_FORMATS = ("%Y-%m-%d", "%d-%b-%Y", "%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%Y%m%d", "%Y/%m/%d", "%d.%m.%Y")
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?![\d-])")
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}.*$")
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)\D{0,20}((?:19|20)\d{2})\b", re.IGNORECASE)
# A pattern that begins with a letter is looked for ten times as fast as one that begins with \b.
_YEAR = re.compile(r"(?:1(?<!\w1)9|2(?<!\w2)0)\d{2}\b")
_WEEKDAY = re.compile(r"on(?<!\won) (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b(?!,? \d)")


def parse_date(text: str) -> date | None:
    """Return the day that a date field states, or None if it cannot be read without guessing.

    >>> parse_date("2031-01-14T08:00:00Z")
    datetime.date(2031, 1, 14)
    >>> parse_date("26-FEB-1987 15:01:01.79")
    datetime.date(1987, 2, 26)
    >>> parse_date("03/04/05") is None
    True
    """
    day = text.strip()
    if _ISO.match(day):
        with contextlib.suppress(ValueError):
            return date.fromisoformat(day[:10])
    day = _TIME.sub("", day)
    for form in _FORMATS:
        try:
            return datetime.strptime(day, form).date()  # noqa: DTZ007 (a day has no time zone)
        except ValueError:
            continue
    return None


def infer_date(text: str) -> str:
    """Return in words what a text suggests about its date, or an empty string; never used as a date.

    >>> infer_date("The crews met on Tuesday. In 2030 they had agreed. © 2031 Gazette")
    'copyright 2031; latest year named 2031; weekdays without a date'
    >>> infer_date("The crews met.")
    ''
    """
    hints = []
    stated = _COPYRIGHT.search(text)
    if stated:
        hints.append(f"copyright {stated[1]}")
    years = _YEAR.findall(text)
    if years:
        hints.append(f"latest year named {max(years)}")
    if _WEEKDAY.search(text):
        hints.append("weekdays without a date")
    return "; ".join(hints)
