"""Rebuild every raw text from its clean one, and cite 100,000 random clean spans, on all evaluation data.

python benchmarks/ledger_check.py ../shared [--citations 100000]
"""

import argparse
import random
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pastepot as pp
from pastepot.corpus import ledger
from pastepot.corpus.corpus import Corpus


def wrong_rebuilds(corpus: Corpus) -> int:
    """Return how many raw texts are not rebuilt byte for byte."""
    pairs = zip(corpus.records, corpus.decisions, corpus.views, strict=True)
    return sum(
        rebuilt(view.text, record.text, made).encode(record.encoding) != record.text.encode(record.encoding)
        for record, made, view in pairs
    )


def rebuilt(clean: str, raw: str, decisions: Iterable[ledger.Decision]) -> str:
    """Return the raw text from its clean one and the raw characters of the edits; no others are read."""
    pieces, clean_at, raw_at = [], 0, 0
    for edit in ledger.text_edits(decisions):
        kept = clean_at + edit.start - raw_at
        pieces += [clean[clean_at:kept], raw[edit.start : edit.end]]
        clean_at, raw_at = kept + len(edit.replacement), edit.end
    return "".join([*pieces, clean[clean_at:]])


def wrong_citations(corpus: Corpus, count: int, seed: int) -> int:
    """Return how many of `count` random clean spans don't lead to raw characters that clean to the same span."""
    draw = random.Random(seed)  # noqa: S311 (a sample, not a secret)
    views = [view for view in corpus.views if view.text]
    wrong = 0
    for _ in range(count):
        view = draw.choice(views)
        start = draw.randrange(len(view.text))
        end = min(start + draw.randint(1, 80), len(view.text))
        first, last = view.raw_span(start, end)
        wrong += cleaned(view, first, last, start, end) != view.text[start:end]
    return wrong


def cleaned(view: ledger.CleanText, first: int, last: int, start: int, end: int) -> str:
    """Return the clean text of a raw span, character by character from the segments, cut where a mend was cut."""
    pieces = []
    for at, raw_start, raw_end, kept in zip(view.clean_starts, view.raw_starts, view.raw_ends, view.kept, strict=True):
        if raw_end <= first or raw_start >= last:
            continue
        if kept:
            pieces.append(view.raw[max(raw_start, first) : min(raw_end, last)])
        else:
            length = next((other - at for other in view.clean_starts if other > at), len(view.text) - at)
            pieces.append(view.text[max(at, start) : min(at + length, end)])
    return "".join(pieces)


def main() -> None:
    """Check each data set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--citations", type=int, default=100_000)
    options = parser.parse_args()
    sources = [options.shared / "seeds", *sorted((options.shared / "data").glob("*.jsonl.gz"))]
    failed = 0
    for source in sources:
        started = time.process_time()
        corpus = pp.read(source)
        rebuilds = wrong_rebuilds(corpus)
        citations = wrong_citations(corpus, options.citations // len(sources) + 1, seed=7)
        failed += rebuilds + citations
        spent = time.process_time() - started
        print(f"{source.name}: {len(corpus)} texts, {rebuilds} not rebuilt, {citations} wrong citations, {spent:.1f} s")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
