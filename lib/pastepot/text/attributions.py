"""Attributions: every statement that an article gives to somebody, in direct or in indirect speech, and to whom."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from pastepot import tables
from pastepot.corpus.corpus import Corpus, cache_on_corpus
from pastepot.corpus.turns import ROLES
from pastepot.text.annotations import Annotations, annotations, join_articles, one_line
from pastepot.text.cues import CUES
from pastepot.text.people import People, Source
from pastepot.text.quotations import FEWEST_WORDS, Quotation, describe_languages
from pastepot.text.statements import CANDIDATES, Span, Statement, find_statements

HEADLINE = 60
"""Characters of a sentence in which a name and its colon are looked for."""
NOT_ATTRIBUTED = Source("", "unnamed", "not attributed", "nobody is named")


class Attribution(NamedTuple):
    """One row of the table: a statement with its kind, and who is meant by the words that name its source."""

    kind: str
    start: int
    end: int
    words: Span | None
    source: Source
    cue: Span | None
    cue_class: str
    negated: bool = False
    hedged: bool = False


def find_attributions(
    text: str, sentences: Sequence[Span], quotations: Sequence[Quotation], asked: Sequence[Span]
) -> list[Attribution]:
    """Return the attributed statements of an article by place.

    Parameters
    ----------
    text : str
        An article.
    sentences : sequence of (int, int)
        Its sentences.
    quotations : sequence of Quotation
        Its quotations.
    asked : sequence of (int, int)
        The sentences that have a cue.

    Examples
    --------
    >>> from pastepot.text.quotations import find_quotations
    >>> text = "Ada Quay said the pier was safe. “We sail at noon on Monday,” she added."
    >>> spans = [(0, 32), (33, len(text))]
    >>> [(row.kind, row.source.name) for row in find_attributions(text, spans, find_quotations(text), spans)]
    [('indirect', 'Ada Quay'), ('direct', 'Ada Quay')]
    """
    speech = [row for row in quotations if row.flag != "stray"]
    quoted = [(row.start, row.end) for row in speech]
    statements = find_statements(text, asked, quoted)
    found = [_from_statement(row, quoted) for row in statements]
    found += [_from_quotation(row) for row in speech if not _is_inside(row, statements) and _is_speech(row)]
    people = People(text, sentences, quoted) if found else None
    turns = _name_turns(text, speech)
    rows: list[Attribution] = []
    last: Source | None = None
    person: Source | None = None
    for made in sorted(found, key=lambda row: (row.start, row.end)):
        if made.words and people:
            name = turns.get(made.words, text[slice(*made.words)])
            role = made.words in turns and name.split()[-1].casefold() in ROLES
            source = Source(name, "role") if role else people.resolve(name, made.words[0], last, person)
            last = source if source.name else last
            person = source if source.kind in {"named", "role"} else person
            rows.append(made._replace(source=source))
        else:
            rows.append(made)
    return rows


def _name_turns(text: str, quotations: Sequence[Quotation]) -> dict[Span, str]:
    """Return the name of each label of a transcript as a sentence would spell it, a surname as the one fuller label."""
    labels = {(row.speaker_start, row.speaker_end): row.speaker for row in quotations if row.flag == "turn"}
    names = {}
    for name in {*labels.values()} - {""}:
        spelled = (match[0] for match in re.finditer(rf"\b{re.escape(name)}\b", text, re.IGNORECASE))
        fuller = [other for other in {*labels.values()} if other.endswith(f" {name}")]
        own = next((form for form in spelled if not form.isupper()), name.title() if name.isupper() else name)
        names[name] = fuller[0].title() if len(fuller) == 1 and own.isalpha() else own
    return {(start or 0, end or 0): names[name] for (start, end), name in labels.items()}


def _is_inside(quotation: Quotation, statements: Sequence[Statement]) -> bool:
    """Return whether a quotation is part of a statement in indirect speech."""
    return any(row.start <= quotation.start < row.end for row in statements)


def _is_speech(quotation: Quotation) -> bool:
    """Return whether a quotation is said by somebody rather than a title or a word kept at a distance."""
    known = CUES.get(quotation.cue.lower())
    return quotation.flag == "turn" or quotation.words >= FEWEST_WORDS or bool(known and known.first_class == "said")


def _from_quotation(row: Quotation) -> Attribution:
    """Return a quotation as an attribution; its source is resolved later."""
    words = (row.speaker_start, row.speaker_end or 0) if row.speaker_start is not None else None
    cue = (row.cue_start, row.cue_start + len(row.cue)) if row.cue_start is not None else None
    known = CUES.get(row.cue.lower())
    cue_class = known.first_class if known else "said"
    return Attribution("direct", row.start, row.end, words, NOT_ATTRIBUTED, cue, cue_class)


def _from_statement(row: Statement, quoted: Sequence[Span]) -> Attribution:
    """Return a statement in indirect speech as an attribution; mixed if some of its words are quoted."""
    mixed = any(start < row.end and end > row.start for start, end in quoted)
    cue = (row.cue_start, row.cue_end)
    kind = "mixed" if mixed else "indirect"
    return Attribution(
        kind, row.start, row.end, row.source, NOT_ATTRIBUTED, cue, row.cue_class, row.negated, row.hedged
    )


@cache_on_corpus
def list_attributions(corpus: Corpus) -> list[list[Attribution]]:
    """Return the attributed statements of each article, found once for a corpus."""
    known = annotations(corpus)
    spans, tokens = known.sentence_spans, known.tokens
    cue = np.array([word.lower() in CANDIDATES for word in tokens.vocabulary], dtype=bool)
    with_cue = np.zeros(len(spans.starts), dtype=bool)
    with_cue[known.token_sentences[cue[tokens.ids]]] = True
    colon = [":" in text for text in known.texts]
    return [_find_in_article(known, number, with_cue, colon=colon[number]) for number in range(len(known))]


def _find_in_article(known: Annotations, number: int, with_cue: np.ndarray, *, colon: bool) -> list[Attribution]:
    """Return the attributed statements of one article."""
    here = slice(*known.sentence_spans.bounds[number : number + 2])
    starts, ends = known.sentence_spans.starts[here].tolist(), known.sentence_spans.ends[here].tolist()
    sentences = list(zip(starts, ends, strict=True))
    text, chosen = known.texts[number], with_cue[here].tolist()
    asked = [
        span
        for span, cue in zip(sentences, chosen, strict=True)
        if cue or (colon and ":" in text[span[0] : span[0] + HEADLINE])
    ]
    return find_attributions(text, sentences, known.quotations_of(number), asked)


def attributions(corpus: Corpus) -> pd.DataFrame:
    """Return the statements of a corpus that are attributed to somebody, one a row, by article and place.

    Returns
    -------
    DataFrame
        doc_id, kind (``direct``, ``mixed``: partly quoted, ``indirect``), sentence, source (the fullest form of the
        name, or the words of the text; empty where two persons fit or nobody is named), source_start, source_end (the
        words next to the cue, so that *she* stays *she*), source_kind, anonymity, reason (why no source), cue,
        cue_start, cue_end, cue_class (what it implies: see docs/sources.md), negated, hedged, start, end, text.

    Notes
    -----
    English, by word order and a printed list of cues; no model. In German, French and Spanish quotations have speakers,
    and indirect speech is not looked for; a note says of how many articles. Quotations of four words or more are
    statements, whoever said them. A statement inside another has no row of its own.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> text = "According to Milan Horvat, the valve had failed twice. Some experts warned that it would again."
    >>> rows = attributions(read(pd.DataFrame({"text": [text]})))
    >>> rows[["kind", "source", "source_kind", "cue_class", "text"]].values.tolist()
    [['indirect', 'Milan Horvat', 'named', 'said', 'the valve had failed twice'],
     ['indirect', 'Some experts', 'unnamed', 'warned', 'that it would again']]
    """
    known = annotations(corpus)
    articles = list_attributions(corpus)
    flat = [row for article in articles for row in article]
    spans = join_articles([[(row.start, row.end) for row in article] for article in articles])
    starts, ends = known.raw_offsets(spans)
    places = {}
    for name, key in (("source", "words"), ("cue", "cue")):
        nullable = pd.Series([getattr(row, key) is not None for row in flat], dtype=bool)
        edges = known.raw_offsets(join_articles([[getattr(row, key) or (0, 0) for row in rows] for rows in articles]))
        for side, values in zip(("start", "end"), edges, strict=True):
            places[f"{name}_{side}"] = pd.Series(values, dtype="Int64").where(nullable)
    numbers = known.sentences_at(spans) - np.repeat(known.sentence_spans.bounds[:-1], np.diff(spans.bounds))
    columns = {
        "doc_id": known.doc_ids_of(spans),
        "sentence": numbers,
        "source": [row.source.name for row in flat],
        "source_kind": [row.source.kind for row in flat],
        "anonymity": [row.source.anonymity for row in flat],
        "reason": [row.source.reason for row in flat],
        "cue": list(_cue_texts(known, articles)),
        **{name: [getattr(row, name) for row in flat] for name in ("kind", "cue_class", "negated", "hedged")},
        **places,
        "start": starts,
        "end": ends,
        "text": [one_line(text) for text in known.span_texts(spans)],
    }
    return tables.build("attributions", columns, corpus=corpus.name, note=describe_languages(known.languages.values()))


def _cue_texts(known: Annotations, articles: Sequence[Sequence[Attribution]]) -> Iterator[str]:
    """Yield the cue of each statement as the text has it."""
    for text, rows in zip(known.texts, articles, strict=True):
        yield from (text[slice(*row.cue)] if row.cue else "" for row in rows)
