"""Boilerplate: lines that an outlet prints above or below many of its stories, found by how often it repeats them.

Copies of one story count once, so that a story printed again does not look like boilerplate. Near copies are found by
the hashes of their words, which passages use as well.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from pastepot.corpus.ledger import Decision
from pastepot.corpus.records import Record
from pastepot.corpus.repairs import uncurl_quotes
from pastepot.wording import count_part

Hashes = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int64]
Sketch = tuple[int | None, Hashes]
"""What is kept of a text to find its copies: a hash of all its words, if any, and those of some grams."""

FEWEST_ARTICLES = 10
FEWEST_COPIES = 3
ONE_IN = 50
"""A line occurs in three stories of its outlet at least, and in one of fifty."""
LONGEST_NOTE = 60
GRAM = 8
NEAR_TOP, NEAR_END, STEADY = 0.1, 0.8, 0.05
"""Its mean place (0 first line, 1 last) is near an end, or the standard deviation of its places is small."""

SKETCH = 32
ALIKE = 0.5
"""Near copies share this part of the sketch, an estimate of the part of all their grams."""

_MULTIPLIER = 0x9E3779B97F4A7C15
_INVERSE = pow(_MULTIPLIER, -1, 1 << 64)
_NONE = np.empty(0, np.uint64)
_SHIFT = np.uint64(32)
_LETTERS = {*b"\nabcdefghijklmnopqrstuvwxyz", *range(128, 256)}
_FOLD = bytes(byte if byte in _LETTERS else 35 if byte in b"0123456789" else 32 for byte in range(256))
_BLANKS = "\u00a0–—"


class Lines(NamedTuple):
    """The lines of an outlet's articles that contain words, one a row.

    Each has its article's number, its own among all lines of the article, its first word and the one after its last,
    its place (0 first line, 1 last), and keys: hashes of its words, of the first eight, of the last eight.
    """

    article: Ints
    line: Ints
    start: Ints
    end: Ints
    place: npt.NDArray[np.float64]
    keys: Hashes


def find_repeated_lines(records: Sequence[Record], action: str) -> tuple[dict[int, list[Decision]], str]:
    r"""Return the boilerplate of each article that has any, by its number, and a remark where none could be looked for.

    A line of at most 40 words is boilerplate if it occurs in at least 3 and 2 % of the outlet's stories, near their
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
    >>> decisions, remark = find_repeated_lines([Record(text, "", "", outlet="Gazette") for text in texts], "drop")
    >>> decisions[0][0].evidence, texts[0][decisions[0][0].start : decisions[0][0].end], remark
    ('line in 10 of 10 articles of Gazette', 'The Gazette is free.', '')
    >>> find_repeated_lines([Record("Ferry sails.", "", "", outlet="Gull")], "drop")[1]
    'Repeated lines were not checked: no outlet has 10 articles.'
    """
    by_outlet = defaultdict(list)
    for number, record in enumerate(records):
        by_outlet[record.outlet].append(number)
    large = {outlet: numbers for outlet, numbers in by_outlet.items() if outlet and len(numbers) >= FEWEST_ARTICLES}
    decisions: dict[int, list[Decision]] = defaultdict(list)
    for outlet, numbers in large.items():
        texts = [records[number].text for number in numbers]
        for article, start, end, evidence in _outlet_boilerplate(texts, outlet):
            decisions[numbers[article]].append(Decision(start, end, "boilerplate", action, "", evidence))
    looked_at = sum(map(len, large.values()))
    remark = f"Repeated lines were not checked: no outlet has {FEWEST_ARTICLES} articles."
    if looked_at:
        checked = f"Repeated lines were checked in {count_part(looked_at, len(records), 'article')}"
        remark = f"{checked}; the others are of outlets with fewer than {FEWEST_ARTICLES} articles, or of none."
    return dict(decisions), "" if looked_at == len(records) else remark


def _outlet_boilerplate(texts: Sequence[str], outlet: str) -> Iterator[tuple[int, int, int, str]]:
    """Yield the boilerplate of one outlet: article, raw start and end, evidence; adjacent lines are one piece."""
    lines, stories = _collect_lines(texts)
    counts = _count_stories(lines, stories)
    rows = np.flatnonzero(counts)
    apart = (np.diff(rows, prepend=-2) > 1) | (np.diff(lines.article[rows], prepend=-1) > 0)
    total = len(np.unique(stories))
    for piece in np.split(rows, np.flatnonzero(apart)[1:]) if len(rows) else []:
        article, first, last = int(lines.article[piece[0]]), lines.line[piece[0]], lines.line[piece[-1]]
        rows_of_text = texts[article].splitlines(keepends=True)
        block = "".join(rows_of_text[first : last + 1])
        start = sum(map(len, rows_of_text[:first])) + len(block) - len(block.lstrip())
        kind = "line" if len(piece) == 1 else "lines"
        evidence = f"{kind} in {counts[piece].max():,} of {total:,} articles of {outlet}"
        yield article, start, start + len(block.strip()), evidence


def _collect_lines(texts: Sequence[str]) -> tuple[Lines, Ints]:
    """Return the lines of some texts, and for each text the first one that it copies."""
    rows, sketches = [], []
    for article, text in enumerate(texts):
        words, bounds = hash_words(text)
        sketches.append(min_hash(words))
        line = np.flatnonzero(np.diff(bounds))
        start, end = bounds[line], bounds[line + 1]
        starts = np.concatenate([start, start, np.maximum(end - GRAM, 0)])
        ends = np.concatenate([end, np.minimum(start + GRAM, len(words)), end])
        place = np.arange(len(line)) / max(len(line) - 1, 1)
        keys = hash_spans(words, starts, ends).reshape(3, -1)
        rows.append((np.full(len(line), article), line, start, end, place, keys))
    columns = (np.concatenate(column, axis=-1) for column in zip(*rows, strict=True))
    return Lines(*columns), first_near_duplicates(sketches)


def _count_stories(lines: Lines, stories: Ints) -> Ints:
    """Return for each line in how many stories of its outlet it occurs if it is boilerplate, else 0.

    The second half finds notes by their first and last words, since a note may be broken over lines.
    """
    least = max(FEWEST_COPIES, -(-len(np.unique(stories)) // ONE_IN))
    result, opening, closing = (_count_keys(keys, lines, stories, least) for keys in lines.keys)
    result[lines.end - lines.start > LONGEST_NOTE] = 0
    last_lines = np.flatnonzero(closing)
    for first in np.flatnonzero(opening).tolist():
        following = last_lines[np.searchsorted(last_lines, first) :]
        last = int(following[0]) if len(following) else first
        words = lines.end[last] - lines.start[first]
        if closing[last] and lines.article[first] == lines.article[last] and GRAM <= words <= LONGEST_NOTE:
            note = slice(first, last + 1)
            result[note] = np.maximum(result[note], min(opening[first], closing[last]))
    return result


def _count_keys(keys: Hashes, lines: Lines, stories: Ints, least: int) -> Ints:
    """Return for each line in how many stories its key occurs, 0 if in fewer than `least` or at changing places."""
    _, key = np.unique(keys, return_inverse=True)
    pairs = np.unique(key * len(stories) + stories[lines.article])
    counts = np.bincount(pairs // len(stories))
    size = np.bincount(key)
    mean = np.bincount(key, lines.place) / size
    steady = np.bincount(key, (lines.place - mean[key]) ** 2) / size <= STEADY**2
    frequent = (counts >= least) & ((mean <= NEAR_TOP) | (mean >= NEAR_END) | steady)
    return np.where(frequent, counts, 0)[key]


# --- near copies ----------------------------------------------------------------------


def hash_words(text: str) -> tuple[Hashes, Ints]:
    r"""Return the words of a text as hashes that do not distinguish case, punctuation or one figure from another.

    And their bounds: the words of line `i` of `str.splitlines` are those from `bounds[i]` to before `bounds[i + 1]`.

    >>> (one, bounds), (two, others) = hash_words("Ferry 12:30.\nLate"), hash_words("ferry 8.45\n\nlate!")
    >>> one.tolist() == two.tolist(), bounds.tolist(), others.tolist()
    (True, [0, 3, 4], [0, 3, 3, 4])
    """
    plain = uncurl_quotes("\n".join(text.splitlines()).casefold())
    for blank in _BLANKS:
        plain = plain.replace(blank, " ")
    # On bytes, one table folds all of ASCII at once; every character beyond it counts as a letter.
    folded = plain.encode("utf-8", "surrogatepass").translate(_FOLD)
    while b"##" in folded:
        folded = folded.replace(b"##", b"#")
    lines = [line.split() for line in folded.split(b"\n")]
    hashes = map(crc32, itertools.chain.from_iterable(lines))
    return np.fromiter(hashes, np.uint64), np.cumsum([0, *map(len, lines)])


def hash_spans(words: npt.NDArray[np.integer], starts: Ints, ends: Ints) -> Hashes:
    """Return one hash for each span of words given as numbers; equal words in equal order have equal hashes.

    >>> first, second, third = hash_spans(np.array([5, 7, 5, 7]), np.array([0, 2, 1]), np.array([2, 4, 3]))
    >>> bool(first == second), bool(first == third)
    (True, False)
    """
    # A span is a polynomial in the multiplier: a difference of two running sums, divided by the power it starts at.
    powers, inverse = (np.cumprod(np.full(len(words) + 1, base, np.uint64)) for base in (_MULTIPLIER, _INVERSE))
    sums = np.zeros(len(words) + 1, np.uint64)
    np.cumsum((words.astype(np.uint64, copy=False) + np.uint64(1)) * powers[:-1], out=sums[1:])
    values = np.asarray((sums[ends] - sums[starts]) * inverse[starts], np.uint64)
    values ^= values >> _SHIFT
    values *= np.uint64(_MULTIPLIER)
    return values


def min_hash(words: Hashes) -> Sketch:
    """Return the hash of a text's words and the `SKETCH` smallest hashes of its grams of `GRAM` words."""
    starts = np.arange(max(len(words) - GRAM + 1, 0))
    hashes = hash_spans(words, np.append(starts, 0), np.append(starts + GRAM, len(words)))
    few = min(2 * SKETCH, len(starts))
    grams = np.unique(np.partition(hashes[:-1], few - 1)[:few]) if few else _NONE
    return int(hashes[-1]) if len(words) else None, grams[:SKETCH].copy()


