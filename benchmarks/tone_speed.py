"""Print whether the two lexicon scores equal their packages on real news, and how much faster they are.

    python benchmarks/tone_speed.py [FOLDER]

FOLDER holds the evaluation data (default: ``../shared/data`` beside the checkout). Every text is cut crudely into
sentences, and as many again are made by twisting them: capitals, emoji, emoticons, "but", negations, marks, curly
quotes, fixed phrases. Scores must agree to the last bit. The speed is that of one process in CPU time, package and
ours by turns on the same blocks of untwisted sentences, starting with an empty memory. Exit 1 if a goal is missed.
"""

import gzip
import json
import random
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from textblob import TextBlob
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from pastepot.tone import polarity, vader
from pastepot.tone.normalise import straight_quotes

Score = Callable[[Sequence[str]], NDArray[np.float64]]

NAMES = ("nyt_editorials", "newsmtsc_*", "gum_news", "brown_news", "polnear_dev", "reuters")
BLOCKS, BLOCK = 15, 2_000
GOALS = {"vader": 2.8, "textblob": 4.0}
GOAL_TOGETHER = 20_000
TWISTS: tuple[Callable[[str, str], str], ...] = (
    lambda one, _: one.upper(),
    lambda one, _: one.lower(),
    lambda one, _: one + "!!! ???",
    lambda one, other: f"{one} BUT {other}",
    lambda one, other: f"{one[:-1]}, but {other} but {one}",
    lambda one, _: one.replace(" ", " 😀 ", 3),
    lambda one, _: one.replace(". ", "☹. ").replace("s ", "s♥ "),
    lambda one, other: f"{one} :) {other} :-( (!)",
    lambda one, other: f"{one}: ) {other} ( ! ) x D",
    lambda one, other: f"{one}\n\n{other}\r\n",
    lambda one, _: one.replace("'", "’").replace('"', "“"),
    lambda one, _: straight_quotes(one),
    lambda one, _: one.replace(" the ", " kind of the ").replace(" a ", " sort of "),
    lambda one, _: one.replace(" the ", " the least ").replace(" of ", " at least "),
    lambda one, _: one.replace(" the ", " never so ").replace(" to ", " without doubt "),
    lambda one, _: one.replace(" and ", " isn't ").replace(" in ", " NOT "),
    lambda one, _: one.replace(" a ", " no ").replace(" the ", " VERY ").replace(" of ", " hardly "),
    lambda one, _: (
        one.replace(" the ", " the bomb ").replace(" to ", " to die for ").replace(" of ", " kiss of death ")
    ),
    lambda one, _: one.replace(" ", "! ", 4).replace(" and ", " really not "),
    lambda one, _: " ".join(sorted(one.split(), key=lambda word: word[::-1])),
)


def main() -> int:
    """Run both comparisons; return the exit code."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "shared" / "data"
    if not folder.is_dir():
        print(f"no evaluation data at {folder}; name its folder as the argument")
        return 2
    sentences = list(dict.fromkeys(cut(folder)))
    random.Random(1).shuffle(sentences)  # noqa: S311 (a fixed order, not a secret)
    fast_enough = speed(sentences)
    return 0 if equality(sentences + twisted(sentences)) and fast_enough else 1


def cut(folder: Path) -> Iterator[str]:
    """Yield the crude sentences of every data set found."""
    for path in sorted(path for name in NAMES for path in folder.glob(f"{name}.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield from re.split(r"(?<=[.!?]) +|\n", json.loads(line)["text"])


def twisted(sentences: Sequence[str]) -> list[str]:
    """Return each sentence in one of the twists, all twists by turns."""
    following = [*sentences[1:], sentences[0]]
    pairs = zip(sentences, following, strict=True)
    return [TWISTS[turn % len(TWISTS)](one, other) for turn, (one, other) in enumerate(pairs)]


def package_scores() -> dict[str, Score]:
    """Return the packages' own scores, each as one column or two."""
    analyser = SentimentIntensityAnalyzer()
    return {
        "vader": lambda texts: np.array([[analyser.polarity_scores(text)["compound"]] for text in texts]),
        "textblob": lambda texts: np.array([tuple(TextBlob(text).sentiment) for text in texts]),
    }


def our_scores() -> dict[str, Score]:
    """Return ours in the same form."""
    return {
        "vader": lambda texts: vader.vader_scores(texts)[0].reshape(-1, 1),
        "textblob": lambda texts: np.column_stack(polarity.textblob_scores(texts)[:2]),
    }


def equality(texts: Sequence[str]) -> bool:
    """Print and return whether all scores agree to the last bit."""
    ours, all_equal = our_scores(), True
    for tool, package in package_scores().items():
        theirs, mine = package(texts), ours[tool](texts)
        unequal = int((theirs.view(np.int64) != mine.view(np.int64)).any(axis=1).sum())
        print(f"{tool}: {unequal} unequal of {len(texts):,} texts")
        all_equal = all_equal and not unequal
    return all_equal


def seconds(score: Score, texts: Sequence[str]) -> float:
    """Return the CPU time of one scoring."""
    start = time.process_time()
    score(texts)
    return time.process_time() - start


def speed(sentences: Sequence[str]) -> bool:
    """Print the speed by turns; return whether the goals are met."""
    ours, met, spent = our_scores(), True, 0.0
    blocks = [sentences[start : start + BLOCK] for start in range(0, BLOCKS * BLOCK, BLOCK)]
    for tool, package in package_scores().items():
        package(["warm"])
        ours[tool](["warm"])
        pairs = [(seconds(package, block), seconds(ours[tool], block)) for block in blocks]
        theirs, mine = (sum(column) for column in zip(*pairs, strict=True))
        middle = statistics.median(before / after for before, after in pairs)
        count = sum(map(len, blocks))
        print(f"{tool}: package {count / theirs:,.0f}/s, ours {count / mine:,.0f}/s, ratio {theirs / mine:.2f}")
        print(f"{tool}: ratio by block, median {middle:.2f}; goal {GOALS[tool]}")
        met, spent = met and theirs / mine >= GOALS[tool], spent + mine
    together = sum(map(len, blocks)) / spent
    print(f"both together: {together:,.0f} sentences/s; goal {GOAL_TOGETHER:,}")
    return met and together >= GOAL_TOGETHER


if __name__ == "__main__":
    sys.exit(main())
