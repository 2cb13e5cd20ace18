"""Stop lists: words that a table can leave out on request, printed in ``stop_lists.toml``. A stop list is an argument.

Each list is named and stands for one kind of word. *US* is never the pronoun *us*: only the lower-case word is.
"""

from collections.abc import Iterable, Mapping

from pastepot import errors, files
from pastepot.text.words import to_term

STOP_LISTS: Mapping[str, tuple[str, ...]] = {
    name: tuple(words.split()) for name, words in files.data("text/stop_lists.toml").items()
}
"""Lists by name: function words, pronouns and negations apart, since who acts and what is denied can be a finding."""

ONLY_LOWER = "us"
"""The pronoun, which in capitals is a country."""


def stopwords(*names: str) -> tuple[str, ...]:
    """Return the words of the stop lists named, in alphabetical order, without names those of all lists.

    Parameters
    ----------
    *names : {"function", "pronouns", "negations", "news"}

    Notes
    -----
    Nothing is left out of a table unless a list is asked for, and the table's settings say which. Negations and
    pronouns carry tone and blame: leave them in when you count either.

    Examples
    --------
    >>> stopwords("negations")[:5]
    ("ain't", "aren't", "can't", 'cannot', "couldn't")
    >>> "not" in stopwords("function"), "strike" in stopwords()
    (False, False)
    >>> stopwords("verbs")
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: stop_lists must be one of 'function', 'pronouns', 'negations', 'news'; got 'verbs'.
    """
    chosen = errors.some_of("stop_lists", names or "all", tuple(STOP_LISTS))
    return tuple(sorted({word for name in chosen for word in STOP_LISTS[name]}))


def find_stopwords(stop: Iterable[str], stop_lists: str | Iterable[str]) -> frozenset[str]:
    """Return the terms that a caller's own words and the named lists leave out.

    >>> sorted(find_stopwords(["Ferry’s"], ())), len(find_stopwords([], "negations")) == len(stopwords("negations"))
    (["ferry's"], True)
    >>> find_stopwords("ferry", ())
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: stop must be a list of words; got one string. Write stop=['ferry'].
    """
    if isinstance(stop, str):
        raise errors.PastepotError(f"stop must be a list of words; got one string. Write stop=[{stop!r}].")
    lists = errors.some_of("stop_lists", stop_lists, tuple(STOP_LISTS))
    return frozenset([*map(to_term, stop), *(word for name in lists for word in STOP_LISTS[name])])


def is_stopword(surface: str, term: str, words: frozenset[str]) -> bool:
    """Return whether a surface form, whose term is `term`, is left out: *us* but never *US*.

    >>> is_stopword("us", "us", frozenset(["us"])), is_stopword("US", "us", frozenset(["us"]))
    (True, False)
    """
    return term in words and (term != ONLY_LOWER or surface == ONLY_LOWER)
