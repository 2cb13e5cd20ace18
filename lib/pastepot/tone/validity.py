"""Validity: sentences to label by hand, and how far the coders agree with each other and with each tool."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pastepot import errors, tables
from pastepot.corpus.corpus import Corpus, articles
from pastepot.corpus.groups import article_groups
from pastepot.corpus.language import is_english
from pastepot.intervals import FEWEST_ARTICLES, SEED
from pastepot.text.annotations import sentences
from pastepot.text.parts import COUNTED_PARTS, chosen_parts
from pastepot.tone.agreement import LEVELS, alpha, alpha_interval

LABELS: Mapping[str, int] = dict(
    [
        *[("-1", -1), ("−1", -1), ("-1.0", -1), ("negative", -1)],
        *[("0", 0), ("0.0", 0), ("neutral", 0)],
        *[("1", 1), ("+1", 1), ("1.0", 1), ("positive", 1)],
    ]
)
"""What may stand in the column label of a sheet."""

CUT = 0.05
"""A tool's score above it is positive, below its negative negative: VADER's own threshold, taken for all."""

NOTE = (
    f"A tool's score counts as positive above {CUT} and negative below -{CUT}. 50 labels leave alpha open by .4;"
    " label 200 or more."
)


def coding_sheet(
    corpus: Corpus,
    *,
    size: int = 200,
    seed: int = SEED,
    by: str = "outlet",
    parts: str | Iterable[str] = COUNTED_PARTS,
) -> pd.DataFrame:
    """Return a sample of sentences to label by hand, with an empty column for the label.

    Parameters
    ----------
    corpus : Corpus
    size : int
        Sentences to draw; all, if there are no more.
    seed : int
        Start of the draw: the same seed draws the same sentences.
    by : str
        Column of `pastepot.articles`, ``month`` or ``week``: each group gets its share of the sheet, at least one.
    parts : names of parts, or "all"

    Returns
    -------
    DataFrame
        doc_id, sentence, text, label, in drawn order. Give each coder a copy, let them work apart, without the tools'
        scores; labels are -1, 0, 1 or negative, neutral, positive; empty if it cannot be said.

    Notes
    -----
    Not stratified by a tool's score: that would bend the agreement with that tool. Sentences in other languages than
    English are left out, since the tools have no score for them. A spreadsheet takes a text that starts with =, +, -
    or @ for a formula: import the column as text.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["The ferry sails. The crew waits. The port is shut."]}))
    >>> sheet = coding_sheet(corpus, size=2)
    >>> len(sheet), sheet["label"].dropna().tolist()
    (2, [])
    >>> len(coding_sheet(corpus, size=200))
    3
    """
    errors.at_least("size", size, 1)
    frame = sentences(corpus)
    article = np.array([corpus.number(doc_id) for doc_id in frame["doc_id"]], dtype=np.int64)
    english = np.array([is_english(code) for code in articles(corpus)["lang"]], dtype=bool)
    kept = np.flatnonzero(frame["part"].isin(chosen_parts(parts)).to_numpy() & english[article])
    _, group = article_groups(corpus, by)
    rows = _drawn(kept, group[article[kept]], size, np.random.default_rng(seed))
    return tables.build(
        "coding_sheet",
        frame.iloc[rows][["doc_id", "sentence", "text"]].assign(label=pd.Series(dtype="Int64")),
        corpus=corpus.name,
        counted=f"{len(rows):,} of {len(kept):,} sentences drawn.",
        settings={"size": size, "seed": seed, "by": by},
    )


def _drawn(
    rows: npt.NDArray[np.int64], group: npt.NDArray[np.int64], size: int, rng: np.random.Generator
) -> npt.NDArray[np.int64]:
    """Return `size` of `rows`, shared out to the groups by their size, in drawn order."""
    if len(rows) <= size:
        return rng.permutation(rows)
    present, where, counts = np.unique(group, return_inverse=True, return_counts=True)
    share = _shares(counts, max(size, len(present)))
    shuffled = rng.permutation(len(rows))
    taken = [shuffled[where[shuffled] == place][: share[place]] for place in range(len(present))]
    chosen: npt.NDArray[np.int64] = rows[rng.permutation(np.concatenate(taken))[:size]]
    return chosen


def _shares(counts: npt.NDArray[np.int64], size: int) -> list[int]:
    """Return how many of `size` each group gets: by its count, one at least, what is left to the largest remainders.

    >>> _shares(np.array([90, 9, 1]), 10)
    [7, 2, 1]
    """
    exact = (size - len(counts)) * counts / counts.sum()
    share = np.minimum(1 + exact.astype(np.int64), counts)
    order = np.lexsort((np.arange(len(counts)), -(exact % 1)))
    while share.sum() < size:
        room = order[share[order] < counts[order]]
        share[room[: size - int(share.sum())]] += 1
    return [int(one) for one in share]


def read_coding(sheets: Mapping[str, str | Path | pd.DataFrame] | str | Path | pd.DataFrame) -> pd.DataFrame:
    """Return the labels of one or more coders, one label a row.

    Parameters
    ----------
    sheets
        Each coder's sheet by the coder's name: a CSV or .xlsx file, or a frame; or one sheet alone.

    Returns
    -------
    DataFrame
        doc_id, sentence, coder, label; empty labels are left out.

    Raises
    ------
    PastepotError
        If a column is missing, a label is none of -1, 0, 1, negative, neutral, positive, or a sentence stands twice.

    Examples
    --------
    >>> sheet = pd.DataFrame({"doc_id": ["a", "a"], "sentence": [0, 1], "label": ["negative", ""]})
    >>> read_coding({"Mara": sheet}).values.tolist()
    [['a', 0, 'Mara', -1]]
    """
    several = sheets if isinstance(sheets, Mapping) else {"coder": sheets}
    if not several:
        raise errors.PastepotError("sheets must hold at least one coder's sheet, as {'Mara': 'mara.csv'}; got none.")
    return pd.concat([_one_sheet(str(coder), sheet) for coder, sheet in several.items()], ignore_index=True)


def _one_sheet(coder: str, sheet: str | Path | pd.DataFrame) -> pd.DataFrame:
    """Return one coder's labels."""
    frame = sheet if isinstance(sheet, pd.DataFrame) else _file(Path(sheet))
    needed = ("doc_id", "sentence", "label")
    errors.has_columns(f"the sheet of {coder}", frame, needed, made_by="pastepot.coding_sheet(corpus)")
    given = frame["label"].astype("string").str.strip().str.lower().fillna("")
    wrong = given[(given != "") & ~given.isin(list(LABELS))]
    if len(wrong):
        raise errors.PastepotError(
            f"label must be -1, 0, 1, negative, neutral, positive or empty; row {wrong.index[0]} of the sheet of"
            f" {coder} has {wrong.iloc[0]!r}."
        )
    labelled = frame[(given != "").to_numpy()]
    if labelled.duplicated(["doc_id", "sentence"]).any():
        twice = labelled[labelled.duplicated(["doc_id", "sentence"])].iloc[0]
        raise errors.PastepotError(
            f"the sheet of {coder} labels sentence {twice['sentence']} of {twice['doc_id']!r} twice; keep one row."
        )
    return pd.DataFrame(
        {
            "doc_id": labelled["doc_id"].astype(str).to_numpy(dtype=object),
            "sentence": pd.to_numeric(labelled["sentence"]).astype("int64").to_numpy(),
            "coder": coder,
            "label": np.array([LABELS[text] for text in given[given != ""]], dtype=np.int64),
        }
    )


