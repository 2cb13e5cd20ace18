"""Print how many million characters a second quotations and attributions take on one core, and what `sources` adds.

python benchmarks/quotations_speed.py ROWS    ROWS is a JSONL(.gz) of articles

Each table is made on a corpus that knows what the tables before it needed, so that a line is what this table adds.
"""

import argparse
import statistics
import time
from pathlib import Path

import pastepot as pp
from pastepot.text.quotations import find_quotations

RUNS = 7
TABLES = ("quotations", "sentences", "words", "attributions", "sources")


def seconds(texts: list[str]) -> float:
    """Return the CPU seconds of one pass over all texts, speakers included."""
    started = time.process_time()
    for text in texts:
        find_quotations(text)
    return time.process_time() - started


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=Path)
    corpus = pp.read(parser.parse_args().rows, clean="none")
    texts = [record.text for record in corpus.records]
    millions = sum(map(len, texts)) / 1e6
    median = statistics.median(seconds(texts) for _ in range(RUNS))
    print(f"find_quotations  {millions / median:.1f} million characters a CPU second, median of {RUNS} runs")
    for name in TABLES:
        started = time.process_time()
        rows = len(getattr(pp, name)(corpus))
        taken = time.process_time() - started
        print(f"{name:16} {taken:.1f} s, {millions / taken:.1f} million characters a second, {rows:,} rows")


if __name__ == "__main__":
    main()
