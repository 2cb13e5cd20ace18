"""The concordance: every place where a word or phrase stands, with what stands before and after it."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pastepot import errors, tables
from pastepot.corpus.corpus import Corpus, once
from pastepot.corpus.dates import stated_date
from pastepot.frequency.cells import parts_chosen
from pastepot.frequency.lexicon import folded
from pastepot.text.annotations import (
    VOICES,
    Whole,
    one_line,
    token_parts,
    token_store,
    token_voices,
)
from pastepot.text.parts import PARTS
from pastepot.text.patterns import node_places
from pastepot.text.quotations import find_quotations, quoted_spans

SORT_KEYS = ("place", "node", "date", "outlet")
_NEIGHBOUR = re.compile(r"([1-9]\d{0,2})([LR])", re.IGNORECASE)
_FEW = 8
"""Where fewer than one article in so many has a hit, quotations are looked for in those only."""


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
    """Return each place where `node` stands, with `window` words on either side.

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
    sort : keys, parted by blanks or as a list
        ``1L`` (the word before), ``2R`` (the second word after) and so on, ``node``, ``date``, ``outlet``, ``place``;
        the first key counts most, ties stand by article and place. Words are compared as terms; a missing word comes
        first, an unknown date last.

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
    first, last = node_places(corpus, node)
    inside = parts_chosen(parts)[token_parts(corpus)[first]]
    first, last = first[inside], last[inside]
    article = np.searchsorted(token_store(corpus).bounds, first, side="right") - 1
    left, middle, right = _contexts(corpus, first, last, article, window)
    start, end = _raw_spans(corpus, first, last, article)
    frame = tables.build(
        "concordance",
        {
            **_sources(corpus, article),
            "left": tables.texts(left),
            "node": tables.texts(middle),
            "right": tables.texts(right),
            "start": start,
            "end": end,
            "part": tables.texts(np.array(PARTS, dtype=object)[token_parts(corpus)[first]]),
            "voice": tables.texts(np.array(VOICES, dtype=object)[_voices(corpus, first, article)]),
        },
        corpus=corpus.name,
        settings={"node": node if isinstance(node, str) else list(node), "window": window, "sort": " ".join(keys)},
    )
    return _sorted(corpus, frame, keys, Hits(first, last, article))


def _sources(corpus: Corpus, article: Whole) -> dict[str, object]:
    """Return name, date and outlet of the article of each hit."""
    known, about = np.unique(article, return_inverse=True)
    records = [corpus.records[number] for number in known.tolist()]
    return {
        "doc_id": tables.texts(np.array([record.doc_id for record in records], dtype=object)[about]),
        "date": _days([record.date for record in records])[about],
        "outlet": tables.texts(np.array([record.outlet for record in records], dtype=object)[about]),
    }


def _days(dates: Sequence[str]) -> npt.NDArray[np.datetime64]:
    """Return the days that articles state, each different statement read once."""
    read = {stated: stated_date(stated) for stated in dict.fromkeys(dates)}
    return np.array([read[stated] for stated in dates], dtype="datetime64[s]")


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


def _sorted(corpus: Corpus, frame: pd.DataFrame, keys: Sequence[str], hits: Hits) -> pd.DataFrame:
    """Return the rows in the order asked for."""
    if tuple(keys) == ("place",) or not len(frame):
        return frame
    columns = [np.arange(len(frame)), *(_key(corpus, frame, key, hits) for key in reversed(keys))]
    ordered = frame.iloc[np.lexsort(columns)].reset_index(drop=True)
    ordered.attrs = frame.attrs
    return ordered


def _key(corpus: Corpus, frame: pd.DataFrame, key: str, hits: Hits) -> npt.NDArray[np.generic]:
    """Return numbers in the order of one sort key."""
    if key == "place":
        return np.arange(len(frame))
    if key == "date":
        return np.asarray(frame["date"].astype("int64").where(frame["date"].notna(), np.iinfo(np.int64).max))
    if key in {"node", "outlet"}:
        folded_texts = [text.casefold() for text in frame[key]]
        return pd.factorize(np.array(folded_texts, dtype=object), sort=True)[0]
    tokens, steps = token_store(corpus), int(key[:-1])
    place = hits.first - steps if key.endswith("L") else hits.last + steps
    inside = (place >= tokens.bounds[hits.article]) & (place < tokens.bounds[hits.article + 1])
    numbers = folded(corpus).numbers
    return np.where(inside, numbers[tokens.ids[np.where(inside, place, hits.first)]], -1)


def _contexts(
    corpus: Corpus, first: Whole, last: Whole, article: Whole, window: int
) -> tuple[list[str], list[str], list[str]]:
    """Return the clean text before, at and after each hit, each on one line."""
    tokens, views = token_store(corpus), corpus.views
    begin = tokens.starts[np.maximum(first - window, tokens.bounds[article])]
    stop = tokens.ends[np.minimum(last + window, tokens.bounds[article + 1] - 1)]
    start, end = tokens.starts[first], tokens.ends[last]
    texts = [views[number].text for number in article.tolist()]
    words = tokens.vocabulary
    alone = not np.any(last > first)
    middle = [words[form] for form in tokens.ids[first].tolist()] if alone else _cut(texts, start, end)
    return _cut(texts, begin, start), middle, _cut(texts, end, stop)


def _cut(texts: Sequence[str], starts: npt.NDArray[np.int32], ends: npt.NDArray[np.int32]) -> list[str]:
    """Return spans, each as `one_line` does; one whose only white space is single blanks is soon done."""
    spans = [text[start:end] for text, start, end in zip(texts, starts.tolist(), ends.tolist(), strict=True)]
    return [span.strip(" ") if span.isprintable() and "  " not in span else one_line(span) for span in spans]


@once
def _edited(corpus: Corpus) -> npt.NDArray[np.bool_]:
    """Return which articles have raw offsets that differ from the clean ones."""
    views = corpus.views
    return np.array([len(v.clean_starts) > 1 or not v.kept[0] or bool(v.raw_starts[0]) for v in views], dtype=np.bool_)


def _raw_spans(corpus: Corpus, first: Whole, last: Whole, article: Whole) -> tuple[Whole, Whole]:
    """Return the raw start and end of each hit; hits are in order of article."""
    tokens, edited = token_store(corpus), _edited(corpus)
    starts, ends = tokens.starts[first].astype(np.int64), tokens.ends[last].astype(np.int64)
    known, bounds = np.unique(article, return_index=True)
    for number, (here, after) in zip(known.tolist(), pairwise([*bounds, len(article)]), strict=True):
        if edited[number]:
            view = corpus.view(number)
            starts[here:after] = view.raw_starts_of(starts[here:after])
            ends[here:after] = view.raw_ends_of(ends[here:after])
    return starts, ends


def _voices(corpus: Corpus, first: Whole, article: Whole) -> npt.NDArray[np.uint8]:
    """Return the place in `VOICES` of each hit, from the quotations of the articles that have one."""
    known, bounds = np.unique(article, return_index=True)
    if len(known) * _FEW > len(corpus) or f"{token_voices.__module__}.{token_voices.__qualname__}" in corpus.made:
        return token_voices(corpus)[first]
    voices = np.zeros(len(first), dtype=np.uint8)
    starts = token_store(corpus).starts[first]
    for number, (here, after) in zip(known.tolist(), pairwise([*bounds, len(article)]), strict=True):
        for start, end in quoted_spans(find_quotations(corpus.view(number).text)):
            inside = slice(*(here + np.searchsorted(starts[here:after], [start, end])))
            voices[inside] = 1
    return voices
