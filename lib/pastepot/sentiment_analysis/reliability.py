"""Reliability: a sheet to label sentences by hand, and how far coders agree with each other and with each tool."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from pastepot import errors, tables, wording
from pastepot.corpus.corpus import Corpus
from pastepot.formulas import FEWEST_ARTICLES, SEED, Floats
from pastepot.sentiment_analysis.scores import TOOLS, english_sentences
from pastepot.text.annotations import COUNTED_PARTS, Parts

Ratings: TypeAlias = Sequence[Sequence[float]] | npt.NDArray[np.float64] | pd.DataFrame
Level: TypeAlias = Literal["nominal", "ordinal", "interval"]

LABELS = {
    **dict.fromkeys(["-1", "−1", "-1.0", "negative"], -1),
    **dict.fromkeys(["0", "0.0", "neutral"], 0),
    **dict.fromkeys(["1", "+1", "1.0", "positive"], 1),
}
"""What the column label of a sheet may contain."""

CUT = 0.05
"""A tool's score above it is positive, below its negative negative: VADER's own threshold, taken for all."""

NOTE = (
    f"A tool's score counts as positive above {CUT} and negative below −{CUT}. 50 labels leave alpha open by .4;"
    " label 200 or more."
)


def coding_sheet(
    corpus: Corpus, *, size: errors.Positive = 200, seed: int = SEED, by: str = "outlet", parts: Parts = COUNTED_PARTS
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
    pool = english_sentences(corpus, by=by, parts=parts).sample(frac=1, random_state=seed)
    groups = pool.groupby("group")["text"]
    turn = (groups.cumcount() + 0.5) / groups.transform("size")
    drawn = pool.loc[turn.where(groups.cumcount() > 0, 0).sort_values(kind="stable").index[:size]]
    return tables.build(
        "coding_sheet",
        drawn[["doc_id", "sentence", "text"]].assign(label=pd.Series(dtype="Int64")),
        corpus=corpus.name,
        counted=wording.start_sentence(wording.count_part(len(drawn), len(pool), "sentence", "drawn", "drawn")) + ".",
        settings={"size": size, "seed": seed, "by": by},
    )


def read_coding_sheets(sheets: Mapping[str, str | Path | pd.DataFrame] | str | Path | pd.DataFrame) -> pd.DataFrame:
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
        If a column is missing, a label is none of -1, 0, 1, negative, neutral, positive, a sentence is no whole number,
        or one occurs twice.

    Examples
    --------
    >>> sheet = pd.DataFrame({"doc_id": ["a", "a"], "sentence": [0, 1], "label": ["negative", ""]})
    >>> read_coding_sheets({"Mara": sheet}).values.tolist()
    [['a', 0, 'Mara', -1]]
    """
    several = sheets if isinstance(sheets, Mapping) else {"coder": sheets}
    if not several:
        raise errors.PastepotError("sheets must hold at least one coder's sheet, as {'Mara': 'mara.csv'}; got none.")
    return pd.concat([_read_sheet(str(coder), sheet) for coder, sheet in several.items()], ignore_index=True)


def _read_sheet(coder: str, sheet: str | Path | pd.DataFrame) -> pd.DataFrame:
    """Return one coder's labels."""
    frame = sheet if isinstance(sheet, pd.DataFrame) else _read_file(Path(sheet))
    needed = ("doc_id", "sentence", "label")
    errors.has_columns(f"the sheet of {coder}", frame, needed, made_by="pastepot.coding_sheet(corpus)")
    given = frame["label"].astype("string").str.strip().str.lower().fillna("")
    label = given.map(LABELS)
    _refuse_cells(given[(given != "") & label.isna()], "-1, 0, 1, negative, neutral, positive or empty", coder)
    rows = frame[list(needed)].assign(label=label, coder=coder)[label.notna()]
    cells = rows["sentence"].astype("string").str.strip().fillna("")
    numbers = pd.to_numeric(cells, errors="coerce").astype("float64")
    whole = numbers.between(0, 2**53) & (numbers % 1 == 0)
    _refuse_cells(cells[~whole], "a whole number of 0 or more, as pastepot.coding_sheet gives it", coder)
    rows["sentence"] = numbers.astype("int64")
    if len(twice := rows[rows.duplicated(["doc_id", "sentence"])]):
        raise errors.PastepotError(
            f"the sheet of {coder} labels sentence {twice['sentence'].iloc[0]} of {twice['doc_id'].iloc[0]!r} twice;"
            " keep one row."
        )
    return rows[["doc_id", "sentence", "coder", "label"]].astype({"doc_id": str, "label": int})


def _refuse_cells(wrong: "pd.Series[str]", allowed: str, coder: str) -> None:
    """Do nothing if no cell of a column is wrong, else say what it may contain and where the first wrong one is."""
    if len(wrong):
        where = f"row {wrong.index[0]} of the sheet of {coder}"
        raise errors.PastepotError(f"{wrong.name} must be {allowed}; {where} has {wrong.iloc[0]!r}.")


