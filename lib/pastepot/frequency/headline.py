"""Headline words: whether the body bears the words that title and subheadings promise."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from pastepot import tables
from pastepot.corpus.corpus import Corpus
from pastepot.frequency.cells import count_terms, select_tokens
from pastepot.frequency.vocabulary import Spelling
from pastepot.text.annotations import Whole, corpus_tokens, token_articles, token_parts
from pastepot.text.parts import PARTS
from pastepot.text.stopwords import find_stopwords, is_stopword
from pastepot.text.tokens import Tokens, tokenize
from pastepot.text.words import fold_possessive, to_term

WHERE = ("title", "subheading")
NO_CONTENT = ("function", "pronouns", "negations")


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
        doc_id, term, where (title or subheading), count_body; by article, title first, in order of appearance, each
        term once a place. A title that does not stand in the text is taken from the article's title field.

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
    words = find_stopwords((), stop_lists)
    found = pd.concat([_in_text(corpus, words), _in_field(corpus, words)], ignore_index=True)
    found["rank"] = found["where"].map({where: place for place, where in enumerate(WHERE)})
    found = found.sort_values(["article", "rank"], kind="stable").drop_duplicates(["article", "where", "term"])
    return tables.build(
        "headline_words",
        {
            "doc_id": tables.texts(np.array(corpus.doc_ids, dtype=object)[found["article"].to_numpy(dtype=np.int64)]),
            "term": tables.texts(found["term"]),
            "where": tables.texts(found["where"]),
            "count_body": _body_counts(corpus, found["article"].to_numpy(dtype=np.int64), found["term"].tolist()),
        },
        corpus=corpus.name,
        counted="Content words of titles and subheadings, counted in the body.",
        settings={"stop_lists": [stop_lists] if isinstance(stop_lists, str) else list(stop_lists)},
    )


def _in_text(corpus: Corpus, words: frozenset[str]) -> pd.DataFrame:
    """Return article, term and place of the content words that stand in a title or subheading of the text."""
    part = token_parts(corpus)
    wanted = np.flatnonzero(np.isin(part, [PARTS.index(where) for where in WHERE]))
    where = np.array(PARTS, dtype=object)[part[wanted]]
    return _content(corpus_tokens(corpus), wanted, token_articles(corpus)[wanted], where, words)


def _in_field(corpus: Corpus, words: frozenset[str]) -> pd.DataFrame:
    """Return the same for titles that stand in the title field only."""
    labelled = np.zeros(len(corpus), dtype=np.bool_)
    labelled[token_articles(corpus)[token_parts(corpus) == PARTS.index("title")]] = True
    titles = tokenize([" " if has else record.title for has, record in zip(labelled, corpus.records, strict=True)])
    article = np.repeat(np.arange(len(corpus)), np.diff(titles.bounds))
    where = np.full(len(article), "title", dtype=object)
    return _content(titles, np.arange(len(titles.ids)), article, where, words)


def _content(tokens: Tokens, chosen: Whole, article: Whole, where: np.ndarray, words: frozenset[str]) -> pd.DataFrame:
    """Return the chosen tokens that are content words, as terms; each surface form is looked at once."""
    terms = [fold_possessive(to_term(surface)) for surface in tokens.vocabulary]
    content = [not is_stopword(*pair, words) for pair in zip(tokens.vocabulary, terms, strict=True)]
    ids = tokens.ids[chosen]
    kept = np.array([*content, False])[ids]
    names = np.array([*terms, ""], dtype=object)[ids[kept]]
    return pd.DataFrame({"article": article[kept], "term": tables.texts(names), "where": tables.texts(where[kept])})


def _body_counts(corpus: Corpus, article: Whole, terms: list[str]) -> Whole:
    """Return how often each term stands in the body of its article."""
    counts = count_terms(corpus, select_tokens(corpus, "body"), Spelling())
    size, number = len(counts.lexicon.terms), tables.texts(counts.lexicon.terms).get_indexer(tables.texts(terms))
    hits = pd.Series(counts.hits, index=counts.articles * size + counts.terms)
    return hits.reindex(np.where(number < 0, -1, article * size + number), fill_value=0).to_numpy(dtype=np.int64)
