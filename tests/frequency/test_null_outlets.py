"""Two outlets drawn at random from one pool of real articles: the table itself flags no more than it says."""

import gzip
import json

import numpy as np
import pandas as pd
import pytest

from pastepot.corpus.read import read
from pastepot.frequency.keyness import keyness


@pytest.fixture(scope="module")
def pool(shared):
    with gzip.open(shared / "data" / "reuters.jsonl.gz", "rt", encoding="utf-8") as lines:
        frame = pd.DataFrame(map(json.loads, lines))
    return frame[frame["text"].str.split().str.len() >= 50].reset_index(drop=True)


def table(frame, **options):
    return keyness(read(frame, clean="none"), target={"outlet": "A"}, **options)


@pytest.mark.slow
def test_two_outlets_from_one_pool_have_a_flagged_word_in_about_one_table_of_twenty(pool):
    flagged, small = [], []
    for run in range(80):
        drawn = pool.sample(60, random_state=run).assign(outlet=["A"] * 30 + ["B"] * 30)
        found = table(drawn[["text", "outlet"]], min_count=5)
        flagged.append((found["p_adjusted"] <= 0.05).any())
        small.append((found["p"].dropna() <= 0.05).mean())
    assert np.mean(flagged) <= 0.1
    assert 0.02 <= np.mean(small) <= 0.065


@pytest.mark.slow
def test_articles_five_times_as_long_on_one_side_bring_no_more_small_p(pool):
    small = []
    for run in range(60):
        texts = pool["text"].sample(120, random_state=run).tolist()
        joined = ["\n\n".join(texts[start : start + 5]) for start in range(0, 100, 5)]
        found = table(pd.DataFrame({"text": joined + texts[100:], "outlet": ["A"] * 20 + ["B"] * 20}))
        assert "times as long as those of the reference" in found.attrs["note"]
        small.append((found["p"].dropna() <= 0.05).mean())
    assert np.mean(small) <= 0.06


@pytest.mark.slow
def test_whole_days_dealt_to_two_outlets_bring_no_more_flags(pool):
    flagged, days = [], pool["date"].value_counts()
    for run in range(40):
        chosen = np.random.default_rng(run).permutation(days[days >= 8].index)[:24]
        drawn = pd.concat([pool[pool["date"] == day].sample(8, random_state=run) for day in chosen])
        found = table(drawn[["text", "date"]].assign(outlet=["A"] * 96 + ["B"] * 96), min_count=5)
        assert "articles of one day" in found.attrs["method"]
        flagged.append((found["p_adjusted"] <= 0.05).any())
    assert np.mean(flagged) <= 0.125
