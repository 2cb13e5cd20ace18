"""What a word is, which term it is counted under, and which terms a stop list leaves out.

One `regex` pattern is the definition of a word, for any string in any script. A word is never punctuation. The pattern
takes the first alternative that fits:

1. an address: ``https://``, ``http://`` or ``www.`` and a letter or digit, up to white space, a double quote or
   an angle bracket, less the punctuation at its end;
2. dotted letters: ``U.S.``, ``U.S``, ``p.m.``, ``S.p.A.``;
3. a run of letters, digits and combining marks that starts with a letter or digit;
4. ``@`` or ``#`` before a letter, then as 2 or 3.

To 2, 3 and 4 further runs are joined by

- an apostrophe before a letter or digit: ``NATO’s``, ``didn't``, ``O'Brien``;
- a dot, comma or colon between two digits: ``1,234.5``, ``10:30``;
- a dot before a lower-case letter: ``ferry.example``;
- an ampersand before a capital: ``P&O``, ``AT&T``;
- ``@`` or ``_`` before a letter or digit: ``desk@ferry.example``;
- with ``hyphens="keep"``, a hyphen with a letter on at least one side: ``re-elected``, ``COVID-19``.

The soft hyphen and the zero-width characters inside a word never break it: each rule looks through them, but for the
word behind ``@`` or ``#``, which starts there and then.

Stop lists are printed in ``stop_lists.toml``, each under a name that says which kind of word it contains. To leave
words out of a table is your decision about what counts; the table's settings say so.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Literal

import regex

from pastepot import errors, files

Span = tuple[int, int]
Way = Literal["keep", "split"]

IGNORABLE = r"\u00AD\u200B-\u200D\u2060\uFEFF"
"""Soft hyphen, zero-width space, non-joiner, joiner, word joiner, byte order mark: as for a `regex` class."""

APOSTROPHES = "'’‘`"
"""What can be an apostrophe between two letters, where no quotation opens; U+02BC is itself a letter."""

CONTRACTIONS = frozenset(
    {"he's", "here's", "how's", "it's", "let's", "she's", "that's", "there's", "what's", "when's", "where's"}
    | {"who's", "why's"}
)
"""Terms whose final 's is *is*, *has* or *us*, hardly ever a possessive."""

STOP_LISTS: Mapping[str, tuple[str, ...]] = {
    name: tuple(words.split()) for name, words in files.data("text/stop_lists.toml").items()
}
"""Lists by name. Pronouns and negations have their own: who acts and what is denied can be a finding."""

ENGLISH = frozenset({"the", "The", "of", "and", "to", "in", "In", "is", "was", "for", "with", "by"})
"""Words that keep an article without a stated or known language from being taken for French."""

BORROWED = frozenset({"état", "État", "etat", "être", "etre", "oeuvre", "oeuvres", "œuvre", "œuvres"})
"""What follows d' in English, too: coup d'état, raison d'être, hors d'œuvre."""

LONGEST_HOMOGRAPH = 5
"""Letters of an acronym that is spelt like a word (*US*, *WHO*, *AIDS*, *COBRA*); longer words in capitals are loud."""


_GAP = f"[{IGNORABLE}]*+"


def word_pattern(*, hyphens: bool) -> str:
    """Return the definition of a word, with or without the hyphen among its joiners."""
    before = f"[{IGNORABLE}]*"
    run = rf"[\p{{L}}\p{{N}}][\p{{L}}\p{{N}}\p{{M}}]*+(?:[{IGNORABLE}]++[\p{{L}}\p{{N}}\p{{M}}]++)*+"
    letter = rf"\p{{L}}(?:{_GAP}\p{{M}})*+"
    dotted = rf"{letter}(?:{_GAP}\.{_GAP}{letter}(?!{_GAP}[\p{{L}}\p{{N}}]))++(?:{_GAP}\.)?+"
    joiners = [
        rf"[{APOSTROPHES}]{_GAP}",
        rf"[.,:]{_GAP}(?=\p{{Nd}})(?<=\p{{Nd}}{before}[.,:]{before})",
        rf"\.{_GAP}(?=\p{{Ll}})",
        rf"&{_GAP}(?=\p{{Lu}})",
        rf"[@_]{_GAP}",
        rf"[-‐‑]{_GAP}(?:(?=\p{{L}})|(?<=[\p{{L}}\p{{M}}]{before}[-‐‑]{before}))",
    ]
    joined = "|".join(joiners if hyphens else joiners[:-1])
    word = rf"(?:{dotted}|{run})(?:{_GAP}(?:{joined}){run})*+"
    address = r"(?:https?://|www\.)(?=[\p{L}\p{N}])[^\s<>\"“”]*[\p{L}\p{N}/]"
    return rf"{address}|{word}|[@#](?=\p{{L}}){word}"


