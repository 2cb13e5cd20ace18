"""Print how many million characters a second the sentence splitter takes on one core, on a JSONL(.gz) of paragraphs.

python benchmarks/sentences_speed.py ROWS [--out PRED]    ROWS has doc_id and text; PRED gets doc_id, start, end
"""

import argparse
import gzip
import json
import statistics
import time
from pathlib import Path

from pastepot.text.sentences import split_sentences

RUNS = 7


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a JSONL file, packed or not."""
    packed = path.read_bytes()
    lines = (gzip.decompress(packed) if path.suffix == ".gz" else packed).splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def seconds(texts: list[str]) -> float:
    """Return the CPU seconds of one pass over all texts."""
    started = time.process_time()
    for text in texts:
        split_sentences(text)
    return time.process_time() - started


def main() -> None:
    """Measure, print, and write the spans if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    rows = read_rows(options.rows)
    texts = [row["text"] for row in rows]
    median = statistics.median(seconds(texts) for _ in range(RUNS))
    print(f"{sum(map(len, texts)) / median / 1e6:.1f} million characters a CPU second, median of {RUNS} runs")
    if options.out:
        spans = ((row["doc_id"], span) for row in rows for span in split_sentences(row["text"]))
        lines = (json.dumps({"doc_id": doc_id, "start": span[0], "end": span[1]}) for doc_id, span in spans)
        options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
