"""What is known of each word and sentence of a corpus: its article, place, part and voice.

Arrays run over all articles, computed once for a corpus and shared by every measure; the public tables `sentences`,
`words` and `quotations` are made from them. Clean offsets stay inside; every table has raw offsets.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pastepot import tables
from pastepot.corpus.corpus import Corpus, once
from pastepot.corpus.ledger import View
from pastepot.corpus.paragraphs import paragraphs
from pastepot.text.parts import PARTS, chosen_parts, labelled
from pastepot.text.quotations import Quotation, find_quotations, quoted_spans
from pastepot.text.sentences import split_sentences
from pastepot.text.tokens import Tokens, tokenize
from pastepot.text.words import find_words, term_of

Whole = npt.NDArray[np.int64]
Span = tuple[int, int]
VOICES = ("reporter", "quoted", "mixed")


class Spans(NamedTuple):
    """Spans of clean text over all articles: those of article n are ``bounds[n]`` to ``bounds[n + 1]``."""

    bounds: Whole
    starts: Whole
    ends: Whole


@once
def token_store(corpus: Corpus) -> Tokens:
    """Return the one tokenisation of a corpus's clean texts that every measure counts with."""
    return tokenize(clean_texts(corpus))


def clean_texts(corpus: Corpus) -> list[str]:
    """Return the clean text of each article; that of a corpus without any decision is its raw text."""
    if any(corpus.decisions):
        return [view.text for view in corpus.views]
    return [record.text for record in corpus.records]


@once
def token_spans(corpus: Corpus) -> Spans:
    """Return where the tokens stand in the clean texts."""
    tokens = token_store(corpus)
    return Spans(tokens.bounds, tokens.starts.astype(np.int64), tokens.ends.astype(np.int64))


@once
def token_articles(corpus: Corpus) -> Whole:
    """Return the number of each token's article."""
    return np.repeat(np.arange(len(corpus)), np.diff(token_store(corpus).bounds))


@once
def sentence_spans(corpus: Corpus) -> Spans:
    """Return the sentences of each article; none runs over the end of a paragraph or of a labelled stretch."""
    return _gathered([list(_article_sentences(view)) for view in corpus.views])


def _article_sentences(view: View) -> Iterator[Span]:
    """Yield the sentences of one clean text."""
    cuts = sorted({place for span in labelled(view) if not span.inline for place in (span.start, span.end)})
    for start, end in paragraphs(view.text):
        inner = [place for place in cuts if start < place < end]
        for first, last in itertools.pairwise([start, *inner, end]):
            yield from ((first + one, first + other) for one, other in split_sentences(view.text[first:last]))


def _gathered(articles: Sequence[Sequence[Span]]) -> Spans:
    """Return the spans of all articles as arrays."""
    bounds = np.concatenate([[0], np.cumsum([len(spans) for spans in articles])]).astype(np.int64)
    flat = np.array([span for spans in articles for span in spans], dtype=np.int64).reshape(-1, 2)
    return Spans(bounds, flat[:, 0], flat[:, 1])


@once
def article_quotations(corpus: Corpus) -> list[list[Quotation]]:
    """Return the quotations of each article, in clean offsets."""
    return [find_quotations(view.text) for view in corpus.views]


@once
def token_parts(corpus: Corpus) -> npt.NDArray[np.uint8]:
    """Return the part of each token, as its place in `PARTS`."""
    return parts_at(corpus, token_spans(corpus), inline=True)


@once
def sentence_parts(corpus: Corpus) -> npt.NDArray[np.uint8]:
    """Return the part of each sentence, as its place in `PARTS`."""
    return parts_at(corpus, sentence_spans(corpus), inline=False)


def parts_at(corpus: Corpus, spans: Spans, *, inline: bool) -> npt.NDArray[np.uint8]:
    """Return the part of each span by where it starts; `inline` says whether marks inside a sentence count."""
    return _painted(
        spans,
        (
            [(one.start, one.end, PARTS.index(one.part)) for one in labelled(view) if inline or not one.inline]
            for view in corpus.views
        ),
    )


def _painted(spans: Spans, articles: Iterable[Iterable[tuple[int, int, int]]]) -> npt.NDArray[np.uint8]:
    """Return for each span the number of the last stretch of its article that it starts in, 0 outside of all."""
    numbers = np.zeros(len(spans.starts), dtype=np.uint8)
    for article, stretches in enumerate(articles):
        here = slice(spans.bounds[article], spans.bounds[article + 1])
        for start, end, number in stretches:
            first, last = np.searchsorted(spans.starts[here], [start, end])
            numbers[here][first:last] = number
    return numbers


