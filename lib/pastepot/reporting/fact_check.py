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
_SPANS: tuple[tuple[str, ...], ...] = (
    ("doc_id", "start", "end"),
    ("doc_a", "start_a", "end_a"),
    ("doc_b", "start_b", "end_b"),
    ("doc_id", "first_start"),
    ("doc_id",),
)


def evidence_spans(frames: Sequence[pd.DataFrame]) -> list[tuple[str, str, str]]:
    """Return, for each row of some tables, what was asked, the article and the place in its file.

    >>> frame = pd.DataFrame({"doc_id": ["a.txt"], "start": [3], "end": [8]})
    >>> frame.attrs |= {"table": "concordance", "settings": {"node": "ferry"}}
    >>> evidence_spans([frame])
    [('concordance of ferry', 'a.txt', '3-8')]
    >>> evidence_spans([frame[["doc_id"]]])
    [('concordance of ferry', 'a.txt', '')]
    """
    return [
        (_asked(frame), str(row[0]), "-".join(map(str, row[1:])))
        for frame in frames
        for columns in _spans_of(frame)
        for row in frame[list(columns)].itertuples(index=False, name=None)
    ]


def _spans_of(frame: pd.DataFrame) -> list[tuple[str, ...]]:
    """Return the columns that say where the rows of a table stand: both sides of a pair, else the most exact."""
    found = [columns for columns in _SPANS if set(columns) <= set(frame.columns)]
    return [columns for columns in found if columns[0] != "doc_id"] or found[:1]


def _asked(frame: pd.DataFrame) -> str:
    """Return a table's name, with the word that its lines were asked for."""
    node = frame.attrs.get("settings", {}).get("node")
    return str(frame.attrs.get("table", "")) + (f" of {node}" if node else "")


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
            tables = ", ".join(dict.fromkeys(str(asked).partition(" of ")[0] for asked, _, _ in evidence))
            where = _together(evidence[:MOST_PLACES])
            for number in _NUMBER.findall(said.get("text", "")) if evidence else []:
                yield number, said["text"], chapter, tables, where, ""


def _together(evidence: Sequence[Sequence[str]]) -> str:
    """Return places as text: what was asked and the article once, then its spans."""
    places: dict[str, list[str]] = {}
    for asked, doc_id, span in evidence:
        places.setdefault(f"{asked}: {doc_id}", []).append(span)
    return "; ".join(f"{where} {', '.join(filter(None, spans))}".strip() for where, spans in places.items())
