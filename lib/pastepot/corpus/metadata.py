"""What is known about an article beside its text: metadata.csv, catalogues of known articles, dates, its language."""

import contextlib
import csv
import functools
import hashlib
import io
import os
import re
import tomllib
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import Any

import regex

from pastepot import errors, files, wording
from pastepot.corpus import encoding
from pastepot.corpus.records import Found, Problem, Record, UnreadableError
from pastepot.corpus.repairs import fold_words
from pastepot.wording import count_noun

Metadata = tuple[dict[str, dict[str, str]], list[Problem]]
"""What is known of each file by its name, and what could not be used."""
METADATA = "metadata.csv"
_FIELDS = ("title", "outlet", "date", "author")
_DATE_IN_NAME = re.compile(r"(?<!\d)(?:\d{4}-\d{2}-\d{2}|(?:19|20)\d{6})(?!\d)")

CATALOGUE = "articles.toml"

_FORMATS = ("%Y-%m-%d", "%d-%b-%Y", "%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%Y%m%d", "%Y/%m/%d", "%d.%m.%Y")
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?![\d-])")
_TIME = re.compile(r",?[T ](?:\d{1,2}:\d{2}|\d{6}Z?$).*$")
_WEEKDAY_BEFORE = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? ")
ORDERS = {"day first": "%d/%m/%Y", "month first": "%m/%d/%Y"}
_UNCLEAR = "day or month may come first; say dates='day first' or dates='month first'"
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)\D{0,20}(?:\d{4} ?[-–] ?)?((?:19|20)\d{2})\b", re.IGNORECASE)
# A pattern that begins with a letter is looked for ten times as fast as one that begins with \b.
_YEAR = re.compile(r"(?:1(?<!\w1)9|2(?<!\w2)0)\d{2}\b")
_WEEKDAY = re.compile(r"on(?<!\won) (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b(?!,? \d)")

_LOOKED_AT = 400
_FEWEST_CHARACTERS = 200
TOO_SHORT = "too short to tell"
WORDS_NOT_FOUND = "written without spaces between words; its words are not found by the rule used here"
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")


# --- metadata.csv and file names ------------------------------------------------------


def collect_metadata(names: Collection[str], content: Callable[[str], bytes | None]) -> Metadata:
    """Return what every metadata.csv in a folder of the files `names` says of each, and what is wrong with its rows.

    `content` gives the bytes of a file, or None where there is none. The metadata.csv that lies nearest to a file has
    the last word.
    """
    known: dict[str, dict[str, str]] = {}
    complaints: list[Problem] = []
    folders = {folder for name in names for folder in PurePosixPath(name).parents}
    there = {_composed(name): name for name in names} | {name: name for name in names}
    for folder in sorted(folders, key=lambda folder: (len(folder.parts), folder)):
        sheet = (folder / METADATA).as_posix()
        try:
            data = content(sheet)
        except UnreadableError as error:
            complaints.append(Problem(printable_name(sheet), "", str(error)))
            continue
        if data is not None:
            rows, wrong = read_metadata(data, there, folder.as_posix())
            complaints += wrong
            known |= {name: known.get(name, {}) | row for name, row in rows.items()}
    return known, complaints


