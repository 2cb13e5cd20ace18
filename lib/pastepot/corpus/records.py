"""What every reader gives: a record for each article, a problem for each file, row or member it could not take in."""

import contextlib
import functools
from collections.abc import Callable, Iterator, Mapping
from typing import Concatenate, NamedTuple, ParamSpec

Options = ParamSpec("Options")

BLANKS = " \t\r\n\f\v"
"""White space around a text or a field. A no-break space is not among them: databases put it after a label."""


class Record(NamedTuple):
    """One article as a reader found it; `text` is the raw text that every offset refers to.

    `path` is relative to the source, `file_start` counts the file's code points before the text, `fields` holds the
    reader's further columns, `notes` what the reader wants said about the article, `date_source` where the date was
    found if not in a field of that name, `where` the sheet and row, or the article, in its file (a row comes last),
    `line` the line of a text file on which the text starts, from 1 (0 where it is no stretch of a file), `label` the
    index of a data frame's row, as text, `field` the column or key of a row that holds the text.
    """

    text: str
    path: str
    reader: str
    encoding: str = "utf-8"
    file_start: int = 0
    doc_id: str = ""
    title: str = ""
    outlet: str = ""
    date: str = ""
    author: str = ""
    fields: Mapping[str, str] = {}
    notes: tuple[str, ...] = ()
    where: str = ""
    date_source: str = ""
    line: int = 0
    label: str = ""
    field: str = ""

    @property
    def has_guessed_date(self) -> bool:
        """Whether the reader inferred the date: then it is only a hint, and what metadata says comes first."""
        return "guessed" in self.date_source


def count_line_ends(text: str, start: int, end: int) -> int:
    r"""Return how many lines end in a stretch of text; a CR and an LF that follow each other are one end.

    >>> count_line_ends("a\r\nb\rc\n", 0, 5), count_line_ends("a\r\nb", 0, 2)
    (2, 0)
    """
    return text.count("\n", start, end) + text.count("\r", start, end) - text.count("\r\n", start, end + 1)


class Problem(NamedTuple):
    """One file, row or member that was not taken in (or only after a repair), and why."""

    path: str
    where: str
    reason: str


Found = Record | Problem
Reader = Callable[[str, bytes], Iterator[Found]]
Reading = Callable[Concatenate[str, Options], Iterator[Found]]


class UnreadableError(Exception):
    """A file, row or member that is not taken in; the message is the reason, in words."""


@contextlib.contextmanager
def explain_errors(damaged: str, *, missing: str, prefix: str = "") -> Iterator[None]:
    """Raise `UnreadableError` for what another library raises at hostile or damaged bytes, or where it is not there.

    Such a library lets through whatever a damaged part makes it meet; `damaged` may name the kind of error at ``{}``,
    and `prefix` comes before a reason that was found here.
    """
    try:
        yield
    except UnreadableError as error:
        raise UnreadableError(f"{prefix}{error}") from error
    except ImportError as error:
        raise UnreadableError(missing) from error
    except Exception as error:
        raise UnreadableError(damaged.format(type(error).__name__)) from error


def reader(read: Reading[Options]) -> Reading[Options]:
    """Return `read` so that where it raises `UnreadableError` it ends with a problem of the whole file or member."""

    @functools.wraps(read)
    def read_or_explain(path: str, /, *args: Options.args, **options: Options.kwargs) -> Iterator[Found]:
        try:
            yield from read(path, *args, **options)
        except UnreadableError as error:
            yield Problem(path, "", str(error))

    return read_or_explain
