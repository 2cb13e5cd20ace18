"""Groups of articles: by outlet, author, period, or any column that the source gave."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from pastepot import errors
from pastepot.corpus.corpus import Corpus, articles

PERIODS = {"month": "%Y-%m", "week": "%G-W%V"}
NO_GROUP = "(none)"


def article_groups(corpus: Corpus, by: str | None) -> tuple[list[str], npt.NDArray[np.int64]]:
    """Return the labels of the groups that a column of articles makes, in order, and each article's group.

    Articles without a value form the group ``(none)``, so that groups add up to the corpus. ``article`` is ``doc_id``,
    each article its own group, unless the source gave a column of that name.

    Raises
    ------
    PastepotError
        If `by` is neither a column of `pastepot.articles` nor a period.
    """
    if by is None:
        return [""], np.zeros(len(corpus), dtype=np.int64)
    frame = articles(corpus)
    by = "doc_id" if by == "article" and "article" not in frame.columns else by
    if by in PERIODS:
        values = frame["date"].dt.strftime(PERIODS[by])
    elif by in frame.columns:
        values = frame[by].dt.strftime("%Y-%m-%d") if by == "date" else frame[by].astype(str)
    else:
        likely = errors.did_you_mean(by, [*map(str, frame.columns), *PERIODS])
        raise errors.PastepotError(f"by must be a column of articles, 'month' or 'week'; got {by!r}.{likely}")
    filled = values.astype(object).where(values.notna() & (values != ""), NO_GROUP)
    codes, labels = pd.factorize(filled.to_numpy(dtype=object), sort=True)
    return [str(label) for label in labels], codes.astype(np.int64)
