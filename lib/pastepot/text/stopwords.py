"""Stop lists: words that a table can leave out on request, printed here in full. A stop list is an argument.

Each list is named and stands for one kind of word. *US* is never the pronoun *us*: only the lower-case word is.
"""

from collections.abc import Iterable, Mapping

from pastepot import errors
from pastepot.text.words import term_of

_PRINTED: Mapping[str, str] = {
    "function": """
        a an the
        about above across after against along alongside amid among amongst around as at before behind below beneath
        beside besides between beyond by despite down during except for from in inside into like near of off on onto
        out outside over past per since than through throughout till to toward towards under underneath until unto up
        upon versus via with within without
        although and because both but either if lest once or so that though unless when whenever where whereas
        wherever whether while
        am are be been being is was were
        do does did doing done have has had having
        can could may might must ought shall should will would
        again all almost already also always another any away back each else elsewhere enough even ever every far
        further hence here how however indeed instead just least less many more moreover most much nearly often only
        other others otherwise own perhaps quite rather same several some soon still such then thence there thereby
        therefore these this those thus together too very well what whatever which whichever why yet
        how's here's that's there's what's when's where's why's that'll that'd there'd there'll
        could've might've must've should've would've
        """,
    "pronouns": """
        i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers
        herself it its itself they them their theirs themselves one oneself who whom whose whoever whomever
        anybody anyone anything everybody everyone everything somebody someone something
        i'm i've i'd i'll we're we've we'd we'll you're you've you'd you'll he's he'd he'll she's she'd she'll it's it'd
        it'll they're they've they'd they'll who's who'd who'll who've let's
        """,
    "negations": """
        no not none nobody nothing nowhere nor neither never cannot
        ain't aren't can't couldn't daren't didn't doesn't don't hadn't hasn't haven't isn't mayn't mightn't mustn't
        needn't oughtn't shan't shouldn't wasn't weren't won't wouldn't
        """,
    "news": """
        according added adding adds announced asked article comment commented correspondent editor exclusive interview
        journalist journalists media news newspaper newspapers noted photo quoted read report reported reportedly
        reporter reporters reporting reports said say saying says source sources spokesman spokesperson spokeswoman
        statement stated story tell telling tells told video website wrote
        monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow
        """,
}
STOP_LISTS: Mapping[str, tuple[str, ...]] = {name: tuple(words.split()) for name, words in _PRINTED.items()}
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


def stopped_words(stop: Iterable[str], stop_lists: str | Iterable[str]) -> frozenset[str]:
    """Return the terms that a caller's own words and the named lists leave out.

    >>> sorted(stopped_words(["Ferry’s"], ())), len(stopped_words([], "negations")) == len(stopwords("negations"))
    (["ferry's"], True)
    >>> stopped_words("ferry", ())
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: stop must be a list of words; got one string. Write stop=['ferry'].
    """
    if isinstance(stop, str):
        raise errors.PastepotError(f"stop must be a list of words; got one string. Write stop=[{stop!r}].")
    lists = errors.some_of("stop_lists", stop_lists, tuple(STOP_LISTS))
    return frozenset([*map(term_of, stop), *(word for name in lists for word in STOP_LISTS[name])])


def is_stopped(surface: str, term: str, words: frozenset[str]) -> bool:
    """Return whether a surface form, whose term is `term`, is left out: *us* but never *US*.

    >>> is_stopped("us", "us", frozenset(["us"])), is_stopped("US", "us", frozenset(["us"]))
    (True, False)
    """
    return term in words and (term != ONLY_LOWER or surface == ONLY_LOWER)
