"""The definition in words.py written a second time, for a compiler: kernels that find and number words.

Text is an array of code points, uint8 or uint32, in which a line feed ends each article and one more the whole. As no
word holds a line feed, and a look ahead goes one character beyond the first that cannot go on, none reads past the end.
"""

# ruff: noqa: PLR0917 (kernels are called by position)
import functools
from typing import Any

import numpy as np
import numpy.typing as npt
import regex

from pastepot.kernels import kernel
from pastepot.text.words import APOSTROPHES, IGNORABLE

Array = npt.NDArray[Any]
Found = tuple[Array, ...]
"""Arrays `ids`, `starts` and `ends`, a cell a token."""

Words = tuple[Array, ...]
"""The vocabulary as a hash table: `slots` hold word numbers or -1 and `keys` what sorts them in; word `number` is
spelt in `letters` from `tails[number]` on, a line feed behind it."""

IGNORED, MARK, NUMBER, DIGIT, LETTER, UPPER, LOWER, STOP = (1 << bit for bit in range(8))
APOSTROPHE, DOT, COMMA, AMPERSAND, AT, UNDERSCORE, HASH, SLASH = (1 << bit for bit in range(8, 16))
"""What a character can be, as bits: tests of bits compile to one instruction, chains of comparisons to jumps."""

FIRST = LETTER | NUMBER
WITHIN = LETTER | NUMBER | MARK
JOINER = APOSTROPHE | DOT | COMMA | AMPERSAND | AT | UNDERSCORE
UNSURE = JOINER | IGNORED | HASH

PROPERTIES = {
    IGNORED: f"[{IGNORABLE}]+",
    MARK: r"\p{M}+",
    NUMBER: r"\p{N}+",
    DIGIT: r"\p{Nd}+",
    LETTER: r"\p{L}+",
    UPPER: r"\p{Lu}+",
    LOWER: r"\p{Ll}+",
    STOP: r"[\s<>\"“”]+",
}
SIGNS = {
    APOSTROPHE: APOSTROPHES,
    DOT: ".",
    COMMA: ",:",
    AMPERSAND: "&",
    AT: "@",
    UNDERSCORE: "_",
    HASH: "#",
    SLASH: "/",
}

OPENERS = tuple(np.frombuffer(opener, dtype=np.uint8) for opener in (b"https://", b"http://", b"www."))

ARTICLE, PLACE, TOKENS, TYPES = range(4)
"""Cells of `state`: where the scanner stands, and how much of `found` and `words` is filled."""

SHORT = 7
"""Words of up to this many characters below U+0100 are their own key: packed into a number, they need no check."""

LINE_FEED = ord("\n")
PLAIN = np.uint64(256)
LONG = np.uint64(1 << 63)
BYTE = np.uint64(8)
SPREAD = np.uint64(0x9E3779B97F4A7C15)
FOLD = np.uint64(32)


@functools.cache
def character_bits(reach: int = 0x110000) -> Array:
    """Return what each code point below `reach` can be, as `regex` sees it, so that both writings agree."""
    points = np.arange(reach, dtype="<u4")
    points[0xD800:0xE000] = 0
    characters = points.tobytes().decode("utf-32-le")
    bits = np.zeros(points.size, dtype=np.uint16)
    for bit, pattern in PROPERTIES.items():
        for match in regex.finditer(pattern, characters):
            bits[match.start() : match.end()] |= bit
    for bit, signs in SIGNS.items():
        bits[[ord(sign) for sign in signs if ord(sign) < reach]] |= bit
    return bits


@kernel
def past_ignored(text: Array, bits: Array, place: int) -> int:
    """Return the first place from `place` on whose character is not ignorable."""
    while bits[text[place]] & IGNORED:
        place += 1
    return place


@kernel
def past_marks(text: Array, bits: Array, place: int) -> int:
    """Return the end of the combining marks that follow the letter before `place`."""
    ahead = past_ignored(text, bits, place)
    while bits[text[ahead]] & MARK:
        place = ahead + 1
        ahead = past_ignored(text, bits, place)
    return place


@kernel
def run_end(text: Array, bits: Array, place: int) -> int:
    """Return the end of the letters, digits and marks that start at `place`."""
    ahead = place
    while bits[text[ahead]] & WITHIN:
        place = ahead + 1
        ahead = past_ignored(text, bits, place)
    return place


