"""Boilerplate: lines that an outlet prints under or over many of its stories, found by how often it repeats them.

Copies of one story count once, so that a story printed again does not look like boilerplate.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pastepot.corpus.copies import Hashes, Ints, first_near_duplicates, hash_words, min_hash, span_hashes
from pastepot.corpus.ledger import Decision
from pastepot.corpus.records import Record

FEWEST_ARTICLES = 10
FEWEST_COPIES = 3
ONE_IN = 50
"""A line stands in three stories of its outlet at least, and in one of fifty."""
LONGEST_LINE = 40
LONGEST_NOTE = 60
GRAM = 8
NEAR_TOP, NEAR_END, STEADY = 0.1, 0.8, 0.05
"""Its mean place (0 first line, 1 last) is near an end, or the standard deviation of its places is small."""


class Lines(NamedTuple):
    """The lines of an outlet's articles that hold words, one a row.

    Each has its article's number, its own among all lines of the article, its first word and the one after its last,
    its place (0 first line, 1 last), and a number for its words, for eight words from its first, for eight to its last.
    """

    article: Ints
    line: Ints
    start: Ints
    end: Ints
    place: npt.NDArray[np.float64]
    whole: Hashes
    opening: Hashes
    closing: Hashes


def find_repeated_lines(records: Sequence[Record], action: str) -> tuple[dict[int, list[Decision]], str]:
    r"""Return the boilerplate of each article that has any, by its number, and a remark where none could be looked for.

    A line of at most 40 words is boilerplate if it stands in at least 3 and 2 % of the outlet's stories, near their
    beginning or end or always at the same place. Case, punctuation and digits do not matter. So is a note of up to
    60 words, also one broken over lines, whose first eight and last eight words are as frequent.

    Notes
    -----
    An outlet needs ten articles. Time grows with the number of words. A motto that opens each column is found, too.

    References
    ----------
    Kaser and Lemire, "Removing Manually Generated Boilerplate from Electronic Texts" (2007).

    Examples
    --------
    >>> days = "one two three four five six seven eight nine ten".split()
    >>> texts = [f"Ferry {day} sails.\nCrew {day} waits.\nThe Gazette is free." for day in days]
    >>> found, remark = find_repeated_lines([Record(text, "", "", outlet="Gazette") for text in texts], "drop")
    >>> found[0][0].evidence, texts[0][found[0][0].start : found[0][0].end], remark
    ('line in 10 of 10 articles of Gazette', 'The Gazette is free.', '')
    >>> find_repeated_lines([Record("Ferry sails.", "", "", outlet="Gull")], "drop")[1]
    'Lines that an outlet repeats were looked for in 0 of 1 articles: the others have no outlet of 10 articles.'
    """
    by_outlet = defaultdict(list)
    for number, record in enumerate(records):
        by_outlet[record.outlet].append(number)
    large = {name: found for name, found in by_outlet.items() if name and len(found) >= FEWEST_ARTICLES}
    decisions: dict[int, list[Decision]] = defaultdict(list)
    for outlet, numbers in large.items():
        texts = [records[number].text for number in numbers]
        for article, start, end, evidence in _notes(texts, outlet):
            decisions[numbers[article]].append(Decision(start, end, "boilerplate", action, "", evidence))
    looked_at = sum(map(len, large.values()))
    remark = (
        f"Lines that an outlet repeats were looked for in {looked_at:,} of {len(records):,} articles: "
        f"the others have no outlet of {FEWEST_ARTICLES} articles."
    )
    return dict(decisions), "" if looked_at == len(records) else remark


def _notes(texts: Sequence[str], outlet: str) -> Iterator[tuple[int, int, int, str]]:
    """Yield the boilerplate of one outlet: article, raw start and end, evidence; adjacent lines are one piece."""
    lines, stories = _lines(texts)
    counts = is_repeated(lines, stories)
    rows = np.flatnonzero(counts)
    apart = (np.diff(rows, prepend=-2) > 1) | (np.diff(lines.article[rows], prepend=-1) > 0)
    total = len(np.unique(stories))
    for block in np.split(rows, np.flatnonzero(apart)[1:]) if len(rows) else []:
        article = int(lines.article[block[0]])
        spans = _line_spans(texts[article])
        kind = "line" if len(block) == 1 else "lines"
        evidence = f"{kind} in {counts[block].max():,} of {total:,} articles of {outlet}"
        yield article, spans[lines.line[block[0]]][0], spans[lines.line[block[-1]]][1], evidence


def _lines(texts: Iterable[str]) -> tuple[Lines, Ints]:
    """Return the lines of some texts, and for each text the first one that it copies."""
    rows, sketches = [], []
    for article, text in enumerate(texts):
        words, bounds = hash_words(text)
        sketches.append(min_hash(words))
        line = np.flatnonzero(np.diff(bounds))
        start, end = bounds[line], bounds[line + 1]
        starts = np.concatenate([start, start, np.maximum(end - GRAM, 0)])
        ends = np.concatenate([end, np.minimum(start + GRAM, len(words)), end])
        hashes = span_hashes(words, starts, ends).reshape(3, -1)
        place = np.arange(len(line)) / max(len(line) - 1, 1)
        rows.append((np.full(len(line), article), line, start, end, place, *hashes))
    return Lines(*(np.concatenate(column) for column in zip(*rows, strict=True))), first_near_duplicates(sketches)


def is_repeated(lines: Lines, stories: Ints) -> Ints:
    """Return for each line in how many stories of its outlet it stands if it is boilerplate, else 0.

    The second half finds notes by their first and last words, since a note may be broken over lines.
    """
    least = max(FEWEST_COPIES, -(-len(np.unique(stories)) // ONE_IN))
    result, opening, closing = (
        _counts(keys, lines, stories, least) for keys in (lines.whole, lines.opening, lines.closing)
    )
    result[lines.end - lines.start > LONGEST_LINE] = 0
    last = np.flatnonzero(closing)
    for begin in np.flatnonzero(opening).tolist():
        place = int(np.searchsorted(last, begin))
        end = int(last[place]) if place < len(last) else begin
        words = lines.end[end] - lines.start[begin]
        if closing[end] and lines.article[begin] == lines.article[end] and GRAM <= words <= LONGEST_NOTE:
            note = slice(begin, end + 1)
            result[note] = np.maximum(result[note], min(opening[begin], closing[end]))
    return result


def _counts(keys: Hashes, lines: Lines, stories: Ints, least: int) -> Ints:
    """Return for each line in how many stories its key stands, 0 if in fewer than `least` or at changing places."""
    _, key = np.unique(keys, return_inverse=True)
    pairs = np.unique(key * len(stories) + stories[lines.article])
    spread = np.bincount(pairs // len(stories))
    size = np.bincount(key)
    mean = np.bincount(key, lines.place) / size
    steady = np.bincount(key, (lines.place - mean[key]) ** 2) / size <= STEADY**2
    kept = (spread >= least) & ((mean <= NEAR_TOP) | (mean >= NEAR_END) | steady)
    return np.where(kept, spread, 0)[key]


def _line_spans(text: str) -> list[tuple[int, int]]:
    """Return the span of each line of a text, without the blanks around it."""
    spans, start = [], 0
    for line in text.splitlines(keepends=True):
        indent = len(line) - len(line.lstrip())
        spans.append((start + indent, start + max(len(line.rstrip()), indent)))
        start += len(line)
    return spans
