"""The fact-check sheet: each number of the prose, the table it comes from, and where to find it in the files."""

import contextlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from pastepot import errors, files, wording
from pastepot.corpus.corpus import Corpus
from pastepot.reporting.templates import own_data
from pastepot.text.annotations import one_line, words

MOST_PLACES = 400
COLUMNS = ("number", "sentence", "chapter", "table", "places", "text", "checked")
LINES = 2
"""Of each table and word, so many places are quoted, with `AROUND` characters on each side."""
AROUND = 80
_QUOTED = re.compile("“[^”]*”")
_NUMBER = re.compile(
    r"(?<![\w.,−–-])(?:\d{4}-\d\d(?:-\d\d)?(?![\w-])|[-−+]?\d+(?:,\d{3})*(?:\.\d+)?%?(?![\w–]|-\d)"
    r"|(?i:no|none|never|once|both(?! zero)|the one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
    r"(?![\w-]))"
)
"""A number in figures or words, or a date; a range of characters is an address, and a file's name has none."""
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
    >>> evidence_spans([frame[["doc_id"]].assign(term="quay")])
    [('concordance of quay', 'a.txt', '')]
    """
    spans: list[tuple[str, str, str]] = []
    for frame in frames:
        node = frame.attrs.get("settings", {}).get("node") or []
        node = wording.list_words([node] if isinstance(node, str) else node)
        words = frame["term"] if "term" in frame else [node] * len(frame)
        table = str(frame.attrs.get("table", ""))
        names = [table + f" of {word}" * bool(word) for word in words]
        there = [columns for columns in _SPANS if set(columns) <= set(frame.columns)]
        # Both articles of a pair, else the most exact address.
        for columns in [columns for columns in there if columns[0] != "doc_id"] or there[:1]:
            rows = frame[list(columns)].itertuples(index=False, name=None)
            spans += [
                (name, str(doc_id), "-".join(map(str, span))) for name, (doc_id, *span) in zip(names, rows, strict=True)
            ]
    return spans


def fact_check(notebooks: Mapping[str, Any], corpus: Corpus | None = None) -> str:
    """Return the sheet as CSV text: a row for each number in a sentence that names its evidence, in reading order."""
    rows = [COLUMNS]
    sentences = [(name, say) for name, notebook in notebooks.items() for say in own_data(notebook, "say")]
    for chapter, sentence in sentences:
        text, evidence = sentence["text"], sentence["evidence"]
        tables = ", ".join(dict.fromkeys(str(name).partition(" of ")[0] for name, _, _ in evidence))
        if corpus is not None and any(str(name).startswith("headline_words of ") for name, *_ in evidence):
            evidence = _place_headings(evidence, corpus)
        places = _join_spans(evidence[:MOST_PLACES], corpus)
        lines = _quote_places(evidence, corpus) if corpus is not None else ""
        numbers = _NUMBER.findall(_QUOTED.sub("“”", text)) if evidence else []
        rows += [(number, text, chapter, tables, places, lines, "") for number in numbers]
    return files.csv_text(rows)


def _place_headings(evidence: Sequence[Sequence[str]], corpus: Corpus) -> list[Sequence[str]]:
    """Return evidence in which words of headings have the place of their first occurrence in the article's headings."""
    heads = words(corpus).query("part in ['title', 'subheading']").drop_duplicates(["doc_id", "term"])
    spans = {(f"headline_words of {row.term}", row.doc_id): f"{row.start}-{row.end}" for row in heads.itertuples()}
    return [(name, doc_id, span or spans.get((name, doc_id), "")) for name, doc_id, span in evidence]


def _quote_places(evidence: Sequence[Sequence[str]], corpus: Corpus) -> str:
    """Return the first places of each table and word with the words around them, to be read without opening a file."""
    texts = dict(zip(corpus.doc_ids, (record.text for record in corpus.records), strict=True))
    seen, lines = Counter[str](), []
    for name, doc_id, span in evidence:
        if span and doc_id in texts and seen[name] < LINES:
            seen[name] += 1
            text, (start, *ends) = texts[doc_id], map(int, span.split("-"))
            low, high = max(start - AROUND, 0), min([*ends, start][0], start + 3 * AROUND) + AROUND
            line = text[low:high].split(" ")[low > 0 : None if high >= len(text) else -1]
            lines.append(f"{doc_id}: “{one_line(' '.join(line))}”")
    return " | ".join(lines)


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
        spans.setdefault(f"{name}: {where}" if name else where, []).append("-".join(map(str, ends)))
    return "; ".join(f"{where} {', '.join(filter(None, there))}".strip() for where, there in spans.items())
