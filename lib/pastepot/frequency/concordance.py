"""The concordance: every occurrence of a word or phrase, with the words before and after it."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from pastepot import errors, tables
from pastepot.corpus.corpus import Corpus, article_dates
from pastepot.corpus.furniture import COUNTED_PARTS, PARTS
from pastepot.text.annotations import VOICES, Annotations, Parts, Spans, Whole, annotations, mark_parts, one_line
from pastepot.text.patterns import QueryCase, Within, describe_query, find_node, list_queries

if TYPE_CHECKING:
    from nltk.text import Text

SORT_KEYS = ("place", "node", "date", "outlet")
_NEIGHBOUR = re.compile(r"([1-9]\d{0,2})([LR])", re.IGNORECASE)


def concordance(
    corpus: Corpus,
    node: str | Iterable[str],
    *,
    window: errors.NotNegative = 8,
    parts: Parts = "all",
    sort: str | Iterable[str] = "place",
    case: QueryCase = "smart",
    within: Within = "sentence",
) -> pd.DataFrame:
    """Return each occurrence of `node`, with `window` words on either side.

    Parameters
    ----------
    corpus : Corpus
    node : str, or several
        A word, a phrase, ``*`` for any letters, ``?`` for one: ``port``, ``United Nations``, ``climat*``. Curly
        apostrophes and a final possessive don't matter. Of several that start at one word, the longest is the hit.
    window : int
        Words shown before and after; never over the article's ends.
    parts : names of parts, or "all"
        Where to look. All by default: a concordance is for checking by eye.
    sort : keys, separated by spaces or as a list
        ``1L`` (the word before), ``2R`` (the second word after) and so on, ``node``, ``date``, ``outlet``, ``place``;
        the first key counts most, ties are in order of article and place. Words are compared as terms; a missing word
        comes first, an unknown date last.
    case : {"smart", "fold", "exact"}
        "smart" matches a word of two or more letters, all of them capitals, as it is written (``US``, ``U.S.``,
        ``NATO*``) and every other word in upper or lower case; "fold" and "exact" do one or the other with all words.
    within : {"sentence", "paragraph", "article"}
        What a phrase never leaves.

    Returns
    -------
    DataFrame
        One row a hit: doc_id, date, outlet, left, node, right, start, end, part, voice.

    Raises
    ------
    PastepotError
        If a query has a sign that is no part of a word, as ``|``, ``"`` or ``%``. Hyphens between words, final points
        and apostrophes are fine.

    Notes
    -----
    *U.S.* and *US* are two words; ask for both: ``["US", "U.S."]``. A phrase costs splitting the sentences of the
    articles that have it.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["The old port’s crane fell. The port is shut. A cold port."]}))
    >>> concordance(corpus, "port", window=1)[["left", "node", "right", "start"]].values.tolist()
    [['old', 'port’s', 'crane', 8], ['The', 'port', 'is', 31], ['cold', 'port', '', 52]]
    >>> concordance(corpus, "port", window=1, sort="1L")["left"].tolist()
    ['cold', 'old', 'The']
    >>> len(concordance(corpus, "harbour"))
    0
    >>> concordance(corpus, "port", sort="1X")
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: sort takes 'place', 'node', 'date', 'outlet' and words like '1L' or '2R'; got '1X'.
    """
    keys, queries, known = sort_keys(sort), list_queries(node), annotations(corpus)
    first, last = find_node(known, queries, case=case, within=within)
    inside = mark_parts(parts)[known.token_parts[first]]
    first, last = first[inside], last[inside]
    article = known.token_articles[first]
    starts, ends = known.tokens.starts[first].astype(np.int64), known.tokens.ends[last].astype(np.int64)
    spans = Spans(np.searchsorted(first, known.tokens.bounds), starts, ends)
    start, end = known.raw_offsets(spans)
    columns = {
        "doc_id": known.doc_ids_of(spans),
        "date": article_dates(corpus).to_numpy()[article],
        "outlet": tables.texts([record.outlet for record in corpus.records])[article],
        **_cut_contexts(known, first, last, window),
        "start": start,
        "end": end,
        "part": tables.texts(PARTS)[known.token_parts[first]],
        "voice": tables.texts(VOICES)[known.voices_at(spans)],
    }
    frame = pd.DataFrame(columns)
    return tables.build(
        "concordance",
        frame.iloc[np.lexsort([_sort_values(known, frame, key, first, last) for key in reversed((*keys, "place"))])],
        corpus=corpus.name,
        method=describe_query(queries, case, within),
        settings={"node": queries, "window": window, "sort": " ".join(keys), "case": case, "within": within},
    )


def sort_keys(sort: str | Iterable[str]) -> tuple[str, ...]:
    """Return the keys of a sort order, checked.

    >>> sort_keys("1l 2R date")
    ('1L', '2R', 'date')
    """
    asked = sort.split() if isinstance(sort, str) else list(sort)
    for key in asked:
        if key not in SORT_KEYS and not _NEIGHBOUR.fullmatch(str(key)):
            listed = ", ".join(map(repr, SORT_KEYS))
            raise errors.PastepotError(f"sort takes {listed} and words like '1L' or '2R'; got {key!r}.")
    return tuple(key if key in SORT_KEYS else key.upper() for key in asked) or ("place",)


def _sort_values(known: Annotations, df: pd.DataFrame, key: str, first: Whole, last: Whole) -> npt.NDArray[np.generic]:
    """Return numbers in the order of one sort key."""
    if key == "place":
        return np.arange(len(df))
    if key == "date":
        return np.asarray(df["date"])
    if key in {"node", "outlet"}:
        return pd.factorize(tables.texts([text.casefold() for text in df[key]]), sort=True)[0]
    tokens, article, steps = known.tokens, known.token_articles[first], int(key[:-1])
    token = first - steps if key.endswith("L") else last + steps
    inside = (token >= tokens.bounds[article]) & (token < tokens.bounds[article + 1])
    return np.where(inside, tokens.folded_terms[0][tokens.ids[np.where(inside, token, first)]], -1)


def _cut_contexts(known: Annotations, first: Whole, last: Whole, window: int) -> dict[str, pd.Index]:
    """Return the clean text before, at and after each hit, each on one line."""
    tokens, article = known.tokens, known.token_articles[first]
    begin = tokens.starts[np.maximum(first - window, tokens.bounds[article])]
    stop = tokens.ends[np.minimum(last + window, tokens.bounds[article + 1] - 1)]
    edges = (begin, tokens.starts[first], tokens.ends[last], stop)
    rows = list(zip([known.texts[number] for number in article.tolist()], *map(np.ndarray.tolist, edges), strict=True))
    return {
        "left": tables.texts([one_line(text[a:b]) for text, a, b, _, _ in rows]),
        "node": tables.texts([one_line(text[b:c]) for text, _, b, c, _ in rows]),
        "right": tables.texts([one_line(text[c:d]) for text, _, _, c, d in rows]),
    }


def to_nltk(corpus: Corpus, *, parts: Parts = COUNTED_PARTS, case: Literal["exact", "fold"] = "exact") -> "Text":
    """Return the counted words of a corpus as an `nltk.Text`, article after article; nothing is downloaded.

    Parameters
    ----------
    corpus : Corpus
    parts : names of parts, or "all"
        Which words; by default those that `pastepot.terms` counts.
    case : {"exact", "fold"}
        Words as they are written, or as terms (possessives stay).

    Notes
    -----
    NLTK's own measures look over the ends of articles, and punctuation is gone. Its `count` and `vocab` agree with
    `pastepot.terms` under ``case="exact"`` and ``possessive="keep"`` but for apostrophes.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> text = to_nltk(read(pd.DataFrame({"text": ["The port. The pier.", "A port"]})))
    >>> text.tokens, text.count("port")
    (['The', 'port', 'The', 'pier', 'A', 'port'], 2)
    """
    from nltk.text import Text  # noqa: PLC0415 (a second that only this function needs)

    errors.one_of("case", case, ("exact", "fold"))
    known = annotations(corpus)
    forms = known.tokens.vocabulary if case == "exact" else known.tokens.terms
    words = np.array(forms, dtype=object)[known.tokens.ids[known.in_parts(parts)]]
    return Text(words.tolist(), name=corpus.name)