def _file(path: Path) -> pd.DataFrame:
    """Return a sheet from its file, its cells as text; semicolons or tabs as some spreadsheets write them will do."""
    try:
        if path.suffix.lower() == ".xlsx":
            return pd.read_excel(path, dtype=str, keep_default_na=False)
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError, ImportError) as error:
        raise errors.PastepotError(f"sheet {path} cannot be read: {error}. Save it as CSV in UTF-8.") from None
    first = text.split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    return pd.read_csv(path, sep=mark, dtype=str, keep_default_na=False, encoding="utf-8-sig")


def agreement(
    coded: pd.DataFrame, scores: pd.DataFrame | None = None, *, tools: Sequence[str] | None = None, seed: int = SEED
) -> pd.DataFrame:
    """Return Krippendorff's alpha between coders, and between the coders and each tool, with intervals.

    Parameters
    ----------
    coded : DataFrame
        Labels as `pastepot.read_coding` returns them.
    scores : DataFrame, optional
        Scores as `pastepot.sentiment` returns them.
    tools : list of str, optional
        Columns of `scores`; without it those of vader, textblob and news that it has.
    seed : int
        Start of the draws of articles.

    Returns
    -------
    DataFrame
        a, b (a coder, a tool, or `coders`), level, sentences, articles, alpha, low, high, macro_f1 (of a tool's labels,
        the coders' taken as right), reason. All coders come first, then pairs of coders, then tools; three levels each.

    Notes
    -----
    The coders' label of a sentence is the middle one, 0 where it lies between. The interval draws articles; below ten
    there is none. Alpha of .8 is customary for firm conclusions and .667 for tentative ones (Krippendorff, Content
    Analysis); tone of news seldom reaches either. A tool cannot be trusted further than coders agree among themselves.

    Examples
    --------
    >>> coded = pd.DataFrame({"doc_id": "a", "sentence": [0, 1, 2], "coder": "Mara", "label": [-1, 0, 1]})
    >>> scores = pd.DataFrame({"doc_id": "a", "sentence": [0, 1, 2], "vader": [-0.6, 0.0, 0.4]})
    >>> agreement(coded, scores)[["a", "b", "level", "alpha", "reason"]].values.tolist()[0]
    ['coders', 'vader', 'nominal', 1.0, '1 article, fewer than 10: no interval']
    """
    errors.has_columns("coded", coded, ("doc_id", "sentence", "coder", "label"), made_by="pastepot.read_coding(sheets)")
    wide = coded.pivot_table(index=["doc_id", "sentence"], columns="coder", values="label", sort=True).astype(float)
    coders = list(wide.columns)
    together = np.sign(wide.median(axis=1)).where(wide.median(axis=1).abs() > 0.5, 0.0)
    rows = _levels("coders", "coders", wide, seed) if len(coders) > 1 else []
    for one, two in combinations(coders, 2) if len(coders) > 2 else ():
        rows += _levels(one, two, wide[[one, two]], seed)
    for tool, labels in _tool_labels(scores, tools).items():
        pair = pd.DataFrame({"coders": together, tool: labels.reindex(wide.index)}).dropna()
        rows += _levels("coders", tool, pair, seed, judged=True)
    columns = ["a", "b", "level", "sentences", "articles", "alpha", "low", "high", "macro_f1", "reason"]
    table = pd.DataFrame(rows, columns=columns)
    table.attrs = {"note": NOTE}
    return table


