"""The language of an article, found on its first 400 characters, or the reason why none is given."""

import regex

LOOKED_AT = 400
FEWEST_CHARACTERS = 200
TOO_SHORT = "too short to tell"
WORDS_NOT_FOUND = "written without spaces between words; its words are not found by the rule used here"
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")


def identify_language(text: str) -> str:
    """Return the ISO 639-1 code of a text's language, or `too short to tell` below 200 characters.

    >>> identify_language("Short.")
    'too short to tell'
    >>> identify_language("The ferry company and its crews met again on Monday to talk about the new timetable. " * 4)
    'en'
    """
    sample = " ".join(text[: 2 * LOOKED_AT].split())[:LOOKED_AT]
    if len(sample) < FEWEST_CHARACTERS:
        return TOO_SHORT
    import py3langid  # noqa: PLC0415 (its model takes a third of a second to load)

    return str(py3langid.classify(sample)[0])


def without_spaces(text: str) -> bool:
    """Say whether a text is mostly in a script that writes no spaces between words, as Chinese, Japanese or Thai.

    >>> without_spaces("港口今天关闭。"), without_spaces("The ferry to 東京 sails.")
    (True, False)
    """
    sample = "" if text.isascii() else text[:LOOKED_AT]
    return len(_UNSPACED.findall(sample)) * 3 > len(sample)


def is_english(lang: str) -> bool:
    """Say whether English-only measures take a text: English, or too short to tell (measured, and said so).

    >>> is_english("en"), is_english("too short to tell"), is_english("de")
    (True, True, False)
    """
    return lang in ("en", TOO_SHORT)