def read_metadata(data: bytes, names: Mapping[str, str], folder: str = "") -> Metadata:
    r"""Return the rows of a metadata.csv by file, and a problem for each row that names none of `names`.

    A row's `file` is relative to `folder`, where the metadata.csv lies. `names` gives the name of each file by itself
    and by its composed form (NFC): some systems write the é of a file's name as two characters, a table as one.

    Raises
    ------
    PastepotError
        If two rows say different things of a file.

    Examples
    --------
    >>> rows, wrong = read_metadata(b"file,outlet\na.txt,Gazette\n../b.txt,Post\n", {"a.txt": "a.txt"})
    >>> rows, wrong[0].where, wrong[0].reason
    ({'a.txt': {'outlet': 'Gazette'}}, 'line 3', 'names a file outside the folder: ../b.txt')
    """
    path = printable_name((PurePosixPath(folder) / METADATA).as_posix())
    try:
        columns, rows = _table(encoding.decode(data).text.lstrip("\ufeff"))
    except csv.Error as error:
        return {}, [Problem(path, "", f"not a table that can be read: {error}")]
    if rows and "file" not in columns:
        return {}, [Problem(path, "", f"no column 'file'; it has {wording.list_words(map(repr, columns), most=8)}")]
    known: dict[str, dict[str, str]] = {}
    complaints = []
    for number, row in rows:
        values = {column: value for column, value in zip(columns, row, strict=False) if column}
        file = values.pop("file", "").replace("\\", "/")
        stated = (PurePosixPath(folder) / file).as_posix()
        name = names.get(stated) or names.get(_composed(stated))
        if name is None:
            wrong = f"outside the folder: {file}" if is_outside(file) else f"that is not there: {file or '(none)'}"
            complaints.append(Problem(path, f"line {number}", f"names a file {wrong}"))
        elif known.setdefault(name, values) != values:
            raise errors.PastepotError(
                f"{path} must say one thing of a file; line {number} says another of {file!r} than a line above it. "
                "Keep one of them."
            )
    return known, complaints


