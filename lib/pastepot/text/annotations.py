"""What is known of each word and sentence of a corpus: its article, place, part and voice.

Every measure asks `annotations(corpus)` once and hands arrays on; the public tables `sentences`, `words` and
`quotations` are made from it. Clean offsets stay inside; every table has raw offsets.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, partial
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from pastepot import errors, tables
from pastepot.corpus.corpus import Corpus, cache_on_corpus
from pastepot.corpus.furniture import COUNTED_PARTS, PARTS, LabelledSpan, labelled_spans
from pastepot.corpus.ledger import split_paragraphs
from pastepot.corpus.metadata import TOO_SHORT, identify_language
from pastepot.text.quotations import FEWEST_WORDS, Quotation, describe_languages, find_speech, quoted_spans
from pastepot.text.sentences import split_sentences
from pastepot.text.tokens import Tokens, find_elided, split_elisions, tokenize
from pastepot.text.words import find_words, to_term

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Span = tuple[int, int]
Parts: TypeAlias = str | Iterable[str]
VOICES = ("reporter", "quoted", "mixed")
ROOM = 1 << 40
"""More than the characters of any article, few enough for millions of articles in 63 bits."""
__all__ = ["COUNTED_PARTS", "PARTS", "VOICES", "Annotations", "annotations", "quotations", "sentences", "words"]


class Spans(NamedTuple):
    """Spans of clean text over all articles: those of article n are ``bounds[n]`` to ``bounds[n + 1]``."""

    bounds: Whole
    starts: Whole
    ends: Whole


class Annotations:
    """What is known of the tokens, sentences and quotations of a corpus, each computed when first used and kept.

    Arrays run over all articles, in order. Offsets are those of the clean texts unless a name says raw.
    """

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._quotations: dict[int, list[Quotation]] = {}
        self.languages: dict[int, str] = {}

    def __len__(self) -> int:
        return len(self.corpus)

    @cached_property
    def texts(self) -> list[str]:
        """The clean text of each article; that of a corpus without any decision is its raw text."""
        if any(self.corpus.decisions):
            return [view.text for view in self.corpus.views]
        return [record.text for record in self.corpus.records]

    @cached_property
    def labels(self) -> list[list[LabelledSpan]]:
        """The labelled spans of each article."""
        return [labelled_spans(self.corpus.view(n)) if rows else [] for n, rows in enumerate(self.corpus.decisions)]

    @cached_property
    def tokens(self) -> Tokens:
        """The one tokenisation that every measure counts with; French articles have l', d', qu' as words."""
        tokens = tokenize(self.texts)
        return split_elisions(tokens, find_elided(tokens, self._is_french))

    def _is_french(self, article: int) -> bool:
        """Return whether an article is French, as its source states or its text shows, or too short to tell."""
        lang = self.corpus.records[article].fields.get("lang") or identify_language(self.texts[article])
        return lang.casefold().startswith("fr") or lang == TOO_SHORT

    @cached_property
    def token_articles(self) -> Whole:
        """The number of each token's article."""
        return np.repeat(np.arange(len(self)), np.diff(self.tokens.bounds))

    @cached_property
    def token_raw_offsets(self) -> tuple[Whole, Whole]:
        """The raw start and end of each token."""
        return self.raw_offsets(self.tokens)

    @cached_property
    def token_parts(self) -> npt.NDArray[np.uint8]:
        """The part of each token, as its index in `PARTS`."""
        return self.parts_at(self.tokens, inline=True)

    @cached_property
    def token_voices(self) -> npt.NDArray[np.uint8]:
        """1 for each token inside a quotation of four words or more, 0 for the reporter's."""
        return self.voices_at(self.tokens)

    @cached_property
    def token_sentences(self) -> Whole:
        """The number of each token's sentence among all sentences of the corpus."""
        return self.sentences_at(self.tokens)

    @cached_property
    def sentence_spans(self) -> Spans:
        """The sentences of each article; none crosses the end of a paragraph or of a labelled span."""
        pairs = zip(self.texts, self.labels, strict=True)
        return join_articles([list(article_sentences(text, labels)) for text, labels in pairs])

    @cached_property
    def sentence_articles(self) -> Whole:
        """The number of each sentence's article."""
        return np.repeat(np.arange(len(self)), np.diff(self.sentence_spans.bounds))

    @cached_property
    def sentence_voices(self) -> npt.NDArray[np.uint8]:
        """The voice of each sentence, as its index in `VOICES`, from the voices of its words."""
        number, count = self.token_sentences, len(self.sentence_spans.starts)
        words = np.bincount(number, minlength=count)
        quoted = np.bincount(number, weights=self.token_voices, minlength=count)
        return np.where(quoted == 0, 0, np.where(quoted == words, 1, 2)).astype(np.uint8)

    @cached_property
    def quotations(self) -> list[list[Quotation]]:
        """The quotations of each article."""
        return [self.quotations_of(article) for article in range(len(self))]

    def quotations_of(self, article: int) -> list[Quotation]:
        """Return the quotations of one article, found when first asked for: a rare word's articles are few."""
        if article not in self._quotations:
            text, stated = self.texts[article], self.corpus.records[article].fields.get("lang", "")
            self._quotations[article], self.languages[article] = find_speech(text, self.labels[article], stated)
        return self._quotations[article]

    def in_parts(self, parts: Parts) -> Flags:
        """Return which tokens are in the named parts."""
        return mark_parts(parts)[self.token_parts]

    def parts_at(self, spans: Spans | Tokens, *, inline: bool) -> npt.NDArray[np.uint8]:
        """Return the part of each span by where it starts; `inline` says whether labels inside a sentence count."""
        rows = ((n, label) for n, labels in enumerate(self.labels) for label in labels if inline or not label.inline)
        return _paint(spans, [(n, label.start, label.end, PARTS.index(label.part)) for n, label in rows])

    def voices_at(self, spans: Spans | Tokens) -> npt.NDArray[np.uint8]:
        """Return the index in `VOICES` of each span by where it starts: reporter or quoted."""
        quoted = VOICES.index("quoted")
        asked = np.flatnonzero(np.diff(spans.bounds)).tolist()
        rows = [(article, *span, quoted) for article in asked for span in quoted_spans(self.quotations_of(article))]
        return _paint(spans, rows)

    def sentences_at(self, spans: Spans | Tokens) -> Whole:
        """Return the number, among all sentences of the corpus, of the sentence in which each span starts."""
        return np.searchsorted(starts_on_line(self.sentence_spans), starts_on_line(spans), side="right") - 1

    def raw_offsets(self, spans: Spans | Tokens) -> tuple[Whole, Whole]:
        """Return the raw starts and ends of clean spans."""
        starts, ends = spans.starts.astype(np.int64), spans.ends.astype(np.int64)
        for number in np.flatnonzero(np.diff(spans.bounds)).tolist():
            if self.corpus.decisions[number]:
                here, view = slice(*spans.bounds[number : number + 2]), self.corpus.view(number)
                starts[here], ends[here] = view.raw_starts_of(starts[here]), view.raw_ends_of(ends[here])
        return starts, ends

    def span_texts(self, spans: Spans | Tokens) -> list[str]:
        """Return the clean text of each span."""
        texts = itertools.chain.from_iterable(map(itertools.repeat, self.texts, np.diff(spans.bounds).tolist()))
        rows = zip(texts, spans.starts.tolist(), spans.ends.tolist(), strict=True)
        return [text[start:end] for text, start, end in rows]

    def doc_ids_of(self, spans: Spans | Tokens) -> npt.NDArray[np.object_]:
        """Return the name of the article of each span."""
        return np.repeat(np.array(self.corpus.doc_ids, dtype=object), np.diff(spans.bounds))


