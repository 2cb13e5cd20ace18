"""Judge the news model on labelled news, through the public functions and the public scorer.

    python benchmarks/tone_bench.py [SHARED] [dev|test|intervals]

SHARED is the folder with bench and data (default: ``../shared`` beside the checkout).

- `dev` (default): macro-F1 by cross-validation over articles of the training files; r on the even-numbered NYT
  editorials, on which choices were made; and macro-F1 of signs, our model's beside VADER's.
- `test`: NewsMTSC's test rows, those of articles unknown to training apart, and the odd-numbered editorials; to be run
  once a version.
- `intervals`: how often the intervals of `pastepot.sentiment_by` hold the mean of all editorials, for an outlet that
  prints some of them, drawn at random; no label is read.

Predictions go to a temporary folder. Intervals of figures: 2,000 draws of articles, 95 %. NYT editorials are opinion,
not news; they judge the tone of sentences, which NewsMTSC has no labels for.
"""

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import train_news

from pastepot.corpus.read import read as read_corpus
from pastepot.corpus.repairs import uncurl_quotes
from pastepot.formulas import bootstrap_mean
from pastepot.sentiment_analysis.lexicons import textblob_scores, vader_scores
from pastepot.sentiment_analysis.news_model import load, model_card, score_sentences, score_targets
from pastepot.sentiment_analysis.scores import TOOLS, sentiment

Row = dict[str, Any]
DRAWS = 2_000
TESTS = ("newsmtsc_test_rw", "newsmtsc_test_mt")
NYT = "nyt_editorials"
HUMAN = 0.5
"""A mean rating this far from 0 is not neutral, as in the public scorer."""

OUTLETS = (10, 15, 25, 50, 100)
OUTLET_DRAWS = 1_000


def read(data: Path, name: str) -> list[Row]:
    """Return the rows of one file."""
    with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def labels(rows: Sequence[Row]) -> np.ndarray:
    """Return the label of each row by `news_model.score_targets`."""
    frame = pd.DataFrame(rows).rename(columns={"target_start": "start", "target_end": "end"})
    return score_targets(frame[["text", "start", "end"]])["label"].to_numpy()


def macro_f1(gold: np.ndarray, said: np.ndarray) -> float:
    """Return the mean F1 of the three labels."""
    return float(
        np.mean([2 * ((gold == k) & (said == k)).sum() / ((gold == k).sum() + (said == k).sum()) for k in (-1, 0, 1)])
    )


def drawn(articles: Sequence[object], figure: Callable[[np.ndarray], float]) -> tuple[float, float]:
    """Return the ends of the middle 95 % of a figure over draws of articles."""
    _, article = np.unique([str(one) for one in articles], return_inverse=True)
    rows = [np.flatnonzero(article == number) for number in range(article.max() + 1)]
    rng = np.random.default_rng(1864)
    figures = [
        figure(np.concatenate([rows[number] for number in rng.integers(0, len(rows), len(rows))])) for _ in range(DRAWS)
    ]
    low, high = np.quantile(figures, [0.025, 0.975])
    return float(low), float(high)