def confusion(coded: pd.DataFrame, scores: pd.DataFrame, tool: str) -> pd.DataFrame:
    """Return how often each label of the coders (rows) met each of a tool (columns).

    >>> coded = pd.DataFrame({"doc_id": "a", "sentence": [0, 1], "coder": "Mara", "label": [-1, 1]})
    >>> confusion(coded, pd.DataFrame({"doc_id": "a", "sentence": [0, 1], "news": [0.0, 0.4]}), "news").values.tolist()
    [[0, 1, 0], [0, 0, 0], [0, 0, 1]]
    """
    middle = coded.groupby(["doc_id", "sentence"], sort=True)["label"].median()
    pair = pd.DataFrame({"coders": np.sign(middle).where(middle.abs() > 0.5, 0.0)})
    pair[tool] = _tool_labels(scores, [tool])[tool].reindex(pair.index)
    pair = pair.dropna().astype(int)
    labels = pd.Index([-1, 0, 1])
    return pd.crosstab(pair["coders"], pair[tool]).reindex(index=labels, columns=labels, fill_value=0)


def _tool_labels(scores: pd.DataFrame | None, tools: Sequence[str] | None) -> dict[str, "pd.Series[float]"]:
    """Return each tool's label of each sentence, NaN where it has no score."""
    if scores is None:
        return {}
    known = [tool for tool in ("vader", "textblob", "news") if tool in scores.columns]
    chosen = known if tools is None else list(tools)
    errors.has_columns("scores", scores, ("doc_id", "sentence", *chosen), made_by="pastepot.sentiment(corpus)")
    table = scores.assign(doc_id=scores["doc_id"].astype(str), sentence=scores["sentence"].astype("int64"))
    table = table.set_index(["doc_id", "sentence"])
    return {
        tool: np.sign(table[tool]).where(table[tool].abs() > CUT, 0.0).where(table[tool].notna()) for tool in chosen
    }


def _levels(a: str, b: str, wide: pd.DataFrame, seed: int, *, judged: bool = False) -> list[tuple[Any, ...]]:
    """Return a row for each level of measurement."""
    compared = wide[wide.notna().sum(axis=1) > 1]
    ratings, article = compared.to_numpy().T, compared.index.get_level_values("doc_id").to_numpy()
    count = len(set(article))
    few = f"{count} article{'' if count == 1 else 's'}, fewer than {FEWEST_ARTICLES}: no interval"
    f1 = _macro_f1(ratings[0], ratings[1]) if judged and len(compared) else np.nan
    rows = []
    for level in LEVELS:
        value = alpha(ratings, level=level) if len(compared) else np.nan  # type: ignore[arg-type]
        ends = alpha_interval(ratings, article, level=level, seed=seed) if len(compared) else (np.nan, np.nan)  # type: ignore[arg-type]
        reason = "fewer than two different labels" if np.isnan(value) else few if count < FEWEST_ARTICLES else ""
        figures = tables.numbers([value, *ends, f1], 6).tolist()
        rows.append((a, b, level, len(compared), count, *figures, reason))
    return rows


def _macro_f1(gold: npt.NDArray[np.float64], said: npt.NDArray[np.float64]) -> float:
    """Return the mean F1 of the labels that either side uses."""
    used = np.union1d(gold, said)
    hits = [((gold == one) & (said == one)).sum() for one in used]
    return float(
        np.mean([2 * hit / ((gold == one).sum() + (said == one).sum()) for hit, one in zip(hits, used, strict=True)])
    )