@once
def token_voices(corpus: Corpus) -> npt.NDArray[np.uint8]:
    """Return 1 for each token inside a quotation of four words or more, 0 for the reporter's."""
    return voices_at(corpus, token_spans(corpus))


def voices_at(corpus: Corpus, spans: Spans) -> npt.NDArray[np.uint8]:
    """Return the place in `VOICES` of each span by where it starts: reporter or quoted."""
    quoted = VOICES.index("quoted")
    return _painted(spans, ([(*span, quoted) for span in quoted_spans(found)] for found in article_quotations(corpus)))


@once
def token_sentences(corpus: Corpus) -> Whole:
    """Return, for each token, its sentence's place among all sentences of the corpus."""
    return sentences_at(corpus, token_spans(corpus))


def sentences_at(corpus: Corpus, spans: Spans) -> Whole:
    """Return the place, among all sentences of the corpus, of the sentence in which each span starts."""
    sentence = sentence_spans(corpus)
    found = np.empty(len(spans.starts), dtype=np.int64)
    for number in range(len(corpus)):
        here = slice(spans.bounds[number], spans.bounds[number + 1])
        starts = sentence.starts[sentence.bounds[number] : sentence.bounds[number + 1]]
        found[here] = sentence.bounds[number] + np.searchsorted(starts, spans.starts[here], side="right") - 1
    return found


@once
def sentence_voices(corpus: Corpus) -> npt.NDArray[np.uint8]:
    """Return the voice of each sentence, as its place in `VOICES`, from the voices of its words."""
    number, count = token_sentences(corpus), len(sentence_spans(corpus).starts)
    words = np.bincount(number, minlength=count)
    quoted = np.bincount(number, weights=token_voices(corpus), minlength=count)
    return np.where(quoted == 0, 0, np.where(quoted == words, 1, 2)).astype(np.uint8)


def raw_offsets(corpus: Corpus, spans: Spans) -> tuple[Whole, Whole]:
    """Return the raw starts and ends of clean spans."""
    if not any(corpus.decisions):
        return spans.starts, spans.ends
    bounds, first, last = spans.bounds, spans.starts.copy(), spans.ends.copy()
    for number, view in enumerate(corpus.views):
        if len(view.clean_starts) > 1 or not view.kept[0] or view.raw_starts[0]:
            here = slice(bounds[number], bounds[number + 1])
            first[here], last[here] = view.raw_starts_of(first[here]), view.raw_ends_of(last[here])
    return first, last


@once
def token_raw_offsets(corpus: Corpus) -> tuple[Whole, Whole]:
    """Return the raw start and end of each token."""
    return raw_offsets(corpus, token_spans(corpus))


def in_parts(corpus: Corpus, parts: str | Iterable[str]) -> npt.NDArray[np.bool_]:
    """Return which tokens stand in the named parts."""
    return np.isin(token_parts(corpus), [PARTS.index(part) for part in chosen_parts(parts)])


def one_line(text: str) -> str:
    r"""Return clean text on one line, its white space single blanks.

    >>> one_line("two\n lines")
    'two lines'
    """
    return " ".join(text.split())


def sentences(corpus: Corpus) -> pd.DataFrame:
    r"""Return the sentences of a corpus, one a row, by article and place.

    Notes
    -----
    Sentences are cut inside paragraphs and never run over one. `voice` is `quoted` where every word stands inside a
    quotation of four words or more, `reporter` where none does, else `mixed`.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["Port news\nThe ferry left. Nobody waved at all."]}))
    >>> sentences(corpus)[["start", "text", "part"]].values.tolist()
    [[0, 'Port news', 'title'], [10, 'The ferry left.', 'body'], [26, 'Nobody waved at all.', 'body']]
    """
    spans = sentence_spans(corpus)
    per_article = np.diff(spans.bounds)
    starts, ends = raw_offsets(corpus, spans)
    texts = _span_texts(corpus, spans)
    return tables.build(
        "sentences",
        {
            "doc_id": np.repeat(np.array(corpus.doc_ids, dtype=object), per_article),
            "sentence": np.arange(len(starts)) - np.repeat(spans.bounds[:-1], per_article),
            "start": starts,
            "end": ends,
            "text": [one_line(text) for text in texts],
            "part": np.array(PARTS, dtype=object)[sentence_parts(corpus)],
            "voice": np.array(VOICES, dtype=object)[sentence_voices(corpus)],
        },
        corpus=corpus.name,
    )


def _span_texts(corpus: Corpus, spans: Spans) -> list[str]:
    """Return the clean text of each span."""
    cuts = zip(spans.starts.tolist(), spans.ends.tolist(), strict=True)
    counts = np.diff(spans.bounds).tolist()
    return [
        view.text[start:end]
        for view, count in zip(corpus.views, counts, strict=True)
        for start, end in itertools.islice(cuts, count)
    ]