@cache_on_corpus
def annotations(corpus: Corpus) -> Annotations:
    """Return the annotations of a corpus, always the same object for one corpus.

    >>> from pastepot.corpus.read import read
    >>> known = annotations(read(pd.DataFrame({"text": ["The ferry left. Nobody waved."]})))
    >>> known.tokens.vocabulary, known.token_sentences.tolist()
    (['The', 'ferry', 'left', 'Nobody', 'waved'], [0, 0, 0, 1, 1])
    """
    return Annotations(corpus)


def mark_parts(parts: Parts) -> Flags:
    """Return which of `PARTS`, in their order, an option names; ``"all"`` means each.

    >>> bool(mark_parts("all").all()), PARTS[mark_parts("body").argmax()]
    (True, 'body')
    """
    return np.isin(PARTS, errors.some_of("parts", parts, PARTS))


def article_sentences(text: str, labels: Sequence[LabelledSpan]) -> Iterator[Span]:
    """Yield the sentences of one clean text."""
    for first, last in article_paragraphs(text, labels):
        yield from ((first + begin, first + stop) for begin, stop in split_sentences(text[first:last]))


def article_paragraphs(text: str, labels: Sequence[LabelledSpan]) -> Iterator[Span]:
    """Yield the paragraphs of one clean text, cut where a label starts or ends."""
    cuts = sorted({edge for label in labels if not label.inline for edge in (label.start, label.end)})
    for start, end in split_paragraphs(text):
        yield from itertools.pairwise([start, *(cut for cut in cuts if start < cut < end), end])


