"""Term frequency: how often each term occurs, in how many articles and outlets, and how evenly."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
import pandas as pd

from pastepot import errors, formulas, tables, wording
from pastepot.corpus.corpus import Corpus, article_groups
from pastepot.frequency.selection import Reprints, select_tokens
from pastepot.frequency.vocabulary import Case, Group, Possessive, Vocabulary, choose_folding
from pastepot.text.annotations import COUNTED_PARTS, PARTS, Annotations, Parts, Whole, annotations
from pastepot.text.tokens import split_elisions, tokenize
from pastepot.text.words import find_stopwords, fold_possessive, is_stopword, to_term

if TYPE_CHECKING:
    from scipy.sparse import coo_array, csr_array

HEADINGS = ("title", "subheading")
NO_CONTENT = ("function", "pronouns", "negations")


class DocumentTerms(NamedTuple):
    """A matrix of counts, its rows the articles `doc_ids`, its columns the `terms`."""

    matrix: "csr_array"
    doc_ids: Sequence[str]
    terms: Sequence[str]


def terms(
    corpus: Corpus,
    *,
    by: str | None = None,
    parts: Parts = COUNTED_PARTS,
    case: Case = "fold",
    possessive: Possessive = "fold",
    group: Group = None,
    stop: Iterable[str] = (),
    stop_lists: str | Iterable[str] = (),
    min_docs: errors.Positive = 1,
    min_outlets: errors.Positive = 1,
    tf_idf: Literal["tidy", "quanteda", "sklearn"] | None = None,
    reprints: Reprints = "all",
    passages: pd.DataFrame | None = None,
    per: errors.Positive = 1000,
) -> pd.DataFrame:
    """Return the terms of a corpus with their counts, the most frequent first, ties by alphabet.

    Parameters
    ----------
    corpus : Corpus
    by : str, optional
        A column of `pastepot.articles` (or ``month``, ``week`` of its date): counts are then made within each group,
        which is the first column.
    parts : names of parts, or "all"
        What is counted; the default leaves captions, credits, bios and repeated paragraphs out.
    case : {"fold", "label", "exact"}
        "fold" counts *Port* and *port* as ``port``; "label" does, too, and shows the most frequent form, but counts an
        acronym of up to five letters apart from the word spelt like it (*US*, *us*); "exact" counts all forms apart.
    possessive : {"fold", "keep"}
        Whether *port's* counts as *port*.
    group : {"stem", "acronyms"}, optional
        "stem" counts words of one English Snowball stem together, under the most frequent; a last column lists the
        `members`. "acronyms" counts *U.S.* as *US*, which ``case="label"`` keeps apart from *us*.
    stop : words, optional
        Terms to leave out of the table; the denominators stay. Nothing is left out unless asked.
    stop_lists : names of `pastepot.stopwords`, optional
        Lists to leave out as well: ``"function"``, ``"pronouns"``, ``"negations"``, ``"news"``. *US* stays.
    min_docs, min_outlets : int
        Leave out terms that occur in fewer articles or outlets (of the group).
    tf_idf : {"tidy", "quanteda", "sklearn"}, optional
        Weight each term of a group against the other groups, by this variant of `formulas.tf_idf`, in a last column,
        and order by it. It needs `by`; left-out words don't count as words, groups without words count as groups.
    reprints : {"all", "once"}
        "once" counts a reprinted passage in its first article only, as `passages` tells.
    passages : DataFrame, optional
        Made by `pastepot.passages`, for ``reprints="once"``; else the note says how many words are in later copies.
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
    if tf_idf and by is None:
        raise errors.PastepotError("tf_idf weighs groups against each other; give by=…, as by='doc_id'.")
    known = annotations(corpus)
    folding = choose_folding(case, possessive, group, stop, stop_lists)
    selection = select_tokens(known, folding, parts=parts, reprints=reprints, passages=passages)
    labels, group_of = article_groups(corpus, by)
    outlets = pd.factorize(np.array([record.outlet for record in corpus.records], dtype=object))[0]
    articles = pd.DataFrame({"group": group_of, "outlet": outlets, "words": selection.article_sizes})
    rows = _count_rows(selection.counts.tocoo(), articles, len(labels), per)
    if tf_idf:
        cells = rows["group"], rows["term"], rows["count"]
        rows["tf_idf"] = tables.numbers(formulas.tf_idf(*cells, len(labels), scheme=tf_idf), 9)
    rows = rows[(rows["doc_count"] >= min_docs) & (rows["outlets"] >= min_outlets)]
    order = ["group", *(["tf_idf"] if tf_idf else []), "count", "term"]
    rows = rows.sort_values(order, ascending=[name in {"group", "term"} for name in order], kind="stable")
    asked = {"min_docs": min_docs, "min_outlets": min_outlets, "tf_idf": tf_idf, "reprints": reprints, "per": per}
    return tables.build(
        "terms",
        _name_rows(rows, by, labels, selection.vocabulary),
        **selection.attrs,
        articles=len(corpus),
        note=selection.explain(len(rows), _list_empty_groups(articles, labels, corpus.name), passages=passages),
        settings={"by": by, **folding.settings, **asked},
        per=per,
    )


