"""Sources: who gets to speak in an article, an outlet or a period, how much, and how much is said by nobody named."""

import numpy as np
import pandas as pd

from pastepot import formulas, tables
from pastepot.corpus.boilerplate import describe_copies
from pastepot.corpus.corpus import Corpus, article_groups
from pastepot.text.annotations import (
    COUNTED_PARTS,
    Annotations,
    Spans,
    Whole,
    annotations,
    join_articles,
    mark_covered,
    one_line,
    starts_on_line,
)
from pastepot.text.attributions import attributions, list_attributions
from pastepot.text.quotations import describe_languages

NOBODY, UNCLEAR = "(nobody named)", "(not clear who)"
FEWEST_ARTICLES = 10
"""Below so many articles an interval says less than it seems to."""
UNNAMED_KINDS = ("withheld", "collective", "document", "not attributed")


def sources(corpus: Corpus, *, by: str = "doc_id") -> pd.DataFrame:
    """Return who is quoted or reported to have said something: one source a row, the most words first.

    Parameters
    ----------
    corpus : Corpus
    by : str
        ``doc_id``, ``outlet``, ``month``, ``week``, or another column of `pastepot.articles`.

    Returns
    -------
    DataFrame
        The group, then source, source_kind (``named``, ``role``: *the mayor*, ``group``: an institution or several
        people, ``unnamed``, ``document``, or empty), statements, quotations, words_quoted, words_reported, share (of
        the counted words of the group, 0 to 1), first_start (of the first article with the source), forms.

    Notes
    -----
    Statements in body, title and sub-headings count. Names of one person are joined: *Milan Horvat*, *Horvat*,
    *Mr Horvat*; `forms` lists them. A pronoun is the only person who fits in its sentence or the two before, else it
    comes under ``(not clear who)``; what nobody is said to have said under ``(nobody named)``.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> text = "“We will not sail before the new year,” Mara Quill said. Quill added that the crews were tired."
    >>> columns = ["source", "statements", "words_quoted", "words_reported", "forms"]
    >>> sources(read(pd.DataFrame({"text": [text]})))[columns].values.tolist()
    [['Mara Quill', 2, 8, 5, 'Mara Quill; Quill']]
    """
    rows, known = _count_statements(corpus, by), annotations(corpus)
    frame = _sum_statements(rows, by)
    counted = np.bincount(known.token_articles[known.in_parts(COUNTED_PARTS)], minlength=len(known))
    labels, group = article_groups(corpus, by)
    sizes = np.bincount(group, weights=counted, minlength=len(labels))
    frame["words"] = frame["words_quoted"] + frame["words_reported"]
    frame["share"] = tables.numbers(
        frame["words"] / frame[by].map(dict(zip(labels, sizes, strict=True))).clip(lower=1), 6
    )
    notes = describe_copies(known.tokens.originals, counted), describe_languages(known.languages.values())
    order = [by, "words", "statements", "first_start"]
    frame = frame.sort_values(order, ascending=[True, False, False, True], kind="stable")
    return tables.build(
        "sources",
        frame.drop(columns=["key", "words"]),
        corpus=corpus.name,
        note=" ".join(filter(None, notes)),
        method="Sources that rules find, some missed; pronouns and titles are resolved by rule, too.",
        settings={"by": by},
    )


