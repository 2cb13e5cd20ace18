"""Print how duplicate passages cope with many articles, many copies and much boilerplate, one part at a time.

    python benchmarks/reuse_scale.py {size,growth,copies,cluster,block,two} [--seed 11] [--shared ../shared]

size: peak memory of the command on 10,000 and 100,000 documents. growth: its CPU on 100,000 against 10,000, imports
apart. copies: 500 copies of one article among 2,000 documents, against the same without them. cluster: 100,000 copies
of one article. block: 20,000 documents that share a block of 2 kB, made longer so that it is under half of most. two:
two articles in a fresh process. SHARED is the folder that reuse_bench.py needs. Sets of more than 6,888 documents are
filled up with shuffled ones: for size alone.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from reuse_bench import make_set, of_children

LINES = ("The ferry sails at noon.", "The harbour is shut.", "No crossing before Thursday.")
RUN = """
import resource, sys, time
import pandas as pd
import pastepot as pp
from pastepot import files
from pathlib import Path
pp.passages(pp.read(pd.DataFrame({"text": LINES})), match="fuzzy")
before = time.process_time()
corpus = pp.read(sys.argv[1], clean="none")
found = pp.passages(corpus, match="fuzzy")
files.write_table(found, Path(sys.argv[1] + ".found"), format="jsonl")
used = time.process_time() - before
told = pp.clusters(corpus, found)["copies"].head(3).tolist() if "clusters" in sys.argv else ""
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{used:.3f} {peak:.0f} {len(found)} {told}")
"""
BLOCK = """
import sys
import pastepot as pp
from pastepot.reuse import alignment
drawn = []
order_runs = alignment.order_runs
def counted(*runs, faint):
    seeds, edges = order_runs(*runs, faint=faint)
    drawn.append(len(edges) - 1)
    return seeds, edges
alignment.order_runs = counted
corpus = pp.read(sys.argv[1], clean="none")
blocks = pp.boilerplate(corpus)
largest = blocks.sort_values("articles").iloc[-1]
print(f"a block in {largest['articles']:,} articles, {largest['words']} words ({largest['rule']});",
      f"{drawn[0] / len(corpus):.1f} candidate pairs a document")
"""


def main() -> None:
    """Print one part."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        PARTS[options.part](options, Path(folder) / "set")


def documents(options: argparse.Namespace, size: int, prefix: Path) -> Path:
    """Return the file of a made set of `size` documents."""
    base = options.shared / "data" / "reuters.jsonl.gz"
    make_set(options.shared / "bench", base, ["--n", size, "--seed", options.seed], prefix)
    return Path(f"{prefix}.docs.jsonl")


def run(program: str, *arguments: object) -> str:
    """Return what a program prints that runs in a process of its own."""
    command = [sys.executable, "-c", program.replace("LINES", repr(list(LINES))), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def size(options: argparse.Namespace, prefix: Path) -> None:
    """Print peak memory."""
    for number in (10_000, 100_000):
        cpu, peak, *_ = run(RUN, documents(options, number, prefix)).split()
        print(f"{number:,} documents: peak {peak} MB, CPU {cpu} s", flush=True)


def growth(options: argparse.Namespace, prefix: Path) -> None:
    """Print the growth of CPU."""
    small, large = (float(run(RUN, documents(options, number, prefix)).split()[0]) for number in (10_000, 100_000))
    print(f"CPU {small:.2f} s for 10,000, {large:.2f} s for 100,000: {large / small:.1f} times")


def copies(options: argparse.Namespace, prefix: Path) -> None:
    """Print the cost of 500 copies of one article."""
    plain = documents(options, 2000, prefix)
    lines = plain.read_text(encoding="utf-8").splitlines()
    row = json.loads(max(lines[:200], key=len))
    many = plain.with_name("copies.jsonl")
    written(many, [*lines, *(json.dumps(row | {"id": f"copy {number}"}) for number in range(499))])
    before, after = (run(RUN, path, "clusters").split(" ", 3) for path in (plain, many))
    print(f"CPU {before[0]} s without, {after[0]} s with: {float(after[0]) / float(before[0]):.2f} times")
    print(f"copies of the largest clusters: {before[3]} without, {after[3]} with")


def cluster(_options: argparse.Namespace, prefix: Path) -> None:
    """Print what becomes of 100,000 copies of one article."""
    text = " ".join(f"word{number * number % 977}" for number in range(300))
    path = Path(f"{prefix}.jsonl")
    written(path, [json.dumps({"id": f"copy {number}", "text": text}) for number in range(100_000)])
    cpu, peak, rows, told = run(RUN, path, "clusters").split(" ", 3)
    print(f"CPU {cpu} s, peak {peak} MB, {rows} rows, copies of each cluster: {told}")


def block(options: argparse.Namespace, prefix: Path) -> None:
    """Print what becomes of a block of 2 kB that 20,000 documents share."""
    path = documents(options, 20_000, prefix)
    shared = " ".join(f"notice{number * number % 911}" for number in range(200))
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    written(path, [json.dumps(row | {"text": f"{longer(rows, place)}\n{shared}"}) for place, row in enumerate(rows)])
    print(run(BLOCK, path))


def longer(rows: Sequence[Mapping[str, str]], place: int) -> str:
    """Return the text of a row, and the words of two others in an order that no other row has."""
    more = " ".join(row["text"] for row in rows[place - 2 : place] or rows[:2]).split()
    random.Random(place).shuffle(more)  # noqa: S311 (no secret)
    return f"{rows[place]['text']}\n{' '.join(more)}"


def two(_options: argparse.Namespace, prefix: Path) -> None:
    """Print what two articles cost in a fresh process, and whether a compiler was started."""
    folder = Path(f"{prefix}.articles")
    folder.mkdir()
    for number in range(2):
        story = " ".join(f"{LINES[line % 3]} Sailing {line * (number + 1)}." for line in range(250))
        (folder / f"{number}.txt").write_text(story, encoding="utf-8")
    before, begun = of_children(), time.monotonic()
    code = "import sys; from pastepot.cli import main; main(); print('numba' in sys.modules, 'llvmlite' in sys.modules)"
    command = [sys.executable, "-c", code, "passages", str(folder), "--out", f"{prefix}.csv"]
    shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    print(f"CPU {of_children() - before:.2f} s, wall {time.monotonic() - begun:.2f} s; compiler started: {shown}")


def written(path: Path, lines: Sequence[str]) -> None:
    """Write `lines` to `path`."""
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


PARTS: Mapping[str, Callable[[argparse.Namespace, Path], None]] = {
    "size": size,
    "growth": growth,
    "copies": copies,
    "cluster": cluster,
    "block": block,
    "two": two,
}

if __name__ == "__main__":
    main()