def join_articles(articles: Sequence[Sequence[Span]]) -> Spans:
    """Return the spans of all articles as arrays."""
    bounds = np.concatenate([[0], np.cumsum([len(spans) for spans in articles])]).astype(np.int64)
    flat = np.array([span for spans in articles for span in spans], dtype=np.int64).reshape(-1, 2)
    return Spans(bounds, flat[:, 0], flat[:, 1])


def starts_on_line(spans: Spans | Tokens) -> Whole:
    """Return where each span starts if all articles follow each other, `ROOM` characters each."""
    return np.repeat(np.arange(len(spans.bounds) - 1) * ROOM, np.diff(spans.bounds)) + spans.starts


def _paint(spans: Spans | Tokens, stretches: Sequence[tuple[int, int, int, int]]) -> npt.NDArray[np.uint8]:
    """Return for each span the number of the last stretch (article, start, end, number) that it starts in, else 0."""
    numbers = np.zeros(len(spans.starts), dtype=np.uint8)
    article, start, end, number = np.array(stretches, dtype=np.int64).reshape(-1, 4).T
    edges = np.searchsorted(starts_on_line(spans), article * ROOM + np.array([start, end]))
    for first, last, value in zip(*edges.tolist(), number.tolist(), strict=True):
        numbers[first:last] = value
    return numbers


def find_tokens(known: Annotations, articles: npt.ArrayLike, offsets: npt.ArrayLike) -> Whole:
    """Return the number of the first token that begins at raw offset k of article k or later, counted over the corpus.

    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["The ferry sails.", "Crews wait."]}))
    >>> find_tokens(annotations(corpus), [0, 0, 1, 1], [4, 5, 0, 11]).tolist()
    [1, 2, 3, 5]
    """
    places: Whole = np.asarray(articles) * ROOM + np.asarray(offsets)
    return np.searchsorted(known.token_articles * ROOM + known.token_raw_offsets[0], places)


def mark_covered(size: int, first: Whole, last: Whole) -> Flags:
    """Return which of so many tokens are in any of the stretches from `first` to `last`.

    >>> mark_covered(6, np.array([1, 2]), np.array([2, 3])).tolist()
    [False, True, True, True, False, False]
    """
    some = last >= first
    edges = np.bincount(first[some], minlength=size + 1) - np.bincount(last[some] + 1, minlength=size + 1)
    return np.cumsum(edges)[:size] > 0


def one_line(text: str) -> str:
    r"""Return clean text on one line, its white space single spaces.

    >>> one_line("two\n lines")
    'two lines'
    """
    return " ".join(text.split())


def sentences(corpus: Corpus) -> pd.DataFrame:
    r"""Return the sentences of a corpus, one a row, by article and place.

    Notes
    -----
    Sentences are cut inside paragraphs and never cross the end of one. `voice` is `quoted` where every word is inside a
    quotation of four words or more, `reporter` where none does, else `mixed`.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["Port news\nThe ferry left. Nobody waved at all."]}))
    >>> sentences(corpus)[["start", "text", "part"]].values.tolist()
    [[0, 'Port news', 'title'], [10, 'The ferry left.', 'body'], [26, 'Nobody waved at all.', 'body']]
    """
    known = annotations(corpus)
    spans = known.sentence_spans
    starts, ends = known.raw_offsets(spans)
    columns = {
        "doc_id": known.doc_ids_of(spans),
        "sentence": np.arange(len(starts)) - spans.bounds[known.sentence_articles],
        "start": starts,
        "end": ends,
        "text": [one_line(text) for text in known.span_texts(spans)],
        "part": np.array(PARTS, dtype=object)[known.parts_at(spans, inline=False)],
        "voice": np.array(VOICES, dtype=object)[known.sentence_voices],
    }
    return tables.build("sentences", columns, corpus=corpus.name)


