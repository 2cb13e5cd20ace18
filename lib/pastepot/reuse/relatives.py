"""Relatives: passages of two articles that a third one vouches for.

Two rewrites of one story can differ so much that no gram joins them, while each shares enough with their source.
Where two passages meet on the same words of an article, their other sides are laid side by side, and little evidence
is needed, since the common source already speaks for them.
"""

from typing import NamedTuple

import numpy as np

from pastepot.kernels import fit, kernel
from pastepot.reuse.alignment import PROMISING, Alignments, Seed, Text, alignments_of, grow_both, lanes_for, span_of
from pastepot.reuse.candidates import LIMIT
from pastepot.reuse.shingles import Flags, Ints, Terms, order_by, ramp

MEETING_WORDS = 8
SLACK = 5
"""Words by which a stretch that is only guessed from its place in the source is widened."""


class Stretches(NamedTuple):
    """Pairs of stretches that may share a passage: tokens `low_a` to before `high_a` and those of b."""

    low_a: Ints
    high_a: Ints
    low_b: Ints
    high_b: Ints


class Stretch(NamedTuple):
    """One pair of stretches."""

    low_a: int
    high_a: int
    low_b: int
    high_b: int


class Sides(NamedTuple):
    """Each side of each passage: its tokens, and those of the other side, by first token."""

    first: Ints
    last: Ints
    other_first: Ints
    other_last: Ints


def align_transitive(text: Text, passages: Alignments, *, max_gap: int) -> Alignments:
    """Return alignments between stretches that accepted `passages` tie to the same words of a third article."""
    tries = drop_aligned(transitive_candidates(sides_of(passages), text.articles), passages, text.articles)
    out = np.empty((len(tries.low_a), len(Alignments._fields)), dtype=np.int64)
    cells = int(((tries.high_a - tries.low_a) * (tries.high_b - tries.low_b)).sum())
    grow = fit(grow_between, len(text.terms) + cells)
    return alignments_of(out, grow(text, tries, max_gap, lanes_for(text.bounds), out))


def sides_of(passages: Alignments) -> Sides:
    """Return both sides of each passage, ordered by place."""
    mine = [
        np.concatenate([passages.first_a, passages.first_b]),
        np.concatenate([passages.last_a, passages.last_b]),
    ]
    others = [
        np.concatenate([passages.first_b, passages.first_a]),
        np.concatenate([passages.last_b, passages.last_a]),
    ]
    order = order_by(*mine, *others)
    return Sides(*(column[order] for column in [*mine, *others]))


def transitive_candidates(sides: Sides, articles: Terms) -> Stretches:
    """Return the pairs of stretches, in two articles, that sides meeting on `MEETING_WORDS` words point to.

    A side that meets more than `LIMIT` others belongs to a story in so many copies that each is joined to one of them
    only; it vouches for none.
    """
    begun = np.searchsorted(sides.first, sides.last - MEETING_WORDS, side="right")
    ended = np.searchsorted(np.sort(sides.last), sides.first + MEETING_WORDS)
    later = np.maximum(0, begun - np.arange(len(begun)) - 1)
    counts = np.where(begun - ended > LIMIT, 0, later)
    one, step = ramp(counts)
    two = one + 1 + step
    low, high = sides.first[two], np.minimum(sides.last[one], sides.last[two])
    meet = (high - low >= MEETING_WORDS) & (articles[sides.other_first[one]] != articles[sides.other_first[two]])
    one, two, low, high = one[meet], two[meet], low[meet], high[meet]
    swap = sides.other_first[one] > sides.other_first[two]
    one, two = np.where(swap, two, one), np.where(swap, one, two)
    return Stretches(*project_span(sides, one, low, high), *project_span(sides, two, low, high))