def words(
    corpus: Corpus, *, clitics: Literal["keep", "split"] = "keep", hyphens: Literal["split", "keep"] = "split"
) -> pd.DataFrame:
    """Return the words of a corpus, one a row, by article and place; punctuation is never a word.

    Parameters
    ----------
    corpus : Corpus
    clitics : {"keep", "split"}
        Whether a final n't, 's, 're, 've, 'll, 'd or 'm stays with its word.
    hyphens : {"split", "keep"}
        Whether a hyphen parts two words.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> words(read(pd.DataFrame({"text": ["NATO’s port"]})))[["start", "end", "token", "term"]].values.tolist()
    [[0, 6, 'NATO’s', "nato's"], [7, 11, 'port', 'port']]
    """
    standard = clitics == "keep" and hyphens == "split"
    spans = (
        token_spans(corpus)
        if standard
        else _gathered([find_words(view.text, clitics=clitics, hyphens=hyphens) for view in corpus.views])
    )
    starts, ends = raw_offsets(corpus, spans)
    surfaces = _span_texts(corpus, spans)
    sentence = sentences_at(corpus, spans)
    first_sentence = sentence_spans(corpus).bounds[:-1]
    per_article = np.diff(spans.bounds)
    key = {surface: term_of(surface) for surface in set(surfaces)}
    return tables.build(
        "words",
        {
            "doc_id": np.repeat(np.array(corpus.doc_ids, dtype=object), per_article),
            "sentence": sentence - np.repeat(first_sentence, per_article),
            "position": _position_in_run(sentence),
            "start": starts,
            "end": ends,
            "token": surfaces,
            "term": [key[surface] for surface in surfaces],
            "part": np.array(PARTS, dtype=object)[parts_at(corpus, spans, inline=True)],
            "voice": np.array(VOICES, dtype=object)[voices_at(corpus, spans)],
        },
        corpus=corpus.name,
        settings={"clitics": clitics, "hyphens": hyphens},
    )


def _position_in_run(values: Whole) -> Whole:
    """Return each value's place in its run of equal values.

    >>> _position_in_run(np.array([4, 4, 7, 7, 7])).tolist()
    [0, 1, 0, 1, 2]
    """
    places = np.arange(len(values))
    new = np.concatenate([[True], values[1:] != values[:-1]])[: len(values)]
    return places - np.maximum.accumulate(np.where(new, places, 0))


def quotations(corpus: Corpus, *, marks: Literal["all", "double", "single"] = "all") -> pd.DataFrame:
    """Return the quoted spans of a corpus, one a row, by article and place, with the speaker where the text names one.

    Parameters
    ----------
    corpus : Corpus
    marks : {"all", "double", "single"}
        Which quotation marks to look at.

    Notes
    -----
    `flag` says how well the marks are paired: `ok`; `continues` (over a paragraph); `repaired_open` and
    `displaced_close` (a mark is missing or stands on the next line); `unclosed`; `stray` (a closer without a
    quotation). The span includes its marks.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ['“We sail at dawn tomorrow,” Mara Quill said.']}))
    >>> quotations(corpus)[["start", "end", "flag", "speaker", "cue"]].values.tolist()
    [[0, 27, 'ok', 'Mara Quill', 'said']]
    """
    found = (
        article_quotations(corpus)
        if marks == "all"
        else [find_quotations(view.text, marks=marks) for view in corpus.views]
    )
    spans = _gathered([[(one.start, one.end) for one in here] for here in found])
    named = _gathered([[(one.speaker_start or 0, one.speaker_end or 0) for one in here] for here in found])
    flat = [one for here in found for one in here]
    starts, ends = raw_offsets(corpus, spans)
    speaker_starts, speaker_ends = raw_offsets(corpus, named)
    known = pd.Series([one.speaker_start is not None for one in flat], dtype=bool)
    return tables.build(
        "quotations",
        {
            "doc_id": np.repeat(np.array(corpus.doc_ids, dtype=object), np.diff(spans.bounds)),
            "start": starts,
            "end": ends,
            "flag": [one.flag for one in flat],
            "marks": [one.marks for one in flat],
            "speaker": [one.speaker for one in flat],
            "speaker_start": pd.Series(speaker_starts, dtype="Int64").where(known),
            "speaker_end": pd.Series(speaker_ends, dtype="Int64").where(known),
            "cue": [one.cue for one in flat],
            "text": [one_line(text) for text in _span_texts(corpus, spans)],
        },
        corpus=corpus.name,
        settings={"marks": marks},
    )
