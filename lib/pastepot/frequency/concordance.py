"""The concordance: every occurrence of a word or phrase, with the words before and after it."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pastepot import errors, tables
from pastepot.corpus.corpus import Corpus, article_dates
from pastepot.text.annotations import (
    COUNTED_PARTS,
    PARTS,
    VOICES,
    Annotations,
    Spans,
    Whole,
    annotations,
    mark_parts,
    one_line,
)
from pastepot.text.patterns import find_node

if TYPE_CHECKING:
    from nltk.text import Text

SORT_KEYS = ("place", "node", "date", "outlet")
_NEIGHBOUR = re.compile(r"([1-9]\d{0,2})([LR])", re.IGNORECASE)


class Hits(NamedTuple):
    """First and last token of each hit, and its article."""

    first: Whole
    last: Whole
    article: Whole


def concordance(
    corpus: Corpus,
    node: str | Iterable[str],
    *,
    window: int = 8,
    parts: str | Iterable[str] = "all",
    sort: str | Iterable[str] = "place",
) -> pd.DataFrame:
    """Return each occurrence of `node`, with `window` words on either side.

    Parameters
    ----------
    corpus : Corpus
    node : str, or several
        A word, a phrase, or a wildcard pattern: ``climat*``, ``United Nations``. Case, curly apostrophes and a final
        possessive don't matter. Of several that start at one word, the longest is the hit.
    window : int
        Words shown before and after; never over the article's ends.
    parts : names of parts, or "all"
        Where to look. All by default: a concordance is for checking by eye.
    sort : keys, separated by spaces or as a list
        ``1L`` (the word before), ``2R`` (the second word after) and so on, ``node``, ``date``, ``outlet``, ``place``;
        the first key counts most, ties are in order of article and place. Words are compared as terms; a missing word
        comes first, an unknown date last.

    Returns
    -------
    DataFrame
        One row a hit: doc_id, date, outlet, left, node, right, start, end, part, voice.

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
    errors.at_least("window", window, 0)
    keys = sort_keys(sort)
    known = annotations(corpus)
    hits = _find_hits(known, node, parts)
    left, middle, right = _cut_contexts(known, hits, window)
    starts, ends = known.tokens.starts[hits.first], known.tokens.ends[hits.last]
    bounds = np.searchsorted(hits.first, known.tokens.bounds)
    spans = Spans(bounds, starts.astype(np.int64), ends.astype(np.int64))
    start, end = known.raw_offsets(spans)
    frame = pd.DataFrame(
        {
            "doc_id": known.doc_ids_of(spans),
            "date": article_dates(corpus).to_numpy()[hits.article],
            "outlet": tables.texts([record.outlet for record in corpus.records])[hits.article],
            "left": tables.texts(left),
            "node": tables.texts(middle),
            "right": tables.texts(right),
            "start": start,
            "end": end,
            "part": tables.texts(PARTS)[known.token_parts[hits.first]],
            "voice": tables.texts(VOICES)[known.voices_at(spans)],
        }
    )
    return tables.build(
        "concordance",
        frame.iloc[np.lexsort([_sort_values(known, frame, key, hits) for key in reversed((*keys, "place"))])],
        corpus=corpus.name,
        settings={"node": node if isinstance(node, str) else list(node), "window": window, "sort": " ".join(keys)},
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


def _find_hits(known: Annotations, node: str | Iterable[str], parts: str | Iterable[str]) -> Hits:
    """Return the hits of a node in the named parts."""
    first, last = find_node(known.tokens, node)
    inside = mark_parts(parts)[known.token_parts[first]]
    first, last = first[inside], last[inside]
    return Hits(first, last, known.token_articles[first])


def _sort_values(known: Annotations, frame: pd.DataFrame, key: str, hits: Hits) -> npt.NDArray[np.generic]:
    """Return numbers in the order of one sort key."""
    if key == "place":
        return np.arange(len(frame))
    if key == "date":
        return np.asarray(frame["date"])
    if key in {"node", "outlet"}:
        return pd.factorize(tables.texts([text.casefold() for text in frame[key]]), sort=True)[0]
    tokens, steps = known.tokens, int(key[:-1])
    token = hits.first - steps if key.endswith("L") else hits.last + steps
    inside = (token >= tokens.bounds[hits.article]) & (token < tokens.bounds[hits.article + 1])
    return np.where(inside, known.tokens.folded_terms[0][tokens.ids[np.where(inside, token, hits.first)]], -1)


def _cut_contexts(known: Annotations, hits: Hits, window: int) -> tuple[list[str], list[str], list[str]]:
    """Return the clean text before, at and after each hit, each on one line."""
    tokens, (first, last, article) = known.tokens, hits
    begin = tokens.starts[np.maximum(first - window, tokens.bounds[article])]
    stop = tokens.ends[np.minimum(last + window, tokens.bounds[article + 1] - 1)]
    edges = (begin, tokens.starts[first], tokens.ends[last], stop)
    rows = list(zip([known.texts[number] for number in article.tolist()], *map(np.ndarray.tolist, edges), strict=True))
    left = [one_line(text[a:b]) for text, a, b, _, _ in rows]
    right = [one_line(text[c:d]) for text, _, _, c, d in rows]
    if np.array_equal(first, last):
        return left, [tokens.vocabulary[form] for form in tokens.ids[first].tolist()], right
    return left, [one_line(text[b:c]) for text, _, b, c, _ in rows], right


def to_nltk(
    corpus: Corpus, *, parts: str | Iterable[str] = COUNTED_PARTS, case: Literal["exact", "fold"] = "exact"
) -> "Text":
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
