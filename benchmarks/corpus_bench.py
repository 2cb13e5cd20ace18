"""Print what reading, cleaning and storing a large corpus costs: time, peak memory, and time against a tenth of it.

python benchmarks/corpus_bench.py [--articles 100000]     a corpus made of shuffled words, in a temporary folder
python benchmarks/corpus_bench.py --cleaning ROWS         cleaning against re.findall, on a JSONL(.gz) of articles
python benchmarks/corpus_bench.py --headlines ROWS        headlines recognised where each article's first line is one
"""

import argparse
import json
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pastepot.corpus.read import read
from pastepot.corpus.store import save

WORDS = """
    ferry crew harbour strike talks company union wage vote minister ship port morning passenger route winter fuel
    council letter night island bridge captain worker Monday quay the a of to and in on for with was said will their
    by at from that it has been after over new two three
""".split()  # noqa: SIM905 (read as a text)
OUTLETS = ("Harbour Gazette", "Daily Gull", "Keel Ledger", "Ropewalk")
FOOT = "The {} is printed on Quay Street and read in every port of the isles."
RUNS = 9
REPORT = "import sys; sys.path.insert(0, {here!r}); from corpus_bench import one; one({path!r})"


def article(number: int, draw: random.Random) -> dict[str, str]:
    """Return one article of about 4,000 characters: a title, paragraphs of shuffled words, its outlet's last line."""
    outlet = OUTLETS[number % len(OUTLETS)]
    paragraphs: list[str] = []
    while sum(len(paragraph) for paragraph in paragraphs) < 3_850:
        drawn = draw.choices(WORDS, k=draw.randint(15, 60))
        paragraphs.append(" ".join(drawn).capitalize() + f" {draw.randint(1, 99_999)}.")
    title = " ".join(draw.choices(WORDS, k=7)).capitalize()
    text = "\n".join([title, *paragraphs, FOOT.format(outlet)])
    return {"id": f"{number:07}", "outlet": outlet, "date": f"2031-{number % 12 + 1:02}-11", "text": text}


def make(path: Path, count: int) -> None:
    """Write a corpus of `count` articles as JSON lines."""
    draw = random.Random(1)  # noqa: S311 (nobody's secret)
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(article(number, draw)) + "\n" for number in range(count))


def one(path: str) -> None:
    """Read, clean and store a corpus; print CPU seconds, seconds and peak memory as JSON."""
    started, cpu = time.perf_counter(), time.process_time()
    corpus = read(path)
    reading = time.process_time() - cpu
    folder = save(corpus, Path(path).with_suffix(".corpus"))
    stored = sum(file.stat().st_size for file in folder.iterdir())
    found = {
        "articles": len(corpus),
        "cpu_read_and_clean": round(reading, 1),
        "cpu_store": round(time.process_time() - cpu - reading, 1),
        "seconds": round(time.perf_counter() - started, 1),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "stored_mb": stored // 2**20,
    }
    sys.stdout.write(json.dumps(found) + "\n")


def grown(count: int) -> None:
    """Print what a tenth of a corpus costs, and the whole of it, each in a process of its own."""
    totals = []
    for articles in (count // 10, count):
        with tempfile.TemporaryDirectory() as folder:
            path = str(Path(folder) / "port.jsonl")
            make(Path(path), articles)
            code = REPORT.format(here=str(Path(__file__).parent), path=path)
            done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
            sys.stdout.write(done.stdout)
            found = json.loads(done.stdout)
            totals.append(found["cpu_read_and_clean"] + found["cpu_store"])
    sys.stdout.write(f"CPU time of {count:,} articles: {totals[1] / totals[0]:.1f} times that of {count // 10:,}\n")


def cleaning(path: Path) -> None:
    r"""Print the CPU time of cleaning without reading, against that of finding the words by re.findall(r"\w+")."""
    from pastepot.corpus.furniture import choose_actions  # noqa: PLC0415 (only here)
    from pastepot.corpus.read import plan_all_cleaning  # noqa: PLC0415
    from pastepot.corpus.records import Record  # noqa: PLC0415
    from pastepot.corpus.source_files import read_files  # noqa: PLC0415

    records = [one for one in read_files(path) if isinstance(one, Record)]
    ratios = []
    for _ in range(RUNS):
        started = time.process_time()
        for record in records:
            re.findall(r"\w+", record.text)
        middle = time.process_time()
        plan_all_cleaning(records, "news", choose_actions())
        ratios.append((time.process_time() - middle) / (middle - started))
    shown = " ".join(f"{ratio:.2f}" for ratio in sorted(ratios))
    sys.stdout.write(f"cleaning / re.findall: median {statistics.median(ratios):.2f} of {shown}\n")


def headlines(path: Path) -> None:
    """Print in how many articles the first line is labelled as title, as it stands and without its closing stop."""
    from pastepot.corpus.furniture import choose_actions  # noqa: PLC0415 (only here)
    from pastepot.corpus.read import plan_cleaning  # noqa: PLC0415
    from pastepot.corpus.records import Record  # noqa: PLC0415
    from pastepot.corpus.source_files import read_files  # noqa: PLC0415

    records = [one for one in read_files(path) if isinstance(one, Record)]
    for said, stop in (("as they stand", ""), ("without a closing stop", ".")):
        found = 0
        for record in records:
            first, below = record.text.lstrip().split("\n", 1)
            first = first.rstrip().removesuffix(stop)
            planned = plan_cleaning(record._replace(text=f"{first}\n{below}"), "news", choose_actions())
            found += any(row.rule == "title" and (row.start, row.end) == (0, len(first)) for row in planned)
        sys.stdout.write(f"headlines recognised {said}: {found} of {len(records)}\n")


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--cleaning", type=Path)
    parser.add_argument("--headlines", type=Path)
    options = parser.parse_args()
    if options.headlines:
        headlines(options.headlines)
    elif options.cleaning:
        cleaning(options.cleaning)
    else:
        grown(options.articles)


if __name__ == "__main__":
    main()