def _table(text: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return the names of a table's columns and its rows, split by whichever mark gives a column `file`."""
    headers = {mark: [name.lower() for name in next(_rows(text, mark), (1, []))[1]] for mark in ",;\t"}
    delimiter = next((mark for mark, names in headers.items() if "file" in names), ",")
    return headers[delimiter], list(_rows(text, delimiter))[1:]


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a table that are not blank, each after the number of the line where it starts."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    line = 1
    for row in reader:
        if row:
            yield line, [cell.strip() for cell in row]
        line = reader.line_num + 1


def printable_name(name: str) -> str:
    r"""Return a file's name as text that can be written: a part that is not UTF-8 is read as the texts are.

    >>> printable_name("caf\udce9/a.txt"), printable_name("café/a.txt")
    ('café/a.txt', 'café/a.txt')
    """
    return "/".join(encoding.decode(os.fsencode(part)).text for part in name.split("/"))


def is_outside(name: str) -> bool:
    r"""Return whether a name points out of the folder it is meant for.

    >>> is_outside("../../x.txt"), is_outside("C:\\x.txt"), is_outside("a/b.txt")
    (True, True, False)
    """
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or name[1:2] == ":" or "\x00" in name


def _composed(name: str) -> str:
    """Return a file's name with each accent in one character with its letter, for comparing."""
    return unicodedata.normalize("NFC", printable_name(name))


def add_metadata(found: Found, row: Mapping[str, str]) -> Found:
    """Return a record with the fields of its metadata row; what the file itself states stays.

    A text file without a date gets the one in its name.
    """
    if isinstance(found, Problem):
        return found
    if row:
        known: dict[str, Any] = {name: getattr(found, name) or row.get(name, "") for name in _FIELDS}
        source = found.date_source
        if row.get("date") and (found.has_guessed_date or not found.date):
            known["date"], source = row["date"], METADATA
        rest = {name: value for name, value in row.items() if name not in _FIELDS}
        found = found._replace(**known, date_source=source, fields={**rest, **found.fields})
    day = date_in_name(found.path) if found.reader == "txt" and not found.date else ""
    return found._replace(date=day, date_source="file name") if day else found


def date_in_name(path: str) -> str:
    """Return the day in a file's name as YYYY-MM-DD, if it holds just one; digits that are no day do not count.

    >>> date_in_name("2030/gazette_2031-01-14_ferry.txt"), date_in_name("20310114.txt"), date_in_name("id-20319914.txt")
    ('2031-01-14', '2031-01-14', '')
    >>> date_in_name("2031-01-14_to_2031-01-20.txt")
    ''
    """
    days = {day for match in _DATE_IN_NAME.findall(PurePosixPath(path).name) if (day := parse_date(match))}
    return days.pop().isoformat() if len(days) == 1 else ""


# --- catalogues of known articles -----------------------------------------------------


def digest_words(text: str) -> str:
    r"""Return a SHA-256 digest of a text's words: case, white space and punctuation do not matter.

    >>> digest_words("The Ferry sails.") == digest_words("the ferry\nsails")
    True
    """
    return hashlib.sha256(fold_words(text).encode()).hexdigest()


def add_known_metadata(records: Sequence[Record], folders: Sequence[Path]) -> list[Record]:
    """Return `records` with what the catalogues in `folders` know about them; what a record states itself stays.

    A catalogue names articles by a digest of their words, so that a text whose publisher holds the rights gets its
    title and outlet without being shipped. A record whose file has a catalogued name but another text gets a note.
    """
    entries = [entry for folder in folders for entry in _entries(folder / CATALOGUE)]
    if not entries:
        return list(records)
    by_digest = {entry.get("digest", ""): entry for entry in reversed(entries)}
    known_files = {entry.get("file", "") for entry in entries}
    note = "the catalogue knows a file of this name with another text; its title and outlet were not taken"
    result = list(records)
    for number, record in enumerate(records):
        entry = None if record.outlet else by_digest.get(digest_words(record.text))
        if entry:
            title, outlet = record.title or entry.get("title", ""), entry.get("outlet", "")
            result[number] = record._replace(title=title, outlet=outlet)
        elif record.path in known_files and not record.outlet:
            result[number] = record._replace(notes=(*record.notes, note))
    return result


def case_study_folder() -> Path:
    """Return the folder that holds all articles of the project's own catalogue.

    Raises
    ------
    PastepotError
        If they are not there; the message says where to put them.
    """
    project = files.checkout() or Path()
    for folder in (project / "seeds" / "articles", project / ".." / "shared" / "seeds"):
        if is_case_study(folder):
            return folder.resolve()
    listed = wording.list_words(entry.get("file", "") for entry in _entries(project / "seeds" / CATALOGUE))
    raise errors.PastepotError(f"This needs {listed}; put your copies of the two articles into seeds/articles.")


def is_case_study(folder: Path) -> bool:
    """Return whether a folder holds exactly the articles of the project's own catalogue."""
    known = {entry.get("digest", "") for entry in _entries((files.checkout() or Path()) / "seeds" / CATALOGUE)}
    held = {digest_words(encoding.decode(path.read_bytes()).text) for path in folder.glob("*.txt") if path.is_file()}
    return bool(known) and held == known


def _entries(path: Path) -> list[dict[str, str]]:
    """Return the entries of one catalogue; none if the file is not there."""
    if not path.is_file():
        return []
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise errors.PastepotError(f"{path.name} cannot be read: {error}. Repair or remove it.") from error
    listed = content["article"] if isinstance(content.get("article"), list) else []
    return [{str(key): str(value) for key, value in entry.items()} for entry in listed if isinstance(entry, dict)]


# --- dates ----------------------------------------------------------------------------


@functools.lru_cache(maxsize=100_000)
def parse_date(text: str, order: str = "") -> date | None:
    """Return the day that a date field states, or None if it cannot be read without guessing.

    With an `order` only a day in figures is read, in that.

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
    day = _WEEKDAY_BEFORE.sub("", _TIME.sub("", day))
    if order:
        day = day.replace("-", "/")
    for form in [ORDERS[order]] if order else _FORMATS:
        with contextlib.suppress(ValueError):
            return datetime.strptime(day, form).date()  # noqa: DTZ007 (a day has no time zone)
    return None


def settle_dates(records: Sequence[Record], order: str) -> tuple[list[Record], list[Problem]]:
    """Return `records` with dates such as 23/04/2031 as YYYY-MM-DD, and a problem for each reason why one is missing.

    Day or month comes first as `order` says; if it is empty, as the dates of one table, or of what gave the date,
    decide: where 23 comes first in one and 23 comes second in none, the day does in all.

    >>> rows = [Record("The ferry.", "a.csv", "csv", date=date, field="text") for date in ("3/4/2031", "23/4/2031")]
    >>> [record.date for record in settle_dates(rows, "")[0]]
    ['2031-04-03', '2031-04-23']
    >>> settle_dates(rows[:1], "")[1][0].reason
    "1 date is missing, such as '3/4/2031': day or month may come first; say dates='day first' or dates='month first'"
    """
    settled, problems, columns = list(records), list[Problem](), dict[str, list[int]]()
    for number, record in enumerate(records):
        if record.date and not record.has_guessed_date and not parse_date(record.date):
            columns.setdefault(record.path if record.field else record.date_source, []).append(number)
    for source, numbers in columns.items():
        read = {n: {first: day for first in ORDERS if (day := parse_date(records[n].date, first))} for n in numbers}
        certain = {first for days in read.values() if len(days) == 1 for first in days}
        chosen = order or (certain.pop() if len(certain) == 1 else "")
        left: dict[str, list[str]] = {_UNCLEAR: [], "not understood": []}
        for n, days in read.items():
            if day := days.get(chosen):
                stated = records[n].date_source or f"{records[n].reader}: date field"
                settled[n] = records[n]._replace(date=day.isoformat(), date_source=f"{stated}, {chosen}")
            else:
                left[_UNCLEAR if days and not chosen else "not understood"].append(records[n].date)
        for why, dates in left.items():
            count = count_noun(len(dates), "date is", "dates are")
            problems += [Problem(source, "dates", f"{count} missing, such as {day!r}: {why}") for day in dates[:1]]
    return settled, problems


def infer_date(text: str) -> str:
    """Return in words what a text suggests about its date, or an empty string; never used as a date.

    >>> infer_date("The crews met on Tuesday. In 2030 they had agreed. © 2031 Gazette")
    'copyright 2031; latest year named elsewhere 2030; weekdays without a date'
    >>> infer_date("The crews met.")
    ''
    """
    copyright_year, years = _COPYRIGHT.search(text), _YEAR.findall(_COPYRIGHT.sub("", text))
    hints = [f"copyright {copyright_year[1]}"] if copyright_year else []
    hints += [f"latest year named{' elsewhere' * bool(copyright_year)} {max(years)}"] if years else []
    hints += ["weekdays without a date"] if _WEEKDAY.search(text) else []
    return "; ".join(hints)


# --- language -------------------------------------------------------------------------


def identify_language(text: str) -> str:
    """Return the ISO 639-1 code of a text's language, or `too short to tell` below 200 characters.

    The first 400 characters are looked at.

    >>> identify_language("Short.")
    'too short to tell'
    >>> identify_language("The ferry company and its crews met again on Monday to talk about the new timetable. " * 4)
    'en'
    """
    sample = " ".join(text[: 2 * _LOOKED_AT].split())[:_LOOKED_AT]
    if len(sample) < _FEWEST_CHARACTERS:
        return TOO_SHORT
    import py3langid  # noqa: PLC0415 (its model takes a third of a second to load)

    return str(py3langid.classify(sample)[0])


def is_unspaced(text: str) -> bool:
    """Return whether a text is mostly in a script without spaces between words, as Chinese, Japanese or Thai.

    >>> is_unspaced("港口今天关闭。"), is_unspaced("The ferry to 東京 sails.")
    (True, False)
    """
    sample = "" if text.isascii() else text[:_LOOKED_AT]
    return len(_UNSPACED.findall(sample)) * 3 > len(sample)


def is_english(lang: str) -> bool:
    """Return whether English-only measures take a text: English, or too short to tell (measured, and said so).

    >>> is_english("en"), is_english("too short to tell"), is_english("de")
    (True, True, False)
    """
    return lang in ("en", TOO_SHORT)
