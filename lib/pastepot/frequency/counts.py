"""Term frequency: how often each term stands, in how many articles and outlets, and how evenly."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pastepot import errors, formulas, tables
from pastepot.corpus.corpus import Corpus, article_groups
from pastepot.frequency.cells import Cut, TermCounts, count_terms, select_tokens
from pastepot.frequency.vocabulary import Case, Possessive, spelling
from pastepot.text.annotations import Whole
from pastepot.text.parts import COUNTED_PARTS

if TYPE_CHECKING:
    import scipy.sparse

Floats = npt.NDArray[np.float64]


class DocumentTerms(NamedTuple):
    """A matrix of counts, its rows the articles `doc_ids`, its columns the `terms`."""

    matrix: "scipy.sparse.csr_matrix"
    doc_ids: Sequence[str]
    terms: Sequence[str]


def terms(
    corpus: Corpus,
    *,
    by: str | None = None,
    parts: str | Iterable[str] = COUNTED_PARTS,
    case: Case = "fold",
    possessive: Possessive = "fold",
    group: Literal["stem"] | None = None,
    stop: Iterable[str] = (),
    stop_lists: str | Iterable[str] = (),
    min_docs: int = 1,
    min_outlets: int = 1,
    tf_idf: Literal["tidy", "quanteda", "sklearn"] | None = None,
    repeats: Cut = "all",
    passages: pd.DataFrame | None = None,
    per: int = 1000,
) -> pd.DataFrame:
    """Return the terms of a corpus with their counts, the commonest first, ties by alphabet.

    Parameters
    ----------
    corpus : Corpus
    by : str, optional
        A column of `pastepot.articles` (or ``month``, ``week`` of its date): counts are then made within each group,
        which stands in the first column.
    parts : names of parts, or "all"
        What is counted; the default leaves captions, credits, bios and repeated paragraphs out.
    case : {"fold", "label", "exact"}
        "fold" counts *Port* and *port* as ``port``; "label" does, too, and shows the commonest of the forms; "exact"
        counts them apart.
    possessive : {"fold", "keep"}
        Whether *port's* counts as *port*.
    group : {"stem"}, optional
        Count words of one English Snowball stem together, under the commonest; a last column lists the `members`.
    stop : words, optional
        Terms to leave out of the table; the denominators stay. Nothing is left out unless asked.
    stop_lists : names of `pastepot.stopwords`, optional
        Lists to leave out as well: ``"function"``, ``"pronouns"``, ``"negations"``, ``"news"``. *US* stays.
    min_docs, min_outlets : int
        Leave out terms that stand in fewer articles or outlets (of the group).
    tf_idf : {"tidy", "quanteda", "sklearn"}, optional
        Weight each term of a group against the other groups, by this variant of `formulas.tf_idf`, in a last column,
        and order by it. It needs `by`; left-out words don't count as words.
    repeats : {"all", "once"}
        "once" counts a reprinted passage in its first article only, as `passages` tells.
    passages : DataFrame, optional
        Made by `pastepot.passages`, for ``repeats="once"``.
    per : int
        The rate is per so many counted words.

    Returns
    -------
    DataFrame
        One row a term (in a group): term, count, rate, doc_count, outlets, dp.

    Notes
    -----
    `dp` is Gries's deviation of proportions over the articles of the group: half the sum of the differences between
    each article's share of the words and its share of the hits; 0 is even. In one article it is 0. `outlets` counts
    articles without an outlet as one. Time grows with the number of words. For a Zipf plot draw `count` against the
    number of the row.

    References
    ----------
    Gries, S. T. (2008). Dispersions and adjusted frequencies in corpora. International Journal of Corpus
    Linguistics 13(4).

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["The Port’s crane. A Port.", "A crane. Cranes!"]}))
    >>> terms(corpus)[["term", "count", "rate", "doc_count"]].head(3).values.tolist()
    [['a', 2, 250.0, 2], ['crane', 2, 250.0, 2], ['port', 2, 250.0, 1]]
    >>> terms(corpus, case="label", group="stem", stop_lists="function")[["term", "count", "members"]].values.tolist()
    [['crane', 3, 'crane, Cranes'], ['Port', 2, 'Port']]
    >>> terms(corpus, by="desk")
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: by must be a column of articles, 'month' or 'week'; got 'desk'.
    """
    for name, least in {"per": per, "min_docs": min_docs, "min_outlets": min_outlets}.items():
        errors.at_least(name, least, 1)
    how = spelling(case, possessive, group, stop, stop_lists)
    _weighted(by, tf_idf)
    within = select_tokens(corpus, parts, repeats, passages)
    counts = count_terms(corpus, within, how)
    labels, group_of = article_groups(corpus, by)
    rows = _rows(corpus, counts, group_of, len(labels), per)
    if tf_idf:
        rows["tf_idf"] = _tf_idf(rows, len(labels), len(counts.lexicon.terms), tf_idf)
    rows = rows[(rows["doc_count"] >= min_docs) & (rows["outlets"] >= min_outlets)]
    rows = rows.sort_values(
        ["group", *(["tf_idf"] if tf_idf else []), "count", "term"],
        ascending=[True, *([False] if tf_idf else []), False, True],
        kind="stable",
    )
    asked = {"min_docs": min_docs, "min_outlets": min_outlets, "tf_idf": tf_idf, "repeats": repeats, "per": per}
    return tables.build(
        "terms",
        _columns(rows, by, labels, counts),
        corpus=corpus.name,
        counted=within.counted,
        total=within.total,
        articles=len(corpus),
        note=within.notes(len(rows), _silent(corpus, counts, labels, group_of)),
        settings={"by": by, **how.settings(), **asked},
        per=per,
    )


def _weighted(by: str | None, tf_idf: str | None) -> None:
    """Check what tf-idf needs."""
    if tf_idf is None:
        return
    errors.one_of("tf_idf", tf_idf, formulas.SCHEMES)
    if by is None:
        raise errors.PastepotError("tf_idf weighs groups against each other; give by=…, as by='doc_id'.")


def _columns(rows: pd.DataFrame, by: str | None, labels: Sequence[str], counts: TermCounts) -> dict[str, object]:
    """Return the columns of the table, groups and terms by name."""
    place = rows["term"].to_numpy()
    columns: dict[str, object] = {name: rows[name].to_numpy() for name in rows.columns if name not in {"group", "term"}}
    columns["term"] = tables.texts(counts.lexicon.terms[place])
    if counts.lexicon.members is not None:
        columns["members"] = tables.texts(counts.lexicon.members[place])
    return {by: tables.texts(np.array(labels, dtype=object)[rows["group"].to_numpy()]), **columns} if by else columns


def _silent(corpus: Corpus, counts: TermCounts, labels: Sequence[str], group_of: Whole) -> str:
    """Return which groups have nothing to count."""
    words = np.bincount(group_of, weights=counts.words, minlength=len(labels))
    silent = [label or corpus.name for label, total in zip(labels, words, strict=True) if not total]
    further = f" and {len(silent) - 5} more" if len(silent) > 5 else ""
    return f"No counted words in {', '.join(silent[:5])}{further}." if silent else ""


def article_outlets(corpus: Corpus) -> Whole:
    """Return the number of each article's outlet; articles without one share a number."""
    names = np.array([record.outlet for record in corpus.records], dtype=object)
    return pd.factorize(names)[0].astype(np.int64)


