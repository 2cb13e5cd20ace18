"""Keyness by article in simulation: how often it flags words where none differs, and finds words that were planted.

    python benchmarks/keyness_simulation.py null article:30:3,1000 day:300:5,200
    python benchmarks/keyness_simulation.py null --normal article:300,200
    python benchmarks/keyness_simulation.py power article:30,200

Corpora are drawn from the wire articles of ../shared/data/reuters.jsonl.gz that have 50 words or more. A cell is
NAME:SIDE or NAME:SIDE:K and the number of corpora; SIDE is the number of articles a side, and each article of the
target is K articles joined (1). NAME says how they are drawn:

article   at random
day       in whole days, each on one side, at most 18 a side; articles of a day are one unit, as in `keyness`
undated   in the same way, but each article is a unit, as if no dates were known
reprint   at random; a third of the articles of a side come three times, on their side
shared    at random; a third of all articles come three times, each copy on a side by chance
"""

import argparse
import gzip
import json
import sys
import time
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special, stats
from scipy.sparse import csc_array, csr_array, hstack, vstack

import pastepot as pp
from pastepot.frequency import permutation
from pastepot.frequency.permutation import FEWEST_HOLDERS, compare_by_article
from pastepot.frequency.selection import default_selection

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "reuters.jsonl.gz"
SHORTEST = 50
NAMES = ("article", "day", "undated", "reprint", "shared")
MOST_DAYS = 18
BANDS = ((5, 10), (11, 30), (31, 100), (101, 10**9))
PLANTED = [(bursts, times, rate) for bursts in (False, True) for times in (1.3, 2.0) for rate in (0.005, 0.02)]
"""Words that are planted: in bursts or evenly, how much more often in the target, occurrences per word."""
LEVEL = 0.05
BOOTSTRAP_DRAWS = 9_999

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


class Wire(NamedTuple):
    """Counts of the articles (articles by terms), and the number of each article's day."""

    counts: csr_array
    day: Whole


class Drawn(NamedTuple):
    """One corpus: counts of the terms in enough articles, words, side and unit of each article."""

    counts: csc_array
    sizes: Whole
    in_target: npt.NDArray[np.bool_]
    unit: Whole