def words(
    corpus: Corpus,
    *,
    clitics: Literal["keep", "split"] = "keep",
    hyphens: Literal["split", "keep"] = "split",
    elision: Literal["auto", "keep", "split"] = "auto",
) -> pd.DataFrame:
    """Return the words of a corpus, one a row, by article and place; punctuation is never a word.

    Parameters
    ----------
    corpus : Corpus
    clitics : {"keep", "split"}
        Whether a final n't, 's, 're, 've, 'll, 'd or 'm stays with its word.
    hyphens : {"split", "keep"}
        Whether a hyphen separates two words.
    elision : {"auto", "keep", "split"}
        Whether l', d', qu' and their like are words of their own. "auto", with which every other table counts, splits
        them in French articles: those whose field `lang` or whose text says so; below 200 characters those that have
        more of them than of *the*, *of*, *and* and other English words.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> words(read(pd.DataFrame({"text": ["NATO’s port"]})))[["start", "end", "token", "term"]].values.tolist()
    [[0, 6, 'NATO’s', "nato's"], [7, 11, 'port', 'port']]
    """
    known = annotations(corpus)
    spans: Spans | Tokens = known.tokens
    ways = {"auto": known.tokens.elided, "keep": (), "split": range(len(known))}
    if (clitics, hyphens, elision) != ("keep", "split", "auto"):
        split = ways[elision]
        find = partial(find_words, clitics=clitics, hyphens=hyphens)
        rows = [find(text, elision="split" if n in split else "keep") for n, text in enumerate(known.texts)]
        spans = join_articles(rows)
    (starts, ends), surfaces = known.raw_offsets(spans), known.span_texts(spans)
    sentence = known.sentences_at(spans)
    columns = {
        "doc_id": known.doc_ids_of(spans),
        "sentence": sentence - np.repeat(known.sentence_spans.bounds[:-1], np.diff(spans.bounds)),
        "position": np.arange(len(sentence)) - np.searchsorted(sentence, sentence),
        "start": starts,
        "end": ends,
        "token": surfaces,
        "term": [*map({surface: to_term(surface) for surface in set(surfaces)}.get, surfaces)],
        "part": np.array(PARTS, dtype=object)[known.parts_at(spans, inline=True)],
        "voice": np.array(VOICES, dtype=object)[known.voices_at(spans)],
    }
    settings = {"clitics": clitics, "hyphens": hyphens, "elision": elision}
    return tables.build("words", columns, corpus=corpus.name, settings=settings)


def _no_speaker(row: Quotation) -> str:
    """Return why a quotation has no speaker."""
    if row.flag == "stray":
        return "a mark without a quotation"
    return "the text names nobody beside it" + ", and it may be a title" * (row.words < FEWEST_WORDS)


def quotations(corpus: Corpus, *, quote_marks: Literal["all", "double", "single"] = "all") -> pd.DataFrame:
    """Return the quoted spans of a corpus, one a row, by article and place, with the speaker where the text names one.

    Parameters
    ----------
    corpus : Corpus
    quote_marks : {"all", "double", "single"}
        Which quotation marks to look at.

    Notes
    -----
    `flag` says how well the marks are paired: `ok`; `continues` (over a paragraph); `repaired_open` and
    `displaced_close` (a mark is missing or is on the next line); `unclosed`; `stray` (a closer without a
    quotation). The span includes its marks.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ['“We sail at dawn tomorrow,” Mara Quill said.']}))
    >>> quotations(corpus)[["start", "end", "flag", "speaker", "cue"]].values.tolist()
    [[0, 27, 'ok', 'Mara Quill', 'said']]
    """
    known = annotations(corpus)
    rows = [[row for row in article if quote_marks in ("all", row.quote_marks)] for article in known.quotations]
    spans = join_articles([[(row.start, row.end) for row in article] for article in rows])
    speakers = join_articles([[(row.speaker_start or 0, row.speaker_end or 0) for row in article] for article in rows])
    starts, ends = known.raw_offsets(spans)
    speaker_starts, speaker_ends = known.raw_offsets(speakers)
    flat = [row for article in rows for row in article]
    named = pd.Series([row.speaker_start is not None for row in flat], dtype=bool)
    columns = {
        "doc_id": known.doc_ids_of(spans),
        "start": starts,
        "end": ends,
        **{name: [getattr(row, name) for row in flat] for name in ("flag", "quote_marks", "speaker", "cue")},
        "speaker_start": pd.Series(speaker_starts, dtype="Int64").where(named),
        "speaker_end": pd.Series(speaker_ends, dtype="Int64").where(named),
        "reason": ["" if row.speaker else _no_speaker(row) for row in flat],
        "text": [one_line(text) for text in known.span_texts(spans)],
    }
    settings, note = {"quote_marks": quote_marks}, describe_languages(known.languages.values())
    return tables.build("quotations", columns, corpus=corpus.name, note=note, settings=settings)