def _sum_statements(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return one row a source of each group; names that differ in their forms are one."""
    rows["source"] = _name_sources(rows, by)
    rows["key"] = rows["source"].where(rows["source_kind"] == "named", rows["source"].str.casefold())
    return (
        rows.groupby([by, "source_kind", "key"], sort=False)
        .agg(
            source=("source", "first"),
            statements=("source", "size"),
            quotations=("quoted", "sum"),
            words_quoted=("words_quoted", "sum"),
            words_reported=("words_reported", "sum"),
            first_start=("start", "first"),
            forms=("form", lambda forms: "; ".join(dict.fromkeys(filter(None, forms)))),
        )
        .reset_index()
    )


def unnamed_sources(corpus: Corpus, *, by: str = "outlet") -> pd.DataFrame:
    """Return how much of what is said comes from sources without a name, one row a group.

    Parameters
    ----------
    corpus : Corpus
    by : str
        As for `pastepot.sources`.

    Returns
    -------
    DataFrame
        The group, then articles (with a statement), statements, withheld (one person, no name: *a senior official*),
        collective (many: *experts*), document, not_attributed (nobody is said to have said it: *is expected to*), and
        share_unnamed, withheld and collective over all statements, with an interval of 95 % that draws articles; below
        ten articles there is none, and `reason` says so.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["Some experts warned that it would sink. Ada Quay said it would float."]}))
    >>> unnamed_sources(corpus, by="doc_id")[["statements", "collective", "share_unnamed"]].values.tolist()
    [[2.0, 1.0, 0.5]]
    """
    rows = _count_statements(corpus, by)
    kinds = pd.DataFrame(
        {kind.replace(" ", "_"): rows["anonymity"] == kind for kind in UNNAMED_KINDS}, index=rows.index
    )
    kinds["unnamed"] = kinds["withheld"] | kinds["collective"]
    by_article = kinds.astype(int).assign(statements=1).groupby([rows[by], rows["doc_id"]], sort=True).sum()
    frame = by_article.groupby(level=0).sum()
    frame["articles"] = by_article.groupby(level=0).size()
    frame["share_unnamed"] = tables.numbers(frame["unnamed"] / frame["statements"], 6)
    edges = {}
    for label, part in by_article.groupby(level=0):
        few = len(part) < FEWEST_ARTICLES
        edges[label] = (np.nan, np.nan) if few else formulas.bootstrap_mean(part["unnamed"], part["statements"])
    frame[["low", "high"]] = np.array([edges[label] for label in frame.index]).reshape(-1, 2).round(6)
    frame["reason"] = np.where(frame["articles"] < FEWEST_ARTICLES, "fewer than ten articles", "")
    named = frame.drop(columns="unnamed").rename_axis(by).reset_index()
    return tables.build("unnamed_sources", named, corpus=corpus.name, settings={"by": by})


def _count_statements(corpus: Corpus, by: str) -> pd.DataFrame:
    """Return the attributions in counted parts with their words, the group, and the words that name the source."""
    known, articles = annotations(corpus), list_attributions(corpus)
    frame = pd.DataFrame(dict(attributions(corpus)))  # without the marks of a table, which each group would copy
    spans = join_articles([[(row.start, row.end) for row in rows] for rows in articles])
    speech = [
        [(row.start, row.end) for row in known.quotations_of(n) if row.flag != "stray"] for n in range(len(known))
    ]
    inside = mark_covered(len(known.tokens.starts), *_tokens_of(known, join_articles(speech)))
    counted = known.in_parts(COUNTED_PARTS)
    first, last = _tokens_of(known, spans)
    after = last + 1
    quoted, words = (np.append(0, np.cumsum(mask)) for mask in (counted & inside, counted))
    frame["words_quoted"] = quoted[after] - quoted[first]
    frame["words_reported"] = words[after] - words[first] - frame["words_quoted"]
    frame["quoted"] = frame["kind"] == "direct"
    frame["form"] = [
        one_line(known.texts[n][slice(*row.words)]) if row.words else ""
        for n, rows in enumerate(articles)
        for row in rows
    ]
    labels, group = article_groups(corpus, by)
    frame[by] = np.array(labels, dtype=object)[np.repeat(group, np.diff(spans.bounds))]
    return frame[words[after] > words[first]]


def _tokens_of(known: Annotations, spans: Spans) -> tuple[Whole, Whole]:
    """Return the first and the last token that starts in each span, counted over the corpus."""
    line, starts = starts_on_line(known.tokens), starts_on_line(spans)
    return np.searchsorted(line, starts), np.searchsorted(line, starts + spans.ends - spans.starts) - 1


def _name_sources(rows: pd.DataFrame, by: str) -> pd.Series:
    """Return the sources by name; a surname is the one full name of its group unless an article tells the two apart."""
    known = rows["source"].where(rows["source"] != "", np.where(rows["source_kind"] == "", UNCLEAR, NOBODY))
    named = rows["source_kind"] == "named"
    articles: dict[tuple[str, str], set[str]] = {}
    for group, name, doc_id in rows.loc[named, [by, "source", "doc_id"]].itertuples(index=False):
        articles.setdefault((group, name), set()).add(doc_id)
    full: dict[tuple[str, str], list[str]] = {}
    for group, name in articles:
        if " " in name:
            full.setdefault((group, name.rpartition(" ")[2]), []).append(name)
    joined = {
        place: names[0]
        for place, names in full.items()
        if len(names) == 1 and _is_same(articles.get(place, set()), articles[place[0], names[0]])
    }
    fuller = [joined.get(place, place[1]) for place in zip(rows[by], known, strict=True)]
    return known.where(~named, fuller)


def _is_same(alone: set[str], full: set[str]) -> bool:
    """Return whether a surname is somebody's by the articles with each: no more with it alone, and none with both."""
    return len(alone) <= len(full) and alone.isdisjoint(full)