def _read_file(path: Path) -> pd.DataFrame:
    """Return a sheet from its file, its cells as text; semicolons or tabs as some spreadsheets write them will do."""
    try:
        if path.suffix.lower() == ".xlsx":
            return pd.read_excel(path, dtype=str, keep_default_na=False)
        with path.open(encoding="utf-8-sig") as lines:
            separator = max(",;\t", key=lines.readline().count)
        return pd.read_csv(path, sep=separator, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (OSError, ValueError, ImportError) as error:
        raise errors.PastepotError(f"sheet {path} cannot be read: {error}. Save it as CSV in UTF-8.") from None


def agreement(
    coded: pd.DataFrame, scores: pd.DataFrame | None = None, *, tools: Sequence[str] | None = None, seed: int = SEED
) -> pd.DataFrame:
    """Return Krippendorff's alpha between coders, and between the coders and each tool, with intervals.

    Parameters
    ----------
    coded : DataFrame
        Labels as `pastepot.read_coding_sheets` returns them.
    scores : DataFrame, optional
        Scores as `pastepot.sentiment` returns them.
    tools : list of str, optional
        Columns of `scores`; without it those of vader, textblob and news_model that it has.
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
    Analysis); sentiment of news seldom reaches either. A tool cannot be trusted further than coders agree among
    themselves.

    Examples
    --------
    >>> coded = pd.DataFrame({"doc_id": "a", "sentence": [0, 1, 2], "coder": "Mara", "label": [-1, 0, 1]})
    >>> scores = pd.DataFrame({"doc_id": "a", "sentence": [0, 1, 2], "vader": [-0.6, 0.0, 0.4]})
    >>> agreement(coded, scores)[["a", "b", "level", "alpha", "reason"]].values.tolist()[0]
    ['coders', 'vader', 'nominal', 1.0, '1 article, fewer than 10: no interval']
    """
    needed = ("doc_id", "sentence", "coder", "label")
    errors.has_columns("coded", coded, needed, made_by="pastepot.read_coding_sheets(sheets)")
    wide = coded.pivot_table(index=["doc_id", "sentence"], columns="coder", values="label", sort=True).astype(float)
    coders, middle = list(wide.columns), wide.median(axis=1)
    rows = _compare("coders", "coders", wide, seed) if len(coders) > 1 else []
    for a, b in combinations(coders, 2) if len(coders) > 2 else ():
        rows += _compare(a, b, wide[[a, b]], seed)
    together = np.sign(middle).where(middle.abs() > 0.5, 0.0)
    for tool, labels in _tool_labels(scores, tools).items():
        pair = pd.DataFrame({"coders": together, tool: labels.reindex(wide.index)}).dropna()
        rows += _compare("coders", str(tool), pair, seed, judged=True)
    columns = ["a", "b", "level", "sentences", "articles", "alpha", "low", "high", "macro_f1", "reason"]
    table = pd.DataFrame(rows, columns=columns)
    table.attrs = {"note": NOTE}
    return table


def _tool_labels(scores: pd.DataFrame | None, tools: Sequence[str] | None) -> pd.DataFrame:
    """Return each tool's label of each sentence, NaN where it has no score."""
    if scores is None:
        return pd.DataFrame()
    chosen = [tool for tool in TOOLS if tool in scores.columns] if tools is None else list(tools)
    errors.has_columns("scores", scores, ("doc_id", "sentence", *chosen), made_by="pastepot.sentiment(corpus)")
    table = scores.astype({"doc_id": str, "sentence": "int64"}).set_index(["doc_id", "sentence"])[chosen]
    return table.mask(table.abs() <= CUT, 0.0).apply(np.sign)


def _compare(a: str, b: str, wide: pd.DataFrame, seed: int, *, judged: bool = False) -> list[tuple[Any, ...]]:
    """Return a row for each level of measurement, of sentences that at least two have labelled."""
    compared = wide[wide.notna().sum(axis=1) > 1]
    ratings, article = compared.to_numpy().T, compared.index.get_level_values("doc_id").to_numpy()
    count = len(set(article))
    few = f"{wording.count_noun(count, 'article')}, fewer than {FEWEST_ARTICLES}: no interval"
    f1 = _macro_f1(*ratings) if judged and len(compared) else np.nan
    rows = []
    for level in get_args(Level):
        value = krippendorff_alpha(ratings, level=level)
        ends = alpha_interval(ratings, article, level=level, seed=seed)
        reason = "fewer than two different labels" if np.isnan(value) else few if count < FEWEST_ARTICLES else ""
        rows.append((a, b, level, len(compared), count, *tables.numbers([value, *ends, f1], 6).tolist(), reason))
    return rows


def _macro_f1(gold: Floats, predicted: Floats) -> float:
    """Return the mean F1 of the labels that either side uses."""
    pairs = [(gold == label, predicted == label) for label in np.union1d(gold, predicted)]
    return float(np.mean([2 * (right & guess).sum() / (right.sum() + guess.sum()) for right, guess in pairs]))


def krippendorff_alpha(ratings: Ratings, *, level: Level = "nominal") -> float:
    """Return Krippendorff's alpha: 1 for full agreement, 0 for what chance gives, below 0 for worse.

    Parameters
    ----------
    ratings : array of numbers
        One row a coder, one column a unit; NaN where a coder gave nothing. A unit with fewer than two values is left
        out.
    level : {"nominal", "ordinal", "interval"}
        Whether any two labels differ alike, by their ranks, or by the square of their distance.

    Returns
    -------
    float
        NaN where no unit can be compared or all values are the same: then chance is not defined.

    Notes
    -----
    1 less observed over expected disagreement, from the matrix of coincidences: each unit of m values adds its ordered
    pairs of values, divided by m - 1. The cost is units times values squared.

    References
    ----------
    Krippendorff, K. (2011). Computing Krippendorff's Alpha-Reliability. University of Pennsylvania.

    Examples
    --------
    >>> round(krippendorff_alpha([[1, 1, 0, -1, 0], [1, 0, 0, -1, float("nan")]]), 3)
    0.667
    >>> krippendorff_alpha([[1, 1, 1], [1, 1, 1]])
    nan
    """
    matrices, values = _count_coincidences(ratings)
    return float(_alphas(matrices.sum(axis=0)[None], values, level)[0])


def alpha_interval(
    ratings: Ratings, articles: npt.ArrayLike, *, level: Level = "nominal", draws: int = 2000, seed: int = SEED
) -> tuple[float, float]:
    """Return the ends of a 95 % interval for alpha, by drawing articles, not units.

    `articles` has the article of each unit. A pair of NaN below ten articles, and where more than a twentieth of the
    draws contain one value only.

    >>> alpha_interval([[1, 0, 1], [1, 0, 0]], ["a", "a", "b"])
    (nan, nan)
    """
    matrices, values = _count_coincidences(ratings)
    if np.size(articles) != len(matrices):
        raise errors.PastepotError(
            f"articles has {np.size(articles)} units and ratings {len(matrices)}; give one article a unit."
        )
    compared = matrices.any(axis=(1, 2))
    names, article = np.unique(np.asarray(articles).astype(str)[compared], return_inverse=True)
    if len(names) < FEWEST_ARTICLES:
        return np.nan, np.nan
    by_article = np.zeros((len(names), *matrices.shape[1:]))
    np.add.at(by_article, article, matrices[compared])
    # How often each draw takes each article: one row a draw, e.g. 1 0 2 for three articles.
    times = np.random.default_rng(seed).multinomial(len(names), np.full(len(names), 1 / len(names)), size=draws)
    drawn = _alphas(np.tensordot(times.astype(np.float64), by_article, axes=1), values, level)
    known = drawn[~np.isnan(drawn)]
    if len(known) < 0.95 * draws:
        return np.nan, np.nan
    low, high = np.quantile(known, [0.025, 0.975])
    return float(low), float(high)


def _count_coincidences(ratings: Ratings) -> tuple[Floats, Floats]:
    """Return each unit's matrix of coincidences, values in ascending order by values, and those values.

    >>> matrices, values = _count_coincidences(np.array([[1.0, 0.0], [0.0, np.nan]]))
    >>> matrices.tolist(), values.tolist()
    ([[[0.0, 1.0], [1.0, 0.0]], [[0.0, 0.0], [0.0, 0.0]]], [0.0, 1.0])
    """
    try:
        numbers = np.array(ratings, dtype=np.float64)
    except (TypeError, ValueError):
        numbers = np.empty(0)
    if numbers.ndim != 2:
        got = errors.show_value(ratings)
        raise errors.PastepotError(f"ratings must be numbers, a row a coder and a column a unit; got {got}.")
    values = np.unique(numbers[~np.isnan(numbers)])
    counts = (numbers[:, :, None] == values).sum(axis=0).astype(np.float64)
    pairs = counts[:, :, None] * counts[:, None, :] - np.eye(len(values)) * counts[:, :, None]
    return pairs / np.maximum(counts.sum(axis=1) - 1, 1)[:, None, None], values


def _alphas(matrices: Floats, values: Floats, level: str) -> Floats:
    """Return alpha of each summed matrix of coincidences."""
    counts = matrices.sum(axis=2)
    total = counts.sum(axis=1)
    distance = _distances(counts, values, level)
    observed = (matrices * distance).sum(axis=(1, 2))
    expected = (counts[:, :, None] * counts[:, None, :] * distance).sum(axis=(1, 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        alphas = 1 - (total - 1) * observed / expected
    return np.where(expected > 0, alphas, np.nan)


def _distances(counts: Floats, values: Floats, level: str) -> Floats:
    """Return how far each value is from each other, squared; by ranks, for each matrix."""
    if level == "nominal":
        return 1 - np.eye(len(values))
    places = values if level == "interval" else np.cumsum(counts, axis=1) - counts / 2
    return np.asarray((places[..., :, None] - places[..., None, :]) ** 2)
