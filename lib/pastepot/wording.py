"""The only maker of plurals and lists in sentences: none, one and many written out."""

from collections.abc import Iterable

MOST_LISTED = 5
"""A longer list ends in how many more there are."""


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
