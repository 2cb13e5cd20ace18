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
from pastepot.wording import count_noun, count_part, start_sentence

Hashes = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int64]

FEWEST_ARTICLES = 10
FEWEST_COPIES = 3
ONE_IN = 50
"""A line occurs in three stories of its outlet at least, and in one of fifty."""
LONGEST_NOTE = 60
GRAM = 8
NEAR_TOP, NEAR_END, STEADY = 0.1, 0.8, 0.05
"""Its mean place (0 first line, 1 last) is near an end, or the standard deviation of its places is small."""

SAMPLE = 16
"""About how many grams of a text are looked at; all of a short one."""
ALIKE = 0.5
"""Near copies share this part of the sample, an estimate of the part of all their grams."""

MANY_COPIES = 0.05
"""Above this share of the counted words a note says what to do about copies."""

_MULTIPLIER = 0x9E3779B97F4A7C15
_INVERSE = pow(_MULTIPLIER, -1, 1 << 64)
_SHIFT, _LOW = np.uint64(32), (1 << 32) - 1
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
    ('repeated in 10 of 10 articles of Gazette', 'The Gazette is free.', '')
    >>> find_repeated_lines([Record("Ferry sails.", "", "", outlet="Gull")], "drop")[1]
    'Lines repeated across an outlet’s articles were not checked: no outlet has 10 articles.'
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
    lines = "Lines repeated across an outlet’s articles were"
    remark = f"{lines} not checked: no outlet has {FEWEST_ARTICLES} articles."
    if looked_at:
        checked = f"{lines} checked in {count_part(looked_at, len(records), 'article')}"
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
        evidence = f"repeated in {counts[piece].max():,} of {total:,} articles of {outlet}"
        yield article, start, start + len(block.strip()), evidence


def _collect_lines(texts: Sequence[str]) -> tuple[Lines, Ints]:
    """Return the lines of some texts, and for each text the first one that it copies."""
    rows, grams = [], []
    for article, text in enumerate(texts):
        words, bounds = hash_words(text)
        grams.append(sample_grams(words, np.array([0, len(words)])) | np.uint64(article))
        line = np.flatnonzero(np.diff(bounds))
        start, end = bounds[line], bounds[line + 1]
        starts = np.concatenate([start, start, np.maximum(end - GRAM, 0)])
        ends = np.concatenate([end, np.minimum(start + GRAM, len(words)), end])
        place = np.arange(len(line)) / max(len(line) - 1, 1)
        keys = hash_spans(words, starts, ends).reshape(3, -1)
        rows.append((np.full(len(line), article), line, start, end, place, keys))
    columns = (np.concatenate(column, axis=-1) for column in zip(*rows, strict=True))
    return Lines(*columns), first_near_duplicates(np.concatenate(grams), len(texts))


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


def sample_grams(words: npt.NDArray[np.integer], bounds: Ints) -> Hashes:
    """Return some grams of `GRAM` words of each text: the hash in the upper half of a number, the text in the lower.

    The words of text `i`, as numbers, are those from ``bounds[i]`` to before ``bounds[i + 1]``. A gram is taken by its
    hash, so that equal texts give equal samples; a shorter text is one gram.

    >>> one, two, other = sample_grams(np.array([5, 7, 5, 7, 5]), np.array([0, 2, 4, 5])).tolist()
    >>> one >> 32 == two >> 32, one >> 32 == other >> 32, [key % 2**32 for key in (one, two, other)]
    (True, False, [0, 1, 2])
    """
    lengths, hashes = np.diff(bounds), words.astype(np.uint32)
    hashes += np.uint32(1)
    hashes *= np.uint32(_MULTIPLIER & _LOW)
    for reach in (1, 2, 4):  # each step doubles the words that a hash is of
        hashes[:-reach] += hashes[reach:] * np.uint32(pow(_MULTIPLIER, reach, 1 << 32))
    most = np.minimum(SAMPLE / np.maximum(lengths - GRAM + 1, SAMPLE), 1) * _LOW
    place = np.flatnonzero(hashes <= np.repeat(most.astype(np.uint32), lengths))
    text = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)[place]
    inside = place + GRAM <= bounds[text + 1]
    short = (lengths > 0) & (lengths < GRAM)
    ends = np.cumsum(lengths[short])
    wholes = hash_spans(words[np.repeat(short, lengths)], ends - lengths[short], ends) >> _SHIFT
    texts = np.append(text[inside], np.flatnonzero(short)).astype(np.uint64)
    return np.append(hashes[place[inside]], wholes).astype(np.uint64) << _SHIFT | texts


