"""Persons of an article: their names, what else the text calls them, and whom *he* or *the mayor* means there.

No model knows people. A name is two capitalised words or more, or one behind a title, unless a word in it says that it
is a body or a place; *he* is the one person named in the same or the two sentences before, and nobody where two fit.
"""

import functools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from pastepot import files
from pastepot.corpus.repairs import uncurl_quotes
from pastepot.text.noun_phrases import KEPT
from pastepot.text.words import STOP_LISTS

Span = tuple[int, int]
_WORD: Final = r"[^\W\d_a-zß-ÿ][\w'’-]*\.?"
_FIRST: Final = rf"(?:(?:[^\W\d_a-zß-ÿ]\.){{2,}}|{_WORD})"  # G.K. Marn
NAME: Final = re.compile(rf"{_FIRST}(?:[ \xa0](?:(?:de|la|van|von|der|bin|al|el|da|di)[ \xa0])*{_FIRST})*")
LISTS: Final = {name: frozenset(words.split()) for name, words in files.data("text/people.toml").items()}
SHE, HE = frozenset(["she", "her", "sie", "elle", "ella"]), frozenset(["he", "him", "er", "il", "él"])
SINGULAR: Final = SHE | HE
ANAPHORA: Final[dict[str, set[str]]] = {
    "they": {"group", "unnamed", "document"},
    "it": {"group", "document"},
    "which": {"group", "document"},
    **{word: set() for word in ("who", "i", "you")},
}
"""Which kinds of source a word without a gender may take up; *who* alone lost its noun."""
GERMAN_ARTICLES: Final = frozenset(["Der", "Die", "Das", "Ein", "Eine"])
"""German nouns have capitals, so that two words that have one may be an article and a noun."""
LED: Final = re.compile(r"([\w-]+),[ \xa0]$")
SENTENCES_BACK: Final = 2
OWNER: Final = re.compile(r"(?:['’]s|s['’]) ")
POSSESSIVE: Final = re.compile(r"(?:['’]s|(?<=s)['’])$")
RELATIVE: Final = re.compile(r",?\s*\b(?:who|which|that)$")
BESIDE: Final = re.compile(r"[,;:.!?“”\"(]|\b(?:of|for|in|at|from|by|to|with)\b")
"""What ends the words that may tell the role of the name behind them."""
APPOSITION: Final = re.compile(r",[ \xa0]((?:the|a|an|his|her|its|their)[ \xa0][^,.;:\n]{3,80})")


class Source(NamedTuple):
    """Who a statement is attributed to.

    Attributes
    ----------
    name
        The fullest form of the name, or the words of the text; empty where two persons fit.
    kind
        ``named``, ``role``, ``group``, ``unnamed``, ``document``, or empty.
    anonymity
        Of an unnamed source: ``withheld`` (one person) or ``collective``; of a document ``document``.
    reason
        Why nobody is named.
    """

    name: str
    kind: str
    anonymity: str = ""
    reason: str = ""


