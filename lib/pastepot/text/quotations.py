"""Quotations by their marks: where speech opens and closes in text whose marks are often wrong.

A mark opens or closes by the characters around it, hardly ever by its shape: news desks close with an
opening mark, open with a closing one, lose one of a pair, or push it to the next line.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from pastepot.corpus.furniture import LabelledSpan
from pastepot.corpus.metadata import TOO_SHORT, identify_language
from pastepot.text.quotation_marks import pair_marks
from pastepot.text.speakers import (
    LANGUAGE_NAMES,
    LANGUAGES,
    Attribution,
    Span,
    attribute_in_language,
    attribute_speakers,
)
from pastepot.text.words import WORD
from pastepot.wording import count_noun

FEWEST_WORDS = 4
"""Shorter spans between quotation marks are mostly titles and words kept at a distance, not speech."""

FOUND_ABROAD: Final = "in which speakers of quotations are looked for, and indirect speech is not."
ENGLISH_THE: Final = 400
"""A text with a *the* in so many characters is English; any other is looked at."""
LABEL_NAME: Final = re.compile(r"[^\W\d_][^,(\[:\n]*")


class Quotation(NamedTuple):
    """One quoted span with its marks; offsets are code points, the end exclusive.

    Attributes
    ----------
    start, end
        From the opening to past the closing mark, as far as both are there.
    flag
        ``ok`` both marks are there; ``continues`` no closing mark, and the next paragraph opens with
        one, as house styles ask for; ``repaired_open`` the opening mark is missing, so the quotation
        starts with its sentence; ``displaced_close`` the closing mark slipped to the next line;
        ``unclosed`` no closing mark, the quotation ends with its paragraph; ``stray`` a mark
        without any quotation; ``turn`` a turn of a transcript, which needs no marks.
    quote_marks
        ``double`` or ``single``; ``none`` around a turn.
    speaker, speaker_start, speaker_end
        The words in the text that name the source; a pronoun stays a pronoun. Empty and None where
        none is found.
    cue, cue_start
        The word that ties speaker and quotation, often a verb, and where it is; empty and None without a speaker.
    words
        How many words are quoted.
    """

    start: int
    end: int
    flag: str
    quote_marks: str
    speaker: str = ""
    speaker_start: int | None = None
    speaker_end: int | None = None
    cue: str = ""
    cue_start: int | None = None
    words: int = 0


def find_quotations(text: str) -> list[Quotation]:
    """Return the quotations of an article in order, each with its speaker where the text names one.

    Parameters
    ----------
    text : str
        A whole article; line breaks, one or several, separate its paragraphs. A line that starts in
        lower case belongs to the line before it.

    Returns
    -------
    list of Quotation
        In order of `start`, never overlapping: a quotation within a quotation is no row of its own, whichever its
        marks. A quotation over several paragraphs is one row a
        paragraph, all with one speaker.

    Notes
    -----
    Time grows with the length of the text, whatever its marks. Understood are ``"``, ``''``, curly and
    wrong-way curly marks, „…“ ‚…‘ »…« «…» ‹…›. Straight single quotes count only where both marks are
    plain: an opening one after a space and before a letter, a closing one after punctuation or before
    a space in the same paragraph; lost or displaced straight single marks are not repaired. Speech
    introduced by a dash alone is not found. The speaker rules are English.

    A short span is often a title or a distancing mark, not speech: filter on `words`.

    Examples
    --------
    >>> text = "The ferries stop on Monday,” the harbour master said. “We tried everything.”"
    >>> [(q.flag, q.speaker, text[q.start : q.end]) for q in find_quotations(text)]
    [('repaired_open', 'the harbour master', 'The ferries stop on Monday,”'),
     ('ok', 'the harbour master', '“We tried everything.”')]

    Apostrophes and inches are left alone:

    >>> find_quotations("The dockers’ hut dates from the ’50s, and its door is 6'3” high.")
    []
    """
    doubles, singles = pair_marks(text)
    rows = [(span, "double") for span in doubles] + [(span, "single") for span in singles]
    outermost = list(_select_outermost(text, sorted(rows)))
    sources = attribute_speakers(text, [span for span, _ in outermost])
    pairs = zip(outermost, sources, strict=True)
    return [Quotation(span.start, span.end, span.flag, family, *source, span.words) for (span, family), source in pairs]


def find_speech(text: str, labels: Sequence[LabelledSpan], stated: str) -> tuple[list[Quotation], str]:
    """Return the quotations and turns of an article and the language of its quotations, empty without any.

    >>> rows, language = find_speech("„Wir fahren heute nicht mehr“, sagte Anna Weber.", [], "de-AT")
    >>> rows[0].speaker, language
    ('Anna Weber', 'de')
    """
    found = find_quotations(text)
    language = speech_language(text, stated) if found else ""
    return add_turns(
        text, [label for label in labels if not label.inline], name_speakers(text, found, language)
    ), language


def speech_language(text: str, stated: str = "") -> str:
    """Return the language of a text: as its source states, English by how often it has *the*, else as its words show.

    >>> speech_language("It sank on the way to the pier.", "de-AT"), speech_language("It sank on the way to the pier.")
    ('de', 'en')
    """
    english = text.count(" the ") * ENGLISH_THE > len(text)
    return stated[:2].casefold() or ("en" if english else identify_language(text))


def describe_languages(languages: Collection[str]) -> str:
    """Return a remark on articles with quotations in other languages than English, empty without one.

    >>> describe_languages(["en", "it", "it"])
    'The text of 2 of 3 articles with quotations is Italian, whose verbs of speech Pastepot doesn’t know.'
    """
    counts = Counter(code for code in languages if code not in ("", "en", TOO_SHORT))
    articles = count_noun(sum(map(bool, languages)), "article")
    return " ".join(
        f"The text of {count} of {articles} with quotations is {LANGUAGE_NAMES.get(code, f'“{code}”')}, "
        + (FOUND_ABROAD if code in LANGUAGES else "whose verbs of speech Pastepot doesn’t know.")
        for code, count in sorted(counts.items())
    )


def name_speakers(text: str, quotations: list[Quotation], language: str) -> list[Quotation]:
    """Return quotations with the speakers that a language's verbs of speech name; of a short text all are tried.

    Examples
    --------
    >>> text = "„Wir fahren heute nicht mehr“, sagte Anna Weber."
    >>> [row.speaker for row in name_speakers(text, find_quotations(text), "de")]
    ['Anna Weber']
    """
    spans = [Span(row.start, row.end, row.flag, row.words) for row in quotations]
    for code in [language] if language in LANGUAGES else LANGUAGES if language == TOO_SHORT else ():
        pairs = zip(quotations, attribute_in_language(text, spans, code), strict=True)
        quotations = [_name(row, source) if source.speaker and row.cue in {"", ":"} else row for row, source in pairs]
    return quotations


def _name(row: Quotation, source: Attribution) -> Quotation:
    """Return a quotation with another source."""
    return Quotation(row.start, row.end, row.flag, row.quote_marks, *source, row.words)


def add_turns(text: str, labels: Sequence[LabelledSpan], quotations: list[Quotation]) -> list[Quotation]:
    r"""Return quotations with the turns of a transcript in their place; what is quoted in a turn is its speaker's.

    Parameters
    ----------
    text : str
        A whole article.
    labels : sequence of LabelledSpan
        Its labels. A turn goes on to the next `turn_label`; the last one to the next label or the end, but over no more
        lines than the longest before it, since what follows a transcript is the reporter's again.
    quotations : list of Quotation
        As `find_quotations` returns them.

    Examples
    --------
    >>> text = "HOST: Who paid?\nVELL: The club."
    >>> labels = [LabelledSpan(0, 5, "turn_label", False), LabelledSpan(16, 21, "turn_label", False)]
    >>> [(row.speaker, text[row.start : row.end]) for row in add_turns(text, labels, [])]
    [('HOST', 'Who paid?'), ('VELL', 'The club.')]
    """
    labels = [label for label in labels if not label.inline]
    turns = [label for label in labels if label.part == "turn_label"]
    ends = [label.start for label in turns[1:]]
    ends += (
        [min((label.start for label in labels if label.start > turns[-1].start), default=len(text))] if turns else []
    )
    speech = [text[label.end : end].strip() for label, end in zip(turns, ends, strict=True)]
    most = max((len(said.splitlines()) for said in speech[:-1]), default=1)
    speech[-1:] = ["".join(said.splitlines(keepends=True)[:most]).rstrip() for said in speech[-1:]]
    rows: list[Quotation] = []
    for label, said in zip(turns, speech, strict=True):
        name = LABEL_NAME.search(text, label.start, label.end)
        if name and said:
            start, speaker = text.index(said, label.end), name[0].rstrip(" .")
            place = (start, start + len(said), "turn", "none", speaker, name.start(), name.start() + len(speaker))
            rows.append(Quotation(*place, text[label.end - 1], label.end - 1, len(WORD.findall(said))))
    spoken = [row for row in quotations if not any(turn.start < row.end and row.start < turn.end for turn in rows)]
    return sorted([*spoken, *rows])


def quoted_spans(quotations: Iterable[Quotation], *, min_words: int = FEWEST_WORDS) -> list[tuple[int, int]]:
    """Return the spans that count as quoted voice, merged where they touch, in order.

    Parameters
    ----------
    quotations : iterable of Quotation
        As `find_quotations` returns them.
    min_words : int
        Shorter quotations are titles or distancing marks more often than speech, so the reporter keeps them.

    Returns
    -------
    list of (int, int)
        Start and end with the marks, so that what lies between the spans contains no half of a pair.

    Examples
    --------
    >>> text = "“We shall not sail today,” said Odile Marn of the “Grey Heron”."
    >>> [text[start:end] for start, end in quoted_spans(find_quotations(text))]
    ['“We shall not sail today,”']
    """
    spans: list[tuple[int, int]] = []
    for quotation in sorted(quotations):
        if quotation.flag == "stray" or (quotation.words < min_words and quotation.flag != "turn"):
            continue
        if spans and quotation.start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], quotation.end))
        else:
            spans.append((quotation.start, quotation.end))
    return spans


def _select_outermost(text: str, rows: list[tuple[Span, str]]) -> Iterator[tuple[Span, str]]:
    """Yield the spans that lie in no other and contain a word, with the number of words."""
    reached = 0
    for span, family in rows:
        if span.start < reached:
            continue
        words = 0 if span.flag == "stray" else len(WORD.findall(text, span.start, span.end))
        if words or span.flag == "stray":
            yield span._replace(words=words), family
            reached = span.end
