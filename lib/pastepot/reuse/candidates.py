"""Candidates: where an alignment may begin, found by shared n-grams or by a third article.

Two places with the same n-gram are grown to the whole sequence of equal words. An n-gram in up to `LIMIT` places is
paired everywhere with everywhere. Above that the pairs would grow with the square of the copies: there each place is
paired with the first one only, and with the one before it in the same article, so that the largest stories cost least
and none is lost.

Two rewrites of one story can differ so much that they share no n-gram, while each shares enough with their source.
Where two passages meet on the same words of an article, their other sides are compared, and little evidence is
needed, since the common source already speaks for them.
"""

import numpy as np

from pastepot.kernels import fit, kernel
from pastepot.reuse.alignment import Alignments, Runs, Text, align_runs, allocate_lanes
from pastepot.reuse.shingles import Flags, Ints, Postings, Terms, number_rows, order_by, pair_numbers

LIMIT = 100
"""Places up to which all pairs of one n-gram are formed."""
MEETING_WORDS = 8
SLACK = 5
"""Words by which a span that is only projected from its place in the source is widened."""

Pairs = tuple[Ints, Ints]


# --- pairs of places with the same n-gram ---------------------------------------------


def place_pairs(terms: Terms, articles: Terms, postings: Postings, n: int, *, limit: int = LIMIT) -> Pairs:
    """Return the pairs of places, earlier and later, that have the same `n` words without overlapping.

    Pairs that merely continue a listed pair by one word are left out.

    >>> terms, articles = np.array([5, 6, 5, 6, 5, 6]), np.array([0, 0, 0, 0, 1, 1])
    >>> first, second = place_pairs(terms, articles, Postings(np.array([0, 2, 4]), np.array([0, 3])), 2)
    >>> list(zip(first.tolist(), second.tolist()))
    [(0, 2), (0, 4), (2, 4)]
    >>> first, second = place_pairs(terms, articles, Postings(np.array([0, 2, 4]), np.array([0, 3])), 2, limit=2)
    >>> list(zip(first.tolist(), second.tolist()))
    [(0, 2), (0, 4)]
    """
    sizes = np.diff(postings.edges)
    first, second = pair_all(terms, articles, postings, sizes <= limit)
    large = np.zeros(len(terms) + 2, dtype=bool)
    large[postings.positions[np.repeat(sizes > limit, sizes)]] = True
    chance = chance_extensions(terms, articles, (first, second), large, n)
    small = np.delete(first, chance), np.delete(second, chance)
    listed = [small, *pair_with_first(articles, postings, sizes > limit)]
    first, second = (np.concatenate(side) for side in zip(*listed, strict=True))
    apart = (articles[first] != articles[second]) | (second - first >= n)
    return first[apart], second[apart]


def chance_extensions(terms: Terms, articles: Terms, pairs: Pairs, large: Flags, n: int) -> Ints:
    """Return which pairs only lengthen, by one chance word, a text in more places than are paired.

    Of a story in thousands of articles, some hundred have the same word before it by chance; paired everywhere with
    everywhere, these would bring back the square of the copies. `large` flags where an n-gram of that story begins.
    """
    near = np.flatnonzero(large[pairs[0] - 1] | large[pairs[0] + 1])
    first, second = pairs[0][near], pairs[1][near]
    # Are the words before both places equal, and those behind both n-grams?
    before = (articles[first] == articles[first - 1]) & (articles[second] == articles[second - 1])
    before &= terms[first - 1] == terms[second - 1]
    end = np.minimum(second + n, len(terms) - 1)
    after = (second + n == end) & (articles[second] == articles[end])
    after &= (articles[first] == articles[end - second + first]) & (terms[end - second + first] == terms[end])
    chance: Ints = near[np.where(before, large[first - 1] & ~after, large[first + 1] & after)]
    return chance