def load_wire(path: Path = DATA) -> Wire:
    """Return the articles of a JSON lines file with text and date that have enough words."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        frame = pd.DataFrame(map(json.loads, lines))
    counts = csr_array(default_selection(pp.read(frame[["text"]], clean="none")).counts)
    long = counts.sum(axis=1) >= SHORTEST
    return Wire(counts[long], np.unique(frame["date"][long], return_inverse=True)[1])


# --- drawing a corpus in which no term differs ----------------------------------------


def draw(wire: Wire, rng: np.random.Generator, name: str, side: int, k: int) -> Drawn:
    """Return one corpus, both sides of which are drawn in the same way."""
    if name == "shared":
        times = np.where(np.arange(2 * side) % 3 == 0, 3, 1)
        unit = np.repeat(np.arange(2 * side), times)
        counts = wire.counts[rng.permutation(len(wire.day))[: 2 * side]][unit]
        return keep_frequent(counts, rng.random(len(unit)) < 0.5, unit)
    target, reference = (choose_days if name in {"day", "undated"} else choose_articles)(wire, rng, side, k)
    joined = csr_array((np.ones(side * k), target, np.arange(0, side * k + 1, k)), shape=(side, len(wire.day)))
    counts = csr_array(vstack([joined @ wire.counts, wire.counts[reference]]))
    unit = np.append(wire.day[target[::k]], wire.day[reference]) if name == "day" else np.arange(2 * side)
    in_target = np.arange(2 * side) < side
    if name == "reprint":
        copied = np.append(rng.permutation(side), rng.permutation(side)) < side // 3
        unit = np.repeat(unit, np.where(copied, 3, 1))
        counts, in_target = counts[unit], in_target[unit]
    return keep_frequent(counts, in_target, unit)


def choose_articles(wire: Wire, rng: np.random.Generator, side: int, k: int) -> tuple[Whole, Whole]:
    """Return the numbers of the articles to join for the target, and of those of the reference."""
    order = rng.permutation(len(wire.day))
    return order[: side * k], order[side * k : side * k + side]


def choose_days(wire: Wire, rng: np.random.Generator, side: int, k: int) -> tuple[Whole, Whole]:
    """Return the same, all of a day on one side, and only those of one day joined."""
    each = -(-side // MOST_DAYS)
    days = -(-side // each)
    order = rng.permutation(np.flatnonzero(np.bincount(wire.day) >= each * k))[: 2 * days]
    of_day = [rng.permutation(np.flatnonzero(wire.day == day))[: each * k] for day in order]
    return np.concatenate(of_day[:days])[: side * k], np.concatenate([day[:each] for day in of_day[days:]])[:side]


def keep_frequent(counts: csr_array, in_target: npt.NDArray[np.bool_], unit: Whole) -> Drawn:
    """Return a corpus with the terms that enough articles have."""
    columns = csc_array(counts)
    frequent = np.flatnonzero(np.diff(columns.indptr) >= FEWEST_HOLDERS)
    return Drawn(columns[:, frequent], counts.sum(axis=1).astype(np.int64), in_target, unit)


# --- where no term differs ------------------------------------------------------------


def measure_null(wire: Wire, cell: str, runs: int, draws: int) -> dict[str, float | list[float]]:
    """Return shares in percent of so many corpora: those with a flag, terms with p up to .05, intervals that hold 0."""
    name, side, k = parse_cell(cell)
    flagged, small, terms, seconds = [], [], [], 0.0
    held = np.zeros((len(BANDS), 2))
    for run in range(runs):
        corpus = draw(wire, np.random.default_rng([zlib.crc32(name.encode()), side, k, run]), name, side, k)
        start = time.process_time()
        result = compare_by_article(*corpus, draws=draws, seed=run)
        seconds += time.process_time() - start
        tested = result["p"].notna().to_numpy()
        flagged.append(bool((result["p_adjusted"] <= LEVEL).any()))
        small.append((result["p"][tested] <= LEVEL).mean())
        terms.append(tested.sum())
        # An end that is missing is open.
        holds = ~(result["low"] > 0).to_numpy() & ~(result["high"] < 0).to_numpy()
        for band, (least, most) in enumerate(BANDS):
            hits = corpus.counts.sum(axis=0)
            inside = tested & (hits >= least) & (hits <= most)
            held[band] += holds[inside].sum(), inside.sum()
    share = float(np.mean(flagged))
    return {
        "terms": float(np.mean(terms)),
        "flagged": 100 * share,
        "error": 100 * float(np.sqrt(max(share, 1 / runs) * (1 - share) / runs)),
        "p": 100 * float(np.nanmean(small)),
        "holds": [100 * float(a / b) if b else np.nan for a, b in held],
        "seconds": seconds / runs,
    }


def parse_cell(cell: str) -> tuple[str, int, int]:
    """Return name, articles a side and articles joined."""
    name, side, *k = cell.split(":")
    if name not in NAMES:
        sys.exit(f"a cell begins with one of {', '.join(NAMES)}; got {name}")
    return name, int(side), int(k[0]) if k else 1


# --- where words were planted ---------------------------------------------------------


def measure_power(wire: Wire, cell: str, runs: int, draws: int) -> tuple[dict[str, Floats], Floats]:
    """Return by test the percent in which each planted word has p and adjusted p up to .05, and what null terms have.

    Each row is the planted words by p, by adjusted p, null terms with small p, null corpora with a flag. The second
    table says in how many percent our interval holds the ratio with which each word was planted.
    """
    name, side, k = parse_cell(cell)
    shares: dict[str, list[Floats]] = {}
    truth, covered = np.log2([times for _, times, _ in PLANTED]), np.zeros(len(PLANTED))
    for run in range(runs):
        rng = np.random.default_rng([zlib.crc32(name.encode()), side, k, run, 5])
        corpus = draw(wire, rng, name, side, k)
        real = corpus.counts.shape[1]
        counts = csc_array(hstack([corpus.counts, csc_array(plant(corpus, rng))]))
        result = compare_by_article(counts, *corpus[1:], draws=draws, seed=run)
        low, high = result[["low", "high"]].to_numpy()[real:].T
        covered += ~(low > truth) & ~(high < truth)
        ours = np.append(result["p"], result["p_adjusted"])
        shares.setdefault("pastepot", []).append(count_found(*np.split(ours, 2), real))
        for test, p in ask_peers(counts.toarray(), corpus, rng).items():
            each = [adjust_by_holm(np.append(p[:real], planted))[-1] for planted in p[real:]]
            shares.setdefault(test, []).append(count_found(p, np.append(adjust_by_holm(p[:real]), each), real))
    return {test: 100 * np.mean(rows, axis=0) for test, rows in shares.items()}, 100 * covered / runs


def plant(corpus: Drawn, rng: np.random.Generator) -> Whole:
    """Return counts of the planted words; one in bursts is in a third of the articles, as often on the whole."""
    columns = []
    for bursts, times, rate in PLANTED:
        loud = 3 * (rng.random(len(corpus.sizes)) < 1 / 3) if bursts else 1
        columns.append(rng.poisson(rate * corpus.sizes * loud * np.where(corpus.in_target, times, 1)))
    return np.stack(columns, axis=1)


def count_found(p: Floats, adjusted: Floats, real: int) -> Floats:
    """Return whether p and adjusted p of each planted word are small; of the rest the share of small p, and a flag."""
    p, adjusted = np.nan_to_num(p, nan=1), np.nan_to_num(adjusted, nan=1)
    null = (p[:real] <= LEVEL).mean(), (adjusted[:real] <= LEVEL).any()
    return np.array([*(p[real:] <= LEVEL), *(adjusted[real:] <= LEVEL), *null], dtype=float)


def ask_peers(dense: Whole, corpus: Drawn, rng: np.random.Generator) -> dict[str, Floats]:
    """Return p of each term by three other tests that take articles for the unit."""
    rates, sides = dense / corpus.sizes[:, None], (corpus.in_target, ~corpus.in_target)
    rank = stats.mannwhitneyu(*(rates[side] for side in sides), axis=0, method="asymptotic").pvalue
    return {
        "bootstrap of mean rates (Lijffijt et al.)": bootstrap_p(*(rates[side] for side in sides), rng),
        "rank sum of rates": np.nan_to_num(rank, nan=1),
        "G2 of articles with and without the word": dispersion_p(*(dense[side] > 0 for side in sides)),
    }


def bootstrap_p(target: Floats, reference: Floats, rng: np.random.Generator) -> Floats:
    """Return twice the share of resampled sides whose means are the other way round, corrected by 1."""
    means = [
        rng.multinomial(len(rates), np.full(len(rates), 1 / len(rates)), size=BOOTSTRAP_DRAWS) @ rates / len(rates)
        for rates in (target, reference)
    ]
    above = np.mean((means[0] > means[1]) + 0.5 * np.isclose(means[0], means[1], rtol=0, atol=1e-15), axis=0)
    return (1 + 2 * BOOTSTRAP_DRAWS * np.minimum(above, 1 - above)) / (1 + BOOTSTRAP_DRAWS)


def dispersion_p(target: npt.NDArray[np.bool_], reference: npt.NDArray[np.bool_]) -> Floats:
    """Return p of G2 of the four numbers of articles, by side and by whether they have the word."""
    cells = np.array([[side.sum(axis=0), (~side).sum(axis=0)] for side in (target, reference)], dtype=float)
    expected = cells.sum(axis=1, keepdims=True) * cells.sum(axis=0, keepdims=True) / cells.sum(axis=(0, 1))
    g2 = 2 * special.xlogy(cells, cells / np.where(expected == 0, 1, expected)).sum(axis=(0, 1))
    return stats.chi2.sf(g2, 1)


def adjust_by_holm(p: Floats) -> Floats:
    """Return Holm's adjusted p."""
    order = np.argsort(p)
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(np.maximum.accumulate(p[order] * (len(p) - np.arange(len(p)))), 1)
    return adjusted