WORD = regex.compile(word_pattern(hyphens=False))
HYPHENED = regex.compile(word_pattern(hyphens=True))
_MARK = rf"[{APOSTROPHES}\u02BC]{_GAP}"
CLITIC = regex.compile(rf"(?i)(?<![@#])n{_GAP}{_MARK}t|{_MARK}(?:s|r{_GAP}e|v{_GAP}e|l{_GAP}l|d|m)")
"""A clitic, looking through what is ignorable as `word_pattern` does; the name @n't has nothing to be cut from."""
_ELIDED = rf"(?i:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu){_MARK}"
ELISION = regex.compile(rf"(?<!\S)(?![MNT]{_MARK}\p{{Lu}}\p{{Ll}})({_ELIDED})(?=[\p{{L}}\p{{N}}])")
"""An elided word, as l' or qu', where a word starts with it; N'Golo is a name."""
DROPPED = regex.compile(f"[{IGNORABLE}]+")
CURLED = regex.compile("[’‘`\u02bc]")
DOTTED_CAPITALS = regex.compile(rf"(?:\p{{Lu}}\.)+\p{{Lu}}?(?:[{APOSTROPHES}\u02bc][sS])?")


def find_words(text: str, *, clitics: Way = "keep", hyphens: Way = "split", elision: Way = "keep") -> list[Span]:
    """Return the (start, end) of each word of `text`, in code points, end exclusive.

    Parameters
    ----------
    text : str
        Any string; what is not a word (punctuation, currency signs, emoji) is passed over.
    clitics : {"keep", "split"}
        "split" cuts a final n't, 's, 're, 've, 'll, 'd or 'm into a word of its own, as a parser wants it.
    hyphens : {"split", "keep"}
        "keep" leaves hyphenated words whole.
    elision : {"keep", "split"}
        "split" cuts l', d', qu' and their like off the word behind them, as French has it; *aujourd'hui* and
        *quelqu'un* stay whole.

    Returns
    -------
    list of tuple of int
        In order of appearance; spans never overlap.

    Notes
    -----
    Chinese, Japanese, Thai and other scripts that write no spaces get one word per unbroken run. An
    abbreviation other than dotted letters loses its dot, so *Mr.* and *Mr* are one term. Time is linear in the
    length of `text`.

    Examples
    --------
    >>> text = "Mr. Orme’s ferry didn't sail at 6.30 p.m. – re-read port.example!"
    >>> [text[start:end] for start, end in find_words(text)]
    ['Mr', 'Orme’s', 'ferry', "didn't", 'sail', 'at', '6.30', 'p.m.', 're', 'read', 'port.example']
    >>> [text[start:end] for start, end in find_words(text, clitics="split", hyphens="keep")][1:6]
    ['Orme', '’s', 'ferry', 'did', "n't"]
    >>> text = "Aujourd’hui l’homme d'un port qu'il aime."
    >>> [text[start:end] for start, end in find_words(text, elision="split")]
    ['Aujourd’hui', 'l’', 'homme', "d'", 'un', 'port', "qu'", 'il', 'aime']
    >>> find_words("€ – … 🚢🚢!")
    []
    """
    pattern = WORD if hyphens == "split" else HYPHENED
    spans = [match.span() for match in pattern.finditer(text)]
    if elision == "split":
        # No word contains a space, so the one put in tells where it is cut.
        spans = cut_spans((start, start + ELISION.sub(r"\1 ", text[start:end]).find(" "), end) for start, end in spans)
    if clitics == "split":
        cuts = {match.end(): match.start() for match in CLITIC.finditer(text)}
        spans = cut_spans((start, cuts.get(end, start), end) for start, end in spans)
    return spans


def cut_spans(spans: Iterable[tuple[int, int, int]]) -> list[Span]:
    """Return spans from their starts, cuts and ends; one that is cut at its start stays whole.

    >>> cut_spans([(0, 2, 7), (8, 8, 9)])
    [(0, 2), (2, 7), (8, 9)]
    """
    pieces: list[Span] = []
    for start, cut, end in spans:
        pieces += [(start, cut), (cut, end)] if cut > start else [(start, end)]
    return pieces


