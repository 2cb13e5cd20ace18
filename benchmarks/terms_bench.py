"""Print how fast words are counted and asked about, as ratios of CPU time, and check counts against a second pattern.

    python benchmarks/terms_bench.py [DATA] [--runs N] [--check]

DATA is a folder that holds reuters.jsonl.gz (default: ../shared/data beside the checkout). All times are CPU seconds
of one process, medians of paired runs after a first call; imports, reading and compiling are apart. Building is from
the texts in memory to tokens, counts and the matrix of articles by terms. A query's ratio is to that. The first query
also sorts the tokens by word, and the first concordance finds the quotations; both are shown by themselves. With
--check, counts of every file are held against a pattern written for this script, in both orders of the articles.
"""

import argparse
import dataclasses
import gzip
import json
import os
import statistics
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("POLARS_MAX_THREADS", "1")

import numpy as np
import pandas as pd
import regex
from nltk import FreqDist
from nltk.tokenize import NLTKWordTokenizer
from sklearn.feature_extraction.text import CountVectorizer

from pastepot.corpus.corpus import Corpus
from pastepot.corpus.read import read
from pastepot.frequency.collocation import collocates
from pastepot.frequency.concordance import concordance
from pastepot.frequency.counts import dtm, terms
from pastepot.frequency.keyness import keyness
from pastepot.frequency.ngrams import count_ngrams, ngrams
from pastepot.frequency.selection import select_tokens
from pastepot.text.annotations import annotations
from pastepot.text.patterns import find_pattern

PASS = 0.9
NODE = "market"
PATTERN = r"(?u)\b\w+\b"
TWO = """if True:
    import sys, time
    import pandas as pd, pastepot as pp
    text = "The ferry company said the strike would end. The crew's union disagreed: no ferry sails. " * 60
    c = pp.read(pd.DataFrame({"text": [text, text[::-1]], "outlet": ["A", "B"]}))
    found = pp.terms(c), pp.terms(c, by="outlet", stop_lists="function"), pp.ngrams(c, n=(2, 3)), pp.diversity(c)
    found = pp.concordance(c, "ferry"), pp.collocates(c, "ferry"), pp.keyness(c, target={"outlet": "A"})
    print(time.process_time(), "numba" in sys.modules)"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="?", default=Path(__file__).resolve().parents[2] / "shared" / "data")
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    if options.check:
        check(options.data)
    corpus = reuters(options.data / "reuters.jsonl.gz")
    against_others(corpus, options.runs)
    queries(corpus, options.runs)
    two_articles()


def reuters(path: Path) -> Corpus:
    """Return the newswire articles, dealt to two outlets in turn."""
    corpus = read(path, clean="none")
    records = [record._replace(outlet="AB"[place % 2]) for place, record in enumerate(corpus.records)]
    return dataclasses.replace(corpus, records=records, cache={})


def unbuilt(corpus: Corpus) -> Corpus:
    """Return the same articles with nothing counted."""
    return dataclasses.replace(corpus, cache={})


def seconds(work: Callable[[], object]) -> float:
    """Return the CPU seconds of one call."""
    started = time.process_time()
    work()
    return time.process_time() - started


def against_others(corpus: Corpus, runs: int) -> None:
    """Print how many times our time others take."""
    texts = [view.text for view in corpus.views]
    others: dict[str, tuple[Callable[[], object], float]] = {
        "NLTK": (lambda: counted_by_nltk(texts), 40),
        "scikit-learn": (lambda: CountVectorizer(token_pattern=PATTERN).fit_transform(texts), 5),
    }
    try:
        import polars  # noqa: PLC0415, ICN001 (a yardstick that need not be there, by its own name)
    except ImportError:
        print("polars is not installed, so it is not measured")
    else:
        others = {"polars": (lambda: counted_by_polars(polars, texts), 3), **others}
    dtm(unbuilt(corpus))
    ours: list[float] = []
    theirs: dict[str, list[float]] = {name: [] for name in others}
    for _ in range(runs):
        for name, (work, _goal) in others.items():
            theirs[name].append(seconds(work))
        ours.append(seconds(lambda: dtm(unbuilt(corpus))))
    size = sum(map(len, texts)) / 1e6
    print(f"{len(texts):,} articles, {size:.1f} M characters; building takes {statistics.median(ours):.3f} s CPU")
    for name, (_, goal) in others.items():
        ratio = statistics.median(other / one for other, one in zip(theirs[name], ours, strict=True))
        print(f"{name:<34} takes {ratio:6.1f} times as long   goal {goal:>4}   {verdict(ratio >= PASS * goal)}")


def counted_by_nltk(texts: list[str]) -> FreqDist:
    """Return NLTK's counts of its own words."""
    split = NLTKWordTokenizer().tokenize
    return FreqDist(word for text in texts for word in split(text))