def first_near_duplicates(sketches: Sequence[Sketch]) -> Ints:
    """Return for each text the number of the first one that it copies, or its own.

    Parameters
    ----------
    sketches : sequence of Sketch
        One a text, from `min_hash`, in an order that does not depend on the order of files.

    Notes
    -----
    Exact copies have the same words. Near copies share half of a sketch of 32 grams of eight words, which estimates
    the resemblance (Jaccard) of all their grams; texts of fewer than eight words have none. Each gram joins its texts
    to the first that has it, so that time and memory grow with the number of texts, not of pairs. A copy of a copy is
    a copy of the first. This says nothing of passages that otherwise different texts share.

    References
    ----------
    Broder, "On the resemblance and containment of documents" (1997).

    Examples
    --------
    >>> story = "the ferry company said on monday that its crews would be back at work by the end of the week"
    >>> texts = [story, "Other news.", story + " or so", "OTHER NEWS", "", ""]
    >>> first_near_duplicates([min_hash(hash_words(text)[0]) for text in texts]).tolist()
    [0, 1, 0, 1, 4, 5]
    """
    seen: dict[int, int] = {}
    wholes = enumerate(whole for whole, _ in sketches)
    heads = [number if whole is None else seen.setdefault(whole, number) for number, whole in wholes]
    for copy, head in _near_pairs([grams for _, grams in sketches]):
        heads[copy] = min(heads[copy], head)
    for number, head in enumerate(heads):
        heads[number] = heads[head]
    return np.array(heads, dtype=np.int64)


def _near_pairs(grams: Sequence[Hashes]) -> Iterator[tuple[int, int]]:
    """Yield each text that shares enough grams with the first text that has them, and that text."""
    sizes = np.array([len(sketch) for sketch in grams], dtype=np.int64)
    article = np.repeat(np.arange(len(grams)), sizes)
    _, first, group = np.unique(np.concatenate([*grams, _NONE]), return_index=True, return_inverse=True)
    joined = article[first][group]
    later = joined < article
    pairs, votes = np.unique(article[later] * len(grams) + joined[later], return_counts=True)
    copies, heads = np.divmod(pairs, max(len(grams), 1))
    enough = votes >= ALIKE * np.maximum(sizes[copies], sizes[heads])
    yield from zip(copies[enough].tolist(), heads[enough].tolist(), strict=True)
