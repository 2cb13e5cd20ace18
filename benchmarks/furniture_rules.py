"""Print how often each furniture rule acts on evaluation data, and a sample of what it takes, to judge by eye.

python benchmarks/furniture_rules.py ../shared                       rows of each rule and corpus; words dropped
python benchmarks/furniture_rules.py ../shared --show reuters 200    so many random labels of one corpus
"""

import argparse
import gzip
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from pastepot.corpus.furniture import RULES, find_furniture
from pastepot.corpus.ledger import Decision, apply_decisions, split_paragraphs
from pastepot.corpus.repairs import find_repairs

CORPORA = {
    "reuters": ["reuters"],
    "newsmtsc": ["newsmtsc_train", "newsmtsc_dev_rw", "newsmtsc_dev_mt", "newsmtsc_test_rw", "newsmtsc_test_mt"],
    "nyt_editorials": ["nyt_editorials"],
    "gum": ["gum_news"],
    "brown": ["brown_news"],
    "polnear": ["polnear_dev", "polnear_train"],
}
BY_ARTICLE = ("nyt_editorials", "gum", "brown")
"""Corpora whose rows are paragraphs or sentences of articles."""
SEED = 14
SHOWN = 160


def texts(data: Path, corpus: str) -> Iterator[tuple[str, str]]:
    """Yield the title that a row names, and the text, of each article or, where there are only these, passage."""
    rows: list[dict[str, str]] = []
    for name in CORPORA[corpus]:
        with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
            rows += map(json.loads, file)
    if corpus not in BY_ARTICLE:
        yield from dict.fromkeys((row.get("title", ""), row["text"]) for row in rows)
        return
    articles = defaultdict(list)
    for row in rows:
        articles[row["article"]].append(row["text"])
    yield from (("", "\n".join(paragraphs)) for paragraphs in articles.values())


def findings(data: Path, corpus: str) -> Iterator[tuple[Decision, str]]:
    """Yield each furniture decision on a corpus, and the text that it takes."""
    for title, raw in texts(data, corpus):
        text = apply_decisions(raw, find_repairs(raw)).text
        for decision in find_furniture(text, split_paragraphs(text), title=title):
            yield decision, text[decision.start : decision.end]


def main() -> None:
    """Print the table, or the sample that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--show", nargs=2, metavar=("CORPUS", "COUNT"))
    options = parser.parse_args()
    data = options.shared / "data"
    if not data.is_dir():
        sys.exit(f"{data} is missing: the evaluation data are no part of the project")
    if options.show:
        found = [one for one in findings(data, options.show[0]) if one[0].action == "label"]
        chosen = random.Random(SEED).sample(found, min(int(options.show[1]), len(found)))  # noqa: S311 (a sample)
        sys.stdout.writelines(f"{decision.rule:20} {text[:SHOWN]!r}\n" for decision, text in chosen)
        return
    counts: dict[str, Counter[str]] = {}
    for corpus in CORPORA:
        counts[corpus] = Counter(decision.rule for decision, _ in findings(data, corpus))
    sys.stdout.write(f"{'rule':20} {'action':7}" + "".join(f"{corpus:>15}" for corpus in CORPORA) + "\n")
    for name, rule in RULES.items():
        row = "".join(f"{counts[corpus][name]:15,}" for corpus in CORPORA)
        sys.stdout.write(f"{name:20} {rule.action:7}{row}\n")


if __name__ == "__main__":
    main()