def pair_all(terms: Terms, articles: Terms, postings: Postings, small: Flags) -> Pairs:
    """Return all pairs of places in the groups flagged in `small`, without those that continue another.

    A pair continues another where the words before both are equal and n-grams that are paired begin there.
    """
    places, sizes = postings.positions, np.diff(postings.edges)
    begins = np.zeros(len(terms), dtype=bool)
    begins[places[np.repeat(small, sizes)]] = True
    within = (articles[places - 1] == articles[places]) & (places > 0)
    # The word before each place, -1 at the start of an article; `joined` is never equal to it where no pair precedes.
    before = np.where(within, terms[places - 1], -1)
    joined = np.where(begins[places - 1], before, -2)
    groups = postings.edges[:-1][small], postings.edges[1:][small]
    write = fit(write_pairs, int((sizes[small] * (sizes[small] - 1) // 2).sum()))
    count = write(places, before, joined, groups, np.empty((2, 0), dtype=np.int64))
    pairs = np.empty((2, count), dtype=np.int64)
    write(places, before, joined, groups, pairs)
    return pairs[0], pairs[1]


@kernel
def write_pairs(places: Ints, before: Terms, joined: Terms, groups: Pairs, out: Ints) -> int:
    """Write the pairs of each group as far as there is room, and return how many there are."""
    count, room = 0, out.shape[1]
    for k in range(len(groups[0])):
        for i in range(groups[0][k], groups[1][k]):
            for j in range(i + 1, groups[1][k]):
                if joined[i] != before[j]:
                    if count < room:
                        out[0, count], out[1, count] = places[i], places[j]
                    count += 1
    return count


def pair_with_first(articles: Terms, postings: Postings, large: Flags) -> list[Pairs]:
    """Return each place of the larger groups with the group's first, and with the last one of the same article."""
    places, sizes = postings.positions, np.diff(postings.edges)
    # `at` numbers the places of large groups but for the first of each, which is repeated as their `centre`.
    rest = np.repeat(large, sizes)
    rest[postings.edges[:-1]] = False
    at = np.flatnonzero(rest)
    centre = places[np.repeat(postings.edges[:-1], sizes)[at]]
    inside = at[(articles[places[at - 1]] == articles[places[at]]) & (places[at - 1] != centre)]
    return [(centre, places[at]), (places[inside - 1], places[inside])]


# --- the words around them that are equal, too ----------------------------------------


def equal_runs(terms: Terms, bounds: Ints, pairs: Pairs, bits: Ints, *, least: int = 1) -> Runs:
    """Return the longest runs of `least` or more equal words, each once, that pass through the `pairs` of places.

    Inside one article the two sides never overlap: there a run is cut to the distance of its sides.

    Examples
    --------
    >>> terms = np.array([7, 1, 2, 3, 8, 1, 2, 3], dtype=np.int32)
    >>> bounds, bits = np.array([0, 4, 8]), np.ones(9, dtype=np.int64)
    >>> equal_runs(terms, bounds, (np.array([2]), np.array([6])), bits)
    Runs(a=array([1]), b=array([5]), length=array([3]), gain=array([3]))

    Places whose words differ give nothing:

    >>> equal_runs(terms, bounds, (np.array([0]), np.array([4])), bits).length
    array([], dtype=int64)
    """
    order = order_by(pairs[1] - pairs[0], pairs[0])
    ordered = pairs[0][order], pairs[1][order]
    opens = np.zeros(len(terms) + 1, dtype=bool)
    opens[bounds] = True
    out = np.empty((4, len(order)), dtype=np.int64)
    count = fit(grow_runs, len(terms) + len(order))((terms, opens), ordered, bits, least, out)
    return Runs(*out[:, :count])


@kernel
def grow_runs(text: tuple[Terms, Flags], pairs: Pairs, bits: Ints, least: int, out: Ints) -> int:
    """Write each run that the pairs, ordered by distance, pass through; return how many there are.

    A flag for each token says whether an article opens there; one more closes the last. A run longer than the
    distance of its sides lies in one article.
    """
    terms, opens = text
    count, distance, end = 0, -1, 0
    for k in range(len(pairs[0])):
        a, b = pairs[0][k], pairs[1][k]
        if (b - a == distance and a < end) or terms[a] != terms[b]:
            continue
        distance, end = b - a, a + 1
        while not opens[end] and not opens[end + distance] and terms[end] == terms[end + distance]:
            end += 1
        while not opens[a] and not opens[b] and terms[a - 1] == terms[b - 1]:
            a -= 1
            b -= 1
        length = min(end - a, distance)
        if length >= least:
            gain = 0
            for token in range(a, a + length):
                gain += bits[terms[token]]
            out[0, count], out[1, count], out[2, count], out[3, count] = a, b, length, gain
            count += 1
    return count


# --- articles that a third one joins --------------------------------------------------


def align_transitive(text: Text, passages: Alignments, *, max_gap: int) -> Alignments:
    """Return alignments between spans that accepted `passages` connect with the same words of a third article."""
    tries = drop_aligned(transitive_candidates(passages, text.articles), passages, text.articles)
    runs = np.empty((len(Runs._fields), len(tries)), dtype=np.int64)
    cells = int(((tries[:, 1] - tries[:, 0]) * (tries[:, 3] - tries[:, 2])).sum())
    fit(best_runs, len(text.terms) + cells)(text, tries, allocate_lanes(text.bounds), runs)
    return align_runs(text, Runs(*runs), max_gap=max_gap, faint=True)


def transitive_candidates(passages: Alignments, articles: Terms) -> Ints:
    """Return pairs of spans in two articles whose passages share `MEETING_WORDS` words of a third one, as rows.

    A row has four columns: tokens `low_a` to before `high_a`, and those of b; a comes first. A side that meets more
    than `LIMIT` others belongs to a story in so many copies that each is paired with one of them only; it counts for
    nothing here.
    """
    # Each passage is looked at from both sides: two columns for the side, two for the other, in order of the side.
    spans = np.column_stack(passages[:4])
    sides = np.concatenate([spans, spans[:, [2, 3, 0, 1]]])
    sides = sides[order_by(*sides.T)]
    first, last, other_first, _ = sides.T
    begun = np.searchsorted(first, last - MEETING_WORDS, side="right")
    ended = np.searchsorted(np.sort(last), first + MEETING_WORDS)
    later = np.maximum(0, begun - np.arange(len(begun)) - 1)
    one, step = number_rows(np.where(begun - ended > LIMIT, 0, later))
    other = one + 1 + step
    # Of each such pair of sides: the words of the third article that both contain, and what lies opposite them.
    low, high = first[other], np.minimum(last[one], last[other])
    meet = (high - low >= MEETING_WORDS) & (articles[other_first[one]] != articles[other_first[other]])
    one, other, low, high = one[meet], other[meet], low[meet], high[meet]
    swap = other_first[one] > other_first[other]
    one, other = np.where(swap, other, one), np.where(swap, one, other)
    return np.column_stack([*project_span(sides[one], low, high), *project_span(sides[other], low, high)])


def project_span(sides: Ints, low: Ints, high: Ints) -> Pairs:
    """Return the tokens of the other side that lie opposite tokens `low` to before `high`, in proportion.

    >>> low, high = project_span(np.array([[100, 200, 1000, 1100]]), np.array([150]), np.array([160]))
    >>> low.tolist(), high.tolist()
    ([1045], [1065])
    """
    first, last, other_first, other_last = sides.T
    ratio = (other_last - other_first) / (last - first)
    begin = other_first + np.floor((low - first) * ratio).astype(np.int64) - SLACK
    end = other_first + np.ceil((high - first) * ratio).astype(np.int64) + SLACK
    return np.maximum(begin, other_first), np.minimum(end, other_last)


def drop_aligned(tries: Ints, passages: Alignments, articles: Terms) -> Ints:
    """Return the `tries` that no passage connects already, by pair of articles and place."""
    known = pair_numbers(articles, passages.first_a, passages.first_b)
    wanted = pair_numbers(articles, tries[:, 0], tries[:, 2])
    by_pair = order_by(known)
    spans = np.column_stack(passages[:4])[by_pair]
    low, high = (np.searchsorted(known[by_pair], wanted, side=side) for side in ("left", "right"))
    free = np.ones(len(wanted), dtype=bool)
    fit(mark_free, len(articles) + len(wanted))(spans, low, high, tries, free)
    return tries[free]


@kernel
def mark_free(spans: Ints, low: Ints, high: Ints, tries: Ints, free: Flags) -> None:
    """Clear `free` where one of the spans `low` to before `high` shares tokens with both sides of a try."""
    for k in range(len(free)):
        low_a, high_a, low_b, high_b = tries[k]
        for j in range(low[k], high[k]):
            if spans[j, 0] < high_a and low_a < spans[j, 1] and spans[j, 2] < high_b and low_b < spans[j, 3]:
                free[k] = False


@kernel
def best_runs(text: Text, tries: Ints, lengths: Ints, out: Ints) -> None:
    """Write the best run between each pair of spans."""
    for k in range(len(tries)):
        out[0, k], out[1, k], out[2, k], out[3, k] = best_run(text, tries[k], lengths)


@kernel
def best_run(text: Text, spans: Ints, lengths: Ints) -> tuple[int, int, int, int]:
    """Return the run of equal words between two spans that scores most: both starts, length, score.

    ``lengths[j + 1]`` is how many words are equal up to word a of one span and word j of the other.
    """
    low_a, high_a, low_b, high_b = spans
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