class People:
    """The persons whom one article names, outside quotations, by place."""

    def __init__(self, text: str, sentences: Sequence[Span], quoted: Sequence[Span]) -> None:
        self.text, self.starts = text, [start for start, _ in sentences]
        runs = [(*match.span(), match[0]) for span in sentences for match in NAME.finditer(text, *span)]
        found = [name for _, _, words in runs if (name := read_name(words))]
        full = sorted(set(found), key=lambda name: (-name.count(" "), name))
        self.surnames: dict[str, set[str]] = {}
        first = {name.rpartition(" ")[2]: name for name in reversed(found)}
        count = Counter(found)
        for name in full:
            surname = name.rpartition(" ")[2]
            known = self.surnames.setdefault(surname, set())
            other = " " in name and not any(one.startswith(name.partition(" ")[0]) for one in known)
            often = first[surname] == name and all(count[name] > count[one] for one in known)
            if not known or other or often:  # Mr. Lee, named first and more often, is not Ann Lee
                known.add(name)
        self.roles: dict[str, set[str]] = {}
        self.genders: dict[str, set[str]] = {}
        self.mentions: list[tuple[int, str]] = []
        for start, end, words in runs:
            self._note(start, end, self.full_name(read_name(words)), quoted)

    def _note(self, start: int, end: int, name: str, quoted: Sequence[Span]) -> None:
        """Note a mention, with the roles and the gender that stand beside it."""
        if not name or (name.rpartition(" ")[2] not in self.surnames and " " not in name):
            return
        before = self.text[max(0, start - 60) : start].rpartition("\n")[2]
        before = before.removesuffix(", ") if self.text.startswith(",", end) else before  # the coach, Ann Lee,
        behind = APPOSITION.match(self.text, end)
        words = re.findall(r"[\w.'’-]+", BESIDE.split(before)[-1])[-6:] + self.text[start:end].split()
        roles = [*words, *re.split(r"\b(?:of|for|in|at|from|who|with)\b", behind[1])[0].split()] if behind else words
        lower = {word.lower() for word in roles}
        led = LED.search(before)  # the mayor, Bo Lund,
        lower |= {led[1].lower()} if led else set()
        for role in filter(is_title, lower):
            self.roles.setdefault(read_role(role), set()).add(name)
        for gender, marks in (("he", LISTS["men"]), ("she", LISTS["women"])):
            if lower & marks - {"his", "her", "him", "he", "she"}:
                self.genders.setdefault(name, set()).add(gender)
        if not any(first <= start < last for first, last in quoted):
            self.mentions.append((start, name))

    def full_name(self, name: str) -> str:
        """Return the fullest form of a name in the article, the name itself where two share the surname."""
        known = self.surnames.get(name.rpartition(" ")[2], set())
        matching = {other for other in known if " " not in name or other.startswith(name.partition(" ")[0])}
        return next(iter(matching)) if len(matching) == 1 else name

    def resolve(self, words: str, place: int, last: Source | None, person: Source | None) -> Source:
        """Return who the words of a source at a place mean; `last` spoke last, and of persons `person`."""
        who = words.endswith(" who")
        words = POSSESSIVE.sub("", RELATIVE.sub("", words)) or words
        folded = uncurl_quotes(words).lower()
        if folded.partition("'")[0] in SINGULAR:
            return self._resolve_pronoun(folded.partition("'")[0], place, person)
        pronoun = folded.partition("'")[0]
        if pronoun in ANAPHORA:
            known = last and last.kind in ANAPHORA[pronoun]
            return last if last and known else Source("", "", reason=f"“{folded}” is nobody named before it")
        source = classify(words)
        if source.kind == "named":
            many = self._opens_with_many(words, place)  # Proponents say
            return Source(words, "unnamed", "collective") if many else source._replace(name=self.full_name(source.name))
        if source.kind == "document" and who:
            return source._replace(kind="unnamed", anonymity="collective")  # the figures who
        if source.kind == "role":
            bearers = self.roles.get(read_role(folded.split()[-1]), set())
            if len(bearers) == 1:
                return Source(next(iter(bearers)), "named")
        return source

    def _opens_with_many(self, words: str, place: int) -> bool:
        """Return whether one plural word has its capital only because it opens a sentence."""
        plural = " " not in words and words.endswith("s") and not words.endswith("ss") and place in self.starts
        return plural and not re.search(rf"[a-z,] {re.escape(words)}\b", self.text)

    def _resolve_pronoun(self, pronoun: str, place: int, last: Source | None) -> Source:
        """Return the only person who fits a pronoun, in its own sentence or those before."""
        gender = "she" if pronoun in SHE else "he"
        sentence = bisect_left(self.starts, place + 1) - 1
        until = bisect_left(self.mentions, (place, ""))
        for back in range(SENTENCES_BACK + 1):
            since = bisect_left(self.mentions, (self.starts[max(0, sentence - back)], ""))
            near = list(dict.fromkeys(name for _, name in self.mentions[since:until]))
            fitting = [name for name in near if self.genders.get(name, {gender}) == {gender}]
            fitting = [name for name in fitting if name in self.genders] or fitting
            if last and back and (last.name in fitting if fitting else last.kind in {"named", "role"}):
                return last
            if len(fitting) == 1:
                return Source(fitting[0], "named")
            if fitting:
                return Source("", "", reason=f"“{pronoun}” fits {' and '.join(sorted(fitting)[:3])}")
        return Source("", "", reason=f"no person is named before “{pronoun}”")


