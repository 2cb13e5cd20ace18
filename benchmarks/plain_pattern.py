"""Speakers and statements by a plain pattern, a name beside a verb of speech, scored as Pastepot's tables are.

    python benchmarks/plain_pattern.py ../shared [SPLIT ...]

This is what one writes in an afternoon: five verbs in two tenses, capitalised words or a pronoun, before or behind. Of
tools that find sources without a network, textacy's quotations need a parser's model that no package index offers.
"""

import argparse
import gzip
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pastepot as pp

NAME = r"(?:[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)*|he|she|they|He|She|They)"
VERB = r"(?:said|says|told|tells|added|adds|wrote|writes|according to)"
QUOTED = re.compile(r"[“\"]([^“”\"\n]+)[”\"]")
BEHIND = re.compile(rf"\s*(?:({NAME}) {VERB}|{VERB} ({NAME}))")
BEFORE = re.compile(rf"({NAME}) {VERB}[^.“\"\n]{{0,40}}$")
STATED = re.compile(rf"({NAME}) (?:said|says|added|adds|wrote|writes)(?: that)? ([^.“\"\n]+)")
ACCORDING = re.compile(rf"[Aa]ccording to ({NAME}), ([^.“\"\n]+)")

Row = dict[str, str | int]


def quotations(doc_id: str, text: str) -> Iterator[Row]:
    """Yield each span between double marks with the name beside it."""
    for match in QUOTED.finditer(text):
        behind = BEHIND.match(text, match.end())
        before = BEFORE.search(text, max(0, match.start() - 100), match.start())
        row: Row = {"doc_id": doc_id, "start": match.start(), "end": match.end()}
        found = behind or before
        if found:
            group = 1 if found[1] else 2
            row |= {"speaker_start": found.start(group), "speaker_end": found.end(group)}
        yield row


def statements(doc_id: str, text: str) -> Iterator[Row]:
    """Yield what stands behind a name and a verb."""
    for pattern in (STATED, ACCORDING):
        for match in pattern.finditer(text):
            yield {"doc_id": doc_id, "kind": "indirect", "start": match.start(2), "end": match.end(2),
                   "source_start": match.start(1), "source_end": match.end(1)}  # fmt: skip


def score(scorer: Path, gold: Path, rows: list[Row]) -> dict[str, dict[str, float]]:
    """Return the figures of a public scorer."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "predicted.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        command = [sys.executable, str(scorer), str(gold), str(path), "--json"]
        return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def ours(source: Path) -> tuple[list[Row], list[Row]]:
    """Return Pastepot's quotations and attributions in the scorers' form."""
    corpus = pp.read(source, clean="none")
    found = []
    for frame in (pp.quotations(corpus, quote_marks="double"), pp.attributions(corpus)):
        kept = frame[
            [name for name in frame if name in {"doc_id", "kind", "start", "end"} or name[:7] in {"speaker", "source_"}]
        ]
        rows = json.loads(kept.to_json(orient="records"))
        found.append([{key: value for key, value in row.items() if value is not None} for row in rows])
    return found[0], found[1]


def balance(precision: float, recall: float) -> str:
    """Return precision, recall and their harmonic mean."""
    return f"P {precision:.3f}  R {recall:.3f}  F1 {2 * precision * recall / max(precision + recall, 1e-9):.3f}"


def main() -> None:
    """Print the figures of both, one line a measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="the folder with bench and data")
    parser.add_argument("split", nargs="*", default=["dev"], help="dev (default) or train")
    options = parser.parse_args()
    for split in options.split:
        gold = options.shared / "data" / f"polnear_{split}.jsonl.gz"
        with gzip.open(gold, "rt", encoding="utf-8") as file:
            texts = [json.loads(line) for line in file]
        plain = [
            [row for text in texts for row in find(text["doc_id"], text["text"])] for find in (quotations, statements)
        ]
        for name, (spans, stated) in (("pattern", plain), ("Pastepot", ours(gold))):
            speaker = score(options.shared / "bench" / "score_quotes.py", gold, spans)["speaker"]
            indirect = score(options.shared / "bench" / "score_attributions.py", gold, stated)["indirect"]
            print(f"{split} {name:8} speakers  {balance(speaker['precision'], speaker['recall'])}")
            print(f"{split} {name:8} indirect  {balance(indirect['precision'], indirect['recall'])}")
            print(f"{split} {name:8} sources   {balance(indirect['source_precision'], indirect['source_recall'])}")


if __name__ == "__main__":
    main()
