"""Time and memory of the first report and of each table, as whole processes on a source.

python benchmarks/first_report.py ../shared/seeds
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time

RUNS = 3
TABLES = ("articles", "ledger", "sentences", "words", "quotations", "sources", "terms", "sentiment", "passages")


def measured(command: list[str]) -> tuple[float, float, float]:
    """Return the median wall and CPU seconds of a command, and the largest memory of its processes in MB."""
    walls, spent = [], []
    for _ in range(RUNS):
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        walls.append(time.perf_counter() - started)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return statistics.median(walls), statistics.median(spent), peak


def main() -> None:
    """Measure each table, then the report; the memory shown is the largest so far."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source")
    source = parser.parse_args().source
    for table in TABLES:
        wall, spent, peak = measured([sys.executable, "-m", "pastepot.cli", table, source])
        print(f"{table}: {wall:.2f} s wall, {spent:.2f} s CPU, {peak:.0f} MB")
    with tempfile.TemporaryDirectory() as folder:
        wall, spent, peak = measured([sys.executable, "-m", "pastepot.cli", "report", source, "--out", folder])
    print(f"report: {wall:.1f} s wall, {spent:.1f} s CPU of the starting process tree, {peak:.0f} MB")


if __name__ == "__main__":
    main()