@functools.lru_cache(maxsize=KEPT)
def read_name(words: str) -> str:
    """Return the name of a person among capitalised words, without titles; empty for a body, a place, a single word.

    >>> [read_name(words) for words in ("Detective Amara Osei", "The Harbour Board", "New York", "Mr. Pask")]
    ['Amara Osei', '', '', 'Pask']
    """
    parts = POSSESSIVE.sub("", OWNER.split(words)[-1]).split()
    titles = [place for place, part in enumerate(parts) if is_title(part)]
    parts = parts[titles[-1] + 1 :] if titles else parts
    while parts and (parts[0].lower() in STOP_LISTS["function"] or parts[0] in GERMAN_ARTICLES):
        del parts[0]
    folded = [part.lower().strip(".") for part in parts]
    if not parts or (len(parts) == 1 and not titles) or folded[0] in LISTS["places"] | LISTS["metonyms"]:
        return ""
    if (
        any(word in LISTS["bodies"] for word in folded)
        or folded[-1] in LISTS["crowd"]
        or any(part.isupper() and len(part.replace(".", "")) > 3 for part in parts)
    ):
        return ""
    return " ".join(parts).removesuffix(".") if len(parts[-1]) > 2 else " ".join(parts)


def is_title(word: str) -> bool:
    """Return whether a word is a title or a role, or ends in one: colonel-general.

    >>> is_title("Mrs."), is_title("Colonel-General"), is_title("Quill")
    (True, True, False)
    """
    return read_role(word) in LISTS["titles"]


def read_role(word: str) -> str:
    """Return a title in lower case, its last part where only that is one: a colonel-general is a general.

    >>> read_role("Colonel-General"), read_role("Secretary-General")
    ('general', 'secretary-general')
    """
    folded = word.lower()
    return folded if folded in LISTS["titles"] else folded.rpartition("-")[2]


@functools.lru_cache(maxsize=KEPT)
def classify(words: str) -> Source:
    """Return the kind of source that a noun phrase names, by its words alone.

    >>> [classify(words).kind for words in ("Owen Pask", "the mayor", "the union", "a senior official", "the report")]
    ['named', 'role', 'group', 'unnamed', 'document']
    >>> classify("former deputy treasurer Lukas Brandt").name, classify("most experts").anonymity
    ('Lukas Brandt', 'collective')
    """
    phrase = " ".join(words.split())
    core = re.split(r" (?:of|in|at|from|for|with|to|on|by|who|close|familiar|briefed|[a-z]+ing) ", phrase)[
        0
    ].split() or ["it"]
    head = uncurl_quotes(core[-1]).strip(".").lower()
    owned = OWNER.split(phrase)[-1]  # the mayor's aide Ann Lee
    names = [match[0] for match in NAME.finditer(owned) if match.end() == len(owned) or match[0].count(" ")]
    name = next((found for match in names if (found := read_name(match))), "")
    first, capital = phrase.split()[0].lower(), core[-1][0].isupper()
    if head in LISTS["documents"]:
        return Source(phrase, "document", "document")
    if (name and capital) or head.startswith("@"):
        return Source(name or phrase, "named")
    crowd = first in {"some", "many", "several", "most", "few", "other"} or phrase[0].isdigit() or head.isdigit()
    if crowd or head in LISTS["withheld"] | LISTS["crowd"]:
        return Source(phrase, "unnamed", "withheld" if head in LISTS["withheld"] else "collective")
    if head in LISTS["groups"] | LISTS["bodies"] | LISTS["metonyms"] or (capital and _is_body(core, first)):
        return Source(phrase, "group")
    if first in {"a", "an", "one", "another"} or (head.endswith("s") and not head.endswith("ss") and not capital):
        return Source(phrase, "unnamed", "withheld" if first in {"a", "an", "one", "another"} else "collective")
    return Source(phrase, "named" if capital else "role")


def _is_body(core: Sequence[str], first: str) -> bool:
    """Return whether a capitalised phrase is a body rather than a person: NATO, the Greens, North Coast."""
    plural = core[-1].endswith("s") and len(core) > 1
    return core[-1].isupper() or first in {"the", "a", "an"} or plural or core[0].lower() in LISTS["places"]
