"""The definition in words.py written a second time, for a compiler: kernels that find and number words.

Text is an array of code points, uint8 or uint32, in which a line feed ends each article and one more the whole:

    texts   "U.S. port", "A port"        ids     0 1 2 1          vocabulary   U.S. port A
    text    U.S. port⏎A port⏎⏎           starts  0 5 0 2          bounds       0 2 4

No word contains a line feed, and a look ahead goes one character beyond the first that cannot go on, so none reads past
the end.
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
"""The vocabulary as a hash table: `slots` contain word numbers, or -1 where they are empty. `keys[number]` is where the
search begins, and the word is spelt in `letters` from `tails[number]` on, a line feed behind it:

    letters  U . S . ⏎ p o r t ⏎ A ⏎
    tails    0         5         10  12
"""

IGNORED, MARK, NUMBER, DIGIT, LETTER, UPPER, LOWER, STOP = (1 << bit for bit in range(8))
APOSTROPHE, DOT, COMMA, AMPERSAND, AT, UNDERSCORE, HASH, SLASH = (1 << bit for bit in range(8, 16))
"""What a character can be, as bits: a test of bits compiles to one instruction, a chain of comparisons to jumps."""

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
    APOSTROPHE: f"[{APOSTROPHES}]+",
    DOT: r"\.+",
    COMMA: "[,:]+",
    AMPERSAND: "&+",
    AT: "@+",
    UNDERSCORE: "_+",
    HASH: "#+",
    SLASH: "/+",
}

OPENERS = tuple(np.frombuffer(opener, dtype=np.uint8) for opener in (b"https://", b"http://", b"www."))

LINE_FEED = ord("\n")
SHORT, PLAIN, STEP = 7, np.uint64(1 << 8), np.uint64(9)
"""Up to seven letters below U+0100 fit side by side into the lower 63 bits of a key, with nine bits for each."""
BACK = np.uint64(64 - 9)
HASH_BIT = np.uint64(1 << 63)
SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""2^64 divided by the golden ratio: products with it differ in their upper bits (Knuth, volume 3, section 6.4)."""
HALF = np.uint64(32)


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
    return bits


@kernel
def past_ignored(text: Array, bits: Array, place: int) -> int:
    """Return the first place from `place` on whose character is not ignorable."""
    while bits[text[place]] & IGNORED:
        place += 1
    return place


@kernel
def run_end(text: Array, bits: Array, place: int, kinds: int) -> int:
    """Return the end of the characters of certain kinds that start at `place`, or `place` if there are none."""
    ahead = past_ignored(text, bits, place)
    while bits[text[ahead]] & kinds:
        place = ahead + 1
        ahead = past_ignored(text, bits, place)
    return place


@kernel
def dotted_end(text: Array, bits: Array, start: int) -> int:
    """Return the end of the dotted letters that start at `start`, or `start` if there are none."""
    end = start
    dot = past_ignored(text, bits, run_end(text, bits, start + 1, MARK))
    while bits[text[start]] & LETTER and bits[text[dot]] & DOT:
        letter = past_ignored(text, bits, dot + 1)
        tail = run_end(text, bits, letter + 1, MARK) if bits[text[letter]] & LETTER else letter
        following = past_ignored(text, bits, tail)
        if tail == letter or bits[text[following]] & FIRST:
            break
        end = tail
        dot = following
    return dot + 1 if end > start and bits[text[dot]] & DOT else end


@kernel
def next_part(text: Array, bits: Array, end: int) -> int:
    """Return where the word that has come to `end` goes on behind a joiner, or `end` if it does not."""
    place = past_ignored(text, bits, end)
    joiner = bits[text[place]]
    if not joiner & JOINER:
        return end
    part = past_ignored(text, bits, place + 1)
    before, after = bits[text[end - 1]], bits[text[part]]
    if joiner & (APOSTROPHE | AT | UNDERSCORE):
        return part if after & FIRST else end
    if (joiner & AMPERSAND and after & UPPER) or (joiner & DOT and after & LOWER):
        return part
    return part if joiner & (DOT | COMMA) and before & after & DIGIT else end


@kernel
def word_end(text: Array, bits: Array, start: int) -> int:
    """Return the end of the word that starts at `start` with a letter or digit."""
    end = dotted_end(text, bits, start)
    if end == start:
        end = run_end(text, bits, start, WITHIN)
    part = next_part(text, bits, end)
    while part > end:
        end = run_end(text, bits, part, WITHIN)
        part = next_part(text, bits, end)
    return end