def project_span(sides: Sides, rows: Ints, low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """Return the tokens of the other side that lie opposite tokens `low` to before `high`, guessed in proportion."""
    first, last = sides.other_first[rows], sides.other_last[rows]
    ratio = (last - first) / (sides.last[rows] - sides.first[rows])
    begin = first + np.floor((low - sides.first[rows]) * ratio).astype(np.int64) - SLACK
    end = first + np.ceil((high - sides.first[rows]) * ratio).astype(np.int64) + SLACK
    return np.maximum(begin, first), np.minimum(end, last)


def drop_aligned(tries: Stretches, passages: Alignments, articles: Terms) -> Stretches:
    """Return the `tries` that no passage joins already, by pair of articles and place."""
    count = int(articles[-1]) + 1 if len(articles) else 1
    known = articles[passages.first_a].astype(np.int64) * count + articles[passages.first_b]
    wanted = articles[tries.low_a].astype(np.int64) * count + articles[tries.low_b]
    by_pair = order_by(known)
    spans = np.column_stack([column[by_pair] for column in passages[:4]])
    low, high = np.searchsorted(known[by_pair], wanted), np.searchsorted(known[by_pair], wanted, side="right")
    free = np.zeros(len(wanted), dtype=bool)
    fit(mark_free, len(articles) + len(wanted))(spans, low, high, tries, free)
    order = order_by(wanted[free], tries.low_a[free], tries.low_b[free])
    return Stretches(*(column[free][order] for column in tries))


@kernel
def mark_free(spans: Ints, low: Ints, high: Ints, tries: Stretches, free: Flags) -> None:
    """Set `free` where none of the spans `low` to before `high` touches a try on both sides."""
    for k in range(len(free)):
        stretch = Stretch(tries.low_a[k], tries.high_a[k], tries.low_b[k], tries.high_b[k])
        free[k] = not overlaps_both(spans[low[k] : high[k]], stretch)


@kernel
def overlaps_both(spans: Ints, stretch: Stretch) -> bool:
    """Return whether one of the spans shares tokens with both sides of the stretch."""
    low_a, high_a, low_b, high_b = stretch
    for k in range(len(spans)):
        if spans[k, 0] < high_a and low_a < spans[k, 1] and spans[k, 2] < high_b and low_b < spans[k, 3]:
            return True
    return False


@kernel
def grow_between(text: Text, tries: Stretches, max_gap: int, lanes: Ints, out: Ints) -> int:
    """Write the alignment that grows from the best run between each pair of stretches; return how many there are."""
    count, start, last_a, last_b = 0, 0, -1, -1
    for k in range(len(tries.low_a)):
        stretch = Stretch(tries.low_a[k], tries.high_a[k], tries.low_b[k], tries.high_b[k])
        doc_a, doc_b = text.articles[stretch.low_a], text.articles[stretch.low_b]
        if doc_a != last_a or doc_b != last_b:
            start, last_a, last_b = count, doc_a, doc_b
        if overlaps_both(out[start:count], stretch):
            continue
        a, b, length, gain = best_run(text, stretch, lanes)
        low_a, high_a = span_of(text, a)
        low_b, high_b = span_of(text, b)
        grow_both(text, Seed(a, b, length, low_a, high_a, low_b, high_b), max_gap, lanes, out[count])
        out[count, 4] += gain
        if out[count, 4] >= PROMISING:
            count += 1
    return count


@kernel
def best_run(text: Text, stretch: Stretch, lengths: Ints) -> tuple[int, int, int, int]:
    """Return the run of equal words between two stretches that scores most: both starts, length, score."""
    low_a, high_a, low_b, high_b = stretch
    best = (low_a, low_b, 0, 0)
    lengths[: high_b - low_b + 1] = 0
    for a in range(low_a, high_a):
        word = text.terms[a]
        for b in range(high_b - 1, low_b - 1, -1):
            length = lengths[b - low_b] + 1 if word == text.terms[b] and text.bits[word] else 0
            lengths[b - low_b + 1] = length
            if length and (a + 1 == high_a or b + 1 == high_b or text.terms[a + 1] != text.terms[b + 1]):
                gain = 0
                for back in range(length):
                    gain += text.bits[text.terms[a - back]]
                if gain > best[3]:
                    best = (a - length + 1, b - length + 1, length, gain)
    return best
