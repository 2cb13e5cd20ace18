"""The command line: one command a table, and `report`.

Data goes to standard output or --out; messages go to standard error. Exit 0: done; 1: done, with problems listed;
2: nothing done, and one sentence why.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import pandas as pd

from pastepot import errors, escape, files, tables
from pastepot.corpus.corpus import Corpus, problems
from pastepot.corpus.read import read

DONE, WITH_PROBLEMS, NOTHING = 0, 1, 2
_SHOWN_PROBLEMS = 20


def _names(text: str) -> list[str]:
    """Return the names in a list separated by commas."""
    return [name.strip() for name in text.split(",") if name.strip()]


def _parts(text: str) -> str | list[str]:
    """Return an option that takes ``all`` or names separated by commas."""
    return text if text == "all" else _names(text)


def _whole_numbers(text: str) -> list[int]:
    """Return the whole numbers in a list separated by commas."""
    try:
        return [int(number) for number in text.split(",")]
    except ValueError as error:
        message = f"{text!r} is neither a whole number nor several separated by commas"
        raise argparse.ArgumentTypeError(message) from error


def _window(text: str) -> list[int]:
    """Return words before and after; one number is both."""
    numbers = _whole_numbers(text)
    return numbers * 2 if len(numbers) == 1 else numbers


def _pair(text: str, example: str = "outlet=A") -> tuple[str, str]:
    """Return what is left and right of the equals sign, as in `example`."""
    name, _, value = (part.strip() for part in text.partition("="))
    if not (name and value):
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form {example}")
    return name, value


def _target(text: str) -> tuple[str, list[str]]:
    """Return name and patterns of ``NATO=NATO,the alliance``."""
    name, patterns = _pair(text, "'NATO=NATO,the alliance'")
    return name, _names(patterns)


TYPES: Mapping[str, Callable[[str], Any]] = {
    "int": int,
    "path": Path,
    "names": _names,
    "parts": _parts,
    "whole_numbers": _whole_numbers,
    "window": _window,
    "selection": _pair,
    "target": _target,
    "column": partial(_pair, example="text=inhalt"),
}
_DATA = files.data("commands.toml")
READING = ("clean", "drop", "label", "off", "columns", "dates", "encoding", "outlet")
COMMANDS: Mapping[str, Sequence[str]] = {name: options.split() for name, options in _DATA["commands"].items()}


class _Parser(argparse.ArgumentParser):
    """A parser whose error message is one sentence."""

    def error(self, message: str) -> NoReturn:
        write_message(f"{self.prog}: {message}. See {self.prog} --help.")
        raise SystemExit(NOTHING)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(arguments)
    return run(options.work, options)


def run(work: Callable[[argparse.Namespace], int], options: argparse.Namespace) -> int:
    """Return the exit code of `work`; whatever stops it becomes one sentence."""
    try:
        return work(options)
    except errors.PastepotError as error:
        write_message(str(error))
    except BrokenPipeError:  # who reads standard output has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        write_message(f"{error.filename or options.out or 'output'} cannot be written or read: {error.strerror}.")
    except KeyboardInterrupt:
        write_message("Stopped; nothing was left half written.")
    return NOTHING


def _parser() -> _Parser:
    """Return the parser of the command line."""
    version = importlib.import_module("pastepot").__version__
    parser = _Parser(prog="pastepot", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--version", action="version", version=f"pastepot {version}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, options in COMMANDS.items():
        table = tables.TABLES[name]
        command = commands.add_parser(name, help=f"{table.caption.lower()}: {table.row} a row", allow_abbrev=False)
        _add_options(command, name, ["source", *READING, *options, "format", "out"])
        command.set_defaults(work=_table)
    report = commands.add_parser("report", help="one page with text, figures and tables", allow_abbrev=False)
    _add_options(report, "report", ["source", "out", "excerpts"])
    report.set_defaults(work=_report)
    return parser


def _add_options(parser: argparse.ArgumentParser, command: str, names: Iterable[str]) -> None:
    """Add what a command takes; a source and a node come without a flag."""
    for name in names:
        settings = dict(_DATA["options"].get(f"{command} {name}", _DATA["options"][name]))
        flag = settings.pop("flag", name).replace("_", "-")
        if "type" in settings:
            settings["type"] = TYPES[settings["type"]]
        if name in ("source", "node"):
            parser.add_argument(name, **settings)
        else:
            parser.add_argument(f"--{flag}", dest=name, **{"default": None, **settings})


def _table(options: argparse.Namespace) -> int:
    """Make one table and write it."""
    suffix = options.out.suffix.lstrip(".").lower() if options.out else "csv"
    form = errors.one_of("format", options.format or suffix, files.FORMATS)
    if options.out:
        is_read = "text" in tables.TABLES[options.command].columns
        files.check_output(options.out, Path(options.source), is_read=is_read)
    reading = {name: getattr(options, name) for name in READING}
    corpus = read(options.source, **reading | {"columns": dict(options.columns)})
    function = getattr(importlib.import_module("pastepot"), options.command)
    frame = function(corpus, **_given(corpus, options))
    _write(frame, options.out, form)
    write_message(tables.describe_table(frame))
    return _report_problems(corpus)


def _given(corpus: Corpus, options: argparse.Namespace) -> dict[str, Any]:
    """Return the options that were given, as the function of the table takes them."""
    values = {name: getattr(options, name) for name in COMMANDS[options.command]}
    given = {name: value for name, value in values.items() if value not in (None, [])}
    if len(given.get("node", [])) == 1:
        given["node"] = given["node"][0]
    for name in {"target", "reference"} & given.keys():
        columns = dict.fromkeys(column for column, _ in given[name])
        given[name] = {column: [value for other, value in given[name] if other == column] for column in columns}
    if given.get("reprints") == "once":
        given["passages"] = importlib.import_module("pastepot").passages(corpus)
    return given


def _write(frame: pd.DataFrame, out: Path | None, form: str) -> None:
    """Write a table to its file, or to standard output with control characters spelled out."""
    if out:
        files.write_table(frame, out, format=form)
        return
    if form == "csv":
        frame = frame.map(lambda value: escape.show_controls(value) if isinstance(value, str) else value)
        frame = frame.rename(columns=lambda name: escape.show_controls(str(name)))
    files.stream_table(frame, sys.stdout.buffer, format=form)
    sys.stdout.flush()


def _report(options: argparse.Namespace) -> int:
    """Write the report."""
    from pastepot.reporting.notebooks import write_report  # noqa: PLC0415 (a table must not wait for matplotlib)

    path, corpus = write_report(options.source, out=options.out, excerpts=options.excerpts)
    write_message(f"Wrote {path}.")
    return _report_problems(corpus)


def _report_problems(corpus: Corpus) -> int:
    """Say what was not read, or read with a remark, and return the exit code that follows."""
    for record in corpus.records:
        for note in record.notes:
            write_message(f"{', '.join(filter(None, [record.path, record.where]))}: {note}.")
    for remark in corpus.remarks:
        write_message(remark)
    unread = problems(corpus)
    for row in unread.head(_SHOWN_PROBLEMS).itertuples():
        write_message(f"{row.path}{', ' if row.where else ''}{row.where}: {row.reason}.")
    if len(unread) > _SHOWN_PROBLEMS:
        write_message(f"{len(unread) - _SHOWN_PROBLEMS:,} more; the command problems lists them all.")
    return WITH_PROBLEMS if len(unread) else DONE


def write_message(message: str) -> None:
    """Write one line to standard error, safe for a terminal."""
    sys.stderr.write(escape.escape_terminal(message) + "\n")


if __name__ == "__main__":
    sys.exit(main())