def first_near_duplicates(grams: Hashes, total: int) -> Ints:
    """Return for each of so many texts the number of the first one that it copies, or its own.

    Parameters
    ----------
    grams
        From `sample_grams`; the order of the texts should not depend on that of files.
    total
        The number of texts.

    Notes
    -----
    Near copies share half of a sample of grams of eight words, about 16 or all of a short text, which estimates the
    resemblance (Jaccard) of all their grams. Each gram joins its texts to the first that has it, so that time and
    memory grow with the number of texts, not of pairs. A copy of a copy is a copy of the first. This says nothing of
    passages that otherwise different texts share.

    References
    ----------
    Broder, "On the resemblance and containment of documents" (1997).

    Examples
    --------
    >>> story = "the ferry company said on monday that its crews would be back at work by the end of the week"
    >>> words = [hash_words(text)[0] for text in (story, "Other news.", story + " or so", "OTHER NEWS", "", "")]
    >>> grams = sample_grams(np.concatenate(words), np.cumsum([0, *map(len, words)]))
    >>> first_near_duplicates(grams, 6).tolist()
    [0, 1, 0, 1, 4, 5]
    """
    grams, heads = np.unique(grams), np.arange(total)
    gram, text = grams >> _SHIFT, (grams & np.uint64(_LOW)).astype(np.int64)
    begins = np.flatnonzero(np.diff(gram, prepend=~gram[:1]))
    head = np.repeat(text[begins], np.diff(begins, append=len(text)))
    pairs, votes = np.unique((text * total + head)[head < text], return_counts=True)
    copies, firsts = np.divmod(pairs, max(total, 1))
    sizes = np.bincount(text, minlength=total)
    enough = votes >= ALIKE * np.maximum(sizes[copies], sizes[firsts])
    np.minimum.at(heads, copies[enough], firsts[enough])
    for copy in sorted(set(copies[enough].tolist())):
        heads[copy] = heads[heads[copy]]
    return heads


def connect_labels(labels: Ints, first: Ints, second: Ints) -> Ints:
    """Return a label for each item: one for all that had the same, or are joined by pairs `first` and `second`.

    >>> connect_labels(np.arange(5), np.array([0, 1]), np.array([3, 4])).tolist()
    [0, 1, 2, 0, 1]
    """
    from scipy.sparse import coo_array  # noqa: PLC0415 (a fifth of a second that a corpus without copies needs not)
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    size = len(labels)
    graph = coo_array((np.ones(len(first), dtype=bool), (labels[first], labels[second])), shape=(size, size))
    joined: Ints = connected_components(graph, directed=False)[1].astype(np.int64)[labels]
    return joined


def describe_copies(originals: Ints, sizes: Ints, reprinted: int = 0, *, hint: str = "") -> str:
    """Return in words how many of the counted words copy others: the only place that says it.

    Each text has its first in `originals`, from `first_near_duplicates`, and so many counted words in `sizes`; so many
    are `reprinted` in passages. `hint`, what to do about it, follows a share above a twentieth.

    >>> print(describe_copies(np.array([0, 0, 2, 3]), np.array([2, 2, 2, 2]), 1, hint="Look."))
    2 of 8 counted words are in 1 article that shares at least half of its sampled sequences of up to eight words with
    an article before it. 1 of 8 counted words is in later copies of passages. Look.
    >>> describe_copies(np.array([0, 0, 2, 3]), np.array([2, 0, 2, 2]))
    ''
    """
    copies, total, said = (originals < np.arange(len(sizes))) & (sizes > 0), int(sizes.sum()), []
    its, it = ("its", "it") if copies.sum() == 1 else ("their", "them")
    near = count_noun(int(copies.sum()), "article that shares", "articles that share")
    whole = f"in {near} at least half of {its} sampled sequences of up to eight words with an article before {it}"
    copied = int(sizes[copies].sum())
    for words, where in ((copied, whole), (reprinted, "in later copies of passages")):
        part = count_part(words, total, "counted word", f"is {where}.", f"are {where}.", percent=True)
        said += [start_sentence(part)] * (words > 0)
    return " ".join([*said, hint] if hint and max(copied, reprinted) > MANY_COPIES * total else said)