@kernel
def dotted_end(text: Array, bits: Array, start: int) -> int:
    """Return the end of the dotted letters that start at `start`, or `start` if there are none."""
    end = start
    dot = past_ignored(text, bits, past_marks(text, bits, start + 1))
    while bits[text[start]] & LETTER and bits[text[dot]] & DOT:
        letter = past_ignored(text, bits, dot + 1)
        tail = past_marks(text, bits, letter + 1) if bits[text[letter]] & LETTER else letter
        following = past_ignored(text, bits, tail)
        if bits[text[following]] & FIRST:
            break
        if tail == letter:
            break
        end = tail
        dot = following
    return dot + 1 if end > start and bits[text[dot]] & DOT else end


@kernel
def joins(joiner: int, before: int, after: int) -> bool:
    """Return whether a character of bits `joiner` goes on with a word, given the bits on both sides."""
    if joiner & (APOSTROPHE | AT | UNDERSCORE):
        return after & FIRST > 0
    if (joiner & AMPERSAND and after & UPPER) or (joiner & DOT and after & LOWER):
        return True
    return joiner & (DOT | COMMA) > 0 and before & after & DIGIT > 0


@kernel
def next_part(text: Array, bits: Array, end: int) -> int:
    """Return where the word that has come to `end` goes on behind a joiner, or `end` if it does not."""
    joiner = past_ignored(text, bits, end)
    if not bits[text[joiner]] & JOINER:
        return end
    part = past_ignored(text, bits, joiner + 1)
    return part if joins(bits[text[joiner]], bits[text[end - 1]], bits[text[part]]) else end


@kernel
def word_end(text: Array, bits: Array, start: int) -> int:
    """Return the end of the word that starts at `start` with a letter or digit."""
    end = dotted_end(text, bits, start)
    if end == start:
        end = run_end(text, bits, start)
    part = next_part(text, bits, end)
    while part > end:
        end = run_end(text, bits, part)
        part = next_part(text, bits, end)
    return end


@kernel
def spells(text: Array, place: int, letters: Array) -> int:
    """Return the place behind `letters` if the text spells them at `place`, else -1; they hold no line feed."""
    for letter in letters:
        if text[place] != letter:
            return -1
        place += 1
    return place


@kernel
def address_end(text: Array, bits: Array, start: int) -> int:
    """Return the end of the web address that starts at `start`, or `start` if there is none."""
    place = -1
    for opener in OPENERS:
        if place < 0:
            place = spells(text, start, opener)
    if place < 0 or not bits[text[place]] & FIRST:
        return start
    end = place
    while not bits[text[place]] & STOP:
        place += 1
        if bits[text[place - 1]] & (FIRST | SLASH):
            end = place
    return end


@kernel
def token_end(text: Array, bits: Array, start: int) -> int:
    """Return the end of the token that starts at `start`."""
    if not bits[text[start]] & FIRST:
        return word_end(text, bits, start + 1)
    end = address_end(text, bits, start)
    return end if end > start else word_end(text, bits, start)


@kernel
def key_of(text: Array, start: int, end: int) -> np.uint64:
    """Return the word itself packed into a number if it is short and plain, else a hash with its top bit set."""
    key, mixed, seen = np.uint64(0), np.uint64(0), np.uint64(0)
    for place in range(start, end):
        letter = np.uint64(text[place])
        key = (key << BYTE) | letter
        mixed = (mixed ^ letter) * SPREAD
        seen |= letter
    return key if end - start <= SHORT and seen < PLAIN else long_key(mixed)


@kernel
def long_key(mixed: np.uint64) -> np.uint64:
    """Return the key of a long or unusual word from its letters multiplied together."""
    return (mixed ^ (mixed >> FOLD)) | LONG


@kernel
def spelt(text: Array, start: int, end: int, number: int, letters: Array, tails: Array) -> bool:
    """Return whether `text[start:end]` is the word of `number`."""
    first = tails[number]
    if end - start != tails[number + 1] - 1 - first:
        return False
    for step in range(end - start):  # noqa: SIM110 (compiled, a generator would be slow)
        if text[start + step] != letters[first + step]:
            return False
    return True


@kernel
def first_slot(key: np.uint64, slots: int) -> int:
    """Return where among so many `slots` the search for `key` begins."""
    mixed = (key ^ (key >> FOLD)) * SPREAD
    return np.int64(mixed >> FOLD) & (slots - 1)  # type: ignore[return-value]


