"""The concordance: every place where a word or phrase stands, with what stands before and after it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pastepot import errors, tables
from pastepot.corpus.corpus import Corpus, article_dates, cache_on_corpus
from pastepot.frequency.cells import parts_chosen
from pastepot.frequency.vocabulary import Texts, fold_case
from pastepot.text.annotations import VOICES, Whole, annotations, corpus_tokens, one_line, token_parts, token_voices
from pastepot.text.parts import PARTS
from pastepot.text.patterns import node_places
from pastepot.text.quotations import find_quotations, quoted_spans

SORT_KEYS = ("place", "node", "date", "outlet")
_NEIGHBOUR = re.compile(r"([1-9]\d{0,2})([LR])", re.IGNORECASE)
_MARK = "\0"
_BLANKS = [blank for blank in map(chr, range(0x3001)) if blank.isspace() and blank != " "]
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
    article = np.searchsorted(corpus_tokens(corpus).bounds, first, side="right") - 1
    left, middle, right = _contexts(corpus, first, last, article, window)
    start, end = _raw_spans(corpus, first, last, article)
    doc_ids, dates, outlets = _stated(corpus)
    frame = tables.build(
        "concordance",
        {
            "doc_id": tables.texts(doc_ids[article]),
            "date": dates[article],
            "outlet": tables.texts(outlets[article]),
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


@cache_on_corpus
def _stated(corpus: Corpus) -> tuple[Texts, npt.NDArray[np.datetime64], Texts]:
    """Return name, day and outlet of every article."""
    outlets = [record.outlet for record in corpus.records]
    return np.array(corpus.doc_ids, dtype=object), article_dates(corpus).to_numpy(), np.array(outlets, dtype=object)


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
        return np.asarray(frame["date"])
    if key in {"node", "outlet"}:
        return pd.factorize(tables.texts([text.casefold() for text in frame[key]]), sort=True)[0]
    tokens, steps = corpus_tokens(corpus), int(key[:-1])
    place = hits.first - steps if key.endswith("L") else hits.last + steps
    inside = (place >= tokens.bounds[hits.article]) & (place < tokens.bounds[hits.article + 1])
    numbers = fold_case(corpus).numbers
    return np.where(inside, numbers[tokens.ids[np.where(inside, place, hits.first)]], -1)


def _contexts(
    corpus: Corpus, first: Whole, last: Whole, article: Whole, window: int
) -> tuple[list[str], list[str], list[str]]:
    """Return the clean text before, at and after each hit, each on one line; a hit of one word is that word."""
    tokens, views = corpus_tokens(corpus), corpus.views
    begin = tokens.starts[np.maximum(first - window, tokens.bounds[article])]
    stop = tokens.ends[np.minimum(last + window, tokens.bounds[article + 1] - 1)]
    edges = [begin.tolist(), tokens.starts[first].tolist(), tokens.ends[last].tolist(), stop.tolist()]
    texts = [views[number].text for number in article.tolist()]
    cuts = [cut for text, a, b, c, d in zip(texts, *edges, strict=True) for cut in (text[a:b], text[c:d])]
    lines = on_one_line(cuts)
    if np.any(last > first):
        middle = on_one_line([text[b:c] for text, b, c in zip(texts, *edges[1:3], strict=True)])
    else:
        middle = [tokens.vocabulary[form] for form in tokens.ids[first].tolist()]
    return lines[::2], middle, lines[1::2]


def on_one_line(spans: Sequence[str]) -> list[str]:
    """Return what `one_line` gives for each span, all of them folded in one buffer.

    >>> on_one_line(["two  lines ", ""])
    ['two lines', '']
    """
    joined = _MARK.join(spans)
    if joined.count(_MARK) != len(spans) - 1:
        return [one_line(span) for span in spans]
    for blank in _BLANKS:
        joined = joined.replace(blank, " ")
    while "  " in joined:
        joined = joined.replace("  ", " ")
    return [span.strip(" ") for span in joined.split(_MARK)]


def _by_article(article: Whole) -> Iterator[tuple[int, slice]]:
    """Yield each article that has hits, and where its hits stand among all, which are in order."""
    numbers, firsts = np.unique(article, return_index=True)
    for number, here in zip(numbers.tolist(), pairwise([*firsts.tolist(), len(article)]), strict=True):
        yield number, slice(*here)


def _raw_spans(corpus: Corpus, first: Whole, last: Whole, article: Whole) -> tuple[Whole, Whole]:
    """Return the raw start and end of each hit; an article without a decision is read as it stands."""
    tokens = corpus_tokens(corpus)
    starts, ends = tokens.starts[first].astype(np.int64), tokens.ends[last].astype(np.int64)
    edited = _edited(corpus)
    for number, here in _by_article(article) if edited[article].any() else ():
        if edited[number]:
            view = corpus.view(number)
            starts[here], ends[here] = view.raw_starts_of(starts[here]), view.raw_ends_of(ends[here])
    return starts, ends


@cache_on_corpus
def _edited(corpus: Corpus) -> npt.NDArray[np.bool_]:
    """Return which articles have a decision: in the others, clean offsets are the raw ones."""
    return np.array([bool(made) for made in corpus.decisions], dtype=bool)


def _voices(corpus: Corpus, first: Whole, article: Whole) -> npt.NDArray[np.uint8]:
    """Return the place in `VOICES` of each hit, from the quotations of the articles that have one."""
    if "token_voices" in vars(annotations(corpus)) or len(np.unique(article)) * _FEW > len(corpus):
        return token_voices(corpus)[first]
    voices = np.zeros(len(first), dtype=np.uint8)
    starts = corpus_tokens(corpus).starts[first]
    for number, here in _by_article(article):
        for start, end in quoted_spans(find_quotations(corpus.view(number).text)):
            voices[here][slice(*np.searchsorted(starts[here], [start, end]))] = 1
    return voices