def scorer(shared: Path, task: str, name: str, rows: Sequence[Row], **answers: np.ndarray) -> dict[str, Any]:
    """Return the public scorer's figures for one file."""
    ((key, values),) = answers.items()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "pred.jsonl"
        lines = [json.dumps({"id": row["id"], key: value}) for row, value in zip(rows, values.tolist(), strict=True)]
        out.write_text("\n".join(lines), encoding="utf-8")
        gold = shared / "data" / f"{name}.jsonl.gz"
        command = [sys.executable, str(shared / "bench" / "score_sentiment.py"), task, str(gold), str(out), "--json"]
        return dict(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def targets(shared: Path) -> None:
    """Print the figures of the target tests."""
    seen = {row["article"] for name in train_news.NAMES for row in read(shared / "data", name)}
    for name in TESTS:
        rows = read(shared / "data", name)
        said = labels(rows)
        found = scorer(shared, "newsmtsc", name, rows, label=said)
        print(f"{name}: macro-F1 {found['macro_f1']:.4f}; article-disjoint {found['macro_f1_disjoint']:.4f}")
        apart = np.array([row["article"] not in seen for row in rows])
        gold, ours = np.array([row["label"] for row in rows])[apart], said[apart]
        articles = [row["article"] for row in rows if row["article"] not in seen]
        low, high = drawn(articles, lambda at, gold=gold, ours=ours: macro_f1(gold[at], ours[at]))
        apart_f1 = f"{macro_f1(gold, ours):.4f}, 95 % {low:.3f} to {high:.3f}, {len(gold)} rows"
        print(f"  articles in neither train nor dev: {apart_f1}")


def editorials(shared: Path, rest: int) -> None:
    """Print the figures of the odd- (`rest` 1) or even-numbered (0) editorials."""
    rows = read(shared / "data", NYT)
    scores = score_sentences([row["text"] for row in rows])
    if rest:
        found = scorer(shared, "nyt", NYT, rows, score=scores)
        print(
            "NYT, odd, scorer:", ", ".join(f"{key} {found[key]:.4f}" for key in ("r", "rho", "article_r", "macro_f1"))
        )
    chosen = np.array([row["article"] % 2 == rest for row in rows])
    article = np.array([row["article"] for row in rows])[chosen]
    frame = pd.DataFrame(
        {"article": article, "score": scores[chosen], "mean": np.array([row["mean"] for row in rows])[chosen]}
    )
    means = frame.groupby("article").mean()
    by_sentence = drawn(
        article, lambda at: float(np.corrcoef(frame["score"].to_numpy()[at], frame["mean"].to_numpy()[at])[0, 1])
    )
    by_article = drawn(
        means.index, lambda at: float(np.corrcoef(means["score"].to_numpy()[at], means["mean"].to_numpy()[at])[0, 1])
    )
    for unit, table, ends in (("sentence", frame, by_sentence), ("article", means, by_article)):
        r = float(np.corrcoef(table["score"], table["mean"])[0, 1])
        print(f"  {unit} r {r:.4f}, 95 % {ends[0]:.3f} to {ends[1]:.3f}, {len(table)}")


def signs(shared: Path) -> None:
    """Print macro-F1 of signs: development rows by a model of the training rows alone, and even editorials."""
    data, zero = shared / "data", model_card()["zero"]
    trained = train_news.fit(read(data, train_news.TRAIN), "sentence")
    for name in (*train_news.DEV, NYT):
        rows = [row for row in read(data, name) if name != NYT or row["article"] % 2 == 0]
        texts = [row["text"] for row in rows]
        if name == NYT:
            means = np.array([row["mean"] for row in rows])
            gold, ours = np.sign(means) * (np.abs(means) >= HUMAN), np.sign(score_sentences(texts))
            below, above = (ours[gold == 0] < 0).mean(), (ours[gold == 0] > 0).mean()
            print(f"  NYT, even, rated neutral: {below:.3f} below 0, {above:.3f} above")
        else:
            gold = np.array([row["label"] for row in rows])
            chances = train_news.probabilities(trained, rows, "sentence")
            ours = train_news.signs(chances, zero["centre"], zero["neutral_zone"])
        vader = np.sign(vader_scores([uncurl_quotes(text) for text in texts])[0])
        figures = f"{macro_f1(gold, ours):.4f}, VADER {macro_f1(gold, vader):.4f}"
        print(f"  {name}: macro-F1 of signs {figures}, {len(rows)} rows")


def speed(shared: Path) -> None:
    """Print the time to load the model, and each tool's sentences a second of CPU time."""
    start = time.process_time()
    load("sentence")
    load("target")
    print(f"the model loads in {time.process_time() - start:.3f} s")
    texts = [uncurl_quotes(row["text"]) for row in read(shared / "data", NYT)]
    for name, score in (("vader", vader_scores), ("textblob", textblob_scores), ("news_model", score_sentences)):
        score(texts[:10])
        start = time.process_time()
        score(texts)
        print(f"{name}: {len(texts) / (time.process_time() - start):,.0f} sentences/s")


def intervals(shared: Path) -> None:
    """Print how often intervals from some editorials, drawn at random, hold the mean of all."""
    rows = pd.DataFrame(read(shared / "data", NYT))
    texts = rows.groupby("article")["text"].agg(" ".join).reset_index(drop=True)
    table = sentiment(read_corpus(pd.DataFrame({"text": texts}), clean="none"))
    rng = np.random.default_rng(1864)
    for tool in TOOLS:
        by_article = table.dropna(subset=[tool]).groupby("doc_id")[tool]
        sums, counts = by_article.sum().to_numpy(), by_article.count().to_numpy()
        truth = sums.sum() / counts.sum()
        for size in OUTLETS:
            draws = rng.integers(0, len(sums), (OUTLET_DRAWS, size))
            ends = np.array([bootstrap_mean(sums[at], counts[at]) for at in draws])
            held = ((ends[:, 0] <= truth) & (truth <= ends[:, 1])).mean()
            width = np.nanmedian(ends[:, 1] - ends[:, 0])
            none = int(np.isnan(ends).any(axis=1).sum())
            print(f"{tool}, {size} articles: {100 * held:.1f} of 100 hold it; median width {width:.3f}; {none} without")


def main() -> None:
    """Print one set of figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", nargs="?", type=Path, default=Path(__file__).parents[2] / "shared")
    parser.add_argument("what", nargs="?", choices=("dev", "test", "intervals"), default="dev")
    options = parser.parse_args()
    if not (options.shared / "data").is_dir():
        parser.error(f"no evaluation data at {options.shared}; name the folder that holds data and bench")
    if options.what == "intervals":
        intervals(options.shared)
        return
    speed(options.shared)
    if options.what == "dev":
        rows = [row for name in train_news.NAMES for row in read(options.shared / "data", name)]
        print(f"targets, crossed over articles: macro-F1 {train_news.crossed(rows, 'target'):.4f}, {len(rows):,} rows")
        print("NYT, even:")
        editorials(options.shared, 0)
        signs(options.shared)
    else:
        targets(options.shared)
        editorials(options.shared, 1)


if __name__ == "__main__":
    main()
