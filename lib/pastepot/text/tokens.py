"""The token store: every text tokenised once, for every measure, as numbers into one vocabulary.

Small input goes through the pattern of words.py, large input through its second writing in scan.py; both give the
same arrays.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
import regex

from pastepot.corpus.boilerplate import first_near_duplicates, sample_grams
from pastepot.kernels import compile_kernel, fit
from pastepot.text.scan import Array, Words, character_bits, fill_slots, scan
from pastepot.text.words import BORROWED, ELISION, ENGLISH, WORD, fold_possessive, to_term

CHARACTERS_A_WORD = 5
"""A low estimate of what a word and the space after it take, so that the arrays that it sizes seldom have to grow."""

REACHES = (0x100, 0x3000, 0x10000, 0x20000, 0x110000)
"""Code points whose bits are worked out: most texts need few of them, and the whole table takes a tenth of a second."""

_ELIDED = regex.compile(rf"(?:l|(?i:[cdjlmnst]|qu)(?=.\P{{Lu}}))['’](?!(?:{'|'.join(BORROWED)})$)\S")
"""An elided word before another that English does not have: it has d'Artagnan, L'Oréal and coup d'état, too."""

BATCH = 1 << 18
"""Characters joined and scanned at a time, few enough to stay in the cache of a processor."""


@dataclass(frozen=True, eq=False)
class Tokens:
    """The words of a sequence of texts, in order.

    Attributes
    ----------
    ids : numpy.ndarray of int32
        For each token its place in `vocabulary`.
    starts, ends : numpy.ndarray of int32
        Its place in its own text, in code points, end exclusive.
    bounds : numpy.ndarray of int64
        The tokens of text `i` are `bounds[i]` to `bounds[i + 1]`.
    vocabulary : list of str
        The surface forms, in order of first appearance.
    elided : frozenset of int
        The texts in which l', d', qu' and their like are words of their own.
    """

    ids: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int32]
    ends: npt.NDArray[np.int32]
    bounds: npt.NDArray[np.int64]
    vocabulary: list[str]
    elided: frozenset[int] = frozenset()

    @cached_property
    def terms(self) -> list[str]:
        """The term of each surface form; a possessive stays."""
        return [*map(to_term, self.vocabulary)]

    @cached_property
    def folded_terms(self) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.object_]]:
        """The number of each surface form's term, possessives folded, and the terms in alphabetical order."""
        return number_terms(map(fold_possessive, self.terms))

    @cached_property
    def folded_ids(self) -> npt.NDArray[np.int32]:
        """The number of each token's term, possessives folded."""
        return self.folded_terms[0][self.ids]

    @cached_property
    def originals(self) -> npt.NDArray[np.int64]:
        """For each text the first that it copies, whole or nearly; itself if it copies none."""
        return first_near_duplicates(sample_grams(self.folded_ids, self.bounds), len(self.bounds) - 1)

    @cached_property
    def forms_by_term(self) -> dict[str, list[int]]:
        """The numbers of the surface forms of each term; a possessive is listed under its base, too."""
        forms: dict[str, list[int]] = {}
        for number, term in enumerate(self.terms):
            for key in dict.fromkeys((term, fold_possessive(term))):
                forms.setdefault(key, []).append(number)
        return forms

    @cached_property
    def postings(self) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        """All tokens by surface form, in order: those of form f are ``order[bounds[f]:bounds[f + 1]]``."""
        from scipy.sparse import csr_array  # noqa: PLC0415 (a fifth of a second that reading needs not)

        # One row with a cell a token; put into columns, the cells of each form follow each other.
        numbers = np.arange(len(self.ids), dtype=np.int32)
        columns = csr_array((numbers, self.ids, [0, len(numbers)]), shape=(1, len(self.vocabulary))).tocsc()
        return columns.indptr, columns.data


