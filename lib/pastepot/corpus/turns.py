"""Turns of a transcript or an interview: a name and a colon at the start of a line, then what that person says."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from pastepot import files

_DATA: Final = files.data("corpus/turns.toml")
ROLES: Final = frozenset(_DATA["roles"].split())
_NO_SPEAKERS: Final = frozenset(_DATA["no_speakers"].split())
_LABEL: Final = re.compile(
    r"(?m)^[ \t]*(?P<label>(?:>>+ ?|[\[(][\d:.]{4,8}[\])] ?)?"
    r"(?P<name>[^\W\d_a-zß-ÿ][\w.'’-]{0,30}(?: [\w.'’&-]{1,30}){0,5})(?:, [^:\n]{2,60})?(?: ?[\[(][^\])\n]{1,40}[\])])?"
    r":)(?=\s)|^[ \t]*(?P<letter>(?P<one>[QA])\.)(?= \S)"
)
_ENDS: Final = re.compile(r"[.!?…–—-][\"'”’»)\]]*(?:\s|$)")
_ASKS: Final = re.compile(r"\?[\"'”’»)\]]*$")
_TALK: Final = re.compile(
    r"\?|\b(?:I|[WwMm]e|[Yy]ou|[Mm]y|[Oo]ur|[Yy]our|[Uu]s|[Ii]ch|[Ww]ir|[Jj]e|[NnVv]ous|[Yy]o|[Uu]sted)\b"
)
_SMALL: Final = frozenset(["de", "der", "di", "la", "of", "the", "van", "von"])


def find_turns(text: str) -> list[tuple[int, int]]:
    r"""Return the labels of the turns of a text, none where it is no transcript.

    Two speakers or more must take turns and talk: one asks and another answers, or one comes back and somebody says
    *I*, *we* or *you*. A label in capitals will do, *Q*, *A* and *Host* too, a name where the text knows it; a label
    that only comes back needs one of those beside it. *NOTE* or *WHERE* is nobody.

    >>> text = "HOST: Who paid?\nMINISTER VELL: My party paid."
    >>> [text[start:end] for start, end in find_turns(text)]
    ['HOST:', 'MINISTER VELL:']
    >>> find_turns("WHERE: The town hall.\nWHEN: At noon, and you are welcome.\nPRICE: 5")
    []
    """
    if text.count(":") < 2 and "Q." not in text:  # too few for two speakers: most articles
        return []
    labels = [match for match in _LABEL.finditer(text) if _may_speak(text, match)]
    ends = [*(match.start() for match in labels[1:]), len(text)][: len(labels)]
    counts = Counter(_name(match) for match in labels)
    known = {name for name in counts if _is_known(text, name)}
    chosen = {name for name, count in counts.items() if known and (name in known or count > 1)}
    turns = [(m, text[m.end() : end].strip()) for m, end in zip(labels, ends, strict=True) if _name(m) in chosen]
    spans = [match.span(1) if match[1] else match.span("letter") for match, _ in turns]
    return spans if _is_talk([turn for turn in turns if _ENDS.search(turn[1])]) else []


def _name(match: re.Match[str]) -> str:
    """Return the name in a label."""
    return match["name"] or match["one"]


def _may_speak(text: str, match: re.Match[str]) -> bool:
    """Return whether a label may be a speaker's: no note, no key, and no headline, which does not end in a stop."""
    name = _name(match)
    capitals = all(word[0].isupper() or word[0].isdigit() or word in _SMALL for word in name.split())
    first = match.start() or _ENDS.search(text[match.end() :].lstrip().partition("\n")[0])
    return capitals and name.split()[-1].casefold() not in _NO_SPEAKERS and bool(first)


def _is_known(text: str, name: str) -> bool:
    """Return whether a label is in capitals, a role of a conversation, or a name that the text has in a sentence."""
    last = name.rsplit(maxsplit=1)[-1]
    in_sentence = re.compile(rf"(?:[a-zß-ÿ,]|\b[A-Z][\w.]+) {re.escape(last)}\b(?!:)")
    return name.isupper() or last.casefold() in ROLES or bool(in_sentence.search(text))


def _is_talk(turns: Sequence[tuple[re.Match[str], str]]) -> bool:
    """Return whether turns are a conversation: a question and its answer, or speakers who come back and say *I*."""
    switches = [said for (a, said), (b, _) in pairwise(turns) if _name(a) != _name(b)]
    returns = len(turns) > len({_name(match) for match, _ in turns}) and len(switches) > 1
    return any(map(_ASKS.search, switches)) or (returns and any(_TALK.search(said) for _, said in turns))