# --- the command ----------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a row for each cell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["null", "power"])
    parser.add_argument("cells", nargs="+", help="NAME:SIDE[:K],CORPORA")
    parser.add_argument("--draws", type=int, default=permutation.DRAWS, help="permutations of a corpus (999)")
    parser.add_argument("--normal", action="store_true", help="F in place of permutations, as for very many articles")
    asked = parser.parse_args(arguments)
    if asked.normal:
        permutation.MOST_PERMUTED = 0
    wire = load_wire()
    for cell, runs in (words.split(",") for words in asked.cells):
        (print_null if asked.what == "null" else print_power)(wire, cell, int(runs), asked.draws)


def print_null(wire: Wire, cell: str, runs: int, draws: int) -> None:
    """Print cell, corpora, terms, flagged corpora, terms with small p, intervals that hold 0 by band, seconds."""
    row = measure_null(wire, cell, runs, draws)
    holds = " | ".join(f"{share:.1f}" for share in row["holds"])
    flagged = f"{row['flagged']:.1f} ± {row['error']:.1f}"
    print(f"| {cell} | {runs} | {row['terms']:.0f} | {flagged} | {row['p']:.1f} | {holds} | {row['seconds']:.3f} |")
    sys.stdout.flush()


def print_power(wire: Wire, cell: str, runs: int, draws: int) -> None:
    """Print what each test finds."""
    shares, covered = measure_power(wire, cell, runs, draws)
    print(f"{cell}, {runs} corpora; planted (in bursts, times, rate): {PLANTED}")
    print(f"the interval holds the true ratio: {covered.round(1).tolist()}")
    for test, row in shares.items():
        p, adjusted, null = np.split(row.round(1), [len(PLANTED), 2 * len(PLANTED)])
        print(f"| {test} | p {p.tolist()} | adjusted {adjusted.tolist()} | null terms, corpora {null.tolist()} |")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