def tokenize(texts: Sequence[str]) -> Tokens:
    """Return the words of `texts`, as `find_words` finds them with its default options.

    Parameters
    ----------
    texts : sequence of str
        One string an article.

    Returns
    -------
    Tokens

    Notes
    -----
    From about 50,000 words on a compiled scanner does the work, at some 100 million characters a second; where no
    compiler is installed the pattern does it all, more slowly and with the same result.

    Examples
    --------
    >>> tokens = tokenize(["The ferry sails. The ferry’s late.", "", "Late again"])
    >>> tokens.vocabulary
    ['The', 'ferry', 'sails', 'ferry’s', 'late', 'Late', 'again']
    >>> tokens.ids.tolist(), tokens.bounds.tolist()
    ([0, 1, 2, 0, 3, 4, 5, 6], [0, 6, 6, 8])
    >>> tokens.starts[-2:].tolist(), tokens.ends[-2:].tolist()
    ([0, 5], [4, 10])
    >>> tokenize(["?!", "🚢"]).ids.tolist()
    []
    """
    words = sum(map(len, texts)) // CHARACTERS_A_WORD
    return tokenize_by_pattern(texts) if fit(scan, words) is scan else tokenize_by_scan(texts)


def tokenize_by_pattern(texts: Sequence[str]) -> Tokens:
    """Return the words of `texts` as the pattern of words.py finds them."""
    spans = [[match.span() for match in WORD.finditer(text)] for text in texts]
    words = [text[start:end] for text, places in zip(texts, spans, strict=True) for start, end in places]
    starts, ends = np.array([*itertools.chain.from_iterable(spans)], dtype=np.int32).reshape(-1, 2).T.copy()
    ids, vocabulary = pd.factorize(np.array(words, dtype=object))
    bounds = np.cumsum([0, *map(len, spans)], dtype=np.int64)
    return Tokens(ids.astype(np.int32), starts, ends, bounds, vocabulary.tolist())


