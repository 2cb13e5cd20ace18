"""The fact-check sheet: each number of the prose, the table it was read from, and where to find it in the files."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

MOST_PLACES = 400
COLUMNS = ("number", "sentence", "chapter", "table", "places", "checked")
_NUMBER = re.compile(r"(?<![\w.,])[-−+]?\d+(?:,\d{3})*(?:\.\d+)?%?(?!\w)")
_SPANS = (("doc_id", "start", "end"), ("doc_a", "start_a", "end_a"), ("doc_b", "start_b", "end_b"))


def places_in(frames: Sequence[pd.DataFrame]) -> list[tuple[str, str]]:
    """Return, for each row of some tables, the table's name and the place in a file that it speaks of.

    >>> frame = pd.DataFrame({"doc_id": ["a.txt"], "start": [3], "end": [8]})
    >>> frame.attrs["table"] = "words"
    >>> places_in([frame])
    [('words', 'a.txt 3-8')]
    """
    return [
        (str(frame.attrs.get("table", "")), f"{row[0]} {row[1]}-{row[2]}" if len(row) > 2 else str(row[0]))
        for frame in frames
        for columns in _SPANS
        if columns[0] in frame.columns
        for row in frame[[column for column in columns if column in frame.columns]].itertuples(index=False, name=None)
    ]


def fact_check(notebooks: Mapping[str, Any]) -> str:
    """Return the sheet as CSV text: a row for each number in a sentence that names its evidence, in reading order."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(row for name, notebook in notebooks.items() for row in _facts(name, notebook))
    return sheet.getvalue()


def _facts(chapter: str, notebook: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of one chapter."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            said = output.get("data", {}).get("application/vnd.pastepot.say+json", {})
            evidence = said.get("evidence", [])
            tables = ", ".join(dict.fromkeys(table for table, _ in evidence))
            where = "; ".join(place for _, place in evidence[:MOST_PLACES])
            for number in _NUMBER.findall(said.get("text", "")) if evidence else []:
                yield number, said["text"], chapter, tables, where, ""
