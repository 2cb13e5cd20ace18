"""Print how fast news is tokenised, as ratios of CPU time on one core.

    python benchmarks/token_store.py [DATA]

DATA is a folder that holds reuters.jsonl.gz (default: ../shared/data beside the checkout). Against two yardsticks,
run in turn in one process after a first call: a plain pattern with a dictionary that keeps numbers and offsets, and
merely joining the texts and encoding them.
"""

import gzip
import json
import re
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from pastepot.text.tokens import tokenize

RUNS = 9


def main(data: Path) -> None:
    """Print size, speed and both ratios."""
    texts = read_texts(data / "reuters.jsonl.gz")
    tokens = tokenize(texts)
    ours, plain, encoding = [], [], []
    for _ in range(RUNS):
        ours.append(seconds(tokenize, texts))
        plain.append(seconds(tokenize_plainly, texts))
        encoding.append(seconds(join_and_encode, texts))
    size = sum(map(len, texts)) / 1e6
    print(
        f"{len(texts):,} texts, {size:.1f} M characters, {len(tokens.ids):,} tokens, {len(tokens.vocabulary):,} types"
    )
    print(f"token store           {statistics.median(ours):.3f} s CPU, {size / statistics.median(ours):.0f} M chars/s")
    print(f"times a plain pattern {ratio(plain, ours):.1f} (goal: at least 5)")
    print(f"times encoding        {ratio(ours, encoding):.1f} (goal: at most 12)")


def read_texts(path: Path) -> list[str]:
    """Return title and text of each row."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = map(json.loads, lines)
        return [f"{row['title']}\n{row['text']}" for row in rows]


def seconds(function: Callable[[list[str]], object], texts: list[str]) -> float:
    """Return the CPU seconds of one call."""
    before = time.process_time()
    function(texts)
    return time.process_time() - before


def ratio(upper: list[float], lower: list[float]) -> float:
    """Return the median of the ratios of paired runs."""
    return statistics.median(a / b for a, b in zip(upper, lower, strict=True))


def tokenize_plainly(texts: list[str]) -> tuple[list[int], list[int], list[int]]:
    """Return number, start and end of each word, in pure Python."""
    numbers: dict[str, int] = {}
    ids, starts, ends = [], [], []
    for text in texts:
        for match in re.finditer(r"\w+", text):
            ids.append(numbers.setdefault(match.group(), len(numbers)))
            starts.append(match.start())
            ends.append(match.end())
    return ids, starts, ends


def join_and_encode(texts: list[str]) -> bytes:
    """Return all texts as UTF-8, the least that any tokeniser in this language does."""
    return "\n".join(texts).encode()


if __name__ == "__main__":
    default = Path(__file__).resolve().parents[1] / ".." / "shared" / "data"
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else default)
