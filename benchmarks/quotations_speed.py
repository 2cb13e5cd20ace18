"""Print how many million characters a second the quotation finder takes on one core, on a JSONL(.gz) of articles.

python benchmarks/quotations_speed.py ROWS [--out PRED]    ROWS has doc_id and text; PRED gets its quotations
"""

import argparse
import gzip
import json
import statistics
import time
from pathlib import Path

from pastepot.text.quotations import find_quotations

RUNS = 7


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a JSONL file, packed or not."""
    packed = path.read_bytes()
    lines = (gzip.decompress(packed) if path.suffix == ".gz" else packed).splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def seconds(texts: list[str]) -> float:
    """Return the CPU seconds of one pass over all texts, speakers included."""
    started = time.process_time()
    for text in texts:
        find_quotations(text)
    return time.process_time() - started


def predictions(rows: list[dict[str, str]]) -> list[str]:
    """Return the quotations in double marks as JSON lines, strays left out."""
    return [
        json.dumps({"doc_id": row["doc_id"], **found._asdict()})
        for row in rows
        for found in find_quotations(row["text"])
        if found.flag != "stray" and found.quote_marks == "double"
    ]


def main() -> None:
    """Measure, print, and write the quotations if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    rows = read_rows(options.rows)
    texts = [row["text"] for row in rows]
    median = statistics.median(seconds(texts) for _ in range(RUNS))
    print(f"{sum(map(len, texts)) / median / 1e6:.1f} million characters a CPU second, median of {RUNS} runs")
    if options.out:
        options.out.write_text("\n".join(predictions(rows)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
