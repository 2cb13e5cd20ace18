"""The fact-check sheet: each number of the prose, the table it comes from, and where to find it in the files."""

import contextlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from pastepot import errors, files, wording
from pastepot.corpus.corpus import Corpus
from pastepot.reporting.templates import own_data

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
    """Return, for each row of some tables, table and word, the article and the characters in its file.

    >>> frame = pd.DataFrame({"doc_id": ["a.txt"], "start": [3], "end": [8]})
    >>> frame.attrs |= {"table": "concordance", "settings": {"node": "ferry"}}
    >>> evidence_spans([frame])
    [('concordance of ferry', 'a.txt', '3-8')]
    >>> evidence_spans([frame[["doc_id"]]])
    [('concordance of ferry', 'a.txt', '')]
    """
    spans: list[tuple[str, str, str]] = []
    for frame in frames:
        node = frame.attrs.get("settings", {}).get("node") or []
        words = wording.list_words([node] if isinstance(node, str) else node)
        name = str(frame.attrs.get("table", "")) + (f" of {words}" if words else "")
        there = [columns for columns in _SPANS if set(columns) <= set(frame.columns)]
        # Both articles of a pair, else the most exact address.
        for columns in [columns for columns in there if columns[0] != "doc_id"] or there[:1]:
            rows = frame[list(columns)].itertuples(index=False, name=None)
            spans += [(name, str(doc_id), "-".join(map(str, span))) for doc_id, *span in rows]
    return spans


def fact_check(notebooks: Mapping[str, Any], corpus: Corpus | None = None) -> str:
    """Return the sheet as CSV text: a row for each number in a sentence that names its evidence, in reading order."""
    rows = [COLUMNS]
    sentences = [(name, say) for name, notebook in notebooks.items() for say in own_data(notebook, "say")]
    for chapter, sentence in sentences:
        text, evidence = sentence["text"], sentence["evidence"]
        tables = ", ".join(dict.fromkeys(str(name).partition(" of ")[0] for name, _, _ in evidence))
        places = _join_spans(evidence[:MOST_PLACES], corpus)
        rows += [(number, text, chapter, tables, places, "") for number in _NUMBER.findall(text) if evidence]
    return files.csv_text(rows)


def _join_spans(evidence: Sequence[Sequence[str]], corpus: Corpus | None) -> str:
    """Return addresses as text: table, word, article and its place in the source once, then the spans there.

    An article of another corpus, which a notebook may have read too, has no place in this one's source.
    """
    spans: dict[str, list[str]] = {}
    for name, doc_id, span in evidence:
        where, ends = doc_id, [int(end) for end in span.split("-") if end]
        with contextlib.suppress(errors.PastepotError):
            if corpus is not None:
                cited = corpus.cite(doc_id, *([*ends, *ends] or [0, 0])[:2])
                where = doc_id if cited.place == doc_id else f"{doc_id} ({cited.place})"
                ends = [cited.start, cited.end][: len(ends)]
        spans.setdefault(f"{name}: {where}", []).append("-".join(map(str, ends)))
    return "; ".join(f"{where} {', '.join(filter(None, there))}".strip() for where, there in spans.items())