def _count_rows(cells: "coo_array", articles: pd.DataFrame, groups: int, per: int) -> pd.DataFrame:
    """Return count, rate, doc_count, outlets and dp of each term in each group, both as numbers, in order.

    `cells` are the counts of articles by terms, `articles` the group, outlet and words of each article.
    """
    size = max(cells.shape[1], 1)
    article, term, hits = cells.row, cells.col.astype(np.int64), cells.data
    # Each cell belongs to the row of its term in the group of its article.
    if groups > 1:
        keys, row = np.unique(articles["group"].to_numpy()[article] * size + term, return_inverse=True)
    else:
        keys, row = np.arange(cells.shape[1]), term
    count = np.bincount(row, weights=hits, minlength=len(keys)).astype(np.int64)
    total = np.bincount(articles["group"], weights=articles["words"], minlength=groups)[keys // size]
    columns = {
        "group": keys // size,
        "term": keys % size,
        "count": count,
        "rate": tables.numbers(count * per / np.maximum(total, 1), 6),
        "doc_count": np.bincount(row, minlength=len(keys)),
        "outlets": count_distinct(row, articles["outlet"].to_numpy()[article], len(keys)),
        "dp": tables.numbers(formulas.dp(row, hits, articles["words"].to_numpy()[article], total), 6),
    }
    return pd.DataFrame(columns)[count > 0]


def count_distinct(row: Whole, value: Whole, rows: int) -> Whole:
    """Return how many distinct values the cells of each row have.

    >>> count_distinct(np.array([0, 0, 2]), np.array([1, 1, 0]), 3).tolist()
    [1, 0, 1]
    """
    values = int(value.max(initial=0)) + 1
    return np.bincount(pd.unique(row * values + value) // values, minlength=rows)


def _name_rows(rows: pd.DataFrame, by: str | None, labels: Sequence[str], words: Vocabulary) -> dict[str, object]:
    """Return the columns of the table, groups and terms by name."""
    term = rows["term"].to_numpy()
    columns: dict[str, object] = {by: tables.texts(labels)[rows["group"].to_numpy()]} if by else {}
    columns |= {name: rows[name].to_numpy() for name in rows.columns if name != "group"}
    columns["term"] = tables.texts(words.terms[term])
    if words.members is not None:
        columns["members"] = tables.texts(words.members[term])
    return columns


def _list_empty_groups(articles: pd.DataFrame, labels: Sequence[str], corpus_name: str) -> str:
    """Return which groups have nothing to count."""
    words = np.bincount(articles["group"], weights=articles["words"], minlength=len(labels))
    empty = [label or corpus_name for label, total in zip(labels, words, strict=True) if not total]
    return f"No counted words in {wording.list_words(empty)}." if empty else ""


def dtm(
    corpus: Corpus,
    *,
    parts: Parts = COUNTED_PARTS,
    case: Case = "fold",
    possessive: Possessive = "fold",
    group: Group = None,
    stop: Iterable[str] = (),
    stop_lists: str | Iterable[str] = (),
    reprints: Reprints = "all",
    passages: pd.DataFrame | None = None,
) -> DocumentTerms:
    """Return the counts as a sparse matrix of articles by terms (CSR, int32), with the names of rows and columns.

    Parameters
    ----------
    corpus : Corpus
    parts, case, possessive, group, stop, stop_lists, reprints, passages
        As for `terms`.

    Returns
    -------
    DocumentTerms
        matrix, doc_ids, terms. Columns are in alphabetical order, an article without words is a row of zeros; terms
        whose forms are all left out keep an empty column.

    Notes
    -----
    Of the shape that scikit-learn takes, whose ``TfidfTransformer().fit_transform(found.matrix)`` weighs it; the other
    schemes of `pastepot.formulas.tf_idf` take the cells of ``found.matrix.tocoo()``.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> found = dtm(read(pd.DataFrame({"text": ["A port. A crane.", "…", "A port."]})))
    >>> found.terms, found.matrix.toarray().tolist()
    (['a', 'crane', 'port'], [[2, 1, 1], [0, 0, 0], [1, 0, 1]])
    """
    folding = choose_folding(case, possessive, group, stop, stop_lists)
    selection = select_tokens(annotations(corpus), folding, parts=parts, reprints=reprints, passages=passages)
    return DocumentTerms(selection.counts.tocsr(), corpus.doc_ids, selection.vocabulary.terms.tolist())


def headline_words(corpus: Corpus, *, stop_lists: str | Iterable[str] = NO_CONTENT) -> pd.DataFrame:
    """Return each content word of title and subheadings with its count in the article's body.

    Parameters
    ----------
    corpus : Corpus
    stop_lists : names of `pastepot.stopwords`
        Lists that are not content; numbers are content.

    Returns
    -------
    DataFrame
        doc_id, term, heading_part (title or subheading), count_body; by article, title first, in order of appearance,
        each term once a heading. A title that is not in the text is taken from the article's title field.

    Notes
    -----
    A count of 0 is a question, not a fault: the body may say it in other words, or inflected (*strike*, *strikes*).
    Possessives are folded.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> rows = {"title": ["Chaos at the port"], "text": ["The port’s ferry was late. The port slept."]}
    >>> headline_words(read(pd.DataFrame(rows))).values.tolist()
    [['row 1', 'chaos', 'title', 0], ['row 1', 'port', 'title', 2]]
    """
    known, stopwords = annotations(corpus), find_stopwords((), stop_lists)
    words = _list_heading_words(known, stopwords)
    words = words.sort_values(["article", "rank"], kind="stable").drop_duplicates(["article", "rank", "term"])
    article = words["article"].to_numpy()
    columns = {
        "doc_id": tables.texts(corpus.doc_ids)[article],
        "term": tables.texts(words["term"]),
        "heading_part": tables.texts(HEADINGS)[words["rank"].to_numpy()],
        "count_body": _count_in_body(known, article, words["term"].tolist()),
    }
    counted = "Content words of titles and subheadings, counted in the body."
    settings = {"stop_lists": [stop_lists] if isinstance(stop_lists, str) else list(stop_lists)}
    return tables.build("headline_words", columns, corpus=corpus.name, counted=counted, settings=settings)


def _list_heading_words(known: Annotations, stopwords: frozenset[str]) -> pd.DataFrame:
    """Return article, rank (of its heading) and term of the content words of headings, in the text or the title field.

    The title field counts where the text has no title.
    """
    tokens, (title, subheading) = known.tokens, (PARTS.index(heading) for heading in HEADINGS)
    token = np.flatnonzero(np.isin(known.token_parts, [title, subheading]))
    titled = set(known.token_articles[known.token_parts == title].tolist())
    records = known.corpus.records
    field = tokenize(["" if number in titled else record.title for number, record in enumerate(records)])
    field = split_elisions(field, tokens.elided)
    article = np.append(known.token_articles[token], np.repeat(np.arange(len(records)), np.diff(field.bounds)))
    rank = np.append(known.token_parts[token] == subheading, np.zeros(len(field.ids))).astype(np.int64)
    surface = tables.texts(tokens.vocabulary)[tokens.ids[token]].append(tables.texts(field.vocabulary)[field.ids])
    words = pd.DataFrame({"article": article, "rank": rank, "surface": surface})
    terms = {surface: fold_possessive(to_term(surface)) for surface in words["surface"].unique()}
    content = {surface: term for surface, term in terms.items() if not is_stopword(surface, term, stopwords)}
    return words.assign(term=words["surface"].map(content)).dropna()


def _count_in_body(known: Annotations, article: Whole, terms: Sequence[str]) -> Whole:
    """Return how often each term occurs in the body of its article."""
    body = select_tokens(known, parts="body")
    cells, size = body.counts.tocoo(), len(body.vocabulary.terms)
    number = tables.texts(body.vocabulary.terms).get_indexer(tables.texts(terms))
    hits = pd.Series(cells.data, index=cells.row.astype(np.int64) * size + cells.col)
    return hits.reindex(np.where(number < 0, -1, article * size + number), fill_value=0).to_numpy(dtype=np.int64)
