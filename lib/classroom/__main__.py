"""The commands of the classroom: ``class`` writes both copies of each lesson, ``site`` a static site of them."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from classroom.handouts import write_class
from classroom.site import write_site
from pastepot import cli


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = argparse.ArgumentParser(prog="python3 run.py", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, work, meaning in (
        ("class", _class, "the lessons: a copy for students, one with answers"),
        ("site", _site, "the lessons as a static site, from a checkout"),
    ):
        command = commands.add_parser(name, help=meaning, description=meaning, allow_abbrev=False)
        command.add_argument("--out", type=Path, help=f"folder to write to; without it figures/{name}")
        command.set_defaults(work=work)
    options = parser.parse_args(arguments)
    return cli.run(options.work, options)


def _class(options: argparse.Namespace) -> int:
    """Write both copies of each lesson."""
    cli.write_message(f"Wrote {write_class(options.out)}: student, answers, and what both need.")
    return cli.DONE


def _site(options: argparse.Namespace) -> int:
    """Write the static site."""
    out = write_site(options.out)
    view = f"{sys.executable} -m http.server --bind 127.0.0.1 --directory {out}"
    cli.write_message(f"Wrote {out}. To look at it: {view}")
    return cli.DONE


if __name__ == "__main__":
    sys.exit(main())