def to_term(surface: str) -> str:
    """Return the key under which the forms of a word are counted: no case, one apostrophe, nothing invisible.

    Case-folded and canonically composed (NFC), so *Straße* and *STRASSE* are one term and so are *é* as one
    code point or two; soft hyphens and zero-width characters removed; every apostrophe the straight one. The
    wrong-way ‘ and the backtick count as apostrophes because inside a word they can be nothing else. *İ* becomes
    *i* and U+0307. Folding twice is the same as folding once.

    >>> to_term("NATO’s"), to_term("Stra\u00adße"), to_term("Cafe\u0301")
    ("nato's", 'strasse', 'café')
    >>> to_term("strike")
    'strike'
    """
    if surface.isascii():
        return surface.lower().replace("`", "'")
    visible = DROPPED.sub("", surface)
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFD", visible).casefold())
    return str(CURLED.sub("'", folded))


def fold_possessive(term: str) -> str:
    """Return `term` without a final possessive 's; a contraction such as *it's* stays whole.

    >>> fold_possessive("nato's"), fold_possessive("it's"), fold_possessive("boss")
    ('nato', "it's", 'boss')
    """
    if len(term) > len("'s") and term.endswith("'s") and term not in CONTRACTIONS:
        return term[:-2]
    return term


def stopwords(*stop_lists: str) -> tuple[str, ...]:
    """Return the words of the stop lists named, in alphabetical order, without names those of all lists.

    Parameters
    ----------
    *stop_lists : {"function", "pronouns", "negations", "news"}

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
    return tuple(sorted(find_stopwords((), stop_lists or "all")))


def find_stopwords(stop: Iterable[str], stop_lists: str | Iterable[str]) -> frozenset[str]:
    """Return the terms that a caller's own words and the named lists leave out.

    >>> sorted(find_stopwords(["Ferry’s"], ())), len(find_stopwords([], "negations")) == len(stopwords("negations"))
    (["ferry's"], True)
    """
    lists = errors.some_of("stop_lists", stop_lists, tuple(STOP_LISTS))
    return frozenset([*map(to_term, stop), *(word for name in lists for word in STOP_LISTS[name])])


def is_acronym(form: str) -> bool:
    """Return whether all letters of a word are capitals, and at least two are; points, digits and signs don't count.

    >>> [is_acronym(form) for form in ("US", "U.S.", "AT&T", "G7", "Us", "MPs")]
    [True, True, True, False, False, False]
    """
    return form.isupper() and sum(map(str.isupper, form)) > 1


def drop_points(surface: str) -> str:
    """Return an acronym in capitals without its points, another word as it is.

    >>> [drop_points(word) for word in ("U.S.", "U.S.’s", "U.S", "p.m.", "J", "ferry.example")]
    ['US', 'US’s', 'US', 'p.m.', 'J', 'ferry.example']
    """
    return surface.replace(".", "") if DOTTED_CAPITALS.fullmatch(surface) else surface


def is_homograph(term: str, words: Iterable[str]) -> bool:
    """Return whether a term in capitals has up to five letters that are a word, too: one of `words` or of a stop list.

    >>> is_homograph("WHO", ()), is_homograph("AIDS", {"aids"})
    (True, True)
    >>> is_homograph("NATO", {"aids"}), is_homograph("UPDATE", {"update"})
    (False, False)
    """
    base = exact_form(term, cut=True)
    lists = (to_term(base) in listed for listed in (words, *STOP_LISTS.values()))
    return is_acronym(base) and len(base) <= LONGEST_HOMOGRAPH and any(lists)


def exact_form(surface: str, *, cut: bool = False) -> str:
    """Return a surface form with straight apostrophes and nothing invisible; `cut` takes a possessive 's off.

    After an acronym even *who's* and its like are possessives.

    >>> exact_form("NATO’s"), exact_form("NATO’s", cut=True)
    ("NATO's", 'NATO')
    >>> exact_form("WHO's", cut=True), exact_form("Who's", cut=True)
    ('WHO', "Who's")
    """
    visible = surface if surface.isascii() else unicodedata.normalize("NFC", DROPPED.sub("", surface))
    form, term = str(CURLED.sub("'", visible)), to_term(surface)
    possessive = fold_possessive(term) != term or (form.endswith("'s") and is_acronym(form[: -len("'s")]))
    return form[: -len("'s")] if cut and possessive else form


def is_stopword(surface: str, term: str, words: frozenset[str]) -> bool:
    """Return whether a surface form, whose term is `term`, is left out: *us* but never *US*, which is a country.

    >>> is_stopword("us", "us", frozenset(["us"])), is_stopword("US", "us", frozenset(["us"]))
    (True, False)
    """
    return term in words and (term != "us" or surface == "us")