@kernel
def slot_of(text: Array, start: int, end: int, key: np.uint64, words: Words) -> int:
    """Return the slot of the word with `key`, or the empty slot where it belongs."""
    slots, keys, letters, tails = words
    slot = first_slot(key, len(slots))
    while slots[slot] >= 0:
        if keys[slot] == key and (key < LONG or spelt(text, start, end, slots[slot], letters, tails)):
            return slot
        slot = (slot + 1) & (len(slots) - 1)
    return slot


@kernel
def number_of(text: Array, start: int, end: int, key: np.uint64, words: Words, state: Array) -> int:
    """Return the number of the word with `key`, a new one if it is new, or -1 if there is no room for it."""
    slots, keys, letters, tails = words
    slot = slot_of(text, start, end, key, words)
    if slots[slot] >= 0:
        return slots[slot]  # type: ignore[no-any-return]
    number = state[TYPES]
    tail = tails[number]
    if number + 1 == len(tails) or tail + end - start >= len(letters):
        return -1
    slots[slot] = number
    keys[slot] = key
    for place in range(start, end):
        letters[tail] = text[place]
        tail += 1
    letters[tail] = LINE_FEED
    tails[number + 1] = tail + 1
    state[TYPES] = number + 1
    return number  # type: ignore[no-any-return]


@kernel
def opens(here: int, after: int) -> bool:
    """Return whether a word starts at a character, given its bits and those of the character behind it."""
    return here & FIRST > 0 or (here & (AT | HASH) > 0 and after & LETTER > 0)


@kernel
def uncertain(ahead: int, after: int) -> bool:
    """Return whether a word may go on, given the bits of the two characters behind its first run."""
    return ahead & UNSURE > 0 and (ahead | after) & (IGNORED | FIRST | SLASH) > 0


@kernel
def scan_article(text: Array, base: int, stop: int, bits: Array, found: Found, words: Words, state: Array) -> bool:
    """Return whether all words up to `stop` are numbered; False where an output array is full."""
    ids, starts, ends = found
    slots, keys, letters, tails = words
    place, count = state[PLACE], state[TOKENS]
    while place < stop:
        if not opens(bits[text[place]], bits[text[place + 1]]):
            place += 1
            continue
        end = place
        key, mixed, seen = np.uint64(0), np.uint64(0), np.uint64(0)
        while bits[text[end]] & WITHIN:
            key = (key << BYTE) | np.uint64(text[end])
            mixed = (mixed ^ np.uint64(text[end])) * SPREAD
            seen |= np.uint64(text[end])
            end += 1
        if uncertain(bits[text[end]], bits[text[end + 1]]):
            end = token_end(text, bits, place)
            key = key_of(text, place, end)
        elif seen >= PLAIN or end - place > SHORT:
            key = long_key(mixed)
        slot = first_slot(key, len(slots))
        number = slots[slot]
        if number < 0 or keys[slot] != key or (key >= LONG and not spelt(text, place, end, number, letters, tails)):
            number = number_of(text, place, end, key, words, state)
        if number < 0 or count == len(ids):
            break
        ids[count], starts[count], ends[count] = number, place - base, end - base
        place, count = end, count + 1
    state[PLACE], state[TOKENS] = place, count
    return place >= stop  # type: ignore[no-any-return]


@kernel
def scan(text: Array, begins: Array, bits: Array, found: Found, bounds: Array, words: Words, state: Array) -> None:
    """Fill `found`, `bounds` and the vocabulary from `text`, up to its end or to a full array."""
    for article in range(state[ARTICLE], len(begins) - 1):
        if not scan_article(text, begins[article], begins[article + 1] - 1, bits, found, words, state):
            return
        bounds[article + 1] = state[TOKENS]
        state[ARTICLE] = article + 1
        state[PLACE] = begins[article + 1]


@kernel
def rehash(slots: Array, keys: Array, more_slots: Array, more_keys: Array) -> None:
    """Carry each word of a full hash table over to a larger, empty one."""
    for old in range(len(slots)):
        if slots[old] >= 0:
            slot = first_slot(keys[old], len(more_slots))
            while more_slots[slot] >= 0:
                slot = (slot + 1) & (len(more_slots) - 1)
            more_slots[slot] = slots[old]
            more_keys[slot] = keys[old]
