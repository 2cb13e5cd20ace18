"""Print how well and how fast duplicate passages are found in news with planted ones.

    python benchmarks/reuse_bench.py [--sizes 500 2000 10000] [--seeds 1 2 3] [--boiler .05] [--shared ../shared]

SHARED is a folder with bench/make_reuse_bench.py, bench/score_reuse.py and data/reuters.jsonl.gz. The sets are made
in a temporary folder. Thresholds were chosen on seeds 1 to 9: publish figures of other seeds. All goes the way that
users go: `pp.read`, `pp.passages`, and the table written as JSON lines.

CPU is a ratio to a plain `re.findall` of the lower-cased texts in the same run, the median of five fresh processes.
The first figure is for reading, finding and writing after a first call on three one-line articles, whatever a large
call has to load included; the second for the whole command, from starting Python on.
"""

import argparse
import json
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pandas as pd

from pastepot import files
from pastepot.corpus.read import read
from pastepot.reuse.passages import passages

PLAIN_WORD = re.compile(r"[^\W_]+")
ROUNDS = 5
MEASURES = ("plagdet", "precision", "recall", "granularity")


def main() -> None:
    """Print one line a set, then the recall of each kind."""
    options = parse()
    if options.once:
        print(cost(options.once, options.match))
        return
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
    parser.add_argument("--match", default="fuzzy")
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--once", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def figures(options: argparse.Namespace, size: int, seed: int, prefix: Path) -> str:
    """Return the measures of one made set, in words and numbers."""
    bench = options.shared / "bench"
    wanted = ["--n", size, "--seed", seed, "--boiler", options.boiler]
    make_set(bench, options.shared / "data" / "reuters.jsonl.gz", wanted, prefix)
    inside = statistics.median(fresh_cost(prefix, options.match) for _ in range(ROUNDS))
    whole = statistics.median(whole_cost(prefix, options.match) for _ in range(ROUNDS))
    found = score(bench, prefix)
    kinds = "  ".join(f"{kind} {values['recall']:.3f}" for kind, values in found["by_kind"].items())
    measures = "  ".join(f"{name} {found[name]:.4f}" for name in MEASURES)
    false = f"false {found['false_alarms']} of {found['pred']}"
    return f"{measures}  {false}  CPU {inside:.2f}x, whole process {whole:.1f}x\n    {kinds}"


def make_set(bench: Path, base: Path, wanted: list[object], prefix: Path) -> None:
    """Write PREFIX.docs.jsonl, PREFIX.gold.jsonl and PREFIX.ignore.jsonl."""
    command = [sys.executable, bench / "make_reuse_bench.py", "--jsonl", base, *wanted, "--out", prefix]
    subprocess.run(list(map(str, command)), check=True, capture_output=True)


def score(bench: Path, prefix: Path) -> Any:  # noqa: ANN401 (the scorer's JSON)
    """Return the scorer's measures for PREFIX.found.jsonl."""
    command = [sys.executable, bench / "score_reuse.py", f"{prefix}.gold.jsonl", f"{prefix}.found.jsonl", "--json"]
    return json.loads(subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True).stdout)


def fresh_cost(prefix: Path, match: str) -> float:
    """Return `cost` in a process of its own."""
    command = [sys.executable, __file__, "--once", str(prefix), "--match", match]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def cost(prefix: Path, match: Any) -> float:  # noqa: ANN401 (one of its choices)
    """Write the passages of PREFIX.docs.jsonl, and return the CPU of it as a ratio to plainly splitting into words."""
    lines = ["The ferry sails at noon.", "The harbour is shut.", "No crossing before Thursday."]
    passages(read(pd.DataFrame({"text": lines})), match=match)
    before = time.process_time()
    corpus = read(f"{prefix}.docs.jsonl", clean="none")
    files.write_table(passages(corpus, match=match), Path(f"{prefix}.found.jsonl"), format="jsonl")
    return (time.process_time() - before) / plain_cost(prefix)


def whole_cost(prefix: Path, match: str) -> float:
    """Return the CPU of the command, from starting Python on, as a ratio to plainly splitting into words."""
    before = of_children()
    options = ["--match", match, "--clean", "none", "--format", "jsonl", "--out", f"{prefix}.found.jsonl"]
    command = [sys.executable, "-m", "pastepot.cli", "passages", f"{prefix}.docs.jsonl", *options]
    subprocess.run(command, check=True, capture_output=True)
    return (of_children() - before) / plain_cost(prefix)


def of_children() -> float:
    """Return the CPU of the processes that this one has started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def plain_cost(prefix: Path) -> float:
    """Return the CPU of splitting the texts plainly into lower-case words."""
    with Path(f"{prefix}.docs.jsonl").open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    before = time.process_time()
    for text in texts:
        PLAIN_WORD.findall(text.lower())
    return time.process_time() - before


if __name__ == "__main__":
    main()
