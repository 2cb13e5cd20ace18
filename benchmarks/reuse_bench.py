"""Print how well and how fast duplicate passages are found in news with planted ones.

    python benchmarks/reuse_bench.py [--sizes 500 2000 10000] [--seeds 1 2 3] [--boiler .05] [--shared ../shared]

SHARED is a folder with bench/make_reuse_bench.py, bench/score_reuse.py and data/reuters.jsonl.gz. The sets are made
in a temporary folder. Thresholds were chosen on seeds 1 to 9: publish figures of other seeds. CPU is that of reading,
detecting and writing, after a first call on three one-line articles, as a ratio to a plain `re.findall` of the
lower-cased texts in the same run.
"""

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from pastepot.reuse.detect import Reuse, find_reuse
from pastepot.text.tokens import Tokens, terms_of, tokenize

PLAIN_WORD = re.compile(r"[^\W_]+")
ROUNDS = 3
MEASURES = ("plagdet", "precision", "recall", "granularity")


def main() -> None:
    """Print one line a set, then the recall of each kind."""
    options = parse()
    warm()
    for size in options.sizes:
        for seed in options.seeds:
            with tempfile.TemporaryDirectory() as folder:
                print(f"{size:>6} seed {seed}: {figures(options, size, seed, Path(folder) / 'set')}", flush=True)


def parse() -> argparse.Namespace:
    """Return the command line's options."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[500, 2000, 10000])
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--boiler", type=float, default=0.0, help="share of documents with one same footer")
    parser.add_argument("--level", default="passage")
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    return parser.parse_args()


def warm() -> None:
    """Load what a first call loads."""
    search(["The ferry sails at noon.", "The harbour is shut.", "No crossing before Thursday."], "passage")


def figures(options: argparse.Namespace, size: int, seed: int, prefix: Path) -> str:
    """Return the measures of one made set, in words and numbers."""
    bench = options.shared / "bench"
    wanted = ["--n", size, "--seed", seed, "--boiler", options.boiler]
    make_set(bench, options.shared / "data" / "reuters.jsonl.gz", wanted, prefix)
    ratios = [cost(prefix, options.level) for _ in range(ROUNDS)]
    found = score(bench, prefix)
    kinds = "  ".join(f"{kind} {values['recall']:.3f}" for kind, values in found["by_kind"].items())
    measures = "  ".join(f"{name} {found[name]:.4f}" for name in MEASURES)
    false = f"false {found['false_alarms']} of {found['pred']}"
    return f"{measures}  {false}  CPU {statistics.median(ratios):.1f}x\n    {kinds}"


def make_set(bench: Path, base: Path, wanted: list[object], prefix: Path) -> None:
    """Write PREFIX.docs.jsonl, PREFIX.gold.jsonl and PREFIX.ignore.jsonl."""
    command = [sys.executable, bench / "make_reuse_bench.py", "--jsonl", base, *wanted, "--out", prefix]
    subprocess.run(list(map(str, command)), check=True, capture_output=True)


def score(bench: Path, prefix: Path) -> Any:  # noqa: ANN401 (the scorer's JSON)
    """Return the scorer's measures for PREFIX.found.jsonl."""
    command = [sys.executable, bench / "score_reuse.py", f"{prefix}.gold.jsonl", f"{prefix}.found.jsonl", "--json"]
    return json.loads(subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True).stdout)


def cost(prefix: Path, level: str) -> float:
    """Return the CPU of finding passages in PREFIX.docs.jsonl, as a ratio to splitting it plainly into words."""
    before = time.process_time()
    rows = read(prefix)
    tokens, reuse = search([row["text"] for row in rows], level)
    write(Path(f"{prefix}.found.jsonl"), [row["id"] for row in rows], tokens, reuse)
    ours = time.process_time() - before
    before = time.process_time()
    for row in rows:
        PLAIN_WORD.findall(row["text"].lower())
    return ours / (time.process_time() - before)


def read(prefix: Path) -> list[dict[str, str]]:
    """Return the documents of a set."""
    with Path(f"{prefix}.docs.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def search(texts: list[str], level: str) -> tuple[Tokens, Reuse]:
    """Return the tokens of the texts and what is reused among them."""
    tokens = tokenize(texts)
    numbers, terms = terms_of(tokens)
    return tokens, find_reuse(numbers[tokens.ids], tokens.bounds, level=level, vocabulary=terms)


def write(path: Path, names: list[str], tokens: Tokens, reuse: Reuse) -> None:
    """Write the passages with offsets into the texts, one JSON object a line."""
    found = reuse.passages
    columns: dict[str, list[Any]] = {}
    for side in "ab":
        columns[f"doc_{side}"] = [names[number] for number in found[f"doc_{side}"].tolist()]
        columns[f"start_{side}"] = tokens.starts[found[f"first_{side}"]].tolist()
        columns[f"end_{side}"] = tokens.ends[found[f"last_{side}"] - 1].tolist()
    rows = (dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True))
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    main()
