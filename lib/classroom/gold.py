"""The teaching corpus' gold, as a lesson reads it: what a careful reader marked."""

from pathlib import Path

import pandas as pd

from pastepot import errors, files
from pastepot.corpus.corpus import Corpus

SPAN = ["doc_id", "start", "end"]


def teaching_folder() -> Path:
    """Return the folder of the teaching corpus: the checkout's, else the nearest one above where Python was started."""
    here = Path.cwd()
    project = files.checkout()
    folders = [project / "seeds" / "teaching"] if project else []
    folders += [folder / name for folder in (here, *here.parents) for name in ("teaching", "seeds/teaching")]
    for folder in folders:
        if (folder / "gold").is_dir():
            return folder
    raise errors.PastepotError("The check needs the teaching corpus, which is not next to this notebook.")


def gold(table: str, corpus: Corpus) -> pd.DataFrame:
    """Return one table of the gold, its files called doc_id as in every table of Pastepot.

    Raises
    ------
    PastepotError
        If `corpus` lacks an article of the teaching corpus: the gold is about all of them and no others.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> [*gold("tone", read(teaching_folder())).columns]
    ['doc_id', 'start', 'end', 'label']
    """
    if {path.name for path in teaching_folder().glob("*.txt")} != set(corpus.doc_ids):
        raise errors.PastepotError("It needs a reader's marks, and only the teaching corpus has them.")
    return pd.read_csv(teaching_folder() / "gold" / f"{table}.csv").rename(columns={"file": "doc_id"})


def match_spans(true: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the gold whose span was found with the same start and end."""
    return true[SPAN].drop_duplicates().merge(found[SPAN].drop_duplicates(), on=SPAN)


def signs(scores: pd.Series, threshold: float = 0.05) -> pd.Series:
    """Return 1 for scores of `threshold` or more, -1 for those of its negative or less, else 0."""
    return (scores >= threshold).astype(int) - (scores <= -threshold).astype(int)


def match_labels(scored: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Return the scored sentences of `corpus` that the gold labels, with their labels."""
    return gold("tone", corpus).merge(scored, on=SPAN)


def pairs(frame: pd.DataFrame, a: str, b: str) -> set[tuple[str, str]]:
    """Return the pairs of different articles in a table of passages."""
    two = frame[frame[a] != frame[b]]
    return set(zip(two[a], two[b], strict=True))


def outlets_of(corpus: Corpus) -> dict[str, str]:
    """Return each article's outlet."""
    return {record.doc_id: record.outlet for record in corpus.records}