def counted_by_polars(polars: Any, texts: list[str]) -> object:  # noqa: ANN401 (a module that may be missing)
    """Return the counts of words that polars finds with the pattern scikit-learn is given."""
    frame = polars.DataFrame({"doc": np.arange(len(texts), dtype=np.int32), "text": texts})
    words = frame.select("doc", word=polars.col("text").str.to_lowercase().str.extract_all(r"\w+")).explode("word")
    return words.group_by("doc", "word").len()


def queries(corpus: Corpus, runs: int) -> None:
    """Print what each query costs, as a share of building."""
    corpus = unbuilt(corpus)
    dtm(corpus)
    index = seconds(lambda: (annotations(corpus).tokens.forms_by_term, annotations(corpus).tokens.postings))
    voices = seconds(lambda: annotations(corpus).token_voices)
    size = len(annotations(corpus).tokens.ids)
    print(f"once a corpus of {size:,} tokens: words by place {index:.3f} s, quotations {voices:.3f} s")
    selection, none = select_tokens(annotations(corpus)), np.zeros(len(corpus), dtype=np.int64)
    target = {"outlet": "A"}
    asked: list[tuple[str, Callable[[], object], int | None]] = [
        (f"one word, {NODE}", lambda: find_pattern(annotations(corpus).tokens, NODE), 200),
        (
            f"its concordance, {len(find_pattern(annotations(corpus).tokens, NODE)[0]):,} lines",
            lambda: concordance(corpus, NODE),
            20,
        ),
        ("its collocates", lambda: collocates(corpus, NODE), 20),
        ("keyness without the test by article", lambda: keyness(corpus, target=target, per_article=False), 7),
        ("all bigrams, counted", lambda: count_ngrams(selection, none, length=2), 3),
        ("  as a table with their names", lambda: ngrams(corpus), None),
        ("  of two hits or more", lambda: ngrams(corpus, min_count=2), None),
        ("keyness with the test by article", lambda: keyness(corpus, target=target), None),
        ("the table of terms", lambda: terms(corpus), None),
    ]
    for name, work, goal in asked:
        work()
        shares = [seconds(lambda: dtm(unbuilt(corpus))) / seconds(work) for _ in range(runs)]
        share = statistics.median(shares)
        ended = f"goal 1/{goal:<4} {verdict(share >= PASS * goal)}" if goal else "no goal"
        print(f"{name:<34} 1/{share:<8.1f} of building   {ended}")


def two_articles() -> None:
    """Print what a first use costs from nothing, and whether a compiler was loaded."""
    done = subprocess.run([sys.executable, "-c", TWO], check=True, capture_output=True, text=True)
    cpu, compiler = done.stdout.split()
    print(f"two articles, import and all tables {float(cpu):.2f} s CPU   goal 3   {verdict(float(cpu) <= 3)}")
    print(f"no compiler started                                 {verdict(compiler == 'False')}")


def verdict(reached: bool) -> str:  # noqa: FBT001 (one question, one answer)
    """Return one word."""
    return "reached" if reached else "MISSED"


# --- a second pattern, for --check ----------------------------------------------------

RUN = r"[\p{L}\p{N}][\p{L}\p{N}\p{M}]*"
DOTTED = r"\p{L}\p{M}*(?:\.\p{L}\p{M}*(?![\p{L}\p{N}]))+\.?"
JOINED = r"(?:['’‘`]|(?<=\p{Nd})[.,:](?=\p{Nd})|\.(?=\p{Ll})|(?<=\p{Lu})&(?=\p{Lu})|[@_])"
ADDRESS = r"(?:https?://|www\.)(?=[\p{L}\p{N}])[^\s<>\"“”]*[\p{L}\p{N}/]"
SECOND = regex.compile(rf"{ADDRESS}|(?:[@#](?=\p{{L}}))?(?:{DOTTED}|{RUN})(?:{JOINED}{RUN})*")
IGNORED = regex.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")


def check(data: Path) -> None:
    """Print, for every file, whether the counts equal those of the second pattern in either order of the articles."""
    for path in sorted(data.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        texts = [str(row["text"]) for row in rows if str(row["text"]).strip()]
        expected = Counter(key(word) for text in texts for word in SECOND.findall(IGNORED.sub("", text)))
        equal = [counts(texts) == expected, counts(texts[::-1]) == expected]
        print(f"{path.name:<34} {expected.total():>10,} words   {verdict(all(equal))}")


def key(word: str) -> str:
    """Return the term of a word, by the rules' own words."""
    return regex.sub("[’‘`ʼ]", "'", unicodedata.normalize("NFC", word.casefold()))


def counts(texts: list[str]) -> Counter[str]:
    """Return our counts of the texts, possessives kept."""
    corpus = read(pd.DataFrame({"text": texts}), clean="none")
    ours = terms(corpus, possessive="keep", parts="all")
    return Counter(dict(zip(ours["term"], ours["count"], strict=True)))


if __name__ == "__main__":
    main()