def _rows(corpus: Corpus, counts: TermCounts, group_of: Whole, groups: int, per: int) -> pd.DataFrame:
    """Return count, rate, doc_count, outlets and dp of each term in each group, both as numbers."""
    size, article = len(counts.lexicon.terms), counts.articles
    place, keys = counts.terms.astype(np.int64), np.arange(size)
    if groups > 1:
        keys, place = np.unique(group_of[article] * size + counts.terms, return_inverse=True)
    rows = len(keys)
    count = np.bincount(place, weights=counts.hits, minlength=rows).astype(np.int64)
    group = keys // max(size, 1)
    words = np.bincount(group_of, weights=counts.words, minlength=groups).astype(np.int64)
    total = words[group]
    frame = pd.DataFrame(
        {
            "group": group,
            "term": keys % max(size, 1),
            "count": count,
            "rate": tables.numbers(count * per / np.maximum(total, 1), 6),
            "doc_count": np.bincount(place, minlength=rows),
            "outlets": distinct(place, article_outlets(corpus)[article], rows),
            "dp": tables.numbers(formulas.dp(place, counts.hits, counts.words[article], total), 6),
        }
    )
    return frame[count > 0]


def distinct(row: Whole, value: Whole, rows: int) -> Whole:
    """Return how many distinct values the cells of each row have.

    >>> distinct(np.array([0, 0, 2]), np.array([1, 1, 0]), 3).tolist()
    [1, 0, 1]
    """
    values = int(value.max(initial=0)) + 1
    return np.bincount(pd.unique(row * values + value) // values, minlength=rows)


def _tf_idf(rows: pd.DataFrame, groups: int, size: int, scheme: str) -> Floats:
    """Return the weight of each row; rows are in order of group and term, as the cells of the matrix."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 (loaded when weights are asked for)

    counts = rows["count"].to_numpy(dtype=np.float64)
    matrix = csr_matrix((counts, (rows["group"].to_numpy(), rows["term"].to_numpy())), shape=(groups, size))
    return tables.numbers(formulas.tf_idf(matrix, scheme=scheme).data, 9)


def dtm(
    corpus: Corpus,
    *,
    parts: str | Iterable[str] = COUNTED_PARTS,
    case: Case = "fold",
    possessive: Possessive = "fold",
    group: Literal["stem"] | None = None,
    stop: Iterable[str] = (),
    stop_lists: str | Iterable[str] = (),
    repeats: Cut = "all",
    passages: pd.DataFrame | None = None,
) -> DocumentTerms:
    """Return the counts as a sparse matrix of articles by terms (CSR, int32), with the names of rows and columns.

    Parameters
    ----------
    corpus : Corpus
    parts, case, possessive, group, stop, stop_lists, repeats, passages
        As for `terms`.

    Returns
    -------
    DocumentTerms
        matrix, doc_ids, terms. Columns are in alphabetical order, an article without words is a row of zeros; terms
        whose forms are all left out keep an empty column.

    Notes
    -----
    Of the shape that scikit-learn takes; ``pastepot.formulas.tf_idf(found.matrix, scheme="sklearn")`` weighs it.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> found = dtm(read(pd.DataFrame({"text": ["A port. A crane.", "…", "A port."]})))
    >>> found.terms, found.matrix.toarray().tolist()
    (['a', 'crane', 'port'], [[2, 1, 1], [0, 0, 0], [1, 0, 1]])
    """
    from scipy.sparse import csr_matrix  # noqa: PLC0415 (loaded when a matrix is asked for)

    how = spelling(case, possessive, group, stop, stop_lists)
    found = count_terms(corpus, select_tokens(corpus, parts, repeats, passages), how)
    shape = (len(corpus), len(found.lexicon.terms))
    matrix = csr_matrix((found.hits, found.terms, found.bounds), shape=shape, dtype=np.int32)
    return DocumentTerms(matrix.tocsc().tocsr(), corpus.doc_ids, found.lexicon.terms.tolist())