def tokenize_by_scan(texts: Sequence[str]) -> Tokens:
    """Return the words of `texts` as the compiled scanner finds them."""
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) + 1
    bounds = np.zeros(len(texts) + 1, dtype=np.int64)
    slots, hashes, letters = (np.empty(0, dtype=kind) for kind in (np.int32, np.uint64, np.uint32))
    words: Words = (slots, hashes, letters, np.zeros(1, dtype=np.int64))
    types = count = 0
    found = tuple(np.empty(int(lengths.sum()) // CHARACTERS_A_WORD, dtype=np.int32) for _ in range(3))
    for first, last in batches(lengths):
        text = code_points(texts[first:last])
        bits = character_bits(reach_of(text))
        # At most every second character begins a word, so with this much room the scanner never has to stop.
        most = len(text) // 2
        words = make_room(words, types, most, len(text))
        if count + most > len(found[0]):
            found = tuple(enlarge(array, 2 * len(array) + most) for array in found)
        begins = np.concatenate(([0], np.cumsum(lengths[first:last])))
        types = compile_kernel(scan)(text, begins, bits, found, bounds[first : last + 1], words, types)
        count = int(bounds[last])
    for array in found:
        array.resize(count, refcheck=False)
    ids, starts, ends = found
    letters = words[2][: words[3][types]]
    vocabulary = letters.tobytes().decode("utf-32-le", "surrogatepass").split("\n")[:-1]
    return Tokens(ids, starts, ends, bounds=bounds, vocabulary=vocabulary)


def find_elided(tokens: Tokens, is_french: Callable[[int], bool]) -> frozenset[int]:
    """Return the texts that have more of l', d', qu' than of *the*, *of*, *and* and are French.

    `is_french` is asked about these alone, as to identify a language takes time.

    >>> find_elided(tokenize(["L’eau d’ici", "The coup d’état", "d’Artagnan"]), lambda text: True)
    frozenset({0})
    """
    forms = [number for number, form in enumerate(tokens.vocabulary) if _ELIDED.match(form)]
    if not forms:
        return frozenset()
    votes = np.zeros(len(tokens.vocabulary), dtype=np.int32)
    votes[forms] = 1
    votes[[tokens.vocabulary.index(word) for word in ENGLISH if word in tokens.vocabulary]] = -1
    sums = np.append(0, np.cumsum(votes[tokens.ids]))[tokens.bounds]
    return frozenset(filter(is_french, np.flatnonzero(np.diff(sums) > 0).tolist()))


def split_elisions(tokens: Tokens, texts: frozenset[int]) -> Tokens:
    """Return the tokens with l', d', qu' and their like in `texts` as words of their own, as `find_words` splits them.

    >>> split_elisions(tokenize(["L’eau d’ici", "L’eau"]), frozenset([0])).vocabulary
    ['L’', 'eau', 'd’', 'ici', 'L’eau']
    """
    # No word contains a space, so the one put in tells where it is cut.
    marked = ELISION.sub(r"\1 ", "\n".join(tokens.vocabulary)).split("\n")
    cut = np.array([form.find(" ") for form in marked])
    inside = np.repeat(np.isin(np.arange(len(tokens.bounds) - 1), [*texts]), np.diff(tokens.bounds))
    at = np.flatnonzero(inside)[cut[tokens.ids[inside]] > 0]
    whole, middle = tokens.ids[at], tokens.starts[at] + cut[tokens.ids[at]]
    pieces = [*tokens.vocabulary, *(piece for form in marked for piece in form.partition(" ")[::2])]
    numbers, forms = pd.factorize(np.array(pieces, dtype=object))
    ids = np.insert(tokens.ids, at, numbers[len(marked) :: 2][whole])
    ids[at + np.arange(1, len(at) + 1)] = numbers[len(marked) + 1 :: 2][whole]
    numbers, used = pd.factorize(ids)
    starts, ends = np.insert(tokens.starts, at + 1, middle), np.insert(tokens.ends, at, middle)
    bounds = tokens.bounds + np.searchsorted(at, tokens.bounds)
    return Tokens(numbers.astype(np.int32), starts, ends, bounds, forms[used].tolist(), texts)


def batches(lengths: npt.NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Yield first and last of consecutive texts of about `BATCH` characters together, or of one long text."""
    batch = np.cumsum(lengths) // BATCH
    edges = np.flatnonzero(np.diff(batch, prepend=-1, append=-1))
    yield from zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)


def code_points(texts: Sequence[str]) -> Array:
    """Return the code points of `texts`, each with a line feed behind it, one byte each if all are below U+0100.

    One more line feed ends them, since the scanner looks two characters ahead.
    """
    joined = "\n".join([*texts, "\n"])
    try:
        return np.frombuffer(joined.encode("latin-1"), dtype=np.uint8)
    except UnicodeEncodeError:
        return np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def reach_of(text: Array) -> int:
    """Return the least of `REACHES` that lies above all code points of `text`.

    >>> hex(reach_of(np.array([ord("a"), ord("€")], dtype=np.uint32)))
    '0x3000'
    """
    highest = 0xFF if text.dtype == np.uint8 else int(text.max())
    return next(reach for reach in REACHES if reach > highest)


def make_room(words: Words, types: int, more_types: int, more_letters: int) -> Words:
    """Return `words` with room for so many types more and for their letters, each twice as large if it has to grow."""
    slots, hashes, letters, tails = words
    if types + more_types > len(hashes):
        size = 1 << int(types + more_types).bit_length()
        hashes, tails = enlarge(hashes, size), enlarge(tails, size + 1)
        slots = np.full(size, -1, dtype=np.int32)
        compile_kernel(fill_slots)(slots, hashes, types)
    if tails[types] + more_letters + more_types > len(letters):
        letters = enlarge(letters, 2 * int(tails[types] + more_letters + more_types))
    return slots, hashes, letters, tails


def enlarge(array: Array, size: int) -> Array:
    """Return a copy of `array` with room for `size` elements."""
    larger = np.empty(size, dtype=array.dtype)
    larger[: len(array)] = array
    return larger


def number_terms(terms: Iterable[str]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.object_]]:
    """Return the number of each term among the distinct ones, and these in alphabetical order.

    >>> numbers, terms = number_terms(["the", "ferry", "the"])
    >>> numbers.tolist(), terms.tolist()
    ([1, 0, 1], ['ferry', 'the'])
    """
    numbers, distinct = pd.factorize(np.array([*terms], dtype=object), sort=True)
    return numbers.astype(np.int32), distinct
