"""The only maker of plurals and lists in sentences: none, one and many written out."""

import re
from collections.abc import Iterable

MOST_LISTED = 5
"""A longer list ends in how many more there are."""

FEWEST_FOR_PERCENT = 10
"""Of fewer items only the counts are given: a percentage would look surer than they are."""

_PAIR, _UNPAIRED = re.compile(r'[“"](?=\S)([^“”"]*)(?<=\S)[”"]'), re.compile(r'[“”"]|‘(?![^‘]*’(?!\w))')
"""A quotation inside a text, and a mark that is no pair's."""


def count_noun(number: int, noun: str, plural: str = "") -> str:
    """Return `number` with its noun: "no rows", "1 row", "1,200 rows"; `plural` where it is not noun + s.

    >>> count_noun(0, "row"), count_noun(1, "row"), count_noun(1200, "row")
    ('no rows', '1 row', '1,200 rows')
    >>> count_noun(1, "term occurs", "terms occur"), count_noun(2, "copy", "copies")
    ('1 term occurs', '2 copies')
    """
    if number == 1:
        return f"1 {noun}"
    return f"{f'{number:,}' if number else 'no'} {plural or noun + 's'}"


def count_part(
    number: int, total: int, noun: str, one: str = "", many: str = "", *, plural: str = "", percent: bool = False
) -> str:
    """Return how many of a whole there are, with the verb that the part asks for: `one` or `many`.

    With `percent`, the share follows where part and whole differ and the whole has at least ten.

    >>> [count_part(number, 3, "article", "is dated", "are dated") for number in range(4)]
    ['no article is dated', '1 of 3 articles is dated', '2 of 3 articles are dated', 'all 3 articles are dated']
    >>> count_part(1, 1, "row"), count_part(2, 2, "row"), count_part(27, 267, "row", "is new", "are new", percent=True)
    ('the one row', 'both rows', '27 of 267 rows (10%) are new')
    """
    if number < min(total, 1) or not total:
        return f"no {noun} {one}".strip()
    share = f" ({write_percent(number, total)})" if percent and total >= FEWEST_FOR_PERCENT else ""
    nouns = plural or f"{noun}s"
    whole = {1: f"the one {noun}", 2: f"both {nouns}"}.get(total, f"all {total:,} {nouns}")
    part = whole if number == total else f"{number:,} of {total:,} {nouns}{share}"
    return f"{part} {one if number == 1 else many}".strip()


def write_percent(number: float, total: float) -> str:
    """Return a share in per cent without decimals, halves up; a small or large one that is not 0 or all says so.

    >>> write_percent(3, 40), write_percent(9, 40), write_percent(1, 999), write_percent(998, 999), write_percent(0, 5)
    ('8%', '23%', '<1%', '>99%', '0%')
    """
    share = number / total
    return "<1%" if 0 < share < 0.01 else ">99%" if 0.99 < share < 1 else f"{int(100 * number / total + 0.5)}%"


def write_number(number: float, decimals: int = 2, *, sign: bool = False) -> str:
    """Return a number with so many decimals and a true minus; with `sign`, a plus before one that is not negative.

    >>> write_number(-0.364), write_number(0.05, sign=True), write_number(-0.001, sign=True), write_number(1200, 0)
    ('−0.36', '+0.05', '+0.00', '1,200')
    """
    return f"{round(number, decimals) + 0.0:{'+' if sign else ''},.{decimals}f}".replace("-", "−")


def count_times(number: int) -> str:
    """Return how often something occurs: never, once, or so many times.

    >>> count_times(0), count_times(1), count_times(1200)
    ('never', 'once', '1,200 times')
    """
    return {0: "never", 1: "once"}.get(number, f"{number:,} times")


def start_sentence(text: str) -> str:
    """Return `text` with a capital at its start.

    >>> start_sentence("no article is dated.")
    'No article is dated.'
    """
    return text[:1].upper() + text[1:]


def quote_start(text: str, most: int) -> str:
    """Return the first words of a text in quotation marks, its own pairs as single ones, with “…” where it goes on.

    >>> quote_start("“Who pays?” he asked.", 2), quote_start("the port", 9), quote_start("pays?” he said: “No, not", 4)
    ('“‘Who pays?’ …”', '“the port”', '“pays? he said: No, …”')
    """
    words = text.split()
    paired = _PAIR.sub(r"‘\1’", " ".join(words[:most]))
    return f"“{_UNPAIRED.sub('', paired)}{' …' * (len(words) > most)}”"


def list_words(words: Iterable[object], *, most: int = MOST_LISTED) -> str:
    """Return words as a list in a sentence, the first `most` of them; an empty string for none.

    >>> list_words(["Gull"]), list_words(["Gull", "Tide"]), list_words(["Gull", "Tide", "Sound 94"])
    ('Gull', 'Gull and Tide', 'Gull, Tide and Sound 94')
    >>> list_words("abcdefg")
    'a, b, c, d, e and 2 more'
    """
    listed = list(map(str, words))
    if len(listed) > most:
        listed[most:] = [f"{len(listed) - most:,} more"]
    return " and ".join(filter(None, [", ".join(listed[:-1]), *listed[-1:]]))