@kernel
def opener_end(text: Array, place: int, letters: Array) -> int:
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
            place = opener_end(text, start, opener)
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
    """Return the key of `text[start:end]`: its letters, which turn to the left, out at the top and in at the bottom.

    A short, plain word is its own key, so that to compare keys is to compare words:

        bits     63   62 to 36   35 to 27   26 to 18   17 to 9   8 to 0
        "port"    0          0          p          o         r        t

    Other words may share theirs, so its top bit is set.
    """
    key, seen = np.uint64(0), np.uint64(0)
    for place in range(start, end):
        key = ((key << STEP) | (key >> BACK)) ^ np.uint64(text[place])
        seen |= np.uint64(text[place])
    return key if end - start <= SHORT and seen < PLAIN else key | HASH_BIT


@kernel
def spells(text: Array, start: int, end: int, number: int, letters: Array, tails: Array) -> bool:
    """Return whether `text[start:end]` is the word of `number`."""
    first = tails[number]
    if end - start != tails[number + 1] - 1 - first:
        return False
    for step in range(end - start):  # noqa: SIM110 (compiled, a generator would be slow)
        if text[start + step] != letters[first + step]:
            return False
    return True


@kernel
def first_slot(key: np.uint64, slots: Array) -> int:
    """Return where the search for `key` begins."""
    mixed = (key ^ (key >> HALF)) * SPREAD
    return np.int64(mixed >> HALF) & (len(slots) - 1)  # type: ignore[return-value]


@kernel
def add_word(text: Array, start: int, end: int, key: np.uint64, number: int, words: Words) -> None:
    """Write the word `text[start:end]` into the vocabulary under the next `number`."""
    _, keys, letters, tails = words
    keys[number] = key
    tail = tails[number] + end - start
    letters[tails[number] : tail] = text[start:end]
    letters[tail] = LINE_FEED
    tails[number + 1] = tail + 1


@kernel
def fill_slots(slots: Array, keys: Array, types: int) -> None:
    """Put the numbers of the first `types` words into the empty `slots`."""
    for number in range(types):
        slot = first_slot(keys[number], slots)
        while slots[slot] >= 0:
            slot = (slot + 1) & (len(slots) - 1)
        slots[slot] = number


@kernel
def opens(here: int, after: int) -> bool:
    """Return whether a word starts at a character, given its bits and those of the character behind it."""
    return here & FIRST > 0 or (here & (AT | HASH) > 0 and after & LETTER > 0)


@kernel
def find_slot(
    text: Array, start: int, end: int, key: np.uint64, slots: Array, keys: Array, letters: Array, tails: Array
) -> int:
    """Return the slot of the word `text[start:end]`, or the empty slot where it belongs."""
    # The arrays come one by one: unpacking a tuple of arrays for each word takes longer than the search.
    slot = first_slot(key, slots)
    number = slots[slot]
    while number >= 0 and (
        keys[number] != key or (key >= HASH_BIT and not spells(text, start, end, number, letters, tails))
    ):
        slot = (slot + 1) & (len(slots) - 1)
        number = slots[slot]
    return slot


@kernel
def scan(text: Array, begins: Array, bits: Array, found: Found, bounds: Array, words: Words, types: int) -> int:
    """Fill `found`, `bounds` and the vocabulary from `text`; return the number of types."""
    ids, starts, ends = found
    slots, keys, letters, tails = words
    count = bounds[0]
    for article in range(len(begins) - 1):
        place = base = begins[article]
        while place < begins[article + 1] - 1:
            if not opens(bits[text[place]], bits[text[place + 1]]):
                place += 1
                continue
            end = place
            while bits[text[end]] & WITHIN:
                end += 1
            # Most words end with their first run; only the others ask the rules.
            ahead, after = bits[text[end]], bits[text[end + 1]]
            if ahead & UNSURE and (ahead | after) & (IGNORED | FIRST | SLASH):
                end = token_end(text, bits, place)
            key = key_of(text, place, end)
            slot = find_slot(text, place, end, key, slots, keys, letters, tails)
            if slots[slot] < 0:
                slots[slot] = types
                add_word(text, place, end, key, types, words)
                types += 1
            ids[count], starts[count], ends[count] = slots[slot], place - base, end - base
            place, count = end, count + 1
        bounds[article + 1] = count
    return types
